//! What the demo's meetings leave in MongoDB: chat, AI results and their roll-ups.

use std::collections::BTreeMap;

use chrono::Duration;
use greenroom_domain::{MeetingId, ParticipantId, Timestamp, UserId};
use greenroom_store_mongo::ai_results::NewAiResult;
use greenroom_store_mongo::analysis::NewAnalysis;
use greenroom_store_mongo::chat::NewChatMessage;
use serde_json::{Value, json};

use super::dice::{Dice, Subject};
use super::words::{CHAT_EN, CHAT_ZH, SHOWN_LIVE};
use super::world::{Meeting, Participant, World};

/// Meetings of the last so many days have AI results.
const AI_DAYS: i64 = 21;
/// Of so many people a meeting at most.
const AI_PEOPLE: usize = 6;
/// Lines of chat of the meeting that the pictures of the product show.
const SHOWN_LINES: usize = 164;

/// `chat_history`, oldest first within each meeting.
pub(super) fn chat(world: &World) -> Vec<NewChatMessage> {
    let mut dice = Dice::new(world.seed_number, Subject::Chat);
    let mut all = Vec::new();
    for meeting in world.meetings.iter().filter(|one| one.took_place()) {
        let shown = meeting.live() && meeting.title == SHOWN_LIVE;
        if !shown && dice.percent(18) {
            continue;
        }
        let there = world.participants_of(meeting.id);
        let until = meeting.end.unwrap_or(world.anchor).min(world.anchor);
        let length = (until - meeting.start).num_seconds();
        let count = if shown {
            SHOWN_LINES
        } else {
            dice.between(3, 8 + meeting.size.min(30)) as usize
        };
        let mut moments: Vec<i64> = (0..count).map(|_| dice.between(20, (length - 5).max(21))).collect();
        moments.sort_unstable();
        let words: &[&str] = if meeting.chinese { &CHAT_ZH } else { &CHAT_EN };
        let mut place = dice.index(4);
        for second in moments {
            let at = meeting.start + Duration::seconds(second);
            let present: Vec<&Participant> = there
                .iter()
                .filter(|one| one.joined <= Some(at) && one.left.is_none_or(|left| left > at))
                .collect();
            let Some(sender) = present.get(dice.index(present.len())) else {
                continue;
            };
            // The lines follow each other as talk does; now and then something is skipped.
            place = (place + 1 + dice.index(3) / 2) % words.len();
            let other = dice.percent(12);
            let line = if other {
                *dice.pick(if meeting.chinese { &CHAT_EN } else { &CHAT_ZH })
            } else {
                words[place]
            };
            all.push(NewChatMessage {
                meeting_id: MeetingId(meeting.id),
                sender_id: UserId(sender.user_id),
                message: line.to_owned(),
                at,
            });
        }
    }
    all
}

/// `ai_results`, and `analysis_data`: one roll-up for each meeting that has some.
pub(super) fn analysis(world: &World) -> (Vec<NewAiResult>, Vec<NewAnalysis>) {
    let mut dice = Dice::new(world.seed_number, Subject::Analysis);
    let since = world.anchor - Duration::days(AI_DAYS);
    let (mut results, mut summaries) = (Vec::new(), Vec::new());
    for meeting in world
        .meetings
        .iter()
        .filter(|one| one.took_place() && one.start > since)
    {
        let mut emotions: BTreeMap<&str, u32> = BTreeMap::new();
        let mut talk: Vec<(i64, i64)> = Vec::new();
        let there = world.participants_of(meeting.id);
        let before = results.len();
        for one in there.iter().take(AI_PEOPLE) {
            let spoke = about(&mut dice, world.anchor, meeting, one, &mut emotions, &mut results);
            talk.push((one.id, spoke));
        }
        if results.len() == before {
            continue;
        }
        let total: u32 = emotions.values().sum();
        let shares: BTreeMap<&str, f64> = emotions
            .iter()
            .map(|(name, count)| {
                (
                    *name,
                    (f64::from(*count) / f64::from(total.max(1)) * 1000.0).round() / 1000.0,
                )
            })
            .collect();
        let speakers: Vec<Value> = talk
            .iter()
            .map(|(id, seconds)| json!({ "participant_id": id, "talk_seconds": seconds }))
            .collect();
        let at = meeting.end.unwrap_or(world.anchor).min(world.anchor);
        let fields = json!({
            "results": results.len() - before,
            "emotions": shares,
            "dominant_emotion": emotions.iter().max_by_key(|(_, count)| **count).map(|(name, _)| *name),
            "engagement": dice.share(0.42, 0.95),
            "speakers": speakers,
            "language": if meeting.chinese { "zh" } else { "en" },
        });
        summaries.push(NewAnalysis {
            meeting_id: MeetingId(meeting.id),
            fields,
            created_at: at,
        });
    }
    (results, summaries)
}

/// The results about one person; gives the seconds they spoke.
fn about(
    dice: &mut Dice,
    anchor: Timestamp,
    meeting: &Meeting,
    one: &Participant,
    emotions: &mut BTreeMap<&'static str, u32>,
    results: &mut Vec<NewAiResult>,
) -> i64 {
    let Some(joined) = one.joined else { return 0 };
    let until = one.left.or(meeting.end).unwrap_or(anchor).min(anchor);
    let mut add = |kind: &str, at: Timestamp, result: Value| {
        results.push(NewAiResult {
            meeting_id: MeetingId(meeting.id),
            participant_id: ParticipantId(one.id),
            analysis_type: kind.to_owned(),
            result,
            created_at: at + Duration::seconds(2),
        });
    };
    let mood = *dice.pick(&["calm", "calm", "neutral", "happy"]);
    let mut at = joined + Duration::seconds(dice.between(10, 60));
    let mut spoke = 0;
    while at < until {
        let emotion = if dice.percent(62) {
            mood
        } else {
            *dice.weighted(&[
                ("calm", 3),
                ("happy", 3),
                ("neutral", 3),
                ("tense", 2),
                ("surprised", 1),
                ("sad", 1),
            ])
        };
        *emotions.entry(emotion).or_default() += 1;
        let confidence = dice.share(0.51, 0.99);
        add(
            "emotion_detection",
            at,
            json!({ "emotion": emotion, "confidence": confidence, "timestamp": at.timestamp() }),
        );
        if dice.percent(14) {
            let attention = dice.share(0.2, 1.0);
            add(
                "attention_score",
                at,
                json!({ "score": attention, "window_s": 60, "timestamp": at.timestamp() }),
            );
        }
        if dice.percent(16) {
            let words: &[&str] = if meeting.chinese { &CHAT_ZH } else { &CHAT_EN };
            let seconds = dice.between(2, 40);
            spoke += seconds;
            let text = *dice.pick(words);
            let confidence = dice.share(0.7, 0.99);
            let language = if meeting.chinese { "zh-CN" } else { "en" };
            let result = json!({
                "text": text, "language": language, "confidence": confidence, "duration_s": seconds,
                "timestamp": at.timestamp(),
            });
            add("speech_to_text", at, result);
        }
        at += Duration::seconds(dice.between(70, 170));
    }
    if dice.percent(50) {
        let loudness = dice.share(-38.0, -16.0);
        add(
            "audio_quality",
            joined,
            json!({ "loudness_lufs": loudness, "clipping": dice.percent(4), "timestamp": joined.timestamp() }),
        );
    }
    spoke
}
