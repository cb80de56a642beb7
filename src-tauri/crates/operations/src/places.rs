//! Where Greenroom keeps its own files on this machine; not a deployment's data.
//!
//! Each folder can be moved by an environment variable, which is also how tests stay out of the user's home.

use std::path::{Component, Path, PathBuf};

use directories::{ProjectDirs, UserDirs};

/// The folders, as the operating system wants them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Profiles and the encrypted secrets (`GREENROOM_CONFIG_DIR`; `~/.config/greenroom`).
    pub config: PathBuf,
    /// Preferences, window places, logs (`GREENROOM_STATE_DIR`; `~/.local/state/greenroom`).
    pub state: PathBuf,
    /// What can be made again: copies opened outside, thumbnails (`GREENROOM_CACHE_DIR`; `~/.cache/greenroom`).
    pub cache: PathBuf,
    /// Where copies may be put without asking (`GREENROOM_DOWNLOAD_DIR`; `~/Downloads`).
    pub downloads: PathBuf,
}

impl Places {
    /// The folders of this user. None of them need exist yet.
    #[must_use]
    pub fn of_user() -> Self {
        let own = ProjectDirs::from("dev", "Greenroom", "greenroom");
        // Without a home (a bare container) we stay under the system's temporary folder rather than fail.
        let homeless = std::env::temp_dir().join("greenroom");
        let pick = |variable: &str, found: Option<PathBuf>, name: &str| {
            let set = std::env::var_os(variable)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from);
            set.or(found).unwrap_or_else(|| homeless.join(name))
        };
        let own = own.as_ref();
        Self {
            config: pick(
                "GREENROOM_CONFIG_DIR",
                own.map(|dirs| dirs.config_dir().to_owned()),
                "config",
            ),
            state: pick(
                "GREENROOM_STATE_DIR",
                own.map(|dirs| dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned()),
                "state",
            ),
            cache: pick(
                "GREENROOM_CACHE_DIR",
                own.map(|dirs| dirs.cache_dir().to_owned()),
                "cache",
            ),
            downloads: pick(
                "GREENROOM_DOWNLOAD_DIR",
                UserDirs::new().and_then(|dirs| dirs.download_dir().map(ToOwned::to_owned)),
                "downloads",
            ),
        }
    }

    /// Whether a file may be made at `path` without the person choosing it: a new one within the downloads, by a plain path.
    #[must_use]
    pub fn takes_download(&self, path: &Path) -> bool {
        let plain = path
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::RootDir | Component::Prefix(_)));
        plain && path.starts_with(&self.downloads) && path != self.downloads && !path.exists()
    }

    /// Our own logs, as JSON lines by day.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.state.join("logs")
    }

    /// What the window remembers.
    #[must_use]
    pub fn preferences(&self) -> PathBuf {
        self.state.join("preferences.json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_lands_in_the_downloads_and_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            downloads: folder.path().to_owned(),
            ..Places::of_user()
        };
        std::fs::write(folder.path().join("there.mp4"), b"").unwrap();
        assert!(places.takes_download(&folder.path().join("new.mp4")));
        for elsewhere in ["there.mp4", "../new.mp4", "a/../../new.mp4", "/etc/new.mp4", ""] {
            assert!(!places.takes_download(&folder.path().join(elsewhere)), "{elsewhere}");
        }
    }
}
