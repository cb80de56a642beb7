//! Bulk loading by `COPY … FROM STDIN`, streamed: for demo and benchmark data. It is no import of strangers' files.

use bytes::Bytes;
use futures::{Stream, StreamExt};
use greenroom_domain::Outcome;
use greenroom_domain::access::WritePermit;

use crate::{Error, Postgres};

const OPERATION: &str = "table.copy";

/// The tables rows can be loaded into, with the columns expected in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CopyTable {
    /// `id, username, email, password_hash, full_name, avatar_url, status, role, created_at, updated_at, deleted_at`
    Users,
    /// `id, title, description, creator_id, status, start_time, end_time, max_participants, is_recording, created_at, updated_at, deleted_at`
    Meetings,
    /// `id, meeting_id, user_id, join_time, leave_time, role, is_muted, is_video_on, created_at`
    Participants,
    /// `id, meeting_id, file_path, file_size, duration, format, status, created_at, updated_at`
    Recordings,
    /// `id, meeting_id, participant_id, stream_type, codec, bitrate, resolution, created_at, updated_at`
    Streams,
    /// `id, user_id, resource, action, granted_by, granted_at`
    Permissions,
}

/// How the rows are written: <https://www.postgresql.org/docs/current/sql-copy.html>, "File Formats".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CopyFormat {
    /// Tab-separated, `\N` for NULL, backslash escapes.
    Text,
    /// The binary format with its header and trailer.
    Binary,
}

macro_rules! tables {
    ($($table:ident: $name:literal, $columns:literal;)+) => {
        impl CopyTable {
            /// The table's name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$table => $name,)+ }
            }

            /// The columns, in the order expected.
            #[must_use]
            pub fn columns(self) -> &'static str {
                match self { $(Self::$table => $columns,)+ }
            }

            fn statement(self, format: CopyFormat) -> &'static str {
                match (self, format) {
                    $((Self::$table, CopyFormat::Text) => concat!("COPY ", $name, " (", $columns, ") FROM STDIN"),
                    (Self::$table, CopyFormat::Binary) => {
                        concat!("COPY ", $name, " (", $columns, ") FROM STDIN (FORMAT binary)")
                    })+
                }
            }

            fn after(self) -> &'static str {
                match self {
                    $(Self::$table => concat!(
                        "SELECT setval(pg_get_serial_sequence('", $name, "', 'id'), greatest((SELECT max(id) FROM ", $name,
                        "), 1)); ANALYZE ", $name
                    ),)+
                }
            }

            fn is_empty(self) -> &'static str {
                match self { $(Self::$table => concat!("SELECT NOT EXISTS (SELECT FROM ", $name, ") AS empty"),)+ }
            }
        }
    };
}

tables! {
    Users: "users", "id, username, email, password_hash, full_name, avatar_url, status, role, created_at, updated_at, deleted_at";
    Meetings: "meetings", "id, title, description, creator_id, status, start_time, end_time, max_participants, is_recording, created_at, updated_at, deleted_at";
    Participants: "meeting_participants", "id, meeting_id, user_id, join_time, leave_time, role, is_muted, is_video_on, created_at";
    Recordings: "meeting_recordings", "id, meeting_id, file_path, file_size, duration, format, status, created_at, updated_at";
    Streams: "media_streams", "id, meeting_id, participant_id, stream_type, codec, bitrate, resolution, created_at, updated_at";
    Permissions: "permissions", "id, user_id, resource, action, granted_by, granted_at";
}

impl Postgres {
    /// Streams rows into `table` in one statement and says how many there were: all of them or none. Memory: one chunk.
    /// No deadline of its own: progress is the stream's to report, and dropping the future aborts the load.
    ///
    /// # Errors
    /// [`Error::Failed`] with outcome `NotDone` where the server refused a row, `Unknown` where the connection was lost.
    pub async fn copy_in(
        &self,
        _: &WritePermit,
        table: CopyTable,
        format: CopyFormat,
        rows: impl Stream<Item = Bytes> + Send,
    ) -> Result<u64, Error> {
        let mut connection = self.aside(OPERATION).await.map_err(Error::not_done)?;
        let mut rows = std::pin::pin!(rows);
        let failed = |cause| Error::write(OPERATION, cause);
        let mut copy = connection.copy_in_raw(table.statement(format)).await.map_err(failed)?;
        while let Some(chunk) = rows.next().await {
            if let Err(cause) = copy.send(chunk).await {
                // Until the load is ended, nothing of it can have been committed.
                return Err(Error::write(OPERATION, cause).with_outcome(Outcome::NotDone));
            }
        }
        let count = copy.finish().await.map_err(failed)?;
        let _ = sqlx::Connection::close(connection).await;
        Ok(count)
    }

    /// After loading a table with ids of its own: moves its sequence past them and has the planner look at it.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn copy_done(&self, _: &WritePermit, table: CopyTable) -> Result<(), Error> {
        let mut connection = self.aside(OPERATION).await.map_err(Error::not_done)?;
        let failed = |cause| Error::write(OPERATION, cause);
        sqlx::Executor::execute(&mut connection, table.after())
            .await
            .map_err(failed)?;
        let _ = sqlx::Connection::close(connection).await;
        Ok(())
    }

    /// Whether a table holds no row at all.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn table_is_empty(&self, table: CopyTable) -> Result<bool, Error> {
        use crate::value::Cells;
        let mut call = self.call(OPERATION, crate::Lane::Main).await?;
        let row = call.row(&mut crate::Query::new(table.is_empty())).await?;
        call.decoded(row.map_or(Ok(None), |row| row.flag("empty")))
            .map(|empty| empty.unwrap_or(true))
    }
}
