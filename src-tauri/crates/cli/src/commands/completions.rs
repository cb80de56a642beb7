//! `completions SHELL`.

use clap::CommandFactory;

use crate::args::Cli;
use crate::failure::Failure;
use crate::output::Output;

pub(crate) fn run(shell: clap_complete::Shell, output: Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "greenroom", &mut script);
    output.text(&String::from_utf8_lossy(&script))
}
