//! Where a page continues: the sort key and id of the last row seen, opaque to everybody else. It names the list and the
//! order it belongs to, so that a cursor of another list is refused instead of misread; it grants nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::value::{Moment, Text};

const VERSION: u8 = 1;
/// Longer than any cursor of ours: usernames and addresses are at most 255 characters.
const MAX_LENGTH: usize = 4_096;

/// The last row's place in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    /// Sorted by id alone.
    Id(i64),
    /// Sorted by a moment, then id.
    Moment(Moment, i64),
    /// Sorted by a text, then id.
    Text(Text, i64),
}

/// What a list sorts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyKind {
    Id,
    Moment,
    Text,
}

/// A list in one order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Order {
    /// Its name in cursors.
    pub(crate) of: &'static str,
    /// What it sorts by.
    pub(crate) kind: KeyKind,
    /// The row of columns compared with the cursor's key.
    pub(crate) columns: &'static str,
    /// Whether it descends.
    pub(crate) descending: bool,
    /// The `ORDER BY`.
    pub(crate) by: &'static str,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    v: u8,
    of: String,
    id: i64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    text: Option<String>,
}

impl Key {
    /// As it travels; `of` names the list, its order and direction.
    pub(crate) fn seal(self, of: &str) -> String {
        let of = of.to_owned();
        let wire = match self {
            Self::Id(id) => Wire {
                v: VERSION,
                of,
                id,
                at: None,
                text: None,
            },
            Self::Moment(at, id) => Wire {
                v: VERSION,
                of,
                id,
                at: Some(at.0),
                text: None,
            },
            Self::Text(text, id) => Wire {
                v: VERSION,
                of,
                id,
                at: None,
                text: Some(hex::encode(text.0)),
            },
        };
        // Strings and integers always serialise.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&wire).unwrap_or_default())
    }

    /// What `seal` made for the same list.
    pub(crate) fn open(operation: &'static str, of: &str, kind: KeyKind, sealed: &str) -> Result<Self, Error> {
        let bad = || {
            Error::request(
                operation,
                "the cursor is not one of this list: start again from the first page",
            )
        };
        if sealed.len() > MAX_LENGTH {
            return Err(bad());
        }
        let json = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| bad())?;
        let wire: Wire = serde_json::from_slice(&json).map_err(|_| bad())?;
        if wire.v != VERSION || wire.of != of {
            return Err(bad());
        }
        match (kind, wire.at, wire.text) {
            (KeyKind::Id, None, None) => Ok(Self::Id(wire.id)),
            (KeyKind::Moment, Some(at), None) => Ok(Self::Moment(Moment(at), wire.id)),
            (KeyKind::Text, None, Some(text)) => {
                let bytes = hex::decode(text).map_err(|_| bad())?;
                if bytes.contains(&0) {
                    Err(bad())
                } else {
                    Ok(Self::Text(Text(bytes), wire.id))
                }
            }
            _ => Err(bad()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_another_list_another_order_or_no_list_is_refused() {
        let sealed = Key::Moment(Moment(i64::MAX), 7).seal("meeting.start.desc");
        let open = |of: &str, text: &str| Key::open("meeting.list", of, KeyKind::Moment, text);
        assert_eq!(
            open("meeting.start.desc", &sealed).unwrap(),
            Key::Moment(Moment(i64::MAX), 7)
        );
        for (of, text) in [
            ("meeting.start.asc", sealed.as_str()),
            ("user.id.desc", sealed.as_str()),
            ("meeting.start.desc", ""),
            ("meeting.start.desc", "'; DROP TABLE meetings; --"),
            ("meeting.start.desc", &sealed[1..]),
            ("meeting.start.desc", &sealed.repeat(100)),
            ("meeting.start.desc", &Key::Id(7).seal("meeting.start.desc")),
        ] {
            assert_eq!(
                open(of, text).unwrap_err().code(),
                greenroom_domain::ErrorCode::InvalidRequest,
                "{of} {text}"
            );
        }
    }

    #[test]
    fn text_that_is_not_utf_8_survives_in_a_cursor() {
        let key = Key::Text(Text(vec![0xff, 0xfe, b'a']), 3);
        assert_eq!(
            Key::open(
                "user.list",
                "user.email.asc",
                KeyKind::Text,
                &key.clone().seal("user.email.asc")
            )
            .unwrap(),
            key
        );
    }
}
