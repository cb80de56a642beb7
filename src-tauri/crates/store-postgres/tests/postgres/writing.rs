//! Changes: once, only over the row that was seen, and with an honest outcome when the connection goes.

use std::time::Duration;

use bytes::Bytes;
use greenroom_domain::access::WritePermit;
use greenroom_domain::user::UserStatusRequest;
use greenroom_domain::{ErrorCode, Outcome, UserId};
use greenroom_store_postgres::copy::{CopyFormat, CopyTable};
use sqlx::{Connection, Executor};

use crate::support::Database;

fn suspend(expected: Option<&str>) -> UserStatusRequest {
    UserStatusRequest {
        id: UserId(1),
        status: "suspended".to_owned(),
        expected: expected.map(str::to_owned),
        reason: None,
    }
}

#[tokio::test]
async fn a_status_is_set_once_and_only_over_the_status_that_was_seen() {
    let database = Database::migrated().await;
    database.add_people(1).await;
    let permit = WritePermit::issue();
    let before = database.postgres.user_get(UserId(1)).await.unwrap();
    let user = database
        .postgres
        .user_set_status(&permit, &suspend(Some("active")))
        .await
        .unwrap();
    assert_eq!(user.status.as_deref(), Some("suspended"));
    assert!(user.updated_at >= before.updated_at);
    let again = database
        .postgres
        .user_set_status(&permit, &suspend(Some("active")))
        .await
        .unwrap_err();
    assert_eq!(
        (again.code(), again.outcome()),
        (ErrorCode::Conflict, Some(Outcome::NotDone))
    );
    database.run("UPDATE users SET status = NULL").await;
    database
        .postgres
        .user_set_status(&permit, &suspend(None))
        .await
        .unwrap();
    let nobody = UserStatusRequest {
        id: UserId(99),
        ..suspend(None)
    };
    assert_eq!(
        database
            .postgres
            .user_set_status(&permit, &nobody)
            .await
            .unwrap_err()
            .code(),
        ErrorCode::NotFound
    );
    for status in ["", "  ", "a\0b", &"x".repeat(51)] {
        let bad = UserStatusRequest {
            status: status.to_owned(),
            ..suspend(None)
        };
        let failure = database.postgres.user_set_status(&permit, &bad).await.unwrap_err();
        assert_eq!(failure.code(), ErrorCode::InvalidRequest);
    }
}

#[tokio::test]
async fn a_connection_lost_in_the_middle_of_a_change_leaves_it_unknown_and_never_replayed() {
    let database = Database::migrated().await;
    database.add_people(1).await;
    // The row is locked, so that the change is under way when its session is ended.
    let mut locker = database.session().await;
    let mut transaction = locker.begin().await.unwrap();
    transaction
        .execute("SELECT FROM users WHERE id = 1 FOR UPDATE")
        .await
        .unwrap();
    let postgres = database.postgres.clone();
    let change = tokio::spawn(async move {
        postgres
            .user_set_status(&WritePermit::issue(), &suspend(Some("active")))
            .await
    });
    let mut killer = database.session().await;
    let ended = tokio::time::timeout(Duration::from_secs(5), async {
        loop {
            let hit: Option<bool> = sqlx::query_scalar(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() \
                 AND query LIKE 'UPDATE users%' AND wait_event_type = 'Lock'",
            )
            .fetch_optional(&mut killer)
            .await
            .unwrap();
            if hit == Some(true) {
                break;
            }
            tokio::task::yield_now().await;
        }
    });
    ended.await.unwrap();
    let failure = change.await.unwrap().unwrap_err();
    assert_eq!(failure.outcome(), Some(Outcome::Unknown), "{failure:?}");
    transaction.rollback().await.unwrap();
    // Nothing comes after it: the lock is free and the row is what it was.
    let user = database.postgres.user_get(UserId(1)).await.unwrap();
    assert_eq!(user.status.as_deref(), Some("active"));
}

#[tokio::test]
async fn a_change_the_server_refuses_is_not_done() {
    let database = Database::migrated().await;
    database.add_people(1).await;
    database
        .run("ALTER TABLE users ADD CHECK (status <> 'suspended')")
        .await;
    let failure = database
        .postgres
        .user_set_status(&WritePermit::issue(), &suspend(Some("active")))
        .await
        .unwrap_err();
    assert_eq!(failure.outcome(), Some(Outcome::NotDone));
    assert!(
        !format!("{failure}").contains("suspended"),
        "a row's values are not told: {failure}"
    );
}

#[tokio::test]
async fn rows_are_loaded_as_a_stream_all_or_none() {
    let database = Database::migrated().await;
    let permit = WritePermit::issue();
    assert!(database.postgres.table_is_empty(CopyTable::Users).await.unwrap());
    let row = |id: u32| {
        Bytes::from(format!(
            "{id}\tu{id}\te{id}\tx\t陈 {id}\t\\N\tactive\tuser\t2024-01-01\t2024-01-01\t\\N\n"
        ))
    };
    let rows = futures::stream::iter((1..=5_000).map(row));
    let count = database
        .postgres
        .copy_in(&permit, CopyTable::Users, CopyFormat::Text, rows)
        .await
        .unwrap();
    database.postgres.copy_done(&permit, CopyTable::Users).await.unwrap();
    assert_eq!(count, 5_000);
    assert!(!database.postgres.table_is_empty(CopyTable::Users).await.unwrap());
    let twice = futures::stream::iter([row(6_000), row(1)]);
    let failure = database
        .postgres
        .copy_in(&permit, CopyTable::Users, CopyFormat::Text, twice)
        .await
        .unwrap_err();
    assert_eq!(failure.outcome(), Some(Outcome::NotDone), "{failure:?}");
    assert_eq!(database.ask("SELECT count(*)::text FROM users").await, "5000");
    // The sequence goes on after the loaded ids.
    database
        .run("INSERT INTO users (username, email, password_hash) VALUES ('new', 'new', 'x')")
        .await;
    assert_eq!(database.ask("SELECT max(id)::text FROM users").await, "5001");
}
