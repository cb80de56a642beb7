//! Use cases across the stores.

pub mod access;
pub mod audit;
pub mod avatars;
pub mod connections;
pub mod deployment;
pub mod download;
pub mod error;
mod ffmpeg;
mod hints;
pub mod ids;
pub mod meetings;
pub mod migrate;
pub mod overview;
pub mod people;
pub mod places;
pub mod playback;
pub mod preferences;
pub mod profiles;
pub mod recordings;
pub mod search;
pub mod secrets;
pub mod seed;
pub mod tasks;
pub mod thumbnail;
pub mod write;

pub use connections::{Stores, Timing};
pub use error::Error;
