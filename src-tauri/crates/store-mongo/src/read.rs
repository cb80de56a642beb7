//! Reading one collection by meeting: a page at a time by range on `_id`, or a bounded handful.

use base64::Engine;
use bson::{Bson, Document, RawDocumentBuf, doc};
use futures::TryStreamExt;
use greenroom_domain::MeetingId;

use crate::{CALL_LIMIT, Error, Mongo, SERVER_LIMIT, within};

/// A cursor says where a page ended: the base64 of `{ "i": _id }` in BSON, so that ids of any type come back as they were.
pub(crate) fn cursor_of(document: &RawDocumentBuf) -> Option<String> {
    let id: Bson = document.get("_id").ok()??.try_into().ok()?;
    let bytes = bson::serialize_to_vec(&doc! { "i": id }).ok()?;
    Some(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

pub(crate) fn id_of(operation: &'static str, cursor: &str) -> Result<Bson, Error> {
    let read = || -> Option<Bson> {
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let document: Document = bson::deserialize_from_slice(&bytes).ok()?;
        document.get("i").cloned()
    };
    read().ok_or_else(|| Error::Cursor {
        operation,
        cursor: cursor.chars().take(80).collect(),
    })
}

/// Documents of a meeting, whether its id is kept as a number or as text.
pub(crate) fn of_meeting(meeting: MeetingId) -> Document {
    doc! { "meeting_id": { "$in": [meeting.0, meeting.to_string()] } }
}

impl Mongo {
    pub(crate) async fn find(
        &self,
        operation: &'static str,
        collection: &str,
        filter: Document,
        ascending: bool,
        limit: usize,
    ) -> Result<Vec<RawDocumentBuf>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let documents = self.database.collection::<RawDocumentBuf>(collection);
        let call = documents
            .find(filter)
            .sort(doc! { "_id": if ascending { 1 } else { -1 } })
            .limit(limit)
            .max_time(SERVER_LIMIT);
        within(operation, CALL_LIMIT, async { call.await?.try_collect().await }).await
    }

    pub(crate) async fn insert(
        &self,
        operation: &'static str,
        collection: &str,
        documents: Vec<Document>,
    ) -> Result<u64, Error> {
        let mut count = 0;
        let mut documents = documents.into_iter().peekable();
        while documents.peek().is_some() {
            let batch: Vec<Document> = documents.by_ref().take(1_000).collect();
            count += batch.len() as u64;
            let limit = std::time::Duration::from_secs(30);
            let collection = self.collection(collection);
            within(operation, limit, collection.insert_many(batch).into_future()).await?;
        }
        Ok(count)
    }
}

/// JSON as BSON: whole numbers as integers.
pub(crate) fn from_json(value: &serde_json::Value) -> Bson {
    match value {
        serde_json::Value::Null => Bson::Null,
        serde_json::Value::Bool(flag) => Bson::Boolean(*flag),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(whole) => Bson::Int64(whole),
            None => Bson::Double(number.as_f64().unwrap_or(f64::NAN)),
        },
        serde_json::Value::String(text) => Bson::String(text.clone()),
        serde_json::Value::Array(items) => Bson::Array(items.iter().map(from_json).collect()),
        serde_json::Value::Object(fields) => Bson::Document(
            fields
                .iter()
                .map(|(name, value)| (name.clone(), from_json(value)))
                .collect(),
        ),
    }
}

pub(crate) fn date(at: greenroom_domain::Timestamp) -> Bson {
    Bson::DateTime(bson::DateTime::from_millis(at.timestamp_millis()))
}
