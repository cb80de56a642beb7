//! `recording list|show|serve|download`.

use std::path::{Path, PathBuf};

use greenroom_domain::filter::Filter;
use greenroom_domain::recording::{Recording, RecordingField, RecordingListRequest, RecordingSort};
use greenroom_domain::{ErrorCode, RecordingId};
use greenroom_media_server::{DEFAULT_TTL, MediaServer};
use greenroom_operations::{download, playback, recordings};
use serde_json::json;

use crate::args::{Global, ListArgs, RecordingCommand};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Output};
use crate::{pages, progress};

pub(super) const COLUMNS: &[Column] = &[
    Column("ID", "id", Kind::Number),
    Column("MEETING", "meeting_id", Kind::Number),
    Column("TITLE", "meeting_title", Kind::Text),
    Column("STATUS", "status", Kind::State),
    Column("FORMAT", "format", Kind::Text),
    Column("DURATION", "duration_s", Kind::Duration),
    Column("SIZE", "size_bytes", Kind::Size),
    Column("CREATED", "created_at", Kind::Time),
];

pub(crate) async fn run(command: RecordingCommand, flags: &Global, output: Output) -> Result<(), Failure> {
    match command {
        RecordingCommand::List(args) => list(&args, flags, output).await,
        RecordingCommand::Show { id } => show(super::id(&id)?, flags, output).await,
        RecordingCommand::Serve { id } => serve(super::id(&id)?, flags, output).await,
        RecordingCommand::Download { id, to, force } => take(super::id(&id)?, &to, force, flags, output).await,
    }
}

async fn list(args: &ListArgs, flags: &Global, output: Output) -> Result<(), Failure> {
    let filter: Filter<RecordingField> = pages::filter(args)?;
    let sort = pages::sort(args.sort.as_deref(), &[("id", RecordingSort::Id, true)])?;
    let context = Context::open(flags, output).await?;
    let caller = context.caller();
    let count = async { recordings::count(&context.stores, &caller, filter.clone()).await.ok() };
    let fetch = |page| {
        let request = RecordingListRequest {
            filter: filter.clone(),
            sort,
            page,
        };
        async { context.ask(recordings::list(&context.stores, &caller, request)).await }
    };
    pages::write::<Recording, _, _>(output, COLUMNS, &args.page, count, fetch).await
}

async fn show(id: RecordingId, flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open(flags, output).await?;
    let playback = context
        .ask(playback::open(&context.stores, &context.caller(), id))
        .await?;
    if output.json {
        return output.document(&playback);
    }
    let value = serde_json::to_value(&playback)?;
    output.text(&output.facts(&value["recording"]))?;
    output.text(&output.facts(&json!({
        "object_size_bytes": value["size_bytes"],
        "content_type": value["content_type"],
        "container": value["container"],
        "log_key": value["log_key"],
    })))?;
    for problem in &playback.problems {
        output.text(&format!("problem: {}", problem.message))?;
    }
    Ok(())
}

/// Serves until Ctrl-C (130, as everywhere) or SIGTERM, which is how a script says that it has seen enough (0).
async fn serve(id: RecordingId, flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open(flags, output).await?;
    let playback = context
        .ask(playback::open(&context.stores, &context.caller(), id))
        .await?;
    if !playback::has_object(&playback) {
        let problem = playback.problems.into_iter().next();
        return Err(problem.map_or_else(|| Failure::invalid("the recording has no object to serve"), Into::into));
    }
    let server = MediaServer::start().await.map_err(|error| {
        Failure::own(
            ErrorCode::Internal,
            greenroom_domain::diagnosis::in_one_line(&error),
            None,
        )
    })?;
    let source = context.object(&playback.recording.file_path).await?;
    let grant = server.grant(source, DEFAULT_TTL);
    let told = json!({ "url": grant.url, "expires_at": grant.expires_at, "size_bytes": playback.size_bytes });
    if output.json {
        output.line(&told)?;
    } else {
        output.text(&grant.url)?;
    }
    output.remark("serving until stopped (Ctrl-C)");
    asked_to_end().await;
    Ok(())
}

#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut told) => drop(told.recv().await),
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    std::future::pending().await
}

async fn take(id: RecordingId, to: &Path, force: bool, flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open(flags, output).await?;
    let caller = context.caller();
    let recording = context.ask(recordings::get(&context.stores, &caller, id)).await?;
    let path = file_for(to, &recording);
    if !force && path.exists() {
        return Err(Failure::invalid(format!(
            "{} is there already: --force replaces it",
            path.display()
        )));
    }
    let bar = progress::bytes(output, path.display().to_string());
    let told = |step: download::Step| {
        bar.set_length(step.total_bytes);
        bar.set_position(step.done_bytes);
    };
    let size = context
        .ask(download::to_file(
            &context.stores,
            &caller,
            &recording.file_path,
            &path,
            told,
        ))
        .await?;
    bar.finish_and_clear();
    output.object(&json!({ "recording_id": id, "path": path, "size_bytes": size }))
}

fn file_for(to: &Path, recording: &Recording) -> PathBuf {
    if to.is_dir() {
        to.join(download::file_name(&recording.file_path))
    } else {
        to.to_owned()
    }
}
