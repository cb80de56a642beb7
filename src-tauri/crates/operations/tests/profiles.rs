//! Profiles on disk: what goes in comes out, one broken file spoils nothing, and what makes no sense is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]

use std::os::unix::fs::PermissionsExt;

use greenroom_domain::profile::{Environment, PoolLimits, Profile, RedisMode, Tls};
use greenroom_operations::profiles::{Error, Profiles, problems};
use proptest::prelude::*;

fn profile() -> Profile {
    toml::from_str(include_str!("profile.toml")).unwrap()
}

fn named(name: &str) -> Profile {
    Profile {
        name: name.to_owned(),
        ..profile()
    }
}

#[test]
fn a_saved_profile_is_found_by_name_and_by_path_and_is_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let profiles = Profiles::under(folder.path());
    assert_eq!(profiles.list().unwrap(), []);
    for name in ["生产环境", "Hotel ★", "a.b", "100% sure?", ".hidden"] {
        let path = profiles.save(&named(name)).unwrap();
        assert_eq!(profiles.load(name).unwrap().profile, named(name));
        assert_eq!(profiles.load(&path.display().to_string()).unwrap().profile, named(name));
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let names: Vec<_> = profiles.list().unwrap().into_iter().map(|found| found.name).collect();
    assert_eq!(names, [".hidden", "100% sure?", "Hotel ★", "a.b", "生产环境"]);
    assert!(matches!(profiles.load("nobody"), Err(Error::NotFound { .. })));
    assert!(matches!(
        profiles.load("/no/such/file.toml"),
        Err(Error::NotFound { .. })
    ));
    profiles.delete("a.b").unwrap();
    assert!(matches!(profiles.delete("a.b"), Err(Error::NotFound { .. })));
}

#[test]
fn a_broken_file_is_listed_with_what_is_wrong_and_the_others_work() {
    let folder = tempfile::tempdir().unwrap();
    let profiles = Profiles::under(folder.path());
    let good = profiles.save(&named("good")).unwrap();
    let beside = |name: &str| good.with_file_name(name);
    std::fs::write(beside("syntax.toml"), "name = \n").unwrap();
    std::fs::write(beside("bytes.toml"), [0xff, 0xfe]).unwrap();
    std::fs::write(beside("huge.toml"), "#".repeat(300_000)).unwrap();
    std::fs::write(
        beside("field.toml"),
        include_str!("profile.toml").replace("read_only", "readonly"),
    )
    .unwrap();
    std::fs::write(beside("notes.txt"), "not ours").unwrap();
    let listed = profiles.list().unwrap();
    let said = |name: &str| {
        listed
            .iter()
            .find(|found| found.name == name)
            .unwrap()
            .problem
            .clone()
            .unwrap_or_default()
    };
    assert_eq!(listed.len(), 5);
    assert!(said("syntax").contains("line 1"), "{}", said("syntax"));
    assert!(said("bytes").contains("UTF-8"));
    assert!(said("huge").contains("larger"));
    assert!(said("field").contains("readonly"), "{}", said("field"));
    assert_eq!(said("good"), "");
    assert!(profiles.load("good").is_ok());
    assert!(profiles.load("syntax").is_err());
}

#[test]
fn the_profile_opened_last_is_the_default_until_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let profiles = Profiles::under(folder.path());
    assert_eq!(profiles.default_name(), None);
    profiles.save(&named("one")).unwrap();
    assert_eq!(profiles.default_name().as_deref(), Some("one"), "it is the only one");
    profiles.save(&named("two")).unwrap();
    assert_eq!(profiles.default_name(), None, "nobody has chosen");
    profiles.remember_default("two").unwrap();
    assert_eq!(profiles.default_name().as_deref(), Some("two"));
    profiles.save(&named("three")).unwrap();
    profiles.delete("two").unwrap();
    assert_eq!(profiles.default_name(), None);
}

#[test]
fn every_problem_is_told_at_once() {
    let mut profile = named("a/b");
    profile.colour = "red".to_owned();
    profile.postgres.addresses = vec!["db".to_owned(), "::1:5432".to_owned()];
    profile.postgres.pool = PoolLimits {
        max_idle: 5,
        max_open: 3,
        max_lifetime_s: 0,
    };
    profile.redis.mode = RedisMode::Cluster;
    profile.mongodb.tls.client_cert_file = Some("c.pem".to_owned());
    profile.s3.endpoint = "ftp://x".to_owned();
    profile.s3.bucket = "Bucket".to_owned();
    profile.etcd.endpoints.clear();
    let found = problems(&profile);
    for part in [
        "slash",
        "red",
        "\"db\"",
        "::1:5432",
        "max_idle",
        "max_lifetime_s",
        "database 0",
        "tls.enabled",
        "needs its key",
        "ftp",
        "Bucket",
        "etcd: it names no",
    ] {
        assert!(found.iter().any(|problem| problem.contains(part)), "{part}: {found:?}");
    }
    assert_eq!(found.len(), 12, "{found:?}");
    let folder = tempfile::tempdir().unwrap();
    assert!(
        matches!(Profiles::under(folder.path()).save(&profile), Err(Error::Invalid { problems, .. }) if problems == found)
    );
}

fn tls() -> impl Strategy<Value = Tls> {
    (any::<bool>(), proptest::option::of("[a-z/ 陈\"\\\\]{1,12}")).prop_map(|(enabled, file)| Tls {
        enabled,
        ca_file: file.filter(|_| enabled),
        ..Tls::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_saved_is_what_is_loaded(
        name in "[^/\\\\\\p{C}\\s]([^/\\\\\\p{C}]{0,40}[^/\\\\\\p{C}\\s])?",
        prefix in "[^\\x00]{0,12}",
        user in "[^\\x00\\s]{1,12}",
        colour in "#[0-9a-fA-F]{6}",
        read_only in any::<bool>(),
        tls in tls(),
        port in 1..=u16::MAX,
    ) {
        prop_assume!(!name.ends_with(".toml"));
        let folder = tempfile::tempdir().unwrap();
        let profiles = Profiles::under(folder.path());
        let mut profile = Profile { name, colour, read_only, environment: Environment::Production, ..profile() };
        profile.redis.key_prefix = prefix;
        profile.postgres.user = user;
        profile.postgres.tls = tls;
        profile.etcd.endpoints = vec![format!("[fe80::1]:{port}")];
        profiles.save(&profile).unwrap();
        prop_assert_eq!(profiles.load(&profile.name).unwrap().profile, profile.clone());
        prop_assert_eq!(profiles.list().unwrap().len(), 1);
        // And over itself.
        profiles.save(&profile).unwrap();
    }
}
