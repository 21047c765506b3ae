//! Which reports count where several sets of units tell of one territory, and what a piece is on the base.

use std::collections::BTreeMap;

use super::frame::Hold;
use super::{Piece, Recast};
use crate::classification::locality::transfers::Part;
use crate::rollup::Tree;

/// By node of the base, for its lowest units: the frame whose reports count there, or the base (none).
pub(super) type Owners = Vec<Option<Option<usize>>>;

impl Recast {
    /// All lowest units of the base are those of one set of units.
    pub(super) fn all_of(&self, base: &Tree, frame: Option<usize>) -> Owners {
        let mut owners: Owners = vec![None; base.nodes.len()];
        for leaf in base.lowest() {
            if let Some(owner) = owners.get_mut(leaf) {
                *owner = Some(frame);
            }
        }
        owners
    }

    /// How many lowest units should have reported, over all parts of a period, of those on some leaves.
    pub(super) fn expected_on(
        &self,
        base: &Tree,
        grounds: &[Owners],
        on: impl Fn(usize) -> bool,
    ) -> Vec<u32> {
        let mut sum = vec![0u32; base.nodes.len()];
        for owners in grounds {
            for (sum, more) in sum.iter_mut().zip(self.expected(base, owners, &on)) {
                *sum = sum.saturating_add(more);
            }
        }
        sum
    }

    /// By node of the base: the lowest units that own some of the leaves that count.
    pub(super) fn expected(&self, base: &Tree, owners: &Owners, on: &dyn Fn(usize) -> bool) -> Vec<u32> {
        let mut expected = vec![0u32; base.nodes.len()];
        let mut count = |nodes: Vec<usize>| {
            for node in nodes {
                if let Some(number) = expected.get_mut(node) {
                    *number += 1;
                }
            }
        };
        for leaf in base
            .lowest()
            .filter(|l| on(*l) && owners.get(*l) == Some(&Some(None)))
        {
            count(base.line(leaf).collect());
        }
        for (index, frame) in self.frames.iter().enumerate() {
            let owned = |h: &Hold| on(h.node) && owners.get(h.node) == Some(&Some(Some(index)));
            for node in frame.tree.lowest() {
                if frame.lowest_holds(node).iter().any(owned) {
                    count(frame.holds(node).iter().map(|h| h.node).collect());
                }
            }
        }
        expected
    }

    pub(super) fn lowest_in(&self, frame: Option<usize>) -> Vec<u32> {
        match frame.and_then(|f| self.frames.get(f)) {
            Some(frame) => (0..self.lowest_of_base.len())
                .map(|n| frame.lowest_in(n))
                .collect(),
            None => self.lowest_of_base.clone(),
        }
    }

    /// The lowest units of the base below or around a node of a frame.
    pub(super) fn leaves_of(&self, base: &Tree, frame: Option<usize>, node: usize) -> Vec<usize> {
        let below = |tree: &Tree| -> Vec<usize> {
            let size = tree.nodes.get(node).map_or(0, |n| n.size as usize);
            let inside = node..node + size;
            inside
                .filter(|n| tree.nodes.get(*n).is_some_and(|n| n.children.is_empty()))
                .collect()
        };
        match frame.and_then(|f| self.frames.get(f)) {
            None => below(base),
            Some(frame) => {
                let lowest = below(&frame.tree).into_iter();
                let leaves = lowest.flat_map(|n| frame.lowest_holds(n).iter().map(|h| h.node));
                leaves.collect()
            }
        }
    }

    /// The units of the base a piece lies in, and how many lowest units it stands for.
    pub fn holds(&self, base: &Tree, piece: &Piece) -> (Vec<Hold>, u32) {
        match piece.frame.and_then(|f| self.frames.get(f)) {
            Some(frame) => {
                let leaves = frame.tree.nodes.get(piece.node).map_or(1, |n| n.leaves);
                (frame.holds(piece.node).to_vec(), leaves)
            }
            None => {
                let whole = |node| Hold {
                    node,
                    part: Part::Whole,
                };
                let leaves = base.nodes.get(piece.node).map_or(1, |n| n.leaves);
                (base.line(piece.node).map(whole).collect(), leaves)
            }
        }
    }

    /// How a known count of a piece is divided among the lowest units of the base that have a known share
    /// of it: whole numbers that add up to it, by largest remainder; the first by code wins a tie.
    pub fn divided(&self, frame: Option<usize>, node: usize, value: i64) -> BTreeMap<usize, i64> {
        let frame = frame.and_then(|f| self.frames.get(f));
        let holds = frame.map_or(&[][..], |f| f.lowest_holds(node));
        let magnitude = i128::from(value.unsigned_abs());
        let mut shares: Vec<(usize, i128, i128)> = Vec::new();
        let mut known = 0i128;
        for hold in holds {
            let Part::Share(share) = hold.part else { continue };
            let (numerator, denominator) = (i128::from(share.numerator), i128::from(share.denominator));
            let exact = magnitude * numerator;
            known += exact / denominator;
            // Remainders are compared as parts of a common large whole.
            let remainder = (exact % denominator) * 1_000_000_000_000 / denominator;
            shares.push((hold.node, exact / denominator, remainder));
        }
        let is_all = holds.iter().all(|h| matches!(h.part, Part::Share(_)));
        let mut left = if is_all { magnitude - known } else { 0 };
        let mut order: Vec<usize> = (0..shares.len()).collect();
        order.sort_by_key(|i| (std::cmp::Reverse(shares[*i].2), *i));
        for i in order {
            if left > 0 && shares[i].2 > 0 {
                shares[i].1 += 1;
                left -= 1;
            }
        }
        let sign = if value < 0 { -1 } else { 1 };
        shares
            .into_iter()
            .map(|(node, count, _)| (node, sign * i64::try_from(count).unwrap_or(i64::MAX)))
            .collect()
    }
}
