//! Declared forms: what the rows, columns and headings of a known layout mean.
//!
//! In:  `indicators/forms/*.toml`. Out: [`Forms`]: recognise a sheet, then say what a label means.
//! Holds: a form only names measures and categories that exist; every fault is found at load.
//! Leaves to others: labels that a form does not declare (`vocabulary`), finding tables (`region`).

mod answers;
mod choose;
mod load;
mod raw;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use answers::{Answers, Layout};
pub use choose::{Choice, Clues};
pub use load::parse_forms;

use crate::classification::locality::Level;
use crate::classification::{CategoryId, MeasureId};
use crate::fact::Senders;
use crate::intake::label::{self, Label};
use crate::intake::meaning::{Meaning, Said};
use crate::intake::understand::Step;
use crate::intake::vocabulary::{Neutral, Vocabulary};
use crate::lang::Words;
use crate::period::{Period, Span};
use crate::text;

/// All declared forms, by id.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    pub all: Vec<Form>,
    /// The words shared by all forms and by sheets without one.
    pub vocabulary: Vocabulary,
    /// What the office has answered once about its own sheets.
    pub answers: Answers,
}

#[derive(Debug, Clone)]
pub struct Form {
    pub id: String,
    pub name: Words,
    pub issuer: Words,
    pub source: String,
    pub verified: bool,
    pub senders: Senders,
    /// Empty: any.
    pub periods: Vec<PeriodKind>,
    /// Levels whose units send it; empty: any.
    pub levels: Vec<Level>,
    pub recognise: Recognise,
    /// What every figure means unless a label says otherwise.
    pub defaults: Meaning,
    pub rows: RowRole,
    /// Unknown rows under a known one are its details (trades under "Sơ cấp"): not needed, not a fault.
    pub details: bool,
    /// Each row is a person: counted on the spot.
    pub persons: bool,
    pub labels: Vec<LabelRule>,
    /// Meanings of a row and a column together.
    pub pairs: Vec<PairRule>,
    pub neutral: Neutral,
    pub counts: Vec<CountRule>,
    /// The unit column of this form is known to be wrong ("Vụ" for persons on 01/BC-X).
    pub trust_units: bool,
}

/// Kinds of period that a form is sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodKind {
    Year,
    Half,
    Quarter,
    Month,
    FirstMonths,
    SchoolYear,
}

impl PeriodKind {
    pub fn of(span: Span) -> PeriodKind {
        match span {
            Span::Year => PeriodKind::Year,
            Span::Half(_) => PeriodKind::Half,
            Span::Quarter(_) => PeriodKind::Quarter,
            Span::Month(_) => PeriodKind::Month,
            Span::FirstMonths(_) => PeriodKind::FirstMonths,
            Span::SchoolYear => PeriodKind::SchoolYear,
        }
    }

    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            PeriodKind::Year => ("năm", "year"),
            PeriodKind::Half => ("6 tháng", "half-year"),
            PeriodKind::Quarter => ("quý", "quarter"),
            PeriodKind::Month => ("tháng", "month"),
            PeriodKind::FirstMonths => ("những tháng đầu năm", "first months"),
            PeriodKind::SchoolYear => ("năm học", "school year"),
        }
    }
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowRole {
    /// The label carries meaning: a sex, a grade, an item.
    Labels,
    /// Each row is a locality.
    Places,
    /// Each row is a school or facility; they add up.
    Senders,
    /// A roster: rows are counted.
    Entities,
}

#[derive(Debug, Clone, Default)]
pub struct Recognise {
    /// Numbers as printed, squashed: `01/bcx`.
    pub numbers: Vec<String>,
    /// Alternatives; all phrases of one must occur in the title block.
    pub titles: Vec<Vec<String>>,
    /// Phrases that must not occur.
    pub without: Vec<String>,
    pub headers: Vec<Declared>,
}

/// A declared label.
#[derive(Debug, Clone)]
pub struct LabelRule {
    pub text: Vec<Declared>,
    /// All of these must occur among the labels above it.
    pub under: Vec<Declared>,
    /// Number in the order column or numbering row.
    pub number: Option<String>,
    /// Code of the code column.
    pub code: Option<String>,
    pub axis: Axis,
    pub meaning: Meaning,
    pub ignore: bool,
    /// Only where it stands over other labels, as the heading of a group.
    pub heading: bool,
}

/// A declared crossing of a row and a column: "Tỷ lệ …" × "Tử số".
#[derive(Debug, Clone)]
pub struct PairRule {
    pub row: Vec<Declared>,
    pub column: Vec<Declared>,
    pub meaning: Meaning,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    Row,
    Column,
    Any,
}

/// Counts the rows of a roster that satisfy all conditions.
#[derive(Debug, Clone)]
pub struct CountRule {
    pub measure: MeasureId,
    pub fixed: Meaning,
    /// Headings of the columns that say the item, place, sex, ethnicity, age of a row.
    pub item_from: Option<ColumnName>,
    pub place_from: Option<ColumnName>,
    pub sex_from: Option<ColumnName>,
    pub ethnicity_from: Option<ColumnName>,
    pub age_from: Option<ColumnName>,
    /// Age bands that persons are counted into.
    pub ages: Vec<CategoryId>,
    /// Month and day on which ages are meant; none: the last day of the period.
    pub age_on: Option<(u8, u8)>,
    pub when: Vec<Condition>,
}

/// A column by its headings: alternatives (`a|b`), each a path from wide to narrow (`a > b`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnName(pub Vec<Vec<Declared>>);

impl ColumnName {
    pub fn new(text: &str) -> ColumnName {
        let path = |t: &str| t.split('>').map(Declared::new).collect();
        ColumnName(text.split('|').map(path).collect())
    }

