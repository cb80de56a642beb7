//! What the audit trail says of an earlier seeding: with which number, as of when, and which stores it finished.

use greenroom_domain::audit::{AuditEntry, AuditListRequest, AuditPhase};
use greenroom_domain::{Json, Outcome, PageRequest, StoreKind, Timestamp};
use serde_json::json;

use super::world::World;
use crate::connections::Stores;
use crate::error::Error;

/// The action under which each store's seeding is in the trail.
pub(super) const ACTION: &str = "seed_demo";
/// Entries looked at: each seeding makes two for each store.
const LOOKED_AT: u32 = 500;

/// A demo that was begun.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) seed_number: u64,
    pub(super) anchor: Timestamp,
    pub(super) done: Vec<StoreKind>,
}

/// What each entry says of the demo.
pub(super) fn mark(world: &World) -> Json {
    Json(json!({ "seed_number": world.seed_number, "anchor": world.anchor }))
}

/// The demo that was last begun, where there is one.
pub(super) async fn of_demo(stores: &Stores) -> Result<Option<Found>, Error> {
    let request = AuditListRequest {
        search: Some(ACTION.to_owned()),
        page: PageRequest::first(LOOKED_AT),
    };
    let entries = stores.postgres().await?.audit_list(&request).await?.items;
    let of_seed = || entries.iter().filter(|entry| entry.action == ACTION);
    let Some((seed_number, anchor)) = of_seed().find_map(read) else {
        return Ok(None);
    };
    let finished = |entry: &&AuditEntry| entry.phase == AuditPhase::Outcome && entry.outcome == Some(Outcome::Done);
    Ok(Some(Found {
        seed_number,
        anchor,
        done: of_seed().filter(finished).map(|entry| entry.store).collect(),
    }))
}

fn read(entry: &AuditEntry) -> Option<(u64, Timestamp)> {
    let Json(after) = entry.after.as_ref()?;
    Some((
        after.get("seed_number")?.as_u64()?,
        after.get("anchor")?.as_str()?.parse().ok()?,
    ))
}
