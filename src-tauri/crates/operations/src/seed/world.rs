//! The demo as rows, before it is written anywhere: one pure function of the seed number and the anchor. It talks to no
//! server and makes no files.

use greenroom_domain::Timestamp;

use super::clips::Clip;
use super::{meetings, people, recordings};

/// The whole demo's relational part; the documents, keys and objects are derived from it as they are written.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) seed_number: u64,
    /// The demo's "now".
    pub(super) anchor: Timestamp,
    pub(super) people: Vec<Person>,
    pub(super) permissions: Vec<Permission>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) participants: Vec<Participant>,
    pub(super) streams: Vec<Stream>,
    pub(super) recordings: Vec<Recording>,
}

#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: i64,
    pub(super) username: String,
    pub(super) email: String,
    pub(super) full_name: String,
    pub(super) status: &'static str,
    pub(super) role: &'static str,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) deleted_at: Option<Timestamp>,
    /// Whether there is a picture of them.
    pub(super) has_avatar: bool,
    /// Whether the name is written in Chinese.
    pub(super) chinese: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Permission {
    pub(super) user_id: i64,
    pub(super) resource: &'static str,
    pub(super) action: &'static str,
    pub(super) granted_by: Option<i64>,
    pub(super) granted_at: Timestamp,
}

#[derive(Debug, Clone)]
pub(super) struct Meeting {
    pub(super) id: i64,
    pub(super) title: String,
    pub(super) description: Option<&'static str>,
    pub(super) creator_id: i64,
    pub(super) status: &'static str,
    pub(super) start: Timestamp,
    pub(super) end: Option<Timestamp>,
    pub(super) max_participants: i64,
    pub(super) recorded: bool,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) deleted_at: Option<Timestamp>,
    /// People at most, beside the creator.
    pub(super) size: i64,
    pub(super) chinese: bool,
}

impl Meeting {
    pub(super) fn live(&self) -> bool {
        self.status == "active"
    }

    pub(super) fn took_place(&self) -> bool {
        self.live() || self.status == "ended"
    }
}

#[derive(Debug, Clone)]
pub(super) struct Participant {
    pub(super) id: i64,
    pub(super) meeting_id: i64,
    pub(super) user_id: i64,
    pub(super) joined: Option<Timestamp>,
    pub(super) left: Option<Timestamp>,
    pub(super) role: &'static str,
    pub(super) muted: bool,
    pub(super) video: bool,
    pub(super) created_at: Timestamp,
}

#[derive(Debug, Clone)]
pub(super) struct Stream {
    pub(super) id: i64,
    pub(super) meeting_id: i64,
    pub(super) participant_id: i64,
    pub(super) stream_type: &'static str,
    pub(super) codec: &'static str,
    pub(super) bitrate: i64,
    pub(super) resolution: Option<&'static str>,
    pub(super) created_at: Timestamp,
}

#[derive(Debug, Clone)]
pub(super) struct Recording {
    pub(super) id: i64,
    pub(super) meeting_id: i64,
    /// The object's key.
    pub(super) key: String,
    pub(super) clip: &'static Clip,
    pub(super) status: &'static str,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

impl Recording {
    /// The key of the log beside it.
    pub(super) fn log_key(&self) -> String {
        let stem = self.key.rsplit_once('.').map_or(self.key.as_str(), |(stem, _)| stem);
        format!("{stem}.log")
    }
}

impl World {
    pub(super) fn new(seed_number: u64, anchor: Timestamp) -> Self {
        let people = people::people(seed_number, anchor);
        let permissions = people::permissions(seed_number, &people);
        let mut meetings = meetings::meetings(seed_number, anchor, &people);
        let recordings = recordings::recordings(seed_number, anchor, &mut meetings);
        let participants = meetings::participants(seed_number, anchor, &people, &meetings);
        let streams = meetings::streams(seed_number, anchor, &meetings, &participants);
        Self {
            seed_number,
            anchor,
            people,
            permissions,
            meetings,
            participants,
            streams,
            recordings,
        }
    }

