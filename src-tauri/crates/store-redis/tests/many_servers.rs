//! The adapter against a real cluster of three and against a sentinel: the same reads and writes as against one server.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use greenroom_domain::access::WritePermit;
use greenroom_domain::profile::{RedisMode, RedisProfile, Tls};
use greenroom_domain::user::RedisShape;
use greenroom_domain::{ErrorCode, MeetingId, Timestamp, UserId};
use greenroom_store_redis::rooms::NewRoom;
use greenroom_store_redis::{Redis, queue, rooms};

const LIMIT: Duration = Duration::from_secs(5);
/// Far longer than a cluster takes to agree, even on a busy machine.
const BOUND: Duration = Duration::from_secs(30);
const SECRET: &str = "many-servers-secret";

/// A server that ends with the test, however the test ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(folder: &std::path::Path, arguments: &[&str]) -> Server {
    let child = Command::new("setpriv")
        .args(["--pdeathsig", "KILL", "redis-server"])
        .args(arguments)
        .args(["--bind", "127.0.0.1", "--save", "", "--dir"])
        .arg(folder)
        .stdout(Stdio::null())
        .spawn();
    Server(child.unwrap())
}

/// Ports nobody listens on just now.
fn free_ports<const N: usize>() -> [String; N] {
    let held = [(); N].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    held.map(|listener| listener.local_addr().unwrap().port().to_string())
}

fn profile(mode: RedisMode, ports: &[String]) -> RedisProfile {
    RedisProfile {
        mode,
        addresses: ports.iter().map(|port| format!("127.0.0.1:{port}")).collect(),
        sentinel_master: Some("main".to_owned()),
        db: 0,
        user: None,
        key_prefix: String::new(),
        tls: Tls::default(),
    }
}

/// Tries until it connects: the servers are still finding each other.
async fn connected(profile: &RedisProfile) -> Redis {
    let begun = Instant::now();
    loop {
        match Redis::connect(profile, Some(SECRET), LIMIT).await {
            Ok(redis) => return redis,
            Err(error) if begun.elapsed() > BOUND => panic!("{error:?}"),
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

fn room(meeting: i64, shape: RedisShape) -> NewRoom {
    NewRoom {
        id: format!("of-{meeting}"),
        meeting_id: MeetingId(meeting),
        participants: vec![UserId(meeting)],
        created_at: Timestamp::UNIX_EPOCH,
        status: "active".to_owned(),
        shape,
        ttl_s: 600,
    }
}

#[tokio::test]
async fn a_clusters_keys_are_written_and_walked_on_all_its_nodes() {
    let ports: [String; 3] = free_ports();
    let buses: [String; 3] = free_ports();
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let servers: Vec<Server> = (0..3)
        .map(|node| {
            let cluster = [
                "--cluster-enabled",
                "yes",
                "--port",
                &ports[node],
                "--cluster-port",
                &buses[node],
            ];
            let secret = ["--requirepass", SECRET, "--masterauth", SECRET];
            start(folders[node].path(), &[&cluster[..], &secret[..]].concat())
        })
        .collect();
    let profile = profile(RedisMode::Cluster, &ports);
    let begun = Instant::now();
    loop {
        let mut create = Command::new("redis-cli");
        create
            .env("REDISCLI_AUTH", SECRET)
            .args(["--cluster", "create"])
            .args(&profile.addresses)
            .arg("--cluster-yes");
        if create.output().unwrap().status.success() {
            break;
        }
        assert!(begun.elapsed() < BOUND, "the cluster could not be made");
    }
    let redis = connected(&profile).await;
    let rooms: Vec<_> = (0..200)
        .map(|meeting| {
            room(
                meeting,
                if meeting % 2 == 0 {
                    RedisShape::Json
                } else {
                    RedisShape::Hash
                },
            )
        })
        .collect();
    rooms::put_many(&redis, &WritePermit::issue(), &rooms).await.unwrap();
    let (found, coverage) = rooms::all(&redis).await.unwrap();
    let mut meetings: Vec<_> = found.iter().map(|room| room.meeting_id.unwrap().0).collect();
    meetings.sort_unstable();
    assert_eq!(meetings, (0..200).collect::<Vec<_>>());
    assert!(coverage.complete && coverage.scanned.0 == 200);
    let (found, _) = rooms::of_meeting(&redis, MeetingId(77)).await.unwrap();
    assert_eq!(found.unwrap().participants, [UserId(77)]);
    assert_eq!(queue::notifications_length(&redis).await.unwrap(), 0);
    let probe = redis.probe(LIMIT).await.unwrap();
    assert_eq!(probe.role.as_deref(), Some("cluster"));
    assert!(probe.version.is_some());

    let refused = Redis::connect(&profile, Some("wrong"), LIMIT).await.unwrap_err();
    assert_eq!(refused.code(), ErrorCode::StoreAuth, "{refused:?}");
    drop(servers);
}

#[tokio::test]
async fn a_sentinel_leads_to_the_master() {
    let [master, sentinel] = free_ports();
    let folder = tempfile::tempdir().unwrap();
    let _master = start(
        folder.path(),
        &["--port", &master, "--requirepass", SECRET, "--masterauth", SECRET],
    );
    let config = folder.path().join("sentinel.conf");
    let text =
        format!("port {sentinel}\nsentinel monitor main 127.0.0.1 {master} 1\nsentinel auth-pass main {SECRET}\n");
    std::fs::write(&config, text).unwrap();
    let _sentinel = start(folder.path(), &[&config.display().to_string(), "--sentinel"]);
    let mut profile = profile(RedisMode::Sentinel, &[sentinel]);
    let redis = connected(&profile).await;
    rooms::put_many(&redis, &WritePermit::issue(), &[room(5, RedisShape::Json)])
        .await
        .unwrap();
    assert!(rooms::of_meeting(&redis, MeetingId(5)).await.unwrap().0.is_some());
    assert_eq!(redis.probe(LIMIT).await.unwrap().role.as_deref(), Some("primary"));

    profile.sentinel_master = Some("nobody".to_owned());
    let refused = Redis::connect(&profile, Some(SECRET), LIMIT).await.unwrap_err();
    assert_eq!(refused.code(), ErrorCode::ProfileInvalid, "{refused:?}");
}
