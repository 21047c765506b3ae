//! What stands beside the figures: the role of each column, and for each row its labels and the
//! rows it lies under.
//!
//! In:  a [`Region`], its [`Column`]s, and a judge that tells what kind of thing a label speaks of.
//! Out: the [`Role`] of each column and a [`StubRow`] per body row.
//! Holds: numbering ("I", "1.1", "-") makes the tree; without numbering a label that comes again and
//!        again ("Nữ" after each grade) lies under the row before it.
//! Leaves to others: meanings, places, senders.

mod roles;
mod total;

use std::collections::BTreeMap;

pub use roles::roles;
use total::is_page_sum;
pub use total::is_total;

use crate::intake::grid::{Merge, Value};
use crate::intake::header::Column;
use crate::intake::label::{self, Label, Marker};
use crate::intake::numeral;
use crate::intake::region::Region;
use crate::intake::sheet::{Sheet, merge_at, text_of};
use crate::intake::words_of_stub::StubRole;
use crate::origin::CellAddress;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Values,
    Stub(StubRole),
}

/// One row beside its figures.
#[derive(Debug, Clone, Default)]
pub struct StubRow {
    pub row: u32,
    pub order: Option<String>,
    /// Text of each label-like column, filled down where a merge or a blank says so.
    pub texts: Vec<(StubRole, CellAddress, String)>,
    /// The main label, taken apart.
    pub label: Label,
    /// Cell of the main label.
    pub at: Option<CellAddress>,
    pub code: Option<String>,
    pub place_code: Option<String>,
    /// Where it stands.
    pub place_code_at: Option<CellAddress>,
    pub unit: Option<String>,
    /// Indices of the rows it lies under, outermost first.
    pub above: Vec<usize>,
    pub has_figures: bool,
    pub has_children: bool,
    /// "Tổng số", "Cộng", "Toàn huyện".
    pub total: bool,
    /// "Cộng trang 1", "Mang sang": a sum that belongs to the paper, not to the table.
    pub page_sum: bool,
}

/// What a label speaks of, so that rows can be nested: its dimensions as bits, and whether it names a measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinship {
    pub measure: bool,
    pub dimensions: u8,
}

/// The rows of the body, nested. `judge` tells what kind of thing a label speaks of.
pub fn rows(
    sheet: &Sheet<'_>,
    region: &Region,
    columns: &[Column],
    roles: &[Role],
    judge: &dyn Fn(&Label) -> Kinship,
) -> Vec<StubRow> {
    let (Some(first), Some(last)) = (region.body.first(), region.body.last()) else {
        return Vec::new();
    };
    let merges: Vec<Merge> = sheet
        .merges_in(*first, *last)
        .into_iter()
        .filter(|m| m.last.row > m.first.row)
        .take(5_000)
        .collect();
    let mut rows: Vec<StubRow> = Vec::new();
    let mut remembered: BTreeMap<u32, String> = BTreeMap::new();
    for number in &region.body {
        let mut row = StubRow {
            row: *number,
            ..StubRow::default()
        };
        let mut blanks: Vec<(StubRole, u32)> = Vec::new();
        for (column, role) in columns.iter().zip(roles) {
            let at = CellAddress::new(*number, column.column);
            let own = sheet.text(*number, column.column);
            let Role::Stub(role) = *role else {
                let figure = sheet.grid.get(*number, column.column).is_some_and(|c| {
                    !matches!(c.value, Value::Date(..)) && text_of(c).is_none_or(|t| !t.trim().is_empty())
                });
                row.has_figures |= figure;
                continue;
            };
            let text = own.or_else(|| {
                let m = merge_at(&merges, at)?;
                sheet.text(m.first.row, m.first.column)
            });
            match (role, text) {
                (StubRole::Order, text) => row.order = text,
                (StubRole::Code, text) => row.code = text,
                (StubRole::PlaceCode, text) => (row.place_code, row.place_code_at) = (text, Some(at)),
                (StubRole::Unit, text) => row.unit = text,
                (StubRole::Note, _) => {}
                (role, Some(text)) if is_ditto(&text) => {
                    if let Some(above) = remembered.get(&column.column) {
                        row.texts.push((role, at, above.clone()));
                    }
                }
                (role, Some(text)) => {
                    for (role, blank) in blanks.drain(..) {
                        if let Some(above) = remembered.get(&blank) {
                            row.texts
                                .push((role, CellAddress::new(*number, blank), above.clone()));
                        }
                    }
                    remembered.insert(column.column, text.clone());
                    // What was remembered to the right belongs to the row before.
                    remembered.retain(|c, _| *c <= column.column);
                    row.texts.push((role, at, text));
                }
                (role, None) => blanks.push((role, column.column)),
            }
        }
        row.texts.sort_by_key(|(_, at, _)| *at);
        set_main_label(&mut row);
        rows.push(row);
    }
    nest(&mut rows, judge);
    rows
}

