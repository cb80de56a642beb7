//! Use cases against the five real servers, a namespace of its own for each test. No mocks; what a single adapter does is in its
//! own crate's tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, and says where"
)]
#![allow(clippy::large_futures, reason = "each test is awaited by one thread of its own")]

mod audit_chain;
mod playing;
mod reading;
mod seeding;
mod support;
mod writing;
