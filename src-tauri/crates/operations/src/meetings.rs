//! Meetings: lists, those running now, and one meeting over all five stores. Each part is a call of its own, so that a store that
//! is down takes only its own part with it.

use std::collections::HashMap;

use greenroom_domain::access::Caller;
use greenroom_domain::filter::Period;
use greenroom_domain::meeting::{
    AiResult, AnalysisSummary, Bounded, ChatMessage, LiveMeeting, LiveMeetings, LogLine, MediaStream, Meeting,
    MeetingField, MeetingFilter, MeetingListRequest, Participant, Room, RoomState, StoredObject,
};
use greenroom_domain::page::Total;
use greenroom_domain::recording::Recording;
use greenroom_domain::{MeetingId, Page, PageRequest, ParticipantId, UserId};
use greenroom_store_redis::{locks, rooms};

use crate::connections::Stores;
use crate::error::Error;

/// How many running meetings are shown at once.
const LIVE_LIMIT: u32 = 50;
/// How many AI results, roll-ups and log lines of one meeting are read.
const PART_LIMIT: usize = 500;
/// How many documents of one meeting are listed.
const DOCUMENT_LIMIT: u32 = 200;

/// One page of meetings.
///
/// # Errors
/// `InvalidRequest` for a filter or cursor that makes no sense, else what PostgreSQL failed with.
pub async fn list(stores: &Stores, _: &Caller, request: MeetingListRequest) -> Result<Page<Meeting>, Error> {
    Ok(stores.postgres().await?.meeting_list(&request).await?)
}

/// How many meetings pass the filter; an estimate where counting would be dear.
///
/// # Errors
/// `InvalidRequest` for a filter that makes no sense, else what PostgreSQL failed with.
pub async fn count(stores: &Stores, _: &Caller, filter: MeetingFilter) -> Result<Total, Error> {
    Ok(stores.postgres().await?.meeting_count(&filter).await?)
}

/// One meeting's row.
///
/// # Errors
/// `NotFound`, or what PostgreSQL failed with.
pub async fn get(stores: &Stores, _: &Caller, id: MeetingId) -> Result<Meeting, Error> {
    Ok(stores.postgres().await?.meeting_get(id).await?)
}

/// The running meetings with who is in by PostgreSQL and, where Redis can be asked, by their rooms.
///
/// # Errors
/// What PostgreSQL failed with; without Redis the rooms are unknown, and it says so.
pub async fn live(stores: &Stores, _: &Caller) -> Result<LiveMeetings, Error> {
    let postgres = stores.postgres().await?;
    let meetings = postgres.meeting_live(LIVE_LIMIT).await?;
    let ids: Vec<MeetingId> = meetings.iter().map(|meeting| meeting.id).collect();
    let running = MeetingFilter::default().with(MeetingField::Live, ["yes"]);
    let (presence, total, rooms) = tokio::join!(
        postgres.presence(&ids),
        postgres.meeting_count(&running),
        in_rooms(stores, &ids)
    );
    let mut presence: HashMap<MeetingId, _> = presence?.into_iter().map(|one| (one.meeting_id, one)).collect();
    let total = total?.value;
    let items = meetings.into_iter().map(|meeting| {
        let (present, steps) = presence
            .remove(&meeting.id)
            .map_or((0, Vec::new()), |one| (one.present, one.steps));
        let in_room = rooms.as_ref().and_then(|rooms| rooms.get(&meeting.id).copied());
        LiveMeeting {
            meeting,
            present,
            presence: steps,
            in_room,
        }
    });
    Ok(LiveMeetings {
        items: items.collect(),
        total,
        rooms_known: rooms.is_some(),
        as_of: chrono::Utc::now(),
    })
}

/// How many are in which room; `None` where Redis could not be asked, which is logged by whoever watches over it.
async fn in_rooms(stores: &Stores, ids: &[MeetingId]) -> Option<HashMap<MeetingId, u32>> {
    let redis = stores.redis().await.ok()?;
    let size = |room: &Room| u32::try_from(room.participants.len()).unwrap_or(u32::MAX);
    let own = stores
        .noticing(rooms::of_meetings(&redis, ids).await.map_err(Error::from))
        .ok()?;
    let mut found: HashMap<MeetingId, u32> = own.iter().map(|(id, room)| (*id, size(room))).collect();
    if found.len() < ids.len() {
        // A room's key need not be its meeting's id: look at all of them, as far as a bounded walk comes.
        let (all, _) = stores.noticing(rooms::all(&redis).await.map_err(Error::from)).ok()?;
        for room in &all {
            if let Some(id) = room.meeting_id {
                found.entry(id).or_insert_with(|| size(room));
            }
        }
    }
    Some(found)
}

/// Who took part, by when they came.
///
/// # Errors
/// What PostgreSQL failed with.
pub async fn participants(stores: &Stores, _: &Caller, id: MeetingId) -> Result<Bounded<Participant>, Error> {
    Ok(stores.postgres().await?.participants(id).await?)
}

/// The media streams.
///
/// # Errors
/// What PostgreSQL failed with.
pub async fn streams(stores: &Stores, _: &Caller, id: MeetingId) -> Result<Bounded<MediaStream>, Error> {
    Ok(stores.postgres().await?.streams(id).await?)
}

