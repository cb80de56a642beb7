//! The profile and the secrets a stack hands out.

use std::collections::BTreeMap;
use std::fmt;

use greenroom_domain::StoreKind;
use greenroom_domain::profile::{
    Environment, EtcdProfile, MongoProfile, PoolLimits, PostgresProfile, Profile, RedisMode, RedisProfile, S3Profile,
    Tls,
};
use rand::Rng as _;
use serde::{Deserialize, Serialize};

/// The name of the profile that a stack writes.
pub const DEFAULT_NAME: &str = "local";

/// The administrator's name in PostgreSQL and MongoDB. (etcd insists on `root`, Redis has its default user.)
pub(crate) const USER: &str = "greenroom";
pub(crate) const ETCD_USER: &str = "root";
pub(crate) const DATABASE: &str = "meeting_system";
pub(crate) const BUCKET: &str = "meeting-system";

/// A stack's five passwords and keys: what `secrets.toml` holds. Its Debug form shows none.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// PostgreSQL's password.
    pub postgres: String,
    /// Redis' password.
    pub redis: String,
    /// MongoDB's password.
    pub mongodb: String,
    /// The S3 secret access key.
    pub s3: String,
    /// etcd's password.
    pub etcd: String,
}

impl Secrets {
    /// The secret of one store.
    #[must_use]
    pub fn get(&self, store: StoreKind) -> &str {
        match store {
            StoreKind::Postgres => &self.postgres,
            StoreKind::Redis => &self.redis,
            StoreKind::Mongodb => &self.mongodb,
            StoreKind::S3 => &self.s3,
            StoreKind::Etcd => &self.etcd,
        }
    }

    /// Five new ones of 192 random bits.
    pub(crate) fn generate() -> Self {
        let secret = || hex::encode(rand::rng().random::<[u8; 24]>());
        Self {
            postgres: secret(),
            redis: secret(),
            mongodb: secret(),
            s3: secret(),
            etcd: secret(),
        }
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(..)")
    }
}

/// The profile of a stack whose servers listen on these ports.
pub(crate) fn of(ports: &BTreeMap<StoreKind, u16>, access_key_id: &str, secrets_file: &str) -> Profile {
    let address = |store| format!("127.0.0.1:{}", ports.get(&store).copied().unwrap_or_default());
    Profile {
        name: DEFAULT_NAME.to_owned(),
        colour: "#2f9e6e".to_owned(),
        environment: Environment::Demo,
        read_only: false,
        secrets_file: Some(secrets_file.to_owned()),
        postgres: PostgresProfile {
            addresses: vec![address(StoreKind::Postgres)],
            database: DATABASE.to_owned(),
            user: USER.to_owned(),
            tls: Tls::default(),
            pool: PoolLimits::default(),
        },
        redis: RedisProfile {
            mode: RedisMode::Standalone,
            addresses: vec![address(StoreKind::Redis)],
            sentinel_master: None,
            db: 0,
            user: None,
            key_prefix: String::new(),
            tls: Tls::default(),
        },
        mongodb: MongoProfile {
            addresses: vec![address(StoreKind::Mongodb)],
            database: DATABASE.to_owned(),
            user: Some(USER.to_owned()),
            auth_source: Some("admin".to_owned()),
            replica_set: None,
            direct: true,
            tls: Tls::default(),
            pool: PoolLimits::default(),
        },
        s3: S3Profile {
            endpoint: format!("http://{}", address(StoreKind::S3)),
            region: "us-east-1".to_owned(),
            bucket: BUCKET.to_owned(),
            path_style: true,
            access_key_id: access_key_id.to_owned(),
            tls: Tls::default(),
        },
        etcd: EtcdProfile {
            endpoints: vec![address(StoreKind::Etcd)],
            user: Some(ETCD_USER.to_owned()),
            prefix: "/meeting-system".to_owned(),
            tls: Tls::default(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_all_different_and_never_shown() {
        let secrets = Secrets::generate();
        let all: std::collections::BTreeSet<_> = StoreKind::ALL.map(|store| secrets.get(store).to_owned()).into();
        assert_eq!(all.len(), 5);
        assert!(all.iter().all(|secret| !format!("{secrets:?}").contains(secret)));
    }
}
