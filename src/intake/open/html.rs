//! Web pages saved as spreadsheets: the tables of a page, one under the other on one sheet.
//!
//! Holds: cells stand where `colspan` and `rowspan` put them, and wide ones are merged; a table inside a
//! cell is put below, as a table of its own; headings beside the tables keep their order. Texts are
//! blanks and letters as a browser shows them.
//! Law: HTML, section 4.9; the attributes of Excel's own pages (`x:num`, `mso-number-format`).

use super::html_style::{Look, StyleSheet};
use super::html_table::{OpenCell, Span, Table};
use super::html_text::Written;
use super::html_tokens::{Token, Tokens, attribute};
use super::sheet::{self, Fonts, Sheet, shortened};
use super::{Gathered, Trouble, damaged, delimited, encoding, limits};
use crate::intake::grid::Value;
use crate::problem::Kind;

pub(super) fn read(bytes: &[u8], out: &mut Gathered<'_>) -> Result<(), Trouble> {
    let (text, guessed) = encoding::decode_page(bytes);
    if let Some(encoding) = guessed {
        out.file_problem(Kind::EncodingGuessed {
            encoding: encoding.to_owned(),
        });
    }
    let name = sheet_name(&text).unwrap_or_else(|| delimited::sheet_name(out.name));
    let mut page = Page {
        out: Sheet::new(name.clone(), false, &mut out.budget),
        styles: StyleSheet::default(),
        tables: Vec::new(),
        next_row: 0,
        text: Written::default(),
        open: Vec::new(),
        table_seen: false,
        work: 0,
    };
    for token in Tokens::new(&text) {
        page.take(token)?;
    }
    page.close_all()?;
    if !page.table_seen {
        return Err(damaged(
            "trang web không có bảng nào",
            "the web page has no table",
        ));
    }
    let read = page.out.finish();
    out.sheet(&name, Ok(read))
}

/// Excel writes the name of the sheet into a comment.
fn sheet_name(text: &str) -> Option<String> {
    let after = text.split_once("<x:Name>")?.1;
    let name = after.split_once("</x:Name>")?.0.trim();
    (!name.is_empty() && name.chars().count() <= 100).then(|| name.to_owned())
}

struct Page<'b> {
    out: Sheet<'b>,
    styles: StyleSheet,
    /// Tables that are open, the innermost last.
    tables: Vec<Table>,
    /// The first row below all that was written.
    next_row: u32,
    text: Written,
    /// Elements with a look of their own that are open, the innermost last.
    open: Vec<(String, Look)>,
    table_seen: bool,
    /// Columns looked at because cells reach over rows.
    work: u64,
}

