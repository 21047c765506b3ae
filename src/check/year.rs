//! A span of time that was reported beside shorter ones in it: the year beside its halves, the half beside
//! its quarters.
//!
//! Only flows add up over time. Where the shorter spans make up the whole, they must give its figure; where
//! some are missing, those that are there may not exceed it. Each span keeps its own figure; a difference
//! is said. For persons the whole may be smaller than the sum: the same victim can stand in both halves;
//! but it is never smaller than any one of them.

use std::collections::BTreeMap;

use super::Evidence;
use crate::classification::Flow;
use crate::classification::locality::UnitId;
use crate::fact::Series;
use crate::lang::{Lang, Words};
use crate::period::{Period, Span};
use crate::problem::{Kind, Problem};
use crate::quantity::{Unit, print_plain};

/// One reported span of a year.
struct Reported {
    span: Span,
    /// First and last month.
    months: (u8, u8),
    /// Of all senders.
    value: i64,
    first: usize,
}

pub(super) fn compare(evidence: &Evidence<'_>, kept: &[usize], problems: &mut Vec<Problem>) {
    let facts = kept.iter().map(|i| (*i, &evidence.facts[*i]));
    let flows = facts.filter(|(_, fact)| evidence.catalogue.measures.get(fact.measure).flow == Flow::Flow);
    let mut told: Vec<(Series, UnitId, i16, Span, usize)> = flows
        .map(|(i, fact)| (fact.series(), fact.place, fact.period.year, fact.period.span, i))
        .collect();
    told.sort_unstable();
    for of_year in told.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
        let Some((series, place, year, span, _)) = of_year.first().copied() else {
            continue;
        };
        if of_year.iter().all(|(_, _, _, other, _)| *other == span) {
            // One span alone has nothing to be compared with.
            continue;
        }
        let mut spans: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
        for (.., span, i) in of_year {
            spans.entry(*span).or_default().push(*i);
        }
        let reported = reported(evidence, &spans);
        let measure = evidence.catalogue.measures.get(series.measure());
        let unit = evidence.catalogue.localities.unit(place);
        for whole in &reported {
            let inside: Vec<&Reported> = reported.iter().filter(|part| part.is_inside(whole)).collect();
            let Some(found) = disagreement(whole, &inside, measure.unit == Unit::Persons) else {
                continue;
            };
            let what = evidence
                .catalogue
                .series_name(series.measure(), series.breakdown());
            let print = |v| print_plain(v, measure.decimals);
            let said = |lang: Lang, parts: &[&Reported], sign: &str| {
                let name = |r: &Reported| Period { year, span: r.span }.words(lang);
                let values: Vec<String> = parts.iter().map(|p| print(p.value)).collect();
                let names: Vec<String> = parts.iter().map(|p| name(p)).collect();
                let (unit, whole, of) = (unit.name_in(lang), name(whole), print(whole.value));
                format!(
                    "{unit}, {whole}: {of} {sign} {} ({})",
                    values.join(" + "),
                    names.join(", ")
                )
            };
            let values = |parts: &[&Reported], sign| {
                Words::new(said(Lang::Vi, parts, sign), said(Lang::En, parts, sign))
            };
            let kind = match found {
                Disagreement::Differs(parts) => Kind::PeriodDiffers {
                    what,
                    values: values(&parts, "≠"),
                },
                Disagreement::Exceeds(parts) => Kind::PeriodExceeds {
                    what,
                    values: values(&parts, "<"),
                },
            };
            problems.push(Problem::new(evidence.place_of(whole.first), kind));
        }
    }
}

impl Reported {
    fn is_inside(&self, whole: &Reported) -> bool {
        self.months != whole.months && whole.months.0 <= self.months.0 && self.months.1 <= whole.months.1
    }
}

