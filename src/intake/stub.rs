//! What stands beside the figures: the role of each column, and for each row its labels and the
//! rows it lies under.
//!
//! In:  a [`Region`], its [`Column`]s, and a judge that tells what kind of thing a label speaks of.
//! Out: the [`Role`] of each column and a [`StubRow`] per body row.
//! Holds: the role a heading names is kept only if the cells below agree; numbering ("I", "1.1", "-")
//!        makes the tree; without numbering a label that comes again and again ("Nữ" after each
//!        grade) lies under the row before it.
//! Leaves to others: meanings, places, senders.

use std::collections::BTreeMap;

use crate::intake::grid::{Merge, Value};
use crate::intake::header::Column;
use crate::intake::label::{self, Label, Marker};
use crate::intake::numeral;
use crate::intake::region::Region;
use crate::intake::sheet::{Sheet, as_year, is_figure, merge_at, text_of};
use crate::intake::unit;
use crate::intake::when;
use crate::intake::words_of_stub::{StubRole, role_of};
use crate::origin::CellAddress;
use crate::text;

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
                (StubRole::PlaceCode, text) => row.place_code = text,
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

/// "Cộng trang 1", "Cộng mang sang", "Trang trước chuyển sang".
fn is_page_sum(label: &Label) -> bool {
    let plain = text::folded(&label::without_brackets(&label.bare));
    const LEADS: [&str; 12] = [
        "cong trang",
        "tong trang",
        "tong cong trang",
        "mang sang",
        "cong mang sang",
        "so mang sang",
        "chuyen trang",
        "cong chuyen",
        "chuyen sang trang",
        "trang truoc",
        "so trang truoc",
        "luy ke trang",
    ];
    LEADS.iter().any(|lead| {
        plain
            .strip_prefix(lead)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// "Tổng số", "Cộng", "Toàn huyện", "Tổng cộng (I+II)".
pub fn is_total(label: &Label) -> bool {
    let plain = text::folded(&label::without_brackets(&label.bare));
    let plain = without_count(&plain);
    const WHOLE: [&str; 14] = [
        "tong so",
        "tong",
        "tong cong",
        "cong",
        "toan huyen",
        "toan tinh",
        "toan xa",
        "toan truong",
        "cong chung",
        "tong chung",
        "total",
        "toan quoc",
        "tong so chung",
        "toan thanh pho",
    ];
    const LEADS: [&str; 8] = [
        "tong cong ",
        "cong toan ",
        "tong so toan ",
        "tong toan ",
        "cong khoi ",
        "cong vung ",
        "tong so xa",
        "cong cap ",
    ];
    WHOLE.contains(&plain) || LEADS.iter().any(|l| plain.starts_with(l))
}

/// "Tổng cộng: 3 người" without how many: a total that says its count in words.
fn without_count(plain: &str) -> &str {
    let Some(at) = plain.find(|c: char| c == ':' || c.is_ascii_digit()) else {
        return plain;
    };
    let rest: Vec<&str> = plain[at..]
        .split([' ', ':', '.', ','])
        .filter(|w| !w.is_empty())
        .collect();
    let is_count = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let is_noun = |word: &str| {
        matches!(
            word,
            "nguoi"
                | "em"
                | "chau"
                | "tre"
                | "hoc"
                | "sinh"
                | "vu"
                | "ca"
                | "co"
                | "so"
                | "dn"
                | "don"
                | "vi"
        )
    };
    match rest.split_first() {
        Some((count, nouns)) if is_count(count) && nouns.iter().all(|w| is_noun(w)) => plain[..at].trim_end(),
        _ => plain,
    }
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