    /// Who took part in a meeting.
    pub(super) fn participants_of(&self, meeting_id: i64) -> &[Participant] {
        let first = self.participants.partition_point(|one| one.meeting_id < meeting_id);
        let end = self.participants.partition_point(|one| one.meeting_id <= meeting_id);
        &self.participants[first..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn world() -> World {
        World::new(7, "2026-03-12T06:32:00Z".parse().unwrap())
    }

    #[test]
    fn the_same_number_makes_the_same_world_and_another_makes_another() {
        assert_eq!(format!("{:?}", world()), format!("{:?}", world()));
        let other = World::new(8, world().anchor);
        assert_ne!(other.people[100].username, world().people[100].username);
    }

    #[test]
    fn it_is_as_large_as_the_demo_should_be() {
        let world = world();
        assert_eq!(world.people.len(), 240);
        assert_eq!(world.meetings.len(), 600);
        let status = |wanted| world.meetings.iter().filter(|one| one.status == wanted).count();
        assert_eq!(status("active"), 9);
        assert!(status("scheduled") >= 20 && status("cancelled") >= 8);
        assert!(world.participants.len() > 4_000, "{}", world.participants.len());
        assert!(world.recordings.len() >= 55);
        let days = world.meetings.last().unwrap().start - world.meetings[0].start;
        assert!((80..=91).contains(&days.num_days()), "{} days", days.num_days());
    }

    #[test]
    fn usernames_addresses_and_places_in_meetings_are_unique() {
        let world = world();
        let names: BTreeSet<_> = world.people.iter().map(|one| &one.username).collect();
        let addresses: BTreeSet<_> = world.people.iter().map(|one| &one.email).collect();
        assert_eq!((names.len(), addresses.len()), (240, 240));
        let places: BTreeSet<_> = world
            .participants
            .iter()
            .map(|one| (one.meeting_id, one.user_id))
            .collect();
        assert_eq!(places.len(), world.participants.len());
        let keys: BTreeSet<_> = world.recordings.iter().map(|one| &one.key).collect();
        assert_eq!(keys.len(), world.recordings.len());
        let rights: BTreeSet<_> = world
            .permissions
            .iter()
            .map(|p| (p.user_id, p.resource, p.action))
            .collect();
        assert_eq!(rights.len(), world.permissions.len());
    }

    #[test]
    fn nothing_contradicts_the_clock_or_another_row() {
        let anchors = [
            "2026-03-12T06:32:00Z",
            "2026-03-15T00:00:00Z",
            "2024-02-29T23:59:00Z",
            "2027-01-01T00:01:00Z",
        ];
        for (n, anchor) in anchors.iter().cycle().take(12).enumerate() {
            consistent(&World::new(n as u64, anchor.parse().unwrap()));
        }
    }

    fn consistent(world: &World) {
        let people: BTreeMap<_, _> = world.people.iter().map(|one| (one.id, one)).collect();
        let meetings: BTreeMap<_, _> = world.meetings.iter().map(|one| (one.id, one)).collect();
        for meeting in &world.meetings {
            assert!(
                meeting.created_at <= meeting.start && meeting.created_at <= world.anchor,
                "{meeting:?}"
            );
            assert!(
                people[&meeting.creator_id].created_at <= meeting.created_at,
                "{meeting:?}"
            );
            match meeting.status {
                "active" => assert!(meeting.start <= world.anchor && meeting.end.is_none()),
                "ended" => assert!(meeting.end.unwrap() <= world.anchor && meeting.end.unwrap() > meeting.start),
                "scheduled" => assert!(meeting.start > world.anchor),
                _ => {}
            }
        }
        for one in &world.participants {
            let meeting = meetings[&one.meeting_id];
            assert!(people[&one.user_id].created_at <= meeting.start);
            if let (Some(joined), Some(left)) = (one.joined, one.left) {
                assert!(joined < left && left <= world.anchor, "{one:?}");
            }
            assert_eq!(one.joined.is_some(), meeting.took_place());
        }
        for one in &world.recordings {
            let meeting = meetings[&one.meeting_id];
            assert!(meeting.recorded && meeting.took_place() && one.created_at >= meeting.start);
            if let Some(end) = meeting.end {
                let ends = one.created_at + chrono::Duration::seconds(one.clip.seconds);
                assert!(ends <= end, "{one:?} ends after {meeting:?}");
            }
        }
        let used: BTreeSet<_> = world.recordings.iter().map(|one| one.clip.name).collect();
        assert_eq!(used.len(), super::super::clips::CLIPS.len(), "every clip is used");
    }

    #[test]
    fn nobody_is_in_two_live_meetings() {
        let world = world();
        let live: BTreeSet<i64> = world
            .meetings
            .iter()
            .filter(|one| one.live())
            .map(|one| one.id)
            .collect();
        let inside = world.participants.iter().filter(|one| live.contains(&one.meeting_id));
        let users: Vec<i64> = inside.map(|one| one.user_id).collect();
        assert!(users.len() > 130, "{} people", users.len());
        assert_eq!(users.iter().collect::<BTreeSet<_>>().len(), users.len());
    }

    #[test]
    fn both_scripts_are_at_home() {
        let world = world();
        let chinese = world.people.iter().filter(|one| one.chinese).count();
        assert!((90..150).contains(&chinese), "{chinese}");
        let chinese = world.meetings.iter().filter(|one| one.chinese).count();
        assert!((150..350).contains(&chinese), "{chinese}");
    }
}
