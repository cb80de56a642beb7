//! The server as a client meets it, over real sockets. Objects in S3 are in the workspace's `tests/stores`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

use std::time::Duration;

use greenroom_media_server::{Grant, MediaServer, Options, Source};
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TTL: Duration = Duration::from_secs(60);

struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Reply {
    fn field(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

/// Sends `text` as it stands and reads until the server closes.
async fn raw(server: &MediaServer, text: &str) -> Reply {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Reply {
        status,
        head,
        body: answer[end + 4..].to_vec(),
    }
}

fn path(grant: &Grant) -> String {
    let rest = grant.url.strip_prefix("http://").unwrap();
    rest[rest.find('/').unwrap()..].to_owned()
}

async fn ask(server: &MediaServer, method: &str, path: &str, fields: &str) -> Reply {
    let host = server.address();
    raw(
        server,
        &format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{fields}\r\n"),
    )
    .await
}

fn pattern(size: usize) -> Vec<u8> {
    (0..size).map(|n| (n * 31 + n / 251) as u8).collect()
}

fn file_of(bytes: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".mp4").tempfile().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    file
}

#[tokio::test]
async fn a_first_request_without_a_range_gets_everything_and_learns_that_ranges_work() {
    let server = MediaServer::start().await.unwrap();
    let bytes = pattern(300_000);
    let file = file_of(&bytes);
    let grant = server.grant(Source::file(file.path()), TTL);
    let reply = ask(&server, "GET", &path(&grant), "").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.field("accept-ranges"), Some("bytes"));
    assert_eq!(reply.field("content-length"), Some("300000"));
    assert_eq!(reply.field("content-type"), Some("video/mp4"));
    assert_eq!(reply.field("cache-control"), Some("no-store"));
    assert_eq!(reply.field("x-content-type-options"), Some("nosniff"));
    assert!(reply.body == bytes);
}

#[tokio::test]
async fn a_head_has_the_same_fields_and_no_body() {
    let server = MediaServer::start().await.unwrap();
    let grant = server.grant(Source::bytes("a.jpg", "image/jpeg", pattern(5_000)), TTL);
    let reply = ask(&server, "HEAD", &path(&grant), "Range: bytes=10-19\r\n").await;
    assert_eq!(reply.status, 206);
    assert_eq!(reply.field("content-range"), Some("bytes 10-19/5000"));
    assert_eq!(reply.field("content-length"), Some("10"));
    assert!(reply.body.is_empty());
}

#[tokio::test]
async fn a_range_beyond_the_end_gets_416_with_the_size() {
    let server = MediaServer::start().await.unwrap();
    let grant = server.grant(Source::bytes("a", "image/jpeg", pattern(100)), TTL);
    let reply = ask(&server, "GET", &path(&grant), "Range: bytes=100-\r\n").await;
    assert_eq!(reply.status, 416);
    assert_eq!(reply.field("content-range"), Some("bytes */100"));
}

#[tokio::test]
async fn a_range_of_what_has_changed_since_gets_the_whole_new_thing() {
    let server = MediaServer::start().await.unwrap();
    let file = file_of(&pattern(1_000));
    let grant = server.grant(Source::file(file.path()), TTL);
    let tag = ask(&server, "GET", &path(&grant), "")
        .await
        .field("etag")
        .unwrap()
        .to_owned();
    let same = ask(
        &server,
        "GET",
        &path(&grant),
        &format!("Range: bytes=0-1\r\nIf-Range: {tag}\r\n"),
    )
    .await;
    assert_eq!(same.status, 206);
    std::fs::write(file.path(), pattern(2_000)).unwrap();
    let changed = ask(
        &server,
        "GET",
        &path(&grant),
        "Range: bytes=0-1\r\nIf-Range: \"other\"\r\n",
    )
    .await;
    assert_eq!((changed.status, changed.body.len()), (200, 2_000));
}

#[tokio::test]
async fn an_empty_file_is_served_as_nothing() {
    let server = MediaServer::start().await.unwrap();
    let file = file_of(b"");
    let grant = server.grant(Source::file(file.path()), TTL);
    let whole = ask(&server, "GET", &path(&grant), "").await;
    assert_eq!((whole.status, whole.body.len()), (200, 0));
    assert_eq!(
        ask(&server, "GET", &path(&grant), "Range: bytes=0-\r\n").await.status,
        416
    );
}

