//! Which videos the demo has and how each is made. Making them is `media`'s business.

/// One video of the demo.
#[derive(Debug)]
pub(super) struct Clip {
    /// Its file's stem in the cache.
    pub(super) name: &'static str,
    /// How long it plays, in seconds.
    pub(super) seconds: i64,
    /// What is special about the file.
    pub(super) make: Make,
    /// Who is to be seen, one tile each; the first speaks first.
    pub(super) tiles: &'static [&'static str],
    /// Frames a second.
    pub(super) fps: u32,
    /// The tone's pitch, in hertz.
    pub(super) tone: u32,
}

/// How a file is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Make {
    /// MP4, index first.
    IndexFirst,
    /// MP4, index last, as a recorder that was stopped leaves it.
    IndexLast,
    /// MP4 in fragments, as a recorder that still runs writes it.
    Fragmented,
    /// WebM with VP9 and Opus.
    WebmVp9,
    /// WebM with VP8 and Vorbis.
    WebmVp8,
    /// MP4 without a sound track.
    Silent,
    /// MP4, index first, cut off at six tenths of its bytes.
    Truncated,
}

impl Make {
    /// The file name's ending, which is also `meeting_recordings.format`.
    pub(super) fn format(self) -> &'static str {
        match self {
            Self::WebmVp9 | Self::WebmVp8 => "webm",
            _ => "mp4",
        }
    }
}

/// The two-hour one: its index comes last.
pub(super) const LONG: &str = "roadmap-workshop";
/// The one that is cut off.
pub(super) const TRUNCATED: &str = "incident-cut-off";
/// The one that recordings under way are made of.
pub(super) const UNDER_WAY: &str = "weekly-review";

const fn clip(
    name: &'static str,
    seconds: i64,
    make: Make,
    fps: u32,
    tone: u32,
    tiles: &'static [&'static str],
) -> Clip {
    Clip {
        name,
        seconds,
        make,
        tiles,
        fps,
        tone,
    }
}

/// All of them: 15 that play, one that does not.
pub(super) const CLIPS: [Clip; 16] = [
    clip("sound-check", 95, Make::IndexFirst, 25, 440, &["Jonas Feldt"]),
    clip(
        "stand-up-media",
        480,
        Make::IndexFirst,
        8,
        262,
        &["陈亦洲", "周文澜", "Marta Kowal", "Jonas Feldt"],
    ),
    clip(
        "handover-apac",
        360,
        Make::IndexFirst,
        8,
        294,
        &["Tomás Ibarra", "Priya Raman", "何景行"],
    ),
    clip("interview", 600, Make::IndexLast, 8, 330, &["何景行", "Elena Novak"]),
    clip(
        "customer-demo",
        540,
        Make::IndexFirst,
        8,
        349,
        &["宋知微", "林舒禾", "Anneli Berg", "Olga Petrova"],
    ),
    clip(
        "design-critique",
        300,
        Make::IndexFirst,
        10,
        392,
        &["Marta Kowal", "Anneli Berg", "宋知微"],
    ),
    clip(
        "release-go-no-go",
        240,
        Make::IndexFirst,
        10,
        415,
        &["Tomás Ibarra", "Jonas Feldt"],
    ),
    clip("night-shift", 210, Make::IndexFirst, 8, 466, &["何景行", "周文澜"]),
    clip(
        "platform-tour",
        390,
        Make::IndexLast,
        8,
        494,
        &["Priya Raman", "Samuel Osei", "Clara Dubois"],
    ),
    clip(
        "storage-review",
        450,
        Make::IndexFirst,
        8,
        523,
        &["周文澜", "陈亦洲", "林舒禾"],
    ),
    clip(
        UNDER_WAY,
        420,
        Make::Fragmented,
        8,
        554,
        &["Anneli Berg", "Marta Kowal", "Tomás Ibarra", "陈亦洲"],
    ),
    clip("training", 240, Make::WebmVp9, 10, 587, &["Priya Raman", "Noor Haddad"]),
    clip("language-class", 180, Make::WebmVp8, 10, 622, &["宋知微", "Ito Kenji"]),
    clip("whiteboard", 150, Make::Silent, 10, 0, &["Marta Kowal"]),
    clip(
        LONG,
        7_200,
        Make::IndexLast,
        2,
        220,
        &["林舒禾", "Anneli Berg", "Jonas Feldt", "周文澜"],
    ),
    clip(
        TRUNCATED,
        330,
        Make::Truncated,
        8,
        659,
        &["Jonas Feldt", "Olga Petrova", "周文澜"],
    ),
];

/// A clip by its name.
pub(super) fn named(name: &str) -> &'static Clip {
    CLIPS.iter().find(|clip| clip.name == name).unwrap_or(&CLIPS[0])
}