/// The spans of a year by their months. Of two names for the same months the first counts.
fn reported(evidence: &Evidence<'_>, spans: &BTreeMap<Span, Vec<usize>>) -> Vec<Reported> {
    let mut found: BTreeMap<(u8, u8), Reported> = BTreeMap::new();
    for (span, facts) in spans {
        let (Some(months), Some(first)) = (months(*span), facts.first()) else {
            continue;
        };
        let values = facts.iter().map(|i| evidence.facts[*i].value);
        found.entry(months).or_insert(Reported {
            span: *span,
            months,
            value: values.fold(0, i64::saturating_add),
            first: *first,
        });
    }
    found.into_values().collect()
}

fn months(span: Span) -> Option<(u8, u8)> {
    match span {
        Span::Year => Some((1, 12)),
        Span::Half(half) => Some((6 * half - 5, 6 * half)),
        Span::Quarter(quarter) => Some((3 * quarter - 2, 3 * quarter)),
        Span::Month(month) => Some((month, month)),
        Span::FirstMonths(last) => Some((1, last)),
        Span::SchoolYear => None,
    }
}

enum Disagreement<'r> {
    /// The parts make up the whole and give another figure.
    Differs(Vec<&'r Reported>),
    /// Some parts, or one, give more than the whole.
    Exceeds(Vec<&'r Reported>),
}

fn disagreement<'r>(whole: &Reported, inside: &[&'r Reported], persons: bool) -> Option<Disagreement<'r>> {
    let sum = |parts: &[&Reported]| parts.iter().fold(0, |s: i64, p| s.saturating_add(p.value));
    let greatest = inside.iter().copied().max_by_key(|part| part.value)?;
    if greatest.value > whole.value {
        return Some(Disagreement::Exceeds(vec![greatest]));
    }
    if let Some(parts) = making_up(whole, inside) {
        let total = sum(&parts);
        let agrees = total == whole.value || persons && total > whole.value;
        return (!agrees).then_some(Disagreement::Differs(parts));
    }
    let most = most_apart(whole, inside);
    (!persons && sum(&most) > whole.value).then_some(Disagreement::Exceeds(most))
}

/// The longest parts that follow each other and fill the whole; none if a month is missing.
fn making_up<'r>(whole: &Reported, inside: &[&'r Reported]) -> Option<Vec<&'r Reported>> {
    let (first, last) = whole.months;
    // From each month on: the part that begins there, if the rest can be filled too.
    let mut filled: BTreeMap<u8, Option<&'r Reported>> = BTreeMap::from([(last + 1, None)]);
    for month in (first..=last).rev() {
        let begins = inside.iter().copied().filter(|part| part.months.0 == month);
        let fits = begins.filter(|part| filled.contains_key(&(part.months.1 + 1)));
        if let Some(longest) = fits.max_by_key(|part| part.months.1) {
            filled.insert(month, Some(longest));
        }
    }
    let mut parts = Vec::new();
    let mut month = first;
    while let Some(part) = filled.get(&month)? {
        parts.push(*part);
        month = part.months.1 + 1;
    }
    Some(parts)
}

/// The parts that do not overlap and add up to the most.
fn most_apart<'r>(whole: &Reported, inside: &[&'r Reported]) -> Vec<&'r Reported> {
    let (first, last) = whole.months;
    let mut best: BTreeMap<u8, (i64, Vec<&'r Reported>)> = BTreeMap::from([(last + 1, (0, Vec::new()))]);
    for month in (first..=last).rev() {
        let mut here = best.get(&(month + 1)).cloned().unwrap_or_default();
        for part in inside.iter().copied().filter(|part| part.months.0 == month) {
            let (rest, parts) = best.get(&(part.months.1 + 1)).cloned().unwrap_or_default();
            let sum = rest.saturating_add(part.value);
            if sum > here.0 {
                here = (sum, [vec![part], parts].concat());
            }
        }
        best.insert(month, here);
    }
    best.remove(&first).unwrap_or_default().1
}
