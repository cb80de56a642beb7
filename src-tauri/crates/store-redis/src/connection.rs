//! One connection to Redis in any of its three forms, with a deadline on every call.
//!
//! The database is chosen when connecting; `SELECT` is never sent, since the connection is shared.

use std::time::Duration;

use futures::StreamExt;
use greenroom_domain::profile::{RedisMode, RedisProfile, Tls};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::cluster_async::ClusterConnection;
use redis::cluster_routing::{RoutingInfo, SingleNodeRoutingInfo};
use redis::sentinel::{SentinelClientBuilder, SentinelServerType};
use redis::{
    Client, ClientTlsConfig, Cmd, ConnectionAddr, IntoConnectionInfo, Pipeline, TlsCertificates, TlsMode, Value,
};

use crate::error::Error;

/// Commands of one batch that are sent together.
const BATCH: usize = 500;

#[derive(Clone)]
pub(crate) enum Connection {
    One(ConnectionManager),
    Cluster(Box<ClusterConnection>),
}

/// A node of a cluster, or the one server.
#[derive(Clone)]
pub(crate) enum Node {
    Only,
    At { host: String, port: u16 },
}

impl Connection {
    pub(crate) async fn open(profile: &RedisProfile, secret: Option<&str>, limit: Duration) -> Result<Self, Error> {
        let address = profile.addresses.join(", ");
        let certificates = certificates(&profile.tls)?;
        let addresses = addresses(profile)?;
        let opened = async {
            match profile.mode {
                RedisMode::Standalone => open_first(profile, addresses, secret, certificates, limit).await,
                RedisMode::Sentinel => open_master(profile, addresses, secret, certificates, limit).await,
                RedisMode::Cluster => open_cluster(profile, addresses, secret, certificates, limit).await,
            }
        };
        match tokio::time::timeout(limit, opened).await {
            Ok(opened) => opened.map_err(Error::connecting(&address)),
            Err(_) => Err(Error::Late {
                operation: "connect",
                limit,
            }),
        }
    }

    pub(crate) async fn call(&self, operation: &'static str, command: &Cmd, limit: Duration) -> Result<Value, Error> {
        let called = async {
            match self {
                Self::One(one) => one.clone().send_packed_command(command).await,
                Self::Cluster(cluster) => {
                    let mut cluster = cluster.clone();
                    command.query_async::<Value>(&mut *cluster).await
                }
            }
        };
        match tokio::time::timeout(limit, called).await {
            Ok(answer) => answer.and_then(Value::extract_error).map_err(Error::during(operation)),
            Err(_) => Err(Error::Late { operation, limit }),
        }
    }

    /// Sends a command to one node, whatever key it names.
    pub(crate) async fn call_at(
        &self,
        node: &Node,
        operation: &'static str,
        command: Cmd,
        limit: Duration,
    ) -> Result<Value, Error> {
        let (Self::Cluster(cluster), Node::At { host, port }) = (self, node) else {
            return self.call(operation, &command, limit).await;
        };
        let route = SingleNodeRoutingInfo::ByAddress {
            host: host.clone(),
            port: *port,
        };
        let mut cluster = cluster.clone();
        match tokio::time::timeout(limit, cluster.route_command(command, RoutingInfo::SingleNode(route))).await {
            Ok(answer) => answer.and_then(Value::extract_error).map_err(Error::during(operation)),
            Err(_) => Err(Error::Late { operation, limit }),
        }
    }

    /// The answers to many commands in their order, each an answer or the server's refusal of that one command.
    /// One round trip per 500 commands; in a cluster each command goes to its own node, 32 at a time.
    pub(crate) async fn many(
        &self,
        operation: &'static str,
        commands: Vec<Cmd>,
        limit: Duration,
    ) -> Result<Vec<Result<Value, redis::RedisError>>, Error> {
        let asked = async {
            match self {
                Self::One(one) => in_batches(one.clone(), commands).await,
                Self::Cluster(cluster) => Ok(futures::stream::iter(commands)
                    .map(|command| {
                        let mut cluster = cluster.clone();
                        async move { command.query_async::<Value>(&mut *cluster).await }
                    })
                    .buffered(32)
                    .collect()
                    .await),
            }
        };
        match tokio::time::timeout(limit, asked).await {
            Ok(answers) => answers.map_err(Error::during(operation)),
            Err(_) => Err(Error::Late { operation, limit }),
        }
    }

    /// The nodes that hold keys: the one server, or every primary of the cluster.
    pub(crate) async fn nodes(&self, limit: Duration) -> Result<Vec<Node>, Error> {
        if matches!(self, Self::One(_)) {
            return Ok(vec![Node::Only]);
        }
        let mut command = redis::cmd("CLUSTER");
        command.arg("SLOTS");
        let slots = self.call("cluster.slots", &command, limit).await?;
        let mut nodes: Vec<(String, u16)> = Vec::new();
        for range in slots.as_sequence().unwrap_or_default() {
            let primary = range
                .as_sequence()
                .and_then(|range| range.get(2))
                .and_then(Value::as_sequence);
            let Some([host, port, ..]) = primary else { continue };
            let host: Option<String> = redis::from_redis_value_ref(host).ok();
            let port: Option<u16> = redis::from_redis_value_ref(port).ok();
            if let (Some(host), Some(port)) = (host, port)
                && !nodes.contains(&(host.clone(), port))
            {
                nodes.push((host, port));
            }
        }
        Ok(nodes.into_iter().map(|(host, port)| Node::At { host, port }).collect())
    }
}

