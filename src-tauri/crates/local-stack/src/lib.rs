//! The five servers of a meeting platform as child processes on loopback: for the demo, the tests and restore drills.
//!
//! [`up`] finds the servers, gives each free ports and a generated password or key, starts all of them side by side, waits
//! until each answers in its own protocol, and writes `DIR/profile.toml` and `DIR/secrets.toml` (mode 0600).
//! [`status`] asks, [`down`] stops cleanly. All three can be called again and again. What lies in `DIR`:
//!
//! ```text
//! profile.toml  secrets.toml  state.json     where the stack is, its secrets, its processes
//! data/<store>/                              what the servers keep
//! logs/<store>.log  (and .log.1)             what they said, bounded
//! ```
//!
//! There is no daemon: the servers outlive the command that started them ([`Life::Detached`]) and `state.json` records the
//! process id and start time of each, so that a later call finds them, starts the missing ones, and clears away those of a
//! parent that was killed half-way. Under [`Life::WithUs`] the kernel ends them when the process that called [`up`] ends,
//! however it ends.
//!
//! It deliberately downloads nothing (that is `cargo xtask setup`) and links none of the servers. Unix only.

mod error;
mod http;
mod keeper;
mod logs;
mod ports;
mod process;
mod profile;
mod servers;
mod stack;
mod start;
mod state;
mod stop;
pub mod testing;

pub use error::Error;
pub use profile::{DEFAULT_NAME, Secrets};
pub use servers::find::{Found, ServerChoice};
pub use stack::{
    Durability, Event, Life, OnEvent, ServerState, ServerStatus, StackInfo, StackStatus, UpOptions, default_dir, down,
    running_profile, status, up,
};
