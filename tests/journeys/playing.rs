//! Playing: the two-hour recording plays and is sought in; what cannot be played says why.

use serde_json::Value;

use crate::window::{Setting, Window};
use crate::{DESIGNED, deployment};

const VIDEO: &str = "document.querySelector('video')";

#[tokio::test(flavor = "multi_thread")]
async fn the_two_hour_recording_plays_and_is_sought_in() {
    let profile = deployment::shared().await;
    let long = recording(&profile, |one| {
        one["duration_s"].as_i64().unwrap_or(0) >= 7_000 && one["status"] == "completed"
    });

    let home = tempfile::tempdir().unwrap();
    let window = Window::open(
        "playing",
        &Setting {
            profile: &profile,
            home: home.path(),
            size: DESIGNED,
        },
    )
    .await;
    window.go(&format!("/recordings/{long}")).await;
    window
        .holds("the file's length known", &format!("return {VIDEO}?.duration > 7000"))
        .await;
    window
        .script(&format!("{VIDEO}.muted = true; {VIDEO}.play(); return true"))
        .await;
    window
        .holds(
            "the picture moving",
            &format!("return {VIDEO}.currentTime > 0.5 && !{VIDEO}.paused"),
        )
        .await;
    window.screenshot("start").await;
    for target in [6_000, 1_800, 7_100] {
        window
            .script(&format!("{VIDEO}.currentTime = {target}; return true"))
            .await;
        window
            .holds(
                &format!("playing on from {target} s"),
                &format!("return !{VIDEO}.seeking && {VIDEO}.currentTime > {target} + 0.3 && {VIDEO}.currentTime < {target} + 30"),
            )
            .await;
    }
    window.screenshot("sought").await;
    window.press("k").await;
    window
        .holds("paused by its key", &format!("return {VIDEO}.paused"))
        .await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_that_was_cut_off_says_so_and_offers_the_download() {
    let profile = deployment::shared().await;
    let cut = recording(&profile, |one| one["status"] == "failed");
    let home = tempfile::tempdir().unwrap();
    let window = Window::open(
        "cut-off",
        &Setting {
            profile: &profile,
            home: home.path(),
            size: DESIGNED,
        },
    )
    .await;
    window.go(&format!("/recordings/{cut}")).await;
    window
        .holds(
            "the problem said",
            "return /ends before|cut off|truncated/i.test(document.querySelector('main').innerText)",
        )
        .await;
    window.text("Download").await;
    window.screenshot("page").await;
    window.close().await;
}

fn recording(profile: &std::path::Path, wanted: impl Fn(&Value) -> bool) -> String {
    let list: Value = serde_json::from_str(&deployment::greenroom(
        profile,
        &["recording", "list", "--limit", "500", "--json"],
    ))
    .unwrap();
    let found = list["items"].as_array().unwrap().iter().find(|one| wanted(one));
    found.expect("the demo has such a recording")["id"]
        .as_str()
        .unwrap()
        .to_owned()
}
