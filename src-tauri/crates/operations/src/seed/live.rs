//! What the demo has in Redis: sessions, rooms, the notification queue, locks. Most of it expires, as the platform's own does;
//! seeding again puts it back.

use chrono::Duration;
use greenroom_domain::user::RedisShape;
use greenroom_domain::{MeetingId, Timestamp, UserId};
use greenroom_store_redis::rooms::{self, NewRoom};
use greenroom_store_redis::sessions::{self, NewSession};
use serde_json::{Value, json};

use super::dice::{Dice, Subject};
use super::words::{SHOWN_LIVE, WITHOUT_ROOM};
use super::world::{Person, World};

/// The platform's locks fall after 30 s unless renewed; the demo's stand for ones that are, and last a demo's while.
const LOCK_TTL_S: u32 = 6 * 3_600;
const SESSIONS: usize = 96;
/// People who are signed in twice.
const TWICE: usize = 8;
const EMAILS: usize = 402;
const MESSAGES: usize = 29;

/// Everything, as it is written.
pub(super) struct Live {
    pub(super) sessions: Vec<NewSession>,
    pub(super) rooms: Vec<NewRoom>,
    pub(super) notifications: Vec<Value>,
    /// Resource, holder, seconds.
    pub(super) locks: Vec<(String, String, u32)>,
}

/// What is in Redis as of `now`: the anchor at first, later when expired keys are put back.
pub(super) fn live(world: &World, now: Timestamp) -> Live {
    let mut dice = Dice::new(world.seed_number, Subject::Live);
    Live {
        sessions: sessions(&mut dice, world, now),
        rooms: rooms(&mut dice, world, now),
        notifications: notifications(&mut dice, world),
        locks: locks(&mut dice, world),
    }
}

/// People who are signed in, those in live meetings first; a few in two places.
fn sessions(dice: &mut Dice, world: &World, now: Timestamp) -> Vec<NewSession> {
    let live = world
        .participants
        .iter()
        .filter(|one| one.joined.is_some() && one.left.is_none());
    let mut inside: Vec<i64> = live.map(|one| one.user_id).collect();
    inside.sort_unstable();
    let active = world.people.iter().filter(|one| one.status == "active");
    let (inside, others): (Vec<_>, Vec<_>) = active.partition(|one| inside.binary_search(&one.id).is_ok());
    let mut people: Vec<&Person> = inside.into_iter().chain(others).take(SESSIONS - TWICE).collect();
    people.extend_from_within(..TWICE.min(people.len()));
    let session = |person: &Person| {
        let idle = u32::try_from(dice.between(2, 1_500)).unwrap_or(0);
        let last_activity = now - Duration::seconds(i64::from(idle));
        NewSession {
            id: dice.hex(32),
            user_id: UserId(person.id),
            username: person.username.clone(),
            email: person.email.clone(),
            login_time: last_activity - Duration::minutes(dice.between(1, 400)),
            last_activity,
            shape: if dice.percent(20) {
                RedisShape::Hash
            } else {
                RedisShape::Json
            },
            ttl_s: sessions::TTL_S - idle,
        }
    };
    people.into_iter().map(session).collect()
}

/// The rooms of the live meetings. The shown one has lost somebody; one meeting has no room at all.
fn rooms(dice: &mut Dice, world: &World, now: Timestamp) -> Vec<NewRoom> {
    let live = world
        .meetings
        .iter()
        .filter(|one| one.live() && one.title != WITHOUT_ROOM);
    let room = |(n, meeting): (usize, &super::world::Meeting)| {
        let inside = world
            .participants_of(meeting.id)
            .iter()
            .filter(|one| one.left.is_none());
        let mut participants: Vec<UserId> = inside.map(|one| UserId(one.user_id)).collect();
        if meeting.title == SHOWN_LIVE {
            participants.pop();
        }
        let open = u32::try_from((now - meeting.start).num_seconds()).unwrap_or(0);
        NewRoom {
            id: meeting.id.to_string(),
            meeting_id: MeetingId(meeting.id),
            participants,
            created_at: meeting.start,
            status: "active".to_owned(),
            shape: if n % 4 == 1 { RedisShape::Hash } else { RedisShape::Json },
            // The platform renews a room with every change in it.
            ttl_s: rooms::TTL_S - open.min(3_600) + u32::try_from(dice.between(0, 30)).unwrap_or(0),
        }
    };
    live.enumerate().map(room).collect()
}

fn notifications(dice: &mut Dice, world: &World) -> Vec<Value> {
    const SUBJECTS: [&str; 6] = [
        "Your meeting starts in 10 minutes",
        "Recording is ready",
        "会议将在 10 分钟后开始",
        "录制已完成",
        "You were invited to a meeting",
        "会议已取消",
    ];
    let email = |dice: &mut Dice| {
        let to = dice.pick(&world.people).email.clone();
        json!({ "type": "email", "to": to, "subject": *dice.pick(&SUBJECTS) })
    };
    let mut items: Vec<Value> = (0..EMAILS).map(|_| email(dice)).collect();
    for _ in 0..MESSAGES {
        // Numbers that are kept for fiction.
        let to = format!("+1202555{:04}", dice.between(100, 199));
        let message = json!({ "type": "sms", "to": to, "message": format!("Code {}", dice.between(100_000, 999_999)) });
        let place = dice.index(items.len());
        items.insert(place, message);
    }
    items
}

fn locks(dice: &mut Dice, world: &World) -> Vec<(String, String, u32)> {
    let live: Vec<_> = world.meetings.iter().filter(|one| one.live()).collect();
    let held = live.iter().filter(|one| one.title == SHOWN_LIVE || one.recorded);
    let mut names: Vec<String> = held.map(|one| format!("meeting_{}", one.id)).collect();
    names.extend(live.first().map(|one| format!("room_{}", one.id)));
    names.extend(world.recordings.last().map(|one| format!("recording_{}", one.id)));
    let holder = |dice: &mut Dice| format!("meeting-service-{}:{}", dice.between(1, 3), dice.hex(8));
    names.into_iter().map(|name| (name, holder(dice), LOCK_TTL_S)).collect()
}
