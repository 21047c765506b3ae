//! Which reported figures are not the same in two runs, and why.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::Cause;
use crate::classification::locality::UnitId;
use crate::fact::{Fact, Moment, Series};
use crate::origin::{FileOutcome, Sources};

/// A reported figure of a run. Places, categories, files and senders of both runs have the same numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub fact: Fact,
    /// The sources contradict each other on it, or it cannot be.
    pub contradicted: bool,
}

/// What the rules see of a run.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    pub facts: &'a [Known],
    /// Outcome of each file by its digest, and by its name.
    pub by_digest: &'a BTreeMap<String, FileOutcome>,
    pub by_name: &'a BTreeMap<String, FileOutcome>,
}

/// A difference: a figure before, after, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    pub cause: Cause,
    /// Index among the first run's figures.
    pub index: Option<usize>,
    pub before: Option<Known>,
    pub after: Option<Known>,
}

impl Edit {
    /// The figure it is about.
    pub fn about(&self) -> Option<&Fact> {
        self.after.as_ref().or(self.before.as_ref()).map(|k| &k.fact)
    }
}

/// The same figure: place and period, series, and the sender where each sender counts for itself.
type Key = (Moment, Series, Option<u32>);

fn key(known: &Known) -> Key {
    let fact = &known.fact;
    let sender = fact.senders.are_many().then_some(fact.sender.0);
    (fact.moment(), fact.series(), sender)
}

/// All differences. `asked_elsewhere`: the runs are about different places or periods, so that a figure of a
/// file that both have may be there in one run only.
pub fn edits(before: Sent<'_>, after: Sent<'_>, sources: &Sources, asked_elsewhere: bool) -> Vec<Edit> {
    let rules = Rules {
        before,
        after,
        sources,
        asked_elsewhere,
        places_before: places(before.facts),
        places_after: places(after.facts),
    };
    let (old, new) = (ordered(before.facts), ordered(after.facts));
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let at = |order: &[u32], facts: &[Known], n: usize| order.get(n).map(|k| key(&facts[*k as usize]));
        let first = match (at(&old, before.facts, i), at(&new, after.facts, j)) {
            (Some(a), Some(b)) => a.min(b),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => break,
        };
        let end = |order: &[u32], facts: &[Known], from: usize| {
            let here = order.iter().skip(from);
            from + here.take_while(|k| key(&facts[**k as usize]) == first).count()
        };
        let (i_end, j_end) = (end(&old, before.facts, i), end(&new, after.facts, j));
        rules.compare(&old[i..i_end], &new[j..j_end], &mut found);
        (i, j) = (i_end, j_end);
    }
    found.sort_by(by_cause_and_place);
    found
}

fn by_cause_and_place(a: &Edit, b: &Edit) -> Ordering {
    let order = |e: &Edit| e.about().map(|f| (f.moment(), f.series()));
    let cells = |e: &Edit| [e.before, e.after].map(|k| k.map(|k| (k.fact.origin, k.fact.value)));
    (a.cause, order(a))
        .cmp(&(b.cause, order(b)))
        .then(cells(a).cmp(&cells(b)))
}

fn places(facts: &[Known]) -> BTreeSet<UnitId> {
    facts.iter().map(|k| k.fact.place).collect()
}

/// The indices in the order of their keys; within a key by value, then cell.
fn ordered(facts: &[Known]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..facts.len() as u32).collect();
    order.sort_by_key(|i| {
        let known = &facts[*i as usize];
        (
            key(known),
            known.fact.value,
            known.contradicted,
            known.fact.origin,
        )
    });
    order
}

struct Rules<'a> {
    before: Sent<'a>,
    after: Sent<'a>,
    sources: &'a Sources,
    asked_elsewhere: bool,
    places_before: BTreeSet<UnitId>,
    places_after: BTreeSet<UnitId>,
}

impl Rules<'_> {
    /// The figures of one key. Equal ones cancel, wherever they stand; what is left is paired in order.
    fn compare(&self, old: &[u32], new: &[u32], found: &mut Vec<Edit>) {
        let same = |a: &Known, b: &Known| a.fact.value == b.fact.value && a.contradicted == b.contradicted;
        let mut after: Vec<Option<Known>> = new.iter().map(|j| Some(self.after.facts[*j as usize])).collect();
        let mut left = Vec::new();
        for i in old {
            let known = self.before.facts[*i as usize];
            let twin = after
                .iter_mut()
                .find(|a| a.as_ref().is_some_and(|a| same(a, &known)));
            match twin {
                Some(twin) => *twin = None,
                None => left.push((*i as usize, known)),
            }
        }
        let mut after = after.into_iter().flatten();
        for (index, known) in left {
            let next = after.next();
            found.push(self.edit(Some((index, known)), next));
        }
        found.extend(after.map(|known| self.edit(None, Some(known))));
    }

    fn edit(&self, before: Option<(usize, Known)>, after: Option<Known>) -> Edit {
        let index = before.map(|(index, _)| index);
        let before = before.map(|(_, known)| known);
        Edit {
            cause: self.cause(before.as_ref(), after.as_ref()),
            index,
            before,
            after,
        }
    }

    fn cause(&self, before: Option<&Known>, after: Option<&Known>) -> Cause {
        if [before, after].into_iter().flatten().any(|k| k.contradicted) {
            return Cause::Contradiction;
        }
        let unchanged = |known: &Known| {
            let digest = self.digest(known);
            let outcome = self.before.by_digest.get(digest);
            !digest.is_empty() && outcome.is_some() && outcome == self.after.by_digest.get(digest)
        };
        if [before, after].into_iter().flatten().all(unchanged) {
            return match self.asked_elsewhere && (before.is_none() || after.is_none()) {
                true => Cause::Asked,
                false => Cause::Reading,
            };
        }
        match (before, after) {
            (Some(_), Some(_)) => Cause::Corrected,
            (None, Some(new)) if !self.places_before.contains(&new.fact.place) => Cause::NewUnit,
            (None, Some(new)) => match self.before.by_name.contains_key(self.name(new)) {
                true => Cause::Corrected,
                false => Cause::Late,
            },
            (Some(old), None) if !self.places_after.contains(&old.fact.place) => Cause::Withdrawn,
            (Some(old), None) => match self.after.by_name.get(self.name(old)) {
                // A report that another took the place of: the figure is no longer in it.
                Some(FileOutcome::Read | FileOutcome::Superseded) => Cause::Corrected,
                _ => Cause::Withdrawn,
            },
            (None, None) => Cause::Unsplit,
        }
    }

    fn digest(&self, known: &Known) -> &str {
        let sheet = self.sources.sheet(known.fact.origin.sheet);
        &self.sources.file(sheet.file).sha256
    }

    fn name(&self, known: &Known) -> &str {
        let sheet = self.sources.sheet(known.fact.origin.sheet);
        &self.sources.file(sheet.file).name
    }
}

/// The first run's figures with these edits made. Order does not matter to any sum.
pub fn without(facts: &mut Vec<Option<Known>>, edits: &[Edit]) {
    for edit in edits {
        match edit.index.and_then(|index| facts.get_mut(index)) {
            Some(place) => *place = edit.after,
            None => facts.extend(edit.after.map(Some)),
        }
    }
}
