//! Bringing a stack up: find, clear away, start side by side, wait until each answers.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::process::Mark;
use crate::servers::{self, Place, find};
use crate::stack::{Event, StackInfo, UpOptions, places, status_of};
use crate::state::{self, Server, State};
use crate::{Error, keeper, logs, ports, stop};

/// How long a server may take to answer; a big database that recovers from a crash needs some.
const READY_LIMIT: Duration = Duration::from_secs(90);
/// How often other ports are tried when one was taken between looking and binding.
const PORT_ATTEMPTS: usize = 5;

pub(crate) fn up(options: &UpOptions) -> Result<StackInfo, Error> {
    let dir = &options.dir;
    for folder in [dir.clone(), dir.join("data"), dir.join("logs")] {
        std::fs::create_dir_all(&folder).map_err(Error::file("create", &folder))?;
    }
    let dir = &dir.canonicalize().map_err(Error::file("find", dir))?;
    let _lock = state::lock(dir)?;
    let secrets = state::secrets(dir)?;
    let mut state = State::read_or_new(dir)?;
    choose(options, &mut state)?;
    state.write(dir)?;
    stop::reap_strays(dir, &state, &options.on_event)?;

    let places = places(dir, &state, &secrets, options.durability, options.life);
    let shared = Mutex::new(state);
    let started: Vec<Result<(), Error>> = std::thread::scope(|scope| {
        let threads: Vec<_> = options
            .only
            .iter()
            .map(|store| {
                let (place, shared) = (places[store].clone(), &shared);
                scope.spawn(move || start_one(dir, place, shared, options))
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or(Err(Error::Interrupted)))
            .collect()
    });
    let state = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    let profile_path = dir.join("profile.toml");
    let profile = state.profile();
    let text = toml::to_string(&profile).map_err(|error| Error::Damaged {
        path: profile_path.clone(),
        problem: error.to_string(),
    })?;
    state::write_private(&profile_path, &text)?;
    started.into_iter().collect::<Result<(), Error>>()?;
    Ok(StackInfo {
        dir: dir.clone(),
        profile_path,
        profile,
        secrets,
        status: status_of(dir)?,
    })
}

/// Picks a program for each store. Data stays with the program that wrote it while that is still there.
fn choose(options: &UpOptions, state: &mut State) -> Result<(), Error> {
    let mut missing = Vec::new();
    for &store in &options.only {
        let server = state.servers.entry(store).or_default();
        if server.found.as_ref().is_none_or(|found| !found.binary.is_file()) {
            match find::find(store, &options.servers) {
                Ok(found) => server.found = Some(found),
                Err(why) => missing.push((store, why)),
            }
        }
        if let Some(found) = &server.found {
            (options.on_event)(Event::Took(store, found.clone()));
        }
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Error::Missing(missing))
    }
}

fn start_one(dir: &Path, mut place: Place, shared: &Mutex<State>, options: &UpOptions) -> Result<(), Error> {
    let store = place.store;
    let record = |change: &dyn Fn(&mut Server)| {
        let mut state = shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = state.servers.get_mut(&store) {
            change(server);
        }
        state.write(dir)
    };
    let running = shared
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .servers
        .get(&store)
        .and_then(|server| server.process.clone())
        .filter(Mark::is_alive);
    if let Some(mark) = running {
        if servers::probe(&place).is_ok() {
            (options.on_event)(Event::AlreadyUp(store));
            return Ok(());
        }
        // It runs and does not answer: frozen, or not yet ready for whoever was killed while waiting for it.
        stop::stop(store, &mark)?;
    }
    for attempt in 1.. {
        servers::prepare(&place)?;
        let log = logs::open(&place.log)?;
        let said_before = log.metadata().map_or(0, |facts| facts.len());
        (options.on_event)(Event::Starting(store));
        let since = Instant::now();
        let command = servers::command(&place)?;
        let pid = keeper::spawn(command, &log).map_err(|source| Error::Spawn {
            program: place.binary.display().to_string(),
            source,
        })?;
        let mark = Mark::of(pid);
        record(&|server| server.process.clone_from(&mark))?;
        match wait_ready(&place, mark.as_ref(), since) {
            Ok(()) => {
                (options.on_event)(Event::Ready(
                    store,
                    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX),
                ));
                return Ok(());
            }
            Err(problem) => {
                if let Some(mark) = &mark {
                    stop::stop(store, mark)?;
                }
                record(&|server| server.process = None)?;
                if attempt >= PORT_ATTEMPTS || !says_port_taken(&place.log, said_before) {
                    return Err(Error::NotReady {
                        store,
                        problem,
                        log: place.log,
                    });
                }
                let (count, shadowed) = servers::ports(store);
                place.ports = ports::free(count, shadowed);
                record(&|server| server.ports.clone_from(&place.ports))?;
            }
        }
    }
    Ok(())
}

fn wait_ready(place: &Place, mark: Option<&Mark>, since: Instant) -> Result<(), String> {
    loop {
        let alive = mark.is_some_and(Mark::is_alive);
        match servers::after_start(place).and_then(|()| servers::probe(place)) {
            // Somebody else's server on our port would not know our secret; one that ended is not ours to trust.
            Ok(()) if alive => return Ok(()),
            _ if !alive => return Err("it ended".to_owned()),
            Err(problem) if since.elapsed() > READY_LIMIT => return Err(problem),
            _ => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// Whether the log, from where this start began, complains about a port in use.
fn says_port_taken(log: &Path, from: u64) -> bool {
    let text = std::fs::read(log).unwrap_or_default();
    let new = text
        .get(usize::try_from(from).unwrap_or(usize::MAX)..)
        .unwrap_or_default();
    let new = String::from_utf8_lossy(new).to_lowercase();
    ["address already in use", "addrinuse", "address in use"]
        .iter()
        .any(|sign| new.contains(sign))
}
