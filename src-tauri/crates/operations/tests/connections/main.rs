//! The five connections against real servers, and against everything that is not the server it should be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed, and says where"
)]

mod doors;
mod faults;
mod wrong;
