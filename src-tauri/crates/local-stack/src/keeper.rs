//! Starts processes from one thread that never ends, and collects those that have ended.
//!
//! The thread matters: the kernel ties "end with your parent" to the thread that started the child, so that a server started
//! from a pool's thread would be killed when that thread is retired.

use std::fs::File;
use std::process::{Child, Command};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, OnceLock, PoisonError};

type Job = (Command, Sender<std::io::Result<u32>>);

static CHILDREN: Mutex<Vec<Child>> = Mutex::new(Vec::new());

/// Starts a program in a process group of its own, so that a Ctrl-C meant for us does not reach it.
pub(crate) fn spawn(mut command: Command, log: &File) -> std::io::Result<u32> {
    use std::os::unix::process::CommandExt as _;
    command
        .process_group(0)
        .stdin(std::process::Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log.try_clone()?);
    let (answer, answered) = channel();
    let gone = || std::io::Error::other("the thread that starts servers has ended");
    keeper()?.send((command, answer)).map_err(|_| gone())?;
    answered.recv().map_err(|_| gone())?
}

/// Collects children that have ended, so that they do not linger as zombies.
pub(crate) fn reap() {
    CHILDREN
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .retain_mut(|child| !matches!(child.try_wait(), Ok(Some(_))));
}

fn keeper() -> std::io::Result<Sender<Job>> {
    static KEEPER: OnceLock<Mutex<Sender<Job>>> = OnceLock::new();
    if let Some(sender) = KEEPER.get() {
        return Ok(sender.lock().unwrap_or_else(PoisonError::into_inner).clone());
    }
    let (sender, jobs) = channel::<Job>();
    std::thread::Builder::new()
        .name("server keeper".to_owned())
        .spawn(move || {
            for (mut command, answer) in jobs {
                let started = command.spawn().map(|child| {
                    let pid = child.id();
                    CHILDREN.lock().unwrap_or_else(PoisonError::into_inner).push(child);
                    pid
                });
                // Whoever asked may have given up; the child is on the list either way.
                let _ = answer.send(started);
            }
        })?;
    Ok(KEEPER
        .get_or_init(|| Mutex::new(sender))
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone())
}