#[tokio::test]
async fn another_host_is_refused_whatever_the_token() {
    let server = MediaServer::start().await.unwrap();
    let grant = server.grant(Source::bytes("a", "image/jpeg", "x"), TTL);
    let (path, port) = (path(&grant), server.address().port());
    for host in [
        "Host: evil.example\r\n".to_owned(),
        format!("Host: evil.example:{port}\r\n"),
        format!("Host: localhost:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        format!("Host: 127.0.0.1:{port}.evil.example\r\n"),
        String::new(),
    ] {
        let reply = raw(
            &server,
            &format!("GET {path} HTTP/1.1\r\n{host}Connection: close\r\n\r\n"),
        )
        .await;
        assert_eq!(reply.status, 421, "{host:?}");
    }
    let twice = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil\r\nConnection: close\r\n\r\n");
    assert_eq!(raw(&server, &twice).await.status, 400);
    let absolute =
        format!("GET http://evil.example{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    assert_eq!(raw(&server, &absolute).await.status, 421);
}

#[tokio::test]
async fn only_our_own_window_may_read_what_it_asks_for_across_origins() {
    let server = MediaServer::start().await.unwrap();
    let grant = server.grant(Source::bytes("a", "image/jpeg", "x"), TTL);
    let ours = ask(&server, "GET", &path(&grant), "Origin: tauri://localhost\r\n").await;
    assert_eq!(
        (ours.status, ours.field("access-control-allow-origin")),
        (200, Some("tauri://localhost"))
    );
    let none = ask(&server, "GET", &path(&grant), "").await;
    assert_eq!((none.status, none.field("access-control-allow-origin")), (200, None));
    for stranger in ["https://evil.example", "null", "http://127.0.0.1"] {
        let reply = ask(&server, "GET", &path(&grant), &format!("Origin: {stranger}\r\n")).await;
        assert_eq!(
            (reply.status, reply.field("access-control-allow-origin")),
            (403, None),
            "{stranger}"
        );
    }
}

#[tokio::test]
async fn nothing_but_get_and_head_is_answered() {
    let server = MediaServer::start().await.unwrap();
    let grant = server.grant(Source::bytes("a", "image/jpeg", "x"), TTL);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
        let reply = ask(&server, method, &path(&grant), "").await;
        assert_eq!(
            (reply.status, reply.field("allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
    }
}

#[tokio::test]
async fn unknown_expired_and_revoked_addresses_are_refused_alike() {
    let server = MediaServer::start().await.unwrap();
    let source = || Source::bytes("a", "image/jpeg", "x");
    let (expired, revoked, good) = (
        server.grant(source(), Duration::ZERO),
        server.grant(source(), TTL),
        server.grant(source(), TTL),
    );
    server.revoke(&revoked);
    let token = path(&good).split('/').nth(1).unwrap().to_owned();
    let mut heads = Vec::new();
    for path in [
        path(&expired),
        path(&revoked),
        format!("/{}/a", "A".repeat(43)),
        "/".to_owned(),
        format!("/{token}"),
        format!("/{token}/"),
        format!("/{token}/b"),
        format!("/{token}/../a"),
        format!("/{token}/a/b"),
        "/index.html".to_owned(),
    ] {
        let reply = ask(&server, "GET", &path, "").await;
        assert_eq!(reply.status, 404, "{path}");
        let head: Vec<_> = reply
            .head
            .lines()
            .filter(|line| !line.starts_with("date:"))
            .map(str::to_owned)
            .collect();
        heads.push((head, reply.body));
    }
    heads.dedup();
    assert_eq!(heads.len(), 1, "a stranger cannot tell one from the other");
    server.revoke_all();
    assert_eq!(ask(&server, "GET", &path(&good), "").await.status, 404);
}

#[tokio::test]
async fn a_file_that_is_gone_gets_404() {
    let server = MediaServer::start().await.unwrap();
    let file = file_of(b"x");
    let grant = server.grant(Source::file(file.path()), TTL);
    assert_eq!(ask(&server, "GET", &path(&grant), "").await.status, 200);
    drop(file);
    assert_eq!(ask(&server, "GET", &path(&grant), "").await.status, 404);
    assert_eq!(ask(&server, "HEAD", &path(&grant), "").await.status, 404);
}

#[tokio::test]
async fn a_reader_that_stops_holds_no_more_than_the_buffers_and_is_let_go_in_the_end() {
    let options = Options {
        stall: Duration::from_millis(50),
        idle: Duration::from_millis(400),
        ..Options::default()
    };
    let server = MediaServer::start_with(options).await.unwrap();
    let size = 64 * 1024 * 1024;
    let file = file_of(&vec![7; size]);
    let grant = server.grant(Source::file(file.path()), TTL);
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request = format!("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", path(&grant), server.address());
    stream.write_all(request.as_bytes()).await.unwrap();
    until("the upstream is let go", || {
        server.stats().streams == 1 && server.stats().upstreams == 0
    })
    .await;
    // Loopback's own socket buffers take a few megabytes; the rest stays where it is.
    let read = server.stats().bytes_read;
    assert!(
        read < 16 * 1024 * 1024,
        "{read} bytes were read for a client that takes none"
    );
    until("the connection is closed", || {
        server.stats().connections == 0 && server.stats().streams == 0
    })
    .await;
}

#[tokio::test]
async fn a_reader_that_pauses_gets_the_rest_when_it_goes_on() {
    let options = Options {
        stall: Duration::from_millis(50),
        ..Options::default()
    };
    let server = MediaServer::start_with(options).await.unwrap();
    let bytes = pattern(24 * 1024 * 1024);
    let file = file_of(&bytes);
    let grant = server.grant(Source::file(file.path()), TTL);
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let fields = "Connection: close\r\nRange: bytes=1-\r\n";
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\n{fields}\r\n",
        path(&grant),
        server.address()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    until("the upstream is let go", || {
        server.stats().streams == 1 && server.stats().upstreams == 0
    })
    .await;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert!(answer.ends_with(&bytes[1..]), "every byte came, once, in order");
}

#[tokio::test]
async fn a_client_that_leaves_ends_its_stream() {
    let server = MediaServer::start().await.unwrap();
    let file = file_of(&vec![7; 64 * 1024 * 1024]);
    let grant = server.grant(Source::file(file.path()), TTL);
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request = format!("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", path(&grant), server.address());
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.read_exact(&mut [0; 4096]).await.unwrap();
    drop(stream);
    until("the stream is gone", || {
        let stats = server.stats();
        (stats.connections, stats.streams, stats.upstreams) == (0, 0, 0)
    })
    .await;
    assert!(server.stats().bytes_read < 32 * 1024 * 1024);
}

#[tokio::test]
async fn eight_clients_at_once_each_get_their_own_bytes() {
    let server = MediaServer::start().await.unwrap();
    let bytes = pattern(3_000_000);
    let file = file_of(&bytes);
    let mut clients = tokio::task::JoinSet::new();
    for n in 0..8 {
        let (server, grant) = (server.clone(), server.grant(Source::file(file.path()), TTL));
        clients.spawn(async move {
            (
                n,
                ask(&server, "GET", &path(&grant), &format!("Range: bytes={n}-\r\n")).await,
            )
        });
    }
    while let Some(client) = clients.join_next().await {
        let (n, reply) = client.unwrap();
        assert_eq!(reply.status, 206);
        assert!(reply.body == bytes[n..], "client {n}");
    }
}

#[tokio::test]
async fn a_server_that_is_dropped_answers_no_more() {
    let server = MediaServer::start().await.unwrap();
    let address = server.address();
    drop(server);
    until("the port is closed", || std::net::TcpStream::connect(address).is_err()).await;
}

#[test]
fn any_range_is_answered_with_exactly_its_bytes() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (server, bytes) = (runtime.block_on(MediaServer::start()).unwrap(), pattern(200_000));
    let file = file_of(&bytes);
    let grant = server.grant(Source::file(file.path()), TTL);
    let range = prop_oneof![
        (0u64..250_000, 0u64..250_000).prop_map(|(a, b)| format!("{a}-{b}")),
        (0u64..250_000).prop_map(|a| format!("{a}-")),
        (0u64..250_000).prop_map(|n| format!("-{n}")),
    ];
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(128));
    runner
        .run(&range, |range| {
            let reply = runtime.block_on(ask(&server, "GET", &path(&grant), &format!("Range: bytes={range}\r\n")));
            let (first, last) = range.split_once('-').unwrap();
            let size = bytes.len();
            let expected = match (first.parse::<usize>(), last.parse::<usize>()) {
                (Ok(first), Ok(last)) if last < first => Some((200, 0..size)),
                (Ok(first), _) if first >= size => None,
                (Ok(first), Ok(last)) => Some((206, first..size.min(last + 1))),
                (Ok(first), Err(_)) => Some((206, first..size)),
                (Err(_), Ok(0) | Err(_)) => None,
                (Err(_), Ok(last)) => Some((206, size.saturating_sub(last)..size)),
            };
            match expected {
                Some((status, slice)) => {
                    prop_assert_eq!(reply.status, status);
                    prop_assert!(reply.body == bytes[slice]);
                }
                None => prop_assert_eq!(reply.status, 416),
            }
            Ok(())
        })
        .unwrap();
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting)
        .await
        .unwrap_or_else(|_| panic!("never: {what}"));
}
