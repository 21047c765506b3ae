//! The unit's own workbook back: marked where something is to be mended, and otherwise as it came.

mod others;
mod planted;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use planted::{SHEETS, tables, workbook};

use crate::made::{Ran, Table, bdg, put};

/// Parts by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    let part = |name: String| {
        let mut content = Vec::new();
        zip.by_name(&name).unwrap().read_to_end(&mut content).unwrap();
        (name, content)
    };
    names.into_iter().map(part).collect()
}

fn text(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts.get(name).unwrap_or_else(|| panic!("{name}")).clone()).unwrap()
}

/// The values of an attribute.
fn values(xml: &str, attribute: &str) -> Vec<String> {
    let mark = format!(" {attribute}=\"");
    let found = xml.split(&mark).skip(1).filter_map(|rest| rest.split('"').next());
    found.map(str::to_owned).collect()
}

/// Cells with a comment of ours, by the part of their sheet.
fn commented(parts: &BTreeMap<String, Vec<u8>>, sheet: &str) -> BTreeSet<String> {
    let (folder, file) = sheet.rsplit_once('/').unwrap();
    let rels = format!("{folder}/_rels/{file}.rels");
    let Some(rels) = parts.contains_key(&rels).then(|| text(parts, &rels)) else {
        return BTreeSet::new();
    };
    let target = values(&rels, "Target")
        .into_iter()
        .find(|t| t.contains("comments"));
    let Some(target) = target else {
        return BTreeSet::new();
    };
    let name = target.trim_start_matches('/').replace("../", "xl/");
    let xml = text(parts, &name);
    let authors: Vec<&str> = xml
        .split("<author>")
        .skip(1)
        .filter_map(|a| a.split('<').next())
        .collect();
    let ours = authors.iter().position(|a| *a == "bdg").unwrap_or(usize::MAX);
    let comments = xml.split("<comment ").skip(1);
    let of_us = comments
        .filter(|c| c.contains("[bdg] ") || values(&format!(" {c}"), "authorId")[0] == ours.to_string());
    of_us
        .map(|c| values(&format!(" {c}"), "ref")[0].clone())
        .collect()
}

/// The rows of the first sheet below its heads.
fn points(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<Vec<String>> = range
        .rows()
        .map(|row| row.iter().map(Data::to_string).collect())
        .collect();
    let head = rows.iter().position(|row| row[0] == "STT").unwrap();
    rows[head + 1..].to_vec()
}

fn check(folder: &Path, more: &[&str]) -> Ran {
    let words = [
        &[
            "check",
            "nhan",
            "-l",
            "585",
            "-p",
            "2024",
            "--format",
            "json",
            "--no-cache",
        ][..],
        more,
    ]
    .concat();
    bdg(folder, &words)
}

/// What `check` returns of one file.
fn given_back(folder: &Path, file: &str) -> Vec<u8> {
    let ran = check(folder, &["--return", "tra"]);
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    std::fs::read(folder.join("tra").join(file)).unwrap_or_else(|_| panic!("{}", ran.out))
}

/// (sheet, name of the problem, cell) of every error and warning.
fn troubles(ran: &Ran) -> Vec<(String, String, String)> {
    let word = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    let lines = ran
        .json()
        .into_iter()
        .filter(|l| l["type"] == "problem" && l["severity"] != "note");
    lines
        .map(|l| (word(&l["sheet"]), word(&l["name"]), word(&l["cell"])))
        .collect()
}

