//! What a figure over some of its units could be over all of them: bounds that hold whatever the units
//! still missing report.
//!
//! In:  the outcomes of all units, and what is known of those that are missing: a count that was reported
//!      though the other was not, or the unit's own last report. Out: a [`Missing`] for each partial figure.
//! Holds: the figure keeps its value, that of the units that reported; the bounds stand beside it. A count
//!        that was reported is taken as it is; an earlier one only caps what it may be now, by as much as
//!        the settings declare. Where a count has no cap there are no bounds, and it is said whose.
//! Formula: X/(D + Dm) to (X + Dm)/(D + Dm) for shares; a ratio that may pass the whole needs caps of both
//!        sides, and lies between lowest/highest and highest/lowest.

mod list;
mod ratio;
mod whole;

pub use list::{MissingUnit, missing_units};
pub use ratio::Known;
pub(super) use ratio::{Asked, of_ratios};
pub use whole::{Extent, Whole};

use super::Between;
use crate::classification::locality::UnitId;
use crate::period::Period;
use crate::rollup::Coverage;

/// What a figure lacks, and what it could be with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// Units expected that the figure is not of: nothing usable came from them.
    pub units: u32,
    pub between: Result<Between, Unbounded>,
    /// Some count was capped by what the unit itself reported earlier, in this period at the earliest.
    pub history: Option<Period>,
}

/// How many units are missing; none if all are there.
pub(super) fn units_of(coverage: Coverage) -> Option<u32> {
    let units = coverage.expected.saturating_sub(coverage.reported);
    (units > 0).then_some(units)
}

/// Why there are no bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbounded {
    /// Nothing tells how large a count of some units may be.
    Unknown(Lacking),
    /// Nothing occurred where it was reported, and nothing can occur where it was not.
    Nothing,
    /// What is known of the units does not fit together, or is of a kind that is never added up.
    Inconsistent,
    /// The figures stand on units of another time.
    Recast,
}

/// Units whose counts nothing limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lacking {
    pub units: u32,
    pub numerator: bool,
    pub denominator: bool,
    /// The first of them, in the order of the tree.
    pub first: [Option<UnitId>; 3],
}

impl Lacking {
    fn plus(mut self, other: Lacking) -> Lacking {
        self.units = self.units.saturating_add(other.units);
        self.numerator |= other.numerator;
        self.denominator |= other.denominator;
        let mut more = other.first.iter().flatten();
        for free in self.first.iter_mut().filter(|f| f.is_none()) {
            *free = more.next().copied();
        }
        self
    }
}

/// What a count of a missing unit rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// It was reported, though the other side was not.
    Reported,
    /// Capped by the unit's own report of an earlier period.
    History(Period),
    /// Nothing is known of it.
    Unknown,
}

impl Ground {
    /// That of a sum: the weaker of two.
    fn and(self, other: Ground) -> Ground {
        match (self, other) {
            (Ground::Unknown, _) | (_, Ground::Unknown) => Ground::Unknown,
            (Ground::History(a), Ground::History(b)) => Ground::History(a.min(b)),
            (Ground::History(a), Ground::Reported) | (Ground::Reported, Ground::History(a)) => {
                Ground::History(a)
            }
            (Ground::Reported, Ground::Reported) => Ground::Reported,
        }
    }

    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Ground::Reported => "reported",
            Ground::History(_) => "history",
            Ground::Unknown => "unknown",
        }
    }
}
