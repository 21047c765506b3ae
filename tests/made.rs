//! Files made in code, and the program run over folders of them.

use std::io::{Cursor, Write};
use std::path::Path;

use bdg::origin::{FileId, FileOutcome, SourceFile, SourceSheet, Sources};
use std::process::{Command, Output};

pub use crate::fuzz::container::compound;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use zip::write::SimpleFileOptions;

/// Rows of cells; "" is no cell, digits alone are a number, what begins with `'` is text.
pub type Table = Vec<Vec<String>>;

/// One row a line, cells between bars; a line with a dot alone is an empty row.
pub fn table(text: &str) -> Table {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| match line {
            "." => Vec::new(),
            line => line.split('|').map(|cell| cell.trim().to_owned()).collect(),
        })
        .collect()
}

/// Moves a table down and to the right.
pub fn moved(table: &Table, down: usize, right: usize) -> Table {
    let mut out = vec![Vec::new(); down];
    out.extend(table.iter().map(|row| {
        let mut cells = vec![String::new(); right];
        cells.extend(row.iter().cloned());
        cells
    }));
    out
}

/// Puts one table to the right of another, with empty columns between them.
pub fn beside(left: &Table, right: &Table, gap: usize) -> Table {
    let width = left.iter().map(Vec::len).max().unwrap_or(0) + gap;
    let mut out = left.clone();
    out.resize(left.len().max(right.len()), Vec::new());
    for (row, cells) in out.iter_mut().zip(right) {
        row.resize(width, String::new());
        row.extend(cells.iter().cloned());
    }
    out
}

/// Rows become columns.
pub fn turned(table: &Table) -> Table {
    let width = table.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |row: &Vec<String>, c: usize| row.get(c).cloned().unwrap_or_default();
    (0..width)
        .map(|c| table.iter().map(|row| cell(row, c)).collect())
        .collect()
}

/// A plain whole number, as the writers below and a test's count of figures understand it.
pub fn number(cell: &str) -> Option<f64> {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    cell.parse().ok().filter(|_| plain)
}

fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// A workbook of these sheets.
pub fn xlsx(sheets: &[(&str, &Table)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, table) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        fill(sheet, table);
    }
    book.save_to_buffer().unwrap()
}

fn fill(sheet: &mut Worksheet, table: &Table) {
    for (r, row) in table.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            let (r, c) = (r as u32, c as u16);
            match number(cell) {
                Some(value) => sheet.write(r, c, value).unwrap(),
                None if cell.is_empty() => continue,
                None => sheet.write(r, c, plain(cell)).unwrap(),
            };
        }
    }
}

