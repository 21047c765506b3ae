//! Headings and labels that mean something else than they say by themselves.
//!
//! Holds: a corner "Xã" over rows of measures heads the columns to its right, which are the communes; "Dân tộc" over
//!        "Kinh" and "Dân tộc thiểu số" names the division, not a part of it; four Roman numbers are quarters.

use std::collections::{BTreeMap, BTreeSet};

use crate::classification::locality::UnitId;
use crate::intake::header::Column;
use crate::intake::place::{Located, Places};
use crate::intake::region::Region;
use crate::intake::sheet::Sheet;
use crate::intake::stub::Role;
use crate::intake::words_of_stub::StubRole;
use crate::text;

/// Communes stand in the headings and measures down the side: the column headed "Xã" holds labels.
pub(super) fn turn(
    sheet: &Sheet<'_>,
    region: &Region,
    columns: &[Column],
    roles: &mut [Role],
    places: &Places<'_>,
    within: Option<UnitId>,
) {
    let is_place = |text: &str| {
        matches!(
            places.of_cell(text, within),
            Located::One(_) | Located::OtherTime(_)
        )
    };
    let stubs: Vec<usize> = (0..roles.len())
        .filter(|i| matches!(roles[*i], Role::Stub(StubRole::Place | StubRole::Sender)))
        .collect();
    let [corner] = stubs[..] else { return };
    let values: Vec<&Column> = columns
        .iter()
        .zip(roles.iter())
        .filter(|(_, role)| **role == Role::Values)
        .map(|(column, _)| column)
        .take(60)
        .collect();
    let across = values
        .iter()
        .filter(|c| c.path.iter().any(|heading| is_place(heading)))
        .count();
    let down = region
        .body
        .iter()
        .take(60)
        .filter_map(|row| sheet.text(*row, columns[corner].column))
        .filter(|text| is_place(text))
        .count();
    if across >= 1 && across * 2 > values.len() && down == 0 {
        roles[corner] = Role::Stub(StubRole::Label);
    }
}

/// A heading that is only the name of the division by ethnicity.
pub fn names_ethnicity(heading: &str) -> bool {
    let key = text::key(heading);
    matches!(
        key.trim_end_matches(':').trim(),
        "dân tộc" | "dt" | "chia theo dân tộc" | "theo dân tộc" | "thành phần dân tộc"
    )
}

/// A heading or label that is "Kinh".
pub fn is_kinh(heading: &str) -> bool {
    matches!(
        crate::intake::label::bare(heading).as_str(),
        "kinh" | "dân tộc kinh" | "người kinh" | "dt kinh" | "kinh (việt)"
    )
}

/// The headings of each column without a "Dân tộc" that stands over "Kinh" and others.
pub(super) fn without_division(columns: &[Column]) -> Vec<Vec<String>> {
    columns
        .iter()
        .map(|column| {
            let mut path = column.path.clone();
            for i in (0..path.len().saturating_sub(1)).rev() {
                let divides = names_ethnicity(&path[i])
                    && columns.iter().any(|other| {
                        other.path.len() > i + 1
                            && other.path[..=i] == column.path[..=i]
                            && other.path[i + 1..].iter().any(|heading| is_kinh(heading))
                    });
                if divides {
                    path.remove(i);
                }
            }
            path
        })
        .collect()
}

/// "I | II | III | IV" beside each other are the quarters.
pub(super) fn quarters(paths: &mut [Vec<String>]) {
    const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];
    // Which of them stand under the same headings.
    let mut under: BTreeMap<Vec<String>, BTreeSet<&str>> = BTreeMap::new();
    for path in paths.iter() {
        for (depth, heading) in path.iter().enumerate() {
            if let Some(quarter) = QUARTERS.iter().find(|q| **q == heading.trim()) {
                under.entry(path[..depth].to_vec()).or_default().insert(quarter);
            }
        }
    }
    under.retain(|_, found| found.len() == QUARTERS.len());
    if under.is_empty() {
        return;
    }
    for path in paths.iter_mut() {
        for depth in 0..path.len() {
            let quarter = path[depth].trim();
            if QUARTERS.contains(&quarter) && under.contains_key(&path[..depth]) {
                path[depth] = format!("Quý {quarter}");
            }
        }
    }
}