async fn in_batches(
    mut one: ConnectionManager,
    commands: Vec<Cmd>,
) -> Result<Vec<Result<Value, redis::RedisError>>, redis::RedisError> {
    let mut answers = Vec::with_capacity(commands.len());
    let mut commands = commands.into_iter().peekable();
    while commands.peek().is_some() {
        let mut pipeline = Pipeline::new();
        pipeline.ignore_errors();
        for command in commands.by_ref().take(BATCH) {
            pipeline.add_command(command);
        }
        let batch: Vec<Result<Value, redis::RedisError>> = pipeline.query_async(&mut one).await?;
        answers.extend(batch);
    }
    Ok(answers)
}

fn manager_config(limit: Duration) -> ConnectionManagerConfig {
    // The driver's own default cuts every answer at 500 ms; our deadlines are around each call.
    ConnectionManagerConfig::new()
        .set_connection_timeout(Some(limit))
        .set_response_timeout(Some(crate::LONGEST_CALL))
        .set_number_of_retries(0)
}

async fn open_first(
    profile: &RedisProfile,
    addresses: Vec<ConnectionAddr>,
    secret: Option<&str>,
    certificates: Option<TlsCertificates>,
    limit: Duration,
) -> redis::RedisResult<Connection> {
    let mut last = None;
    for address in addresses {
        let mut settings = redis::RedisConnectionInfo::default().set_db(i64::from(profile.db));
        if let Some(user) = &profile.user {
            settings = settings.set_username(user);
        }
        if let Some(secret) = secret {
            settings = settings.set_password(secret);
        }
        let info = address.into_connection_info()?.set_redis_settings(settings);
        let client = match &certificates {
            Some(certificates) => Client::build_with_tls(info, certificates.clone())?,
            None => Client::open(info)?,
        };
        match client.get_connection_manager_with_config(manager_config(limit)).await {
            Ok(manager) => return Ok(Connection::One(manager)),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| (redis::ErrorKind::InvalidClientConfig, "no address").into()))
}

async fn open_master(
    profile: &RedisProfile,
    addresses: Vec<ConnectionAddr>,
    secret: Option<&str>,
    certificates: Option<TlsCertificates>,
    limit: Duration,
) -> redis::RedisResult<Connection> {
    let master = profile.sentinel_master.as_deref().unwrap_or_default();
    let mut builder = SentinelClientBuilder::new(addresses, master, SentinelServerType::Master)?
        .set_client_to_redis_db(i64::from(profile.db));
    if let Some(user) = &profile.user {
        builder = builder.set_client_to_redis_username(user);
    }
    if let Some(secret) = secret {
        builder = builder.set_client_to_redis_password(secret);
    }
    if let Some(certificates) = certificates {
        builder = builder
            .set_client_to_redis_tls_mode(TlsMode::Secure)
            .set_client_to_redis_certificates(certificates.clone())
            .set_client_to_sentinel_tls_mode(TlsMode::Secure)
            .set_client_to_sentinel_certificates(certificates);
    }
    let client = builder.build()?.async_get_client().await?;
    Ok(Connection::One(
        client.get_connection_manager_with_config(manager_config(limit)).await?,
    ))
}

async fn open_cluster(
    profile: &RedisProfile,
    addresses: Vec<ConnectionAddr>,
    secret: Option<&str>,
    certificates: Option<TlsCertificates>,
    limit: Duration,
) -> redis::RedisResult<Connection> {
    let mut builder = redis::cluster::ClusterClient::builder(addresses)
        .connection_timeout(limit)
        .response_timeout(crate::LONGEST_CALL)
        .retries(2);
    if let Some(user) = &profile.user {
        builder = builder.username(user);
    }
    if let Some(secret) = secret {
        builder = builder.password(secret);
    }
    if let Some(certificates) = certificates {
        builder = builder.tls(TlsMode::Secure).certs(certificates);
    }
    Ok(Connection::Cluster(Box::new(
        builder.build()?.get_async_connection().await?,
    )))
}

fn addresses(profile: &RedisProfile) -> Result<Vec<ConnectionAddr>, Error> {
    profile
        .addresses
        .iter()
        .map(|address| {
            let (host, port) = greenroom_domain::profile::host_and_port(address)
                .ok_or_else(|| Error::config(format!("{address:?} is not host:port")))?;
            let host = host.to_owned();
            Ok(if profile.tls.enabled {
                ConnectionAddr::TcpTls {
                    host,
                    port,
                    insecure: false,
                    tls_params: None,
                }
            } else {
                ConnectionAddr::Tcp(host, port)
            })
        })
        .collect()
}

fn certificates(tls: &Tls) -> Result<Option<TlsCertificates>, Error> {
    if !tls.enabled {
        return Ok(None);
    }
    let read = |path: &String| {
        std::fs::read(path).map_err(|error| Error::Config {
            what: format!("{path} cannot be read"),
            source: Some(Box::new(error)),
        })
    };
    let client_tls = match (&tls.client_cert_file, &tls.client_key_file) {
        (Some(cert), Some(key)) => Some(ClientTlsConfig {
            client_cert: read(cert)?,
            client_key: read(key)?,
        }),
        _ => None,
    };
    Ok(Some(TlsCertificates {
        client_tls,
        root_cert: tls.ca_file.as_ref().map(read).transpose()?,
    }))
}
