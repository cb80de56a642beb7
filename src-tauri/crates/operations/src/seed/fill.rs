//! Writes the demo, one store at a time, each as one audited change.

use std::path::PathBuf;

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt};
use greenroom_domain::access::{Caller, WritePermit};
use greenroom_domain::{MeetingId, StoreKind};
use greenroom_store_etcd::keys;
use greenroom_store_mongo::{ai_results, analysis, chat, import, indexes, logs as platform_logs};
use greenroom_store_postgres::copy::{CopyFormat, CopyTable};
use greenroom_store_redis::{locks, queue, rooms, sessions};
use greenroom_store_s3::{S3, buckets, objects};
use tokio_util::sync::CancellationToken;

use super::clips::CLIPS;
use super::media::Media;
use super::world::World;
use super::{
    Reporter, SeedOptions, Written, avatars, config, documents, live, logs, recordings, rows, talk, trail, unless,
};
use crate::connections::Stores;
use crate::error::Error;
use crate::ffmpeg::FfmpegError;
use crate::write::{self, Change};

/// Recordings put at once.
const PUTS: usize = 3;
/// Small objects put in one go.
const PUT_BATCH: usize = 64;
/// Documents written in one go.
const MONGO_BATCH: usize = 2_000;

/// One seeding under way.
pub(super) struct Fill<'s> {
    pub(super) stores: &'s Stores,
    pub(super) caller: &'s Caller,
    pub(super) options: &'s SeedOptions,
    pub(super) world: &'s World,
    pub(super) report: &'s Reporter,
    pub(super) cancel: &'s CancellationToken,
    /// The demo was there before: what has expired is put back as of now.
    pub(super) again: bool,
    /// It was begun before and cut off.
    pub(super) resumes: bool,
}

