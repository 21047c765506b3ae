//! Units whose year is not whole: they sent some parts of it, and others are missing.
//!
//! Holds: a report of a year from data of three quarters says so, for every unit that it concerns. A year cut
//!        by a change of boundaries is whole if those that had the unit's ground before sent the part before;
//!        where only some of them did, the others are named.

use std::collections::{BTreeMap, BTreeSet};

use crate::classification::MeasureId;
use crate::classification::locality::UnitId;
use crate::classification::locality::transfers::Part;
use crate::evaluate::{Question, takes_part};
use crate::fact::{Fact, Moment};
use crate::lang::{Lang, Words};
use crate::origin::Sources;
use crate::period::{Period, Span};
use crate::problem::{Kind, Place, Problem};
use crate::recast::{Frame, Recast};

/// What one unit sent of one measure in parts of the year.
#[derive(Default)]
struct Sent {
    months: Months,
    first: Option<usize>,
    /// Some figure of it has a value for the year.
    has_year: bool,
}

/// Months of the year, as bits.
type Months = u16;
/// What a unit lacks, and from which units of another time.
type Gap = (UnitId, Months, BTreeSet<UnitId>);

/// What was sent of one measure, by unit: those of the report, and those of other times by frame and node.
#[derive(Default)]
struct All {
    units: BTreeMap<(UnitId, MeasureId), Sent>,
    before: BTreeMap<(usize, usize, MeasureId), Months>,
}

/// Units that sent parts of the year from which no year can be made.
pub(super) fn problems(
    question: &Question<'_>,
    facts: &[Fact],
    sources: &Sources,
    period: Period,
) -> Vec<Problem> {
    let mut all = All::default();
    for (i, fact) in facts
        .iter()
        .enumerate()
        .filter(|(_, f)| takes_part(f.period, period))
    {
        let frame = question.recast.and_then(|r| Some((r, r.frame_of(fact)?)));
        match frame {
            Some((recast, frame)) => all.take_before(question, recast, frame, (i, fact), period),
            None => all.take(question, (i, fact), period),
        }
    }
    // One line for a unit and what it lacks, whatever the measures.
    let mut gaps: BTreeMap<Gap, (usize, BTreeSet<MeasureId>)> = BTreeMap::new();
    for ((place, measure), sent) in &all.units {
        let (Some(first), false) = (sent.first, sent.has_year) else {
            continue;
        };
        let (missing, whose) = all.missing(question, *place, *measure, sent.months);
        if missing != 0 {
            let gap = gaps
                .entry((*place, missing, whose))
                .or_insert((first, BTreeSet::new()));
            gap.0 = gap.0.min(first);
            gap.1.insert(*measure);
        }
    }
    let problem = |((place, missing, whose), (first, measures)): (_, (usize, BTreeSet<MeasureId>))| {
        let origin = facts[first].origin;
        let sheet = sources.sheet(origin.sheet);
        let cell = Place::file(sources.file(sheet.file).name.clone())
            .sheet(sheet.name.clone())
            .cell(origin.cell);
        let said = |lang: Lang| {
            said(
                question,
                place,
                in_words(missing, period.year, lang),
                &whose,
                lang,
            )
        };
        let kind = Kind::YearUnfinished {
            missing: Words::new(said(Lang::Vi), said(Lang::En)),
            what: some_names(question, &measures),
        };
        Problem::new(cell, kind)
    };
    gaps.into_iter().map(problem).collect()
}

impl All {
    /// A figure of a unit of the report.
    fn take(&mut self, question: &Question<'_>, (index, fact): (usize, &Fact), period: Period) {
        let Some(place) = question
            .tree
            .stands_for(&question.catalogue.localities, fact.place)
        else {
            return;
        };
        let year = question.rolled.get(fact.series(), Moment::new(place, period));
        self.units
            .entry((place, fact.measure))
            .or_default()
            .add(index, fact.period, year.is_some());
    }

    /// A figure of a unit of another time: it is missing or not in the units that its ground went to.
    fn take_before(
        &mut self,
        question: &Question<'_>,
        recast: &Recast,
        index: usize,
        (at, fact): (usize, &Fact),
        period: Period,
    ) {
        let Some(frame) = recast.frames.get(index) else {
            return;
        };
        let tree = &frame.tree;
        let unit = tree.stands_for(&question.catalogue.localities, fact.place);
        let Some((unit, node)) = unit.and_then(|u| Some((u, tree.find(u)?))) else {
            return;
        };
        let year = frame
            .rolled
            .get(fact.series(), Moment::new(unit, period))
            .is_some();
        // What a district sent is there for all of its communes.
        let size = tree.nodes.get(node).map_or(1, |n| n.size as usize);
        for below in node..node + size {
            *self.before.entry((index, below, fact.measure)).or_default() |= months(fact.period.span);
        }
        for hold in frame.lowest_holds(node).iter().filter(|h| h.part != Part::NONE) {
            let Some(leaf) = question.tree.nodes.get(hold.node) else {
                continue;
            };
            let sent = self.units.entry((leaf.unit, fact.measure)).or_default();
            // The months are those of the unit before, not its own.
            sent.first.get_or_insert(at);
            sent.has_year |= year;
        }
    }

