//! A year that was reported beside its parts: two halves, four quarters, twelve months.
//!
//! Only flows add up over time. The year's own figure is the one that is used; a difference is said.
//! For persons the year may be smaller: the same victim can stand in both halves.

use std::collections::BTreeMap;

use super::Evidence;
use crate::classification::Flow;
use crate::classification::locality::UnitId;
use crate::fact::Series;
use crate::lang::{Lang, Words};
use crate::period::Span;
use crate::problem::{Kind, Problem};
use crate::quantity::{Unit, print_plain};

pub(super) fn compare(evidence: &Evidence<'_>, kept: &[usize], problems: &mut Vec<Problem>) {
    let mut years: BTreeMap<(Series, UnitId, i16), BTreeMap<Span, Vec<usize>>> = BTreeMap::new();
    for i in kept {
        let fact = &evidence.facts[*i];
        let spans = years
            .entry((fact.series(), fact.place, fact.period.year))
            .or_default();
        spans.entry(fact.period.span).or_default().push(*i);
    }
    for ((series, place, _), spans) in years {
        let measure = evidence.catalogue.measures.get(series.measure());
        let year = spans
            .get(&Span::Year)
            .or_else(|| spans.get(&Span::FirstMonths(12)));
        let (Some(year), Flow::Flow) = (year, measure.flow) else {
            continue;
        };
        let sum = |indices: &[usize]| {
            indices
                .iter()
                .fold(0i64, |sum, i| sum.saturating_add(evidence.facts[*i].value))
        };
        let parts: [Vec<Span>; 3] = [
            (1..=2).map(Span::Half).collect(),
            (1..=4).map(Span::Quarter).collect(),
            (1..=12).map(Span::Month).collect(),
        ];
        for parts in parts {
            let found: Option<Vec<i64>> = parts.iter().map(|p| spans.get(p).map(|i| sum(i))).collect();
            let Some(found) = found else { continue };
            let whole = sum(year);
            let total = found.iter().fold(0i64, |s, v| s.saturating_add(*v));
            let agrees = total == whole || measure.unit == Unit::Persons && total > whole;
            let Some(first) = year.first().filter(|_| !agrees) else {
                continue;
            };
            let unit = evidence.catalogue.localities.unit(place);
            let print = |v| print_plain(v, measure.decimals);
            let values = |lang| format!("{}: {} ≠ {}", unit.name_in(lang), print(whole), print(total));
            let values = Words::new(values(Lang::Vi), values(Lang::En));
            let what = evidence
                .catalogue
                .series_name(series.measure(), series.breakdown());
            problems.push(Problem::new(
                evidence.place_of(*first),
                Kind::YearDiffers { what, values },
            ));
        }
    }
}
