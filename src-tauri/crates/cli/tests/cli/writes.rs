//! Changes: never unasked, never through a profile that forbids them, always in the audit trail.

use greenroom_domain::profile::Environment;

use crate::desk::Desk;

async fn desk_with_user() -> (Desk, String) {
    let desk = Desk::seeded().await;
    let users = desk.json(&["user", "list", "--filter", "status=active", "--limit", "1"]);
    let id = users["items"][0]["id"].as_str().unwrap().to_owned();
    (desk, id)
}

#[tokio::test]
async fn a_change_wants_a_yes_shows_itself_dry_and_is_audited() {
    let (desk, id) = desk_with_user().await;
    let refused = desk.run(&["user", "suspend", &id, "--json"]).ended(2).error();
    assert!(refused["hint"].as_str().unwrap().contains("--yes"), "{refused}");
    let dry = desk.json(&["user", "suspend", &id, "--dry-run"]);
    assert_eq!(dry["change"]["after"]["status"], "suspended");
    assert_eq!(desk.json(&["user", "show", &id])["user"]["status"], "active");

    let user = desk.json(&["user", "suspend", &id, "--reason", "left the company", "--yes"]);
    assert_eq!(user["status"], "suspended");
    let trail = desk.json(&["audit", "list", "--search", "user_set_status"]);
    let entries = trail["items"].as_array().unwrap();
    assert_eq!(entries.len(), 2, "an intent and an outcome: {trail}");
    assert_eq!(
        (&entries[0]["phase"], &entries[0]["outcome"]),
        (&"outcome".into(), &"done".into())
    );
    assert_eq!(entries[1]["reason"], "left the company");
    assert_eq!(entries[1]["actor"]["face"], "cli");
    let entry = desk.json(&["audit", "show", entries[1]["seq"].as_str().unwrap()]);
    assert_eq!(entry, entries[1]);

    assert_eq!(desk.json(&["user", "restore", &id, "--yes"])["status"], "active");
    assert_eq!(desk.json(&["audit", "verify"])["intact"], true);
}

#[tokio::test]
async fn production_is_only_looked_at_until_somebody_says_edit() {
    let (desk, id) = desk_with_user().await;
    let desk = desk.with(|profile| profile.environment = Environment::Production).await;
    let refused = desk.run(&["user", "suspend", &id, "--yes", "--json"]).ended(2).error();
    assert_eq!(
        (&refused["code"], &refused["outcome"]),
        (&"write_refused".into(), &"not_done".into())
    );
    assert_eq!(
        desk.json(&["user", "suspend", &id, "--yes", "--rung", "edit"])["status"],
        "suspended"
    );
}

#[tokio::test]
async fn a_read_only_profile_cannot_be_talked_into_writing() {
    let (desk, id) = desk_with_user().await;
    let desk = desk.with(|profile| profile.read_only = true).await;
    for rung in [&[][..], &["--rung", "edit"]] {
        let args = [&["user", "suspend", id.as_str(), "--yes", "--json"], rung].concat();
        assert_eq!(desk.run(&args).ended(2).error()["code"], "write_refused");
    }
    assert_eq!(desk.json(&["user", "show", &id])["user"]["status"], "active");
}

#[tokio::test]
async fn migrations_are_planned_applied_and_then_done() {
    let desk = Desk::empty().await;
    let plan = desk.run(&["migrate", "--plan", "--json"]).ended(1).document();
    let pending = plan["pending"].as_u64().unwrap();
    assert!(
        pending > 0 && plan["migrations"].as_array().unwrap().len() as u64 == pending,
        "{plan}"
    );
    assert_eq!(
        desk.json(&["migrate"])["applied"].as_array().unwrap().len() as u64,
        pending
    );
    assert_eq!(desk.json(&["migrate", "--plan"])["pending"], 0);
    assert_eq!(
        desk.json(&["migrate"])["applied"].as_array().unwrap().len(),
        0,
        "twice changes nothing"
    );
    assert_eq!(desk.json(&["audit", "verify"])["intact"], true);
}

#[tokio::test]
async fn a_profile_is_kept_with_its_secret_and_forgotten_with_it() {
    let desk = Desk::empty().await;
    desk.run(&["migrate"]).done();
    let file = desk.folder().join("profile.toml");
    let save = desk
        .run(&["profile", "save", file.to_str().unwrap(), "--json"])
        .done()
        .document();
    let name = save["name"].as_str().unwrap();
    let list = desk.json(&["profile", "list"]);
    assert_eq!((&list["items"][0]["name"], &list["total"]), (&name.into(), &1.into()));
    let shown = desk.json(&["profile", "show", name]);
    assert_eq!(shown["profile"]["postgres"]["database"], name);
    assert_eq!(shown["secrets"][0]["place"], "profile_file");
    let tested = desk.json(&["profile", "test", name]);
    assert!(
        tested["stores"]
            .as_array()
            .unwrap()
            .iter()
            .all(|store| store["state"] == "up"),
        "{tested}"
    );
    desk.run(&["profile", "delete", name, "--json"]).ended(2);
    desk.run(&["profile", "delete", name, "--yes"]).done();
    assert_eq!(desk.json(&["profile", "list"])["total"], 0);
}
