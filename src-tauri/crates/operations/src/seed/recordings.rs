//! Which of the demo's meetings were recorded, under which keys, and what the recorder wrote beside each.

use chrono::Duration;
use greenroom_domain::Timestamp;

use super::clips::{self, CLIPS, Clip, LONG, TRUNCATED, UNDER_WAY};
use super::dice::{Dice, Subject};
use super::world::{Meeting, Recording};

pub(super) use super::world::Recording as Row;

const FIRST_ID: i64 = 30_060;
/// Rows beside those of live meetings.
const FINISHED: usize = 58;

/// Of the last so many days every recording is there.
const RECENT_DAYS: i64 = 3;

/// The recordings, oldest first. A meeting that was recorded lasts as long as its recording needs.
pub(super) fn recordings(seed_number: u64, anchor: Timestamp, meetings: &mut [Meeting]) -> Vec<Recording> {
    let mut dice = Dice::new(seed_number, Subject::Recordings);
    let ended: Vec<usize> = (0..meetings.len())
        .filter(|&n| meetings[n].status == "ended" && meetings[n].recorded && meetings[n].end < Some(anchor))
        .collect();
    // The last days' are all there, so that today has some.
    let (recent, older): (Vec<usize>, Vec<usize>) = ended
        .into_iter()
        .partition(|&n| meetings[n].start > anchor - Duration::days(RECENT_DAYS));
    let mut chosen = dice.sample(&older, FINISHED.saturating_sub(recent.len()));
    chosen.extend(recent);
    chosen.sort_unstable();
    let mut plans: Vec<(usize, &'static Clip)> = Vec::new();
    // Each clip once, the newest meetings first, then whatever comes; none that would not be over by now.
    let mut left: Vec<&'static Clip> = CLIPS.iter().collect();
    for &n in chosen.iter().rev() {
        let fits = |clip: &Clip| meetings[n].start + Duration::seconds(clip.seconds + 180) < anchor;
        let clip = match left.iter().position(|clip| fits(clip)) {
            Some(place) => left.remove(place),
            None => any(&mut dice),
        };
        plans.push((n, clip));
    }
    plans.sort_by_key(|(n, _)| *n);
    let live = (0..meetings.len()).filter(|&n| meetings[n].live() && meetings[n].recorded);
    plans.extend(live.map(|n| (n, clips::named(UNDER_WAY))));
    for meeting in meetings.iter_mut().filter(|one| one.status == "ended" && one.recorded) {
        meeting.recorded = false;
    }
    let mut rows = Vec::with_capacity(plans.len());
    for (n, clip) in plans {
        let meeting = &mut meetings[n];
        meeting.recorded = true;
        rows.push(row(&mut dice, FIRST_ID + rows.len() as i64, meeting, clip, anchor));
    }
    rows
}

fn any(dice: &mut Dice) -> &'static Clip {
    loop {
        let clip = dice.pick(&CLIPS);
        if clip.name != LONG && clip.name != TRUNCATED {
            return clip;
        }
    }
}

fn row(dice: &mut Dice, id: i64, meeting: &mut Meeting, clip: &'static Clip, anchor: Timestamp) -> Recording {
    let began = meeting.start + Duration::seconds(dice.between(20, 90));
    let over = began + Duration::seconds(clip.seconds);
    if let Some(end) = meeting.end {
        // The host stopped the recording and closed the meeting; one that would reach past now began earlier.
        let needed = over + Duration::seconds(dice.between(5, 60));
        let end = if (end - meeting.start).num_minutes() <= 40 || end < needed {
            needed
        } else {
            end
        };
        meeting.end = Some(end.min(anchor));
        meeting.updated_at = end.min(anchor);
    }
    let status = match (meeting.live(), clip.name) {
        (true, _) => "processing",
        (_, TRUNCATED) => "failed",
        _ => "completed",
    };
    let stamp = began.format("%Y%m%d_%H%M%S");
    Recording {
        id,
        meeting_id: meeting.id,
        key: format!(
            "recordings/meeting_{}/recording_{stamp}.{}",
            meeting.id,
            clip.make.format()
        ),
        clip,
        status,
        created_at: began,
        updated_at: if meeting.live() { anchor } else { over },
    }
}

/// What the recorder wrote while it ran: the `.log` beside the file.
pub(super) fn log_of(seed_number: u64, recording: &Recording) -> String {
    let mut dice = Dice::numbered(seed_number, 1_000_000 + u64::try_from(recording.id).unwrap_or(0));
    let mut text = String::new();
    let mut line = |second: i64, level: &str, message: &str| {
        let at = recording.created_at + Duration::seconds(second);
        text.push_str(&format!(
            "{} {level:<5} media-service {message}\n",
            at.format("%Y-%m-%dT%H:%M:%SZ")
        ));
    };
    line(
        0,
        "info",
        &format!(
            "Recording started, meeting {}, recording {}",
            recording.meeting_id, recording.id
        ),
    );
    let length = recording.clip.seconds;
    let step = (length / 60).clamp(10, 120);
    for (segment, second) in (step..length).step_by(usize::try_from(step).unwrap_or(10)).enumerate() {
        line(second, "info", &format!("segment {} written", segment + 1));
        if dice.percent(6) {
            line(
                second + 2,
                "warn",
                &format!("packet loss {} % on one stream", dice.between(3, 9)),
            );
        }
        if dice.percent(1) {
            line(second + 3, "error", "TURN allocate timed out after 5 s");
        }
    }
    match recording.status {
        "processing" => line(length, "info", "still recording"),
        "failed" => line(
            length,
            "error",
            "upload broke off: no space left on /var/lib/media; the file is incomplete",
        ),
        _ => line(length, "info", "Recording stopped, file closed"),
    }
    text
}
