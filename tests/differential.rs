//! Our readers against others, cell by cell: a general library on every good xlsx, and the values that
//! openpyxl and xlrd found, kept in `expected/cell-contents.csv` by `independent/cell_contents.py`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;
use std::path::Path;

use bdg::intake::grid::{Grid, Value, Workbook};
use bdg::intake::open::open;
use calamine::{Data, DataType, Reader, Xlsx};
use sha2::{Digest, Sha256};

use crate::made::table;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder whose names end in xlsx or xls, sorted.
fn workbooks(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "xlsx" || e == "xls") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// As the file has it: before an old encoding was mended.
fn written(grid: &Grid, value: &Value, at: bdg::origin::CellAddress) -> String {
    if let Some(repair) = grid.repairs.iter().find(|repair| repair.at == at) {
        return repair.raw.clone();
    }
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Date(year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
        Value::Error(code) => code.clone(),
        Value::FormulaWithoutValue => String::new(),
    }
}

#[test]
fn other_programs_found_the_same_values() {
    let expected = std::fs::read_to_string(root().join("tests/expected/cell-contents.csv")).unwrap();
    let mut by_file: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in expected.lines().skip(1) {
        let file = match line.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next().unwrap(),
            None => line.split(',').next().unwrap(),
        };
        by_file.entry(file).or_default().push(line);
    }
    assert!(by_file.len() > 50);
    let mut faults = Vec::new();
    for (file, lines) in by_file {
        let bytes = std::fs::read(root().join(file)).unwrap();
        let workbook = open(file, &bytes).0.unwrap();
        let found: Vec<String> = workbook.sheets.iter().map(|sheet| line(file, sheet)).collect();
        let lines: Vec<String> = lines.iter().map(|line| line.replace('"', "")).collect();
        if found != lines {
            faults.push(format!("{found:?}\n  {lines:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn line(file: &str, sheet: &Grid) -> String {
    let mut text = String::new();
    let known = sheet
        .cells
        .iter()
        .filter(|cell| cell.value != Value::FormulaWithoutValue);
    let (mut count, mut numbers) = (0, 0);
    for cell in known {
        count += 1;
        numbers += u32::from(matches!(cell.value, Value::Number(_)));
        let _ = writeln!(text, "{}={}", cell.at, written(sheet, &cell.value, cell.at));
    }
    let digest: String = Sha256::digest(text.as_bytes())
        .iter()
        .take(8)
        .map(|b| format!("{b:02x}"))
        .collect();
    format!("{file},{},{count},{numbers},{digest}", sheet.name)
}

/// What the library sees at each address of a sheet, and what we do.
fn differences(name: &str, bytes: &[u8], ours: &Workbook) -> Vec<String> {
    let mut theirs: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut out = Vec::new();
    for (at, sheet) in ours.sheets.iter().enumerate() {
        let range = theirs.worksheet_range_at(at).unwrap().unwrap();
        let (top, left) = range.start().unwrap_or_default();
        let mut seen: BTreeMap<(u32, u32), &Data> = BTreeMap::new();
        for (row, column, data) in range.used_cells() {
            if !matches!(data, Data::String(text) if text.trim().is_empty()) {
                seen.insert((top + row as u32, left + column as u32), data);
            }
        }
        for cell in &sheet.cells {
            let data = seen.remove(&(cell.at.row, cell.at.column));
            let raw = written(sheet, &cell.value, cell.at);
            let same = match (&cell.value, data) {
                (Value::FormulaWithoutValue, None) => true,
                (Value::Number(a), Some(data)) => data.as_f64() == Some(*a),
                (Value::Text(_), Some(Data::String(text))) => *text == raw,
                // A part of a day alone is shown as a time of day.
                (Value::Text(_) | Value::Date(..), Some(Data::DateTime(_) | Data::DateTimeIso(_))) => true,
                (Value::Bool(a), Some(Data::Bool(b))) => a == b,
                (Value::Error(a), Some(Data::Error(b))) => *a == b.to_string(),
                _ => false,
            };
            if !same {
                out.push(format!(
                    "{name} › {} › {}: {:?}, theirs {data:?}",
                    sheet.name, cell.at, cell.value
                ));
            }
        }
        out.extend(
            seen.iter()
                .map(|(at, data)| format!("{name} › {} › {at:?}: nothing, theirs {data:?}", sheet.name)),
        );
    }
    out
}

#[test]
fn a_general_library_sees_the_same_cells() {
    let mut faults = Vec::new();
    let mut compared = 0;
    for path in workbooks(&root().join("data-samples")) {
        let bytes = std::fs::read(&path).unwrap();
        let (workbook, problems) = open("a.xlsx", &bytes);
        let Some(ours) = workbook.filter(|w| w.kind == "xlsx") else {
            assert!(!problems.is_empty() || !bytes.starts_with(b"PK"));
            continue;
        };
        compared += 1;
        faults.extend(differences(&path.to_string_lossy(), &bytes, &ours));
    }
    // Layouts that no sample has: texts with all that must be escaped, numbers at the edges.
    let odd = table(
        "'a&b<c>\"d' | '  x  | '_x0041_ | '1e5 | 12345678901234 | 'Nữ\u{301} | -5 | 0\n'' | 'ư | . | 7",
    );
    let made = crate::made::xlsx(&[("Một & hai", &odd), ("B", &table("1 | 2\n. \n'x | 3"))]);
    let ours = open("b.xlsx", &made).0.unwrap();
    faults.extend(differences("made", &made, &ours));
    assert!(compared > 40, "{compared}");
    assert!(
        faults.is_empty(),
        "{}",
        faults.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
    );
}
