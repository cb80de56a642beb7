//! Tools that checks and tests need, from crates.io at pinned versions, into `tools/bin`.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::{places, run};

/// One tool.
struct Tool {
    crate_name: &'static str,
    version: &'static str,
    program: &'static str,
    /// Whether another version that is on the PATH will do.
    any_version: bool,
}

const TOOLS: [Tool; 3] = [
    Tool {
        crate_name: "cargo-nextest",
        version: "0.9.143",
        program: "cargo-nextest",
        any_version: true,
    },
    Tool {
        crate_name: "cargo-deny",
        version: "0.20.2",
        program: "cargo-deny",
        any_version: true,
    },
    Tool {
        crate_name: "tauri-driver",
        version: "2.1.0",
        program: "tauri-driver",
        any_version: false,
    },
];

/// Builds what is missing.
pub(crate) fn install() -> Result<()> {
    let mut problems = Vec::new();
    for tool in &TOOLS {
        match install_one(tool) {
            Ok(what) => println!("{}: {what}", tool.program),
            Err(error) => problems.push(format!("{}: {error:#}", tool.program)),
        }
    }
    forget_target("tools");
    if problems.is_empty() {
        Ok(())
    } else {
        bail!("{}", problems.join("\n"))
    }
}

fn install_one(tool: &Tool) -> Result<String> {
    // What `cargo install` notes there: `"tauri-driver 2.1.0 (registry+…)" = ["tauri-driver"]`.
    let installed = std::fs::read_to_string(places::tools().join(".crates.toml")).unwrap_or_default();
    let wanted = format!("\"{} {} ", tool.crate_name, tool.version);
    if installed.contains(&wanted) && places::tools().join("bin").join(tool.program).is_file() {
        return Ok(format!("{} in the cache", tool.version));
    }
    if tool.any_version && run::there(tool.program) {
        return Ok("this machine's".to_owned());
    }
    let mut build = run::cargo(&["install", tool.crate_name, "--version", tool.version, "--locked"]);
    build
        .arg("--root")
        .arg(places::tools())
        .env("CARGO_TARGET_DIR", target("tools"))
        .current_dir(places::cache());
    // They run for seconds: building them quickly matters more than their speed.
    for (name, value) in [
        ("OPT_LEVEL", "1"),
        ("LTO", "off"),
        ("CODEGEN_UNITS", "16"),
        ("DEBUG", "0"),
    ] {
        build.env(format!("CARGO_PROFILE_RELEASE_{name}"), value);
    }
    std::fs::create_dir_all(places::cache())?;
    run::show(&mut build)?;
    Ok(format!("{} built", tool.version))
}

/// Where others' crates are compiled.
pub(crate) fn target(name: &str) -> PathBuf {
    places::cache().join("build").join(name)
}

/// Removes what their compilation left: the programs are what is kept.
pub(crate) fn forget_target(name: &str) {
    let _ = std::fs::remove_dir_all(target(name));
}
