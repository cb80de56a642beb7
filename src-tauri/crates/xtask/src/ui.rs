//! The page: its packages, checks, tests and build, by npm.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{places, run};

/// `npm` in `ui/`.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = run::program("npm");
    command.args(arguments).current_dir(places::root().join("ui"));
    command
}

/// Installs the packages that the lock file names; nothing where that was done for this lock file.
pub(crate) fn install() -> Result<()> {
    let ui = places::root().join("ui");
    let lock = fs::read(ui.join("package-lock.json")).context("could not read ui/package-lock.json")?;
    let mark = ui.join("node_modules/.installed-for");
    if fs::read(&mark).is_ok_and(|found| found == lock) {
        println!("the page's packages are there");
        return Ok(());
    }
    run::show(&mut npm(&["ci", "--prefer-offline", "--no-progress"]))?;
    fs::write(&mark, lock).context("could not note that the page's packages are installed")
}

/// Builds `ui/dist`, which the desktop program takes in when it is compiled.
pub(crate) fn build() -> Result<()> {
    run::show(&mut npm(&["run", "--silent", "build"]))
}
