//! The same workbook in every format: what one reader sees, all must see.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::open;
use crate::intake::grid::{Cell, Grid, Value, Workbook};
use crate::origin::CellAddress;

fn fixture(name: &str, bytes: &[u8]) -> Workbook {
    let (workbook, problems) = open(name, bytes);
    assert_eq!(problems, [], "{name}");
    workbook.unwrap()
}

fn assert_alike(one: &Workbook, other: &Workbook) {
    // The program that made the fixtures stores texts and truth values of formulas differently.
    let formula = |cell: &&Cell| cell.at.row == 8 && cell.at.column >= 3;
    assert_eq!(one.sheets.len(), other.sheets.len());
    for (a, b) in one.sheets.iter().zip(&other.sheets) {
        let cells =
            |sheet: &Grid| -> Vec<Cell> { sheet.cells.iter().filter(|c| !formula(c)).cloned().collect() };
        let (cells_a, cells_b) = (cells(a), cells(b));
        assert_eq!(
            (&a.name, a.hidden, &a.merges, cells_a.len()),
            (&b.name, b.hidden, &b.merges, cells_b.len())
        );
        let different = cells_a.iter().zip(&cells_b).find(|(a, b)| a != b);
        assert_eq!(different, None, "{} and {}", one.kind, other.kind);
    }
}

fn value(sheet: &Grid, address: &str) -> Option<Value> {
    let at = super::sheet::parse_address(address.as_bytes()).unwrap();
    sheet.get(at.row, at.column).map(|c| c.value.clone())
}

#[test]
fn one_workbook_in_three_formats_is_one_workbook() {
    let xlsx = fixture(
        "a.xlsx",
        include_bytes!("../../../tests/fixtures/open/so-lieu.xlsx"),
    );
    let xls = fixture(
        "a.xls",
        include_bytes!("../../../tests/fixtures/open/so-lieu.xls"),
    );
    let ods = fixture(
        "a.ods",
        include_bytes!("../../../tests/fixtures/open/so-lieu.ods"),
    );
    assert_eq!((xlsx.kind, xls.kind, ods.kind), ("xlsx", "xls", "ods"));
    assert_alike(&xlsx, &xls);
    assert_alike(&xlsx, &ods);

    let sheet = &xlsx.sheets[0];
    let text = |t: &str| Some(Value::Text(t.into()));
    for (address, expected) in [
        ("A1", text("HỌC SINH NĂM HỌC 2023-2024")),
        ("B5", Some(Value::Number(1234.0))),
        ("B6", Some(Value::Number(12.5))),
        ("C6", Some(Value::Number(-3.0))),
        ("E5", Some(Value::Date(2024, 5, 1))),
        ("C9", Some(Value::Error("#DIV/0!".into()))),
        ("D9", text("Lâm Sơn và Mỹ Sơn")),
        ("E9", Some(Value::Bool(true))),
        ("F9", None),
        ("A10", text("…")),
        ("C10", None),
        ("A12", text("Dòng 1\nDòng 2")),
        ("B12", text("\"trích\" & <3>")),
    ] {
        assert_eq!(value(sheet, address), expected, "{address}");
    }
    assert!(sheet.get(4, 3).unwrap().percent && !sheet.get(4, 1).unwrap().percent);
    assert_eq!(sheet.merges.len(), 2);
    assert!(xlsx.sheets[1].hidden);
    assert_eq!(xlsx.sheets[2].cells.len(), 602);
}

#[test]
fn formulas_that_no_program_computed_have_no_value() {
    let bytes = include_bytes!("../../../tests/fixtures/open/chua-tinh.xlsx");
    let workbook = fixture("b.xlsx", bytes);
    for address in ["B9", "C9", "D9", "E9", "F9"] {
        assert_eq!(
            value(&workbook.sheets[0], address),
            Some(Value::FormulaWithoutValue),
            "{address}"
        );
    }
}

/// One record of xlsb.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut out = if kind < 128 {
        vec![kind as u8]
    } else {
        vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]
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

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = (units.len() as u32).to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|u| u.to_le_bytes()));
    out
}

fn cell(kind: u16, column: u32, style: u32, body: &[u8]) -> Vec<u8> {
    record(
        kind,
        &[&column.to_le_bytes(), &style.to_le_bytes(), body].concat(),
    )
}

