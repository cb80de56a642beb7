//! A bounded walk over the keys of one family.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use greenroom_domain::page::Coverage;
use greenroom_domain::value::Count;
use redis::Value;

use crate::connection::{Connection, Node};
use crate::error::Error;

/// Keys a step of `SCAN` looks at.
const STEP: usize = 1_000;

/// `text` as a glob that matches exactly itself.
#[must_use]
pub fn glob_escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '\\' | '^' | '-') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// Where a walk stops.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) keys: usize,
    pub(crate) time: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            keys: crate::SCAN_KEYS,
            time: crate::SCAN_LIMIT,
        }
    }
}

/// A walk over every key that begins with a prefix, node after node, each key once.
/// Cost: one round trip per 1,000 keys of the whole database, whatever the family holds.
pub(crate) struct Walk<'a> {
    connection: &'a Connection,
    pattern: String,
    bounds: Bounds,
    begun: Instant,
    nodes: Vec<Node>,
    cursor: u64,
    seen: HashSet<Vec<u8>>,
    cut: bool,
}

impl<'a> Walk<'a> {
    pub(crate) async fn over(connection: &'a Connection, prefix: &str, bounds: Bounds) -> Result<Self, Error> {
        Ok(Self {
            connection,
            pattern: format!("{}*", glob_escaped(prefix)),
            bounds,
            begun: Instant::now(),
            nodes: connection.nodes(crate::CALL_LIMIT).await?,
            cursor: 0,
            seen: HashSet::new(),
            cut: false,
        })
    }

    /// The next keys, never empty; `None` at the end or at a bound.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Vec<u8>>>, Error> {
        while let Some(node) = self.nodes.last().cloned() {
            if self.seen.len() >= self.bounds.keys || self.begun.elapsed() >= self.bounds.time {
                self.cut = true;
                return Ok(None);
            }
            let mut command = redis::cmd("SCAN");
            command
                .arg(self.cursor)
                .arg("MATCH")
                .arg(&self.pattern)
                .arg("COUNT")
                .arg(STEP);
            let answer = self
                .connection
                .call_at(&node, "scan", command, crate::CALL_LIMIT)
                .await?;
            let (cursor, keys) = step(&answer)?;
            self.cursor = cursor;
            if cursor == 0 {
                self.nodes.pop();
            }
            let room = self.bounds.keys - self.seen.len();
            let mut fresh: Vec<Vec<u8>> = keys.into_iter().filter(|key| self.seen.insert(key.clone())).collect();
            if fresh.len() > room {
                fresh.truncate(room);
                self.cut = true;
            }
            if !fresh.is_empty() {
                return Ok(Some(fresh));
            }
        }
        Ok(None)
    }

    pub(crate) fn coverage(&self) -> Coverage {
        let scanned = self.seen.len().min(self.bounds.keys);
        Coverage {
            scanned: Count(scanned as u64),
            complete: !self.cut && self.nodes.is_empty(),
        }
    }
}

fn step(answer: &Value) -> Result<(u64, Vec<Vec<u8>>), Error> {
    redis::from_redis_value_ref(answer).map_err(|error| Error::Answer {
        operation: "scan",
        found: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `stringmatchlen` of Redis (util.c), as far as escapes, `*`, `?` and `[` go.
    fn glob_matches(pattern: &[u8], text: &[u8]) -> bool {
        match pattern {
            [] => text.is_empty(),
            [b'*', rest @ ..] => (0..=text.len()).any(|skip| glob_matches(rest, &text[skip..])),
            [b'?', rest @ ..] => !text.is_empty() && glob_matches(rest, &text[1..]),
            [b'[', ..] => panic!("no class is ever written"),
            [b'\\', c, rest @ ..] | [c, rest @ ..] => text.first() == Some(c) && glob_matches(rest, &text[1..]),
        }
    }

    proptest! {
        #[test]
        fn an_escaped_prefix_matches_what_begins_with_it_and_nothing_else(
            prefix in "[a-c*?\\[\\]\\\\^陈-]{0,8}",
            rest in "[a-c*陈]{0,4}",
            other in "[a-c*?\\[\\]\\\\^陈-]{0,10}",
        ) {
            let pattern = format!("{}*", glob_escaped(&prefix));
            let whole = format!("{prefix}{rest}");
            prop_assert!(glob_matches(pattern.as_bytes(), whole.as_bytes()));
            prop_assert_eq!(glob_matches(pattern.as_bytes(), other.as_bytes()), other.starts_with(&prefix));
        }
    }
}
