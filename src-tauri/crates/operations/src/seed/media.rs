//! The demo's videos: made once with ffmpeg, kept in the cache under a hash of how they are made. A clock is burnt in,
//! the frame moves from speaker to speaker, a tone sounds.

use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use tokio::fs;

use super::Reporter;
use super::clips::{CLIPS, Clip, Make};
use crate::ffmpeg::{self, FfmpegError};

/// Making one video may take so long; the longest takes about 20 s on two quiet cores.
const CLIP_DEADLINE: Duration = Duration::from_secs(900);
/// Videos made at once: x264 takes what cores there are by itself.
const AT_ONCE: usize = 2;
/// A cut-off file keeps so many tenths.
pub(super) const KEPT_TENTHS: u64 = 6;

/// Fonts with both scripts, as Debian, Fedora, Arch and macOS lay them.
const FONTS: [&str; 6] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
];

const TILE_COLOURS: [&str; 6] = ["0x2d4a66", "0x4f3b63", "0x3f5a3c", "0x6b4b2e", "0x2f5d5a", "0x6a3844"];

/// The videos on this machine.
#[derive(Debug, Clone)]
pub(super) struct Media {
    folder: PathBuf,
}

impl Media {
    /// Finds the videos in `cache`, or makes those that are missing. Cost: about a minute the first time, nothing later.
    pub(super) async fn ready(cache: &Path, report: &Reporter) -> Result<Self, FfmpegError> {
        let font = FONTS.into_iter().find(|font| Path::new(font).is_file());
        let folder = cache.join("media").join(version(font));
        fs::create_dir_all(&folder)
            .await
            .map_err(|source| file(&folder, source))?;
        let media = Self { folder };
        if media.missing().is_empty() {
            return Ok(media);
        }
        // Whoever else wants them just now waits for them instead of making them as well.
        report.note("videos");
        let _turn = media.turn().await?;
        let missing = media.missing();
        report.more(missing.len() as u64);
        let making: Vec<_> = missing
            .into_iter()
            .map(|clip| media.reported(clip, font, report))
            .collect();
        futures::stream::iter(making)
            .buffer_unordered(AT_ONCE)
            .try_collect::<Vec<()>>()
            .await?;
        Ok(media)
    }

    fn missing(&self) -> Vec<&'static Clip> {
        CLIPS.iter().filter(|clip| !self.path(clip).is_file()).collect()
    }

    /// Held by one process at a time; let go when it is dropped, or with the process.
    async fn turn(&self) -> Result<std::fs::File, FfmpegError> {
        let path = self.folder.join("lock");
        let locked = tokio::task::spawn_blocking({
            let path = path.clone();
            move || {
                let lock = std::fs::File::create(path)?;
                lock.lock()?;
                Ok(lock)
            }
        });
        let locked = locked.await.unwrap_or_else(|cause| Err(std::io::Error::other(cause)));
        locked.map_err(|source| file(&path, source))
    }

    /// Where a clip's file is.
    pub(super) fn path(&self, clip: &Clip) -> PathBuf {
        self.folder.join(format!("{}.{}", clip.name, clip.make.format()))
    }

    /// Where files that go with the videos are kept.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What a recording's row says of the size: the file's own, but for the one that was cut off later.
    pub(super) async fn row_size(&self, clip: &Clip) -> Result<u64, FfmpegError> {
        let path = self.path(clip);
        let size = fs::metadata(&path).await.map_err(|source| file(&path, source))?.len();
        Ok(if clip.make == Make::Truncated {
            size * 10 / KEPT_TENTHS
        } else {
            size
        })
    }

    fn reported<'m>(
        &'m self,
        clip: &'m Clip,
        font: Option<&'m str>,
        report: &'m Reporter,
    ) -> BoxFuture<'m, Result<(), FfmpegError>> {
        let making = async move {
            report.note(format!("making {}.{}", clip.name, clip.make.format()));
            self.make(clip, font).await?;
            report.done(1);
            Ok(())
        };
        making.boxed()
    }

    /// Under another name first, so that a file with the right name is a whole one.
    async fn make(&self, clip: &Clip, font: Option<&str>) -> Result<(), FfmpegError> {
        let path = self.path(clip);
        let partial = self.folder.join(format!(
            "{}.{}.part.{}",
            clip.name,
            std::process::id(),
            clip.make.format()
        ));
        let mut arguments = arguments(clip, font);
        arguments.push(partial.to_string_lossy().into_owned());
        ffmpeg::run(&arguments, None, CLIP_DEADLINE).await?;
        if clip.make == Make::Truncated {
            let cut = async {
                let file = fs::OpenOptions::new().write(true).open(&partial).await?;
                let size = file.metadata().await?.len();
                file.set_len(size * KEPT_TENTHS / 10).await
            };
            cut.await.map_err(|source| file(&partial, source))?;
        }
        fs::rename(&partial, &path).await.map_err(|source| file(&path, source))
    }
}

