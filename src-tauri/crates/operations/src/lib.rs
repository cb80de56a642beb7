//! Use cases across the stores.

pub mod preferences;
pub mod tasks;
