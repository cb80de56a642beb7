//! Reading as people see it: tables in a pipe are whole, without colour, and say how much there is.

use crate::desk::Desk;

#[tokio::test]
async fn a_table_in_a_pipe_is_whole_and_without_colour() {
    let desk = Desk::seeded().await;
    let ended = desk.run(&["meeting", "list", "--limit", "3"]).done();
    assert!(
        ended.stdout.contains("TITLE") && ended.stdout.lines().count() == 4,
        "{}",
        ended.stdout
    );
    assert!(!ended.stdout.contains('\u{1b}'), "{:?}", ended.stdout);
    assert!(
        ended.stderr.contains("3 of ") && ended.stderr.contains("--after "),
        "{}",
        ended.stderr
    );
    assert_eq!(desk.run(&["meeting", "list", "--limit", "3", "-q"]).done().stderr, "");
}

#[tokio::test]
async fn a_search_that_matches_nothing_is_an_empty_list_and_no_failure() {
    let desk = Desk::seeded().await;
    let list = desk.json(&["user", "list", "--search", "100%_nobody\\"]);
    assert_eq!(
        (list["items"].as_array().unwrap().len(), &list["total"], &list["next"]),
        (0, &0.into(), &().into())
    );
    let ended = desk.run(&["user", "list", "--search", "100%_nobody\\"]).done();
    assert_eq!((ended.stdout.as_str(), ended.stderr.trim()), ("", "nothing matches"));
}

#[tokio::test]
async fn filters_narrow_and_their_negation_gives_the_rest() {
    let desk = Desk::seeded().await;
    let count = |filter: &str| {
        desk.json(&["user", "list", "--filter", filter, "--limit", "1"])["total"]
            .as_u64()
            .unwrap()
    };
    let all = desk.json(&["user", "list", "--limit", "1"])["total"].as_u64().unwrap();
    assert_eq!(count("status=active") + count("status!=active"), all);
}
