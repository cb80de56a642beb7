//! Recordings: rows of `meeting_recordings` and what playing one needs.

use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::filter::{Field, Filter, FilterError, Period, Sort, Term};
use crate::id::{MeetingId, RecordingId};
use crate::meeting::parse_ids;
use crate::page::PageRequest;
use crate::value::{SizeBytes, Timestamp};

/// A recording's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Recording {
    /// Row id.
    pub id: RecordingId,
    /// Of which meeting.
    pub meeting_id: MeetingId,
    /// That meeting's title.
    pub meeting_title: Option<String>,
    /// That meeting's start: the recording's clock and the meeting's are compared by it.
    pub meeting_start: Option<Timestamp>,
    /// The S3 key.
    pub file_path: String,
    /// Size by the row; the object's own is in [`Playback`].
    pub size_bytes: Option<SizeBytes>,
    /// Seconds by the row.
    pub duration_s: Option<i32>,
    /// `mp4`, `webm`, …
    pub format: Option<String>,
    /// `processing`, `completed`, `failed`, or whatever the platform keeps there.
    pub status: Option<String>,
    /// When the row was made.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
}

/// What the page needs to play a recording. The address works on this machine only, for a while, and holds no credential
/// of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Playback {
    /// The row.
    pub recording: Recording,
    /// `http://127.0.0.1:PORT/…`; `None` where there is nothing to play.
    pub url: Option<String>,
    /// When the address stops working.
    pub expires_at: Option<Timestamp>,
    /// The object's size.
    pub size_bytes: Option<SizeBytes>,
    /// The object's type.
    pub content_type: Option<String>,
    /// What the file's own head says, where it could be read.
    pub container: Option<Container>,
    /// What stands in the way of playing, worst first.
    pub problems: Vec<ApiError>,
    /// The key of the `.log` beside it, where there is one.
    pub log_key: Option<String>,
}

/// What the first and last bytes of a file say about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Container {
    /// `mp4`, `fragmented mp4`, `webm`, or `unknown`.
    pub kind: String,
    /// In an MP4: where the index (`moov`) lies, `start` or `end`.
    pub index_at: Option<String>,
    /// Whether the file ends where its boxes say it should.
    pub truncated: bool,
    /// Codec names as the container spells them (`avc1`, `mp4a`, `V_VP9`, …).
    pub codecs: Vec<String>,
    /// Whether there is a sound track, where that could be told.
    pub has_audio: Option<bool>,
}

/// What recordings can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RecordingField {
    /// `meeting_recordings.status`.
    Status,
    /// `meeting_recordings.format`.
    Format,
    /// `meeting_recordings.meeting_id`.
    Meeting,
    /// Period of `meeting_recordings.created_at`.
    Created,
}

impl Field for RecordingField {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("status", Self::Status),
        ("format", Self::Format),
        ("meeting", Self::Meeting),
        ("created", Self::Created),
    ];
}

/// A filter over recordings; `search` looks in the meeting's title and the file path.
pub type RecordingFilter = Filter<RecordingField>;

/// A [`RecordingField`] term that made sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordingCondition {
    /// Status is any of these.
    Status(Vec<String>),
    /// Format is any of these.
    Format(Vec<String>),
    /// Of any of these meetings.
    Meeting(Vec<MeetingId>),
    /// Created within.
    Created(Period),
}

impl RecordingCondition {
    /// Makes sense of a term.
    ///
    /// # Errors
    /// [`FilterError::BadValue`].
    pub fn parse(term: &Term<RecordingField>, now: Timestamp) -> Result<Self, FilterError> {
        Ok(match term.field {
            RecordingField::Status => Self::Status(term.values.clone()),
            RecordingField::Format => Self::Format(term.values.clone()),
            RecordingField::Meeting => Self::Meeting(parse_ids("meeting", &term.values)?),
            RecordingField::Created => {
                let only = term.values.first().map_or("", String::as_str);
                Self::Created(Period::parse("created", only, now)?)
            }
        })
    }
}

/// What recordings can be sorted by: what an index serves. `id` runs with creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RecordingSort {
    /// Primary key.
    Id,
}

/// A page of recordings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RecordingListRequest {
    /// Which.
    pub filter: RecordingFilter,
    /// In which order.
    pub sort: Sort<RecordingSort>,
    /// How many, after what.
    pub page: PageRequest,
}
