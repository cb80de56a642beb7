//! Use cases across the stores.
