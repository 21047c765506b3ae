//! From the bytes of a fuzzer to a file of a format, and back for seeds.
//!
//! A changed byte of an archive only breaks its checksum; so what is changed are the parts, one after
//! the other with a mark between, and the sound archive is built around them.

use std::io::{Cursor, Read, Write};

/// Stands between the parts of an input.
pub const MARK: &[u8] = b"\n%~%~\n";

const RELATIONS: &str = "<Relationships><Relationship Id='r0' Type='x/worksheet' Target='s0.P'/><Relationship Id='r1' Type='x/worksheet' Target='s1.P'/>\
    <Relationship Id='t' Type='x/sharedStrings' Target='t.P'/><Relationship Id='s' Type='x/styles' Target='y.P'/></Relationships>";

const WORKBOOK: &str =
    "<workbook><sheets><sheet name='A' r:id='r0'/><sheet name='B' r:id='r1'/></sheets></workbook>";

/// Sheet, shared texts, styles, second sheet, workbook.
pub fn xlsx(input: &[u8]) -> Vec<u8> {
    let parts = parts(input);
    let workbook = parts.get(4).copied().unwrap_or(WORKBOOK.as_bytes());
    package("xml", &parts, workbook)
}

/// Sheet, shared texts, styles, second sheet, workbook.
pub fn xlsb(input: &[u8]) -> Vec<u8> {
    let parts = parts(input);
    let usual = workbook_of_xlsb();
    package("bin", &parts, parts.get(4).copied().unwrap_or(&usual))
}

/// The stream with the records.
pub fn xls(input: &[u8]) -> Vec<u8> {
    compound("Workbook", input)
}

/// Content, styles.
pub fn ods(input: &[u8]) -> Vec<u8> {
    let parts = parts(input);
    let mut entries: Vec<(&str, &[u8])> =
        vec![("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")];
    entries.extend(["content.xml", "styles.xml"].into_iter().zip(parts));
    archive(&entries)
}

fn parts(input: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = input;
    while let Some(at) = rest.windows(MARK.len()).position(|w| w == MARK) {
        parts.push(&rest[..at]);
        rest = &rest[at + MARK.len()..];
    }
    parts.push(rest);
    parts
}

fn package(ending: &str, parts: &[&[u8]], workbook: &[u8]) -> Vec<u8> {
    let relations = RELATIONS.replace(".P'", &format!(".{ending}'"));
    let names = ["s0", "t", "y", "s1"].map(|name| format!("xl/{name}.{ending}"));
    let book = format!("xl/workbook.{ending}");
    let of_book = format!("xl/_rels/workbook.{ending}.rels");
    let mut entries: Vec<(&str, &[u8])> = vec![(&book, workbook), (&of_book, relations.as_bytes())];
    for (name, part) in names.iter().zip(parts) {
        // An empty part is one that is not there.
        if !part.is_empty() {
            entries.push((name, part));
        }
    }
    archive(&entries)
}

/// One record of xlsb: its number and its length in bytes of seven bits, then its data.
pub fn record_of_xlsb(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut out = match kind {
        0..128 => vec![kind as u8],
        _ => vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8],
    };
    let mut length = data.len();
    while length > 127 {
        out.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend(data);
    out
}

/// A text of xlsb.
pub fn text_of_xlsb(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = (units.len() as u32).to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out
}

/// The list of two sheets, A and B.
pub fn workbook_of_xlsb() -> Vec<u8> {
    let sheet = |name: &str, relation: &str| {
        let head = [[0u8; 4], 1u32.to_le_bytes()].concat();
        record_of_xlsb(156, &[head, text_of_xlsb(relation), text_of_xlsb(name)].concat())
    };
    [
        record_of_xlsb(131, &[]),
        record_of_xlsb(153, &[0; 12]),
        record_of_xlsb(143, &[]),
        sheet("A", "r0"),
        sheet("B", "r1"),
        record_of_xlsb(144, &[]),
        record_of_xlsb(132, &[]),
    ]
    .concat()
}

/// The input that builds a workbook like this one (its first two sheets); none if it is of another kind.
pub fn input_of(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let mut part = |endings: &[&str]| {
        let is_wanted = |name: &&String| endings.iter().any(|ending| name.to_lowercase().contains(ending));
        let mut out = Vec::new();
        if let Some(name) = names.iter().find(is_wanted) {
            archive.by_name(name).ok()?.read_to_end(&mut out).ok()?;
        }
        Some(out)
    };
    let wanted: &[&[&str]] = if names.iter().any(|name| name == "content.xml") {
        &[&["content.xml"], &["styles.xml"]]
    } else {
        &[
            &["sheets/sheet1.", "/s0."],
            &["sharedstrings.", "/t."],
            &["styles.", "/y."],
            &["sheets/sheet2.", "/s1."],
        ]
    };
    let parts: Option<Vec<Vec<u8>>> = wanted.iter().map(|endings| part(endings)).collect();
    Some(parts?.join(MARK))
}

/// An archive of these parts, not deflated.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        // Writing to memory does not fail.
        let _ = zip.start_file(*name, stored);
        let _ = zip.write_all(content);
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// A compound file with one stream.
pub fn compound(name: &str, content: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const FREE: u32 = 0xFFFF_FFFF;
    const END: u32 = 0xFFFF_FFFE;
    let entry = |name: &str, kind: u8, start: u32, size: usize| {
        let mut out: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = out.len() as u16 + 2;
        out.resize(64, 0);
        out.extend(length.to_le_bytes());
        out.extend([kind, 1]);
        out.resize(116, 0);
        out.extend(start.to_le_bytes());
        out.extend((size as u32).to_le_bytes());
        out.resize(128, 0);
        out
    };
    // Streams below 4096 bytes live elsewhere; padding with zeros keeps this maker small.
    let mut content = content.to_vec();
    content.resize(content.len().max(4096).next_multiple_of(SECTOR), 0);
    let sectors = content.len() / SECTOR;
    let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    header.resize(SECTOR, 0);
    let mut put = |at: usize, value: u32| header[at..at + 4].copy_from_slice(&value.to_le_bytes());
    // Sectors: first the tables, then the directory, then the stream.
    let tables = (sectors + 2).div_ceil(SECTOR / 4 - 1);
    put(24, 0x0003_003E);
    put(28, 0x0009_FFFE);
    put(32, 6);
    put(44, tables as u32);
    put(48, tables as u32);
    put(56, 4096);
    put(60, END);
    put(68, END);
    for i in 0..109 {
        put(76 + 4 * i, if i < tables { i as u32 } else { FREE });
    }
    let first = tables as u32 + 1;
    let mut fat = vec![0xFFFF_FFFD; tables];
    fat.push(END);
    fat.extend((1..sectors as u32).map(|i| first + i));
    fat.push(END);
    fat.resize(tables * SECTOR / 4, FREE);
    let mut directory = entry("Root Entry", 5, END, 0);
    directory.extend(entry(name, 2, first, content.len()));
    directory.resize(SECTOR, 0);
    let fat: Vec<u8> = fat.iter().flat_map(|e| e.to_le_bytes()).collect();
    [header, fat, directory, content].concat()
}
