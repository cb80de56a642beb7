//! Documents given as MongoDB Extended JSON: what a test or a fixture needs that the typed inserts cannot say.

use bson::{Bson, Document};
use greenroom_domain::access::WritePermit;

use crate::{Error, Mongo};

/// Writes documents into any collection of the database. Gives how many.
///
/// # Errors
/// [`Error::Config`] where one is no document; [`Error::Call`] and [`Error::Late`]: some may have been written.
pub async fn insert_many(
    mongo: &Mongo,
    _permit: &WritePermit,
    collection: &str,
    documents: Vec<serde_json::Value>,
) -> Result<u64, Error> {
    let documents = documents.into_iter().map(|value| match Bson::try_from(value) {
        Ok(Bson::Document(document)) => Ok(document),
        Ok(_) => Err(Error::Config {
            what: "a document is a JSON object".to_owned(),
            source: None,
        }),
        Err(error) => Err(Error::Config {
            what: "not Extended JSON".to_owned(),
            source: Some(Box::new(error)),
        }),
    });
    mongo
        .insert(
            "document_insert",
            collection,
            documents.collect::<Result<Vec<Document>, Error>>()?,
        )
        .await
}

/// How many documents a collection holds, counted one by one: where a load that was cut off goes on.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn count(mongo: &Mongo, collection: &str) -> Result<u64, Error> {
    let limit = std::time::Duration::from_secs(30);
    let collection = mongo.database.collection::<Document>(collection);
    let counted = collection.count_documents(bson::doc! {}).max_time(limit);
    crate::within("document_count", limit, counted.into_future()).await
}

/// Drops the whole database: for tests and for demo data that is laid anew.
///
/// # Errors
/// [`Error::Late`] and a lost connection leave the outcome unknown; see [`Error::outcome`].
pub async fn drop_database(mongo: &Mongo, _permit: &WritePermit) -> Result<(), Error> {
    let limit = std::time::Duration::from_secs(30);
    crate::within("database_drop", limit, mongo.database.drop().into_future()).await
}