    /// The months that a unit lacks, and of which units of another time, if not of all that had its ground.
    fn missing(
        &self,
        question: &Question<'_>,
        place: UnitId,
        measure: MeasureId,
        own: Months,
    ) -> (Months, BTreeSet<UnitId>) {
        let lacking = ALL_MONTHS & !own;
        let Some((recast, node)) = question.recast.zip(question.tree.find(place)) else {
            return (lacking, BTreeSet::new());
        };
        let sent = |frame: usize, at: usize| self.before.get(&(frame, at, measure)).copied().unwrap_or(0);
        let mut missing = 0;
        let mut without = BTreeSet::new();
        let (mut any, mut complete) = (false, false);
        for (index, frame) in recast.frames.iter().enumerate() {
            let those = predecessors(question, frame, node);
            if !those.iter().any(|at| sent(index, *at) != 0) {
                continue;
            }
            any = true;
            for at in those {
                let lacks = lacking & !sent(index, at);
                complete |= lacks == 0;
                missing |= lacks;
                if lacks != 0 {
                    without.extend(frame.tree.nodes.get(at).map(|n| n.unit));
                }
            }
        }
        match (any, complete) {
            (false, _) => (lacking, BTreeSet::new()),
            (true, false) => (missing, BTreeSet::new()),
            (true, true) => (missing, without),
        }
    }
}

/// The lowest units of another time that had people of a unit of the report; those of all below an upper one.
fn predecessors(question: &Question<'_>, frame: &Frame, node: usize) -> Vec<usize> {
    let lives = |at: &usize| {
        let mut holds = frame.lowest_holds(*at).iter();
        holds.any(|h| h.part != Part::NONE && question.tree.line(h.node).any(|n| n == node))
    };
    frame.touching(node).iter().copied().filter(lives).collect()
}

impl Sent {
    fn add(&mut self, index: usize, of: Period, has_year: bool) {
        self.months |= months(of.span);
        self.first.get_or_insert(index);
        self.has_year |= has_year;
    }
}

/// `xã Lâm Sơn: thiếu 6 tháng đầu năm 2025 của xã Lương Sơn`.
fn said(
    question: &Question<'_>,
    place: UnitId,
    missing: String,
    whose: &BTreeSet<UnitId>,
    lang: Lang,
) -> String {
    const NAMED: usize = 4;
    let name = |unit: &UnitId| question.catalogue.localities.unit(*unit).name_in(lang);
    let mut out = format!("{}: {} {missing}", name(&place), lang.pick("thiếu", "missing"));
    if !whose.is_empty() {
        let names: Vec<String> = whose.iter().take(NAMED).map(name).collect();
        let names = names.join(", ");
        out.push_str(&lang.pick(format!(" của {names}"), format!(" from {names}")));
    }
    if let Some(more) = whose.len().checked_sub(NAMED).filter(|n| *n > 0) {
        out.push_str(&lang.pick(format!(" và {more} đơn vị khác"), format!(" and {more} more")));
    }
    out
}

fn some_names(question: &Question<'_>, measures: &BTreeSet<MeasureId>) -> Words {
    const NAMED: usize = 3;
    let mut words = question
        .catalogue
        .measure_names(measures.iter().take(NAMED).copied());
    if let Some(more) = measures.len().checked_sub(NAMED).filter(|n| *n > 0) {
        words.vi.push_str(&format!(" và {more} loại số liệu khác"));
        words.en.push_str(&format!(" and {more} other kinds of figures"));
    }
    words
}

const ALL_MONTHS: Months = 0x0FFF;

/// The months of a span, one bit each.
fn months(span: Span) -> Months {
    let (first, last) = match span {
        Span::Year | Span::SchoolYear => (1, 12),
        Span::Half(h) => (6 * h - 5, 6 * h),
        Span::Quarter(q) => (3 * q - 2, 3 * q),
        Span::Month(m) => (m, m),
        Span::FirstMonths(m) => (1, m),
    };
    (first..=last).fold(0, |bits, month| bits | 1 << (month - 1))
}

/// `quý III, tháng 10`: halves, else quarters, else months.
fn in_words(missing: Months, year: i16, lang: Lang) -> String {
    let mut left = missing;
    let mut said = Vec::new();
    let spans = (1..=2)
        .map(Span::Half)
        .chain((1..=4).map(Span::Quarter))
        .chain((1..=12).map(Span::Month));
    for span in spans {
        let bits = months(span);
        if left & bits == bits {
            left &= !bits;
            said.push((bits.trailing_zeros(), Period { year, span }.words(lang)));
        }
    }
    said.sort();
    let said: Vec<String> = said.into_iter().map(|(_, words)| words).collect();
    said.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_in_the_widest_spans_in_their_order() {
        let sent = |spans: &[Span]| spans.iter().fold(0, |bits, s| bits | months(*s));
        let lacking = |spans: &[Span]| in_words(ALL_MONTHS & !sent(spans), 2024, Lang::En);
        let of = |span| Period { year: 2024, span }.words(Lang::En);
        assert_eq!(lacking(&[Span::Half(1)]), of(Span::Half(2)));
        assert_eq!(lacking(&[1, 2, 3].map(Span::Quarter)), of(Span::Quarter(4)));
        assert_eq!(
            lacking(&[Span::Half(2), Span::Quarter(1), Span::Month(5)]),
            format!("{}, {}", of(Span::Month(4)), of(Span::Month(6)))
        );
        assert_eq!(lacking(&[Span::FirstMonths(12)]), "");
    }
}
