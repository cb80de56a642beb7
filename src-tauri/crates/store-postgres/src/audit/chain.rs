//! How an entry of the audit trail is hashed, so that anybody can compute it again from the table alone.
//!
//! `hash = SHA-256(previous_hash || canonical)`, hex, where `previous_hash` is the 64 hex characters of the entry before (64
//! zeros for the first) and `canonical` is the entry as JSON in UTF-8 without spaces, its keys sorted:
//! `action, after, at, before, change_id, face, failure, host, os_user, outcome, phase, profile, reason, seq, store, target`.
//! NULL is `null`, `seq` a number, `at` RFC 3339 in UTC with six digits of a second and `Z`; `before` and `after` are the
//! columns' own text, letter by letter; every other value is a JSON string, escaped as RFC 8259 section 7 demands and no further.

use std::fmt::Write as _;

use chrono::SecondsFormat;
use greenroom_domain::Timestamp;
use sha2::{Digest, Sha256};

/// What the first entry follows.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An entry's columns, but for its two hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) seq: i64,
    pub(crate) change_id: String,
    pub(crate) phase: String,
    pub(crate) at: Timestamp,
    pub(crate) os_user: String,
    pub(crate) host: String,
    pub(crate) profile: String,
    pub(crate) face: String,
    pub(crate) action: String,
    pub(crate) store: String,
    pub(crate) target: String,
    pub(crate) reason: Option<String>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) outcome: Option<String>,
    pub(crate) failure: Option<String>,
}

impl Content {
    /// The hash of this entry where it follows `previous_hash`.
    pub(crate) fn hash(&self, previous_hash: &str) -> String {
        let mut digest = Sha256::new();
        digest.update(previous_hash.as_bytes());
        digest.update(self.canonical().as_bytes());
        hex::encode(digest.finalize())
    }

    fn canonical(&self) -> String {
        let at = self.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let mut json = String::with_capacity(512);
        json.push('{');
        let fields: [(&str, Value<'_>); 16] = [
            ("action", Value::Text(&self.action)),
            ("after", Value::Verbatim(self.after.as_deref())),
            ("at", Value::Text(&at)),
            ("before", Value::Verbatim(self.before.as_deref())),
            ("change_id", Value::Text(&self.change_id)),
            ("face", Value::Text(&self.face)),
            ("failure", Value::from(&self.failure)),
            ("host", Value::Text(&self.host)),
            ("os_user", Value::Text(&self.os_user)),
            ("outcome", Value::from(&self.outcome)),
            ("phase", Value::Text(&self.phase)),
            ("profile", Value::Text(&self.profile)),
            ("reason", Value::from(&self.reason)),
            ("seq", Value::Number(self.seq)),
            ("store", Value::Text(&self.store)),
            ("target", Value::Text(&self.target)),
        ];
        for (turn, (name, value)) in fields.into_iter().enumerate() {
            if turn > 0 {
                json.push(',');
            }
            // Writing to a string does not fail.
            let _ = write!(json, "\"{name}\":");
            value.push_to(&mut json);
        }
        json.push('}');
        json
    }
}

enum Value<'a> {
    Text(&'a str),
    Number(i64),
    Verbatim(Option<&'a str>),
    Null,
}

impl<'a> From<&'a Option<String>> for Value<'a> {
    fn from(text: &'a Option<String>) -> Self {
        text.as_deref().map_or(Self::Null, Self::Text)
    }
}

impl Value<'_> {
    fn push_to(&self, json: &mut String) {
        match self {
            Self::Text(text) => json.push_str(&serde_json::Value::from(*text).to_string()),
            Self::Number(number) => json.push_str(&number.to_string()),
            Self::Verbatim(Some(text)) => json.push_str(text),
            Self::Verbatim(None) | Self::Null => json.push_str("null"),
        }
    }
}

/// A document as it is stored and hashed: compact, keys sorted at every depth.
pub(crate) fn canonical_document(document: &serde_json::Value) -> String {
    let mut json = String::new();
    push_document(document, &mut json);
    json
}

fn push_document(document: &serde_json::Value, json: &mut String) {
    match document {
        serde_json::Value::Array(items) => {
            json.push('[');
            for (turn, item) in items.iter().enumerate() {
                if turn > 0 {
                    json.push(',');
                }
                push_document(item, json);
            }
            json.push(']');
        }
        serde_json::Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by(|one, other| one.0.cmp(other.0));
            json.push('{');
            for (turn, (name, value)) in fields.into_iter().enumerate() {
                if turn > 0 {
                    json.push(',');
                }
                json.push_str(&serde_json::Value::from(name.as_str()).to_string());
                json.push(':');
                push_document(value, json);
            }
            json.push('}');
        }
        scalar => json.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_what_the_recipe_gives() {
        let content = Content {
            seq: 1,
            change_id: "01J".to_owned(),
            phase: "intent".to_owned(),
            at: chrono::DateTime::from_timestamp_micros(1_700_000_000_000_001).unwrap(),
            os_user: "ada".to_owned(),
            host: "desk".to_owned(),
            profile: "demo".to_owned(),
            face: "cli".to_owned(),
            action: "user_set_status".to_owned(),
            store: "postgres".to_owned(),
            target: "user 42".to_owned(),
            reason: Some("a \"reason\"\n陈".to_owned()),
            before: Some(r#"{"status":"active"}"#.to_owned()),
            after: None,
            outcome: None,
            failure: None,
        };
        let canonical = "{\"action\":\"user_set_status\",\"after\":null,\"at\":\"2023-11-14T22:13:20.000001Z\",\
            \"before\":{\"status\":\"active\"},\"change_id\":\"01J\",\"face\":\"cli\",\"failure\":null,\"host\":\"desk\",\
            \"os_user\":\"ada\",\"outcome\":null,\"phase\":\"intent\",\"profile\":\"demo\",\
            \"reason\":\"a \\\"reason\\\"\\n陈\",\"seq\":1,\"store\":\"postgres\",\"target\":\"user 42\"}";
        assert_eq!(content.canonical(), canonical);
        let expected = hex::encode(Sha256::digest(format!("{GENESIS}{canonical}")));
        assert_eq!(content.hash(GENESIS), expected);
    }

    #[test]
    fn documents_are_written_with_sorted_keys_at_every_depth() {
        let document: serde_json::Value = serde_json::from_str(r#"{"b":[{"z":1,"a":null}],"a":"é\u0001"}"#).unwrap();
        assert_eq!(
            canonical_document(&document),
            "{\"a\":\"é\\u0001\",\"b\":[{\"a\":null,\"z\":1}]}"
        );
    }
}
