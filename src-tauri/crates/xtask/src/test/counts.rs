//! How many tests passed and failed, read from what each runner prints or writes.

use std::fmt;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Tests that passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: u64,
    pub(super) failed: u64,
}

impl Counts {
    /// At least one failure where the runner exited with one.
    pub(super) fn or_failed(self, done: bool) -> Self {
        if done {
            self
        } else {
            Self {
                failed: self.failed.max(1),
                ..self
            }
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// From nextest's `Summary [ 4.2s] 8 tests run: 5 passed (1 slow), 2 failed, 1 timed out, 0 skipped`.
pub(super) fn of_nextest(said: &str) -> Counts {
    let said = plain(said);
    let Some(line) = said.lines().rev().find(|line| line.contains("Summary [")) else {
        return Counts::default();
    };
    let number_before = |word: &str| -> u64 {
        let parts = line.split([':', ',', '(']);
        parts
            .filter_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u64>().ok())
            .sum()
    };
    // "failed" alone, not the end of "exec failed", which is no number before it.
    let failed = ["failed", "timed out", "exec failed"]
        .into_iter()
        .map(number_before)
        .sum();
    let passed = number_before("passed");
    Counts { passed, failed }
}

/// From each `test result: ok. 3 passed; 0 failed; …` of the standard runner.
pub(super) fn of_libtest(said: &str) -> Counts {
    let mut counts = Counts::default();
    for line in plain(said)
        .lines()
        .filter_map(|line| line.trim().strip_prefix("test result:"))
    {
        let number_before = |word: &str| -> u64 {
            let parts = line.split(['.', ';']);
            parts
                .filter_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u64>().ok())
                .sum()
        };
        counts.passed += number_before("passed");
        counts.failed += number_before("failed");
    }
    counts
}

/// From the file that vitest's `json` reporter writes.
pub(super) fn of_vitest(report: &Path) -> Result<Counts> {
    let text = std::fs::read_to_string(report).context("vitest wrote no report")?;
    let report: serde_json::Value = serde_json::from_str(&text).context("vitest's report is not JSON")?;
    let number = |name: &str| report.get(name).and_then(serde_json::Value::as_u64).unwrap_or_default();
    let failed = number("numFailedTests");
    // A file that does not even load counts no test.
    let failed = if report.get("success").and_then(serde_json::Value::as_bool) == Some(false) {
        failed.max(1)
    } else {
        failed
    };
    Ok(Counts {
        passed: number("numPassedTests"),
        failed,
    })
}

/// Without the terminal's colours.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_is_counted() {
        let said = "\u{1b}[32;1m     Summary\u{1b}[0m [   4.272s] \u{1b}[1m8\u{1b}[0m tests run: \u{1b}[1m8\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, 0 skipped\n";
        assert_eq!(of_nextest(said), Counts { passed: 8, failed: 0 });
        let said =
            "     Summary [ 31.0s] 10/12 tests run: 5 passed (1 slow), 3 failed, 2 timed out, 1 skipped\n   FAIL x";
        assert_eq!(of_nextest(said), Counts { passed: 5, failed: 5 });
        assert_eq!(
            of_nextest("error: could not compile").or_failed(false),
            Counts { passed: 0, failed: 1 }
        );
        let said = "     Summary [ 1.0s] 2 tests run: 1 passed, 1 exec failed, 0 skipped";
        assert_eq!(of_nextest(said), Counts { passed: 1, failed: 1 });
    }

    #[test]
    fn the_standard_runner_is_counted_over_all_crates() {
        let said = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n\ntest result: FAILED. 1 passed; 3 failed; 0 ignored";
        assert_eq!(of_libtest(said), Counts { passed: 3, failed: 3 });
    }

    #[test]
    fn a_page_test_file_that_does_not_load_is_a_failure() {
        let folder = tempfile::tempdir().unwrap();
        let report = folder.path().join("report.json");
        std::fs::write(&report, r#"{"numPassedTests":7,"numFailedTests":0,"success":false}"#).unwrap();
        assert_eq!(of_vitest(&report).unwrap(), Counts { passed: 7, failed: 1 });
        assert!(of_vitest(&folder.path().join("none.json")).is_err());
    }

    #[test]
    fn the_closing_line_is_plain() {
        assert_eq!(Counts { passed: 12, failed: 0 }.to_string(), "12 passed, 0 failed");
    }
}
