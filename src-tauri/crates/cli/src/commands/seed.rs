//! `seed --demo | --scale`: made-up data, the same for the same number.

use std::future::Future;
use std::path::Path;

use greenroom_domain::profile::Environment;
use greenroom_operations::seed::scale::{self, Scale, ScaleOptions};
use greenroom_operations::seed::{self, Progress, SeedOptions, SeedReport};
use greenroom_operations::{Error, migrate};
use serde_json::json;
use tokio::sync::watch;

use crate::args::{Global, SeedArgs};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Output};
use crate::{interrupt, progress};

const COLUMNS: &[Column] = &[
    Column("WRITTEN", "what", Kind::Text),
    Column("COUNT", "count", Kind::Number),
];

pub(crate) async fn run(args: SeedArgs, flags: &Global, output: Output) -> Result<(), Failure> {
    let scale = if args.demo {
        None
    } else {
        Some(args.scale.join(",").parse::<Scale>().map_err(Failure::invalid)?)
    };
    let context = Context::open(flags, output).await?;
    let what = if args.demo {
        "demo data".to_owned()
    } else {
        args.scale.join(", ")
    };
    if args.write.dry_run {
        let told = json!({ "dry_run": true, "seed": what, "seed_number": args.seed_number, "profile": context.name() });
        return output.object(&told);
    }
    // A stack made for demos is asked about nothing; anything else is somebody's.
    if context.summary().environment != Environment::Demo {
        args.write
            .agree(output, &format!("Fill {} with {what}?", context.name()))?;
    }
    let report = match scale {
        Some(scale) => big(&context, scale, args, output).await?,
        None => {
            let (seed_number, reason) = (args.seed_number, args.write.reason);
            demo(
                &context,
                &SeedOptions {
                    seed_number,
                    reason,
                    ..SeedOptions::default()
                },
                output,
            )
            .await?
        }
    };
    write(&report, output)
}

/// `stack up --seed demo`: our schema, then the demo, into the stack just started.
pub(super) async fn demo_into(profile: &Path, flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open_reference(&profile.display().to_string(), flags, output).await?;
    let reason = Some("a new local stack".to_owned());
    context
        .ask(migrate::apply(&context.stores, &context.caller(), reason.clone()))
        .await?;
    let report = demo(
        &context,
        &SeedOptions {
            reason,
            ..SeedOptions::default()
        },
        output,
    )
    .await?;
    output.remark(&in_words(&report));
    Ok(())
}

async fn demo(context: &Context, options: &SeedOptions, output: Output) -> Result<SeedReport, Failure> {
    let cancel = interrupt::stop_by_token();
    let caller = context.caller();
    let (sender, progress) = watch::channel(Progress::default());
    let work = seed::demo(&context.stores, &caller, options, sender, &cancel);
    context.ask(shown(work, progress, output)).await
}

async fn big(context: &Context, scale: Scale, args: SeedArgs, output: Output) -> Result<SeedReport, Failure> {
    let cancel = interrupt::stop_by_token();
    let caller = context.caller();
    let options = ScaleOptions {
        scale,
        seed_number: args.seed_number,
        into_production: false,
        reason: args.write.reason,
    };
    let (sender, progress) = watch::channel(Progress::default());
    let work = scale::scale(&context.stores, &caller, &options, sender, &cancel);
    context.ask(shown(work, progress, output)).await
}

// Draws the progress while the work runs.
async fn shown<T>(
    work: impl Future<Output = Result<T, Error>>,
    mut progress: watch::Receiver<Progress>,
    output: Output,
) -> Result<T, Error> {
    let bar = progress::rows(output, "");
    let draw = async {
        while progress.changed().await.is_ok() {
            let now = progress.borrow_and_update().clone();
            bar.set_length(now.total);
            bar.set_position(now.done);
            bar.set_message(now.note);
        }
        std::future::pending::<()>().await;
    };
    let done = tokio::select! {
        done = Box::pin(work) => done,
        () = draw => Err(Error::Cancelled),
    };
    bar.finish_and_clear();
    done
}

fn write(report: &SeedReport, output: Output) -> Result<(), Failure> {
    if output.json {
        return output.document(report);
    }
    let value = serde_json::to_value(report)?;
    output.text(&output.table(
        COLUMNS,
        value["written"].as_array().map_or(&[][..], Vec::as_slice),
        true,
    ))?;
    output.remark(&in_words(report));
    Ok(())
}

fn in_words(report: &SeedReport) -> String {
    let total: u64 = report.written.iter().map(|written| written.count).sum();
    let was = if report.was_there {
        "the demo was there already; "
    } else {
        ""
    };
    format!(
        "{was}{total} rows, documents, keys and objects written; seed {}",
        report.seed_number
    )
}
