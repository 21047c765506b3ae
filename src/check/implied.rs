//! Values that the identities of the figures imply: a total of its parts, a part of its total.
//!
//! In:  checked facts, and cells that hold a figure nobody can read. Out: for a cell, the values that would set right
//!      what contradicts it, each with the cells it is worked out from.
//! Holds: a value is suggested only if with it fewer checks of its place fail (or, for a cell that cannot be read, no
//!        more); it is worked out from cells of the same file alone, so nothing of another unit is in it; nothing is
//!        ever changed by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{CheckedFacts, Evidence, of_place};
use crate::classification::locality::UnitId;
use crate::classification::{CategoryId, Dimension, MeasureId, Spread};
use crate::definition::{Catalogue, Relation};
use crate::fact::{Fact, Moment, Series};
use crate::origin::{CellOrigin, FileId, Sources};
use crate::text::is_one_slip;

/// A value for a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The figure as it would be.
    pub fact: Fact,
    /// What it is worked out from.
    pub from: Vec<Addend>,
}

/// One addend of a suggested value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addend {
    pub minus: bool,
    pub cell: CellOrigin,
}

/// More ways to set a contradiction right than this are no help.
const MOST: usize = 3;

/// Places with more figures than this are left alone: a sheet of a ministry's length makes no slips of one digit.
const LARGEST_PLACE: usize = 20_000;

/// All figures by what they are about.
pub struct Implied<'a> {
    catalogue: &'a Catalogue,
    sources: &'a Sources,
    facts: Vec<Fact>,
    /// From here on the values of `facts` are not known.
    known: usize,
    places: BTreeMap<UnitId, Vec<usize>>,
    tables: BTreeMap<(u32, MeasureId, Moment), Vec<usize>>,
    cells: BTreeMap<CellOrigin, Vec<usize>>,
    /// Checks that fail at a place as things are.
    failing: std::sync::Mutex<BTreeMap<UnitId, usize>>,
}

/// Terms that add up to nothing: the whole taken off its parts.
type Identity = Vec<(usize, i64)>;

