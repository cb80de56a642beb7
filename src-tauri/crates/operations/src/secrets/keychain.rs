//! The operating system's keychain: Secret Service, macOS' Keychain, Windows' Credential Manager.
//!
//! That there is none (a server, a container, an SSH session) is normal and no error.

use std::sync::mpsc;
use std::time::Duration;

use greenroom_domain::StoreKind;
use greenroom_domain::profile::SecretPlace;
use secrecy::{ExposeSecret, SecretString};

use super::{Error, Secrets, Vault};

const SERVICE: &str = "greenroom";
/// A keychain that asks its user may take a while; one that is not there may never answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The user's keychain.
#[derive(Debug, Default)]
pub struct Keychain(());

impl Vault for Keychain {
    fn place(&self) -> SecretPlace {
        SecretPlace::Keychain
    }

    fn load(&self, profile: &str) -> Result<Option<Secrets>, Error> {
        let profile = profile.to_owned();
        patiently(move || {
            let mut secrets = Secrets::none();
            for store in StoreKind::ALL {
                match entry(&profile, store).and_then(|entry| entry.get_password()) {
                    Ok(secret) => secrets.set(store, SecretString::from(secret)),
                    Err(keyring::Error::NoEntry) => {}
                    Err(error) if is_absent(&error) => return Ok(None),
                    Err(source) => return Err(Error::Keychain { did: "read", source }),
                }
            }
            Ok(Some(secrets))
        })
        .unwrap_or(Ok(None))
    }

    fn keep(&self, profile: &str, secrets: &Secrets) -> Result<bool, Error> {
        let (profile, secrets) = (profile.to_owned(), secrets.clone());
        patiently(move || {
            for store in StoreKind::ALL {
                let Some(secret) = secrets.get(store) else { continue };
                match entry(&profile, store).and_then(|entry| entry.set_password(secret.expose_secret())) {
                    Ok(()) => {}
                    Err(error) if is_absent(&error) => return Ok(false),
                    Err(source) => return Err(Error::Keychain { did: "written", source }),
                }
            }
            Ok(true)
        })
        .unwrap_or(Ok(false))
    }

    fn forget(&self, profile: &str) -> Result<(), Error> {
        let profile = profile.to_owned();
        patiently(move || {
            for store in StoreKind::ALL {
                match entry(&profile, store).and_then(|entry| entry.delete_credential()) {
                    Ok(()) | Err(keyring::Error::NoEntry) => {}
                    Err(error) if is_absent(&error) => return Ok(()),
                    Err(source) => return Err(Error::Keychain { did: "written", source }),
                }
            }
            Ok(())
        })
        .unwrap_or(Ok(()))
    }
}

fn entry(profile: &str, store: StoreKind) -> keyring::Result<keyring::Entry> {
    keyring::Entry::new(SERVICE, &format!("{profile}/{}", store.key()))
}

/// No keychain runs, or there is nobody to unlock it.
fn is_absent(error: &keyring::Error) -> bool {
    matches!(
        error,
        keyring::Error::PlatformFailure(_) | keyring::Error::NoStorageAccess(_)
    )
}

/// Runs on a thread of its own and gives up on it after [`PATIENCE`]: D-Bus can wait for ever.
fn patiently<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new()
        .name("keychain".to_owned())
        .spawn(move || {
            let _ = sender.send(work());
        })
        .ok()?;
    receiver.recv_timeout(PATIENCE).ok()
}
