//! compose.yaml, its secrets and its profile say the same. It starts no container.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use greenroom_domain::profile::Profile;
use greenroom_local_stack::Secrets;

fn compose() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("compose")
}

fn services() -> String {
    std::fs::read_to_string(compose().ancestors().nth(4).unwrap().join("compose.yaml")).unwrap()
}

#[test]
fn the_profile_leads_to_the_ports_that_the_containers_publish() {
    let text = std::fs::read_to_string(compose().join("profile.toml")).unwrap();
    let profile: Profile = toml::from_str(&text).unwrap();
    let services = services();
    let addresses = [
        profile.postgres.addresses,
        profile.redis.addresses,
        profile.mongodb.addresses,
        profile.etcd.endpoints,
    ];
    let s3 = profile.s3.endpoint.trim_start_matches("http://").to_owned();
    for address in addresses.concat().iter().chain([&s3]) {
        assert!(
            services.contains(&format!("\"{address}:")),
            "{address} is not published"
        );
    }
    assert!(!services.contains("ports: [\"0.0.0.0"), "on loopback only");
    for name in [
        &profile.postgres.database,
        &profile.postgres.user,
        &profile.s3.bucket,
        &profile.mongodb.replica_set.unwrap(),
    ] {
        assert!(services.contains(name.as_str()), "{name} is not in compose.yaml");
    }
}

#[test]
fn the_script_makes_what_the_containers_ask_for_and_never_twice() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("secrets.sh");
    std::fs::copy(compose().join("secrets.sh"), &script).unwrap();
    assert!(Command::new("sh").arg(&script).status().unwrap().success());
    assert!(
        !Command::new("sh").arg(&script).output().unwrap().status.success(),
        "it would lock its owner out"
    );

    let secrets: Secrets =
        toml::from_str(&std::fs::read_to_string(folder.path().join("secrets.toml")).unwrap()).unwrap();
    let environment = std::fs::read_to_string(folder.path().join(".env")).unwrap();
    for secret in [
        &secrets.postgres,
        &secrets.redis,
        &secrets.mongodb,
        &secrets.s3,
        &secrets.etcd,
    ] {
        assert!(secret.len() == 48 && environment.contains(secret.as_str()));
    }
    for asked in services()
        .split("${")
        .skip(1)
        .filter_map(|rest| rest.split([':', '}']).next())
    {
        assert!(
            environment.lines().any(|line| line.starts_with(&format!("{asked}="))),
            "{asked} is not made"
        );
    }
}
