//! Archives whose directories lie.

use super::Expected::{Cells, Refused, Survived};
use super::workbooks::book;
use super::{Case, case};
use crate::made::archive;

const SHEET: &str = "<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>";

fn good() -> Vec<u8> {
    book(&[("A", SHEET)], "<sst/>", "<styleSheet/>")
}

/// Where the line of the directory about an entry begins.
fn line_of(bytes: &[u8], name: &str) -> usize {
    let at = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, w)| *w == b"PK\x01\x02")
        .map(|(at, _)| at);
    at.into_iter()
        .find(|at| bytes[at + 46..].starts_with(name.as_bytes()))
        .unwrap()
}

fn changed(name: &str, field: usize, value: &[u8]) -> Vec<u8> {
    let mut bytes = good();
    let at = line_of(&bytes, name) + field;
    bytes[at..at + value.len()].copy_from_slice(value);
    bytes
}

/// A workbook with one part of this many blanks.
fn bomb(part: &str, length: usize) -> Vec<u8> {
    let blanks = vec![b' '; length];
    archive(&[
        (
            "xl/workbook.xml",
            b"<workbook><sheets><sheet name='A' r:id='r'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id='r' Type='x/worksheet' Target='s.xml'/></Relationships>",
        ),
        (part, &blanks),
    ])
}

/// The archive with a line of its directory written twice.
fn line_twice() -> Vec<u8> {
    let bytes = good();
    let at = line_of(&bytes, "xl/styles.xml");
    let length = 46 + "xl/styles.xml".len();
    let end = bytes.windows(4).rposition(|w| w == b"PK\x05\x06").unwrap();
    let mut out = bytes[..end].to_vec();
    out.extend_from_slice(&bytes[at..at + length]);
    let mut tail = bytes[end..].to_vec();
    for field in [8, 10] {
        let count = u16::from_le_bytes([tail[field], tail[field + 1]]) + 1;
        tail[field..field + 2].copy_from_slice(&count.to_le_bytes());
    }
    let size = u32::from_le_bytes(tail[12..16].try_into().unwrap()) + length as u32;
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    out.extend(tail);
    out
}

pub fn cases() -> Vec<Case> {
    let sheet = "xl/worksheets/s0.xml";
    let whole = good();
    let other_case = archive(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("XL/Workbook.xml", b"<workbook/>"),
    ]);
    let many: Vec<String> = (0..21_000).map(|i| format!("xl/{i}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let target = |target: &str| {
        archive(&[
            ("xl/workbook.xml", b"<workbook><sheets><sheet name='A' r:id='r'/></sheets></workbook>"),
            (
                "xl/_rels/workbook.xml.rels",
                format!("<Relationships><Relationship Id='r' Type='x/worksheet' Target='{target}'/></Relationships>").as_bytes(),
            ),
            ("xl/s.xml", SHEET.as_bytes()),
        ])
    };
    vec![
        case(
            "before-the-archive",
            [b"#!/bin/sh\n".as_slice(), &whole].concat(),
            Survived,
        ),
        case("after-the-archive", [&whole[..], &[0; 40]].concat(), Survived),
        case(
            "size-too-small",
            changed(sheet, 24, &[3, 0, 0, 0]),
            Refused(&["sheet-unreadable"]),
        ),
        case(
            "size-too-large",
            changed(sheet, 24, &[0, 0, 1, 0]),
            Refused(&["sheet-unreadable"]),
        ),
        case(
            "size-beyond-measure",
            changed(sheet, 24, &[0xFE, 0xFF, 0xFF, 0xFF]),
            Refused(&["file-too-large"]),
        ),
        case(
            "packed-beyond-the-file",
            changed(sheet, 20, &[0xFE, 0xFF, 0xFF, 0x7F]),
            Refused(&["file-damaged"]),
        ),
        case(
            "checksum",
            changed(sheet, 16, &[1, 2, 3, 4]),
            Refused(&["sheet-unreadable"]),
        ),
        case(
            "unknown-method",
            changed(sheet, 10, &[99, 0]),
            Refused(&["sheet-unreadable"]),
        ),
        case(
            "entry-with-password",
            changed(sheet, 8, &[1, 0]),
            Refused(&["file-encrypted"]),
        ),
        case(
            "place-beyond-the-file",
            changed(sheet, 42, &[0xFE, 0xFF, 0xFF, 0x7F]),
            Refused(&["file-damaged"]),
        ),
        case(
            "one-over-the-other",
            changed("xl/styles.xml", 42, &[0, 0, 0, 0]),
            Refused(&["file-damaged"]),
        ),
        case("line-twice", line_twice(), Refused(&["file-damaged"])),
        case("names-differ-in-case", other_case, Refused(&["file-damaged"])),
        case("too-many-entries", archive(&many), Refused(&["file-too-large"])),
        case(
            "bomb-of-a-sheet",
            bomb("xl/s.xml", 40 << 20),
            Refused(&["file-too-large"]),
        ),
        case(
            "bomb-of-texts",
            bomb("xl/sharedStrings.xml", 40 << 20),
            Refused(&["file-too-large"]),
        ),
        case("target-with-slash", target("/xl/s.xml"), Cells(&["A1 7"])),
        case(
            "target-with-dots",
            target("../../../xl/./s.xml"),
            Cells(&["A1 7"]),
        ),
        case("target-with-other-slash", target("\\xl\\s.xml"), Cells(&["A1 7"])),
        case(
            "target-missing",
            target("nowhere.xml"),
            Refused(&["sheet-unreadable"]),
        ),
        case(
            "only-an-end",
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec(),
            Refused(&["file-foreign", "file-damaged"]),
        ),
        case(
            "no-workbook",
            archive(&[("xl/nothing.xml", b"<a/>")]),
            Refused(&["file-damaged"]),
        ),
    ]
}
