//! What the five servers have in common: prepare the data once, start, ask whether it is ready.

pub(crate) mod etcd;
pub(crate) mod find;
pub(crate) mod mongodb;
pub(crate) mod postgres;
pub(crate) mod redis;
pub(crate) mod s3;

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use greenroom_domain::StoreKind;

use crate::Error;
use crate::stack::Durability;

/// How long one readiness question may take.
pub(crate) const PROBE_LIMIT: Duration = Duration::from_secs(2);

/// Program names a server, or what prepares its data, may run under, for telling our processes from others.
pub(crate) const PROGRAMS: [&str; 9] = [
    "postgres",
    "initdb",
    "redis-server",
    "redis-check-rdb",
    "valkey-server",
    "mongod",
    "secantusd-rs",
    "weed",
    "etcd",
];

/// Everything one server needs to know of its place in a stack.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) store: StoreKind,
    /// The server's own data folder; its working directory too.
    pub(crate) data: PathBuf,
    pub(crate) log: PathBuf,
    /// The first is the one clients use.
    pub(crate) ports: Vec<u16>,
    pub(crate) binary: PathBuf,
    pub(crate) secret: String,
    pub(crate) access_key_id: String,
    pub(crate) durability: Durability,
    /// The kernel ends the server with us.
    pub(crate) with_us: bool,
}

impl Place {
    pub(crate) fn port(&self) -> u16 {
        self.port_at(0)
    }

    pub(crate) fn port_at(&self, index: usize) -> u16 {
        self.ports.get(index).copied().unwrap_or_default()
    }

    /// A program beside the server's own.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.binary.with_file_name(name)
    }

    /// The server's command before its arguments: its working directory is its data folder, and the kernel ends it with us
    /// where that was asked for. `setpriv` is util-linux's; without it (not Linux) the next `up` clears away what is left.
    pub(crate) fn command(&self) -> Command {
        let mut command = if self.with_us && cfg!(target_os = "linux") {
            let mut setpriv = Command::new("setpriv");
            setpriv.args(["--pdeathsig", "KILL", "--"]).arg(&self.binary);
            setpriv
        } else {
            Command::new(&self.binary)
        };
        command.current_dir(&self.data);
        command
    }
}

/// How many ports it listens on, and whether each also takes the one 10,000 above.
pub(crate) fn ports(store: StoreKind) -> (usize, bool) {
    match store {
        StoreKind::S3 => (5, true),
        StoreKind::Etcd => (2, false),
        _ => (1, false),
    }
}

/// First-time set-up of the data; nothing where it was done before.
pub(crate) fn prepare(place: &Place) -> Result<(), Error> {
    std::fs::create_dir_all(&place.data).map_err(Error::file("create", &place.data))?;
    match place.store {
        StoreKind::Postgres => postgres::prepare(place),
        StoreKind::Redis => redis::prepare(place),
        StoreKind::Mongodb => mongodb::prepare(place),
        StoreKind::S3 | StoreKind::Etcd => Ok(()),
    }
}

/// The command that runs it in the foreground.
pub(crate) fn command(place: &Place) -> Result<Command, Error> {
    Ok(match place.store {
        StoreKind::Postgres => postgres::command(place)?,
        StoreKind::Redis => redis::command(place),
        StoreKind::Mongodb => mongodb::command(place),
        StoreKind::S3 => s3::command(place),
        StoreKind::Etcd => etcd::command(place),
    })
}

/// Whether it does its work for someone with the right secret, asked in its own protocol. The `Err` says why not (yet).
pub(crate) fn probe(place: &Place) -> Result<(), String> {
    match place.store {
        StoreKind::Postgres => postgres::probe(place),
        StoreKind::Redis => redis::probe(place),
        StoreKind::Mongodb => mongodb::probe(place),
        StoreKind::S3 => s3::probe(place),
        StoreKind::Etcd => etcd::probe(place),
    }
}

/// What has to exist before clients come (a database, a bucket, etcd's password); tried again until [`probe`] succeeds.
pub(crate) fn after_start(place: &Place) -> Result<(), String> {
    match place.store {
        StoreKind::Postgres => postgres::after_start(place),
        StoreKind::S3 => s3::after_start(place),
        StoreKind::Etcd => etcd::after_start(place),
        StoreKind::Redis | StoreKind::Mongodb => Ok(()),
    }
}
