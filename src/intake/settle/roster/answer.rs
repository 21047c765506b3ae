//! Whether a row of a list satisfies the conditions of a count.
//!
//! Holds: what cannot be read is a trouble, never a no; a blank is a no only where marks are asked for.

use super::{Found, Understood};
use crate::intake::form::{Axis, ColumnName, Condition, CountRule, Word};
use crate::intake::grid::{Cell, Value};
use crate::intake::label;
use crate::intake::meaning::Said;
use crate::intake::numeral::{self, Expect, Notation, Reading};
use crate::intake::sheet::text_of;
use crate::intake::stub::StubRow;
use crate::intake::understand::Step;
use crate::lang::Words;
use crate::origin::CellAddress;
use crate::problem::Kind;
use crate::text;

/// What a row says to a count.
pub(in crate::intake::settle) enum Answer {
    /// 1 if all conditions hold, 0 if one does not; the cell that says so, and what to note about it.
    Known {
        value: i64,
        witness: Option<CellAddress>,
        remark: Option<Noted>,
    },
    /// The cell says that it is not known, or says nothing.
    NotSaid(Option<CellAddress>),
    Trouble(Noted),
}

impl Answer {
    pub(super) fn is_known(&self) -> bool {
        matches!(self, Answer::Known { .. })
    }
}

/// A cell and what to say of it.
type Noted = Box<(CellAddress, Kind)>;

/// The answer to one condition.
struct One {
    yes: bool,
    at: Option<CellAddress>,
    remark: Option<Noted>,
}

/// Judges all conditions of a count.
pub(in crate::intake::settle) fn holds(
    table: &Understood<'_>,
    found: &Found<'_>,
    count: &CountRule,
    row: &StubRow,
) -> Answer {
    let judge = Judge { table, found, row };
    let (mut all, mut witness, mut remark) = (true, None, None);
    for condition in &count.when {
        let answers: Vec<Result<One, Answer>> = match condition {
            Condition::AtLeast {
                column,
                at_least,
                part_of,
            } => vec![judge.at_least(column, *at_least, part_of.as_ref())],
            Condition::EveryAtLeast { columns, at_least } => columns
                .iter()
                .map(|column| judge.at_least(column, *at_least, None))
                .collect(),
            Condition::Is {
                column,
                any_of,
                none_of,
                if_said,
                else_no,
            } => match *if_said && !judge.says_any(column, any_of, none_of) {
                true => Vec::new(),
                false => vec![judge.is(column, any_of, none_of, *else_no)],
            },
            Condition::Unless { column, words } => {
                let written = judge.cell(column).and_then(text_of);
                let plain = text::folded(&label::bare(&written.unwrap_or_default()));
                let yes = !words.iter().any(|w| w.is(&plain));
                vec![Ok(One {
                    yes,
                    at: None,
                    remark: None,
                })]
            }
            Condition::Filled { column } => {
                let cell = judge.cell(column);
                let yes = cell.is_some_and(|c| text_of(c).is_some());
                vec![Ok(One {
                    yes,
                    at: cell.map(|c| c.at),
                    remark: None,
                })]
            }
        };
        for answer in answers {
            match answer {
                Ok(one) => {
                    all &= one.yes;
                    witness = witness.or(one.at);
                    remark = remark.or(one.remark);
                }
                Err(other) => return other,
            }
        }
    }
    Answer::Known {
        value: i64::from(all),
        witness,
        remark,
    }
}

struct Judge<'t, 'f> {
    table: &'t Understood<'t>,
    found: &'t Found<'f>,
    row: &'t StubRow,
}