/// An xlsb workbook with one sheet of these records.
fn xlsb(sheet: &[u8]) -> Vec<u8> {
    let bundle = [
        0u32.to_le_bytes().to_vec(),
        1u32.to_le_bytes().to_vec(),
        wide("rId1"),
        wide("Biểu 3"),
    ]
    .concat();
    let book = [
        record(131, &[]),
        record(153, &[0; 12]),
        record(143, &[]),
        record(156, &bundle),
        record(144, &[]),
        record(132, &[]),
    ]
    .concat();
    let format = |id: u16| record(47, &[&[0, 0], &id.to_le_bytes()[..], &[0; 12]].concat());
    let styles = [
        record(278, &[]),
        record(615, &1u32.to_le_bytes()),
        record(44, &[165u16.to_le_bytes().to_vec(), wide("dd/mm/yyyy")].concat()),
        record(616, &[]),
        record(617, &3u32.to_le_bytes()),
        format(0),
        format(10),
        format(165),
        record(618, &[]),
        record(279, &[]),
    ]
    .concat();
    let strings = [
        record(159, &[1, 0, 0, 0, 1, 0, 0, 0]),
        record(19, &[vec![0], wide("Nữ")].concat()),
        record(160, &[]),
    ]
    .concat();
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = format!(
        "<Relationships><Relationship Id='rId1' Type='{office}/worksheet' Target='worksheets/sheet1.bin'/>\
         <Relationship Id='rId2' Type='{office}/styles' Target='styles.bin'/>\
         <Relationship Id='rId3' Type='{office}/sharedStrings' Target='/xl/sharedStrings.bin'/></Relationships>"
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("xl/workbook.bin", &book[..]),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/styles.bin", &styles),
        ("xl/sharedStrings.bin", &strings),
        ("xl/worksheets/sheet1.bin", sheet),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Records of a sheet with every kind of cell, and some that other readers do not survive.
fn sheet_of_xlsb(all: bool) -> Vec<u8> {
    let rare = |record: Vec<u8>| if all { record } else { Vec::new() };
    let rk = |value: u32| ((value << 2) | 2).to_le_bytes();
    let row = |number: u32| record(0, &[&number.to_le_bytes()[..], &[0; 13]].concat());
    let merge: Vec<u8> = [0u32, 1, 0, 2].iter().flat_map(|n| n.to_le_bytes()).collect();
    [
        record(129, &[]),
        record(148, &[0xFF; 16]),
        record(145, &[]),
        row(4),
        cell(7, 0, 0, &0u32.to_le_bytes()),
        cell(2, 1, 0, &rk(1234)),
        cell(5, 2, 1, &0.455f64.to_le_bytes()),
        cell(2, 3, 2, &rk(45_413)),
        cell(3, 4, 0, &[7]),
        cell(4, 5, 0, &[1]),
        cell(6, 6, 0, &wide("chữ")),
        cell(1, 7, 0, &[]),
        cell(9, 8, 0, &[&7f64.to_le_bytes()[..], &[0; 6]].concat()),
        cell(8, 9, 0, &[wide("kết quả"), vec![0; 6]].concat()),
        rare(cell(7, 10, 0, &9u32.to_le_bytes())),
        row(5),
        rare(cell(62, 0, 0, &[vec![0], wide("đậm")].concat())),
        rare(record(13, &[&[0; 4][..], &rk(8)].concat())),
        record(146, &[]),
        record(177, &1u32.to_le_bytes()),
        record(176, &merge),
        record(178, &[]),
        record(130, &[]),
    ]
    .concat()
}

#[test]
fn xlsb_cells_of_every_kind() {
    let sheet = sheet_of_xlsb(true);
    let workbook = fixture("c.xlsb", &xlsb(&sheet));
    let grid = &workbook.sheets[0];
    assert_eq!((workbook.kind, grid.name.as_str()), ("xlsb", "Biểu 3"));
    let text = |t: &str| Value::Text(t.into());
    let values: Vec<_> = grid.cells.iter().map(|c| c.value.clone()).collect();
    assert_eq!(
        values,
        [
            text("Nữ"),
            Value::Number(1234.0),
            Value::Number(0.455),
            Value::Date(2024, 5, 1),
            Value::Error("#DIV/0!".into()),
            Value::Bool(true),
            text("chữ"),
            Value::Number(7.0),
            text("kết quả"),
            Value::Error("#STRING!".into()),
            text("đậm"),
            Value::Number(8.0),
        ]
    );
    assert!(grid.get(4, 2).unwrap().percent);
    assert_eq!(grid.get(5, 1).unwrap().value, Value::Number(8.0));
    assert_eq!(grid.merges.len(), 1);

    // The end of the sheet is missing.
    let (workbook, problems) = open("c.xlsb", &xlsb(&sheet[..sheet.len() - 2]));
    assert_eq!(workbook.unwrap().sheets, []);
    assert_eq!(problems[0].kind.name(), "sheet-unreadable");
}

/// Another reader's view of the same files, where it has one: address, and number or text.
fn second_opinion<'b, R>(bytes: &'b [u8], ours: &Workbook)
where
    R: calamine::Reader<Cursor<&'b [u8]>>,
    R::Error: std::fmt::Debug,
{
    use calamine::Data;
    let mut theirs = R::new(Cursor::new(bytes)).unwrap();
    for sheet in &ours.sheets {
        let range = theirs.worksheet_range(&sheet.name).unwrap();
        let (row, column) = range.start().unwrap();
        let cells = range
            .used_cells()
            .filter(|(_, _, data)| !matches!(data, Data::String(s) if s.trim().is_empty()));
        let mut seen = 0;
        for (r, c, data) in cells {
            let at = CellAddress::new(row + r as u32, column + c as u32);
            let cell = sheet.get(at.row, at.column);
            let same = match (data, cell.map(|c| &c.value)) {
                (Data::Float(a), Some(Value::Number(b))) => a == b,
                (Data::Int(a), Some(Value::Number(b))) => *a as f64 == *b,
                (Data::String(a), Some(Value::Text(b))) => a == b,
                (Data::Bool(a), Some(Value::Bool(b))) => a == b,
                (Data::DateTime(_) | Data::DateTimeIso(_), Some(Value::Date(..))) => true,
                (Data::Error(_), Some(Value::Error(_))) => true,
                _ => false,
            };
            assert!(same, "{} › {at}: {data:?}, ours {cell:?}", sheet.name);
            seen += 1;
        }
        let known =
            |v: &&Cell| v.value != Value::FormulaWithoutValue && v.value != Value::Error("#STRING!".into());
        assert_eq!(seen, sheet.cells.iter().filter(known).count(), "{}", sheet.name);
    }
}

#[test]
fn another_reader_sees_the_same_cells() {
    let xlsx = include_bytes!("../../../tests/fixtures/open/so-lieu.xlsx");
    let xls = include_bytes!("../../../tests/fixtures/open/so-lieu.xls");
    second_opinion::<calamine::Xlsx<_>>(xlsx, &fixture("a.xlsx", xlsx));
    second_opinion::<calamine::Xls<_>>(xls, &fixture("a.xls", xls));
    let xlsb = xlsb(&sheet_of_xlsb(false));
    second_opinion::<calamine::Xlsb<_>>(&xlsb, &fixture("a.xlsb", &xlsb));
}

#[test]
fn what_is_wrong_in_the_bytes_never_stops_the_program() {
    let files: [&[u8]; 3] = [
        include_bytes!("../../../tests/fixtures/open/so-lieu.xls"),
        include_bytes!("../../../tests/fixtures/open/so-lieu.ods"),
        include_bytes!("../../../tests/fixtures/open/so-lieu.xlsx"),
    ];
    // A small generator of its own, so that a failure can be repeated.
    let mut state: u64 = 20_241_122;
    let mut random = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for file in files {
        for _ in 0..60 {
            let mut bytes = file.to_vec();
            for _ in 0..1 + random(12) {
                let within = 4096 * (1 + random(20));
                let at = random(bytes.len().min(within));
                bytes[at] = random(256) as u8;
            }
            bytes.truncate(bytes.len() - random(3) * random(bytes.len() / 4));
            let (workbook, problems) = open("d", &bytes);
            assert!(workbook.is_some() || !problems.is_empty());
        }
    }
}
