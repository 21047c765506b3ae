//! What follows from a report though it was not printed: men = total - women, Kinh = total -
//! minority, all = men + women, minority = the sum of its single groups.
//!
//! Holds: a reported value is never replaced; nothing is derived from a contradicted value, and
//! nothing below zero. What is derived says so.

use std::collections::BTreeMap;

use super::{Sheaf, Sum};
use crate::classification::{CategoryId, CodeLists, Dimension};
use crate::fact::{Moment, Series};

pub(super) fn derive(own: &mut Sheaf, lists: &CodeLists) {
    groups_into_parents(own, lists);
    // Sex first, then ethnicity over what sex gave, then sex again within the derived ethnic groups.
    for dimension in [Dimension::Sex, Dimension::Ethnicity, Dimension::Sex] {
        for list in lists
            .lists
            .iter()
            .filter(|l| l.dimension == dimension && l.partition)
        {
            let top: Vec<CategoryId> = list
                .categories
                .iter()
                .copied()
                .filter(|c| lists.category(*c).parent.is_none())
                .collect();
            complete(own, dimension, &top);
        }
    }
    items_into_totals(own, lists);
}

/// Values of one dimension, everything else being equal.
type Slices = BTreeMap<(Series, Moment), BTreeMap<CategoryId, Sum>>;

fn slices(own: &Sheaf, dimension: Dimension) -> Slices {
    let mut slices = Slices::new();
    for ((series, moment), sum) in own {
        let breakdown = series.breakdown();
        let open = Series::new(series.measure(), breakdown.with(dimension, CategoryId::ALL));
        slices
            .entry((open, *moment))
            .or_default()
            .insert(breakdown.get(dimension), *sum);
    }
    slices
}

fn put(own: &mut Sheaf, open: Series, moment: Moment, dimension: Dimension, category: CategoryId, sum: Sum) {
    let series = Series::new(open.measure(), open.breakdown().with(dimension, category));
    own.entry((series, moment)).or_insert(sum);
}

/// The first two categories of a partition are each other's complement (men and women, Kinh and
/// minority); further ones (foreigners, not stated) are taken off where they were reported.
fn complete(own: &mut Sheaf, dimension: Dimension, top: &[CategoryId]) {
    let [first, second, others @ ..] = top else { return };
    for ((open, moment), slice) in slices(own, dimension) {
        let clean = |c: &CategoryId| slice.get(c).filter(|s| !s.contradicted).map(|s| s.value);
        let spoiled = slice.values().any(|s| s.contradicted);
        if spoiled {
            continue;
        }
        let others: i64 = others.iter().filter_map(clean).sum();
        let mut give = |category: CategoryId, value: Option<i64>| {
            if let Some(value) = value.filter(|v| *v >= 0) {
                put(own, open, moment, dimension, category, Sum::derived(value));
            }
        };
        match (clean(&CategoryId::ALL), clean(first), clean(second)) {
            (Some(all), None, Some(b)) => {
                give(*first, all.checked_sub(b).and_then(|v| v.checked_sub(others)))
            }
            (Some(all), Some(a), None) => {
                give(*second, all.checked_sub(a).and_then(|v| v.checked_sub(others)))
            }
            (None, Some(a), Some(b)) => give(
                CategoryId::ALL,
                a.checked_add(b).and_then(|v| v.checked_add(others)),
            ),
            _ => {}
        }
    }
}

/// Single ethnic groups add up to the wider group that contains them, where that was not reported.
fn groups_into_parents(own: &mut Sheaf, lists: &CodeLists) {
    for ((open, moment), slice) in slices(own, Dimension::Ethnicity) {
        let mut parents: BTreeMap<CategoryId, (i64, bool)> = BTreeMap::new();
        for (category, sum) in slice.iter().filter(|(c, _)| !c.is_all()) {
            if let Some(parent) = lists.category(*category).parent {
                let entry = parents.entry(parent).or_default();
                entry.0 = entry.0.saturating_add(sum.value);
                entry.1 |= sum.contradicted;
            }
        }
        for (parent, (value, contradicted)) in parents {
            let sum = Sum {
                contradicted,
                ..Sum::derived(value)
            };
            put(own, open, moment, Dimension::Ethnicity, parent, sum);
        }
    }
}

/// A list of items that divides the whole, fully reported, gives a total that was not.
fn items_into_totals(own: &mut Sheaf, lists: &CodeLists) {
    for ((open, moment), slice) in slices(own, Dimension::Item) {
        if slice.contains_key(&CategoryId::ALL) {
            continue;
        }
        let Some(list) = slice.keys().next().map(|c| lists.list(lists.category(*c).list)) else {
            continue;
        };
        let top = list
            .categories
            .iter()
            .filter(|c| lists.category(**c).parent.is_none());
        let parts: Option<Vec<&Sum>> = top.map(|c| slice.get(c)).collect();
        if let (Some(parts), true) = (parts, list.partition) {
            let value = parts.iter().fold(0i64, |s, p| s.saturating_add(p.value));
            let contradicted = parts.iter().any(|p| p.contradicted);
            let sum = Sum {
                contradicted,
                ..Sum::derived(value)
            };
            put(own, open, moment, Dimension::Item, CategoryId::ALL, sum);
        }
    }
}
