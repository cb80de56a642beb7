//! Indexes of the four collections: listed, and made on a deployment of our own. Never changed on one that is not.

use bson::{Document, doc};
use futures::TryStreamExt;
use greenroom_domain::access::WritePermit;
use mongodb::IndexModel;

use crate::{CALL_LIMIT, Error, Mongo, ai_results, analysis, chat, logs, within};

/// An index as its collection describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// On which collection.
    pub collection: String,
    /// Its name.
    pub name: String,
    /// Its fields in order, `-` before a descending one.
    pub fields: Vec<String>,
}

/// The indexes of the platform's four collections; one that does not exist has none.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn list(mongo: &Mongo) -> Result<Vec<Index>, Error> {
    let mut all = Vec::new();
    for name in [
        ai_results::COLLECTION,
        analysis::COLLECTION,
        chat::COLLECTION,
        logs::COLLECTION,
    ] {
        let collection = mongo.collection(name);
        let call = async {
            match collection.list_indexes().await {
                Ok(cursor) => cursor.try_collect::<Vec<IndexModel>>().await,
                // 26: no such collection.
                Err(error) if command_code(&error) == Some(26) => Ok(Vec::new()),
                Err(error) => Err(error),
            }
        };
        let found = within("index_list", CALL_LIMIT, call).await?;
        all.extend(found.into_iter().map(|index| Index {
            collection: name.to_owned(),
            fields: fields(&index.keys),
            name: index.options.and_then(|options| options.name).unwrap_or_default(),
        }));
    }
    Ok(all)
}

/// Makes what reading by meeting and by time needs: `meeting_id, _id` on all four, `created_at` on all four.
///
/// # Errors
/// [`Error::Late`] and a lost connection leave the outcome unknown; see [`Error::outcome`].
pub async fn ensure(mongo: &Mongo, _permit: &WritePermit) -> Result<(), Error> {
    for name in [
        ai_results::COLLECTION,
        analysis::COLLECTION,
        chat::COLLECTION,
        logs::COLLECTION,
    ] {
        let index = |keys: Document| IndexModel::builder().keys(keys).build();
        let wanted = [
            index(doc! { "meeting_id": 1, "_id": 1 }),
            index(doc! { "created_at": 1 }),
        ];
        let limit = std::time::Duration::from_secs(60);
        within(
            "index_create",
            limit,
            mongo.collection(name).create_indexes(wanted).into_future(),
        )
        .await?;
    }
    Ok(())
}

fn fields(keys: &Document) -> Vec<String> {
    let descends = |value| crate::decode::integer(value).is_some_and(|way| way < 0);
    keys.iter()
        .map(|(name, way)| format!("{}{name}", if descends(way) { "-" } else { "" }))
        .collect()
}

fn command_code(error: &mongodb::error::Error) -> Option<i32> {
    match error.kind.as_ref() {
        mongodb::error::ErrorKind::Command(answer) => Some(answer.code),
        _ => None,
    }
}
