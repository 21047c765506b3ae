//! The table of transfers as text → [`Transfers`], proved against the register.
//!
//! A line is `date,unit,formed_from,act`; `formed_from` lists codes of the day before: `00004` went
//! into it whole, `00007?` in part, `04822*0.4936` with that share of its people.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::{Level, Register};
use super::{Code, Part, Share, Transfer, TransferId, Transfers, code_of};
use crate::period::Day;

const HEADING: &str = "date,unit,formed_from,act";

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
    let mut keyed: Vec<(Code, Day, Transfer)> = Vec::new();
    let mut acts: BTreeMap<&str, Arc<str>> = BTreeMap::new();
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        row(register, line.trim_end(), &mut acts, &mut keyed)
            .map_err(|why| format!("transfers.csv:{}: {why}", index + 1))?;
    }
    keyed.sort_by_key(|(code, date, transfer)| (*code, *date, transfer.to));
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
    })
}

fn row<'a>(
    register: &Register,
    line: &'a str,
    acts: &mut BTreeMap<&'a str, Arc<str>>,
    out: &mut Vec<(Code, Day, Transfer)>,
) -> Result<(), String> {
    let fields: Vec<&str> = line.split(',').collect();
    let [date, unit, members, act] = fields.as_slice() else {
        return Err(format!("4 fields are expected, {} found", fields.len()));
    };
    let date = Day::parse(date).ok_or_else(|| format!("“{date}” is not a day such as 2025-07-01"))?;
    let unknown = |code: &str| format!("units.csv has no unit {code} at {date}");
    let to = code_of(unit)
        .and_then(|code| register.on(code, date))
        .ok_or_else(|| unknown(unit))?;
    let act = acts.entry(act).or_insert_with(|| Arc::from(*act)).clone();
    for member in members.split(' ').filter(|m| !m.is_empty()) {
        let (text, part) = if let Some(text) = member.strip_suffix('?') {
            (text, Part::Unknown)
        } else if let Some((text, share)) = member.split_once('*') {
            let share = Share::parse(share).ok_or_else(|| format!("“{share}” is not a share of 0 to 1"))?;
            (text, Part::Share(share))
        } else {
            (member, Part::Whole)
        };
        let code = code_of(text).ok_or_else(|| unknown(text))?;
        let transfer = Transfer {
            date,
            from: register.before(code, date).ok_or_else(|| unknown(text))?,
            to,
            part,
            act: act.clone(),
        };
        out.push((code, date, transfer));
    }
    Ok(())
}

/// What goes whole goes to one unit; shares that are all known are everybody.
fn prove_shares(register: &Register, keyed: &[(Code, Day, Transfer)]) -> Result<(), String> {
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
fn prove_ends(register: &Register, keyed: &[(Code, Day, Transfer)]) -> Result<(), String> {
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
