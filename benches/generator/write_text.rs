//! Sheets → ods, and one sheet → separated text.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::sheet::{Sheet, Value};

const CONTENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>"#;
const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;

/// An OpenDocument spreadsheet, as LibreOffice saves one.
pub fn ods(sheets: &[Sheet]) -> std::io::Result<Vec<u8>> {
    let mut content = CONTENT.to_owned();
    for sheet in sheets {
        content += &format!("<table:table table:name=\"{}\">", escaped(&sheet.name));
        let (rows, columns) = extent(sheet);
        content += &format!("<table:table-column table:number-columns-repeated=\"{columns}\"/>");
        for row in 1..=rows {
            content += "<table:table-row>";
            for column in 1..=columns {
                content += &ods_cell(sheet, row, column);
            }
            content += "</table:table-row>";
        }
        content += "</table:table>";
    }
    content += "</office:spreadsheet></office:body></office:document-content>";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    for (name, text, how) in [
        ("mimetype", kind, stored),
        ("content.xml", content.as_str(), deflated),
        ("META-INF/manifest.xml", MANIFEST, deflated),
    ] {
        zip.start_file(name, how)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn ods_cell(sheet: &Sheet, row: u32, column: u16) -> String {
    let inside = |m: &&(u32, u16, u32, u16)| (m.0..=m.2).contains(&row) && (m.1..=m.3).contains(&column);
    let span = match sheet.merges.iter().find(inside) {
        Some(m) if (m.0, m.1) != (row, column) => return "<table:covered-table-cell/>".to_owned(),
        Some(m) => format!(
            " table:number-rows-spanned=\"{}\" table:number-columns-spanned=\"{}\"",
            m.2 - m.0 + 1,
            m.3 - m.1 + 1
        ),
        None => String::new(),
    };
    match sheet.cells.get(&(row, column)) {
        None => format!("<table:table-cell{span}/>"),
        Some(Value::Number(n)) => format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{n}\"{span}><text:p>{n}</text:p></table:table-cell>"
        ),
        Some(Value::Text(t)) => format!(
            "<table:table-cell office:value-type=\"string\"{span}><text:p>{}</text:p></table:table-cell>",
            escaped(t)
        ),
    }
}

/// Semicolons and a byte order mark, as Excel with Vietnamese settings saves "CSV UTF-8".
pub fn csv(sheet: &Sheet) -> Vec<u8> {
    let (rows, columns) = extent(sheet);
    let mut out = String::from('\u{FEFF}');
    for row in 1..=rows {
        let fields: Vec<String> = (1..=columns)
            .map(|column| match sheet.cells.get(&(row, column)) {
                None => String::new(),
                Some(Value::Number(n)) => n.to_string(),
                Some(Value::Text(t)) if t.contains([';', '"', '\n']) => {
                    format!("\"{}\"", t.replace('"', "\"\""))
                }
                Some(Value::Text(t)) => t.clone(),
            })
            .collect();
        out += &fields.join(";");
        out += "\r\n";
    }
    out.into_bytes()
}

fn extent(sheet: &Sheet) -> (u32, u16) {
    let rows = sheet
        .cells
        .keys()
        .map(|at| at.0)
        .chain(sheet.merges.iter().map(|m| m.2));
    let columns = sheet
        .cells
        .keys()
        .map(|at| at.1)
        .chain(sheet.merges.iter().map(|m| m.3));
    (rows.max().unwrap_or(0), columns.max().unwrap_or(0))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
