//! From a recording's row to its bytes over loopback: what is said of each file, and what a player gets while the store behind it
//! deletes, dies and comes back.

use std::time::Duration;

use greenroom_domain::access::WritePermit;
use greenroom_domain::{ErrorCode, RecordingId, StoreKind};
use greenroom_local_stack::testing;
use greenroom_media_server::{Grant, MediaServer, Options, Source};
use greenroom_operations::{playback, thumbnail};
use greenroom_store_s3::{S3, buckets, objects};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::seeding::{all_recordings, demo};
use crate::support::{Deployment, editor};

const TTL: Duration = Duration::from_secs(60);
const BIG: usize = 48 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn each_recording_says_what_it_is_and_what_stands_in_its_way() {
    let deployment = demo().await;
    let (stores, caller) = (&deployment.stores, editor());
    let mut seen = Vec::new();
    for row in all_recordings(stores).await {
        let found = playback::open(stores, &caller, row.id).await.unwrap();
        assert!(found.log_key.as_deref().is_some_and(|key| key.ends_with(".log")));
        let container = found.container.expect("every file of the demo can be looked at");
        let codes: Vec<_> = found.problems.iter().map(|problem| problem.code).collect();
        if row.status.as_deref() == Some("failed") {
            assert_eq!(codes, [ErrorCode::MediaTruncated], "{row:?}");
            assert!(
                found.problems[0].message.contains("its row says"),
                "{}",
                found.problems[0].message
            );
        } else {
            assert_eq!(codes, [], "{row:?}");
        }
        assert!(
            playback::missing_here("x", &container).is_empty(),
            "this machine has what the demo needs"
        );
        seen.push(format!(
            "{} {} {:?}",
            container.kind,
            container.index_at.unwrap_or_default(),
            container.has_audio
        ));
    }
    for kind in [
        "mp4 start Some(true)",
        "mp4 end Some(true)",
        "mp4 start Some(false)",
        "fragmented mp4 start Some(true)",
    ] {
        assert!(seen.iter().any(|one| one == kind), "{kind}");
    }
    assert!(seen.iter().any(|one| one.starts_with("webm ")));
    missing_strange_and_odd_files_say_so(&deployment).await;
    a_thumbnail_is_taken_once(&deployment).await;
}

async fn missing_strange_and_odd_files_say_so(deployment: &Deployment) {
    let (stores, caller) = (&deployment.stores, editor());
    let s3 = stores.s3().await.unwrap();
    let permit = WritePermit::issue();
    // As long as the column takes; no folder longer than stores that keep objects as files can name.
    let long = format!("recordings/{}/{}.mp4", "x".repeat(250), "y".repeat(246));
    assert_eq!(long.len(), 512);
    objects::put(&s3, &permit, &long, &b"<html>not a video</html>"[..])
        .await
        .unwrap();
    objects::put(&s3, &permit, "recordings/empty.mp4", &b""[..])
        .await
        .unwrap();
    for (n, (path, expected)) in [
        ("recordings/gone.mp4", ErrorCode::ObjectMissing),
        ("", ErrorCode::ObjectMissing),
        (long.as_str(), ErrorCode::MediaUnplayable),
        ("recordings/empty.mp4", ErrorCode::MediaTruncated),
    ]
    .into_iter()
    .enumerate()
    {
        let id = 900_000 + n as i64;
        let insert = "INSERT INTO meeting_recordings (id, meeting_id, file_path) SELECT";
        deployment
            .run(&format!("{insert} {id}, min(id), '{path}' FROM meetings"))
            .await;
        let found = playback::open(stores, &caller, RecordingId(id)).await.unwrap();
        let codes: Vec<_> = found.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [expected], "{path}");
        assert_eq!(playback::has_object(&found), expected == ErrorCode::MediaUnplayable);
    }
    let nothing = playback::open(stores, &caller, RecordingId(1)).await.unwrap_err();
    assert_eq!(nothing.code(), ErrorCode::NotFound);
}

async fn a_thumbnail_is_taken_once(deployment: &Deployment) {
    let (stores, caller, cache) = (&deployment.stores, editor(), tempfile::tempdir().unwrap());
    let server = MediaServer::start().await.unwrap();
    let whole = all_recordings(stores)
        .await
        .into_iter()
        .find(|row| row.duration_s == Some(7_200))
        .unwrap();
    let grant = |s3: S3, key: &str| server.grant(Source::object(s3, key), TTL).url;
    let taken = thumbnail::of(stores, &caller, cache.path(), whole.id, grant)
        .await
        .unwrap()
        .expect("a picture");
    assert!(std::fs::read(&taken).unwrap().starts_with(&[0xff, 0xd8]));
    assert!(
        server.stats().bytes_read < 8 << 20,
        "one frame of two hours takes a few reads"
    );
    let again = thumbnail::of(stores, &caller, cache.path(), whole.id, |_, _| {
        unreachable!("it is kept")
    })
    .await
    .unwrap();
    assert_eq!(again, Some(taken));
    let strange = thumbnail::of(stores, &caller, cache.path(), RecordingId(900_002), grant)
        .await
        .unwrap();
    assert_eq!(strange, None);
    let gone = thumbnail::of(stores, &caller, cache.path(), RecordingId(900_000), grant)
        .await
        .unwrap();
    assert_eq!(gone, None);
}

