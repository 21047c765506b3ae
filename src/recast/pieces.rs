//! A series in a period as the pieces it was reported in, whatever units they stand on.
//!
//! A year of which the halves stand on different units (2025) is put together here: the pieces of both
//! halves are its pieces. As in `rollup::calendar`, a flow adds up, a stock is its last reading, and a
//! period that was reported itself is never put together from parts.

use std::collections::{BTreeMap, BTreeSet};

use super::Recast;
use super::frame::{Hold, Report};
use crate::classification::locality::transfers::Part;
use crate::classification::{Flow, Measures};
use crate::fact::Series;
use crate::period::{Period, Span};
use crate::rollup::{Sum, Tree};

/// One reported value of a unit of some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// None: the base itself.
    pub frame: Option<usize>,
    /// In the tree of the frame.
    pub node: usize,
    /// The part of the period it is about; the period itself unless it was put together.
    pub period: Period,
    pub sum: Sum,
    /// Put together from parts of the period, below a report of the period itself.
    pub of_parts: bool,
    /// Nodes of the same frame whose own report stands for this one too, wherever they are whole.
    pub above: Vec<usize>,
}

/// All pieces of a series in a period.
#[derive(Debug, Clone, Default)]
pub struct Pieces {
    pub all: Vec<Piece>,
    /// By node of the base: lowest units that should have reported, each once for each part of the period.
    pub expected: Vec<u32>,
    /// Reported on other units for a territory that is counted already: not added.
    pub left_out: usize,
    /// Put together from parts of the period; they count in units of the base that hold none of `all` whole.
    put_together: Vec<Piece>,
    covered: BTreeSet<usize>,
}

impl Recast {
    /// The pieces of a series in a period; none if nothing was reported that could stand for it.
    pub fn pieces(&self, base: &Tree, measures: &Measures, series: Series, period: Period) -> Option<Pieces> {
        let direct = self.direct(base, series, period);
        let is_lowest = |piece: &Piece| self.is_lowest(base, piece);
        if let Some(direct) = direct.as_ref().filter(|d| d.all.iter().any(is_lowest)) {
            return Some(direct.clone());
        }
        // Only upper units reported the period itself: those below may have sent its parts.
        let together = self.put_together(base, measures, series, period);
        match (direct, together) {
            (Some(direct), Some(below)) => Some(direct.over(below, |piece| self.holds(base, piece).0)),
            (direct, together) => direct.or(together),
        }
    }

    /// The sets of units that the pieces stand on, without gathering them: frames, or the base (none).
    pub fn suppliers(
        &self,
        base: &Tree,
        measures: &Measures,
        series: Series,
        period: Period,
    ) -> BTreeSet<Option<usize>> {
        let key = (series, period);
        let mut found = BTreeSet::new();
        let mut lowest = false;
        let frames = self.frames.iter().enumerate();
        let frames = frames.map(|(i, f)| (Some(i), &f.tree, f.reports.get(&key)));
        for (frame, tree, reports) in frames.chain([(None, base, self.on_base.get(&key))]) {
            let Some(reports) = reports else { continue };
            let is_lowest = |r: &Report| tree.nodes.get(r.node).is_some_and(|n| n.children.is_empty());
            lowest |= reports.iter().any(is_lowest);
            found.insert(frame);
        }
        if lowest {
            return found;
        }
        let parts = ways(measures.get(series.measure()).flow, period.span);
        let parts = parts.iter().find_map(|spans| {
            let mut sum = BTreeSet::new();
            for span in spans.iter() {
                let part = Period {
                    span: *span,
                    ..period
                };
                let of = self.suppliers(base, measures, series, part);
                if of.is_empty() {
                    return None;
                }
                sum.extend(of);
            }
            Some(sum)
        });
        found.extend(parts.into_iter().flatten());
        found
    }

    fn put_together(
        &self,
        base: &Tree,
        measures: &Measures,
        series: Series,
        period: Period,
    ) -> Option<Pieces> {
        ways(measures.get(series.measure()).flow, period.span)
            .iter()
            .find_map(|spans| {
                let mut sum = Pieces::default();
                for span in spans.iter() {
                    let part = Period {
                        span: *span,
                        ..period
                    };
                    sum.add(self.pieces(base, measures, series, part)?);
                }
                Some(sum)
            })
    }

    fn is_lowest(&self, base: &Tree, piece: &Piece) -> bool {
        let tree = piece.frame.and_then(|f| self.frames.get(f));
        let node = tree.map_or(base, |f| &f.tree).nodes.get(piece.node);
        node.is_some_and(|n| n.children.is_empty())
    }

    /// What was reported for the period itself.
    fn direct(&self, base: &Tree, series: Series, period: Period) -> Option<Pieces> {
        let key = (series, period);
        let frames = self.frames.iter().enumerate();
        let mut found: Vec<(Option<usize>, &Vec<Report>)> = frames
            .filter_map(|(i, frame)| Some((Some(i), frame.reports.get(&key)?)))
            .collect();
        found.extend(self.on_base.get(&key).map(|reports| (None, reports)));
        // The set of units that most reports stand on is the one to be completed by the others.
        found.sort_by_key(|(frame, reports)| (std::cmp::Reverse(reports.len()), *frame));
        let (first, _) = *found.first()?;
        let owners = (found.len() > 1).then(|| self.owners(base, &found));
        let mut pieces = Pieces {
            expected: match &owners {
                None => self.lowest_in(first),
                Some(owners) => self.expected(base, owners),
            },
            ..Pieces::default()
        };
        for (frame, reports) in found {
            for report in reports {
                let piece = Piece {
                    frame,
                    node: report.node,
                    period,
                    sum: report.sum,
                    of_parts: false,
                    above: report.above.clone(),
                };
                let owned = |leaf: usize| owners.as_ref().is_none_or(|o| o.get(leaf) == Some(&Some(frame)));
                if self.leaves_of(base, frame, report.node).into_iter().all(owned) {
                    pieces.all.push(piece);
                } else {
                    pieces.left_out += 1;
                }
            }
        }
        Some(pieces)
    }