impl Fill<'_> {
    /// Writes one store's part.
    pub(super) async fn store(&self, store: StoreKind) -> Result<Vec<Written>, Error> {
        // Before the change is announced: making videos takes time and changes nothing.
        let media = match store {
            StoreKind::S3 | StoreKind::Postgres => Some(self.media().await?),
            _ => None,
        };
        let change = Change {
            action: trail::ACTION,
            store,
            target: format!("{} of profile {}", store.title(), self.stores.profile().name),
            reason: self.options.reason.clone(),
            before: None,
            after: Some(trail::mark(self.world)),
        };
        let run = |permit: WritePermit| -> BoxFuture<'_, Result<Vec<Written>, Error>> {
            match store {
                StoreKind::Postgres => self.postgres(permit, media).boxed(),
                StoreKind::S3 => self.s3(permit, media).boxed(),
                StoreKind::Etcd => self.etcd(permit).boxed(),
                StoreKind::Mongodb => self.mongo(permit).boxed(),
                StoreKind::Redis => self.redis(permit).boxed(),
            }
        };
        write::apply(self.stores, self.caller, change, run).await
    }

    async fn media(&self) -> Result<Media, Error> {
        unless(self.cancel, async {
            Media::ready(&self.options.cache, self.report).await.map_err(local)
        })
        .await
    }

    async fn postgres(&self, permit: WritePermit, media: Option<Media>) -> Result<Vec<Written>, Error> {
        let postgres = self.stores.postgres().await?;
        let mut sizes = Vec::with_capacity(CLIPS.len());
        for clip in &CLIPS {
            let size = match &media {
                Some(media) => media.row_size(clip).await.map_err(local)?,
                None => 0,
            };
            sizes.push((clip.name, size));
        }
        let size_of = |row: &recordings::Row| {
            sizes
                .iter()
                .find(|(name, _)| *name == row.clip.name)
                .map_or(0, |(_, size)| *size)
        };
        let world = self.world;
        let tables = [
            (CopyTable::Users, world.people.len(), rows::users(world)),
            (
                CopyTable::Permissions,
                world.permissions.len(),
                rows::permissions(world),
            ),
            (CopyTable::Meetings, world.meetings.len(), rows::meetings(world)),
            (
                CopyTable::Participants,
                world.participants.len(),
                rows::participants(world),
            ),
            (CopyTable::Streams, world.streams.len(), rows::streams(world)),
            (
                CopyTable::Recordings,
                world.recordings.len(),
                rows::recordings(world, size_of),
            ),
        ];
        self.report.more(tables.iter().map(|(_, count, _)| *count as u64).sum());
        let mut written = Vec::new();
        for (table, count, lines) in tables {
            self.report.note(format!("PostgreSQL: {}", table.name()));
            // Each table is loaded whole or not at all, so one that holds rows was loaded before we were cut off.
            if postgres.table_is_empty(table).await? {
                let load = postgres.copy_in(&permit, table, CopyFormat::Text, futures::stream::iter([lines]));
                let count = unless(self.cancel, async { Ok(load.await?) }).await?;
                postgres.copy_done(&permit, table).await?;
                written.push(Written {
                    what: table.name().to_owned(),
                    count,
                });
            }
            self.report.done(count as u64);
        }
        Ok(written)
    }

    async fn s3(&self, permit: WritePermit, media: Option<Media>) -> Result<Vec<Written>, Error> {
        let Some(media) = media else { return Ok(Vec::new()) };
        let s3 = self.stores.s3().await?;
        unless(self.cancel, async { Ok(buckets::create(&s3, &permit).await?) }).await?;
        let portraits = avatars::ready(media.folder(), self.world).await.map_err(local)?;
        let mut small = Vec::new();
        for (user_id, path) in &portraits {
            let bytes = tokio::fs::read(path).await;
            let bytes = bytes.map_err(|source| {
                local(FfmpegError::File {
                    path: path.clone(),
                    source,
                })
            })?;
            small.push((avatars::key(*user_id), Bytes::from(bytes)));
        }
        let documents = documents::documents(self.world);
        let counts = [
            ("avatars", portraits.len()),
            ("documents", documents.len()),
            ("uploads", UPLOADS.len()),
        ];
        small.extend(documents);
        small.extend(UPLOADS.map(|(key, size)| (key.to_owned(), Bytes::from(vec![0; size]))));
        for one in &self.world.recordings {
            small.push((
                one.log_key(),
                Bytes::from(recordings::log_of(self.world.seed_number, one)),
            ));
        }
        self.report.more((small.len() + self.world.recordings.len()) as u64);
        self.report.note("S3: avatars, documents, logs");
        while !small.is_empty() {
            let batch: Vec<_> = small.drain(..small.len().min(PUT_BATCH)).collect();
            let count = unless(self.cancel, async { Ok(objects::put_many(&s3, &permit, batch).await?) }).await?;
            self.report.done(count);
        }
        self.report.note("S3: recordings");
        let puts = self
            .world
            .recordings
            .iter()
            .map(|one| put(&s3, &permit, &one.key, media.path(one.clip)));
        let mut puts = futures::stream::iter(puts.collect::<Vec<_>>()).buffer_unordered(PUTS);
        while let Some(result) = unless(self.cancel, puts.next().map(Ok)).await? {
            result?;
            self.report.done(1);
        }
        let recorded = self.world.recordings.len() as u64;
        let mut written: Vec<Written> = counts
            .map(|(what, count)| Written {
                what: what.to_owned(),
                count: count as u64,
            })
            .to_vec();
        written.push(Written {
            what: "recording files".to_owned(),
            count: recorded,
        });
        written.push(Written {
            what: "recording logs".to_owned(),
            count: recorded,
        });
        Ok(written)
    }

    async fn etcd(&self, permit: WritePermit) -> Result<Vec<Written>, Error> {
        let etcd = self.stores.etcd().await?;
        let prefix = self.stores.profile().etcd.prefix.trim_end_matches('/').to_owned();
        let entries: Vec<(String, String)> = config::keys()
            .into_iter()
            .map(|(key, value)| (format!("{prefix}{key}"), value))
            .collect();
        self.report.more(entries.len() as u64);
        self.report.note("etcd: configuration and registry");
        let count = unless(self.cancel, async {
            Ok(keys::put_many(&etcd, &permit, &entries).await?)
        })
        .await?;
        self.report.done(count);
        Ok(vec![Written {
            what: "etcd keys".to_owned(),
            count,
        }])
    }
}

