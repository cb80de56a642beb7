//! The shell without a display: the real commands over Tauri's bridge on its mock runtime, against the real stores.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, and says where"
)]

mod desk;

use std::io::{Read, Write};
use std::net::TcpStream;

use greenroom_domain::ErrorCode;
use greenroom_domain::profile::Environment;
use serde_json::{Value, json};

use crate::desk::Desk;

#[test]
fn what_the_window_remembers_survives_a_restart() {
    let desk = Desk::bare();
    desk.ask("preference_put", json!({ "key": "theme", "value": "dark" }))
        .unwrap();
    let again = desk.restarted();
    assert_eq!(
        again.ask("preference_all", json!({})).unwrap(),
        json!([{ "key": "theme", "value": "dark" }])
    );
    let refused = again
        .ask("preference_put", json!({ "key": "a key", "value": 1 }))
        .unwrap_err();
    assert_eq!(refused["code"], "invalid_request");
}

#[test]
fn with_nothing_to_open_it_is_the_first_run_and_commands_say_that_no_profile_is_open() {
    let desk = Desk::bare();
    desk.start(None);
    let info = desk.ask("app_info", json!({})).unwrap();
    assert_eq!(
        (&info["first_run"], &info["profile"], &info["problem"]),
        (&true.into(), &Value::Null, &Value::Null)
    );
    let error = desk.ask("health_get", json!({})).unwrap_err();
    assert_eq!(error["code"], "profile_invalid");
    assert_eq!(desk.ask("profile_list", json!({})).unwrap(), json!([]));
}

#[test]
fn a_profile_that_cannot_be_opened_is_told_of_and_the_window_stands() {
    let desk = Desk::bare();
    desk.start(Some("nowhere"));
    let info = desk.ask("app_info", json!({})).unwrap();
    assert_eq!(
        (&info["first_run"], &info["problem"]["code"]),
        (&false.into(), &"not_found".into())
    );
}

#[test]
fn a_page_of_meetings_comes_over_the_bridge() {
    let desk = Desk::seeded();
    let filter = json!({ "search": null, "terms": [] });
    let sort = json!({ "by": "start", "descending": true });
    let request = json!({ "filter": filter, "sort": sort, "page": { "after": null, "limit": 5 } });
    let page = desk.ask("meeting_list", json!({ "request": request })).unwrap();
    assert_eq!(page["items"].as_array().unwrap().len(), 5);
    assert!(page["next"].is_string());
    let total = desk.ask("meeting_count", json!({ "filter": filter })).unwrap();
    assert_eq!(total["value"], desk::MEETINGS);
    let id = page["items"][0]["id"].clone();
    for part in [
        "get",
        "participants",
        "streams",
        "room",
        "ai_results",
        "analysis",
        "documents",
        "recordings",
        "logs",
    ] {
        let answer = desk.ask(&format!("meeting_{part}"), json!({ "id": id }));
        assert!(answer.is_ok(), "{part}: {answer:?}");
    }
    let error = desk.ask("meeting_get", json!({ "id": "424242" })).unwrap_err();
    assert_eq!(
        (&error["code"], &error["retryable"]),
        (&"not_found".into(), &false.into())
    );
}

#[test]
fn a_recording_is_opened_at_an_address_that_serves_it_and_ends_with_the_profile() {
    let desk = Desk::seeded();
    let id = desk.recording();
    let playback = desk.ask("recording_open", json!({ "id": id })).unwrap();
    let url = playback["url"].as_str().unwrap();
    assert_eq!(get(url), 206);
    // Opening a profile anew, whichever, ends every address.
    desk.ask("profile_open", json!({ "name": desk.profile_path() }))
        .unwrap();
    assert_eq!(get(url), 404);
}

#[test]
fn a_download_is_a_task_that_ends_with_the_file_and_stays_within_the_downloads() {
    let desk = Desk::seeded();
    let id = desk.recording();
    let to = desk.downloads().join("copy.mp4");
    let task = desk
        .ask("recording_download", json!({ "id": id, "toPath": to }))
        .unwrap();
    assert_eq!(task["kind"], "recording_download");
    let ended = desk.task_ended(task["id"].as_str().unwrap());
    assert_eq!(
        (&ended["state"], &ended["done"]),
        (&"done".into(), &desk::CLIP_BYTES.into()),
        "{ended}"
    );
    assert_eq!(std::fs::metadata(&to).unwrap().len(), desk::CLIP_BYTES as u64);
    for elsewhere in [to.clone(), desk.downloads().join("../out.mp4"), "/tmp/out.mp4".into()] {
        let refused = desk
            .ask("recording_download", json!({ "id": id, "toPath": elsewhere }))
            .unwrap_err();
        assert_eq!(refused["code"], "invalid_request", "{}", elsewhere.display());
    }
}

