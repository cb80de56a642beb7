//! Rows of `meeting_recordings`, with the title and start of their meeting. Whether the object is there is S3's to say.

use greenroom_domain::meeting::Bounded;
use greenroom_domain::page::Total;
use greenroom_domain::recording::{
    Recording, RecordingCondition, RecordingFilter, RecordingListRequest, RecordingSort,
};
use greenroom_domain::{MeetingId, Page, RecordingId, SizeBytes};
use sqlx::postgres::PgRow;

use crate::cursor::{Key, KeyKind, Order};
use crate::filter::{Conditions, Where};
use crate::value::{Cells, Moment};
use crate::{Error, Lane, PART_LIMIT, Postgres, Query, page};

const COLUMNS: &str = "r.id, r.meeting_id, r.file_path, r.file_size, r.duration, r.format, r.status, \
     r.created_at, r.updated_at";
/// Around the rows of one page: what belongs to each from its meeting.
const WITH_MEETING: &str = "SELECT p.*, m.title AS meeting_title, m.start_time AS meeting_start FROM (SELECT ";
const AND_MEETING: &str = ") AS p LEFT JOIN LATERAL (SELECT m.title, m.start_time FROM meetings m \
     WHERE m.id = p.meeting_id OFFSET 0) AS m ON true";

impl Postgres {
    /// One page of recordings.
    /// Cost: a walk along the primary key from the cursor on, until the page is full; a look-up of the meeting for each row.
    ///
    /// # Errors
    /// [`Error::Request`] for a filter or cursor that makes no sense.
    pub async fn recording_list(&self, request: &RecordingListRequest) -> Result<Page<Recording>, Error> {
        const OPERATION: &str = "recording.list";
        let conditions = Conditions::read(OPERATION, &request.filter, RecordingCondition::parse)?;
        let (order, outer) = order(request.sort.by, request.sort.descending);
        let limit = request.page.bounded_limit() as usize;
        let mut query = Query::new(WITH_MEETING);
        query.push(COLUMNS).push(" FROM meeting_recordings r");
        let mut filter = Where::new(&mut query);
        push(&mut filter, &conditions);
        filter.after(OPERATION, order, request.page.after.as_deref())?;
        query
            .push(order.by)
            .push(" LIMIT ")
            .push_bind(limit as i64 + 1)
            .push(AND_MEETING)
            .push(outer);
        let mut call = self.call(OPERATION, Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        let read = |row: &PgRow| Ok((Key::Id(row.id("id")?), recording(row)?));
        let rows = call.decoded(rows.iter().map(read).collect())?;
        Ok(page(rows, limit, order.of))
    }

    /// How many recordings pass the filter; see [`crate::COUNT_LIMIT`].
    ///
    /// # Errors
    /// [`Error::Request`] for a filter that makes no sense.
    pub async fn recording_count(&self, filter: &RecordingFilter) -> Result<Total, Error> {
        const OPERATION: &str = "recording.count";
        let conditions = Conditions::read(OPERATION, filter, RecordingCondition::parse)?;
        self.total(OPERATION, |query| {
            query.push(" FROM meeting_recordings r");
            push(&mut Where::new(query), &conditions);
        })
        .await
    }

    /// One recording's row.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn recording_get(&self, id: RecordingId) -> Result<Recording, Error> {
        const OPERATION: &str = "recording.get";
        let mut query = Query::new(WITH_MEETING);
        query
            .push(COLUMNS)
            .push(" FROM meeting_recordings r WHERE r.id = ")
            .push_bind(id.0)
            .push(AND_MEETING);
        let mut call = self.call(OPERATION, Lane::Main).await?;
        let row = call.row(&mut query).await?;
        let row = row.ok_or_else(|| Error::NotFound {
            operation: OPERATION,
            what: format!("recording {id}"),
        })?;
        call.decoded(recording(&row))
    }

