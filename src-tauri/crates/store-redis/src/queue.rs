//! `queue:notifications`: what waits to be sent. Nothing is taken from it here.

use greenroom_domain::access::WritePermit;

use crate::{CALL_LIMIT, Error, Redis, value};

const NOTIFICATIONS: &str = "queue:notifications";

/// How many notifications wait. Cost: one command.
///
/// # Errors
/// [`Error::Call`] with [`greenroom_domain::ErrorCode::Undecodable`] where the key holds something other than a list.
pub async fn notifications_length(redis: &Redis) -> Result<u64, Error> {
    let mut command = redis::cmd("LLEN");
    command.arg(redis.key(NOTIFICATIONS, ""));
    let answer = redis.connection.call("queue_length", &command, CALL_LIMIT).await?;
    redis::from_redis_value_ref(&answer).map_err(|error| Error::Answer {
        operation: "queue_length",
        found: error.to_string(),
    })
}

/// Appends notifications, each a JSON text, 100 in one command.
///
/// # Errors
/// [`Error::Late`] and a lost connection leave the outcome unknown; see [`Error::outcome`].
pub async fn push_notifications(
    redis: &Redis,
    _permit: &WritePermit,
    items: &[serde_json::Value],
) -> Result<(), Error> {
    let commands = items.chunks(100).map(|items| {
        let mut push = redis::cmd("RPUSH");
        push.arg(redis.key(NOTIFICATIONS, ""));
        for item in items {
            push.arg(item.to_string());
        }
        push
    });
    value::send(&redis.connection, "queue_push", commands.collect()).await
}

/// Empties the queue: for demo data that is laid anew.
///
/// # Errors
/// [`Error::Late`] and a lost connection leave the outcome unknown; see [`Error::outcome`].
pub async fn clear_notifications(redis: &Redis, _permit: &WritePermit) -> Result<(), Error> {
    let mut delete = redis::cmd("DEL");
    delete.arg(redis.key(NOTIFICATIONS, ""));
    value::send(&redis.connection, "queue_clear", vec![delete]).await
}
