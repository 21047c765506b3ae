//! Figures of one time on the units of another.
//!
//! In:  [`CheckedFacts`], and the [`Tree`] of the day on whose units everything is to stand (the base).
//! Out: [`Recast`]: the sums of the base, and one [`Frame`] for each time at which the territory was
//!      divided otherwise, with its own sums and with what each of its units is on the base; and the
//!      [`Pieces`] of a series, from which `evaluate` makes bounds.
//! Holds: a figure stands in exactly one frame; within a frame it is summed as anywhere (`rollup`). A
//!        reported figure is taken as high in the hierarchy as it stands for the whole below it, so a
//!        district or province that is whole on the base has exactly its old total. What goes partly
//!        elsewhere is carried by the share of the people that the sources state, else it is known
//!        only to lie between none and all of it. Reports on two sets of units for one ground are compared
//!        and never added (`both`); half of a year is never the year (`finish`). Bounds are made anew for each unit of the base: a
//!        split within one parent is exact again for the parent.
//! Leaves to others: ratios of bounds (`evaluate`), judging them (`compare`).

mod beside;
mod both;
mod boundary;
mod finish;
mod frame;
mod owners;
mod partition;
mod pieces;
mod stand;
mod told;
mod upper;

pub use boundary::Boundary;
pub use frame::{Frame, Hold};
pub use pieces::{Piece, Pieces};

use std::collections::{BTreeMap, BTreeSet};

use crate::check::CheckedFacts;
use crate::classification::MeasureId;
use crate::classification::locality::{KNOWN_SINCE, Register, UnitId};
use crate::definition::Catalogue;
use crate::fact::{Fact, Series};
use crate::lang::Words;
use crate::origin::Sources;
use crate::period::{Day, Period};
use crate::problem::Problem;
use crate::rollup::{RolledFacts, Tree, roll_up_those};

/// On whose units the figures stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Boundaries {
    /// On those of the period reported on; earlier years are recast.
    #[default]
    OfThePeriod,
    /// Each period on its own units; a unit has earlier figures only if its territory is the same.
    AsReported,
    /// On those in force on this day.
    On(Day),
}

impl Boundaries {
    /// Reads `as-reported`, a year (its last day) or a day; none of a day before the units are known.
    pub fn parse(text: &str) -> Option<Boundaries> {
        match text {
            "as-reported" | "nhu-bao-cao" => Some(Boundaries::AsReported),
            text => Day::parse(text)
                .or_else(|| {
                    Period::parse(text)
                        .filter(|p| p.is_annual())
                        .map(Period::last_day)
                })
                .filter(|day| *day >= KNOWN_SINCE)
                .map(Boundaries::On),
        }
    }

    /// The day on whose units a report of a period stands.
    pub fn day(self, period: Period) -> Day {
        match self {
            Boundaries::On(day) => day,
            Boundaries::OfThePeriod | Boundaries::AsReported => period.last_day(),
        }
    }
}

/// The sums of the base and of every other time.
#[derive(Debug, Clone)]
pub struct Recast {
    /// Sums of the facts that stand on the base itself.
    pub base: RolledFacts,
    pub boundaries: Boundaries,
    /// Earliest first; none if every figure stands on the base.
    pub frames: Vec<Frame>,
    /// Measures and years with figures that stand on other units.
    moved: BTreeSet<(MeasureId, i16)>,
    /// Reported values of the base by series and period, as [`Frame`] has them.
    on_base: frame::Reports,
    lowest_of_base: Vec<u32>,
    /// In which frame each place of a period stands; absent: on the base, or nowhere.
    standing: BTreeMap<(UnitId, Period), usize>,
    /// Where two sets of units tell of one ground.
    both: BTreeMap<(Series, Period), both::Decision>,
}

/// Why nothing can be recast.
#[derive(Debug)]
pub enum Fault {
    /// The table of transfers is at fault.
    Table(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::Table(why) => f.write_str(why),
        }
    }
}

/// Makes the sums of all frames. Problems are those of the sums.
pub fn recast(
    checked: &CheckedFacts,
    tree: &Tree,
    boundaries: Boundaries,
    catalogue: &Catalogue,
    sources: &Sources,
) -> Result<(Recast, Vec<Problem>), Fault> {
    let (trees, standing) = stand::divide(checked, tree, catalogue).map_err(Fault::Table)?;
    let place_of = |fact: &Fact| standing.get(&(fact.place, fact.period)).copied();
    let on_base = |fact: &Fact| place_of(fact).is_none();
    let (base, mut problems) = roll_up_those(checked, &on_base, tree, catalogue, sources);
    let mut frames = Vec::new();
    for (index, (at, reach)) in trees.into_iter().enumerate() {
        let takes = |fact: &Fact| place_of(fact) == Some(index);
        let (rolled, found) = roll_up_those(checked, &takes, &at, catalogue, sources);
        problems.extend(found);
        frames.push(Frame::new(at, rolled, reach, tree));
    }
    let moved = checked
        .facts()
        .iter()
        .filter(|f| place_of(f).is_some())
        .map(|f| (f.measure, f.period.year))
        .collect();
    let on_base = match frames.is_empty() {
        true => frame::Reports::default(),
        false => frame::reports(tree, &base),
    };
    let mut recast = Recast {
        boundaries,
        moved,
        on_base,
        lowest_of_base: tree.nodes.iter().map(|n| n.leaves).collect(),
        base,
        frames,
        standing,
        both: BTreeMap::new(),
    };
    recast.both = recast.decisions(tree, &catalogue.measures);
    problems.extend(told::problems(&recast, tree, checked, catalogue, sources));
    Ok((recast, problems))
}

impl Recast {
    /// Whether some figure of this measure and year stands on other units than those of the base.
    pub fn concerns(&self, measure: MeasureId, year: i16) -> bool {
        self.moved.contains(&(measure, year))
    }

    /// The frame that a fact stands in; none: on the base, or outside the scope.
    pub fn frame_of(&self, fact: &Fact) -> Option<usize> {
        self.standing.get(&(fact.place, fact.period)).copied()
    }

    /// Whether a fact that stands on other units is of a unit with a part in a node of the base.
    pub fn lies_in(&self, register: &Register, fact: &Fact, base_node: usize) -> bool {
        let frame = self.frame_of(fact).and_then(|f| self.frames.get(f));
        frame.is_some_and(|frame| {
            let unit = frame.tree.stands_for(register, fact.place);
            let node = unit.and_then(|u| frame.tree.find(u));
            node.is_some_and(|n| frame.touches(n, base_node))
        })
    }

    /// Years with a figure anywhere.
    pub fn years(&self) -> Vec<i16> {
        let mut years = self.base.years();
        years.extend(self.frames.iter().flat_map(|f| f.rolled.years()));
        years.sort_unstable();
        years.dedup();
        years
    }

    /// Series with a value in any frame.
    pub fn series(&self) -> Vec<Series> {
        let mut all = self.base.series();
        all.extend(self.frames.iter().flat_map(|f| f.rolled.series()));
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Why a unit of the base has no such figure of a time when it was not there.
pub fn not_there_then(day: Day) -> Words {
    let Day { year, month, day } = day;
    Words::new(
        format!(
            "ngày {day:02}/{month:02}/{year} chưa có đơn vị này với địa giới này; số của chính cơ quan từng đơn vị không quy đổi sang đơn vị khác"
        ),
        format!(
            "the unit was not there with these boundaries on {year}-{month:02}-{day:02}; figures of each unit's own bodies are not carried to others"
        ),
    )
}
