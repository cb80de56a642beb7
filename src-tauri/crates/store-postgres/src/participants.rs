//! Rows of `meeting_participants`: who was in a meeting, from when to when.

use greenroom_domain::meeting::{Bounded, Participant, PresenceStep};
use greenroom_domain::{MeetingId, ParticipantId, UserId};
use sqlx::postgres::PgRow;

use crate::value::Cells;
use crate::{Error, Lane, PART_LIMIT, Postgres, Query};

/// How many joins and leaves are drawn over all running meetings.
const PRESENCE_LIMIT: i64 = 20_000;

/// One running meeting's presence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Which meeting.
    pub meeting_id: MeetingId,
    /// How many are in now.
    pub present: u32,
    /// How many were in from when on.
    pub steps: Vec<PresenceStep>,
}

impl Postgres {
    /// A meeting's participants by when they joined, at most [`PART_LIMIT`].
    /// Cost: the meeting's rows by `idx_participants_meeting_id`, one look-up of a person each.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn participants(&self, meeting: MeetingId) -> Result<Bounded<Participant>, Error> {
        let mut query = Query::new(
            "SELECT a.id, a.user_id, u.username, u.full_name, a.role, a.join_time, a.leave_time, a.is_muted, a.is_video_on \
             FROM meeting_participants a LEFT JOIN users u ON u.id = a.user_id WHERE a.meeting_id = ",
        );
        query
            .push_bind(meeting.0)
            .push(" ORDER BY a.join_time NULLS LAST, a.id LIMIT ");
        query.push_bind(PART_LIMIT as i64 + 1);
        let mut call = self.call("meeting.participants", Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        Ok(Bounded::cut(
            call.decoded(rows.iter().map(participant).collect())?,
            PART_LIMIT,
        ))
    }

    /// The names to show for some participants, those of `ids` that exist: full name, else username. At most 1,000 ids.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn participant_names(&self, ids: &[ParticipantId]) -> Result<Vec<(ParticipantId, String)>, Error> {
        let ids: Vec<i64> = ids.iter().take(1_000).map(|id| id.0).collect();
        let mut query = Query::new(
            "SELECT a.id, coalesce(nullif(u.full_name, ''), u.username) AS name \
             FROM meeting_participants a JOIN users u ON u.id = a.user_id WHERE a.id = ANY(",
        );
        query.push_bind(ids).push(")");
        let mut call = self.call("participant.names", Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        call.decoded(
            rows.iter()
                .map(|row| Ok((ParticipantId(row.id("id")?), row.name("name")?)))
                .collect(),
        )
    }

    /// How the number of people inside some meetings went, at most 50 meetings. Somebody with no `join_time` has not come yet.
    /// Cost: the meetings' rows by `idx_participants_meeting_id`.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn presence(&self, meetings: &[MeetingId]) -> Result<Vec<Presence>, Error> {
        let ids: Vec<i64> = meetings.iter().take(50).map(|id| id.0).collect();
        let mut query = Query::new(
            "SELECT a.meeting_id, a.join_time, a.leave_time FROM meeting_participants a \
             WHERE a.join_time IS NOT NULL AND a.meeting_id = ANY(",
        );
        query
            .push_bind(ids)
            .push(") ORDER BY a.meeting_id LIMIT ")
            .push_bind(PRESENCE_LIMIT);
        let mut call = self.call("meeting.presence", Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        let read = |row: &PgRow| Ok((row.id("meeting_id")?, row.shown("join_time")?, row.shown("leave_time")?));
        let rows: Vec<(i64, _, _)> = call.decoded(rows.iter().map(read).collect())?;
        let by_meeting = rows.chunk_by(|one, next| one.0 == next.0);
        Ok(by_meeting
            .map(|stays| {
                let times = stays.iter().map(|(_, join, leave)| (*join, *leave));
                let (present, steps) = steps(times);
                Presence {
                    meeting_id: MeetingId(stays[0].0),
                    present,
                    steps,
                }
            })
            .collect())
    }
}

type Stay = (Option<greenroom_domain::Timestamp>, Option<greenroom_domain::Timestamp>);

/// Joins and leaves in their order, with how many are in after each; several at one moment are one step.
fn steps(stays: impl Iterator<Item = Stay>) -> (u32, Vec<PresenceStep>) {
    let mut moves: Vec<(greenroom_domain::Timestamp, i32)> = Vec::new();
    let mut present = 0;
    for (join, leave) in stays {
        if leave.is_none() {
            present += 1;
        }
        moves.extend(join.map(|at| (at, 1)));
        moves.extend(leave.filter(|_| join.is_some()).map(|at| (at, -1)));
    }
    moves.sort_unstable();
    let mut inside = 0_i32;
    let mut steps: Vec<PresenceStep> = Vec::new();
    for (at, change) in moves {
        inside += change;
        let now = u32::try_from(inside).unwrap_or(0);
        match steps.last_mut() {
            Some(last) if last.at == at => last.present = now,
            _ => steps.push(PresenceStep { at, present: now }),
        }
    }
    (present, steps)
}

fn participant(row: &PgRow) -> Result<Participant, sqlx::Error> {
    Ok(Participant {
        id: ParticipantId(row.id("id")?),
        user_id: UserId(row.id("user_id")?),
        username: row.name("username")?,
        full_name: row.text("full_name")?,
        role: row.text("role")?,
        join_time: row.shown("join_time")?,
        leave_time: row.shown("leave_time")?,
        is_muted: row.flag("is_muted")?.unwrap_or(false),
        is_video_on: row.flag("is_video_on")?.unwrap_or(true),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presence_counts_joins_and_leaves_and_merges_those_of_one_moment() {
        let at = |s: i64| chrono::DateTime::from_timestamp(s, 0);
        let stays = [(at(10), Some(at(30).unwrap())), (at(10), None), (at(20), at(30))];
        let (present, steps) = steps(stays.into_iter());
        assert_eq!(present, 1);
        let seen: Vec<(i64, u32)> = steps.iter().map(|step| (step.at.timestamp(), step.present)).collect();
        assert_eq!(seen, [(10, 2), (20, 3), (30, 1)]);
    }
}
