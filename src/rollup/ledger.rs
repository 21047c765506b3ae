//! Values in columns: sorted, each key once, found by two short searches.
//!
//! A nation has millions of values; a tree of keys would hold each at twice its size.

use std::collections::BTreeMap;
use std::ops::Range;

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

/// Entries of one series in a sheaf.
struct Run {
    series: Series,
    range: Range<usize>,
}

fn runs(sheaf: &[Entry]) -> Vec<Run> {
    let mut from = 0;
    let of_one = sheaf.chunk_by(|a, b| a.0 == b.0);
    of_one
        .filter_map(|entries| {
            let range = from..from + entries.len();
            from = range.end;
            let series = entries.first()?.0;
            Some(Run { series, range })
        })
        .collect()
}

impl Ledger {
    /// From sheaves, each the entries of one place in their order, no place and no key twice.
    ///
    /// Moments are in the order of places first: so the entries of a series are those of one sheaf after the
    /// other, and nothing needs to be sorted.
    pub(super) fn new(sheaves: Vec<Vec<Entry>>) -> Ledger {
        let mut sheaves = sheaves;
        sheaves.retain(|sheaf| !sheaf.is_empty());
        sheaves.sort_by_key(|sheaf| sheaf.first().map(|(_, moment, _)| moment.place()));
        let runs: Vec<Vec<Run>> = sheaves.par_iter().map(|sheaf| runs(sheaf)).collect();
        let mut counts: BTreeMap<Series, usize> = BTreeMap::new();
        for run in runs.iter().flatten() {
            *counts.entry(run.series).or_default() += run.range.len();
        }
        let count = counts.values().sum();
        let mut ledger = Ledger {
            series: Vec::with_capacity(counts.len()),
            moments: vec![Moment(0); count],
            sums: vec![Sum::reported(0); count],
        };
        let (mut moments, mut sums) = (ledger.moments.as_mut_slice(), ledger.sums.as_mut_slice());
        let mut columns = Vec::with_capacity(counts.len());
        let mut from = 0;
        for (series, count) in counts {
            let (own, rest) = std::mem::take(&mut moments).split_at_mut(count);
            moments = rest;
            let (of_own, rest) = std::mem::take(&mut sums).split_at_mut(count);
            sums = rest;
            columns.push((series, own, of_own));
            ledger.series.push((series, from));
            from += count;
        }
        columns.into_par_iter().for_each(|(series, moments, sums)| {
            let mut places = moments.iter_mut().zip(sums);
            for (sheaf, runs) in sheaves.iter().zip(&runs) {
                let run = runs.binary_search_by_key(&series, |run| run.series);
                let run = run.ok().and_then(|at| runs.get(at));
                let entries = run.and_then(|run| sheaf.get(run.range.clone()));
                for ((_, from, value), (moment, sum)) in entries.into_iter().flatten().zip(&mut places) {
                    (*moment, *sum) = (*from, *value);
                }
            }
        });
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
    use crate::classification::locality::UnitId;
    use crate::period::Period;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_ledger_finds_what_a_tree_of_keys_finds(
            keys in prop::collection::btree_set((0u64..9, 0u32..5, 0i16..4), 0..80),
        ) {
            let moment = |place, year| Moment::new(UnitId(place), Period::year(2000 + year));
            let mut tree: BTreeMap<(Series, Moment), Sum> = BTreeMap::new();
            // Places in no order, one with nothing.
            let mut sheaves: BTreeMap<u32, Vec<Entry>> = BTreeMap::from([(9, Vec::new())]);
            for (series, place, year) in keys {
                let value = (series * 100) as i64 + i64::from(place) * 10 + i64::from(year);
                let entry = (Series(series), moment(place, year), Sum::reported(value));
                tree.insert((entry.0, entry.1), entry.2);
                sheaves.entry((place + 3) % 5).or_default().push(entry);
            }
            let ledger = Ledger::new(sheaves.into_values().collect());
            for s in 0..10 {
                for (place, year) in (0..6).flat_map(|p| (0..5).map(move |y| (p, y))) {
                    let key = (Series(s), moment(place, year));
                    prop_assert_eq!(ledger.get(key.0, key.1), tree.get(&key));
                }
            }
            let walked: Vec<_> = ledger.iter().map(|(s, m, sum)| ((s, m), *sum)).collect();
            prop_assert_eq!(walked, tree.into_iter().collect::<Vec<_>>());
        }
    }
}
