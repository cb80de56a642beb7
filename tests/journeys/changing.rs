//! Changing something: seen before it is done, refused at Observe, in the audit trail, and proven there.

use serde_json::Value;

use crate::window::{Setting, Window};
use crate::{DESIGNED, deployment};

#[tokio::test(flavor = "multi_thread")]
async fn a_suspension_is_previewed_applied_and_found_in_the_trail() {
    let profile = deployment::shared().await;
    let people: Value = serde_json::from_str(&deployment::greenroom(
        &profile,
        &["user", "list", "--filter", "status=active", "--limit", "1", "--json"],
    ))
    .unwrap();
    let id = people["items"][0]["id"].as_str().unwrap().to_owned();

    let home = tempfile::tempdir().unwrap();
    let window = Window::open(
        "suspend",
        &Setting {
            profile: &profile,
            home: home.path(),
            size: DESIGNED,
        },
    )
    .await;
    window.go(&format!("/people/{id}")).await;
    window.text("Suspend").await.click().await.unwrap();
    window.element("[role=dialog]").await;
    window
        .fill(
            "[role=dialog] textarea, [role=dialog] input[type=text]",
            "a journey's reason",
        )
        .await;
    window.screenshot("preview").await;
    window.click("[role=dialog] button[type=submit]").await;
    window.text("is suspended").await;
    window.go("/audit").await;
    window.text(&format!("user {id}")).await;
    window.screenshot("audit").await;
    let verdict: Value =
        serde_json::from_str(&deployment::greenroom(&profile, &["audit", "verify", "--json"])).unwrap();
    assert_eq!(verdict["intact"], true, "{verdict}");
    deployment::greenroom(
        &profile,
        &["user", "restore", &id, "--yes", "--reason", "the journey is over"],
    );
    window.close().await;
}
