//! Encryption against a server that has it: the right authority, a wrong one, a wrong name, an expired certificate, plain text.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use greenroom_domain::profile::{PostgresProfile, Tls};
use greenroom_domain::{ErrorCode, StoreKind};
use greenroom_local_stack::testing::{self, PrivateStack};
use greenroom_store_postgres::Postgres;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::support::LIMIT;

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let pem = params.self_signed(&key).unwrap().pem();
    Authority {
        issuer: Issuer::new(params, key),
        pem,
    }
}

/// Puts a certificate for `localhost` where the server reads it.
fn certify(authority: &Authority, cluster: &Path, until: i32) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(until, 1, 1);
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &authority.issuer).unwrap();
    let owner = std::fs::metadata(cluster).unwrap();
    for (name, text) in [("own.crt", certificate.pem()), ("own.key", key.serialize_pem())] {
        let path = cluster.join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        std::os::unix::fs::chown(&path, Some(owner.uid()), Some(owner.gid())).unwrap();
    }
}

/// The server's superuser, by whatever way in there is.
async fn run(stack: &PrivateStack, statements: &[&str]) {
    let profile = &stack.profile().postgres;
    let (host, port) = profile.addresses[0].rsplit_once(':').unwrap();
    let options = PgConnectOptions::new_without_pgpass()
        .host(host)
        .port(port.parse().unwrap())
        .username(&profile.user)
        .password(&stack.secrets().postgres)
        .database(&profile.database);
    let mut session = PgConnection::connect_with(&options).await.unwrap();
    for statement in statements {
        session.execute(AssertSqlSafe(*statement)).await.unwrap();
    }
}

async fn outcome(profile: &PostgresProfile, password: &str) -> Option<ErrorCode> {
    Postgres::connect(profile, Some(password), LIMIT)
        .await
        .err()
        .map(|failure| failure.code())
}

/// A server takes new settings a moment after it was told to.
async fn becomes(profile: &PostgresProfile, password: &str, expected: Option<ErrorCode>) {
    let began = Instant::now();
    loop {
        let found = outcome(profile, password).await;
        if found == expected {
            return;
        }
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "still {found:?}, not {expected:?}"
        );
        tokio::task::yield_now().await;
    }
}

fn file(folder: &Path, name: &str, text: &str) -> Option<String> {
    let path: PathBuf = folder.join(name);
    std::fs::write(&path, text).unwrap();
    Some(path.display().to_string())
}

#[tokio::test]
async fn certificates_are_trusted_by_authority_name_and_date_only() {
    let stack = testing::private(&[StoreKind::Postgres]).await;
    let cluster = stack.dir().join("data/postgres/cluster");
    let (ours, other) = (authority(), authority());
    certify(&ours, &cluster, 2090);
    run(
        &stack,
        &[
            "ALTER SYSTEM SET ssl_cert_file = 'own.crt'",
            "ALTER SYSTEM SET ssl_key_file = 'own.key'",
            "ALTER SYSTEM SET ssl = on",
            "SELECT pg_reload_conf()",
        ],
    )
    .await;
    let password = &stack.secrets().postgres;
    let plain = stack.profile().postgres.clone();
    let (_, port) = plain.addresses[0].rsplit_once(':').unwrap();
    let with = |host: &str, ca_file: Option<String>| PostgresProfile {
        addresses: vec![format!("{host}:{port}")],
        tls: Tls {
            enabled: true,
            ca_file,
            ..Tls::default()
        },
        ..plain.clone()
    };
    let ca = file(stack.dir(), "ours.pem", &ours.pem);
    let wrong = file(stack.dir(), "other.pem", &other.pem);
    let right = with("localhost", ca.clone());
    becomes(&right, password, None).await;
    let postgres = Postgres::connect(&right, Some(password), LIMIT).await.unwrap();
    postgres.user_list(&crate::paging::people(None, 1)).await.unwrap_err();

    assert_eq!(
        outcome(&with("localhost", wrong), password).await,
        Some(ErrorCode::StoreTlsUntrusted)
    );
    assert_eq!(
        outcome(&with("localhost", None), password).await,
        Some(ErrorCode::StoreTlsUntrusted)
    );
    assert_eq!(
        outcome(&with("127.0.0.1", ca.clone()), password).await,
        Some(ErrorCode::StoreTlsUntrusted)
    );
    assert_eq!(outcome(&right, "wrong").await, Some(ErrorCode::StoreAuth));

    certify(&ours, &cluster, 2021);
    run(&stack, &["SELECT pg_reload_conf()"]).await;
    becomes(&right, password, Some(ErrorCode::StoreTlsExpired)).await;

    // A server that lets nobody in without encryption.
    certify(&ours, &cluster, 2090);
    std::fs::write(cluster.join("pg_hba.conf"), "hostssl all all all scram-sha-256\n").unwrap();
    run(&stack, &["SELECT pg_reload_conf()"]).await;
    becomes(&right, password, None).await;
    becomes(&plain, password, Some(ErrorCode::StoreProtocol)).await;
}
