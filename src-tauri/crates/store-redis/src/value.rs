//! Values as they are found: JSON text, a hash, or something that is neither and is shown as it is.

use greenroom_domain::user::RedisShape;
use greenroom_domain::{Timestamp, UserId};
use redis::{Cmd, Value};
use serde_json::{Map, Value as Json};

use crate::connection::Connection;
use crate::error::Error;

/// Bytes read of one string at most. Sessions and rooms are far smaller.
const MAX_BYTES: isize = 64 * 1024;
/// Fields read of one hash, about.
const MAX_FIELDS: usize = 500;
/// Characters shown of what could not be decoded.
const MAX_SHOWN: usize = 4_096;

/// How a value is written: as the deployment holds its others.
pub type Shape = RedisShape;

/// A field of a hash and its value.
type Pair = (Vec<u8>, Vec<u8>);

/// One key with what it holds.
pub(crate) struct Found {
    pub(crate) key: Vec<u8>,
    pub(crate) ttl_s: Option<u32>,
    pub(crate) shape: Shape,
    /// The fields, of either shape; a hash's are texts.
    pub(crate) fields: Option<Map<String, Json>>,
    /// The raw text of what is not fields, or of what holds the wrong ones.
    pub(crate) raw: String,
}

impl Found {
    pub(crate) fn key_text(&self) -> String {
        String::from_utf8_lossy(&self.key).into_owned()
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        number(self.fields.as_ref()?.get(name)?)
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.fields.as_ref()?.get(name)? {
            Json::String(text) => Some(text.clone()),
            Json::Null => None,
            other => Some(other.to_string()),
        }
    }

    pub(crate) fn moment(&self, name: &str) -> Option<Timestamp> {
        moment(self.fields.as_ref()?.get(name)?)
    }

    /// A list of ids: a JSON array, or its text in a hash's field, or ids with commas between. `None`: it is none of these.
    pub(crate) fn users(&self, name: &str) -> Option<Vec<UserId>> {
        users(self.fields.as_ref()?.get(name)?)
    }
}

