//! `greenroom.audit_entries`: appending to the chain, listing it, and reading it back for verification. What a break means
//! is decided in `operations::audit`; who may write, in `operations::write`.

mod chain;

use greenroom_domain::access::{Actor, WritePermit};
use greenroom_domain::audit::{AuditEntry, AuditListRequest, AuditPhase};
use greenroom_domain::id::AuditSeq;
use greenroom_domain::text::{like_substring, search_text};
use greenroom_domain::{Json, Outcome, Page, StoreKind, Timestamp};
use sqlx::postgres::PgRow;
use sqlx::{Connection, Executor};

use crate::cursor::{Key, KeyKind, Order};
use crate::filter::Where;
use crate::value::Cells;
use crate::{Error, Lane, Postgres, Query, page};

pub use chain::GENESIS;

const ROW: &str = "SELECT e.seq, e.change_id, e.phase, e.at, e.os_user, e.host, e.profile, e.face, e.action, e.store, \
     e.target, e.reason, e.before::text AS before, e.after::text AS after, e.outcome, e.failure, e.previous_hash, e.hash \
     FROM greenroom.audit_entries e";
/// `('gren', 'audi')`: nobody else's advisory lock.
const LOCK: &str = "SELECT pg_advisory_xact_lock(1735550318, 1635083369)";

/// An entry before it has its place in the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditDraft {
    /// Ties intent and outcome together.
    pub change_id: String,
    /// Which of the two this is.
    pub phase: AuditPhase,
    /// Who.
    pub actor: Actor,
    /// What, as `noun_verb`.
    pub action: String,
    /// To which store.
    pub store: StoreKind,
    /// To what.
    pub target: String,
    /// Why.
    pub reason: Option<String>,
    /// The state before, redacted by the caller.
    pub before: Option<Json>,
    /// The state asked for or reached, redacted by the caller.
    pub after: Option<Json>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// The failure.
    pub failure: Option<String>,
}

/// A place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditHead {
    /// The entry's number; 0 before the first.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// An entry as verification sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLink {
    /// Its number.
    pub seq: i64,
    /// What it says it follows.
    pub previous_hash: String,
    /// What it says its hash is.
    pub hash: String,
    /// What its content gives.
    pub computed: String,
}

impl Postgres {
    /// Appends one entry and says where it stands. Numbers have no gaps: entries are appended one after the other, under a lock.
    /// Cost: one transaction of four statements.
    ///
    /// # Errors
    /// `StoreSchema` where the trail was never laid (run the migrations); any other as the call failed.
    pub async fn audit_append(&self, _: &WritePermit, draft: AuditDraft) -> Result<AuditHead, Error> {
        const OPERATION: &str = "audit.append";
        let mut call = self.call(OPERATION, Lane::Main).await.map_err(Error::not_done)?;
        let left = call.left();
        let appended = tokio::time::timeout(left, append(call.connection(), draft)).await;
        match appended {
            Ok(answer) => answer.map_err(|cause| Error::write(OPERATION, cause)),
            Err(_) => Err(call.ran_out(Some(Outcome::Unknown))),
        }
    }

    /// One page of the trail, newest first.
    /// Cost: a walk back along the primary key until the page is full.
    ///
    /// # Errors
    /// [`Error::Request`] for a search or cursor that makes no sense.
    pub async fn audit_list(&self, request: &AuditListRequest) -> Result<Page<AuditEntry>, Error> {
        const OPERATION: &str = "audit.list";
        let bad = Error::filter(OPERATION);
        let search = request
            .search
            .as_deref()
            .map(search_text)
            .transpose()
            .map_err(|cause| bad(cause.into()))?;
        let order = Order {
            of: "audit.seq.desc",
            kind: KeyKind::Id,
            columns: "(e.seq)",
            descending: true,
            by: " ORDER BY e.seq DESC",
        };
        let limit = request.page.bounded_limit() as usize;
        let mut query = Query::new(ROW);
        let mut filter = Where::new(&mut query);
        if let Some(text) = search.flatten() {
            filter.like(
                &["e.action", "e.target", "e.os_user", "e.host", "e.reason"],
                &like_substring(text),
            );
        }
        filter.after(OPERATION, order, request.page.after.as_deref())?;
        query.push(order.by).push(" LIMIT ").push_bind(limit as i64 + 1);
        let mut call = self.call(OPERATION, Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        let read = |row: &PgRow| Ok((Key::Id(row.id("seq")?), entry(row)?));
        let rows = call.decoded(rows.iter().map(read).collect())?;
        Ok(page(rows, limit, order.of))
    }

    /// One entry.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn audit_get(&self, seq: AuditSeq) -> Result<AuditEntry, Error> {
        const OPERATION: &str = "audit.get";
        let mut query = Query::new(ROW);
        query.push(" WHERE e.seq = ").push_bind(seq.0);
        let mut call = self.call(OPERATION, Lane::Main).await?;
        let row = call.row(&mut query).await?;
        let row = row.ok_or_else(|| Error::NotFound {
            operation: OPERATION,
            what: format!("audit entry {seq}"),
        })?;
        call.decoded(entry(&row))
    }

