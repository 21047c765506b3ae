//! Figures and the period reported on: how many belong to others, and whose year is not whole.
//!
//! Holds: a report of a year from data of three quarters says so, for every unit that it concerns.

use std::collections::{BTreeMap, BTreeSet};

use super::{QualityLine, line};
use crate::classification::MeasureId;
use crate::classification::locality::UnitId;
use crate::evaluate::{Question, takes_part};
use crate::fact::{Fact, Moment};
use crate::lang::{Lang, Words};
use crate::origin::Sources;
use crate::period::{Period, Span};
use crate::problem::{Kind, Place, Problem};

/// How many figures each period has: a half-year report that cannot stand for the year is seen here.
pub(super) fn lines(facts: &[Fact], period: Period) -> Vec<QualityLine> {
    let counts = by_period(facts);
    let without = !facts.is_empty() && !counts.keys().any(|p| takes_part(*p, period));
    let mut lines: Vec<QualityLine> = counts
        .into_iter()
        .map(|(of, count)| {
            let (vi, en) = (of.words(Lang::Vi), of.words(Lang::En));
            line(
                ("Số liệu theo kỳ", "Figures by period"),
                (format!("{vi}: {count} số liệu"), format!("{en}: {count} figures")),
            )
        })
        .collect();
    if without {
        let (vi, en) = (period.words(Lang::Vi), period.words(Lang::En));
        lines.push(line(
            ("Số liệu theo kỳ", "Figures by period"),
            (
                format!("không có số liệu nào thuộc kỳ báo cáo ({vi})"),
                format!("no figure belongs to the period reported on ({en})"),
            ),
        ));
    }
    lines
}

fn by_period(facts: &[Fact]) -> BTreeMap<Period, usize> {
    let mut counts = BTreeMap::new();
    for fact in facts {
        *counts.entry(fact.period).or_default() += 1;
    }
    counts
}

/// What has to be said aloud about the periods of the facts.
pub fn problems(question: &Question<'_>, facts: &[Fact], sources: &Sources, period: Period) -> Vec<Problem> {
    let mut problems: Vec<Problem> = others(facts, period).into_iter().collect();
    if period.is_annual() {
        problems.extend(unfinished(question, facts, sources, period));
    }
    problems
}

fn others(facts: &[Fact], period: Period) -> Option<Problem> {
    let mut counts = by_period(facts);
    counts.retain(|of, _| !takes_part(*of, period));
    let figures: usize = counts.values().sum();
    if figures == 0 {
        return None;
    }
    let said = |lang: Lang| {
        let all = counts.iter().map(|(of, n)| format!("{} ({n})", of.words(lang)));
        all.collect::<Vec<_>>().join(", ")
    };
    let kind = Kind::OtherPeriods {
        figures: u32::try_from(figures).unwrap_or(u32::MAX),
        periods: Words::new(said(Lang::Vi), said(Lang::En)),
        period: Words::new(period.words(Lang::Vi), period.words(Lang::En)),
    };
    Some(Problem::new(Place::default(), kind))
}

/// What one unit sent of one measure in parts of the year.
#[derive(Default)]
struct Sent {
    /// Months of the year, as bits.
    months: u16,
    first: Option<usize>,
    /// Some figure of it has a value for the year.
    has_year: bool,
}

/// Units that sent parts of the year from which no year can be made.
fn unfinished(question: &Question<'_>, facts: &[Fact], sources: &Sources, period: Period) -> Vec<Problem> {
    let register = &question.catalogue.localities;
    let mut sent: BTreeMap<(UnitId, MeasureId), Sent> = BTreeMap::new();
    for (i, fact) in facts
        .iter()
        .enumerate()
        .filter(|(_, f)| takes_part(f.period, period))
    {
        let Some(place) = question.tree.stands_for(register, fact.place) else {
            continue;
        };
        let year = question.rolled.get(fact.series(), Moment::new(place, period));
        let entry = sent.entry((place, fact.measure)).or_default();
        entry.months |= months(fact.period.span);
        entry.first.get_or_insert(i);
        entry.has_year |= year.is_some();
    }
    // One line for a unit and what it lacks, whatever the measures.
    let mut gaps: BTreeMap<(UnitId, u16), (usize, BTreeSet<MeasureId>)> = BTreeMap::new();
    for ((place, measure), sent) in sent {
        let missing = ALL_MONTHS & !sent.months;
        if let (Some(first), false, true) = (sent.first, sent.has_year, missing != 0) {
            let gap = gaps.entry((place, missing)).or_insert((first, BTreeSet::new()));
            gap.0 = gap.0.min(first);
            gap.1.insert(measure);
        }
    }
    gaps.into_iter()
        .map(|((place, missing), (first, measures))| {
            let unit = register.unit(place);
            let what = some_names(question, &measures);
            let origin = facts[first].origin;
            let sheet = sources.sheet(origin.sheet);
            let cell = Place::file(sources.file(sheet.file).name.clone())
                .sheet(sheet.name.clone())
                .cell(origin.cell);
            let said = |lang: Lang| {
                let (name, missing) = (unit.name_in(lang), in_words(missing, period.year, lang));
                format!("{name}: {} {missing}", lang.pick("thiếu", "missing"))
            };
            let kind = Kind::YearUnfinished {
                missing: Words::new(said(Lang::Vi), said(Lang::En)),
                what,
            };
            Problem::new(cell, kind)
        })
        .collect()
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

const ALL_MONTHS: u16 = 0x0FFF;

/// The months of a span, one bit each.
fn months(span: Span) -> u16 {
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
fn in_words(missing: u16, year: i16, lang: Lang) -> String {
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
