//! One store gone and back: the others' screens go on, and what is missing is said where it is missing.

use greenroom_domain::StoreKind;
use serde_json::Value;

use crate::window::{Setting, Window};
use crate::{DESIGNED, deployment};

#[tokio::test(flavor = "multi_thread")]
async fn with_redis_gone_the_rest_of_a_meeting_stands_and_it_comes_back() {
    let stack = deployment::breakable().await;
    let profile = stack.dir().join("profile.toml");
    let live: Value = serde_json::from_str(&deployment::greenroom(
        &profile,
        &[
            "meeting",
            "list",
            "--search",
            "研发周会",
            "--filter",
            "live=yes",
            "--limit",
            "1",
            "--json",
        ],
    ))
    .unwrap();
    let id = live["items"][0]["id"].as_str().expect("a meeting runs now").to_owned();

    let home = tempfile::tempdir().unwrap();
    let window = Window::open(
        "redis-gone",
        &Setting {
            profile: &profile,
            home: home.path(),
            size: DESIGNED,
        },
    )
    .await;
    window.go(&format!("/meetings/{id}")).await;
    window.text(&format!("room:{id}")).await;

    stack.kill(StoreKind::Redis);
    window
        .holds("Redis down in the status bar", &status_bar("state-down", "Redis"))
        .await;
    window
        .holds("PostgreSQL still up", &status_bar("state-up", "PostgreSQL"))
        .await;
    window.go("/meetings").await;
    window.element("main .grid-row").await;
    window.go(&format!("/meetings/{id}")).await;
    window.element("section[aria-label='Chat']").await;
    window.settled().await;
    window.screenshot("meeting").await;
    window.go("/overview").await;
    window.settled().await;
    window.screenshot("overview").await;

    stack.start(StoreKind::Redis).await;
    window
        .holds("Redis back in the status bar", &status_bar("state-up", "Redis"))
        .await;
    window.go(&format!("/meetings/{id}")).await;
    window.text("Room now").await;
    window.close().await;
}

fn status_bar(class: &str, store: &str) -> String {
    format!(
        "return [...document.querySelectorAll('.statusbar .{class}')].some(one => one.innerText.includes('{store}'))"
    )
}
