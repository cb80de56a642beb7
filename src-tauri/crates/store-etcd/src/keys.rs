//! Keys and values: ranges, single reads, and the writes that seeding and configuration need.

use std::time::Duration;

use etcd_client::{Compare, CompareOp, GetOptions, SortOrder, SortTarget, Txn, TxnOp};
use greenroom_domain::access::WritePermit;

use crate::{CALL_LIMIT, Error, Etcd, within};

/// The most keys one range answers.
pub const MAX_LIMIT: u32 = 1_000;

/// One key with its value and where it stands in etcd's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key; etcd's are bytes, ours are shown as text.
    pub key: String,
    /// The value's bytes.
    pub value: Vec<u8>,
    /// The revision of its last change.
    pub mod_revision: i64,
    /// The revision that made it.
    pub create_revision: i64,
    /// Changes since it was made.
    pub version: i64,
    /// The lease it hangs on; `None`: none.
    pub lease: Option<i64>,
}

impl Entry {
    /// The value as text, what is not UTF-8 in it replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.value).into_owned()
    }
}

impl From<&etcd_client::KeyValue> for Entry {
    fn from(kv: &etcd_client::KeyValue) -> Self {
        Self {
            key: String::from_utf8_lossy(kv.key()).into_owned(),
            value: kv.value().to_vec(),
            mod_revision: kv.mod_revision(),
            create_revision: kv.create_revision(),
            version: kv.version(),
            lease: Some(kv.lease()).filter(|lease| *lease != 0),
        }
    }
}

/// Some keys of a range, in the order of their bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// At most what was asked for.
    pub entries: Vec<Entry>,
    /// The last key, where there are more after it.
    pub next: Option<String>,
    /// The revision that was read. Ask for the next page at it, so that all pages show one moment.
    pub revision: i64,
}

/// At most `limit` (up to [`MAX_LIMIT`]) keys that begin with `prefix`, after the key `after`, at `revision` or now.
/// Cost: one call, proportional to the keys answered.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn range(
    etcd: &Etcd,
    prefix: &str,
    limit: u32,
    after: Option<&str>,
    revision: Option<i64>,
) -> Result<Range, Error> {
    let limit = limit.clamp(1, MAX_LIMIT);
    // The first key after `after` is itself and a zero byte.
    let from = match after.filter(|after| *after >= prefix) {
        Some(after) => [after.as_bytes(), b"\0"].concat(),
        None if prefix.is_empty() => vec![0],
        None => prefix.as_bytes().to_vec(),
    };
    let mut options = GetOptions::new()
        .with_range(prefix_end(prefix.as_bytes()))
        .with_limit(i64::from(limit))
        .with_sort(SortTarget::Key, SortOrder::Ascend);
    if let Some(revision) = revision {
        options = options.with_revision(revision);
    }
    let answer = within("range", CALL_LIMIT, etcd.client.kv_client().get(from, Some(options))).await?;
    let entries: Vec<Entry> = answer.kvs().iter().map(Entry::from).collect();
    let next = entries.last().filter(|_| answer.more()).map(|entry| entry.key.clone());
    let now = answer.header().map_or(0, etcd_client::ResponseHeader::revision);
    Ok(Range {
        entries,
        next,
        revision: revision.unwrap_or(now),
    })
}

/// One key; `None` where there is none.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`].
pub async fn get(etcd: &Etcd, key: &str) -> Result<Option<Entry>, Error> {
    let answer = within("get", CALL_LIMIT, etcd.client.kv_client().get(key, None)).await?;
    Ok(answer.kvs().first().map(Entry::from))
}

/// Sets one key, whatever it held. Gives the new revision.
///
/// # Errors
/// [`Error::Late`] and a lost connection leave the outcome unknown; see [`Error::outcome`].
pub async fn put(etcd: &Etcd, _permit: &WritePermit, key: &str, value: impl Into<Vec<u8>>) -> Result<i64, Error> {
    let answer = within("put", CALL_LIMIT, etcd.client.kv_client().put(key, value, None)).await?;
    Ok(answer.header().map_or(0, etcd_client::ResponseHeader::revision))
}

/// Sets many keys, 100 in a transaction (etcd's default allows 128 operations). Gives how many were set.
///
/// # Errors
/// [`Error::Late`], [`Error::Call`]: the transactions before the failing one stand.
pub async fn put_many(etcd: &Etcd, _permit: &WritePermit, entries: &[(String, String)]) -> Result<u64, Error> {
    for batch in entries.chunks(100) {
        let puts: Vec<TxnOp> = batch
            .iter()
            .map(|(key, value)| TxnOp::put(key.as_str(), value.as_str(), None))
            .collect();
        let always = Vec::<Compare>::new();
        within(
            "put_many",
            CALL_LIMIT,
            etcd.client.kv_client().txn(Txn::new().when(always).and_then(puts)),
        )
        .await?;
    }
    Ok(entries.len() as u64)
}

/// Sets one key only where it stands at `expected` (0: only where there is none). Gives the new revision, or `None` where
/// somebody else was there first.
///
/// # Errors
/// [`Error::Late`] and a lost connection leave the outcome unknown; see [`Error::outcome`].
pub async fn put_if(
    etcd: &Etcd,
    _permit: &WritePermit,
    key: &str,
    value: impl Into<Vec<u8>>,
    expected: i64,
) -> Result<Option<i64>, Error> {
    let stands = Compare::mod_revision(key, CompareOp::Equal, expected);
    let put = TxnOp::put(key, value, None);
    let answer = within(
        "put_if",
        CALL_LIMIT,
        etcd.client.kv_client().txn(Txn::new().when([stands]).and_then([put])),
    )
    .await?;
    Ok(answer
        .succeeded()
        .then(|| answer.header().map_or(0, etcd_client::ResponseHeader::revision)))
}

/// Deletes one key. Says whether there was one.
///
/// # Errors
/// [`Error::Late`] and a lost connection leave the outcome unknown; see [`Error::outcome`].
pub async fn delete(etcd: &Etcd, _permit: &WritePermit, key: &str) -> Result<bool, Error> {
    Ok(within("delete", CALL_LIMIT, etcd.client.kv_client().delete(key, None))
        .await?
        .deleted()
        > 0)
}

/// Deletes every key that begins with `prefix`, which must not be empty. Gives how many there were.
///
/// # Errors
/// [`Error::Config`] for an empty prefix; [`Error::Late`] and a lost connection leave the outcome unknown.
pub async fn delete_prefix(etcd: &Etcd, _permit: &WritePermit, prefix: &str) -> Result<u64, Error> {
    if prefix.is_empty() {
        return Err(Error::Config {
            what: "an empty prefix would delete every key".to_owned(),
            source: None,
        });
    }
    let options = etcd_client::DeleteOptions::new().with_prefix();
    let limit = Duration::from_secs(30);
    let answer = within(
        "delete_prefix",
        limit,
        etcd.client.kv_client().delete(prefix, Some(options)),
    )
    .await?;
    Ok(u64::try_from(answer.deleted()).unwrap_or(0))
}

/// The first key after all that begin with `prefix`: its last byte raised by one; a zero byte means "to the end".
fn prefix_end(prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < 0xff {
            end.push(last + 1);
            return end;
        }
    }
    vec![0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_ends_where_its_last_byte_can_be_raised() {
        assert_eq!(prefix_end(b"/a/"), b"/a0");
        assert_eq!(prefix_end(b"a\xff"), b"b");
        assert_eq!(prefix_end(b"\xff\xff"), b"\0");
    }
}
