//! What can go wrong with a local stack.

use std::path::PathBuf;

use greenroom_domain::StoreKind;

/// Why a stack could not be started, asked or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No usable server program for these stores, each with what was looked at.
    #[error("no server found for {}: `cargo xtask setup` fetches them, or name a folder with --servers", list(.0))]
    Missing(Vec<(StoreKind, String)>),
    /// A file or folder of the stack could not be read or written.
    #[error("could not {operation} {}", path.display())]
    File {
        /// What was tried.
        operation: &'static str,
        /// Where.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// A file of the stack holds something else than what we write.
    #[error("{} is not what a stack writes: {problem}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A program would not start.
    #[error("could not start {program}")]
    Spawn {
        /// Which one.
        program: String,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// The first-time set-up of a server's data failed.
    #[error("could not prepare {store}: {problem}")]
    Prepare {
        /// Which store.
        store: StoreKind,
        /// What was said.
        problem: String,
    },
    /// A server ended, or did not answer in time.
    #[error("{store} did not come up: {problem} (its log: {})", log.display())]
    NotReady {
        /// Which store.
        store: StoreKind,
        /// What was said.
        problem: String,
        /// Where to read more.
        log: PathBuf,
    },
    /// A server would not end.
    #[error("{store} (process {pid}) did not stop")]
    Stuck {
        /// Which store.
        store: StoreKind,
        /// Its process.
        pid: u32,
    },
    /// The work was cut off with the runtime it ran on.
    #[error("the work on the stack was interrupted")]
    Interrupted,
}

impl Error {
    pub(crate) fn file(operation: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            operation,
            path,
            source,
        }
    }

    pub(crate) fn prepare(store: StoreKind, problem: impl Into<String>) -> Self {
        Self::Prepare {
            store,
            problem: problem.into(),
        }
    }
}

fn list(missing: &[(StoreKind, String)]) -> String {
    missing
        .iter()
        .map(|(store, why)| format!("{store} ({why})"))
        .collect::<Vec<_>>()
        .join(", ")
}
