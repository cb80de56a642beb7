//! Lists by keyset: every row exactly once, whatever the order, the page size and the filter; held against the same list made
//! in memory.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use greenroom_domain::filter::{Filter, Sort, Term};
use greenroom_domain::meeting::{Meeting, MeetingField, MeetingFilter, MeetingListRequest, MeetingSort};
use greenroom_domain::recording::{RecordingFilter, RecordingListRequest, RecordingSort};
use greenroom_domain::user::{UserFilter, UserListRequest, UserSort};
use greenroom_domain::{ErrorCode, MeetingId, PageRequest, UserId};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::Database;

pub(crate) fn people(after: Option<String>, limit: u32) -> UserListRequest {
    UserListRequest {
        filter: UserFilter::default(),
        sort: Sort {
            by: UserSort::Id,
            descending: false,
        },
        page: PageRequest { after, limit },
    }
}

pub(crate) fn meetings(
    filter: MeetingFilter,
    by: MeetingSort,
    descending: bool,
    page: PageRequest,
) -> MeetingListRequest {
    MeetingListRequest {
        filter,
        sort: Sort { by, descending },
        page,
    }
}

pub(crate) fn found(text: &str) -> MeetingFilter {
    Filter {
        search: Some(text.to_owned()),
        terms: Vec::new(),
    }
}

pub(crate) fn term(text: &str) -> MeetingFilter {
    Filter {
        search: None,
        terms: vec![text.parse().unwrap()],
    }
}

/// Every meeting of a list, page by page.
async fn walk(
    database: &Database,
    filter: &MeetingFilter,
    by: MeetingSort,
    descending: bool,
    limit: u32,
) -> Vec<Meeting> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = PageRequest { after, limit };
        let page = database
            .postgres
            .meeting_list(&meetings(filter.clone(), by, descending, page))
            .await
            .unwrap();
        assert!(page.items.len() <= limit as usize);
        all.extend(page.items);
        match page.next {
            Some(next) => after = Some(next),
            None => return all,
        }
        assert!(all.len() <= 1_000, "the walk does not end");
    }
}

/// 90 meetings: ties in `start_time`, `infinity` at both ends, NULL wherever it may stand.
async fn many_meetings() -> Database {
    let database = Database::migrated().await;
    database.add_people(7).await;
    database
        .run(
            "INSERT INTO meetings (id, title, description, creator_id, status, start_time, end_time, max_participants, \
               is_recording, created_at, updated_at, deleted_at) \
             SELECT i, 'Meeting ' || i, CASE WHEN i % 3 = 0 THEN 'about 100%' END, 1 + i % 7, \
               (ARRAY['ended', 'active', NULL, 'scheduled', 'ongoing'])[1 + i % 5], \
               CASE i % 30 WHEN 0 THEN timestamp 'infinity' WHEN 1 THEN timestamp '-infinity' \
                 ELSE timestamp '2024-05-01' + (i % 4) * interval '1 hour' END, \
               NULL, NULL, NULL, NULL, NULL, CASE WHEN i % 11 = 0 THEN now()::timestamp END \
             FROM generate_series(1, 90) AS i; \
             INSERT INTO meeting_participants (meeting_id, user_id, join_time) \
             SELECT i, 1 + (i + k) % 7, NULL FROM generate_series(1, 90) AS i, generate_series(0, 2) AS k WHERE i % 2 = 0; \
             INSERT INTO meeting_recordings (meeting_id, file_path) \
             SELECT i, 'recordings/' || i || '.mp4' FROM generate_series(1, 90) AS i WHERE i % 4 = 0",
        )
        .await;
    database
}

#[tokio::test]
async fn a_walk_visits_every_row_once_through_ties_infinities_and_nulls() {
    let database = many_meetings().await;
    let expected: BTreeSet<i64> = (1..=90).filter(|id| id % 11 != 0).collect();
    for by in [MeetingSort::Start, MeetingSort::Id] {
        for descending in [true, false] {
            for limit in [1, 7, 1_000] {
                let walked = walk(&database, &MeetingFilter::default(), by, descending, limit).await;
                let ids: Vec<i64> = walked.iter().map(|meeting| meeting.id.0).collect();
                assert_eq!(ids.len(), expected.len(), "{by:?} {descending} {limit}");
                assert_eq!(ids.iter().copied().collect::<BTreeSet<_>>(), expected);
                let mut sorted: Vec<(DateTime<Utc>, i64)> = match by {
                    MeetingSort::Start => walked
                        .iter()
                        .map(|meeting| (meeting.start_time, meeting.id.0))
                        .collect(),
                    MeetingSort::Id => ids.iter().map(|id| (DateTime::default(), *id)).collect(),
                };
                let walked_order = sorted.clone();
                sorted.sort_unstable();
                if descending {
                    sorted.reverse();
                }
                assert_eq!(walked_order, sorted, "{by:?} {descending} {limit}");
            }
        }
    }
}

