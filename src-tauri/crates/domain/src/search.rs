//! What the palette finds beyond screens and actions.

use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::meeting::Meeting;
use crate::recording::Recording;
use crate::user::User;

/// Findings, best first, a few of each kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SearchFindings {
    /// People by id, username, e-mail or name.
    pub users: Vec<User>,
    /// Meetings by id or title.
    pub meetings: Vec<Meeting>,
    /// Recordings by id or file path.
    pub recordings: Vec<Recording>,
    /// What could not be searched.
    pub problems: Vec<ApiError>,
}
