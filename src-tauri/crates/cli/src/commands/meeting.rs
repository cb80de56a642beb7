//! `meeting list|live|show`.

use std::future::Future;

use greenroom_domain::filter::Filter;
use greenroom_domain::meeting::{Meeting, MeetingField, MeetingListRequest, MeetingSort};
use greenroom_domain::page::PageRequest;
use greenroom_domain::{ApiError, ErrorCode, MeetingId};
use greenroom_operations::meetings;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::args::{Global, ListArgs, MeetingCommand};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Output, at};
use crate::pages;

const COLUMNS: &[Column] = &[
    Column("ID", "id", Kind::Number),
    Column("TITLE", "title", Kind::Text),
    Column("STATUS", "status", Kind::State),
    Column("START", "start_time", Kind::Time),
    Column("PEOPLE", "participant_count", Kind::Number),
    Column("RECORDINGS", "recording_count", Kind::Number),
    Column("CREATOR", "creator_name", Kind::Text),
];

const LIVE_COLUMNS: &[Column] = &[
    Column("ID", "meeting.id", Kind::Number),
    Column("TITLE", "meeting.title", Kind::Text),
    Column("START", "meeting.start_time", Kind::Time),
    Column("PRESENT", "present", Kind::Number),
    Column("IN ROOM", "in_room", Kind::Number),
    Column("CREATOR", "meeting.creator_name", Kind::Text),
];

/// The parts of a meeting's page: name, columns of its table, where its rows lie.
const PARTS: &[(&str, &[Column])] = &[
    (
        "participants",
        &[
            Column("USER", "user_id", Kind::Number),
            Column("NAME", "full_name", Kind::Text),
            Column("ROLE", "role", Kind::Text),
            Column("JOINED", "join_time", Kind::Time),
            Column("LEFT", "leave_time", Kind::Time),
        ],
    ),
    (
        "streams",
        &[
            Column("ID", "id", Kind::Number),
            Column("NAME", "participant_name", Kind::Text),
            Column("TYPE", "stream_type", Kind::Text),
            Column("CODEC", "codec", Kind::Text),
            Column("BIT/S", "bitrate_bps", Kind::Number),
            Column("RESOLUTION", "resolution", Kind::Text),
        ],
    ),
    ("room", &[]),
    (
        "chat",
        &[
            Column("AT", "timestamp", Kind::Time),
            Column("FROM", "sender_name", Kind::Text),
            Column("MESSAGE", "message", Kind::Text),
        ],
    ),
    (
        "ai_results",
        &[
            Column("AT", "created_at", Kind::Time),
            Column("ABOUT", "participant_name", Kind::Text),
            Column("ANALYSIS", "analysis_type", Kind::Text),
            Column("RESULT", "result", Kind::Text),
        ],
    ),
    (
        "analysis",
        &[
            Column("ID", "id", Kind::Text),
            Column("DOCUMENT", "document", Kind::Text),
        ],
    ),
    (
        "documents",
        &[
            Column("KEY", "key", Kind::Text),
            Column("SIZE", "size_bytes", Kind::Size),
            Column("PUT", "modified_at", Kind::Time),
        ],
    ),
    ("recordings", super::recording::COLUMNS),
    (
        "logs",
        &[
            Column("AT", "timestamp", Kind::Time),
            Column("LEVEL", "level", Kind::State),
            Column("SERVICE", "service", Kind::Text),
            Column("MESSAGE", "message", Kind::Text),
        ],
    ),
];

pub(crate) async fn run(command: MeetingCommand, flags: &Global, output: Output) -> Result<(), Failure> {
    match command {
        MeetingCommand::List(args) => list(&args, flags, output).await,
        MeetingCommand::Live => live(flags, output).await,
        MeetingCommand::Show { id, limit } => show(super::id(&id)?, limit, flags, output).await,
    }
}

