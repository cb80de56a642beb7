//! `Range` and `If-Range` of RFC 9110, sections 13.1.5 and 14: one range of bytes, or the whole. It reads no bytes.

use std::time::SystemTime;

/// What a request asks for of a source of a known size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it: no range, one that makes no sense, or several (which a server may decline, section 14.2).
    Whole,
    /// From `first` to `last`, both included, within the size.
    Part { first: u64, last: u64 },
    /// A range that lies outside: 416.
    Unsatisfiable,
}

/// Reads a `Range` field for a source of `size` bytes.
pub(crate) fn wanted(range: Option<&str>, size: u64) -> Wanted {
    let Some(spec) = range.and_then(bytes_unit) else {
        return Wanted::Whole;
    };
    let spec = spec.trim();
    let Some((first, last)) = spec.split_once('-') else {
        return Wanted::Whole;
    };
    if spec.contains(',') {
        return Wanted::Whole;
    }
    match (number(first), number(last)) {
        (Number::Absent, Number::Is(0)) => Wanted::Unsatisfiable,
        (Number::Absent, Number::Is(_)) if size == 0 => Wanted::Unsatisfiable,
        (Number::Absent, Number::Is(suffix)) => Wanted::Part {
            first: size.saturating_sub(suffix),
            last: size - 1,
        },
        (Number::Is(first), Number::Is(last)) if last < first => Wanted::Whole,
        (Number::Is(first), Number::Is(_) | Number::Absent) if first >= size => Wanted::Unsatisfiable,
        (Number::Is(first), Number::Is(last)) => Wanted::Part {
            first,
            last: last.min(size - 1),
        },
        (Number::Is(first), Number::Absent) => Wanted::Part { first, last: size - 1 },
        (Number::Absent, Number::Absent) | (Number::Bad, _) | (_, Number::Bad) => Wanted::Whole,
    }
}

/// Whether a range holds for what is there now: without `If-Range` always; with it only where it names the same strong
/// entity tag, or the very date of the last change.
pub(crate) fn still_the_same(if_range: Option<&str>, etag: Option<&str>, modified: Option<SystemTime>) -> bool {
    let Some(condition) = if_range.map(str::trim) else {
        return true;
    };
    if condition.starts_with('"') {
        return etag == Some(condition);
    }
    match (httpdate::parse_http_date(condition), modified) {
        (Ok(date), Some(modified)) => httpdate::HttpDate::from(date) == httpdate::HttpDate::from(modified),
        _ => false,
    }
}

fn bytes_unit(range: &str) -> Option<&str> {
    let (unit, spec) = range.trim().split_once('=')?;
    unit.trim().eq_ignore_ascii_case("bytes").then_some(spec)
}

enum Number {
    Absent,
    Is(u64),
    Bad,
}

/// Digits only; more than fit in 64 bits mean "beyond any end".
fn number(text: &str) -> Number {
    let text = text.trim();
    if text.is_empty() {
        Number::Absent
    } else if text.bytes().all(|b| b.is_ascii_digit()) {
        Number::Is(text.parse().unwrap_or(u64::MAX))
    } else {
        Number::Bad
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranges_are_read_as_rfc_9110_has_them() {
        let part = |first, last| Wanted::Part { first, last };
        for (range, expected) in [
            ("bytes=0-1", part(0, 1)),
            ("bytes=0-", part(0, 99)),
            ("bytes=99-", part(99, 99)),
            ("bytes=90-200", part(90, 99)),
            ("bytes=-5", part(95, 99)),
            ("bytes=-500", part(0, 99)),
            ("bytes=0-18446744073709551616", part(0, 99)),
            ("BYTES = 3 - 4", part(3, 4)),
            ("bytes=100-", Wanted::Unsatisfiable),
            ("bytes=18446744073709551616-", Wanted::Unsatisfiable),
            ("bytes=-0", Wanted::Unsatisfiable),
            ("bytes=5-4", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("items=0-1", Wanted::Whole),
            ("nonsense", Wanted::Whole),
        ] {
            assert_eq!(wanted(Some(range), 100), expected, "{range}");
        }
        assert_eq!(wanted(None, 100), Wanted::Whole);
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Unsatisfiable);
        assert_eq!(wanted(Some("bytes=-1"), 0), Wanted::Unsatisfiable);
    }

    #[test]
    fn a_range_under_a_condition_holds_for_the_same_thing_only() {
        let modified = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(784_111_777);
        let same = |condition| still_the_same(Some(condition), Some("\"a\""), Some(modified));
        assert!(same("\"a\""));
        assert!(!same("\"b\""));
        assert!(!same("W/\"a\""), "a weak tag never matches");
        assert!(same("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert!(!same("Sun, 06 Nov 1994 08:49:38 GMT"));
        assert!(!same("yesterday"));
        assert!(still_the_same(None, None, None));
    }

    proptest! {
        #[test]
        fn whatever_is_asked_for_lies_within_the_size(range in ".{0,40}", size in 0u64..1_000) {
            if let Wanted::Part { first, last } = wanted(Some(&range), size) {
                prop_assert!(first <= last && last < size);
            }
        }

        #[test]
        fn a_well_formed_range_is_the_slice_it_names(first in 0u64..2_000, length in 0u64..2_000, size in 1u64..1_500) {
            let last = first + length;
            let expected = if first >= size {
                Wanted::Unsatisfiable
            } else {
                Wanted::Part { first, last: last.min(size - 1) }
            };
            let asked = format!("bytes={first}-{last}");
            prop_assert_eq!(wanted(Some(&asked), size), expected);
        }
    }
}
