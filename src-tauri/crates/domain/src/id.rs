//! Typed ids of the platform's rows. 64 bits wide, so they cross to JavaScript and to `--json` as strings.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! row_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, specta::Type)]
        #[specta(transparent)]
        pub struct $name(#[specta(type = String)] pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.trim().parse().map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

row_id!(
    /// `users.id`.
    UserId
);
row_id!(
    /// `meetings.id`.
    MeetingId
);
row_id!(
    /// `meeting_participants.id`: one person's place in one meeting.
    ParticipantId
);
row_id!(
    /// `meeting_recordings.id`.
    RecordingId
);
row_id!(
    /// `media_streams.id`.
    StreamId
);
row_id!(
    /// `greenroom.audit_entries.seq`: the place of an entry in the chain, from 1, without gaps.
    AuditSeq
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_beyond_2_to_the_53_survives_the_trip_through_json() {
        let id = MeetingId(9_007_199_254_740_993);
        let text = serde_json::to_string(&id).unwrap();
        assert_eq!(text, "\"9007199254740993\"");
        assert_eq!(serde_json::from_str::<MeetingId>(&text).unwrap(), id);
    }
}
