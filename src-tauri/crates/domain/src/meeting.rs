//! Meetings and all that hangs on one: participants, streams, room, chat, AI results, documents, logs.

use serde::{Deserialize, Serialize};

use crate::filter::{Field, Filter, FilterError, Period, Sort, Term, parse_flag};
use crate::id::{MeetingId, ParticipantId, StreamId, UserId};
use crate::page::{Coverage, PageRequest};
use crate::user::RedisShape;
use crate::value::{Count, Json, SizeBytes, Timestamp};

/// The states in which a meeting is taken to be running. The platform publishes no list; these are the words in use.
pub const LIVE_STATUSES: [&str; 4] = ["active", "live", "in_progress", "ongoing"];

/// A meeting's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Meeting {
    /// Row id.
    pub id: MeetingId,
    /// Title.
    pub title: String,
    /// Longer text.
    pub description: Option<String>,
    /// Who made it.
    pub creator_id: UserId,
    /// Their full name or username.
    pub creator_name: Option<String>,
    /// `scheduled`, `active`, `ended`, `cancelled`, or whatever the platform keeps there.
    pub status: Option<String>,
    /// Whether `status` is one of [`LIVE_STATUSES`].
    pub live: bool,
    /// When it begins.
    pub start_time: Timestamp,
    /// When it ended or is to end.
    pub end_time: Option<Timestamp>,
    /// Seats.
    pub max_participants: Option<i32>,
    /// People who took part or are in it (rows of `meeting_participants`).
    pub participant_count: u32,
    /// Whether it is or was to be recorded.
    pub is_recording: bool,
    /// Rows of `meeting_recordings`.
    pub recording_count: u32,
    /// When the row was made.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// Soft delete.
    pub deleted_at: Option<Timestamp>,
}

/// One person's time in a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Participant {
    /// Row id.
    pub id: ParticipantId,
    /// Who.
    pub user_id: UserId,
    /// Login name.
    pub username: String,
    /// As they write it themselves.
    pub full_name: Option<String>,
    /// `host`, `participant`, …
    pub role: Option<String>,
    /// When they came.
    pub join_time: Option<Timestamp>,
    /// When they went; `None` while they are in.
    pub leave_time: Option<Timestamp>,
    /// Microphone off.
    pub is_muted: bool,
    /// Camera on.
    pub is_video_on: bool,
}

/// One media stream of one participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct MediaStream {
    /// Row id.
    pub id: StreamId,
    /// Whose.
    pub participant_id: ParticipantId,
    /// Their name.
    pub participant_name: Option<String>,
    /// `video`, `audio`, `screen`, …
    pub stream_type: Option<String>,
    /// `h264`, `opus`, …
    pub codec: Option<String>,
    /// Bits per second.
    pub bitrate_bps: Option<i32>,
    /// `1280x720`.
    pub resolution: Option<String>,
    /// When it began.
    pub created_at: Option<Timestamp>,
}

/// A list that comes whole up to a bound, and says whether it did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Bounded<T> {
    /// At most the bound.
    pub items: Vec<T>,
    /// True where there were more than the bound.
    pub truncated: bool,
    /// When it was read.
    pub as_of: Timestamp,
}

impl<T> Bounded<T> {
    /// Keeps at most `limit` of `items`, which were read with one more than that asked for.
    #[must_use]
    pub fn cut(mut items: Vec<T>, limit: usize) -> Self {
        let truncated = items.len() > limit;
        items.truncate(limit);
        Self {
            items,
            truncated,
            as_of: chrono::Utc::now(),
        }
    }
}

/// A room as Redis holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Room {
    /// The whole key.
    pub key: String,
    /// The meeting it belongs to, where the value could be read.
    pub meeting_id: Option<MeetingId>,
    /// Who is in.
    pub participants: Vec<UserId>,
    /// When it was opened.
    pub created_at: Option<Timestamp>,
    /// `active`, …
    pub status: Option<String>,
    /// Seconds until it expires; `None` where it never does.
    pub ttl_s: Option<u32>,
    /// How the deployment holds it.
    pub shape: RedisShape,
    /// The raw text, where it was not what it should be.
    pub undecoded: Option<String>,
}

/// A meeting's room now, and the locks on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RoomState {
    /// The room; `None` where no key belongs to the meeting.
    pub room: Option<Room>,
    /// `lock:meeting_{id}` and `lock:room_{id}`, where held.
    pub locks: Vec<Lock>,
    /// How far the search came, where the room's key was not the meeting's id.
    pub coverage: Coverage,
    /// When it was read.
    pub as_of: Timestamp,
}

/// A lock in Redis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Lock {
    /// The whole key.
    pub key: String,
    /// Who holds it.
    pub holder: String,
    /// Seconds until it falls.
    pub ttl_s: Option<u32>,
}

/// One line of chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ChatMessage {
    /// The document's `_id`.
    pub id: String,
    /// Who wrote it.
    pub sender_id: Option<UserId>,
    /// Their name, where PostgreSQL is up and knows them.
    pub sender_name: Option<String>,
    /// What they wrote.
    pub message: String,
    /// When.
    pub timestamp: Option<Timestamp>,
    /// The document, where a field was not what it should be.
    pub undecoded: Option<Json>,
}

