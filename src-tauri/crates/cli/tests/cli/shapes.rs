//! What scripts of other people depend on: the shape of each command's JSON, kept as snapshots.

use serde_json::{Map, Value, json};

use crate::desk::Desk;

/// The value with every leaf turned into the name of its kind, and lists into one merged element.
fn shape(value: &Value) -> Value {
    match value {
        Value::Null => json!("null"),
        Value::Bool(_) => json!("yes or no"),
        Value::Number(_) => json!("number"),
        Value::String(text) if chrono::DateTime::parse_from_rfc3339(text).is_ok() && text.ends_with('Z') => {
            json!("time")
        }
        Value::String(text) if text.len() <= 20 && text.parse::<i64>().is_ok() => json!("id"),
        Value::String(_) => json!("text"),
        Value::Array(items) => items
            .iter()
            .map(shape)
            .reduce(merged)
            .map_or_else(|| json!([]), |one| json!([one])),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), shape(value)))
            .collect(),
    }
}

fn merged(a: Value, b: Value) -> Value {
    match (a, b) {
        (Value::Object(a), Value::Object(mut b)) => {
            let mut all: Map<String, Value> = Map::new();
            for (name, value) in a {
                let other = b.remove(&name);
                all.insert(
                    name,
                    other.map_or_else(|| value.clone(), |other| merged(value.clone(), other)),
                );
            }
            all.extend(b);
            Value::Object(all)
        }
        (a, b) if a == b => a,
        (a, b) => {
            let mut kinds: Vec<String> = [a, b]
                .iter()
                .flat_map(|kind| {
                    kind.as_str()
                        .map_or_else(|| kind.to_string(), str::to_owned)
                        .split(" | ")
                        .map(str::to_owned)
                        .collect::<Vec<_>>()
                })
                .collect();
            kinds.sort();
            kinds.dedup();
            json!(kinds.join(" | "))
        }
    }
}

#[tokio::test]
async fn lists_and_things_keep_their_shapes() {
    let desk = Desk::seeded().await;
    for noun in ["user", "meeting", "recording"] {
        let list = desk.json(&[noun, "list", "--limit", "1000"]);
        insta::assert_json_snapshot!(format!("{noun}_list"), shape(&list));
    }
    insta::assert_json_snapshot!("health", shape(&without_detail(desk.json(&["health"]))));
    insta::assert_json_snapshot!("audit_list", shape(&without_documents(desk.json(&["audit", "list"]))));
    insta::assert_json_snapshot!("audit_verify", shape(&desk.json(&["audit", "verify"])));
    let id = desk.json(&["user", "list", "--limit", "1"])["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        keys(&desk.json(&["user", "show", &id])),
        ["meetings", "permissions", "sessions", "user"]
    );
    let error = desk.run(&["user", "show", "424242", "--json"]).ended(2).error();
    insta::assert_json_snapshot!("error", shape(&error));
}

// A warning depends on the machine's servers, not on us.
fn without_detail(mut health: Value) -> Value {
    for store in health["stores"].as_array_mut().into_iter().flatten() {
        for field in ["detail", "pool", "holds_bytes", "role", "version"] {
            store[field] = Value::Null;
        }
    }
    health
}

// What was changed has as many shapes as there are changes.
fn without_documents(mut list: Value) -> Value {
    for entry in list["items"].as_array_mut().into_iter().flatten() {
        entry["before"] = Value::Null;
        entry["after"] = Value::Null;
    }
    list
}
