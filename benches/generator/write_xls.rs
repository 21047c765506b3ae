//! Sheets → xls (BIFF8 in a compound file), as old Excel and many exporting systems write it.
//!
//! Law: MS-XLS and MS-CFB. Only what a sheet of ours needs; formulas become their results.

use std::collections::BTreeMap;

use super::sheet::{Sheet, Value};

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
/// Rows that this format can hold, and bytes for which one header names all allocation sectors.
const ROWS: u32 = 65_536;
const LARGEST: usize = 6 << 20;

/// None if the sheets are too large for the format.
pub fn write(sheets: &[Sheet]) -> Option<Vec<u8>> {
    let too_long = sheets
        .iter()
        .any(|s| s.cells.keys().any(|at| at.0 > ROWS || at.1 > 256));
    let stream = workbook(sheets);
    (!too_long && stream.len() < LARGEST).then(|| compound(stream))
}

fn record(out: &mut Vec<u8>, kind: u16, body: &[u8]) {
    out.extend(kind.to_le_bytes());
    out.extend((body.len() as u16).to_le_bytes());
    out.extend(body);
}

fn workbook(sheets: &[Sheet]) -> Vec<u8> {
    let mut strings: BTreeMap<&str, u32> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    let texts = sheets
        .iter()
        .flat_map(|s| s.cells.values())
        .filter_map(|v| match v {
            Value::Text(text) => Some(text.as_str()),
            Value::Number(_) => None,
        });
    let mut uses = 0u32;
    for text in texts {
        uses += 1;
        strings.entry(text).or_insert_with(|| {
            order.push(text);
            order.len() as u32 - 1
        });
    }
    let pages: Vec<Vec<u8>> = sheets.iter().map(|s| page(s, &strings)).collect();
    let head = globals_head();
    let tail = {
        let mut out = Vec::new();
        shared_strings(&mut out, &order, uses);
        record(&mut out, 0x000A, &[]);
        out
    };
    let names: Vec<Vec<u8>> = sheets.iter().map(|s| text16(&s.name)).collect();
    let bounds: usize = names.iter().map(|n| 4 + 8 + n.len()).sum();
    let mut at = head.len() + bounds + tail.len();
    let mut out = head;
    for ((name, sheet), page) in names.iter().zip(sheets).zip(&pages) {
        let mut body = (at as u32).to_le_bytes().to_vec();
        body.extend([0, 0, sheet.name.encode_utf16().count() as u8, 1]);
        body.extend(name);
        record(&mut out, 0x0085, &body);
        at += page.len();
    }
    out.extend(tail);
    out.extend(pages.into_iter().flatten());
    out
}

/// Beginning of file, code page, one font, the sixteen formats that every book has.
fn globals_head() -> Vec<u8> {
    let mut out = Vec::new();
    begin(&mut out, 0x0005);
    record(&mut out, 0x0042, &1200u16.to_le_bytes());
    for _ in 0..4 {
        let mut font = vec![0xDC, 0, 0, 0, 0xFF, 0x7F, 0x90, 0x01, 0, 0, 0, 0, 0, 0, 15, 0];
        font.extend(b"Times New Roman");
        record(&mut out, 0x0031, &font);
    }
    for i in 0..16u8 {
        let flags: [u8; 2] = if i < 15 { [0xF5, 0xFF] } else { [0x01, 0x00] };
        let mut format = vec![0, 0, 0, 0, flags[0], flags[1], 0x20, 0, 0, 0];
        format.extend([0, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0x20]);
        record(&mut out, 0x00E0, &format);
    }
    record(&mut out, 0x0293, &[0x00, 0x80, 0x00, 0xFF]);
    out
}

fn begin(out: &mut Vec<u8>, kind: u16) {
    let words: [u16; 8] = [0x0600, kind, 0x0DBB, 0x07CC, 0, 0, 0x0006, 0];
    let body: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
    record(out, 0x0809, &body);
}

