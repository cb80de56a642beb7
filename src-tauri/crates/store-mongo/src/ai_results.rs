//! `ai_results`: what models said of a meeting's participants.

use bson::doc;
use greenroom_domain::access::WritePermit;
use greenroom_domain::meeting::{AiResult, Bounded};
use greenroom_domain::{Json, MeetingId, ParticipantId, Timestamp};

use crate::decode::Fields;
use crate::extjson::to_json;
use crate::read::{date, from_json, of_meeting as by_meeting};
use crate::{Course, Error, Mongo, Span};

pub(crate) const COLLECTION: &str = "ai_results";

/// A result to be written as the platform writes its own.
#[derive(Debug, Clone)]
pub struct NewAiResult {
    /// Of which meeting.
    pub meeting_id: MeetingId,
    /// About whom.
    pub participant_id: ParticipantId,
    /// `emotion_detection`, …
    pub analysis_type: String,
    /// Differs by type.
    pub result: serde_json::Value,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A meeting's newest results, at most `limit`, oldest first. Cost: the documents of the meeting.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn of_meeting(mongo: &Mongo, meeting: MeetingId, limit: usize) -> Result<Bounded<AiResult>, Error> {
    let found = mongo
        .find("ai_result_list", COLLECTION, by_meeting(meeting), false, limit + 1)
        .await?;
    let items = found.iter().map(|raw| {
        let mut fields = Fields::of(raw);
        let participant_id = fields.row("participant_id").map(ParticipantId);
        let analysis_type = fields.text("analysis_type");
        let created_at = fields.moment("created_at", "timestamp");
        let result = fields.document.get("result").map(to_json);
        let id = fields.id();
        // Its result is shown whole in any case; a document that is not as it should be is shown whole too.
        let result = fields
            .undecoded()
            .or(result.map(Json))
            .unwrap_or(Json(serde_json::Value::Null));
        AiResult {
            id,
            participant_id,
            participant_name: None,
            analysis_type,
            result,
            created_at,
        }
    });
    let mut bounded = Bounded::cut(items.collect(), limit);
    bounded.items.reverse();
    Ok(bounded)
}

/// How many results were made over a span.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn course(mongo: &Mongo, span: Span) -> Result<Course, Error> {
    mongo.course("ai_result_count", COLLECTION, doc! {}, span).await
}

/// Writes results, 1,000 a call. Gives how many.
///
/// # Errors
/// [`Error::Call`] and [`Error::Late`]: some may have been written; see [`Error::outcome`].
pub async fn insert_many(mongo: &Mongo, _permit: &WritePermit, results: &[NewAiResult]) -> Result<u64, Error> {
    let documents = results.iter().map(|result| {
        doc! {
            "meeting_id": result.meeting_id.0,
            "participant_id": result.participant_id.0,
            "analysis_type": result.analysis_type.as_str(),
            "result": from_json(&result.result),
            "created_at": date(result.created_at),
        }
    });
    mongo.insert("ai_result_insert", COLLECTION, documents.collect()).await
}
