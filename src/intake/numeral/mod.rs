//! What a cell says as a number, in the many ways in which offices write one.
//!
//! In:  a cell, how its column writes numbers ([`Notation`]), and whether a count is expected.
//! Out: a [`Reading`]. Exact: digits and a number of decimals, never a float.
//! Holds: a dash is a reported "none", dots are "not known", blank is blank; none of them is another.
//!        What can be read in two ways is never settled by taste: the column's other texts decide,
//!        or that a count must be whole, or nobody does and both readings are named.
//! Leaves to others: what the number counts, and whether it may be negative or have decimals.

mod decimal;
mod notation;
mod numbering;
mod words;

pub use decimal::Decimal;
pub use notation::Notation;
pub use numbering::is_numbering;
pub use words::yes_no;

use super::grid::{Cell, Value};
use notation::Shape;
use words::Sign;

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    Number(Decimal),
    /// In per cent: 98.0 for "98,0%", and for a cell that holds 0.98 and shows "98,0%".
    Percent(Decimal),
    /// "12/30": a part and its whole in one cell.
    PartOfWhole(Decimal, Decimal),
    /// A dash, "không", "không phát sinh": none occurred. A reported zero that prints as a dash.
    None,
    /// "…", "?", "chưa có số liệu": it exists and is not known.
    Unknown,
    /// "x": the question has no meaning here. In a roster the same letter is a mark, see [`yes_no`].
    NotApplicable,
    /// The same as in the cell above: `"`, "nt", "như trên".
    Ditto,
    Blank,
    /// Can be read in two ways and nothing decides.
    Ambiguous(Decimal, Decimal),
    /// An error of the spreadsheet, with its code.
    Error(String),
    FormulaWithoutValue,
    /// Text, a date, or a number beyond all measure.
    Bad,
}

/// What the measure of a column allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Whole numbers: "1.234" alone can only be one thousand two hundred and thirty-four.
    Count,
    /// Decimals may be meant.
    Amount,
}

/// Reads one cell; none stands for an empty one.
pub fn read(cell: Option<&Cell>, notation: Notation, expect: Expect) -> Reading {
    let Some(cell) = cell else {
        return Reading::Blank;
    };
    match &cell.value {
        Value::Number(number) => match Decimal::from_float(*number) {
            Some(value) if cell.percent => value.times_hundred().map_or(Reading::Bad, Reading::Percent),
            Some(value) => Reading::Number(value),
            None => Reading::Bad,
        },
        Value::Text(text) => read_text(text, notation, expect),
        Value::Error(code) => Reading::Error(code.clone()),
        Value::FormulaWithoutValue => Reading::FormulaWithoutValue,
        Value::Bool(_) | Value::Date(..) => Reading::Bad,
    }
}

/// Reads the text of a cell.
pub fn read_text(text: &str, notation: Notation, expect: Expect) -> Reading {
    let text = words::tidied(text);
    match words::sign(&text) {
        Some(Sign::Blank) => return Reading::Blank,
        Some(Sign::None) => return Reading::None,
        Some(Sign::Unknown) => return Reading::Unknown,
        Some(Sign::NotApplicable) => return Reading::NotApplicable,
        Some(Sign::Ditto) => return Reading::Ditto,
        None => {}
    }
    // A text file writes an error as the spreadsheet showed it.
    if text.starts_with('#') && text.ends_with(['!', '?']) && text.len() < 20 {
        return Reading::Error(text.into_owned());
    }
    if let Some(percent) = text.strip_suffix('%') {
        // A share of one thousand per cent and more is rarer than three decimals.
        return match settled(percent.trim_end(), notation.or_decimal(), Expect::Amount) {
            Reading::Number(value) => Reading::Percent(value),
            other => other,
        };
    }
    if let Some((part, whole)) = text.split_once('/') {
        let number = |text: &str| settled(text.trim(), notation, expect);
        return match (number(part), number(whole)) {
            (Reading::Number(part), Reading::Number(whole)) => Reading::PartOfWhole(part, whole),
            _ => Reading::Bad,
        };
    }
    // Bookkeepers write (12) for -12, others put a remark in brackets.
    if let Some(inside) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        return match settled(inside.trim(), notation, expect) {
            Reading::Number(value) => Reading::Ambiguous(value, value.negated()),
            _ => Reading::Bad,
        };
    }
    settled(words::without_unit(&text), notation, expect)
}

/// Whether the cell holds a figure or stands in place of one: what makes a table of numbers.
pub fn stands_for_number(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(_) | Value::FormulaWithoutValue | Value::Error(_) => true,
        Value::Bool(_) | Value::Date(..) => false,
        Value::Text(text) => !matches!(
            read_text(text, Notation::default(), Expect::Count),
            Reading::Bad | Reading::Blank | Reading::Ditto
        ),
    }
}

fn settled(text: &str, notation: Notation, expect: Expect) -> Reading {
    match Shape::of(text) {
        None => Reading::Bad,
        Some(Shape::Certain { value, .. }) => Reading::Number(value),
        Some(Shape::EitherWay { mark, whole, decimal }) => match notation.mark_is_decimal(mark) {
            // "500.000" persons beside a "12.5": not even a mistaken decimal is a count.
            Some(true) if expect == Expect::Count => Reading::Ambiguous(whole, decimal),
            Some(true) => Reading::Number(decimal),
            Some(false) => Reading::Number(whole),
            None if expect == Expect::Count && !notation.contradicts_itself() => Reading::Number(whole),
            None => Reading::Ambiguous(whole, decimal),
        },
    }
}

#[cfg(test)]
mod tests;
