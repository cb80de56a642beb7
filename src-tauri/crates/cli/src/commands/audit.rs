//! `audit list|show|verify`: reading the trail. Nothing here, or anywhere, changes it.

use greenroom_domain::audit::{AuditEntry, AuditListRequest};
use greenroom_operations::audit;

use crate::args::{AuditCommand, Global, PageArgs};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Output};
use crate::pages;

const COLUMNS: &[Column] = &[
    Column("SEQ", "seq", Kind::Number),
    Column("AT", "at", Kind::Time),
    Column("WHO", "actor.os_user", Kind::Text),
    Column("ACTION", "action", Kind::Text),
    Column("TARGET", "target", Kind::Text),
    Column("PHASE", "phase", Kind::Text),
    Column("OUTCOME", "outcome", Kind::State),
    Column("REASON", "reason", Kind::Text),
];

const BREAKS: &[Column] = &[Column("SEQ", "seq", Kind::Number), Column("BREAK", "kind", Kind::Text)];

pub(crate) async fn run(command: AuditCommand, flags: &Global, output: Output) -> Result<(), Failure> {
    match command {
        AuditCommand::List { search, page } => list(search, &page, flags, output).await,
        AuditCommand::Show { seq } => {
            let seq = super::id(&seq)?;
            let context = Context::open(flags, output).await?;
            output.object(&context.ask(audit::get(&context.stores, &context.caller(), seq)).await?)
        }
        AuditCommand::Verify => verify(flags, output).await,
    }
}

async fn list(search: Option<String>, args: &PageArgs, flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open(flags, output).await?;
    let caller = context.caller();
    let fetch = |page| {
        let request = AuditListRequest {
            search: search.clone(),
            page,
        };
        async { context.ask(audit::list(&context.stores, &caller, request)).await }
    };
    pages::write::<AuditEntry, _, _>(output, COLUMNS, args, async { None }, fetch).await
}

async fn verify(flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open(flags, output).await?;
    let found = context.ask(audit::verify(&context.stores, &context.caller())).await?;
    let value = serde_json::to_value(&found)?;
    if output.json {
        output.document(&value)?;
    } else if found.intact {
        let head = found.head_hash.as_deref().unwrap_or("nothing");
        output.text(&format!("intact: {} entries up to {head}", found.checked))?;
    } else {
        output.text(&format!("the chain does not hold: {} entries walked", found.checked))?;
        output.text(&output.table(BREAKS, value["breaks"].as_array().map_or(&[], Vec::as_slice), true))?;
    }
    if found.intact { Ok(()) } else { Err(Failure::No) }
}
