//! `user list|show|suspend|restore`.

use greenroom_domain::filter::Filter;
use greenroom_domain::page::PageRequest;
use greenroom_domain::user::{User, UserField, UserListRequest, UserSort, UserStatusRequest};
use greenroom_domain::{ApiError, UserId};
use greenroom_operations::people;
use serde_json::{Value, json};

use crate::args::{Global, ListArgs, UserCommand, UserWriteArgs};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Kind, Output};
use crate::pages;

const COLUMNS: &[Column] = &[
    Column("ID", "id", Kind::Number),
    Column("USERNAME", "username", Kind::Text),
    Column("NAME", "full_name", Kind::Text),
    Column("EMAIL", "email", Kind::Text),
    Column("STATUS", "status", Kind::State),
    Column("ROLE", "role", Kind::Text),
    Column("CREATED", "created_at", Kind::Time),
];

pub(crate) async fn run(command: UserCommand, flags: &Global, output: Output) -> Result<(), Failure> {
    match command {
        UserCommand::List(args) => list(&args, flags, output).await,
        UserCommand::Show { id } => Box::pin(show(super::id(&id)?, flags, output)).await,
        UserCommand::Suspend(args) => set_status(args, "suspended", flags, output).await,
        UserCommand::Restore(args) => set_status(args, "active", flags, output).await,
    }
}

async fn list(args: &ListArgs, flags: &Global, output: Output) -> Result<(), Failure> {
    let filter: Filter<UserField> = pages::filter(args)?;
    let known = [
        ("id", UserSort::Id, true),
        ("username", UserSort::Username, false),
        ("email", UserSort::Email, false),
    ];
    let sort = pages::sort(args.sort.as_deref(), &known)?;
    let context = Context::open(flags, output).await?;
    let caller = context.caller();
    let count = async { people::count(&context.stores, &caller, filter.clone()).await.ok() };
    let fetch = |page| {
        let request = UserListRequest {
            filter: filter.clone(),
            sort,
            page,
        };
        async { context.ask(people::list(&context.stores, &caller, request)).await }
    };
    pages::write::<User, _, _>(output, COLUMNS, &args.page, count, fetch).await
}

async fn show(id: UserId, flags: &Global, output: Output) -> Result<(), Failure> {
    let context = Context::open(flags, output).await?;
    let (open, stores, caller) = (&*context, &context.stores, &context.caller());
    let (user, permissions, sessions, meetings) = tokio::join!(
        open.ask(people::get(stores, caller, id)),
        open.ask(people::permissions(stores, caller, id)),
        open.ask(people::sessions(stores, caller, id)),
        open.ask(people::meetings(stores, caller, id, PageRequest::first(20))),
    );
    let whole = json!({
        "user": user?,
        "permissions": part(permissions)?,
        "sessions": part(sessions)?,
        "meetings": part(meetings)?,
    });
    if output.json {
        return output.document(&whole);
    }
    let mut text = output.facts(&whole["user"]);
    for (name, columns) in PARTS {
        let part = &whole[*name];
        text.push_str(&format!("\n\n{}\n", name.to_uppercase()));
        text.push_str(&match (part["error"]["message"].as_str(), part["items"].as_array()) {
            (Some(problem), _) => format!("  not known: {problem}"),
            (None, Some(items)) if !items.is_empty() => output.table(columns, items, true),
            _ => "  none".to_owned(),
        });
    }
    output.text(&text)
}

const PARTS: &[(&str, &[Column])] = &[
    (
        "permissions",
        &[
            Column("RESOURCE", "resource", Kind::Text),
            Column("ACTION", "action", Kind::Text),
            Column("GRANTED", "granted_at", Kind::Time),
            Column("BY", "granted_by", Kind::Number),
        ],
    ),
    (
        "sessions",
        &[
            Column("SESSION", "masked_id", Kind::Text),
            Column("LOGIN", "login_time", Kind::Time),
            Column("LAST ACTIVITY", "last_activity", Kind::Time),
            Column("TTL S", "ttl_s", Kind::Number),
        ],
    ),
    (
        "meetings",
        &[
            Column("MEETING", "meeting_id", Kind::Number),
            Column("TITLE", "title", Kind::Text),
            Column("START", "start_time", Kind::Time),
            Column("ROLE", "role", Kind::Text),
        ],
    ),
];

fn part<T: serde::Serialize>(read: Result<T, ApiError>) -> Result<Value, Failure> {
    Ok(match read {
        Ok(value) => serde_json::to_value(value)?,
        Err(error) => json!({ "error": error }),
    })
}

async fn set_status(args: UserWriteArgs, status: &str, flags: &Global, output: Output) -> Result<(), Failure> {
    let id = super::id(&args.id)?;
    let context = Context::open(flags, output).await?;
    let caller = context.caller();
    let before = context.ask(people::get(&context.stores, &caller, id)).await?;
    let change = json!({
        "action": "user_set_status",
        "target": format!("user {id}"),
        "before": { "status": before.status },
        "after": { "status": status },
    });
    if args.write.dry_run {
        return output.object(&json!({ "dry_run": true, "change": change }));
    }
    let from = before.status.as_deref().unwrap_or("(none)");
    args.write.agree(
        output,
        &format!(
            "Set the status of {} ({}) from {from} to {status}?",
            before.username, before.id
        ),
    )?;
    let request = UserStatusRequest {
        id,
        status: status.to_owned(),
        expected: before.status,
        reason: args.write.reason,
    };
    let user = context
        .ask(people::set_status(&context.stores, &caller, request))
        .await?;
    output.object(&user)
}
