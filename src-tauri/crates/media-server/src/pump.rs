//! One stream: chunks from a [`RangeReader`] to one client, no faster than it takes them. At most one chunk waits between
//! the two. It knows nothing of HTTP but the body's shape.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio_util::sync::CancellationToken;

use crate::Shared;
use crate::grants::Entry;
use crate::source::{RangeReader, Trouble};

/// What the server is doing, for the status page and for tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Clients connected.
    pub connections: usize,
    /// Bodies being sent.
    pub streams: usize,
    /// Of these, how many hold a connection to a store or an open file.
    pub upstreams: usize,
    /// Bytes read from sources since the start.
    pub bytes_read: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) connections: AtomicUsize,
    streams: AtomicUsize,
    upstreams: AtomicUsize,
    bytes_read: AtomicU64,
}

impl Counters {
    pub(crate) fn read(&self) -> Stats {
        Stats {
            connections: self.connections.load(Ordering::Relaxed),
            streams: self.streams.load(Ordering::Relaxed),
            upstreams: self.upstreams.load(Ordering::Relaxed),
            bytes_read: self.bytes_read.load(Ordering::Relaxed),
        }
    }
}

/// Counts one up for as long as it lives.
pub(crate) struct Counted<F: Fn(&Counters) -> &AtomicUsize>(Arc<Shared>, F);

impl<F: Fn(&Counters) -> &AtomicUsize> Counted<F> {
    pub(crate) fn new(shared: Arc<Shared>, which: F) -> Self {
        which(&shared.counters).fetch_add(1, Ordering::Relaxed);
        Self(shared, which)
    }
}

impl<F: Fn(&Counters) -> &AtomicUsize> Drop for Counted<F> {
    fn drop(&mut self) {
        (self.1)(&self.0.counters).fetch_sub(1, Ordering::Relaxed);
    }
}

/// The body of an answer.
pub(crate) enum MediaBody {
    /// A short text, or nothing.
    Short(Option<Bytes>),
    /// A range under way.
    Stream {
        chunks: mpsc::Receiver<Result<Bytes, Trouble>>,
        left: u64,
    },
}

/// The stream broke off after the answer had begun; the connection is closed so that the client can tell.
#[derive(Debug, thiserror::Error)]
#[error("the source broke off")]
pub(crate) struct BrokeOff;

impl Body for MediaBody {
    type Data = Bytes;
    type Error = BrokeOff;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BrokeOff>>> {
        match &mut *self {
            Self::Short(text) => Poll::Ready(text.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Stream { chunks, left } => Poll::Ready(match std::task::ready!(chunks.poll_recv(cx)) {
                Some(Ok(chunk)) => {
                    *left = left.saturating_sub(chunk.len() as u64);
                    Some(Ok(Frame::data(chunk)))
                }
                None if *left == 0 => None,
                Some(Err(_)) | None => Some(Err(BrokeOff)),
            }),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match self {
            Self::Short(text) => text.as_ref().map_or(0, |bytes| bytes.len() as u64),
            Self::Stream { left, .. } => *left,
        })
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Short(text) => text.is_none(),
            Self::Stream { left, .. } => *left == 0,
        }
    }
}

/// Starts to pump `length` bytes. The task ends when all is sent, when the client goes (which drops the connection to the
/// store), when the source breaks off for good, or when the client has taken nothing for the idle time (which closes
/// `connection`).
pub(crate) fn start(
    shared: &Arc<Shared>,
    entry: Arc<Entry>,
    reader: RangeReader,
    length: u64,
    connection: CancellationToken,
    place: OwnedSemaphorePermit,
) -> MediaBody {
    let (sender, chunks) = mpsc::channel(1);
    let pump = Pump {
        shared: shared.clone(),
        entry,
        reader,
        sender,
    };
    tokio::spawn(async move {
        let _place = place;
        let _counted = Counted::new(pump.shared.clone(), |counters| &counters.streams);
        if let Err(end) = pump.run().await
            && end == End::Idle
        {
            connection.cancel();
        }
    });
    MediaBody::Stream { chunks, left: length }
}

/// Why a pump stopped before the range's end.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// The client is gone.
    Gone,
    /// The client took nothing for too long.
    Idle,
    /// The source broke off.
    Broken,
}

struct Pump {
    shared: Arc<Shared>,
    entry: Arc<Entry>,
    reader: RangeReader,
    sender: mpsc::Sender<Result<Bytes, Trouble>>,
}

impl Pump {
    async fn run(mut self) -> Result<Infallible, End> {
        let mut held = None;
        loop {
            let sender = self.sender.clone();
            let place = tokio::select! {
                place = Self::place(&mut self.reader, &sender, &self.shared, &mut held) => place?,
                () = sender.closed() => return Err(End::Gone),
            };
            let next = tokio::select! {
                next = self.reader.next() => next,
                () = sender.closed() => return Err(End::Gone),
            };
            if self.reader.holds_upstream() && held.is_none() {
                held = Some(Counted::new(self.shared.clone(), |counters: &Counters| {
                    &counters.upstreams
                }));
            }
            match next {
                Ok(Some(chunk)) => {
                    self.entry.touch();
                    self.shared
                        .counters
                        .bytes_read
                        .fetch_add(chunk.len() as u64, Ordering::Relaxed);
                    place.send(Ok(chunk));
                }
                Ok(None) => return Err(End::Gone),
                Err(trouble) => {
                    tracing::warn!(source = ?self.entry.source, ?trouble, "a stream broke off");
                    place.send(Err(trouble));
                    return Err(End::Broken);
                }
            }
        }
    }

    /// Waits until the client wants more. After the stall time the connection to the store is let go, after the idle
    /// time we give up.
    async fn place<'s, H>(
        reader: &mut RangeReader,
        sender: &'s mpsc::Sender<Result<Bytes, Trouble>>,
        shared: &Shared,
        held: &mut Option<H>,
    ) -> Result<mpsc::Permit<'s, Result<Bytes, Trouble>>, End> {
        let stall = shared.options.stall;
        match tokio::time::timeout(stall, sender.reserve()).await {
            Ok(place) => return place.map_err(|_| End::Gone),
            Err(_) => {
                reader.let_go();
                *held = None;
            }
        }
        let rest = shared.options.idle.saturating_sub(stall).max(Duration::from_millis(1));
        match tokio::time::timeout(rest, sender.reserve()).await {
            Ok(place) => place.map_err(|_| End::Gone),
            Err(_) => Err(End::Idle),
        }
    }
}
