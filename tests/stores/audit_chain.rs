//! Tampering by somebody who owns the database: whatever they do to the trail, `verify` finds it.

use greenroom_domain::audit::AuditBreakKind::{CutOff, Edited, Missing, Reordered};
use greenroom_domain::audit::{AuditBreakKind, AuditVerification};
use greenroom_domain::{Json, StoreKind};
use greenroom_operations::audit;
use greenroom_operations::audit::heads::Heads;
use greenroom_operations::write::{self, Change};

use crate::support::{Deployment, editor};

/// A trail of `changes` changes (two entries each, after the migration's two), and this machine's notes of it.
struct Trail {
    deployment: Deployment,
    heads: Heads,
    _folder: tempfile::TempDir,
}

impl Trail {
    async fn of(changes: u32) -> Self {
        let deployment = Deployment::with_people(0).await;
        let folder = tempfile::tempdir().unwrap();
        let heads = Heads::at(&folder.path().join("heads.json"));
        let trail = Self {
            deployment,
            heads,
            _folder: folder,
        };
        trail.grow(changes).await;
        assert!(trail.verify().await.intact);
        trail
    }

    async fn grow(&self, changes: u32) {
        for turn in 0..changes {
            let change = Change {
                action: "thing_change",
                store: StoreKind::Etcd,
                target: format!("thing {turn}"),
                reason: None,
                before: Some(Json(serde_json::json!({ "n": turn }))),
                after: None,
            };
            write::apply(&self.deployment.stores, &editor(), change, async |_| Ok(()))
                .await
                .unwrap();
        }
    }

    async fn verify(&self) -> AuditVerification {
        audit::verify_against(&self.deployment.stores, &editor(), &self.heads)
            .await
            .unwrap()
    }

    /// As a superuser, with the triggers out of the way.
    async fn tamper(&self, sql: &str) {
        self.deployment
            .run(&format!(
                "ALTER TABLE greenroom.audit_entries DISABLE TRIGGER ALL; ALTER TABLE greenroom.audit_head DISABLE TRIGGER ALL; \
                 {sql}; \
                 ALTER TABLE greenroom.audit_entries ENABLE TRIGGER ALL; ALTER TABLE greenroom.audit_head ENABLE TRIGGER ALL"
            ))
            .await;
    }

    async fn breaks(&self) -> Vec<(i64, AuditBreakKind)> {
        let found = self.verify().await;
        assert_eq!(found.intact, found.breaks.is_empty());
        found.breaks.into_iter().map(|one| (one.seq.0, one.kind)).collect()
    }
}

#[tokio::test]
async fn an_untouched_trail_is_intact_and_says_where_it_ends() {
    let trail = Trail::of(3).await;
    let found = trail.verify().await;
    assert_eq!((found.checked, found.head.unwrap().0), (8, 8));
    let hash = trail
        .deployment
        .ask("SELECT hash FROM greenroom.audit_entries WHERE seq = 8")
        .await;
    assert_eq!(found.head_hash, Some(hash));
}

#[tokio::test]
async fn an_edited_entry_is_found_whatever_column_was_edited() {
    let trail = Trail::of(3).await;
    for edit in [
        "action = 'nothing'",
        "at = at + interval '1 microsecond'",
        "os_user = 'eve'",
        "target = 'thing 9'",
        "reason = ''",
        "before = '{\"n\": 9}'",
        "before = (before::text || ' ')::json",
        "change_id = 'x'",
    ] {
        let keep = "CREATE TABLE kept AS SELECT * FROM greenroom.audit_entries WHERE seq = 5";
        let back = "DELETE FROM greenroom.audit_entries WHERE seq = 5; INSERT INTO greenroom.audit_entries SELECT * FROM kept; DROP TABLE kept";
        trail
            .tamper(&format!(
                "{keep}; UPDATE greenroom.audit_entries SET {edit} WHERE seq = 5"
            ))
            .await;
        assert_eq!(trail.breaks().await, [(5, Edited)], "{edit}");
        trail.tamper(back).await;
        assert_eq!(trail.breaks().await, [], "{edit}");
    }
    trail
        .tamper("UPDATE greenroom.audit_entries SET outcome = 'not_done' WHERE seq = 6")
        .await;
    assert_eq!(trail.breaks().await, [(6, Edited)]);
}