impl Page<'_> {
    fn take(&mut self, token: Token<'_>) -> Result<(), Trouble> {
        match token {
            Token::Style(text) => self.styles.add(text),
            Token::Comment(text) => {
                // Excel hides its style sheet in a comment from browsers of its time.
                if let Some((_, style)) = text.split_once("<style>") {
                    self.styles.add(style);
                }
            }
            Token::Text(text) => {
                let font = self.look().font.unwrap_or_default();
                self.text.push(&text, font);
            }
            Token::Start(name, inside) => self.start(&name, inside)?,
            Token::End(name) => self.end(&name)?,
        }
        Ok(())
    }

    fn look(&self) -> Look {
        let table = self.tables.last().map(|table| table.row_look);
        self.open
            .last()
            .map(|(_, look)| *look)
            .or(table)
            .unwrap_or_default()
    }

    fn start(&mut self, name: &str, inside: &str) -> Result<(), Trouble> {
        match name {
            "table" => {
                self.flush_beside()?;
                let outer = self.look();
                let look = outer.then(self.styles.look(name, inside));
                /// Deeper nesting is a fault of the page.
                const DEEPEST: usize = 50;
                if self.tables.len() < DEEPEST {
                    self.tables.push(Table::new(look));
                }
                self.table_seen = true;
            }
            "tr" => self.start_row(inside)?,
            "td" | "th" => self.start_cell(name, inside)?,
            "col" => self.start_column(inside),
            "br" => self.text.line_break(),
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.text.line_end();
                self.open(name, inside);
            }
            "font" | "span" | "body" | "b" | "i" | "u" | "center" => self.open(name, inside),
            _ => {}
        }
        Ok(())
    }

    /// An element that may have a font of its own.
    fn open(&mut self, name: &str, inside: &str) {
        /// Pages that never close their elements must not cost more and more.
        const MOST: usize = 200;
        let look = self.look().then(self.styles.look(name, inside));
        if self.open.len() < MOST {
            self.open.push((name.to_owned(), look));
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Trouble> {
        match name {
            "td" | "th" => self.end_cell()?,
            "tr" => {
                self.end_cell()?;
                self.end_row();
            }
            "table" => self.end_table()?,
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "font" | "span" | "b" | "i"
            | "u" | "center" => {
                if !matches!(name, "font" | "span" | "b" | "i" | "u") {
                    self.text.line_end();
                }
                // What was left open inside ends too.
                if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
                    self.open.truncate(at);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Text beside tables: a row of its own for each line.
    fn flush_beside(&mut self) -> Result<(), Trouble> {
        if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.take()) {
            // A table inside a cell: the text before it stays in the cell.
            return self.put(&cell);
        }
        let (text, fonts) = self.text.take();
        if text.contains('\n') {
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                self.out
                    .add_text(self.next_row, 0, line.to_owned(), &Fonts::from(fonts.base))?;
                self.next_row = self.next_row.saturating_add(1);
            }
        } else if !text.is_empty() {
            self.out.add_text(self.next_row, 0, text, &fonts)?;
            self.next_row = self.next_row.saturating_add(1);
        }
        Ok(())
    }

    fn start_row(&mut self, inside: &str) -> Result<(), Trouble> {
        self.end_cell()?;
        self.end_row();
        let look = self.styles.look("tr", inside);
        let flat = attribute(inside, "height").is_some_and(|height| height.trim() == "0");
        let Some(table) = self.tables.last_mut() else {
            return Ok(());
        };
        table.start_row(self.next_row, look);
        if look.hidden || flat {
            self.out.hide_row(self.next_row);
        }
        self.next_row = self.next_row.saturating_add(1);
        self.open.clear();
        Ok(())
    }

    fn end_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.row = None;
        }
    }

    fn start_cell(&mut self, name: &str, inside: &str) -> Result<(), Trouble> {
        self.end_cell()?;
        if self.tables.last().is_some_and(|table| table.row.is_none()) {
            // A cell without a row around it begins one.
            self.start_row("")?;
        }
        let own = self.styles.look(name, inside);
        let Some(table) = self.tables.last_mut() else {
            return Ok(());
        };
        let span = |name, most: u32| {
            let number = attribute(inside, name).and_then(|n| n.trim().parse::<u32>().ok());
            number.unwrap_or(1).clamp(1, most)
        };
        // The limits are those of HTML itself.
        let span = Span {
            width: span("colspan", 1000),
            height: span("rowspan", 65_534),
        };
        let (at, last) = table.place(span, &mut self.work);
        /// A page whose cells reach over each other without end is none that people made.
        const MOST_WORK: u64 = 20_000_000;
        if self.work > MOST_WORK {
            return Err(limits::too_many_cells());
        }
        self.out.merge(at, last);
        let look = table.row_look.then(own);
        let number = ["x:num", "x:err", "x:bool"].into_iter().find_map(|name| {
            let value = attribute(inside, name)?;
            Some(value).filter(|value| !value.is_empty())
        });
        table.cell = Some(OpenCell {
            at,
            number,
            format: look.format.unwrap_or_default(),
        });
        self.text = Written::default();
        self.open.clear();
        self.open.push((name.to_owned(), look));
        Ok(())
    }

    fn start_column(&mut self, inside: &str) {
        let span = attribute(inside, "span").and_then(|n| n.trim().parse::<u32>().ok());
        let span = span.unwrap_or(1).clamp(1, 1000);
        let hidden = self.styles.look("col", inside).hidden;
        if let Some(table) = self.tables.last_mut().filter(|table| table.row.is_none()) {
            let first = table.column;
            table.column = first.saturating_add(span);
            if hidden {
                self.out.hide_columns(first, first.saturating_add(span - 1));
            }
        }
    }

    fn end_cell(&mut self) -> Result<(), Trouble> {
        let cell = self.tables.last_mut().and_then(|table| table.cell.take());
        match cell {
            Some(cell) => {
                self.open.clear();
                self.put(&cell)
            }
            None => Ok(()),
        }
    }

    fn end_table(&mut self) -> Result<(), Trouble> {
        self.end_cell()?;
        self.end_row();
        if let Some(table) = self.tables.pop() {
            // Cells that reach below the last row keep their place.
            self.next_row = self.next_row.saturating_add(table.rows_below());
            // What stands after a table in a cell, or between tables, is text of its own.
            self.text = Written::default();
            self.open.clear();
        }
        Ok(())
    }

    fn close_all(&mut self) -> Result<(), Trouble> {
        while !self.tables.is_empty() {
            self.end_table()?;
        }
        self.flush_beside()
    }

    fn put(&mut self, cell: &OpenCell) -> Result<(), Trouble> {
        let (text, fonts) = self.text.take();
        let (row, column) = (cell.at.row, cell.at.column);
        let number = cell.number.as_deref().map(str::trim);
        if let Some(number) = number.and_then(|number| number.parse::<f64>().ok()) {
            let (value, percent) = sheet::formatted(number, cell.format, false);
            return self.out.add(row, column, value, percent);
        }
        if let Some(code) = number.filter(|code| code.starts_with('#')) {
            return self
                .out
                .add(row, column, Value::Error(shortened(code.to_owned())), false);
        }
        match delimited::value(text) {
            Value::Text(text) => self.out.add_text(row, column, text, &fonts),
            // What is shown is a number already: a percentage would have its sign.
            value => self.out.add(row, column, value, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{open, tests::kinds};
    use super::*;
    use crate::intake::grid::{Grid, Workbook};

    fn page(text: &str) -> Workbook {
        let (workbook, problems) = open("thư mục/bao-cao.xls", text.as_bytes());
        assert_eq!(problems, [], "{text}");
        workbook.unwrap()
    }

    fn rows(grid: &Grid) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for cell in &grid.cells {
            let shown = match &cell.value {
                Value::Text(text) => text.clone(),
                value => format!("{value:?}"),
            };
            out.push(format!("{} {shown}", cell.at));
        }
        out
    }

    #[test]
    fn spans_put_cells_where_a_browser_shows_them() {
        let book = page(
            "<html><head><title>x</title><style>.p{mso-number-format:'0%'}</style></head><body><h1>BÁO CÁO</h1><p>Năm&nbsp;2024</p>\
             <table border=1><tr><th rowspan=2>Xã<th colspan=2>Dân số<tr><td>Tổng<td>Nữ\n</tr>\
             <tr><td> Lâm\n Sơn </td><td>1.234</td><td x:num=\"0.5\" class=p>50%</td></tr></table><p>Ghi chú</table></body>",
        );
        let sheet = &book.sheets[0];
        assert_eq!((book.kind, sheet.name.as_str()), ("html", "bao-cao"));
        assert_eq!(
            rows(sheet),
            [
                "A1 BÁO CÁO",
                "A2 Năm\u{a0}2024",
                "A3 Xã",
                "B3 Dân số",
                "B4 Tổng",
                "C4 Nữ",
                "A5 Lâm Sơn",
                "B5 1.234",
                "C5 Number(0.5)",
                "A6 Ghi chú"
            ]
        );
        assert!(sheet.get(4, 2).unwrap().percent);
        assert_eq!(sheet.merges.len(), 2);
    }

    #[test]
    fn a_table_in_a_cell_is_a_table_below() {
        let book = page(
            "<table><tr><td>Đầu<table><tr><td>1</td><td>2</td></tr></table></td><td>bên</td></tr><tr><td>sau</td></tr></table>",
        );
        assert_eq!(
            rows(&book.sheets[0]),
            ["A1 Đầu", "B1 bên", "A2 Number(1.0)", "B2 Number(2.0)", "A3 sau"]
        );
    }

    #[test]
    fn fonts_mend_and_hidden_rows_are_told() {
        let text = "<meta charset=windows-1252><table style='font-family:.VnTime'><tr style='display:none'><td>Tæng sè</td></tr>\
                    <tr><td><font face=VNI-Times>soá nöõ</font></td><td face=Arial><span style='font-family:Arial'>Xã</span></td></tr></table>";
        let bytes: Vec<u8> = text
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect();
        let (workbook, problems) = open("a.xls", &bytes);
        let sheet = &workbook.unwrap().sheets[0];
        assert_eq!(rows(sheet), ["A1 Tổng số", "A2 số nữ", "B2 Xã"]);
        assert_eq!(kinds(&problems), ["lines-hidden", "text-mended", "text-mended"]);
    }

    #[test]
    fn a_page_without_a_table_and_one_that_never_ends() {
        assert_eq!(
            kinds(&open("a.xls", b"<html><body>404 not found</body></html>").1),
            ["file-damaged"]
        );
        let open_end = page("<html><table><tr><td>1<td>2");
        assert_eq!(rows(&open_end.sheets[0]), ["A1 Number(1.0)", "B1 Number(2.0)"]);
    }

    #[test]
    fn spans_beyond_measure_cost_nothing() {
        let text =
            "<table><tr><td rowspan=99999999 colspan=99999999>a</td><td>b</td></tr></table>".repeat(200);
        let begun = std::time::Instant::now();
        open("a.xls", text.as_bytes());
        assert!(begun.elapsed().as_secs() < 10);
    }
}
