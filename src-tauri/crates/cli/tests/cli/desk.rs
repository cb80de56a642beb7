//! A place to run the command at: a namespace on the shared servers, folders of its own, and what came out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use greenroom_domain::access::WritePermit;
use greenroom_domain::profile::Profile;
use greenroom_local_stack::testing;
use greenroom_store_s3::{S3, objects};
use serde_json::Value;
use tempfile::TempDir;

/// The size of a seeded desk's one object.
pub(crate) const CLIP_BYTES: usize = 300_000;

/// A profile on a namespace of its own, and nothing of the user's.
pub(crate) struct Desk {
    home: TempDir,
    profile: Profile,
    path: PathBuf,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    /// On an empty namespace.
    pub(crate) async fn empty() -> Self {
        let stack = testing::shared().await;
        let (profile, _) = stack.namespace().await;
        let home = tempfile::tempdir().unwrap();
        let path = stack.write_profile(&profile, home.path());
        Self { home, profile, path }
    }

    /// On a namespace with our schema and a handful of made-up data; the newest recording has an object, of [`CLIP_BYTES`].
    pub(crate) async fn seeded() -> Self {
        let desk = Self::empty().await;
        desk.run(&["migrate"]).done();
        let scale = "users=12,meetings=30,participants=90,recordings=8,sessions=12,chat=60,logs=60";
        desk.run(&["seed", "--scale", scale, "--yes"]).done();
        let newest = desk.json(&["recording", "list", "--limit", "1"])["items"][0]["file_path"].clone();
        desk.put(newest.as_str().unwrap(), vec![b'x'; CLIP_BYTES]).await;
        desk
    }

    /// Puts an object into the namespace's bucket.
    async fn put(&self, key: &str, bytes: Vec<u8>) {
        let secrets = std::fs::read_to_string(self.home.path().join("secrets.toml")).unwrap();
        let secrets: toml::Table = secrets.parse().unwrap();
        let limit = std::time::Duration::from_secs(10);
        let s3 = S3::connect(&self.profile.s3, secrets["s3"].as_str(), limit)
            .await
            .unwrap();
        objects::put(&s3, &WritePermit::issue(), key, bytes).await.unwrap();
    }

    /// The same desk with its profile changed.
    pub(crate) async fn with(mut self, change: impl FnOnce(&mut Profile)) -> Self {
        change(&mut self.profile);
        self.path = testing::shared().await.write_profile(&self.profile, self.home.path());
        self
    }

    /// A folder of its own.
    pub(crate) fn folder(&self) -> &Path {
        self.home.path()
    }

    /// The command, ready to run on this desk's profile.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = bare(args, self.home.path());
        command.env("GREENROOM_PROFILE", &self.path);
        command
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args).output().unwrap())
    }

    /// Runs it with `--json` and reads the document.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let mut args = args.to_vec();
        args.push("--json");
        self.run(&args).done().document()
    }
}

/// The command without any profile, its folders under `home`.
pub(crate) fn bare(args: &[&str], home: &Path) -> Command {
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

pub(crate) fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    /// It ended well.
    #[track_caller]
    pub(crate) fn done(self) -> Self {
        assert_eq!(self.code, 0, "{self:#?}");
        self
    }

    /// It ended with this code.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// All of stdout is one JSON document.
    #[track_caller]
    pub(crate) fn document(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// All of stderr is one JSON error, and stdout is empty.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        assert_eq!(self.stdout, "", "{self:#?}");
        let whole: Value = serde_json::from_str(&self.stderr).unwrap_or_else(|error| panic!("{error}: {self:#?}"));
        whole["error"].clone()
    }

    /// Each line of stdout is a JSON value.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}
