//! Stacks of real servers: up, status, down, side by side, and what is left when somebody is killed half-way.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use greenroom_domain::StoreKind;
use greenroom_local_stack::{
    Durability, Error, Event, Life, ServerChoice, ServerState, StackStatus, UpOptions, down, status, testing, up,
};

fn fast(dir: &Path, only: &[StoreKind]) -> UpOptions {
    UpOptions {
        durability: Durability::Fast,
        only: only.to_vec(),
        ..UpOptions::new(dir)
    }
}

fn pids(status: &StackStatus) -> BTreeMap<StoreKind, Option<u32>> {
    status.servers.iter().map(|server| (server.store, server.pid)).collect()
}

/// Every process whose working directory is in the stack's folder.
fn processes_in(dir: &Path) -> Vec<(u32, PathBuf)> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let link = |pid: u32, name: &str| std::fs::read_link(format!("/proc/{pid}/{name}")).unwrap_or_default();
    numbers
        .filter(|pid| link(*pid, "cwd").starts_with(dir))
        .map(|pid| (pid, link(pid, "exe")))
        .collect()
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < until, "{what} did not come about");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn a_stack_comes_up_once_and_goes_down_cleanly() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("stack");
    let before = status(&dir).await.unwrap();
    assert!(!before.up && before.servers.is_empty());

    let info = up(fast(&dir, &StoreKind::ALL)).await.unwrap();
    assert!(info.status.up, "{:?}", info.status);
    assert_eq!(info.status.servers.len(), 5);
    assert!(
        info.status
            .servers
            .iter()
            .all(|server| server.version.is_some() && server.log.is_file())
    );

    let events = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&events);
    let on_event = Arc::new(move |event| told.lock().unwrap().push(event));
    let again = up(UpOptions {
        on_event,
        ..fast(&dir, &StoreKind::ALL)
    })
    .await
    .unwrap();
    assert_eq!(pids(&again.status), pids(&info.status));
    assert_eq!((again.profile, again.secrets), (info.profile, info.secrets));
    let kept = events
        .lock()
        .unwrap()
        .iter()
        .filter(|event| matches!(event, Event::AlreadyUp(_)))
        .count();
    assert_eq!(kept, 5);

    let since = Instant::now();
    let stopped = down(&dir).await.unwrap();
    assert!(since.elapsed() < Duration::from_secs(25), "nobody had to be killed");
    assert!(!stopped.up);
    assert!(
        stopped
            .servers
            .iter()
            .all(|server| server.state == ServerState::Stopped)
    );
    for server in &info.status.servers {
        assert!(
            std::net::TcpStream::connect(&server.address).is_err(),
            "{} still listens",
            server.store
        );
    }
    assert_eq!(processes_in(&dir), []);
    // And once more, where nothing runs.
    assert!(!down(&dir).await.unwrap().up);
}

#[tokio::test]
async fn the_profile_holds_no_secret_and_the_secrets_are_their_owner_s_alone() {
    let folder = tempfile::tempdir().unwrap();
    let info = up(UpOptions {
        life: Life::WithUs,
        ..fast(folder.path(), &[StoreKind::Redis])
    })
    .await
    .unwrap();
    let profile = std::fs::read_to_string(&info.profile_path).unwrap();
    let state = std::fs::read_to_string(folder.path().join("state.json")).unwrap();
    for store in StoreKind::ALL {
        assert!(!profile.contains(info.secrets.get(store)) && !state.contains(info.secrets.get(store)));
        let commands = std::fs::read_dir("/proc")
            .unwrap()
            .flatten()
            .map(|entry| entry.path().join("cmdline"));
        let mut texts = commands.filter_map(|path| std::fs::read(path).ok());
        assert!(!texts.any(|text| String::from_utf8_lossy(&text).contains(info.secrets.get(store))));
    }
    for name in ["secrets.toml", "data/redis/redis.conf"] {
        let facts = std::fs::metadata(folder.path().join(name)).unwrap();
        assert_eq!(facts.permissions().mode() & 0o777, 0o600, "{name}");
    }
    down(folder.path()).await.unwrap();
}

#[tokio::test]
async fn two_stacks_stand_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let stores = [StoreKind::Redis, StoreKind::S3, StoreKind::Etcd];
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let (first, second) = tokio::join!(up(fast(&one, &stores)), up(fast(&two, &stores)));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert!(first.secrets != second.secrets);
    for (a, b) in first.status.servers.iter().zip(&second.status.servers) {
        assert_ne!(a.address, b.address);
    }
    down(&one).await.unwrap();
    assert!(status(&two).await.unwrap().up);
    down(&two).await.unwrap();
}

