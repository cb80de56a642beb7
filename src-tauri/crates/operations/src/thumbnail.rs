//! A still picture of a recording: one frame taken by ffmpeg from an address that works on this machine, kept in the cache under the
//! object's key and version. It grants no addresses and reads no store.

use std::path::{Path, PathBuf};
use std::time::Duration;

use greenroom_domain::access::Caller;
use greenroom_domain::recording::Recording;
use greenroom_domain::{ErrorCode, RecordingId};
use greenroom_store_s3::S3;
use greenroom_store_s3::objects;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::connections::Stores;
use crate::error::Error;
use crate::ffmpeg::{self, FfmpegError};

/// Taking one frame may take so long; of a whole file over loopback it takes well under a second.
const DEADLINE: Duration = Duration::from_secs(20);
/// Frames taken at once: each costs a core for a moment.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// The picture's width in pixels.
const WIDTH: u32 = 320;

/// The JPEG of a recording, from `folder`, else taken from the address that `grant` gives for its object. `None` where there is no
/// object, no ffmpeg, or no frame in it; the last is remembered until the object changes.
///
/// Cost: one row and one HEAD; where the picture is not kept yet, a few hundred kilobytes of the object and a core for a moment, at most
/// two at once.
///
/// # Errors
/// PostgreSQL's and S3's own.
pub async fn of(
    stores: &Stores,
    _caller: &Caller,
    folder: &Path,
    id: RecordingId,
    grant: impl FnOnce(S3, &str) -> String,
) -> Result<Option<PathBuf>, Error> {
    let recording = stores.postgres().await?.recording_get(id).await?;
    let key = recording.file_path.as_str();
    if !objects::is_key(key) {
        return Ok(None);
    }
    let s3 = stores.s3().await?;
    let head = match Box::pin(objects::head(&s3, key)).await {
        Ok(head) => head,
        Err(error) if error.code() == ErrorCode::ObjectMissing => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let picture = path(folder, key, head.etag.as_deref());
    let none = picture.with_extension("none");
    if picture.is_file() {
        return Ok(Some(picture));
    }
    if none.is_file() {
        return Ok(None);
    }
    let Ok(_turn) = AT_ONCE.acquire().await else {
        return Ok(None);
    };
    if picture.is_file() {
        return Ok(Some(picture));
    }
    match take(&picture, second_of(&recording), &grant(s3, key)).await {
        Ok(()) => return Ok(Some(picture)),
        Err(FfmpegError::Failed(complaint)) => {
            tracing::info!(object.key = key, complaint, "no frame could be taken of {key}");
            let _ = tokio::fs::write(&none, b"").await;
        }
        Err(error) => tracing::info!(object.key = key, %error, "no frame could be taken of {key}"),
    }
    Ok(None)
}

/// Where the picture of an object's version is kept.
fn path(folder: &Path, key: &str, etag: Option<&str>) -> PathBuf {
    let mut hash = Sha256::new();
    hash.update(key);
    hash.update([0]);
    hash.update(etag.unwrap_or_default());
    folder.join(format!("{}.jpg", hex::encode(&hash.finalize()[..16])))
}

/// A tenth into it, where the greeting is over.
fn second_of(recording: &Recording) -> i32 {
    recording.duration_s.map_or(0, |seconds| (seconds / 10).clamp(0, 60))
}

async fn take(picture: &Path, second: i32, url: &str) -> Result<(), FfmpegError> {
    let failed = |source| FfmpegError::File {
        path: picture.to_owned(),
        source,
    };
    if let Some(folder) = picture.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    }
    let partial = picture.with_extension(format!("part-{}-{:08x}.jpg", std::process::id(), rand::random::<u32>()));
    let mut taken = Err(FfmpegError::Failed("no frame".to_owned()));
    // A file that is shorter than its row says may still have a first frame.
    for second in if second > 0 { vec![second, 0] } else { vec![0] } {
        let scale = format!("scale={WIDTH}:-2");
        let second = second.to_string();
        let partial = partial.to_string_lossy();
        let arguments = [
            "-ss",
            &second,
            "-i",
            url,
            "-frames:v",
            "1",
            "-vf",
            &scale,
            "-q:v",
            "5",
            "-update",
            "1",
            &partial,
        ];
        taken = ffmpeg::run(&arguments.map(str::to_owned), None, DEADLINE).await;
        // A seek beyond the end is no failure to ffmpeg: it writes nothing.
        if taken.is_ok() && tokio::fs::metadata(&*partial).await.is_ok_and(|meta| meta.len() > 0) {
            return tokio::fs::rename(&*partial, picture).await.map_err(failed);
        }
        if !matches!(taken, Ok(()) | Err(FfmpegError::Failed(_))) {
            break;
        }
    }
    let _ = tokio::fs::remove_file(&partial).await;
    Err(taken.err().unwrap_or(FfmpegError::Failed("no frame".to_owned())))
}
