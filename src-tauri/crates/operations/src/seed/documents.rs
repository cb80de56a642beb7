//! The demo's documents: small PDF notes and PPTX slides that open, with the meeting's own words in them. It is no writer of
//! documents in general.

use bytes::Bytes;

use super::dice::{Dice, Subject};
use super::names;
use super::words::{CHAT_EN, CHAT_ZH};
use super::world::{Meeting, World};

/// Notes of some of the meetings that took place, slides of a few: keys and contents.
pub(super) fn documents(world: &World) -> Vec<(String, Bytes)> {
    let mut dice = Dice::new(world.seed_number, Subject::Documents);
    let mut all = Vec::new();
    for meeting in world.meetings.iter().filter(|one| one.took_place()) {
        let shown = meeting.live() && meeting.title == super::words::SHOWN_LIVE;
        if shown || dice.percent(15) {
            let notes = pdf(&lines(&mut dice, meeting));
            all.push((
                format!("media/documents/meeting_{}_notes.pdf", meeting.id),
                Bytes::from(notes),
            ));
        }
        if shown || dice.percent(5) {
            let slides = pptx(&meeting.title, &lines(&mut dice, meeting)[2..]);
            all.push((
                format!("media/documents/meeting_{}_slides.pptx", meeting.id),
                Bytes::from(slides),
            ));
        }
    }
    all
}

fn lines(dice: &mut Dice, meeting: &Meeting) -> Vec<String> {
    let mut lines = vec![
        meeting.title.clone(),
        meeting.start.format("%Y-%m-%d %H:%M UTC").to_string(),
    ];
    for _ in 0..dice.between(6, 18) {
        lines.push(format!(
            "- {}",
            dice.pick(if meeting.chinese { &CHAT_ZH } else { &CHAT_EN })
        ));
    }
    lines
}

