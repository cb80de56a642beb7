//! What playing a recording needs to know: its row, its object, what the file's own bytes say, and what stands in the way.
//!
//! The address to play it at is the caller's to add (`media-server` hands it out); nothing is decoded here.

pub mod codecs;
pub mod container;

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use greenroom_domain::access::Caller;
use greenroom_domain::recording::{Container, Playback, Recording};
use greenroom_domain::{ApiError, ErrorCode, RecordingId, SizeBytes};
use greenroom_store_s3::S3;
use greenroom_store_s3::objects::{self, ObjectHead};

use crate::connections::Stores;
use crate::error::Error;

/// Opens a recording for playing. What is wrong with its object or its store is among the `problems`, worst first, not an error: the
/// row is still to be shown, and a file that plays in part is still to be had. `url` is left to the caller.
///
/// Cost: one row, two HEADs, and the ranged reads of [`container::probe`].
///
/// # Errors
/// [`Error::NotFound`] and PostgreSQL's own: without the row there is nothing to say.
pub async fn open(stores: &Stores, _caller: &Caller, id: RecordingId) -> Result<Playback, Error> {
    let recording = stores.postgres().await?.recording_get(id).await?;
    let mut playback = Playback {
        url: None,
        expires_at: None,
        size_bytes: None,
        content_type: None,
        container: None,
        problems: Vec::new(),
        log_key: None,
        recording,
    };
    match look(stores, &playback.recording).await {
        Ok(found) => {
            playback.size_bytes = Some(found.head.size_bytes);
            playback.content_type = found.head.content_type;
            playback.problems = problems(&playback.recording, found.head.size_bytes, &found.container);
            playback.container = Some(found.container);
            playback.log_key = found.log_key;
        }
        Err(error) => playback.problems.push(error.into()),
    }
    Ok(playback)
}

/// What this machine lacks to play `container` in the window, as problems that name the package. For the window alone: a file that
/// cannot be played here can be played elsewhere.
#[must_use]
pub fn missing_here(key: &str, container: &Container) -> Vec<ApiError> {
    let missing = codecs::missing_of(&codecs::required_elements(container));
    let problem = |element: codecs::Element| {
        let what = format!("playing {} needs the package {}", element.codec, element.package);
        let error: ApiError = Error::MediaUnplayable {
            key: key.to_owned(),
            what,
        }
        .into();
        ApiError {
            hint: Some(format!("sudo apt-get install {}", element.package)),
            ..error
        }
    };
    missing.into_iter().map(problem).collect()
}

/// Whether there is an object whose bytes can be handed out, playable or not.
#[must_use]
pub fn has_object(playback: &Playback) -> bool {
    playback.size_bytes.is_some_and(|size| size.0 > 0)
}

struct Found {
    head: ObjectHead,
    container: Container,
    log_key: Option<String>,
}

async fn look(stores: &Stores, recording: &Recording) -> Result<Found, Error> {
    let key = &recording.file_path;
    if !objects::is_key(key) {
        return Err(Error::ObjectMissing { key: key.clone() });
    }
    let s3 = stores.s3().await?;
    let (head, log_key) = tokio::join!(Box::pin(objects::head(&s3, key)), log_beside(&s3, key));
    let head = head.map_err(|error| match error.code() {
        ErrorCode::ObjectMissing => Error::ObjectMissing { key: key.clone() },
        _ => Error::S3(error),
    })?;
    // No async closure: its future is not known to be Send, which the window's commands need.
    let read = |range: Range<u64>| read(&s3, key, range);
    let container = container::probe(head.size_bytes.0, read).await?;
    Ok(Found {
        head,
        container,
        log_key,
    })
}

/// The key of the log beside a file, where there is one. A store that does not answer is told of by the file's own look.
async fn log_beside(s3: &S3, key: &str) -> Option<String> {
    let stem = key
        .rsplit_once('.')
        .filter(|(_, ending)| !ending.contains('/'))
        .map_or(key, |(stem, _)| stem);
    let log_key = format!("{stem}.log");
    Box::pin(objects::head(s3, &log_key)).await.ok().map(|_| log_key)
}

async fn read(s3: &S3, key: &str, range: Range<u64>) -> Result<Bytes, Error> {
    let mut body = Box::pin(objects::get_range(
        s3,
        key,
        range.start,
        Some(range.end.saturating_sub(1)),
    ))
    .await?;
    let wanted = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
    let mut bytes = BytesMut::with_capacity(wanted.min(64 * 1024));
    while let Some(piece) = body.next().await {
        bytes.extend_from_slice(&piece?);
        if bytes.len() >= wanted {
            break;
        }
    }
    Ok(bytes.freeze())
}

/// What stands in the way, worst first.
fn problems(recording: &Recording, size: SizeBytes, container: &Container) -> Vec<ApiError> {
    let key = || recording.file_path.clone();
    let by_row = recording.size_bytes.filter(|by_row| by_row.0 > size.0);
    let shorter = by_row.map(|by_row| format!("the object has {} bytes, its row says {}", size.0, by_row.0));
    let mut found = Vec::new();
    if size.0 == 0 {
        found.push(Error::MediaTruncated {
            key: key(),
            what: "it is empty".to_owned(),
        });
    } else if container.kind == "unknown" {
        found.push(Error::MediaUnplayable {
            key: key(),
            what: "it is neither MP4 nor WebM".to_owned(),
        });
    } else if container.truncated {
        let own = match container.index_at {
            None if container.kind == "mp4" => "its index (moov) is missing",
            _ => "its last part is missing",
        };
        let what = shorter.map_or_else(|| own.to_owned(), |shorter| format!("{own}; {shorter}"));
        found.push(Error::MediaTruncated { key: key(), what });
    } else if let Some(what) = shorter {
        found.push(Error::MediaTruncated { key: key(), what });
    }
    let unknown = codecs::unknown_codecs(container);
    if !unknown.is_empty() {
        found.push(Error::MediaUnplayable {
            key: key(),
            what: format!("nothing is known to play {}", unknown.join(", ")),
        });
    }
    found.into_iter().map(ApiError::from).collect()
}
