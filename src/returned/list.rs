//! The first sheet of a returned workbook: one line for each point, with a link to its cell.
//!
//! Holds: it says in its first cell what it is, so that the workbook can be sent back as it is: reading passes it over
//!        ([`crate::origin::MENDING_LISTS`]).

use std::collections::BTreeMap;

use super::package::DECLARATION;
use super::splice::escaped;
use super::styles::{Look, Styles};
use super::{Notice, Point};
use crate::lang::Lang;
use crate::origin::{CellAddress, MENDING_LISTS, column_letters};

/// The column of what a marked cell looked like before; hidden.
pub const BEFORE: u32 = 10;
/// The columns of its sheet and cell.
pub const SHEET: u32 = 2;
pub const CELL: u32 = 3;

/// Widths of the columns, in letters.
const WIDTHS: [u32; 11] = [5, 9, 14, 8, 24, 32, 24, 22, 32, 28, 10];

/// Name of the sheet among those that are there.
pub(super) fn name(taken: &[String], lang: Lang) -> String {
    let wanted = lang.pick("Việc cần sửa", "To mend");
    let is_free = |name: &String| taken.iter().all(|own| own.to_lowercase() != name.to_lowercase());
    let others = (2..).map(|n| format!("{wanted} ({n})"));
    let mut names = std::iter::once(wanted.to_owned()).chain(others.take(10_000));
    names.find(is_free).unwrap_or_else(|| wanted.to_owned())
}

/// The part of the sheet. `fills`: what marked cells looked like before, by sheet and cell.
pub(super) fn write(
    notice: &Notice,
    namespace: &str,
    styles: &mut Styles,
    fills: &BTreeMap<(String, CellAddress), String>,
) -> String {
    let lang = notice.lang;
    let size = 11;
    let title = styles.of_list(Look {
        size: 14,
        bold: true,
        ..Look::default()
    });
    let line = styles.of_list(Look {
        size,
        wrap: true,
        ..Look::default()
    });
    let head = styles.of_list(Look {
        size,
        bold: true,
        head: true,
        framed: true,
        wrap: true,
        ..Look::default()
    });
    let cell = styles.of_list(Look {
        size,
        framed: true,
        wrap: true,
        text: true,
        ..Look::default()
    });
    let link = styles.of_list(Look {
        size,
        link: true,
        framed: true,
        ..Look::default()
    });
    let mut sheet = Page::default();
    sheet.row(&[Field::text(title, lang.pick(MENDING_LISTS[0], MENDING_LISTS[1]))]);
    for text in &notice.lines {
        sheet.merged(line, text);
    }
    sheet.row(&[]);
    let heads = lang.pick(
        [
            "STT",
            "Mức",
            "Trang",
            "Ô",
            "Việc",
            "Tìm thấy",
            "Cần có",
            "Giá trị gợi ý",
            "Nếu sửa theo gợi ý",
            "Cách sửa",
            "Nền cũ",
        ],
        [
            "No.",
            "Severity",
            "Sheet",
            "Cell",
            "Point",
            "Found",
            "Expected",
            "Suggested value",
            "If mended as suggested",
            "What to do",
            "Old fill",
        ],
    );
    sheet.row(&heads.map(|text| Field::text(head, text)));
    sheet.head = sheet.rows;
    for (n, point) in notice.points.iter().enumerate() {
        // A point on several cells has a line for each, so that each has its link.
        let cells: Vec<Option<CellAddress>> = match point.cells.as_slice() {
            [] => vec![None],
            cells => cells.iter().copied().map(Some).collect(),
        };
        for at in cells {
            let row = sheet.rows;
            let before = point.sheet.clone().zip(at).and_then(|key| fills.get(&key));
            if let Some(place) = &point.sheet {
                let target = at.unwrap_or(CellAddress::new(0, 0));
                sheet
                    .links
                    .push((row, format!("'{}'!{target}", place.replace('\'', "''"))));
            }
            let looks = Looks { cell, link };
            sheet.row(&fields(notice, n, point, at, before.map(String::as_str), looks));
        }
    }
    sheet.write(namespace)
}

fn fields(
    notice: &Notice,
    n: usize,
    point: &Point,
    at: Option<CellAddress>,
    before: Option<&str>,
    Looks { cell, link }: Looks,
) -> [Field; 11] {
    let text = |text: &str| Field::text(cell, text);
    let whole_sheet = notice.lang.pick("cả trang", "whole sheet");
    // What was found is that of the point's own cell; the others have the same fault with another content.
    let found = match (at, point.at) {
        (Some(at), Some(first)) if at != first => notice
            .lang
            .pick(format!("lỗi như ô {first}"), format!("the same fault as {first}")),
        _ => point.found.clone(),
    };
    let linked = match (&point.sheet, at) {
        (_, Some(at)) => Field::text(link, &at.to_string()),
        (Some(_), None) => Field::text(link, whole_sheet),
        (None, None) => text(""),
    };
    [
        Field {
            style: cell,
            text: None,
            number: Some(n as u64 + 1),
        },
        text(point.severity.words(notice.lang)),
        text(point.sheet.as_deref().unwrap_or_default()),
        linked,
        text(&point.title),
        text(&found),
        text(&point.expected),
        text(&point.suggested),
        text(&point.effect),
        text(&point.remedy),
        text(before.unwrap_or_default()),
    ]
}

