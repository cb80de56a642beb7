//! `cargo xtask`: set-up and chores, from a bare clone on. Needs git, Rust and Node; fetches the rest.
//!
//! It deliberately depends on almost nothing and on no crate of ours, so that it builds in seconds; what it does to servers
//! it does through the `greenroom` program.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its output is what it is for")]

mod bench;
mod demo;
mod display;
mod dist;
mod places;
mod run;
mod setup;
mod test;
mod ui;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask setup           fetch what is missing: system packages, the five servers, tools, the page's packages
cargo xtask demo            everything to a running window on demo data (a screenshot where there is no display)
cargo xtask test [STEP...]  set-up and all tests; with STEPs only those (`cargo xtask test --list` names them)
cargo xtask bench [NAME...] [--json FILE] [--list]
cargo xtask dist            a .deb in artifacts/

Everything fetched or built lies in $GREENROOM_CACHE, else ~/.cache/greenroom; compiled code in $CARGO_TARGET_DIR, else
`target` in there.";

fn main() -> ExitCode {
    match chore() {
        Ok(()) => ExitCode::SUCCESS,
        // Without the backtrace that RUST_BACKTRACE adds to the Debug form: what failed is said in words.
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn chore() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    match arguments.first().map(String::as_str) {
        Some("setup") => setup::everything(),
        Some("demo") => demo::demo(rest),
        Some("test") => test::test(rest),
        Some("bench") => bench::bench(rest),
        Some("dist") => dist::dist(),
        None | Some("help" | "-h" | "--help") => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => bail!("no such chore: {other}\n\n{HELP}"),
    }
}
