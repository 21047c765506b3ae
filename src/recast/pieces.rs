//! A series in a period as the pieces it was reported in, whatever units they stand on.
//!
//! A year of which the halves stand on different units (2025) is put together here: the pieces of both
//! halves are its pieces. As in `rollup::calendar`, a flow adds up, a stock is its last reading, and a
//! period that was reported itself is never put together from parts.

use std::collections::{BTreeMap, BTreeSet};

use super::Recast;
use super::both::{self, At, Decision};
use super::finish::Finished;
use super::frame::{Hold, Report};
use super::owners::Owners;
use super::partition::Partition;
use crate::classification::locality::transfers::Part;
use crate::classification::{Flow, Measures, Spread};
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
    /// Units (of which frame, and its node) whose own report stands for this one too, wherever they are whole.
    pub above: Vec<(Option<usize>, usize)>,
}

/// All pieces of a series in a period.
#[derive(Debug, Clone, Default)]
pub struct Pieces {
    pub all: Vec<Piece>,
    /// By node of the base: lowest units that should have reported, each once for each part of the period.
    pub expected: Vec<u32>,
    /// Whose reports count in each lowest unit of the base, for each part of the period.
    grounds: Vec<Owners>,
    /// Reported on other units for a territory that is counted already: not added.
    pub left_out: usize,
    /// Put together from parts of the period; they count in units of the base that hold none of `all` whole.
    put_together: Vec<Piece>,
    covered: BTreeSet<usize>,
    /// Where a period that was put together from parts is whole; none: it was not put together.
    pub(super) finished: Option<Finished>,
}

impl Recast {
    /// The pieces of a series in a period; none if nothing was reported that could stand for it.
    pub fn pieces(&self, base: &Tree, measures: &Measures, series: Series, period: Period) -> Option<Pieces> {
        let mut pieces = self.gathered(base, measures, series, period)?;
        if measures.get(series.measure()).flow == Flow::Flow {
            pieces.finished = self.finished(base, &pieces, period);
        }
        Some(pieces)
    }

    fn gathered(&self, base: &Tree, measures: &Measures, series: Series, period: Period) -> Option<Pieces> {
        let direct = self.direct(base, series, period);
        let is_lowest = |piece: &Piece| self.is_lowest(base, piece);
        let by_lowest = direct.as_ref().is_some_and(|d| d.all.iter().any(is_lowest));
        // Those that did not report the period itself may have sent its parts.
        let together = self.put_together(base, measures, series, period);
        match (direct, together) {
            (Some(direct), Some(parts)) if by_lowest => Some(self.beside(base, direct, parts)),
            (Some(direct), Some(below)) => Some(direct.over(below, |piece| self.holds(base, piece).0)),
            (direct, together) => direct.or(together),
        }
    }

