//! The demo's portraits: a head, a pair of shoulders, some hair, in colours of their own. Painted here, made JPEG by one run
//! of ffmpeg, kept in the cache.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::fs;

use super::dice::{Dice, Subject};
use super::world::{Person, World};
use crate::ffmpeg::{self, FfmpegError};

/// Pixels a side.
const SIDE: usize = 160;
/// Samples a pixel, each way.
const FINE: usize = 2;
const DEADLINE: Duration = Duration::from_secs(120);

type Colour = [u8; 3];

const BACKGROUNDS: [Colour; 10] = [
    [0xd6, 0xe4, 0xf0],
    [0xf0, 0xdf, 0xd2],
    [0xdc, 0xea, 0xd8],
    [0xe8, 0xdc, 0xee],
    [0xf3, 0xe9, 0xc9],
    [0xd3, 0xe8, 0xe6],
    [0xf0, 0xd8, 0xdc],
    [0xdd, 0xde, 0xea],
    [0xe3, 0xe3, 0xdc],
    [0xcf, 0xdb, 0xe6],
];
const SKINS: [Colour; 6] = [
    [0xf6, 0xd7, 0xbd],
    [0xea, 0xc0, 0x9c],
    [0xd9, 0xa6, 0x7c],
    [0xb9, 0x82, 0x5a],
    [0x8e, 0x5c, 0x3d],
    [0x63, 0x3f, 0x2b],
];
const HAIRS: [Colour; 7] = [
    [0x1d, 0x1a, 0x1c],
    [0x2c, 0x22, 0x1f],
    [0x4a, 0x31, 0x22],
    [0x7a, 0x4e, 0x2a],
    [0xc0, 0x95, 0x55],
    [0x8d, 0x8b, 0x8a],
    [0x9a, 0x45, 0x2b],
];
const SHIRTS: [Colour; 9] = [
    [0x2f, 0x5b, 0x8c],
    [0x7d, 0x3c, 0x4d],
    [0x37, 0x6b, 0x54],
    [0x5b, 0x4a, 0x86],
    [0x3c, 0x40, 0x4a],
    [0xa8, 0x6a, 0x2c],
    [0x2c, 0x70, 0x7d],
    [0xb3, 0x4f, 0x45],
    [0xe6, 0xe2, 0xda],
];

/// The object's key.
pub(super) fn key(user_id: i64) -> String {
    format!("media/avatars/user_{user_id}.jpg")
}

/// Makes the pictures that are missing and gives each person's file.
pub(super) async fn ready(media: &Path, world: &World) -> Result<Vec<(i64, PathBuf)>, FfmpegError> {
    let people: Vec<&Person> = world.people.iter().filter(|one| one.has_avatar).collect();
    let folder = media.join(format!("avatars-{}", world.seed_number));
    let path = |n: usize| folder.join(format!("{n}.jpg"));
    let failed = |source| FfmpegError::File {
        path: folder.clone(),
        source,
    };
    if !folder.is_dir() {
        let seed_number = world.seed_number;
        let chinese: Vec<bool> = people.iter().map(|one| one.chinese).collect();
        let painted = tokio::task::spawn_blocking(move || paint_all(seed_number, &chinese)).await;
        let frames = painted.map_err(|error| failed(std::io::Error::other(error)))?;
        // Under another name first: a folder with the right name is a whole one.
        let partial = media.join(format!(
            "avatars-{seed_number}.part-{}-{:08x}",
            std::process::id(),
            rand::random::<u32>()
        ));
        fs::create_dir_all(&partial).await.map_err(failed)?;
        let mut arguments: Vec<String> = format!(
            "-f rawvideo -pix_fmt rgb24 -s {SIDE}x{SIDE} -r 1 -i - -q:v 4 -flags +bitexact -fflags +bitexact -start_number 0"
        )
        .split(' ')
        .map(str::to_owned)
        .collect();
        arguments.push(partial.join("%d.jpg").to_string_lossy().into_owned());
        ffmpeg::run(&arguments, Some(frames), DEADLINE).await?;
        if fs::rename(&partial, &folder).await.is_err() {
            // Somebody else was first.
            fs::remove_dir_all(&partial).await.map_err(failed)?;
        }
    }
    Ok(people.iter().enumerate().map(|(n, one)| (one.id, path(n))).collect())
}

