//! The benches that need servers or a window: `cargo xtask bench` builds this program, runs one of them at a time and reads
//! the JSON lines it prints. Each measures ours and a named peer in turn, in one run. It judges nothing.
#![allow(clippy::print_stdout, reason = "rows go to stdout by contract")]

mod depth;
mod media;
mod processes;
mod report;
mod startup;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use greenroom_domain::profile::Profile;

const RUNS: usize = 10;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let name = arguments.next().context("which bench: depth, media or start")?;
    let profile = PathBuf::from(arguments.next().context("which profile.toml")?);
    let programs = PathBuf::from(arguments.next().context("the folder of the release build")?);
    match name.as_str() {
        "depth" => {
            let (stack, secret) = opened(&profile, "postgres")?;
            depth::measure(&stack.postgres, &secret, Path::new("psql"), RUNS).await
        }
        "media" => {
            let (stack, secret) = opened(&profile, "s3")?;
            media::measure(&programs.join("greenroom"), &profile, &stack.s3, &secret, RUNS)
        }
        "start" => startup::measure(&programs.join("greenroom-desktop"), &profile, RUNS),
        other => bail!("no such bench: {other}"),
    }
}

/// A local stack's profile and its secret for one store.
fn opened(profile: &Path, store: &str) -> Result<(Profile, String)> {
    let text = std::fs::read_to_string(profile).with_context(|| profile.display().to_string())?;
    let secrets = std::fs::read_to_string(profile.with_file_name("secrets.toml"))?;
    let secrets: toml::Table = toml::from_str(&secrets)?;
    let secret = secrets.get(store).and_then(toml::Value::as_str);
    let secret = secret.with_context(|| format!("no secret for {store}"))?.to_owned();
    Ok((toml::from_str(&text)?, secret))
}
