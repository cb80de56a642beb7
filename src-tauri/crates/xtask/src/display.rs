//! A screen for the window: the person's, or a virtual one by Xvfb.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::run;

/// A virtual screen; it ends when this is dropped.
pub(crate) struct Display {
    name: String,
    server: Child,
}

impl Display {
    /// Whether a person sits before a screen.
    pub(crate) fn of_a_person() -> bool {
        ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
            || cfg!(any(target_os = "macos", target_os = "windows"))
    }

    /// Starts one of 1440 x 900 under a free number, which the server itself picks.
    pub(crate) fn virtual_one() -> Result<Self> {
        let mut command = run::program("Xvfb");
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1440x900x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        let mut server = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("could not start Xvfb (Debian: `apt-get install xvfb`)")?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            BufReader::new(output)
                .read_line(&mut number)
                .context("Xvfb did not say its number")?;
        }
        let number = number.trim();
        if number.is_empty() {
            bail!("Xvfb ended at once: {}", server.wait()?);
        }
        Ok(Self {
            name: format!(":{number}"),
            server,
        })
    }

    /// For the variable `DISPLAY`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Writes what it shows as a PNG.
    pub(crate) fn screenshot(&self, to: &Path) -> Result<()> {
        run::read(
            run::program("import")
                .args(["-window", "root", "-display", &self.name])
                .arg(to),
        )
        .map(drop)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Politely, so that it removes its lock file.
        let _ = run::read(run::program("kill").arg(self.server.id().to_string()));
        let _ = self.server.wait();
    }
}
