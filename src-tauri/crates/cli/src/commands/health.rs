//! `health`: how the five stores are.

use greenroom_domain::health::{Health, StoreState};
use serde_json::json;

use crate::args::Global;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Output};

const COLUMNS: &[Column] = &[
    Column("STORE", "store", Kind::Text),
    Column("STATE", "state", Kind::State),
    Column("MS", "latency_ms", Kind::Number),
    Column("VERSION", "version", Kind::Text),
    Column("ROLE", "role", Kind::Text),
    Column("TLS", "tls", Kind::Text),
    Column("ADDRESS", "address", Kind::Text),
    Column("DETAIL", "detail", Kind::Text),
];

pub(crate) async fn run(flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open(flags, output).await?;
    write(&context.settled_health().await, output)
}

/// Writes a health and ends with "no" where a store is down.
pub(super) fn write(health: &Health, output: Output) -> Result<(), Failure> {
    let value = serde_json::to_value(health)?;
    if output.json {
        output.document(&json!({ "stores": value["stores"], "as_of": value["as_of"] }))?;
    } else {
        output.text(&output.table(COLUMNS, value["stores"].as_array().map_or(&[], Vec::as_slice), true))?;
    }
    let all_answer = health
        .stores
        .iter()
        .all(|store| matches!(store.state, StoreState::Up | StoreState::Degraded));
    if all_answer { Ok(()) } else { Err(Failure::No) }
}