fn file(path: &Path, source: std::io::Error) -> FfmpegError {
    FfmpegError::File {
        path: path.to_owned(),
        source,
    }
}

/// Changes with anything about how a file is made.
fn version(font: Option<&str>) -> String {
    let mut hash = Sha256::new();
    for clip in &CLIPS {
        hash.update(clip.name);
        hash.update(arguments(clip, font).join("\u{1f}"));
    }
    hex::encode(&hash.finalize()[..8])
}

/// Everything but the output.
fn arguments(clip: &Clip, font: Option<&str>) -> Vec<String> {
    let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
    let (tone, seconds) = (clip.tone, clip.seconds);
    let mut all = words("-f lavfi -i");
    all.push(picture(clip, font));
    if clip.make != Make::Silent {
        all.extend(words("-f lavfi -i"));
        all.push(format!(
            "sine=frequency={tone}:beep_factor=4:sample_rate=16000:duration={seconds}"
        ));
    }
    all.extend(words(match clip.make {
        Make::WebmVp9 => "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -row-mt 1 -b:v 140k -c:a libopus -b:a 24k",
        Make::WebmVp8 => "-c:v libvpx -deadline realtime -cpu-used 8 -b:v 160k -c:a libvorbis -q:a 0",
        _ => "-c:v libx264 -preset veryfast -crf 30 -c:a aac -aac_coder fast -b:a 24k",
    }));
    match clip.make {
        Make::IndexFirst | Make::Silent | Make::Truncated => all.extend(words("-movflags +faststart")),
        Make::Fragmented => all.extend(words("-movflags +frag_keyframe+empty_moov+default_base_moof")),
        Make::IndexLast | Make::WebmVp9 | Make::WebmVp8 => {}
    }
    all.extend(words(&format!(
        "-t {seconds} -g {} -pix_fmt yuv420p -ac 1",
        clip.fps * 4
    )));
    // Nothing of the machine or the moment goes into the file.
    all.extend(words(
        "-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact",
    ));
    all
}

/// Tiles with names, the speaker's framed, a clock in the corner.
fn picture(clip: &Clip, font: Option<&str>) -> String {
    let (width, height) = if clip.seconds > 3_600 { (480, 270) } else { (640, 360) };
    let (fps, seconds) = (clip.fps, clip.seconds);
    let Some(font) = font else {
        return format!("testsrc=s={width}x{height}:r={fps}:d={seconds}");
    };
    let mut graph = format!("color=c=0x14161b:s={width}x{height}:r={fps}:d=1");
    let count = clip.tiles.len();
    let columns = if count == 1 { 1 } else { 2 };
    let rows = count.div_ceil(columns);
    let (gap, bar) = (8, 36);
    let tile_width = (width - gap * (columns + 1)) / columns;
    let tile_height = (height - bar - gap * (rows + 1)) / rows;
    let mut frames = String::new();
    for (n, name) in clip.tiles.iter().enumerate() {
        let x = gap + n % columns * (tile_width + gap);
        let y = bar + n / columns * (tile_height + gap);
        let colour = TILE_COLOURS[(n + clip.name.len()) % TILE_COLOURS.len()];
        let bounds = format!("x={x}:y={y}:w={tile_width}:h={tile_height}");
        graph.push_str(&format!(",drawbox={bounds}:c={colour}:t=fill"));
        let big = tile_height * 2 / 5;
        let (centre_x, centre_y) = (x + tile_width / 2, y + tile_height / 2);
        graph.push_str(&format!(
            ",drawtext=fontfile={font}:text='{}':fontsize={big}:fontcolor=white@0.82:x={centre_x}-tw/2:y={centre_y}-th/2",
            initials(name)
        ));
        let bottom = y + tile_height - 24;
        graph.push_str(&format!(
            ",drawtext=fontfile={font}:text='{name}':fontsize=14:fontcolor=white:x={}:y={bottom}:box=1:boxcolor=black@0.45:boxborderw=4",
            x + 10
        ));
        frames.push_str(&format!(
            ",drawbox={bounds}:c=0x4c9be8:t=3:enable='eq(mod(floor(t/7),{count}),{n})'"
        ));
    }
    let title = clip.name.replace('-', " ");
    graph.push_str(&format!(
        ",drawtext=fontfile={font}:text='{title}':fontsize=15:fontcolor=0xc8ccd4:x=10:y=10"
    ));
    // What stands still is drawn once: text is dear to draw.
    graph.push_str(&format!(
        ",trim=end_frame=1,loop=loop=-1:size=1,setpts=N/({fps}*TB),trim=duration={seconds}"
    ));
    graph.push_str(&frames);
    let clock = "text='%{pts\\:hms}':fontsize=20:fontcolor=white:x=w-tw-10:y=8";
    graph.push_str(&format!(",drawtext=fontfile={font}:{clock}"));
    graph
}