impl<'a> Implied<'a> {
    /// `unread`: figures whose cells cannot be read; their values mean nothing.
    pub fn new(
        checked: &CheckedFacts,
        unread: impl IntoIterator<Item = Fact>,
        catalogue: &'a Catalogue,
        sources: &'a Sources,
    ) -> Implied<'a> {
        let mut facts = checked.facts.clone();
        let known = facts.len();
        facts.extend(&checked.refused);
        facts.extend(unread);
        let mut implied = Implied {
            catalogue,
            sources,
            known,
            places: BTreeMap::new(),
            tables: BTreeMap::new(),
            cells: BTreeMap::new(),
            failing: std::sync::Mutex::default(),
            facts: Vec::new(),
        };
        for (i, fact) in facts.iter().enumerate() {
            implied.places.entry(fact.place).or_default().push(i);
            let table = (fact.sender.0, fact.measure, fact.moment());
            implied.tables.entry(table).or_default().push(i);
            implied.cells.entry(fact.origin).or_default().push(i);
        }
        implied.facts = facts;
        implied
    }

    /// The place of the figure that a cell gave.
    pub fn place(&self, cell: CellOrigin) -> Option<UnitId> {
        let first = self.cells.get(&cell)?.first()?;
        Some(self.facts[*first].place)
    }

    /// Values that would set right what is wrong about a cell, all equally good; the first is the likeliest.
    pub fn suggestions(&self, cell: CellOrigin) -> Vec<Suggestion> {
        // A cell that gave several figures holds no number that could stand there instead.
        let Some([about]) = self.cells.get(&cell).map(Vec::as_slice) else {
            return Vec::new();
        };
        let file = self.file(*about);
        if self
            .places
            .get(&self.facts[*about].place)
            .is_none_or(|here| here.len() > LARGEST_PLACE)
        {
            return Vec::new();
        }
        let before = self.failing(self.facts[*about].place);
        let mut found: Vec<(usize, bool, usize, Suggestion)> = Vec::new();
        for identity in self.identities(*about) {
            let unknown: Vec<usize> = identity
                .iter()
                .map(|(i, _)| *i)
                .filter(|i| *i >= self.known)
                .collect();
            let sum = |but: usize| {
                let others = identity.iter().filter(|(i, _)| *i != but);
                others.fold(0i64, |sum, (i, sign)| {
                    sum.saturating_add(sign * self.facts[*i].value)
                })
            };
            let holds = unknown.is_empty() && sum(usize::MAX) == 0;
            if holds || identity.iter().any(|(i, _)| self.file(*i) != file) {
                continue;
            }
            for (rank, (term, sign)) in identity.iter().enumerate() {
                let apart = unknown.iter().all(|i| i == term) && (unknown.is_empty() || term == about);
                let value = sum(*term).saturating_mul(-sign);
                if !apart || value < 0 {
                    continue;
                }
                let fact = Fact {
                    value,
                    ..self.facts[*term]
                };
                let after = self.failing_with(fact.place, Some((*term, fact)));
                let better = after < before || !unknown.is_empty() && after == before;
                if !better {
                    continue;
                }
                let others = identity.iter().filter(|(i, _)| i != term);
                let from = others.map(|(i, other)| Addend {
                    minus: other * sign > 0,
                    cell: self.facts[*i].origin,
                });
                let old = self.facts[*term].value;
                let slip = unknown.is_empty() && is_one_slip(&old.to_string(), &value.to_string());
                let suggestion = Suggestion {
                    fact,
                    from: from.collect(),
                };
                found.push((after, !slip, rank, suggestion));
            }
        }
        found.sort_by_key(|(after, no_slip, rank, s)| (*after, *no_slip, *rank, s.fact.origin));
        let best = found.first().map(|(after, no_slip, ..)| (*after, *no_slip));
        let equal = found
            .into_iter()
            .filter(|(after, no_slip, ..)| Some((*after, *no_slip)) == best);
        let mut seen = BTreeSet::new();
        let new = |s: &Suggestion| seen.insert((s.fact.origin, s.fact.value));
        equal.map(|(.., s)| s).filter(new).take(MOST).collect()
    }

    /// A cell as if it were so much more, if that sets right what contradicts it: what a total of its column is off by.
    pub fn moved(&self, cell: CellOrigin, by: i64) -> Option<Fact> {
        let [about] = self.cells.get(&cell).map(Vec::as_slice)? else {
            return None;
        };
        let fact = *self.facts.get(*about).filter(|_| *about < self.known)?;
        let fact = Fact {
            value: fact.value.checked_add(by).filter(|value| *value >= 0)?,
            ..fact
        };
        let small = self.places.get(&fact.place)?.len() <= LARGEST_PLACE;
        let better = small && self.failing_with(fact.place, Some((*about, fact))) < self.failing(fact.place);
        better.then_some(fact)
    }

    /// Everything that a figure must add up with; of each the whole stands first.
    fn identities(&self, about: usize) -> Vec<Identity> {
        let mut all = self.divisions(about);
        all.extend(self.declared(about));
        all
    }

    /// A whole and its parts, of one sender.
    fn divisions(&self, about: usize) -> Vec<Identity> {
        let fact = &self.facts[about];
        let key = (fact.sender.0, fact.measure, fact.moment());
        let (Some(table), measure) = (self.tables.get(&key), self.catalogue.measures.get(fact.measure))
        else {
            return Vec::new();
        };
        if measure.spread == Spread::None {
            return Vec::new();
        }
        let lists = &self.catalogue.lists;
        let find = |breakdown| {
            table
                .iter()
                .copied()
                .find(|i| self.facts[*i].breakdown == breakdown)
        };
        let mut found = Vec::new();
        for dimension in Dimension::ALL {
            let whole = fact.breakdown.with(dimension, CategoryId::ALL);
            let Some(total) = find(whole) else { continue };
            let mut seen = BTreeSet::new();
            for i in table {
                let category = self.facts[*i].breakdown.get(dimension);
                if category.is_all() || self.facts[*i].breakdown.with(dimension, CategoryId::ALL) != whole {
                    continue;
                }
                let list = lists.list(lists.category(category).list);
                if !list.partition || !seen.insert(list.id.as_str()) {
                    continue;
                }
                let top = list
                    .categories
                    .iter()
                    .filter(|c| lists.category(**c).parent.is_none());
                let parts: Option<Vec<usize>> = top.map(|c| find(whole.with(dimension, *c))).collect();
                let Some(parts) = parts else { continue };
                let identity: Identity = std::iter::once((total, -1))
                    .chain(parts.into_iter().map(|part| (part, 1)))
                    .collect();
                if identity.iter().any(|(i, _)| *i == about) {
                    found.push(identity);
                }
            }
        }
        found
    }

    /// Sums that the catalogue declares to be equal, where each term is one figure.
    fn declared(&self, about: usize) -> Vec<Identity> {
        let fact = &self.facts[about];
        let Some(here) = self.places.get(&fact.place) else {
            return Vec::new();
        };
        let one = |series: Series| {
            let same = |i: &&usize| {
                let other = &self.facts[**i];
                other.moment() == fact.moment() && other.series() == series
            };
            let mut found = here.iter().filter(same);
            found.next().filter(|_| found.next().is_none()).copied()
        };
        let equal = self
            .catalogue
            .checks
            .iter()
            .filter(|c| c.relation == Relation::Equals);
        let about_it = equal.filter(|c| c.left.iter().chain(&c.right).any(|t| t.measure == fact.measure));
        about_it
            .filter_map(|check| {
                let left = check.left.iter().map(|t| (t, -1));
                let terms = left.chain(check.right.iter().map(|t| (t, 1)));
                let signed = terms.map(|(term, sign)| {
                    let found = one(Series::new(term.measure, term.breakdown))?;
                    Some((found, if term.minus { -sign } else { sign }))
                });
                signed.collect::<Option<Identity>>()
            })
            .filter(|identity| identity.iter().any(|(i, _)| *i == about))
            .collect()
    }

    fn file(&self, index: usize) -> FileId {
        self.sources.sheet(self.facts[index].origin.sheet).file
    }

    fn failing(&self, place: UnitId) -> usize {
        let known = |failing: &std::sync::Mutex<BTreeMap<UnitId, usize>>| {
            let failing = failing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            failing.get(&place).copied()
        };
        known(&self.failing).unwrap_or_else(|| {
            let found = self.failing_with(place, None);
            let failing = self.failing.lock();
            failing
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .insert(place, found);
            found
        })
    }

    /// How many checks of a place fail, perhaps with one figure in the place of another.
    fn failing_with(&self, place: UnitId, other: Option<(usize, Fact)>) -> usize {
        let here = self.places.get(&place).into_iter().flatten().copied();
        let facts: Vec<Fact> = here
            .filter_map(|i| match other {
                Some((own, fact)) if own == i => Some(fact),
                _ => (i < self.known).then(|| self.facts[i]),
            })
            .collect();
        let evidence = Evidence {
            catalogue: self.catalogue,
            sources: self.sources,
            facts: &facts,
        };
        let indices: Vec<usize> = (0..facts.len()).collect();
        of_place(&evidence, &indices).problems.len()
    }
}
