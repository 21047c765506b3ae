//! The columns of a list that its counts look at.

use crate::intake::form::{ColumnName, Condition, CountRule, Form};
use crate::intake::header::Column;
use crate::intake::label::{self, Label};

/// Whether the table has the columns that every count of the form needs.
pub fn is_roster(form: &Form, columns: &[Column]) -> bool {
    !form.counts.is_empty()
        && form.counts.iter().all(|count| {
            let item = count
                .item_from
                .as_ref()
                .is_none_or(|c| find(columns, c).is_some());
            item && count
                .when
                .iter()
                .all(|condition| needed(condition).iter().all(|c| find(columns, c).is_some()))
        })
}

/// Columns without which a condition cannot be judged.
fn needed(condition: &Condition) -> Vec<&ColumnName> {
    match condition {
        Condition::Is { if_said: true, .. } => Vec::new(),
        Condition::AtLeast { column, .. } | Condition::Is { column, .. } | Condition::Filled { column } => {
            vec![column]
        }
        Condition::EveryAtLeast { columns, .. } => columns.iter().collect(),
    }
}

/// All columns that a count looks at.
fn named(count: &CountRule) -> Vec<&ColumnName> {
    let mut names: Vec<&ColumnName> = [
        &count.item_from,
        &count.place_from,
        &count.sex_from,
        &count.ethnicity_from,
        &count.age_from,
    ]
    .into_iter()
    .flatten()
    .collect();
    for condition in &count.when {
        names.extend(needed(condition));
        match condition {
            Condition::AtLeast {
                part_of: Some(whole), ..
            } => names.push(whole),
            Condition::Is {
                if_said: true,
                column,
                ..
            } => names.push(column),
            _ => {}
        }
    }
    names
}

pub(in crate::intake::settle) fn find(columns: &[Column], wanted: &ColumnName) -> Option<usize> {
    columns.iter().position(|column| {
        let path: Vec<Label> = column.path.iter().map(|t| label::parse(t)).collect();
        wanted.fits(&path)
    })
}

/// Indices of the columns that the counts of a form look at.
pub fn used(form: &Form, columns: &[Column]) -> Vec<usize> {
    let names = form.counts.iter().flat_map(named);
    names.filter_map(|name| find(columns, name)).collect()
}

/// Columns by name, found once for all rows.
pub(in crate::intake::settle) struct Found<'f>(Vec<(&'f ColumnName, Option<usize>)>);

impl<'f> Found<'f> {
    pub(in crate::intake::settle) fn of(form: &'f Form, columns: &[Column]) -> Self {
        let names = form.counts.iter().flat_map(named);
        Found(names.map(|n| (n, find(columns, n))).collect())
    }

    /// Whether the list has the columns that the conditions of a count need.
    pub(in crate::intake::settle) fn has_all(&self, count: &CountRule) -> bool {
        count
            .when
            .iter()
            .flat_map(needed)
            .all(|name| self.get(name).is_some())
    }

    pub(in crate::intake::settle) fn get(&self, name: &ColumnName) -> Option<usize> {
        self.0.iter().find(|(n, _)| *n == name).and_then(|(_, i)| *i)
    }
}
