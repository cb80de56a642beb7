//! Which server programs there are: a folder that was named, this machine's own, then what `cargo xtask setup` fetched.
//!
//! The machine's own comes first where it is new enough; among several of one kind the newest wins.

use std::path::{Path, PathBuf};
use std::process::Command;

use greenroom_domain::StoreKind;
use serde::{Deserialize, Serialize};

/// Where to look for servers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ServerChoice {
    /// This machine's, then the cache.
    #[default]
    Auto,
    /// In this folder (its own files, `bin/`, and `*/bin/`) before anywhere else.
    Folder(PathBuf),
}

/// A server program that can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The program.
    pub binary: PathBuf,
    /// What it is, such as `postgres`, `mongod` or `secantusd-rs`.
    pub program: String,
    /// Its version as it says it.
    pub version: String,
    /// Where it came from: `named folder`, `this machine` or `cache`.
    pub origin: String,
}

/// What is looked for: program names in order of preference and the oldest version that will do.
struct Wanted {
    programs: &'static [&'static str],
    at_least: Version,
    /// Why not an older one.
    because: &'static str,
    arguments: &'static [&'static str],
}

type Version = [u32; 3];

fn wanted(store: StoreKind) -> Wanted {
    match store {
        StoreKind::Postgres => Wanted {
            programs: &["postgres"],
            at_least: [17, 0, 0],
            because: "incremental base backups",
            arguments: &["--version"],
        },
        StoreKind::Redis => Wanted {
            programs: &["redis-server", "valkey-server"],
            at_least: [6, 2, 0],
            because: "access control lists",
            arguments: &["--version"],
        },
        StoreKind::Mongodb => Wanted {
            programs: &["mongod", "secantusd-rs"],
            at_least: [0, 5, 3],
            because: "change streams",
            arguments: &["--version"],
        },
        StoreKind::S3 => Wanted {
            programs: &["weed"],
            at_least: [0, 0, 0],
            because: "",
            arguments: &["version"],
        },
        StoreKind::Etcd => Wanted {
            programs: &["etcd"],
            at_least: [3, 5, 3],
            because: "3.5.0 to 3.5.2 lose data",
            arguments: &["--version"],
        },
    }
}

/// The best program for `store`, or what was looked at and why it will not do.
pub(crate) fn find(store: StoreKind, choice: &ServerChoice) -> Result<Found, String> {
    let wanted = wanted(store);
    let mut rejected = Vec::new();
    let folders = [
        ("named folder", named(choice)),
        ("this machine", machine(store)),
        ("cache", below(&cache_dir().join("servers"))),
    ];
    for program in wanted.programs {
        for (origin, folders) in &folders {
            let mut fitting: Vec<(Version, Found)> = Vec::new();
            for binary in folders
                .iter()
                .map(|folder| folder.join(program))
                .filter(|path| path.is_file())
            {
                match version_of(&binary, wanted.arguments) {
                    Some((version, text)) if version >= wanted.at_least => fitting.push((
                        version,
                        Found {
                            binary,
                            program: (*program).to_owned(),
                            version: text,
                            origin: (*origin).to_owned(),
                        },
                    )),
                    Some((_, text)) => rejected.push(format!(
                        "{} is {text}, too old for {}",
                        binary.display(),
                        wanted.because
                    )),
                    None => rejected.push(format!("{} does not run", binary.display())),
                }
            }
            // The newest; of equals the first.
            let newest = fitting.iter().map(|(version, _)| *version).max();
            if let Some((_, found)) = fitting.into_iter().find(|(version, _)| Some(*version) == newest) {
                return Ok(found);
            }
        }
    }
    rejected.sort();
    rejected.dedup();
    if rejected.is_empty() {
        Err(format!("no {}", wanted.programs.join(" or ")))
    } else {
        Err(rejected.join("; "))
    }
}

/// `$GREENROOM_CACHE`, else `greenroom` in the user's cache folder: where `cargo xtask setup` keeps what it fetches.
pub(crate) fn cache_dir() -> PathBuf {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    set("GREENROOM_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|folder| folder.join("greenroom")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/greenroom")))
        .unwrap_or_else(|| std::env::temp_dir().join("greenroom"))
}

fn named(choice: &ServerChoice) -> Vec<PathBuf> {
    match choice {
        ServerChoice::Auto => Vec::new(),
        ServerChoice::Folder(folder) => [vec![folder.clone(), folder.join("bin")], below(folder)].concat(),
    }
}

/// `FOLDER/*/bin`, the later names first.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    found.sort();
    found.reverse();
    found
}

fn machine(store: StoreKind) -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(["/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"].map(PathBuf::from));
    if store == StoreKind::Postgres {
        // Debian keeps servers off the PATH, one folder per major version; so does Homebrew.
        folders.extend(below(Path::new("/usr/lib/postgresql")));
        folders.extend(below(Path::new("/opt/homebrew/opt")));
    }
    folders
}

/// Its version as numbers and as text.
fn version_of(binary: &Path, arguments: &[&str]) -> Option<(Version, String)> {
    let output = Command::new(binary)
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    first_version(&text)
}

/// The first `1.2` or `1.2.3` in a text, whatever follows it.
fn first_version(text: &str) -> Option<(Version, String)> {
    for word in text.split(|c: char| c.is_whitespace() || "=,()".contains(c)) {
        let word = word.strip_prefix('v').unwrap_or(word);
        let numbers: Vec<u32> = word
            .split(['.', '-', '+'])
            .map_while(|part| part.parse().ok())
            .take(3)
            .collect();
        if word.contains('.') && numbers.len() >= 2 {
            let at = |index: usize| numbers.get(index).copied().unwrap_or_default();
            return Some(([at(0), at(1), at(2)], word.to_owned()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_servers_say() {
        for (text, version) in [
            ("postgres (PostgreSQL) 17.10", [17, 10, 0]),
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", [15, 18, 0]),
            (
                "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64",
                [7, 0, 15],
            ),
            ("secantusd-rs 0.5.3-beta.196\nsource: crates.io", [0, 5, 3]),
            ("db version v8.0.4\nBuild Info: {", [8, 0, 4]),
            ("version 8000GB 4.48 pypi linux amd64", [4, 48, 0]),
            ("etcd Version: 3.5.16\nGo Version: go1.24.0", [3, 5, 16]),
        ] {
            assert_eq!(first_version(text).unwrap().0, version, "{text}");
        }
        assert_eq!(first_version("no version here"), None);
    }

    #[test]
    fn an_empty_folder_says_what_is_missing() {
        let empty = tempfile::tempdir().unwrap();
        let problem = find(StoreKind::S3, &ServerChoice::Folder(empty.path().to_owned()));
        // Present where `cargo xtask setup` has run; the message matters where it has not.
        assert!(problem.is_ok() || problem.unwrap_err().contains("weed"));
    }
}
