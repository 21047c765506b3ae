//! On whose units each figure stands.
//!
//! A figure stands on the base if its place is there, the same territory under whatever name. Else it
//! stands on the units of its own time. Where a period has figures that must stand on other units, its
//! figures of units that never changed stand beside them ([`super::beside`]), so that a province is summed
//! from one set of units and not from a mix.

use std::collections::{BTreeMap, BTreeSet};

use super::beside::{self, Ground};
use super::frame::{Hold, Reach};
use crate::check::CheckedFacts;
use crate::classification::locality::transfers::{Destination, Part, Transfers};
use crate::classification::locality::{Register, UnitId};
use crate::definition::Catalogue;
use crate::period::{Day, Period};
use crate::rollup::Tree;

/// In which frame each place of a period stands.
type Standing = BTreeMap<(UnitId, Period), usize>;
/// The units of another time, and where each lies on the base.
type Divided = (Tree, Vec<Reach>);
/// Where each lowest unit of another time lies on the base.
type Sources = BTreeMap<UnitId, Vec<Destination>>;

/// The trees of other times with what their units are on the base, and which figures stand on which.
pub(super) fn divide(
    checked: &CheckedFacts,
    base: &Tree,
    catalogue: &Catalogue,
) -> Result<(Vec<Divided>, Standing), String> {
    let register = &catalogue.localities;
    let facts = checked.facts().iter().chain(checked.refused());
    let places: BTreeSet<(UnitId, Period)> = facts.map(|f| (f.place, f.period)).collect();
    let foreign = |place: UnitId| base.stands_for(register, place).is_none();
    if !places.iter().any(|(place, _)| foreign(*place)) {
        return Ok((Vec::new(), Standing::new()));
    }
    let transfers = register.transfers()?;
    let own_days: Vec<Day> = places.iter().map(|(u, p)| own_day(register, *u, *p)).collect();
    let dates = dates_of_change(register, transfers, base, &own_days);
    let since = |day: Day| dates.range(..=day).next_back().copied();
    // One frame for each stretch of time without a change of this territory.
    let mut days: BTreeMap<Option<Day>, Day> = BTreeMap::new();
    for ((place, _), day) in places.iter().zip(&own_days) {
        if foreign(*place) && since(*day) != since(base.day) {
            let latest = days.entry(since(*day)).or_insert(*day);
            *latest = (*latest).max(*day);
        }
    }
    let keys: Vec<Option<Day>> = days.keys().copied().collect();
    let trees: Vec<Divided> = days
        .values()
        .map(|day| tree_of(register, transfers, base, *day))
        .collect();
    let stands_in = |frame: usize, place: UnitId| {
        let tree = trees.get(frame).map(|(tree, _)| tree);
        tree.is_some_and(|t| t.stands_for(register, place).is_some())
    };
    // Where figures must stand: in the frame of their own time, or on the base because their unit is of its
    // time only. The others are of units that never changed.
    let mut certain: BTreeMap<(UnitId, Period), Ground> = BTreeMap::new();
    let mut free: BTreeSet<(UnitId, Period)> = BTreeSet::new();
    for (key, day) in places.iter().zip(&own_days) {
        let (place, _) = *key;
        let own = keys.iter().position(|k| *k == since(*day));
        if foreign(place) {
            let own = own.filter(|frame| stands_in(*frame, place));
            certain.extend(own.map(|frame| (*key, Some(frame))));
        } else if (0..trees.len()).any(|frame| stands_in(frame, place)) {
            free.insert(*key);
        } else {
            certain.insert(*key, None);
        }
    }
    let grounds: Vec<(Ground, &Tree)> = std::iter::once((None, base))
        .chain(trees.iter().enumerate().map(|(i, (tree, _))| (Some(i), tree)))
        .collect();
    let facts = || checked.facts().iter().chain(checked.refused());
    let joined = beside::choose(register, &grounds, facts, &certain, &free);
    let standing = certain.into_iter().chain(joined);
    let standing = standing
        .filter_map(|(key, ground)| Some((key, ground?)))
        .collect();
    Ok((trees, standing))
}

/// The last day of the period if the place was in force, else the nearest day on which it was.
fn own_day(register: &Register, place: UnitId, period: Period) -> Day {
    let last = period.last_day();
    let unit = register.unit(place);
    match (unit.from, unit.until) {
        (Some(from), _) if last < from => from,
        (_, Some(until)) if until <= last => until.eve(),
        _ => last,
    }
}

/// Every date on which the territory of the base was divided anew, as far back and ahead as there are figures.
fn dates_of_change(register: &Register, transfers: &Transfers, base: &Tree, days: &[Day]) -> BTreeSet<Day> {
    let mut dates = BTreeSet::new();
    let ends = [days.iter().min(), days.iter().max()];
    for node in base.lowest() {
        let unit = base.nodes[node].unit;
        for then in ends.into_iter().flatten() {
            let found = transfers.destinations(register, unit, base.day, *then);
            let steps = found.iter().flat_map(|d| &d.steps);
            dates.extend(steps.filter_map(|s| transfers.get(*s)).map(|t| t.date));
        }
    }
    dates
}

