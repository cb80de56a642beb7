//! One module for each noun; a verb calls one use case and writes its answer.

mod audit;
mod completions;
mod health;
mod meeting;
mod migrate;
mod overview;
mod profile;
mod recording;
mod search;
mod seed;
mod stack;
mod user;

use crate::args::{Command, Global};
use crate::failure::Failure;
use crate::output::Output;

/// Does what the command line says.
pub(crate) async fn run(command: Command, flags: &Global, output: Output) -> Result<(), Failure> {
    match command {
        Command::Stack(command) => stack::run(command, flags, output).await,
        Command::Seed(args) => seed::run(args, flags, output).await,
        Command::Migrate(args) => migrate::run(args, flags, output).await,
        Command::Health => health::run(flags, output).await,
        Command::Overview(args) => overview::run(&args, flags, output).await,
        Command::User(command) => user::run(command, flags, output).await,
        Command::Meeting(command) => meeting::run(command, flags, output).await,
        Command::Recording(command) => recording::run(command, flags, output).await,
        Command::Search { text } => search::run(&text, flags, output).await,
        Command::Audit(command) => audit::run(command, flags, output).await,
        Command::Profile(command) => profile::run(command, flags, output).await,
        Command::Completions { shell } => completions::run(shell, output),
    }
}

/// An id of the platform's rows, as people write it.
fn id<I: std::str::FromStr>(text: &str) -> Result<I, Failure> {
    text.parse()
        .map_err(|_| Failure::invalid(format!("{text:?} is not an id: a whole number")))
}
