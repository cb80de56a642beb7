//! Bad input of every kind, all five stores at once: each ends in time, with the right code, and says what to do.

use std::time::{Duration, Instant};

use greenroom_domain::health::{Health, StoreState};
use greenroom_domain::profile::{Profile, Tls};
use greenroom_domain::{ErrorCode, StoreKind};
use greenroom_local_stack::testing;
use greenroom_operations::Stores;
use greenroom_operations::secrets::Secrets;

use crate::doors::{Authority, closed_door, silent_door};

/// The deadline for one attempt, and some room for a busy machine.
const IN_TIME: Duration = Duration::from_secs(9);

async fn right() -> (Profile, Secrets) {
    let (profile, secrets) = testing::shared().await.namespace().await;
    let secrets = StoreKind::ALL
        .into_iter()
        .fold(Secrets::none(), |all, store| all.with(store, secrets.get(store)));
    (profile, secrets)
}

fn at(profile: &mut Profile, address: &str) {
    let address = address.to_owned();
    profile.postgres.addresses = vec![address.clone()];
    profile.redis.addresses = vec![address.clone()];
    profile.mongodb.addresses = vec![address.clone()];
    profile.s3.endpoint = format!("http://{address}");
    profile.etcd.endpoints = vec![address];
}

fn with_tls(profile: &mut Profile, ca_file: Option<String>) {
    let tls = Tls {
        enabled: true,
        ca_file,
        ..Tls::default()
    };
    profile.postgres.tls = tls.clone();
    profile.redis.tls = tls.clone();
    profile.mongodb.tls = tls.clone();
    profile.etcd.tls = tls.clone();
    profile.s3.tls = tls;
    profile.s3.endpoint = profile.s3.endpoint.replace("http://", "https://");
}

async fn tried(profile: Profile, secrets: &Secrets) -> Health {
    let begun = Instant::now();
    let health = Stores::try_out(profile, secrets).await;
    assert!(begun.elapsed() < IN_TIME, "it took {:?}: {health:?}", begun.elapsed());
    health
}

/// Every store is down with one of these codes.
fn all_down(health: &Health, codes: &[ErrorCode]) {
    for store in &health.stores {
        let problem = store.problem.as_ref().unwrap_or_else(|| panic!("{store:?}"));
        assert_eq!(store.state, StoreState::Down);
        assert!(codes.contains(&problem.code), "{}: {problem:?}", store.store);
        assert!(problem.hint.is_some(), "{problem:?}");
        assert!(
            problem.diagnostic_id.starts_with("err-") && problem.message.contains(store.store.title()),
            "{problem:?}"
        );
        assert!(store.next_attempt_at.is_some() && store.latency_ms.is_none());
    }
}

#[tokio::test]
async fn with_everything_right_all_five_are_up() {
    let (profile, secrets) = right().await;
    let health = tried(profile, &secrets).await;
    for store in &health.stores {
        // A database nobody has migrated yet is told of, and is no failed connection.
        if store.store == StoreKind::Postgres {
            let code = store.problem.as_ref().map(|problem| problem.code);
            assert_eq!(
                (store.state, code),
                (StoreState::Degraded, Some(ErrorCode::StoreSchema)),
                "{store:?}"
            );
            assert!(store.latency_ms.is_some());
            continue;
        }
        assert_eq!((store.state, &store.problem), (StoreState::Up, &None), "{store:?}");
        assert!(
            store.latency_ms.is_some() && store.version.is_some() && store.role.is_some(),
            "{store:?}"
        );
        assert!(!store.address.is_empty());
    }
}

#[tokio::test]
async fn behind_tls_of_a_named_authority_all_five_answer() {
    let authority = Authority::new();
    let (mut profile, secrets) = right().await;
    let http = profile.s3.endpoint.trim_start_matches("http://").to_owned();
    profile.postgres.addresses = vec![authority.tls_before(&profile.postgres.addresses[0], None).await];
    profile.redis.addresses = vec![authority.tls_before(&profile.redis.addresses[0], None).await];
    profile.mongodb.addresses = vec![authority.tls_before(&profile.mongodb.addresses[0], None).await];
    profile.s3.endpoint = format!("http://{}", authority.tls_before(&http, None).await);
    profile.etcd.endpoints = vec![authority.tls_before(&profile.etcd.endpoints[0], Some("h2")).await];
    with_tls(&mut profile, Some(authority.ca_file()));
    for store in &tried(profile, &secrets).await.stores {
        assert!(
            store.tls && matches!(store.state, StoreState::Up | StoreState::Degraded),
            "{store:?}"
        );
    }
}

#[tokio::test]
async fn wrong_passwords() {
    let (profile, _) = right().await;
    let wrong = StoreKind::ALL
        .into_iter()
        .fold(Secrets::none(), |all, store| all.with(store, "not-the-password"));
    all_down(&tried(profile.clone(), &wrong).await, &[ErrorCode::StoreAuth]);
    all_down(
        &tried(profile, &Secrets::none()).await,
        &[ErrorCode::StoreAuth, ErrorCode::SecretMissing],
    );
}

#[tokio::test]
async fn users_nobody_knows() {
    let (mut profile, secrets) = right().await;
    profile.postgres.user = "nobody".to_owned();
    profile.redis.user = Some("nobody".to_owned());
    profile.mongodb.user = Some("nobody".to_owned());
    profile.s3.access_key_id = "NOBODY".to_owned();
    profile.etcd.user = Some("nobody".to_owned());
    all_down(&tried(profile, &secrets).await, &[ErrorCode::StoreAuth]);
}

