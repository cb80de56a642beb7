//! `chat_history`: what was written in a meeting.

use bson::doc;
use greenroom_domain::access::WritePermit;
use greenroom_domain::meeting::ChatMessage;
use greenroom_domain::{MeetingId, Page, PageRequest, Timestamp, UserId};

use crate::decode::Fields;
use crate::read::{cursor_of, date, id_of, of_meeting as by_meeting};
use crate::{Course, Error, Mongo, Span};

pub(crate) const COLLECTION: &str = "chat_history";

/// A line to be written as the platform writes its own.
#[derive(Debug, Clone)]
pub struct NewChatMessage {
    /// In which meeting.
    pub meeting_id: MeetingId,
    /// By whom.
    pub sender_id: UserId,
    /// What.
    pub message: String,
    /// When.
    pub at: Timestamp,
}

/// A meeting's chat in the order in which it was stored, a page after `page.after`.
/// Cost: one range on `_id` over the documents of the meeting.
///
/// # Errors
/// [`Error::Cursor`], [`Error::Late`], [`Error::Call`].
pub async fn of_meeting(mongo: &Mongo, meeting: MeetingId, page: &PageRequest) -> Result<Page<ChatMessage>, Error> {
    const OPERATION: &str = "chat_list";
    let limit = page.bounded_limit() as usize;
    let mut filter = by_meeting(meeting);
    if let Some(after) = &page.after {
        filter.insert("_id", doc! { "$gt": id_of(OPERATION, after)? });
    }
    let mut found = mongo.find(OPERATION, COLLECTION, filter, true, limit + 1).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).and_then(cursor_of);
    let items = found.iter().map(|raw| {
        let mut fields = Fields::of(raw);
        ChatMessage {
            id: fields.id(),
            sender_id: fields.row("sender_id").map(UserId),
            sender_name: None,
            message: fields.text("message"),
            timestamp: fields.moment("timestamp", "created_at"),
            undecoded: fields.undecoded(),
        }
    });
    Ok(Page::new(items.collect(), next))
}

/// How many lines were written over a span.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn course(mongo: &Mongo, span: Span) -> Result<Course, Error> {
    mongo.course("chat_count", COLLECTION, doc! {}, span).await
}

/// Writes lines, 1,000 a call. Gives how many.
///
/// # Errors
/// [`Error::Call`] and [`Error::Late`]: some may have been written; see [`Error::outcome`].
pub async fn insert_many(mongo: &Mongo, _permit: &WritePermit, lines: &[NewChatMessage]) -> Result<u64, Error> {
    let documents = lines.iter().map(|line| {
        doc! {
            "meeting_id": line.meeting_id.0,
            "sender_id": line.sender_id.0,
            "message": line.message.as_str(),
            "timestamp": line.at.timestamp(),
            "created_at": date(line.at),
        }
    });
    mongo.insert("chat_insert", COLLECTION, documents.collect()).await
}
