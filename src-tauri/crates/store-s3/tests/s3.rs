//! The adapter against a real S3: listings, ranges, parts, and what is missing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, and says where"
)]

use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use greenroom_domain::access::WritePermit;
use greenroom_domain::{ErrorCode, Outcome, StoreKind};
use greenroom_local_stack::testing;
use greenroom_store_s3::{Error, S3, buckets, objects};

const LIMIT: Duration = Duration::from_secs(5);

async fn own() -> S3 {
    let (profile, secrets) = testing::shared().await.namespace().await;
    S3::connect(&profile.s3, Some(secrets.get(StoreKind::S3)), LIMIT)
        .await
        .unwrap()
}

/// A bucket of 20,000 keys. It outlives the test, since filling it takes most of a minute; whoever finds it incomplete fills it.
async fn of_20000(key: impl Fn(usize) -> String) -> S3 {
    let (profile, secrets) = testing::shared().await.namespace().await;
    let mut profile = profile.s3;
    profile.bucket = "listing-of-20000".to_owned();
    let s3 = S3::connect(&profile, Some(secrets.get(StoreKind::S3)), LIMIT)
        .await
        .unwrap();
    let permit = WritePermit::issue();
    buckets::create(&s3, &permit).await.unwrap();
    if objects::head(&s3, "recordingz").await.is_err() {
        let objects = (0..20_000)
            .map(|number| (key(number), Bytes::from_static(b"x")))
            .collect();
        assert_eq!(objects::put_many(&s3, &permit, objects).await.unwrap(), 20_000);
        // Outside the prefix, before and after it; the last one put says that all are there.
        objects::put(&s3, &permit, "recording", "x").await.unwrap();
        objects::put(&s3, &permit, "recordingz", "x").await.unwrap();
    }
    s3
}

#[tokio::test]
async fn a_listing_of_20000_keys_comes_in_pages_and_misses_none() {
    let key = |number: usize| format!("recordings/meeting_{number:05}.log");
    let s3 = of_20000(key).await;

    let (mut after, mut seen, mut pages) = (None, Vec::new(), 0);
    loop {
        let page = objects::list(&s3, "recordings/", 5_000, after.as_deref())
            .await
            .unwrap();
        assert!(page.objects.len() <= 1_000, "whatever was asked for");
        pages += 1;
        seen.extend(page.objects.into_iter().map(|object| object.key));
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert!(pages >= 20);
    assert!(seen.iter().cloned().eq((0..20_000).map(key)));
    let few = objects::list(&s3, "recordings/meeting_1999", 3, None).await.unwrap();
    assert_eq!(
        (few.objects.len(), few.next.as_deref()),
        (3, Some("recordings/meeting_19992.log"))
    );
}

#[tokio::test]
async fn a_range_is_that_range_and_knows_the_whole() {
    let s3 = own().await;
    let body: Vec<u8> = (0..100_000_u32).map(|n| (n % 251) as u8).collect();
    objects::put(&s3, &WritePermit::issue(), "a.mp4", body.clone())
        .await
        .unwrap();
    let head = objects::head(&s3, "a.mp4").await.unwrap();
    assert_eq!(
        (head.size_bytes.0, head.content_type.as_deref()),
        (100_000, Some("video/mp4"))
    );

    for (from, to) in [
        (0, Some(0)),
        (5, Some(9)),
        (99_999, None),
        (0, None),
        (50_000, Some(1_000_000)),
    ] {
        let object = objects::get_range(&s3, "a.mp4", from, to).await.unwrap();
        assert_eq!(object.total_bytes, 100_000);
        let announced = object.size_bytes;
        let got: Vec<Bytes> = object.try_collect().await.unwrap();
        let end = to.map_or(body.len(), |to| body.len().min(usize::try_from(to).unwrap() + 1));
        assert_eq!(
            got.concat(),
            body[usize::try_from(from).unwrap()..end],
            "{from}..={to:?}"
        );
        assert_eq!(announced, got.concat().len() as u64);
    }
    let Err(beyond) = objects::get_range(&s3, "a.mp4", 100_000, None).await else {
        panic!("nothing is there")
    };
    assert_eq!(beyond.code(), ErrorCode::InvalidRequest, "{beyond:?}");
}

#[tokio::test]
async fn an_object_that_is_missing_is_not_one_that_is_forbidden() {
    let s3 = own().await;
    assert!(matches!(
        objects::head(&s3, "no/such/录像.mp4").await,
        Err(Error::Missing { .. })
    ));
    assert!(matches!(
        objects::get_range(&s3, "no", 0, None).await,
        Err(Error::Missing { .. })
    ));
    let long = "x".repeat(512);
    assert!(matches!(objects::head(&s3, &long).await, Err(Error::Missing { .. })));
}

#[tokio::test]
async fn a_small_read_of_a_large_object_is_refused_before_it_is_read() {
    let s3 = own().await;
    objects::put(&s3, &WritePermit::issue(), "media/avatars/user_1.jpg", vec![7; 4_096])
        .await
        .unwrap();
    assert_eq!(
        objects::get_small(&s3, "media/avatars/user_1.jpg", 4_096)
            .await
            .unwrap()
            .len(),
        4_096
    );
    let refused = objects::get_small(&s3, "media/avatars/user_1.jpg", 4_095)
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::TooLarge { limit: 4_095, .. }));
}

