//! Rows nobody expected: NULL, `infinity`, years before Christ, emoji, right-to-left text, 512-character paths. None breaks a list.

use greenroom_domain::meeting::{MeetingFilter, MeetingSort};
use greenroom_domain::{MeetingId, PageRequest, RecordingId, UserId};

use crate::paging::{meetings, people};
use crate::support::Database;

#[tokio::test]
async fn moments_outside_the_calendar_never_break_a_row() {
    let database = Database::migrated().await;
    database
        .run(
            "INSERT INTO users (username, email, password_hash, created_at, updated_at, deleted_at) \
             VALUES ('a', 'a', 'x', 'infinity', '-infinity', NULL), ('b', 'b', 'x', '0044-03-15 BC', '290000-01-01', NULL), \
               ('c', 'c', 'x', NULL, NULL, NULL); \
             INSERT INTO meetings (title, creator_id, start_time, end_time) \
             VALUES ('x', 1, '290000-01-01', 'infinity'), ('y', 1, '4000-01-01 BC', '-infinity')",
        )
        .await;
    let users = database.postgres.user_list(&people(None, 10)).await.unwrap().items;
    assert_eq!(users.len(), 3);
    assert!(
        users
            .iter()
            .all(|user| user.created_at.is_none() && user.updated_at.is_none())
    );
    let request = meetings(
        MeetingFilter::default(),
        MeetingSort::Start,
        true,
        PageRequest::default(),
    );
    let listed = database.postgres.meeting_list(&request).await.unwrap().items;
    assert_eq!(listed[0].start_time.to_rfc3339(), "9999-12-31T23:59:59.999999+00:00");
    assert_eq!(listed[1].start_time.to_rfc3339(), "0001-01-01T00:00:00+00:00");
    assert!(listed.iter().all(|meeting| meeting.end_time.is_none()));
    serde_json::to_string(&listed).unwrap();
}

#[tokio::test]
async fn text_of_every_kind_comes_back_as_it_went_in() {
    let database = Database::migrated().await;
    let name = "👩‍👩‍👧 שלום \u{202e}abc\u{202c} 张伟 \u{1}\u{7f}";
    let path = format!("recordings/meeting_1/{}.mp4", "深".repeat(512 - 25));
    assert_eq!(path.chars().count(), 512);
    database
        .run(&format!(
            "INSERT INTO users (username, email, password_hash, full_name, status) VALUES ('u', 'u', 'x', '{name}', NULL); \
             INSERT INTO meetings (title, creator_id, start_time) VALUES ('{name}', 1, now()); \
             INSERT INTO meeting_recordings (meeting_id, file_path, file_size, duration, status) VALUES (1, '{path}', -5, -1, NULL)"
        ))
        .await;
    let user = database.postgres.user_get(UserId(1)).await.unwrap();
    assert_eq!(user.full_name.as_deref(), Some(name));
    assert_eq!(user.status, None);
    assert_eq!(
        database
            .postgres
            .meeting_get(MeetingId(1))
            .await
            .unwrap()
            .creator_name
            .as_deref(),
        Some(name)
    );
    let recording = database.postgres.recording_get(RecordingId(1)).await.unwrap();
    assert_eq!(
        (recording.file_path, recording.size_bytes, recording.duration_s),
        (path, None, Some(-1))
    );
    assert_eq!(recording.meeting_title.as_deref(), Some(name));
    assert_eq!(database.postgres.user_find("👩‍👩‍👧", 5).await.unwrap().len(), 1);
    assert_eq!(database.postgres.user_find("שלום", 5).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_description_beyond_bounds_is_cut_in_lists_and_whole_on_its_page() {
    let database = Database::migrated().await;
    database.add_people(1).await;
    database
        .run("INSERT INTO meetings (title, description, creator_id, start_time) VALUES ('long', repeat('长', 100000), 1, now())")
        .await;
    let request = meetings(MeetingFilter::default(), MeetingSort::Id, true, PageRequest::default());
    let listed = database.postgres.meeting_list(&request).await.unwrap().items;
    assert_eq!(listed[0].description.as_ref().unwrap().chars().count(), 2_001);
    let whole = database.postgres.meeting_get(MeetingId(1)).await.unwrap();
    assert_eq!(whole.description.unwrap().chars().count(), 100_000);
}

#[tokio::test]
async fn a_deployment_with_columns_of_its_own_widths_is_read_all_the_same() {
    let database = Database::migrated().await;
    database.add_people(2).await;
    database
        .run(
            "ALTER TABLE meetings ALTER COLUMN title TYPE text, ALTER COLUMN max_participants TYPE bigint, \
               ALTER COLUMN start_time TYPE timestamptz, ADD COLUMN creator_name text DEFAULT 'not ours', \
               ADD COLUMN participant_count int DEFAULT 99; \
             INSERT INTO meetings (title, creator_id, start_time, max_participants) VALUES ('m', 1, now(), 9000000000)",
        )
        .await;
    let meeting = database.postgres.meeting_get(MeetingId(1)).await.unwrap();
    assert_eq!(
        (meeting.creator_name.as_deref(), meeting.participant_count),
        (Some("Person 1"), 0)
    );
    assert_eq!(meeting.max_participants, Some(i32::MAX));
}

#[tokio::test]
async fn the_parts_of_a_meeting_come_with_names_and_presence() {
    let database = Database::migrated().await;
    database.add_people(3).await;
    database
        .run(
            "INSERT INTO meetings (title, creator_id, status, start_time) VALUES ('m', 1, 'active', now()), ('n', 1, 'ended', now()); \
             INSERT INTO meeting_participants (meeting_id, user_id, join_time, leave_time, is_muted, is_video_on) \
             VALUES (1, 1, '2024-01-01 10:00', NULL, NULL, NULL), (1, 2, '2024-01-01 10:05', '2024-01-01 10:30', true, false), (1, 3, NULL, NULL, false, true); \
             INSERT INTO media_streams (meeting_id, participant_id, stream_type, bitrate) VALUES (1, 2, 'video', 2000000), (1, 1, NULL, NULL)",
        )
        .await;
    let participants = database.postgres.participants(MeetingId(1)).await.unwrap();
    assert!(!participants.truncated);
    assert_eq!(
        participants
            .items
            .iter()
            .map(|part| part.username.as_str())
            .collect::<Vec<_>>(),
        ["user1", "user2", "user3"]
    );
    assert!(participants.items[0].is_video_on && !participants.items[0].is_muted);
    let streams = database.postgres.streams(MeetingId(1)).await.unwrap().items;
    assert_eq!(streams[0].participant_name.as_deref(), Some("Person 2"));
    assert_eq!(streams[0].bitrate_bps, Some(2_000_000));
    let live = database.postgres.meeting_live(50).await.unwrap();
    assert_eq!(live.iter().map(|meeting| meeting.id.0).collect::<Vec<_>>(), [1]);
    let presence = database.postgres.presence(&[MeetingId(1), MeetingId(2)]).await.unwrap();
    assert_eq!(presence.len(), 1);
    assert_eq!(presence[0].present, 1);
    assert_eq!(
        presence[0].steps.iter().map(|step| step.present).collect::<Vec<_>>(),
        [1, 2, 1]
    );
    assert!(database.postgres.permissions(UserId(1)).await.unwrap().items.is_empty());
}