#[tokio::test]
async fn ports_and_secrets_outlive_a_stop_unless_a_port_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let options = fast(folder.path(), &[StoreKind::Redis, StoreKind::Etcd]);
    let first = up(options.clone()).await.unwrap();
    down(folder.path()).await.unwrap();

    let second = up(options.clone()).await.unwrap();
    assert_eq!((&second.profile, &second.secrets), (&first.profile, &first.secrets));
    down(folder.path()).await.unwrap();

    let taken = std::net::TcpListener::bind(&first.profile.redis.addresses[0]).unwrap();
    let third = up(options).await.unwrap();
    assert!(third.status.up);
    assert_ne!(third.profile.redis.addresses, first.profile.redis.addresses);
    assert_eq!(third.profile.etcd, first.profile.etcd);
    let written = std::fs::read_to_string(&third.profile_path).unwrap();
    assert!(written.contains(&third.profile.redis.addresses[0]));
    drop(taken);
    down(folder.path()).await.unwrap();
}

#[tokio::test]
async fn a_killed_server_is_told_and_comes_back_on_its_port() {
    let stack = testing::private(&[StoreKind::Redis, StoreKind::Etcd]).await;
    let pid = stack.pid(StoreKind::Redis).unwrap();
    stack.kill(StoreKind::Redis);
    let broken = status(stack.dir()).await.unwrap();
    assert!(!broken.up);
    let state_of = |status: &StackStatus, store| {
        status
            .servers
            .iter()
            .find(|server| server.store == store)
            .cloned()
            .unwrap()
    };
    let redis = state_of(&broken, StoreKind::Redis);
    assert_eq!((redis.state, redis.pid), (ServerState::Down, Some(pid)));
    assert_eq!(state_of(&broken, StoreKind::Etcd).state, ServerState::Up);
    stack.start(StoreKind::Redis).await;
    let mended = status(stack.dir()).await.unwrap();
    assert!(mended.up, "{mended:?}");
    let again = state_of(&mended, StoreKind::Redis);
    assert_ne!(again.pid, Some(pid));
    assert_eq!(again.address, redis.address);
}

#[tokio::test]
async fn a_frozen_server_is_told_within_seconds_and_goes_on_when_thawed() {
    let stack = testing::private(&[StoreKind::Postgres, StoreKind::Redis]).await;
    stack.freeze(StoreKind::Postgres);
    let since = Instant::now();
    let frozen = status(stack.dir()).await.unwrap();
    assert!(since.elapsed() < Duration::from_secs(10));
    let states: Vec<_> = frozen
        .servers
        .iter()
        .map(|server| (server.store, server.state))
        .take(2)
        .collect();
    assert_eq!(
        states,
        [
            (StoreKind::Postgres, ServerState::Down),
            (StoreKind::Redis, ServerState::Up)
        ]
    );
    stack.thaw(StoreKind::Postgres);
    assert!(status(stack.dir()).await.unwrap().up);
}

#[tokio::test]
async fn up_replaces_a_server_that_hangs() {
    let stack = testing::private(&[StoreKind::Redis]).await;
    let pid = stack.pid(StoreKind::Redis);
    stack.freeze(StoreKind::Redis);
    stack.start(StoreKind::Redis).await;
    assert!(status(stack.dir()).await.unwrap().up);
    assert_ne!(stack.pid(StoreKind::Redis), pid);
}

#[tokio::test]
async fn a_server_that_ends_at_once_is_named_with_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("redis-server");
    let script =
        "#!/bin/sh\n[ \"$1\" = --version ] && echo 'Redis server v=9.9.9' && exit\necho 'cannot do this'\nexit 1\n";
    std::fs::write(&broken, script).unwrap();
    std::fs::set_permissions(&broken, std::fs::Permissions::from_mode(0o755)).unwrap();
    let dir = folder.path().join("stack");
    let servers = ServerChoice::Folder(folder.path().to_owned());
    let error = up(UpOptions {
        servers,
        ..fast(&dir, &[StoreKind::Redis])
    })
    .await
    .unwrap_err();
    let Error::NotReady {
        store: StoreKind::Redis,
        log,
        ..
    } = &error
    else {
        panic!("{error:?}")
    };
    assert!(std::fs::read_to_string(log).unwrap().contains("cannot do this"));
    assert_eq!(status(&dir).await.unwrap().servers[1].state, ServerState::Stopped);
}

