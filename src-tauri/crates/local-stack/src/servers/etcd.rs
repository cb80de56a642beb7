//! etcd: one member, authentication on with the user `root`. Spoken to through its JSON gateway.

use std::process::Command;

use super::{PROBE_LIMIT, Place};
use crate::http;
use crate::profile::ETCD_USER;
use crate::stack::Durability;

pub(super) fn command(place: &Place) -> Command {
    let client = format!("http://127.0.0.1:{}", place.port());
    let peer = format!("http://127.0.0.1:{}", place.port_at(1));
    let mut command = place.command();
    command
        .args(["--name", "local", "--data-dir"])
        .arg(place.data.join("member"))
        .args(["--listen-client-urls", &client, "--advertise-client-urls", &client])
        .args(["--listen-peer-urls", &peer, "--initial-advertise-peer-urls", &peer])
        .arg(format!("--initial-cluster=local={peer}"))
        .args(["--logger", "zap", "--log-level", "warn"]);
    if place.durability == Durability::Fast {
        command.args(["--unsafe-no-fsync", "--bcrypt-cost", "4"]);
    }
    command
}

/// With the password on, signing in both proves it and shows that the member answers.
pub(super) fn probe(place: &Place) -> Result<(), String> {
    let body = serde_json::json!({ "name": ETCD_USER, "password": place.secret }).to_string();
    let answer = call(place, "/v3/auth/authenticate", &body)?;
    if answer.0 == 200 {
        Ok(())
    } else {
        Err(format!("sign-in was answered {}: {}", answer.0, answer.1))
    }
}

/// Turns authentication on; every step may have been done before.
pub(super) fn after_start(place: &Place) -> Result<(), String> {
    if probe(place).is_ok() {
        return Ok(());
    }
    let user = serde_json::json!({ "name": ETCD_USER, "password": place.secret }).to_string();
    let steps = [
        ("/v3/auth/user/add", user.as_str()),
        ("/v3/auth/role/add", r#"{"name":"root"}"#),
        ("/v3/auth/user/grant", r#"{"user":"root","role":"root"}"#),
        ("/v3/auth/enable", "{}"),
    ];
    for (path, body) in steps {
        let (status, text) = call(place, path, body)?;
        if status != 200 && !text.contains("already exist") {
            return Err(format!("{path} was answered {status}: {text}"));
        }
    }
    Ok(())
}

fn call(place: &Place, path: &str, body: &str) -> Result<(u16, String), String> {
    let headers = [("Content-Type", "application/json".to_owned())];
    let answer = http::request("POST", place.port(), path, &headers, body, PROBE_LIMIT)?;
    Ok((answer.status, answer.body))
}
