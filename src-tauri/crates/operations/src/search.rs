//! The palette's search: an id exactly, people, meetings and recordings by text; each kind alone, a few of each, quickly.

use greenroom_domain::access::Caller;
use greenroom_domain::search::SearchFindings;
use greenroom_domain::text::search_text;
use greenroom_domain::{ApiError, ErrorCode, MeetingId, RecordingId, UserId};
use greenroom_store_postgres::Postgres;

use crate::connections::Stores;
use crate::error::Error;

/// Findings of each kind.
const EACH: u32 = 5;

/// What `text` may mean: the thing with that id first, then those that hold it in their names. What one kind could not be
/// searched for is in `problems`; the others' findings stand.
/// Cost: at most six short queries, each within two and a half seconds.
///
/// # Errors
/// `InvalidRequest` for a text that can match nothing. That PostgreSQL is down is a problem among the findings.
pub async fn search(stores: &Stores, _: &Caller, text: String) -> Result<SearchFindings, Error> {
    let nothing = |problems| SearchFindings {
        users: Vec::new(),
        meetings: Vec::new(),
        recordings: Vec::new(),
        problems,
    };
    let Some(text) = search_text(&text)? else {
        return Ok(nothing(Vec::new()));
    };
    let postgres = match stores.postgres().await {
        Ok(postgres) => postgres,
        Err(cause) => return Ok(nothing(vec![cause.into()])),
    };
    let id: Option<i64> = text.trim_start_matches('#').parse().ok().filter(|id| *id > 0);
    let (users, meetings, recordings) = tokio::join!(
        users(&postgres, id, text),
        meetings(&postgres, id, text),
        recordings(&postgres, id, text)
    );
    let mut problems = Vec::new();
    let findings = SearchFindings {
        users: kept(users, &mut problems),
        meetings: kept(meetings, &mut problems),
        recordings: kept(recordings, &mut problems),
        problems: Vec::new(),
    };
    Ok(SearchFindings { problems, ..findings })
}

type Found<T> = (Vec<T>, Vec<Error>);

async fn users(postgres: &Postgres, id: Option<i64>, text: &str) -> Found<greenroom_domain::user::User> {
    let (exact, rest) = tokio::join!(
        async {
            Ok(match id {
                Some(id) => present(postgres.user_get(UserId(id)).await)?,
                None => None,
            })
        },
        postgres.user_find(text, EACH),
    );
    merged(exact, rest, |user| user.id.0)
}

async fn meetings(postgres: &Postgres, id: Option<i64>, text: &str) -> Found<greenroom_domain::meeting::Meeting> {
    let (exact, rest) = tokio::join!(
        async {
            Ok(match id {
                Some(id) => present(postgres.meeting_get(MeetingId(id)).await)?,
                None => None,
            })
        },
        postgres.meeting_find(text, EACH),
    );
    merged(exact, rest, |meeting| meeting.id.0)
}

async fn recordings(postgres: &Postgres, id: Option<i64>, text: &str) -> Found<greenroom_domain::recording::Recording> {
    let (exact, rest) = tokio::join!(
        async {
            Ok(match id {
                Some(id) => present(postgres.recording_get(RecordingId(id)).await)?,
                None => None,
            })
        },
        postgres.recording_find(text, EACH),
    );
    merged(exact, rest, |recording| recording.id.0)
}

type Answer<T> = Result<T, greenroom_store_postgres::Error>;

/// That nothing has the id is no failure here.
fn present<T>(answer: Answer<T>) -> Answer<Option<T>> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(cause) if cause.code() == ErrorCode::NotFound => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// The exact one first, and once.
fn merged<T>(exact: Answer<Option<T>>, rest: Answer<Vec<T>>, id: impl Fn(&T) -> i64) -> Found<T> {
    let mut failures = Vec::new();
    let mut found: Vec<T> = exact
        .unwrap_or_else(|cause| {
            failures.push(cause.into());
            None
        })
        .into_iter()
        .collect();
    let first = found.first().map(&id);
    let rest = rest.unwrap_or_else(|cause| {
        failures.push(cause.into());
        Vec::new()
    });
    found.extend(rest.into_iter().filter(|item| Some(id(item)) != first));
    (found, failures)
}

fn kept<T>((found, failures): Found<T>, problems: &mut Vec<ApiError>) -> Vec<T> {
    problems.extend(failures.into_iter().map(ApiError::from));
    found
}
