//! The command as a process against real servers: shapes, exit codes, streams, and that it covers what the window can do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, and says where"
)]

mod coverage;
mod desk;
mod reads;
mod refusals;
mod shapes;
mod streams;
mod writes;
