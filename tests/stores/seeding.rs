//! The demo and the big data, on real servers: the same number gives the same rows, every recording has its object and its log,
//! memory stays what it is.

use std::sync::Arc;

use greenroom_domain::access::Caller;
use greenroom_domain::audit::AuditListRequest;
use greenroom_domain::filter::{Filter, Sort};
use greenroom_domain::meeting::Meeting;
use greenroom_domain::profile::Environment;
use greenroom_domain::recording::{Recording, RecordingListRequest, RecordingSort};
use greenroom_domain::user::RedisShape;
use greenroom_domain::{ErrorCode, PageRequest, StoreKind};
use greenroom_operations::seed::scale::{self, ScaleOptions};
use greenroom_operations::seed::{self, Progress, SeedOptions, SeedReport};
use greenroom_operations::{Error, Stores, audit, meetings, migrate, recordings};
use greenroom_store_s3::objects;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::support::{Deployment, editor};

const ANCHOR: &str = "2026-03-12T06:32:00Z";

pub(crate) fn options() -> SeedOptions {
    SeedOptions {
        seed_number: 7,
        anchor: Some(ANCHOR.parse().unwrap()),
        ..SeedOptions::default()
    }
}

async fn seeded(stores: &Stores, options: &SeedOptions) -> Result<SeedReport, Error> {
    seed::demo(
        stores,
        &editor(),
        options,
        watch::Sender::default(),
        &CancellationToken::new(),
    )
    .await
}

/// A deployment with the demo in it.
pub(crate) async fn demo() -> Deployment {
    let deployment = Deployment::empty().await;
    migrate::apply(&deployment.stores, &editor(), None).await.unwrap();
    seeded(&deployment.stores, &options()).await.unwrap();
    deployment
}

pub(crate) async fn all_recordings(stores: &Stores) -> Vec<Recording> {
    let request = RecordingListRequest {
        filter: Filter::default(),
        sort: Sort {
            by: RecordingSort::Id,
            descending: false,
        },
        page: PageRequest::first(1_000),
    };
    recordings::list(stores, &editor(), request).await.unwrap().items
}

/// A hash of every row of the platform's tables.
async fn rows(deployment: &Deployment) -> Vec<String> {
    let mut hashes = Vec::new();
    for table in [
        "users",
        "meetings",
        "meeting_participants",
        "meeting_recordings",
        "media_streams",
        "permissions",
    ] {
        let all = format!("SELECT md5(string_agg(t::text, ',' ORDER BY id)) || ' ' || count(*) FROM {table} t");
        hashes.push(format!("{table} {}", deployment.ask(&all).await));
    }
    hashes
}

