//! Secrets that are handed to us: environment variables, and the file a profile names.

use std::path::Path;

use greenroom_domain::StoreKind;
use secrecy::SecretString;

use super::{Error, Secrets};

/// `GREENROOM_POSTGRES_SECRET` and so on; an empty one counts as none.
pub(super) fn environment() -> Secrets {
    let mut secrets = Secrets::none();
    for store in StoreKind::ALL {
        if let Some(secret) = variable(&format!("GREENROOM_{}_SECRET", store.key().to_uppercase())) {
            secrets.set(store, secret);
        }
    }
    secrets
}

pub(super) fn passphrase() -> Option<SecretString> {
    variable("GREENROOM_PASSPHRASE")
}

fn variable(name: &str) -> Option<SecretString> {
    std::env::var(name)
        .ok()
        .filter(|value| !value.is_empty())
        .map(SecretString::from)
}

/// A TOML file of `store = "secret"` that only its owner can read.
pub(super) fn file(path: &Path) -> Result<Secrets, Error> {
    let unread = |source| Error::File {
        path: path.to_owned(),
        did: "read",
        source,
    };
    owner_only(path)?;
    let text = std::fs::read_to_string(path).map_err(unread)?;
    parse(&text).map_err(|what| Error::Format {
        path: path.to_owned(),
        what,
    })
}

#[cfg(unix)]
fn owner_only(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    let found = std::fs::metadata(path).map_err(|source| Error::File {
        path: path.to_owned(),
        did: "read",
        source,
    })?;
    let mode = found.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        Ok(())
    } else {
        Err(Error::Exposed {
            path: path.to_owned(),
            mode,
        })
    }
}

#[cfg(not(unix))]
fn owner_only(_: &Path) -> Result<(), Error> {
    Ok(())
}

/// Problems are told without quoting the text: it is made of secrets.
pub(super) fn parse(text: &str) -> Result<Secrets, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error
            .span()
            .map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
        format!("line {line} is not TOML")
    })?;
    let mut secrets = Secrets::none();
    for (name, value) in table {
        let store: StoreKind = name.parse()?;
        let toml::Value::String(secret) = value else {
            return Err(format!("{name} is not a text"));
        };
        secrets.set(store, SecretString::from(secret));
    }
    Ok(secrets)
}