    /// A meeting's recordings by id, at most [`PART_LIMIT`].
    /// Cost: the meeting's rows by `idx_recordings_meeting_id`.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn meeting_recordings(&self, meeting: MeetingId) -> Result<Bounded<Recording>, Error> {
        let mut query = Query::new(WITH_MEETING);
        query
            .push(COLUMNS)
            .push(" FROM meeting_recordings r WHERE r.meeting_id = ")
            .push_bind(meeting.0);
        query
            .push(" ORDER BY r.id LIMIT ")
            .push_bind(PART_LIMIT as i64 + 1)
            .push(AND_MEETING)
            .push(" ORDER BY p.id");
        let mut call = self.call("meeting.recordings", Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        Ok(Bounded::cut(
            call.decoded(rows.iter().map(recording).collect())?,
            PART_LIMIT,
        ))
    }

    /// A few recordings for the palette, newest first: substring over meeting title and file path, within
    /// [`crate::QUICK_DEADLINE`].
    ///
    /// # Errors
    /// [`Error::Request`] for a text that can match nothing.
    pub async fn recording_find(&self, text: &str, limit: u32) -> Result<Vec<Recording>, Error> {
        const OPERATION: &str = "recording.find";
        let filter = RecordingFilter {
            search: Some(text.to_owned()),
            terms: Vec::new(),
        };
        let conditions = Conditions::read(OPERATION, &filter, RecordingCondition::parse)?;
        let mut query = Query::new(WITH_MEETING);
        query.push(COLUMNS).push(" FROM meeting_recordings r");
        push(&mut Where::new(&mut query), &conditions);
        query
            .push(" ORDER BY r.id DESC LIMIT ")
            .push_bind(i64::from(limit))
            .push(AND_MEETING);
        query.push(" ORDER BY p.id DESC");
        let mut call = self.call(OPERATION, Lane::Quick).await?;
        let rows = call.rows(&mut query).await?;
        call.decoded(rows.iter().map(recording).collect())
    }
}

fn order(by: RecordingSort, descending: bool) -> (Order, &'static str) {
    let RecordingSort::Id = by;
    let (of, by, outer) = if descending {
        ("recording.id.desc", " ORDER BY r.id DESC", " ORDER BY p.id DESC")
    } else {
        ("recording.id.asc", " ORDER BY r.id", " ORDER BY p.id")
    };
    (
        Order {
            of,
            kind: KeyKind::Id,
            columns: "(r.id)",
            descending,
            by,
        },
        outer,
    )
}

fn push(filter: &mut Where<'_>, conditions: &Conditions<RecordingCondition>) {
    for (negated, condition) in &conditions.all {
        match condition {
            RecordingCondition::Status(any) => filter.any_text("r.status", *negated, any.clone()),
            RecordingCondition::Format(any) => filter.any_text("r.format", *negated, any.clone()),
            RecordingCondition::Meeting(any) => {
                filter.any_id("r.meeting_id", *negated, any.iter().map(|id| id.0).collect());
            }
            RecordingCondition::Created(period) => filter.within("r.created_at", *negated, *period),
        }
    }
    if let Some(pattern) = &conditions.pattern {
        let query = filter.and();
        query.push("(r.file_path ILIKE ").push_bind(pattern.clone());
        query.push(" OR EXISTS (SELECT FROM meetings m WHERE m.id = r.meeting_id AND m.title ILIKE ");
        query.push_bind(pattern.clone()).push("))");
    }
}

fn recording(row: &PgRow) -> Result<Recording, sqlx::Error> {
    Ok(Recording {
        id: RecordingId(row.id("id")?),
        meeting_id: MeetingId(row.id("meeting_id")?),
        meeting_title: row.text("meeting_title")?,
        meeting_start: row.moment("meeting_start")?.and_then(Moment::shown),
        file_path: row.name("file_path")?,
        size_bytes: row
            .long("file_size")?
            .and_then(|size| u64::try_from(size).ok())
            .map(SizeBytes),
        duration_s: row.int("duration")?,
        format: row.text("format")?,
        status: row.text("status")?,
        created_at: row.shown("created_at")?,
        updated_at: row.shown("updated_at")?,
    })
}
