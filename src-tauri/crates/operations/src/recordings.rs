//! Recordings as rows: lists, counts, one of them. Whether the object is there and plays is `playback`'s business.

use greenroom_domain::access::Caller;
use greenroom_domain::page::Total;
use greenroom_domain::recording::{Recording, RecordingFilter, RecordingListRequest};
use greenroom_domain::{Page, RecordingId};

use crate::connections::Stores;
use crate::error::Error;

/// One page of recordings.
///
/// # Errors
/// `InvalidRequest` for a filter or cursor that makes no sense, else what PostgreSQL failed with.
pub async fn list(stores: &Stores, _: &Caller, request: RecordingListRequest) -> Result<Page<Recording>, Error> {
    Ok(stores.postgres().await?.recording_list(&request).await?)
}

/// How many recordings pass the filter; an estimate where counting would be dear.
///
/// # Errors
/// `InvalidRequest` for a filter that makes no sense, else what PostgreSQL failed with.
pub async fn count(stores: &Stores, _: &Caller, filter: RecordingFilter) -> Result<Total, Error> {
    Ok(stores.postgres().await?.recording_count(&filter).await?)
}

/// One recording's row.
///
/// # Errors
/// `NotFound`, or what PostgreSQL failed with.
pub async fn get(stores: &Stores, _: &Caller, id: RecordingId) -> Result<Recording, Error> {
    Ok(stores.postgres().await?.recording_get(id).await?)
}
