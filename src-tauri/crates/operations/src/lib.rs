//! Use cases across the stores.

pub mod places;
pub mod preferences;
pub mod tasks;