/// What a filter should give, worked out from the whole list.
fn passes(meeting: &Meeting, terms: &[Term<MeetingField>]) -> bool {
    let id = meeting.id.0;
    let deleted_asked = terms.iter().any(|term| term.field == MeetingField::Deleted);
    (deleted_asked || meeting.deleted_at.is_none())
        && terms.iter().all(|term| {
            let holds = match term.field {
                MeetingField::Status => term.values.iter().any(|value| meeting.status.as_ref() == Some(value)),
                MeetingField::Creator => term.values.contains(&meeting.creator_id.to_string()),
                MeetingField::Recorded => (id % 4 == 0) == (term.values[0] == "yes"),
                MeetingField::Live => meeting.live == (term.values[0] == "yes"),
                MeetingField::Participant => {
                    id % 2 == 0 && (0..3).any(|k| term.values.contains(&(1 + (id + k) % 7).to_string()))
                }
                MeetingField::Deleted => meeting.deleted_at.is_some() == (term.values[0] == "yes"),
                MeetingField::Start => {
                    let hour: i64 = term.values[0][11..13].parse().unwrap();
                    match id % 30 {
                        0 => true,
                        1 => false,
                        _ => id % 4 >= hour,
                    }
                }
            };
            holds != term.negated
        })
}

fn any_term() -> impl Strategy<Value = Term<MeetingField>> {
    let flag = || prop_oneof![Just(vec!["yes".to_owned()]), Just(vec!["no".to_owned()])];
    let ids = || prop::collection::vec((1..9_i64).prop_map(|id| id.to_string()), 1..3);
    let words = prop::sample::subsequence(
        vec!["ended", "active", "scheduled", "ongoing", "nosuch", "x' OR '1'='1"],
        1..4,
    )
    .prop_map(|words| words.into_iter().map(str::to_owned).collect::<Vec<_>>());
    let values = prop_oneof![
        (Just(MeetingField::Status), words),
        (Just(MeetingField::Creator), ids()),
        (Just(MeetingField::Participant), ids()),
        (Just(MeetingField::Recorded), flag()),
        (Just(MeetingField::Live), flag()),
        (Just(MeetingField::Deleted), flag()),
        (
            Just(MeetingField::Start),
            (0..4).prop_map(|hour| vec![format!("2024-05-01T{hour:02}:00:00Z..")])
        ),
    ];
    (values, any::<bool>()).prop_map(|((field, values), negated)| Term { field, negated, values })
}

#[test]
fn any_filter_and_page_size_give_what_the_same_filter_gives_in_memory() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let database = runtime.block_on(many_meetings());
    let mut all = runtime.block_on(walk(
        &database,
        &MeetingFilter::default(),
        MeetingSort::Id,
        false,
        1_000,
    ));
    all.extend(runtime.block_on(walk(&database, &term("deleted=yes"), MeetingSort::Id, false, 1_000)));
    assert_eq!(all.len(), 90);
    let strategy = (
        prop::collection::vec(any_term(), 0..4),
        1..40_u32,
        any::<bool>(),
        any::<bool>(),
    );
    TestRunner::new(Config {
        failure_persistence: None,
        cases: 96,
        ..Config::default()
    })
    .run(&strategy, |(terms, limit, by_start, descending)| {
        let mut expected: Vec<i64> = all
            .iter()
            .filter(|meeting| passes(meeting, &terms))
            .map(|meeting| meeting.id.0)
            .collect();
        expected.sort_unstable();
        let filter = MeetingFilter { search: None, terms };
        let by = if by_start { MeetingSort::Start } else { MeetingSort::Id };
        let walked = runtime.block_on(walk(&database, &filter, by, descending, limit));
        let mut ids: Vec<i64> = walked.iter().map(|meeting| meeting.id.0).collect();
        ids.sort_unstable();
        prop_assert_eq!(&ids, &expected);
        let total = runtime.block_on(database.postgres.meeting_count(&filter)).unwrap();
        prop_assert_eq!(total.value.0, expected.len() as u64);
        prop_assert!(!total.estimated);
        Ok(())
    })
    .unwrap();
}

