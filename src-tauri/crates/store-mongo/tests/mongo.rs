//! The adapter against a real server of MongoDB's protocol: odd documents, paging, figures.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, and says where"
)]

use std::time::Duration;

use chrono::TimeDelta;
use greenroom_domain::access::WritePermit;
use greenroom_domain::filter::Period;
use greenroom_domain::{ErrorCode, MeetingId, PageRequest, ParticipantId, StoreKind, Timestamp, UserId};
use greenroom_local_stack::testing;
use greenroom_store_mongo::ai_results::NewAiResult;
use greenroom_store_mongo::analysis::NewAnalysis;
use greenroom_store_mongo::chat::NewChatMessage;
use greenroom_store_mongo::logs::NewLogLine;
use greenroom_store_mongo::{Mongo, Span, ai_results, analysis, chat, import, indexes, logs};
use serde_json::json;

async fn own() -> Mongo {
    let (profile, secrets) = testing::shared().await.namespace().await;
    Mongo::connect(
        &profile.mongodb,
        Some(secrets.get(StoreKind::Mongodb)),
        Duration::from_secs(5),
    )
    .await
    .unwrap()
}

fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

fn line(meeting: i64, number: i64) -> NewChatMessage {
    NewChatMessage {
        meeting_id: MeetingId(meeting),
        sender_id: UserId(number),
        message: format!("line {number} 你好"),
        at: noon() + TimeDelta::seconds(number),
    }
}

#[tokio::test]
async fn chat_pages_hold_each_line_once_in_order() {
    let mongo = own().await;
    let lines: Vec<_> = (0..250).flat_map(|number| [line(1, number), line(2, number)]).collect();
    assert_eq!(
        chat::insert_many(&mongo, &WritePermit::issue(), &lines).await.unwrap(),
        500
    );
    let mut page = PageRequest::first(100);
    let (mut seen, mut sizes) = (Vec::new(), Vec::new());
    loop {
        let found = chat::of_meeting(&mongo, MeetingId(1), &page).await.unwrap();
        sizes.push(found.items.len());
        seen.extend(found.items.into_iter().map(|line| line.sender_id.unwrap().0));
        match found.next {
            Some(next) => page.after = Some(next),
            None => break,
        }
    }
    assert_eq!(sizes, [100, 100, 50]);
    assert_eq!(seen, (0..250).collect::<Vec<_>>());
    mongo.close().await;
}

#[tokio::test]
async fn a_cursor_that_is_not_ours_is_refused() {
    let mongo = own().await;
    for cursor in ["", "!!", "bm90IGJzb24", "../../x"] {
        let page = PageRequest {
            after: Some(cursor.to_owned()),
            limit: 10,
        };
        let error = chat::of_meeting(&mongo, MeetingId(1), &page).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidRequest, "{cursor}");
    }
    mongo.close().await;
}

