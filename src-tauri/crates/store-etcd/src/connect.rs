//! From a profile and one endpoint to a client that has answered.

use std::path::Path;
use std::time::Duration;

use etcd_client::{Client, ConnectOptions};
use greenroom_domain::ErrorCode;
use greenroom_domain::diagnosis::{Stage, of_chain};
use greenroom_domain::profile::{EtcdProfile, Tls, host_and_port};
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Identity};

use crate::error::Error;

pub(crate) async fn open(
    profile: &EtcdProfile,
    endpoint: &str,
    secret: Option<&str>,
    limit: Duration,
) -> Result<Client, Error> {
    let channel = channel(profile, endpoint, limit).await?;
    let mut options = ConnectOptions::new();
    if let Some(user) = &profile.user {
        options = options
            .with_user(user.clone(), secret.unwrap_or_default())
            .with_auto_token_refresh(true);
    }
    let mut client = Client::from_channel(etcd_client::Channel::Tonic(channel), Some(options))
        .await
        .map_err(Error::connecting(endpoint))?;
    client.status().await.map_err(Error::connecting(endpoint))?;
    Ok(client)
}

async fn channel(profile: &EtcdProfile, endpoint: &str, limit: Duration) -> Result<Channel, Error> {
    host_and_port(endpoint).ok_or_else(|| Error::Config {
        what: format!("{endpoint:?} is not host:port"),
        source: None,
    })?;
    let scheme = if profile.tls.enabled { "https" } else { "http" };
    let refused = |error: tonic::transport::Error| Error::Connect {
        address: endpoint.to_owned(),
        code: of_chain(&error, Stage::Connecting).unwrap_or(ErrorCode::StoreUnreachable),
        source: Box::new(error),
    };
    let mut channel = Channel::from_shared(format!("{scheme}://{endpoint}"))
        .map_err(|error| Error::Config {
            what: format!("{endpoint:?} is not an endpoint"),
            source: Some(Box::new(error)),
        })?
        .connect_timeout(limit)
        .http2_keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(10));
    if profile.tls.enabled {
        channel = channel.tls_config(tls(&profile.tls)?).map_err(refused)?;
    }
    channel.connect().await.map_err(refused)
}

fn tls(tls: &Tls) -> Result<ClientTlsConfig, Error> {
    let mut config = ClientTlsConfig::new();
    config = match &tls.ca_file {
        Some(path) => config.ca_certificate(Certificate::from_pem(read(path)?)),
        None => config.with_native_roots(),
    };
    if let (Some(cert), Some(key)) = (&tls.client_cert_file, &tls.client_key_file) {
        config = config.identity(Identity::from_pem(read(cert)?, read(key)?));
    }
    Ok(config)
}

fn read(path: impl AsRef<Path>) -> Result<Vec<u8>, Error> {
    let path = path.as_ref();
    std::fs::read(path).map_err(|error| Error::Config {
        what: format!("{} cannot be read", path.display()),
        source: Some(Box::new(error)),
    })
}
