//! One file per profile, encrypted with a passphrase in the age format (<https://age-encryption.org/v1>, scrypt recipient).
//!
//! The passphrase is never kept: without it the file is as good as lost.

use std::io::{Read, Write};
use std::path::PathBuf;

use age::secrecy::{ExposeSecret, SecretString};
use greenroom_domain::StoreKind;
use greenroom_domain::profile::SecretPlace;

use super::{Error, Secrets, Vault, given};

/// scrypt's cost, 2^17 with r = 8: what OWASP asks for at the least, and some 0.3 s and 128 MB here.
/// <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>. Fixed, so that a file sealed on a fast
/// machine opens on a slow one.
const WORK_FACTOR: u8 = 17;

/// The files of a folder, opened with one passphrase.
#[derive(Debug)]
pub struct EncryptedFile {
    folder: PathBuf,
    passphrase: Option<SecretString>,
}

impl EncryptedFile {
    /// Files in `folder`; without a passphrase they stay shut.
    #[must_use]
    pub fn new(folder: PathBuf, passphrase: Option<SecretString>) -> Self {
        Self {
            folder,
            passphrase: passphrase.filter(|passphrase| !passphrase.expose_secret().is_empty()),
        }
    }

    fn path(&self, profile: &str) -> PathBuf {
        self.folder.join(format!("{}.age", crate::profiles::file_stem(profile)))
    }

    fn passphrase(&self, profile: &str) -> Result<&SecretString, Error> {
        self.passphrase.as_ref().ok_or_else(|| Error::Locked {
            profile: profile.to_owned(),
        })
    }
}

impl Vault for EncryptedFile {
    fn place(&self) -> SecretPlace {
        SecretPlace::EncryptedFile
    }

    fn load(&self, profile: &str) -> Result<Option<Secrets>, Error> {
        let path = self.path(profile);
        let sealed = match std::fs::read(&path) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => {
                return Err(Error::File {
                    path,
                    did: "read",
                    source,
                });
            }
        };
        let identity = age::scrypt::Identity::new(self.passphrase(profile)?.clone());
        let wrong = |error: age::DecryptError| match error {
            age::DecryptError::DecryptionFailed
            | age::DecryptError::KeyDecryptionFailed
            | age::DecryptError::NoMatchingKeys => Error::WrongPassphrase {
                profile: profile.to_owned(),
            },
            other => Error::Format {
                path: path.clone(),
                what: other.to_string(),
            },
        };
        let opened = age::Decryptor::new(sealed.as_slice()).map_err(wrong)?;
        let mut reader = opened
            .decrypt(std::iter::once(&identity as &dyn age::Identity))
            .map_err(wrong)?;
        let mut text = String::new();
        reader.read_to_string(&mut text).map_err(|source| Error::File {
            path: path.clone(),
            did: "read",
            source,
        })?;
        given::parse(&text).map(Some).map_err(|what| Error::Format {
            path: path.clone(),
            what,
        })
    }

    fn keep(&self, profile: &str, secrets: &Secrets) -> Result<bool, Error> {
        let passphrase = self.passphrase(profile)?.clone();
        let mut all = self.load(profile)?.unwrap_or_default();
        for store in StoreKind::ALL {
            if let Some(secret) = secrets.get(store) {
                all.set(store, secret.clone());
            }
        }
        let mut table = toml::Table::new();
        for store in StoreKind::ALL {
            if let Some(secret) = all.expose(store) {
                table.insert(store.key().to_owned(), toml::Value::String(secret.to_owned()));
            }
        }
        let path = self.path(profile);
        let unwritten = |source| Error::File {
            path: path.clone(),
            did: "written",
            source,
        };
        let mut sealed = Vec::new();
        let mut recipient = age::scrypt::Recipient::new(passphrase);
        recipient.set_work_factor(WORK_FACTOR);
        let sealing = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            .map_err(|error| unwritten(std::io::Error::other(error)))?;
        let mut writer = sealing.wrap_output(&mut sealed).map_err(unwritten)?;
        writer.write_all(table.to_string().as_bytes()).map_err(unwritten)?;
        writer.finish().map_err(unwritten)?;
        crate::profiles::write_atomically(&path, &sealed).map_err(unwritten)?;
        Ok(true)
    }

    fn forget(&self, profile: &str) -> Result<(), Error> {
        let path = self.path(profile);
        match std::fs::remove_file(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(Error::File {
                path,
                did: "deleted",
                source,
            }),
            _ => Ok(()),
        }
    }
}