    /// The links after `seq`, in order, at most `limit`.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn audit_links(&self, after: i64, limit: u32) -> Result<Vec<AuditLink>, Error> {
        let mut query = Query::new(ROW);
        query
            .push(" WHERE e.seq > ")
            .push_bind(after)
            .push(" ORDER BY e.seq LIMIT ")
            .push_bind(i64::from(limit));
        let mut call = self.call("audit.verify", Lane::Main).await?;
        let rows = call.rows(&mut query).await?;
        call.decoded(rows.iter().map(link).collect())
    }

    /// Where the table that keeps the head says the chain ends; `None` where its row is gone.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn audit_head(&self) -> Result<Option<AuditHead>, Error> {
        let mut query = Query::new("SELECT h.seq, h.hash FROM greenroom.audit_head h WHERE h.id");
        let mut call = self.call("audit.verify", Lane::Main).await?;
        let row = call.row(&mut query).await?;
        call.decoded(
            row.map(|row| {
                Ok(AuditHead {
                    seq: row.id("seq")?,
                    hash: row.name("hash")?,
                })
            })
            .transpose(),
        )
    }

    /// Which database this is, whatever name or address it is reached by: the cluster's identifier and the database's name.
    /// Asked once per connection.
    ///
    /// # Errors
    /// What the call failed with.
    pub async fn identity(&self) -> Result<String, Error> {
        self.inner
            .identity
            .get_or_try_init(|| self.ask_identity())
            .await
            .cloned()
    }

    async fn ask_identity(&self) -> Result<String, Error> {
        let mut query = Query::new(
            "SELECT system_identifier::text || '/' || current_database() AS identity FROM pg_control_system()",
        );
        let mut call = self.call("postgres.identity", Lane::Main).await?;
        let by_address = format!(
            "{}/{}",
            self.inner.address,
            self.inner.options.get_database().unwrap_or_default()
        );
        match call.row(&mut query).await {
            Ok(row) => Ok(call
                .decoded(row.map(|row| row.name("identity")).transpose())?
                .unwrap_or(by_address)),
            // A server may keep pg_control_system() from us: then the address must do.
            Err(cause) if cause.code() == greenroom_domain::ErrorCode::StorePermission => Ok(by_address),
            Err(cause) => Err(cause),
        }
    }
}

async fn append(connection: &mut sqlx::PgConnection, draft: AuditDraft) -> Result<AuditHead, sqlx::Error> {
    let mut transaction = connection.begin().await?;
    transaction.execute(LOCK).await?;
    let head = transaction
        .fetch_one("SELECT h.seq, h.hash FROM greenroom.audit_head h WHERE h.id FOR UPDATE")
        .await?;
    let previous_hash = head.name("hash")?;
    let content = content(draft, head.id("seq")? + 1);
    let hash = content.hash(&previous_hash);
    let place = AuditHead {
        seq: content.seq,
        hash: hash.clone(),
    };
    let mut query = Query::new(
        "INSERT INTO greenroom.audit_entries (seq, change_id, phase, at, os_user, host, profile, face, action, store, \
         target, reason, before, after, outcome, failure, previous_hash, hash) VALUES (",
    );
    query.push_bind(content.seq);
    for text in [content.change_id, content.phase] {
        query.push(", ").push_bind(text);
    }
    query.push(", ").push_bind(content.at);
    let texts = [
        content.os_user,
        content.host,
        content.profile,
        content.face,
        content.action,
        content.store,
        content.target,
    ];
    for text in texts {
        query.push(", ").push_bind(text);
    }
    query.push(", ").push_bind(content.reason);
    query.push(", ").push_bind(content.before).push("::text::json");
    query.push(", ").push_bind(content.after).push("::text::json");
    for text in [content.outcome, content.failure] {
        query.push(", ").push_bind(text);
    }
    query
        .push(", ")
        .push_bind(previous_hash)
        .push(", ")
        .push_bind(hash)
        .push(")");
    query.build().execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(place)
}

