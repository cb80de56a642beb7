//! Our own log: pretty on the terminal, JSON lines in a file for each day.

use std::path::Path;

use tracing::level_filters::LevelFilter;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// Days of logs kept.
const DAYS: usize = 14;

/// Starts logging. `GREENROOM_LOG` says what reaches the terminal, in `tracing`'s filter words. A file that cannot be
/// written is done without and said so on the terminal: a full disk must not keep the window from opening.
pub fn start(folder: &Path) {
    let wanted = EnvFilter::try_from_env("GREENROOM_LOG").unwrap_or_else(|_| EnvFilter::new("warn,greenroom=info"));
    let terminal = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_filter(wanted);
    // The appender complains on stderr of a folder that is not there; what cannot be made is told below.
    let _ = std::fs::create_dir_all(folder);
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("greenroom-desktop")
        .filename_suffix("jsonl")
        .max_log_files(DAYS)
        .build(folder);
    let (file, problem) = match file {
        Ok(file) => (
            Some(
                tracing_subscriber::fmt::layer()
                    .json()
                    .with_writer(file)
                    .with_filter(LevelFilter::INFO),
            ),
            None,
        ),
        Err(error) => (None, Some(error)),
    };
    // Only tests start it twice.
    let _ = tracing_subscriber::registry().with(terminal).with(file).try_init();
    if let Some(problem) = problem {
        tracing::warn!("no log is kept in {}: {problem}", folder.display());
    }
}
