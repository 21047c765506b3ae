//! What a heading or label says about its figures.
//!
//! In:  phrases understood by a form or the vocabulary. Out: a [`Meaning`], possibly with
//!      alternatives ("Thổ" names two groups) that only the measure or the other axis can settle.
//! Holds: merging a path never loses a word: two categories of one dimension stay side by side
//!        until [`Meaning::settle`] finds that one contains the other, or that they contradict.

use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, CategoryId, CodeLists, Dimension, Measure, MeasureId, Measures};
use crate::intake::when::When;

/// A partial meaning; empty says nothing (a total, a heading).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meaning {
    /// Alternatives; empty: not said.
    pub measures: Vec<MeasureId>,
    /// All of these hold; each is a list of alternatives. "All" among them: the words may mean nothing
    /// ("TS" is "tổng số" where no doctorates are counted).
    pub categories: Vec<Vec<CategoryId>>,
    pub when: When,
    pub place: Option<UnitId>,
}

/// How a label was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It means this; possibly nothing ("Tổng số").
    Meaning(Meaning),
    /// Known, and of no use to any measure.
    Ignored,
    /// A rate that the sender worked out: recomputed by us, never read.
    Rate,
    /// A column of a list that its counts look at.
    Counted,
    Unknown,
}

impl Said {
    pub fn nothing() -> Said {
        Said::Meaning(Meaning::default())
    }
}

/// Why a meaning could not be settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    NoMeasure,
    SeveralMeasures(Vec<MeasureId>),
    /// Two categories of one dimension that do not contain each other.
    Contradiction(CategoryId, CategoryId),
    SeveralCategories(Vec<CategoryId>),
    NotAllowed(MeasureId, Dimension),
}

impl Meaning {
    pub fn is_empty(&self) -> bool {
        *self == Meaning::default()
    }

    /// Adds what a deeper label says. A deeper measure replaces a wider one.
    pub fn and(&mut self, deeper: &Meaning) {
        if !deeper.measures.is_empty() {
            let both: Vec<MeasureId> = self
                .measures
                .iter()
                .copied()
                .filter(|m| deeper.measures.contains(m))
                .collect();
            self.measures = if both.is_empty() {
                deeper.measures.clone()
            } else {
                both
            };
        }
        for alternatives in &deeper.categories {
            if !self.categories.contains(alternatives) {
                self.categories.push(alternatives.clone());
            }
        }
        self.when = self.when.and(deeper.when);
        self.place = deeper.place.or(self.place);
    }

    /// One measure and one category per dimension, or the reason why not.
    pub fn settle(
        &self,
        default: Option<MeasureId>,
        lists: &CodeLists,
        measures: &Measures,
    ) -> Result<(MeasureId, Breakdown), Doubt> {
        let candidates: Vec<MeasureId> = match (self.measures.is_empty(), default) {
            (false, Some(wanted)) if self.measures.contains(&wanted) => vec![wanted],
            (false, _) => self.measures.clone(),
            (true, Some(wanted)) => vec![wanted],
            (true, None) => return Err(Doubt::NoMeasure),
        };
        let mut settled = Vec::new();
        let mut doubt = Doubt::NoMeasure;
        for id in candidates {
            match self.breakdown(id, measures.get(id), lists) {
                Ok(breakdown) => settled.push((id, breakdown)),
                Err(why) => doubt = why,
            }
        }
        match settled.len() {
            0 => Err(doubt),
            1 => Ok(settled[0]),
            _ => Err(Doubt::SeveralMeasures(settled.iter().map(|(m, _)| *m).collect())),
        }
    }

    fn breakdown(&self, id: MeasureId, measure: &Measure, lists: &CodeLists) -> Result<Breakdown, Doubt> {
        let mut breakdown = Breakdown::default();
        for alternatives in &self.categories {
            let allowed: Vec<CategoryId> = alternatives
                .iter()
                .copied()
                .filter(|c| !c.is_all() && is_allowed(*c, measure, lists))
                .collect();
            let category = match allowed.as_slice() {
                [one] => *one,
                [] if alternatives.contains(&CategoryId::ALL) => continue,
                [] => {
                    let dimension = alternatives
                        .first()
                        .map_or(Dimension::Item, |c| lists.dimension(*c));
                    return Err(Doubt::NotAllowed(id, dimension));
                }
                several => return Err(Doubt::SeveralCategories(several.to_vec())),
            };
            let dimension = lists.dimension(category);
            let before = breakdown.get(dimension);
            let narrower = narrower(before, category, lists).ok_or(Doubt::Contradiction(before, category))?;
            breakdown = breakdown.with(dimension, narrower);
        }
        Ok(breakdown)
    }
}

/// Whether a measure may be split by a category.
fn is_allowed(category: CategoryId, measure: &Measure, lists: &CodeLists) -> bool {
    match lists.dimension(category) {
        Dimension::Item => measure.items == Some(lists.category(category).list),
        other => measure.dimensions.contains(&other),
    }
}

/// The one that lies inside the other.
fn narrower(a: CategoryId, b: CategoryId, lists: &CodeLists) -> Option<CategoryId> {
    if lists.contains(a, b) {
        return Some(b);
    }
    if lists.contains(b, a) {
        return Some(a);
    }
    let years = |c: CategoryId| {
        let (from, to) = lists.category(c).years?;
        Some((from, to.unwrap_or(u8::MAX)))
    };
    let ((from_a, to_a), (from_b, to_b)) = (years(a)?, years(b)?);
    if from_a <= from_b && to_b <= to_a {
        Some(b)
    } else if from_b <= from_a && to_a <= to_b {
        Some(a)
    } else {
        None
    }
}
