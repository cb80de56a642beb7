//! From a profile to a client: addresses, TLS files, credentials, pool.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use greenroom_domain::ErrorCode;
use greenroom_domain::diagnosis::{Stage, of_chain};
use greenroom_domain::profile::{MongoProfile, Tls, host_and_port};
use mongodb::options::{ClientOptions, Credential, ServerAddress, TlsOptions};

use crate::error::Error;

/// Where systems keep the roots they trust, in one PEM file. The driver would use a list of its own making otherwise.
const SYSTEM_ROOTS: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// The options, and the file that holds our certificate and key together while the client lives.
pub(crate) struct Prepared {
    pub(crate) options: ClientOptions,
    pub(crate) identity: Option<tempfile::NamedTempFile>,
}

pub(crate) fn prepare(profile: &MongoProfile, secret: Option<&str>, limit: Duration) -> Result<Prepared, Error> {
    // The driver tells why no server could be had only when its own deadline is over: it must end before ours.
    let selection = limit.mul_f32(0.8).min(Duration::from_secs(4));
    let mut options = ClientOptions::builder()
        .hosts(hosts(profile)?)
        .app_name("greenroom".to_owned())
        .connect_timeout(limit.min(Duration::from_secs(5)))
        .server_selection_timeout(selection)
        .heartbeat_freq(Duration::from_secs(10))
        .max_pool_size(profile.pool.max_open.max(1))
        // The driver has no lifetime for a connection, only one for a connection at rest.
        .max_idle_time(Duration::from_secs(u64::from(profile.pool.max_lifetime_s)))
        .retry_reads(true)
        .build();
    options.direct_connection = Some(profile.direct);
    options.repl_set_name.clone_from(&profile.replica_set);
    if let Some(user) = &profile.user {
        options.credential = Some(
            Credential::builder()
                .username(user.clone())
                .password(secret.map(str::to_owned))
                .source(profile.auth_source.clone())
                .build(),
        );
    }
    let mut identity = None;
    if profile.tls.enabled {
        let mut tls = TlsOptions::builder().build();
        tls.ca_file_path = match &profile.tls.ca_file {
            Some(path) => Some(readable(path)?),
            None => SYSTEM_ROOTS.iter().map(PathBuf::from).find(|path| path.exists()),
        };
        identity = joined_identity(&profile.tls)?;
        tls.cert_key_file_path = identity.as_ref().map(|file| file.path().to_owned());
        options.tls = Some(mongodb::options::Tls::Enabled(tls));
    }
    Ok(Prepared { options, identity })
}

/// Whether anything listens at any address; told at once, where the driver waits for its whole deadline.
pub(crate) async fn knock(profile: &MongoProfile, limit: Duration) -> Result<(), Error> {
    let mut last = None;
    for address in &profile.addresses {
        let Some(place) = host_and_port(address) else { continue };
        match tokio::time::timeout(limit, tokio::net::TcpStream::connect(place)).await {
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(error)) => last = Some(error),
            Err(_) => last = Some(std::io::ErrorKind::TimedOut.into()),
        }
    }
    let error = last.unwrap_or_else(|| std::io::Error::other("no address"));
    Err(Error::Connect {
        address: profile.addresses.join(", "),
        code: of_chain(&error, Stage::Connecting).unwrap_or(ErrorCode::StoreUnreachable),
        source: Box::new(error),
    })
}

fn hosts(profile: &MongoProfile) -> Result<Vec<ServerAddress>, Error> {
    profile
        .addresses
        .iter()
        .map(|address| {
            let (host, port) = host_and_port(address).ok_or_else(|| Error::Config {
                what: format!("{address:?} is not host:port"),
                source: None,
            })?;
            Ok(ServerAddress::Tcp {
                host: host.to_owned(),
                port: Some(port),
            })
        })
        .collect()
}

fn unreadable(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Error {
    move |error| Error::Config {
        what: format!("{} cannot be read", path.as_ref().display()),
        source: Some(Box::new(error)),
    }
}

fn readable(path: &str) -> Result<PathBuf, Error> {
    std::fs::File::open(path).map_err(unreadable(path))?;
    Ok(PathBuf::from(path))
}

/// The driver wants certificate and key in one file.
fn joined_identity(tls: &Tls) -> Result<Option<tempfile::NamedTempFile>, Error> {
    let (Some(cert), Some(key)) = (&tls.client_cert_file, &tls.client_key_file) else {
        return Ok(None);
    };
    let mut whole = std::fs::read(cert).map_err(unreadable(cert))?;
    whole.push(b'\n');
    whole.extend(std::fs::read(key).map_err(unreadable(key))?);
    // tempfile makes it readable to us alone.
    let mut file = tempfile::NamedTempFile::new().map_err(unreadable(std::env::temp_dir()))?;
    file.write_all(&whole).map_err(unreadable(std::env::temp_dir()))?;
    Ok(Some(file))
}