impl Fill<'_> {
    async fn mongo(&self, permit: WritePermit) -> Result<Vec<Written>, Error> {
        let mongo = self.stores.mongo().await?;
        let lines = talk::chat(self.world);
        let (results, analyses) = talk::analysis(self.world);
        self.report
            .more((lines.len() + results.len() + analyses.len() + logs::LINES) as u64);
        self.report.note("MongoDB: indexes");
        unless(self.cancel, async { Ok(indexes::ensure(&mongo, &permit).await?) }).await?;
        let mut written = Vec::new();
        macro_rules! fill {
            ($module:ident, $collection:literal, $items:expr) => {{
                self.report.note(concat!("MongoDB: ", $collection));
                // They are written in order, so a load that was cut off goes on after those that are there.
                let there = if self.resumes {
                    import::count(&mongo, $collection).await?
                } else {
                    0
                };
                let mut items = $items.into_iter();
                let skipped = items
                    .by_ref()
                    .take(usize::try_from(there).unwrap_or(usize::MAX))
                    .count();
                self.report.done(skipped as u64);
                let mut count = 0;
                loop {
                    let batch: Vec<_> = items.by_ref().take(MONGO_BATCH).collect();
                    if batch.is_empty() {
                        break;
                    }
                    let load = async { Ok($module::insert_many(&mongo, &permit, &batch).await?) };
                    let batch = unless(self.cancel, load).await?;
                    self.report.done(batch);
                    count += batch;
                }
                written.push(Written {
                    what: $collection.to_owned(),
                    count,
                });
            }};
        }
        fill!(chat, "chat_history", lines);
        fill!(ai_results, "ai_results", results);
        fill!(analysis, "analysis_data", analyses);
        fill!(platform_logs, "logs", logs::lines(self.world));
        Ok(written)
    }

    async fn redis(&self, permit: WritePermit) -> Result<Vec<Written>, Error> {
        let redis = self.stores.redis().await?;
        let now = if self.again {
            chrono::Utc::now()
        } else {
            self.world.anchor
        };
        let live = live::live(self.world, now);
        self.report.note("Redis: sessions, rooms, queue, locks");
        let work = async {
            // What is there already may have been worked with: only what is missing is put.
            let meetings: Vec<MeetingId> = live.rooms.iter().map(|one| one.meeting_id).collect();
            let open = rooms::of_meetings(&redis, &meetings).await?;
            let there = |room: &rooms::NewRoom| open.iter().any(|(id, _)| *id == room.meeting_id);
            let closed: Vec<_> = live.rooms.into_iter().filter(|room| !there(room)).collect();
            rooms::put_many(&redis, &permit, &closed).await?;
            sessions::put_many(&redis, &permit, &live.sessions).await?;
            locks::put_many(&redis, &permit, &live.locks).await?;
            let waiting = queue::notifications_length(&redis).await?;
            let notifications = if waiting == 0 { live.notifications } else { Vec::new() };
            queue::push_notifications(&redis, &permit, &notifications).await?;
            let counts = [
                ("sessions", live.sessions.len()),
                ("rooms", closed.len()),
                ("notifications", notifications.len()),
                ("locks", live.locks.len()),
            ];
            Ok(counts
                .map(|(what, count)| Written {
                    what: what.to_owned(),
                    count: count as u64,
                })
                .to_vec())
        };
        let written = unless(self.cancel, work).await?;
        let count = written.iter().map(|one| one.count).sum();
        self.report.more(count);
        self.report.done(count);
        Ok(written)
    }
}

fn put<'p>(
    s3: &'p S3,
    permit: &'p WritePermit,
    key: &'p str,
    path: PathBuf,
) -> BoxFuture<'p, Result<u64, greenroom_store_s3::Error>> {
    async move { Box::pin(objects::put_file(s3, permit, key, &path)).await }.boxed()
}

/// What an upload that broke off leaves behind.
const UPLOADS: [(&str, usize); 3] = [
    ("temp/uploads/7f3a9c/part-0001", 262_144),
    ("temp/uploads/7f3a9c/part-0002", 262_144),
    ("temp/uploads/b81e04/slides.pptx.partial", 40_960),
];

fn local(error: FfmpegError) -> Error {
    match error {
        FfmpegError::File { path, source } => Error::Local {
            path,
            did: "read or written",
            source,
        },
        error => {
            let path = PathBuf::from("ffmpeg");
            Error::Local {
                path,
                did: "run",
                source: std::io::Error::other(error),
            }
        }
    }
}
