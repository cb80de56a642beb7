//! What a media file's first and last bytes say of it: MP4's boxes (ISO/IEC 14496-12, sections 4.2 and 8) and WebM's EBML
//! elements (RFC 8794; RFC 9559, section 5). It reads lengths, names and codec ids, never samples: a full parser would have to be fed,
//! and trusted with, a whole index, and would give up on the very files whose damage is to be told.

use std::ops::Range;

use bytes::Bytes;
use greenroom_domain::recording::Container;

/// The first look at a file.
const HEAD: u64 = 64 * 1024;
/// How much of an MP4's index is read: two hours at 60 frames a second come to about 6 MiB.
const INDEX_LIMIT: u64 = 16 * 1024 * 1024;
/// A look at a box beyond the head.
const PEEK: u64 = 32;
/// Top-level boxes walked before we stop: a file in fragments has thousands.
const MOST_BOXES: usize = 64;
/// Elements or boxes looked at inside an index.
const MOST_ELEMENTS: usize = 4_096;

/// Looks at a file of `size` bytes. Cost: one read of 64 KiB, one of 32 bytes for each large box, and the index where it lies
/// beyond the head (at most 16 MiB).
///
/// # Errors
/// What `read` fails with. A file that makes no sense is not an error: its kind is `unknown`.
pub async fn probe<E, F>(size: u64, read: impl Fn(Range<u64>) -> F) -> Result<Container, E>
where
    F: Future<Output = Result<Bytes, E>>,
{
    let head = if size == 0 {
        Bytes::new()
    } else {
        read(0..HEAD.min(size)).await?
    };
    if head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        return Ok(webm(&head, size));
    }
    if is_mp4(&head) {
        return mp4(&head, size, read).await;
    }
    Ok(Container {
        kind: "unknown".to_owned(),
        index_at: None,
        truncated: size == 0,
        codecs: Vec::new(),
        has_audio: None,
    })
}

/// A box's header: where its content begins, where it ends, its name.
#[derive(Debug, Clone, Copy)]
struct BoxAt {
    content: u64,
    /// `None`: to the end of the file.
    end: Option<u64>,
    name: [u8; 4],
}

fn box_at(bytes: &[u8], at: u64) -> Option<BoxAt> {
    let size = u64::from(u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?));
    let name = bytes.get(4..8)?.try_into().ok()?;
    match size {
        0 => Some(BoxAt {
            content: at + 8,
            end: None,
            name,
        }),
        1 => {
            let size = u64::from_be_bytes(bytes.get(8..16)?.try_into().ok()?);
            Some(BoxAt {
                content: at + 16,
                end: Some(at.checked_add(size).filter(|_| size >= 16)?),
                name,
            })
        }
        2..8 => None,
        size => Some(BoxAt {
            content: at + 8,
            end: Some(at + size),
            name,
        }),
    }
}

fn is_mp4(head: &[u8]) -> bool {
    head.get(4..8).is_some_and(|name| {
        matches!(
            name,
            b"ftyp" | b"moov" | b"mdat" | b"moof" | b"styp" | b"free" | b"skip" | b"wide" | b"pnot"
        )
    })
}

/// What a walk over the top-level boxes saw.
#[derive(Default)]
struct Walk {
    index: Option<(u64, u64)>,
    media_before_index: bool,
    fragments: bool,
    truncated: bool,
}

async fn mp4<E, F>(head: &Bytes, size: u64, read: impl Fn(Range<u64>) -> F) -> Result<Container, E>
where
    F: Future<Output = Result<Bytes, E>>,
{
    let mut walk = Walk::default();
    let mut at = 0;
    for _ in 0..MOST_BOXES {
        if at >= size {
            break;
        }
        let peek = slice(head, at..(at + PEEK).min(size));
        let peek = match peek {
            Some(peek) => peek,
            None => read(at..(at + PEEK).min(size)).await?,
        };
        let Some(found) = box_at(&peek, at) else {
            // Fewer bytes than a header, or a length that cannot be.
            walk.truncated = true;
            break;
        };
        let end = found.end.unwrap_or(size);
        match &found.name {
            b"moov" if walk.index.is_none() => walk.index = Some((found.content, end)),
            b"mdat" if walk.index.is_none() => walk.media_before_index = true,
            b"moof" => walk.fragments = true,
            _ => {}
        }
        walk.truncated = end > size;
        if walk.truncated || (walk.fragments && walk.index.is_some()) {
            break;
        }
        at = end;
    }
    let mut index = Index::default();
    if let Some((from, to)) = walk.index {
        let wanted = from..to.min(size).min(from + INDEX_LIMIT);
        let bytes = match slice(head, wanted.clone()) {
            Some(bytes) => bytes,
            None if wanted.is_empty() => Bytes::new(),
            None => read(wanted).await?,
        };
        let mut budget = MOST_ELEMENTS;
        index.walk(&bytes, &mut budget);
    }
    let fragmented = walk.fragments || index.fragmented;
    Ok(Container {
        kind: if fragmented { "fragmented mp4" } else { "mp4" }.to_owned(),
        index_at: walk
            .index
            .map(|_| if walk.media_before_index { "end" } else { "start" }.to_owned()),
        // Without an index nothing in the file can be found again: the recorder never came to its end.
        truncated: walk.truncated || (walk.index.is_none() && !walk.fragments),
        has_audio: walk.index.map(|_| index.audio),
        codecs: index.codecs,
    })
}