#[tokio::test]
async fn a_document_that_is_not_what_it_should_be_is_shown_whole_and_fails_no_other() {
    let mongo = own().await;
    let permit = WritePermit::issue();
    let mut deep = json!("bottom");
    for _ in 0..60 {
        deep = json!({ "d": deep });
    }
    let documents = vec![
        json!({ "meeting_id": "456", "sender_id": "twelve", "message": "a text for a number", "timestamp": 1_763_640_000 }),
        json!({ "meeting_id": 456, "sender_id": "13", "message": { "rich": ["text"] }, "timestamp": "2026-11-20T12:00:00Z" }),
        json!({ "meeting_id": { "$numberLong": "456" }, "sender_id": 14.0, "message": "fine", "timestamp": 1_763_640_000_000_i64 }),
        json!({ "meeting_id": 456.0, "sender_id": 15, "message": "deep", "timestamp": true, "extra": deep,
                "huge": { "$numberLong": "9007199254740993" }, "nan": { "$numberDouble": "NaN" },
                "bin": { "$binary": { "base64": "AAEC", "subType": "00" } } }),
        json!({ "meeting_id": 456 }),
        json!({ "meeting_id": 4567, "sender_id": 1, "message": "another meeting" }),
    ];
    import::insert_many(&mongo, &permit, "chat_history", documents)
        .await
        .unwrap();
    let found = chat::of_meeting(&mongo, MeetingId(456), &PageRequest::default())
        .await
        .unwrap();
    let items = found.items;
    assert_eq!(items.len(), 5);
    let moment = Timestamp::from_timestamp(1_763_640_000, 0);
    assert_eq!((items[0].sender_id, items[0].timestamp), (None, moment));
    assert_eq!(items[0].undecoded.as_ref().unwrap().0["sender_id"], "twelve");
    assert_eq!(
        (items[1].sender_id, items[1].timestamp),
        (Some(UserId(13)), Some(noon()))
    );
    assert_eq!(items[1].message, r#"{"rich":["text"]}"#);
    assert!(items[1].undecoded.is_some());
    assert_eq!(
        (items[2].sender_id, items[2].timestamp, &items[2].undecoded),
        (Some(UserId(14)), moment, &None)
    );
    let whole = &items[3].undecoded.as_ref().unwrap().0;
    assert_eq!(
        (&whole["huge"], &whole["nan"], &whole["bin"]["$binary"]),
        (&json!("9007199254740993"), &json!("NaN"), &json!("AAEC"))
    );
    assert!(whole["extra"].to_string().contains("bottom"));
    assert!(items[4].undecoded.is_some() && items[4].message.is_empty());
    mongo.close().await;
}

#[tokio::test]
async fn results_and_rollups_come_bounded() {
    let mongo = own().await;
    let permit = WritePermit::issue();
    let results: Vec<_> = (0..30)
        .map(|number| NewAiResult {
            meeting_id: MeetingId(7),
            participant_id: ParticipantId(number),
            analysis_type: "emotion_detection".to_owned(),
            result: json!({ "emotion": "happy", "confidence": 0.95, "timestamp": 1_234_567_890 }),
            created_at: noon() + TimeDelta::seconds(number),
        })
        .collect();
    ai_results::insert_many(&mongo, &permit, &results).await.unwrap();
    let found = ai_results::of_meeting(&mongo, MeetingId(7), 20).await.unwrap();
    assert!(found.truncated);
    // The newest twenty, oldest of them first.
    assert_eq!(
        found
            .items
            .iter()
            .map(|result| result.participant_id.unwrap().0)
            .collect::<Vec<_>>(),
        (10..30).collect::<Vec<_>>()
    );
    assert_eq!(
        found.items[0].result.0,
        json!({ "emotion": "happy", "confidence": 0.95, "timestamp": 1_234_567_890 })
    );

    let rollup = NewAnalysis {
        meeting_id: MeetingId(7),
        fields: json!({ "mood": { "happy": 12 } }),
        created_at: noon(),
    };
    analysis::insert_many(&mongo, &permit, &[rollup]).await.unwrap();
    let found = analysis::of_meeting(&mongo, MeetingId(7), 20).await.unwrap();
    assert!(!found.truncated);
    assert_eq!(found.items[0].document.0["mood"]["happy"], 12);
    assert_eq!(found.items[0].document.0["created_at"], "2026-11-20T12:00:00Z");
    mongo.close().await;
}

#[tokio::test]
async fn logs_of_a_meeting_keep_their_further_fields_and_their_period() {
    let mongo = own().await;
    let permit = WritePermit::issue();
    let lines: Vec<_> = (0..10)
        .map(|hour| NewLogLine {
            service: "media-service".to_owned(),
            level: if hour % 2 == 0 { "info" } else { "error" }.to_owned(),
            message: format!("hour {hour}"),
            at: noon() + TimeDelta::hours(hour),
            fields: json!({ "meeting_id": 9, "trace": "abc" }),
        })
        .collect();
    logs::insert_many(&mongo, &permit, &lines).await.unwrap();
    let undated = json!({ "service": "s", "level": "info", "message": "undated", "meeting_id": "9" });
    import::insert_many(&mongo, &permit, "logs", vec![undated])
        .await
        .unwrap();
    let period = Period {
        from: Some(noon() + TimeDelta::hours(2)),
        to: Some(noon() + TimeDelta::hours(5)),
    };
    let found = logs::of_meeting(&mongo, MeetingId(9), period, 100).await.unwrap();
    assert_eq!(
        found.items.iter().map(|line| line.message.as_str()).collect::<Vec<_>>(),
        ["hour 2", "hour 3", "hour 4", "undated"]
    );
    assert_eq!(
        found.items[0].fields.as_ref().unwrap().0,
        json!({ "meeting_id": 9, "trace": "abc" })
    );
    let open = Period { from: None, to: None };
    assert_eq!(
        logs::of_meeting(&mongo, MeetingId(9), open, 100)
            .await
            .unwrap()
            .items
            .len(),
        11
    );
    mongo.close().await;
}

#[tokio::test]
async fn a_figure_has_its_course_and_the_span_before_whatever_the_clock_is() {
    let span = Span {
        from: noon(),
        to: noon() + TimeDelta::hours(4),
        steps: 4,
    };
    // An hour before the span, one in its first hour, two in its last; one before both, one after.
    let hours = [-5, -1, 0, 3, 3, 4];
    let dated = |hour: i64| noon() + TimeDelta::minutes(hour * 60 + 30);

    let mongo = own().await;
    let permit = WritePermit::issue();
    let lines: Vec<_> = hours
        .iter()
        .map(|hour| NewChatMessage {
            at: dated(*hour),
            ..line(1, 1)
        })
        .collect();
    chat::insert_many(&mongo, &permit, &lines).await.unwrap();
    let course = chat::course(&mongo, span).await.unwrap();
    assert_eq!(
        (course.value, course.previous, course.steps, course.at_least),
        (3, 1, vec![1, 0, 0, 2], false)
    );

    for per_second in [1, 1_000] {
        let documents = hours
            .iter()
            .map(|hour| json!({ "meeting_id": 1, "timestamp": { "$numberLong": (dated(*hour).timestamp() * per_second).to_string() } }))
            .collect();
        let mongo = own().await;
        import::insert_many(&mongo, &permit, "ai_results", documents)
            .await
            .unwrap();
        let course = ai_results::course(&mongo, span).await.unwrap();
        assert_eq!(
            (course.value, course.previous, course.steps),
            (3, 1, vec![1, 0, 0, 2]),
            "{per_second} to the second"
        );
        assert_eq!(
            logs::error_course(&mongo, span).await.unwrap().value,
            0,
            "of a collection that does not exist"
        );
        mongo.close().await;
    }
    mongo.close().await;
}

#[tokio::test]
async fn the_indexes_are_made_once_and_listed() {
    let mongo = own().await;
    let permit = WritePermit::issue();
    assert_eq!(indexes::list(&mongo).await.unwrap(), []);
    indexes::ensure(&mongo, &permit).await.unwrap();
    indexes::ensure(&mongo, &permit).await.unwrap();
    let found = indexes::list(&mongo).await.unwrap();
    let mut of_chat: Vec<_> = found
        .iter()
        .filter(|index| index.collection == "chat_history")
        .map(|index| index.fields.join(","))
        .collect();
    of_chat.sort();
    assert_eq!(of_chat, ["_id", "created_at", "meeting_id,_id"]);
    let probe = mongo.probe(Duration::from_secs(3)).await.unwrap();
    assert!(probe.version.is_some() && probe.role.is_some(), "{probe:?}");
    import::drop_database(&mongo, &permit).await.unwrap();
    mongo.close().await;
}