#[tokio::test]
async fn a_large_file_goes_in_parts_and_comes_back_whole() {
    let s3 = own().await;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let piece: Vec<u8> = (0..1_048_576_u32).map(|n| (n % 253) as u8).collect();
    for _ in 0..35 {
        file.write_all(&piece).unwrap();
    }
    file.flush().unwrap();
    let size = objects::put_file(&s3, &WritePermit::issue(), "big.webm", file.path())
        .await
        .unwrap();
    assert_eq!(size, 35 << 20);
    let mut object = objects::get_range(&s3, "big.webm", 0, None).await.unwrap();
    let mut read = 0_usize;
    while let Some(bytes) = object.next().await {
        for (place, byte) in bytes.unwrap().iter().enumerate() {
            assert_eq!(*byte, piece[(read + place) % piece.len()]);
        }
        read = usize::try_from(object.size_bytes).unwrap().min(read + 1);
        if read > 0 {
            break;
        }
    }
    let tail: Vec<Bytes> = objects::get_range(&s3, "big.webm", (35 << 20) - 10, None)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(tail.concat(), piece[piece.len() - 10..]);
}

#[tokio::test]
async fn a_reader_that_stops_early_frees_its_connection() {
    let s3 = own().await;
    objects::put(&s3, &WritePermit::issue(), "long.mp4", vec![1; 8 << 20])
        .await
        .unwrap();
    for _ in 0..50 {
        let mut object = objects::get_range(&s3, "long.mp4", 0, None).await.unwrap();
        assert!(object.next().await.unwrap().is_ok());
    }
    assert!(objects::head(&s3, "long.mp4").await.is_ok());
}

#[tokio::test]
async fn a_bucket_that_does_not_exist_is_a_warning_until_it_is_made() {
    let (profile, secrets) = testing::shared().await.namespace().await;
    let mut profile = profile.s3;
    profile.bucket = format!("{}-missing", profile.bucket);
    let s3 = S3::connect(&profile, Some(secrets.get(StoreKind::S3)), LIMIT)
        .await
        .unwrap();
    assert!(
        s3.probe(LIMIT)
            .await
            .unwrap()
            .warning
            .unwrap()
            .contains("does not exist")
    );
    let error = objects::list(&s3, "", 1, None).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::StoreSchema);
    assert!(buckets::create(&s3, &WritePermit::issue()).await.unwrap());
    assert!(
        !buckets::create(&s3, &WritePermit::issue()).await.unwrap(),
        "it is there already"
    );
    let probe = s3.probe(LIMIT).await.unwrap();
    assert_eq!((probe.warning, probe.role.as_deref()), (None, Some("bucket")));
}

#[tokio::test]
async fn wrong_keys_are_an_authentication_failure_and_write_nothing() {
    let (profile, secrets) = testing::shared().await.namespace().await;
    let error = S3::connect(&profile.s3, Some("not the key"), LIMIT).await.unwrap_err();
    assert_eq!(
        (error.code(), error.outcome()),
        (ErrorCode::StoreAuth, Outcome::NotDone),
        "{error:?}"
    );
    let mut stranger = profile.s3.clone();
    stranger.access_key_id = "NOBODY".to_owned();
    let error = S3::connect(&stranger, Some(secrets.get(StoreKind::S3)), LIMIT)
        .await
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::StoreAuth, "{error:?}");
}
