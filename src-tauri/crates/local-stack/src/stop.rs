//! Taking a stack down, and clearing away what a killed parent left behind.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use greenroom_domain::StoreKind;
use rustix::process::Signal;

use crate::Error;
use crate::process::{self, Mark};
use crate::servers::PROGRAMS;
use crate::stack::{Event, OnEvent, StackStatus, status_of};
use crate::state::{self, State};

/// How long a server may take to put its data in order.
const CLEAN_LIMIT: Duration = Duration::from_secs(30);
/// How long the kernel may take to end a process.
const KILL_LIMIT: Duration = Duration::from_secs(10);

pub(crate) fn down(dir: &Path) -> Result<StackStatus, Error> {
    if !dir.is_dir() {
        return status_of(dir);
    }
    let dir = &dir.canonicalize().map_err(Error::file("find", dir))?;
    let _lock = state::lock(dir)?;
    if let Some(mut state) = State::read(dir)? {
        std::thread::scope(|scope| {
            let threads: Vec<_> = state
                .servers
                .iter()
                .filter_map(|(store, server)| Some((*store, server.process.as_ref()?)))
                .map(|(store, mark)| scope.spawn(move || stop(store, mark)))
                .collect();
            threads
                .into_iter()
                .try_for_each(|thread| thread.join().unwrap_or(Err(Error::Interrupted)))
        })?;
        for server in state.servers.values_mut() {
            server.process = None;
        }
        reap_strays(dir, &state, &(std::sync::Arc::new(|_| ()) as OnEvent))?;
        state.write(dir)?;
    }
    status_of(dir)
}

/// Ends one server: politely, then not.
pub(crate) fn stop(store: StoreKind, mark: &Mark) -> Result<(), Error> {
    // A frozen server cannot obey before it is thawed.
    mark.signal_tree(Signal::CONT);
    // For PostgreSQL SIGTERM waits for clients to leave; SIGINT sends them away and still writes its checkpoint.
    mark.signal(if store == StoreKind::Postgres {
        Signal::INT
    } else {
        Signal::TERM
    });
    if mark.wait_gone(CLEAN_LIMIT) {
        return Ok(());
    }
    tracing::warn!(
        store = store.key(),
        pid = mark.pid,
        "{store} did not stop when asked: killing it"
    );
    mark.signal_tree(Signal::KILL);
    if mark.wait_gone(KILL_LIMIT) {
        Ok(())
    } else {
        Err(Error::Stuck { store, pid: mark.pid })
    }
}

/// Ends servers that work in this stack's folder but that its state does not know.
pub(crate) fn reap_strays(dir: &Path, state: &State, on_event: &OnEvent) -> Result<(), Error> {
    let marks = state.servers.values().filter_map(|server| server.process.as_ref());
    let known: BTreeSet<u32> = marks.filter(|mark| mark.is_alive()).map(|mark| mark.pid).collect();
    let data = dir.join("data");
    for store in StoreKind::ALL {
        let strays = process::working_in(&data.join(store.key()), &PROGRAMS);
        // A known server's own children work there too; they go with it.
        let family: BTreeSet<u32> = known
            .iter()
            .flat_map(|pid| process::descendants(*pid))
            .map(|mark| mark.pid)
            .collect();
        for stray in strays
            .iter()
            .filter(|stray| !known.contains(&stray.pid) && !family.contains(&stray.pid))
        {
            if stray.is_alive() {
                on_event(Event::Reaped(store, stray.pid));
                stop(store, stray)?;
            }
        }
    }
    Ok(())
}
