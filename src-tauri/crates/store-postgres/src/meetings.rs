//! Rows of `meetings`, with their creator's name and how many took part and were recorded, looked up for the page's rows only.

use greenroom_domain::filter::Sort;
use greenroom_domain::meeting::{
    LIVE_STATUSES, Meeting, MeetingCondition, MeetingFilter, MeetingListRequest, MeetingSort,
};
use greenroom_domain::page::Total;
use greenroom_domain::user::Attendance;
use greenroom_domain::{MeetingId, Page, PageRequest, UserId};
use sqlx::postgres::PgRow;

use crate::cursor::{Key, KeyKind, Order};
use crate::filter::{Conditions, Where};
use crate::value::{Cells, Moment};
use crate::{Error, Lane, Postgres, Query, page};

/// A description longer than this is cut in lists; `meeting_get` has it whole.
const ROW: &str = "SELECT m.id, m.title, CASE WHEN octet_length(m.description) > 8192 \
     THEN left(m.description, 2000) || '…' ELSE m.description END AS description, \
     m.creator_id, m.status, m.start_time, m.end_time, m.max_participants, m.is_recording, \
     m.created_at, m.updated_at, m.deleted_at FROM meetings m";
const WHOLE_ROW: &str = "SELECT m.id, m.title, m.description, m.creator_id, m.status, m.start_time, m.end_time, \
     m.max_participants, m.is_recording, m.created_at, m.updated_at, m.deleted_at FROM meetings m";
/// Around the rows of one page: what belongs to each from other tables.
const WITH_NAMES: &str = "SELECT p.*, \
     (SELECT coalesce(nullif(u.full_name, ''), u.username) FROM users u WHERE u.id = p.creator_id) AS creator_name, \
     (SELECT count(*) FROM meeting_participants a WHERE a.meeting_id = p.id) AS participant_count, \
     (SELECT count(*) FROM meeting_recordings r WHERE r.meeting_id = p.id) AS recording_count FROM (";
const SEARCHED: [&str; 2] = ["m.title", "m.description"];

impl Postgres {
    /// One page of meetings.
    /// Cost: a walk along the sort's index from the cursor on, until the page is full, whatever the depth; then three
    /// index look-ups for each row of the page.
    ///
    /// # Errors
    /// [`Error::Request`] for a filter or cursor that makes no sense.
    pub async fn meeting_list(&self, request: &MeetingListRequest) -> Result<Page<Meeting>, Error> {
        const OPERATION: &str = "meeting.list";
        let conditions = Conditions::read(OPERATION, &request.filter, MeetingCondition::parse)?;
        let (order, outer) = order(request.sort.by, request.sort.descending);
        let limit = request.page.bounded_limit() as usize;
        let mut query = Query::new(WITH_NAMES);
        query.push(ROW);
        let mut filter = Where::new(&mut query);
        push(&mut filter, &conditions);
        filter.after(OPERATION, order, request.page.after.as_deref())?;
        query
            .push(order.by)
            .push(" LIMIT ")
            .push_bind(limit as i64 + 1)
            .push(") AS p")
            .push(outer);
        let mut call = self.call(OPERATION, Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        let read = |row: &PgRow| -> Result<(Key, Meeting), sqlx::Error> {
            let id = row.id("id")?;
            let key = match request.sort.by {
                MeetingSort::Id => Key::Id(id),
                MeetingSort::Start => Key::Moment(row.moment("start_time")?.unwrap_or(Moment(0)), id),
            };
            Ok((key, meeting(row)?))
        };
        let rows = call.decoded(rows.iter().map(read).collect())?;
        Ok(page(rows, limit, order.of))
    }

    /// How many meetings pass the filter; see [`crate::COUNT_LIMIT`].
    ///
    /// # Errors
    /// [`Error::Request`] for a filter that makes no sense.
    pub async fn meeting_count(&self, filter: &MeetingFilter) -> Result<Total, Error> {
        const OPERATION: &str = "meeting.count";
        let conditions = Conditions::read(OPERATION, filter, MeetingCondition::parse)?;
        self.total(OPERATION, |query| {
            query.push(" FROM meetings m");
            push(&mut Where::new(query), &conditions);
        })
        .await
    }

    /// One meeting, soft-deleted or not.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn meeting_get(&self, id: MeetingId) -> Result<Meeting, Error> {
        const OPERATION: &str = "meeting.get";
        let mut query = Query::new(WITH_NAMES);
        query
            .push(WHOLE_ROW)
            .push(" WHERE m.id = ")
            .push_bind(id.0)
            .push(") AS p");
        let mut call = self.call(OPERATION, Lane::Main).await?;
        let row = call.row(&mut query).await?;
        let row = row.ok_or_else(|| Error::NotFound {
            operation: OPERATION,
            what: format!("meeting {id}"),
        })?;
        call.decoded(meeting(&row))
    }

