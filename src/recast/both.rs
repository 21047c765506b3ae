//! Two sets of units that tell of one ground in one period: which of them counts, and what was found of the other.
//!
//! In:  what was reported of a series in a period on each set of units. Out: a [`Decision`].
//! Holds: nothing is added to figures of the same ground. Where both sides are complete on a ground that has
//!        the same edge for both, their sums are compared: alike, they count once; different, neither counts.
//!        Else the side counts that has the whole ground. An upper unit's report beside the units of another
//!        set below it is as everywhere: the sum if all reported, else the upper report; never both.
//! Leaves to others: the words ([`super::told`]).

use std::collections::{BTreeMap, BTreeSet};

use super::Recast;
use super::beside::Ground;
use super::frame::Report;
use super::owners::Owners;
use super::partition::Partition;
use super::upper::{Sums, Upper};
use crate::rollup::Tree;

/// A report: whose units, and which node of theirs.
pub(super) type At = (Ground, usize);

/// What was decided for the reports of one series and period.
#[derive(Debug, Clone, Default)]
pub(super) struct Decision {
    /// Whose reports count in each lowest unit of the base.
    pub owners: Owners,
    pub unused: BTreeSet<At>,
    /// Reports of both sides where they differ.
    pub contradicted: BTreeSet<At>,
    /// Upper reports of other sets of units that stand for a report too.
    pub above: BTreeMap<At, Vec<At>>,
    /// Units of the base that an upper report stands for altogether, and how many lowest units it is of.
    pub stands_for: BTreeMap<usize, u32>,
    pub told: Vec<Told>,
}

/// What was found of one ground.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub verdict: Verdict,
    pub used: Vec<At>,
    pub unused: Vec<At>,
    /// The sums of both, where they were compared.
    pub sums: Option<(i64, i64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// The same sums.
    Alike,
    /// Different sums of the same ground: nobody knows which is right.
    Differ,
    /// An upper unit's report is not the sum of the units below, which are all there.
    UpperDiffers,
    /// The others have the whole ground.
    Covered,
    /// Neither has the whole ground; the others came first there.
    Partly,
    /// It cuts through units of the others and cannot be divided.
    Cuts,
}

/// What one set of units says of a ground.
#[derive(Debug, Clone, Default)]
struct Side {
    nodes: Vec<usize>,
    sum: i64,
    contradicted: bool,
}

/// Decides for the reports of one series and period; those of most reports stand first. `compares`: whether
/// the figures of the units add up to that of their whole ground.
pub(super) fn decide(
    recast: &Recast,
    base: &Tree,
    partition: &Partition,
    found: &[(Ground, &Vec<Report>)],
    compares: bool,
) -> Decision {
    let mut decision = Decision {
        owners: vec![None; base.nodes.len()],
        ..Decision::default()
    };
    let mut grounds: BTreeMap<usize, BTreeMap<usize, Side>> = BTreeMap::new();
    let mut uppers: Vec<Upper> = Vec::new();
    for (order, (ground, reports)) in found.iter().enumerate() {
        for report in reports.iter() {
            let leaves = recast.leaves_of(base, *ground, report.node);
            if recast.is_lowest_of(base, *ground, report.node) {
                let Some(first) = leaves.first() else { continue };
                let sides = grounds.entry(partition.of(*first)).or_default();
                let side = sides.entry(order).or_default();
                side.nodes.push(report.node);
                side.sum = side.sum.saturating_add(report.sum.value);
                side.contradicted |= report.sum.contradicted;
            } else {
                uppers.push(Upper {
                    at: (*ground, report.node),
                    leaves: leaves.into_iter().collect(),
                    value: report.sum.value,
                    contradicted: report.sum.contradicted,
                });
            }
        }
    }
    let mut leaves_in: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for leaf in base.lowest() {
        leaves_in.entry(partition.of(leaf)).or_default().push(leaf);
    }
    let mut whole_grounds: BTreeSet<usize> = BTreeSet::new();
    for (at, sides) in &grounds {
        let leaves = leaves_in.get(at).map_or(&[][..], Vec::as_slice);
        let is_whole = |order: &usize, side: &Side| {
            let expected = found.get(*order).and_then(|(g, _)| partition.expected(*at, *g));
            expected.is_some_and(|e| side.nodes.len() as u32 >= e)
        };
        let mut whole: Vec<usize> = sides
            .iter()
            .filter(|(o, s)| is_whole(o, s))
            .map(|(o, _)| *o)
            .collect();
        // Of several that are whole the base needs no recasting; else the first.
        whole.sort_by_key(|order| (found.get(*order).is_some_and(|(g, _)| g.is_some()), *order));
        match whole.first() {
            Some(first) => {
                whole_grounds.insert(*at);
                let open = partition.is_open(*at);
                decision.settle(found, sides, *first, &whole, compares && !open);
                decision.own(leaves, found.get(*first).map(|(g, _)| *g));
            }
            None if sides.len() == 1 => {
                let only = sides.keys().next().and_then(|o| found.get(*o));
                decision.own(leaves, only.map(|(g, _)| *g));
            }
            None => decision.piecemeal(recast, base, found, sides),
        }
    }
    let first = found.first().map(|(ground, _)| *ground);
    let told: BTreeSet<usize> = grounds.keys().copied().collect();
    uppers.sort_by_key(|u| (u.leaves.len(), u.at));
    let mut kept: Vec<Upper> = Vec::new();
    let sums = Sums::new(recast, base, found, &decision);
    for upper in uppers {
        let settled = upper.settle(&mut decision, &kept, &sums, &whole_grounds, partition, compares);
        if settled {
            // What nobody below tells of is told by the upper unit's own set.
            let free = upper.leaves.iter().filter(|l| !told.contains(&partition.of(**l)));
            let free: Vec<usize> = free.copied().collect();
            decision.own(&free, Some(upper.at.0));
            upper.stand(&mut decision, recast, base);
            kept.push(upper);
        }
    }
    for leaf in base.lowest() {
        if let Some(owner) = decision.owners.get_mut(leaf) {
            *owner = owner.or(first);
        }
    }
    decision
}

