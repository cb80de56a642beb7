//! Whole process trees from outside: their memory by PSS, and their end. Linux only, by /proc.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// The ids of `root` and all that descends from it.
pub(crate) fn tree(root: u32) -> Vec<u32> {
    let mut parent_of = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else {
            continue;
        };
        // The name in brackets may hold anything: what follows the last bracket is `state ppid …`.
        let Some((_, rest)) = stat.rsplit_once(')') else {
            continue;
        };
        if let Some(parent) = rest.split_whitespace().nth(1).and_then(|text| text.parse::<u32>().ok()) {
            parent_of.insert(pid, parent);
        }
    }
    let mut found = HashSet::from([root]);
    loop {
        let before = found.len();
        found.extend(
            parent_of
                .iter()
                .filter(|(_, parent)| found.contains(parent))
                .map(|(pid, _)| *pid)
                .collect::<Vec<_>>(),
        );
        if found.len() == before {
            return found.into_iter().collect();
        }
    }
}

/// Proportional set size of the tree, in MiB: shared pages are split among those who share them.
pub(crate) fn pss_mib(root: u32) -> f64 {
    let kib: u64 = tree(root)
        .into_iter()
        .filter_map(|pid| fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok())
        .filter_map(|text| {
            let line = text.lines().find(|line| line.starts_with("Pss:"))?.to_owned();
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        })
        .sum();
    kib as f64 / 1024.0
}

/// Ends a tree we started: politely, then not.
pub(crate) fn end(child: &mut Child) {
    let pids = tree(child.id());
    for signal in ["-TERM", "-KILL"] {
        let alive: Vec<String> = pids
            .iter()
            .filter(|pid| fs::exists(format!("/proc/{pid}")).unwrap_or(false))
            .map(u32::to_string)
            .collect();
        if alive.is_empty() {
            break;
        }
        Command::new("kill")
            .arg(signal)
            .args(&alive)
            .stderr(std::process::Stdio::null())
            .status()
            .ok();
        let deadline = Instant::now() + Duration::from_secs(3);
        while Instant::now() < deadline && matches!(child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    child.wait().ok();
}