/// An S3 of one's own with one object of [`BIG`] bytes, and its bytes.
async fn bucket_of_ones_own() -> (testing::PrivateStack, S3, Vec<u8>) {
    let stack = testing::private(&[StoreKind::S3]).await;
    let s3 = S3::connect(&stack.profile().s3, Some(&stack.secrets().s3), Duration::from_secs(10))
        .await
        .unwrap();
    let permit = WritePermit::issue();
    buckets::create(&s3, &permit).await.unwrap();
    let bytes: Vec<u8> = (0..BIG).map(|n| (n * 31 + n / 251) as u8).collect();
    objects::put(&s3, &permit, "recordings/big.mp4", bytes.clone())
        .await
        .unwrap();
    (stack, s3, bytes)
}

/// An open answer: its status, and the body as it comes.
async fn ask(server: &MediaServer, grant: &Grant, range: &str) -> (u16, TcpStream) {
    let path = grant.url.split_once("//").unwrap().1.split_once('/').unwrap().1;
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = format!(
        "GET /{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{range}\r\n",
        server.address()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).await.unwrap();
        answer.push(byte[0]);
    }
    let status = String::from_utf8_lossy(&answer)
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    (status, stream)
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting)
        .await
        .unwrap_or_else(|_| panic!("never: {what}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_outlives_a_restart_of_the_store_and_ends_where_the_store_stays_away() {
    let (stack, s3, bytes) = bucket_of_ones_own().await;
    let server = MediaServer::start().await.unwrap();
    let grant = server.grant(Source::object(s3, "recordings/big.mp4"), TTL);
    let (status, mut stream) = ask(&server, &grant, "Range: bytes=1-\r\n").await;
    assert_eq!(status, 206);
    let mut taken = vec![0; 1 << 20];
    stream.read_exact(&mut taken).await.unwrap();
    stack.kill(StoreKind::S3);
    stack.start(StoreKind::S3).await;
    stream.read_to_end(&mut taken).await.unwrap();
    assert!(taken == bytes[1..], "every byte came, once, in order");

    let (_, mut stream) = ask(&server, &grant, "").await;
    stream.read_exact(&mut [0; 4096]).await.unwrap();
    stack.kill(StoreKind::S3);
    let mut rest = Vec::new();
    let ended = stream.read_to_end(&mut rest).await;
    assert!(
        ended.is_err() || rest.len() + 4096 < BIG,
        "the client can tell that it has not got everything"
    );
    let (status, _) = ask(&server, &grant, "Range: bytes=0-1\r\n").await;
    assert_eq!(status, 502);
    until("nothing is left open", || {
        server.stats().streams == 0 && server.stats().upstreams == 0
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_changes_or_goes_is_never_mixed_with_what_it_was() {
    let (_stack, s3, bytes) = bucket_of_ones_own().await;
    let options = Options {
        stall: Duration::from_millis(100),
        ..Options::default()
    };
    let server = MediaServer::start_with(options).await.unwrap();
    let grant = server.grant(Source::object(s3.clone(), "recordings/big.mp4"), TTL);
    let (_, mut slow) = ask(&server, &grant, "").await;
    until("the store's connection is let go for a reader that pauses", || {
        server.stats().streams == 1 && server.stats().upstreams == 0
    })
    .await;
    let read = server.stats().bytes_read;
    assert!(read < 16 << 20, "{read} bytes were read ahead");

    objects::put(&s3, &WritePermit::issue(), "recordings/big.mp4", vec![1; 5_000])
        .await
        .unwrap();
    let mut taken = Vec::new();
    let ended = slow.read_to_end(&mut taken).await;
    assert!(ended.is_err() || taken.len() < BIG);
    assert!(
        taken == bytes[..taken.len()],
        "what came is of the version that was begun"
    );
    let (status, mut changed) = ask(&server, &grant, "Range: bytes=0-9\r\n").await;
    let mut body = Vec::new();
    changed.read_to_end(&mut body).await.unwrap();
    assert_eq!((status, body), (206, vec![1; 10]), "a new request gets the new version");
    let (status, _) = ask(&server, &grant, "Range: bytes=5000-\r\n").await;
    assert_eq!(status, 416);

    let missing = server.grant(Source::object(s3, "recordings/never.mp4"), TTL);
    let (status, _) = ask(&server, &missing, "").await;
    assert_eq!(status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_clients_stream_from_s3_at_once_and_leaving_ends_the_transfer() {
    let (_stack, s3, bytes) = bucket_of_ones_own().await;
    let server = MediaServer::start().await.unwrap();
    let mut clients = tokio::task::JoinSet::new();
    for n in 0..8 {
        let grant = server.grant(Source::object(s3.clone(), "recordings/big.mp4"), TTL);
        let server = server.clone();
        clients.spawn(async move {
            let (status, mut stream) = ask(&server, &grant, &format!("Range: bytes={n}-\r\n")).await;
            let mut body = Vec::with_capacity(BIG);
            stream.read_to_end(&mut body).await.unwrap();
            (n, status, body)
        });
    }
    while let Some(client) = clients.join_next().await {
        let (n, status, body) = client.unwrap();
        assert_eq!(status, 206);
        assert!(body == bytes[n..], "client {n}");
    }
    let before = server.stats().bytes_read;
    let grant = server.grant(Source::object(s3, "recordings/big.mp4"), TTL);
    let (_, stream) = ask(&server, &grant, "").await;
    drop(stream);
    until("the transfer has ended", || {
        let stats = server.stats();
        (stats.connections, stats.streams, stats.upstreams) == (0, 0, 0)
    })
    .await;
    assert!(
        server.stats().bytes_read - before < 16 << 20,
        "the rest was never asked for"
    );
}
