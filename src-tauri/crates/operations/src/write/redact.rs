//! What must not be kept in the audit trail: values under keys that name a secret. It looks at keys, not at values.

use greenroom_domain::Json;
use serde_json::Value;

/// What stands in a secret's place.
const REDACTED: &str = "[redacted]";
const SECRET_KEYS: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "credential",
    "apikey",
    "accesskey",
    "privatekey",
    "authorization",
    "cookie",
];

/// `document` with the values of secret-named keys replaced, at every depth. A session's id is a credential too.
pub(super) fn redacted(Json(document): Json) -> Json {
    Json(walk(document))
}

fn walk(document: Value) -> Value {
    match document {
        Value::Array(items) => Value::Array(items.into_iter().map(walk).collect()),
        Value::Object(fields) => {
            let redact = |(key, value): (String, Value)| {
                let value = if is_secret(&key) && !value.is_null() {
                    Value::from(REDACTED)
                } else {
                    walk(value)
                };
                (key, value)
            };
            Value::Object(fields.into_iter().map(redact).collect())
        }
        scalar => scalar,
    }
}

fn is_secret(key: &str) -> bool {
    let plain: String = key
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    plain.starts_with("session") || SECRET_KEYS.iter().any(|secret| plain.contains(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_redacted_at_every_depth_and_the_rest_is_kept() {
        let document = serde_json::json!({
            "status": "active",
            "password_hash": "x",
            "nested": [{ "API-Key": 7, "session_id": "abc", "sessionToken": ["a"], "note": null, "token": null }],
        });
        let kept = serde_json::json!({
            "status": "active",
            "password_hash": REDACTED,
            "nested": [{ "API-Key": REDACTED, "session_id": REDACTED, "sessionToken": REDACTED, "note": null, "token": null }],
        });
        assert_eq!(redacted(Json(document)), Json(kept));
    }
}
