//! The one way a change takes: refused, recorded, applied, recorded again; and what is told when it goes wrong on the way.

use std::sync::atomic::{AtomicU32, Ordering};

use greenroom_domain::access::{Caller, Rung};
use greenroom_domain::audit::{AuditEntry, AuditListRequest, AuditPhase};
use greenroom_domain::user::UserStatusRequest;
use greenroom_domain::{ErrorCode, Json, Outcome, PageRequest, StoreKind, UserId};
use greenroom_operations::write::{self, Change};
use greenroom_operations::{Error, audit, migrate, people};

use crate::support::{Deployment, editor};

fn change(target: &str) -> Change {
    Change {
        action: "thing_change",
        store: StoreKind::Redis,
        target: target.to_owned(),
        reason: Some("a test".to_owned()),
        before: Some(Json(serde_json::json!({ "password": "hunter2", "n": 1 }))),
        after: Some(Json(serde_json::json!({ "token": "abc", "n": 2 }))),
    }
}

fn suspend(expected: &str) -> UserStatusRequest {
    UserStatusRequest {
        id: UserId(1),
        status: "suspended".to_owned(),
        expected: Some(expected.to_owned()),
        reason: Some("asked for by mail".to_owned()),
    }
}

/// The trail, newest first, without the migration's own entries.
async fn trail(deployment: &Deployment) -> Vec<AuditEntry> {
    let request = AuditListRequest {
        search: None,
        page: PageRequest::first(100),
    };
    let page = audit::list(&deployment.stores, &editor(), request).await.unwrap();
    page.items
        .into_iter()
        .filter(|entry| entry.action != "schema_migrate")
        .collect()
}

#[tokio::test]
async fn a_change_leaves_its_intent_and_its_outcome_in_the_trail_without_secrets() {
    let deployment = Deployment::with_people(1).await;
    let user = people::set_status(&deployment.stores, &editor(), suspend("active"))
        .await
        .unwrap();
    assert_eq!(user.status.as_deref(), Some("suspended"));
    let entries = trail(&deployment).await;
    let [outcome, intent] = &entries[..] else {
        panic!("{entries:?}")
    };
    assert_eq!((intent.phase, outcome.phase), (AuditPhase::Intent, AuditPhase::Outcome));
    assert_eq!(intent.change_id, outcome.change_id);
    assert_eq!((intent.outcome, outcome.outcome), (None, Some(Outcome::Done)));
    assert_eq!(
        (intent.action.as_str(), intent.target.as_str()),
        ("user_set_status", "user 1")
    );
    assert_eq!(intent.reason.as_deref(), Some("asked for by mail"));
    assert_eq!(
        (intent.actor.os_user.as_str(), intent.actor.profile.as_str()),
        ("ada", "test")
    );
    assert_eq!(intent.before, Some(Json(serde_json::json!({ "status": "active" }))));
    assert_eq!(outcome.after.as_ref().unwrap().0["status"], "suspended");

    write::apply(&deployment.stores, &editor(), change("thing 1"), async |_| Ok(()))
        .await
        .unwrap();
    let text = serde_json::to_string(&trail(&deployment).await).unwrap();
    assert!(!text.contains("hunter2") && !text.contains("abc"), "{text}");
}

#[tokio::test]
async fn at_observe_and_in_a_read_only_profile_nothing_is_applied_and_nothing_recorded() {
    let deployment = Deployment::with_people(1).await;
    let observer = Caller {
        rung: Rung::Observe,
        ..editor()
    };
    let locked = Caller {
        read_only: true,
        ..editor()
    };
    for caller in [observer, locked] {
        let called = AtomicU32::new(0);
        let refused = write::apply(&deployment.stores, &caller, change("thing 1"), async |_| {
            called.fetch_add(1, Ordering::Relaxed);
            Ok(())
        });
        let refused = refused.await.unwrap_err();
        assert_eq!(
            (refused.code(), refused.outcome()),
            (ErrorCode::WriteRefused, Some(Outcome::NotDone))
        );
        assert_eq!(called.load(Ordering::Relaxed), 0);
        let refused = people::set_status(&deployment.stores, &caller, suspend("active"))
            .await
            .unwrap_err();
        assert_eq!(refused.code(), ErrorCode::WriteRefused);
        assert_eq!(migrate::apply(&deployment.stores, &caller, None).await.unwrap(), []);
    }
    assert_eq!(deployment.ask("SELECT status FROM users").await, "active");
    assert!(trail(&deployment).await.is_empty());
}

