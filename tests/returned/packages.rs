//! Packages as other programs write them, and packages that are broken: marked in place, or refused; never torn.

use std::collections::BTreeSet;
use std::io::Cursor;

use bdg::lang::Lang;
use bdg::origin::CellAddress;
use bdg::problem::Severity;
use bdg::returned::{Earlier, Notice, Point, mark};
use calamine::{Data, Reader, Xlsx};

use super::planted::{tables, workbook};
use super::{commented, parts, text, values};
use crate::made::archive;

/// A point on these cells of a sheet.
fn notice(sheet: &str, cells: &[(u32, u32)]) -> Notice {
    let cells: Vec<CellAddress> = cells.iter().map(|(r, c)| CellAddress::new(*r, *c)).collect();
    Notice {
        lang: Lang::Vi,
        lines: vec!["dòng <đầu> & cuối".to_owned()],
        points: vec![Point {
            severity: Severity::Error,
            sheet: Some(sheet.to_owned()),
            at: cells.first().copied(),
            cells,
            title: "a < b & \"c\"".to_owned(),
            found: "\u{1}thấy".to_owned(),
            expected: String::new(),
            suggested: String::new(),
            effect: String::new(),
            remedy: "sửa".to_owned(),
        }],
    }
}

const TYPES: &str = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='xml' ContentType='application/xml'/></Types>";
const ROOT: &str = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument' Target='/xl/workbook.xml'/></Relationships>";
const BOOK: &str = "<x:workbook xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main' xmlns:rel='http://purl.oclc.org/ooxml/officeDocument/relationships'><x:bookViews><x:workbookView activeTab='1'/></x:bookViews><x:sheets><x:sheet name='Biểu &quot;1&apos;' sheetId='1' rel:id='a'/></x:sheets></x:workbook>";
const BOOK_RELS: &str = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='a' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet' Target='worksheets/s.xml'/></Relationships>";

/// A package in the strict form with a prefix on every element, without styles.
fn strict(sheet: &str) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/s.xml", sheet.as_bytes()),
    ])
}

fn sheet(data: &str) -> String {
    format!(
        "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:sheetViews><x:sheetView tabSelected='1' workbookViewId='0'/></x:sheetViews>{data}<x:pageMargins left='1' right='1' top='1' bottom='1' header='0' footer='0'/><x:extLst><x:ext uri='u'/></x:extLst></x:worksheet>"
    )
}

#[test]
fn cells_that_are_not_there_are_added_where_they_belong() {
    let data = "<x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row r='4'><x:c r='B4'><x:v>3</x:v></x:c><x:c r='E4'/></x:row><x:row r='6'/></x:sheetData>";
    let cells = [(0, 1), (0, 5), (1, 0), (3, 0), (3, 2), (3, 4), (5, 1), (8, 3)];
    let marked = mark(
        &strict(&sheet(data)),
        &notice("Biểu \"1'", &cells),
        &Earlier::default(),
    )
    .unwrap();
    let parts = parts(&marked);
    let xml = text(&parts, "xl/worksheets/s.xml");
    let expected: BTreeSet<String> = cells
        .iter()
        .map(|(r, c)| CellAddress::new(*r, *c).to_string())
        .collect();
    assert_eq!(commented(&parts, "xl/worksheets/s.xml"), expected);
    // In the order of rows and columns; a cell that says no address still follows the one before it.
    let shape: Vec<String> = xml
        .split("<x:")
        .filter(|tag| tag.starts_with("c>") || tag.starts_with("c ") || tag.starts_with("row"))
        .map(|tag| {
            let address = values(&format!(" {}", tag.replace('\'', "\"")), "r");
            let kind = if tag.starts_with("row") { "row" } else { "c" };
            format!("{kind} {}", address.first().map_or("-", String::as_str))
        })
        .collect();
    assert_eq!(
        shape,
        [
            "row -", "c -", "c -", "c F1", "row 2", "c A2", "row 4", "c A4", "c B4", "c C4", "c E4", "row 6",
            "c B6", "row 9", "c D9"
        ]
    );
    // The drawing stands before what must stand behind it, and the sheet is no longer chosen along with the list.
    let drawing = xml.find("<x:legacyDrawing").unwrap();
    assert!(
        xml.find("<x:pageMargins").unwrap() < drawing && drawing < xml.find("<x:extLst").unwrap(),
        "{xml}"
    );
    assert!(!xml.contains("tabSelected") && !text(&parts, "xl/workbook.xml").contains("activeTab"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&marked)).unwrap();
    assert_eq!(book.sheet_names(), ["Việc cần sửa", "Biểu \"1'"]);
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let all: String = range.used_cells().map(|(.., cell)| format!("{cell}\n")).collect();
    assert!(
        all.contains("dòng <đầu> & cuối") && all.contains("a < b & \"c\""),
        "{all}"
    );
    let values = book.worksheet_range_at(1).unwrap().unwrap();
    assert_eq!(values.get_value((3, 1)), Some(&Data::Float(3.0)));
}

#[test]
fn a_sheet_without_any_cell_can_be_marked() {
    let marked = mark(
        &strict(&sheet("<x:sheetData/>")),
        &notice("Biểu \"1'", &[(2, 2)]),
        &Earlier::default(),
    );
    let parts = parts(&marked.unwrap());
    let xml = text(&parts, "xl/worksheets/s.xml");
    assert!(
        xml.contains("<x:sheetData><x:row r=\"3\"><x:c r=\"C3\" s=\"1\"/></x:row></x:sheetData>"),
        "{xml}"
    );
}

#[test]
fn what_is_no_package_of_an_office_program_is_refused() {
    let whole = strict(&sheet("<x:sheetData/>"));
    let cut = &whole[..whole.len() - 30];
    let torn = strict("<x:worksheet><x:sheetData>");
    let bare = archive(&[("xl/workbook.xml", BOOK.as_bytes())]);
    for bytes in [cut, &torn, &bare, b"", b"PK\x05\x06"] {
        assert!(mark(bytes, &notice("Biểu \"1'", &[(0, 0)]), &Earlier::default()).is_err());
    }
}

/// Changes one place of one part: nothing may panic, and what comes out is a whole archive with every part of the input.
#[test]
fn broken_parts_are_refused_or_survived() {
    let whole = parts(&workbook(&tables()[..3]));
    let names: Vec<&String> = whole.keys().filter(|n| !n.ends_with(".png")).collect();
    let notice = notice("Nữ lớn hơn tổng", &[(2, 3), (7, 7)]);
    let mut seed = 0x2545_F491_4F6C_DD1Du64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below.max(1) as u64) as usize
    };
    let mut marked = 0;
    for _ in 0..400 {
        let name = names[random(names.len())];
        let mut broken = whole.clone();
        let part = broken.get_mut(name).unwrap();
        let at = random(part.len());
        let end = (at + random(40)).min(part.len());
        let pieces: [&[u8]; 8] = [
            b"",
            b"<",
            b"/>",
            b"\"",
            b"</x>",
            b"99999999999",
            b"<c r=\"A0\"/>",
            b"\xFF\xFE",
        ];
        part.splice(at..end, pieces[random(pieces.len())].iter().copied());
        let list: Vec<(&str, &[u8])> = broken.iter().map(|(n, c)| (n.as_str(), c.as_slice())).collect();
        if let Ok(bytes) = mark(&archive(&list), &notice, &Earlier::default()) {
            let after = parts(&bytes);
            assert!(broken.keys().all(|name| after.contains_key(name)));
            marked += 1;
        }
    }
    assert!((40..400).contains(&marked), "{marked} of 400");
}