/// What `moov` says.
#[derive(Default)]
struct Index {
    codecs: Vec<String>,
    audio: bool,
    fragmented: bool,
    /// Whether the track being walked is one of sound or picture.
    track: bool,
}

impl Index {
    /// Goes through boxes and those within that lead to the sample descriptions.
    fn walk(&mut self, bytes: &[u8], budget: &mut usize) {
        let mut at = 0;
        while *budget > 0 && at < bytes.len() {
            *budget -= 1;
            let Some(found) = box_at(&bytes[at..], 0) else { return };
            let end = found
                .end
                .map_or(bytes.len(), |end| at.saturating_add(index(end)).min(bytes.len()));
            let content = bytes
                .get(at.saturating_add(index(found.content))..end)
                .unwrap_or_default();
            match &found.name {
                b"trak" => {
                    self.track = false;
                    self.walk(content, budget);
                }
                b"mdia" | b"minf" | b"stbl" => self.walk(content, budget),
                b"mvex" => self.fragmented = true,
                b"hdlr" => {
                    let kind = content.get(8..12).unwrap_or_default();
                    self.track |= matches!(kind, b"soun" | b"vide");
                    self.audio |= kind == b"soun";
                }
                b"stsd" if self.track => self.descriptions(content),
                _ => {}
            }
            at = end;
        }
    }

    fn descriptions(&mut self, content: &[u8]) {
        if let Some(codec) = content.get(12..16) {
            let codec: String = codec
                .iter()
                .map(|&b| if b.is_ascii_graphic() { char::from(b) } else { '?' })
                .collect();
            if !self.codecs.contains(&codec) {
                self.codecs.push(codec);
            }
        }
    }
}

const DOC_TYPE: u64 = 0x4282;
const SEGMENT: u64 = 0x1853_8067;
const TRACKS: u64 = 0x1654_ae6b;
const TRACK_ENTRY: u64 = 0xae;
const TRACK_TYPE: u64 = 0x83;
const CODEC_ID: u64 = 0x86;
const CLUSTER: u64 = 0x1f43_b675;
const SOUND: u8 = 2;

fn webm(head: &[u8], size: u64) -> Container {
    let mut kind = "matroska";
    let mut container = Container {
        kind: String::new(),
        index_at: None,
        truncated: false,
        codecs: Vec::new(),
        has_audio: None,
    };
    for element in Elements::of(head) {
        match element.id {
            // The EBML header; the document type is inside.
            0x1a45_dfa3 => {
                let is_webm = |inner: &Element| inner.id == DOC_TYPE && inner.content.starts_with(b"webm");
                if Elements::of(element.content).any(|inner| is_webm(&inner)) {
                    kind = "webm";
                }
            }
            SEGMENT => {
                let declared = element.size.map(|size| element.begins as u64 + size);
                container.truncated = declared.is_some_and(|end| end > size);
                segment(element.content, &mut container);
            }
            _ => {}
        }
    }
    container.kind = kind.to_owned();
    container
}

fn segment(content: &[u8], container: &mut Container) {
    for element in Elements::of(content) {
        match element.id {
            TRACKS => {
                container.has_audio = Some(false);
                for track in Elements::of(element.content).filter(|one| one.id == TRACK_ENTRY) {
                    for part in Elements::of(track.content) {
                        match part.id {
                            CODEC_ID => container
                                .codecs
                                .push(String::from_utf8_lossy(part.content).into_owned()),
                            TRACK_TYPE if part.content == [SOUND] => container.has_audio = Some(true),
                            _ => {}
                        }
                    }
                }
            }
            CLUSTER => return,
            _ => {}
        }
    }
}

/// An EBML element; its content as far as the bytes at hand reach.
struct Element<'b> {
    id: u64,
    /// `None`: unknown, as a recorder that still runs writes it.
    size: Option<u64>,
    /// Where the content begins among the bytes walked.
    begins: usize,
    content: &'b [u8],
}

struct Elements<'b> {
    bytes: &'b [u8],
    at: usize,
    left: usize,
}

impl<'b> Elements<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            left: MOST_ELEMENTS,
        }
    }
}

impl<'b> Iterator for Elements<'b> {
    type Item = Element<'b>;

