//! Secrets of a profile: where they are kept, how they are found, and that they are never shown.
//!
//! Looked for in this order: an environment variable, the file the profile names, the operating system's keychain, our file
//! encrypted with a passphrase. There is no built-in key anywhere.

mod encrypted_file;
mod given;
mod keychain;
mod redaction;

use std::path::{Path, PathBuf};

use greenroom_domain::profile::{Profile, SecretPlace, SecretStatus};
use greenroom_domain::{ErrorCode, StoreKind};
use secrecy::{ExposeSecret, SecretString};

pub use encrypted_file::EncryptedFile;
pub use keychain::Keychain;
pub use redaction::redacted;

/// Why a secret could not be had or kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The vault needs a passphrase.
    #[error("the encrypted secrets of profile {profile:?} are locked")]
    Locked {
        /// Whose.
        profile: String,
    },
    /// It was given the wrong one.
    #[error("the passphrase does not open the encrypted secrets of profile {profile:?}")]
    WrongPassphrase {
        /// Whose.
        profile: String,
    },
    /// The file with the profile's secrets can be read by others.
    #[error("{} can be read by others (mode {mode:o}): nothing was read from it", path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The file is not what it should be.
    #[error("{} is not a file of secrets: {what}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong, without quoting it.
        what: String,
    },
    /// A file could not be read or written.
    #[error("{} could not be {did}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        did: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The keychain is there and refused.
    #[error("the operating system's keychain could not be {did}")]
    Keychain {
        /// `read` or `written`.
        did: &'static str,
        /// Why.
        #[source]
        source: keyring::Error,
    },
    /// A secret is in none of the places.
    #[error("profile {profile:?} needs a secret for {store}, and there is none in any place")]
    Missing {
        /// Whose.
        profile: String,
        /// For which store.
        store: StoreKind,
    },
}

impl Error {
    /// Which of the closed codes this is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Locked { .. } | Self::WrongPassphrase { .. } | Self::Keychain { .. } => ErrorCode::SecretLocked,
            Self::Exposed { .. } | Self::Format { .. } | Self::File { .. } => ErrorCode::LocalFile,
            Self::Missing { .. } => ErrorCode::SecretMissing,
        }
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Locked { .. } => "Give the passphrase, or set GREENROOM_PASSPHRASE.".to_owned(),
            Self::WrongPassphrase { .. } => {
                "Try again. A lost passphrase cannot be recovered: enter the secrets anew and choose another."
                    .to_owned()
            }
            Self::Exposed { path, .. } => format!("Run: chmod 600 {}", path.display()),
            Self::Format { .. } => "It holds lines such as: postgres = \"…\"".to_owned(),
            Self::Keychain { .. } => "Unlock the keychain and try again.".to_owned(),
            Self::Missing { store, .. } => {
                format!(
                    "Enter it in the profile, or set GREENROOM_{}_SECRET.",
                    store.key().to_uppercase()
                )
            }
            Self::File { .. } => return None,
        })
    }
}

/// The secrets of one profile, in memory. Shown, it says which there are and nothing else.
#[derive(Clone, Default)]
pub struct Secrets([Option<SecretString>; 5]);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(
                StoreKind::ALL
                    .iter()
                    .filter(|store| self.has(**store))
                    .map(|store| store.key()),
            )
            .finish()
    }
}

impl Secrets {
    /// None.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// These and one more. From now on it is kept out of our logs too.
    #[must_use]
    pub fn with(mut self, store: StoreKind, secret: impl Into<String>) -> Self {
        self.set(store, SecretString::from(secret.into()));
        self
    }

    /// Keeps one.
    pub fn set(&mut self, store: StoreKind, secret: SecretString) {
        redaction::never_show(&secret);
        self.0[place_of(store)] = Some(secret);
    }

    /// Whether there is one for a store.
    #[must_use]
    pub fn has(&self, store: StoreKind) -> bool {
        self.0[place_of(store)].is_some()
    }

    /// Whether there is none at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    pub(crate) fn get(&self, store: StoreKind) -> Option<&SecretString> {
        self.0[place_of(store)].as_ref()
    }

    /// For the one moment of connecting.
    pub(crate) fn expose(&self, store: StoreKind) -> Option<&str> {
        self.get(store).map(SecretString::expose_secret)
    }
}

fn place_of(store: StoreKind) -> usize {
    StoreKind::ALL.iter().position(|known| *known == store).unwrap_or(0)
}

/// A place that keeps secrets between runs. Two stand behind it: the operating system's keychain and our encrypted file.
///
/// Calls may block (a prompt, a key stretched): keep them off the runtime's threads.
pub trait Vault {
    /// Which place this is.
    fn place(&self) -> SecretPlace;

    /// What it keeps for a profile; `None` where it cannot be used here at all (no keychain runs, no file is there).
    ///
    /// # Errors
    /// [`Error::Locked`], [`Error::WrongPassphrase`], [`Error::Keychain`], [`Error::File`].
    fn load(&self, profile: &str) -> Result<Option<Secrets>, Error>;

    /// Keeps these for a profile, and those it had for other stores. `false`: it cannot be used here.
    ///
    /// # Errors
    /// As [`Vault::load`].
    fn keep(&self, profile: &str, secrets: &Secrets) -> Result<bool, Error>;

    /// Forgets all of a profile's.
    ///
    /// # Errors
    /// As [`Vault::load`].
    fn forget(&self, profile: &str) -> Result<(), Error>;
}

