//! Streams: whole, line by line, quiet when nobody reads on, and ended by signals.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::desk::{CLIP_BYTES, Desk, bare, ran};

#[tokio::test]
async fn all_streams_every_row_once_as_a_line() {
    let desk = Desk::seeded().await;
    let lines = desk
        .run(&["meeting", "list", "--all", "--sort", "id", "--json"])
        .done()
        .lines();
    let mut ids: Vec<i64> = lines
        .iter()
        .map(|line| line["id"].as_str().unwrap().parse().unwrap())
        .collect();
    assert!(ids.len() >= 30, "{} lines", ids.len());
    assert!(ids.is_sorted_by(|a, b| a > b), "newest first, none twice");
    ids.truncate(7);
    let first = desk.json(&["meeting", "list", "--limit", "7", "--sort", "id"]);
    let listed: Vec<i64> = first["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap().parse().unwrap())
        .collect();
    assert_eq!(listed, ids);
    let next = first["next"].as_str().unwrap();
    let second = desk.json(&["meeting", "list", "--limit", "7", "--sort", "id", "--after", next]);
    assert!(second["items"][0]["id"].as_str().unwrap().parse::<i64>().unwrap() < listed[6]);
}

#[tokio::test]
async fn nobody_reading_on_is_no_failure() {
    let desk = Desk::seeded().await;
    let mut child = desk
        .command(&["meeting", "list", "--all", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = ran(child.wait_with_output().unwrap());
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
}

#[tokio::test]
async fn our_own_log_never_reaches_stdout() {
    let desk = Desk::seeded().await;
    let ended = desk.run(&["user", "list", "--json", "-vvv", "--log", "json"]).done();
    assert!(ended.document()["items"].is_array());
    assert!(
        ended
            .stderr
            .lines()
            .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()),
        "{}",
        ended.stderr
    );
}

#[tokio::test]
async fn a_served_recording_is_there_until_it_is_asked_to_end() {
    let desk = Desk::seeded().await;
    let id = playable(&desk);
    for (signal, code) in [("-TERM", 0), ("-INT", 130)] {
        let mut child = serve(&desk, &id);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let told: serde_json::Value = serde_json::from_str(&line).unwrap();
        let answer = get(told["url"].as_str().unwrap(), "bytes=0-3");
        assert!(
            answer.starts_with(b"HTTP/1.1 206"),
            "{}",
            String::from_utf8_lossy(&answer)
        );
        let told = std::process::Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .unwrap();
        assert!(told.success());
        assert_eq!(child.wait().unwrap().code(), Some(code), "{signal}");
    }
}

#[tokio::test]
async fn a_downloaded_recording_is_whole_and_is_not_replaced_unasked() {
    let desk = Desk::seeded().await;
    let id = playable(&desk);
    let to = desk.folder().join("copy.mp4");
    let to = to.to_str().unwrap();
    let told = desk.json(&["recording", "download", &id, "--to", to]);
    assert_eq!(told["size_bytes"], CLIP_BYTES);
    assert_eq!(std::fs::read(to).unwrap(), vec![b'x'; CLIP_BYTES]);
    let error = desk
        .run(&["recording", "download", &id, "--to", to, "--json"])
        .ended(2)
        .error();
    assert_eq!(error["code"], "invalid_request");
    desk.run(&["recording", "download", &id, "--to", to, "--force"]).done();
    let partial = desk.folder().join("copy.mp4.partial");
    assert!(!partial.exists());
}

#[test]
fn completions_know_every_noun() {
    let home = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish"] {
        let script = ran(bare(&["completions", shell], home.path()).output().unwrap())
            .done()
            .stdout;
        for noun in greenroom_cli::command().get_subcommands() {
            assert!(
                script.contains(noun.get_name()),
                "{shell} does not know {}",
                noun.get_name()
            );
        }
    }
}

#[test]
fn every_command_says_what_it_does_with_an_example() {
    fn walk(command: &clap::Command, path: &str) {
        assert!(command.get_about().is_some(), "{path} says nothing");
        let mut any = false;
        for sub in command.get_subcommands() {
            any = true;
            walk(sub, &format!("{path} {}", sub.get_name()));
        }
        let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(
            any || after.contains(&format!("Example: {path}")) || after.contains("greenroom"),
            "{path} has no example"
        );
    }
    let command = greenroom_cli::command();
    command.clone().debug_assert();
    walk(&command, "greenroom");
}

fn playable(desk: &Desk) -> String {
    desk.json(&["recording", "list", "--limit", "1"])["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn serve(desk: &Desk, id: &str) -> Child {
    desk.command(&["recording", "serve", id, "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn get(url: &str, range: &str) -> Vec<u8> {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nRange: {range}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}
