//! What the window remembers: small JSON values in one file, on disk before `put` returns.
//!
//! Not for data of a deployment and not for secrets: anybody who can read the user's files can read it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use greenroom_domain::Json;
use greenroom_domain::preference::Preference;

use crate::error::Error;

/// The longest key.
pub const MAX_KEY_CHARS: usize = 128;
/// The largest value, as JSON.
pub const MAX_VALUE_BYTES: usize = 64 * 1024;
/// The most keys.
pub const MAX_KEYS: usize = 2_000;

/// Why a preference was not kept.
#[derive(Debug, thiserror::Error)]
pub enum PreferenceError {
    /// The key is empty, too long, or holds something other than letters, digits and `._:/-`.
    #[error("{key:?} is not a key for a preference: 1 to {MAX_KEY_CHARS} of a-z, A-Z, 0-9, . _ : / -")]
    BadKey {
        /// The key given.
        key: String,
    },
    /// The value is too large.
    #[error("the value of {key} is {size} bytes as JSON, the limit is {MAX_VALUE_BYTES}")]
    TooLarge {
        /// The key given.
        key: String,
        /// Its value's size.
        size: usize,
    },
    /// There are too many keys.
    #[error("there are {MAX_KEYS} preferences already")]
    TooMany,
    /// The file could not be read or written.
    #[error("the preferences in {} could not be {did}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        did: &'static str,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
}

impl From<PreferenceError> for Error {
    fn from(error: PreferenceError) -> Self {
        match error {
            PreferenceError::File { path, did, cause } => Self::Local {
                path,
                did,
                source: cause,
            },
            other => Self::invalid(other.to_string()),
        }
    }
}

/// The open file. Clones share it.
#[derive(Debug, Clone)]
pub struct Preferences(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    state: Mutex<State>,
    // Held while the file is replaced, so that an older state never lands over a newer one.
    writing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    values: BTreeMap<String, serde_json::Value>,
    version: u64,
    written: u64,
}

impl Preferences {
    /// Reads the file; one that is missing is empty. One that is not what we wrote is set aside as `….damaged` and said
    /// so in the log: a broken memory must not keep the window from opening.
    ///
    /// # Errors
    /// [`PreferenceError::File`] where it is there but cannot be read.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, PreferenceError> {
        let path = path.into();
        let values = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                let aside = path.with_extension("json.damaged");
                tracing::warn!(
                    "the preferences in {} make no sense ({error}): set aside",
                    path.display()
                );
                if let Err(error) = std::fs::rename(&path, &aside) {
                    tracing::warn!("they could not be set aside: {error}");
                }
                BTreeMap::new()
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(cause) => {
                return Err(PreferenceError::File {
                    path,
                    did: "read",
                    cause,
                });
            }
        };
        let state = Mutex::new(State {
            values,
            version: 0,
            written: 0,
        });
        Ok(Self(Arc::new(Inner {
            path,
            state,
            writing: tokio::sync::Mutex::new(()),
        })))
    }

    /// Everything remembered, by key.
    #[must_use]
    pub fn all(&self) -> Vec<Preference> {
        let state = self.state();
        state
            .values
            .iter()
            .map(|(key, value)| Preference {
                key: key.clone(),
                value: Json(value.clone()),
            })
            .collect()
    }

    /// One value.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<serde_json::Value> {
        self.state().values.get(key).cloned()
    }

    /// Remembers a value, or forgets the key where there is none. On disk, synced, when this returns; calls that come
    /// while the file is being written share the next write.
    ///
    /// # Errors
    /// Every variant of [`PreferenceError`]. Where the file cannot be written the value still holds in this process.
    pub async fn put(&self, key: &str, value: Option<serde_json::Value>) -> Result<(), PreferenceError> {
        check_key(key)?;
        if let Some(value) = &value {
            let size = value.to_string().len();
            if size > MAX_VALUE_BYTES {
                return Err(PreferenceError::TooLarge {
                    key: key.to_owned(),
                    size,
                });
            }
        }
        let mine = {
            let mut state = self.state();
            match value {
                Some(_) if state.values.len() >= MAX_KEYS && !state.values.contains_key(key) => {
                    return Err(PreferenceError::TooMany);
                }
                Some(value) => state.values.insert(key.to_owned(), value),
                None => state.values.remove(key),
            };
            state.version += 1;
            state.version
        };
        self.write_through(mine).await
    }

    async fn write_through(&self, mine: u64) -> Result<(), PreferenceError> {
        let _turn = self.0.writing.lock().await;
        let (values, version) = {
            let state = self.state();
            if state.written >= mine {
                return Ok(());
            }
            (state.values.clone(), state.version)
        };
        let path = self.0.path.clone();
        let written = tokio::task::spawn_blocking(move || replace(&path, &values)).await;
        let written = written.unwrap_or_else(|lost| Err(std::io::Error::other(lost)));
        written.map_err(|cause| PreferenceError::File {
            path: self.0.path.clone(),
            did: "written",
            cause,
        })?;
        self.state().written = version;
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn check_key(key: &str) -> Result<(), PreferenceError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | ':' | '/' | '-');
    if key.is_empty() || key.len() > MAX_KEY_CHARS || !key.chars().all(fits) {
        return Err(PreferenceError::BadKey {
            key: key.chars().take(MAX_KEY_CHARS).collect(),
        });
    }
    Ok(())
}

