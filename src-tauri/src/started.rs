//! When this process began: what start-up times are counted from. Not a profiler.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

static STARTED: OnceLock<Instant> = OnceLock::new();

/// Called first thing in `run`. On Linux the kernel's own note of the process's start is taken (to 10 ms), so that loading
/// the libraries counts too.
pub fn mark() {
    STARTED.get_or_init(|| {
        let now = Instant::now();
        now.checked_sub(age().unwrap_or_default()).unwrap_or(now)
    });
}

/// Time since the process began.
#[must_use]
pub fn elapsed() -> Duration {
    STARTED.get().map(Instant::elapsed).unwrap_or_default()
}

// Field 22 of /proc/self/stat is the start in clock ticks (100 a second on every Linux port's user side) since boot;
// proc(5). The command's name, field 2, may hold spaces and parentheses: count from the last ')'.
fn age() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let ticks: u64 = stat.rsplit_once(')')?.1.split_whitespace().nth(19)?.parse().ok()?;
    let uptime = std::fs::read_to_string("/proc/uptime").ok()?;
    let uptime = Duration::try_from_secs_f64(uptime.split_whitespace().next()?.parse().ok()?).ok()?;
    uptime.checked_sub(Duration::from_millis(ticks * 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn the_kernel_says_how_old_we_are() {
        assert!(age().unwrap() < Duration::from_secs(3600));
    }
}
