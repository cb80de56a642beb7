//! Where secrets are kept, and that they come out nowhere else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use greenroom_domain::profile::{Profile, SecretPlace};
use greenroom_domain::{ApiError, ErrorCode, StoreKind};
use greenroom_operations::profiles::{self, Profiles};
use greenroom_operations::secrets::{self, EncryptedFile, Secrets, Vault, Vaults, redacted};
use greenroom_operations::{Error, Stores};

const SECRET: &str = "correct-horse-battery-staple-🐎";

fn profile() -> Profile {
    toml::from_str(include_str!("profile.toml")).unwrap()
}

fn vaults(config: &Path, passphrase: Option<&str>) -> Vaults {
    Vaults::without_keychain(config, passphrase.map(Into::into))
}

fn write(path: &Path, text: &str, mode: u32) {
    let mut file = std::fs::File::create(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.set_permissions(std::fs::Permissions::from_mode(mode)).unwrap();
}

fn places(vaults: &Vaults, profile: &Profile, file: Option<&Path>) -> Vec<SecretPlace> {
    vaults
        .status(profile, file)
        .unwrap()
        .into_iter()
        .map(|status| status.place)
        .collect()
}

#[test]
fn what_the_encrypted_file_keeps_it_gives_back_to_the_right_passphrase_only() {
    let folder = tempfile::tempdir().unwrap();
    let profile = profile();
    let right = vaults(folder.path(), Some("a long passphrase"));
    let some = Secrets::none().with(StoreKind::Postgres, SECRET);
    assert_eq!(right.keep(&profile.name, &some).unwrap(), SecretPlace::EncryptedFile);
    // Another joins it.
    right
        .keep(&profile.name, &Secrets::none().with(StoreKind::S3, "second-secret"))
        .unwrap();
    let found = right.load(&profile, None).unwrap();
    assert!(found.has(StoreKind::Postgres) && found.has(StoreKind::S3) && !found.has(StoreKind::Redis));
    use SecretPlace::{EncryptedFile, Nowhere};
    assert_eq!(
        places(&right, &profile, None),
        [EncryptedFile, Nowhere, Nowhere, EncryptedFile, Nowhere]
    );

    let wrong = vaults(folder.path(), Some("another passphrase"))
        .load(&profile, None)
        .unwrap_err();
    assert!(matches!(wrong, secrets::Error::WrongPassphrase { .. }) && wrong.code() == ErrorCode::SecretLocked);
    let locked = vaults(folder.path(), None).load(&profile, None).unwrap_err();
    assert!(matches!(locked, secrets::Error::Locked { .. }) && locked.hint().is_some());
    let refused = vaults(folder.path(), None).keep(&profile.name, &some).unwrap_err();
    assert!(
        matches!(refused, secrets::Error::Locked { .. }),
        "without a passphrase nothing is kept"
    );

    let file = folder.path().join("secrets/Hotel%20%E2%98%85.age");
    let sealed = std::fs::read(&file).unwrap();
    assert!(!String::from_utf8_lossy(&sealed).contains("correct-horse"));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

    right.forget(&profile.name).unwrap();
    assert!(right.load(&profile, None).unwrap().is_empty());
}

#[test]
fn a_damaged_vault_is_told_as_such_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let vault = EncryptedFile::new(folder.path().to_owned(), Some("a long passphrase".into()));
    vault.keep("p", &Secrets::none().with(StoreKind::Etcd, SECRET)).unwrap();
    let path = folder.path().join("p.age");
    let mut sealed = std::fs::read(&path).unwrap();
    sealed.truncate(sealed.len() - 3);
    std::fs::write(&path, &sealed).unwrap();
    assert!(vault.load("p").is_err());
    assert!(
        vault
            .keep("p", &Secrets::none().with(StoreKind::S3, "x-secret"))
            .is_err()
    );
    assert_eq!(std::fs::read(&path).unwrap(), sealed);
}

#[test]
fn a_profiles_own_file_is_read_only_where_nobody_else_can() {
    let folder = tempfile::tempdir().unwrap();
    let mut profile = profile();
    profile.secrets_file = Some("secrets.toml".to_owned());
    let profile_file = folder.path().join("profile.toml");
    let path = folder.path().join("secrets.toml");
    let vaults = vaults(folder.path(), None);

    write(
        &path,
        "postgres = \"p4ssw0rd-of-pg\"\nredis = \"p4ssw0rd-of-redis\"\n",
        0o640,
    );
    let refused = vaults.load(&profile, Some(&profile_file)).unwrap_err();
    assert!(matches!(refused, secrets::Error::Exposed { mode: 0o640, .. }));
    assert_eq!(refused.hint().unwrap(), format!("Run: chmod 600 {}", path.display()));

    write(
        &path,
        "postgres = \"p4ssw0rd-of-pg\"\nredis = \"p4ssw0rd-of-redis\"\n",
        0o600,
    );
    let found = vaults.load(&profile, Some(&profile_file)).unwrap();
    assert!(found.has(StoreKind::Postgres) && found.has(StoreKind::Redis) && !found.has(StoreKind::S3));
    assert_eq!(
        places(&vaults, &profile, Some(&profile_file))[0],
        SecretPlace::ProfileFile
    );

    for (text, said) in [
        ("postgres = \"p4ssw0rd-of-pg", "line 1"),
        ("mysql = \"x\"", "mysql"),
        ("redis = 12", "redis"),
    ] {
        write(&path, text, 0o600);
        let refused = vaults.load(&profile, Some(&profile_file)).unwrap_err().to_string();
        assert!(refused.contains(said) && !refused.contains("p4ssw0rd"), "{refused}");
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(
        vaults.load(&profile, Some(&profile_file)).unwrap_err().code(),
        ErrorCode::LocalFile
    );
}

/// What a subscriber was given to write.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_secret_is_in_no_debug_output_no_log_and_no_message() {
    let secrets = Secrets::none()
        .with(StoreKind::Postgres, SECRET)
        .with(StoreKind::S3, "another-secret-of-ours");
    assert_eq!(format!("{secrets:?}"), r#"["postgres", "s3"]"#);
    let folder = tempfile::tempdir().unwrap();
    let shown = format!("{:?}", vaults(folder.path(), Some("the-passphrase-itself")));
    assert!(!shown.contains("the-passphrase-itself"), "{shown}");

    let written = Written::default();
    let to = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || to.clone())
        .finish();
    let told = tracing::subscriber::with_default(subscriber, || {
        ApiError::from(Error::Internal {
            what: format!("the server said: {SECRET} is wrong; postgres://u:pw-in-url@h/db"),
        })
    });
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    for text in [&told.message, &log] {
        assert!(!text.contains(SECRET) && !text.contains("pw-in-url"), "{text}");
        assert!(text.contains("••••"), "{text}");
    }
    assert!(log.contains(&told.diagnostic_id), "the log is found by the id");
    assert_eq!(redacted("nothing here"), "nothing here");
}

