//! The desktop binary; all of it is in the library beside it, where tests can reach it.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    greenroom_desktop::run()
}
