//! Finding: a person in either script, a meeting over five stores, anything by the palette.

use serde_json::Value;

use crate::window::{Setting, Window};
use crate::{DESIGNED, deployment};

const CONTROL: char = '\u{e009}';
const ENTER: char = '\u{e007}';
const NULL: char = '\u{e000}';

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_found_in_either_script_and_opened() {
    let profile = deployment::shared().await;
    let people: Value = serde_json::from_str(&deployment::greenroom(
        &profile,
        &["user", "list", "--limit", "200", "--json"],
    ))
    .unwrap();
    let chinese = people["items"].as_array().unwrap().iter().find(|user| {
        user["full_name"]
            .as_str()
            .is_some_and(|name| name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)))
    });
    let chinese = chinese.expect("the demo has Chinese names");
    let (name, username) = (
        chinese["full_name"].as_str().unwrap(),
        chinese["username"].as_str().unwrap(),
    );

    let home = tempfile::tempdir().unwrap();
    let window = Window::open(
        "person",
        &Setting {
            profile: &profile,
            home: home.path(),
            size: DESIGNED,
        },
    )
    .await;
    window.go("/people").await;
    window.fill(".search-box input", name).await;
    window.holds("only people of that name", &rows_all_hold(name)).await;
    window.screenshot("by-name").await;
    window.go("/people").await;
    window.fill(".search-box input", username).await;
    window
        .holds("only people of that username", &rows_all_hold(username))
        .await;
    window.go(&format!("/people/{}", chinese["id"].as_str().unwrap())).await;
    window.text(username).await;
    window.settled().await;
    window.screenshot("page").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_shows_what_all_five_stores_know_of_it() {
    let profile = deployment::shared().await;
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
    let id = live["items"][0]["id"]
        .as_str()
        .expect("a recorded meeting runs now")
        .to_owned();

    let home = tempfile::tempdir().unwrap();
    let window = Window::open(
        "meeting",
        &Setting {
            profile: &profile,
            home: home.path(),
            size: DESIGNED,
        },
    )
    .await;
    window.go(&format!("/meetings/{id}")).await;
    for part in ["Room now", "Chat", "Recordings", "Documents", "Logs"] {
        window
            .holds(
                &format!("the part {part} with data"),
                &format!(
                    "const part = document.querySelector('section[aria-label=\"{part}\"]');\
                     return !!part && !part.querySelector('.skeleton, .gap') && part.innerText.length > {}",
                    part.len() + 10
                ),
            )
            .await;
    }
    window.text(&format!("room:{id}")).await;
    window.settled().await;
    window.screenshot("page").await;
    window.go(&format!("/meetings?show={id}")).await;
    window.element("aside.pane").await;
    window.settled().await;
    window.screenshot("pane").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_palette_goes_to_a_person_a_screen_and_a_pasted_id() {
    let profile = deployment::shared().await;
    let meetings: Value = serde_json::from_str(&deployment::greenroom(
        &profile,
        &["meeting", "list", "--limit", "1", "--json"],
    ))
    .unwrap();
    let (id, title) = (
        meetings["items"][0]["id"].as_str().unwrap(),
        meetings["items"][0]["title"].as_str().unwrap(),
    );

    let home = tempfile::tempdir().unwrap();
    let window = Window::open(
        "palette",
        &Setting {
            profile: &profile,
            home: home.path(),
            size: DESIGNED,
        },
    )
    .await;
    window.press(&format!("{CONTROL}k{NULL}")).await;
    window.element("[role=dialog] input").await;
    window.press("Audit").await;
    window.element("[role=option]").await;
    window.screenshot("screen").await;
    window.press(&ENTER.to_string()).await;
    window
        .holds("the audit screen", "return location.pathname.startsWith('/audit')")
        .await;

    window.press(&format!("{CONTROL}k{NULL}")).await;
    window.element("[role=dialog] input").await;
    window.press(id).await;
    window
        .holds(
            "the meeting among the findings",
            &format!(
                "return [...document.querySelectorAll('[role=option]')].some(one => one.innerText.includes({}))",
                serde_json::to_string(title).unwrap()
            ),
        )
        .await;
    window.screenshot("id").await;
    window.close().await;
}

/// A script that is true once the list has rows and each of them holds the text.
fn rows_all_hold(text: &str) -> String {
    format!(
        "const rows = [...document.querySelectorAll('main .grid-row')];\
         return rows.length > 0 && rows.every(row => row.innerText.includes({}))",
        serde_json::to_string(text).expect("text is JSON")
    )
}