/// One sheet, with merged cells (first row, first column, last row, last column).
pub fn xlsx_merged(table: &Table, merges: &[(u32, u16, u32, u16)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, table);
    for (r1, c1, r2, c2) in merges {
        let text = &table[*r1 as usize][usize::from(*c1)];
        sheet
            .merge_range(*r1, *c1, *r2, *c2, text, &Format::new())
            .unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Fields with semicolons, as Excel saves them in Vietnam.
pub fn csv(table: &Table) -> Vec<u8> {
    let lines: Vec<String> = table
        .iter()
        .map(|row| {
            let cells: Vec<&str> = row.iter().map(|c| plain(c)).collect();
            cells.join(";")
        })
        .collect();
    lines.join("\r\n").into_bytes()
}

/// A spreadsheet of LibreOffice.
pub fn ods(name: &str, table: &Table) -> Vec<u8> {
    let mut rows = String::new();
    for row in table {
        rows.push_str("<table:table-row>");
        for cell in row {
            match number(cell) {
                Some(value) => rows.push_str(&format!(
                    "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>{value}</text:p></table:table-cell>"
                )),
                None if cell.is_empty() => rows.push_str("<table:table-cell/>"),
                None => rows.push_str(&format!(
                    "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                    plain(cell)
                )),
            }
        }
        rows.push_str("</table:table-row>");
    }
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"{name}\">{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A workbook of Excel 97: one sheet, each text in its own record.
pub fn xls(name: &str, table: &Table) -> Vec<u8> {
    let record = |kind: u16, body: &[u8]| -> Vec<u8> {
        let mut out = kind.to_le_bytes().to_vec();
        out.extend((body.len() as u16).to_le_bytes());
        out.extend(body);
        out
    };
    let beginning = |kind: u16| {
        let mut body = 0x0600u16.to_le_bytes().to_vec();
        body.extend(kind.to_le_bytes());
        body.resize(16, 0);
        record(0x0809, &body)
    };
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let end = record(0x000A, &[]);
    let mut sheet = beginning(0x0010);
    for (r, row) in table.iter().enumerate() {
        for (c, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let mut body = (r as u16).to_le_bytes().to_vec();
            body.extend((c as u16).to_le_bytes());
            body.extend([0, 0]);
            match number(cell) {
                Some(value) => {
                    body.extend(value.to_le_bytes());
                    sheet.extend(record(0x0203, &body));
                }
                None => {
                    let text = wide(plain(cell));
                    body.extend(((text.len() / 2) as u16).to_le_bytes());
                    body.push(1);
                    body.extend(text);
                    sheet.extend(record(0x0204, &body));
                }
            }
        }
    }
    sheet.extend(&end);
    let named = |at: u32| {
        let mut body = at.to_le_bytes().to_vec();
        body.extend([0, 0]);
        let name = wide(name);
        body.push((name.len() / 2) as u8);
        body.push(1);
        body.extend(name);
        record(0x0085, &body)
    };
    let mut book = beginning(0x0005);
    let at = book.len() + named(0).len() + end.len();
    book.extend(named(at as u32));
    book.extend(&end);
    book.extend(sheet);
    compound("Workbook", &book)
}

/// A zip archive of these parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An xlsx of one sheet from the XML of its rows, as no writer makes it.
pub fn raw_xlsx(rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    archive(&[
        (
            "xl/workbook.xml",
            b"<workbook><sheets><sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/s1.xml'/></Relationships>",
        ),
        ("xl/worksheets/s1.xml", sheet.as_bytes()),
    ])
}

/// One file of one sheet, for figures that no file has.
pub fn sources() -> Sources {
    let file = SourceFile {
        name: "x".to_owned(),
        sha256: String::new(),
        bytes: 0,
        kind: "xlsx",
        outcome: FileOutcome::Read,
    };
    let sheet = SourceSheet {
        file: FileId(0),
        name: "x".to_owned(),
        form: None,
        figures: 0,
        left_out: 0,
        account: Default::default(),
    };
    Sources {
        files: vec![file],
        sheets: vec![sheet],
    }
}

/// The archive with something added to the end of one part.
pub fn with_tail(bytes: &[u8], part: &str, tail: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..from.len() {
        let mut entry = from.by_index(i).unwrap();
        to.start_file(entry.name(), SimpleFileOptions::default()).unwrap();
        std::io::copy(&mut entry, &mut to).unwrap();
        if entry.name() == part {
            to.write_all(tail).unwrap();
        }
    }
    to.finish().unwrap().into_inner()
}

/// Writes a file below a folder, with the folders in between.
pub fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The program, run in a folder.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

pub fn bdg(folder: &Path, words: &[&str]) -> Ran {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_bdg"))
        .args(words)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    /// The lines of `--format json`.
    pub fn json(&self) -> Vec<serde_json::Value> {
        let lines = self.out.lines();
        lines.map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// (file, name) of every problem in `--format json`.
    pub fn problems(&self) -> Vec<(String, String)> {
        let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
        let mut out: Vec<_> = self
            .json()
            .iter()
            .filter(|line| line["type"] == "problem")
            .map(|line| (text(&line["file"]), text(&line["name"])))
            .collect();
        out.sort();
        out
    }
}

/// The tidy data of a run: each row by the ids of its columns.
pub fn tidy(path: &Path) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut rows = fields(text.trim_start_matches('\u{FEFF}')).into_iter();
    let head = rows.next().unwrap();
    rows.map(|row| head.iter().cloned().zip(row).collect()).collect()
}

/// The fields of each line of a CSV text with commas; quoted ones may hold commas and quotes.
pub fn fields(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    rows
}