/// One page of lines. PDF 32000-1:2008: sections 7.5 (file structure) and 9.7.5 (`STSong-Light`, a font every reader stands
/// in for, so that none is embedded).
fn pdf(lines: &[String]) -> Vec<u8> {
    let mut page = String::from("BT 56 780 Td 18 TL\n");
    for (n, line) in lines.iter().enumerate() {
        let size = if n == 0 { 16 } else { 11 };
        if names::is_chinese(line) || !line.is_ascii() {
            let hex: String = line.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            page.push_str(&format!("/F2 {size} Tf <{hex}> Tj T*\n"));
        } else {
            let plain: String = line.replace('\\', r"\\").replace('(', r"\(").replace(')', r"\)");
            page.push_str(&format!("/F1 {size} Tf ({plain}) Tj T*\n"));
        }
    }
    page.push_str("ET\n");
    let fonts = "<< /F1 5 0 R /F2 6 0 R >>";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font {fonts} >> >>"),
        format!("<< /Length {} >>\nstream\n{page}endstream", page.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [7 0 R] >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 8 0 R /CIDSystemInfo << /Registry \
         (Adobe) /Ordering (GB1) /Supplement 4 >> >>"
            .to_owned(),
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 \
         /Descent -120 /CapHeight 880 /StemV 93 >>"
            .to_owned(),
    ];
    let mut file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).into_bytes());
    }
    let table = file.len();
    let count = objects.len() + 1;
    file.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").into_bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    file.extend(format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").into_bytes());
    file
}

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const P: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// One slide: title and lines. ECMA-376 part 1, section 13 (a presentation needs a master, a layout and a theme).
fn pptx(title: &str, lines: &[String]) -> Vec<u8> {
    let overrides: String = [
        ("presentation", "presentation.main"),
        ("slides/slide1", "slide"),
        ("slideLayouts/slideLayout1", "slideLayout"),
        ("slideMasters/slideMaster1", "slideMaster"),
    ]
    .map(|(part, kind)| {
        let kind = format!("application/vnd.openxmlformats-officedocument.presentationml.{kind}+xml");
        format!(r#"<Override PartName="/ppt/{part}.xml" ContentType="{kind}"/>"#)
    })
    .concat();
    let theme = r#"<Override PartName="/ppt/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>"#;
    let types = format!(
        r#"{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{overrides}{theme}</Types>"#
    );
    let names = format!(r#"xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}""#);
    let group = r#"<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"#;
    let empty = format!("<p:cSld><p:spTree>{group}</p:spTree></p:cSld>");
    let body = format!(
        "{}{}",
        text_box(2, 457_200, title, 3_200),
        text_box(3, 1_600_200, &lines.join("\n"), 1_800)
    );
    let presentation = format!(
        r#"{XML}<p:presentation {names}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst><p:sldId id="256" r:id="rId2"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>"#
    );
    let map = r#"<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>"#;
    let layouts = r#"<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>"#;
    let inherit = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>";
    zip(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", links(&[("officeDocument", "ppt/presentation.xml")])),
        ("ppt/presentation.xml", presentation),
        (
            "ppt/_rels/presentation.xml.rels",
            links(&[
                ("slideMaster", "slideMasters/slideMaster1.xml"),
                ("slide", "slides/slide1.xml"),
            ]),
        ),
        (
            "ppt/slides/slide1.xml",
            format!("{XML}<p:sld {names}><p:cSld><p:spTree>{group}{body}</p:spTree></p:cSld>{inherit}</p:sld>"),
        ),
        (
            "ppt/slides/_rels/slide1.xml.rels",
            links(&[("slideLayout", "../slideLayouts/slideLayout1.xml")]),
        ),
        (
            "ppt/slideLayouts/slideLayout1.xml",
            format!("{XML}<p:sldLayout {names}>{empty}{inherit}</p:sldLayout>"),
        ),
        (
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
            links(&[("slideMaster", "../slideMasters/slideMaster1.xml")]),
        ),
        (
            "ppt/slideMasters/slideMaster1.xml",
            format!("{XML}<p:sldMaster {names}>{empty}{map}{layouts}</p:sldMaster>"),
        ),
        (
            "ppt/slideMasters/_rels/slideMaster1.xml.rels",
            links(&[
                ("slideLayout", "../slideLayouts/slideLayout1.xml"),
                ("theme", "../theme/theme1.xml"),
            ]),
        ),
        ("ppt/theme/theme1.xml", theme_part()),
    ])
}

/// A part's relations to others: kind and target.
fn links(links: &[(&str, &str)]) -> String {
    let link = |(n, (kind, target)): (usize, &(&str, &str))| {
        format!(
            r#"<Relationship Id="rId{}" Type="{R}/{kind}" Target="{target}"/>"#,
            n + 1
        )
    };
    let all: String = links.iter().enumerate().map(link).collect();
    format!(r#"{XML}<Relationships xmlns="{PACKAGE}/relationships">{all}</Relationships>"#)
}

fn text_box(id: u32, y: u32, text: &str, size: u32) -> String {
    let paragraphs: String = text
        .lines()
        .map(|line| {
            let line = line.replace('&', "&amp;").replace('<', "&lt;");
            format!(r#"<a:p><a:r><a:rPr lang="en-US" sz="{size}"/><a:t>{line}</a:t></a:r></a:p>"#)
        })
        .collect();
    format!(
        r#"<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="Text {id}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="457200" y="{y}"/><a:ext cx="8229600" cy="1143000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr wrap="square"/><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"#
    )
}

fn theme_part() -> String {
    let colours: String = [
        ("dk1", "1B1D22"),
        ("lt1", "FFFFFF"),
        ("dk2", "2D4A66"),
        ("lt2", "EEF1F5"),
        ("accent1", "4C9BE8"),
        ("accent2", "4F3B63"),
        ("accent3", "3F5A3C"),
        ("accent4", "6B4B2E"),
        ("accent5", "2F5D5A"),
        ("accent6", "6A3844"),
        ("hlink", "2A6FB5"),
        ("folHlink", "5B4A86"),
    ]
    .map(|(name, value)| format!(r#"<a:{name}><a:srgbClr val="{value}"/></a:{name}>"#))
    .concat();
    let font = r#"<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>"#;
    let fill = r#"<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>"#.repeat(3);
    let line = r#"<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>"#.repeat(3);
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>".repeat(3);
    format!(
        r#"{XML}<a:theme xmlns:a="{A}" name="Greenroom"><a:themeElements><a:clrScheme name="Greenroom">{colours}</a:clrScheme><a:fontScheme name="Greenroom"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name="Greenroom"><a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"#
    )
}

/// Files stored as they are. PKWARE APPNOTE 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16; every date is 1 January 1980.
fn zip(files: &[(&str, String)]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in files {
        let offset = archive.len() as u32;
        let size = (content.len() as u32).to_le_bytes();
        let mut facts = Vec::new();
        // Version 2.0, UTF-8 names, stored, time 0, date 1980-01-01.
        for two in [20u16, 0x0800, 0, 0, 0x0021] {
            facts.extend(two.to_le_bytes());
        }
        facts.extend(crc32(content.as_bytes()).to_le_bytes());
        facts.extend(size);
        facts.extend(size);
        facts.extend((name.len() as u16).to_le_bytes());
        facts.extend(0u16.to_le_bytes());
        archive.extend(0x0403_4b50u32.to_le_bytes());
        archive.extend(&facts);
        archive.extend(name.as_bytes());
        archive.extend(content.as_bytes());
        directory.extend(0x0201_4b50u32.to_le_bytes());
        directory.extend(20u16.to_le_bytes());
        directory.extend(&facts);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, offset) = (files.len() as u16, archive.len() as u32);
    archive.extend(&directory);
    archive.extend(0x0605_4b50u32.to_le_bytes());
    archive.extend([0; 4]);
    archive.extend(count.to_le_bytes());
    archive.extend(count.to_le_bytes());
    archive.extend((directory.len() as u32).to_le_bytes());
    archive.extend(offset.to_le_bytes());
    archive.extend([0; 2]);
    archive
}

/// ISO 3309, bit by bit: the files are small.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes
        .iter()
        .fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_pdf_names_the_place_of_each_object() {
        let file = pdf(&["研发周会".to_owned(), "plain (text)".to_owned()]);
        let text = String::from_utf8_lossy(&file);
        let table: usize = text
            .rsplit("startxref\n")
            .next()
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!(file[table..].starts_with(b"xref"));
        let third = std::str::from_utf8(&file[table..]).unwrap().lines().nth(5).unwrap();
        let place: usize = third[..10].parse().unwrap();
        assert!(file[place..].starts_with(b"3 0 obj"));
    }
}
