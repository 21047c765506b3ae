//! Whole files: built here part by part, because what goes wrong in them no writer produces.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::*;

/// A zip archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An xlsx file of sheets with these names and rows.
fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut list = String::new();
    let mut relations = String::new();
    let mut parts: Vec<(String, String)> = Vec::new();
    for (i, (name, rows)) in sheets.iter().enumerate() {
        let state = if name.starts_with('.') {
            "hidden"
        } else {
            "visible"
        };
        list += &format!("<sheet name='{name}' sheetId='{i}' state='{state}' r:id='r{i}'/>");
        relations +=
            &format!("<Relationship Id='r{i}' Type='x/worksheet' Target='/xl/worksheets/s{i}.xml'/>");
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/s{i}.xml"), sheet));
    }
    parts.push((
        "xl/workbook.xml".into(),
        format!("<workbook><sheets>{list}</sheets></workbook>"),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".into(),
        format!("<Relationships>{relations}</Relationships>"),
    ));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, c)| (n.as_str(), c.as_bytes())).collect();
    archive(&parts)
}

const ROW: &str = "<row r='1'><c r='A1'><v>7</v></c></row>";

pub(super) fn kinds(problems: &[Problem]) -> Vec<&'static str> {
    problems.iter().map(|p| p.kind.name()).collect()
}

#[test]
fn sheets_of_one_name_are_both_read_and_a_bad_one_costs_only_itself() {
    let bytes = xlsx(&[
        ("Xã", ROW),
        ("Xã", "<row r='1'><c><v>8</v></c></row>"),
        (".an", ROW),
        ("hỏng", "<row><c>"),
    ]);
    let (workbook, problems) = open("a.xlsx", &bytes);
    let workbook = workbook.unwrap();
    let seen: Vec<_> = workbook
        .sheets
        .iter()
        .map(|s| (s.name.as_str(), s.hidden, s.cells[0].value.clone()))
        .collect();
    let number = crate::intake::grid::Value::Number;
    assert_eq!(
        seen,
        [
            ("Xã", false, number(7.0)),
            ("Xã", false, number(8.0)),
            (".an", true, number(7.0))
        ]
    );
    assert_eq!(kinds(&problems), ["sheet-unreadable"]);
    assert_eq!(problems[0].place, Place::file("a.xlsx").sheet("hỏng"));
}

#[test]
fn what_is_no_workbook_is_named() {
    for (bytes, kind) in [
        (&b""[..], "file-empty"),
        (&[0u8; 512], "file-empty"),
        (b"%PDF-1.4", "file-foreign"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>",
            "file-foreign",
        ),
        (b"{\"error\":\"404 not found\"}", "file-foreign"),
        (b"PK\x03\x04rest of a download", "file-foreign"),
    ] {
        let (workbook, problems) = open("b.xlsx", bytes);
        assert_eq!(workbook, None);
        assert_eq!(kinds(&problems), [kind], "{:?}", String::from_utf8_lossy(bytes));
    }
    let docx = archive(&[("word/document.xml", b"<a/>")]);
    assert_eq!(sniff(&docx), Content::Word);
    assert_eq!(sniff(&archive(&[("a.txt", b"")])), Content::Zip);
}

#[test]
fn passwords_are_named() {
    let ooxml = compound::tests::small_file("EncryptedPackage", &[1; 100]);
    assert_eq!(sniff(&ooxml), Content::Encrypted);
    let manifest = b"<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    let ods = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"\x01\x02"),
    ]);
    // A workbook of Excel 97 with a password: the first record after the start says so.
    let xls = compound::tests::small_file("Workbook", &[9, 8, 4, 0, 0, 6, 5, 0, 0x2F, 0, 2, 0, 1, 0]);
    for bytes in [&ooxml, &ods, &xls] {
        assert_eq!(kinds(&open("p.xlsx", bytes).1), ["file-encrypted"]);
    }
    let letter = compound::tests::small_file("WordDocument", &[1]);
    assert_eq!(kinds(&open("p.xls", &letter).1), ["file-foreign"]);
}

#[test]
fn too_many_sheets_are_refused() {
    let sheets: Vec<(&str, &str)> = vec![("A", ""); limits::SHEETS + 1];
    assert_eq!(kinds(&open("s.xlsx", &xlsx(&sheets)).1), ["file-too-large"]);
}

