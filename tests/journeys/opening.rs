//! Opening the app: what it shows first, in both languages and themes, narrow and wide, and what it remembers.

use crate::window::{Setting, Window};
use crate::{DESIGNED, NARROW, deployment};

#[tokio::test(flavor = "multi_thread")]
async fn the_window_opens_on_five_stores_that_are_up() {
    let profile = deployment::shared().await;
    let home = tempfile::tempdir().unwrap();
    let window = Window::open(
        "opening",
        &Setting {
            profile: &profile,
            home: home.path(),
            size: DESIGNED,
        },
    )
    .await;
    for store in ["PostgreSQL", "Redis", "MongoDB", "S3", "etcd"] {
        window
            .holds(
                &format!("{store} up in the status bar"),
                &format!("return [...document.querySelectorAll('.statusbar .state-up')].some(one => one.innerText.includes('{store}'))"),
            )
            .await;
    }
    window.go("/overview").await;
    window.text("Live now").await;
    window
        .holds(
            "a live meeting drawn",
            "return document.querySelectorAll('.live-row').length > 0",
        )
        .await;
    window.screenshot("overview").await;
    for screen in ["people", "meetings", "recordings", "audit", "settings"] {
        window.go(&format!("/{screen}")).await;
        window.element("main h1").await;
        window.settled().await;
        window.screenshot(screen).await;
    }
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn language_and_theme_are_switched_and_remembered_by_the_next_window() {
    let profile = deployment::shared().await;
    let home = tempfile::tempdir().unwrap();
    let setting = Setting {
        profile: &profile,
        home: home.path(),
        size: DESIGNED,
    };
    let window = Window::open("chinese", &setting).await;
    window.go("/settings?section=appearance").await;
    window.click("main input[aria-label='Language']").await;
    window.choose("简体中文").await;
    window.text("会议").await;
    window.choose("深色").await;
    window
        .holds(
            "a dark page",
            "return document.documentElement.dataset.mantineColorScheme === 'dark'",
        )
        .await;
    for screen in ["overview", "people", "meetings", "recordings", "audit", "settings"] {
        window.go(&format!("/{screen}")).await;
        window.element("main h1").await;
        window.settled().await;
        window.screenshot(&format!("{screen}-dark")).await;
    }
    // A person who pulls the plug a second later loses nothing.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    window.kill().await;

    let window = Window::open("chinese-again", &setting).await;
    window.text("会议").await;
    window
        .holds(
            "a dark page",
            "return document.documentElement.dataset.mantineColorScheme === 'dark'",
        )
        .await;
    window
        .holds("the last screen", "return location.pathname.startsWith('/settings')")
        .await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_narrow_window_folds_the_rail_and_scrolls_nothing_sideways() {
    let profile = deployment::shared().await;
    let home = tempfile::tempdir().unwrap();
    let window = Window::open(
        "narrow",
        &Setting {
            profile: &profile,
            home: home.path(),
            size: NARROW,
        },
    )
    .await;
    for screen in ["overview", "people", "meetings", "recordings", "audit", "settings"] {
        window.go(&format!("/{screen}")).await;
        window.element("main h1").await;
        window.settled().await;
        window.element(".win.folded").await;
        window
            .holds(
                "no sideways scrolling",
                "return document.documentElement.scrollWidth <= window.innerWidth",
            )
            .await;
        window.screenshot(screen).await;
    }
    window.close().await;
}