    fn next(&mut self) -> Option<Element<'b>> {
        self.left = self.left.checked_sub(1)?;
        let (id, id_length) = number(self.bytes.get(self.at..)?, false)?;
        let (size, size_length) = number(self.bytes.get(self.at + id_length..)?, true)?;
        let begins = self.at + id_length + size_length;
        let unknown = size == (1 << (7 * size_length)) - 1;
        let size = (!unknown).then_some(size);
        let end = size.map_or(self.bytes.len(), |size| {
            begins.saturating_add(index(size)).min(self.bytes.len())
        });
        self.at = end;
        Some(Element {
            id,
            size,
            begins,
            content: self.bytes.get(begins..end)?,
        })
    }
}

/// A number of EBML: the count of leading zeros says how many bytes it has. A size loses its marker bit, an id keeps it.
fn number(bytes: &[u8], without_marker: bool) -> Option<(u64, usize)> {
    let first = *bytes.first()?;
    let length = first.leading_zeros() as usize + 1;
    if length > 8 {
        return None;
    }
    let all = bytes
        .get(..length)?
        .iter()
        .fold(0u64, |sum, &byte| sum << 8 | u64::from(byte));
    let marker = 1u64 << (7 * length);
    Some((if without_marker { all & !marker } else { all }, length))
}

fn slice(bytes: &Bytes, range: Range<u64>) -> Option<Bytes> {
    let (from, to) = (index(range.start), index(range.end));
    (from <= to && to <= bytes.len()).then(|| bytes.slice(from..to))
}

fn index(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn made(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let mut made = (content.len() as u32 + 8).to_be_bytes().to_vec();
        made.extend(name);
        made.extend(content);
        made
    }

    fn track(kind: &[u8; 4], codec: &[u8; 4]) -> Vec<u8> {
        let handler = made(b"hdlr", &[&[0; 8][..], kind, &[0; 12]].concat());
        let description = made(
            b"stsd",
            &[&[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 16][..], codec, &[0; 8]].concat(),
        );
        let media = made(b"minf", &made(b"stbl", &description));
        made(b"trak", &made(b"mdia", &[handler, media].concat()))
    }

    async fn looked_at(file: &[u8]) -> Container {
        let read = |range: Range<u64>| async move {
            let slice = file.get(index(range.start)..index(range.end)).expect("within the file");
            Ok::<_, std::convert::Infallible>(Bytes::copy_from_slice(slice))
        };
        probe(file.len() as u64, read).await.unwrap()
    }

    fn movie() -> Vec<u8> {
        made(
            b"moov",
            &[
                track(b"vide", b"avc1"),
                track(b"soun", b"mp4a"),
                track(b"text", b"tx3g"),
            ]
            .concat(),
        )
    }

    #[tokio::test]
    async fn an_index_at_the_start_or_the_end_is_told_from_the_order_of_the_boxes() {
        let (kind, media) = (made(b"ftyp", b"isom\0\0\0\0"), made(b"mdat", &[0; 200_000]));
        let first = looked_at(&[&kind[..], &movie(), &media].concat()).await;
        assert_eq!(
            (first.kind.as_str(), first.index_at.as_deref(), first.truncated),
            ("mp4", Some("start"), false)
        );
        assert_eq!(
            (first.codecs, first.has_audio),
            (vec!["avc1".to_owned(), "mp4a".to_owned()], Some(true))
        );
        let last = looked_at(&[&kind[..], &media, &movie()].concat()).await;
        assert_eq!(
            (last.index_at.as_deref(), last.truncated, last.codecs.len()),
            (Some("end"), false, 2)
        );
    }

    #[tokio::test]
    async fn a_file_that_ends_within_a_box_or_before_its_index_is_truncated() {
        let (kind, media) = (made(b"ftyp", b"isom\0\0\0\0"), made(b"mdat", &[0; 200_000]));
        let whole = [&kind[..], &movie(), &media].concat();
        assert!(looked_at(&whole[..whole.len() - 1]).await.truncated);
        let without_index = [&kind[..], &media].concat();
        assert!(looked_at(&without_index).await.truncated);
        assert!(looked_at(&[]).await.truncated);
    }

    #[tokio::test]
    async fn what_is_no_media_is_unknown() {
        for file in [&b"<html>not a video</html>"[..], b"\0", b"plain"] {
            assert_eq!(looked_at(file).await.kind, "unknown");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_read_outside(
            magic in prop::sample::select(vec![&b"\0\0\0\x14ftyp"[..], b"\0\0\0\0moov", b"\0\0\0\x01mdat", b"\x1a\x45\xdf\xa3", b""]),
            rest in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let _ = runtime.block_on(looked_at(&[magic, &rest].concat()));
        }

        #[test]
        fn a_whole_movie_with_one_byte_changed_is_survived(at in 0usize..300, byte in any::<u8>()) {
            let mut file = [made(b"ftyp", b"isom\0\0\0\0"), movie(), made(b"mdat", &[0; 50])].concat();
            let at = at % file.len();
            file[at] = byte;
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let _ = runtime.block_on(looked_at(&file));
        }
    }
}
