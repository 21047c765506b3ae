//! What the rows of a roster are counted as.

use super::Declared;
use crate::classification::{CategoryId, MeasureId};
use crate::intake::label::Label;
use crate::intake::meaning::Meaning;

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