#[tokio::test]
async fn open_connections_show_no_secret() {
    let mut profile = profile();
    profile.redis.addresses = vec!["127.0.0.1:1".to_owned()];
    let secrets = StoreKind::ALL
        .into_iter()
        .fold(Secrets::none(), |all, store| all.with(store, SECRET));
    let stores = Stores::open(profile, &secrets);
    stores.wait_settled(std::time::Duration::from_secs(20)).await;
    let shown = format!("{stores:?} {:?}", stores.health());
    assert!(!shown.contains("correct-horse"), "{shown}");
    stores.close().await;
}

#[test]
fn a_profile_that_holds_a_secret_is_refused_without_quoting_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.toml");
    for (name, place) in [
        ("password", "[postgres]"),
        ("secret_access_key", "[s3]"),
        ("secret", "[etcd]"),
    ] {
        let text = include_str!("profile.toml").replace(place, &format!("{place}\n{name} = \"hunter2-hunter2\""));
        std::fs::write(&path, text).unwrap();
        let refused = profiles::read(&path).unwrap_err().to_string();
        assert!(
            refused.contains("no secret belongs in a profile") && !refused.contains("hunter2"),
            "{refused}"
        );
    }
    let mut profile = profile();
    profile.s3.endpoint = "http://key:hunter2-hunter2@127.0.0.1:9000".to_owned();
    let refused = Profiles::under(folder.path()).save(&profile).unwrap_err().to_string();
    assert!(
        refused.contains("keychain") && !refused.contains("hunter2"),
        "{refused}"
    );
}

/// Runs one test of this binary again, in a process with other variables.
fn in_a_process_with(test: &str, variables: &[(&str, &str)]) {
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    again
        .args(["--exact", test, "--nocapture"])
        .env("IN_A_PROCESS_WITH", "1")
        .envs(variables.iter().copied());
    let output = again.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn is_that_process() -> bool {
    std::env::var_os("IN_A_PROCESS_WITH").is_some()
}

#[test]
fn an_environment_variable_comes_before_every_place() {
    if !is_that_process() {
        let variables = [
            ("GREENROOM_POSTGRES_SECRET", "from-the-environment"),
            ("GREENROOM_REDIS_SECRET", ""),
            ("GREENROOM_PASSPHRASE", "a long passphrase"),
            ("GREENROOM_KEYCHAIN", "off"),
        ];
        return in_a_process_with("an_environment_variable_comes_before_every_place", &variables);
    }
    let folder = tempfile::tempdir().unwrap();
    let profile = profile();
    let vaults = Vaults::of_user(folder.path(), None);
    let both = Secrets::none()
        .with(StoreKind::Postgres, "from-the-file")
        .with(StoreKind::Redis, "from-the-file");
    assert_eq!(vaults.keep(&profile.name, &both).unwrap(), SecretPlace::EncryptedFile);
    let places = places(&vaults, &profile, None);
    assert_eq!(
        places[..2],
        [SecretPlace::Environment, SecretPlace::EncryptedFile],
        "an empty variable is none"
    );
}

#[test]
fn without_a_keychain_the_encrypted_file_is_asked_and_nobody_waits() {
    if !is_that_process() {
        let nowhere = [
            ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/no/such/bus"),
            ("GREENROOM_PASSPHRASE", ""),
        ];
        return in_a_process_with(
            "without_a_keychain_the_encrypted_file_is_asked_and_nobody_waits",
            &nowhere,
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let profile = profile();
    let begun = std::time::Instant::now();
    let locked = Vaults::of_user(folder.path(), None);
    assert!(
        locked.load(&profile, None).unwrap().is_empty(),
        "nothing is kept anywhere: that is no failure"
    );
    let refused = locked
        .keep(&profile.name, &Secrets::none().with(StoreKind::S3, SECRET))
        .unwrap_err();
    assert!(matches!(refused, secrets::Error::Locked { .. }));
    let open = Vaults::of_user(folder.path(), Some("a long passphrase".into()));
    let kept = open
        .keep(&profile.name, &Secrets::none().with(StoreKind::S3, SECRET))
        .unwrap();
    assert_eq!(kept, SecretPlace::EncryptedFile);
    assert!(open.load(&profile, None).unwrap().has(StoreKind::S3));
    assert!(begun.elapsed() < std::time::Duration::from_secs(15));
}