async fn list(args: &ListArgs, flags: &Global, output: Output) -> Result<(), Failure> {
    let filter: Filter<MeetingField> = pages::filter(args)?;
    let known = [("start", MeetingSort::Start, true), ("id", MeetingSort::Id, true)];
    let sort = pages::sort(args.sort.as_deref(), &known)?;
    let context = Context::open(flags, output).await?;
    let caller = context.caller();
    let count = async { meetings::count(&context.stores, &caller, filter.clone()).await.ok() };
    let fetch = |page| {
        let request = MeetingListRequest {
            filter: filter.clone(),
            sort,
            page,
        };
        async { context.ask(meetings::list(&context.stores, &caller, request)).await }
    };
    pages::write::<Meeting, _, _>(output, COLUMNS, &args.page, count, fetch).await
}

async fn live(flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open(flags, output).await?;
    let live = serde_json::to_value(context.ask(meetings::live(&context.stores, &context.caller())).await?)?;
    if output.json {
        return output.document(&live);
    }
    let items = live["items"].as_array().cloned().unwrap_or_default();
    output.text(&output.table(LIVE_COLUMNS, &items, true))?;
    if live["rooms_known"] == Value::Bool(false) {
        output.remark("Redis did not tell who is in the rooms");
    }
    Ok(())
}

/// The page over five stores: each part is there or says in its own place why not. Fails only where the meeting's own row
/// cannot be had; then the other parts are still written where they are known.
async fn show(id: MeetingId, limit: u32, flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open(flags, output).await?;
    let (open, stores, caller) = (&*context, &context.stores, &context.caller());
    let page = PageRequest::first(limit);
    let (meeting, participants, streams, room, chat, ai_results, analysis, documents, recordings, logs) = tokio::join!(
        open.ask(meetings::get(stores, caller, id)),
        part(open.ask(meetings::participants(stores, caller, id))),
        part(open.ask(meetings::streams(stores, caller, id))),
        part(open.ask(meetings::room(stores, caller, id))),
        part(open.ask(meetings::chat(stores, caller, id, page))),
        part(open.ask(meetings::ai_results(stores, caller, id))),
        part(open.ask(meetings::analysis(stores, caller, id))),
        part(open.ask(meetings::documents(stores, caller, id))),
        part(open.ask(meetings::recordings(stores, caller, id))),
        part(open.ask(meetings::logs(stores, caller, id))),
    );
    let known = meeting.is_ok();
    if let Err(error) = &meeting
        && error.code == ErrorCode::NotFound
    {
        return Err(error.clone().into());
    }
    let mut whole = Map::new();
    whole.insert("meeting".to_owned(), part(std::future::ready(meeting)).await);
    let parts = [
        participants,
        streams,
        room,
        chat,
        ai_results,
        analysis,
        documents,
        recordings,
        logs,
    ];
    for ((name, _), value) in PARTS.iter().zip(parts) {
        whole.insert((*name).to_owned(), value);
    }
    let whole = Value::Object(whole);
    if output.json {
        output.document(&whole)?;
    } else {
        output.text(&in_words(&whole, output))?;
    }
    if known { Ok(()) } else { Err(Failure::Told) }
}

async fn part<T: Serialize>(read: impl Future<Output = Result<T, ApiError>>) -> Value {
    match read.await {
        Ok(value) => serde_json::to_value(value).unwrap_or_default(),
        Err(error) => json!({ "error": error }),
    }
}

fn in_words(whole: &Value, output: Output) -> String {
    let problem = |part: &Value| {
        at(part, "error.message")
            .as_str()
            .map(|message| format!("  not known: {message}"))
    };
    let mut text = problem(&whole["meeting"]).unwrap_or_else(|| output.facts(&whole["meeting"]));
    for (name, columns) in PARTS {
        let part = &whole[*name];
        let items = part["items"].as_array();
        let heading = items.map_or_else(
            || name.to_uppercase(),
            |items| format!("{} ({})", name.to_uppercase(), items.len()),
        );
        text.push_str(&format!("\n\n{}\n", heading.replace('_', " ")));
        let body = match (problem(part), items) {
            (Some(problem), _) => problem,
            (None, Some(items)) if items.is_empty() => "  none".to_owned(),
            (None, Some(items)) => output.table(columns, items, true),
            (None, None) if part["room"].is_object() => output.facts(&part["room"]),
            (None, None) => "  no room just now".to_owned(),
        };
        text.push_str(&body);
    }
    text
}
