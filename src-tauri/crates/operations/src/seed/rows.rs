//! The demo's rows in the text format of `COPY` (<https://www.postgresql.org/docs/current/sql-copy.html>, "Text Format"):
//! one line a row, in the column order of `store_postgres::copy`.

use bytes::Bytes;
use greenroom_domain::Timestamp;

use super::world::World;
use super::{avatars, recordings};

/// Passwords nobody has: the text is no hash of any scheme.
const NO_PASSWORD: &str = "!demo-account-without-a-password";
const FIRST_PERMISSION_ID: i64 = 5_001;

/// Lines under construction.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
    begun: bool,
}

impl Lines {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            begun: false,
        }
    }

    pub(super) fn int(&mut self, value: i64) -> &mut Self {
        self.raw(&value.to_string())
    }

    pub(super) fn flag(&mut self, value: bool) -> &mut Self {
        self.raw(if value { "t" } else { "f" })
    }

    pub(super) fn null(&mut self) -> &mut Self {
        self.raw("\\N")
    }

    /// A moment, as UTC without a zone: what the platform's columns hold.
    pub(super) fn time(&mut self, value: Timestamp) -> &mut Self {
        self.raw(&value.format("%Y-%m-%d %H:%M:%S").to_string())
    }

    pub(super) fn time_or_null(&mut self, value: Option<Timestamp>) -> &mut Self {
        match value {
            Some(value) => self.time(value),
            None => self.null(),
        }
    }

    pub(super) fn text(&mut self, value: &str) -> &mut Self {
        self.gap();
        for c in value.chars() {
            match c {
                '\\' => self.text.push_str("\\\\"),
                '\t' => self.text.push_str("\\t"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                c => self.text.push(c),
            }
        }
        self
    }

    pub(super) fn text_or_null(&mut self, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(value),
            None => self.null(),
        }
    }

    /// Ends the row.
    pub(super) fn end(&mut self) {
        self.text.push('\n');
        self.begun = false;
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn finish(self) -> Bytes {
        Bytes::from(self.text)
    }

    fn raw(&mut self, value: &str) -> &mut Self {
        self.gap();
        self.text.push_str(value);
        self
    }

    fn gap(&mut self) {
        if self.begun {
            self.text.push('\t');
        }
        self.begun = true;
    }
}

pub(super) fn users(world: &World) -> Bytes {
    let mut lines = Lines::default();
    for one in &world.people {
        let avatar = one.has_avatar.then(|| avatars::key(one.id));
        lines
            .int(one.id)
            .text(&one.username)
            .text(&one.email)
            .text(NO_PASSWORD)
            .text(&one.full_name);
        lines.text_or_null(avatar.as_deref()).text(one.status).text(one.role);
        lines
            .time(one.created_at)
            .time(one.updated_at)
            .time_or_null(one.deleted_at)
            .end();
    }
    lines.finish()
}

pub(super) fn permissions(world: &World) -> Bytes {
    let mut lines = Lines::default();
    for (n, one) in world.permissions.iter().enumerate() {
        lines
            .int(FIRST_PERMISSION_ID + n as i64)
            .int(one.user_id)
            .text(one.resource)
            .text(one.action);
        match one.granted_by {
            Some(by) => lines.int(by),
            None => lines.null(),
        };
        lines.time(one.granted_at).end();
    }
    lines.finish()
}

pub(super) fn meetings(world: &World) -> Bytes {
    let mut lines = Lines::default();
    for one in &world.meetings {
        lines
            .int(one.id)
            .text(&one.title)
            .text_or_null(one.description)
            .int(one.creator_id)
            .text(one.status);
        lines
            .time(one.start)
            .time_or_null(one.end)
            .int(one.max_participants)
            .flag(one.recorded);
        lines
            .time(one.created_at)
            .time(one.updated_at)
            .time_or_null(one.deleted_at)
            .end();
    }
    lines.finish()
}

pub(super) fn participants(world: &World) -> Bytes {
    let mut lines = Lines::default();
    for one in &world.participants {
        lines
            .int(one.id)
            .int(one.meeting_id)
            .int(one.user_id)
            .time_or_null(one.joined)
            .time_or_null(one.left);
        lines
            .text(one.role)
            .flag(one.muted)
            .flag(one.video)
            .time(one.created_at)
            .end();
    }
    lines.finish()
}

pub(super) fn streams(world: &World) -> Bytes {
    let mut lines = Lines::default();
    for one in &world.streams {
        lines
            .int(one.id)
            .int(one.meeting_id)
            .int(one.participant_id)
            .text(one.stream_type)
            .text(one.codec);
        lines
            .int(one.bitrate)
            .text_or_null(one.resolution)
            .time(one.created_at)
            .time(one.created_at)
            .end();
    }
    lines.finish()
}

/// `size_of` gives what the row says of the file's size.
pub(super) fn recordings(world: &World, size_of: impl Fn(&recordings::Row) -> u64) -> Bytes {
    let mut lines = Lines::default();
    for one in &world.recordings {
        let size = i64::try_from(size_of(one)).unwrap_or(i64::MAX);
        lines
            .int(one.id)
            .int(one.meeting_id)
            .text(&one.key)
            .int(size)
            .int(one.clip.seconds);
        lines
            .text(one.clip.make.format())
            .text(one.status)
            .time(one.created_at)
            .time(one.updated_at)
            .end();
    }
    lines.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_field_or_a_row_is_escaped() {
        let mut lines = Lines::default();
        lines.int(1).text("a\tb\nc\\N").null().flag(true).end();
        assert_eq!(lines.finish(), "1\ta\\tb\\nc\\\\N\t\\N\tt\n");
    }
}
