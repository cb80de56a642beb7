//! Which GStreamer plug-ins a file needs where WebKitGTK plays it, and which of them this machine has.
//!
//! What is there is told by the plug-ins' files: `gst-inspect-1.0` is in a package of its own that few have, and asking GStreamer
//! itself would mean linking it. A plug-in file that is there but broken is not noticed; the player's own error is then.

use std::path::{Path, PathBuf};

use greenroom_domain::recording::Container;

/// Something that must be installed for a file to play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Element {
    /// The codec or container as people call it.
    pub codec: &'static str,
    /// The Debian and Ubuntu package that brings it.
    pub package: &'static str,
    /// Plug-in files, any of which will do.
    plugins: &'static [&'static str],
}

const LIBAV: &str = "gstreamer1.0-libav";
const GOOD: &str = "gstreamer1.0-plugins-good";
const BASE: &str = "gstreamer1.0-plugins-base";
const BAD: &str = "gstreamer1.0-plugins-bad";

const fn element(codec: &'static str, package: &'static str, plugins: &'static [&'static str]) -> Element {
    Element {
        codec,
        package,
        plugins,
    }
}

const MP4: Element = element("MP4", GOOD, &["libgstisomp4.so"]);
const WEBM: Element = element("WebM", GOOD, &["libgstmatroska.so"]);
const H264: Element = element("H.264", LIBAV, &["libgstlibav.so", "libgstopenh264.so", "libgstva.so"]);
const H265: Element = element("H.265", LIBAV, &["libgstlibav.so", "libgstde265.so", "libgstva.so"]);
const AAC: Element = element("AAC", LIBAV, &["libgstlibav.so", "libgstfaad.so", "libgstfdkaac.so"]);
const MP3: Element = element("MP3", GOOD, &["libgstmpg123.so", "libgstlibav.so"]);
const VP: Element = element("VP8 and VP9", GOOD, &["libgstvpx.so", "libgstlibav.so"]);
const AV1: Element = element("AV1", BAD, &["libgstdav1d.so", "libgstaom.so", "libgstlibav.so"]);
const OPUS: Element = element("Opus", BASE, &["libgstopus.so", "libgstlibav.so"]);
const VORBIS: Element = element("Vorbis", BASE, &["libgstvorbis.so", "libgstlibav.so"]);
const SPEAKER: Element = element("sound output", GOOD, &["libgstautodetect.so"]);

/// What the platform's own recordings need: what is looked for when the window opens.
const EVERYDAY: [Element; 8] = [MP4, WEBM, H264, AAC, VP, OPUS, VORBIS, SPEAKER];

/// What a codec, as its container spells it, needs; `None` where we know of nothing that plays it.
fn codec_element(codec: &str) -> Option<Element> {
    Some(match codec {
        "avc1" | "avc3" | "V_MPEG4/ISO/AVC" => H264,
        "hvc1" | "hev1" | "V_MPEGH/ISO/HEVC" => H265,
        "mp4a" | "A_AAC" => AAC,
        ".mp3" | "A_MPEG/L3" => MP3,
        "vp08" | "vp09" | "V_VP8" | "V_VP9" => VP,
        "av01" | "V_AV1" => AV1,
        "Opus" | "A_OPUS" => OPUS,
        "A_VORBIS" => VORBIS,
        _ => return None,
    })
}

/// What must be installed to play `container`. Codecs nobody knows are in [`unknown_codecs`].
#[must_use]
pub fn required_elements(container: &Container) -> Vec<Element> {
    let demuxer = if container.kind.ends_with("mp4") { MP4 } else { WEBM };
    let mut all = vec![demuxer];
    all.extend(container.codecs.iter().filter_map(|codec| codec_element(codec)));
    all.dedup();
    all
}

/// The codecs of `container` that we know no plug-in for (encrypted tracks, for one).
#[must_use]
pub fn unknown_codecs(container: &Container) -> Vec<&str> {
    container
        .codecs
        .iter()
        .map(String::as_str)
        .filter(|codec| codec_element(codec).is_none())
        .collect()
}

/// Of `elements`, those that are not installed here. Empty where GStreamer does not play the page's videos (macOS, Windows) and where
/// no plug-in folder is found: then nothing can be told.
#[must_use]
pub fn missing_of(elements: &[Element]) -> Vec<Element> {
    let folders = plugin_folders();
    if folders.is_empty() {
        return Vec::new();
    }
    let there = |plugin: &&str| folders.iter().any(|folder| folder.join(plugin).is_file());
    elements
        .iter()
        .filter(|element| !element.plugins.iter().any(&there))
        .copied()
        .collect()
}

/// What the platform's own recordings need and this machine lacks.
#[must_use]
pub fn missing_everyday() -> Vec<Element> {
    missing_of(&EVERYDAY)
}

/// Where GStreamer looks for plug-ins: the variables first, then where distributions put them.
fn plugin_folders() -> Vec<PathBuf> {
    if !cfg!(target_os = "linux") {
        return Vec::new();
    }
    let named = [
        "GST_PLUGIN_SYSTEM_PATH_1_0",
        "GST_PLUGIN_SYSTEM_PATH",
        "GST_PLUGIN_PATH_1_0",
        "GST_PLUGIN_PATH",
    ]
    .into_iter()
    .filter_map(std::env::var_os)
    .flat_map(|value| std::env::split_paths(&value).collect::<Vec<_>>());
    let triplet = format!("/usr/lib/{}-linux-gnu/gstreamer-1.0", std::env::consts::ARCH);
    let usual = [
        triplet.as_str(),
        "/usr/lib64/gstreamer-1.0",
        "/usr/lib/gstreamer-1.0",
        "/usr/local/lib/gstreamer-1.0",
    ];
    named
        .chain(usual.into_iter().map(PathBuf::from))
        .filter(|folder| Path::new(folder).is_dir())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn container(kind: &str, codecs: &[&str]) -> Container {
        Container {
            kind: kind.to_owned(),
            index_at: None,
            truncated: false,
            codecs: codecs.iter().map(|&codec| codec.to_owned()).collect(),
            has_audio: None,
        }
    }

    #[test]
    fn h264_in_an_mp4_names_the_package_that_plays_it() {
        let needed = required_elements(&container("fragmented mp4", &["avc1", "mp4a"]));
        let packages: Vec<_> = needed.iter().map(|element| (element.codec, element.package)).collect();
        assert_eq!(packages, [("MP4", GOOD), ("H.264", LIBAV), ("AAC", LIBAV)]);
    }

    #[test]
    fn an_encrypted_track_is_known_to_be_unknown() {
        let locked = container("mp4", &["encv", "mp4a"]);
        assert_eq!(unknown_codecs(&locked), ["encv"]);
        assert_eq!(required_elements(&locked).len(), 2);
    }
}
