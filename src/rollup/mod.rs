//! Adds facts up: senders into places, single ethnic groups into "dân tộc thiểu số", parts of a
//! year into the year, communes into districts, provinces, the nation.
//!
//! In:  [`CheckedFacts`], and the [`Tree`] of units in force on the last day of the period.
//! Out: [`RolledFacts`]; each value carries its [`Coverage`] and [`Basis`].
//! Holds: a parent is summed from its units or taken as reported, never a mix; the order of
//!        submissions does not change the result; a ratio is never added or averaged.
//!        A contradicted value is in no sum; the coverage of the sum says that it was left out.
//! Leaves to others: whether a partial sum is good enough (`compare`), ratios (`evaluate`).

mod calendar;
mod complement;
mod hierarchy;
mod tree;

pub use tree::{Node, Tree};

use std::collections::BTreeMap;

use crate::check::CheckedFacts;
use crate::definition::Catalogue;
use crate::fact::{ColumnFault, Fact, Moment, Series, add_up};
use crate::origin::Sources;
use crate::problem::Problem;

/// Who reported, of whom. Counted in the lowest units below the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Coverage {
    pub reported: u32,
    pub expected: u32,
    /// Of those that do not count as reported: sent figures that contradict each other.
    pub contradicted: u32,
}

impl Coverage {
    pub fn of(reported: u32, expected: u32) -> Self {
        Coverage {
            reported,
            expected,
            contradicted: 0,
        }
    }

    pub fn is_full(self) -> bool {
        self.reported >= self.expected
    }
}

/// How a value of a place came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Reported for the place itself.
    Reported,
    /// Summed from the units below it.
    Summed,
}

/// The value of one series at one place in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// In the measure's smallest unit.
    pub value: i64,
    pub coverage: Coverage,
    pub basis: Basis,
    /// Worked out from other figures (men = total - women; year = two halves), not reported.
    pub derived: bool,
    /// The sources contradict each other on it.
    pub contradicted: bool,
}

/// Keyed values; ordered, so that every walk over them is.
type Sheaf = BTreeMap<(Series, Moment), Sum>;

/// All values of all places of the tree. Holding one proves that the sums were made from checked facts.
#[derive(Debug, Clone)]
pub struct RolledFacts {
    own: Sheaf,
    chosen: Sheaf,
}

impl RolledFacts {
    /// What a place itself reported (or what follows from its own report).
    pub fn own(&self, series: Series, moment: Moment) -> Option<&Sum> {
        self.own.get(&(series, moment))
    }

    /// The value that stands for the place: summed from its units, or as reported.
    pub fn get(&self, series: Series, moment: Moment) -> Option<&Sum> {
        self.chosen.get(&(series, moment))
    }

    /// Every value that stands for a place, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Series, Moment, &Sum)> {
        self.chosen.iter().map(|((s, m), sum)| (*s, *m, sum))
    }

    /// Every series that has a value anywhere.
    pub fn series(&self) -> Vec<Series> {
        let mut all: Vec<Series> = self.chosen.keys().map(|(s, _)| *s).collect();
        all.dedup();
        all
    }

    /// Every calendar year that has a value anywhere.
    pub fn years(&self) -> Vec<i16> {
        let years: std::collections::BTreeSet<i16> =
            self.chosen.keys().map(|(_, m)| m.period().year).collect();
        years.into_iter().collect()
    }
}

/// Makes all sums. Problems say where a parent's own report differs from the sum of its units.
pub fn roll_up(
    checked: &CheckedFacts,
    tree: &Tree,
    catalogue: &Catalogue,
    sources: &Sources,
) -> Result<(RolledFacts, Vec<Problem>), ColumnFault> {
    roll_up_those(checked, &|_| true, tree, catalogue, sources)
}

/// The same of some of the facts: those that stand on the units of the tree's time.
pub fn roll_up_those(
    checked: &CheckedFacts,
    takes: &dyn Fn(&Fact) -> bool,
    tree: &Tree,
    catalogue: &Catalogue,
    sources: &Sources,
) -> Result<(RolledFacts, Vec<Problem>), ColumnFault> {
    // Figures of another year stand under the unit as it is called on the tree's day.
    let stands = |f: &Fact| Fact {
        place: tree.stands_for(&catalogue.localities, f.place).unwrap_or(f.place),
        ..*f
    };
    let mut facts = Vec::new();
    let mut contradicted = Vec::new();
    for (i, fact) in checked.facts().iter().enumerate().filter(|(_, f)| takes(f)) {
        facts.push(stands(fact));
        contradicted.push(checked.is_contradicted(i));
    }
    let refused: Vec<Fact> = checked
        .refused()
        .iter()
        .filter(|f| takes(f))
        .map(stands)
        .collect();
    let facts = facts.as_slice();
    let mut own = own_values(facts, &contradicted, &refused)?;
    complement::derive(&mut own, &catalogue.lists);
    calendar::fill(&mut own, &catalogue.measures);
    let evidence = hierarchy::Evidence::new(facts, sources, catalogue);
    let (chosen, problems) = hierarchy::climb(&own, tree, &evidence)?;
    Ok((RolledFacts { own, chosen }, problems))
}

/// Adds the senders of each place.
fn own_values(facts: &[Fact], contradicted: &[bool], refused: &[Fact]) -> Result<Sheaf, ColumnFault> {
    let sums = add_up(
        facts.iter().map(|f| f.series().0).collect(),
        facts.iter().map(|f| f.moment().0).collect(),
        facts.iter().map(|f| f.value).collect(),
    )?;
    let mut own: Sheaf = sums
        .iter()
        .map(|(series, moment, value)| ((series, moment), Sum::reported(value)))
        .collect();
    for (fact, _) in facts.iter().zip(contradicted).filter(|(_, c)| **c) {
        if let Some(sum) = own.get_mut(&(fact.series(), fact.moment())) {
            sum.contradicted = true;
        }
    }
    for fact in refused {
        let sum = own.entry((fact.series(), fact.moment()));
        sum.or_insert_with(Sum::refused).contradicted = true;
    }
    Ok(own)
}

impl Sum {
    fn reported(value: i64) -> Sum {
        Sum {
            value,
            coverage: Coverage::of(1, 1),
            basis: Basis::Reported,
            derived: false,
            contradicted: false,
        }
    }

    /// A report that cannot be: nothing is known but that it was sent.
    fn refused() -> Sum {
        Sum {
            contradicted: true,
            ..Sum::reported(0)
        }
    }

    fn derived(value: i64) -> Sum {
        Sum {
            derived: true,
            ..Sum::reported(value)
        }
    }
}