#[tokio::test]
async fn a_page_carries_names_and_counts_of_its_rows() {
    let database = many_meetings().await;
    let meeting = database.postgres.meeting_get(MeetingId(4)).await.unwrap();
    assert_eq!(meeting.creator_name.as_deref(), Some("Person 5"));
    assert_eq!((meeting.participant_count, meeting.recording_count), (3, 1));
    let listed = walk(&database, &term("creator=5"), MeetingSort::Start, true, 50).await;
    assert_eq!(listed.iter().find(|listed| listed.id.0 == 4), Some(&meeting));
    assert_eq!(
        database.postgres.meeting_get(MeetingId(91)).await.unwrap_err().code(),
        ErrorCode::NotFound
    );
}

#[tokio::test]
async fn a_list_can_be_entered_after_any_meeting() {
    let database = many_meetings().await;
    for (by, descending) in [
        (MeetingSort::Start, true),
        (MeetingSort::Start, false),
        (MeetingSort::Id, true),
    ] {
        let all = walk(&database, &MeetingFilter::default(), by, descending, 1_000).await;
        let after = greenroom_store_postgres::meetings::cursor_after(&all[40], Sort { by, descending });
        let page = PageRequest {
            after: Some(after),
            limit: 5,
        };
        let request = meetings(MeetingFilter::default(), by, descending, page);
        assert_eq!(
            database.postgres.meeting_list(&request).await.unwrap().items,
            all[41..46]
        );
    }
}