/// The recordings' rows.
///
/// # Errors
/// What PostgreSQL failed with.
pub async fn recordings(stores: &Stores, _: &Caller, id: MeetingId) -> Result<Bounded<Recording>, Error> {
    Ok(stores.postgres().await?.meeting_recordings(id).await?)
}

/// The room now, and the locks on it.
///
/// # Errors
/// What Redis failed with.
pub async fn room(stores: &Stores, _: &Caller, id: MeetingId) -> Result<RoomState, Error> {
    let redis = stores.redis().await?;
    let (found, locks) = tokio::join!(rooms::of_meeting(&redis, id), locks::of_meeting(&redis, id));
    let (room, coverage) = found?;
    Ok(RoomState {
        room,
        locks: locks?,
        coverage,
        as_of: chrono::Utc::now(),
    })
}

/// One page of the chat, with the senders' names where PostgreSQL can be asked.
///
/// # Errors
/// What MongoDB failed with.
pub async fn chat(stores: &Stores, _: &Caller, id: MeetingId, page: PageRequest) -> Result<Page<ChatMessage>, Error> {
    let mongo = stores.mongo().await?;
    let mut page = greenroom_store_mongo::chat::of_meeting(&mongo, id, &page).await?;
    let senders: Vec<UserId> = distinct(page.items.iter().filter_map(|message| message.sender_id));
    let names = user_names(stores, &senders).await;
    for message in &mut page.items {
        message.sender_name = message.sender_id.and_then(|sender| names.get(&sender).cloned());
    }
    Ok(page)
}

/// The AI results, with the participants' names where PostgreSQL can be asked.
///
/// # Errors
/// What MongoDB failed with.
pub async fn ai_results(stores: &Stores, _: &Caller, id: MeetingId) -> Result<Bounded<AiResult>, Error> {
    let mongo = stores.mongo().await?;
    let mut results = greenroom_store_mongo::ai_results::of_meeting(&mongo, id, PART_LIMIT).await?;
    let about: Vec<ParticipantId> = distinct(results.items.iter().filter_map(|result| result.participant_id));
    let names = participant_names(stores, &about).await;
    for result in &mut results.items {
        result.participant_name = result.participant_id.and_then(|about| names.get(&about).cloned());
    }
    Ok(results)
}

/// The roll-ups of AI results.
///
/// # Errors
/// What MongoDB failed with.
pub async fn analysis(stores: &Stores, _: &Caller, id: MeetingId) -> Result<Bounded<AnalysisSummary>, Error> {
    let mongo = stores.mongo().await?;
    Ok(greenroom_store_mongo::analysis::of_meeting(&mongo, id, PART_LIMIT).await?)
}

/// The lines of the platform's logs about it, the newest [`PART_LIMIT`], from an hour before it began to an hour after it ended
/// where PostgreSQL can be asked when that was.
///
/// # Errors
/// What MongoDB failed with.
pub async fn logs(stores: &Stores, _: &Caller, id: MeetingId) -> Result<Bounded<LogLine>, Error> {
    let mongo = stores.mongo().await?;
    let period = match stores.postgres().await {
        Ok(postgres) => postgres.meeting_get(id).await.map(|meeting| around(&meeting)),
        Err(_) => Ok(Period { from: None, to: None }),
    };
    let period = period.unwrap_or(Period { from: None, to: None });
    Ok(greenroom_store_mongo::logs::of_meeting(&mongo, id, period, PART_LIMIT).await?)
}

/// The documents in the bucket.
///
/// # Errors
/// What S3 failed with.
pub async fn documents(stores: &Stores, _: &Caller, id: MeetingId) -> Result<Bounded<StoredObject>, Error> {
    let s3 = stores.s3().await?;
    let prefix = format!("media/documents/meeting_{id}_");
    let listing = Box::pin(greenroom_store_s3::objects::list(&s3, &prefix, DOCUMENT_LIMIT, None)).await?;
    Ok(Bounded {
        items: listing.objects,
        truncated: listing.next.is_some(),
        as_of: chrono::Utc::now(),
    })
}

fn around(meeting: &Meeting) -> Period {
    let hour = chrono::Duration::hours(1);
    Period {
        from: meeting.start_time.checked_sub_signed(hour),
        to: meeting.end_time.and_then(|end| end.checked_add_signed(hour)),
    }
}

/// The names PostgreSQL knows; none where it cannot be asked: then ids are shown.
async fn user_names(stores: &Stores, ids: &[UserId]) -> HashMap<UserId, String> {
    if ids.is_empty() {
        return HashMap::new();
    }
    let Ok(postgres) = stores.postgres().await else {
        return HashMap::new();
    };
    let names = stores.noticing(postgres.user_names(ids).await.map_err(Error::from));
    names.unwrap_or_default().into_iter().collect()
}

async fn participant_names(stores: &Stores, ids: &[ParticipantId]) -> HashMap<ParticipantId, String> {
    if ids.is_empty() {
        return HashMap::new();
    }
    let Ok(postgres) = stores.postgres().await else {
        return HashMap::new();
    };
    let names = stores.noticing(postgres.participant_names(ids).await.map_err(Error::from));
    names.unwrap_or_default().into_iter().collect()
}

fn distinct<I: Ord>(ids: impl Iterator<Item = I>) -> Vec<I> {
    ids.collect::<std::collections::BTreeSet<I>>().into_iter().collect()
}
