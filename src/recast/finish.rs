//! A period put together from its parts is whole only where every part is there.
//!
//! In:  the pieces of a year of which the halves stand on different units. Out: by unit of the base, on which
//!      of the lowest units below it the whole period was told.
//! Holds: half of a year never stands as the year. A report that lies partly where the rest is missing is
//!        left out with it, unless all of the unit asked about is whole.

use std::collections::{BTreeMap, BTreeSet};

use super::both::At;
use super::{Piece, Pieces, Recast};
use crate::classification::locality::transfers::Part;
use crate::period::Period;
use crate::rollup::Tree;

/// Months of a year, as bits.
type Months = u16;

fn months(period: Period) -> Months {
    let (first, last) = (period.first_day().month, period.last_day().month);
    (first..=last).fold(0, |bits, month| bits | 1 << (month - 1))
}

/// By node of the base the lowest units below it on which the period is whole; absent: all.
pub(super) type Finished = BTreeMap<usize, BTreeSet<usize>>;

impl Recast {
    /// None if nothing was put together.
    pub(super) fn finished(&self, base: &Tree, pieces: &Pieces, period: Period) -> Option<Finished> {
        let all: Vec<&Piece> = pieces.everywhere().collect();
        if all.iter().all(|p| p.period == period) {
            return None;
        }
        let asked = months(period);
        let mut by_node: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let leaves: Vec<BTreeSet<usize>> = all
            .iter()
            .map(|p| self.leaves_of(base, p.frame, p.node).into_iter().collect())
            .collect();
        for (i, piece) in all.iter().enumerate().filter(|(_, p)| !p.sum.contradicted) {
            for hold in self.holds(base, piece).0 {
                if pieces.counts(self, base, piece, hold.node) {
                    by_node.entry(hold.node).or_default().push(i);
                }
            }
        }
        let mut peopled: BTreeMap<(Option<usize>, usize), Vec<usize>> = BTreeMap::new();
        let mut finished = Finished::new();
        for (node, here) in by_node {
            let size = base.nodes.get(node).map_or(1, |n| n.size as usize);
            let below: Vec<usize> = (node..node + size)
                .filter(|n| base.nodes.get(*n).is_some_and(|n| n.children.is_empty()))
                .collect();
            // Which lowest units of each set of units are told of, for each part of the period.
            let mut told: BTreeMap<(Period, Option<usize>), BTreeSet<usize>> = BTreeMap::new();
            for i in &here {
                let piece = all[*i];
                let units = told.entry((piece.period, piece.frame)).or_default();
                units.extend(self.lowest_below(base, (piece.frame, piece.node)));
            }
            let is_whole = |leaf: &usize, peopled: &mut BTreeMap<(Option<usize>, usize), Vec<usize>>| {
                let mut sum: Months = 0;
                for ((of, frame), units) in &told {
                    let there = peopled
                        .entry((*frame, *leaf))
                        .or_insert_with(|| self.peopled_in(*frame, *leaf));
                    if !there.is_empty() && there.iter().all(|unit| units.contains(unit)) {
                        sum |= months(*of);
                    }
                }
                sum & asked == asked
            };
            let mut whole: BTreeSet<usize> = below
                .iter()
                .filter(|leaf| is_whole(leaf, &mut peopled))
                .copied()
                .collect();
            if whole.len() == below.len() {
                continue;
            }
            let inside: BTreeSet<usize> = below.iter().copied().collect();
            // A report that also lies where something is missing takes what it lies in with it.
            loop {
                let before = whole.len();
                for i in &here {
                    let mut of_piece = leaves[*i].intersection(&inside);
                    if of_piece.any(|leaf| !whole.contains(leaf)) {
                        whole = whole.difference(&leaves[*i]).copied().collect();
                    }
                }
                if whole.len() == before {
                    break;
                }
            }
            finished.insert(node, whole);
        }
        Some(finished)
    }

    /// The lowest units of a set of units with people in a lowest unit of the base.
    fn peopled_in(&self, frame: Option<usize>, leaf: usize) -> Vec<usize> {
        let Some(frame) = frame.and_then(|f| self.frames.get(f)) else {
            return vec![leaf];
        };
        let lives = |at: &usize| {
            let mut holds = frame.lowest_holds(*at).iter();
            holds.any(|h| h.node == leaf && h.part != Part::NONE)
        };
        frame.touching(leaf).iter().copied().filter(lives).collect()
    }

    /// The lowest units of its own set at or below a node.
    fn lowest_below(&self, base: &Tree, (frame, node): At) -> Vec<usize> {
        let tree = frame.and_then(|f| self.frames.get(f)).map_or(base, |f| &f.tree);
        let size = tree.nodes.get(node).map_or(0, |n| n.size as usize);
        let lowest = |n: &usize| tree.nodes.get(*n).is_some_and(|n| n.children.is_empty());
        (node..node + size).filter(lowest).collect()
    }
}

impl Pieces {
    /// Whether a piece may stand in a unit of the base: not if it is a part of a period that is not whole there.
    pub fn is_finished(&self, recast: &Recast, base: &Tree, piece: &Piece, node: usize) -> bool {
        let Some(whole) = self.finished.as_ref().and_then(|f| f.get(&node)) else {
            return true;
        };
        let size = base.nodes.get(node).map_or(1, |n| n.size as usize);
        let leaves = recast.leaves_of(base, piece.frame, piece.node).into_iter();
        let mut here = leaves
            .filter(|leaf| (node..node + size).contains(leaf))
            .peekable();
        here.peek().is_some() && here.all(|leaf| whole.contains(&leaf))
    }

    /// The parts of the period that anything was told of.
    pub fn parts(&self) -> BTreeSet<Period> {
        self.everywhere().map(|p| p.period).collect()
    }
}
