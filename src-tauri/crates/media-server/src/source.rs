//! Where granted bytes come from: an object in S3, a file of ours, or bytes in memory. It opens ranges and says what went
//! wrong in the two ways a client may hear of (not there, not to be had just now); it never holds a whole object.

use std::fmt;
use std::io::SeekFrom;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use greenroom_domain::ErrorCode;
use greenroom_store_s3::objects::{self, ObjectBytes};
use greenroom_store_s3::{Error as StoreError, S3};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

/// How much of a file is read at once.
const FILE_CHUNK: usize = 64 * 1024;

/// Something that can be granted.
#[derive(Clone)]
#[non_exhaustive]
pub enum Source {
    /// An object in S3, fetched by ranges as it is asked for.
    Object {
        /// Where it is.
        store: S3,
        /// Its key.
        key: String,
    },
    /// A file on this machine (a thumbnail of ours).
    File {
        /// Where.
        path: PathBuf,
        /// Its type.
        content_type: &'static str,
    },
    /// Bytes in memory, small.
    Bytes {
        /// The file name shown in the address.
        name: String,
        /// Their type.
        content_type: &'static str,
        /// The bytes.
        bytes: Bytes,
    },
}

impl Source {
    /// An object in S3.
    #[must_use]
    pub fn object(store: S3, key: impl Into<String>) -> Self {
        Self::Object { store, key: key.into() }
    }

    /// A file on this machine; its type goes by its name.
    #[must_use]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let content_type = type_by_name(&path.to_string_lossy());
        Self::File { path, content_type }
    }

    /// Bytes in memory.
    #[must_use]
    pub fn bytes(name: &str, content_type: &'static str, bytes: impl Into<Bytes>) -> Self {
        Self::Bytes {
            name: name.to_owned(),
            content_type,
            bytes: bytes.into(),
        }
    }

    /// The name it goes by, with folders.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Object { key, .. } => key,
            Self::File { path, .. } => path.file_name().and_then(|name| name.to_str()).unwrap_or_default(),
            Self::Bytes { name, .. } => name,
        }
    }

    /// Size, tag, type and age, asked afresh.
    pub(crate) async fn facts(&self) -> Result<Facts, Trouble> {
        match self {
            Self::Object { store, key } => {
                let head = Box::pin(objects::head(store, key))
                    .await
                    .map_err(|error| Trouble::from_store(&error))?;
                Ok(Facts {
                    size: head.size_bytes.0,
                    etag: head.etag.filter(|etag| etag.starts_with('"')),
                    content_type: playable_type(head.content_type.as_deref(), key),
                    modified: head.modified_at.map(SystemTime::from),
                })
            }
            Self::File { path, content_type } => {
                let meta = tokio::fs::metadata(path)
                    .await
                    .map_err(|error| Trouble::from_io(&error))?;
                if !meta.is_file() {
                    return Err(Trouble::Missing);
                }
                let modified = meta.modified().ok();
                let age = modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
                let etag = format!("\"{:x}-{:x}\"", meta.len(), age.unwrap_or_default().as_nanos());
                Ok(Facts {
                    size: meta.len(),
                    etag: Some(etag),
                    content_type,
                    modified,
                })
            }
            Self::Bytes {
                bytes, content_type, ..
            } => Ok(Facts {
                size: bytes.len() as u64,
                etag: None,
                content_type,
                modified: None,
            }),
        }
    }

    /// Begins to read from `first` to `last`, both included, of the version that `facts` describes.
    async fn open(&self, facts: &Facts, first: u64, last: u64) -> Result<Upstream, Trouble> {
        match self {
            Self::Object { store, key } => {
                let opened = Box::pin(objects::get_range(store, key, first, Some(last))).await;
                let body = opened.map_err(|error| Trouble::from_store(&error))?;
                if body.total_bytes != facts.size || (facts.etag.is_some() && body.etag != facts.etag) {
                    return Err(Trouble::Changed);
                }
                Ok(Upstream::Object(body))
            }
            Self::File { path, .. } => {
                let mut file = File::open(path).await.map_err(|error| Trouble::from_io(&error))?;
                let size = file.metadata().await.map_err(|error| Trouble::from_io(&error))?.len();
                if size != facts.size {
                    return Err(Trouble::Changed);
                }
                file.seek(SeekFrom::Start(first))
                    .await
                    .map_err(|error| Trouble::from_io(&error))?;
                Ok(Upstream::File(file))
            }
            Self::Bytes { bytes, .. } => {
                let (first, end) = (usize_of(first), usize_of(last).saturating_add(1));
                Ok(Upstream::Bytes(bytes.slice(first..end)))
            }
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Object { .. } => "object",
            Self::File { .. } => "file",
            Self::Bytes { .. } => "bytes",
        };
        write!(f, "{kind} {}", self.name())
    }
}

/// What is served of a source, as it stood when it was last looked at.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) size: u64,
    pub(crate) etag: Option<String>,
    pub(crate) content_type: &'static str,
    pub(crate) modified: Option<SystemTime>,
}

