//! Filters as people, links and scripts write them: a search text and terms of `field`, `is` or `is not`, values.
//!
//! A term is text until [`Term::parse`] and the entity's own condition type have made sense of it; only typed conditions
//! reach a store, and every value travels as a bound parameter.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One chip of a filter bar, one `f=` of a link, one `--filter` of the CLI.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
pub struct Term<F> {
    /// What is compared.
    pub field: F,
    /// True for `is not`.
    pub negated: bool,
    /// Any of these. Periods are `FROM..TO` in RFC 3339 with either end left out, `today`, `7d`, `30d` or `90d`.
    pub values: Vec<String>,
}

/// A filter over one kind of entity.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
pub struct Filter<F> {
    /// Substring over the entity's names, case-insensitive, wildcards taken literally.
    pub search: Option<String>,
    /// All of these hold.
    pub terms: Vec<Term<F>>,
}

impl<F> Default for Filter<F> {
    fn default() -> Self {
        Self {
            search: None,
            terms: Vec::new(),
        }
    }
}

impl<F> Filter<F> {
    /// Whether every row passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.search.as_deref().is_none_or(|text| text.trim().is_empty())
    }

    /// This filter and one more term.
    #[must_use]
    pub fn with(mut self, field: F, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.terms.push(Term {
            field,
            negated: false,
            values: values.into_iter().map(Into::into).collect(),
        });
        self
    }
}

/// Why a filter makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// Not `FIELD=VALUE` or `FIELD!=VALUE`.
    #[error("{0:?} is not FIELD=VALUE or FIELD!=VALUE")]
    NotATerm(String),
    /// The entity has no such field.
    #[error("{field:?} is not a field to filter by: {known}")]
    UnknownField {
        /// What was asked for.
        field: String,
        /// What there is.
        known: String,
    },
    /// The value does not fit the field.
    #[error("{value:?} is not a value for {field}: {expected}")]
    BadValue {
        /// The field.
        field: &'static str,
        /// What was given.
        value: String,
        /// What is taken.
        expected: &'static str,
    },
    /// The search text cannot be used.
    #[error(transparent)]
    Text(#[from] crate::text::TextError),
}

/// The fields an entity can be filtered by: a closed list with the names used in links and flags.
pub trait Field: Copy + Sized + 'static {
    /// Every field with its name.
    const NAMES: &'static [(&'static str, Self)];

    /// The field's name in links and flags.
    fn name(self) -> &'static str
    where
        Self: PartialEq,
    {
        Self::NAMES
            .iter()
            .find(|(_, field)| *field == self)
            .map_or("", |(name, _)| name)
    }
}

impl<F: Field> FromStr for Term<F> {
    type Err = FilterError;

    /// `FIELD=VALUE[,VALUE…]` or `FIELD!=VALUE[,VALUE…]`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (left, right) = text
            .split_once('=')
            .ok_or_else(|| FilterError::NotATerm(text.to_owned()))?;
        let (name, negated) = match left.strip_suffix('!') {
            Some(name) => (name, true),
            None => (left, false),
        };
        let field = F::NAMES
            .iter()
            .find(|(known, _)| *known == name.trim())
            .map(|(_, field)| *field);
        let field = field.ok_or_else(|| FilterError::UnknownField {
            field: name.to_owned(),
            known: F::NAMES.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", "),
        })?;
        Ok(Self {
            field,
            negated,
            values: right.split(',').map(|value| value.trim().to_owned()).collect(),
        })
    }
}

impl<F: Field + PartialEq> fmt::Display for Term<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}{}",
            self.field.name(),
            if self.negated { "!=" } else { "=" },
            self.values.join(",")
        )
    }
}

/// A span of time, its ends included from, excluded to; an open end is unbounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// From this moment on.
    pub from: Option<crate::Timestamp>,
    /// Up to but not including this moment.
    pub to: Option<crate::Timestamp>,
}

impl Period {
    /// Reads `today`, `Nd` (the last N days), `Nh`, or `FROM..TO` with RFC 3339 ends, either left out.
    /// `today` is the UTC day of `now`.
    ///
    /// # Errors
    /// [`FilterError::BadValue`] for anything else.
    pub fn parse(field: &'static str, text: &str, now: crate::Timestamp) -> Result<Self, FilterError> {
        let bad = || FilterError::BadValue {
            field,
            value: text.to_owned(),
            expected: "today, 7d, 12h, or FROM..TO with RFC 3339 times, either end left out",
        };
        if text == "today" {
            let start = now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
            return Ok(Self {
                from: Some(start),
                to: Some(start + chrono::Duration::days(1)),
            });
        }
        if let Some((from, to)) = text.split_once("..") {
            let end = |text: &str| -> Result<Option<crate::Timestamp>, FilterError> {
                if text.is_empty() {
                    return Ok(None);
                }
                let moment = chrono::DateTime::parse_from_rfc3339(text).map_err(|_| bad())?;
                Ok(Some(moment.with_timezone(&chrono::Utc)))
            };
            return Ok(Self {
                from: end(from)?,
                to: end(to)?,
            });
        }
        let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(bad)?;
        let number: i64 = number.parse().map_err(|_| bad())?;
        let span = match unit {
            "d" if (0..=36_500).contains(&number) => chrono::Duration::days(number),
            "h" if (0..=876_000).contains(&number) => chrono::Duration::hours(number),
            _ => return Err(bad()),
        };
        Ok(Self {
            from: Some(now - span),
            to: None,
        })
    }
}

/// A yes or no as people and links write it.
///
/// # Errors
/// [`FilterError::BadValue`] for anything but `yes`, `no`, `true`, `false`.
pub fn parse_flag(field: &'static str, text: &str) -> Result<bool, FilterError> {
    match text {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err(FilterError::BadValue {
            field,
            value: text.to_owned(),
            expected: "yes or no",
        }),
    }
}

/// In which direction a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
pub struct Sort<S> {
    /// By what. Only what an index serves can be asked for.
    pub by: S,
    /// Newest, largest or last first.
    pub descending: bool,
}