#[tokio::test]
async fn people_page_by_name_in_the_servers_own_order() {
    let database = Database::migrated().await;
    database.add_people(25).await;
    database.run("INSERT INTO users (username, email, password_hash) VALUES ('陈', 'chen@例.cn', 'x'), ('Ünal', 'u', 'x'), ('', '', 'x')").await;
    for by in [UserSort::Username, UserSort::Email] {
        for descending in [false, true] {
            let mut seen = Vec::new();
            let mut after = None;
            loop {
                let page = PageRequest { after, limit: 4 };
                let request = UserListRequest {
                    filter: UserFilter::default(),
                    sort: Sort { by, descending },
                    page,
                };
                let page = database.postgres.user_list(&request).await.unwrap();
                seen.extend(page.items.into_iter().map(|user| user.id.0));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            let (column, direction) = (
                if by == UserSort::Email { "email" } else { "username" },
                if descending { "DESC" } else { "ASC" },
            );
            let expected = database
                .ask(&format!(
                    "SELECT string_agg(id::text, ',' ORDER BY {column} {direction}) FROM users"
                ))
                .await;
            assert_eq!(
                seen.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
                expected
            );
        }
    }
}

#[tokio::test]
async fn a_tampered_cursor_is_refused_and_a_forged_one_reads_nothing_new() {
    let database = many_meetings().await;
    let first = meetings(
        MeetingFilter::default(),
        MeetingSort::Start,
        true,
        PageRequest::first(5),
    );
    let next = database.postgres.meeting_list(&first).await.unwrap().next.unwrap();
    let half = next[..next.len() / 2].to_owned();
    let people = database
        .postgres
        .user_list(&people(None, 2))
        .await
        .unwrap()
        .next
        .unwrap();
    for after in [half, people, "x".repeat(100_000), "' OR 1=1".to_owned(), String::new()] {
        let page = PageRequest {
            after: Some(after.clone()),
            limit: 5,
        };
        let failure = database
            .postgres
            .meeting_list(&meetings(MeetingFilter::default(), MeetingSort::Start, true, page))
            .await
            .unwrap_err();
        assert_eq!(failure.code(), ErrorCode::InvalidRequest, "{after:.40}");
    }
    let page = PageRequest {
        after: Some(next),
        limit: 5,
    };
    let other_order = meetings(MeetingFilter::default(), MeetingSort::Start, false, page);
    assert_eq!(
        database.postgres.meeting_list(&other_order).await.unwrap_err().code(),
        ErrorCode::InvalidRequest
    );
}

#[tokio::test]
async fn a_limit_beyond_the_bound_is_brought_into_it() {
    let database = Database::migrated().await;
    database.add_people(1_010).await;
    let page = database.postgres.user_list(&people(None, u32::MAX)).await.unwrap();
    assert_eq!(page.items.len(), 1_000);
    assert!(page.next.is_some());
    assert_eq!(
        database.postgres.user_list(&people(None, 0)).await.unwrap().items.len(),
        1
    );
}

#[tokio::test]
async fn a_search_takes_wildcards_literally_and_both_scripts() {
    let database = Database::migrated().await;
    database.add_people(1).await;
    database
        .run("INSERT INTO meetings (title, creator_id, start_time) VALUES ('50% off_a\\b', 1, now()), ('50x offya/b', 1, now()), ('周会 Weekly', 1, now())")
        .await;
    for (text, titles) in [
        ("50%", vec!["50% off_a\\b"]),
        ("_a\\", vec!["50% off_a\\b"]),
        ("WEEKLY", vec!["周会 Weekly"]),
        ("周会", vec!["周会 Weekly"]),
        ("' OR '1'='1", vec![]),
        ("; DROP TABLE meetings; --", vec![]),
    ] {
        let listed = walk(&database, &found(text), MeetingSort::Id, false, 10).await;
        assert_eq!(
            listed.iter().map(|meeting| meeting.title.as_str()).collect::<Vec<_>>(),
            titles,
            "{text}"
        );
        let quick = database.postgres.meeting_find(text, 5).await.unwrap();
        assert_eq!(quick.len(), titles.len(), "{text}");
    }
    for bad in ["a\0b".to_owned(), "x".repeat(513)] {
        let request = meetings(found(&bad), MeetingSort::Id, false, PageRequest::default());
        assert_eq!(
            database.postgres.meeting_list(&request).await.unwrap_err().code(),
            ErrorCode::InvalidRequest
        );
    }
    let nul = meetings(term("status=a\0b"), MeetingSort::Id, false, PageRequest::default());
    assert_eq!(
        database.postgres.meeting_list(&nul).await.unwrap_err().code(),
        ErrorCode::InvalidRequest
    );
}

#[tokio::test]
async fn a_count_beyond_the_bound_is_estimated_and_says_so() {
    let database = Database::migrated().await;
    database.add_people(1).await;
    database
        .run(
            "INSERT INTO meetings (title, creator_id, status, start_time) SELECT 'm', 1, CASE WHEN i <= 50 THEN 'live' ELSE 'ended' END, now() \
             FROM generate_series(1, 30000) AS i; ANALYZE meetings",
        )
        .await;
    let all = database
        .postgres
        .meeting_count(&MeetingFilter::default())
        .await
        .unwrap();
    assert!(all.estimated);
    assert!((20_000..40_000).contains(&all.value.0), "{all:?}");
    let live = database.postgres.meeting_count(&term("live=yes")).await.unwrap();
    assert_eq!((live.value.0, live.estimated), (50, false));
}

#[tokio::test]
async fn attendances_and_recordings_page_too() {
    let database = many_meetings().await;
    let mut attended = Vec::new();
    let mut after = None;
    loop {
        let page = database
            .postgres
            .user_meetings(UserId(3), &PageRequest { after, limit: 3 })
            .await
            .unwrap();
        attended.extend(page.items.iter().map(|attendance| attendance.meeting_id.0));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let unique: BTreeSet<i64> = attended.iter().copied().collect();
    let expected: BTreeSet<i64> = (1..=90_i64)
        .filter(|id| id % 2 == 0 && id % 11 != 0 && (0..3).any(|k| 1 + (id + k) % 7 == 3))
        .collect();
    assert_eq!((attended.len(), unique), (expected.len(), expected));
    let mut recordings = Vec::new();
    let mut after = None;
    loop {
        let request = RecordingListRequest {
            filter: RecordingFilter::default(),
            sort: Sort {
                by: RecordingSort::Id,
                descending: true,
            },
            page: PageRequest { after, limit: 5 },
        };
        let page = database.postgres.recording_list(&request).await.unwrap();
        recordings.extend(page.items);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(recordings.len(), 22);
    assert!(recordings.is_sorted_by(|one, next| one.id > next.id));
    assert!(recordings.iter().all(|recording| recording.meeting_title.is_some()));
    let search = RecordingFilter {
        search: Some("Meeting 8".to_owned()),
        terms: Vec::new(),
    };
    assert_eq!(database.postgres.recording_count(&search).await.unwrap().value.0, 4);
    let of_meeting = RecordingFilter {
        search: None,
        terms: vec!["meeting=4,8".parse().unwrap()],
    };
    assert_eq!(database.postgres.recording_count(&of_meeting).await.unwrap().value.0, 2);
}
