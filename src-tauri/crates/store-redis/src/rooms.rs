//! `room:{id}`: who is in a meeting now. A room's id is the meeting's or not, as the deployment pleases.

use greenroom_domain::access::WritePermit;
use greenroom_domain::meeting::Room;
use greenroom_domain::page::Coverage;
use greenroom_domain::value::Count;
use greenroom_domain::{MeetingId, Timestamp, UserId};
use serde_json::{Map, Value as Json};

use crate::scan::{Bounds, Walk};
use crate::value::{self, Found, Shape};
use crate::{Error, Redis};

const FAMILY: &str = "room:";
/// How long the platform keeps a room.
pub const TTL_S: u32 = 86_400;

/// A room to be written as the platform writes its own.
#[derive(Debug, Clone)]
pub struct NewRoom {
    /// Its id.
    pub id: String,
    /// Of which meeting.
    pub meeting_id: MeetingId,
    /// Who is in.
    pub participants: Vec<UserId>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// `active`, …
    pub status: String,
    /// How it is held.
    pub shape: Shape,
    /// Seconds until it expires.
    pub ttl_s: u32,
}

/// The room of a meeting and how far the search for it came. Cost: one key; where `room:{meeting_id}` is not the meeting's, a
/// walk over at most 50,000 room keys or two seconds.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn of_meeting(redis: &Redis, meeting: MeetingId) -> Result<(Option<Room>, Coverage), Error> {
    let own_key = redis.key(FAMILY, &meeting.to_string());
    let own = value::read(&redis.connection, "room_get", vec![own_key.into_bytes()]).await?;
    let own = own.into_iter().next().map(room);
    // One that says nothing of its meeting belongs to the one its key names.
    if let Some(room) = own.filter(|room| room.meeting_id.is_none_or(|id| id == meeting)) {
        return Ok((
            Some(room),
            Coverage {
                scanned: Count(1),
                complete: true,
            },
        ));
    }
    let prefix = redis.key(FAMILY, "");
    let mut walk = Walk::over(&redis.connection, &prefix, Bounds::default()).await?;
    while let Some(keys) = walk.next().await? {
        let found = value::read(&redis.connection, "room_get", keys).await?;
        if let Some(found) = found
            .into_iter()
            .find(|found| found.number("meeting_id") == Some(meeting.0))
        {
            // Found is found, however much was left to look at.
            return Ok((
                Some(room(found)),
                Coverage {
                    complete: true,
                    ..walk.coverage()
                },
            ));
        }
    }
    Ok((None, walk.coverage()))
}

/// Every room, as far as a walk over at most 50,000 room keys or two seconds comes.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn all(redis: &Redis) -> Result<(Vec<Room>, Coverage), Error> {
    let prefix = redis.key(FAMILY, "");
    let mut walk = Walk::over(&redis.connection, &prefix, Bounds::default()).await?;
    let mut rooms = Vec::new();
    while let Some(keys) = walk.next().await? {
        rooms.extend(
            value::read(&redis.connection, "room_list", keys)
                .await?
                .into_iter()
                .map(room),
        );
    }
    Ok((rooms, walk.coverage()))
}

/// The rooms under the keys that these meetings would have, in no order; a meeting without one is left out, as is a room that
/// says it is another meeting's. Cost: two round trips per 250 meetings.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn of_meetings(redis: &Redis, meetings: &[MeetingId]) -> Result<Vec<(MeetingId, Room)>, Error> {
    let keys: Vec<(MeetingId, Vec<u8>)> = meetings
        .iter()
        .map(|id| (*id, redis.key(FAMILY, &id.to_string()).into_bytes()))
        .collect();
    let found = value::read(
        &redis.connection,
        "room_list",
        keys.iter().map(|(_, key)| key.clone()).collect(),
    )
    .await?;
    let belongs = found.into_iter().filter_map(|found| {
        let meeting = keys.iter().find(|(_, key)| *key == found.key)?.0;
        let room = room(found);
        room.meeting_id
            .is_none_or(|id| id == meeting)
            .then_some((meeting, room))
    });
    Ok(belongs.collect())
}

fn room(found: Found) -> Room {
    let meeting_id = found.number("meeting_id").map(MeetingId);
    let participants = found.users("participants");
    let readable = meeting_id.is_some() && participants.is_some();
    Room {
        key: found.key_text(),
        meeting_id,
        participants: participants.unwrap_or_default(),
        created_at: found.moment("created_at"),
        status: found.text("status"),
        ttl_s: found.ttl_s,
        shape: found.shape,
        undecoded: (!readable).then_some(found.raw),
    }
}

/// Writes rooms, 500 commands a round trip.
///
/// # Errors
/// [`Error::Late`] and a lost connection leave the outcome unknown; see [`Error::outcome`].
pub async fn put_many(redis: &Redis, _permit: &WritePermit, rooms: &[NewRoom]) -> Result<(), Error> {
    let commands = rooms.iter().flat_map(|room| {
        let participants: Vec<i64> = room.participants.iter().map(|user| user.0).collect();
        let fields = Map::from_iter([
            ("meeting_id".to_owned(), Json::from(room.meeting_id.0)),
            ("participants".to_owned(), Json::from(participants)),
            ("created_at".to_owned(), Json::from(room.created_at.timestamp())),
            ("status".to_owned(), Json::from(room.status.as_str())),
        ]);
        value::written(&redis.key(FAMILY, &room.id), &fields, room.shape, Some(room.ttl_s))
    });
    value::send(&redis.connection, "room_put", commands.collect()).await
}