    /// Whether the narrowest heading is the last step and the wider ones stand above it in this order.
    pub fn fits(&self, path: &[Label]) -> bool {
        self.0.iter().any(|steps| {
            let (Some(last), Some(leaf)) = (steps.last(), path.last()) else {
                return false;
            };
            let mut above = path[..path.len() - 1].iter();
            last.fits(leaf)
                && steps[..steps.len() - 1]
                    .iter()
                    .all(|step| above.any(|heading| step.fits(heading)))
        })
    }
}

#[derive(Debug, Clone)]
pub enum Condition {
    AtLeast {
        column: ColumnName,
        at_least: i64,
        /// The column of the whole of which this one counts a part: "Nữ" among "Số lãnh đạo".
        part_of: Option<ColumnName>,
    },
    Is {
        column: ColumnName,
        any_of: Vec<String>,
    },
    Filled {
        column: ColumnName,
    },
    EveryAtLeast {
        columns: Vec<ColumnName>,
        at_least: i64,
    },
}

impl Forms {
    pub fn find(&self, id: &str) -> Option<&Form> {
        self.all.iter().find(|f| f.id == id)
    }
}

impl Form {
    /// What a label means on this form, if the form says so.
    pub fn read(&self, label: &Label, above: &[&Label], step: Step<'_>, axis: Axis) -> Option<Said> {
        let rule = self
            .labels
            .iter()
            .filter(|r| r.axis == Axis::Any || r.axis == axis)
            .filter(|r| step.heading || !r.heading)
            .find(|r| r.fits(label, above, step.number, step.code))?;
        Some(if rule.ignore {
            Said::Ignored
        } else {
            Said::Meaning(rule.meaning.clone())
        })
    }

    /// What a row and a column mean together, if the form says so.
    pub fn pair(&self, row: &Label, column: &str) -> Option<&Meaning> {
        if self.pairs.is_empty() {
            return None;
        }
        let column = label::parse(column);
        self.pairs
            .iter()
            .find(|p| p.row.iter().any(|t| t.fits(row)) && p.column.iter().any(|t| t.fits(&column)))
            .map(|p| &p.meaning)
    }

    pub fn is_school(&self) -> bool {
        self.periods.first() == Some(&PeriodKind::SchoolYear)
    }

    /// The period as this form counts it; `Err` if it is of a kind that the form is not sent for.
    pub fn period(&self, period: Period) -> Result<Period, Period> {
        if self.periods.is_empty() || self.periods.contains(&PeriodKind::of(period.span)) {
            let as_school_year = self.is_school() && period.span == Span::Year;
            return Ok(if as_school_year {
                Period::school_year_ending(period.year)
            } else {
                period
            });
        }
        // A form of months or quarters that names only its year: the columns say the rest.
        Err(period)
    }

    /// All texts that the form knows, for suggestions.
    pub fn phrases(&self) -> BTreeSet<&str> {
        self.labels
            .iter()
            .flat_map(|r| r.text.iter())
            .map(|t| t.text.as_str())
            .filter(|t| !t.is_empty())
            .collect()
    }
}

impl LabelRule {
    pub(super) fn fits(
        &self,
        label: &Label,
        above: &[&Label],
        number: Option<&str>,
        code: Option<&str>,
    ) -> bool {
        if let Some(wanted) = &self.code
            && code.map(plain_code) != Some(plain_code(wanted))
        {
            return false;
        }
        if let Some(wanted) = &self.number
            && number.map(plain_number) != Some(plain_number(wanted))
        {
            return false;
        }
        if self.text.is_empty() && self.code.is_none() && self.number.is_none() {
            return false;
        }
        let named = self.text.is_empty() || self.text.iter().any(|t| t.fits(label));
        named && self.under.iter().all(|u| above.iter().any(|a| u.fits(a)))
    }
}

/// A text as a form declares it, prepared for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    text: String,
    plain: String,
    words: Vec<String>,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Whole,
    Begins,
    Ends,
    Contains,
}

impl Declared {
    /// `*` at either end stands for anything.
    pub fn new(text: &str) -> Declared {
        let text = text.trim();
        let shape = match (text.starts_with('*'), text.len() > 1 && text.ends_with('*')) {
            (true, true) => Shape::Contains,
            (true, false) => Shape::Ends,
            (false, true) => Shape::Begins,
            (false, false) => Shape::Whole,
        };
        let text = label::bare(text.trim_matches('*'));
        Declared {
            plain: text::folded(&text),
            words: label::words(&text),
            shape,
            text,
        }
    }

    /// Whether a label is this text; without marks only if the label has none at all.
    pub fn fits(&self, label: &Label) -> bool {
        let whole = |declared: &str, found: &str| match self.shape {
            Shape::Whole => found == declared,
            Shape::Begins => found.starts_with(declared),
            Shape::Ends => found.ends_with(declared),
            Shape::Contains => found.contains(declared),
        };
        whole(&self.text, &label.bare)
            || whole(&self.text, &label.short)
            // Signs between words ("tin, bài", "tin/bài") do not tell labels apart.
            || (self.shape == Shape::Whole && !self.words.is_empty() && self.words == label.words)
            || (label.plain == label.short && whole(&self.plain, &label.plain))
    }
}

fn plain_code(code: &str) -> String {
    let code = code.trim().trim_end_matches(".0");
    let stripped = code.trim_start_matches('0');
    text::folded(if stripped.is_empty() { code } else { stripped })
}

fn plain_number(number: &str) -> String {
    text::folded(number)
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '.')
        .collect::<String>()
        .trim_end_matches('.')
        .to_owned()
}
