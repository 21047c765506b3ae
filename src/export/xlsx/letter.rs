//! The head and foot of a print form.
//!
//! Law: Decree 30/2020/NĐ-CP, Appendix I: national title 12-13 bold capitals on the right, motto
//! 13-14 bold below it, issuing office bold capitals on the left, place and date italic; titles of
//! signatories bold capitals, their names left to the pen.

use rust_xlsxwriter::{ColNum, XlsxError};

use super::page::{Page, lines_needed};
use super::theme;
use crate::report::{Letterhead, Signatures};

/// Drawn under the office and under the motto.
const RULE: &str = "————————";

pub(super) fn head(page: &mut Page<'_, '_>, head: &Letterhead) -> Result<(), XlsxError> {
    let (left, right) = halves(&page.widths);
    let rows: [(&str, &str, f64, [bool; 4], f64); 5] = [
        (
            &head.superior.to_uppercase(),
            &head.nation.to_uppercase(),
            13.0,
            [false, false, true, false],
            12.0,
        ),
        (
            &head.office.to_uppercase(),
            &head.motto,
            13.0,
            [true, false, true, false],
            12.0,
        ),
        (RULE, RULE, 9.0, [false; 4], 9.0),
        (
            &head.form_number,
            &head.place_and_date,
            13.0,
            [true, false, false, true],
            12.0,
        ),
        ("", "", 9.0, [false; 4], 9.0),
    ];
    for (on_left, on_right, size_right, [bold_l, italic_l, bold_r, italic_r], size_left) in rows {
        page.span(
            page.row,
            left.0,
            left.1,
            on_left,
            &theme::letter(size_left, bold_l, italic_l),
        )?;
        page.span(
            page.row,
            right.0,
            right.1,
            on_right,
            &theme::letter(size_right, bold_r, italic_r),
        )?;
        let capacity = |(first, last): (ColNum, ColNum)| -> usize {
            let width: usize = page
                .widths
                .iter()
                .skip(usize::from(first))
                .take(usize::from(last - first) + 1)
                .map(|w| usize::from(*w))
                .sum();
            width * 3 / 4
        };
        let lines = lines_needed(on_left, capacity(left)).max(lines_needed(on_right, capacity(right)));
        let lines = u32::try_from(lines).unwrap_or(1);
        let height = if on_left == RULE || on_left.is_empty() && on_right.is_empty() {
            10.0
        } else {
            f64::from(lines) * 17.0
        };
        page.row_height(page.row, height)?;
        page.row += 1;
    }
    let last = page.columns() - 1;
    let width: usize = page.widths.iter().map(|w| usize::from(*w)).sum();
    for (i, title) in head.title.iter().enumerate() {
        let title = if i == 0 {
            title.to_uppercase()
        } else {
            title.clone()
        };
        page.span(page.row, 0, last, &title, &theme::letter(14.0, true, false))?;
        let lines = u32::try_from(lines_needed(&title, width * 13 / 20)).unwrap_or(1);
        page.row_height(page.row, f64::from(lines) * 19.0 + 3.0)?;
        page.row += 1;
    }
    for line in &head.lines {
        page.span(page.row, 0, last, line, &theme::letter(13.0, false, true))?;
        page.row_height(page.row, 18)?;
        page.row += 1;
    }
    page.row += 1;
    Ok(())
}

pub(super) fn signatures(page: &mut Page<'_, '_>, signatures: &Signatures) -> Result<(), XlsxError> {
    let parts = parts(&page.widths, signatures.titles.len());
    let title_row = page.row + 1;
    for ((title, hint), (first, last)) in signatures.titles.iter().zip(parts) {
        page.span(
            title_row,
            first,
            last,
            &title.to_uppercase(),
            &theme::letter(13.0, true, false),
        )?;
        page.span(
            title_row + 1,
            first,
            last,
            hint,
            &theme::letter(12.0, false, true),
        )?;
    }
    page.row_height(title_row, 18)?;
    page.row_height(title_row + 1, 17)?;
    // Room for a signature and a seal.
    page.row = title_row + 7;
    Ok(())
}

/// Columns of the left and right half of the letterhead, with a gap if there is room.
fn halves(widths: &[u16]) -> ((ColNum, ColNum), (ColNum, ColNum)) {
    let total: u32 = widths.iter().map(|w| u32::from(*w)).sum();
    let mut left = 0;
    let mut sum = 0;
    for (column, width) in (0..).zip(widths) {
        sum += u32::from(*width);
        left = column;
        if sum * 100 >= total * 35 {
            break;
        }
    }
    let last = ColNum::try_from(widths.len().saturating_sub(1)).unwrap_or(0);
    let right = (left + 1).min(last);
    ((0, left.min(last)), (right, last))
}

/// The columns divided into `n` runs of about equal width.
fn parts(widths: &[u16], n: usize) -> Vec<(ColNum, ColNum)> {
    let total: usize = widths.iter().map(|w| usize::from(*w)).sum();
    let n = n.clamp(1, widths.len().max(1));
    let mut parts = Vec::new();
    let mut first = 0;
    let mut sum = 0;
    for (i, width) in widths.iter().enumerate() {
        sum += usize::from(*width);
        let left_over = widths.len() - i - 1;
        let wanted = n - parts.len() - 1;
        let full = sum * n >= total * (parts.len() + 1) || left_over == wanted;
        if parts.len() < n && (full || left_over == 0) && left_over >= wanted {
            let column = |i: usize| ColNum::try_from(i).unwrap_or(ColNum::MAX);
            parts.push((column(first), column(i)));
            first = i + 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_share_the_width() {
        assert_eq!(parts(&[10; 6], 3), vec![(0, 1), (2, 3), (4, 5)]);
        assert_eq!(parts(&[50, 1, 1], 3), vec![(0, 0), (1, 1), (2, 2)]);
        assert_eq!(parts(&[10], 3), vec![(0, 0)]);
    }

    #[test]
    fn the_halves_of_a_letterhead_do_not_meet() {
        assert_eq!(halves(&[10, 40, 10, 10, 10, 10]), ((0, 1), (2, 5)));
    }
}
