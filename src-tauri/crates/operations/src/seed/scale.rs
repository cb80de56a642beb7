//! Big data for benchmarks: millions of rows, documents and keys, worked out on the fly and streamed, so that memory stays what it is
//! whatever is asked for. Added to what is there, under ids of its own; it makes no objects in S3: `objects` stands for the rows and keys
//! that so many recordings come with.

mod spec;
mod tables;

use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures::Stream;
use greenroom_domain::access::{Caller, WritePermit};
use greenroom_domain::filter::{Filter, Sort};
use greenroom_domain::meeting::{MeetingListRequest, MeetingSort};
use greenroom_domain::user::{RedisShape, UserListRequest, UserSort};
use greenroom_domain::{Json, MeetingId, PageRequest, StoreKind, UserId};
use greenroom_store_mongo::chat::{self, NewChatMessage};
use greenroom_store_mongo::logs::{self, NewLogLine};
use greenroom_store_postgres::Postgres;
use greenroom_store_postgres::copy::{CopyFormat, CopyTable};
use greenroom_store_redis::sessions::{self, NewSession};
use serde_json::json;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use self::tables::{Ground, Table};
use super::{Progress, Reporter, SeedReport, Written, allowed, this_minute, unless};
use crate::connections::Stores;
use crate::error::Error;
use crate::write::{self, Change};

pub use self::spec::Scale;

/// The action under which it is in the audit trail.
const ACTION: &str = "seed_scale";
/// Rows are made and sent in pieces of about this many bytes.
const PIECE: usize = 256 * 1024;
/// Documents and keys written in one go.
const BATCH: u64 = 2_000;
/// People that meetings are spread over, where there are so many.
const CREATORS: u32 = 1_000;

/// How a big seeding is to be done.
#[derive(Debug, Clone)]
pub struct ScaleOptions {
    /// How much of what.
    pub scale: Scale,
    /// The same number gives the same rows, apart from their ids.
    pub seed_number: u64,
    /// It may go into a deployment whose profile says it is production.
    pub into_production: bool,
    /// For the audit trail.
    pub reason: Option<String>,
}

/// Writes what is asked for, one audited change for each table, collection or key family. Meetings want people to belong to: where there
/// are none and none are asked for, a thousand are made.
///
/// Cost: for 10 million meetings about 2 GB in PostgreSQL and some minutes; memory is a few pieces of 256 KiB.
///
/// # Errors
/// [`Error::InvalidRequest`] for a production profile; [`Error::Cancelled`]: the table being loaded is as it was, documents and keys
/// written by then stay; the stores' own.
pub async fn scale(
    stores: &Stores,
    caller: &Caller,
    options: &ScaleOptions,
    progress: watch::Sender<Progress>,
    cancel: &CancellationToken,
) -> Result<SeedReport, Error> {
    allowed(stores, options.into_production)?;
    let report = Reporter(progress);
    let anchor = this_minute();
    let wanted = options.scale;
    report.more(wanted.total());
    let big = Big {
        stores,
        caller,
        options,
        report: &report,
        cancel,
    };
    let mut ground = Ground {
        seed_number: options.seed_number,
        anchor,
        ..Ground::default()
    };
    let mut written = Vec::new();
    if wanted.any_rows() {
        big.rows(&mut ground, wanted, &mut written).await?;
    }
    if wanted.chat > 0 || wanted.logs > 0 {
        written.push(big.documents("chat_history", wanted.chat, &ground).await?);
        written.push(big.documents("logs", wanted.logs, &ground).await?);
    }
    if wanted.sessions + wanted.objects > 0 {
        written.push(big.keys(wanted.sessions + wanted.objects, &ground).await?);
    }
    written.retain(|one| one.count > 0);
    report.note("");
    Ok(SeedReport {
        seed_number: options.seed_number,
        anchor,
        was_there: false,
        written,
    })
}

struct Big<'s> {
    stores: &'s Stores,
    caller: &'s Caller,
    options: &'s ScaleOptions,
    report: &'s Reporter,
    cancel: &'s CancellationToken,
}

