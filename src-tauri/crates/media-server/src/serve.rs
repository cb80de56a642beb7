//! The accept loop and one task per connection. What is answered is `respond`'s business.

use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::Shared;
use crate::pump::{Counted, Counters};
use crate::respond::Responder;

/// Clients connected at once; the next waits in the listener's queue.
const MOST_CONNECTIONS: usize = 96;
/// Bodies sent at once; the next gets a 503 after [`crate::respond::STREAM_WAIT`].
const MOST_STREAMS: usize = 48;
/// A client has so long to send its request, and so long between two on one connection.
const REQUEST_DEADLINE: Duration = Duration::from_secs(30);
/// Bytes that wait on one connection, in each direction, beside the chunk at hand.
const CONNECTION_BUFFER: usize = 128 * 1024;

/// Serves until `stop`.
pub(crate) async fn accept(listener: TcpListener, shared: Arc<Shared>, stop: CancellationToken) {
    let connections = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let streams = Arc::new(Semaphore::new(MOST_STREAMS));
    loop {
        let next = async {
            let place = connections.clone().acquire_owned().await.ok()?;
            Some((listener.accept().await, place))
        };
        let accepted = tokio::select! {
            accepted = next => accepted,
            () = stop.cancelled() => return,
        };
        match accepted {
            Some((Ok((stream, _)), place)) => {
                let responder = Responder::new(shared.clone(), streams.clone(), stop.child_token());
                let counted = Counted::new(shared.clone(), |counters: &Counters| &counters.connections);
                tokio::spawn(async move {
                    let _held = (place, counted);
                    connection(stream, responder).await;
                });
            }
            Some((Err(error), _)) => {
                // Out of file descriptors, most likely: let some go before the next attempt.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            None => return,
        }
    }
}

async fn connection(stream: TcpStream, responder: Responder) {
    let _ = stream.set_nodelay(true);
    let stop = responder.connection.clone();
    let service = service_fn(move |request| {
        let responder = responder.clone();
        async move { Ok::<_, std::convert::Infallible>(responder.respond(&request).await) }
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_DEADLINE)
        .max_buf_size(CONNECTION_BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        ended = serving => if let Err(error) = ended {
            // Players abort all the time: a seek is an abort and a new request.
            tracing::debug!(%error, "a connection ended");
        },
        () = stop.cancelled() => {}
    }
}
