//! The table of transfers as text → [`Transfers`], proved against the register.
//!
//! Holds: a row that only renames, retypes or moves a unit is no transfer: its territory is the same. A
//!        unit that others come into and that is not named as leaving stays, whole, in itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::{Level, Register, UnitId};
use super::change::{self, Change};
use super::{Code, Part, Transfer, TransferId, Transfers, code_of};
use crate::period::Day;

const HEADING: &str = "day,from_code,to_code,what,people,territory,act,doubt";

pub(super) fn transfers(register: &Register, csv: &str) -> Result<Transfers, String> {
    let mut lines = csv.trim_start_matches('\u{FEFF}').lines().enumerate();
    match lines.next() {
        Some((_, first)) if first.trim_end() == HEADING => {}
        Some((_, first)) => {
            return Err(format!(
                "transfers.csv: the heading is “{first}”, “{HEADING}” is expected"
            ));
        }
        None => return Ok(Transfers::default()),
    }
    let mut changes: Vec<Change> = Vec::new();
    let mut acts: BTreeMap<&str, Arc<str>> = BTreeMap::new();
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let change = change::read(register, line.trim_end(), &mut acts)
            .map_err(|why| format!("transfers.csv:{}: {why}", index + 1))?;
        changes.push(change);
    }
    let keyed = of_territory(register, &changes);
    prove_shares(register, &keyed)?;
    prove_ends(register, &keyed)?;
    let mut arriving: Vec<(Code, Day, TransferId)> = Vec::with_capacity(keyed.len());
    for (i, (_, date, transfer)) in keyed.iter().enumerate() {
        let to = code_of(&register.unit(transfer.to).code).unwrap_or_default();
        arriving.push((to, *date, TransferId(i as u32)));
    }
    arriving.sort_unstable();
    Ok(Transfers {
        leaving: keyed.iter().map(|(code, date, _)| (*code, *date)).collect(),
        all: keyed.into_iter().map(|(_, _, transfer)| transfer).collect(),
        arriving,
        changes,
    })
}

type Keyed = (Code, Day, Transfer);

/// The changes of territory among all changes, by code and date.
fn of_territory(register: &Register, changes: &[Change]) -> Vec<Keyed> {
    let code = |id: UnitId| code_of(&register.unit(id).code).unwrap_or_default();
    let mut arrivals: BTreeMap<(Day, UnitId), Vec<Transfer>> = BTreeMap::new();
    let mut leaving: BTreeSet<(Day, UnitId)> = BTreeSet::new();
    for change in changes.iter().filter(|c| c.counts(register)) {
        let Some(to) = change.to else { continue };
        leaving.insert((change.day, change.from));
        arrivals.entry((change.day, to)).or_default().push(Transfer {
            date: change.day,
            from: change.from,
            to,
            part: change.people,
            act: change.act.clone(),
        });
    }
    let mut keyed: Vec<Keyed> = Vec::new();
    for ((date, to), mut sources) in arrivals {
        let own = register.before(code(to), date);
        if let [only] = sources.as_slice()
            && only.part == Part::Whole
            && Some(only.from) == own
        {
            continue;
        }
        let stays =
            own.filter(|own| register.unit(*own).level == Level::Commune && !leaving.contains(&(date, *own)));
        if let (Some(from), Some(act)) = (stays, sources.first().map(|s| s.act.clone())) {
            let part = Part::Whole;
            sources.push(Transfer {
                date,
                from,
                to,
                part,
                act,
            });
        }
        keyed.extend(sources.into_iter().map(|s| (code(s.from), date, s)));
    }
    keyed.sort_by_key(|(code, date, transfer)| (*code, *date, transfer.to));
    keyed
}

/// What goes whole goes to one unit; shares that are all known are everybody.
fn prove_shares(register: &Register, keyed: &[Keyed]) -> Result<(), String> {
    for ways in keyed.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let name = || {
            let (_, date, transfer) = &ways[0];
            format!("transfers.csv: {} on {date}", register.unit(transfer.from).code)
        };
        let parts = ways.iter().map(|(_, _, t)| t.part);
        if ways.len() > 1 && parts.clone().any(|p| p == Part::Whole) {
            return Err(format!(
                "{} goes whole into one unit and also into another",
                name()
            ));
        }
        if ways.windows(2).any(|pair| pair[0].2.to == pair[1].2.to) {
            return Err(format!("{} goes into the same unit twice", name()));
        }
        let known = parts.clone().all(|p| matches!(p, Part::Share(_)));
        let sum = parts.fold(Part::NONE, Part::plus);
        if known && sum != Part::ALL_PEOPLE {
            return Err(format!("{}: the shares do not add up to 1", name()));
        }
    }
    Ok(())
}

/// A commune that is no longer there has gone somewhere.
fn prove_ends(register: &Register, keyed: &[Keyed]) -> Result<(), String> {
    for id in register.ids() {
        let unit = register.unit(id);
        let (Level::Commune, Some(until), Some(code)) = (unit.level, unit.until, code_of(&unit.code)) else {
            continue;
        };
        let goes = keyed
            .binary_search_by_key(&(code, until), |(code, date, _)| (*code, *date))
            .is_ok();
        if !goes && register.on(code, until).is_none() {
            return Err(format!(
                "transfers.csv: nothing says where {} ({}) went on {until}",
                unit.full_name(),
                unit.code
            ));
        }
    }
    Ok(())
}