fn is_ditto(text: &str) -> bool {
    matches!(
        numeral::read_text(text, numeral::Notation::default(), numeral::Expect::Count),
        numeral::Reading::Ditto
    )
}

/// The label that numbering and totals speak about: the last of the plain labels, else the place or sender.
fn set_main_label(row: &mut StubRow) {
    let main = row
        .texts
        .iter()
        .rev()
        .find(|(role, ..)| *role == StubRole::Label)
        .or_else(|| {
            row.texts
                .iter()
                .find(|(role, ..)| matches!(role, StubRole::Sender | StubRole::Place))
        })
        .or_else(|| row.texts.first())
        .cloned();
    let mut text = String::new();
    if let Some((_, at, label)) = main {
        row.at = Some(at);
        text = label;
    } else if let Some(order) = &row.order {
        // "Tổng cộng" written over the order and label columns stands in the first of them.
        if label::order_marker(order).is_none() {
            text.clone_from(order);
        }
    }
    row.label = label::parse(&text);
    row.page_sum = is_page_sum(&row.label);
    row.total = row.page_sum || is_total(&row.label);
}

/// Finds the rows that each row lies under.
fn nest(rows: &mut [StubRow], judge: &dyn Fn(&Label) -> Kinship) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.iter().filter(|r| !r.total) {
        *times.entry(row.label.bare.clone()).or_default() += 1;
    }
    let kin: Vec<Kinship> = rows.iter().map(|r| judge(&r.label)).collect();
    let mut stack: Vec<(u16, usize)> = Vec::new();
    for i in 0..rows.len() {
        let row = &rows[i];
        if row.page_sum {
            continue;
        }
        if row.total
            && row.label.marker.is_none()
            && row.order.as_deref().and_then(label::order_marker).is_none()
        {
            stack.clear();
            continue;
        }
        let own = kin[i];
        let marker = row
            .order
            .as_deref()
            .and_then(label::order_marker)
            .or(row.label.marker);
        let again = times.get(&row.label.bare).is_some_and(|n| *n > 1) && own.dimensions != 0 && !own.measure;
        let follows_of_which = i > 0
            && rows[i - 1].label.of_which
            && !rows[i - 1].label.structure
            && rows[i - 1].above.last().is_some_and(|p| {
                let parent = kin[*p];
                own.dimensions != 0 && !own.measure && parent.dimensions & own.dimensions == 0
            });
        let rank: u16 = match marker {
            Some(Marker::Capital) => 10,
            Some(Marker::Roman) => 20,
            Some(Marker::Number(depth)) => 30 + u16::from(depth),
            Some(Marker::Letter) => 60,
            Some(Marker::Star) => 100,
            Some(Marker::Dash) => 110,
            Some(Marker::Plus) => 120,
            None if row.label.structure => 85,
            None if row.label.of_which || again || follows_of_which => 95,
            None if own.measure => 80,
            None => 90,
        };
        while stack.last().is_some_and(|(top, _)| *top >= rank) {
            stack.pop();
        }
        let above: Vec<usize> = stack.iter().map(|(_, r)| *r).collect();
        for parent in &above {
            rows[*parent].has_children = true;
        }
        rows[i].above = above;
        stack.push((rank, i));
    }
}
