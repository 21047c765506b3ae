//! Declared forms: what the rows, columns and headings of a known layout mean.
//!
//! In:  `indicators/forms/*.toml`. Out: [`Forms`]: recognise a sheet, then say what a label means.
//! Holds: a form only names measures and categories that exist; every fault is found at load.
//! Leaves to others: labels that a form does not declare (`vocabulary`), finding tables (`region`).

mod answers;
mod choose;
mod counts;
mod declared;
mod labels;
mod load;
mod ratio;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use answers::{Answers, Layout};
pub use choose::{Choice, Clues};
pub use counts::{ColumnName, Condition, CountRule, Word};
pub use declared::Declared;
pub use labels::{Axis, LabelRule};
pub use load::parse_forms;
pub use ratio::Ratios;

use serde::Deserialize;

use crate::classification::locality::Level;
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
    /// The words of its titles.
    pub title_words: Neutral,
    /// What every figure means unless a label says otherwise.
    pub defaults: Meaning,
    pub rows: RowRole,
    /// Unknown rows under a known one are its details (trades under "Sơ cấp"): not needed, not a fault.
    pub details: bool,
    /// Each row is a person: counted on the spot.
    pub persons: bool,
    pub labels: Vec<LabelRule>,
    /// Rows that name an indicator with its numerator and denominator.
    pub ratios: Ratios,
    pub neutral: Neutral,
    pub counts: Vec<CountRule>,
    /// The unit column of this form is known to be wrong ("Vụ" for persons on 01/BC-X).
    pub trust_units: bool,
}

/// Kinds of period that a form is sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    /// Headings of which one must be there; it tells the form from others of the same title.
    pub needs: Vec<Declared>,
    /// Headings that must not be there.
    pub lacks: Vec<Declared>,
}

impl Forms {
    pub fn find(&self, id: &str) -> Option<&Form> {
        self.all.iter().find(|f| f.id == id)
    }

    /// Whether a heading speaks of figures by the shared words; over numbers, or names a measure on some form.
    pub fn is_of_figures(&self, heading: &str, over_numbers: bool) -> bool {
        let label = label::parse(heading);
        let shared = || matches!(self.vocabulary.read(&label, &Neutral::new()), Said::Meaning(_));
        let of_form = |form: &Form| {
            let said = form.read(&label, &[], Step::default(), Axis::Column);
            matches!(said, Some(Said::Meaning(meaning)) if !meaning.measures.is_empty())
        };
        !label.words.is_empty() && (shared() || over_numbers && self.all.iter().any(of_form))
    }
}

impl Form {
    /// What a label means on this form, if the form says so.
    pub fn read(&self, label: &Label, above: &[&Label], step: Step<'_>, axis: Axis) -> Option<Said> {
        labels::said(&self.labels, label, above, step, axis)
    }

    /// Whether the form knows a label, the last of a path, as no part of its measure.
    pub fn is_outside(&self, path: &[&Label], axis: Axis) -> bool {
        path.split_last().is_some_and(|(label, above)| {
            let rule = labels::fitting(&self.labels, label, above, Step::default(), axis);
            rule.is_some_and(|rule| rule.outside)
        })
    }

    /// What a row and a column mean together, if the form says so.
    pub fn pair(&self, row: &Label, column: &str) -> Option<&Meaning> {
        self.ratios.crossing(row, column)
    }

    /// Whether a line is a title by which the form is known.
    pub fn is_titled(&self, line: &str) -> bool {
        let plain = text::folded(line);
        let mut titles = self.recognise.titles.iter();
        titles.any(|phrases| phrases.iter().all(|phrase| plain.contains(&text::folded(phrase))))
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
