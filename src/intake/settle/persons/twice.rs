//! Persons who stand in a list twice, and the keys by which other lists are compared.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::ages::birth_of;
use super::birth::Birth;
use super::troubles::Troubles;
use super::{Listed, name_column, people, row_cell};
use crate::classification::MeasureId;
use crate::intake::reading::PersonKey;
use crate::period::Period;
use crate::problem::Kind;
use crate::text;

/// Keys of persons who can be told apart, and those who stand in the list twice.
pub(super) fn twice(
    listed: &Listed<'_>,
    measure: MeasureId,
    period: Period,
    keys: &mut Vec<PersonKey>,
    troubles: &mut Troubles,
) {
    let table = listed.table;
    let Some(name) = name_column(table.columns) else {
        return;
    };
    let born = table.columns.iter().position(|column| {
        let plain = text::folded(column.leaf());
        plain.contains("sinh") && (plain.contains("ngay") || plain.contains("nam"))
    });
    let mut seen: BTreeSet<[u8; 16]> = BTreeSet::new();
    for row in people(table) {
        // Only a name with a full day of birth tells two persons apart.
        let Ok(Some(Birth::Day(day))) = birth_of(listed, born, row) else {
            continue;
        };
        let parts: Vec<String> = [name, name + 1]
            .into_iter()
            .filter(|c| {
                *c == name
                    || table
                        .columns
                        .get(*c)
                        .is_some_and(|k| text::folded(k.leaf()) == "ten")
            })
            .filter_map(|c| table.sheet.text(row.row, table.columns[c].column))
            .map(|t| text::key(&t))
            .collect();
        let key = format!("{}|{day:?}|{}|{}", parts.join(" "), measure.0, period.code());
        let digest = Sha256::digest(key.as_bytes());
        let mut short = [0u8; 16];
        short.copy_from_slice(&digest[..16]);
        if seen.insert(short) {
            keys.push(PersonKey(short));
        } else {
            troubles.add(row_cell(listed, row), Kind::PersonTwice { persons: 0 });
        }
    }
}