/// Why bytes could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It is not there.
    Missing,
    /// It is not the version that was asked for any more.
    Changed,
    /// Its store cannot be reached, refuses, or breaks off.
    Unavailable,
}

impl Trouble {
    fn from_store(error: &StoreError) -> Self {
        match error.code() {
            ErrorCode::ObjectMissing => Self::Missing,
            // Shorter than it was: the range lies beyond its end.
            ErrorCode::InvalidRequest => Self::Changed,
            code => {
                tracing::warn!(%error, ?code, "the object store gave no bytes");
                Self::Unavailable
            }
        }
    }

    fn from_io(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::NotFound {
            Self::Missing
        } else {
            Self::Unavailable
        }
    }
}

/// An open range.
enum Upstream {
    Object(ObjectBytes),
    File(File),
    Bytes(Bytes),
}

/// How often a broken stream is taken up again where it broke, without a byte in between.
const RESUMES: u32 = 3;
/// How long one chunk may take to come.
const CHUNK_DEADLINE: Duration = Duration::from_secs(15);

/// Reads one range to its end, whatever becomes of the connection below: what breaks off is taken up again at the same
/// byte of the same version, a few times.
pub(crate) struct RangeReader {
    source: Source,
    facts: Facts,
    /// The next byte to come.
    next: u64,
    /// The last byte wanted.
    last: u64,
    upstream: Option<Upstream>,
}

impl RangeReader {
    /// Opens the range, so that a missing object is known before an answer is begun.
    pub(crate) async fn open(source: Source, facts: Facts, first: u64, last: u64) -> Result<Self, Trouble> {
        let upstream = source.open(&facts, first, last).await?;
        Ok(Self {
            source,
            facts,
            next: first,
            last,
            upstream: Some(upstream),
        })
    }

    /// The next bytes; `None` at the end. The sum of all is exactly the range, or an error.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Trouble> {
        let mut attempt = 0;
        while self.next <= self.last {
            match self.read().await {
                Ok(chunk) => {
                    self.next += chunk.len() as u64;
                    return Ok(Some(chunk));
                }
                Err(Trouble::Unavailable) if attempt < RESUMES => {
                    self.let_go();
                    tokio::time::sleep(Duration::from_millis(200) * 4u32.pow(attempt)).await;
                    attempt += 1;
                    tracing::debug!(source = ?self.source, byte = self.next, attempt, "takes the stream up again");
                }
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(None)
    }

    /// Closes the connection to the store; the next read opens another.
    pub(crate) fn let_go(&mut self) {
        self.upstream = None;
    }

    /// Whether a connection to the store is held.
    pub(crate) fn holds_upstream(&self) -> bool {
        self.upstream.is_some()
    }

    async fn read(&mut self) -> Result<Bytes, Trouble> {
        let left = usize_of(self.last - self.next).saturating_add(1);
        let mut upstream = match self.upstream.take() {
            Some(upstream) => upstream,
            None => self.source.open(&self.facts, self.next, self.last).await?,
        };
        let chunk = tokio::time::timeout(CHUNK_DEADLINE, upstream.chunk()).await;
        let mut chunk = chunk.map_err(|_| Trouble::Unavailable)??;
        if chunk.is_empty() {
            // It ended before the range did.
            return Err(Trouble::Unavailable);
        }
        chunk.truncate(left);
        self.upstream = Some(upstream);
        Ok(chunk)
    }
}

impl Upstream {
    /// The next bytes; empty at the end.
    async fn chunk(&mut self) -> Result<Bytes, Trouble> {
        match self {
            Self::Object(body) => match body.next().await {
                Some(Ok(piece)) => Ok(piece),
                Some(Err(error)) => Err(Trouble::from_store(&error)),
                None => Ok(Bytes::new()),
            },
            Self::File(file) => {
                let mut chunk = BytesMut::with_capacity(FILE_CHUNK);
                file.read_buf(&mut chunk)
                    .await
                    .map_err(|error| Trouble::from_io(&error))?;
                Ok(chunk.freeze())
            }
            Self::Bytes(bytes) => Ok(bytes.split_to(bytes.len().min(FILE_CHUNK))),
        }
    }
}

/// The object's own type where a player or an image element takes it, else the one its name stands for: a page that was put
/// as a recording must not come back as a page.
fn playable_type(own: Option<&str>, key: &str) -> &'static str {
    const TAKEN: [&str; 8] = [
        "video/mp4",
        "video/webm",
        "video/x-matroska",
        "audio/mp4",
        "audio/ogg",
        "image/jpeg",
        "image/png",
        "image/webp",
    ];
    let own = own.and_then(|own| TAKEN.into_iter().find(|&taken| own == taken));
    own.unwrap_or_else(|| type_by_name(key))
}

/// A type a player or an image element takes, by the name's ending. Never one that a browser would run.
pub(crate) fn type_by_name(name: &str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mkv" => "video/x-matroska",
        "mov" => "video/quicktime",
        "ts" => "video/mp2t",
        "ogv" => "video/ogg",
        "mp3" => "audio/mpeg",
        "m4a" | "aac" => "audio/mp4",
        "ogg" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

fn usize_of(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
