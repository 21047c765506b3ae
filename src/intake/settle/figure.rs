//! One cell and its measure → an integer of the measure's smallest unit, or why not.

use crate::classification::Measure;
use crate::intake::grid::{Cell, Value};
use crate::intake::numeral::{self, Decimal, Expect, Notation, Reading};
use crate::intake::unit::Named;
use crate::lang::Lang;
use crate::problem::Kind;
use crate::quantity::{Unit, print_decimal};

/// What a cell gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// In units of `10^-decimals`, with a remark if it was rounded.
    Value(i64, Option<Kind>),
    /// "…", "x": no figure, and no fault.
    None,
    Blank,
    /// A percentage where a count is wanted.
    Rate(String),
    /// A count below 0, in the same units: a fault, but known to be one of this figure.
    Refused(i64, Kind),
    Trouble(Kind),
}

/// Counts beyond this are slips of the keyboard: the country has a tenth of a thousandth of it.
const LARGEST: i64 = 1_000_000_000_000;

/// Reads the cell as a value of the measure.
pub fn read_figure(cell: &Cell, notation: Notation, measure: &Measure, unit: Option<Named>) -> Figure {
    let expect = if measure.decimals == 0 {
        Expect::Count
    } else {
        Expect::Amount
    };
    let text = crate::intake::sheet::text_of(cell).unwrap_or_default();
    if measure.unit == Unit::YesNo
        && let Some(answer) = numeral::yes_no(&cell.value)
    {
        return Figure::Value(i64::from(answer), None);
    }
    let (factor, percent) = unit.map_or((1, false), |u| (u.factor, u.percent));
    // "45,3 nghìn người" has decimals though it counts.
    let expect = if factor > 1 { Expect::Amount } else { expect };
    match numeral::read(Some(cell), notation, expect) {
        Reading::Number(_) if percent && measure.decimals == 0 => Figure::Rate(text),
        Reading::Number(number) => number_of(number, factor, measure, text),
        Reading::None => Figure::Value(0, None),
        Reading::Percent(_) => Figure::Rate(text),
        Reading::Unknown | Reading::NotApplicable => Figure::None,
        Reading::Blank => Figure::Blank,
        Reading::Ambiguous(a, b) => Figure::Trouble(Kind::AmbiguousNumber {
            text,
            readings: format!("{} / {}", printed(a), printed(b)),
        }),
        Reading::Error(code) => Figure::Trouble(Kind::CellError { code }),
        Reading::FormulaWithoutValue => Figure::Trouble(Kind::FormulaWithoutValue {}),
        Reading::PartOfWhole(..) | Reading::Ditto | Reading::Bad => Figure::Trouble(Kind::NotANumber {
            text: text.trim().to_owned(),
        }),
    }
}

/// Signs that stand for "not known" or "has no meaning here".
pub fn is_no_figure(cell: &Cell) -> bool {
    match &cell.value {
        Value::Text(text) => matches!(
            numeral::read_text(text, Notation::default(), Expect::Count),
            Reading::Unknown | Reading::NotApplicable
        ),
        _ => false,
    }
}

/// A text without anything to read: an apostrophe, a blank of no width.
pub fn is_blank(cell: &Cell) -> bool {
    matches!(&cell.value, Value::Text(text) if numeral::read_text(text, Notation::default(), Expect::Count) == Reading::Blank)
}

/// A number above 0.
pub fn is_positive(cell: &Cell) -> bool {
    match numeral::read(Some(cell), Notation::default(), Expect::Amount) {
        Reading::Number(number) => !number.is_negative() && !number.is_zero(),
        Reading::Ambiguous(..) | Reading::Percent(_) | Reading::PartOfWhole(..) => true,
        _ => false,
    }
}

fn number_of(number: Decimal, factor: i64, measure: &Measure, text: String) -> Figure {
    if number.is_negative() {
        let value = number
            .scaled(measure.decimals)
            .map_or(-1, |(value, _)| value.min(-1));
        return Figure::Refused(value, Kind::Negative { text });
    }
    let scaled = number
        .digits
        .checked_mul(i128::from(factor))
        .map(|digits| Decimal {
            digits,
            decimals: number.decimals,
        });
    let Some(number) = scaled else {
        return Figure::Trouble(Kind::NumberTooLarge { text });
    };
    if measure.unit == Unit::YesNo {
        return match number.whole() {
            Some(answer @ (0 | 1)) => Figure::Value(answer, None),
            _ => Figure::Trouble(Kind::NotANumber { text }),
        };
    }
    if measure.decimals == 0 {
        return match number.whole() {
            Some(value) if value <= LARGEST => Figure::Value(value, None),
            Some(_) => Figure::Trouble(Kind::NumberTooLarge { text }),
            None if number.digits > i128::from(LARGEST) * 1_000_000 => {
                Figure::Trouble(Kind::NumberTooLarge { text })
            }
            None => Figure::Trouble(Kind::NotWhole { text }),
        };
    }
    match number.scaled(measure.decimals) {
        Some((value, exact)) if value <= LARGEST => {
            let remark = (!exact).then(|| Kind::RoundedAway {
                text,
                decimals: u32::from(measure.decimals),
            });
            Figure::Value(value, remark)
        }
        _ => Figure::Trouble(Kind::NumberTooLarge { text }),
    }
}

fn printed(number: Decimal) -> String {
    i64::try_from(number.digits).map_or_else(
        |_| "?".to_owned(),
        |d| print_decimal(d, number.decimals, Lang::Vi),
    )
}
