//! Values and errors in words, for people. JSON never passes through here.

use chrono::{DateTime, SecondsFormat, Utc};
use greenroom_domain::{ApiError, Outcome};
use serde_json::Value;

use crate::output::Kind;

/// A value of a table.
pub(crate) fn value(value: &Value, kind: Kind) -> String {
    match (value, kind) {
        (Value::Null, _) => String::new(),
        (Value::Number(number), Kind::Size) => number.as_u64().map_or_else(|| number.to_string(), size),
        (Value::Number(number), Kind::Duration) => number.as_u64().map_or_else(|| number.to_string(), duration),
        (Value::String(text), Kind::Time) => time(text),
        (Value::String(text), _) => one_line(text),
        (Value::Bool(true), _) => "yes".to_owned(),
        (Value::Bool(false), _) => "no".to_owned(),
        (other, _) => other.to_string(),
    }
}

/// `2026-11-23 05:12:44Z`, or the text as it is where it is no time.
fn time(text: &str) -> String {
    DateTime::parse_from_rfc3339(text).map_or_else(
        |_| text.to_owned(),
        |moment| {
            moment
                .with_timezone(&Utc)
                .to_rfc3339_opts(SecondsFormat::Secs, true)
                .replacen('T', " ", 1)
        },
    )
}

/// 1.4 GB, by thousands.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    // In tenths of a unit and whole numbers only, rounded half up.
    let mut tenths = bytes / 100;
    let mut unit = 0;
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

/// 2 h 05 m, 3 m 20 s, 45 s.
pub(crate) fn duration(seconds: u64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds % 3600 / 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{rest} s"),
        (0, _) => format!("{minutes} m {rest:02} s"),
        _ => format!("{hours} h {minutes:02} m"),
    }
}

/// What failed, what was not changed, what to do next, and the id that finds the rest in our log.
pub(crate) fn error(error: &ApiError) -> String {
    let mut lines = vec![format!("error: {}", error.message)];
    match error.outcome {
        Some(Outcome::NotDone) => lines.push("  nothing was changed".to_owned()),
        Some(Outcome::Unknown) => {
            lines.push("  it is not known whether the change took effect: look before trying again".to_owned());
        }
        Some(Outcome::Done) => lines.push("  the change itself took effect".to_owned()),
        None => {}
    }
    if let Some(hint) = &error.hint {
        lines.push(format!("  {hint}"));
    }
    if !error.diagnostic_id.is_empty() {
        lines.push(format!("  id: {}", error.diagnostic_id));
    }
    lines.join("\n")
}

/// Without line breaks and without what a terminal would obey: text from strangers must not move the cursor.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sizes_and_durations_are_what_people_say() {
        assert_eq!(
            [size(0), size(999), size(1_400_000_000), size(12_345)],
            ["0 B", "999 B", "1.4 GB", "12.3 kB"]
        );
        assert_eq!(
            [duration(45), duration(200), duration(7500)],
            ["45 s", "3 m 20 s", "2 h 05 m"]
        );
    }

    #[test]
    fn a_title_cannot_drive_the_terminal() {
        assert_eq!(value(&json!("a\u{1b}[2Jb\nc"), Kind::Text), "a [2Jb c");
    }
}
