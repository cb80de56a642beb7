//! The adapter against a real etcd: ranges in pages, writes on a condition.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, and says where"
)]

use std::time::Duration;

use greenroom_domain::access::WritePermit;
use greenroom_domain::{ErrorCode, StoreKind};
use greenroom_local_stack::testing;
use greenroom_store_etcd::{Etcd, keys};

const LIMIT: Duration = Duration::from_secs(5);

async fn own() -> Etcd {
    let (profile, secrets) = testing::shared().await.namespace().await;
    Etcd::connect(&profile.etcd, Some(secrets.get(StoreKind::Etcd)), LIMIT)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_range_comes_in_pages_of_one_moment_and_stays_within_its_prefix() {
    let etcd = own().await;
    let permit = WritePermit::issue();
    let key = |number: usize| format!("{}/config/{number:04}", etcd.prefix());
    let entries: Vec<_> = (0..1_234)
        .map(|number| (key(number), format!("value {number}")))
        .collect();
    assert_eq!(keys::put_many(&etcd, &permit, &entries).await.unwrap(), 1_234);
    keys::put(&etcd, &permit, &format!("{}/configuration", etcd.prefix()), "outside")
        .await
        .unwrap();

    let prefix = format!("{}/config/", etcd.prefix());
    let first = keys::range(&etcd, &prefix, 500, None, None).await.unwrap();
    // Written in between: no page of that moment shows it.
    keys::put(&etcd, &permit, &key(9_999), "late").await.unwrap();
    let mut seen: Vec<String> = first.entries.iter().map(|entry| entry.key.clone()).collect();
    let mut next = first.next.clone();
    while let Some(after) = next {
        let page = keys::range(&etcd, &prefix, 500, Some(&after), Some(first.revision))
            .await
            .unwrap();
        seen.extend(page.entries.into_iter().map(|entry| entry.key));
        next = page.next;
    }
    assert!(seen.into_iter().eq((0..1_234).map(key)));
    assert_eq!(keys::delete_prefix(&etcd, &permit, &prefix).await.unwrap(), 1_235);
}

#[tokio::test]
async fn a_put_on_a_condition_takes_only_what_was_seen() {
    let etcd = own().await;
    let permit = WritePermit::issue();
    let key = format!("{}/config/port", etcd.prefix());
    assert_eq!(keys::get(&etcd, &key).await.unwrap(), None);
    let made = keys::put_if(&etcd, &permit, &key, "8080", 0).await.unwrap().unwrap();
    assert_eq!(
        keys::put_if(&etcd, &permit, &key, "9090", 0).await.unwrap(),
        None,
        "it exists by now"
    );
    let changed = keys::put_if(&etcd, &permit, &key, "9090", made).await.unwrap().unwrap();
    let entry = keys::get(&etcd, &key).await.unwrap().unwrap();
    assert_eq!(
        (
            entry.text().as_str(),
            entry.mod_revision,
            entry.create_revision,
            entry.version
        ),
        ("9090", changed, made, 2)
    );
    assert!(keys::delete(&etcd, &permit, &key).await.unwrap());
    assert!(!keys::delete(&etcd, &permit, &key).await.unwrap());
}

#[tokio::test]
async fn a_value_that_is_not_text_is_kept_as_it_is() {
    let etcd = own().await;
    let key = format!("{}/binary 键", etcd.prefix());
    keys::put(&etcd, &WritePermit::issue(), &key, vec![0xff, 0, 1])
        .await
        .unwrap();
    let entry = keys::get(&etcd, &key).await.unwrap().unwrap();
    assert_eq!((entry.value.as_slice(), entry.lease), (&[0xff, 0, 1][..], None));
}

#[tokio::test]
async fn a_probe_tells_version_part_and_size() {
    let probe = own().await.probe(LIMIT).await.unwrap();
    assert!(probe.version.unwrap().starts_with("3."));
    assert_eq!(probe.role.as_deref(), Some("standalone"));
    assert!(probe.holds_bytes.is_some() && probe.warning.is_none());
}

#[tokio::test]
async fn the_second_endpoint_serves_where_the_first_refuses() {
    let (profile, secrets) = testing::shared().await.namespace().await;
    let mut profile = profile.etcd;
    profile.endpoints.insert(0, "127.0.0.1:1".to_owned());
    let etcd = Etcd::connect(&profile, Some(secrets.get(StoreKind::Etcd)), LIMIT)
        .await
        .unwrap();
    assert!(etcd.probe(LIMIT).await.is_ok());
    let error = Etcd::connect(&profile, Some("wrong"), LIMIT).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::StoreAuth, "{error:?}");
}