    /// Reports of the period itself, and the parts of it of units where nobody reported it itself: some
    /// communes send the year, others its halves. A part that lies on both grounds cannot be divided and is
    /// left out.
    fn beside(&self, base: &Tree, direct: Pieces, parts: Pieces) -> Pieces {
        let leaves = |piece: &Piece| self.leaves_of(base, piece.frame, piece.node);
        let covered: BTreeSet<usize> = direct.all.iter().flat_map(leaves).collect();
        let spans: BTreeSet<Period> = parts.everywhere().map(|p| p.period).collect();
        let mut told: BTreeMap<usize, BTreeSet<Period>> = BTreeMap::new();
        for piece in parts.everywhere() {
            for leaf in leaves(piece).into_iter().filter(|leaf| !covered.contains(leaf)) {
                told.entry(leaf).or_default().insert(piece.period);
            }
        }
        // A unit of which a part of the period is missing altogether has no year.
        let by_parts: BTreeSet<usize> = told
            .into_iter()
            .filter(|(_, found)| *found == spans)
            .map(|(leaf, _)| leaf)
            .collect();
        if by_parts.is_empty() {
            return direct;
        }
        let mut sum = direct;
        let whole = |piece: &Piece| leaves(piece).iter().all(|leaf| by_parts.contains(leaf));
        let (usable, crossing): (Vec<Piece>, Vec<Piece>) = parts.everywhere().cloned().partition(whole);
        let on_both = |piece: &&Piece| leaves(piece).iter().any(|leaf| by_parts.contains(leaf));
        sum.left_out += crossing.iter().filter(on_both).count();
        sum.all.extend(usable);
        let of_years = self.expected_on(base, &sum.grounds, |leaf| !by_parts.contains(&leaf));
        let of_parts = self.expected_on(base, &parts.grounds, |leaf| by_parts.contains(&leaf));
        sum.expected = of_years
            .iter()
            .zip(&of_parts)
            .map(|(a, b)| a.saturating_add(*b))
            .collect();
        sum.grounds.extend(parts.grounds);
        sum
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
            // Beside reports of the period itself, parts of it count where nobody sent the whole.
            let pieces = self.gathered(base, measures, series, period);
            let parts = pieces.iter().flat_map(|p| &p.all).filter(|p| p.period != period);
            found.extend(parts.map(|p| p.frame));
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
                    sum.add(self.gathered(base, measures, series, part)?);
                }
                Some(sum)
            })
    }

    fn is_lowest(&self, base: &Tree, piece: &Piece) -> bool {
        self.is_lowest_of(base, piece.frame, piece.node)
    }

    /// Whether nothing lies below a node of a set of units.
    pub(super) fn is_lowest_of(&self, base: &Tree, frame: Option<usize>, node: usize) -> bool {
        let tree = frame.and_then(|f| self.frames.get(f)).map_or(base, |f| &f.tree);
        tree.nodes.get(node).is_some_and(|n| n.children.is_empty())
    }

    /// By period: reports on other units for a territory that has its figures already.
    pub fn left_out(&self, base: &Tree, measures: &Measures) -> BTreeMap<Period, usize> {
        let of_frames = self.frames.iter().flat_map(|f| f.reports.keys());
        let keys: BTreeSet<(Series, Period)> = of_frames.copied().collect();
        let mut counts: BTreeMap<Period, usize> = BTreeMap::new();
        for (series, period) in keys {
            let count = self
                .gathered(base, measures, series, period)
                .map_or(0, |p| p.left_out);
            if count > 0 {
                *counts.entry(period).or_default() += count;
            }
        }
        counts
    }

    /// What was reported for the period itself.
    fn direct(&self, base: &Tree, series: Series, period: Period) -> Option<Pieces> {
        let found = self.found(series, period);
        let (first, _) = *found.first()?;
        let decision = self.both.get(&(series, period));
        let mut pieces = Pieces {
            expected: match decision {
                None => self.lowest_in(first),
                Some(decision) => self.expected(base, &decision.owners, &|_| true),
            },
            grounds: vec![decision.map_or_else(|| self.all_of(base, first), |d| d.owners.clone())],
            ..Pieces::default()
        };
        for (node, units) in decision.iter().flat_map(|d| &d.stands_for) {
            if let Some(expected) = pieces.expected.get_mut(*node) {
                *expected = *units;
            }
        }
        for (frame, reports) in found {
            for report in reports {
                let at: At = (frame, report.node);
                if decision.is_some_and(|d| d.unused.contains(&at)) {
                    pieces.left_out += 1;
                    continue;
                }
                let differs = decision.is_some_and(|d| d.contradicted.contains(&at));
                let others = decision.and_then(|d| d.above.get(&at));
                let above = report.above.iter().map(|node| (frame, *node));
                pieces.all.push(Piece {
                    frame,
                    node: report.node,
                    period,
                    sum: Sum {
                        contradicted: report.sum.contradicted || differs,
                        ..report.sum
                    },
                    of_parts: false,
                    above: above.chain(others.into_iter().flatten().copied()).collect(),
                });
            }
        }
        Some(pieces)
    }

    /// The reports of a series and period by set of units; the set that most reports stand on first: it is
    /// completed by the others.
    fn found(&self, series: Series, period: Period) -> Vec<(Option<usize>, &Vec<Report>)> {
        let key = (series, period);
        let frames = self.frames.iter().enumerate();
        let mut found: Vec<(Option<usize>, &Vec<Report>)> = frames
            .filter_map(|(i, frame)| Some((Some(i), frame.reports.get(&key)?)))
            .collect();
        found.extend(self.on_base.get(&key).map(|reports| (None, reports)));
        found.sort_by_key(|(frame, reports)| (std::cmp::Reverse(reports.len()), *frame));
        found
    }

    /// What is to be done where two sets of units tell of one ground.
    pub(super) fn decisions(&self, base: &Tree, measures: &Measures) -> BTreeMap<(Series, Period), Decision> {
        let of_frames = self.frames.iter().flat_map(|f| f.reports.keys());
        let keys: BTreeSet<(Series, Period)> = of_frames.copied().collect();
        let mut partitions: BTreeMap<Vec<Option<usize>>, Partition> = BTreeMap::new();
        let mut decisions = BTreeMap::new();
        for (series, period) in keys {
            let found = self.found(series, period);
            if found.len() < 2 {
                continue;
            }
            let mut grounds: Vec<Option<usize>> = found.iter().map(|(ground, _)| *ground).collect();
            grounds.sort_unstable();
            let partition = partitions
                .entry(grounds.clone())
                .or_insert_with(|| Partition::new(self, base, &grounds));
            let compares = measures.get(series.measure()).spread == Spread::Total;
            decisions.insert(
                (series, period),
                both::decide(self, base, partition, &found, compares),
            );
        }
        decisions
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
        let whole_above = |(frame, above): &At| {
            let above = Piece {
                frame: *frame,
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
        self.grounds.extend(other.grounds);
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
