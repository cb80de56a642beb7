//! The local stack as its clients see it: every door has a lock, the right key opens it, and data outlives a restart.

use std::time::Duration;

use greenroom_domain::{ErrorCode, StoreKind};
use greenroom_local_stack::testing::{self, PrivateStack};
use greenroom_store_etcd::Etcd;
use greenroom_store_mongo::Mongo;
use greenroom_store_postgres::Postgres;
use greenroom_store_redis::Redis;
use greenroom_store_s3::S3;

const LIMIT: Duration = Duration::from_secs(10);

/// Connects to one store and asks it something; the error's code where it does not let us.
async fn enter(stack: &PrivateStack, store: StoreKind, secret: Option<&str>) -> Result<(), ErrorCode> {
    let profile = stack.profile();
    match store {
        StoreKind::Postgres => {
            let store = Postgres::connect(&profile.postgres, secret, LIMIT)
                .await
                .map_err(|error| error.code())?;
            match store.probe(LIMIT).await.map_err(|error| error.code()) {
                // We are in; nobody has laid the platform's tables yet.
                Ok(_) | Err(ErrorCode::StoreSchema) => Ok(()),
                Err(code) => Err(code),
            }
        }
        StoreKind::Redis => {
            let store = Redis::connect(&profile.redis, secret, LIMIT)
                .await
                .map_err(|error| error.code())?;
            store.probe(LIMIT).await.map(drop).map_err(|error| error.code())
        }
        StoreKind::Mongodb => {
            let store = Mongo::connect(&profile.mongodb, secret, LIMIT)
                .await
                .map_err(|error| error.code())?;
            store.probe(LIMIT).await.map(drop).map_err(|error| error.code())
        }
        StoreKind::S3 => {
            let store = S3::connect(&profile.s3, secret, LIMIT)
                .await
                .map_err(|error| error.code())?;
            store.probe(LIMIT).await.map(drop).map_err(|error| error.code())
        }
        StoreKind::Etcd => {
            let store = Etcd::connect(&profile.etcd, secret, LIMIT)
                .await
                .map_err(|error| error.code())?;
            store.probe(LIMIT).await.map(drop).map_err(|error| error.code())
        }
    }
}

#[tokio::test]
async fn every_server_opens_to_its_secret_and_to_no_other() {
    let stack = testing::private(&StoreKind::ALL).await;
    for store in StoreKind::ALL {
        assert_eq!(
            enter(&stack, store, Some(stack.secrets().get(store))).await,
            Ok(()),
            "{store} with its secret"
        );
        for wrong in ["", "wrong", &stack.secrets().get(store).to_uppercase()] {
            let refused = enter(&stack, store, Some(wrong)).await;
            assert_eq!(refused, Err(ErrorCode::StoreAuth), "{store} with {wrong:?}");
        }
        assert!(enter(&stack, store, None).await.is_err(), "{store} without a secret");
    }
}

#[tokio::test]
async fn every_server_lets_its_owner_in_again_after_being_killed_and_started() {
    let stack = testing::private(&StoreKind::ALL).await;
    for store in StoreKind::ALL {
        stack.kill(store);
        assert!(
            enter(&stack, store, Some(stack.secrets().get(store))).await.is_err(),
            "{store} is gone"
        );
        stack.start(store).await;
        assert_eq!(
            enter(&stack, store, Some(stack.secrets().get(store))).await,
            Ok(()),
            "{store} is back"
        );
    }
}
