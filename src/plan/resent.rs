//! Reports sent again: which of two stands, by what rule, and what is different in it.
//!
//! In:  what was read, in order; the office's log if it keeps one. Out: the sheets that no longer count, and a
//!      [`Resent`] for each.
//! Holds: two sheets are the same report if they follow one form and tell of the same units, periods and senders.
//!        The later stands: by the number in the name of its file ("lần 2"), else by the day in the log if it tells at
//!        least half of what the earlier told: two bodies may fill in different rows of one form. Where neither tells
//!        them apart nothing is dropped: figures that differ stay a contradiction.
//! Why nothing else decides: the time of a file changes when it is copied, and a guess would silently choose a figure.

use std::collections::{BTreeMap, BTreeSet};

use super::log::Log;
use super::reporting::words;
use crate::classification::locality::UnitId;
use crate::fact::{Fact, Moment, SenderId, Series};
use crate::lang::Words;
use crate::origin::{CellOrigin, FileId, SheetId, Sources};
use crate::period::{Day, Period};

/// A report that another one has replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resent {
    pub old: SheetId,
    pub new: SheetId,
    pub rule: Rule,
    /// Ordered by the cell of the old sheet.
    pub changes: Vec<Change>,
}

/// Why the later one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// "lần 1" and "lần 2"; a file without a number is the first.
    Numbered(u32, u32),
    /// By the log of received reports.
    Newer(Day, Day),
}

impl Rule {
    pub fn words(self) -> Words {
        match self {
            Rule::Numbered(old, new) => Words::new(
                format!("lần {new} thay lần {old}"),
                format!("number {new} in place of number {old}"),
            ),
            Rule::Newer(old, new) => Words::new(
                format!("nhận ngày {new} thay bản nhận ngày {old}"),
                format!("received on {new} in place of {old}"),
            ),
        }
    }
}

/// One figure that is not the same in both; none on one side: only the other has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub old: Option<Fact>,
    pub new: Option<Fact>,
}

/// What makes two sheets the same report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    form: String,
    places: BTreeSet<UnitId>,
    periods: BTreeSet<Period>,
    /// None where a place has one report, whoever sent it.
    senders: Option<BTreeSet<SenderId>>,
}

/// Takes the figures of replaced reports out of `facts`.
pub fn supersede(facts: &mut Vec<Fact>, sources: &Sources, log: Option<&Log>) -> Vec<Resent> {
    let mut sheets: BTreeMap<SheetId, Vec<Fact>> = BTreeMap::new();
    for fact in facts.iter() {
        sheets.entry(fact.origin.sheet).or_default().push(*fact);
    }
    let mut kinds: BTreeMap<Kind, Vec<SheetId>> = BTreeMap::new();
    for (id, facts) in &sheets {
        if let Some((form, _)) = &sources.sheet(*id).form {
            let many = facts.iter().any(|f| f.senders.are_many());
            let kind = Kind {
                form: form.clone(),
                places: facts.iter().map(|f| f.place).collect(),
                periods: facts.iter().map(|f| f.period).collect(),
                senders: many.then(|| facts.iter().map(|f| f.sender).collect()),
            };
            kinds.entry(kind).or_default().push(*id);
        }
    }
    let replaces = |old: SheetId, new: SheetId| {
        let rule = rule(sources, log, old, new)?;
        let counts = matches!(rule, Rule::Numbered(..)) || repeats(&sheets[&old], &sheets[&new]);
        counts.then_some(rule)
    };
    let mut resent = Vec::new();
    for same in kinds.values().filter(|same| same.len() > 1) {
        let standing = same
            .iter()
            .copied()
            .reduce(|best, other| match replaces(best, other) {
                Some(_) => other,
                None => best,
            });
        let Some(new) = standing else { continue };
        for old in same.iter().copied().filter(|old| *old != new) {
            if let Some(rule) = replaces(old, new) {
                let changes = changes(&sheets[&old], &sheets[&new]);
                resent.push(Resent {
                    old,
                    new,
                    rule,
                    changes,
                });
            }
        }
    }
    resent.sort_by_key(|r| r.old);
    facts.retain(|f| resent.iter().all(|r| r.old != f.origin.sheet));
    resent
}

/// Why `new` stands in place of `old`; none if nothing says so, or if both are of one file.
fn rule(sources: &Sources, log: Option<&Log>, old: SheetId, new: SheetId) -> Option<Rule> {
    let file = |sheet: SheetId| -> (FileId, &str) {
        let file = sources.sheet(sheet).file;
        (file, sources.file(file).name.as_str())
    };
    let ((old_file, old), (new_file, new)) = (file(old), file(new));
    if old_file == new_file {
        return None;
    }
    let (first, second) = (number(old), number(new));
    if first != second {
        let (first, second) = (first.unwrap_or(1), second.unwrap_or(1));
        return (first < second).then_some(Rule::Numbered(first, second));
    }
    let (first, second) = (log?.received(old)?, log?.received(new)?);
    (first < second).then_some(Rule::Newer(first, second))
}

/// Whether `new` tells at least half of the figures that `old` told, whatever their values.
fn repeats(old: &[Fact], new: &[Fact]) -> bool {
    let told = |facts: &[Fact]| -> BTreeSet<(Series, Moment)> {
        facts.iter().map(|f| (f.series(), f.moment())).collect()
    };
    let (old, new) = (told(old), told(new));
    2 * old.intersection(&new).count() >= old.len()
}

/// The number of "lần 2" in the name of a file.
fn number(file: &str) -> Option<u32> {
    let name = words(file.rsplit('/').next().unwrap_or(file));
    let after = name.rsplit_once(" lan ").map(|(_, after)| after)?;
    after
        .split_whitespace()
        .next()?
        .parse()
        .ok()
        .filter(|n| (1..100).contains(n))
}

fn changes(old: &[Fact], new: &[Fact]) -> Vec<Change> {
    type Key = (Series, Moment, SenderId);
    let by_figure = |facts: &[Fact]| -> BTreeMap<Key, Fact> {
        let one = |f: &Fact| match f.senders.are_many() {
            true => f.sender,
            false => SenderId(0),
        };
        facts
            .iter()
            .map(|f| ((f.series(), f.moment(), one(f)), *f))
            .collect()
    };
    let (before, after) = (by_figure(old), by_figure(new));
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
    let pairs = keys.into_iter().map(|key| Change {
        old: before.get(key).copied(),
        new: after.get(key).copied(),
    });
    let mut changed: Vec<Change> = pairs
        .filter(|c| c.old.map(|f| f.value) != c.new.map(|f| f.value))
        .collect();
    let cell = |f: Option<Fact>| -> Option<CellOrigin> { f.map(|f| f.origin) };
    changed.sort_by_key(|c| (cell(c.old).is_none(), cell(c.old), cell(c.new)));
    changed
}
