//! What a place itself reported, and what follows from that.

use rayon::prelude::*;

use super::complement::Rules;
use super::row::Known;
use super::{Entry, Sheaf};
use crate::check::CheckedFacts;
use crate::classification::locality::UnitId;
use crate::fact::{Fact, Moment, Series};

/// Every series that was reported, in order.
pub(super) fn series(checked: &CheckedFacts) -> Vec<Series> {
    const SOME: usize = 1 << 16;
    let mut found: Vec<Series> = [checked.facts(), checked.refused()]
        .into_par_iter()
        .flat_map(|facts| facts.par_chunks(SOME))
        .flat_map_iter(of_some)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn of_some(facts: &[Fact]) -> Vec<Series> {
    let mut found: Vec<Series> = Vec::new();
    for fact in facts {
        let series = fact.series();
        if let Err(at) = found.binary_search(&series) {
            found.insert(at, series);
        }
    }
    found
}

/// Adds the senders of one place, and what follows from the sums. An index beyond the facts is that of a refused
/// figure: nothing is known of it but that it was sent.
pub(super) fn values(checked: &CheckedFacts, rules: &Rules, place: UnitId, here: &[usize]) -> Sheaf {
    let facts = checked.facts();
    let fact = |i: usize| facts.get(i).or_else(|| checked.refused().get(i - facts.len()));
    let mut sent: Vec<(Moment, usize)> = here
        .iter()
        .filter_map(|i| Some((fact(*i)?.moment().at(place), *i)))
        .collect();
    sent.sort_unstable();
    let mut row = rules.row();
    let mut found: Vec<(u32, Moment, Known)> = Vec::with_capacity(sent.len());
    for of_period in sent.chunk_by(|a, b| a.0 == b.0) {
        for (_, i) in of_period {
            let Some(slot) = fact(*i).and_then(|fact| rules.slot(fact.series())) else {
                continue;
            };
            let known = match facts.get(*i) {
                Some(fact) => Known {
                    value: fact.value,
                    derived: false,
                    contradicted: checked.is_contradicted(*i),
                },
                None => Known {
                    value: 0,
                    derived: false,
                    contradicted: true,
                },
            };
            row.add(slot, known);
        }
        rules.follow(&mut row);
        if let Some((moment, _)) = of_period.first() {
            let all = row.there().iter();
            found.extend(all.filter_map(|slot| Some((*slot, *moment, row.get(*slot)?))));
        }
        row.clear();
    }
    by_series(rules, &found)
}

/// Periods come in order: counting how many values each series has gives every value its place.
fn by_series(rules: &Rules, found: &[(u32, Moment, Known)]) -> Sheaf {
    let mut next = vec![0usize; rules.series.len() + 1];
    for (slot, ..) in found {
        next[*slot as usize + 1] += 1;
    }
    for slot in 1..next.len() {
        next[slot] += next[slot - 1];
    }
    let Some((_, moment, known)) = found.first() else {
        return Vec::new();
    };
    let mut sheaf: Vec<Entry> = vec![(Series(0), *moment, known.sum()); found.len()];
    for (slot, moment, known) in found {
        let slot = *slot as usize;
        sheaf[next[slot]] = (rules.series[slot], *moment, known.sum());
        next[slot] += 1;
    }
    sheaf
}
