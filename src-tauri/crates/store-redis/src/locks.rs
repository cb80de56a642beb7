//! `lock:{resource}`: who holds what for the next seconds. Nothing is taken or released here.

use greenroom_domain::MeetingId;
use greenroom_domain::access::WritePermit;
use greenroom_domain::meeting::Lock;

use crate::{Error, Redis, value};

const FAMILY: &str = "lock:";
/// How long the platform holds a lock.
pub const TTL_S: u32 = 30;

/// The locks on a meeting and its room, where held: `lock:meeting_{id}` and `lock:room_{id}`. Cost: two keys.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn of_meeting(redis: &Redis, meeting: MeetingId) -> Result<Vec<Lock>, Error> {
    let keys = ["meeting_", "room_"].map(|of| redis.key(FAMILY, &format!("{of}{meeting}")).into_bytes());
    let found = value::read(&redis.connection, "lock_list", keys.to_vec()).await?;
    Ok(found
        .into_iter()
        .map(|found| Lock {
            key: found.key_text(),
            holder: found.raw.clone(),
            ttl_s: found.ttl_s,
        })
        .collect())
}

/// Writes locks as `(resource, holder, seconds)`, whoever held them: for demo data.
///
/// # Errors
/// [`Error::Late`] and a lost connection leave the outcome unknown; see [`Error::outcome`].
pub async fn put_many(redis: &Redis, _permit: &WritePermit, locks: &[(String, String, u32)]) -> Result<(), Error> {
    let commands = locks.iter().map(|(resource, holder, ttl_s)| {
        let mut set = redis::cmd("SET");
        set.arg(redis.key(FAMILY, resource)).arg(holder).arg("EX").arg(ttl_s);
        set
    });
    value::send(&redis.connection, "lock_put", commands.collect()).await
}
