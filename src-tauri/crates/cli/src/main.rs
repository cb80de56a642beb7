//! The `greenroom` command; all of it is in the library beside it, where tests can reach it.

fn main() -> std::process::ExitCode {
    greenroom_cli::run()
}
