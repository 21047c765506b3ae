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
mod ledger;
mod own;
#[cfg(test)]
mod plainly;
mod row;
mod tree;

pub use calendar::{LAST_READINGS, RENAMED, adds_over_time, parts_of_spans};
pub use tree::{Node, Tree};

use std::collections::BTreeSet;

use complement::Rules;
use ledger::{Entry, Ledger};

use crate::check::CheckedFacts;
use crate::classification::locality::UnitId;
use crate::definition::Catalogue;
use crate::fact::{ByPlace, Fact, Moment, Series};
use crate::origin::Sources;
use crate::period::Period;
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

/// Values of one place, by series, then moment; no key twice.
type Sheaf = Vec<Entry>;

/// Adds values whose keys are not there yet.
fn add_sorted(own: &mut Sheaf, more: Vec<Entry>) {
    if !more.is_empty() {
        own.extend(more);
        // Two stretches, the first in order: sorting that keeps the order of equals merges them.
        own.sort_by_key(|(series, moment, _)| (*series, *moment));
    }
}

/// All values of all places of the tree. Holding one proves that the sums were made from checked facts.
#[derive(Debug, Clone)]
pub struct RolledFacts {
    /// Units that nothing lies below: what they reported themselves is what stands for them.
    lowest: BTreeSet<UnitId>,
    /// What all others reported themselves.
    own: Ledger,
    chosen: Ledger,
    /// Parts of years that anything was reported for.
    parts_of_years: Vec<Period>,
}

impl RolledFacts {
    /// What a place itself reported (or what follows from its own report).
    pub fn own(&self, series: Series, moment: Moment) -> Option<&Sum> {
        match self.lowest.contains(&moment.place()) {
            true => self.chosen.get(series, moment),
            false => self.own.get(series, moment),
        }
    }

    /// The value that stands for the place: summed from its units, or as reported.
    pub fn get(&self, series: Series, moment: Moment) -> Option<&Sum> {
        self.chosen.get(series, moment)
    }

    /// The parts of a year that the place has values for, though perhaps not for all of it.
    pub fn parts_of(&self, series: Series, moment: Moment) -> impl Iterator<Item = Period> {
        let within = move |part: &&Period| part.year == moment.period().year;
        let here = move |part: &Period| self.get(series, Moment::new(moment.place(), *part)).is_some();
        let asked = moment.period().is_annual();
        let parts = self.parts_of_years.iter().filter(within).copied();
        parts.filter(move |part| asked && here(part))
    }

    /// Every value that stands for a place, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Series, Moment, &Sum)> {
        self.chosen.iter()
    }

    /// Every series that has a value anywhere.
    pub fn series(&self) -> Vec<Series> {
        self.chosen.series().collect()
    }

    /// Every calendar year that has a value anywhere.
    pub fn years(&self) -> Vec<i16> {
        let moments = self.chosen.moments().iter();
        let years: BTreeSet<i16> = moments.map(|m| m.period().year).collect();
        years.into_iter().collect()
    }
}

/// Makes all sums. Problems say where a parent's own report differs from the sum of its units.
pub fn roll_up(
    checked: &CheckedFacts,
    tree: &Tree,
    catalogue: &Catalogue,
    sources: &Sources,
) -> (RolledFacts, Vec<Problem>) {
    roll_up_those(checked, &|_| true, tree, catalogue, sources)
}

/// The same of some of the facts: those that stand on the units of the tree's time.
pub fn roll_up_those(
    checked: &CheckedFacts,
    takes: &dyn Fn(&Fact) -> bool,
    tree: &Tree,
    catalogue: &Catalogue,
    sources: &Sources,
) -> (RolledFacts, Vec<Problem>) {
    // Figures of another year stand under the unit as it is called on the tree's day.
    let mut stands: Vec<Option<UnitId>> = Vec::new();
    let sent = checked.facts().iter().chain(checked.refused()).enumerate();
    let taken = sent.filter(|(_, f)| takes(f)).map(|(i, fact)| {
        let at = fact.place.0 as usize;
        if at >= stands.len() {
            stands.resize(at + 1, None);
        }
        let place = *stands[at].get_or_insert_with(|| {
            let unit = tree.stands_for(&catalogue.localities, fact.place);
            unit.unwrap_or(fact.place)
        });
        (place, i)
    });
    let places = ByPlace::new(taken);
    let rules = Rules::new(&own::series(checked), &catalogue.lists);
    let own = places.each(|place, here| {
        let mut own = own::values(checked, &rules, place, &here);
        calendar::fill(&mut own, &catalogue.measures);
        (place, own)
    });
    let evidence = hierarchy::Evidence {
        facts: checked.facts(),
        places: &places,
        sources,
        catalogue,
    };
    let (chosen, own, problems) = hierarchy::climb(own, tree, &evidence);
    let lowest = tree.lowest().map(|n| tree.nodes[n].unit).collect();
    let chosen = Ledger::new(chosen);
    let periods: BTreeSet<Period> = chosen.moments().iter().map(|m| m.period()).collect();
    let rolled = RolledFacts {
        lowest,
        own: Ledger::new(own),
        chosen,
        parts_of_years: periods.into_iter().filter(|p| !p.is_annual()).collect(),
    };
    (rolled, problems)
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

    fn derived(value: i64) -> Sum {
        Sum {
            derived: true,
            ..Sum::reported(value)
        }
    }
}
