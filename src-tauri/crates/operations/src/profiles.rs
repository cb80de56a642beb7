//! Connection profiles on disk: one TOML file each in the user's config folder, never with a secret in it.
//!
//! A file that cannot be read is listed with what is wrong and spoils nothing else. Secrets live elsewhere: see
//! [`crate::secrets`].

mod check;

use std::io::Write;
use std::path::{Path, PathBuf};

use greenroom_domain::ErrorCode;
use greenroom_domain::profile::{Environment, Profile, ProfileSummary};

pub use check::problems;

const ENDING: &str = "toml";
/// Larger files are no profiles.
const MAX_BYTES: u64 = 256 * 1024;
/// Shown for a file that cannot be read.
const GREY: &str = "#868e96";

/// Why a profile could not be read, kept or found.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing has that name.
    #[error("there is no profile {name:?}")]
    NotFound {
        /// What was asked for.
        name: String,
    },
    /// It is not what it should be.
    #[error("{what} is not a valid profile: {}", problems.join("; "))]
    Invalid {
        /// The file or name.
        what: String,
        /// What is wrong, one by one.
        problems: Vec<String>,
    },
    /// Another file has that name already.
    #[error("there is a profile {name:?} already, in {}", path.display())]
    NameTaken {
        /// The name.
        name: String,
        /// Whose it is.
        path: PathBuf,
    },
    /// A file could not be read or written.
    #[error("{} could not be {did}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// `read`, `written` or `deleted`.
        did: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

impl Error {
    /// Which of the closed codes this is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::NotFound { .. } => ErrorCode::NotFound,
            Self::Invalid { .. } | Self::NameTaken { .. } => ErrorCode::ProfileInvalid,
            Self::File { .. } => ErrorCode::LocalFile,
        }
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NotFound { .. } => Some("`greenroom stack up --dir D` makes one for a local stack.".to_owned()),
            Self::NameTaken { .. } => Some("Choose another name, or change that one.".to_owned()),
            _ => None,
        }
    }
}

/// A profile and the file it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The profile.
    pub profile: Profile,
    /// Its file: what its `secrets_file` is relative to.
    pub path: PathBuf,
}

/// The profiles of one config folder.
#[derive(Debug, Clone)]
pub struct Profiles {
    folder: PathBuf,
}

impl Profiles {
    /// Those under `config`, which need not exist yet.
    #[must_use]
    pub fn under(config: &Path) -> Self {
        Self {
            folder: config.join("profiles"),
        }
    }