    /// For each lowest unit of the base, whose reports count there: of the first that have any.
    fn owners(&self, base: &Tree, found: &[(Option<usize>, &Vec<Report>)]) -> Vec<Option<Option<usize>>> {
        let mut owners: Vec<Option<Option<usize>>> = vec![None; base.nodes.len()];
        for (frame, reports) in found {
            let mut taken = Vec::new();
            for report in reports.iter() {
                let leaves = self.leaves_of(base, *frame, report.node);
                if leaves.iter().all(|l| owners.get(*l) == Some(&None)) {
                    taken.extend(leaves);
                }
            }
            for leaf in taken {
                if let Some(owner) = owners.get_mut(leaf) {
                    *owner = Some(*frame);
                }
            }
        }
        let first = found.first().map(|(frame, _)| *frame);
        for leaf in base.lowest() {
            if let Some(owner) = owners.get_mut(leaf) {
                *owner = owner.or(first);
            }
        }
        owners
    }

    fn expected(&self, base: &Tree, owners: &[Option<Option<usize>>]) -> Vec<u32> {
        let mut expected = vec![0u32; base.nodes.len()];
        let mut count = |nodes: Vec<usize>| {
            for node in nodes {
                if let Some(number) = expected.get_mut(node) {
                    *number += 1;
                }
            }
        };
        for leaf in base.lowest().filter(|l| owners.get(*l) == Some(&Some(None))) {
            count(base.line(leaf).collect());
        }
        for (index, frame) in self.frames.iter().enumerate() {
            let owned = |h: &Hold| owners.get(h.node) == Some(&Some(Some(index)));
            for node in frame.tree.lowest() {
                if frame.lowest_holds(node).iter().any(owned) {
                    count(frame.holds(node).iter().map(|h| h.node).collect());
                }
            }
        }
        expected
    }

    fn lowest_in(&self, frame: Option<usize>) -> Vec<u32> {
        match frame.and_then(|f| self.frames.get(f)) {
            Some(frame) => (0..self.lowest_of_base.len())
                .map(|n| frame.lowest_in(n))
                .collect(),
            None => self.lowest_of_base.clone(),
        }
    }

    /// The lowest units of the base below or around a node of a frame.
    fn leaves_of(&self, base: &Tree, frame: Option<usize>, node: usize) -> Vec<usize> {
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

/// The spans that make up a span, in each way in which it can be put together.
fn ways(flow: Flow, span: Span) -> &'static [&'static [Span]] {
    use Span::{Half, Month, Quarter, Year};
    match (flow, span) {
        (Flow::Flow, Year) => &[&[Half(1), Half(2)]],
        (Flow::Flow, Half(1)) => &[&[Quarter(1), Quarter(2)]],
        (Flow::Flow, Half(2)) => &[&[Quarter(3), Quarter(4)]],
        (Flow::Flow, Quarter(1)) => &[&[Month(1), Month(2), Month(3)]],
        (Flow::Flow, Quarter(2)) => &[&[Month(4), Month(5), Month(6)]],
        (Flow::Flow, Quarter(3)) => &[&[Month(7), Month(8), Month(9)]],
        (Flow::Flow, Quarter(4)) => &[&[Month(10), Month(11), Month(12)]],
        (Flow::Stock, Year) => &[&[Half(2)], &[Quarter(4)], &[Month(12)]],
        (Flow::Stock, Half(1)) => &[&[Quarter(2)], &[Month(6)]],
        _ => &[],
    }
}

impl Pieces {
    /// Reports of upper units, and of lower ones where no upper one is whole.
    fn over(mut self, below: Pieces, holds: impl Fn(&Piece) -> Vec<Hold>) -> Pieces {
        for piece in &self.all {
            let whole = holds(piece).into_iter().filter(|h| h.part == Part::Whole);
            self.covered.extend(whole.map(|h| h.node));
        }
        for (node, expected) in self.expected.iter_mut().enumerate() {
            if !self.covered.contains(&node) {
                *expected = below.expected.get(node).copied().unwrap_or(*expected);
            }
        }
        self.left_out += below.left_out;
        let below = below.all.into_iter().chain(below.put_together);
        self.put_together = below.map(|p| Piece { of_parts: true, ..p }).collect();
        self
    }

    pub fn everywhere(&self) -> impl Iterator<Item = &Piece> {
        self.all.iter().chain(&self.put_together)
    }

    /// Whether a piece counts in a unit of the base: not if a report of an upper unit, whole in it, stands
    /// for the piece too.
    pub fn counts(&self, recast: &Recast, base: &Tree, piece: &Piece, node: usize) -> bool {
        let whole_above = |above: &usize| {
            let above = Piece {
                node: *above,
                ..piece.clone()
            };
            let (holds, _) = recast.holds(base, &above);
            holds.iter().any(|h| h.node == node && h.part == Part::Whole)
        };
        let is_of_parts = piece.of_parts && self.covered.contains(&node);
        !is_of_parts && !piece.above.iter().any(whole_above)
    }

    fn add(&mut self, other: Pieces) {
        self.all.extend(other.all);
        self.put_together.extend(other.put_together);
        self.covered.extend(other.covered);
        self.left_out += other.left_out;
        if self.expected.is_empty() {
            self.expected = other.expected;
        } else {
            for (sum, more) in self.expected.iter_mut().zip(other.expected) {
                *sum = sum.saturating_add(more);
            }
        }
    }
}
