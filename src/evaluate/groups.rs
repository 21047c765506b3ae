//! For whom an indicator is given: everybody, and each group of the dimensions it declares.

use std::collections::BTreeSet;

use super::Question;
use crate::classification::{Breakdown, CategoryId, Dimension};
use crate::definition::{Formula, Indicator, Term, Variant};

/// Everybody first, then the groups in the order of their lists.
pub(super) fn of(question: &Question<'_>, indicator: &Indicator, variant: &Variant) -> Vec<Breakdown> {
    let mut groups = vec![Breakdown::default()];
    let Formula::Ratio {
        numerator,
        denominator,
        ..
    } = &variant.formula
    else {
        return groups;
    };
    let terms: Vec<&Term> = numerator.iter().chain(denominator).collect();
    for dimension in &indicator.breakdowns {
        let open = terms.iter().any(|t| t.breakdown.get(*dimension).is_all());
        // A term that cannot be split would put everybody under or over a group.
        let all_may = terms.iter().all(|t| {
            let measure = question.catalogue.measures.get(t.measure);
            !t.breakdown.get(*dimension).is_all() || measure.dimensions.contains(dimension)
        });
        // A term fixed to one category beside an open one (women among all) has no split of its own.
        let none_fixed = terms.iter().all(|t| t.breakdown.get(*dimension).is_all());
        if open && all_may && none_fixed {
            let wanted = categories(question, *dimension, &terms);
            groups.extend(
                wanted
                    .into_iter()
                    .map(|c| Breakdown::default().with(*dimension, c)),
            );
        }
    }
    groups
}

/// The two main categories of sex and ethnicity always, and every other that has a figure.
fn categories(question: &Question<'_>, dimension: Dimension, terms: &[&Term]) -> Vec<CategoryId> {
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
