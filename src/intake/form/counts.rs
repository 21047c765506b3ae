//! What the rows of a roster are counted as.

use super::Declared;
use crate::classification::{CategoryId, MeasureId};
use crate::intake::label::Label;
use crate::intake::meaning::Meaning;
use crate::text;

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
    /// The whole that this is a part of: a row whose answer is not known is in neither.
    pub out_of: Option<MeasureId>,
    /// The list names all there are: a kind that no row names is 0, not missing.
    pub complete: bool,
}

impl CountRule {
    /// The same count, of rows that satisfy these conditions too.
    pub fn only(mut self, conditions: &[Condition]) -> CountRule {
        self.when.extend_from_slice(conditions);
        self
    }
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
    fn fits(steps: &[Declared], path: &[Label]) -> bool {
        let (Some(last), Some(leaf)) = (steps.last(), path.last()) else {
            return false;
        };
        let mut above = path[..path.len() - 1].iter();
        last.fits(leaf)
            && steps[..steps.len() - 1]
                .iter()
                .all(|step| above.any(|heading| step.fits(heading)))
    }

    /// The first of several headings that the first alternative fits, else the second, …
    pub fn find(&self, paths: &[Vec<Label>]) -> Option<usize> {
        let mut alternatives = self.0.iter();
        alternatives.find_map(|steps| paths.iter().position(|path| ColumnName::fits(steps, path)))
    }
}

/// A word that a cell may say, compared without marks; `*` at either end stands for anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As the form declares it.
    written: String,
    text: String,
    begins: bool,
    ends: bool,
}

impl Word {
    pub fn new(text: &str) -> Word {
        let written = text.trim_matches('*').trim().to_owned();
        let text = text::folded(text);
        Word {
            written,
            begins: text.ends_with('*'),
            ends: text.starts_with('*'),
            text: text.trim_matches('*').trim().to_owned(),
        }
    }

    /// Whether a folded text is this word.
    pub fn is(&self, plain: &str) -> bool {
        match (self.ends, self.begins) {
            (true, true) => plain.contains(&self.text),
            (true, false) => plain.ends_with(&self.text),
            (false, true) => plain.starts_with(&self.text),
            (false, false) => plain == self.text,
        }
    }

    pub fn written(&self) -> &str {
        &self.written
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
        any_of: Vec<Word>,
        /// What else the column may say: known, and not the one asked for.
        none_of: Vec<Word>,
        /// Asked only where the list has the column and some row of it says one of these words.
        if_said: bool,
        /// Whatever else the column says is a no.
        else_no: bool,
    },
    Filled {
        column: ColumnName,
    },
    /// The row does not count if the column says one of these words; without the column all do.
    Unless {
        column: ColumnName,
        words: Vec<Word>,
    },
    EveryAtLeast {
        columns: Vec<ColumnName>,
        at_least: i64,
    },
}
