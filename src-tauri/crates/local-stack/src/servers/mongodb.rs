//! MongoDB: a real `mongod` as a replica set of one, or `secantusd-rs`, which speaks its protocol. SCRAM on for everyone.
//!
//! The first user is made while authentication is still off, on a port nobody knows, before the server starts for good.
//! Messages follow <https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#op_msg>.

use std::io::{Read as _, Write as _};
use std::process::Command;
use std::time::{Duration, Instant};

use bson::{Document, doc};
use greenroom_domain::StoreKind;

use super::{PROBE_LIMIT, Place};
use crate::process::Mark;
use crate::profile::USER;
use crate::stack::Durability;
use crate::{Error, http, keeper, logs, ports, state};

/// How long the first start may take.
const FIRST_START: Duration = Duration::from_secs(60);
const OP_MSG: i32 = 2013;
/// The largest answer that is read.
const LIMIT: u32 = 1 << 20;

pub(super) fn prepare(place: &Place) -> Result<(), Error> {
    let done = place.data.join("user-made");
    if done.is_file() {
        return Ok(());
    }
    if is_mongod(place) {
        // Members of a replica set must share a key file when authentication is on.
        state::write_private(&place.data.join("keyfile"), &place.secret)?;
    }
    let log = logs::open(&place.log)?;
    // A replica set remembers its members' ports, so that `mongod` is prepared on the port it will keep.
    let ports = if is_mongod(place) {
        place.ports.clone()
    } else {
        ports::free(1, false)
    };
    let unlocked = Place {
        ports,
        with_us: true,
        ..place.clone()
    };
    let started = keeper::spawn(base(&unlocked), &log).map_err(|source| Error::Spawn {
        program: place.binary.display().to_string(),
        source,
    })?;
    let failed = |problem: String| Error::prepare(StoreKind::Mongodb, problem);
    let mark = Mark::of(started).ok_or_else(|| failed("it ended at once".to_owned()))?;
    let made = make_user(&unlocked);
    mark.signal(rustix::process::Signal::TERM);
    if !mark.wait_gone(Duration::from_secs(30)) {
        mark.signal_tree(rustix::process::Signal::KILL);
    }
    made.map_err(failed)?;
    std::fs::write(&done, "").map_err(Error::file("write", &done))
}

fn make_user(place: &Place) -> Result<(), String> {
    let until = Instant::now() + FIRST_START;
    let mut asked_for_set = false;
    loop {
        match call(place.port(), &doc! { "hello": 1, "$db": "admin" }) {
            Ok(answer) if answer.get_bool("isWritablePrimary").unwrap_or_default() => break,
            Ok(_) if is_mongod(place) && !asked_for_set => {
                let set =
                    doc! { "_id": "local", "members": [{ "_id": 0, "host": format!("127.0.0.1:{}", place.port()) }] };
                call(place.port(), &doc! { "replSetInitiate": set, "$db": "admin" })?;
                asked_for_set = true;
            }
            Ok(_) | Err(_) if Instant::now() < until => std::thread::sleep(Duration::from_millis(30)),
            Ok(answer) => return Err(format!("it did not become writable: {answer}")),
            Err(problem) => return Err(problem),
        }
    }
    let made = doc! {
        "createUser": USER, "pwd": &place.secret, "roles": [{ "role": "root", "db": "admin" }],
        "mechanisms": ["SCRAM-SHA-256"], "$db": "admin",
    };
    match call(place.port(), &made) {
        Err(problem) if !problem.contains("already exists") => Err(problem),
        _ => Ok(()),
    }
}

pub(super) fn command(place: &Place) -> Command {
    let mut command = base(place);
    if is_mongod(place) {
        command.arg("--auth").arg("--keyFile").arg(place.data.join("keyfile"));
    } else {
        command.arg("--auth");
    }
    command
}

/// The server without authentication.
fn base(place: &Place) -> Command {
    let mut command = place.command();
    let port = place.port().to_string();
    if is_mongod(place) {
        command.args(["--bind_ip", "127.0.0.1", "--port", &port, "--replSet", "local"]);
        command
            .args(["--nounixsocket", "--wiredTigerCacheSizeGB", "0.5", "--dbpath"])
            .arg(&place.data);
    } else {
        command.args(["--host", "127.0.0.1", "--port", &port, "--log-level", "WARNING"]);
        command
            .args(["--cache-size", "512M", "--log-file-max", "32MB", "--storage-path"])
            .arg(place.data.join("store"));
        if place.durability == Durability::Safe {
            command.arg("--sync-on-commit");
        }
    }
    command
}

fn is_mongod(place: &Place) -> bool {
    place.binary.file_name().is_some_and(|name| name == "mongod")
}

/// It answers, takes writes, and refuses to list anything to someone who has not signed in.
pub(super) fn probe(place: &Place) -> Result<(), String> {
    let answer = call(place.port(), &doc! { "hello": 1, "$db": "admin" })?;
    if !answer.get_bool("isWritablePrimary").unwrap_or_default() {
        return Err("it does not take writes yet".to_owned());
    }
    match call(place.port(), &doc! { "listDatabases": 1, "$db": "admin" }) {
        Err(problem) if problem.contains("authenti") || problem.contains("authori") => Ok(()),
        Err(problem) => Err(problem),
        Ok(_) => Err("it lists its databases to anyone".to_owned()),
    }
}

/// One command without signing in.
fn call(port: u16, command: &Document) -> Result<Document, String> {
    let body = command.to_vec().map_err(|error| error.to_string())?;
    let length = i32::try_from(16 + 4 + 1 + body.len()).map_err(|error| error.to_string())?;
    let mut message = Vec::new();
    for part in [length, 1, 0, OP_MSG, 0] {
        message.extend(part.to_le_bytes());
    }
    message.push(0);
    message.extend(body);
    let mut stream = http::connect(port, PROBE_LIMIT)?;
    let lost = |error: std::io::Error| format!("no answer: {error}");
    stream.write_all(&message).map_err(lost)?;
    let mut head = [0; 21];
    stream.read_exact(&mut head).map_err(lost)?;
    let size = u32::from_le_bytes([head[0], head[1], head[2], head[3]]);
    if !(21..LIMIT).contains(&size) {
        return Err("the answer is not MongoDB's".to_owned());
    }
    let mut body = vec![0; (size - 21) as usize];
    stream.read_exact(&mut body).map_err(lost)?;
    let answer = Document::from_reader(body.as_slice()).map_err(|error| format!("the answer is not BSON: {error}"))?;
    let done = answer
        .get("ok")
        .is_some_and(|ok| ok.as_f64() == Some(1.0) || ok.as_i32() == Some(1));
    if done {
        Ok(answer)
    } else {
        let said = answer.get_str("errmsg").unwrap_or("refused without a word");
        Err(format!("{} {said}", answer.get_str("codeName").unwrap_or_default()))
    }
}