#[tokio::test]
async fn ports_on_which_nothing_listens() {
    let (mut profile, secrets) = right().await;
    at(&mut profile, &closed_door());
    all_down(&tried(profile, &secrets).await, &[ErrorCode::StoreUnreachable]);
}

#[tokio::test]
async fn hosts_that_do_not_exist() {
    let (mut profile, secrets) = right().await;
    at(&mut profile, "no-such-host.invalid:4321");
    all_down(&tried(profile, &secrets).await, &[ErrorCode::StoreUnreachable]);
}

#[tokio::test]
async fn ports_that_accept_and_never_answer() {
    let (mut profile, secrets) = right().await;
    at(&mut profile, &silent_door());
    all_down(&tried(profile.clone(), &secrets).await, &[ErrorCode::StoreTimeout]);
    with_tls(&mut profile, None);
    all_down(&tried(profile, &secrets).await, &[ErrorCode::StoreTimeout]);
}

#[tokio::test]
async fn ports_of_another_protocol() {
    let (right, secrets) = right().await;
    let mut profile = right.clone();
    let http = right.s3.endpoint.trim_start_matches("http://").to_owned();
    profile.postgres.addresses.clone_from(&right.redis.addresses);
    profile.redis.addresses = vec![http.clone()];
    profile.mongodb.addresses = vec![http.clone()];
    profile.s3.endpoint = format!("http://{}", right.redis.addresses[0]);
    profile.etcd.endpoints = vec![http];
    // A server that waits for more of what it takes for its own protocol can only be given up on.
    all_down(
        &tried(profile.clone(), &secrets).await,
        &[ErrorCode::StoreProtocol, ErrorCode::StoreTimeout],
    );

    profile.postgres.addresses.clone_from(&right.mongodb.addresses);
    profile.redis.addresses.clone_from(&right.postgres.addresses);
    profile.mongodb.addresses.clone_from(&right.redis.addresses);
    profile.s3.endpoint = format!("http://{}", right.etcd.endpoints[0]);
    profile.etcd.endpoints.clone_from(&right.redis.addresses);
    all_down(
        &tried(profile, &secrets).await,
        &[ErrorCode::StoreProtocol, ErrorCode::StoreTimeout],
    );
}

#[tokio::test]
async fn certificates_of_an_authority_nobody_named() {
    let authority = Authority::new();
    let (mut profile, secrets) = right().await;
    at(&mut profile, &authority.tls_door("127.0.0.1", 2090));
    let other = Authority::new();
    with_tls(&mut profile, Some(other.ca_file()));
    all_down(&tried(profile.clone(), &secrets).await, &[ErrorCode::StoreTlsUntrusted]);
    // Nor is it one the system trusts.
    with_tls(&mut profile, None);
    all_down(&tried(profile, &secrets).await, &[ErrorCode::StoreTlsUntrusted]);
}

#[tokio::test]
async fn certificates_for_another_name() {
    let authority = Authority::new();
    let (mut profile, secrets) = right().await;
    at(&mut profile, &authority.tls_door("elsewhere.example", 2090));
    with_tls(&mut profile, Some(authority.ca_file()));
    all_down(&tried(profile, &secrets).await, &[ErrorCode::StoreTlsUntrusted]);
}

#[tokio::test]
async fn certificates_that_have_expired() {
    let authority = Authority::new();
    let (mut profile, secrets) = right().await;
    at(&mut profile, &authority.tls_door("127.0.0.1", 2021));
    with_tls(&mut profile, Some(authority.ca_file()));
    all_down(&tried(profile, &secrets).await, &[ErrorCode::StoreTlsExpired]);
}

#[tokio::test]
async fn plain_servers_where_tls_is_asked_for() {
    let authority = Authority::new();
    let (mut profile, secrets) = right().await;
    with_tls(&mut profile, Some(authority.ca_file()));
    // Redis waits for the end of what it takes for a line, MongoDB for a message of a gigabyte.
    all_down(
        &tried(profile, &secrets).await,
        &[ErrorCode::StoreProtocol, ErrorCode::StoreTimeout],
    );
}

#[tokio::test]
async fn tls_servers_where_plain_text_is_spoken() {
    let authority = Authority::new();
    let (mut profile, secrets) = right().await;
    at(&mut profile, &authority.tls_door("127.0.0.1", 2090));
    all_down(&tried(profile, &secrets).await, &[ErrorCode::StoreProtocol]);
}

#[tokio::test]
async fn authority_files_that_are_missing_or_are_none() {
    let authority = Authority::new();
    let (mut profile, secrets) = right().await;
    at(&mut profile, &authority.tls_door("127.0.0.1", 2090));
    let codes = [
        ErrorCode::ProfileInvalid,
        ErrorCode::LocalFile,
        ErrorCode::StoreTlsUntrusted,
    ];
    with_tls(&mut profile, Some("/no/such/ca.pem".to_owned()));
    all_down(&tried(profile.clone(), &secrets).await, &codes);
    with_tls(&mut profile, Some(authority.not_a_certificate().display().to_string()));
    all_down(&tried(profile, &secrets).await, &codes);
}