    /// The running meetings by their status, newest start first.
    /// Cost: one look-up in `idx_meetings_status` per word of [`LIVE_STATUSES`].
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn meeting_live(&self, limit: u32) -> Result<Vec<Meeting>, Error> {
        const OPERATION: &str = "meeting.live";
        let mut query = Query::new(WITH_NAMES);
        query.push(ROW);
        let mut filter = Where::new(&mut query);
        filter.fixed("m.deleted_at IS NULL");
        filter.any_text("m.status", false, live_statuses());
        query
            .push(" ORDER BY m.start_time DESC, m.id DESC LIMIT ")
            .push_bind(i64::from(limit));
        query.push(") AS p ORDER BY p.start_time DESC, p.id DESC");
        let mut call = self.call(OPERATION, Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        call.decoded(rows.iter().map(meeting).collect())
    }

    /// A few meetings for the palette, newest first: substring over title and description, within
    /// [`crate::QUICK_DEADLINE`].
    ///
    /// # Errors
    /// [`Error::Request`] for a text that can match nothing.
    pub async fn meeting_find(&self, text: &str, limit: u32) -> Result<Vec<Meeting>, Error> {
        const OPERATION: &str = "meeting.find";
        let filter = MeetingFilter {
            search: Some(text.to_owned()),
            terms: Vec::new(),
        };
        let conditions = Conditions::read(OPERATION, &filter, MeetingCondition::parse)?;
        let mut query = Query::new(WITH_NAMES);
        query.push(ROW);
        push(&mut Where::new(&mut query), &conditions);
        query
            .push(" ORDER BY m.start_time DESC, m.id DESC LIMIT ")
            .push_bind(i64::from(limit));
        query.push(") AS p ORDER BY p.start_time DESC, p.id DESC");
        let mut call = self.call(OPERATION, Lane::Quick).await?;
        let rows = call.rows(&mut query).await?;
        call.decoded(rows.iter().map(meeting).collect())
    }

    /// One page of the meetings somebody took part in, newest start first.
    /// Cost: all of the person's rows by `idx_participants_user_id`, with one look-up each.
    ///
    /// # Errors
    /// [`Error::Request`] for a cursor of another list.
    pub async fn user_meetings(&self, user: UserId, request: &PageRequest) -> Result<Page<Attendance>, Error> {
        const OPERATION: &str = "user.meetings";
        let order = Order {
            of: "attendance.start.desc",
            ..order(MeetingSort::Start, true).0
        };
        let limit = request.bounded_limit() as usize;
        let mut query = Query::new(
            "SELECT m.id, m.title, m.status, m.start_time, a.role, a.join_time, a.leave_time \
             FROM meeting_participants a JOIN meetings m ON m.id = a.meeting_id",
        );
        let mut filter = Where::new(&mut query);
        filter.any_id("a.user_id", false, vec![user.0]);
        filter.fixed("m.deleted_at IS NULL");
        filter.after(OPERATION, order, request.after.as_deref())?;
        query.push(order.by).push(" LIMIT ").push_bind(limit as i64 + 1);
        let mut call = self.call(OPERATION, Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        let read = |row: &PgRow| -> Result<(Key, Attendance), sqlx::Error> {
            let id = row.id("id")?;
            let start = row.moment("start_time")?.unwrap_or(Moment(0));
            let attendance = Attendance {
                meeting_id: MeetingId(id),
                title: row.name("title")?,
                status: row.text("status")?,
                start_time: start.clamped(),
                role: row.text("role")?,
                join_time: row.shown("join_time")?,
                leave_time: row.shown("leave_time")?,
            };
            Ok((Key::Moment(start, id), attendance))
        };
        let rows = call.decoded(rows.iter().map(read).collect())?;
        Ok(page(rows, limit, order.of))
    }
}

/// The place in a list right after this meeting: what a page that ends with it gives as `next`.
#[must_use]
pub fn cursor_after(meeting: &Meeting, sort: Sort<MeetingSort>) -> String {
    let key = match sort.by {
        MeetingSort::Start => Key::Moment(meeting.start_time.into(), meeting.id.0),
        MeetingSort::Id => Key::Id(meeting.id.0),
    };
    key.seal(order(sort.by, sort.descending).0.of)
}

/// The order inside the page's query, and the same again around it.
fn order(by: MeetingSort, descending: bool) -> (Order, &'static str) {
    let start = (KeyKind::Moment, "(m.start_time, m.id)");
    let id = (KeyKind::Id, "(m.id)");
    let (of, (kind, columns), by, outer) = match (by, descending) {
        (MeetingSort::Start, true) => (
            "meeting.start.desc",
            start,
            " ORDER BY m.start_time DESC, m.id DESC",
            " ORDER BY p.start_time DESC, p.id DESC",
        ),
        (MeetingSort::Start, false) => (
            "meeting.start.asc",
            start,
            " ORDER BY m.start_time, m.id",
            " ORDER BY p.start_time, p.id",
        ),
        (MeetingSort::Id, true) => ("meeting.id.desc", id, " ORDER BY m.id DESC", " ORDER BY p.id DESC"),
        (MeetingSort::Id, false) => ("meeting.id.asc", id, " ORDER BY m.id", " ORDER BY p.id"),
    };
    (
        Order {
            of,
            kind,
            columns,
            descending,
            by,
        },
        outer,
    )
}

fn live_statuses() -> Vec<String> {
    LIVE_STATUSES.map(str::to_owned).to_vec()
}

fn push(filter: &mut Where<'_>, conditions: &Conditions<MeetingCondition>) {
    let mut deleted = false;
    for (negated, condition) in &conditions.all {
        match condition {
            MeetingCondition::Status(any) => filter.any_text("m.status", *negated, any.clone()),
            MeetingCondition::Creator(any) => {
                filter.any_id("m.creator_id", *negated, any.iter().map(|id| id.0).collect());
            }
            MeetingCondition::Start(period) => filter.within("m.start_time", *negated, *period),
            MeetingCondition::Recorded(wanted) => filter.flag(
                "EXISTS (SELECT FROM meeting_recordings r WHERE r.meeting_id = m.id)",
                *wanted != *negated,
            ),
            MeetingCondition::Live(wanted) => filter.any_text("m.status", *wanted == *negated, live_statuses()),
            MeetingCondition::Participant(any) => {
                let query = filter.and();
                query.push(if *negated { "NOT EXISTS (" } else { "EXISTS (" });
                query.push("SELECT FROM meeting_participants a WHERE a.meeting_id = m.id AND a.user_id = ANY(");
                query
                    .push_bind(any.iter().map(|id| id.0).collect::<Vec<i64>>())
                    .push("))");
            }
            MeetingCondition::Deleted(wanted) => {
                deleted = true;
                filter.flag("m.deleted_at IS NOT NULL", *wanted != *negated);
            }
        }
    }
    if !deleted {
        filter.fixed("m.deleted_at IS NULL");
    }
    if let Some(pattern) = &conditions.pattern {
        filter.like(&SEARCHED, pattern);
    }
}

fn meeting(row: &PgRow) -> Result<Meeting, sqlx::Error> {
    let status = row.text("status")?;
    Ok(Meeting {
        id: MeetingId(row.id("id")?),
        title: row.name("title")?,
        description: row.text("description")?,
        creator_id: UserId(row.id("creator_id")?),
        creator_name: row.text("creator_name")?,
        live: status.as_deref().is_some_and(|status| LIVE_STATUSES.contains(&status)),
        status,
        start_time: row.moment("start_time")?.unwrap_or(Moment(0)).clamped(),
        end_time: row.shown("end_time")?,
        max_participants: row.int("max_participants")?,
        participant_count: row.count("participant_count")?,
        is_recording: row.flag("is_recording")?.unwrap_or(false),
        recording_count: row.count("recording_count")?,
        created_at: row.shown("created_at")?,
        updated_at: row.shown("updated_at")?,
        deleted_at: row.shown("deleted_at")?,
    })
}
