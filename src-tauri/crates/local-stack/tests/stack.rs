//! A stack of real servers: up, status, down, and what is left when somebody is killed half-way.

use std::path::Path;

use greenroom_domain::StoreKind;
use greenroom_local_stack::{ServerState, UpOptions, down, status, testing, up};

fn fast(dir: &Path) -> UpOptions {
    UpOptions {
        durability: greenroom_local_stack::Durability::Fast,
        ..UpOptions::new(dir)
    }
}

#[tokio::test]
async fn a_stack_comes_up_is_asked_and_goes_down() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("stack");
    let before = status(&dir).await.unwrap();
    assert!(!before.up && before.servers.is_empty());

    let info = up(fast(&dir)).await.unwrap();
    assert!(info.status.up, "{:?}", info.status);
    assert_eq!(info.status.servers.len(), 5);

    let stopped = down(&dir).await.unwrap();
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

#[tokio::test]
async fn a_killed_server_is_told_and_comes_back_on_its_port() {
    let stack = testing::private(&[StoreKind::Redis, StoreKind::Etcd]).await;
    let pid = stack.pid(StoreKind::Redis).unwrap();
    stack.kill(StoreKind::Redis);
    let broken = status(stack.dir()).await.unwrap();
    assert!(!broken.up);
    let redis = broken
        .servers
        .iter()
        .find(|server| server.store == StoreKind::Redis)
        .unwrap();
    assert_eq!(redis.state, ServerState::Down);
    stack.start(StoreKind::Redis).await;
    let mended = status(stack.dir()).await.unwrap();
    assert!(mended.up, "{mended:?}");
    assert_ne!(stack.pid(StoreKind::Redis), Some(pid));
    let again = mended
        .servers
        .iter()
        .find(|server| server.store == StoreKind::Redis)
        .unwrap();
    assert_eq!(again.address, redis.address);
}
