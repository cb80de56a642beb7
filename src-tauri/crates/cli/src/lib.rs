//! The `greenroom` command: the window's headless twin, over the same use cases, by the conventions of cli.md.
//!
//! Decides nothing about data: it reads flags, opens a profile, calls one use case and writes the answer.

mod args;
mod commands;
mod context;
mod failure;
mod interrupt;
mod logs;
mod output;
mod pages;
mod progress;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::args::Cli;
use crate::failure::Failure;
use crate::output::Output;

/// The whole command line, for completions and for tests that go through every command.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Reads the command line, does what it says, and returns its exit code.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    let output = Output::new(cli.global.json, cli.global.quiet);
    logs::start(&cli.global);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let failure = Failure::from(error);
            output.failure(&failure);
            return failure.exit_code();
        }
    };
    let done = runtime.block_on(interrupt::until(Box::pin(commands::run(
        cli.command,
        &cli.global,
        output,
    ))));
    // What a command left running (a probe, a store that does not let go, a blocked thread) must not keep the prompt away. It
    // ends with the process: taking the runtime down around it makes MongoDB's driver panic.
    std::mem::forget(runtime);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            failure.exit_code()
        }
    }
}

// clap's own texts for people; with --json anywhere on the line, our error shape.
fn refuse(error: &clap::Error) -> ExitCode {
    let asked = !error.use_stderr();
    if !asked && std::env::args_os().any(|arg| arg == "--json") {
        let text = error.to_string();
        let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
        let failure = Failure::invalid(message);
        Output::new(true, false).failure(&failure);
        return failure.exit_code();
    }
    // A reader that has gone is no failure.
    let _ = error.print();
    if asked { ExitCode::SUCCESS } else { ExitCode::from(2) }
}
