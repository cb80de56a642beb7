//! The demo's meetings, who was in them, and their streams.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Duration, Weekday};
use greenroom_domain::Timestamp;

use super::dice::{Dice, Subject};
use super::names;
use super::words::{DESCRIPTIONS_EN, DESCRIPTIONS_ZH, LIVE, TOPICS, Topic};
use super::world::{Meeting, Participant, Person, Stream};

/// How many there are.
pub(super) const MEETINGS: usize = 600;
/// The first meeting's id; ids run with the start.
const FIRST_ID: i64 = 47_640;
const FIRST_PARTICIPANT_ID: i64 = 410_001;
const FIRST_STREAM_ID: i64 = 90_001;
/// The oldest meeting is this many days back.
const PAST_DAYS: i64 = 85;
/// Meetings to come, within [`FUTURE_DAYS`].
const TO_COME: usize = 44;
const FUTURE_DAYS: i64 = 5;
/// Meetings that ended within the last hours.
const EARLIER_TODAY: usize = 16;
/// Streams are kept for so many days.
const STREAM_DAYS: i64 = 30;

/// A meeting before it has an id.
struct Slot {
    title: String,
    start: Timestamp,
    minutes: i64,
    people: i64,
    creator: Option<&'static str>,
    recorded: bool,
    live: bool,
}

/// All meetings, oldest first.
pub(super) fn meetings(seed_number: u64, anchor: Timestamp, people: &[Person]) -> Vec<Meeting> {
    let mut dice = Dice::new(seed_number, Subject::Meetings);
    let mut slots = slots(&mut dice, anchor);
    slots.sort_by(|a, b| (a.start, &a.title).cmp(&(b.start, &b.title)));
    let mut created = anchor - Duration::days(PAST_DAYS + 8);
    let numbered = slots.into_iter().enumerate();
    numbered
        .map(|(n, slot)| meeting(&mut dice, slot, FIRST_ID + n as i64, anchor, people, &mut created))
        .collect()
}

fn slots(dice: &mut Dice, anchor: Timestamp) -> Vec<Slot> {
    let mut slots: Vec<Slot> = LIVE
        .iter()
        .map(|&(title, minutes, people, creator, recorded)| Slot {
            title: title.to_owned(),
            start: anchor - Duration::minutes(minutes),
            minutes: 0,
            people,
            creator: Some(creator),
            recorded,
            live: true,
        })
        .collect();
    for n in 0..EARLIER_TODAY {
        let topic = topic(dice);
        let start = anchor - Duration::minutes(100 + 38 * n as i64 + topic.minutes / 5 * 5);
        let mut slot = slot(dice, topic, round(start));
        slot.recorded |= n % 3 == 1;
        slots.push(slot);
    }
    for _ in 0..TO_COME {
        let topic = topic(dice);
        let minutes = dice.between(30, FUTURE_DAYS * 1_440 - 60);
        slots.push(slot(
            dice,
            topic,
            round(anchor + Duration::minutes(minutes)) + Duration::minutes(15),
        ));
    }
    let midnight = anchor.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    while slots.len() < MEETINGS {
        // The first and the last day are always there, so that the period is the one promised.
        let day = if slots.len() + 1 == MEETINGS {
            PAST_DAYS
        } else {
            dice.between(1, PAST_DAYS)
        };
        let date = midnight - Duration::days(day);
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        if weekend && slots.len() + 1 < MEETINGS && !dice.percent(12) {
            continue;
        }
        let hour = *dice.weighted(&[
            (1, 6),
            (2, 7),
            (3, 5),
            (6, 7),
            (7, 9),
            (8, 10),
            (9, 9),
            (12, 6),
            (13, 9),
            (14, 8),
            (15, 6),
            (16, 4),
        ]);
        let quarter = *dice.weighted(&[(0, 6), (30, 4), (15, 2), (45, 1)]);
        let topic = topic(dice);
        slots.push(slot(
            dice,
            topic,
            date + Duration::hours(hour) + Duration::minutes(quarter),
        ));
    }
    slots
}

fn topic(dice: &mut Dice) -> &'static Topic {
    let weights: Vec<(usize, u32)> = TOPICS.iter().enumerate().map(|(n, topic)| (n, topic.weight)).collect();
    &TOPICS[*dice.weighted(&weights)]
}

/// To five minutes.
fn round(time: Timestamp) -> Timestamp {
    DateTime::from_timestamp(time.timestamp() / 300 * 300, 0).unwrap_or(time)
}