// The new file stands complete and synced beside the old one before it takes its name: a kill or a power cut at any
// point leaves one of the two, never half of one.
fn replace(path: &Path, values: &BTreeMap<String, serde_json::Value>) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer_pretty(&mut file, values)?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn what_was_put_is_there_after_a_restart_without_a_goodbye() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/preferences.json");
        let before = Preferences::open(&path).unwrap();
        before
            .put("grid.meetings.columns", Some(json!(["title", "start"])))
            .await
            .unwrap();
        before.put("theme", Some(json!("dark"))).await.unwrap();
        before.put("theme", None).await.unwrap();
        // No drop, no flush: what a kill -9 leaves.
        std::mem::forget(before);
        let after = Preferences::open(&path).unwrap();
        assert_eq!(after.get("grid.meetings.columns"), Some(json!(["title", "start"])));
        assert_eq!(after.get("theme"), None);
    }

    #[tokio::test]
    async fn a_hundred_puts_at_once_all_land() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("preferences.json");
        let open = Preferences::open(&path).unwrap();
        let puts = (0..100).map(|number| {
            let open = open.clone();
            async move { open.put(&format!("draft.{number}"), Some(json!(number))).await }
        });
        futures::future::try_join_all(puts).await.unwrap();
        assert_eq!(Preferences::open(&path).unwrap().all().len(), 100);
        let left_over = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left_over, 1, "no temporary file stays behind");
    }

    #[tokio::test]
    async fn a_damaged_file_is_set_aside_and_does_not_stop_the_window() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("preferences.json");
        std::fs::write(&path, b"{\"theme\": \"da").unwrap();
        let open = Preferences::open(&path).unwrap();
        assert!(open.all().is_empty());
        assert!(folder.path().join("preferences.json.damaged").exists());
        open.put("theme", Some(json!("light"))).await.unwrap();
        assert_eq!(Preferences::open(&path).unwrap().get("theme"), Some(json!("light")));
    }

    #[tokio::test]
    async fn keys_and_values_out_of_bounds_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let open = Preferences::open(folder.path().join("preferences.json")).unwrap();
        let long = "k".repeat(MAX_KEY_CHARS + 1);
        for key in ["", "a b", "../\u{0}", long.as_str()] {
            assert!(
                matches!(open.put(key, Some(json!(1))).await, Err(PreferenceError::BadKey { .. })),
                "{key:?}"
            );
        }
        let large = json!("x".repeat(MAX_VALUE_BYTES));
        assert!(matches!(
            open.put("draft", Some(large)).await,
            Err(PreferenceError::TooLarge { .. })
        ));
        assert!(open.all().is_empty());
    }
}
