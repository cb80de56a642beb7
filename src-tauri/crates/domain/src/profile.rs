//! Connection profiles: where a deployment's five stores are. TOML on disk, no secret in it.

use serde::{Deserialize, Serialize};

use crate::value::StoreKind;

/// One deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name: 1 to 64 characters, unique, no `/`, `\` or control characters.
    pub name: String,
    /// The frame's colour, `#rrggbb`.
    pub colour: String,
    /// What is at stake.
    pub environment: Environment,
    /// No write is ever made through this profile.
    pub read_only: bool,
    /// A file with this profile's secrets, mode 0600, relative to the profile: how a local stack and mounted
    /// container secrets hand theirs over. `None`: the keychain, else the encrypted file.
    pub secrets_file: Option<String>,
    /// PostgreSQL.
    pub postgres: PostgresProfile,
    /// Redis.
    pub redis: RedisProfile,
    /// MongoDB.
    pub mongodb: MongoProfile,
    /// S3.
    pub s3: S3Profile,
    /// etcd.
    pub etcd: EtcdProfile,
}

/// What is at stake in a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// Real people's data: opens at the Observe rung.
    Production,
    /// A rehearsal.
    Staging,
    /// A developer's own.
    Development,
    /// The local stack on demo data.
    Demo,
}

/// How to be sure of the server, and it of us.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// Encrypt and check the server's certificate and name.
    pub enabled: bool,
    /// PEM file with the CA to trust; `None`: the system's.
    pub ca_file: Option<String>,
    /// PEM file with our certificate, where the server wants one.
    pub client_cert_file: Option<String>,
    /// PEM file with its key.
    pub client_key_file: Option<String>,
}

/// A connection pool's bounds, as the platform states them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields, default)]
pub struct PoolLimits {
    /// Connections kept open without work, at most.
    pub max_idle: u32,
    /// Connections open at once, at most.
    pub max_open: u32,
    /// Seconds after which a connection is replaced.
    pub max_lifetime_s: u32,
}

impl Default for PoolLimits {
    fn default() -> Self {
        Self {
            max_idle: 10,
            max_open: 100,
            max_lifetime_s: 3600,
        }
    }
}

/// PostgreSQL: several hosts are tried in turn until one accepts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct PostgresProfile {
    /// `host:port`, at least one.
    pub addresses: Vec<String>,
    /// Database.
    pub database: String,
    /// User.
    pub user: String,
    /// Encryption.
    #[serde(default)]
    pub tls: Tls,
    /// Pool.
    #[serde(default)]
    pub pool: PoolLimits,
}

/// How Redis is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum RedisMode {
    /// One server.
    #[default]
    Standalone,
    /// Addresses are sentinels.
    Sentinel,
    /// Addresses are nodes of a cluster.
    Cluster,
}

/// Redis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RedisProfile {
    /// How it is run.
    #[serde(default)]
    pub mode: RedisMode,
    /// `host:port`, at least one.
    pub addresses: Vec<String>,
    /// The master's name, for sentinels.
    pub sentinel_master: Option<String>,
    /// Database number.
    #[serde(default)]
    pub db: u32,
    /// ACL user; `None`: the default user.
    pub user: Option<String>,
    /// Before every key of the platform (`session:`, `room:`, …); empty as the platform ships.
    #[serde(default)]
    pub key_prefix: String,
    /// Encryption.
    #[serde(default)]
    pub tls: Tls,
}

/// MongoDB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct MongoProfile {
    /// `host:port`, at least one.
    pub addresses: Vec<String>,
    /// Database.
    pub database: String,
    /// User; `None`: no authentication.
    pub user: Option<String>,
    /// Where the user is defined.
    pub auth_source: Option<String>,
    /// The replica set's name; `None` for a standalone.
    pub replica_set: Option<String>,
    /// Talk to the one address only, whatever the replica set says of its members.
    #[serde(default)]
    pub direct: bool,
    /// Encryption.
    #[serde(default)]
    pub tls: Tls,
    /// Pool.
    #[serde(default)]
    pub pool: PoolLimits,
}

/// S3, of any make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct S3Profile {
    /// `http://…` or `https://…`.
    pub endpoint: String,
    /// Region; `us-east-1` where the server does not care.
    pub region: String,
    /// Bucket.
    pub bucket: String,
    /// `endpoint/bucket/key` instead of `bucket.endpoint/key`.
    pub path_style: bool,
    /// Access key id.
    pub access_key_id: String,
    /// Only `ca_file` is used; the endpoint's scheme decides about encryption.
    #[serde(default)]
    pub tls: Tls,
}

/// etcd.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct EtcdProfile {
    /// `host:port`, at least one.
    pub endpoints: Vec<String>,
    /// User; `None`: no authentication.
    pub user: Option<String>,
    /// Where the platform's keys begin; `/meeting-system` as the platform ships.
    #[serde(default = "EtcdProfile::platform_prefix")]
    pub prefix: String,
    /// Encryption.
    #[serde(default)]
    pub tls: Tls,
}

impl EtcdProfile {
    fn platform_prefix() -> String {
        "/meeting-system".to_owned()
    }
}

/// A profile as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ProfileSummary {
    /// Its name.
    pub name: String,
    /// The frame's colour.
    pub colour: String,
    /// What is at stake.
    pub environment: Environment,
    /// No write is ever made.
    pub read_only: bool,
    /// The file it was read from.
    pub path: String,
    /// Why the file could not be read as a profile; then the other fields are placeholders.
    pub problem: Option<String>,
}

/// Where a secret is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum SecretPlace {
    /// An environment variable, over all others.
    Environment,
    /// The file the profile names.
    ProfileFile,
    /// The operating system's keychain.
    Keychain,
    /// Our file, encrypted with a passphrase.
    EncryptedFile,
    /// Nowhere.
    Nowhere,
}

/// One secret of a profile and where it is kept; never the secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SecretStatus {
    /// For which store.
    pub store: StoreKind,
    /// Where it was found.
    pub place: SecretPlace,
}

/// `host:port` taken apart; an IPv6 host stands in brackets. `None` where it is neither.
#[must_use]
pub fn host_and_port(address: &str) -> Option<(&str, u16)> {
    let (host, port) = address.rsplit_once(':')?;
    let port: u16 = port.parse().ok().filter(|port| *port > 0)?;
    let host = match host.strip_prefix('[') {
        Some(rest) => rest
            .strip_suffix(']')
            .filter(|host| host.parse::<std::net::Ipv6Addr>().is_ok())?,
        None => Some(host).filter(|host| !host.is_empty() && !host.contains([':', '/', '@', ' ', '[', ']']))?,
    };
    Some((host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_address_needs_its_brackets() {
        assert_eq!(host_and_port("[::1]:6379"), Some(("::1", 6379)));
        assert_eq!(host_and_port("::1:6379"), None);
        assert_eq!(host_and_port("db.example:5432"), Some(("db.example", 5432)));
        for wrong in [
            "db.example",
            "db.example:0",
            ":5432",
            "redis://db:5432",
            "user@db:1",
            "db:70000",
            "[db]:1",
        ] {
            assert_eq!(host_and_port(wrong), None, "{wrong}");
        }
    }
}
