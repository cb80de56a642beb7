//! Objects by key: heads, bounded listings, streamed ranges, and puts for whoever may write.

use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_sdk_s3::primitives::{ByteStream, DateTime};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use greenroom_domain::meeting::StoredObject;
use greenroom_domain::{ErrorCode, SizeBytes, Timestamp};

use crate::{CALL_LIMIT, Error, PIECE_LIMIT, S3, within};

pub use crate::put::{put, put_file, put_many};

/// The most keys one listing answers.
pub const MAX_LIMIT: u32 = 1_000;

/// What S3 says of an object without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectHead {
    /// Size.
    pub size_bytes: SizeBytes,
    /// As it was put.
    pub content_type: Option<String>,
    /// When it was put.
    pub modified_at: Option<Timestamp>,
    /// Tells one content from another.
    pub etag: Option<String>,
}

/// Some keys under a prefix, in the order of their bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// At most what was asked for.
    pub objects: Vec<StoredObject>,
    /// The last key, where there are more after it.
    pub next: Option<String>,
}

/// Bytes of an object as they come. Dropping it ends the transfer.
pub struct ObjectBytes {
    /// How many bytes will come.
    pub size_bytes: u64,
    /// The whole object's size.
    pub total_bytes: u64,
    /// As it was put.
    pub content_type: Option<String>,
    /// Tells one content from another.
    pub etag: Option<String>,
    pieces: Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>,
}

impl std::fmt::Debug for ObjectBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ObjectBytes")
            .field("size_bytes", &self.size_bytes)
            .finish_non_exhaustive()
    }
}

impl Stream for ObjectBytes {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.pieces.as_mut().poll_next(context)
    }
}

/// What S3 says of one object. Cost: one HEAD.
///
/// # Errors
/// [`Error::Missing`] where there is none; [`ErrorCode::StorePermission`] where we may not look, which some servers also
/// say of keys that do not exist.
pub async fn head(s3: &S3, key: &str) -> Result<ObjectHead, Error> {
    let asked = s3.client.head_object().bucket(&s3.bucket).key(key).send();
    let head = within(
        "object_head",
        CALL_LIMIT,
        Box::pin(async {
            asked
                .await
                .map_err(Error::during("object_head", key))
                .map_err(|error| missing(s3, key, error))
        }),
    )
    .await?;
    Ok(ObjectHead {
        size_bytes: SizeBytes(size(head.content_length)),
        content_type: head.content_type,
        modified_at: head.last_modified.as_ref().and_then(moment),
        etag: head.e_tag,
    })
}

/// At most `limit` (up to [`MAX_LIMIT`]) objects whose keys begin with `prefix`, after the key `after`.
/// Cost: one listing call.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn list(s3: &S3, prefix: &str, limit: u32, after: Option<&str>) -> Result<Listing, Error> {
    let limit = limit.clamp(1, MAX_LIMIT);
    let asked = s3
        .client
        .list_objects_v2()
        .bucket(&s3.bucket)
        .prefix(prefix)
        .max_keys(i32::try_from(limit).unwrap_or(1_000))
        .set_start_after(after.map(str::to_owned))
        .send();
    let answer = within(
        "object_list",
        CALL_LIMIT,
        Box::pin(async { asked.await.map_err(Error::during("object_list", prefix)) }),
    )
    .await?;
    let more = answer.is_truncated.unwrap_or(false);
    let objects: Vec<StoredObject> = answer
        .contents
        .unwrap_or_default()
        .into_iter()
        .filter_map(|object| {
            Some(StoredObject {
                key: object.key?,
                size_bytes: SizeBytes(size(object.size)),
                modified_at: object.last_modified.as_ref().and_then(moment),
            })
        })
        .collect();
    let next = objects.last().filter(|_| more).map(|object| object.key.clone());
    Ok(Listing { objects, next })
}

