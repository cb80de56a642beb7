//! What the supervision needs of an adapter; five stand behind it.

use std::time::Duration;

use greenroom_domain::StoreKind;
use greenroom_domain::health::Probe;
use greenroom_domain::profile::Profile;

use crate::error::Error;

pub(crate) trait Adapter: Clone + Send + Sync + 'static {
    const KIND: StoreKind;

    fn open(
        profile: &Profile,
        secret: Option<&str>,
        limit: Duration,
    ) -> impl Future<Output = Result<Self, Error>> + Send;

    fn ask(&self, limit: Duration) -> impl Future<Output = Result<Probe, Error>> + Send;

    fn end(self) -> impl Future<Output = ()> + Send;

    /// Where it is, without credentials, and whether the connection is encrypted.
    fn place(profile: &Profile) -> (String, bool);
}

macro_rules! adapter {
    ($adapter:ty, $kind:ident, $part:ident, $place:expr) => {
        impl Adapter for $adapter {
            const KIND: StoreKind = StoreKind::$kind;

            async fn open(profile: &Profile, secret: Option<&str>, limit: Duration) -> Result<Self, Error> {
                Ok(Box::pin(<$adapter>::connect(&profile.$part, secret, limit)).await?)
            }

            async fn ask(&self, limit: Duration) -> Result<Probe, Error> {
                Ok(Box::pin(self.probe(limit)).await?)
            }

            async fn end(self) {
                self.close().await;
            }

            fn place(profile: &Profile) -> (String, bool) {
                let place: fn(&Profile) -> (String, bool) = $place;
                place(profile)
            }
        }
    };
}

adapter!(greenroom_store_postgres::Postgres, Postgres, postgres, |profile| {
    (profile.postgres.addresses.join(", "), profile.postgres.tls.enabled)
});
adapter!(greenroom_store_redis::Redis, Redis, redis, |profile| {
    (profile.redis.addresses.join(", "), profile.redis.tls.enabled)
});
adapter!(greenroom_store_mongo::Mongo, Mongodb, mongodb, |profile| {
    (profile.mongodb.addresses.join(", "), profile.mongodb.tls.enabled)
});
adapter!(greenroom_store_s3::S3, S3, s3, |profile| {
    (profile.s3.endpoint.clone(), profile.s3.endpoint.starts_with("https://"))
});
adapter!(greenroom_store_etcd::Etcd, Etcd, etcd, |profile| {
    (profile.etcd.endpoints.join(", "), profile.etcd.tls.enabled)
});
