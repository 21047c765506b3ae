//! Sheets → xlsx, as Excel saves them: shared strings, styles, formulas with their stored results,
//! whole numbers without a point. Or as servers export them: texts inside the cells.
//!
//! Law: ECMA-376. Written out here rather than by the library of `export`, so that what is read in
//! a bench does not come from our own writer.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::sheet::{Sheet, Value, letters};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Excel,
    Server,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const STYLES: &str = r#"<fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>"#;

pub fn write(sheets: &[Sheet], dialect: Dialect) -> std::io::Result<Vec<u8>> {
    let mut strings = Strings::default();
    let pages: Vec<String> = sheets.iter().map(|s| page(s, dialect, &mut strings)).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| -> std::io::Result<()> {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(HEAD.as_bytes())?;
        zip.write_all(text.as_bytes())
    };
    put("[Content_Types].xml", &content_types(sheets.len()))?;
    let link = format!("{LINKS}/officeDocument");
    put("_rels/.rels", &relations(&[(link, "xl/workbook.xml".to_owned())]))?;
    put("xl/workbook.xml", &workbook(sheets))?;
    let mut parts: Vec<(String, String)> = (1..=sheets.len())
        .map(|n| (format!("{LINKS}/worksheet"), format!("worksheets/sheet{n}.xml")))
        .collect();
    parts.push((format!("{LINKS}/styles"), "styles.xml".to_owned()));
    parts.push((format!("{LINKS}/sharedStrings"), "sharedStrings.xml".to_owned()));
    put("xl/_rels/workbook.xml.rels", &relations(&parts))?;
    put(
        "xl/styles.xml",
        &format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"),
    )?;
    for (n, page) in (1..).zip(&pages) {
        put(&format!("xl/worksheets/sheet{n}.xml"), page)?;
    }
    put("xl/sharedStrings.xml", &strings.table())?;
    Ok(zip.finish()?.into_inner())
}

#[derive(Default)]
struct Strings {
    known: BTreeMap<String, usize>,
    order: String,
    uses: usize,
}

impl Strings {
    fn index(&mut self, text: &str) -> usize {
        self.uses += 1;
        if let Some(index) = self.known.get(text) {
            return *index;
        }
        self.order += &format!("<si><t>{}</t></si>", escaped(text));
        self.known.insert(text.to_owned(), self.known.len());
        self.known.len() - 1
    }

    fn table(&self) -> String {
        let (uses, unique, order) = (self.uses, self.known.len(), &self.order);
        format!("<sst xmlns=\"{MAIN}\" count=\"{uses}\" uniqueCount=\"{unique}\">{order}</sst>")
    }
}

fn page(sheet: &Sheet, dialect: Dialect, strings: &mut Strings) -> String {
    let last_row = sheet.cells.keys().map(|at| at.0).max().unwrap_or(1);
    let last = sheet.cells.keys().map(|at| at.1).max().unwrap_or(1);
    let mut out = format!(
        "<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><dimension ref=\"A1:{}{last_row}\"/>\
         <sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>",
        letters(last)
    );
    if !sheet.widths.is_empty() {
        out += "<cols>";
        for (column, width) in &sheet.widths {
            out += &format!("<col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>");
        }
        out += "</cols>";
    }
    out += "<sheetData>";
    let mut open = 0;
    for (at, value) in &sheet.cells {
        if open != at.0 {
            out += if open > 0 { "</row>" } else { "" };
            out += &format!("<row r=\"{}\" spans=\"1:{last}\">", at.0);
            open = at.0;
        }
        cell(&mut out, sheet, *at, value, dialect, strings);
    }
    out += if open > 0 {
        "</row></sheetData>"
    } else {
        "</sheetData>"
    };
    if !sheet.merges.is_empty() {
        out += &format!("<mergeCells count=\"{}\">", sheet.merges.len());
        for (row, column, last_row, last_column) in &sheet.merges {
            let (first, last) = (letters(*column), letters(*last_column));
            out += &format!("<mergeCell ref=\"{first}{row}:{last}{last_row}\"/>");
        }
        out += "</mergeCells>";
    }
    out + "<pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/></worksheet>"
}

fn cell(
    out: &mut String,
    sheet: &Sheet,
    at: (u32, u16),
    value: &Value,
    dialect: Dialect,
    strings: &mut Strings,
) {
    let style = if sheet.bold.contains(&at) { 2 } else { 1 };
    let start = format!("<c r=\"{}{}\" s=\"{style}\"", letters(at.1), at.0);
    // Writing to a text cannot fail.
    let _ = match (value, sheet.formulas.get(&at), dialect) {
        (Value::Number(n), Some(formula), _) => write!(out, "{start}><f>{formula}</f><v>{n}</v></c>"),
        (Value::Number(n), None, _) => write!(out, "{start}><v>{n}</v></c>"),
        (Value::Text(t), _, Dialect::Excel) => write!(out, "{start} t=\"s\"><v>{}</v></c>", strings.index(t)),
        (Value::Text(t), _, Dialect::Server) => {
            write!(out, "{start} t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(t))
        }
    };
}

fn content_types(sheets: usize) -> String {
    let mut out = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    let mut part = |name: &str, kind: &str| {
        out += &format!("<Override PartName=\"/xl/{name}.xml\" ContentType=\"{TYPES}.{kind}+xml\"/>");
    };
    part("workbook", "sheet.main");
    for n in 1..=sheets {
        part(&format!("worksheets/sheet{n}"), "worksheet");
    }
    part("styles", "styles");
    part("sharedStrings", "sharedStrings");
    out + "</Types>"
}

fn workbook(sheets: &[Sheet]) -> String {
    let names: String = (1..)
        .zip(sheets)
        .map(|(n, sheet)| {
            format!(
                "<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>",
                escaped(&sheet.name)
            )
        })
        .collect();
    format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets>{names}</sheets></workbook>")
}

fn relations(parts: &[(String, String)]) -> String {
    let all: String = (1..)
        .zip(parts)
        .map(|(n, (kind, target))| {
            format!("<Relationship Id=\"rId{n}\" Type=\"{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