impl Decision {
    fn own(&mut self, leaves: &[usize], ground: Option<Ground>) {
        for leaf in leaves {
            if let Some(owner) = self.owners.get_mut(*leaf).filter(|o| o.is_none()) {
                *owner = ground;
            }
        }
    }

    /// One side has the whole ground: the others are compared with it.
    fn settle(
        &mut self,
        found: &[(Ground, &Vec<Report>)],
        sides: &BTreeMap<usize, Side>,
        first: usize,
        whole: &[usize],
        compares: bool,
    ) {
        let ats = |order: usize, side: &Side| -> Vec<At> {
            let ground = found.get(order).and_then(|(g, _)| *g);
            side.nodes.iter().map(|n| (ground, *n)).collect()
        };
        let Some(used) = sides.get(&first) else { return };
        for (order, side) in sides.iter().filter(|(o, _)| **o != first) {
            let comparable = compares && !used.contradicted && !side.contradicted;
            let verdict = match (comparable, whole.contains(order)) {
                (true, true) if side.sum == used.sum => Verdict::Alike,
                (true, true) => Verdict::Differ,
                // A part cannot be more than the whole.
                (true, false) if side.sum > used.sum => Verdict::Differ,
                _ => Verdict::Covered,
            };
            let (used_at, unused_at) = (ats(first, used), ats(*order, side));
            self.unused.extend(unused_at.iter().copied());
            if verdict == Verdict::Differ {
                self.contradicted
                    .extend(used_at.iter().chain(&unused_at).copied());
            }
            self.told.push(Told {
                verdict,
                sums: comparable.then_some((used.sum, side.sum)),
                used: used_at,
                unused: unused_at,
            });
        }
    }

    /// No side has the whole ground: whoever stands first where nobody else does.
    fn piecemeal(
        &mut self,
        recast: &Recast,
        base: &Tree,
        found: &[(Ground, &Vec<Report>)],
        sides: &BTreeMap<usize, Side>,
    ) {
        let mut of_leaf: BTreeMap<usize, Vec<At>> = BTreeMap::new();
        for (order, side) in sides {
            let Some((ground, _)) = found.get(*order) else {
                continue;
            };
            let mut taken = Vec::new();
            for node in &side.nodes {
                let leaves = recast.leaves_of(base, *ground, *node);
                let others: BTreeSet<At> = leaves
                    .iter()
                    .filter_map(|l| of_leaf.get(l))
                    .flatten()
                    .copied()
                    .collect();
                if others.is_empty() {
                    taken.push((*node, leaves));
                    continue;
                }
                self.unused.insert((*ground, *node));
                self.told.push(Told {
                    verdict: Verdict::Partly,
                    used: others.into_iter().collect(),
                    unused: vec![(*ground, *node)],
                    sums: None,
                });
            }
            for (node, leaves) in taken {
                self.own(&leaves, Some(*ground));
                for leaf in leaves {
                    of_leaf.entry(leaf).or_default().push((*ground, node));
                }
            }
        }
    }
}

impl Decision {
    pub(super) fn set_aside(&mut self, at: At, used: Vec<At>, verdict: Verdict, sums: Option<(i64, i64)>) {
        self.unused.insert(at);
        self.told.push(Told {
            verdict,
            used,
            unused: vec![at],
            sums,
        });
    }
}
