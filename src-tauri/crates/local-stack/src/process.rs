//! Processes by id and start time: is it still the one we started, end it, freeze it. Never a process whose start time differs.
//!
//! Linux reads /proc; other Unix systems ask `ps`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde::{Deserialize, Serialize};

/// One process, told apart from a later one that got the same id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    pub(crate) pid: u32,
    /// Boot id and start time in clock ticks (Linux), or `ps`'s start time.
    pub(crate) started: String,
}

impl Mark {
    /// The mark of a process that runs now.
    pub(crate) fn of(pid: u32) -> Option<Self> {
        read(pid).map(|seen| Self {
            pid,
            started: seen.started,
        })
    }

    /// Whether it is still that process and has not ended.
    pub(crate) fn is_alive(&self) -> bool {
        crate::keeper::reap();
        read(self.pid).is_some_and(|seen| seen.started == self.started && !seen.ended)
    }

    /// Sends a signal to it alone; `false` where it is gone.
    pub(crate) fn signal(&self, signal: Signal) -> bool {
        self.is_alive() && pid_of(self.pid).is_some_and(|pid| kill_process(pid, signal).is_ok())
    }

    /// Sends a signal to it and to every process it started, it first.
    pub(crate) fn signal_tree(&self, signal: Signal) {
        let tree = if self.is_alive() {
            descendants(self.pid)
        } else {
            Vec::new()
        };
        self.signal(signal);
        for child in tree {
            child.signal(signal);
        }
    }

    /// Waits until it has ended; `false` where it still runs after `limit`.
    pub(crate) fn wait_gone(&self, limit: Duration) -> bool {
        let until = Instant::now() + limit;
        while self.is_alive() {
            if Instant::now() > until {
                return false;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        true
    }
}

struct Seen {
    started: String,
    ended: bool,
}

fn pid_of(pid: u32) -> Option<Pid> {
    i32::try_from(pid).ok().and_then(Pid::from_raw)
}

#[cfg(target_os = "linux")]
fn read(pid: u32) -> Option<Seen> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold anything, so count from the last one: state is field 3, start time field 22.
    let rest: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    Some(Seen {
        ended: matches!(*rest.first()?, "Z" | "X"),
        started: format!("{} {}", boot.trim(), rest.get(19)?),
    })
}

#[cfg(not(target_os = "linux"))]
fn read(pid: u32) -> Option<Seen> {
    let output = std::process::Command::new("ps")
        .args(["-o", "state=,lstart=", "-p", &pid.to_string()])
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (state, started) = text.trim().split_once(' ')?;
    Some(Seen {
        ended: state.starts_with('Z'),
        started: started.trim().to_owned(),
    })
}

/// Every process that `pid` started, and theirs.
pub(crate) fn descendants(pid: u32) -> Vec<Mark> {
    let parents: Vec<(u32, u32)> = all()
        .into_iter()
        .filter_map(|child| Some((child, parent(child)?)))
        .collect();
    let mut found = Vec::new();
    let mut front = vec![pid];
    while let Some(next) = front.pop() {
        for &(child, _) in parents.iter().filter(|(_, of)| *of == next) {
            front.push(child);
            found.extend(Mark::of(child));
        }
    }
    found
}

fn all() -> Vec<u32> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect()
}

fn parent(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// Server processes that work in `folder` (their working directory is in it), whoever started them: what a parent that was
/// killed between starting a server and writing it down has left behind. Linux only; elsewhere `state.json` is all there is.
pub(crate) fn working_in(folder: &Path, programs: &[&str]) -> Vec<Mark> {
    let Ok(folder) = folder.canonicalize() else {
        return Vec::new();
    };
    all()
        .into_iter()
        .filter(|&pid| {
            let link = |name: &str| std::fs::read_link(format!("/proc/{pid}/{name}")).unwrap_or_default();
            // A program that was replaced on disk reads "/usr/bin/etcd (deleted)".
            let program: PathBuf = link("exe");
            let name = program.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            programs.contains(&name.trim_end_matches(" (deleted)")) && link("cwd").starts_with(&folder)
        })
        .filter_map(Mark::of)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_with_another_start_time_is_never_touched() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let mut mark = Mark::of(child.id()).unwrap();
        assert!(mark.is_alive());
        let real = std::mem::replace(&mut mark.started, "another boot 1".to_owned());
        assert!(!mark.is_alive());
        assert!(!mark.signal(Signal::KILL));
        mark.started = real;
        assert!(mark.signal(Signal::KILL));
        child.wait().unwrap();
        assert!(!mark.is_alive());
    }
}
