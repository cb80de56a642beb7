//! Wrong passwords, wrong places, wrong protocols, silence: each is told for what it is, in time.

use std::time::{Duration, Instant};

use greenroom_domain::access::WritePermit;
use greenroom_domain::profile::{PostgresProfile, Tls};
use greenroom_domain::{ErrorCode, Outcome, StoreKind};
use greenroom_local_stack::testing;
use greenroom_store_postgres::{Error, Postgres};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::support::{Database, LIMIT};

async fn refused(profile: &PostgresProfile, password: &str, within: Duration) -> Error {
    Postgres::connect(profile, Some(password), within).await.unwrap_err()
}

#[tokio::test]
async fn a_probe_tells_version_role_size_and_pool() {
    let database = Database::migrated().await;
    let probe = database.postgres.probe(LIMIT).await.unwrap();
    assert!(probe.version.unwrap().starts_with(char::is_numeric));
    assert_eq!(probe.role.as_deref(), Some("primary"));
    assert!(probe.holds_bytes.unwrap().0 > 1_000_000);
    assert_eq!(probe.pool.unwrap().limit, database.profile.pool.max_open);
    assert_eq!(database.ask("SELECT application_name FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database() LIMIT 1").await, "greenroom");
}

#[tokio::test]
async fn a_pool_larger_than_the_server_is_noted() {
    let mut database = Database::migrated().await;
    database.profile.pool.max_open = 100_000;
    let postgres = Postgres::connect(&database.profile, Some(&database.password), LIMIT)
        .await
        .unwrap();
    assert!(postgres.probe(LIMIT).await.unwrap().note.unwrap().contains("max_open"));
}

#[tokio::test]
async fn a_database_of_another_schema_is_told_with_what_it_lacks() {
    let database = Database::empty().await;
    let failure = database.postgres.probe(LIMIT).await.unwrap_err();
    assert_eq!(failure.code(), ErrorCode::StoreSchema);
    database
        .run("CREATE TABLE users (id int); CREATE TABLE meetings (id bigint, title text)")
        .await;
    let Error::Schema { missing, .. } = database.postgres.probe(LIMIT).await.unwrap_err() else {
        panic!()
    };
    assert!(missing.contains(&"media_streams".to_owned()), "{missing:?}");
    assert!(missing.contains(&"meetings.start_time".to_owned()), "{missing:?}");
    assert!(!missing.contains(&"meetings.title".to_owned()), "{missing:?}");
    let list = database
        .postgres
        .user_list(&crate::paging::people(None, 10))
        .await
        .unwrap_err();
    assert_eq!(list.code(), ErrorCode::StoreSchema);
}

#[tokio::test]
async fn a_wrong_password_a_wrong_user_and_a_wrong_database_are_told_apart() {
    let database = Database::empty().await;
    let profile = &database.profile;
    assert_eq!(refused(profile, "wrong", LIMIT).await.code(), ErrorCode::StoreAuth);
    let nobody = PostgresProfile {
        user: "nobody".to_owned(),
        ..profile.clone()
    };
    assert_eq!(
        refused(&nobody, &database.password, LIMIT).await.code(),
        ErrorCode::StoreAuth
    );
    let nowhere = PostgresProfile {
        database: "nowhere".to_owned(),
        ..profile.clone()
    };
    assert_eq!(
        refused(&nowhere, &database.password, LIMIT).await.code(),
        ErrorCode::StoreSchema
    );
}

#[tokio::test]
async fn a_port_nobody_listens_on_and_a_host_nobody_has_are_unreachable() {
    let database = Database::empty().await;
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for address in [free.to_string(), "no-such-host.invalid:5432".to_owned()] {
        let profile = PostgresProfile {
            addresses: vec![address],
            ..database.profile.clone()
        };
        assert_eq!(refused(&profile, "x", LIMIT).await.code(), ErrorCode::StoreUnreachable);
    }
}

#[tokio::test]
async fn a_port_that_accepts_and_never_answers_times_out_in_time() {
    let database = Database::empty().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let profile = PostgresProfile {
        addresses: vec![address],
        ..database.profile.clone()
    };
    let began = Instant::now();
    let failure = refused(&profile, "x", Duration::from_millis(300)).await;
    assert_eq!(failure.code(), ErrorCode::StoreTimeout);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_port_of_another_protocol_is_told() {
    let database = Database::empty().await;
    for answer in [
        &b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"[..],
        b"-ERR unknown command\r\n",
        b"",
    ] {
        let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = other.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = other.accept().await {
                let _ = socket.write_all(answer).await;
            }
        });
        let profile = PostgresProfile {
            addresses: vec![address],
            ..database.profile.clone()
        };
        let failure = refused(&profile, "x", LIMIT).await;
        assert_eq!(failure.code(), ErrorCode::StoreProtocol, "{answer:?}: {failure:?}");
    }
}

#[tokio::test]
async fn the_first_host_that_answers_is_taken() {
    let database = Database::migrated().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let free = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string();
    let addresses = vec![
        free,
        silent.local_addr().unwrap().to_string(),
        database.profile.addresses[0].clone(),
    ];
    let profile = PostgresProfile {
        addresses,
        ..database.profile.clone()
    };
    let postgres = Postgres::connect(&profile, Some(&database.password), Duration::from_secs(3))
        .await
        .unwrap();
    assert_eq!(postgres.address(), database.profile.addresses[0]);
    postgres.probe(LIMIT).await.unwrap();
}

