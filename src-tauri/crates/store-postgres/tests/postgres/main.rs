//! The adapter against a real PostgreSQL: a database of its own for each test. No mocks, no clocks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, and says where"
)]

mod audit;
mod connecting;
mod migrating;
mod odd_rows;
mod paging;
mod support;
mod tls;
mod writing;
