//! `stack up|status|down`: the five servers on this machine.

use std::path::PathBuf;
use std::sync::Arc;

use greenroom_domain::{ErrorCode, StoreKind};
use greenroom_local_stack::{self as local_stack, Error, Event, ServerChoice, StackStatus, UpOptions};

use crate::args::{Global, StackCommand, StackSeed};
use crate::failure::Failure;
use crate::output::{Column, Kind, Output};
use crate::progress;

const COLUMNS: &[Column] = &[
    Column("STORE", "store", Kind::Text),
    Column("STATE", "state", Kind::State),
    Column("ADDRESS", "address", Kind::Text),
    Column("PID", "pid", Kind::Number),
    Column("PROGRAM", "program", Kind::Text),
    Column("VERSION", "version", Kind::Text),
    Column("DETAIL", "detail", Kind::Text),
];

pub(crate) async fn run(command: StackCommand, flags: &Global, output: Output) -> Result<(), Failure> {
    match command {
        StackCommand::Up {
            dir,
            seed,
            only,
            servers,
        } => {
            let dir = folder(dir)?;
            let up = up(dir, only, &servers, output).await?;
            if seed == StackSeed::Demo {
                super::seed::demo_into(&up.profile_path, flags, output).await?;
            }
            show(&up.status, output)
        }
        StackCommand::Status { dir } => {
            let status = local_stack::status(folder(dir)?)
                .await
                .map_err(|error| failed(&error))?;
            show(&status, output)?;
            if status.up { Ok(()) } else { Err(Failure::No) }
        }
        StackCommand::Down { dir } => {
            let _bar = progress::spinner(output, "stopping the servers");
            let status = local_stack::down(folder(dir)?).await.map_err(|error| failed(&error))?;
            show(&status, output)
        }
    }
}

async fn up(
    dir: PathBuf,
    only: Vec<StoreKind>,
    servers: &str,
    output: Output,
) -> Result<local_stack::StackInfo, Failure> {
    let bar = progress::spinner(output, "starting the servers");
    let mut options = UpOptions::new(dir);
    if !only.is_empty() {
        options.only = only;
    }
    if servers != "auto" {
        options.servers = ServerChoice::Folder(std::path::absolute(servers)?);
    }
    let told = bar.clone();
    options.on_event = Arc::new(move |event| {
        let line = words_of(&event);
        told.suspend(|| output.remark(&line));
    });
    let up = local_stack::up(options).await.map_err(|error| failed(&error))?;
    bar.finish_and_clear();
    Ok(up)
}

fn words_of(event: &Event) -> String {
    match event {
        Event::Took(store, found) => {
            format!(
                "{store}: {} {} from {} ({})",
                found.program,
                found.version,
                found.origin,
                found.binary.display()
            )
        }
        Event::Reaped(store, pid) => format!("{store}: ended process {pid}, left behind by an earlier call"),
        Event::AlreadyUp(store) => format!("{store}: up already"),
        Event::Starting(store) => format!("{store}: starting"),
        Event::Ready(store, ms) => format!("{store}: ready after {ms} ms"),
    }
}

fn show(status: &StackStatus, output: Output) -> Result<(), Failure> {
    let value = serde_json::to_value(status)?;
    if output.json {
        return output.document(&value);
    }
    let servers = value["servers"].as_array().cloned().unwrap_or_default();
    if servers.is_empty() {
        return output.text(&format!("no stack in {}", status.dir.display()));
    }
    output.text(&output.table(COLUMNS, &servers, true))?;
    if let Some(profile) = &status.profile {
        output.remark(&format!("profile: {}", profile.display()));
    }
    Ok(())
}

fn folder(dir: Option<PathBuf>) -> Result<PathBuf, Failure> {
    Ok(std::path::absolute(dir.unwrap_or_else(local_stack::default_dir))?)
}

fn failed(error: &Error) -> Failure {
    let code = match error {
        Error::Missing(_) => ErrorCode::NotFound,
        Error::File { .. } | Error::Damaged { .. } | Error::Spawn { .. } => ErrorCode::LocalFile,
        Error::Prepare { .. } => ErrorCode::StoreFailed,
        Error::NotReady { .. } => ErrorCode::StoreTimeout,
        Error::Stuck { .. } => ErrorCode::StoreBusy,
        Error::Interrupted => ErrorCode::Cancelled,
    };
    let causes = greenroom_domain::diagnosis::in_one_line(error);
    tracing::error!("stack: {causes}");
    Failure::own(code, causes, None)
}
