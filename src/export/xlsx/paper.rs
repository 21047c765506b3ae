//! Paper: size, margins, scale, and where pages end.
//!
//! Law: Decree 30/2020/NĐ-CP, Appendix I: A4, top and bottom 20 mm, left 30, right 15; page numbers centred
//! at the top. Reading sheets need the width and have narrower margins.
//! Holds: what belongs together stays together: the columns of one indicator, the rows of one target, and
//!        the signatures with the last rows they sign for.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::page::{Page, Placed};
use super::table::starts;
use super::theme;
use crate::report::{Block, Role, Sheet, Style, Table};

/// Letters that fit the width of one page and can still be read with good eyes.
const ONE_PAGE: u32 = 290;
/// Wider sheets take several pages, each of so many letters.
const PAGE_LETTERS: u32 = 190;
/// Columns that stand on every page of a sheet that takes several.
pub(super) const REPEATED: ColNum = 2;
/// A form that is longer than its page by no more than this is made smaller instead.
const SMALLER: f64 = 1.25;
const POINTS_OF_CM: f64 = 72.0 / 2.54;
const TOP_AND_BOTTOM: f64 = 4.0;

/// How many pages wide a sheet of these columns is.
pub(super) fn across(widths: &[u16]) -> u16 {
    let letters: u32 = widths.iter().map(|w| u32::from(*w)).sum();
    if letters <= ONE_PAGE || widths.len() <= usize::from(REPEATED) {
        return 1;
    }
    u16::try_from(letters.div_ceil(PAGE_LETTERS)).unwrap_or(u16::MAX)
}

pub(super) fn set(page: &mut Page<'_, '_>, sheet: &Sheet, banner: Option<&str>) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    const CM: f64 = 1.0 / 2.54;
    let pages = across(&page.widths);
    let ws = &mut page.sheet;
    ws.set_paper_size(A4);
    if sheet.landscape {
        ws.set_landscape();
    }
    let (left, right) = margins(sheet);
    ws.set_margins(left * CM, right * CM, 2.0 * CM, 2.0 * CM, 1.0 * CM, 1.0 * CM);
    // Excel heeds page breaks only without "fit to page": where there are any, the scale is worked out here.
    let has_breaks = pages > 1 || has_charts(sheet) || sheet.style == Style::Form;
    if !has_breaks || sheet.style == Style::Data {
        ws.set_print_fit_to_pages(pages, 0);
    }
    if pages > 1 {
        ws.set_repeat_columns(0, REPEATED - 1)?;
    }
    let banner = banner.unwrap_or_default().replace('&', "&&");
    // Page numbers centred at the top, size 13; the banner on every page.
    ws.set_header(format!(
        "&L&\"{0},Bold\"&9{banner}&C&\"{0},Regular\"&13&P",
        theme::FONT
    ));
    if matches!(sheet.style, Style::Form | Style::Cover) {
        ws.set_screen_gridlines(false);
        ws.set_print_center_horizontally(true);
    } else {
        ws.set_footer(format!(
            "&L&\"{0},Regular\"&9&A&R&\"{0},Regular\"&9&P/&N",
            theme::FONT
        ));
    }
    if sheet.style == Style::Reading {
        ws.set_screen_gridlines(false);
    }
    Ok(())
}

fn has_charts(sheet: &Sheet) -> bool {
    sheet.blocks.iter().any(|b| matches!(b, Block::Charts(_)))
}

/// Left and right, in centimetres.
fn margins(sheet: &Sheet) -> (f64, f64) {
    match sheet.style {
        Style::Form | Style::Cover => (3.0, 1.5),
        Style::Reading | Style::Data => (1.5, 1.5),
    }
}

/// Width and height for the content, in points.
fn room(sheet: &Sheet) -> (f64, f64) {
    let (wide, high) = if sheet.landscape {
        (29.7, 21.0)
    } else {
        (21.0, 29.7)
    };
    let (left, right) = margins(sheet);
    (
        (wide - left - right) * POINTS_OF_CM,
        (high - TOP_AND_BOTTOM) * POINTS_OF_CM,
    )
}

/// Width of columns in points.
fn points(widths: &[u16]) -> f64 {
    let letters: u32 = widths.iter().map(|w| u32::from(*w)).sum();
    (7.35 * f64::from(letters) + 5.0 * widths.len() as f64) * 0.75
}

