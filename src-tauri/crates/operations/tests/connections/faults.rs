//! One store frozen, killed or brought back, while the other four go on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use greenroom_domain::health::StoreState;
use greenroom_domain::{ApiError, ErrorCode, MeetingId, PageRequest, StoreKind};
use greenroom_local_stack::testing;
use greenroom_operations::secrets::Secrets;
use greenroom_operations::{Error, Stores, Timing};

/// Far longer than anything here takes, even on a busy machine.
const BOUND: Duration = Duration::from_secs(30);

fn quick() -> Timing {
    Timing {
        connect: Duration::from_secs(3),
        probe_every: Duration::from_millis(400),
        probe: Duration::from_secs(1),
        first_delay: Duration::from_millis(200),
        longest_delay: Duration::from_secs(1),
    }
}

/// It answers; an empty PostgreSQL with a warning.
async fn is_up(stores: &Stores, store: StoreKind) {
    is(stores, store, &[StoreState::Up, StoreState::Degraded]).await;
}

async fn is_down(stores: &Stores, store: StoreKind) {
    is(stores, store, &[StoreState::Down]).await;
}

async fn is(stores: &Stores, store: StoreKind, states: &[StoreState]) {
    let came = stores
        .wait_for(BOUND, |health| {
            health.of(store).is_some_and(|own| states.contains(&own.state))
        })
        .await;
    assert!(came, "{store} never was {states:?}: {:?}", stores.health().of(store));
}

/// One small read of a store.
async fn asked(stores: &Stores, store: StoreKind) -> Result<(), Error> {
    let limit = Duration::from_secs(5);
    match store {
        StoreKind::Postgres => match stores.postgres().await?.probe(limit).await {
            // Nobody has migrated it.
            Err(error) if error.code() == ErrorCode::StoreSchema => {}
            answer => answer.map(|_| ())?,
        },
        StoreKind::Redis => greenroom_store_redis::queue::notifications_length(&stores.redis().await?)
            .await
            .map(|_| ())?,
        StoreKind::Mongodb => {
            let page = PageRequest::first(1);
            greenroom_store_mongo::chat::of_meeting(&stores.mongo().await?, MeetingId(1), &page)
                .await
                .map(|_| ())?;
        }
        StoreKind::S3 => greenroom_store_s3::objects::list(&stores.s3().await?, "", 1, None)
            .await
            .map(|_| ())?,
        StoreKind::Etcd => greenroom_store_etcd::keys::get(&stores.etcd().await?, "/none")
            .await
            .map(|_| ())?,
    }
    Ok(())
}

async fn open(stack: &testing::PrivateStack) -> Arc<Stores> {
    let secrets = StoreKind::ALL.into_iter().fold(Secrets::none(), |all, store| {
        all.with(store, stack.secrets().get(store))
    });
    let stores = Stores::open_with(stack.profile().clone(), &secrets, quick());
    assert!(stores.wait_settled(BOUND).await, "{:?}", stores.health());
    stores
}

#[tokio::test]
async fn a_frozen_store_is_told_as_down_and_the_others_answer_as_ever_and_it_comes_back() {
    let stack = testing::private(&StoreKind::ALL).await;
    let stores = open(&stack).await;
    for store in StoreKind::ALL {
        is_up(&stores, store).await;
    }
    for frozen in StoreKind::ALL {
        stack.freeze(frozen);
        let begun = Instant::now();
        is_down(&stores, frozen).await;
        // One probe's interval, its deadline, and room for a busy machine.
        assert!(
            begun.elapsed() < Duration::from_secs(6),
            "{frozen} took {:?}",
            begun.elapsed()
        );

        let error = asked(&stores, frozen).await.unwrap_err();
        assert_eq!((error.code(), error.store()), (ErrorCode::StoreDown, Some(frozen)));
        let told = ApiError::from(error);
        let health = stores.health();
        let problem = health.of(frozen).unwrap().problem.clone().unwrap();
        assert_eq!(problem.code, ErrorCode::StoreTimeout, "{problem:?}");
        assert_eq!(
            told.diagnostic_id, problem.diagnostic_id,
            "one failure, one entry in the log"
        );
        assert!(told.retryable);

        for other in StoreKind::ALL.into_iter().filter(|other| *other != frozen) {
            let begun = Instant::now();
            asked(&stores, other)
                .await
                .unwrap_or_else(|error| panic!("{frozen} is frozen and {other} fails: {error}"));
            assert!(
                begun.elapsed() < Duration::from_secs(2),
                "{frozen} is frozen and {other} took {:?}",
                begun.elapsed()
            );
            assert_ne!(stores.health().of(other).unwrap().state, StoreState::Down);
        }

        stack.thaw(frozen);
        is_up(&stores, frozen).await;
        asked(&stores, frozen).await.unwrap();
    }
    stores.close().await;
}

#[tokio::test]
async fn a_killed_store_is_told_as_down_and_taken_up_again_when_it_is_back() {
    let stack = testing::private(&StoreKind::ALL).await;
    let stores = open(&stack).await;
    for killed in StoreKind::ALL {
        is_up(&stores, killed).await;
        let before = stores.health().of(killed).unwrap().since;
        stack.kill(killed);
        is_down(&stores, killed).await;
        assert_eq!(asked(&stores, killed).await.unwrap_err().code(), ErrorCode::StoreDown);
        stack.start(killed).await;
        is_up(&stores, killed).await;
        asked(&stores, killed).await.unwrap();
        assert!(stores.health().of(killed).unwrap().since > before);
    }
    stores.close().await;
}

#[tokio::test]
async fn a_failing_call_has_its_store_probed_at_once() {
    let stack = testing::private(&[StoreKind::Redis]).await;
    let secrets = Secrets::none().with(StoreKind::Redis, stack.secrets().get(StoreKind::Redis));
    // Left alone, nobody would ask for an hour.
    let timing = Timing {
        probe_every: Duration::from_secs(3_600),
        ..quick()
    };
    let stores = Stores::open_with(stack.profile().clone(), &secrets, timing);
    is_up(&stores, StoreKind::Redis).await;
    stack.kill(StoreKind::Redis);
    let failed = asked(&stores, StoreKind::Redis).await;
    let failed = stores.noticing(failed).unwrap_err();
    assert!(failed.speaks_against_the_connection(), "{failed:?}");
    is_down(&stores, StoreKind::Redis).await;
    stores.close().await;
}

#[tokio::test]
async fn a_retry_on_request_does_not_wait_for_its_turn() {
    let stack = testing::private(&[StoreKind::Etcd]).await;
    let secrets = Secrets::none().with(StoreKind::Etcd, stack.secrets().get(StoreKind::Etcd));
    stack.kill(StoreKind::Etcd);
    let hour = Duration::from_secs(3_600);
    let timing = Timing {
        first_delay: hour,
        longest_delay: hour,
        ..quick()
    };
    let stores = Stores::open_with(stack.profile().clone(), &secrets, timing);
    is_down(&stores, StoreKind::Etcd).await;
    stack.start(StoreKind::Etcd).await;
    stores.retry(StoreKind::Etcd);
    is_up(&stores, StoreKind::Etcd).await;
    stores.close().await;
}
