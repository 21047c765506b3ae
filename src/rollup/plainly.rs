//! What follows from a report, worked out value by value: slow and plain, to prove [`super::complement`] by.

use super::{Sheaf, Sum, add_sorted};
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

/// A value by its category of one dimension.
#[derive(Clone, Copy)]
struct InSlice {
    /// The series with the dimension open.
    open: Series,
    moment: Moment,
    category: CategoryId,
    sum: Sum,
}

/// The value of a category, if there is one.
fn of(slice: &[InSlice], category: CategoryId) -> Option<&Sum> {
    let found = slice.iter().find(|s| s.category == category);
    found.map(|s| &s.sum)
}

/// Walks over the values of one dimension, everything else being equal, and adds what follows from them.
fn derive_each(own: &mut Sheaf, dimension: Dimension, follows: impl Fn(&[InSlice], &mut Found)) {
    let mut all: Vec<InSlice> = own
        .iter()
        .map(|(series, moment, sum)| {
            let breakdown = series.breakdown();
            InSlice {
                open: Series::new(series.measure(), breakdown.with(dimension, CategoryId::ALL)),
                moment: *moment,
                category: breakdown.get(dimension),
                sum: *sum,
            }
        })
        .collect();
    all.sort_by_key(|s| (s.open, s.moment, s.category));
    let mut found = Found {
        dimension,
        entries: Vec::new(),
    };
    for slice in all.chunk_by(|a, b| (a.open, a.moment) == (b.open, b.moment)) {
        follows(slice, &mut found);
    }
    add_sorted(own, found.entries);
}

/// What follows; each for a category that its slice has no value of.
struct Found {
    dimension: Dimension,
    entries: Vec<super::Entry>,
}

impl Found {
    fn put(&mut self, slice: &[InSlice], category: CategoryId, sum: Sum) {
        if let (Some(first), None) = (slice.first(), of(slice, category)) {
            let breakdown = first.open.breakdown().with(self.dimension, category);
            let series = Series::new(first.open.measure(), breakdown);
            self.entries.push((series, first.moment, sum));
        }
    }
}

/// The first two categories of a partition are each other's complement (men and women, Kinh and
/// minority); further ones (foreigners, not stated) are taken off where they were reported.
fn complete(own: &mut Sheaf, dimension: Dimension, top: &[CategoryId]) {
    let [first, second, others @ ..] = top else { return };
    derive_each(own, dimension, |slice, found| {
        if slice.iter().any(|s| s.sum.contradicted) {
            return;
        }
        let value = |c: &CategoryId| of(slice, *c).map(|s| s.value);
        let others: i64 = others.iter().filter_map(value).sum();
        let mut give = |category: CategoryId, value: Option<i64>| {
            if let Some(value) = value.filter(|v| *v >= 0) {
                found.put(slice, category, Sum::derived(value));
            }
        };
        match (value(&CategoryId::ALL), value(first), value(second)) {
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
    });
}

/// Values added up as one that is derived.
fn together<'a>(parts: impl Iterator<Item = &'a Sum>) -> Sum {
    parts.fold(Sum::derived(0), |sum, part| Sum {
        value: sum.value.saturating_add(part.value),
        contradicted: sum.contradicted || part.contradicted,
        ..sum
    })
}

/// Single ethnic groups add up to the wider group that contains them, where that was not reported. A few groups beside
/// a total may be some of many: they are all only if "others" are among them; else total and Kinh give the rest.
fn groups_into_parents(own: &mut Sheaf, lists: &CodeLists) {
    let parent = |s: &InSlice| (!s.category.is_all()).then(|| lists.category(s.category).parent)?;
    derive_each(own, Dimension::Ethnicity, |slice, found| {
        let mut parents: Vec<CategoryId> = slice.iter().filter_map(parent).collect();
        parents.sort_unstable();
        parents.dedup();
        let is_rest = |s: &InSlice| !lists.category(s.category).among.is_empty();
        if of(slice, CategoryId::ALL).is_some() && !slice.iter().any(|s| parent(s).is_some() && is_rest(s)) {
            return;
        }
        for wider in parents {
            let inside = slice.iter().filter(|s| parent(s) == Some(wider));
            found.put(slice, wider, together(inside.map(|s| &s.sum)));
        }
    });
}

/// A list of items that divides the whole, fully reported, gives a total that was not.
fn items_into_totals(own: &mut Sheaf, lists: &CodeLists) {
    derive_each(own, Dimension::Item, |slice, found| {
        let Some(first) = slice.first().filter(|s| !s.category.is_all()) else {
            return;
        };
        let list = lists.list(lists.category(first.category).list);
        let top = list
            .categories
            .iter()
            .filter(|c| lists.category(**c).parent.is_none());
        let parts: Option<Vec<&Sum>> = top.map(|c| of(slice, *c)).collect();
        if let (Some(parts), true) = (parts, list.partition) {
            found.put(slice, CategoryId::ALL, together(parts.into_iter()));
        }
    });
}
