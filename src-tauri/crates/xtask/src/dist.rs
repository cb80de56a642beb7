//! `cargo xtask dist`: release builds of both programs in one .deb that names what it needs.

use anyhow::{Context as _, Result, bail};

use crate::{places, run, setup, ui};

/// Makes the package and copies it to `artifacts/`.
pub(crate) fn dist() -> Result<()> {
    run::heading("Set-up");
    setup::packages::install()?;
    ui::install()?;
    run::heading("The page");
    ui::build()?;
    run::heading("Both programs and the package");
    let with_twin = serde_json::json!({
        "bundle": { "linux": { "deb": { "files": { "/usr/bin/greenroom": places::target().join("release/greenroom") } } } }
    });
    let tauri = places::root().join("ui/node_modules/.bin/tauri");
    if !tauri.is_file() {
        bail!("ui/package.json does not bring @tauri-apps/cli");
    }
    let mut build = run::program(&tauri);
    build.args(["build", "--ci", "--bundles", "deb", "--config", &with_twin.to_string()]);
    // Both programs in one build: by themselves they would compile most of what they share twice.
    run::show(build.args([
        "--",
        "--locked",
        "--package",
        "greenroom-desktop",
        "--package",
        "greenroom-cli",
    ]))?;

    let folder = places::target().join("release/bundle/deb");
    let newest = std::fs::read_dir(&folder)
        .with_context(|| format!("no package in {}", folder.display()))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .max_by_key(|path| path.metadata().and_then(|facts| facts.modified()).ok())
        .with_context(|| format!("no package in {}", folder.display()))?;
    std::fs::create_dir_all(places::artifacts())?;
    let to = places::artifacts().join(newest.file_name().unwrap_or_default());
    std::fs::copy(&newest, &to).with_context(|| format!("could not copy {}", newest.display()))?;
    println!("{}", run::read(run::program("dpkg-deb").arg("--info").arg(&to))?);
    println!("{}", to.display());
    Ok(())
}
