//! Grounds that have the same edge for several sets of units.
//!
//! Holds: a unit of any of them lies in exactly one ground, or reaches out of the whole territory there.

use std::collections::{BTreeMap, BTreeSet};

use super::Recast;
use super::beside::Ground;
use super::frame::Hold;
use crate::classification::locality::transfers::Part;
use crate::rollup::Tree;

/// Grounds with the same edge for all of some sets of units: numbered by one of their lowest units on the base.
#[derive(Debug, Clone, Default)]
pub(super) struct Partition {
    ground_of: Vec<usize>,
    /// Lowest units of each set of units in a ground.
    expected: BTreeMap<(usize, Ground), u32>,
    /// Some unit there lies partly outside the territory.
    open: BTreeSet<usize>,
}

impl Partition {
    pub fn new(recast: &Recast, base: &Tree, grounds: &[Ground]) -> Partition {
        let mut up: Vec<usize> = (0..base.nodes.len()).collect();
        let frames = || {
            grounds
                .iter()
                .filter_map(|g| Some((*g, recast.frames.get((*g)?)?)))
        };
        for (_, frame) in frames() {
            for node in frame.tree.lowest() {
                let mut holds = frame.lowest_holds(node).iter().map(|h| h.node);
                let Some(first) = holds.next() else { continue };
                for other in holds {
                    let (a, b) = (root(&mut up, first), root(&mut up, other));
                    if let Some(to) = up.get_mut(a.max(b)) {
                        *to = a.min(b);
                    }
                }
            }
        }
        let mut partition = Partition {
            ground_of: (0..base.nodes.len()).map(|n| root(&mut up, n)).collect(),
            ..Partition::default()
        };
        if grounds.contains(&None) {
            for leaf in base.lowest() {
                *partition.expected.entry((partition.of(leaf), None)).or_default() += 1;
            }
        }
        for (ground, frame) in frames() {
            for node in frame.tree.lowest() {
                let Some(hold) = frame.lowest_holds(node).first() else {
                    continue;
                };
                let at = partition.of(hold.node);
                *partition.expected.entry((at, ground)).or_default() += 1;
                let is_inside = |h: &Hold| h.node == 0 && h.part == Part::Whole;
                if !frame.holds(node).iter().any(is_inside) {
                    partition.open.insert(at);
                }
            }
        }
        partition
    }

    /// Lowest units of a set of units in a ground.
    pub fn expected(&self, at: usize, ground: Ground) -> Option<u32> {
        self.expected.get(&(at, ground)).copied()
    }

    /// Whether some unit there lies partly outside the territory.
    pub fn is_open(&self, at: usize) -> bool {
        self.open.contains(&at)
    }

    /// The ground of a lowest unit of the base.
    pub fn of(&self, leaf: usize) -> usize {
        self.ground_of.get(leaf).copied().unwrap_or(leaf)
    }
}

fn root(up: &mut [usize], node: usize) -> usize {
    let mut at = node;
    while let Some(next) = up.get(at).copied().filter(|next| *next != at) {
        // Every second step is shortened, so that long lines stay cheap.
        let after = up.get(next).copied().unwrap_or(next);
        if let Some(short) = up.get_mut(at) {
            *short = after;
        }
        at = next;
    }
    at
}
