//! Parts against wholes within one report: no part above its whole; a division adds up.
//!
//! Only what one sender says of one measure, place and period is compared: two senders that
//! disagree are the business of `twice` and of the sums.

use std::collections::BTreeSet;

use super::{Evidence, Marks};
use crate::classification::{Breakdown, CategoryId, Dimension, MeasureId};
use crate::fact::Moment;
use crate::problem::{Kind, Problem};

/// What one sender says of one measure, place and period, by breakdown; of two the later.
struct Table(Vec<(Breakdown, usize)>);

impl Table {
    fn get(&self, breakdown: Breakdown) -> Option<usize> {
        let found = self.0.binary_search_by_key(&breakdown, |(b, _)| *b).ok()?;
        self.0.get(found).map(|(_, i)| *i)
    }
}

pub(super) fn compare(
    evidence: &Evidence<'_>,
    kept: &[usize],
    marks: &mut Marks,
    problems: &mut Vec<Problem>,
) {
    let mut all: Vec<(u32, MeasureId, Moment, Breakdown, usize)> = kept
        .iter()
        .map(|i| {
            let fact = &evidence.facts[*i];
            (fact.sender.0, fact.measure, fact.moment(), fact.breakdown, *i)
        })
        .collect();
    all.sort_unstable();
    for told in all.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
        let same = told.chunk_by(|a, b| a.3 == b.3);
        let table = Table(same.filter_map(|s| s.last().map(|(.., b, i)| (*b, *i))).collect());
        parts_above_wholes(evidence, &table, marks, problems);
        divisions(evidence, &table, problems);
    }
}

fn parts_above_wholes(
    evidence: &Evidence<'_>,
    table: &Table,
    marks: &mut Marks,
    problems: &mut Vec<Problem>,
) {
    let facts = evidence.facts;
    for (breakdown, part) in &table.0 {
        for dimension in Dimension::ALL {
            let Some(whole) = nearest_whole(evidence, table, *breakdown, dimension) else {
                continue;
            };
            // A mean of a part may exceed the mean of the whole; a count may not.
            let measure = evidence.catalogue.measures.get(facts[*part].measure);
            if measure.spread == crate::classification::Spread::None
                || facts[*part].value <= facts[whole].value
            {
                continue;
            }
            let cost = marks.mark(*part) + marks.mark(whole);
            let name = |i: usize| {
                evidence
                    .catalogue
                    .series_name(facts[i].measure, facts[i].breakdown)
            };
            let problem = Problem::new(
                evidence.place_of(*part),
                Kind::PartAboveWhole {
                    part: name(*part),
                    whole: name(whole),
                    values: format!(
                        "{} > {} ({})",
                        evidence.value(*part),
                        evidence.value(whole),
                        facts[whole].origin.cell
                    ),
                },
            );
            problems.push(problem.costing(cost));
        }
    }
}

/// The reported figure with one dimension widened by as little as possible.
fn nearest_whole(
    evidence: &Evidence<'_>,
    table: &Table,
    breakdown: Breakdown,
    dimension: Dimension,
) -> Option<usize> {
    let mut category = breakdown.get(dimension);
    while !category.is_all() {
        category = evidence
            .catalogue
            .lists
            .category(category)
            .parent
            .unwrap_or(CategoryId::ALL);
        if let Some(whole) = table.get(breakdown.with(dimension, category)) {
            return Some(whole);
        }
    }
    None
}

/// Where every top category of a partition is reported, they must add up to the whole.
fn divisions(evidence: &Evidence<'_>, table: &Table, problems: &mut Vec<Problem>) {
    let lists = &evidence.catalogue.lists;
    let mut seen = BTreeSet::new();
    for (breakdown, _) in &table.0 {
        for dimension in Dimension::ALL {
            let category = breakdown.get(dimension);
            if category.is_all() {
                continue;
            }
            let whole = breakdown.with(dimension, CategoryId::ALL);
            let list = lists.list(lists.category(category).list);
            let (Some(total), true) = (table.get(whole), list.partition) else {
                continue;
            };
            if !seen.insert((whole, dimension)) {
                continue;
            }
            let top = list
                .categories
                .iter()
                .filter(|c| lists.category(**c).parent.is_none());
            let parts: Option<Vec<usize>> = top.map(|c| table.get(breakdown.with(dimension, *c))).collect();
            let Some(parts) = parts else { continue };
            let sum = parts
                .iter()
                .fold(0i64, |s, i| s.saturating_add(evidence.facts[*i].value));
            let fact = &evidence.facts[total];
            let is_mean =
                evidence.catalogue.measures.get(fact.measure).spread == crate::classification::Spread::None;
            if sum != fact.value && !is_mean {
                let values: Vec<String> = parts.iter().map(|i| evidence.value(*i)).collect();
                problems.push(Problem::new(
                    evidence.place_of(total),
                    Kind::PartsDoNotAddUp {
                        parts: evidence.catalogue.series_name(fact.measure, fact.breakdown),
                        values: format!(
                            "{} = {} ≠ {}",
                            values.join(" + "),
                            evidence.amount(total, sum),
                            evidence.value(total)
                        ),
                    },
                ));
            }
        }
    }
}