fn number(value: &Json) -> Option<i64> {
    match value {
        Json::Number(number) => number.as_i64(),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Seconds or milliseconds since 1970, as number or text, or RFC 3339.
fn moment(value: &Json) -> Option<Timestamp> {
    let seconds = match value {
        Json::Number(number) => number.as_f64()?,
        Json::String(text) => match text.trim().parse::<f64>() {
            Ok(seconds) => seconds,
            Err(_) => {
                return chrono::DateTime::parse_from_rfc3339(text.trim())
                    .ok()
                    .map(|time| time.to_utc());
            }
        },
        _ => return None,
    };
    // Beyond the year 5138 in seconds: it is milliseconds.
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

fn users(value: &Json) -> Option<Vec<UserId>> {
    match value {
        Json::Array(items) => items.iter().map(|item| number(item).map(UserId)).collect(),
        Json::String(text) if text.trim().is_empty() => Some(Vec::new()),
        Json::String(text) => match serde_json::from_str::<Json>(text) {
            Ok(Json::Array(items)) => users(&Json::Array(items)),
            _ => text.split(',').map(|id| id.trim().parse().ok()).collect(),
        },
        Json::Null => Some(Vec::new()),
        _ => None,
    }
}

/// Reads keys of any type. A key that is gone by then is left out; no key fails another.
/// Cost: two round trips per 250 keys.
pub(crate) async fn read(
    connection: &Connection,
    operation: &'static str,
    keys: Vec<Vec<u8>>,
) -> Result<Vec<Found>, Error> {
    let asked = keys
        .iter()
        .flat_map(|key| [one("TYPE", key), one("PTTL", key)])
        .collect();
    let answers = connection.many(operation, asked, crate::CALL_LIMIT).await?;
    let mut found: Vec<(Vec<u8>, String, Option<u32>)> = Vec::with_capacity(keys.len());
    for (key, pair) in keys.into_iter().zip(answers.chunks(2)) {
        let [kind, ttl] = pair else { continue };
        let kind: String = kind
            .as_ref()
            .ok()
            .and_then(|kind| redis::from_redis_value_ref(kind).ok())
            .unwrap_or_default();
        let ttl: i64 = ttl
            .as_ref()
            .ok()
            .and_then(|ttl| redis::from_redis_value_ref(ttl).ok())
            .unwrap_or(-1);
        if kind != "none" {
            found.push((key, kind, u32::try_from(ttl).ok().map(|millis| millis.div_ceil(1_000))));
        }
    }
    let asked = found.iter().map(|(key, kind, _)| content(key, kind)).collect();
    let answers = connection.many(operation, asked, crate::CALL_LIMIT).await?;
    let decoded = found
        .into_iter()
        .zip(answers)
        .filter_map(|((key, kind, ttl_s), answer)| {
            let (shape, fields, raw) = match answer {
                Ok(Value::Nil) => return None,
                Ok(answer) => decode(&kind, &answer),
                // It became something else in between.
                Err(error) => (Shape::Json, None, error.to_string()),
            };
            Some(Found {
                key,
                ttl_s,
                shape,
                fields,
                raw,
            })
        });
    Ok(decoded.collect())
}

fn one(command: &str, key: &[u8]) -> Cmd {
    let mut command = redis::cmd(command);
    command.arg(key);
    command
}

/// What reads a bounded part of a value.
fn content(key: &[u8], kind: &str) -> Cmd {
    let mut command = match kind {
        "string" => one("GETRANGE", key),
        "hash" => one("HSCAN", key),
        "list" => one("LRANGE", key),
        _ => one("TYPE", key),
    };
    match kind {
        "string" => command.arg(0).arg(MAX_BYTES - 1),
        "hash" => command.arg(0).arg("COUNT").arg(MAX_FIELDS),
        "list" => command.arg(0).arg(9),
        _ => &mut command,
    };
    command
}

fn decode(kind: &str, answer: &Value) -> (Shape, Option<Map<String, Json>>, String) {
    match kind {
        "string" => {
            let bytes: Vec<u8> = redis::from_redis_value_ref(answer).unwrap_or_default();
            let fields = match serde_json::from_slice(&bytes) {
                Ok(Json::Object(fields)) => Some(fields),
                _ => None,
            };
            (Shape::Json, fields, shown(&String::from_utf8_lossy(&bytes)))
        }
        "hash" => {
            let (_, pairs): (u64, Vec<Pair>) = redis::from_redis_value_ref(answer).unwrap_or_default();
            let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
            let fields: Map<String, Json> = pairs
                .into_iter()
                .map(|(name, value)| (text(name), Json::String(text(value))))
                .collect();
            let raw = shown(&Json::Object(fields.clone()).to_string());
            (Shape::Hash, Some(fields), raw)
        }
        "list" => {
            let items: Vec<Vec<u8>> = redis::from_redis_value_ref(answer).unwrap_or_default();
            let items: Vec<_> = items.iter().map(|item| String::from_utf8_lossy(item)).collect();
            (Shape::Json, None, shown(&format!("(a list) {}", items.join(", "))))
        }
        other => (Shape::Json, None, format!("(a {other})")),
    }
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The command that writes fields in a shape, replacing what was there, with a time to live.
pub(crate) fn written(key: &str, fields: &Map<String, Json>, shape: Shape, ttl_s: Option<u32>) -> Vec<Cmd> {
    match shape {
        Shape::Json => {
            let mut set = redis::cmd("SET");
            set.arg(key).arg(Json::Object(fields.clone()).to_string());
            if let Some(ttl_s) = ttl_s {
                set.arg("EX").arg(ttl_s);
            }
            vec![set]
        }
        Shape::Hash => {
            let mut set = redis::cmd("HSET");
            set.arg(key);
            for (name, value) in fields {
                set.arg(name).arg(match value {
                    Json::String(text) => text.clone(),
                    other => other.to_string(),
                });
            }
            let mut commands = vec![one("DEL", key.as_bytes()), set];
            if let Some(ttl_s) = ttl_s {
                let mut expire = one("EXPIRE", key.as_bytes());
                expire.arg(ttl_s);
                commands.push(expire);
            }
            commands
        }
    }
}

/// Sends writes in batches; the first refusal ends them.
pub(crate) async fn send(connection: &Connection, operation: &'static str, commands: Vec<Cmd>) -> Result<(), Error> {
    for answer in connection.many(operation, commands, crate::LONGEST_CALL).await? {
        answer.map_err(Error::during(operation))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_milliseconds_and_rfc_3339_are_the_same_moment() {
        let wanted = Timestamp::from_timestamp(1_234_567_890, 0);
        for written in [
            Json::from(1_234_567_890),
            Json::from(1_234_567_890_000_i64),
            Json::from("1234567890"),
            Json::from("2009-02-13T23:31:30Z"),
        ] {
            assert_eq!(moment(&written), wanted, "{written}");
        }
        assert_eq!(moment(&Json::from(f64::MAX)), None);
        assert_eq!(moment(&Json::from("soon")), None);
    }

    #[test]
    fn participants_are_read_from_an_array_its_text_or_ids_with_commas() {
        let wanted = Some(vec![UserId(1), UserId(22)]);
        for written in [
            serde_json::json!([1, 22]),
            Json::from("[1,22]"),
            Json::from("1, 22"),
            serde_json::json!(["1", 22]),
        ] {
            assert_eq!(users(&written), wanted, "{written}");
        }
        assert_eq!(users(&Json::from("")), Some(Vec::new()));
        assert_eq!(users(&serde_json::json!({"a": 1})), None);
    }
}
