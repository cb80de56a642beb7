//! What a stack remembers between calls: `state.json`, `secrets.toml`, and the lock that lets one caller work at a time.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use greenroom_domain::StoreKind;
use serde::{Deserialize, Serialize};

use crate::process::Mark;
use crate::profile::{self, Secrets};
use crate::servers::find::Found;
use crate::{Error, servers};

/// The content of `state.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// Raised when the format changes.
    version: u32,
    pub(crate) s3_access_key_id: String,
    pub(crate) servers: BTreeMap<StoreKind, Server>,
}

/// One server of the stack.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Server {
    /// Kept from start to start, so that a profile stays true.
    pub(crate) ports: Vec<u16>,
    /// The program its data belongs to; `None` until it was first started.
    pub(crate) found: Option<Found>,
    /// Its process; `None` when stopped.
    pub(crate) process: Option<Mark>,
}

const VERSION: u32 = 1;

impl State {
    /// A new one with a place for each store.
    fn new(access_key_id: String) -> Self {
        let server = |store| {
            let (count, shadowed) = servers::ports(store);
            (
                store,
                Server {
                    ports: crate::ports::free(count, shadowed),
                    ..Server::default()
                },
            )
        };
        Self {
            version: VERSION,
            s3_access_key_id: access_key_id,
            servers: StoreKind::ALL.map(server).into(),
        }
    }

    /// What the folder holds; `None` where no stack was ever there.
    pub(crate) fn read(dir: &Path) -> Result<Option<Self>, Error> {
        let path = dir.join("state.json");
        let Some(text) = read_if_there(&path)? else {
            return Ok(None);
        };
        let state: Self = serde_json::from_str(&text).map_err(|error| Error::Damaged {
            path: path.clone(),
            problem: error.to_string(),
        })?;
        if state.version != VERSION {
            let problem = format!("it is of format {}, this program knows {VERSION}", state.version);
            return Err(Error::Damaged { path, problem });
        }
        Ok(Some(state))
    }

    /// What the folder holds, or a new one.
    pub(crate) fn read_or_new(dir: &Path) -> Result<Self, Error> {
        let id: [u8; 8] = rand::random();
        Ok(Self::read(dir)?.unwrap_or_else(|| Self::new(format!("GREENROOM{}", hex::encode_upper(id)))))
    }

    pub(crate) fn write(&self, dir: &Path) -> Result<(), Error> {
        let path = dir.join("state.json");
        let text = serde_json::to_string_pretty(self).map_err(|error| Error::Damaged {
            path: path.clone(),
            problem: error.to_string(),
        })?;
        write_private(&path, &text)
    }

    pub(crate) fn profile(&self) -> greenroom_domain::profile::Profile {
        let ports = self
            .servers
            .iter()
            .filter_map(|(store, server)| Some((*store, *server.ports.first()?)))
            .collect();
        profile::of(&ports, &self.s3_access_key_id, "secrets.toml")
    }
}

/// The stack's secrets, made where there are none.
pub(crate) fn secrets(dir: &Path) -> Result<Secrets, Error> {
    let path = dir.join("secrets.toml");
    let damaged = |problem: String| Error::Damaged {
        path: path.clone(),
        problem,
    };
    if let Some(text) = read_if_there(&path)? {
        return toml::from_str(&text).map_err(|error| damaged(error.message().to_owned()));
    }
    let secrets = Secrets::generate();
    write_private(
        &path,
        &toml::to_string(&secrets).map_err(|error| damaged(error.to_string()))?,
    )?;
    Ok(secrets)
}

fn read_if_there(path: &Path) -> Result<Option<String>, Error> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file("read", path)(error)),
    }
}

/// Writes a file that only its owner may read, in one step: a reader sees the old text or the new.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<(), Error> {
    let partial = path.with_extension(format!("{}.partial", std::process::id()));
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&partial)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| std::fs::rename(&partial, path));
    written.map_err(Error::file("write", path))
}

/// Waits for the folder's lock; it is let go when the file is dropped, also when the process is killed.
pub(crate) fn lock(dir: &Path) -> Result<File, Error> {
    let path: PathBuf = dir.join("lock");
    let file = File::options()
        .create(true)
        .append(true)
        .open(&path)
        .map_err(Error::file("open", &path))?;
    file.lock().map_err(Error::file("lock", &path))?;
    Ok(file)
}
