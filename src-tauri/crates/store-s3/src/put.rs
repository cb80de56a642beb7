//! Putting objects: whole, from a file in parts, or many at once.

use std::path::Path;

use aws_sdk_s3::primitives::{ByteStream, Length};
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use greenroom_domain::access::WritePermit;

use crate::objects::content_type_of;
use crate::{CALL_LIMIT, Error, PIECE_LIMIT, S3, within};

/// Up to this size a file goes in one request.
const WHOLE: u64 = 16 << 20;
/// Bytes of one part. S3 takes at most 10,000 parts: 160 GB.
const PART: u64 = 16 << 20;
/// Requests under way at once.
const AT_ONCE: usize = 32;

/// Puts one object.
///
/// # Errors
/// [`Error::Late`] and a lost connection leave the outcome unknown; see [`Error::outcome`].
pub async fn put(s3: &S3, _permit: &WritePermit, key: &str, body: impl Into<Bytes>) -> Result<(), Error> {
    put_body(s3, key, body.into()).await
}

async fn put_body(s3: &S3, key: &str, body: Bytes) -> Result<(), Error> {
    let sent = s3
        .client
        .put_object()
        .bucket(&s3.bucket)
        .key(key)
        .content_type(content_type_of(key))
        .body(ByteStream::from(body))
        .send();
    within(
        "object_put",
        PIECE_LIMIT,
        Box::pin(async { sent.await.map(|_| ()).map_err(Error::during("object_put", key)) }),
    )
    .await
}

/// Puts many small objects, 32 at once. Gives how many; those before a failing one may stand.
///
/// # Errors
/// The first failure.
pub async fn put_many(s3: &S3, _permit: &WritePermit, objects: Vec<(String, Bytes)>) -> Result<u64, Error> {
    futures::stream::iter(objects)
        .map(|(key, body)| async move { put_body(s3, &key, body).await })
        .buffer_unordered(AT_ONCE)
        .try_fold(0_u64, |count, ()| async move { Ok(count + 1) })
        .await
}

/// Puts a file, in parts of 16 MB where it is larger than that; nothing is held whole. An upload that fails is taken back.
///
/// # Errors
/// [`Error::Local`] where the file cannot be read; [`Error::Late`], [`Error::Call`].
pub async fn put_file(s3: &S3, permit: &WritePermit, key: &str, path: &Path) -> Result<u64, Error> {
    let local = |error: std::io::Error| Error::Local {
        path: path.display().to_string(),
        source: Box::new(error),
    };
    let size = tokio::fs::metadata(path).await.map_err(local)?.len();
    if size <= WHOLE {
        let body = tokio::fs::read(path).await.map_err(local)?;
        put(s3, permit, key, body).await?;
        return Ok(size);
    }
    let begun = s3
        .client
        .create_multipart_upload()
        .bucket(&s3.bucket)
        .key(key)
        .content_type(content_type_of(key))
        .send();
    let upload = within(
        "upload_begin",
        CALL_LIMIT,
        Box::pin(async { begun.await.map_err(Error::during("upload_begin", key)) }),
    )
    .await?
    .upload_id
    .unwrap_or_default();
    match in_parts(s3, key, &upload, path, size).await {
        Ok(()) => Ok(size),
        Err(error) => {
            let aborted = s3
                .client
                .abort_multipart_upload()
                .bucket(&s3.bucket)
                .key(key)
                .upload_id(&upload)
                .send();
            if tokio::time::timeout(CALL_LIMIT, aborted).await.is_err() {
                tracing::warn!(object.key = key, "the parts of {key} could not be taken back");
            }
            Err(error)
        }
    }
}

async fn in_parts(s3: &S3, key: &str, upload: &str, path: &Path, size: u64) -> Result<(), Error> {
    let count = size.div_ceil(PART);
    let mut parts: Vec<CompletedPart> = futures::stream::iter(0..count)
        .map(|index| async move {
            let number = i32::try_from(index + 1).unwrap_or(i32::MAX);
            let offset = index * PART;
            let body = ByteStream::read_from()
                .path(path)
                .offset(offset)
                .length(Length::Exact(PART.min(size - offset)))
                .build()
                .await
                .map_err(|error| Error::Local {
                    path: path.display().to_string(),
                    source: Box::new(error),
                })?;
            let sent = s3
                .client
                .upload_part()
                .bucket(&s3.bucket)
                .key(key)
                .upload_id(upload)
                .part_number(number)
                .body(body)
                .send();
            let part = within(
                "upload_part",
                PIECE_LIMIT,
                Box::pin(async { sent.await.map_err(Error::during("upload_part", key)) }),
            )
            .await?;
            Ok::<_, Error>(
                CompletedPart::builder()
                    .part_number(number)
                    .set_e_tag(part.e_tag)
                    .build(),
            )
        })
        .buffer_unordered(4)
        .try_collect()
        .await?;
    parts.sort_by_key(|part| part.part_number);
    let whole = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
    let done = s3
        .client
        .complete_multipart_upload()
        .bucket(&s3.bucket)
        .key(key)
        .upload_id(upload)
        .multipart_upload(whole)
        .send();
    within(
        "upload_end",
        PIECE_LIMIT,
        Box::pin(async { done.await.map(|_| ()).map_err(Error::during("upload_end", key)) }),
    )
    .await
}
