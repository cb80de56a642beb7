//! The n-th row of each big table, from its number alone: no row is remembered, none depends on another.

use chrono::Duration;
use greenroom_domain::Timestamp;
use greenroom_store_postgres::copy::CopyTable;

use crate::seed::rows::Lines;
use crate::seed::words::TOPICS;

/// Days that the meetings are spread over.
const DAYS: i64 = 730;
/// Participants of one meeting.
const SEATS: u64 = 8;

/// What rows refer to.
#[derive(Debug, Clone, Default)]
pub(super) struct Ground {
    pub(super) seed_number: u64,
    pub(super) anchor: Timestamp,
    pub(super) first_user: i64,
    pub(super) first_meeting: i64,
    /// How many meetings of our own there are, from `first_meeting` on.
    pub(super) meetings: u64,
    /// Meetings that were there before, where there are none of our own.
    pub(super) borrowed: Vec<i64>,
    /// Some people.
    pub(super) creators: Vec<i64>,
}

impl Ground {
    /// A number that looks thrown: SplitMix64 (Steele, Lea, Flood 2014, figure 15) over seed, row and use.
    pub(super) fn dice(&self, n: u64, salt: u64) -> u64 {
        let mut z = self.seed_number.wrapping_mul(0xd6e8_feb8_6659_fd93) ^ n.wrapping_mul(8).wrapping_add(salt);
        z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&self, n: u64, salt: u64, limit: u64) -> usize {
        (self.dice(n, salt) % limit.max(1)) as usize
    }

    /// A moment for the n-th of `count`, later ones later, over the last `days`.
    pub(super) fn spread(&self, n: u64, count: u64, days: i64) -> Timestamp {
        let span = i128::from(days) * 86_400_000;
        let into = i128::from(n) * span / i128::from(count.max(1));
        let whole = i64::try_from(span - into).unwrap_or(0) / 1_000;
        self.anchor - Duration::seconds(whole)
    }

    /// Somebody.
    pub(super) fn user(&self, n: u64) -> i64 {
        match self.creators.len() as u64 {
            0 => 1,
            many => self.creators[self.below(n, 0, many)],
        }
    }

    /// The meeting that the n-th of what hangs on meetings hangs on.
    pub(super) fn meeting(&self, n: u64) -> i64 {
        if self.meetings > 0 {
            self.first_meeting + (n % self.meetings) as i64
        } else {
            self.borrowed
                .get((n % self.borrowed.len().max(1) as u64) as usize)
                .copied()
                .unwrap_or(1)
        }
    }
}

/// What is loaded by `COPY`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Users,
    Meetings,
    Participants,
    Recordings,
}

impl Table {
    pub(super) fn copy_table(self) -> CopyTable {
        match self {
            Self::Users => CopyTable::Users,
            Self::Meetings => CopyTable::Meetings,
            Self::Participants => CopyTable::Participants,
            Self::Recordings => CopyTable::Recordings,
        }
    }

    /// The n-th of `count` rows.
    pub(super) fn line(self, ground: &Ground, n: u64, count: u64, lines: &mut Lines) {
        match self {
            Self::Users => user(ground, n, count, lines),
            Self::Meetings => meeting(ground, n, count, lines),
            Self::Participants => participant(ground, n, lines),
            Self::Recordings => recording(ground, n, count, lines),
        }
    }
}

fn user(ground: &Ground, n: u64, count: u64, lines: &mut Lines) {
    let id = ground.first_user + n as i64;
    let created = ground.spread(n, count, 1_400);
    let status = if ground.below(n, 10, 50) == 0 {
        "suspended"
    } else {
        "active"
    };
    lines
        .int(id)
        .text(&format!("u{id}"))
        .text(&format!("u{id}@scale.example"))
        .text("!no-password");
    lines
        .text(&format!("User {id}"))
        .null()
        .text(status)
        .text("user")
        .time(created)
        .time(created)
        .null()
        .end();
}

