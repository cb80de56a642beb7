//! Fields as they are found: a number that is a text, a moment that is a number, a document that cannot be read.

use bson::{Bson, Document, RawDocumentBuf};
use greenroom_domain::{Json, Timestamp};

use crate::extjson::to_json;

/// A document, or as much of it as can be read.
pub(crate) fn document(raw: &RawDocumentBuf) -> (Document, bool) {
    match Document::try_from(raw.as_ref()) {
        Ok(document) => (document, true),
        Err(error) => (readable_part(raw, &error.to_string()), false),
    }
}

fn readable_part(raw: &RawDocumentBuf, problem: &str) -> Document {
    let mut part = Document::new();
    for element in raw.iter().map_while(Result::ok) {
        let (name, value) = element;
        if let Ok(value) = Bson::try_from(value) {
            part.insert(name.to_string(), value);
        }
    }
    part.insert("unreadable", problem);
    part
}

/// A whole number, whatever type it has.
pub(crate) fn integer(value: &Bson) -> Option<i64> {
    match value {
        Bson::Int32(number) => Some(i64::from(*number)),
        Bson::Int64(number) => Some(*number),
        #[allow(clippy::cast_possible_truncation, reason = "checked to be whole and exact")]
        Bson::Double(number) if number.fract() == 0.0 && number.abs() < 9e15 => Some(*number as i64),
        Bson::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

pub(crate) fn number(value: &Bson) -> Option<u64> {
    integer(value).and_then(|number| u64::try_from(number).ok())
}

/// A text; another value as its JSON, since something is there to be read.
pub(crate) fn text(value: &Bson) -> String {
    match value {
        Bson::String(text) => text.clone(),
        Bson::Null | Bson::Undefined => String::new(),
        other => match to_json(other) {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        },
    }
}

/// A date, seconds or milliseconds since 1970 in any number, or RFC 3339.
pub(crate) fn moment(value: &Bson) -> Option<Timestamp> {
    let seconds = match value {
        Bson::DateTime(time) => return Timestamp::from_timestamp_millis(time.timestamp_millis()),
        Bson::Timestamp(time) => f64::from(time.time),
        Bson::Int32(number) => f64::from(*number),
        #[allow(clippy::cast_precision_loss, reason = "moments lie far below 2^53")]
        Bson::Int64(number) => *number as f64,
        Bson::Double(number) => *number,
        Bson::String(text) => match text.trim().parse::<f64>() {
            Ok(number) => number,
            Err(_) => {
                return chrono::DateTime::parse_from_rfc3339(text.trim())
                    .ok()
                    .map(|time| time.to_utc());
            }
        },
        _ => return None,
    };
    let millis = if seconds.abs() > 1e11 {
        seconds
    } else {
        seconds * 1_000.0
    };
    #[allow(
        clippy::cast_possible_truncation,
        reason = "checked to lie within what a moment can be"
    )]
    (millis.abs() < 8e15)
        .then(|| Timestamp::from_timestamp_millis(millis as i64))
        .flatten()
}

/// Reads the fields of one document and remembers whether each was what it should be.
pub(crate) struct Fields {
    pub(crate) document: Document,
    sound: bool,
}

impl Fields {
    pub(crate) fn of(raw: &RawDocumentBuf) -> Self {
        let (document, sound) = document(raw);
        Self { document, sound }
    }

    /// The document's id as text: an `ObjectId`'s 24 digits, anything else as its JSON.
    pub(crate) fn id(&self) -> String {
        self.document.get("_id").map(text).unwrap_or_default()
    }

    /// A row's id. A text that holds a number is read and told of; anything else is told of.
    pub(crate) fn row(&mut self, name: &str) -> Option<i64> {
        let value = self.document.get(name)?;
        let found = integer(value);
        if found.is_none() || matches!(value, Bson::String(_)) {
            self.sound = false;
        }
        found
    }

    pub(crate) fn text(&mut self, name: &str) -> String {
        match self.document.get(name) {
            Some(Bson::String(text)) => text.clone(),
            Some(other) => {
                let shown = text(other);
                self.sound = false;
                shown
            }
            None => {
                self.sound = false;
                String::new()
            }
        }
    }

    /// The first of two fields that holds a moment.
    pub(crate) fn moment(&mut self, first: &str, second: &str) -> Option<Timestamp> {
        let found = [first, second].iter().find_map(|name| moment(self.document.get(name)?));
        let there = self.document.contains_key(first) || self.document.contains_key(second);
        if found.is_none() && there {
            self.sound = false;
        }
        found
    }

    /// The whole document, where a field was not what it should be.
    pub(crate) fn undecoded(self) -> Option<Json> {
        (!self.sound).then(|| whole(self.document))
    }
}

pub(crate) fn whole(document: Document) -> Json {
    Json(to_json(&Bson::Document(document)))
}
