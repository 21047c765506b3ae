//! How a column writes its numbers: is its dot a decimal mark or one between thousands?
//!
//! "1.234,5" and "15.000.000" show it, "26,10" shows it; "1.234" alone does not. Four offices write
//! in four ways, and one office in two, so nothing is assumed for a whole file.

use super::Decimal;
use super::words;
use crate::intake::grid::{Cell, Value};

/// What the texts of a column have shown about each mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Notation {
    dot: Shown,
    comma: Shown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Shown {
    decimal: bool,
    thousands: bool,
}

impl Shown {
    fn or(self, other: Shown) -> Shown {
        Shown {
            decimal: self.decimal || other.decimal,
            thousands: self.thousands || other.thousands,
        }
    }
}

impl Notation {
    /// From all cells of a column (or sheet); what is no number says nothing.
    pub fn learn<'c>(cells: impl IntoIterator<Item = &'c Cell>) -> Self {
        let mut notation = Notation::default();
        for cell in cells {
            if let Value::Text(text) = &cell.value {
                notation = notation.and(Notation::of(text));
            }
        }
        notation
    }

    /// As somebody who knows the sheet has said: this mark stands between thousands.
    pub fn of_thousands(mark: char) -> Self {
        let (between, decimal) = (
            Shown {
                decimal: false,
                thousands: true,
            },
            Shown {
                decimal: true,
                thousands: false,
            },
        );
        match mark {
            '.' => Notation {
                dot: between,
                comma: decimal,
            },
            _ => Notation {
                dot: decimal,
                comma: between,
            },
        }
    }

    /// From one text.
    pub fn of(text: &str) -> Self {
        let text = words::tidied(text);
        let number = text.strip_suffix('%').unwrap_or(&text).trim();
        match Shape::of(words::without_unit(number)) {
            Some(Shape::Certain { notation, .. }) => notation,
            _ => Notation::default(),
        }
    }

    /// What two sources have shown together.
    #[must_use]
    pub fn and(self, other: Notation) -> Self {
        Notation {
            dot: self.dot.or(other.dot),
            comma: self.comma.or(other.comma),
        }
    }

    /// This one if it has shown anything, else a wider one: the column's, else the sheet's.
    #[must_use]
    pub fn or(self, wider: Notation) -> Self {
        if self == Notation::default() { wider } else { self }
    }

    /// This one if it has shown anything, else both marks are taken for decimal ones.
    pub(super) fn or_decimal(self) -> Self {
        let decimal = Shown {
            decimal: true,
            thousands: false,
        };
        self.or(Notation {
            dot: decimal,
            comma: decimal,
        })
    }

    /// Both roles were shown for one mark: the column mixes notations.
    pub fn contradicts_itself(self) -> bool {
        let both = |shown: Shown| shown.decimal && shown.thousands;
        both(self.dot) || both(self.comma) || (self.dot.decimal && self.comma.decimal)
    }

    /// The role of a mark, from its own uses or from the other mark's; none if unknown.
    pub(super) fn mark_is_decimal(self, mark: char) -> Option<bool> {
        let (own, other) = if mark == '.' {
            (self.dot, self.comma)
        } else {
            (self.comma, self.dot)
        };
        match (own.decimal, own.thousands) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            (true, true) => None,
            // A mark is not both, so the other one's role leaves one for this.
            (false, false) => match (other.decimal, other.thousands) {
                (true, false) => Some(false),
                (false, true) => Some(true),
                _ => None,
            },
        }
    }
}

/// A number as it is written, before anybody decides what an unclear mark means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One meaning, and what it shows about the marks.
    Certain { value: Decimal, notation: Notation },
    /// One mark with three digits after it: "1.234".
    EitherWay {
        mark: char,
        whole: Decimal,
        decimal: Decimal,
    },
}

impl Shape {
    /// None if it is not a number. `text` is tidied: plain blanks and digits.
    pub(super) fn of(text: &str) -> Option<Shape> {
        let (negative, text) = match text.strip_prefix(['-', '+']) {
            Some(rest) => (text.starts_with('-'), rest),
            None => (false, text),
        };
        let first = text.chars().next()?;
        if !(first.is_ascii_digit() || first == '.' || first == ',') || text.len() > 60 {
            return None;
        }
        let text = without_blanks(text)?;
        let count = |mark: char| text.matches(mark).count();
        let certain = |value: Decimal, dot: Shown, comma: Shown| {
            let notation = Notation { dot, comma };
            Some(Shape::Certain { value, notation })
        };
        let (decimal_mark, thousands_mark) = match (count('.'), count(',')) {
            (0, 0) => {
                let value = Decimal::from_parts(negative, &text, "")?;
                return certain(value, Shown::default(), Shown::default());
            }
            (_, 1) if text.rfind(',') > text.rfind('.') => (',', '.'),
            (1, _) if text.rfind('.') > text.rfind(',') => ('.', ','),
            // Only one mark, several times: between thousands.
            (dots, 0) if dots > 1 => ('\0', '.'),
            (0, commas) if commas > 1 => ('\0', ','),
            _ => return None,
        };
        let shown = |mark: char| Shown {
            decimal: mark == decimal_mark,
            thousands: mark == thousands_mark && count(mark) > 0,
        };
        let (whole, part) = match text.split_once(decimal_mark) {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (text.as_str(), ""),
        };
        let whole = without_thousands(whole, thousands_mark)?;
        let value = Decimal::from_parts(negative, &whole, part)?;
        let alone = count('.') + count(',') == 1;
        // Groups of thousands have three digits and the first does not begin with 0.
        if alone && part.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') {
            return Some(Shape::EitherWay {
                mark: decimal_mark,
                whole: Decimal::from_parts(negative, &[whole.as_str(), part].concat(), "")?,
                decimal: value,
            });
        }
        certain(value, shown('.'), shown(','))
    }
}

/// "1 234 567" → "1234567": blanks only between thousands. None if they stand elsewhere.
fn without_blanks(text: &str) -> Option<String> {
    if !text.contains(' ') {
        return Some(text.to_owned());
    }
    let end = text.find(['.', ',']).unwrap_or(text.len());
    let (whole, part) = text.split_at(end);
    if part.contains(' ') {
        return None;
    }
    Some(without_thousands(whole, ' ')? + part)
}

fn without_thousands(whole: &str, mark: char) -> Option<String> {
    let mut groups = whole.split(mark);
    let first = groups.next()?;
    let mut out = first.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        out.push_str(group);
        grouped = true;
    }
    let first_fits = !grouped || (1..=3).contains(&first.len());
    (first_fits && out.bytes().all(|b| b.is_ascii_digit())).then_some(out)
}
