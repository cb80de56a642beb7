//! Progress on stderr, for people only; `--quiet`, `--json` into a pipe and cron see nothing of it.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::output::Output;

/// A line that turns while something of unknown length runs.
pub(crate) fn spinner(output: Output, message: impl Into<String>) -> ProgressBar {
    if !output.shows_progress() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_message(message.into());
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

/// A bar over bytes, with rate and time left.
pub(crate) fn bytes(output: Output, message: impl Into<String>) -> ProgressBar {
    bar(
        output,
        message,
        "{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}",
    )
}

/// A bar over rows, with rate and time left.
pub(crate) fn rows(output: Output, message: impl Into<String>) -> ProgressBar {
    bar(
        output,
        message,
        "{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}",
    )
}

fn bar(output: Output, message: impl Into<String>, template: &str) -> ProgressBar {
    if !output.shows_progress() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style).with_message(message.into())
}
