//! PostgreSQL: SCRAM for everyone, TCP on loopback only, ready for incremental base backups.
//!
//! It refuses to run as root: then it runs as `nobody` through `setpriv`, with a copy of its programs where that user can
//! reach them and, for a stack under a closed folder (root's home), the one right to walk through folders.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use greenroom_domain::StoreKind;

use super::Place;
use crate::profile::{DATABASE, USER};
use crate::stack::Durability;
use crate::{Error, state};

/// `nobody`, wherever it has a number at all.
const NOBODY: u32 = 65534;

pub(super) fn prepare(place: &Place) -> Result<(), Error> {
    let failed = |problem: String| Error::prepare(StoreKind::Postgres, problem);
    if place.data.join("cluster/PG_VERSION").is_file() {
        return configure(place);
    }
    // Made beside its place and renamed: a set-up that was cut off leaves nothing that looks whole.
    let half_made = place.data.join("cluster.partial");
    if half_made.exists() {
        std::fs::remove_dir_all(&half_made).map_err(Error::file("remove", &half_made))?;
    }
    let password = place.data.join("password.partial");
    state::write_private(&password, &place.secret)?;
    if is_root() {
        for path in [&place.data, &password] {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).map_err(Error::file("hand over", path))?;
        }
    }
    let mut command = run(place, "initdb")?;
    command.arg("-D").arg(&half_made).args([
        "--locale=C",
        "--encoding=UTF8",
        "--auth=scram-sha-256",
        "--no-instructions",
    ]);
    command
        .args(["-U", USER])
        .arg(format!("--pwfile={}", password.display()));
    if place.durability == Durability::Fast {
        command.arg("--no-sync");
    }
    let output = output(command);
    std::fs::remove_file(&password).map_err(Error::file("remove", &password))?;
    output.map_err(failed)?;
    std::fs::rename(&half_made, place.data.join("cluster")).map_err(Error::file("put in place", &half_made))?;
    configure(place)
}

/// Our settings, apart from the server's own file; written anew at each start.
fn configure(place: &Place) -> Result<(), Error> {
    let cluster = place.data.join("cluster");
    let ours = cluster.join("greenroom.conf");
    let mut text = format!(
        "port = {}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 200\n\
         timezone = 'UTC'\nlog_timezone = 'UTC'\nwal_level = replica\nsummarize_wal = on\nmax_slot_wal_keep_size = '1GB'\n",
        place.port()
    );
    if place.durability == Durability::Fast {
        text.push_str("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum_naptime = '5min'\n");
    }
    state::write_private(&ours, &text)?;
    if is_root() {
        std::os::unix::fs::chown(&ours, Some(NOBODY), Some(NOBODY)).map_err(Error::file("hand over", &ours))?;
    }
    let main = cluster.join("postgresql.conf");
    let found = std::fs::read_to_string(&main).map_err(Error::file("read", &main))?;
    let include = "include = 'greenroom.conf'\n";
    if !found.contains(include) {
        std::fs::write(&main, found + "\n" + include).map_err(Error::file("write", &main))?;
    }
    Ok(())
}

pub(super) fn command(place: &Place) -> Result<Command, Error> {
    let mut command = run(place, "postgres")?;
    command.arg("-D").arg(place.data.join("cluster"));
    Ok(command)
}

pub(super) fn probe(place: &Place) -> Result<(), String> {
    sql(place, DATABASE, "select 1").map(drop)
}

pub(super) fn after_start(place: &Place) -> Result<(), String> {
    let found = sql(
        place,
        "postgres",
        &format!("select count(*) from pg_database where datname = '{DATABASE}'"),
    )?;
    if found.trim() == "0" {
        sql(place, "postgres", &format!("create database {DATABASE}")).map(drop)
    } else {
        Ok(())
    }
}

/// Runs one statement through `psql`; the password travels in the environment.
pub(crate) fn sql(place: &Place, database: &str, statement: &str) -> Result<String, String> {
    let mut command = Command::new(place.beside("psql"));
    command
        .env("PGPASSWORD", &place.secret)
        .env("PGCONNECT_TIMEOUT", "3")
        .env("PGOPTIONS", "-c statement_timeout=30000")
        .args([
            "-XAtq",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            "127.0.0.1",
            "-U",
            USER,
            "-p",
            &place.port().to_string(),
        ])
        .args(["-d", database, "-c", statement]);
    output(command).map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn output(mut command: Command) -> Result<Output, String> {
    let output = command
        .stdin(std::process::Stdio::null())
        .output()
        .map_err(|error| format!("could not start {}: {error}", command.get_program().to_string_lossy()))?;
    if output.status.success() {
        Ok(output)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}

/// A program of the server's, as a user it accepts.
fn run(place: &Place, program: &str) -> Result<Command, Error> {
    let mut words: Vec<String> = Vec::new();
    let mut folder = place.binary.parent().unwrap_or(Path::new("/")).to_owned();
    if is_root() {
        folder = within_reach(&folder)?;
        words.extend(["--reuid", "65534", "--regid", "65534", "--clear-groups"].map(str::to_owned));
        if !is_open(&place.data) {
            let right = "+dac_read_search";
            words.extend(["--inh-caps", right, "--ambient-caps", right].map(str::to_owned));
        }
    }
    // What prepares ends with us in any case: left alone, it would go on in the folder that the next caller prepares.
    if (place.with_us || program == "initdb") && cfg!(target_os = "linux") {
        words.extend(["--pdeathsig", "KILL"].map(str::to_owned));
    }
    let mut command = if words.is_empty() {
        Command::new(folder.join(program))
    } else {
        let mut setpriv = Command::new("setpriv");
        setpriv.args(words).arg("--").arg(folder.join(program));
        setpriv
    };
    // Names in the user's language, a stray PGDATA or PGPORT: nothing of the caller's environment is wanted.
    command
        .current_dir(&place.data)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("LC_ALL", "C");
    Ok(command)
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Whether any user can walk down to `path`.
fn is_open(path: &Path) -> bool {
    path.parent().is_none_or(|parent| {
        parent
            .ancestors()
            .all(|folder| std::fs::metadata(folder).is_ok_and(|facts| facts.permissions().mode() & 0o001 != 0))
    })
}

/// The installation around this `bin` folder, or a copy of it that every user can reach.
fn within_reach(folder: &Path) -> Result<PathBuf, Error> {
    if is_open(&folder.join("postgres")) {
        return Ok(folder.to_owned());
    }
    let installation = folder.parent().unwrap_or(folder);
    let name = installation.file_name().unwrap_or_default();
    let copies = PathBuf::from("/var/cache/greenroom/servers");
    let copy = copies.join(name);
    if !copy.join("bin/postgres").is_file() {
        std::fs::create_dir_all(&copies).map_err(Error::file("create", &copies))?;
        let half_made = copies.join(format!("{}.{}", name.to_string_lossy(), std::process::id()));
        let mut cp = Command::new("cp");
        cp.arg("-a").arg(installation).arg(&half_made);
        output(cp).map_err(|problem| Error::prepare(StoreKind::Postgres, problem))?;
        // Whoever renames second finds the other's copy, which is the same.
        if std::fs::rename(&half_made, &copy).is_err() {
            std::fs::remove_dir_all(&half_made).map_err(Error::file("remove", &half_made))?;
        }
    }
    Ok(copy.join("bin"))
}
