//! Parts of a year into the year.
//!
//! A flow (births, victims) adds up: two halves, four quarters, twelve months, nine months and the last
//! quarter. A stock (people,
//! facilities) does not: its last reading stands for the year. "12 tháng" is the year, "6 tháng" the
//! half. A school year stands for the calendar year in which it ends.
//! Holds: a year that was reported is never replaced; a part that is missing makes no year.

use std::collections::BTreeMap;

use super::{Entry, Sheaf, Sum, add_sorted};
use crate::classification::{Flow, Measure, Measures, Spread};
use crate::fact::Moment;
use crate::period::{Period, Span};

/// The same span under its usual name: what is reported as the first stands for the second.
pub const RENAMED: [(Span, Span); 4] = [
    (Span::FirstMonths(3), Span::Quarter(1)),
    (Span::FirstMonths(6), Span::Half(1)),
    (Span::FirstMonths(12), Span::Year),
    (Span::SchoolYear, Span::Year),
];

/// Spans for which a later reading within them stands, the latest first.
pub const LAST_READINGS: [(Span, &[Span]); 2] = [
    (Span::Half(1), &[Span::Quarter(2), Span::Month(6)]),
    (Span::Year, &[Span::Half(2), Span::Quarter(4), Span::Month(12)]),
];

/// Spans and the parts that add up to them, in the order in which they are tried: what an earlier line
/// gives is a part of a later one.
pub fn parts_of_spans() -> Vec<(Span, Vec<Span>)> {
    let quarters = (1..=4u8).map(|q| {
        let months = [3 * q - 2, 3 * q - 1, 3 * q];
        (Span::Quarter(q), months.map(Span::Month).to_vec())
    });
    let halves = (1..=2u8).map(|h| (Span::Half(h), [2 * h - 1, 2 * h].map(Span::Quarter).to_vec()));
    // "9 tháng" and what came after it.
    let years = [
        (Span::Year, [1, 2].map(Span::Half).to_vec()),
        (Span::Year, vec![Span::FirstMonths(9), Span::Quarter(4)]),
    ];
    let first_months = (7..12).rev().map(|last| {
        let after = (last + 1..=12).map(Span::Month);
        (
            Span::Year,
            [Span::FirstMonths(last)].into_iter().chain(after).collect(),
        )
    });
    quarters.chain(halves).chain(years).chain(first_months).collect()
}

/// Whether parts of a year add up to the year; otherwise the last reading stands for it.
pub fn adds_over_time(measure: &Measure) -> bool {
    measure.flow == Flow::Flow && measure.spread != Spread::None
}

pub(super) fn fill(own: &mut Sheaf, measures: &Measures) {
    let parts = parts_of_spans();
    let mut found: Vec<Entry> = Vec::new();
    let year = |(series, moment, _): &Entry| (*series, moment.place(), moment.period().year);
    for reported in own.chunk_by(|a, b| year(a) == year(b)) {
        let Some((series, moment, _)) = reported.first().copied() else {
            continue;
        };
        let is_year = |(_, moment, _): &Entry| moment.period().span == Span::Year;
        if reported.iter().all(is_year) {
            // Nothing follows from a year.
            continue;
        }
        let in_spans = reported
            .iter()
            .map(|(_, moment, sum)| (moment.period().span, *sum));
        let mut spans: BTreeMap<Span, Sum> = in_spans.collect();
        let before: Vec<Span> = spans.keys().copied().collect();
        rename(&mut spans);
        match adds_over_time(measures.get(series.measure())) {
            true => parts
                .iter()
                .for_each(|(whole, of)| add_if_whole(&mut spans, *whole, of)),
            false => last_reading(&mut spans),
        }
        let year = moment.period().year;
        let made = spans.into_iter().filter(|(span, _)| !before.contains(span));
        found.extend(
            made.map(|(span, sum)| (series, Moment::new(moment.place(), Period { year, span }), sum)),
        );
    }
    add_sorted(own, found);
}

fn rename(spans: &mut BTreeMap<Span, Sum>) {
    for (from, to) in RENAMED {
        if let Some(sum) = spans.get(&from).copied() {
            spans.entry(to).or_insert(sum);
        }
    }
}

fn add_if_whole(spans: &mut BTreeMap<Span, Sum>, whole: Span, parts: &[Span]) {
    if spans.contains_key(&whole) {
        return;
    }
    let found: Option<Vec<Sum>> = parts.iter().map(|p| spans.get(p).copied()).collect();
    if let Some(found) = found {
        let value = found.iter().fold(0i64, |s, p| s.saturating_add(p.value));
        let contradicted = found.iter().any(|p| p.contradicted);
        spans.insert(
            whole,
            Sum {
                contradicted,
                ..Sum::derived(value)
            },
        );
    }
}

fn last_reading(spans: &mut BTreeMap<Span, Sum>) {
    for (whole, later) in LAST_READINGS {
        let last = later.iter().find_map(|span| spans.get(span).copied());
        if let (false, Some(sum)) = (spans.contains_key(&whole), last) {
            spans.insert(whole, Sum { derived: true, ..sum });
        }
    }
}