fn paint_all(seed_number: u64, chinese: &[bool]) -> Vec<u8> {
    let mut dice = Dice::new(seed_number, Subject::Avatars);
    let mut frames = Vec::with_capacity(chinese.len() * SIDE * SIDE * 3);
    for &chinese in chinese {
        Portrait::throw(&mut dice, chinese).paint(&mut frames);
    }
    frames
}

struct Portrait {
    background: Colour,
    skin: Colour,
    hair: Colour,
    shirt: Colour,
    /// Half the head's width and height, the shoulders' width, in hundredths of the picture.
    head: (f64, f64),
    shoulders: f64,
    style: usize,
}

impl Portrait {
    fn throw(dice: &mut Dice, chinese: bool) -> Self {
        let hairs = if chinese { &HAIRS[..2] } else { &HAIRS[..] };
        let skins = if chinese { &SKINS[..2] } else { &SKINS[..] };
        Self {
            background: *dice.pick(&BACKGROUNDS),
            skin: *dice.pick(skins),
            hair: *dice.pick(hairs),
            shirt: *dice.pick(&SHIRTS),
            head: (dice.share(0.165, 0.195), dice.share(0.21, 0.235)),
            shoulders: dice.share(0.36, 0.43),
            style: dice.index(4),
        }
    }

    fn paint(&self, into: &mut Vec<u8>) {
        let fine = (SIDE * FINE) as f64;
        for y in 0..SIDE {
            for x in 0..SIDE {
                let mut sum = [0u32; 3];
                for part in 0..FINE * FINE {
                    let (dx, dy) = (part % FINE, part / FINE);
                    let at = |pixel: usize, step: usize| ((pixel * FINE + step) as f64 + 0.5) / fine;
                    let colour = self.colour(at(x, dx), at(y, dy));
                    (0..3).for_each(|n| sum[n] += u32::from(colour[n]));
                }
                into.extend(sum.map(|one| u8::try_from(one / (FINE * FINE) as u32).unwrap_or(u8::MAX)));
            }
        }
    }

    /// What is at a place from 0 to 1, nearest first.
    fn colour(&self, x: f64, y: f64) -> Colour {
        let inside = |cx: f64, cy: f64, rx: f64, ry: f64| ((x - cx) / rx).powi(2) + ((y - cy) / ry).powi(2) <= 1.0;
        let (rx, ry) = self.head;
        let fringe = match self.style {
            0 => y < 0.36 && inside(0.5, 0.42, rx * 1.08, ry * 1.08),
            1 => y < 0.34 + (x - 0.5).abs() * 0.5 && inside(0.5, 0.42, rx * 1.1, ry * 1.1),
            2 => y < 0.41 - (x - 0.42) * 0.5 && inside(0.5, 0.42, rx * 1.12, ry * 1.1),
            _ => y < 0.3 && inside(0.5, 0.41, rx * 1.05, ry * 1.06),
        };
        let long = matches!(self.style, 1 | 2) && y < 0.72 && inside(0.5, 0.5, rx * 1.35, ry * 1.5);
        if fringe {
            self.hair
        } else if inside(0.5, 0.43, rx, ry) {
            self.skin
        } else if (x - 0.5).abs() < rx * 0.42 && (0.55..0.72).contains(&y) {
            shade(self.skin, 0.9)
        } else if long && !(inside(0.5, 1.04, self.shoulders, 0.34) && y > 0.74) {
            self.hair
        } else if inside(0.5, 1.04, self.shoulders, 0.34) {
            self.shirt
        } else {
            shade(self.background, 1.04 - y * 0.12)
        }
    }
}

fn shade(colour: Colour, by: f64) -> Colour {
    colour.map(|one| (f64::from(one) * by).clamp(0.0, 255.0) as u8)
}
