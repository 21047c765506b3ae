//! One sheet: its blocks from top to bottom, paper and margins, frozen heads.
//!
//! Holds: the banner stands in the first row and in the header of every printed page. Heights of
//! wrapped rows are set here, because neither Excel nor LibreOffice fits merged cells by itself.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ColNum, Format, IgnoreError, RowNum, Worksheet, XlsxError};

use super::theme::{self, Look};
use super::{chart, frame, letter, paper, table};
use crate::lang::Lang;
use crate::report::{Block, Cell, Chart, Sheet, Style, Table, Value};

/// 15 points.
pub(super) const ROW_HEIGHT_PIXELS: u32 = 20;
pub(super) const COLUMN_PIXELS: u32 = 64;
/// Points of a line of text in a table.
pub(super) const LINE: f64 = 15.0;
/// Excel allows no higher row.
const HIGHEST: f64 = 409.0;
/// Letters that a cell may hold.
const LONGEST_TEXT: usize = 32_000;

/// A table already written, for charts and repeated heads.
pub(super) struct Placed<'r> {
    pub table: &'r Table,
    pub head: RowNum,
    pub body: RowNum,
}

pub(super) struct Page<'w, 'r> {
    pub sheet: &'w mut Worksheet,
    pub name: &'r str,
    pub lang: Lang,
    /// Wide enough for two charts beside each other.
    pub landscape: bool,
    pub row: RowNum,
    /// In letters, by column of the sheet.
    pub widths: Vec<u16>,
    pub placed: Vec<Placed<'r>>,
    /// Rows before which a new page begins.
    pub breaks: Vec<RowNum>,
    /// In points, where a row is not as high as usual.
    pub heights: BTreeMap<RowNum, f64>,
    formats: BTreeMap<Look, Format>,
}

pub(super) fn write(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    lang: Lang,
    banner: Option<&str>,
) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    let mut page = Page {
        sheet: worksheet,
        name: &sheet.name,
        lang,
        landscape: sheet.landscape,
        row: 0,
        widths: widths(sheet),
        placed: Vec::new(),
        breaks: Vec::new(),
        heights: BTreeMap::new(),
        formats: BTreeMap::new(),
    };
    page.set_widths()?;
    paper::set(&mut page, sheet, banner)?;
    if let Some(banner) = banner {
        page.sheet
            .write_string_with_format(0, 0, banner, &theme::banner())?;
        page.row = 1;
    }
    let has_letterhead = sheet.blocks.iter().any(|b| matches!(b, Block::Letterhead(_)));
    if !has_letterhead {
        page.title(sheet)?;
    }
    let has_charts = sheet.blocks.iter().any(|b| matches!(b, Block::Charts(_)));
    for (block, next) in sheet
        .blocks
        .iter()
        .zip(sheet.blocks.iter().skip(1).map(Some).chain([None]))
    {
        // Charts are not cut by the end of a page.
        if matches!(next, Some(Block::Charts(_))) && !page.placed.is_empty() {
            page.breaks.push(page.row);
        }
        page.block(block)?;
    }
    paper::keep_together(&mut page, sheet)?;
    if !page.breaks.is_empty() {
        page.sheet.set_page_breaks(&page.breaks)?;
    }
    page.repeat_heads(has_charts)?;
    // Codes of places and years are text on purpose: no green corners in Excel.
    let (last_row, last_column) = (page.row, page.columns());
    page.sheet
        .ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

