//! One meeting over five stores, the running ones, the palette and the figures; and what is left of each when a store is not there.

use std::time::Duration;

use greenroom_domain::filter::Sort;
use greenroom_domain::meeting::{Meeting, MeetingFilter, MeetingListRequest, MeetingSort};
use greenroom_domain::overview::{FigureKind, OverviewSpan};
use greenroom_domain::profile::Profile;
use greenroom_domain::user::User;
use greenroom_domain::{ErrorCode, MeetingId, PageRequest, StoreKind, UserId};
use greenroom_operations::{Stores, meetings, overview, people, recordings, search};

use crate::support::{Deployment, editor};

const MEETING: MeetingId = MeetingId(1);

/// One running meeting with two people, one of whom has left, a recording and nothing in the other stores.
async fn small() -> Deployment {
    let deployment = Deployment::with_people(3).await;
    deployment
        .run(
            "INSERT INTO meetings (title, creator_id, status, start_time) VALUES ('周会 Weekly', 1, 'active', timezone('UTC', now())); \
             INSERT INTO meeting_participants (meeting_id, user_id, join_time, leave_time) \
             VALUES (1, 1, timezone('UTC', now()), NULL), (1, 2, '2024-01-01 10:00', '2024-01-01 10:30'); \
             INSERT INTO meeting_recordings (meeting_id, file_path, file_size, created_at) \
             VALUES (1, 'recordings/meeting_1/recording_20240101_120000.mp4', 1000, timezone('UTC', now()))",
        )
        .await;
    deployment
}

/// The same deployment with some stores' addresses leading nowhere.
async fn without(deployment: &Deployment, stores: &[StoreKind]) -> std::sync::Arc<Stores> {
    let nowhere = vec!["127.0.0.1:1".to_owned()];
    let mut profile: Profile = deployment.profile.clone();
    for store in stores {
        match store {
            StoreKind::Postgres => profile.postgres.addresses.clone_from(&nowhere),
            StoreKind::Redis => profile.redis.addresses.clone_from(&nowhere),
            StoreKind::Mongodb => profile.mongodb.addresses.clone_from(&nowhere),
            StoreKind::S3 => profile.s3.endpoint = "http://127.0.0.1:1".to_owned(),
            StoreKind::Etcd => profile.etcd.endpoints.clone_from(&nowhere),
        }
    }
    let stores = Stores::open(profile, &deployment.secrets);
    assert!(stores.wait_settled(Duration::from_secs(20)).await);
    stores
}

