//! For whom an indicator is given: everybody, and each group of the dimensions it declares.

use std::collections::BTreeSet;

use super::Question;
use crate::classification::{Breakdown, CategoryId, Dimension, Measures};
use crate::definition::{Formula, Indicator, Term, Variant};

/// Everybody first, then the groups in the order of their lists.
pub(super) fn of(question: &Question<'_>, indicator: &Indicator, variant: &Variant) -> Vec<Breakdown> {
    let mut groups = vec![Breakdown::default()];
    let terms = variant.formula.terms();
    for dimension in splits(&question.catalogue.measures, indicator, variant) {
        let wanted = categories(question, dimension, &terms);
        groups.extend(
            wanted
                .into_iter()
                .map(|c| Breakdown::default().with(dimension, c)),
        );
    }
    groups
}

/// The dimensions by which an indicator is also given: declared, and open in every term.
pub fn splits(measures: &Measures, indicator: &Indicator, variant: &Variant) -> Vec<Dimension> {
    let Formula::Ratio { .. } = &variant.formula else {
        return Vec::new();
    };
    let terms = variant.formula.terms();
    // A term fixed to one category (women among all) has no split of its own; one that cannot be split would
    // put everybody under or over a group.
    let is_open = |dimension: Dimension| {
        terms.iter().all(|t| {
            let measure = measures.get(t.measure);
            t.breakdown.get(dimension).is_all() && measure.dimensions.contains(&dimension)
        })
    };
    indicator
        .breakdowns
        .iter()
        .copied()
        .filter(|d| is_open(*d))
        .collect()
}

/// The two main categories of sex and ethnicity always, and every other that has a figure.
fn categories(question: &Question<'_>, dimension: Dimension, terms: &[Term]) -> Vec<CategoryId> {
    let lists = &question.catalogue.lists;
    let measures: BTreeSet<_> = terms.iter().map(|t| t.measure).collect();
    let series = question
        .recast
        .map_or_else(|| question.rolled.series(), |r| r.series());
    let seen: BTreeSet<CategoryId> = series
        .into_iter()
        .filter(|s| measures.contains(&s.measure()))
        .map(|s| s.breakdown().get(dimension))
        .collect();
    let mut wanted = Vec::new();
    for list in lists.lists.iter().filter(|l| l.dimension == dimension) {
        let main = if list.partition && dimension != Dimension::Age {
            2
        } else {
            0
        };
        for (i, category) in list.categories.iter().enumerate() {
            if i < main || seen.contains(category) {
                wanted.push(*category);
            }
        }
    }
    wanted
}
