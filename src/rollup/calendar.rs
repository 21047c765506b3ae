//! Parts of a year into the year.
//!
//! A flow (births, victims) adds up: two halves, four quarters, twelve months, nine months and the last
//! quarter. A stock (people,
//! facilities) does not: its last reading stands for the year. "12 tháng" is the year, "6 tháng" the
//! half. A school year stands for the calendar year in which it ends.
//! Holds: a year that was reported is never replaced; a part that is missing makes no year.

use std::collections::BTreeMap;

use super::{Sheaf, Sum};
use crate::classification::locality::UnitId;
use crate::classification::{Flow, Measures, Spread};
use crate::fact::{Moment, Series};
use crate::period::{Period, Span};

pub(super) fn fill(own: &mut Sheaf, measures: &Measures) {
    let mut years: BTreeMap<(Series, UnitId, i16), BTreeMap<Span, Sum>> = BTreeMap::new();
    for ((series, moment), sum) in own.iter() {
        let period = moment.period();
        years
            .entry((*series, moment.place(), period.year))
            .or_default()
            .insert(period.span, *sum);
    }
    for ((series, place, year), mut spans) in years {
        let before: Vec<Span> = spans.keys().copied().collect();
        let measure = measures.get(series.measure());
        rename(&mut spans);
        match (measure.flow, measure.spread) {
            (Flow::Flow, Spread::Total | Spread::Own) => add_parts(&mut spans),
            _ => last_reading(&mut spans),
        }
        for (span, sum) in spans {
            if !before.contains(&span) {
                own.insert((series, Moment::new(place, Period { year, span })), sum);
            }
        }
    }
}

/// The same span under its usual name.
fn rename(spans: &mut BTreeMap<Span, Sum>) {
    for (from, to) in [
        (Span::FirstMonths(3), Span::Quarter(1)),
        (Span::FirstMonths(6), Span::Half(1)),
        (Span::FirstMonths(12), Span::Year),
        (Span::SchoolYear, Span::Year),
    ] {
        if let Some(sum) = spans.get(&from).copied() {
            spans.entry(to).or_insert(sum);
        }
    }
}

fn add_parts(spans: &mut BTreeMap<Span, Sum>) {
    for quarter in 1..=4u8 {
        let months = [3 * quarter - 2, 3 * quarter - 1, 3 * quarter];
        add_if_whole(spans, Span::Quarter(quarter), &months.map(Span::Month));
    }
    for half in 1..=2u8 {
        add_if_whole(
            spans,
            Span::Half(half),
            &[2 * half - 1, 2 * half].map(Span::Quarter),
        );
    }
    add_if_whole(spans, Span::Year, &[1, 2].map(Span::Half));
    // "9 tháng" and what came after it.
    add_if_whole(spans, Span::Year, &[Span::FirstMonths(9), Span::Quarter(4)]);
    for last in (7..12).rev() {
        let after = (last + 1..=12).map(Span::Month);
        let parts: Vec<Span> = [Span::FirstMonths(last)].into_iter().chain(after).collect();
        add_if_whole(spans, Span::Year, &parts);
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
    let pick = |spans: &BTreeMap<Span, Sum>, candidates: &[Span]| -> Option<Sum> {
        candidates
            .iter()
            .find_map(|c| spans.get(c).copied())
            .map(|s| Sum { derived: true, ..s })
    };
    if let (false, Some(sum)) = (
        spans.contains_key(&Span::Half(1)),
        pick(spans, &[Span::Quarter(2), Span::Month(6)]),
    ) {
        spans.insert(Span::Half(1), sum);
    }
    if let (false, Some(sum)) = (
        spans.contains_key(&Span::Year),
        pick(spans, &[Span::Half(2), Span::Quarter(4), Span::Month(12)]),
    ) {
        spans.insert(Span::Year, sum);
    }
}
