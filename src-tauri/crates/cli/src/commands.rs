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

use futures::future::BoxFuture;

use crate::args::{Command, Global};
use crate::failure::Failure;
use crate::output::Output;

/// Does what the command line says.
pub(crate) async fn run(command: Command, flags: &Global, output: Output) -> Result<(), Failure> {
    // Boxed: a command's future holds whole pages of several stores.
    let work: BoxFuture<'_, Result<(), Failure>> = match command {
        Command::Stack(command) => Box::pin(stack::run(command, flags, output)),
        Command::Seed(args) => Box::pin(seed::run(args, flags, output)),
        Command::Migrate(args) => Box::pin(migrate::run(args, flags, output)),
        Command::Health => Box::pin(health::run(flags, output)),
        Command::Overview(args) => Box::pin(overview::run(args, flags, output)),
        Command::User(command) => Box::pin(user::run(command, flags, output)),
        Command::Meeting(command) => Box::pin(meeting::run(command, flags, output)),
        Command::Recording(command) => Box::pin(recording::run(command, flags, output)),
        Command::Search { text } => Box::pin(search::run(text, flags, output)),
        Command::Audit(command) => Box::pin(audit::run(command, flags, output)),
        Command::Profile(command) => Box::pin(profile::run(command, flags, output)),
        Command::Completions { shell } => return completions::run(shell, output),
    };
    work.await
}

/// An id of the platform's rows, as people write it.
fn id<I: std::str::FromStr>(text: &str) -> Result<I, Failure> {
    text.parse()
        .map_err(|_| Failure::invalid(format!("{text:?} is not an id: a whole number")))
}
