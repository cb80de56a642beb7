//! What Greenroom talks about: typed ids, entities, filters, pages, health and errors.
//!
//! Its types are what crosses to the window and to `--json`. It does no I/O, knows no driver, and
//! none of its types carries a secret: no password, no key, no session id in clear.

pub mod access;
pub mod audit;
pub mod diagnosis;
pub mod error;
pub mod filter;
pub mod health;
pub mod id;
pub mod meeting;
pub mod overview;
pub mod page;
pub mod preference;
pub mod profile;
pub mod recording;
pub mod search;
pub mod task;
pub mod text;
pub mod user;
pub mod value;

pub use error::{ApiError, ErrorCode, Outcome};
pub use id::{MeetingId, ParticipantId, RecordingId, StreamId, UserId};
pub use page::{Page, PageRequest, Total};
pub use value::{Json, SizeBytes, StoreKind, Timestamp};