fn meeting(ground: &Ground, n: u64, count: u64, lines: &mut Lines) {
    let id = ground.first_meeting + n as i64;
    let topic = &TOPICS[ground.below(n, 11, TOPICS.len() as u64)];
    let start = ground.spread(n, count, DAYS);
    let end = start + Duration::minutes(topic.minutes);
    let created = start - Duration::hours(26);
    let (status, over) = match ground.below(n, 12, 100) {
        0..4 => ("cancelled", end),
        _ if end > ground.anchor => ("scheduled", created),
        _ => ("ended", end),
    };
    let title = topic.title.replace('#', &(n % 1_000).to_string());
    lines
        .int(id)
        .text(&title)
        .null()
        .int(ground.user(n))
        .text(status)
        .time(start)
        .time(end)
        .int(100);
    lines
        .flag(ground.below(n, 13, 4) == 0)
        .time(created)
        .time(over)
        .null()
        .end();
}

/// Each meeting's first seats go to people who follow each other in the list, so that nobody sits twice.
fn participant(ground: &Ground, n: u64, lines: &mut Lines) {
    let (meeting, seat) = (n / SEATS, n % SEATS);
    let people = ground.creators.len().max(1) as u64;
    let user = ground.creators[((ground.dice(meeting, 14) % people + seat) % people) as usize];
    let joined = ground.spread(meeting, ground.meetings.max(1), DAYS);
    let role = if seat == 0 { "host" } else { "participant" };
    lines
        .int(ground.first_meeting * 8 + n as i64)
        .int(ground.meeting(meeting))
        .int(user)
        .time(joined);
    lines
        .time(joined + Duration::minutes(20))
        .text(role)
        .flag(seat > 0)
        .flag(seat % 3 != 0)
        .time(joined)
        .end();
}

fn recording(ground: &Ground, n: u64, count: u64, lines: &mut Lines) {
    let meeting = ground.meeting(n);
    let at = ground.spread(n, count, DAYS);
    let path = format!(
        "recordings/meeting_{meeting}/recording_{}_{n}.mp4",
        at.format("%Y%m%d_%H%M%S")
    );
    let seconds = 60 + ground.below(n, 15, 7_000) as i64;
    lines
        .int(ground.first_meeting + n as i64)
        .int(meeting)
        .text(&path)
        .int(seconds * 51_200)
        .int(seconds);
    lines.text("mp4").text("completed").time(at).time(at).end();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground() -> Ground {
        let anchor = "2026-03-12T06:32:00Z".parse().unwrap();
        Ground {
            anchor,
            meetings: 100,
            first_meeting: 1,
            creators: (1..=50).collect(),
            ..Ground::default()
        }
    }

    #[test]
    fn a_row_depends_on_its_number_alone() {
        let line = |n| {
            let mut lines = Lines::default();
            Table::Meetings.line(&ground(), n, 1_000, &mut lines);
            lines.finish()
        };
        assert_eq!(line(7), line(7));
        assert_ne!(line(7), line(8));
    }

    #[test]
    fn later_meetings_begin_later_and_none_in_the_future() {
        let starts: Vec<_> = (0..1_000).map(|n| ground().spread(n, 1_000, DAYS)).collect();
        assert!(starts.is_sorted() && starts.iter().all(|start| *start < ground().anchor));
    }

    #[test]
    fn nobody_sits_twice_in_one_meeting() {
        let mut lines = Lines::default();
        (0..800).for_each(|n| Table::Participants.line(&ground(), n, 800, &mut lines));
        let text = lines.finish();
        let text = std::str::from_utf8(&text).unwrap();
        let places: std::collections::BTreeSet<_> = text
            .lines()
            .map(|line| line.split('\t').skip(1).take(2).collect::<Vec<_>>())
            .collect();
        assert_eq!(places.len(), 800);
    }
}
