//! The adapter against a real Redis: both shapes, values that are neither, bounds, rights.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, and says where"
)]

use std::time::Duration;

use greenroom_domain::access::WritePermit;
use greenroom_domain::profile::RedisProfile;
use greenroom_domain::user::RedisShape;
use greenroom_domain::{ErrorCode, MeetingId, StoreKind, Timestamp, UserId};
use greenroom_local_stack::testing;
use greenroom_store_redis::rooms::NewRoom;
use greenroom_store_redis::sessions::NewSession;
use greenroom_store_redis::{Redis, locks, queue, rooms, sessions};

const LIMIT: Duration = Duration::from_secs(5);

struct Own {
    redis: Redis,
    profile: RedisProfile,
    raw: redis::aio::MultiplexedConnection,
}

impl Own {
    /// A key prefix of our own, and a bare connection for what the adapter would never write.
    async fn new() -> Self {
        let (profile, secrets) = testing::shared().await.namespace().await;
        Self::of(profile.redis, secrets.get(StoreKind::Redis)).await
    }

    async fn of(profile: RedisProfile, secret: &str) -> Self {
        let redis = Redis::connect(&profile, Some(secret), LIMIT).await.unwrap();
        let user = profile.user.as_deref().unwrap_or("default");
        let url = format!("redis://{user}:{secret}@{}/{}", profile.addresses[0], profile.db);
        let raw = redis::Client::open(url)
            .unwrap()
            .get_multiplexed_async_connection()
            .await
            .unwrap();
        Self { redis, profile, raw }
    }

    async fn send(&mut self, words: &[&[u8]]) {
        let mut command = redis::cmd(std::str::from_utf8(words[0]).unwrap());
        for (place, word) in words[1..].iter().enumerate() {
            match place {
                0 => command.arg([self.profile.key_prefix.as_bytes(), word].concat()),
                _ => command.arg(word),
            };
        }
        command.query_async::<redis::Value>(&mut self.raw).await.unwrap();
    }
}

fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_timestamp(seconds, 0).unwrap()
}

fn session(id: &str, user: i64, shape: RedisShape) -> NewSession {
    NewSession {
        id: id.to_owned(),
        user_id: UserId(user),
        username: "林晓".to_owned(),
        email: "lin@example.com".to_owned(),
        login_time: moment(1_700_000_000),
        last_activity: moment(1_700_000_100),
        shape,
        ttl_s: 3_600,
    }
}

fn room(id: &str, meeting: i64, participants: &[i64], shape: RedisShape) -> NewRoom {
    NewRoom {
        id: id.to_owned(),
        meeting_id: MeetingId(meeting),
        participants: participants.iter().copied().map(UserId).collect(),
        created_at: moment(1_700_000_000),
        status: "active".to_owned(),
        shape,
        ttl_s: 86_400,
    }
}

#[tokio::test]
async fn a_session_is_read_in_either_shape_and_its_id_is_masked() {
    let own = Own::new().await;
    let sessions = [
        session("0123456789abcdef", 42, RedisShape::Json),
        session("fedcba9876543210", 42, RedisShape::Hash),
        session("other", 7, RedisShape::Json),
    ];
    sessions::put_many(&own.redis, &WritePermit::issue(), &sessions)
        .await
        .unwrap();
    let found = sessions::of_user(&own.redis, UserId(42)).await.unwrap();
    assert!(found.coverage.complete);
    assert_eq!(found.coverage.scanned.0, 3);
    let mut shapes: Vec<_> = found
        .items
        .iter()
        .map(|session| (session.masked_id.as_str(), session.shape))
        .collect();
    shapes.sort_by_key(|(id, _)| *id);
    assert_eq!(shapes, [("0123••••", RedisShape::Json), ("fedc••••", RedisShape::Hash)]);
    for session in &found.items {
        assert_eq!(session.last_activity, Some(moment(1_700_000_100)));
        assert!(
            session.ttl_s.is_some_and(|ttl| (3_500..=3_600).contains(&ttl)),
            "{session:?}"
        );
        assert_eq!(session.undecoded, None);
    }
}