/// One AI result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct AiResult {
    /// The document's `_id`.
    pub id: String,
    /// About whom.
    pub participant_id: Option<ParticipantId>,
    /// Their name, where PostgreSQL is up and knows them.
    pub participant_name: Option<String>,
    /// `emotion_detection`, …
    pub analysis_type: String,
    /// Differs by type.
    pub result: Json,
    /// When it was made.
    pub created_at: Option<Timestamp>,
}

/// A roll-up of AI results; no published shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct AnalysisSummary {
    /// The document's `_id`.
    pub id: String,
    /// The whole document.
    pub document: Json,
}

/// One line of the platform's logs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LogLine {
    /// The document's `_id`.
    pub id: String,
    /// Which service.
    pub service: String,
    /// `debug`, `info`, `warn`, `error`, …
    pub level: String,
    /// The text.
    pub message: String,
    /// When.
    pub timestamp: Option<Timestamp>,
    /// Further fields the service added.
    pub fields: Option<Json>,
}

/// An object in S3 that belongs to something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct StoredObject {
    /// The whole key.
    pub key: String,
    /// Size.
    pub size_bytes: SizeBytes,
    /// When it was put.
    pub modified_at: Option<Timestamp>,
}

/// A meeting that runs now, with what Redis says of its room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct LiveMeeting {
    /// The row.
    pub meeting: Meeting,
    /// People inside by PostgreSQL: joined and not left.
    pub present: u32,
    /// Joins and leaves so far, for the drawing: moments with the number inside from then on.
    pub presence: Vec<PresenceStep>,
    /// The room's participants; `None` where Redis has no room for it or is down.
    pub in_room: Option<u32>,
}

/// From `at` on, `present` people were in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PresenceStep {
    /// The moment of a join or leave.
    pub at: Timestamp,
    /// How many were in from then on.
    pub present: u32,
}

/// The running meetings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LiveMeetings {
    /// At most 50, newest first.
    pub items: Vec<LiveMeeting>,
    /// How many run in all.
    pub total: Count,
    /// False where Redis could not be asked: then every `in_room` is `None` for want of an answer.
    pub rooms_known: bool,
    /// When it was read.
    pub as_of: Timestamp,
}

/// What meetings can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum MeetingField {
    /// `meetings.status`.
    Status,
    /// `meetings.creator_id`.
    Creator,
    /// Period of `start_time`.
    Start,
    /// Whether it has a recording.
    Recorded,
    /// Whether it runs now.
    Live,
    /// Somebody who took part.
    Participant,
    /// Whether soft-deleted meetings are shown; without this term they are not.
    Deleted,
}

impl Field for MeetingField {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("status", Self::Status),
        ("creator", Self::Creator),
        ("start", Self::Start),
        ("recorded", Self::Recorded),
        ("live", Self::Live),
        ("participant", Self::Participant),
        ("deleted", Self::Deleted),
    ];
}

/// A filter over meetings; `search` looks in title and description.
pub type MeetingFilter = Filter<MeetingField>;

/// A [`MeetingField`] term that made sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingCondition {
    /// Status is any of these.
    Status(Vec<String>),
    /// Made by any of these.
    Creator(Vec<UserId>),
    /// Starts within.
    Start(Period),
    /// Has a recording, or not.
    Recorded(bool),
    /// Runs now, or not.
    Live(bool),
    /// Any of these took part.
    Participant(Vec<UserId>),
    /// Is soft-deleted.
    Deleted(bool),
}

impl MeetingCondition {
    /// Makes sense of a term.
    ///
    /// # Errors
    /// [`FilterError::BadValue`].
    pub fn parse(term: &Term<MeetingField>, now: Timestamp) -> Result<Self, FilterError> {
        let only = || term.values.first().map_or("", String::as_str);
        Ok(match term.field {
            MeetingField::Status => Self::Status(term.values.clone()),
            MeetingField::Creator => Self::Creator(parse_ids("creator", &term.values)?),
            MeetingField::Start => Self::Start(Period::parse("start", only(), now)?),
            MeetingField::Recorded => Self::Recorded(parse_flag("recorded", only())?),
            MeetingField::Live => Self::Live(parse_flag("live", only())?),
            MeetingField::Participant => Self::Participant(parse_ids("participant", &term.values)?),
            MeetingField::Deleted => Self::Deleted(parse_flag("deleted", only())?),
        })
    }
}

pub(crate) fn parse_ids<I: std::str::FromStr>(field: &'static str, values: &[String]) -> Result<Vec<I>, FilterError> {
    let bad = |value: &String| FilterError::BadValue {
        field,
        value: value.clone(),
        expected: "a numeric id",
    };
    values
        .iter()
        .map(|value| value.parse().map_err(|_| bad(value)))
        .collect()
}

/// What meetings can be sorted by: what the platform's indexes serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum MeetingSort {
    /// `idx_meetings_start_time`.
    Start,
    /// Primary key; runs with creation.
    Id,
}

/// A page of meetings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct MeetingListRequest {
    /// Which.
    pub filter: MeetingFilter,
    /// In which order.
    pub sort: Sort<MeetingSort>,
    /// How many, after what.
    pub page: PageRequest,
}