/// All places, in their order.
#[derive(Debug)]
pub struct Vaults {
    keychain: Option<Keychain>,
    file: EncryptedFile,
}

impl Vaults {
    /// The user's keychain and the encrypted files under `config`. The passphrase comes from the caller or from
    /// `GREENROOM_PASSPHRASE`. `GREENROOM_KEYCHAIN=off` leaves the keychain alone.
    #[must_use]
    pub fn of_user(config: &Path, passphrase: Option<SecretString>) -> Self {
        let off = std::env::var_os("GREENROOM_KEYCHAIN").is_some_and(|value| value == "off");
        let passphrase = passphrase.or_else(given::passphrase);
        Self {
            keychain: (!off).then(Keychain::default),
            file: EncryptedFile::new(config.join("secrets"), passphrase),
        }
    }

    /// Only the encrypted files: for machines without a keychain, and for tests.
    #[must_use]
    pub fn without_keychain(config: &Path, passphrase: Option<SecretString>) -> Self {
        Self {
            keychain: None,
            file: EncryptedFile::new(config.join("secrets"), passphrase),
        }
    }

    /// Every secret of a profile that any place holds, each from the first that has it. One that no place has is left out:
    /// some stores need none. `profile_file` is where the profile was read from; its `secrets_file` is relative to that.
    ///
    /// # Errors
    /// [`Error::Exposed`], [`Error::Format`], [`Error::File`] for the profile's own file; [`Error::Locked`] and
    /// [`Error::WrongPassphrase`] where the encrypted file is needed and does not open.
    pub fn load(&self, profile: &Profile, profile_file: Option<&Path>) -> Result<Secrets, Error> {
        let mut found = Secrets::none();
        self.walk(profile, profile_file, |store, _, secret| {
            found.set(store, secret.clone());
        })?;
        Ok(found)
    }

    /// Where each secret of a profile is kept. Places that cannot be opened just now count as holding what no other holds.
    ///
    /// # Errors
    /// As [`Vaults::load`], a locked file excepted.
    pub fn status(&self, profile: &Profile, profile_file: Option<&Path>) -> Result<Vec<SecretStatus>, Error> {
        let mut places = [SecretPlace::Nowhere; 5];
        let walked = self.walk(profile, profile_file, |store, place, _| places[place_of(store)] = place);
        match walked {
            Err(Error::Locked { .. } | Error::WrongPassphrase { .. }) => {
                for place in places.iter_mut().filter(|place| **place == SecretPlace::Nowhere) {
                    *place = SecretPlace::EncryptedFile;
                }
            }
            other => other?,
        }
        Ok(StoreKind::ALL
            .into_iter()
            .zip(places)
            .map(|(store, place)| SecretStatus { store, place })
            .collect())
    }

    /// Keeps secrets in the keychain, else in the encrypted file. Says where.
    ///
    /// # Errors
    /// [`Error::Locked`] where there is no keychain and no passphrase was given.
    pub fn keep(&self, profile: &str, secrets: &Secrets) -> Result<SecretPlace, Error> {
        for vault in self.vaults() {
            match vault.keep(profile, secrets) {
                Ok(true) => return Ok(vault.place()),
                Ok(false) => {}
                // A keychain that refuses is as good as none, as long as the file takes it.
                Err(error @ Error::Keychain { .. }) => {
                    tracing::warn!(profile, "the keychain did not take the secrets of {profile}: {error}");
                }
                Err(error) => return Err(error),
            }
        }
        Err(Error::Locked {
            profile: profile.to_owned(),
        })
    }

    /// Forgets a profile's secrets everywhere we keep them.
    ///
    /// # Errors
    /// [`Error::Keychain`], [`Error::File`].
    pub fn forget(&self, profile: &str) -> Result<(), Error> {
        self.vaults().try_for_each(|vault| vault.forget(profile))
    }

    fn vaults(&self) -> impl Iterator<Item = &dyn Vault> {
        let keychain = self.keychain.as_ref().map(|keychain| keychain as &dyn Vault);
        keychain.into_iter().chain([&self.file as &dyn Vault])
    }

    fn walk(
        &self,
        profile: &Profile,
        profile_file: Option<&Path>,
        mut found: impl FnMut(StoreKind, SecretPlace, &SecretString),
    ) -> Result<(), Error> {
        let mut open: Vec<StoreKind> = StoreKind::ALL.to_vec();
        let mut take = |place: SecretPlace, secrets: &Secrets, open: &mut Vec<StoreKind>| {
            open.retain(|store| match secrets.get(*store) {
                Some(secret) => {
                    found(*store, place, secret);
                    false
                }
                None => true,
            });
        };
        take(SecretPlace::Environment, &given::environment(), &mut open);
        if let Some(named) = &profile.secrets_file {
            let base = profile_file.and_then(Path::parent).unwrap_or(Path::new(""));
            take(SecretPlace::ProfileFile, &given::file(&base.join(named))?, &mut open);
            // The file speaks for the whole profile: nobody is asked for a passphrase beside it.
            return Ok(());
        }
        for vault in self.vaults() {
            if open.is_empty() {
                break;
            }
            match vault.load(&profile.name) {
                Ok(Some(secrets)) => take(vault.place(), &secrets, &mut open),
                Ok(None) => {}
                Err(error @ Error::Keychain { .. }) => {
                    tracing::warn!(profile = profile.name, "the keychain was passed over: {error}");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