    /// Every file, by name; broken ones with their problem.
    ///
    /// # Errors
    /// [`Error::File`] where the folder itself cannot be read.
    pub fn list(&self) -> Result<Vec<ProfileSummary>, Error> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => {
                return Err(Error::File {
                    path: self.folder.clone(),
                    did: "read",
                    source,
                });
            }
        };
        let mut paths: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
            .collect();
        paths.sort();
        let mut summaries: Vec<ProfileSummary> = paths.iter().map(|path| summary(path)).collect();
        summaries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(summaries)
    }

    /// The profile of that name, or in that file: what holds a slash or ends in `.toml` is a path.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Invalid`], [`Error::File`].
    pub fn load(&self, name_or_path: &str) -> Result<Loaded, Error> {
        if name_or_path.contains(['/', '\\']) || name_or_path.ends_with(".toml") {
            return read(Path::new(name_or_path));
        }
        let own = self.path(name_or_path);
        if own.exists() {
            return read(&own);
        }
        // A file somebody wrote or renamed by hand.
        let by_hand = self
            .list()?
            .into_iter()
            .find(|found| found.problem.is_none() && found.name == name_or_path);
        match by_hand {
            Some(found) => read(Path::new(&found.path)),
            None => Err(Error::NotFound {
                name: name_or_path.to_owned(),
            }),
        }
    }

    /// Keeps a profile under its name, replacing what had it; the file is whole or untouched, and only its owner's.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every problem, [`Error::NameTaken`] by a file of another name, [`Error::File`].
    pub fn save(&self, profile: &Profile) -> Result<PathBuf, Error> {
        let problems = problems(profile);
        if !problems.is_empty() {
            return Err(Error::Invalid {
                what: format!("{:?}", profile.name),
                problems,
            });
        }
        let path = self.path(&profile.name);
        if let Some(other) = self
            .list()?
            .into_iter()
            .find(|found| found.problem.is_none() && found.name == profile.name)
            && Path::new(&other.path) != path
        {
            return Err(Error::NameTaken {
                name: profile.name.clone(),
                path: PathBuf::from(other.path),
            });
        }
        let text = toml::to_string_pretty(profile).map_err(|error| Error::Invalid {
            what: format!("{:?}", profile.name),
            problems: vec![error.to_string()],
        })?;
        write_atomically(&path, text.as_bytes()).map_err(|source| Error::File {
            path: path.clone(),
            did: "written",
            source,
        })?;
        Ok(path)
    }

    /// Deletes the profile of that name, and that it was the default.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::File`].
    pub fn delete(&self, name: &str) -> Result<(), Error> {
        let found = self.list()?.into_iter().find(|found| found.name == name);
        let path = found
            .map(|found| PathBuf::from(found.path))
            .ok_or_else(|| Error::NotFound { name: name.to_owned() })?;
        std::fs::remove_file(&path).map_err(|source| Error::File {
            path,
            did: "deleted",
            source,
        })?;
        if self.default_name().as_deref() == Some(name) {
            let _ = std::fs::remove_file(self.default_file());
        }
        Ok(())
    }

    /// The profile to open when nobody says: the one opened last, or the only one there is.
    #[must_use]
    pub fn default_name(&self) -> Option<String> {
        let remembered = std::fs::read_to_string(self.default_file())
            .ok()
            .map(|name| name.trim().to_owned());
        let names: Vec<String> = self
            .list()
            .ok()?
            .into_iter()
            .filter(|found| found.problem.is_none())
            .map(|found| found.name)
            .collect();
        match remembered {
            Some(name) if names.contains(&name) => Some(name),
            _ if names.len() == 1 => names.into_iter().next(),
            _ => None,
        }
    }

    /// Remembers which profile was opened last.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn remember_default(&self, name: &str) -> Result<(), Error> {
        let path = self.default_file();
        write_atomically(&path, name.as_bytes()).map_err(|source| Error::File {
            path,
            did: "written",
            source,
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{}.{ENDING}", file_stem(name)))
    }

    fn default_file(&self) -> PathBuf {
        self.folder.join("default")
    }
}

/// Reads and checks one file.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`], [`Error::File`].
pub fn read(path: &Path) -> Result<Loaded, Error> {
    let unread = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound {
            name: path.display().to_string(),
        },
        _ => Error::File {
            path: path.to_owned(),
            did: "read",
            source,
        },
    };
    let invalid = |problems| Error::Invalid {
        what: path.display().to_string(),
        problems,
    };
    if std::fs::metadata(path).map_err(unread)?.len() > MAX_BYTES {
        return Err(invalid(vec![format!("it is larger than {MAX_BYTES} bytes")]));
    }
    let bytes = std::fs::read(path).map_err(unread)?;
    let text = String::from_utf8(bytes).map_err(|_| invalid(vec!["it is not UTF-8 text".to_owned()]))?;
    let profile = check::parse(&text).map_err(|problem| invalid(vec![problem]))?;
    let problems = problems(&profile);
    if problems.is_empty() {
        Ok(Loaded {
            profile,
            path: path.to_owned(),
        })
    } else {
        Err(invalid(problems))
    }
}

fn summary(path: &Path) -> ProfileSummary {
    let shown = path.display().to_string();
    match read(path) {
        Ok(Loaded { profile, .. }) => ProfileSummary {
            name: profile.name,
            colour: profile.colour,
            environment: profile.environment,
            read_only: profile.read_only,
            path: shown,
            problem: None,
        },
        Err(error) => ProfileSummary {
            name: path
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default(),
            colour: GREY.to_owned(),
            environment: Environment::Production,
            read_only: true,
            path: shown,
            problem: Some(greenroom_domain::diagnosis::in_one_line(&error)),
        },
    }
}

/// A name as a file's: letters and digits of any script, `-`, `_` and `.` as they are, the rest as `%XX`.
pub(crate) fn file_stem(name: &str) -> String {
    let mut stem = String::with_capacity(name.len());
    for (place, c) in name.chars().enumerate() {
        if c.is_alphanumeric() || matches!(c, '-' | '_') || (c == '.' && place > 0) {
            stem.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                stem.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    stem
}

/// Writes beside the target and renames, so that no reader ever sees half a file. Mode 0600.
pub(crate) fn write_atomically(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    // tempfile makes it readable to its owner alone.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