fn slot(dice: &mut Dice, topic: &Topic, start: Timestamp) -> Slot {
    let number = dice.between(2, 40);
    let number = if topic.title.starts_with("Interview") || topic.title.starts_with("面试") {
        start.format("%m%d").to_string()
    } else {
        number.to_string()
    };
    let minutes = (topic.minutes * dice.between(80, 125) / 100).max(6);
    let people = (topic.people * dice.between(60, 110) / 100).max(2);
    let recorded = topic.people > 2 && dice.percent(30);
    let title = topic.title.replace("##", "#").replace('#', &number);
    Slot {
        title,
        start,
        minutes,
        people,
        creator: None,
        recorded,
        live: false,
    }
}

fn meeting(
    dice: &mut Dice,
    slot: Slot,
    id: i64,
    anchor: Timestamp,
    people: &[Person],
    created: &mut Timestamp,
) -> Meeting {
    let chinese = names::is_chinese(&slot.title);
    let planned = slot.start - Duration::minutes(dice.between(20, 6 * 1_440));
    // Ids run with creation as well: never earlier than the meeting before, never later than its own start.
    *created = planned
        .max(*created)
        .min(slot.start - Duration::minutes(5))
        .min(anchor - Duration::minutes(8));
    let to_come = slot.start > anchor;
    let cancelled = !slot.live && dice.percent(4);
    let status = match (slot.live, cancelled, to_come) {
        (true, ..) => "active",
        (_, true, _) => "cancelled",
        (_, _, true) => "scheduled",
        _ => "ended",
    };
    let end = (!slot.live).then(|| slot.start + Duration::minutes(slot.minutes));
    let creator_id = match slot
        .creator
        .and_then(|wanted| people.iter().find(|one| one.username == wanted))
    {
        Some(person) => person.id,
        None => creator(dice, people, chinese, *created),
    };
    let updated_at = match status {
        "ended" => end.unwrap_or(slot.start),
        "active" => slot.start,
        _ => *created + (anchor.min(slot.start) - *created) / 3,
    };
    let description = *dice.pick(if chinese { &DESCRIPTIONS_ZH } else { &DESCRIPTIONS_EN });
    let deleted = status == "cancelled" && !to_come && dice.percent(30);
    Meeting {
        id,
        title: slot.title,
        description,
        creator_id,
        status,
        start: slot.start,
        end,
        max_participants: if slot.people > 90 {
            500
        } else {
            *dice.weighted(&[(100, 8), (50, 1), (300, 1)])
        },
        recorded: slot.recorded && status != "cancelled",
        created_at: *created,
        updated_at,
        deleted_at: deleted.then(|| (slot.start + Duration::hours(dice.between(3, 70))).min(anchor)),
        size: slot.people,
        chinese,
    }
}

/// Somebody active with an account older than the meeting, and of its language more often than not.
fn creator(dice: &mut Dice, people: &[Person], chinese: bool, created: Timestamp) -> i64 {
    let may = |one: &&Person| one.status == "active" && one.role != "guest" && one.created_at < created;
    let of_language: Vec<&Person> = people.iter().filter(may).filter(|one| one.chinese == chinese).collect();
    // A few hold most of the meetings.
    let circle = if dice.percent(55) {
        of_language.len().min(14)
    } else {
        of_language.len()
    };
    of_language[dice.index(circle)].id
}

/// Who was in which meeting, by meeting.
pub(super) fn participants(
    seed_number: u64,
    anchor: Timestamp,
    people: &[Person],
    meetings: &[Meeting],
) -> Vec<Participant> {
    let mut dice = Dice::new(seed_number, Subject::Participants);
    let mut all = Vec::new();
    // Nobody sits in two meetings at this very moment.
    let mut busy: BTreeSet<i64> = meetings
        .iter()
        .filter(|one| one.live())
        .map(|one| one.creator_id)
        .collect();
    for meeting in meetings {
        let mut users = vec![meeting.creator_id];
        if meeting.took_place() {
            users.extend(guests(&mut dice, people, meeting, &busy));
        }
        if meeting.live() {
            busy.extend(&users);
        }
        for (n, user_id) in users.into_iter().enumerate() {
            let id = FIRST_PARTICIPANT_ID + all.len() as i64;
            all.push(participant(&mut dice, id, n, user_id, anchor, meeting));
        }
    }
    all
}

