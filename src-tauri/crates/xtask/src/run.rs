//! Running programs: where they run, what they are told, what is shown, what is kept.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, IsTerminal as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::places;

/// A program in the checkout, with our tools before others and compiled code in the cache.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(places::tools().join("bin")).chain(std::env::split_paths(&path));
    if let Ok(path) = std::env::join_paths(folders) {
        command.env("PATH", path);
    }
    command
        .current_dir(places::root())
        .env("CARGO_TARGET_DIR", places::target())
        .env("npm_config_cache", places::cache().join("npm"))
        .env("npm_config_update_notifier", "false")
        .env("npm_config_fund", "false")
        .env("npm_config_audit", "false")
        .stdin(Stdio::null());
    command
}

/// `cargo` with these arguments.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    // What belongs to the package of xtask itself must not leak into what it runs.
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR")
        {
            command.env_remove(name);
        }
    }
    command
}

/// Runs it with its output shown; an exit other than 0 is an error that names it.
pub(crate) fn show(command: &mut Command) -> Result<()> {
    let words = words(command);
    println!("$ {words}");
    let status = command.status().with_context(|| format!("could not start {words}"))?;
    if status.success() {
        Ok(())
    } else {
        bail!("{words}: {status}")
    }
}

/// Runs it with its output shown and kept; `true` where it exited with 0.
pub(crate) fn show_and_keep(command: &mut Command) -> Result<(bool, String)> {
    let words = words(command);
    println!("$ {words}");
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {words}"))?;
    let errors = child
        .stderr
        .take()
        .map(|stream| std::thread::spawn(move || relay(stream, true)));
    let mut kept = child
        .stdout
        .take()
        .map(|stream| relay(stream, false))
        .unwrap_or_default();
    if let Some(errors) = errors {
        kept.push_str(&errors.join().unwrap_or_default());
    }
    let status = child.wait().with_context(|| format!("lost {words}"))?;
    Ok((status.success(), kept))
}

fn relay(stream: impl std::io::Read, to_errors: bool) -> String {
    let mut kept = String::new();
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line);
        if to_errors {
            eprint!("{text}");
        } else {
            print!("{text}");
        }
        kept.push_str(&text);
        line.clear();
    }
    kept
}

/// Runs it silently; its trimmed output, or an error with what it said.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let words = words(command);
    let output = command.output().with_context(|| format!("could not start {words}"))?;
    if !output.status.success() {
        bail!(
            "{words}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a program is on the PATH (ours included).
pub(crate) fn there(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<_> = std::env::split_paths(&path).collect();
    folders.extend([places::tools().join("bin"), "/usr/sbin".into(), "/sbin".into()]);
    folders.iter().any(|folder| folder.join(name).is_file())
}

/// A heading that stands out between the output of other programs.
pub(crate) fn heading(text: &str) {
    println!("\n==== {text}");
}

/// `1m 05s`, `3.2s`.
pub(crate) fn duration(since: Instant) -> String {
    let spent: Duration = since.elapsed();
    if spent.as_secs() >= 60 {
        format!("{}m {:02}s", spent.as_secs() / 60, spent.as_secs() % 60)
    } else {
        format!("{:.1}s", spent.as_secs_f64())
    }
}

fn words(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program())
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ")
}