impl Big<'_> {
    async fn rows(&self, ground: &mut Ground, wanted: Scale, written: &mut Vec<Written>) -> Result<(), Error> {
        let postgres = self.stores.postgres().await?;
        let mut people = wanted.users;
        if people == 0 && postgres.table_is_empty(CopyTable::Users).await? {
            people = u64::from(CREATORS);
            self.report.more(people);
        }
        ground.first_user = newest_user(&postgres).await? + 1_000_000;
        ground.first_meeting = newest_meeting(&postgres).await? + 1_000_000;
        written.push(self.table(&postgres, Table::Users, people, ground).await?);
        ground.creators = some_users(&postgres).await?;
        written.push(self.table(&postgres, Table::Meetings, wanted.meetings, ground).await?);
        ground.meetings = wanted.meetings;
        if ground.meetings == 0 {
            // Rows that hang on meetings are spread over those that are there.
            ground.borrowed = some_meetings(&postgres).await?;
            if ground.borrowed.is_empty() && wanted.participants + wanted.recordings + wanted.objects > 0 {
                return Err(Error::invalid(
                    "participants, recordings and objects want meetings: ask for some as well",
                ));
            }
        }
        written.push(
            self.table(&postgres, Table::Participants, wanted.participants, ground)
                .await?,
        );
        written.push(
            self.table(&postgres, Table::Recordings, wanted.recordings + wanted.objects, ground)
                .await?,
        );
        Ok(())
    }

    async fn table(&self, postgres: &Postgres, table: Table, count: u64, ground: &Ground) -> Result<Written, Error> {
        let into = table.copy_table();
        if count > 0 {
            let run = async |permit: WritePermit| {
                self.report.note(format!("PostgreSQL: {}", into.name()));
                let rows = pieces(table, count, ground, self.report);
                let load = async { Ok(postgres.copy_in(&permit, into, CopyFormat::Text, rows).await?) };
                unless(self.cancel, load).await?;
                self.report.note(format!("PostgreSQL: {}, statistics", into.name()));
                unless(self.cancel, async { Ok(postgres.copy_done(&permit, into).await?) }).await
            };
            self.audited(StoreKind::Postgres, into.name(), count, run).await?;
        }
        Ok(Written {
            what: into.name().to_owned(),
            count,
        })
    }

    async fn documents(&self, collection: &'static str, count: u64, ground: &Ground) -> Result<Written, Error> {
        if count > 0 {
            let mongo = self.stores.mongo().await?;
            let run = async |permit: WritePermit| {
                self.report.note(format!("MongoDB: {collection}"));
                for from in (0..count).step_by(BATCH as usize) {
                    let batch = from..(from + BATCH).min(count);
                    let load = async {
                        if collection == "logs" {
                            let lines: Vec<NewLogLine> = batch.map(|n| log_line(ground, n, count)).collect();
                            Ok(logs::insert_many(&mongo, &permit, &lines).await?)
                        } else {
                            let lines: Vec<NewChatMessage> = batch.map(|n| chat_line(ground, n, count)).collect();
                            Ok(chat::insert_many(&mongo, &permit, &lines).await?)
                        }
                    };
                    let done = unless(self.cancel, load).await?;
                    self.report.done(done);
                }
                Ok(())
            };
            self.audited(StoreKind::Mongodb, collection, count, run).await?;
        }
        Ok(Written {
            what: collection.to_owned(),
            count,
        })
    }

    async fn keys(&self, count: u64, ground: &Ground) -> Result<Written, Error> {
        let redis = self.stores.redis().await?;
        let run = async |permit: WritePermit| {
            self.report.note("Redis: sessions");
            for from in (0..count).step_by(BATCH as usize) {
                let batch: Vec<NewSession> = (from..(from + BATCH).min(count)).map(|n| session(ground, n)).collect();
                unless(self.cancel, async {
                    Ok(sessions::put_many(&redis, &permit, &batch).await?)
                })
                .await?;
                self.report.done(batch.len() as u64);
            }
            Ok(())
        };
        self.audited(StoreKind::Redis, "session:*", count, run).await?;
        Ok(Written {
            what: "sessions".to_owned(),
            count,
        })
    }

    async fn audited<R, F>(&self, store: StoreKind, target: &str, count: u64, run: R) -> Result<(), Error>
    where
        R: FnOnce(WritePermit) -> F,
        F: Future<Output = Result<(), Error>>,
    {
        let after = Some(Json(json!({ "added": count, "seed_number": self.options.seed_number })));
        let reason = self.options.reason.clone();
        let change = Change {
            action: ACTION,
            store,
            target: target.to_owned(),
            reason,
            before: None,
            after,
        };
        write::apply(self.stores, self.caller, change, run).await
    }
}

