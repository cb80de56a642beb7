//! The one way a change takes to a store: authorise, write the intent into the audit trail, apply, write the outcome.
//!
//! Nothing else issues a [`WritePermit`] (`tests/tidy.rs` holds the sources against that), and no adapter changes
//! anything without one. It knows no store but the trail's; what is changed is the closure's business.

mod redact;

use std::future::Future;

use greenroom_domain::access::{Caller, Rung, WritePermit};
use greenroom_domain::audit::AuditPhase;
use greenroom_domain::diagnosis::in_one_line;
use greenroom_domain::{Json, Outcome, StoreKind};
use greenroom_store_postgres::Postgres;
use greenroom_store_postgres::audit::AuditDraft;

use crate::audit::heads::Heads;
use crate::connections::Stores;
use crate::error::Error;
use crate::ids;

/// What is about to be changed, as the audit trail keeps it. Values under keys that name a secret are redacted on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What is done, as `noun_verb`.
    pub action: &'static str,
    /// Which store is changed.
    pub store: StoreKind,
    /// To what: `user 42`, a key, an object.
    pub target: String,
    /// Why, in the admin's words.
    pub reason: Option<String>,
    /// The state before, where it is known.
    pub before: Option<Json>,
    /// The state asked for.
    pub after: Option<Json>,
}

/// Makes one change on behalf of `caller`. The order is: the caller may; the intent is in the audit trail; `run` is called once,
/// with the permit; the outcome is in the trail. Whatever `run` returns is returned.
///
/// Dropping the future in between leaves the intent alone in the trail, which reads as "unknown".
/// Cost: two appends to the trail around the change.
///
/// # Errors
/// [`Error::WriteRefused`] at the `Observe` rung and in read-only profiles, [`Error::AuditUnavailable`] where the trail takes no
/// entry: in both cases `run` was not called. Else [`Error::Change`] around what `run` failed with.
pub async fn apply<T, F, R>(stores: &Stores, caller: &Caller, change: Change, run: R) -> Result<T, Error>
where
    R: FnOnce(WritePermit) -> F,
    F: Future<Output = Result<T, Error>>,
{
    apply_reaching(stores, caller, change, run, |_| None).await
}

/// [`apply`], with the state reached told from what `run` returned, for the outcome entry.
///
/// # Errors
/// Those of [`apply`].
pub async fn apply_reaching<T, F, R>(
    stores: &Stores,
    caller: &Caller,
    change: Change,
    run: R,
    reached: impl FnOnce(&T) -> Option<Json>,
) -> Result<T, Error>
where
    R: FnOnce(WritePermit) -> F,
    F: Future<Output = Result<T, Error>>,
{
    authorise(caller, &change)?;
    let trail = stores.postgres().await.map_err(no_trail)?;
    apply_with(&trail, caller, change, run, reached).await
}

/// The same for whoever holds PostgreSQL itself: migrations run before a deployment's stores are open.
pub(crate) async fn apply_with<T, F, R>(
    trail: &Postgres,
    caller: &Caller,
    change: Change,
    run: R,
    reached: impl FnOnce(&T) -> Option<Json>,
) -> Result<T, Error>
where
    R: FnOnce(WritePermit) -> F,
    F: Future<Output = Result<T, Error>>,
{
    authorise(caller, &change)?;
    let heads = Heads::of_user();
    let intent = draft(caller, &change);
    append(trail, &heads, intent.clone())
        .await
        .map_err(|cause| no_trail(cause.into()))?;
    let result = run(WritePermit::issue()).await;
    let (outcome, after, failure) = match &result {
        Ok(value) => (Outcome::Done, reached(value).map(redact::redacted), None),
        Err(cause) => (
            cause.outcome_of_write(),
            None,
            Some(format!("{:?}: {}", cause.code(), in_one_line(cause))),
        ),
    };
    let entry = AuditDraft {
        phase: AuditPhase::Outcome,
        outcome: Some(outcome),
        after,
        failure,
        ..intent
    };
    if let Err(cause) = append(trail, &heads, entry).await {
        // The change is made or not, whatever the trail can say of it: the caller is told the change's own result.
        tracing::error!(
            action = change.action,
            target = %change.target,
            cause = %in_one_line(&cause),
            "the outcome of {} on {} could not be written to the audit trail; its intent stands alone",
            change.action,
            change.target,
        );
    }
    result.map_err(|source| Error::Change {
        action: change.action.to_owned(),
        outcome,
        source: Box::new(source),
    })
}

/// Lays the audit trail itself: the one change that cannot be announced in it. Allowed to the same callers.
pub(crate) async fn lay_trail(trail: &Postgres, caller: &Caller, change: &Change) -> Result<(), Error> {
    authorise(caller, change)?;
    trail
        .migrate(
            &WritePermit::issue(),
            Some(greenroom_store_postgres::schema::AUDIT_TRAIL),
        )
        .await?;
    Ok(())
}

fn authorise(caller: &Caller, change: &Change) -> Result<(), Error> {
    let profile = &caller.actor.profile;
    if caller.read_only {
        let why = format!("{} is refused because profile {profile} is read-only", change.action);
        return Err(Error::WriteRefused { why });
    }
    if caller.rung == Rung::Observe {
        let why = format!(
            "{} is refused because profile {profile} stands at Observe: switch to Edit first",
            change.action
        );
        return Err(Error::WriteRefused { why });
    }
    Ok(())
}

fn no_trail(cause: Error) -> Error {
    Error::AuditUnavailable {
        source: Box::new(cause),
    }
}

fn draft(caller: &Caller, change: &Change) -> AuditDraft {
    AuditDraft {
        change_id: ids::ulid(),
        phase: AuditPhase::Intent,
        actor: caller.actor.clone(),
        action: change.action.to_owned(),
        store: change.store,
        target: change.target.clone(),
        reason: change.reason.clone().filter(|reason| !reason.trim().is_empty()),
        before: change.before.clone().map(redact::redacted),
        after: change.after.clone().map(redact::redacted),
        outcome: None,
        failure: None,
    }
}

async fn append(trail: &Postgres, heads: &Heads, draft: AuditDraft) -> Result<(), greenroom_store_postgres::Error> {
    let head = trail.audit_append(&WritePermit::issue(), draft).await?;
    match trail.identity().await {
        Ok(identity) => heads.remember(&identity, &head),
        Err(cause) => tracing::warn!(%cause, "the audit trail's head was not noted on this machine"),
    }
    Ok(())
}
