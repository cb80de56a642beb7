//! Rows of `users`, never their password hash.

use greenroom_domain::access::WritePermit;
use greenroom_domain::page::Total;
use greenroom_domain::user::User;
use greenroom_domain::user::{UserCondition, UserFilter, UserListRequest, UserSort, UserStatusRequest};
use greenroom_domain::{Outcome, Page, UserId};
use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::cursor::{Key, KeyKind, Order};
use crate::filter::{Conditions, Where};
use crate::value::{Cells, Text};
use crate::{Error, Lane, Postgres, Query, page};

const COLUMNS: &str = "u.id, u.username, u.email, u.full_name, u.avatar_url, u.status, u.role, \
     u.created_at, u.updated_at, u.deleted_at";
/// What a search looks in.
const SEARCHED: [&str; 3] = ["u.full_name", "u.email", "u.username"];

impl Postgres {
    /// One page of people.
    /// Cost: a walk along the sort's index from the cursor on, until the page is full.
    ///
    /// # Errors
    /// [`Error::Request`] for a filter or cursor that makes no sense.
    pub async fn user_list(&self, request: &UserListRequest) -> Result<Page<User>, Error> {
        const OPERATION: &str = "user.list";
        let conditions = Conditions::read(OPERATION, &request.filter, UserCondition::parse)?;
        let order = order(request.sort.by, request.sort.descending);
        let limit = request.page.bounded_limit() as usize;
        let mut query = Query::new("SELECT ");
        query.push(COLUMNS).push(" FROM users u");
        let mut filter = Where::new(&mut query);
        push(&mut filter, &conditions);
        filter.after(OPERATION, order, request.page.after.as_deref())?;
        query.push(order.by).push(" LIMIT ").push_bind(limit as i64 + 1);
        let mut call = self.call(OPERATION, Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        let read = |row: &PgRow| -> Result<(Key, User), sqlx::Error> {
            let id = row.id("id")?;
            let key = match request.sort.by {
                UserSort::Id => Key::Id(id),
                UserSort::Username => Key::Text(bytes(row, "username")?, id),
                UserSort::Email => Key::Text(bytes(row, "email")?, id),
            };
            Ok((key, user(row)?))
        };
        let rows = call.decoded(rows.iter().map(read).collect())?;
        Ok(page(rows, limit, order.of))
    }

    /// How many people pass the filter; see [`crate::COUNT_LIMIT`].
    ///
    /// # Errors
    /// [`Error::Request`] for a filter that makes no sense.
    pub async fn user_count(&self, filter: &UserFilter) -> Result<Total, Error> {
        const OPERATION: &str = "user.count";
        let conditions = Conditions::read(OPERATION, filter, UserCondition::parse)?;
        self.total(OPERATION, |query| {
            query.push(" FROM users u");
            push(&mut Where::new(query), &conditions);
        })
        .await
    }

    /// One person, soft-deleted or not.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn user_get(&self, id: UserId) -> Result<User, Error> {
        const OPERATION: &str = "user.get";
        let mut query = Query::new("SELECT ");
        query.push(COLUMNS).push(" FROM users u WHERE u.id = ").push_bind(id.0);
        let mut call = self.call(OPERATION, Lane::Main).await?;
        let row = call.row(&mut query).await?;
        let row = row.ok_or_else(|| Error::NotFound {
            operation: OPERATION,
            what: format!("user {id}"),
        })?;
        call.decoded(user(&row))
    }

    /// The names to show for some people, those of `ids` that exist: full name, else username. At most 1,000 ids.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn user_names(&self, ids: &[UserId]) -> Result<Vec<(UserId, String)>, Error> {
        let ids: Vec<i64> = ids.iter().take(1_000).map(|id| id.0).collect();
        let mut query = Query::new(
            "SELECT u.id, coalesce(nullif(u.full_name, ''), u.username) AS name FROM users u WHERE u.id = ANY(",
        );
        query.push_bind(ids).push(")");
        let mut call = self.call("user.names", Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        call.decoded(
            rows.iter()
                .map(|row| Ok((UserId(row.id("id")?), row.name("name")?)))
                .collect(),
        )
    }

    /// A few people for the palette, newest first: substring over names and addresses, within [`crate::QUICK_DEADLINE`].
    ///
    /// # Errors
    /// [`Error::Request`] for a text that can match nothing.
    pub async fn user_find(&self, text: &str, limit: u32) -> Result<Vec<User>, Error> {
        const OPERATION: &str = "user.find";
        let filter = UserFilter {
            search: Some(text.to_owned()),
            terms: Vec::new(),
        };
        let conditions = Conditions::read(OPERATION, &filter, UserCondition::parse)?;
        let mut query = Query::new("SELECT ");
        query.push(COLUMNS).push(" FROM users u");
        push(&mut Where::new(&mut query), &conditions);
        query.push(" ORDER BY u.id DESC LIMIT ").push_bind(i64::from(limit));
        let mut call = self.call(OPERATION, Lane::Quick).await?;
        let rows = call.rows(&mut query).await?;
        call.decoded(rows.iter().map(user).collect())
    }