impl<'t> Judge<'t, '_> {
    fn cell(&self, column: &ColumnName) -> Option<&'t Cell> {
        let i = self.found.get(column)?;
        self.table
            .sheet
            .grid
            .get(self.row.row, self.table.columns[i].column)
    }

    fn heading(&self, column: &ColumnName) -> Words {
        let heading = self.found.get(column).map_or_else(String::new, |i| {
            text::one_line(&self.table.columns[i].path.join(" › "))
        });
        Words::new(heading.clone(), heading)
    }

    /// Whether any row of the list says one of these words in the column: "Loại hình" may be about who owns
    /// a facility, or about its kind.
    fn says_any(&self, column: &ColumnName, any_of: &[Word], none_of: &[Word]) -> bool {
        let said = self.found.said(self.table, column);
        let is_one = |plain: &String| any_of.iter().chain(none_of).any(|w| w.is(plain));
        said.iter().any(is_one)
    }

    /// A word of a list, or a mark.
    fn is(
        &self,
        column: &ColumnName,
        any_of: &[Word],
        none_of: &[Word],
        else_no: bool,
    ) -> Result<One, Answer> {
        let cell = self.cell(column);
        let known = |yes: bool| {
            Ok(One {
                yes,
                at: cell.map(|c| c.at),
                remark: None,
            })
        };
        let marks = any_of.iter().any(|w| w.written() == "x");
        let Some((cell, written)) = cell.and_then(|c| Some((c, text_of(c)?))) else {
            // A mark that is not made is a no only where marks are asked for, and nobody wrote a no.
            return if marks && !self.says_no(column) {
                known(false)
            } else {
                Err(Answer::NotSaid(None))
            };
        };
        let plain = text::folded(&label::bare(&written));
        if plain.is_empty() {
            return if marks && !self.says_no(column) {
                known(false)
            } else {
                Err(Answer::NotSaid(Some(cell.at)))
            };
        }
        // "Chưa rõ" is no no.
        if is_not_known(&plain) {
            return Err(Answer::NotSaid(Some(cell.at)));
        }
        let answer = numeral::yes_no(&cell.value);
        if none_of.iter().any(|w| w.is(&plain)) {
            return known(false);
        }
        if any_of.iter().any(|w| w.is(&plain)) || (marks && answer == Some(true)) {
            return known(true);
        }
        if answer == Some(false) || is_no(&plain) || else_no {
            return known(false);
        }
        match numeral::read(Some(cell), Notation::default(), Expect::Count) {
            Reading::None => return known(false),
            Reading::Unknown => return Err(Answer::NotSaid(Some(cell.at))),
            _ => {}
        }
        // "Nam" where "nữ" is asked for: a known category, and not the one.
        let reader = &self.table.reader;
        let said = reader.label(&label::parse(&written), &[], Step::default(), Axis::Row);
        match said {
            Said::Meaning(m) if !m.categories.is_empty() => known(false),
            _ => Err(self.unknown(cell, &written, any_of)),
        }
    }

    /// Whether any row says no in the column in words.
    fn says_no(&self, column: &ColumnName) -> bool {
        self.found
            .said(self.table, column)
            .iter()
            .any(|plain| is_no(plain))
    }

    fn unknown(&self, cell: &Cell, written: &str, any_of: &[Word]) -> Answer {
        let few: Vec<&str> = any_of.iter().take(4).map(Word::written).collect();
        let expected = few.join(", ");
        let text = text::one_line(written);
        Answer::Trouble(Box::new((cell.at, Kind::AnswerUnknown { text, expected })))
    }

    /// A number not below `least`, or a mark for one; not above the whole that it is part of.
    fn at_least(&self, column: &ColumnName, least: i64, part_of: Option<&ColumnName>) -> Result<One, Answer> {
        let whole = part_of.and_then(|name| self.cell(name));
        let together = whole.and_then(of_which);
        let Some(cell) = self
            .cell(column)
            .filter(|c| text_of(c).is_none_or(|t| !t.trim().is_empty()))
        else {
            return match (whole, together) {
                // "3 (1 nữ)" in the column of all leaders.
                (Some(whole), Some((all, part))) => self.taken_apart(whole, all, part, least),
                (_, None)
                    if self.is_of_names(column)
                        || part_of.is_some() && !self.counts(column) && !self.says_no(column) =>
                {
                    Ok(One {
                        yes: false,
                        at: None,
                        remark: None,
                    })
                }
                _ => Err(Answer::NotSaid(None)),
            };
        };
        if let Some((all, part)) = of_which(cell) {
            return self.taken_apart(cell, all, part, least);
        }
        let number = match numeral::read(Some(cell), Notation::default(), Expect::Count) {
            Reading::Number(number) => number.whole(),
            Reading::None => Some(0),
            Reading::Unknown | Reading::Blank => return Err(Answer::NotSaid(Some(cell.at))),
            _ => before_remark(cell),
        };
        let Some(number) = number else {
            let written = text_of(cell).unwrap_or_default();
            let plain = text::folded(&label::bare(&written));
            let named = self.is_of_names(column) && plain.chars().any(char::is_alphabetic);
            if named || is_no(&plain) {
                // A name, or that there is none.
                return Ok(One {
                    yes: i64::from(!is_no(&plain)) >= least,
                    at: Some(cell.at),
                    remark: None,
                });
            }
            return match numeral::yes_no(&cell.value) {
                Some(answer) => {
                    let remark = (answer && self.counts(column)).then(|| {
                        let text = text::one_line(&text_of(cell).unwrap_or_default());
                        Box::new((cell.at, Kind::MarkAmongCounts { text }))
                    });
                    Ok(One {
                        yes: i64::from(answer) >= least,
                        at: Some(cell.at),
                        remark,
                    })
                }
                None => {
                    let text = text::one_line(&text_of(cell).unwrap_or_default());
                    Err(Answer::Trouble(Box::new((cell.at, Kind::NotANumber { text }))))
                }
            };
        };
        if number < 0 {
            let text = number.to_string();
            return Err(Answer::Trouble(Box::new((cell.at, Kind::Negative { text }))));
        }
        let all = match whole.map(|w| numeral::read(Some(w), Notation::default(), Expect::Count)) {
            Some(Reading::Number(all)) => all.whole(),
            Some(Reading::None) => Some(0),
            _ => together.map(|(all, _)| all),
        };
        if let (Some(all), Some(name)) = (all.filter(|all| number > *all), part_of) {
            let kind = Kind::PartAboveWhole {
                part: self.heading(column),
                whole: self.heading(name),
                values: format!("{number} > {all}"),
            };
            return Err(Answer::Trouble(Box::new((cell.at, kind))));
        }
        Ok(One {
            yes: number >= least,
            at: Some(cell.at),
            remark: None,
        })
    }

    fn taken_apart(&self, cell: &Cell, all: i64, part: i64, least: i64) -> Result<One, Answer> {
        let text = text::one_line(&text_of(cell).unwrap_or_default());
        if part > all {
            return Err(Answer::Trouble(Box::new((cell.at, Kind::NotANumber { text }))));
        }
        Ok(One {
            yes: part >= least,
            at: Some(cell.at),
            remark: Some(Box::new((cell.at, Kind::TwoCountsInCell { text, all, part }))),
        })
    }

    /// Whether a column names persons: "Họ tên nữ lãnh đạo chủ chốt".
    fn is_of_names(&self, column: &ColumnName) -> bool {
        let heading = self
            .found
            .get(column)
            .map(|i| text::folded(self.table.columns[i].leaf()));
        heading.is_some_and(|h| {
            ["ho ten", "ho va ten", "ho, ten"]
                .iter()
                .any(|name| h.contains(name))
        })
    }

    /// Whether a column counts: it holds a number above 1, or more numbers than words. Then a mark in it is odd.
    fn counts(&self, column: &ColumnName) -> bool {
        const LOOKED_AT: usize = 200;
        let Some(i) = self.found.get(column) else {
            return false;
        };
        let column = self.table.columns[i].column;
        let (mut numbers, mut others) = (0, 0);
        for row in self.table.stub.iter().take(LOOKED_AT) {
            match self.table.sheet.grid.get(row.row, column) {
                Some(cell) if of_which(cell).is_some() => return true,
                Some(cell) if matches!(cell.value, Value::Number(n) if n > 1.0) => return true,
                Some(cell) if matches!(cell.value, Value::Number(_)) => numbers += 1,
                Some(cell) if text_of(cell).is_some() => others += 1,
                _ => {}
            }
        }
        numbers > others
    }
}

