//! Ctrl-C: most commands are dropped where they stand; those that leave something half done are asked to stop and waited for.

use std::future::Future;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::failure::Failure;

/// How long a command that stops by itself is waited for; a second Ctrl-C ends the wait.
const GRACE: Duration = Duration::from_secs(15);

// A signal is the process's, and so is this.
static ASKED: LazyLock<CancellationToken> = LazyLock::new(CancellationToken::new);
static STOPS_BY_ITSELF: AtomicBool = AtomicBool::new(false);

/// From now on this command watches the token and ends soon after it.
pub(crate) fn stop_by_token() -> CancellationToken {
    STOPS_BY_ITSELF.store(true, Ordering::SeqCst);
    ASKED.clone()
}

/// Runs a command until it ends or Ctrl-C comes.
pub(crate) async fn until(command: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let mut command = std::pin::pin!(command);
    tokio::select! {
        done = &mut command => return done,
        () = pressed() => {}
    }
    if STOPS_BY_ITSELF.load(Ordering::SeqCst) {
        ASKED.cancel();
        tokio::select! {
            _ = tokio::time::timeout(GRACE, &mut command) => {}
            () = pressed() => {}
        }
    }
    Err(Failure::Interrupted)
}

async fn pressed() {
    if tokio::signal::ctrl_c().await.is_err() {
        // No handler could be set: then the signal ends us the plain way.
        std::future::pending::<()>().await;
    }
}