/// Styles of the lines.
#[derive(Clone, Copy)]
struct Looks {
    cell: u32,
    link: u32,
}

struct Field {
    style: u32,
    text: Option<String>,
    number: Option<u64>,
}

impl Field {
    fn text(style: u32, text: &str) -> Field {
        Field {
            style,
            text: Some(text.to_owned()),
            number: None,
        }
    }
}

#[derive(Default)]
struct Page {
    data: String,
    rows: u32,
    merges: Vec<u32>,
    /// Rows above and with the heads of the columns.
    head: u32,
    links: Vec<(u32, String)>,
}

impl Page {
    fn row(&mut self, fields: &[Field]) {
        let row = self.rows + 1;
        // Not every program makes a row as high as its text by itself.
        let visible = fields.iter().take(BEFORE as usize).zip(WIDTHS);
        let lines = |(field, width): (&Field, u32)| {
            let text = field.text.as_deref().unwrap_or_default();
            text.lines()
                .map(|line| (line.chars().count() as u32).div_ceil(width))
                .sum::<u32>()
        };
        let height = match fields.len() {
            0 | 1 => String::new(),
            _ => {
                let lines = visible.map(lines).max().unwrap_or(1).clamp(1, 27);
                format!(" ht=\"{}\" customHeight=\"1\"", 15 * lines + 1)
            }
        };
        self.data.push_str(&format!("<row r=\"{row}\"{height}>"));
        for (column, field) in fields.iter().enumerate() {
            let at = CellAddress::new(self.rows, column as u32);
            let style = field.style;
            match (&field.text, field.number) {
                (Some(text), _) if !text.is_empty() => {
                    let text = escaped(text);
                    self.data.push_str(&format!(
                        "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                    ));
                }
                (_, Some(number)) => self
                    .data
                    .push_str(&format!("<c r=\"{at}\" s=\"{style}\"><v>{number}</v></c>")),
                _ => self.data.push_str(&format!("<c r=\"{at}\" s=\"{style}\"/>")),
            }
        }
        self.data.push_str("</row>");
        self.rows = row;
    }

    /// A line over the width of the table, as high as its text needs.
    fn merged(&mut self, style: u32, text: &str) {
        let width: u32 = WIDTHS.iter().take(BEFORE as usize).sum();
        let lines = (text.chars().count() as u32).div_ceil(width.max(1)).max(1);
        let (row, height) = (self.rows + 1, 15 * lines + 1);
        let text = escaped(text);
        self.data.push_str(&format!(
            "<row r=\"{row}\" ht=\"{height}\" customHeight=\"1\"><c r=\"A{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c></row>"
        ));
        self.merges.push(row);
        self.rows = row;
    }

    fn write(&self, namespace: &str) -> String {
        let head = self.head;
        let columns: String = WIDTHS
            .iter()
            .enumerate()
            .map(|(i, width)| {
                let (n, hidden) = (i + 1, if i as u32 == BEFORE { " hidden=\"1\"" } else { "" });
                format!("<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"{hidden}/>")
            })
            .collect();
        let last = column_letters(BEFORE - 1);
        let merges: String = self
            .merges
            .iter()
            .map(|r| format!("<mergeCell ref=\"A{r}:{last}{r}\"/>"))
            .collect();
        let merges = match self.merges.len() {
            0 => String::new(),
            n => format!("<mergeCells count=\"{n}\">{merges}</mergeCells>"),
        };
        let link = |(row, to): &(u32, String)| {
            format!(
                "<hyperlink ref=\"{}\" location=\"{}\"/>",
                CellAddress::new(*row, CELL),
                escaped(to)
            )
        };
        let links: String = self.links.iter().map(link).collect();
        let links = match self.links.is_empty() {
            true => String::new(),
            false => format!("<hyperlinks>{links}</hyperlinks>"),
        };
        format!(
            "{DECLARATION}<worksheet xmlns=\"{namespace}\"><sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
             <sheetViews><sheetView showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\">\
             <pane ySplit=\"{head}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
             <cols>{columns}</cols><sheetData>{}</sheetData>{merges}{links}\
             <pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/>\
             <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>",
            head + 1,
            self.data
        )
    }
}