/// What MongoDB and Redis hold of one meeting, without the ids MongoDB gives.
async fn beside(stores: &Stores, caller: &Caller, meeting: &Meeting) -> String {
    let chat = meetings::chat(stores, caller, meeting.id, PageRequest::first(500))
        .await
        .unwrap()
        .items;
    let chat: Vec<_> = chat
        .into_iter()
        .map(|one| (one.sender_id, one.message, one.timestamp))
        .collect();
    let results = meetings::ai_results(stores, caller, meeting.id).await.unwrap().items;
    let results: Vec<_> = results
        .into_iter()
        .map(|one| (one.participant_id, one.analysis_type, one.result))
        .collect();
    let room = meetings::room(stores, caller, meeting.id).await.unwrap();
    let room = room.room.map(|room| (room.participants, room.created_at, room.shape));
    format!("{chat:?} {results:?} {room:?}")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_seedings_with_one_number_are_alike_in_all_five_stores_and_whole() {
    let (one, two) = tokio::join!(demo(), demo());
    assert_eq!(rows(&one).await, rows(&two).await);
    let caller = editor();
    let live = meetings::live(&one.stores, &caller).await.unwrap();
    assert_eq!(live.total.0, 9);
    for live in &live.items {
        let meeting = &live.meeting;
        assert_eq!(
            beside(&one.stores, &caller, meeting).await,
            beside(&two.stores, &caller, meeting).await
        );
    }
    assert_eq!(
        live.items.iter().filter(|one| one.in_room.is_none()).count(),
        1,
        "one meeting has lost its room"
    );
    let mut shapes = Vec::new();
    for one_live in &live.items {
        shapes.extend(
            meetings::room(&one.stores, &caller, one_live.meeting.id)
                .await
                .unwrap()
                .room
                .map(|room| room.shape),
        );
    }
    assert!(shapes.contains(&RedisShape::Json) && shapes.contains(&RedisShape::Hash));

    every_recording_has_its_file_and_its_log(&one).await;
    seeding_again_writes_only_what_expires(&one).await;
    let other = seeded(
        &one.stores,
        &SeedOptions {
            seed_number: 8,
            ..options()
        },
    )
    .await
    .unwrap_err();
    assert_eq!(other.code(), ErrorCode::InvalidRequest);
    assert!(other.to_string().contains("seed 7"), "{other}");
}

async fn every_recording_has_its_file_and_its_log(deployment: &Deployment) {
    let s3 = deployment.stores.s3().await.unwrap();
    let rows = all_recordings(&deployment.stores).await;
    assert!(rows.len() >= 55);
    for row in rows {
        let head = objects::head(&s3, &row.file_path).await.unwrap();
        let size = row.size_bytes.unwrap();
        assert!(
            head.size_bytes == size || row.status.as_deref() == Some("failed"),
            "{}",
            row.file_path
        );
        let log = row.file_path.rsplit_once('.').unwrap().0.to_owned() + ".log";
        let text = objects::get_small(&s3, &log, 1 << 20).await.unwrap();
        assert!(text.starts_with(b"20"), "{log}");
    }
    let avatar = deployment
        .ask("SELECT avatar_url FROM users WHERE username = 'lin.shuhe'")
        .await;
    let avatar = objects::get_small(&s3, &avatar, 1 << 20).await.unwrap();
    assert!(avatar.starts_with(&[0xff, 0xd8]), "a JPEG");
    let documents = objects::list(&s3, "media/documents/", 500, None).await.unwrap().objects;
    assert!(documents.len() > 30);
}

async fn seeding_again_writes_only_what_expires(deployment: &Deployment) {
    let before = rows(deployment).await;
    let again = seeded(&deployment.stores, &options()).await.unwrap();
    assert!(again.was_there);
    let written: Vec<_> = again
        .written
        .iter()
        .filter(|one| one.count > 0)
        .map(|one| one.what.as_str())
        .collect();
    assert_eq!(written, ["sessions", "locks"]);
    assert_eq!(rows(deployment).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seeding_that_was_cut_off_goes_on_where_it_stopped() {
    let deployment = Deployment::empty().await;
    migrate::apply(&deployment.stores, &editor(), None).await.unwrap();
    let (sender, mut progress) = watch::channel(Progress::default());
    let cancel = CancellationToken::new();
    let stores = Arc::clone(&deployment.stores);
    let work = tokio::spawn({
        let cancel = cancel.clone();
        async move { seed::demo(&stores, &editor(), &options(), sender, &cancel).await }
    });
    // What `wait_for` gives locks the sender out for as long as it is held.
    let at_rows = progress
        .wait_for(|progress| progress.note.starts_with("MongoDB: ai_results"))
        .await
        .is_ok();
    assert!(at_rows);
    cancel.cancel();
    assert_eq!(work.await.unwrap().unwrap_err().code(), ErrorCode::Cancelled);
    let report = seeded(&deployment.stores, &options()).await.unwrap();
    let written = |what: &str| {
        report
            .written
            .iter()
            .find(|one| one.what == what)
            .map_or(0, |one| one.count)
    };
    assert_eq!(
        (written("users"), written("recording files")),
        (0, 0),
        "what was finished is not written again"
    );
    assert!(written("logs") == 50_000 && written("chat_history") == 0, "{report:?}");
    let meeting = meetings::live(&deployment.stores, &editor())
        .await
        .unwrap()
        .items
        .remove(0)
        .meeting;
    let chat = meetings::chat(&deployment.stores, &editor(), meeting.id, PageRequest::first(1_000))
        .await
        .unwrap()
        .items;
    let mut lines: Vec<_> = chat
        .iter()
        .map(|one| (one.sender_id, one.timestamp, one.message.clone()))
        .collect();
    let count = lines.len();
    lines.dedup();
    assert_eq!(lines.len(), count, "no line came twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn made_up_data_goes_neither_among_strangers_nor_into_production() {
    let deployment = Deployment::with_people(3).await;
    let refused = seeded(&deployment.stores, &options()).await.unwrap_err();
    assert_eq!(refused.code(), ErrorCode::InvalidRequest);
    assert_eq!(deployment.ask("SELECT count(*)::text FROM users").await, "3");

    let mut profile = deployment.profile.clone();
    profile.environment = Environment::Production;
    let stores = Stores::open(profile, &deployment.secrets);
    let refused = seeded(&stores, &options()).await.unwrap_err();
    assert!(refused.to_string().contains("production"), "{refused}");
    let scaled = ScaleOptions {
        scale: "meetings=10".parse().unwrap(),
        seed_number: 1,
        into_production: false,
        reason: None,
    };
    let refused = scale::scale(
        &stores,
        &editor(),
        &scaled,
        watch::Sender::default(),
        &CancellationToken::new(),
    )
    .await;
    assert!(refused.unwrap_err().to_string().contains("production"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_meetings_come_in_bounded_memory_with_progress() {
    let deployment = Deployment::empty().await;
    migrate::apply(&deployment.stores, &editor(), None).await.unwrap();
    let before = peak_memory_kib();
    let (sender, progress) = watch::channel(Progress::default());
    let wanted = ScaleOptions {
        scale: "meetings=100000,participants=40000,recordings=5000,objects=3000,sessions=2000,logs=20000,chat=10000"
            .parse()
            .unwrap(),
        seed_number: 1,
        into_production: false,
        reason: Some("a test".to_owned()),
    };
    let report = scale::scale(
        &deployment.stores,
        &editor(),
        &wanted,
        sender,
        &CancellationToken::new(),
    )
    .await
    .unwrap();
    let grown = peak_memory_kib() - before;
    // The rows come to some 30 MB; a few pieces of 256 KiB and the drivers' buffers are all that may be held of them.
    assert!(grown < 48 * 1024, "memory grew by {grown} KiB");
    let written: Vec<_> = report
        .written
        .iter()
        .map(|one| (one.what.as_str(), one.count))
        .collect();
    assert!(
        written.contains(&("meetings", 100_000)) && written.contains(&("meeting_recordings", 8_000)),
        "{written:?}"
    );
    assert!(
        written.contains(&("sessions", 5_000)) && written.contains(&("logs", 20_000)),
        "{written:?}"
    );
    assert_eq!(deployment.ask("SELECT count(*)::text FROM meetings").await, "100000");
    assert_eq!(
        deployment.ask("SELECT count(*)::text FROM meeting_participants").await,
        "40000"
    );
    let at = progress.borrow().clone();
    assert_eq!(at.done, at.total, "{at:?}");

    // And once more, beside what is there.
    let more = ScaleOptions {
        scale: "meetings=1000".parse().unwrap(),
        ..wanted
    };
    scale::scale(
        &deployment.stores,
        &editor(),
        &more,
        watch::Sender::default(),
        &CancellationToken::new(),
    )
    .await
    .unwrap();
    assert_eq!(deployment.ask("SELECT count(*)::text FROM meetings").await, "101000");
    let next =
        deployment.ask("INSERT INTO users (username, email, password_hash) VALUES ('x', 'x', 'x') RETURNING id::text");
    assert!(
        next.await.parse::<i64>().unwrap() > 1_000_000,
        "the sequence has moved past what was loaded"
    );

    let trail = AuditListRequest {
        search: Some("seed_scale".to_owned()),
        page: PageRequest::first(100),
    };
    let stores: Vec<StoreKind> = audit::list(&deployment.stores, &editor(), trail)
        .await
        .unwrap()
        .items
        .iter()
        .map(|one| one.store)
        .collect();
    for store in [StoreKind::Postgres, StoreKind::Mongodb, StoreKind::Redis] {
        assert!(stores.contains(&store), "{store} was written without a trace");
    }
}

/// The most memory this process has held, in KiB.
fn peak_memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
