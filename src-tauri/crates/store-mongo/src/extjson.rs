//! BSON as JSON for people: nothing rounded, nothing dropped, and no type spelled out that needs no spelling.
//!
//! After MongoDB Extended JSON v2, relaxed
//! (<https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/>), but ids and dates stand as plain texts and
//! integers beyond 2^53 as texts, since the page would round them. It is for showing: it is not read back.

use base64::Engine;
use bson::Bson;
use serde_json::{Map, Value, json};

/// Deeper values are cut with a note: MongoDB's own limit is 100, a page's stack is what it is.
const MAX_DEPTH: usize = 100;
/// Bytes shown of binary data.
const MAX_BINARY: usize = 1_024;
/// The largest integer that JavaScript holds exactly.
const EXACT: i64 = 9_007_199_254_740_991;

/// A value as JSON.
#[must_use]
pub fn to_json(value: &Bson) -> Value {
    at_depth(value, 0)
}

fn at_depth(value: &Bson, depth: usize) -> Value {
    if depth > MAX_DEPTH {
        return Value::from("(nested deeper than is shown)");
    }
    match value {
        Bson::Null | Bson::Undefined => Value::Null,
        Bson::Boolean(flag) => Value::from(*flag),
        Bson::Int32(number) => Value::from(*number),
        Bson::Int64(number) if (-EXACT..=EXACT).contains(number) => Value::from(*number),
        Bson::Int64(number) => Value::from(number.to_string()),
        Bson::Double(number) => {
            serde_json::Number::from_f64(*number).map_or_else(|| Value::from(number.to_string()), Value::from)
        }
        Bson::Decimal128(number) => Value::from(number.to_string()),
        Bson::String(text) | Bson::Symbol(text) => Value::from(text.as_str()),
        Bson::ObjectId(id) => Value::from(id.to_hex()),
        Bson::DateTime(time) => match chrono::DateTime::from_timestamp_millis(time.timestamp_millis()) {
            Some(time) => Value::from(time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)),
            None => json!({ "$date": time.timestamp_millis().to_string() }),
        },
        Bson::Timestamp(time) => json!({ "$timestamp": { "t": time.time, "i": time.increment } }),
        Bson::Array(items) => items.iter().map(|item| at_depth(item, depth + 1)).collect(),
        Bson::Document(document) => document
            .iter()
            .map(|(name, item)| (name.clone(), at_depth(item, depth + 1)))
            .collect::<Map<_, _>>()
            .into(),
        Bson::Binary(binary) => {
            let shown = &binary.bytes[..binary.bytes.len().min(MAX_BINARY)];
            json!({
                "$binary": base64::engine::general_purpose::STANDARD.encode(shown),
                "bytes": binary.bytes.len(),
                "subtype": format!("{:02x}", u8::from(binary.subtype)),
            })
        }
        Bson::RegularExpression(regex) => {
            json!({ "$regex": regex.pattern.to_string(), "options": regex.options.to_string() })
        }
        Bson::JavaScriptCode(code) => json!({ "$code": code }),
        Bson::JavaScriptCodeWithScope(code) => json!({ "$code": code.code }),
        Bson::MinKey => json!({ "$minKey": 1 }),
        Bson::MaxKey => json!({ "$maxKey": 1 }),
        other @ Bson::DbPointer(_) => Value::from(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::{bson, doc};

    #[test]
    fn an_integer_that_javascript_would_round_stands_as_text() {
        let shown = to_json(&bson!({ "exact": 9_007_199_254_740_991_i64, "beyond": 9_007_199_254_740_993_i64 }));
        assert_eq!(
            shown,
            json!({ "exact": 9_007_199_254_740_991_i64, "beyond": "9007199254740993" })
        );
    }

    #[test]
    fn what_json_has_no_word_for_is_shown_all_the_same() {
        let shown = to_json(&bson!({ "nan": f64::NAN, "when": bson::DateTime::from_millis(0) }));
        assert_eq!(shown, json!({ "nan": "NaN", "when": "1970-01-01T00:00:00Z" }));
    }

    #[test]
    fn a_value_nested_a_thousand_levels_deep_is_cut_with_a_note() {
        let mut value = Bson::Int32(1);
        for _ in 0..1_000 {
            value = Bson::Document(doc! { "a": value });
        }
        assert!(to_json(&value).to_string().contains("nested deeper"));
    }
}