#[test]
fn a_production_profile_opens_at_observe_and_every_window_hears_of_the_climb() {
    let desk = Desk::seeded_with(|profile| profile.environment = Environment::Production);
    let heard = desk.hear("rung-changed");
    assert_eq!(desk.ask("rung_get", json!({})).unwrap()["rung"], "observe");
    let id = desk.person();
    let request = json!({ "id": id, "status": "suspended", "expected": "active", "reason": "test" });
    let refused = desk.ask("user_set_status", json!({ "request": request })).unwrap_err();
    assert_eq!(
        (&refused["code"], &refused["outcome"]),
        (&"write_refused".into(), &"not_done".into())
    );
    let state = desk.ask("rung_set", json!({ "rung": "edit" })).unwrap();
    assert!(state["falls_back_at"].is_string(), "{state}");
    let told: Value = serde_json::from_str(&heard.recv_timeout(desk::PATIENCE).unwrap()).unwrap();
    assert_eq!(told["rung"], "edit");
    let user = desk.ask("user_set_status", json!({ "request": request })).unwrap();
    assert_eq!(user["status"], "suspended");
    let trail = json!({ "search": "user_set_status", "page": { "after": null, "limit": 10 } });
    let entries = desk.ask("audit_list", json!({ "request": trail })).unwrap();
    assert_eq!(entries["items"][0]["actor"]["face"], "desktop");
}

#[test]
fn the_health_settles_and_every_window_hears_of_it() {
    let desk = Desk::seeded();
    let heard = desk.hear("health-changed");
    desk.ask("profile_open", json!({ "name": desk.profile_path() }))
        .unwrap();
    let settled = std::iter::from_fn(|| heard.recv_timeout(desk::PATIENCE).ok())
        .map(|text| serde_json::from_str::<Value>(&text).unwrap())
        .any(|health| {
            health["stores"]
                .as_array()
                .unwrap()
                .iter()
                .all(|store| store["state"] != "connecting")
        });
    assert!(settled, "no health without a connecting store was told");
}

#[test]
fn a_window_opens_at_our_own_routes_only() {
    let desk = Desk::bare();
    assert_eq!(
        desk.ask("window_open", json!({ "route": "/meetings/17" })).unwrap(),
        Value::Null
    );
    assert_eq!(desk.windows(), 2);
    let refused = desk
        .ask("window_open", json!({ "route": "//example.com/" }))
        .unwrap_err();
    assert_eq!(
        refused["code"],
        serde_json::to_value(ErrorCode::InvalidRequest).unwrap()
    );
    assert_eq!(desk.windows(), 2);
}

#[test]
fn secrets_go_into_the_vault_and_only_their_places_come_out() {
    let desk = Desk::bare();
    let profile = json!({
        "name": "far", "colour": "#228be6", "environment": "staging", "read_only": true, "secrets_file": null,
        "postgres": { "addresses": ["127.0.0.1:1"], "database": "d", "user": "u" },
        "redis": { "addresses": ["127.0.0.1:1"], "sentinel_master": null, "user": null },
        "mongodb": { "addresses": ["127.0.0.1:1"], "database": "d", "user": null, "auth_source": null, "replica_set": null },
        "s3": { "endpoint": "http://127.0.0.1:1", "region": "us-east-1", "bucket": "bucket", "path_style": true, "access_key_id": "k" },
        "etcd": { "endpoints": ["127.0.0.1:1"], "user": null }
    });
    let secrets = json!([{ "store": "postgres", "secret": "swordfish-42" }]);
    let locked = desk.ask(
        "profile_save",
        json!({ "profile": profile, "secrets": secrets, "passphrase": null }),
    );
    assert_eq!(locked.unwrap_err()["code"], "secret_locked");
    let saved = desk.ask(
        "profile_save",
        json!({ "profile": profile, "secrets": secrets, "passphrase": "open sesame" }),
    );
    assert_eq!(saved.unwrap()["name"], "far");
    let status = desk.ask("secret_status", json!({ "name": "far" })).unwrap();
    assert_eq!(status[0], json!({ "store": "postgres", "place": "encrypted_file" }));
    let shown = desk.ask("profile_get", json!({ "name": "far" })).unwrap().to_string();
    assert!(!shown.contains("swordfish"), "{shown}");
    for file in desk.files() {
        let bytes = std::fs::read(&file).unwrap();
        assert!(
            !bytes.windows(9).any(|window| window == b"swordfish"),
            "{} holds the secret",
            file.display()
        );
    }

    desk.start(Some("far"));
    let info = desk.ask("app_info", json!({})).unwrap();
    assert_eq!(info["problem"]["code"], "secret_locked");
    let wrong = desk
        .ask("vault_unlock", json!({ "passphrase": "open barley" }))
        .unwrap_err();
    assert_eq!(wrong["code"], "secret_locked");
    desk.ask("vault_unlock", json!({ "passphrase": "open sesame" }))
        .unwrap();
    assert_eq!(desk.ask("app_info", json!({})).unwrap()["profile"]["name"], "far");
    desk.ask("profile_delete", json!({ "name": "far" })).unwrap();
    assert_eq!(desk.ask("profile_list", json!({})).unwrap(), json!([]));
}

fn get(url: &str) -> u16 {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nRange: bytes=0-9\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.take(4096).read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}
