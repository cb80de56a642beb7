//! `cargo xtask test`: all set-up and all checks, each step under its own heading, with a count at the end.
//!
//! A step that cannot run has failed; the others still run. The last line is `N passed, N failed`: tests by the runners' own
//! counts, and one failure for each other step that failed.

mod counts;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, bail};

use self::counts::Counts;
use crate::display::Display;
use crate::{places, run, setup, ui};

/// One step; its work gives what it counted.
struct Step {
    name: &'static str,
    about: &'static str,
    work: fn() -> Result<Counts>,
}

/// In this order: what is quick to fail first, and the page before the program that takes it in.
const STEPS: [Step; 10] = [
    Step {
        name: "setup",
        about: "System packages, servers, tools, the page's packages",
        work: set_up,
    },
    Step {
        name: "fmt",
        about: "Rust is formatted",
        work: || checked(&["fmt", "--all", "--check"]),
    },
    Step {
        name: "ui-check",
        about: "The page: types, lints, format",
        work: check_page,
    },
    Step {
        name: "ui-test",
        about: "The page: unit tests",
        work: test_page,
    },
    Step {
        name: "ui-build",
        about: "The page: build",
        work: build_page,
    },
    Step {
        name: "clippy",
        about: "Rust: no warning",
        work: clippy,
    },
    Step {
        name: "deny",
        about: "Dependencies: who may use which, licences, sources",
        work: || checked(&["deny", "--all-features", "check", "bans", "licenses", "sources"]),
    },
    Step {
        name: "tests",
        about: "Rust: tests against the five servers",
        work: rust_tests,
    },
    Step {
        name: "docs",
        about: "Rust: examples in the documentation",
        work: doc_tests,
    },
    Step {
        name: "journeys",
        about: "Journeys in the real window",
        work: journeys,
    },
];

/// All steps, or those named.
pub(crate) fn test(arguments: &[String]) -> Result<()> {
    if arguments.iter().any(|argument| argument == "--list") {
        for step in &STEPS {
            println!("{:10} {}", step.name, step.about);
        }
        return Ok(());
    }
    if let Some(unknown) = arguments
        .iter()
        .find(|name| STEPS.iter().all(|step| step.name != name.as_str()))
    {
        bail!("no such step: {unknown} (`cargo xtask test --list` names them)");
    }
    let since = Instant::now();
    let mut total = Counts::default();
    let mut lines = Vec::new();
    for step in STEPS
        .iter()
        .filter(|step| arguments.is_empty() || arguments.iter().any(|name| name == step.name))
    {
        let started = Instant::now();
        run::heading(step.about);
        let counts = (step.work)().unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Counts { passed: 0, failed: 1 }
        });
        total.passed += counts.passed;
        total.failed += counts.failed;
        let verdict = if counts.failed == 0 { "ok" } else { "FAILED" };
        let line = format!("{:10} {verdict:7} {:>8}  {counts}", step.name, run::duration(started));
        println!("---- {line}");
        lines.push(line);
    }
    run::heading(&format!("All steps, {}", run::duration(since)));
    for line in lines {
        println!("{line}");
    }
    println!("{total}");
    // Not by returning an error: that would print below the closing line.
    std::process::exit(i32::from(total.failed > 0));
}

fn set_up() -> Result<Counts> {
    setup::everything()?;
    Ok(Counts::default())
}

/// A cargo command that only passes or fails.
fn checked(arguments: &[&str]) -> Result<Counts> {
    run::show(&mut run::cargo(arguments))?;
    Ok(Counts::default())
}

fn clippy() -> Result<Counts> {
    page_in_place()?;
    checked(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "-D",
        "warnings",
    ])
}

fn check_page() -> Result<Counts> {
    run::show(&mut ui::npm(&["run", "--silent", "check"]))?;
    Ok(Counts::default())
}

fn build_page() -> Result<Counts> {
    ui::build()?;
    Ok(Counts::default())
}

fn test_page() -> Result<Counts> {
    let report = places::cache()
        .join("work")
        .join(format!("vitest-{}.json", std::process::id()));
    let output = format!("--outputFile.json={}", report.display());
    let arguments = [
        "run",
        "--silent",
        "test",
        "--",
        "--reporter=default",
        "--reporter=json",
        &output,
    ];
    let done = run::show(&mut ui::npm(&arguments));
    let counts = counts::of_vitest(&report);
    let _ = std::fs::remove_file(&report);
    let counts = counts?;
    // It can also fail without a failed test: an error outside of one, a coverage bound.
    if done.is_err() && counts.failed == 0 {
        Ok(Counts { failed: 1, ..counts })
    } else {
        Ok(counts)
    }
}

fn rust_tests() -> Result<Counts> {
    page_in_place()?;
    // One build for everything, the `greenroom` program included, which tests of other crates start.
    run::show(&mut run::cargo(&["build", "--workspace", "--all-targets", "--locked"]))?;
    let counts = nextest(&["--workspace", "-E", "not binary(journeys)"], None);
    stop_shared_stacks();
    counts
}

fn doc_tests() -> Result<Counts> {
    let (done, said) = run::show_and_keep(&mut run::cargo(&["test", "--workspace", "--doc", "--locked"]))?;
    Ok(counts::of_libtest(&said).or_failed(done))
}

fn journeys() -> Result<Counts> {
    page_in_place()?;
    run::show(&mut run::cargo(&["build", "--workspace", "--all-targets", "--locked"]))?;
    let display = Display::virtual_one()?;
    println!("a virtual screen: {}", display.name());
    let counts = nextest(
        &["--profile", "journeys", "--test", "journeys", "--test-threads", "1"],
        Some(&display),
    );
    stop_shared_stacks();
    counts
}

fn nextest(arguments: &[&str], display: Option<&Display>) -> Result<Counts> {
    let mut command = run::cargo(&["nextest", "run", "--locked", "--no-fail-fast"]);
    command
        .args(arguments)
        .env("GREENROOM_BIN", places::target().join("debug/greenroom"))
        .env("GREENROOM_TEST_STACK", test_stack());
    if let Some(display) = display {
        command
            .env("DISPLAY", display.name())
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11");
    }
    let (done, said) = run::show_and_keep(&mut command)?;
    Ok(counts::of_nextest(&said).or_failed(done))
}

/// The desktop program takes `ui/dist` in when it is compiled.
fn page_in_place() -> Result<()> {
    if Path::new(&places::root().join("ui/dist/index.html")).is_file() {
        return Ok(());
    }
    ui::install()?;
    ui::build()
}

/// Where this run's tests share their servers: not with a run beside it, which may end sooner.
fn test_stack() -> PathBuf {
    places::cache()
        .join("work")
        .join(format!("{STACK}{}", std::process::id()))
}

const STACK: &str = "test-stack-";

/// Ends the servers that the tests of this run shared, and those of runs that were killed; the data goes with them.
fn stop_shared_stacks() {
    for entry in std::fs::read_dir(places::cache().join("work"))
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(of) = name.strip_prefix(STACK) else { continue };
        let ours = of == std::process::id().to_string();
        if !ours && run::read(run::program("kill").args(["-0", of])).is_ok() {
            continue;
        }
        let mut down = run::program(places::target().join("debug/greenroom"));
        match run::read(down.args(["stack", "down", "--dir"]).arg(entry.path())) {
            Ok(_) => drop(std::fs::remove_dir_all(entry.path())),
            Err(error) => eprintln!("the tests' servers were not stopped: {error:#}"),
        }
    }
}