#[tokio::test]
async fn an_entry_edited_with_its_hash_made_anew_breaks_the_next_one() {
    let trail = Trail::of(3).await;
    trail
        .tamper("UPDATE greenroom.audit_entries SET hash = repeat('ab', 32) WHERE seq = 5")
        .await;
    assert_eq!(trail.breaks().await, [(5, Edited), (6, Reordered)]);
}

#[tokio::test]
async fn a_deleted_entry_is_missing() {
    let trail = Trail::of(3).await;
    trail
        .tamper("DELETE FROM greenroom.audit_entries WHERE seq IN (1, 4, 5)")
        .await;
    assert_eq!(trail.breaks().await, [(1, Missing), (4, Missing), (5, Missing)]);
}

#[tokio::test]
async fn two_entries_that_changed_places_are_found() {
    let trail = Trail::of(3).await;
    trail
        .tamper(
            "UPDATE greenroom.audit_entries SET seq = CASE seq WHEN 4 THEN 1006 ELSE 1004 END WHERE seq IN (4, 6); \
                  UPDATE greenroom.audit_entries SET seq = seq - 1000 WHERE seq > 1000",
        )
        .await;
    let breaks = trail.breaks().await;
    assert!(
        breaks.contains(&(4, Reordered)) && breaks.contains(&(6, Reordered)),
        "{breaks:?}"
    );
}

#[tokio::test]
async fn entries_cut_off_at_the_end_are_missed_by_the_databases_own_note() {
    let trail = Trail::of(3).await;
    trail.tamper("DELETE FROM greenroom.audit_entries WHERE seq > 6").await;
    assert_eq!(trail.breaks().await, [(7, CutOff)]);
}

#[tokio::test]
async fn entries_cut_off_with_the_note_brought_in_line_are_missed_by_this_machine() {
    let trail = Trail::of(3).await;
    let brought_in_line =
        "UPDATE greenroom.audit_head SET (seq, hash) = (SELECT seq, hash FROM greenroom.audit_entries WHERE seq = 6)";
    trail
        .tamper(&format!(
            "DELETE FROM greenroom.audit_entries WHERE seq > 6; {brought_in_line}"
        ))
        .await;
    assert_eq!(trail.breaks().await, [(7, CutOff)]);
    // Going on as if nothing had been does not cover it up: the hash at place 8 is another.
    trail.grow(2).await;
    assert_eq!(trail.breaks().await, [(8, Edited)]);
}

#[tokio::test]
async fn a_trail_emptied_altogether_is_missed() {
    let trail = Trail::of(2).await;
    trail
        .tamper("TRUNCATE greenroom.audit_entries; UPDATE greenroom.audit_head SET seq = 0, hash = repeat('0', 64)")
        .await;
    assert_eq!(trail.breaks().await, [(1, CutOff)]);
    trail.tamper("TRUNCATE greenroom.audit_head").await;
    assert_eq!(trail.breaks().await, [(1, CutOff)]);
}

#[tokio::test]
async fn a_long_trail_is_walked_in_batches_and_its_first_hundred_breaks_are_told() {
    let trail = Trail::of(1).await;
    // Entries whose hashes are nonsense, as many as fill more than one batch.
    trail
        .tamper(
            "INSERT INTO greenroom.audit_entries SELECT g, change_id, phase, at, os_user, host, profile, face, action, store, target, \
             reason, before, after, outcome, failure, previous_hash, hash FROM greenroom.audit_entries, generate_series(5, 2500) AS g \
             WHERE seq = 4; UPDATE greenroom.audit_head SET seq = 2500",
        )
        .await;
    let found = trail.verify().await;
    assert_eq!((found.checked, found.breaks.len(), found.intact), (2_500, 100, false));
}