#[tokio::test]
async fn tls_asked_of_a_server_that_has_none_is_a_matter_of_protocol_and_a_missing_ca_of_the_profile() {
    let database = Database::empty().await;
    let tls = Tls {
        enabled: true,
        ..Tls::default()
    };
    let profile = PostgresProfile {
        tls: tls.clone(),
        ..database.profile.clone()
    };
    assert_eq!(
        refused(&profile, &database.password, LIMIT).await.code(),
        ErrorCode::StoreProtocol
    );
    let tls = Tls {
        ca_file: Some("/no/such/ca.pem".to_owned()),
        ..tls
    };
    let profile = PostgresProfile {
        tls,
        ..database.profile.clone()
    };
    assert_eq!(
        refused(&profile, &database.password, LIMIT).await.code(),
        ErrorCode::ProfileInvalid
    );
}

#[tokio::test]
async fn a_statement_behind_a_lock_ends_at_its_deadline_and_the_next_call_works() {
    use sqlx::{Connection, Executor};
    let database = Database::migrated().await;
    let mut locker = database.session().await;
    let mut transaction = locker.begin().await.unwrap();
    transaction
        .execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")
        .await
        .unwrap();
    let began = Instant::now();
    // The palette's lane: two and a half seconds, below the lock timeout.
    let failure = database.postgres.user_find("someone", 5).await.unwrap_err();
    assert_eq!(failure.code(), ErrorCode::StoreTimeout, "{failure:?}");
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    transaction.rollback().await.unwrap();
    assert!(database.postgres.user_find("someone", 5).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_session_the_server_ended_is_replaced_unnoticed() {
    let database = Database::migrated().await;
    database
        .postgres
        .user_list(&crate::paging::people(None, 1))
        .await
        .unwrap();
    database
        .run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        .await;
    // One call at most may find the dead session; it is not used again.
    let mut failures = 0;
    for _ in 0..5 {
        failures += u32::from(
            database
                .postgres
                .user_list(&crate::paging::people(None, 1))
                .await
                .is_err(),
        );
    }
    assert!(failures <= 1, "{failures}");
}

#[tokio::test]
async fn forty_calls_at_once_leave_no_more_idle_connections_than_the_profile_allows() {
    let database = Database::migrated().await;
    let calls: Vec<_> = (0..40)
        .map(|_| {
            let postgres = database.postgres.clone();
            tokio::spawn(async move { postgres.user_list(&crate::paging::people(None, 1)).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let settled = tokio::time::timeout(LIMIT, async {
        while database.postgres.probe(LIMIT).await.unwrap().pool.unwrap().idle > database.profile.pool.max_idle {
            tokio::task::yield_now().await;
        }
    });
    settled.await.unwrap();
}

#[tokio::test]
async fn a_primary_is_preferred_to_a_replica_and_a_replica_takes_no_change() {
    use std::os::unix::fs::MetadataExt;
    let database = Database::migrated().await;
    // A server that stands in recovery and is never promoted.
    let stack = testing::private(&[StoreKind::Postgres]).await;
    let cluster = stack.dir().join("data/postgres/cluster");
    stack.stop(StoreKind::Postgres).await;
    let owner = std::fs::metadata(&cluster).unwrap();
    std::fs::write(cluster.join("standby.signal"), "").unwrap();
    std::os::unix::fs::chown(cluster.join("standby.signal"), Some(owner.uid()), Some(owner.gid())).unwrap();
    stack.start(StoreKind::Postgres).await;
    let replica = &stack.profile().postgres;
    let postgres = Postgres::connect(replica, Some(&stack.secrets().postgres), LIMIT)
        .await
        .unwrap();
    let Error::Schema { .. } = postgres.probe(LIMIT).await.unwrap_err() else {
        panic!("it is empty")
    };
    let refused = postgres.migrate(&WritePermit::issue(), None).await.unwrap_err();
    assert_eq!(
        (refused.code(), refused.outcome()),
        (ErrorCode::StoreBusy, Some(Outcome::NotDone))
    );
    // Both hosts want one password: the replica's is set by way of its own file of rules.
    std::fs::write(cluster.join("pg_hba.conf"), "host all all all trust\n").unwrap();
    let addresses = vec![replica.addresses[0].clone(), database.profile.addresses[0].clone()];
    let both = PostgresProfile {
        addresses,
        database: "postgres".to_owned(),
        ..database.profile.clone()
    };
    stack.stop(StoreKind::Postgres).await;
    stack.start(StoreKind::Postgres).await;
    let chosen = Postgres::connect(&both, Some(&database.password), LIMIT).await.unwrap();
    assert_eq!(chosen.address(), database.profile.addresses[0]);
    let only = PostgresProfile {
        addresses: vec![replica.addresses[0].clone()],
        ..both
    };
    assert_eq!(
        Postgres::connect(&only, None, LIMIT).await.unwrap().address(),
        replica.addresses[0]
    );
}
