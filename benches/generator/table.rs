//! The usual summary (rows are places), in the habits of the clerk who fills it.

use super::places::{Office, Place};
use super::random::Random;
use super::sheet::{Head, Sheet, Value, dotted, letters};

/// How one clerk does things; the same for one office and kind of sheet.
#[derive(Debug, Clone)]
pub struct Habit {
    /// Empty rows above the first line.
    pub above: u32,
    pub numbering: Numbering,
    pub total: Total,
    /// A dash for none.
    pub dashes: bool,
    /// Numbers typed with dots: texts.
    pub texts: bool,
    /// Decomposed letters.
    pub decomposed: bool,
    pub note: bool,
    pub women: &'static str,
    pub minority: &'static str,
    pub minority_women: &'static str,
    pub places: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    None,
    Letters,
    Brackets,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    First,
    Last,
    None,
}

impl Habit {
    pub fn of(seed: u64, office: &Office, what: &str) -> Habit {
        // The same clerk every year.
        let mut r = Random::of(seed, &[&office.own.code, what, "habit"]);
        let ward = office.communes.iter().any(|c| c.kind == "phường");
        let town = office.communes.iter().any(|c| c.kind == "thị trấn");
        let exact = if ward {
            "Xã, phường"
        } else if town {
            "Xã, thị trấn"
        } else {
            "Xã"
        };
        Habit {
            above: if r.chance(150) { r.between(1, 3) as u32 } else { 0 },
            numbering: r.pick(&[
                Numbering::None,
                Numbering::Letters,
                Numbering::Letters,
                Numbering::Brackets,
            ]),
            total: r.pick(&[Total::First, Total::Last, Total::Last, Total::None]),
            dashes: r.chance(250),
            texts: r.chance(120),
            decomposed: r.chance(60),
            note: r.chance(500),
            women: r.pick(&["Nữ", "Trong đó: Nữ", "Trđ: Nữ"]),
            minority: r.pick(&["DTTS", "Dân tộc thiểu số", "Dân tộc thiểu số"]),
            minority_women: r.pick(&["Nữ DTTS", "Nữ dân tộc thiểu số"]),
            places: r.pick(&[exact, exact, "Đơn vị", "Đơn vị hành chính"]),
        }
    }

    /// Total, women, minorities, women of minorities.
    pub fn four(&self) -> Vec<Head> {
        ["Tổng số", self.women, self.minority, self.minority_women]
            .map(Head::leaf)
            .to_vec()
    }

    pub fn shown(&self, number: i64) -> Value {
        match number {
            0 if self.dashes => "-".into(),
            n if self.texts => dotted(n).into(),
            n => n.into(),
        }
    }
}

/// What stands above a table.
#[derive(Debug, Clone)]
pub struct Top {
    pub issuer: String,
    pub title: String,
    pub period: String,
}

impl Top {
    pub fn new(office: &Office, issuer: &str, title: &str, period: impl Into<String>) -> Top {
        let issuer = format!("{issuer} {}", office.full_name().to_uppercase());
        Top {
            issuer,
            title: title.to_owned(),
            period: period.into(),
        }
    }
}

/// Numbers of one place.
pub type Row<'a> = (&'a Place, Vec<i64>);

/// A sheet with one table of places.
pub fn summary(name: &str, habit: &Habit, top: &Top, heads: Vec<Head>, rows: &[Row<'_>]) -> Sheet {
    let mut sheet = Sheet::new(name);
    let mut tree = vec![Head::leaf("TT"), Head::leaf(habit.places)];
    tree.extend(heads);
    if habit.note {
        tree.push(Head::leaf("Ghi chú"));
    }
    let values = rows.first().map_or(0, |row| row.1.len()) as u16;
    let last = 2 + values + u16::from(habit.note);
    let start = habit.above + 1;
    sheet.bold(start, 1, top.issuer.as_str());
    sheet.title(start + 1, last, top.title.as_str());
    sheet.put(start + 2, 1, top.period.as_str());
    sheet.merge(start + 2, 1, start + 2, last);
    let below = sheet.header(start + 4, 1, &tree);
    let first = numbering(&mut sheet, habit.numbering, below, values);
    let end = body(&mut sheet, habit, first, values, rows);
    sheet.sign(end + 2, 2, last.saturating_sub(2).max(3), "Nơi gửi");
    sheet.widths.insert(2, 26);
    if habit.decomposed {
        sheet.decompose();
    }
    sheet
}

fn numbering(sheet: &mut Sheet, how: Numbering, row: u32, values: u16) -> u32 {
    match how {
        Numbering::None => return row,
        Numbering::Letters => {
            sheet.row(row, 1, ["A", "B"]);
            sheet.row(row, 3, (1..=i64::from(values)).map(Value::from));
        }
        Numbering::Brackets => sheet.row(row, 1, (1..=values + 2).map(|n| format!("({n})"))),
    }
    row + 1
}

fn body(sheet: &mut Sheet, habit: &Habit, first: u32, values: u16, rows: &[Row<'_>]) -> u32 {
    let mut at = first + u32::from(habit.total == Total::First);
    let (top, bottom) = (at, at + (rows.len() as u32).max(1) - 1);
    for (i, (place, numbers)) in rows.iter().enumerate() {
        sheet.put(at, 1, i as i64 + 1);
        sheet.put(at, 2, place.title());
        sheet.row(at, 3, numbers.iter().map(|n| habit.shown(*n)));
        at += 1;
    }
    let line = match habit.total {
        Total::None => return at,
        Total::First => first,
        Total::Last => at,
    };
    sheet.bold(
        line,
        2,
        if habit.total == Total::First {
            "TỔNG SỐ"
        } else {
            "Tổng cộng"
        },
    );
    for column in 3..3 + values {
        let sum = rows.iter().filter_map(|r| r.1.get(usize::from(column) - 3)).sum();
        let shown = habit.shown(sum);
        if let Value::Number(_) = shown {
            let letter = letters(column);
            sheet
                .formulas
                .insert((line, column), format!("SUM({letter}{top}:{letter}{bottom})"));
        }
        sheet.bold(line, column, shown);
    }
    at + u32::from(habit.total == Total::Last)
}
