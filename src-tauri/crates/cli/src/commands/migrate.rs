//! `migrate [--plan]`: creates what is missing in PostgreSQL.

use greenroom_operations::migrate::{self, Migration};
use serde_json::json;

use crate::args::{Global, MigrateArgs};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Output};

const COLUMNS: &[Column] = &[
    Column("VERSION", "version", Kind::Text),
    Column("NAME", "name", Kind::Text),
    Column("APPLIED", "applied", Kind::Text),
];

pub(crate) async fn run(args: MigrateArgs, flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open(flags, output).await?;
    let caller = context.caller();
    let plan = context.ask(migrate::plan(&context.stores, &caller)).await?;
    let pending: Vec<&Migration> = plan.iter().filter(|migration| !migration.applied).collect();
    if args.plan || args.write.dry_run {
        write(&plan, pending.len(), output)?;
        return if pending.is_empty() { Ok(()) } else { Err(Failure::No) };
    }
    if !pending.is_empty() {
        let question = format!("Apply {} migrations to {}?", pending.len(), context.name());
        // Creating what is missing destroys nothing: outside production nobody need be asked.
        if context.is_production() {
            args.write.agree(output, &question)?;
        }
    }
    let applied = context
        .ask(migrate::apply(&context.stores, &caller, args.write.reason))
        .await?;
    if output.json {
        return output.document(&json!({ "applied": without_sql(&applied)? }));
    }
    if applied.is_empty() {
        return output.text("nothing to do");
    }
    output.text(&output.table(COLUMNS, &without_sql(&applied)?, true))
}

fn write(plan: &[Migration], pending: usize, output: Output) -> Result<(), Failure> {
    if output.json {
        return output.document(&json!({ "migrations": plan, "pending": pending }));
    }
    output.text(&output.table(COLUMNS, &without_sql(plan)?, true))?;
    output.remark(&format!("{pending} to apply"));
    Ok(())
}

fn without_sql(migrations: &[Migration]) -> Result<Vec<serde_json::Value>, Failure> {
    migrations
        .iter()
        .map(|migration| {
            let mut value = serde_json::to_value(migration)?;
            if let Some(fields) = value.as_object_mut() {
                fields.remove("sql");
            }
            Ok(value)
        })
        .collect()
}
