//! From typed conditions to SQL: fixed text from here, values always bound. The pieces each table's own filter is made of.

use greenroom_domain::Timestamp;
use greenroom_domain::filter::{Filter, FilterError, Period, Term};
use greenroom_domain::text::{TextError, like_substring, search_text};

use crate::cursor::{Key, Order};
use crate::value::Moment;
use crate::{Error, Query};

/// A filter that made sense: the search pattern and the conditions, each with whether it is negated.
#[derive(Debug)]
pub(crate) struct Conditions<C> {
    /// For `ILIKE`.
    pub(crate) pattern: Option<String>,
    pub(crate) all: Vec<(bool, C)>,
}

impl<C> Conditions<C> {
    pub(crate) fn read<F>(
        operation: &'static str,
        filter: &Filter<F>,
        parse: impl Fn(&Term<F>, Timestamp) -> Result<C, FilterError>,
    ) -> Result<Self, Error> {
        let bad = Error::filter(operation);
        let now = chrono::Utc::now();
        let search = filter
            .search
            .as_deref()
            .map(search_text)
            .transpose()
            .map_err(|cause| bad(cause.into()))?;
        let mut all = Vec::with_capacity(filter.terms.len());
        for term in &filter.terms {
            if term.values.iter().any(|value| value.contains('\0')) {
                return Err(bad(TextError::Nul.into()));
            }
            all.push((term.negated, parse(term, now).map_err(&bad)?));
        }
        Ok(Self {
            pattern: search.flatten().map(like_substring),
            all,
        })
    }
}

/// Collects `AND`ed conditions behind a `WHERE`.
pub(crate) struct Where<'q> {
    query: &'q mut Query,
    begun: bool,
}

impl<'q> Where<'q> {
    pub(crate) fn new(query: &'q mut Query) -> Self {
        Self { query, begun: false }
    }

    /// Begins one more condition.
    pub(crate) fn and(&mut self) -> &mut Query {
        self.query.push(if self.begun { " AND " } else { " WHERE " });
        self.begun = true;
        self.query
    }

    /// `sql` as it stands.
    pub(crate) fn fixed(&mut self, sql: &'static str) {
        self.and().push(sql);
    }

    /// `sql`, or what is not so (NULL counts as not so).
    pub(crate) fn flag(&mut self, sql: &'static str, wanted: bool) {
        self.and()
            .push("(")
            .push(sql)
            .push(if wanted { ")" } else { ") IS NOT TRUE" });
    }

    /// `column` is one of `values`, or none of them.
    pub(crate) fn any_text(&mut self, column: &'static str, negated: bool, values: Vec<String>) {
        let query = self.and();
        query.push("(").push(column).push(" = ANY(").push_bind(values);
        query.push(if negated { ")) IS NOT TRUE" } else { "))" });
    }

    /// `column` is one of `ids`, or none of them.
    pub(crate) fn any_id(&mut self, column: &'static str, negated: bool, ids: Vec<i64>) {
        let query = self.and();
        query.push("(").push(column).push(" = ANY(").push_bind(ids);
        query.push(if negated { ")) IS NOT TRUE" } else { "))" });
    }

    /// `column` lies in `period`, or not (NULL lies in none).
    pub(crate) fn within(&mut self, column: &'static str, negated: bool, period: Period) {
        let query = self.and();
        query.push("(true");
        if let Some(from) = period.from {
            query
                .push(" AND ")
                .push(column)
                .push(" >= ")
                .push_bind(Moment::from(from));
        }
        if let Some(to) = period.to {
            query.push(" AND ").push(column).push(" < ").push_bind(Moment::from(to));
        }
        query.push(if negated { ") IS NOT TRUE" } else { ")" });
    }

    /// One of `columns` holds the pattern.
    pub(crate) fn like(&mut self, columns: &[&'static str], pattern: &str) {
        let query = self.and();
        for (turn, column) in columns.iter().enumerate() {
            query.push(if turn == 0 { "(" } else { " OR " });
            query.push(column).push(" ILIKE ").push_bind(pattern.to_owned());
        }
        query.push(")");
    }

    /// The rows after a page's cursor, where there is one.
    pub(crate) fn after(&mut self, operation: &'static str, order: Order, cursor: Option<&str>) -> Result<(), Error> {
        let Some(cursor) = cursor else { return Ok(()) };
        let key = Key::open(operation, order.of, order.kind, cursor)?;
        let query = self.and();
        query
            .push(order.columns)
            .push(if order.descending { " < (" } else { " > (" });
        match key {
            Key::Id(id) => query.push_bind(id),
            Key::Moment(at, id) => query.push_bind(at).push(", ").push_bind(id),
            Key::Text(text, id) => query.push_bind(text).push(", ").push_bind(id),
        };
        query.push(")");
        Ok(())
    }
}
