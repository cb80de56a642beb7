//! Use cases across the stores.

pub mod connections;
pub mod deployment;
pub mod download;
pub mod error;
mod ffmpeg;
mod hints;
pub mod ids;
pub mod places;
pub mod playback;
pub mod preferences;
pub mod profiles;
pub mod secrets;
pub mod seed;
pub mod tasks;
pub mod thumbnail;

pub use connections::{Stores, Timing};
pub use error::Error;