/// Bytes `from..=to` of an object (`to` left out: to its end), streamed as they are asked for.
///
/// # Errors
/// [`Error::Missing`]; [`ErrorCode::InvalidRequest`] where the range lies beyond the end; each piece has
/// [`PIECE_LIMIT`], after which the stream ends with [`Error::Late`].
pub async fn get_range(s3: &S3, key: &str, from: u64, to: Option<u64>) -> Result<ObjectBytes, Error> {
    let range = match to {
        Some(to) => Some(format!("bytes={from}-{to}")),
        None if from == 0 => None,
        None => Some(format!("bytes={from}-")),
    };
    let asked = s3
        .client
        .get_object()
        .bucket(&s3.bucket)
        .key(key)
        .set_range(range)
        .send();
    let answer = within(
        "object_get",
        CALL_LIMIT,
        Box::pin(async {
            asked
                .await
                .map_err(Error::during("object_get", key))
                .map_err(|error| missing(s3, key, error))
        }),
    )
    .await?;
    let size_bytes = size(answer.content_length);
    let total = answer
        .content_range
        .as_deref()
        .and_then(|range| range.rsplit_once('/')?.1.parse().ok());
    Ok(ObjectBytes {
        size_bytes,
        total_bytes: total.unwrap_or(size_bytes),
        content_type: answer.content_type,
        etag: answer.e_tag,
        pieces: Box::pin(pieces(answer.body, key.to_owned())),
    })
}

fn pieces(body: ByteStream, key: String) -> impl Stream<Item = Result<Bytes, Error>> + Send {
    futures::stream::unfold(Some(body), move |body| {
        let key = key.clone();
        async move {
            let mut body = body?;
            match tokio::time::timeout(PIECE_LIMIT, body.next()).await {
                Ok(Some(Ok(piece))) => Some((Ok(piece), Some(body))),
                Ok(Some(Err(error))) => Some((Err(Error::body(&key)(error)), None)),
                Ok(None) => None,
                Err(_) => Some((
                    Err(Error::Late {
                        operation: "object_get",
                        limit: PIECE_LIMIT,
                    }),
                    None,
                )),
            }
        }
    })
}

/// A whole small object.
///
/// # Errors
/// [`Error::Missing`]; [`Error::TooLarge`] where it holds more than `limit` bytes, told before they are read.
pub async fn get_small(s3: &S3, key: &str, limit: u64) -> Result<Bytes, Error> {
    let mut object = get_range(s3, key, 0, None).await?;
    if object.size_bytes > limit {
        return Err(Error::TooLarge {
            key: key.to_owned(),
            limit,
        });
    }
    let mut whole = Vec::with_capacity(usize::try_from(object.size_bytes).unwrap_or(0));
    within(
        "object_get",
        CALL_LIMIT,
        Box::pin(async {
            while let Some(piece) = object.next().await {
                whole.extend_from_slice(&piece?);
                // A server may announce less than it sends.
                if whole.len() as u64 > limit {
                    return Err(Error::TooLarge {
                        key: key.to_owned(),
                        limit,
                    });
                }
            }
            Ok(Bytes::from(whole))
        }),
    )
    .await
}

/// Whether a path names a key at all: keys are 1 to 1,024 bytes and hold no NUL.
#[must_use]
pub fn is_key(text: &str) -> bool {
    (1..=1_024).contains(&text.len()) && !text.contains('\0')
}

/// The content type by a file's ending, for what the platform keeps.
#[must_use]
pub fn content_type_of(path: &str) -> &'static str {
    match Path::new(path)
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default()
    {
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "log" => "text/plain; charset=utf-8",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "pdf" => "application/pdf",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _ => "application/octet-stream",
    }
}

fn missing(s3: &S3, key: &str, error: Error) -> Error {
    match error.code() {
        ErrorCode::ObjectMissing => Error::Missing {
            key: key.to_owned(),
            bucket: s3.bucket.clone(),
        },
        _ => error,
    }
}

fn size(length: Option<i64>) -> u64 {
    length.and_then(|length| u64::try_from(length).ok()).unwrap_or(0)
}

fn moment(time: &DateTime) -> Option<Timestamp> {
    Timestamp::from_timestamp(time.secs(), time.subsec_nanos())
}