#[tokio::test]
async fn another_process_with_a_server_s_number_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    up(fast(folder.path(), &[StoreKind::Redis])).await.unwrap();
    let mut innocent = Command::new("sleep").arg("600").spawn().unwrap();
    let path = folder.path().join("state.json");
    let mut state: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    state["servers"]["redis"]["process"]["pid"] = innocent.id().into();
    std::fs::write(&path, state.to_string()).unwrap();

    down(folder.path()).await.unwrap();
    assert!(innocent.try_wait().unwrap().is_none(), "it still runs");
    // The real one was found by where it works.
    assert_eq!(processes_in(folder.path()), []);
    innocent.kill().unwrap();
    innocent.wait().unwrap();
}

#[tokio::test]
async fn two_namespaces_of_the_shared_stack_share_nothing() {
    let shared = testing::shared().await;
    let (one, _) = shared.namespace().await;
    let (two, _) = shared.namespace().await;
    assert_ne!(one.postgres.database, two.postgres.database);
    assert_ne!(one.s3.bucket, two.s3.bucket);
    assert_ne!(one.redis.key_prefix, two.redis.key_prefix);
    assert_ne!(one.mongodb.database, two.mongodb.database);
    assert_ne!(one.etcd.prefix, two.etcd.prefix);
}

const ASKED_DIR: &str = "GREENROOM_TEST_UP_IN";
const ASKED_LIFE: &str = "GREENROOM_TEST_UP_WITH_US";

/// What the two tests below start in a process of its own: all five servers, then nothing until it is killed.
#[tokio::test]
async fn a_parent_brings_a_stack_up_when_it_is_asked_to() {
    let Some(dir) = std::env::var_os(ASKED_DIR) else { return };
    let life = if std::env::var_os(ASKED_LIFE).is_some() {
        Life::WithUs
    } else {
        Life::Detached
    };
    up(UpOptions {
        life,
        ..fast(Path::new(&dir), &StoreKind::ALL)
    })
    .await
    .unwrap();
    std::future::pending::<()>().await;
}

fn parent(dir: &Path, life: Life) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "a_parent_brings_a_stack_up_when_it_is_asked_to"])
        .env(ASKED_DIR, dir);
    if life == Life::WithUs {
        command.env(ASKED_LIFE, "1");
    }
    command.spawn().unwrap()
}

#[tokio::test]
async fn servers_that_live_with_us_end_when_we_are_killed() {
    let folder = tempfile::tempdir().unwrap();
    let mut parent = parent(folder.path(), Life::WithUs);
    let profile = folder.path().join("profile.toml");
    wait_until("the profile", || profile.is_file());
    assert!(status(folder.path()).await.unwrap().up);
    parent.kill().unwrap();
    parent.wait().unwrap();
    wait_until("the end of all servers", || processes_in(folder.path()).is_empty());
}

#[tokio::test]
async fn a_parent_killed_while_a_database_is_made_does_not_disturb_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let mut parent = parent(folder.path(), Life::Detached);
    let half_made = folder.path().join("data/postgres/cluster.partial");
    wait_until("a half-made database", || half_made.exists());
    parent.kill().unwrap();
    parent.wait().unwrap();
    let info = up(fast(folder.path(), &StoreKind::ALL)).await.unwrap();
    assert!(info.status.up);
    down(folder.path()).await.unwrap();
    assert_eq!(processes_in(folder.path()), []);
}

#[tokio::test]
async fn a_parent_killed_half_way_leaves_nothing_that_the_next_up_and_down_do_not_clear() {
    let folder = tempfile::tempdir().unwrap();
    let mut parent = parent(folder.path(), Life::Detached);
    wait_until("a first server", || !processes_in(folder.path()).is_empty());
    parent.kill().unwrap();
    parent.wait().unwrap();
    let left = processes_in(folder.path());

    let info = up(fast(folder.path(), &StoreKind::ALL)).await.unwrap();
    assert!(info.status.up, "after {left:?}: {:?}", info.status);
    let ours: Vec<u32> = info.status.servers.iter().filter_map(|server| server.pid).collect();
    let servers = processes_in(folder.path());
    // Each server once (PostgreSQL's own children apart): what was left behind is gone or was taken over.
    for program in ["redis-server", "weed", "etcd", "secantusd-rs"] {
        let running = servers
            .iter()
            .filter(|(_, exe)| exe.ends_with(program))
            .map(|(pid, _)| *pid);
        assert!(
            running.clone().count() <= 1 && running.clone().all(|pid| ours.contains(&pid)),
            "{program}: {servers:?}"
        );
    }
    down(folder.path()).await.unwrap();
    assert_eq!(processes_in(folder.path()), []);
}