#[test]
fn planted_errors_are_marked_and_all_else_stays() {
    let folder = tempfile::tempdir().unwrap();
    let original = workbook(&tables());
    put(folder.path(), "nhan/xa.xlsx", &original);
    let kinds: BTreeSet<String> = troubles(&check(folder.path(), &[]))
        .into_iter()
        .map(|(_, name, _)| name)
        .collect();
    assert!(kinds.len() >= 20, "{} kinds: {kinds:?}", kinds.len());
    let returned = given_back(folder.path(), "xa.xlsx");
    let (before, after) = (parts(&original), parts(&returned));

    // Exactly the cells that are wrong carry a mark.
    for (n, sheet) in SHEETS.iter().enumerate() {
        let expected: BTreeSet<String> = sheet.marked.iter().map(|c| (*c).to_owned()).collect();
        let part = format!("xl/worksheets/sheet{}.xml", n + 1);
        assert_eq!(commented(&after, &part), expected, "{}", sheet.name);
        let own: usize = values(
            text(&before, "xl/styles.xml").split("<cellXfs").nth(1).unwrap(),
            "count",
        )[0]
        .parse()
        .unwrap();
        let xml = text(&after, &part);
        let coloured = xml.split("<c ").skip(1).filter(|c| {
            let style = values(&format!(" {}", c.split('>').next().unwrap()), "s");
            style.first().is_some_and(|s| s.parse::<usize>().unwrap() >= own)
        });
        let coloured: BTreeSet<String> = coloured
            .map(|c| values(&format!(" {c}"), "r")[0].clone())
            .collect();
        assert_eq!(coloured, expected, "{}", sheet.name);
    }
    let last = format!("xl/worksheets/sheet{}.xml", SHEETS.len() + 1);
    assert!(commented(&after, &last).is_empty());

    // Part by part: nothing is lost; what need not change is the same, byte for byte.
    let changes = |name: &str| {
        name.starts_with("xl/worksheets/") && name != last
            || name.starts_with("xl/comments")
            || name.starts_with("xl/drawings/vmlDrawing")
            || [
                "[Content_Types].xml",
                "xl/workbook.xml",
                "xl/_rels/workbook.xml.rels",
                "xl/styles.xml",
                "docProps/app.xml",
            ]
            .contains(&name)
    };
    for (name, content) in &before {
        let now = after.get(name).unwrap_or_else(|| panic!("{name} is gone"));
        assert!(changes(name) || now == content, "{name} changed");
    }
    assert_eq!(before.get(&last), after.get(&last));
    assert!(before.keys().any(|name| name.contains("media/image")));

    // The cells of every sheet hold what they held, and its formulas.
    let mut was: Xlsx<_> = Xlsx::new(Cursor::new(&original)).unwrap();
    let mut is: Xlsx<_> = Xlsx::new(Cursor::new(&returned)).unwrap();
    let names = was.sheet_names();
    assert_eq!(
        is.sheet_names(),
        [vec!["Việc cần sửa".to_owned()], names.clone()].concat()
    );
    for name in &names {
        let used = |range: calamine::Range<Data>| -> BTreeMap<(usize, usize), String> {
            let start = range.start().unwrap_or_default();
            let cells = range
                .used_cells()
                .map(|(r, c, v)| ((r + start.0 as usize, c + start.1 as usize), format!("{v:?}")));
            cells.collect()
        };
        assert_eq!(
            used(was.worksheet_range(name).unwrap()),
            used(is.worksheet_range(name).unwrap()),
            "{name}"
        );
        assert_eq!(
            was.worksheet_formula(name).unwrap(),
            is.worksheet_formula(name).unwrap(),
            "{name}"
        );
    }
    // The text of a marked sheet differs in the styles of marked cells and the drawing of the comments alone.
    for n in 1..SHEETS.len() {
        let part = format!("xl/worksheets/sheet{}.xml", n + 1);
        let plain = |xml: String| {
            let mut out = String::new();
            for piece in xml.split_inclusive('>') {
                let style = values(piece, "s").first().map(|s| format!(" s=\"{s}\""));
                match piece.starts_with("<c ") {
                    true => out.push_str(&piece.replace(&style.unwrap_or_default(), "")),
                    false if piece.starts_with("<legacyDrawing ") => {}
                    false => out.push_str(piece),
                }
            }
            out
        };
        assert_eq!(plain(text(&before, &part)), plain(text(&after, &part)), "{part}");
    }
    // What the workbook names by the place of a sheet is still the same sheet.
    let area = |parts| values(&text(parts, "xl/workbook.xml"), "localSheetId");
    let moved: Vec<String> = area(&before)
        .iter()
        .map(|n| (n.parse::<u32>().unwrap() + 1).to_string())
        .collect();
    assert_eq!(area(&after), moved);
    // The unit's comments are there, the one on a wrong cell with ours behind it.
    let comments: String = after
        .keys()
        .filter(|n| n.contains("comments"))
        .map(|n| text(&after, n))
        .collect();
    assert!(comments.contains("hỏi lại chị kế toán") && comments.contains("biểu chính"));
    // The same input gives the same bytes.
    assert_eq!(given_back(folder.path(), "xa.xlsx"), returned);
}

/// `D3 = 52 (= B3 − C3)` → the cell and its value; of several ways the first.
fn suggestion(words: &str) -> Option<(String, String)> {
    let (cell, rest) = words.split_once(" = ")?;
    Some((cell.to_owned(), rest.split(' ').next()?.to_owned()))
}

