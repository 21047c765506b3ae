//! How much of the people live in the units behind a figure: "units with 93 % of the people reported".
//!
//! In:  figures of all units of the tree. Out: [`PeopleCovered`] of each unit that has others below it.
//! Holds: a weight and nothing else: no numerator or denominator is ever made of it. It is given only where
//!        it is certain which lowest units stand behind the figure, and where people of all are known.
//! Source: totals published for the units of 1 July 2025 if every lowest unit of the report has one that is
//!         not suspect; else the census of 1 April 2019, carried to the units of the report.

use std::collections::BTreeMap;

use super::{Figure, Question};
use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::classification::locality::population::{People, Source};
use crate::definition::IndicatorId;
use crate::period::Period;
use crate::quantity::Absence;
use crate::recast::Boundary;

/// People of the lowest units that a figure rests on, and of all below the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeopleCovered {
    pub reported: u64,
    pub all: u64,
    /// Some of the counts are uncertain: a part was divided without a known share.
    pub uncertain: bool,
    pub source: Source,
}

impl PeopleCovered {
    /// In tenths of a per cent, cut: 999 means nearly all, only 1000 means all.
    pub fn tenths(self) -> i64 {
        let tenths = u128::from(self.reported) * 1000 / u128::from(self.all.max(1));
        i64::try_from(tenths).unwrap_or(1000)
    }

    /// Two weights of the same kind added; for the indicators of one row.
    #[must_use]
    pub fn plus(self, other: PeopleCovered) -> PeopleCovered {
        PeopleCovered {
            reported: self.reported.saturating_add(other.reported),
            all: self.all.saturating_add(other.all),
            uncertain: self.uncertain || other.uncertain,
            source: self.source,
        }
    }
}

/// People and units that reported below a node, all people, and doubt.
#[derive(Debug, Clone, Copy, Default)]
struct Below {
    reported: u64,
    units: u32,
    all: u64,
    uncertain: bool,
}

/// Gives the figures of each place with others below it their weight; figures come as [`super::evaluate`] made
/// them. Nothing is looked up if there is nothing to weigh.
pub fn weigh(question: &Question<'_>, figures: &mut [Figure]) {
    let nodes = &question.tree.nodes;
    let has_upper = |f: &Figure| {
        question
            .tree
            .find(f.place)
            .is_some_and(|n| !nodes[n].children.is_empty())
    };
    if !figures.iter().any(|f| is_counted(f) && has_upper(f)) {
        return;
    }
    let lowest: Vec<UnitId> = question.tree.lowest().map(|n| nodes[n].unit).collect();
    let Some(known) = question
        .catalogue
        .localities
        .weights_of(&lowest, question.tree.day)
    else {
        return;
    };
    let mut alike: BTreeMap<(IndicatorId, Period, Breakdown), Vec<(usize, usize)>> = BTreeMap::new();
    for (at, figure) in figures.iter().enumerate() {
        if let Some(node) = question.tree.find(figure.place) {
            let key = (figure.indicator, figure.period, figure.group);
            alike.entry(key).or_default().push((node, at));
        }
    }
    let people: Vec<People> = nodes
        .iter()
        .map(|n| known.by_unit.get(&n.unit).copied().unwrap_or_default())
        .collect();
    for those in alike.into_values() {
        let mut by_node: Vec<Option<usize>> = vec![None; nodes.len()];
        for (node, at) in those {
            by_node[node] = Some(at);
        }
        let mut sums = vec![Below::default(); nodes.len()];
        for (n, node) in nodes.iter().enumerate().rev() {
            let figure = by_node[n]
                .and_then(|at| figures.get_mut(at))
                .filter(|f| is_counted(f));
            if node.children.is_empty() {
                let reported = figure.is_some_and(|f| f.coverage.reported > 0 && f.coverage.is_full());
                sums[n] = Below {
                    reported: if reported { people[n].count } else { 0 },
                    units: u32::from(reported),
                    all: people[n].count,
                    uncertain: people[n].uncertain,
                };
                continue;
            }
            let mut sum = Below::default();
            for child in node.children.iter().filter_map(|c| sums.get(*c)) {
                sum.reported += child.reported;
                sum.units += child.units;
                sum.all += child.all;
                sum.uncertain |= child.uncertain;
            }
            sums[n] = sum;
            let Some(figure) = figure else { continue };
            let coverage = figure.coverage;
            let of_lowest = coverage.expected == node.leaves && sum.all > 0;
            if of_lowest && (coverage.is_full() || coverage.reported == sum.units) {
                figure.people = Some(PeopleCovered {
                    reported: if coverage.is_full() { sum.all } else { sum.reported },
                    all: sum.all,
                    uncertain: sum.uncertain,
                    source: known.source,
                });
            }
        }
    }
}

/// Numerator and denominator of units of the tree itself, none of another time.
fn is_counted(figure: &Figure) -> bool {
    figure.boundary == Boundary::Same
        && figure.numerator.is_some()
        && figure.denominator.is_some()
        && !matches!(figure.value, Err(Absence::Conflict(_)))
}