#[tokio::test]
async fn every_part_of_a_meeting_answers_even_where_a_store_has_nothing_for_it() {
    let deployment = small().await;
    let (stores, caller) = (&deployment.stores, &editor());
    assert_eq!(
        meetings::get(stores, caller, MEETING).await.unwrap().participant_count,
        2
    );
    assert_eq!(
        meetings::participants(stores, caller, MEETING)
            .await
            .unwrap()
            .items
            .len(),
        2
    );
    assert!(
        meetings::streams(stores, caller, MEETING)
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert_eq!(
        meetings::recordings(stores, caller, MEETING).await.unwrap().items.len(),
        1
    );
    assert_eq!(meetings::room(stores, caller, MEETING).await.unwrap().room, None);
    assert!(
        meetings::chat(stores, caller, MEETING, PageRequest::default())
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert!(
        meetings::ai_results(stores, caller, MEETING)
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert!(
        meetings::analysis(stores, caller, MEETING)
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert!(
        meetings::documents(stores, caller, MEETING)
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert!(meetings::logs(stores, caller, MEETING).await.unwrap().items.is_empty());
    assert!(
        people::sessions(stores, caller, UserId(1))
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert_eq!(people::avatar_key(stores, caller, UserId(1)).await.unwrap(), None);
    assert_eq!(
        people::meetings(stores, caller, UserId(2), PageRequest::default())
            .await
            .unwrap()
            .items
            .len(),
        1
    );
}

#[tokio::test]
async fn a_store_that_is_down_takes_only_its_own_parts_with_it() {
    let deployment = small().await;
    let caller = &editor();
    let stores = &without(
        &deployment,
        &[StoreKind::Redis, StoreKind::Mongodb, StoreKind::S3, StoreKind::Etcd],
    )
    .await;
    assert_eq!(meetings::get(stores, caller, MEETING).await.unwrap().id, MEETING);
    let live = meetings::live(stores, caller).await.unwrap();
    assert_eq!(
        (
            live.items.len(),
            live.items[0].present,
            live.items[0].in_room,
            live.rooms_known
        ),
        (1, 1, None, false)
    );
    for failure in [
        meetings::room(stores, caller, MEETING).await.unwrap_err(),
        meetings::chat(stores, caller, MEETING, PageRequest::default())
            .await
            .unwrap_err(),
        meetings::documents(stores, caller, MEETING).await.unwrap_err(),
        people::sessions(stores, caller, UserId(1)).await.unwrap_err(),
    ] {
        assert_eq!(failure.code(), ErrorCode::StoreDown);
    }
    let figures = overview::get(stores, caller, OverviewSpan::Today).await.unwrap();
    assert!(figures.queue_problem.is_some());
    for figure in &figures.figures {
        let of_postgres = matches!(figure.kind, FigureKind::Meetings | FigureKind::Recordings);
        assert_eq!(figure.value.is_some(), of_postgres, "{:?}", figure.kind);
        assert_eq!(figure.problem.is_none(), of_postgres, "{:?}", figure.kind);
    }
    let stores = &without(&deployment, &[StoreKind::Postgres]).await;
    assert_eq!(
        meetings::get(stores, caller, MEETING).await.unwrap_err().code(),
        ErrorCode::StoreDown
    );
    let found = search::search(stores, caller, "user".to_owned()).await.unwrap();
    assert_eq!(found.problems[0].code, ErrorCode::StoreDown);
    assert!(meetings::logs(stores, caller, MEETING).await.unwrap().items.is_empty());
    assert!(meetings::room(stores, caller, MEETING).await.unwrap().room.is_none());
    assert!(
        meetings::chat(stores, caller, MEETING, PageRequest::default())
            .await
            .unwrap()
            .items
            .is_empty()
    );
}

#[tokio::test]
async fn the_palette_finds_ids_first_and_names_in_both_scripts() {
    let deployment = small().await;
    let (stores, caller) = (&deployment.stores, &editor());
    let find = async |text: &str| search::search(stores, caller, text.to_owned()).await.unwrap();
    let found = find("2").await;
    let names: Vec<&str> = found.users.iter().map(|user: &User| user.username.as_str()).collect();
    assert_eq!(names[0], "user2");
    assert_eq!(names.iter().filter(|name| **name == "user2").count(), 1);
    let found = find("#1").await;
    assert_eq!(
        (found.users[0].id, found.meetings[0].id, found.recordings[0].id.0),
        (UserId(1), MEETING, 1)
    );
    let found = find("周会").await;
    assert_eq!(
        found
            .meetings
            .iter()
            .map(|meeting: &Meeting| meeting.id)
            .collect::<Vec<_>>(),
        [MEETING]
    );
    assert_eq!(found.recordings.len(), 1, "a recording is found by its meeting's title");
    assert!(find("nobody is called this").await.users.is_empty());
    assert!(find("   ").await.users.is_empty());
    assert!(find("' OR 1=1 --").await.problems.is_empty());
    let failure = search::search(stores, caller, "a\0b".to_owned()).await.unwrap_err();
    assert_eq!(failure.code(), ErrorCode::InvalidRequest);
}

#[tokio::test]
async fn figures_count_what_is_there_and_sum_its_bytes() {
    let deployment = small().await;
    for span in [OverviewSpan::Today, OverviewSpan::Week, OverviewSpan::Month] {
        let found = overview::get(&deployment.stores, &editor(), span).await.unwrap();
        assert_eq!(found.figures.len(), 6);
        for figure in &found.figures {
            assert_eq!(figure.problem, None, "{:?}", figure.kind);
            assert!(!figure.at_least);
        }
        let meetings = &found.figures[0];
        assert_eq!((meetings.kind, meetings.value.unwrap().0), (FigureKind::Meetings, 1));
        assert_eq!(meetings.course.iter().sum::<u32>(), 1);
        let recordings = &found.figures[2];
        assert_eq!(
            (recordings.value.unwrap().0, recordings.size_bytes.unwrap().0),
            (1, 1_000)
        );
        assert_eq!(found.queue_length.unwrap().0, 0);
    }
}

#[tokio::test]
async fn lists_and_counts_go_through_with_their_filters() {
    let deployment = small().await;
    let (stores, caller) = (&deployment.stores, &editor());
    let request = |filter: MeetingFilter| MeetingListRequest {
        filter,
        sort: Sort {
            by: MeetingSort::Start,
            descending: true,
        },
        page: PageRequest::default(),
    };
    let live = MeetingFilter {
        search: None,
        terms: vec!["live=yes".parse().unwrap()],
    };
    assert_eq!(
        meetings::list(stores, caller, request(live.clone()))
            .await
            .unwrap()
            .items
            .len(),
        1
    );
    assert_eq!(meetings::count(stores, caller, live).await.unwrap().value.0, 1);
    assert_eq!(
        people::count(stores, caller, Default::default()).await.unwrap().value.0,
        3
    );
    assert_eq!(
        recordings::count(stores, caller, Default::default())
            .await
            .unwrap()
            .value
            .0,
        1
    );
    let bad = MeetingFilter {
        search: None,
        terms: vec!["start=yesterday".parse().unwrap()],
    };
    assert_eq!(
        meetings::list(stores, caller, request(bad)).await.unwrap_err().code(),
        ErrorCode::InvalidRequest
    );
}