#[tokio::test]
async fn a_session_that_is_not_json_is_shown_as_it_is_where_it_names_the_person() {
    let mut own = Own::new().await;
    own.send(&[b"SET", b"session:broken-session", br#"{"user_id": 42, "username": "#])
        .await;
    own.send(&[b"SET", b"session:somebody-else", br#"{"user_id": 4242, "#])
        .await;
    own.send(&[b"RPUSH", b"session:a-list-here", b"42", b"what"]).await;
    own.send(&[b"ZADD", b"session:a-zset-here", b"1", b"x"]).await;
    let found = sessions::of_user(&own.redis, UserId(42)).await.unwrap();
    let mut raw: Vec<_> = found
        .items
        .iter()
        .map(|session| session.undecoded.as_deref().unwrap())
        .collect();
    raw.sort_unstable();
    assert_eq!(raw, ["(a list) 42, what", r#"{"user_id": 42, "username": "#]);
    assert!(
        found
            .items
            .iter()
            .all(|session| session.ttl_s.is_none() && session.user_id.is_none())
    );
}

#[tokio::test]
async fn keys_and_values_that_are_not_utf8_fail_nothing() {
    let mut own = Own::new().await;
    own.send(&[b"SET", b"session:\xff\xfe\x00bin", b"\xff 42 \x00"]).await;
    own.send(&[b"SET", b"session:good-session-id", br#"{"user_id": "42"}"#])
        .await;
    let found = sessions::of_user(&own.redis, UserId(42)).await.unwrap();
    assert_eq!(found.items.len(), 2);
    assert!(
        found.items.iter().any(|session| session.user_id == Some(UserId(42))),
        "an id in quotes is an id"
    );
}

#[tokio::test]
async fn a_room_is_found_by_its_key_or_by_what_it_says() {
    let own = Own::new().await;
    let rooms = [
        room("456", 456, &[1, 2, 3], RedisShape::Json),
        room("blue-whale", 457, &[9], RedisShape::Hash),
        // Its key is another meeting's id.
        room("458", 999, &[], RedisShape::Json),
    ];
    rooms::put_many(&own.redis, &WritePermit::issue(), &rooms)
        .await
        .unwrap();

    let (found, coverage) = rooms::of_meeting(&own.redis, MeetingId(456)).await.unwrap();
    assert_eq!(coverage.scanned.0, 1);
    assert_eq!(found.unwrap().participants, [UserId(1), UserId(2), UserId(3)]);

    let (found, _) = rooms::of_meeting(&own.redis, MeetingId(457)).await.unwrap();
    let found = found.unwrap();
    assert_eq!(
        (found.shape, found.participants.as_slice(), found.undecoded.as_deref()),
        (RedisShape::Hash, &[UserId(9)][..], None)
    );
    assert!(found.key.ends_with("room:blue-whale"));

    let (found, coverage) = rooms::of_meeting(&own.redis, MeetingId(458)).await.unwrap();
    assert!(found.is_none() && coverage.complete && coverage.scanned.0 == 3);

    let all = rooms::all(&own.redis).await.unwrap();
    assert_eq!((all.0.len(), all.1.complete), (3, true));
    let some = rooms::of_meetings(&own.redis, &[MeetingId(456), MeetingId(458), MeetingId(1)])
        .await
        .unwrap();
    assert_eq!(some.iter().map(|(id, _)| id.0).collect::<Vec<_>>(), [456]);
}

#[tokio::test]
async fn a_room_that_is_not_json_is_its_meetings_all_the_same() {
    let mut own = Own::new().await;
    own.send(&[b"SET", b"room:77", b"<xml/>"]).await;
    own.send(&[b"HSET", b"room:78", b"meeting_id", b"78", b"participants", b"1;2"])
        .await;
    let (found, _) = rooms::of_meeting(&own.redis, MeetingId(77)).await.unwrap();
    assert_eq!(found.unwrap().undecoded.as_deref(), Some("<xml/>"));
    let (found, _) = rooms::of_meeting(&own.redis, MeetingId(78)).await.unwrap();
    let found = found.unwrap();
    assert_eq!(found.meeting_id, Some(MeetingId(78)));
    assert!(found.undecoded.unwrap().contains("1;2"));
}

#[tokio::test]
async fn locks_are_shown_with_their_holder_and_time_left() {
    let own = Own::new().await;
    let locks = [
        ("meeting_5".to_owned(), "node-3".to_owned(), 30),
        ("room_5".to_owned(), "node-4".to_owned(), 30),
    ];
    locks::put_many(&own.redis, &WritePermit::issue(), &locks)
        .await
        .unwrap();
    let found = locks::of_meeting(&own.redis, MeetingId(5)).await.unwrap();
    assert_eq!(
        found.iter().map(|lock| lock.holder.as_str()).collect::<Vec<_>>(),
        ["node-3", "node-4"]
    );
    assert!(found.iter().all(|lock| lock.ttl_s.is_some_and(|ttl| ttl <= 30)));
    assert!(locks::of_meeting(&own.redis, MeetingId(6)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_queue_that_is_no_list_is_told_as_such() {
    let mut own = Own::new().await;
    assert_eq!(queue::notifications_length(&own.redis).await.unwrap(), 0);
    let item = serde_json::json!({"type": "email", "to": "user@example.com", "subject": "Hi"});
    queue::push_notifications(&own.redis, &WritePermit::issue(), &vec![item; 250])
        .await
        .unwrap();
    assert_eq!(queue::notifications_length(&own.redis).await.unwrap(), 250);
    queue::clear_notifications(&own.redis, &WritePermit::issue())
        .await
        .unwrap();
    own.send(&[b"SET", b"queue:notifications", b"oops"]).await;
    let error = queue::notifications_length(&own.redis).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::Undecodable);
}

#[tokio::test]
async fn a_prefix_with_glob_characters_walks_its_own_keys_only() {
    let own = Own::new().await;
    let mut profile = own.profile.clone();
    let secret = testing::shared().await.namespace().await.1;
    profile.key_prefix = format!("{}a*[b]?\\", own.profile.key_prefix);
    let starred = Own::of(profile.clone(), secret.get(StoreKind::Redis)).await;
    profile.key_prefix = format!("{}axxbx\\", own.profile.key_prefix);
    let like = Own::of(profile, secret.get(StoreKind::Redis)).await;
    rooms::put_many(
        &starred.redis,
        &WritePermit::issue(),
        &[room("1", 1, &[], RedisShape::Json)],
    )
    .await
    .unwrap();
    rooms::put_many(
        &like.redis,
        &WritePermit::issue(),
        &[room("2", 2, &[], RedisShape::Json)],
    )
    .await
    .unwrap();
    let (found, _) = rooms::all(&starred.redis).await.unwrap();
    assert_eq!(
        found.iter().map(|room| room.meeting_id).collect::<Vec<_>>(),
        [Some(MeetingId(1))]
    );
}

#[tokio::test]
async fn a_walk_stops_at_its_bound_and_says_so() {
    // Not on the shared server: these keys would slow the other tests' walks.
    let stack = testing::private(&[StoreKind::Redis]).await;
    let own = Own::of(stack.profile().redis.clone(), stack.secrets().get(StoreKind::Redis)).await;
    let rooms: Vec<_> = (0..50_500)
        .map(|id| room(&format!("r{id}"), id, &[], RedisShape::Json))
        .collect();
    rooms::put_many(&own.redis, &WritePermit::issue(), &rooms)
        .await
        .unwrap();
    let (found, coverage) = rooms::all(&own.redis).await.unwrap();
    assert!(found.len() <= 50_000 && !coverage.complete);
    assert_eq!(coverage.scanned.0, found.len() as u64);
}

#[tokio::test]
async fn a_user_with_few_rights_is_a_connection_that_works() {
    let stack = testing::private(&[StoreKind::Redis]).await;
    let mut own = Own::of(stack.profile().redis.clone(), stack.secrets().get(StoreKind::Redis)).await;
    let mut command = redis::cmd("ACL");
    command.arg(&[
        "SETUSER",
        "guest",
        "on",
        ">guest-secret",
        "~*",
        "+ping",
        "+client",
        "+get",
    ]);
    command.query_async::<()>(&mut own.raw).await.unwrap();
    let mut profile = own.profile.clone();
    profile.user = Some("guest".to_owned());
    let guest = Redis::connect(&profile, Some("guest-secret"), LIMIT).await.unwrap();
    let probe = guest.probe(LIMIT).await.unwrap();
    assert_eq!(probe.version, None);
    let error = queue::notifications_length(&guest).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::StorePermission);
    let probe = own.redis.probe(LIMIT).await.unwrap();
    assert!(probe.version.is_some() && probe.role.as_deref() == Some("standalone") && probe.holds_bytes.is_some());
}

#[tokio::test]
async fn the_database_is_the_profiles_and_no_other() {
    let stack = testing::private(&[StoreKind::Redis]).await;
    let mut profile = stack.profile().redis.clone();
    let secret = stack.secrets().get(StoreKind::Redis);
    let zero = Own::of(profile.clone(), secret).await;
    profile.db = 3;
    let three = Own::of(profile, secret).await;
    rooms::put_many(
        &three.redis,
        &WritePermit::issue(),
        &[room("1", 1, &[], RedisShape::Json)],
    )
    .await
    .unwrap();
    assert!(rooms::of_meeting(&three.redis, MeetingId(1)).await.unwrap().0.is_some());
    assert!(rooms::of_meeting(&zero.redis, MeetingId(1)).await.unwrap().0.is_none());
}