#[test]
fn a_file_cut_short_is_damaged_wherever_it_is_cut() {
    let bytes = xlsx(&[("A", ROW), ("B", ROW)]);
    for length in 4..bytes.len() {
        let (workbook, problems) = open("c.xlsx", &bytes[..length]);
        assert!(
            workbook.is_none() && problems.len() == 1,
            "cut at {length}: {problems:?}"
        );
    }
    let (_, problems) = open("c.xlsx", &bytes[..bytes.len() - 30]);
    assert_eq!(kinds(&problems), ["file-damaged"]);
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let spaces = vec![b' '; 64 << 20];
    let bomb = archive(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", &spaces),
    ]);
    assert!(bomb.len() < 1 << 20);
    let (workbook, problems) = open("d.xlsx", &bomb);
    assert_eq!(workbook, None);
    assert_eq!(kinds(&problems), ["file-too-large"]);
}

#[test]
fn an_announced_size_is_not_believed() {
    let mut bytes = xlsx(&[("A", ROW)]);
    // The inflated size in the directory entry of the sheet, made smaller than it is.
    let mark = b"PK\x01\x02";
    let at = bytes.windows(4).position(|w| w == mark).unwrap();
    bytes[at + 24] = 3;
    let (workbook, problems) = open("e.xlsx", &bytes);
    assert!(workbook.is_none_or(|w| w.sheets.is_empty()));
    assert_eq!(problems.len(), 1);
}

#[test]
fn text_is_read_with_its_separator_and_encoding() {
    let (workbook, problems) = open("thư mục/xã a.csv", "Xã;Nữ\nA;\"1.234\"\n".as_bytes());
    let workbook = workbook.unwrap();
    assert_eq!(problems, []);
    assert_eq!((workbook.kind, workbook.sheets[0].name.as_str()), ("csv", "xã a"));
    assert_eq!(workbook.sheets[0].cells.len(), 4);
    let (workbook, problems) = open("tab.xls", b"X\xE3\tN\xFD\xDE\nA\t1\n");
    assert_eq!(kinds(&problems), ["encoding-guessed"]);
    let sheet = &workbook.unwrap().sheets[0];
    assert_eq!(
        sheet.get(0, 1).unwrap().value,
        crate::intake::grid::Value::Text("Nữ".into())
    );
}

fn holds(bytes: &[u8]) -> Result<(), TestCaseError> {
    let (workbook, problems) = open("f", bytes);
    prop_assert!(workbook.is_some() || !problems.is_empty());
    for sheet in workbook.iter().flat_map(|w| &w.sheets) {
        let ordered = sheet.cells.windows(2).all(|pair| pair[0].at < pair[1].at);
        prop_assert!(ordered);
        for cell in &sheet.cells {
            prop_assert!(cell.at.row < limits::ROWS && cell.at.column < limits::COLUMNS);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000), mark in 0usize..6) {
        let marks: [&[u8]; 6] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"PK\x05\x06", b"\xFF\xFE", b"a,b\n"];
        let mut all = marks[mark].to_vec();
        all.extend(bytes);
        holds(&all)?;
    }

    #[test]
    fn no_change_of_a_workbook_makes_it_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = xlsx(&[("A", ROW), ("B", ROW)]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        holds(&bytes)?;
    }

    #[test]
    fn no_sheet_makes_it_panic(rows in "(<row( r='[0-9]{1,12}')?>|</row>|<c( r='[A-Z]{1,4}[0-9]{1,9}')?( t='(s|b|e|d|n|str|inlineStr)')?( s='[0-9]')?>|</c>|<v>|</v>|<is>|<t>|</t>|</is>|<f>|</f>|[0-9eE.-]{1,9}|&#?[a-z0-9]{1,9};|&|<){0,40}") {
        holds(&xlsx(&[("A", &rows)]))?;
    }
}

#[test]
fn the_second_reader_sees_what_the_first_does() {
    for bytes in [
        include_bytes!("../../../tests/fixtures/open/so-lieu.xlsx").as_slice(),
        include_bytes!("../../../tests/fixtures/open/so-lieu.xls"),
    ] {
        let ours = super::open("a", bytes).0.unwrap();
        let theirs = super::library::read(super::sniff(bytes), bytes).unwrap();
        let texts = |book: &super::Workbook| -> Vec<_> {
            book.sheets
                .iter()
                .flat_map(|s| &s.cells)
                .filter(|c| matches!(c.value, crate::intake::grid::Value::Text(_)))
                .map(|c| (c.at, c.value.clone()))
                .collect()
        };
        assert_eq!(texts(&ours), texts(&theirs));
    }
}