/// A Chinese surname, or the first letters of the first two words.
fn initials(name: &str) -> String {
    if super::names::is_chinese(name) {
        return name.chars().take(1).collect();
    }
    name.split(' ').filter_map(|word| word.chars().next()).take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playback::container;
    use bytes::Bytes;
    use greenroom_domain::recording::Container;
    use tokio::sync::watch;

    async fn looked_at(path: &Path) -> Container {
        let bytes = Bytes::from(fs::read(path).await.unwrap());
        let read = async |range: std::ops::Range<u64>| {
            Ok::<_, std::convert::Infallible>(bytes.slice(range.start as usize..range.end as usize))
        };
        container::probe(bytes.len() as u64, read).await.unwrap()
    }

    /// Duration in seconds and codec names, by ffprobe; `None` where it cannot make sense of the file.
    fn ffprobe(path: &Path) -> Option<(f64, Vec<String>)> {
        let mut command = std::process::Command::new("ffprobe");
        command
            .args([
                "-v",
                "error",
                "-of",
                "json",
                "-show_entries",
                "format=duration:stream=codec_name",
            ])
            .arg(path);
        let output = command.output().expect("ffprobe comes with ffmpeg");
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
        let codecs = said["streams"]
            .as_array()?
            .iter()
            .filter_map(|one| one["codec_name"].as_str());
        let seconds = said["format"]["duration"].as_str()?.parse().ok()?;
        Some((seconds, codecs.map(str::to_owned).collect()))
    }

    #[tokio::test]
    async fn every_video_is_what_it_claims_to_be() {
        let cache = crate::seed::cache();
        let media = Media::ready(&cache, &Reporter(watch::Sender::default())).await.unwrap();
        let mut playable = 0;
        for clip in &CLIPS {
            let path = media.path(clip);
            let found = looked_at(&path).await;
            let (kind, index_at) = match clip.make {
                Make::WebmVp9 | Make::WebmVp8 => ("webm", None),
                Make::Fragmented => ("fragmented mp4", Some("start")),
                Make::IndexLast => ("mp4", Some("end")),
                Make::IndexFirst | Make::Silent | Make::Truncated => ("mp4", Some("start")),
            };
            assert_eq!(
                (found.kind.as_str(), found.index_at.as_deref()),
                (kind, index_at),
                "{}",
                clip.name
            );
            assert_eq!(found.truncated, clip.make == Make::Truncated, "{}", clip.name);
            assert_eq!(found.has_audio, Some(clip.make != Make::Silent), "{}", clip.name);
            let codecs: &[&str] = match clip.make {
                Make::WebmVp9 => &["V_VP9", "A_OPUS"],
                Make::WebmVp8 => &["V_VP8", "A_VORBIS"],
                Make::Silent => &["avc1"],
                _ => &["avc1", "mp4a"],
            };
            assert_eq!(found.codecs, codecs, "{}", clip.name);
            let (seconds, names) = ffprobe(&path).expect(clip.name);
            assert!(
                (seconds - clip.seconds as f64).abs() < 2.0,
                "{} lasts {seconds} s",
                clip.name
            );
            assert_eq!(names.len(), codecs.len(), "{}", clip.name);
            playable += usize::from(!found.truncated);
        }
        assert!(playable >= 12);
        let long = fs::metadata(media.path(super::super::clips::named(super::super::clips::LONG)))
            .await
            .unwrap()
            .len();
        assert!(
            (1 << 20..40 << 20).contains(&long),
            "the two-hour video has {long} bytes"
        );
    }
}
