//! What each column of a table is for: figures, or what stands beside them.
//!
//! Holds: the role that a heading names is kept only if the cells below agree.

use super::Role;
use crate::intake::grid::Value;
use crate::intake::header::Column;
use crate::intake::label;
use crate::intake::region::Region;
use crate::intake::sheet::{Sheet, as_year, is_figure, text_of};
use crate::intake::unit;
use crate::intake::when;
use crate::intake::words_of_stub::{StubRole, role_of};
use crate::text;

/// The role of each column, in the order of `columns`. `is_of_figures` tells whether a heading speaks of
/// figures ("Tổng số", "Nữ") whatever stands below it, or, with a number below it, may speak of them.
pub fn roles(
    sheet: &Sheet<'_>,
    region: &Region,
    columns: &[Column],
    is_of_figures: &dyn Fn(&str, bool) -> bool,
) -> Vec<Role> {
    let mut roles: Vec<Role> = columns
        .iter()
        .map(|column| {
            let tally = Tally::of(sheet, region, column.column);
            role_of_column(column, &tally)
        })
        .collect();
    // Figures written as words ("~450", "tăng 5") are figures that cannot be read, not names of rows.
    let mut labelled = false;
    for (role, column) in roles.iter_mut().zip(columns) {
        let by_heading = role_of(column.leaf()).is_some();
        let doubtful = *role == Role::Stub(StubRole::Label) && labelled && !by_heading;
        let has_number = || Tally::of(sheet, region, column.column).figures > 0;
        if doubtful && is_of_figures(column.leaf(), has_number()) {
            *role = Role::Values;
        }
        labelled |=
            matches!(role, Role::Stub(r) if !matches!(r, StubRole::Order | StubRole::Code | StubRole::Unit));
    }
    let first_value = roles.iter().position(|r| *r == Role::Values);
    for (i, role) in roles.iter_mut().enumerate() {
        // Words right of the figures are remarks, unless their heading says what they are.
        if *role == Role::Stub(StubRole::Label)
            && first_value.is_some_and(|v| v < i)
            && role_of(columns[i].leaf()) != Some(StubRole::Label)
        {
            *role = Role::Stub(StubRole::Note);
        }
    }
    // The only column of figures is not a column of years.
    if !roles.contains(&Role::Values) {
        let year =
            |i: &usize| roles[*i] == Role::Stub(StubRole::Year) && is_reported_year(columns[*i].leaf());
        if let Some(i) = (0..roles.len()).rev().find(year) {
            roles[i] = Role::Values;
        }
    }
    // A first column of running numbers without a heading, before the labels.
    if let (Some(Role::Values), Some(Role::Stub(StubRole::Label | StubRole::Place | StubRole::Sender))) =
        (roles.first(), roles.get(1))
        && columns[0].path.is_empty()
        && Tally::of(sheet, region, columns[0].column).is_running_number
    {
        roles[0] = Role::Stub(StubRole::Order);
    }
    roles
}

/// What the cells of a column look like.
#[derive(Debug, Default)]
struct Tally {
    figures: usize,
    words: usize,
    units: usize,
    years: usize,
    /// Years of two digits.
    short_years: usize,
    codes: usize,
    orders: usize,
    /// 0, 1 and 2.
    sex_codes: usize,
    is_running_number: bool,
}

impl Tally {
    fn of(sheet: &Sheet<'_>, region: &Region, column: u32) -> Tally {
        let mut tally = Tally::default();
        let mut numbers: Vec<f64> = Vec::new();
        for row in &region.body {
            let Some(cell) = sheet.grid.get(*row, column) else {
                continue;
            };
            tally.years += usize::from(as_year(cell).is_some());
            if let Some(words) = text_of(cell) {
                tally.short_years += usize::from(when::short_year(&words).is_some());
                tally.orders += usize::from(label::order_marker(&words).is_some());
                tally.units += usize::from(unit::known(&words).is_some());
                let digits = words.trim();
                tally.sex_codes += usize::from(matches!(digits, "0" | "1" | "2" | "00" | "01" | "02"));
                tally.codes += usize::from(
                    (2..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()),
                );
            }
            if is_figure(cell) {
                tally.figures += 1;
                if let Value::Number(n) = cell.value {
                    numbers.push(n);
                }
            } else {
                tally.words += 1;
            }
        }
        tally.is_running_number = !numbers.is_empty()
            && tally.words <= 1
            && numbers.windows(2).all(|w| w[1] == w[0] + 1.0 || w[1] == 1.0)
            && numbers[0] == 1.0;
        tally
    }

    fn mostly_figures(&self) -> bool {
        self.figures > self.words
    }
}

/// "Năm báo cáo".
fn is_reported_year(heading: &str) -> bool {
    matches!(
        text::folded(&label::bare(heading)).as_str(),
        "nam bao cao" | "nam so lieu"
    )
}

fn role_of_column(column: &Column, tally: &Tally) -> Role {
    // Whichever heading of the path names a role: "Địa phương / Xã" is a place.
    let named = role_of(column.leaf()).or_else(|| column.path.first().and_then(|h| role_of(h)));
    match named {
        Some(StubRole::Order) => Role::Stub(StubRole::Order),
        Some(role @ (StubRole::Code | StubRole::PlaceCode | StubRole::Unit | StubRole::Note)) => {
            Role::Stub(role)
        }
        // "Năm báo cáo" may head the counts of that year as well as a column of years.
        Some(StubRole::Year)
            if is_reported_year(column.leaf()) && tally.years < tally.figures + tally.words =>
        {
            Role::Values
        }
        Some(StubRole::Year)
            if tally.years + tally.short_years > 0
                && (tally.years * 2 >= tally.figures + tally.words
                    || tally.years + tally.short_years == tally.figures + tally.words) =>
        {
            Role::Stub(StubRole::Year)
        }
        Some(StubRole::Year) => Role::Values,
        Some(StubRole::Sender)
            if tally.units * 2 > tally.words && tally.words > 0 && tally.units >= tally.words =>
        {
            Role::Stub(StubRole::Unit)
        }
        // "Giới tính" over 1 and 2: codes, not counts.
        Some(StubRole::Sex)
            if role_of(column.leaf()) == Some(StubRole::Sex)
                && tally.sex_codes > 0
                && tally.sex_codes == tally.figures + tally.words =>
        {
            Role::Stub(StubRole::Sex)
        }
        Some(role) if tally.words > 0 && !tally.mostly_figures() => Role::Stub(role),
        // "Khối lớp" over 1, 2, 3; "Nhóm tuổi" over 0: labels that are numbers.
        Some(role @ (StubRole::Label | StubRole::Age | StubRole::Period)) => Role::Stub(role),
        Some(role @ StubRole::Place) if tally.codes * 2 > tally.figures => Role::Stub(role),
        Some(_) => Role::Values,
        None if tally.words > tally.figures => Role::Stub(StubRole::Label),
        None => Role::Values,
    }
}
