//! What a bench found, as the JSON lines that `cargo xtask bench` reads. A bench never fails on a figure.

use std::time::Duration;

use serde_json::json;

/// Which side of the bound is good.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Aim {
    /// The ratio should be at most this.
    AtMost(f64),
    /// The ratio should be at least this.
    AtLeast(f64),
}

/// Prints one claim: ours against a named peer, both by their medians in `unit`.
pub(crate) fn row(what: &str, unit: &str, aim: Aim, ours: &[f64], against: &[f64]) {
    print(what, unit, aim, ours, Some(median(against)));
}

/// Prints one claim that has no peer but a limit.
pub(crate) fn limit(what: &str, unit: &str, aim: Aim, ours: &[f64]) {
    print(what, unit, aim, ours, None);
}

fn print(what: &str, unit: &str, aim: Aim, ours: &[f64], against: Option<f64>) {
    let mut row = json!({ "what": what, "unit": unit, "ours": median(ours), "against": against, "runs": ours.len() });
    match aim {
        Aim::AtMost(bound) => row["at_most"] = json!(bound),
        Aim::AtLeast(bound) => row["at_least"] = json!(bound),
    }
    println!("{row}");
}

/// The middle value.
pub(crate) fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

/// Milliseconds, for samples.
pub(crate) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
