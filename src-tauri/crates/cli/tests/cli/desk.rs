//! A place to run the command at: a namespace on the shared servers, folders of its own, and what came out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use greenroom_domain::profile::Profile;
use greenroom_local_stack::testing;
use serde_json::Value;
use tempfile::TempDir;

/// A profile on a namespace of its own, and nothing of the user's.
pub struct Desk {
    home: TempDir,
    profile: Profile,
    path: PathBuf,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    /// On an empty namespace.
    pub async fn empty() -> Self {
        let stack = testing::shared().await;
        let (profile, _) = stack.namespace().await;
        let home = tempfile::tempdir().unwrap();
        let path = stack.write_profile(&profile, home.path());
        Self { home, profile, path }
    }

    /// On a namespace with our schema and a handful of made-up data.
    pub async fn seeded() -> Self {
        let desk = Self::empty().await;
        desk.run(&["migrate"]).done();
        desk.run(&["seed", "--scale", "users=12,meetings=30,recordings=8,logs=40", "--yes"])
            .done();
        desk
    }

    /// The same desk with its profile changed.
    pub async fn with(mut self, change: impl FnOnce(&mut Profile)) -> Self {
        change(&mut self.profile);
        self.path = testing::shared().await.write_profile(&self.profile, self.home.path());
        self
    }

    /// A folder of its own.
    pub fn folder(&self) -> &Path {
        self.home.path()
    }

    /// The command, ready to run on this desk's profile.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = bare(args, self.home.path());
        command.env("GREENROOM_PROFILE", &self.path);
        command
    }

    /// Runs it to its end.
    pub fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args).output().unwrap())
    }

    /// Runs it with `--json` and reads the document.
    pub fn json(&self, args: &[&str]) -> Value {
        let mut args = args.to_vec();
        args.push("--json");
        self.run(&args).done().document()
    }
}

/// The command without any profile, its folders under `home`.
pub fn bare(args: &[&str], home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    command.args(args).stdin(Stdio::null());
    for (name, _) in std::env::vars_os().filter(|(name, _)| {
        let name = name.to_string_lossy();
        name.starts_with("GREENROOM_") && name != "GREENROOM_CACHE"
    }) {
        command.env_remove(name);
    }
    command
        .env("GREENROOM_CONFIG_DIR", home.join("config"))
        .env("GREENROOM_STATE_DIR", home.join("state"))
        .env("GREENROOM_CACHE_DIR", home.join("cache"))
        .env("GREENROOM_STACK", home.join("no-stack"))
        .env("GREENROOM_KEYCHAIN", "off");
    command
}

pub fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    /// It ended well.
    #[track_caller]
    pub fn done(self) -> Self {
        assert_eq!(self.code, 0, "{self:#?}");
        self
    }

    /// It ended with this code.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// All of stdout is one JSON document.
    #[track_caller]
    pub fn document(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// All of stderr is one JSON error, and stdout is empty.
    #[track_caller]
    pub fn error(&self) -> Value {
        assert_eq!(self.stdout, "", "{self:#?}");
        let whole: Value = serde_json::from_str(&self.stderr).unwrap_or_else(|error| panic!("{error}: {self:#?}"));
        whole["error"].clone()
    }

    /// Each line of stdout is a JSON value.
    #[track_caller]
    pub fn lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}