impl<'r> Page<'_, 'r> {
    pub fn columns(&self) -> ColNum {
        ColNum::try_from(self.widths.len().max(1)).unwrap_or(ColNum::MAX)
    }

    pub fn format(&mut self, look: Look) -> &Format {
        self.formats.entry(look).or_insert_with_key(Look::format)
    }

    fn set_widths(&mut self) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(&self.widths) {
            self.sheet.set_column_width(column, f64::from(*width))?;
        }
        Ok(())
    }

    fn title(&mut self, sheet: &'r Sheet) -> Result<(), XlsxError> {
        self.sheet
            .write_string_with_format(self.row, 0, fitting(&sheet.title), &theme::title())?;
        self.row_height(self.row, 22)?;
        self.row += 1;
        if sheet.style == Style::Data {
            // The table of a data sheet always begins in the same row.
            let lines = sheet.lines.join(" ");
            if !lines.is_empty() {
                self.sheet
                    .write_string_with_format(self.row - 1, 6, &lines, &theme::line())?;
            }
            return Ok(());
        }
        for text in &sheet.lines {
            self.line(text)?;
        }
        self.row += 1;
        Ok(())
    }

    fn block(&mut self, block: &'r Block) -> Result<(), XlsxError> {
        match block {
            Block::Heading(text) => {
                if !self.placed.is_empty() {
                    self.row += 1;
                }
                self.sheet
                    .write_string_with_format(self.row, 0, fitting(text), &theme::heading())?;
                self.row_height(self.row, 20)?;
                self.row += 1;
            }
            Block::Line(text) => {
                self.line(text)?;
            }
            Block::Pairs(pairs) => self.pairs(pairs)?,
            Block::Table(table) => table::write(self, table)?,
            Block::Frame(frame) => frame::write(self, frame)?,
            Block::Charts(charts) => self.wait_for_table(charts)?,
            Block::Letterhead(head) => letter::head(self, head)?,
            Block::Signatures(signatures) => letter::signatures(self, signatures)?,
        }
        Ok(())
    }

    /// A line of prose over the whole width, as high as it needs.
    fn line(&mut self, text: &str) -> Result<(), XlsxError> {
        let width: u32 = self.widths.iter().map(|w| u32::from(*w)).sum();
        // A wide sheet is read by its first columns: prose stays within a screen.
        // Where the first columns stand on every page, prose begins behind them, or it would be cut there.
        let first = match paper::across(&self.widths) {
            1 => 0,
            _ => paper::REPEATED,
        };
        let mut shown = 0;
        let mut last = first;
        for (column, w) in (0..).zip(&self.widths).skip(usize::from(first)) {
            if shown < 150 {
                last = column;
                shown += u32::from(*w);
            }
        }
        let capacity = usize::try_from(shown.min(width)).unwrap_or(usize::MAX);
        // Prose in italics runs narrower than the figures by which columns are measured.
        let lines = lines_needed(text, capacity * 6 / 5);
        self.span(self.row, first, last, text, &theme::wrapped_line())?;
        self.height(self.row, lines)?;
        self.row += 1;
        Ok(())
    }

    /// Writes over several columns, or into one.
    pub fn span(
        &mut self,
        row: RowNum,
        first: ColNum,
        last: ColNum,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        if last > first {
            self.sheet
                .merge_range(row, first, row, last, fitting(text), format)?;
        } else {
            self.sheet
                .write_string_with_format(row, first, fitting(text), format)?;
        }
        Ok(())
    }

    /// Sets the height in points, and remembers it for the breaks between pages.
    pub fn row_height(&mut self, row: RowNum, points: impl Into<f64>) -> Result<(), XlsxError> {
        let points = points.into();
        self.heights.insert(row, points);
        self.sheet.set_row_height(row, points)?;
        Ok(())
    }

    pub fn height(&mut self, row: RowNum, lines: usize) -> Result<(), XlsxError> {
        if lines > 1 {
            let lines = u32::try_from(lines).unwrap_or(u32::MAX);
            self.row_height(row, (f64::from(lines) * LINE + 2.0).min(HIGHEST))?;
        }
        Ok(())
    }

    fn pairs(&mut self, pairs: &[(String, Cell)]) -> Result<(), XlsxError> {
        let last = self.columns() - 1;
        for (name, cell) in pairs {
            self.sheet
                .write_string_with_format(self.row, 0, format!("{name}:"), &theme::pair(true))?;
            let text = match &cell.value {
                Value::Text(text) => text.as_str(),
                _ => "",
            };
            self.span(self.row, 1.min(last), last, text, &theme::pair(false))?;
            let capacity: usize = self.widths.iter().skip(1).map(|w| usize::from(*w)).sum();
            let lines = lines_needed(text, capacity * 5 / 6).max(1);
            let lines = u32::try_from(lines).unwrap_or(u32::MAX);
            self.row_height(self.row, (f64::from(lines) * 18.0 + 2.0).min(HIGHEST))?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    /// Charts are drawn at once, from a table that may only come below them.
    fn wait_for_table(&mut self, charts: &'r [Chart]) -> Result<(), XlsxError> {
        let rows = chart::rows_needed(charts, self.landscape);
        let top = self.row;
        // What a chart reserves lies above its own table, so the place of that table is known.
        let below = top + rows + 1;
        let rows = chart::insert(self, charts, top, below)?;
        self.breaks.extend(rows);
        self.row = below;
        Ok(())
    }

    /// The heads of the longest table stand on every printed page.
    fn repeat_heads(&mut self, has_charts: bool) -> Result<(), XlsxError> {
        let longest = self.placed.iter().max_by_key(|p| p.table.rows.len());
        // Charts have pages of their own, over which no heads should stand; a long table needs them.
        let enough = if has_charts { 45 } else { 10 };
        let Some(placed) = longest.filter(|p| p.table.rows.len() > enough) else {
            return Ok(());
        };
        let (head, body) = (placed.head, placed.body);
        self.sheet
            .set_repeat_rows(head, body.saturating_sub(1).max(head))?;
        Ok(())
    }
}

/// Widths of the sheet's columns: of its widest table, in which no column spans.
fn widths(sheet: &Sheet) -> Vec<u16> {
    let mut widest: Vec<u16> = Vec::new();
    for block in &sheet.blocks {
        let of_block: Vec<u16> = match block {
            Block::Table(table) if table.columns.iter().all(|c| c.span == 1) => {
                table.columns.iter().map(|c| c.width).collect()
            }
            Block::Frame(frame) => frame.columns.iter().map(|c| c.width).collect(),
            _ => continue,
        };
        if of_block.len() > widest.len() {
            widest = of_block;
        }
    }
    if widest.is_empty() { vec![100] } else { widest }
}

/// Lines that a text takes in a cell of so many letters, broken between words.
pub(super) fn lines_needed(text: &str, letters: usize) -> usize {
    let letters = letters.max(1);
    let mut lines = 0;
    for paragraph in text.split('\n') {
        let mut used = 0;
        lines += 1;
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            let with_blank = if used == 0 { length } else { used + 1 + length };
            if with_blank <= letters {
                used = with_blank;
            } else {
                if used > 0 {
                    lines += 1;
                }
                lines += length.saturating_sub(1) / letters;
                used = length - (length.saturating_sub(1) / letters) * letters;
            }
        }
    }
    lines
}

/// Excel refuses longer texts; nothing real is as long.
pub(super) fn fitting(text: &str) -> &str {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(lines_needed("", 10), 1);
        assert_eq!(lines_needed("một hai ba bốn", 7), 2);
        assert_eq!(lines_needed("một\nhai", 50), 2);
        assert_eq!(lines_needed(&"x".repeat(25), 10), 3);
    }
}