/// The rows of a table as lines of `COPY`, a piece at a time, reported as they are taken.
fn pieces<'s>(
    table: Table,
    count: u64,
    ground: &'s Ground,
    report: &'s Reporter,
) -> impl Stream<Item = Bytes> + Send + 's {
    let next = AtomicU64::new(0);
    futures::stream::poll_fn(move |_| {
        let from = next.load(Ordering::Relaxed);
        if from >= count {
            return std::task::Poll::Ready(None);
        }
        let mut lines = super::rows::Lines::with_capacity(PIECE + 1_024);
        let mut n = from;
        while n < count && lines.len() < PIECE {
            table.line(ground, n, count, &mut lines);
            n += 1;
        }
        next.store(n, Ordering::Relaxed);
        report.done(n - from);
        std::task::Poll::Ready(Some(lines.finish()))
    })
}

fn log_line(ground: &Ground, n: u64, count: u64) -> NewLogLine {
    let (service, level, words, _) = super::words::LOG_LINES[ground.below(n, 1, super::words::LOG_LINES.len() as u64)];
    let at = ground.spread(n, count, 30);
    let meeting = ground.meeting(n % 100_000);
    let message = words
        .replace("{m}", &meeting.to_string())
        .replace("{u}", &ground.user(n).to_string());
    let message = message
        .replace("{n}", &(n % 240).to_string())
        .replace("{ms}", &(n % 900).to_string());
    let fields = json!({ "meeting_id": meeting, "request_id": format!("{:016x}", ground.dice(n, 2)) });
    NewLogLine {
        service: service.to_owned(),
        level: level.to_owned(),
        message,
        at,
        fields,
    }
}

fn chat_line(ground: &Ground, n: u64, count: u64) -> NewChatMessage {
    let words = [&super::words::CHAT_EN, &super::words::CHAT_ZH][ground.below(n, 3, 2)];
    NewChatMessage {
        meeting_id: MeetingId(ground.meeting(n / 20)),
        sender_id: UserId(ground.user(n)),
        message: words[ground.below(n, 4, words.len() as u64)].to_owned(),
        at: ground.spread(n, count, 365),
    }
}

fn session(ground: &Ground, n: u64) -> NewSession {
    let user = ground.user(n);
    NewSession {
        id: format!("{:016x}{:016x}", ground.dice(n, 5), ground.dice(n, 6)),
        user_id: UserId(user),
        username: format!("u{user}"),
        email: format!("u{user}@scale.example"),
        login_time: ground.anchor,
        last_activity: ground.anchor,
        shape: RedisShape::Json,
        ttl_s: sessions::TTL_S,
    }
}

async fn newest_user(postgres: &Postgres) -> Result<i64, Error> {
    let request = UserListRequest {
        filter: Filter::default(),
        sort: Sort {
            by: UserSort::Id,
            descending: true,
        },
        page: PageRequest::first(1),
    };
    Ok(postgres
        .user_list(&request)
        .await?
        .items
        .first()
        .map_or(0, |one| one.id.0))
}

async fn some_users(postgres: &Postgres) -> Result<Vec<i64>, Error> {
    let request = UserListRequest {
        filter: Filter::default(),
        sort: Sort {
            by: UserSort::Id,
            descending: false,
        },
        page: PageRequest::first(CREATORS),
    };
    Ok(postgres
        .user_list(&request)
        .await?
        .items
        .iter()
        .map(|one| one.id.0)
        .collect())
}

async fn newest_meeting(postgres: &Postgres) -> Result<i64, Error> {
    Ok(meetings(postgres, 1).await?.first().copied().unwrap_or(0))
}

async fn some_meetings(postgres: &Postgres) -> Result<Vec<i64>, Error> {
    meetings(postgres, greenroom_domain::page::MAX_LIMIT).await
}

async fn meetings(postgres: &Postgres, limit: u32) -> Result<Vec<i64>, Error> {
    let request = MeetingListRequest {
        filter: Filter::default(),
        sort: Sort {
            by: MeetingSort::Id,
            descending: true,
        },
        page: PageRequest::first(limit),
    };
    Ok(postgres
        .meeting_list(&request)
        .await?
        .items
        .iter()
        .map(|one| one.id.0)
        .collect())
}
