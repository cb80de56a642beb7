//! What the shell tells every window unasked.

use greenroom_domain::access::RungState;
use greenroom_domain::health::Health;
use greenroom_domain::task::Task;
use serde::{Deserialize, Serialize};
use tauri_specta::Event;

/// A store came, went or answered slower.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct HealthChanged(pub Health);

/// Somebody climbed or descended, or the idle time ran out.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct RungChanged(pub RungState);

/// A task began, moved or ended. At most ten a second for each task.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct TaskChanged(pub Task);