fn guests(dice: &mut Dice, people: &[Person], meeting: &Meeting, busy: &BTreeSet<i64>) -> Vec<i64> {
    let may = |one: &&Person| {
        one.id != meeting.creator_id
            && one.created_at < meeting.start
            && !matches!(one.status, "invited" | "deleted")
            && !(meeting.live() && (one.status == "suspended" || busy.contains(&one.id)))
    };
    let of = |same: bool| -> Vec<i64> {
        people
            .iter()
            .filter(may)
            .filter(|one| (one.chinese == meeting.chinese) == same)
            .map(|one| one.id)
            .collect()
    };
    let wanted = usize::try_from(meeting.size - 1).unwrap_or(0);
    let (own, other) = (of(true), of(false));
    let of_own = (wanted * 3).div_ceil(4).min(own.len());
    let mut users = dice.sample(&own, of_own);
    users.extend(dice.sample(&other, wanted - of_own));
    users
}

fn participant(dice: &mut Dice, id: i64, n: usize, user_id: i64, anchor: Timestamp, meeting: &Meeting) -> Participant {
    let role = match n {
        0 => "host",
        1 if meeting.size > 10 => "co_host",
        _ => "participant",
    };
    let until = meeting.end.unwrap_or(anchor).min(anchor);
    let lasted = (until - meeting.start).num_seconds().max(120);
    let (joined, left) = if meeting.took_place() {
        let late = if n == 0 {
            dice.between(0, 40)
        } else if dice.percent(85) {
            dice.between(5, (lasted / 6).min(240))
        } else {
            dice.between(60, lasted / 2)
        };
        let joined = meeting.start + Duration::seconds(late);
        let early = n > 0 && dice.percent(16);
        let rest = (until - joined).num_seconds();
        let left = if early {
            Some(joined + Duration::seconds(dice.between(rest / 3, rest * 9 / 10).max(1)))
        } else {
            meeting
                .end
                .map(|end| (end - Duration::seconds(dice.between(0, 25))).max(joined + Duration::seconds(1)))
        };
        // In the live meeting of two nobody has left.
        (
            Some(joined),
            left.filter(|_| !meeting.live() || meeting.size > 4 && early),
        )
    } else {
        (None, None)
    };
    Participant {
        id,
        meeting_id: meeting.id,
        user_id,
        joined,
        left,
        role,
        muted: n > 0 && dice.percent(if meeting.size > 12 { 85 } else { 45 }),
        video: dice.percent(if meeting.size > 30 { 20 } else { 72 }),
        created_at: joined.unwrap_or(meeting.created_at),
    }
}

/// Audio, video and screens of the last weeks.
pub(super) fn streams(
    seed_number: u64,
    anchor: Timestamp,
    meetings: &[Meeting],
    participants: &[Participant],
) -> Vec<Stream> {
    let mut dice = Dice::new(seed_number, Subject::Streams);
    let recent = meetings
        .iter()
        .filter(|one| one.took_place() && one.start > anchor - Duration::days(STREAM_DAYS));
    let first_meeting = recent.map(|one| one.id).min().unwrap_or(i64::MAX);
    let mut all: Vec<Stream> = Vec::new();
    let mut sharer = 0;
    for one in participants.iter().filter(|one| one.meeting_id >= first_meeting) {
        let Some(joined) = one.joined else { continue };
        let mut add = |stream_type, codec, bitrate, resolution, after| {
            all.push(Stream {
                id: FIRST_STREAM_ID + all.len() as i64,
                meeting_id: one.meeting_id,
                participant_id: one.id,
                stream_type,
                codec,
                bitrate,
                resolution,
                created_at: (joined + Duration::seconds(after)).min(one.left.unwrap_or(anchor)),
            });
        };
        add("audio", "opus", dice.between(24, 64) * 1_000, None, 1);
        if one.video {
            let (codec, resolution, low) = *dice.weighted(&[
                (("h264", "1280x720", 900), 6),
                (("vp8", "1280x720", 800), 2),
                (("h264", "640x360", 320), 2),
                (("vp9", "1920x1080", 1_600), 1),
                (("h264", "426x240", 180), 1),
            ]);
            add(
                "video",
                codec,
                dice.between(low, low * 7 / 4) * 1_000,
                Some(resolution),
                2,
            );
        }
        if one.role == "host" || (sharer != one.meeting_id && dice.percent(4)) {
            if dice.percent(45) {
                add(
                    "screen",
                    "vp8",
                    dice.between(500, 1_400) * 1_000,
                    Some("1920x1080"),
                    dice.between(40, 400),
                );
            }
            sharer = one.meeting_id;
        }
    }
    all
}
