//! Rows of `media_streams`.

use greenroom_domain::meeting::{Bounded, MediaStream};
use greenroom_domain::{MeetingId, ParticipantId, StreamId};
use sqlx::postgres::PgRow;

use crate::value::Cells;
use crate::{Error, Lane, PART_LIMIT, Postgres, Query};

impl Postgres {
    /// A meeting's streams by id, at most [`PART_LIMIT`].
    /// Cost: the meeting's rows by `idx_streams_meeting_id`, two look-ups each.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn streams(&self, meeting: MeetingId) -> Result<Bounded<MediaStream>, Error> {
        let mut query = Query::new(
            "SELECT s.id, s.participant_id, s.stream_type, s.codec, s.bitrate, s.resolution, s.created_at, \
               (SELECT coalesce(nullif(u.full_name, ''), u.username) FROM meeting_participants a \
                JOIN users u ON u.id = a.user_id WHERE a.id = s.participant_id) AS participant_name \
             FROM media_streams s WHERE s.meeting_id = ",
        );
        query
            .push_bind(meeting.0)
            .push(" ORDER BY s.id LIMIT ")
            .push_bind(PART_LIMIT as i64 + 1);
        let mut call = self.call("meeting.streams", Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        Ok(Bounded::cut(
            call.decoded(rows.iter().map(stream).collect())?,
            PART_LIMIT,
        ))
    }
}

fn stream(row: &PgRow) -> Result<MediaStream, sqlx::Error> {
    Ok(MediaStream {
        id: StreamId(row.id("id")?),
        participant_id: ParticipantId(row.id("participant_id")?),
        participant_name: row.text("participant_name")?,
        stream_type: row.text("stream_type")?,
        codec: row.text("codec")?,
        bitrate_bps: row.int("bitrate")?,
        resolution: row.text("resolution")?,
        created_at: row.shown("created_at")?,
    })
}