/// Sets scale and breaks once everything stands on the sheet.
pub(super) fn keep_together(page: &mut Page<'_, '_>, sheet: &Sheet) -> Result<(), XlsxError> {
    let (wide, high) = room(sheet);
    let pages = across(&page.widths);
    if sheet.style == Style::Data {
        return Ok(());
    }
    if pages > 1 {
        let columns = widest_of(page).map(ends_of_groups).unwrap_or_default();
        let (breaks, widest) = columns_by_page(&page.widths, &columns);
        // A few rows over the end of the page are not left alone on the next one.
        let rows = page.breaks.first().copied().unwrap_or(page.row);
        let (percent, all) = (wide / widest * 97.0, height(page, 0..rows));
        let fitting = high / all * 97.0;
        let is_near = fitting < percent && fitting * SMALLER > percent;
        page.sheet
            .set_print_scale(scale(if is_near { fitting } else { percent }));
        page.sheet.set_vertical_page_breaks(&breaks)?;
    } else if has_charts(sheet) {
        // A chart and its table stand on one page.
        let most = if sheet.landscape { 100.0 } else { 85.0 };
        let percent = (wide / points(&page.widths) * 97.0).min(most);
        page.sheet.set_print_scale(scale(percent));
    }
    if sheet.style != Style::Form {
        return Ok(());
    }
    let percent = scale(wide / points(&page.widths) * 97.0);
    let capacity = high * 100.0 / f64::from(percent);
    if height(page, 0..page.row) <= capacity * SMALLER {
        page.sheet.set_print_fit_to_pages(1, 1);
        return Ok(());
    }
    page.sheet.set_print_scale(percent);
    if let Some(placed) = page.placed.first() {
        let heads = height(page, placed.head..placed.body);
        let groups = groups(placed);
        let mut used = height(page, 0..placed.body);
        let mut breaks = Vec::new();
        for (i, first) in groups.iter().enumerate() {
            // The last group takes the signatures with it.
            let end = groups.get(i + 1).copied().unwrap_or(page.row);
            let needed = height(page, *first..end);
            if used + needed > capacity && i > 0 {
                breaks.push(*first);
                used = heads;
            }
            used += needed;
        }
        page.breaks.extend(breaks);
    }
    Ok(())
}

/// Height of rows in points.
fn height(page: &Page<'_, '_>, rows: std::ops::Range<RowNum>) -> f64 {
    rows.map(|row| page.heights.get(&row).copied().unwrap_or(super::page::LINE))
        .sum()
}

fn scale(percent: f64) -> u16 {
    percent.clamp(10.0, 100.0) as u16
}

/// The sheet's rows at which its groups begin.
fn groups(placed: &Placed<'_>) -> Vec<RowNum> {
    let rows = (placed.body..).zip(&placed.table.rows);
    rows.filter(|(_, row)| row.role == Role::Group)
        .map(|(at, _)| at)
        .collect()
}

fn widest_of<'r>(page: &Page<'_, 'r>) -> Option<&'r Table> {
    let tables = page.placed.iter().map(|placed| placed.table);
    tables.max_by_key(|table| table.columns.len())
}

/// Columns of the sheet before which a group of columns ends: where the upper heading changes.
fn ends_of_groups(table: &Table) -> Vec<ColNum> {
    let pairs = table.columns.iter().zip(table.columns.iter().skip(1));
    let starts = starts(&table.columns);
    pairs
        .zip(starts.iter().skip(1))
        .filter(|((one, next), _)| one.heading.len() < 2 || one.heading.first() != next.heading.first())
        .map(|(_, (first, _))| *first)
        .collect()
}

/// Columns before which a page begins, and the width of the widest page in points.
fn columns_by_page(widths: &[u16], ends: &[ColNum]) -> (Vec<u32>, f64) {
    let repeated: u32 = widths
        .iter()
        .take(usize::from(REPEATED))
        .map(|w| u32::from(*w))
        .sum();
    let mut breaks: Vec<u32> = Vec::new();
    let (mut used, mut widest, mut begun) = (0u32, 0.0f64, 0usize);
    let mut from = 0usize;
    for end in ends.iter().map(|e| usize::from(*e)).chain([widths.len()]) {
        let needed: u32 = widths.iter().take(end).skip(from).map(|w| u32::from(*w)).sum();
        if used + needed > PAGE_LETTERS && from > begun && from > usize::from(REPEATED) {
            breaks.push(u32::try_from(from).unwrap_or(u32::MAX));
            used = repeated;
            begun = from;
        }
        used += needed;
        let mut shown: Vec<u16> = widths.iter().take(end).skip(begun).copied().collect();
        if begun > 0 {
            shown.extend(widths.iter().take(usize::from(REPEATED)));
        }
        widest = widest.max(points(&shown));
        from = end;
    }
    (breaks, widest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_ends_between_groups_of_columns_only() {
        // Two columns on every page, then ten groups of three: 30 + 10 × 25 letters.
        let mut widths = vec![10, 20];
        widths.extend([8, 5, 12].repeat(10));
        let ends: Vec<ColNum> = (0..10).map(|i| 2 + 3 * i).collect();
        let (breaks, widest) = columns_by_page(&widths, &ends);
        // Six groups fit beside the first two columns: 30 + 6 × 25 = 180.
        assert_eq!(breaks, [20]);
        assert!((widest - points(&widths[..20])).abs() < 0.1);
        assert_eq!(across(&widths[..8]), 1);
    }
}
