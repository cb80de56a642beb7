//! Our own log: to stderr as far as the flags ask, to the day's file always, never to stdout.

use greenroom_operations::places::Places;
use tracing::level_filters::LevelFilter;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::args::{Global, LogFormat};

/// Days of logs kept.
const DAYS: usize = 14;

/// Starts logging; a second call changes nothing. A file that cannot be written is done without.
pub(crate) fn start(flags: &Global) {
    // A failed command tells its error itself, in one shape; the log repeats it on stderr only for those who ask.
    let level = match (flags.quiet, flags.verbose) {
        (true, _) | (_, 0) => "off",
        (_, 1) => "warn,greenroom=info",
        (_, 2) => "info,greenroom=debug",
        _ => "debug",
    };
    let wanted = EnvFilter::try_from_env("GREENROOM_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let stderr = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let stderr = match flags.log {
        LogFormat::Text => stderr.with_target(false).with_filter(wanted).boxed(),
        LogFormat::Json => stderr.json().flatten_event(true).with_filter(wanted).boxed(),
    };
    let folder = Places::of_user().logs();
    // The appender complains on stderr of a folder that is not there.
    let _ = std::fs::create_dir_all(&folder);
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("greenroom-cli")
        .filename_suffix("jsonl")
        .max_log_files(DAYS)
        .build(folder)
        .ok()
        .map(|file| {
            tracing_subscriber::fmt::layer()
                .json()
                .with_writer(file)
                .with_filter(LevelFilter::INFO)
        });
    // Only tests that run two commands in one process start it twice.
    let _ = tracing_subscriber::registry().with(stderr).with(file).try_init();
}