fn set(rows: &mut Table, cell: &str, content: &str) {
    let column = usize::from(cell.as_bytes()[0] - b'A');
    let row: usize = cell[1..].parse::<usize>().unwrap() - 1;
    rows.resize(rows.len().max(row + 1), Vec::new());
    let row = &mut rows[row];
    row.resize(row.len().max(column + 1), String::new());
    row[column] = content.to_owned();
}

#[test]
fn after_the_suggested_mending_the_run_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "nhan/xa.xlsx", workbook(&tables()));
    let rows = points(&given_back(folder.path(), "xa.xlsx"));
    let mut mended = tables();
    for (sheet, rows_of) in SHEETS.iter().zip(&mut mended) {
        let own = rows.iter().filter(|row| row[2] == sheet.name);
        let implied: BTreeSet<(String, String)> = own.filter_map(|row| suggestion(&row[7])).collect();
        assert!(
            !implied.is_empty() || !sheet.mend.is_empty(),
            "{}: no value is suggested",
            sheet.name
        );
        // Sheets whose mending is written down here have no value that follows from others.
        for (cell, value) in implied.iter().filter(|_| sheet.mend.is_empty()) {
            set(&mut rows_of.1, cell, value);
        }
        for (cell, content) in sheet.mend {
            set(&mut rows_of.1, cell, content);
        }
    }
    let value = |sheet: usize, row: usize, column: usize| mended[sheet].1[row][column].as_str();
    // Worked out by hand: 100 − 48; 60 + 50; 100 − 60; 100 − 88 twice; 100 − 95; 50 + 50; 100 + 200; 100 + 90.
    assert_eq!(
        (value(0, 2, 3), value(1, 2, 1), value(2, 2, 3)),
        ("52", "110", "40")
    );
    assert_eq!(
        (value(3, 2, 3), value(4, 2, 3), value(5, 2, 3), value(6, 2, 1)),
        ("12", "12", "5", "100")
    );
    assert_eq!((value(11, 4, 1), value(12, 4, 1)), ("300", "190"));
    put(folder.path(), "nhan/xa.xlsx", workbook(&mended));
    let ran = check(folder.path(), &["--return", "tra-2"]);
    assert_eq!(troubles(&ran), []);
    assert!(
        !folder.path().join("tra-2/xa.xlsx").exists(),
        "nothing is left to send back"
    );
}

#[test]
fn a_returned_workbook_that_comes_again_is_read_as_the_unit_wrote_it() {
    let folder = tempfile::tempdir().unwrap();
    let original = workbook(&tables());
    put(folder.path(), "nhan/xa.xlsx", &original);
    let first = check(folder.path(), &["--return", "tra"]);
    let returned = std::fs::read(folder.path().join("tra/xa.xlsx")).unwrap();
    put(folder.path(), "nhan/xa.xlsx", &returned);
    let second = check(folder.path(), &["--return", "tra-2"]);
    assert_eq!(troubles(&first), troubles(&second));
    assert!(
        second
            .problems()
            .contains(&("xa.xlsx".to_owned(), "mending-list".to_owned()))
    );
    // Its old marks are replaced, not doubled: one list, each comment once, and the styles before the first return.
    let again = std::fs::read(folder.path().join("tra-2/xa.xlsx")).unwrap();
    let (one, two) = (parts(&returned), parts(&again));
    for n in 0..SHEETS.len() {
        let part = format!("xl/worksheets/sheet{}.xml", n + 1);
        assert_eq!(commented(&one, &part), commented(&two, &part), "{part}");
        assert_eq!(
            text(&one, &part).matches("legacyDrawing").count(),
            text(&two, &part).matches("legacyDrawing").count()
        );
    }
    let all = |parts: &BTreeMap<String, Vec<u8>>| -> String {
        parts
            .keys()
            .filter(|n| n.contains("comments"))
            .map(|n| text(parts, n))
            .collect()
    };
    assert_eq!(
        all(&one).matches("[bdg] ").count(),
        all(&two).matches("[bdg] ").count()
    );
    assert_eq!(all(&two).matches("hỏi lại chị kế toán").count(), 1);
    let names: Vec<String> = Xlsx::new(Cursor::new(&again)).unwrap().sheet_names();
    assert_eq!(
        names
            .iter()
            .filter(|name| name.starts_with("Việc cần sửa"))
            .count(),
        1
    );
    assert_eq!(points(&returned), points(&again));
}
