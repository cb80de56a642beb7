//! A copy of an object on this machine: complete under its name, or not there at all.

use std::path::{Path, PathBuf};

use futures::StreamExt;
use greenroom_domain::SizeBytes;
use greenroom_domain::access::Caller;
use greenroom_store_s3::objects;
use tokio::io::AsyncWriteExt;

use crate::connections::Stores;
use crate::error::Error;

/// How far a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Bytes written.
    pub done_bytes: u64,
    /// Bytes there are.
    pub total_bytes: u64,
}

/// Streams the object `key` into `path` by way of `path.partial`, replacing what is there; `told` hears of each piece.
/// Dropping the future removes the partial file. Cost: one GET of the whole object; memory for one piece.
///
/// # Errors
/// [`Error::ObjectMissing`] or what S3 failed with; [`Error::MediaTruncated`] where fewer bytes come than were
/// announced; [`Error::Local`] where the file cannot be written. In each case `path` is left as it was.
pub async fn to_file(
    stores: &Stores,
    _: &Caller,
    key: &str,
    path: &Path,
    told: impl Fn(Step) + Send,
) -> Result<SizeBytes, Error> {
    let s3 = stores.s3().await?;
    let mut object = objects::get_range(&s3, key, 0, None).await?;
    let total_bytes = object.size_bytes;
    let mut step = Step {
        done_bytes: 0,
        total_bytes,
    };
    told(step);
    let partial = Partial::beside(path);
    let failed = |did| {
        let path = partial.0.clone();
        move |source| Error::Local { path, did, source }
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let folder_failed = |source| Error::Local {
            path: folder.to_owned(),
            did: "created",
            source,
        };
        tokio::fs::create_dir_all(folder).await.map_err(folder_failed)?;
    }
    let file = tokio::fs::File::create(&partial.0).await.map_err(failed("created"))?;
    let mut file = tokio::io::BufWriter::with_capacity(1 << 20, file);
    while let Some(piece) = object.next().await {
        let piece = piece?;
        file.write_all(&piece).await.map_err(failed("written"))?;
        step.done_bytes += piece.len() as u64;
        told(step);
    }
    if step.done_bytes != total_bytes {
        let what = format!("{} of {total_bytes} bytes came", step.done_bytes);
        return Err(Error::MediaTruncated {
            key: key.to_owned(),
            what,
        });
    }
    file.flush().await.map_err(failed("written"))?;
    file.get_ref().sync_all().await.map_err(failed("written"))?;
    tokio::fs::rename(&partial.0, path)
        .await
        .map_err(failed("put in its place"))?;
    std::mem::forget(partial);
    Ok(SizeBytes(step.done_bytes))
}

/// The object's own name: what stands after the last slash of its key, made fit for any file system.
#[must_use]
pub fn file_name(key: &str) -> String {
    let last = key.rsplit('/').next().unwrap_or_default();
    let fit = |c: char| {
        if c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') {
            '_'
        } else {
            c
        }
    };
    let name: String = last.chars().map(fit).take(200).collect();
    // Neither hidden nor a way up.
    let name = name.trim_start_matches('.').trim();
    if name.is_empty() {
        "recording".to_owned()
    } else {
        name.to_owned()
    }
}

struct Partial(PathBuf);

impl Partial {
    fn beside(path: &Path) -> Self {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".partial");
        Self(path.with_file_name(name))
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // Already gone, or on a disk that is: nothing more can be done here.
        let _ = std::fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_cannot_choose_where_it_is_written() {
        for (key, name) in [
            ("recordings/17/all-hands.mp4", "all-hands.mp4"),
            ("recordings/..", "recording"),
            ("a/.bashrc", "bashrc"),
            ("a/b\\..\\c:d\n.mp4", "b_.._c_d_.mp4"),
            ("", "recording"),
        ] {
            assert_eq!(file_name(key), name);
        }
        assert_eq!(file_name(&"x".repeat(600)).len(), 200);
    }

    #[test]
    fn a_dropped_copy_leaves_no_partial_file() {
        let folder = tempfile::tempdir().unwrap();
        let partial = Partial::beside(&folder.path().join("a.mp4"));
        std::fs::write(&partial.0, b"half").unwrap();
        assert_eq!(partial.0.file_name().unwrap(), "a.mp4.partial");
        drop(partial);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
