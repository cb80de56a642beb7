//! `meetings=10000000,logs=5000000`: how much of what.

use std::str::FromStr;

/// How many rows, documents and keys to add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scale {
    /// Rows of `users`.
    pub users: u64,
    /// Rows of `meetings`.
    pub meetings: u64,
    /// Rows of `meeting_participants`.
    pub participants: u64,
    /// Rows of `meeting_recordings`.
    pub recordings: u64,
    /// Keys `session:*`.
    pub sessions: u64,
    /// Documents in `chat_history`.
    pub chat: u64,
    /// Documents in `logs`.
    pub logs: u64,
    /// As many rows of `meeting_recordings` and as many keys in Redis; no objects in S3.
    pub objects: u64,
}

/// The words a scale is written in.
const WORDS: &str = "users, meetings, participants, recordings, sessions, chat, logs, objects";

impl Scale {
    /// Units of progress.
    pub(super) fn total(&self) -> u64 {
        self.users
            + self.meetings
            + self.participants
            + self.recordings
            + self.sessions
            + self.chat
            + self.logs
            + 2 * self.objects
    }

    /// Whether PostgreSQL is concerned.
    pub(super) fn any_rows(&self) -> bool {
        self.users + self.meetings + self.participants + self.recordings + self.objects > 0
    }
}

impl FromStr for Scale {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut scale = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (word, number) = part
                .split_once('=')
                .ok_or_else(|| format!("{part:?} is not WORD=NUMBER"))?;
            let number = number.trim().replace('_', "");
            let number = number
                .parse()
                .map_err(|_| format!("{number:?} is not a whole number"))?;
            *match word.trim() {
                "users" => &mut scale.users,
                "meetings" => &mut scale.meetings,
                "participants" => &mut scale.participants,
                "recordings" => &mut scale.recordings,
                "sessions" => &mut scale.sessions,
                "chat" => &mut scale.chat,
                "logs" => &mut scale.logs,
                "objects" => &mut scale.objects,
                other => return Err(format!("{other:?} is none of {WORDS}")),
            } = number;
        }
        if scale == Self::default() {
            return Err(format!("nothing is asked for: WORD=NUMBER,… with words {WORDS}"));
        }
        Ok(scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_read_from_words_and_numbers() {
        let scale: Scale = "meetings=10_000_000, logs=5000000".parse().unwrap();
        assert_eq!(
            scale,
            Scale {
                meetings: 10_000_000,
                logs: 5_000_000,
                ..Scale::default()
            }
        );
        assert_eq!("objects=3".parse::<Scale>().unwrap().total(), 6);
        for wrong in ["", "meetings", "meetings=many", "seats=3"] {
            assert!(wrong.parse::<Scale>().is_err(), "{wrong}");
        }
    }
}