#[tokio::test]
async fn where_the_trail_takes_no_entry_nothing_is_applied() {
    let deployment = Deployment::empty().await;
    let called = AtomicU32::new(0);
    let run = async |_| {
        called.fetch_add(1, Ordering::Relaxed);
        Ok(())
    };
    let failure = write::apply(&deployment.stores, &editor(), change("thing 1"), run)
        .await
        .unwrap_err();
    assert_eq!(
        (failure.code(), failure.outcome()),
        (ErrorCode::AuditUnavailable, Some(Outcome::NotDone))
    );
    assert_eq!(called.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_change_refused_by_its_store_is_told_and_recorded_as_not_done() {
    let deployment = Deployment::with_people(1).await;
    let failure = people::set_status(&deployment.stores, &editor(), suspend("invited"))
        .await
        .unwrap_err();
    assert_eq!(
        (failure.code(), failure.outcome()),
        (ErrorCode::Conflict, Some(Outcome::NotDone))
    );
    let entries = trail(&deployment).await;
    assert_eq!(entries[0].outcome, Some(Outcome::NotDone));
    assert!(
        entries[0].failure.as_ref().unwrap().contains("Conflict"),
        "{:?}",
        entries[0].failure
    );
    assert_eq!(deployment.ask("SELECT status FROM users").await, "active");
}

#[tokio::test]
async fn a_connection_cut_in_the_middle_of_a_change_is_told_and_recorded_as_unknown() {
    let deployment = Deployment::with_people(1).await;
    // The session that makes the change is ended while it does.
    deployment
        .run(
            "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NEW; END $$; \
             CREATE TRIGGER cut BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION cut()",
        )
        .await;
    let failure = people::set_status(&deployment.stores, &editor(), suspend("active"))
        .await
        .unwrap_err();
    assert_eq!(failure.outcome(), Some(Outcome::Unknown), "{failure:?}");
    let told = greenroom_domain::ApiError::from(failure);
    assert!(!told.retryable, "nobody is invited to try again blindly");
    assert_eq!(
        deployment.ask("SELECT status FROM users").await,
        "active",
        "it was not replayed"
    );
    let entries = trail(&deployment).await;
    assert_eq!((entries.len(), entries[0].outcome), (2, Some(Outcome::Unknown)));
}

#[tokio::test]
async fn what_fails_inside_keeps_its_code_and_is_called_once() {
    let deployment = Deployment::with_people(0).await;
    let called = AtomicU32::new(0);
    let run = async |_| {
        called.fetch_add(1, Ordering::Relaxed);
        Err::<(), _>(Error::not_found("thing", 1))
    };
    let failure = write::apply(&deployment.stores, &editor(), change("thing 1"), run)
        .await
        .unwrap_err();
    assert_eq!(
        (failure.code(), failure.outcome()),
        (ErrorCode::NotFound, Some(Outcome::NotDone))
    );
    assert_eq!(called.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_migration_is_recorded_and_a_second_one_finds_nothing_to_do() {
    let deployment = Deployment::empty().await;
    let plan = migrate::plan(&deployment.stores, &editor()).await.unwrap();
    assert!(plan.iter().all(|migration| !migration.applied));
    let applied = migrate::apply(&deployment.stores, &editor(), Some("first".to_owned()))
        .await
        .unwrap();
    assert_eq!(applied.len(), plan.len());
    let request = AuditListRequest {
        search: Some("schema_migrate".to_owned()),
        page: PageRequest::first(10),
    };
    let entries = audit::list(&deployment.stores, &editor(), request.clone())
        .await
        .unwrap()
        .items;
    assert_eq!(entries.len(), 2);
    assert_eq!(
        (entries[0].outcome, entries[1].reason.as_deref()),
        (Some(Outcome::Done), Some("first"))
    );
    assert_eq!(migrate::apply(&deployment.stores, &editor(), None).await.unwrap(), []);
    assert_eq!(
        audit::list(&deployment.stores, &editor(), request)
            .await
            .unwrap()
            .items
            .len(),
        2
    );
}