/// "Chưa", "chưa triển khai", "không", "không có"; not "chưa rõ".
fn is_no(plain: &str) -> bool {
    let begins = |word: &&str| {
        let rest = plain.strip_prefix(*word);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    ["chua", "khong"].iter().any(begins) && !is_not_known(plain)
}

/// Words that say that it is not known: "chưa rõ", "không xác định". A sign ("x") may be a mark.
fn is_not_known(plain: &str) -> bool {
    let read = numeral::read_text(plain, Notation::default(), Expect::Count);
    plain.contains(' ') && read == Reading::Unknown
}

/// "1 (PCT)": a count with a remark that has no number.
fn before_remark(cell: &Cell) -> Option<i64> {
    let Value::Text(written) = &cell.value else {
        return None;
    };
    let (count, remark) = written.trim().strip_suffix(')')?.split_once('(')?;
    let count = count.trim().parse::<i64>().ok()?;
    (!remark.chars().any(|c| c.is_ascii_digit() || c == '(')).then_some(count)
}

/// "3 (1 nữ)", "3, trong đó 1 nữ", "3 (nữ: 1)": a count and the women among them.
fn of_which(cell: &Cell) -> Option<(i64, i64)> {
    let Value::Text(written) = &cell.value else {
        return None;
    };
    let words = label::words(&text::key(written));
    let women = words.iter().filter(|w| matches!(w.as_str(), "nữ" | "nu")).count();
    let numbers: Vec<i64> = words.iter().filter_map(|w| w.parse().ok()).collect();
    let known = |w: &String| {
        let word = text::folded(w);
        word.bytes().all(|b| b.is_ascii_digit())
            || matches!(
                word.as_str(),
                "nu" | "trong" | "do" | "co" | "nguoi" | "dong" | "chi" | "d" | "c" | "-"
            )
    };
    match (women, numbers.as_slice()) {
        (1, [all, part]) if words.iter().all(known) => Some((*all, *part)),
        _ => None,
    }
}
