//! `analysis_data`: roll-ups of AI results. Nobody publishes their shape, so documents are shown whole.

use bson::{Bson, doc};
use greenroom_domain::access::WritePermit;
use greenroom_domain::meeting::{AnalysisSummary, Bounded};
use greenroom_domain::{MeetingId, Timestamp};

use crate::decode::{Fields, whole};
use crate::read::{date, from_json, of_meeting as by_meeting};
use crate::{Error, Mongo};

pub(crate) const COLLECTION: &str = "analysis_data";

/// A roll-up to be written.
#[derive(Debug, Clone)]
pub struct NewAnalysis {
    /// Of which meeting.
    pub meeting_id: MeetingId,
    /// Its further fields: a JSON object.
    pub fields: serde_json::Value,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A meeting's newest roll-ups, at most `limit`. Cost: the documents of the meeting.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn of_meeting(mongo: &Mongo, meeting: MeetingId, limit: usize) -> Result<Bounded<AnalysisSummary>, Error> {
    let found = mongo
        .find("analysis_list", COLLECTION, by_meeting(meeting), false, limit + 1)
        .await?;
    let items = found.iter().map(|raw| {
        let fields = Fields::of(raw);
        AnalysisSummary {
            id: fields.id(),
            document: whole(fields.document),
        }
    });
    Ok(Bounded::cut(items.collect(), limit))
}

/// Writes roll-ups, 1,000 a call. Gives how many.
///
/// # Errors
/// [`Error::Call`] and [`Error::Late`]: some may have been written; see [`Error::outcome`].
pub async fn insert_many(mongo: &Mongo, _permit: &WritePermit, analyses: &[NewAnalysis]) -> Result<u64, Error> {
    let documents = analyses.iter().map(|analysis| {
        let mut document = doc! { "meeting_id": analysis.meeting_id.0 };
        if let Bson::Document(fields) = from_json(&analysis.fields) {
            document.extend(fields);
        }
        document.insert("created_at", date(analysis.created_at));
        document
    });
    mongo.insert("analysis_insert", COLLECTION, documents.collect()).await
}
