//! Recordings, avatars and thumbnails over loopback HTTP with ranges, for the page's `<video>` and `<img>`.
//!
//! WebKitGTK plays no custom schemes and no blobs, so the page gets an address on 127.0.0.1. What stands between other
//! programs and the recordings: a random port on loopback only, a 256-bit token per grant that expires, an exact `Host`
//! (no DNS rebinding), an `Origin` that is our own window's or none, GET and HEAD only. No credential of a store is in
//! the address. It is not a file server: it serves what was granted and nothing else, knows no directories and keeps no
//! cache. It decides nothing about who may see what; its caller does, by granting.

mod grants;
mod pump;
mod range;
mod respond;
mod serve;
mod source;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::grants::Grants;
use crate::pump::Counters;

pub use crate::grants::Grant;
pub use crate::pump::Stats;
pub use crate::source::Source;

/// How long a grant lives after its last use, where the caller has no reason for another time.
pub const DEFAULT_TTL: Duration = Duration::from_secs(4 * 3600);

/// Bytes the kernel may hold for one client; Linux doubles it.
const SEND_BUFFER: u32 = 256 * 1024;
/// Connections that wait to be accepted.
const BACKLOG: u32 = 128;

/// Our own window's origins, as WebKitGTK and WKWebView (`tauri://localhost`) and WebView2 (`http://tauri.localhost`)
/// spell them.
pub const WINDOW_ORIGINS: [&str; 3] = ["tauri://localhost", "http://tauri.localhost", "https://tauri.localhost"];

/// Why the server could not be started.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No socket could be had on 127.0.0.1.
    #[error("the media server could not listen on 127.0.0.1")]
    Listen(#[source] std::io::Error),
}

/// What can be set for tests and for a developer's page server; the defaults are for the released window.
#[derive(Debug, Clone)]
pub struct Options {
    /// Origins that get CORS headers; any other `Origin` is refused.
    pub origins: Vec<String>,
    /// After so long without the client taking a byte the store's connection is let go (and taken up again at the same
    /// byte when the client wants more).
    pub stall: Duration,
    /// After so long without the client taking a byte its connection is closed.
    pub idle: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            origins: WINDOW_ORIGINS.map(str::to_owned).to_vec(),
            stall: Duration::from_secs(20),
            idle: Duration::from_secs(600),
        }
    }
}

/// The running server. Clones share it; it stops, and every stream with it, when the last clone is dropped.
#[derive(Debug, Clone)]
pub struct MediaServer {
    shared: Arc<Shared>,
    _stops_when_dropped: Arc<DropGuard>,
}

/// What every connection needs to know.
#[derive(Debug)]
struct Shared {
    address: SocketAddr,
    /// The only `Host` that is answered.
    host: String,
    options: Options,
    grants: Grants,
    counters: Counters,
}

impl MediaServer {
    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// [`Error::Listen`].
    pub async fn start() -> Result<Self, Error> {
        Self::start_with(Options::default()).await
    }

    /// Like [`MediaServer::start`], with options of one's own.
    ///
    /// # Errors
    /// [`Error::Listen`].
    pub async fn start_with(options: Options) -> Result<Self, Error> {
        let listener = listen().map_err(Error::Listen)?;
        let address = listener.local_addr().map_err(Error::Listen)?;
        let shared = Arc::new(Shared {
            address,
            host: address.to_string(),
            options,
            grants: Grants::default(),
            counters: Counters::default(),
        });
        let stop = CancellationToken::new();
        tokio::spawn(serve::accept(listener, shared.clone(), stop.clone()));
        tracing::info!(%address, "media server listens on {address}");
        Ok(Self {
            shared,
            _stops_when_dropped: Arc::new(stop.drop_guard()),
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// An address for `source` that works until `ttl` after its last use. Costs no call to a store: what is not there
    /// is found out by the first request (404).
    #[must_use]
    pub fn grant(&self, source: Source, ttl: Duration) -> Grant {
        self.shared.grants.add(&self.shared.host, source, ttl)
    }

    /// Ends one address at once. Streams already under way run on.
    pub fn revoke(&self, grant: &Grant) {
        self.shared.grants.remove(grant.token());
    }

    /// Ends every address, as when another profile is opened.
    pub fn revoke_all(&self) {
        self.shared.grants.clear();
    }

    /// What is going on.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.shared.counters.read()
    }
}

/// A free port of 127.0.0.1. What the kernel takes for a client ahead of its reading is read from the store for nothing when the client
/// seeks: accepted sockets inherit a bound on it.
fn listen() -> std::io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
    socket.listen(BACKLOG)
}
