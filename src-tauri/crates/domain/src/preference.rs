//! What the window remembers between starts.

use serde::{Deserialize, Serialize};

use crate::value::Json;

/// One remembered value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Preference {
    /// `area.thing`, at most 128 characters.
    pub key: String,
    /// Whatever the page put there, at most 64 KiB.
    pub value: Json,
}
