//! The adapter against a real PostgreSQL: a database of its own for each test. No mocks, no clocks.

mod audit;
mod connecting;
mod migrating;
mod odd_rows;
mod paging;
mod support;
mod writing;
