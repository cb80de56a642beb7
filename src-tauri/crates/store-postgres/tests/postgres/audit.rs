//! The audit chain in the table: gapless under concurrency, append-only, its hashes recomputable.

use greenroom_domain::ErrorCode;
use greenroom_domain::PageRequest;
use greenroom_domain::access::WritePermit;
use greenroom_domain::audit::AuditListRequest;
use greenroom_domain::id::AuditSeq;
use greenroom_store_postgres::audit::GENESIS;
use sqlx::{AssertSqlSafe, Executor};

use crate::support::{Database, draft};

#[tokio::test]
async fn forty_writers_at_once_leave_one_chain_without_gaps() {
    let database = Database::migrated().await;
    let writers: Vec<_> = (0..40)
        .map(|turn| {
            let postgres = database.postgres.clone();
            tokio::spawn(async move {
                postgres
                    .audit_append(&WritePermit::issue(), draft(&format!("user {turn}")))
                    .await
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    let links = database.postgres.audit_links(0, 1_000).await.unwrap();
    assert_eq!(
        links.iter().map(|link| link.seq).collect::<Vec<_>>(),
        (1..=40).collect::<Vec<_>>()
    );
    let mut previous = GENESIS.to_owned();
    for link in links {
        assert_eq!(link.previous_hash, previous);
        assert_eq!(link.hash, link.computed);
        previous = link.hash;
    }
    let head = database.postgres.audit_head().await.unwrap().unwrap();
    assert_eq!((head.seq, head.hash), (40, previous));
}

#[tokio::test]
async fn the_table_takes_no_change_no_deletion_and_no_entry_out_of_turn() {
    let database = Database::migrated().await;
    for _ in 0..3 {
        database
            .postgres
            .audit_append(&WritePermit::issue(), draft("user 1"))
            .await
            .unwrap();
    }
    let mut session = database.session().await;
    for statement in [
        "UPDATE greenroom.audit_entries SET reason = 'other'",
        "DELETE FROM greenroom.audit_entries WHERE seq = 3",
        "TRUNCATE greenroom.audit_entries",
        "DELETE FROM greenroom.audit_head",
        "UPDATE greenroom.audit_head SET seq = 1",
        "TRUNCATE greenroom.audit_head",
        "INSERT INTO greenroom.audit_entries SELECT 9, change_id, phase, at, os_user, host, profile, face, action, store, target, \
         reason, before, after, outcome, failure, previous_hash, hash FROM greenroom.audit_entries WHERE seq = 3",
    ] {
        assert!(session.execute(AssertSqlSafe(statement)).await.is_err(), "{statement}");
    }
    assert_eq!(database.postgres.audit_links(0, 10).await.unwrap().len(), 3);
}

#[tokio::test]
async fn entries_are_listed_newest_first_found_by_text_and_shown_whole() {
    let database = Database::migrated().await;
    for turn in 1..=7 {
        database
            .postgres
            .audit_append(&WritePermit::issue(), draft(&format!("user {turn}")))
            .await
            .unwrap();
    }
    let request = |search: Option<&str>, after| AuditListRequest {
        search: search.map(str::to_owned),
        page: PageRequest { after, limit: 3 },
    };
    let first = database.postgres.audit_list(&request(None, None)).await.unwrap();
    assert_eq!(
        first.items.iter().map(|entry| entry.seq.0).collect::<Vec<_>>(),
        [7, 6, 5]
    );
    let second = database.postgres.audit_list(&request(None, first.next)).await.unwrap();
    assert_eq!(
        second.items.iter().map(|entry| entry.seq.0).collect::<Vec<_>>(),
        [4, 3, 2]
    );
    let found = database
        .postgres
        .audit_list(&request(Some("USER 5"), None))
        .await
        .unwrap();
    assert_eq!(found.items.len(), 1);
    let entry = database.postgres.audit_get(AuditSeq(5)).await.unwrap();
    assert_eq!(entry, found.items[0]);
    assert_eq!(
        entry.before.unwrap().0,
        serde_json::json!({ "n": 1.1, "status": "active" })
    );
    assert_eq!(
        database.postgres.audit_get(AuditSeq(8)).await.unwrap_err().code(),
        ErrorCode::NotFound
    );
}

#[tokio::test]
async fn text_with_nul_does_not_keep_an_entry_out_of_the_trail() {
    let database = Database::migrated().await;
    let mut draft = draft("key a\0b");
    draft.reason = Some("\0".to_owned());
    draft.before = Some(greenroom_domain::Json(
        serde_json::json!({ "a\0": "b\0", "big": 9_007_199_254_740_993_u64 }),
    ));
    database
        .postgres
        .audit_append(&WritePermit::issue(), draft)
        .await
        .unwrap();
    let link = database.postgres.audit_links(0, 1).await.unwrap().remove(0);
    assert_eq!(link.hash, link.computed);
    assert_eq!(
        database.postgres.audit_get(AuditSeq(1)).await.unwrap().target,
        "key a\u{fffd}b"
    );
}

#[tokio::test]
async fn without_a_trail_nothing_can_be_appended() {
    let database = Database::empty().await;
    let failure = database
        .postgres
        .audit_append(&WritePermit::issue(), draft("user 1"))
        .await
        .unwrap_err();
    assert_eq!(failure.code(), ErrorCode::StoreSchema);
}
