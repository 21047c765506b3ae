//! Which target row judges a figure.
//!
//! The Government judges a year against the next milestone, without interpolation: years to 2025
//! against 2025, later ones against 2030. A row that must hold "every year from" a year is in force
//! in each of them. Rows of other programmes do not count. Of the rows for the same milestone the most local wins, then the latest act.

use crate::classification::locality::{Register, UnitId};
use crate::definition::programmes::ProgrammeId;
use crate::definition::target::{Target, When};
use crate::period::Day;

/// Index of the row, if any binds the place.
pub(super) fn choose(
    targets: &[Target],
    register: &Register,
    (programme, indicator): (ProgrammeId, &str),
    place: UnitId,
    year: i16,
    day: Day,
) -> Option<usize> {
    let path = lineage(register, place, day);
    let binding: Vec<(usize, &Target, usize)> = targets
        .iter()
        .enumerate()
        .filter(|(_, t)| t.programme == programme && t.indicator == indicator)
        .filter_map(|(i, t)| nearness(&path, &t.locality).map(|near| (i, t, near)))
        .collect();
    let due = |t: &Target| match t.when {
        When::By(y) => (y >= year).then_some(y),
        When::EveryYearFrom(y) => Some(y.max(year)),
    };
    let milestone = binding.iter().filter_map(|(_, t, _)| due(t)).min();
    let last = binding.iter().map(|(_, t, _)| t.when.year()).max();
    binding
        .into_iter()
        .filter(|(_, t, _)| match milestone {
            Some(year) => due(t) == Some(year),
            None => Some(t.when.year()) == last,
        })
        .max_by_key(|(i, t, near)| (*near, t.issued, *i))
        .map(|(i, _, _)| i)
}

/// Codes from the nation down to the place.
fn lineage(register: &Register, place: UnitId, day: Day) -> Vec<&str> {
    let mut path: Vec<&str> = register
        .ancestors(place, day)
        .into_iter()
        .map(|u| register.units[u.0 as usize].code.as_str())
        .collect();
    path.push(&register.units[place.0 as usize].code);
    path
}

/// Greater is more local; the nation binds everybody.
fn nearness(path: &[&str], locality: &str) -> Option<usize> {
    if locality == "VN" {
        return Some(0);
    }
    let at = path.iter().position(|code| *code == locality)?;
    Some(path[at].len())
}
