//! Values in columns: sorted, each key once, found by two short searches.
//!
//! A nation has millions of values; a tree of keys would hold each at twice its size.

use rayon::prelude::*;

use super::Sum;
use crate::fact::{Moment, Series};

/// One value and what it is of.
pub(super) type Entry = (Series, Moment, Sum);

/// Values by series, then moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    /// Each series and where its values begin.
    series: Vec<(Series, usize)>,
    moments: Vec<Moment>,
    sums: Vec<Sum>,
}

impl Ledger {
    /// From entries in any order, no key twice.
    pub(super) fn new(entries: Vec<Vec<Entry>>) -> Ledger {
        let count = entries.iter().map(Vec::len).sum();
        let mut all: Vec<Entry> = Vec::with_capacity(count);
        entries.into_iter().for_each(|some| all.extend(some));
        all.par_sort_unstable_by_key(|(series, moment, _)| (*series, *moment));
        let mut ledger = Ledger {
            series: Vec::new(),
            moments: Vec::with_capacity(count),
            sums: Vec::with_capacity(count),
        };
        for (series, moment, sum) in all {
            if ledger.series.last().is_none_or(|(last, _)| *last != series) {
                ledger.series.push((series, ledger.moments.len()));
            }
            ledger.moments.push(moment);
            ledger.sums.push(sum);
        }
        ledger
    }

    pub(super) fn get(&self, series: Series, moment: Moment) -> Option<&Sum> {
        let at = self.series.binary_search_by_key(&series, |(s, _)| *s).ok()?;
        let (_, from) = *self.series.get(at)?;
        let until = self
            .series
            .get(at + 1)
            .map_or(self.moments.len(), |(_, from)| *from);
        let found = self.moments.get(from..until)?.binary_search(&moment).ok()?;
        self.sums.get(from + found)
    }

    /// In order of the keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Series, Moment, &Sum)> {
        let ends = self.series.iter().skip(1).map(|(_, from)| *from);
        let runs = self.series.iter().zip(ends.chain([self.moments.len()]));
        runs.flat_map(move |((series, from), until)| {
            let values = self.moments.iter().zip(&self.sums).take(until).skip(*from);
            values.map(|(moment, sum)| (*series, *moment, sum))
        })
    }

    /// Every series with a value, in order.
    pub(super) fn series(&self) -> impl Iterator<Item = Series> + '_ {
        self.series.iter().map(|(series, _)| *series)
    }

    pub(super) fn moments(&self) -> &[Moment] {
        &self.moments
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn a_ledger_finds_what_a_tree_of_keys_finds(
            keys in prop::collection::btree_set((0u64..9, 0u64..9), 0..60),
        ) {
            let entry = |(s, m): &(u64, u64)| (Series(*s), Moment(*m), Sum::reported((s * 10 + m) as i64));
            let tree: BTreeMap<_, _> = keys.iter().map(entry).map(|(s, m, sum)| ((s, m), sum)).collect();
            let (even, odd): (Vec<_>, Vec<_>) = keys.iter().rev().map(entry).partition(|(s, ..)| s.0 % 2 == 0);
            let ledger = Ledger::new(vec![even, odd]);
            for s in 0..10 {
                for m in 0..10 {
                    let key = (Series(s), Moment(m));
                    prop_assert_eq!(ledger.get(key.0, key.1), tree.get(&key));
                }
            }
            let walked: Vec<_> = ledger.iter().map(|(s, m, sum)| ((s, m), *sum)).collect();
            prop_assert_eq!(walked, tree.into_iter().collect::<Vec<_>>());
        }
    }
}