fn text16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A string never lies across two records: a continuation begins with a whole string.
fn shared_strings(out: &mut Vec<u8>, strings: &[&str], uses: u32) {
    const ROOM: usize = 8_224;
    let mut kind = 0x00FC;
    let mut body = [uses, strings.len() as u32].map(u32::to_le_bytes).concat();
    for string in strings {
        let text = text16(string);
        if body.len() + 3 + text.len() > ROOM {
            record(out, kind, &body);
            (kind, body) = (0x003C, Vec::new());
        }
        body.extend(((text.len() / 2) as u16).to_le_bytes());
        body.push(1);
        body.extend(text);
    }
    record(out, kind, &body);
}

fn page(sheet: &Sheet, strings: &BTreeMap<&str, u32>) -> Vec<u8> {
    let mut out = Vec::new();
    begin(&mut out, 0x0010);
    let rows = sheet.cells.keys().map(|at| at.0).max().unwrap_or(0);
    let columns = sheet.cells.keys().map(|at| at.1).max().unwrap_or(0);
    let mut extent = [0, rows].map(u32::to_le_bytes).concat();
    extent.extend([0, columns, 0].map(u16::to_le_bytes).concat());
    record(&mut out, 0x0200, &extent);
    for ((row, column), value) in &sheet.cells {
        let mut body = [(*row - 1) as u16, column - 1, 15].map(u16::to_le_bytes).concat();
        match value {
            Value::Text(text) => {
                body.extend(strings.get(text.as_str()).copied().unwrap_or(0).to_le_bytes());
                record(&mut out, 0x00FD, &body);
            }
            // Small whole numbers are packed, as Excel does.
            Value::Number(n) if n.unsigned_abs() < 1 << 29 => {
                body.extend(((*n as i32) << 2 | 2).to_le_bytes());
                record(&mut out, 0x027E, &body);
            }
            Value::Number(n) => {
                body.extend((*n as f64).to_le_bytes());
                record(&mut out, 0x0203, &body);
            }
        }
    }
    for merges in sheet.merges.chunks(1_000) {
        let mut body = (merges.len() as u16).to_le_bytes().to_vec();
        for (row, column, last_row, last_column) in merges {
            let range = [
                (row - 1) as u16,
                (last_row - 1) as u16,
                column - 1,
                last_column - 1,
            ];
            body.extend(range.map(u16::to_le_bytes).concat());
        }
        record(&mut out, 0x00E5, &body);
    }
    record(&mut out, 0x000A, &[]);
    out
}

/// A compound file with one stream: the stream, one directory sector, the allocation table.
fn compound(mut stream: Vec<u8>) -> Vec<u8> {
    // Shorter streams would live in the small-block area.
    stream.resize(stream.len().max(4_096), 0);
    let size = stream.len() as u32;
    stream.resize(stream.len().div_ceil(SECTOR) * SECTOR, 0);
    let data = (stream.len() / SECTOR) as u32;
    let tables = (1..).find(|t| t * 128 >= data + 1 + t).unwrap_or(1);
    let mut out = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    out.extend([0; 16]);
    for word in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        out.extend(word.to_le_bytes());
    }
    for word in [0, tables, data, 0, 4_096, END, 0, END, 0] {
        out.extend(word.to_le_bytes());
    }
    for i in 0..109 {
        let table = if i < tables { data + 1 + i } else { FREE };
        out.extend(table.to_le_bytes());
    }
    out.extend(stream);
    entry(&mut out, "Root Entry", 5, 1, END, 0);
    entry(&mut out, "Workbook", 2, FREE, 0, size);
    entry(&mut out, "", 0, FREE, 0, 0);
    entry(&mut out, "", 0, FREE, 0, 0);
    for i in 0..tables * 128 {
        let next = match i {
            i if i + 1 < data => i + 1,
            i if i == data || i + 1 == data => END,
            i if i <= data + tables => 0xFFFF_FFFD,
            _ => FREE,
        };
        out.extend(next.to_le_bytes());
    }
    out
}

fn entry(out: &mut Vec<u8>, name: &str, kind: u8, child: u32, start: u32, size: u32) {
    let mut text = text16(name);
    let length = if name.is_empty() { 0 } else { text.len() as u16 + 2 };
    text.resize(64, 0);
    out.extend(text);
    out.extend(length.to_le_bytes());
    out.extend([kind, 1]);
    for word in [FREE, FREE, child] {
        out.extend(word.to_le_bytes());
    }
    out.extend([0; 36]);
    out.extend(start.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend([0; 4]);
}
