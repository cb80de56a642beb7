//! What cannot be done, and how that is said: exit code 2, one JSON error on stderr, nothing on stdout.

use crate::desk::{Desk, bare, ran};

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let desk = Desk::empty().await;
    desk.run(&["migrate"]).done();
    for noun in ["user", "meeting", "recording"] {
        let error = desk.run(&[noun, "show", "424242", "--json"]).ended(2).error();
        assert_eq!(error["code"], "not_found", "{noun}: {error}");
        assert_eq!(error["retryable"], false);
        assert!(error["diagnostic_id"].as_str().unwrap().starts_with("err-"), "{error}");
    }
}

#[tokio::test]
async fn requests_that_make_no_sense_are_refused_before_any_store_is_asked() {
    let home = tempfile::tempdir().unwrap();
    for args in [
        &["meeting", "list", "--filter", "titel=x"][..],
        &["meeting", "list", "--filter", "live"],
        &["meeting", "list", "--sort", "title"],
        &["user", "show", "forty-two"],
        &["meeting", "list", "--limit", "0"],
        &["meeting", "fly"],
        &["seed"],
    ] {
        let mut args = args.to_vec();
        args.push("--json");
        let error = ran(bare(&args, home.path()).output().unwrap()).ended(2).error();
        assert_eq!(error["code"], "invalid_request", "{args:?}: {error}");
    }
}

#[test]
fn without_any_profile_it_says_how_to_get_one() {
    let home = tempfile::tempdir().unwrap();
    let error = ran(bare(&["health", "--json"], home.path()).output().unwrap())
        .ended(2)
        .error();
    assert_eq!(error["code"], "profile_invalid");
    assert!(
        error["hint"].as_str().unwrap().contains("greenroom stack up"),
        "{error}"
    );
}

#[test]
fn a_profile_that_is_not_there_or_makes_no_sense_is_named() {
    let home = tempfile::tempdir().unwrap();
    let broken = home.path().join("broken.toml");
    std::fs::write(&broken, "name = \"x\"\ncolour = 7").unwrap();
    let with = |profile: &str| {
        ran(bare(&["health", "--json", "--profile", profile], home.path())
            .output()
            .unwrap())
    };
    assert_eq!(with("nowhere").ended(2).error()["code"], "not_found");
    let error = with(broken.to_str().unwrap()).ended(2).error();
    assert_eq!(error["code"], "profile_invalid");
    assert!(error["message"].as_str().unwrap().contains("broken.toml"), "{error}");
}

#[tokio::test]
async fn one_store_down_leaves_the_others_parts_of_a_meeting_standing() {
    let desk = Desk::seeded().await;
    let id = desk.json(&["meeting", "list", "--limit", "1"])["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    // Nothing listens on port 1 of loopback.
    let desk = desk
        .with(|profile| profile.redis.addresses = vec!["127.0.0.1:1".to_owned()])
        .await;
    let health = desk.run(&["health", "--json"]).ended(1).document();
    for store in health["stores"].as_array().unwrap() {
        let expected = if store["store"] == "redis" { "down" } else { "up" };
        assert_eq!(store["state"], expected, "{store}");
    }
    let page = desk.json(&["meeting", "show", &id]);
    assert_eq!(page["meeting"]["id"], id.as_str());
    assert_eq!(page["room"]["error"]["code"], "store_down");
    assert_eq!(page["room"]["error"]["store"], "redis");
    for part in [
        "participants",
        "streams",
        "chat",
        "ai_results",
        "analysis",
        "documents",
        "recordings",
        "logs",
    ] {
        assert!(page[part]["items"].is_array(), "{part}: {}", page[part]);
    }
}

#[tokio::test]
async fn without_postgresql_the_rest_of_a_meeting_is_still_written_but_the_call_has_failed() {
    let desk = Desk::empty()
        .await
        .with(|profile| profile.postgres.addresses = vec!["127.0.0.1:1".to_owned()])
        .await;
    let page = desk.run(&["meeting", "show", "17", "--json"]).ended(2).document();
    assert_eq!(page["meeting"]["error"]["code"], "store_down");
    assert!(page["logs"]["items"].is_array(), "{page}");
}

#[test]
fn a_folder_without_a_stack_is_not_up() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("nothing");
    let args = ["stack", "status", "--dir", dir.to_str().unwrap(), "--json"];
    let status = ran(bare(&args, home.path()).output().unwrap()).ended(1).document();
    assert_eq!(status["up"], false);
}