    /// Sets one person's status where it still is what the admin saw, and says what the row is now.
    /// One statement, sent once; it expects to change exactly one row.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the status is another by now, [`Error::NotFound`] where nobody has the id; both changed
    /// nothing. Any other carries the outcome.
    pub async fn user_set_status(&self, permit: &WritePermit, request: &UserStatusRequest) -> Result<User, Error> {
        const OPERATION: &str = "user.set_status";
        if request.status.contains('\0') || request.status.trim().is_empty() || request.status.chars().count() > 50 {
            return Err(Error::request(OPERATION, "a status is 1 to 50 characters long"));
        }
        let mut query = Query::new("UPDATE users u SET updated_at = timezone('UTC', now()), status = ");
        query
            .push_bind(request.status.clone())
            .push(" WHERE u.id = ")
            .push_bind(request.id.0);
        query
            .push(" AND u.status IS NOT DISTINCT FROM ")
            .push_bind(request.expected.clone());
        query.push(" RETURNING ").push(COLUMNS);
        let mut call = self.call(OPERATION, Lane::Main).await.map_err(Error::not_done)?;
        let rows = call.change(permit, &mut query).await?;
        match rows.first() {
            Some(row) => call
                .decoded(user(row))
                .map_err(|cause| cause.with_outcome(Outcome::Done)),
            None => {
                drop(call);
                self.user_get(request.id).await?;
                Err(Error::Conflict {
                    operation: OPERATION,
                    what: format!("user {}", request.id),
                })
            }
        }
    }
}

fn order(by: UserSort, descending: bool) -> Order {
    let (of, kind, columns, by) = match (by, descending) {
        (UserSort::Id, false) => ("user.id.asc", KeyKind::Id, "(u.id)", " ORDER BY u.id"),
        (UserSort::Id, true) => ("user.id.desc", KeyKind::Id, "(u.id)", " ORDER BY u.id DESC"),
        (UserSort::Username, false) => (
            "user.username.asc",
            KeyKind::Text,
            "(u.username, u.id)",
            " ORDER BY u.username, u.id",
        ),
        (UserSort::Username, true) => (
            "user.username.desc",
            KeyKind::Text,
            "(u.username, u.id)",
            " ORDER BY u.username DESC, u.id DESC",
        ),
        (UserSort::Email, false) => (
            "user.email.asc",
            KeyKind::Text,
            "(u.email, u.id)",
            " ORDER BY u.email, u.id",
        ),
        (UserSort::Email, true) => (
            "user.email.desc",
            KeyKind::Text,
            "(u.email, u.id)",
            " ORDER BY u.email DESC, u.id DESC",
        ),
    };
    Order {
        of,
        kind,
        columns,
        descending,
        by,
    }
}

fn push(filter: &mut Where<'_>, conditions: &Conditions<UserCondition>) {
    let mut deleted = false;
    for (negated, condition) in &conditions.all {
        match condition {
            UserCondition::Status(any) => filter.any_text("u.status", *negated, any.clone()),
            UserCondition::Role(any) => filter.any_text("u.role", *negated, any.clone()),
            UserCondition::Created(period) => filter.within("u.created_at", *negated, *period),
            UserCondition::Deleted(wanted) => {
                deleted = true;
                filter.flag("u.deleted_at IS NOT NULL", *wanted != *negated);
            }
        }
    }
    if !deleted {
        filter.fixed("u.deleted_at IS NULL");
    }
    if let Some(pattern) = &conditions.pattern {
        filter.like(&SEARCHED, pattern);
    }
}

fn bytes(row: &PgRow, column: &str) -> Result<Text, sqlx::Error> {
    Ok(row.try_get::<Option<Text>, _>(column)?.unwrap_or(Text(Vec::new())))
}

fn user(row: &PgRow) -> Result<User, sqlx::Error> {
    Ok(User {
        id: UserId(row.id("id")?),
        username: row.name("username")?,
        email: row.name("email")?,
        full_name: row.text("full_name")?,
        avatar_url: row.text("avatar_url")?,
        status: row.text("status")?,
        role: row.text("role")?,
        created_at: row.shown("created_at")?,
        updated_at: row.shown("updated_at")?,
        deleted_at: row.shown("deleted_at")?,
    })
}
