//! The report of a unit with others below it, beside what other sets of units tell of its ground.
//!
//! Holds: as within one set of units: the sum of those below if all reported, else the upper report; never both.

use std::collections::{BTreeMap, BTreeSet};

use super::Recast;
use super::beside::Ground;
use super::both::{At, Decision, Verdict};
use super::frame::Report;
use super::partition::Partition;
use crate::rollup::Tree;

/// A report of a unit with others below it.
#[derive(Debug, Clone)]
pub(super) struct Upper {
    pub at: At,
    pub leaves: BTreeSet<usize>,
    pub value: i64,
    pub contradicted: bool,
}

/// The reports of lowest units that count, by the lowest units of the base they lie in.
pub(super) struct Sums {
    of_leaf: BTreeMap<usize, Vec<At>>,
    values: BTreeMap<At, (i64, Vec<usize>)>,
}

impl Sums {
    pub fn new(recast: &Recast, base: &Tree, found: &[(Ground, &Vec<Report>)], decision: &Decision) -> Sums {
        let mut sums = Sums {
            of_leaf: BTreeMap::new(),
            values: BTreeMap::new(),
        };
        for (ground, reports) in found {
            for report in reports
                .iter()
                .filter(|r| recast.is_lowest_of(base, *ground, r.node))
            {
                let at = (*ground, report.node);
                if decision.unused.contains(&at) {
                    continue;
                }
                let leaves = recast.leaves_of(base, *ground, report.node);
                for leaf in &leaves {
                    sums.of_leaf.entry(*leaf).or_default().push(at);
                }
                sums.values.insert(at, (report.sum.value, leaves));
            }
        }
        sums
    }
}

impl Upper {
    /// Beside what other sets of units tell of its ground; whether it stands.
    pub fn settle(
        &self,
        decision: &mut Decision,
        kept: &[Upper],
        sums: &Sums,
        whole_grounds: &BTreeSet<usize>,
        partition: &Partition,
        compares: bool,
    ) -> bool {
        let below = self
            .leaves
            .iter()
            .filter_map(|leaf| sums.of_leaf.get(leaf))
            .flatten();
        let mut lowest: BTreeSet<At> = below.copied().collect();
        let touching: Vec<&Upper> = kept
            .iter()
            .filter(|k| !k.leaves.is_disjoint(&self.leaves))
            .collect();
        let is_foreign = |at: &At| at.0 != self.at.0;
        if !lowest.iter().any(is_foreign) && !touching.iter().any(|k| is_foreign(&k.at)) {
            return true;
        }
        let leaves_of = |at: &At| {
            sums.values
                .get(at)
                .map_or(&[][..], |(_, leaves)| leaves.as_slice())
        };
        let lies_inside = |at: &At| leaves_of(at).iter().all(|leaf| self.leaves.contains(leaf));
        let crossing: Vec<At> = lowest
            .iter()
            .filter(|at| is_foreign(at) && !lies_inside(at))
            .copied()
            .chain(
                touching
                    .iter()
                    .filter(|k| is_foreign(&k.at) && !k.leaves.is_subset(&self.leaves))
                    .map(|k| k.at),
            )
            .collect();
        if !crossing.is_empty() {
            decision.set_aside(self.at, crossing, Verdict::Cuts, None);
            return false;
        }
        // The largest inside it: what an upper unit stands for is in it.
        let inside: Vec<&Upper> = touching
            .iter()
            .filter(|k| k.leaves.is_subset(&self.leaves))
            .filter(|k| {
                !touching
                    .iter()
                    .any(|o| o.at != k.at && k.leaves.is_subset(&o.leaves) && k.leaves != o.leaves)
            })
            .copied()
            .collect();
        let by_uppers: BTreeSet<usize> = inside.iter().flat_map(|k| &k.leaves).copied().collect();
        lowest.retain(|at| !leaves_of(at).iter().all(|leaf| by_uppers.contains(leaf)));
        let is_told = |leaf: &usize| by_uppers.contains(leaf) || whole_grounds.contains(&partition.of(*leaf));
        let others: Vec<At> = inside
            .iter()
            .map(|k| k.at)
            .chain(lowest.iter().copied())
            .collect();
        if self.leaves.iter().all(is_told) {
            let values = lowest
                .iter()
                .filter_map(|at| sums.values.get(at))
                .map(|(value, _)| *value);
            let sum = values
                .chain(inside.iter().map(|k| k.value))
                .fold(0i64, i64::saturating_add);
            let doubted = self.contradicted
                || inside.iter().any(|k| k.contradicted)
                || others.iter().any(|at| decision.contradicted.contains(at));
            let verdict = match (compares && !doubted, sum == self.value) {
                (false, _) => Verdict::Covered,
                (true, true) => Verdict::Alike,
                (true, false) => Verdict::UpperDiffers,
            };
            decision.set_aside(self.at, others, verdict, Some((sum, self.value)));
            return false;
        }
        for at in others.into_iter().filter(is_foreign) {
            decision.above.entry(at).or_default().push(self.at);
        }
        true
    }

    /// The units of the base that it is all of.
    pub fn stand(&self, decision: &mut Decision, recast: &Recast, base: &Tree) {
        let (tree, holds) = match self.at.0.and_then(|f| recast.frames.get(f)) {
            Some(frame) => (
                &frame.tree,
                frame.holds(self.at.1).iter().map(|h| h.node).collect(),
            ),
            None => (base, base.line(self.at.1).collect::<Vec<usize>>()),
        };
        let units = tree.nodes.get(self.at.1).map_or(1, |n| n.leaves);
        for node in holds {
            let leaves = base.nodes.get(node).map_or(0, |n| n.leaves as usize);
            if leaves == self.leaves.len() {
                decision.stands_for.insert(node, units);
            }
        }
    }
}
