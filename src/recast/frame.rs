//! One time at which the territory was divided otherwise: its tree, its sums, and what each of its
//! units is on the base.

use std::collections::{BTreeMap, BTreeSet};

use crate::classification::locality::transfers::{Part, TransferId};
use crate::fact::{Moment, Series};
use crate::period::Period;
use crate::rollup::{Basis, RolledFacts, Sum, Tree};

/// How much of a unit of the frame lies in a unit of the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// Index in the tree of the base.
    pub node: usize,
    pub part: Part,
}

/// Where one unit of the frame lies on the base.
#[derive(Debug, Clone, Default)]
pub(super) struct Reach {
    /// Every unit of the base it lies in, wholly or partly; of the upper units of the frame only those
    /// that hold all of them.
    pub holds: Vec<Hold>,
    /// The lowest units of the base that have a part of it, by index.
    pub lowest: Vec<Hold>,
    /// Behind it.
    pub steps: Vec<TransferId>,
}

/// A value that a unit reported itself.
#[derive(Debug, Clone)]
pub(super) struct Report {
    pub node: usize,
    pub sum: Sum,
    /// Units above it whose own report stands for all below them, because not all below them reported.
    pub above: Vec<usize>,
}

/// Reported values by series and period.
pub(super) type Reports = BTreeMap<(Series, Period), Vec<Report>>;

/// The units of another time, with their sums.
#[derive(Debug, Clone)]
pub struct Frame {
    pub tree: Tree,
    pub rolled: RolledFacts,
    pub(super) reports: Reports,
    reach: Vec<Reach>,
    /// By node of the base: the node of this frame with the same territory.
    same: Vec<Option<usize>>,
    /// By node of the base: lowest units of this frame some of whose people live in it.
    peopled: Vec<u32>,
    /// By node of the base: the nodes of this frame that lie in it, or have units below them that do.
    touching: Vec<Vec<usize>>,
    /// Lowest units of the scope's edge lie partly outside it.
    pub crosses: bool,
}

impl Frame {
    pub(super) fn new(tree: Tree, rolled: RolledFacts, reach: Vec<Reach>, base: &Tree) -> Frame {
        let mut touching = vec![0u32; base.nodes.len()];
        let mut peopled = touching.clone();
        let mut crosses = false;
        for i in tree.lowest() {
            let Some(reach) = reach.get(i) else { continue };
            for hold in &reach.holds {
                if let Some(count) = touching.get_mut(hold.node) {
                    *count += 1;
                }
                if let Some(count) = peopled.get_mut(hold.node).filter(|_| hold.part != Part::NONE) {
                    *count += 1;
                }
            }
            crosses |= !reach.holds.iter().any(|h| h.node == 0 && h.part == Part::Whole);
        }
        let mut same: Vec<Option<usize>> = vec![None; base.nodes.len()];
        for (i, node) in tree.nodes.iter().enumerate() {
            // A root that only joins units was none itself: whatever stands for it was put together.
            if i == 0 && tree.joins {
                continue;
            }
            let holds = reach.get(i).map_or(&[][..], |r| &r.holds);
            for hold in holds.iter().filter(|h| h.part == Part::Whole) {
                let all = touching.get(hold.node).copied() == Some(node.leaves);
                let Some(known) = same.get_mut(hold.node).filter(|_| all) else {
                    continue;
                };
                // A province of one district: the upper one for the upper one, the lower for the lower.
                let lowest = base.nodes.get(hold.node).is_some_and(|n| n.children.is_empty());
                if known.is_none() || lowest {
                    *known = Some(i);
                }
            }
        }
        let reports = reports(&tree, &rolled);
        let mut within: Vec<Vec<usize>> = vec![Vec::new(); base.nodes.len()];
        for (i, node) in tree.nodes.iter().enumerate() {
            let below = i..i + node.size as usize;
            let holds = reach.get(below).unwrap_or_default().iter().flat_map(|r| &r.holds);
            let bases: BTreeSet<usize> = holds.map(|h| h.node).collect();
            for base in bases {
                if let Some(nodes) = within.get_mut(base) {
                    nodes.push(i);
                }
            }
        }
        Frame {
            touching: within,
            tree,
            rolled,
            reports,
            reach,
            same,
            peopled,
            crosses,
        }
    }

    /// The unit of this time that had the territory of a unit of the base.
    pub fn same_as(&self, base_node: usize) -> Option<usize> {
        self.same.get(base_node).copied().flatten()
    }

    /// The units of the base that a unit of this time lies in; of an upper unit only those that hold it whole.
    pub fn holds(&self, node: usize) -> &[Hold] {
        self.reach.get(node).map_or(&[], |r| &r.holds)
    }

    /// The lowest units of the base that have a part of a lowest unit of this time.
    pub fn lowest_holds(&self, node: usize) -> &[Hold] {
        self.reach.get(node).map_or(&[], |r| &r.lowest)
    }

    /// The transfers behind what became of a unit.
    pub fn steps(&self, node: usize) -> &[TransferId] {
        self.reach.get(node).map_or(&[], |r| &r.steps)
    }

    /// How many of this time's lowest units have people in a unit of the base.
    pub fn lowest_in(&self, base_node: usize) -> u32 {
        self.peopled.get(base_node).copied().unwrap_or(0)
    }

    /// The units of this time that lie, wholly or partly, in a unit of the base; in the order of the tree.
    pub fn touching(&self, base_node: usize) -> &[usize] {
        self.touching.get(base_node).map_or(&[], Vec::as_slice)
    }

    /// Whether a unit lies, wholly or partly, in a unit of the base.
    pub fn touches(&self, node: usize, base_node: usize) -> bool {
        self.touching(base_node).binary_search(&node).is_ok()
    }

    /// Periods with a value.
    pub fn periods(&self) -> Vec<Period> {
        let mut all: Vec<Period> = self.reports.keys().map(|(_, p)| *p).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// What was reported for a unit and not summed from others.
pub(super) fn reports(tree: &Tree, rolled: &RolledFacts) -> Reports {
    let mut reports = Reports::new();
    for (series, moment, sum) in rolled.iter().filter(|(_, _, s)| s.basis == Basis::Reported) {
        let Some(node) = tree.find(moment.place()) else {
            continue;
        };
        let stands_above = |above: &usize| {
            let unit = tree.nodes.get(*above).map(|n| n.unit);
            let found = unit.and_then(|u| rolled.get(series, Moment::new(u, moment.period())));
            found.is_some_and(|s| s.basis == Basis::Reported && !s.contradicted)
        };
        let report = Report {
            node,
            sum: *sum,
            above: tree.line(node).skip(1).filter(stands_above).collect(),
        };
        reports.entry((series, moment.period())).or_default().push(report);
    }
    reports
}