fn content(draft: AuditDraft, seq: i64) -> chain::Content {
    // PostgreSQL keeps microseconds; the hash must be of what it keeps. It cannot keep NUL in text.
    let now = chrono::Utc::now().timestamp_micros();
    let clean = |text: String| {
        if text.contains('\0') {
            text.replace('\0', "\u{fffd}")
        } else {
            text
        }
    };
    let document = |json: Option<Json>| json.map(|Json(document)| chain::canonical_document(&document));
    chain::Content {
        seq,
        change_id: clean(draft.change_id),
        phase: phase_key(draft.phase).to_owned(),
        at: chrono::DateTime::from_timestamp_micros(now).unwrap_or_default(),
        os_user: clean(draft.actor.os_user),
        host: clean(draft.actor.host),
        profile: clean(draft.actor.profile),
        face: clean(draft.actor.face),
        action: clean(draft.action),
        store: draft.store.key().to_owned(),
        target: clean(draft.target),
        reason: draft.reason.map(clean),
        before: document(draft.before),
        after: document(draft.after),
        outcome: draft.outcome.map(|outcome| outcome_key(outcome).to_owned()),
        failure: draft.failure.map(clean),
    }
}

fn phase_key(phase: AuditPhase) -> &'static str {
    match phase {
        AuditPhase::Intent => "intent",
        AuditPhase::Outcome => "outcome",
    }
}

fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::NotDone => "not_done",
        Outcome::Unknown => "unknown",
    }
}

fn link(row: &PgRow) -> Result<AuditLink, sqlx::Error> {
    let previous_hash = row.name("previous_hash")?;
    let content = chain::Content {
        seq: row.id("seq")?,
        change_id: row.name("change_id")?,
        phase: row.name("phase")?,
        at: row.moment("at")?.map(crate::value::Moment::clamped).unwrap_or_default(),
        os_user: row.name("os_user")?,
        host: row.name("host")?,
        profile: row.name("profile")?,
        face: row.name("face")?,
        action: row.name("action")?,
        store: row.name("store")?,
        target: row.name("target")?,
        reason: row.text("reason")?,
        before: row.text("before")?,
        after: row.text("after")?,
        outcome: row.text("outcome")?,
        failure: row.text("failure")?,
    };
    let computed = content.hash(&previous_hash);
    Ok(AuditLink {
        seq: content.seq,
        previous_hash,
        hash: row.name("hash")?,
        computed,
    })
}

fn entry(row: &PgRow) -> Result<AuditEntry, sqlx::Error> {
    let document = |column: &str| -> Result<Option<Json>, sqlx::Error> {
        let text = row.text(column)?;
        Ok(text.map(|text| Json(serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text)))))
    };
    let at: Timestamp = row.moment("at")?.map(crate::value::Moment::clamped).unwrap_or_default();
    let store = row.name("store")?;
    let outcome = row.text("outcome")?;
    Ok(AuditEntry {
        seq: AuditSeq(row.id("seq")?),
        change_id: row.name("change_id")?,
        phase: if row.name("phase")? == "intent" {
            AuditPhase::Intent
        } else {
            AuditPhase::Outcome
        },
        at,
        actor: Actor {
            os_user: row.name("os_user")?,
            host: row.name("host")?,
            profile: row.name("profile")?,
            face: row.name("face")?,
        },
        action: row.name("action")?,
        store: store.parse().map_err(|cause: String| sqlx::Error::ColumnDecode {
            index: "store".to_owned(),
            source: cause.into(),
        })?,
        target: row.name("target")?,
        reason: row.text("reason")?,
        before: document("before")?,
        after: document("after")?,
        outcome: outcome.map(|outcome| match outcome.as_str() {
            "done" => Outcome::Done,
            "not_done" => Outcome::NotDone,
            _ => Outcome::Unknown,
        }),
        failure: row.text("failure")?,
        previous_hash: row.name("previous_hash")?,
        hash: row.name("hash")?,
    })
}