/// The units of a day that have a part of the base's territory, as a tree; and where each lies on it.
fn tree_of(register: &Register, transfers: &Transfers, base: &Tree, day: Day) -> Divided {
    let mut sources = Sources::new();
    for node in base.lowest() {
        let unit = base.nodes[node].unit;
        for source in transfers.destinations(register, unit, base.day, day) {
            let ends = || transfers.destinations(register, source.unit, day, base.day);
            sources.entry(source.unit).or_insert_with(ends);
        }
    }
    let mut inside = Inside {
        register,
        base,
        day,
        sources: &sources,
        known: BTreeMap::new(),
    };
    let mut tops: BTreeSet<(String, UnitId)> = BTreeSet::new();
    for unit in sources.keys() {
        let mut top = *unit;
        while let Some(up) = register.parent(top, day).filter(|up| inside.holds(*up)) {
            top = up;
        }
        tops.insert((register.unit(top).code.clone(), top));
    }
    let tops: Vec<UnitId> = tops.into_iter().map(|(_, unit)| unit).collect();
    let tree = match tops.as_slice() {
        [one] if inside.holds(*one) => Tree::new(register, *one, day),
        _ => Tree::joined(register, base.nodes[0].unit, &tops, day),
    };
    let reach = reach(&tree, base, &sources);
    (tree, reach)
}

/// Whether all of a unit of the day lies in the territory of the base.
struct Inside<'a> {
    register: &'a Register,
    base: &'a Tree,
    day: Day,
    sources: &'a Sources,
    known: BTreeMap<UnitId, bool>,
}

impl Inside<'_> {
    fn holds(&mut self, unit: UnitId) -> bool {
        if let Some(known) = self.known.get(&unit) {
            return *known;
        }
        let children = self.register.children(unit, self.day);
        let level = self.register.unit(unit).level;
        let holds = match self.sources.get(&unit) {
            Some(ends) => ends.iter().all(|end| self.base.find(end.unit).is_some()),
            // The register has four levels; a table that loops must not hang us.
            None => {
                !children.is_empty()
                    && children
                        .into_iter()
                        .all(|c| self.register.unit(c).level > level && self.holds(c))
            }
        };
        self.known.insert(unit, holds);
        holds
    }
}

/// Where each unit lies on the base: the lowest by their transfers, the upper where all below them lie.
fn reach(tree: &Tree, base: &Tree, sources: &Sources) -> Vec<Reach> {
    let mut all: Vec<Reach> = vec![Reach::default(); tree.nodes.len()];
    for i in (0..tree.nodes.len()).rev() {
        let node = &tree.nodes[i];
        let ends = sources.get(&node.unit).filter(|_| node.children.is_empty());
        let mut reach = Reach::default();
        if let Some(ends) = ends {
            let mut parts: BTreeMap<usize, (Part, usize)> = BTreeMap::new();
            for Destination { unit, part, steps } in ends {
                reach.steps.extend(steps.iter().copied());
                let Some(leaf) = base.find(*unit) else { continue };
                reach.lowest.push(Hold {
                    node: leaf,
                    part: *part,
                });
                for above in base.line(leaf) {
                    let (sum, count) = parts.entry(above).or_insert((Part::NONE, 0));
                    *sum = sum.plus(*part);
                    *count += 1;
                }
            }
            let peopled = ends.iter().filter(|end| end.part != Part::NONE).count();
            let hold = |(node, (part, count)): (usize, (Part, usize))| {
                let is_all = count == ends.len();
                // Unknown parts of which none is missing are everybody.
                let held = ends.iter().filter(|end| {
                    let leaf = base.find(end.unit).filter(|_| end.part != Part::NONE);
                    leaf.is_some_and(|l| base.line(l).any(|n| n == node))
                });
                let part = match (is_all, held.count() == peopled) {
                    (true, _) => Part::Whole,
                    (false, true) if peopled > 0 => Part::ALL_PEOPLE,
                    _ => part,
                };
                Hold { node, part }
            };
            reach.holds = parts.into_iter().map(hold).collect();
        } else {
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            for child in &node.children {
                let whole = all[*child].holds.iter().filter(|h| h.part == Part::Whole);
                for hold in whole {
                    *counts.entry(hold.node).or_default() += 1;
                }
            }
            let held = counts
                .into_iter()
                .filter(|(_, count)| *count == node.children.len());
            let whole = |(node, _)| Hold {
                node,
                part: Part::Whole,
            };
            reach.holds = held.map(whole).collect();
        }
        reach.steps.sort_unstable();
        reach.steps.dedup();
        all[i] = reach;
    }
    all
}
