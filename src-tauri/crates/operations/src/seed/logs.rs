//! The demo's platform logs: three services over the last days, oldest first.

use chrono::Duration;
use greenroom_domain::Timestamp;
use greenroom_store_mongo::logs::NewLogLine;
use serde_json::json;

use super::dice::{Dice, Subject};
use super::words::LOG_LINES;
use super::world::World;

/// How many lines there are.
pub(super) const LINES: usize = 50_000;
/// They reach so far back.
const HOURS: i64 = 96;

/// The lines one after another; nothing is kept.
pub(super) fn lines(world: &World) -> impl Iterator<Item = NewLogLine> + Send {
    let mut dice = Dice::new(world.seed_number, Subject::Logs);
    let span = HOURS * 3_600_000;
    let (anchor, step) = (world.anchor, span / LINES as i64);
    let began = anchor - Duration::milliseconds(span);
    let meetings: Vec<(i64, Timestamp, Timestamp)> = world
        .meetings
        .iter()
        .filter(|one| one.took_place())
        .map(|one| (one.id, one.start, one.end.unwrap_or(anchor)))
        .filter(|(_, _, end)| *end >= began)
        .collect();
    let users: Vec<i64> = world
        .people
        .iter()
        .filter(|one| one.status == "active")
        .map(|one| one.id)
        .collect();
    let recordings: Vec<i64> = world.recordings.iter().map(|one| one.id).collect();
    (0..LINES as i64).map(move |n| {
        let at = began + Duration::milliseconds(n * step + dice.between(0, step - 1));
        let running: Vec<i64> = meetings
            .iter()
            .filter(|(_, start, end)| *start <= at && at <= *end)
            .map(|(id, ..)| *id)
            .collect();
        line(&mut dice, at, &running, &users, &recordings)
    })
}

/// One line of any service.
fn line(dice: &mut Dice, at: Timestamp, running: &[i64], users: &[i64], recordings: &[i64]) -> NewLogLine {
    let weights: Vec<(usize, u32)> = LOG_LINES.iter().enumerate().map(|(n, line)| (n, line.3)).collect();
    let mut pick = || LOG_LINES[*dice.weighted(&weights)];
    let (mut service, mut level, mut words, _) = pick();
    // Where nothing runs, nobody but the user-service has much to say.
    while running.is_empty() && service != "user-service" {
        (service, level, words, _) = pick();
    }
    let about_meeting = service != "user-service";
    let meeting = *dice.pick(if running.is_empty() { &[0] } else { running });
    let (user, number, ms) = (*dice.pick(users), dice.between(1, 240), dice.between(2, 900));
    let message = words
        .replace("{m}", &meeting.to_string())
        .replace("{u}", &user.to_string())
        .replace("{n}", &number.to_string())
        .replace("{ms}", &ms.to_string());
    let mut fields = json!({
        "host": format!("{}-{}", service.trim_end_matches("-service"), dice.between(1, 3)),
        "request_id": dice.hex(16),
    });
    if about_meeting {
        fields["meeting_id"] = json!(meeting);
    }
    if words.contains("{u}") {
        fields["user_id"] = json!(user);
    }
    if words.contains("{ms}") {
        fields["duration_ms"] = json!(ms);
    }
    if words.starts_with("Recording") {
        fields["recording_id"] = json!(*dice.pick(recordings));
    }
    NewLogLine {
        service: service.to_owned(),
        level: level.to_owned(),
        message,
        at,
        fields,
    }
}
