//! Redis: password on for everyone, append-only file, told by its configuration file (a command line can be read by others).

use std::io::{Read as _, Write as _};
use std::process::Command;

use super::{PROBE_LIMIT, Place};
use crate::stack::Durability;
use crate::{Error, http, state};

pub(super) fn prepare(place: &Place) -> Result<(), Error> {
    // Written anew at each start: the port may have changed.
    let append_only = match place.durability {
        Durability::Safe => "yes",
        Durability::Fast => "no",
    };
    let text = format!(
        "bind 127.0.0.1\nport {}\nprotected-mode yes\nrequirepass {}\ndaemonize no\nappendonly {append_only}\nsave {}\n\
         dir {}\nlogfile \"\"\ntcp-backlog 128\n",
        place.port(),
        place.secret,
        if append_only == "yes" { "3600 1" } else { "\"\"" },
        quoted(&place.data.to_string_lossy()),
    );
    state::write_private(&place.data.join("redis.conf"), &text)
}

pub(super) fn command(place: &Place) -> Command {
    let mut command = place.command();
    command.arg(place.data.join("redis.conf"));
    command
}

pub(super) fn probe(place: &Place) -> Result<(), String> {
    let mut stream = http::connect(place.port(), PROBE_LIMIT)?;
    let ask = format!("AUTH {}\r\nPING\r\nQUIT\r\n", place.secret);
    stream
        .write_all(ask.as_bytes())
        .map_err(|error| format!("could not ask: {error}"))?;
    let mut answer = String::new();
    stream
        .take(4096)
        .read_to_string(&mut answer)
        .map_err(|error| format!("no answer: {error}"))?;
    // While it reads its files back it answers "-LOADING …" to PING.
    if answer.starts_with("+OK\r\n+PONG") {
        Ok(())
    } else {
        Err(format!("it answered {:?}", answer.trim()))
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
