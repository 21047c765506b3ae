//! The columns of a list: those that its counts look at, and the one by which its rows are called.

use crate::intake::form::{ColumnName, Condition, CountRule, Form};
use crate::intake::header::Column;
use crate::intake::label::{self, Label};
use crate::intake::settle::Understood;
use crate::intake::stub::StubRow;
use crate::text;

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
        Condition::Is { if_said: true, .. } | Condition::Unless { .. } => Vec::new(),
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
            }
            | Condition::Unless { column, .. } => names.push(column),
            _ => {}
        }
    }
    names
}

pub(in crate::intake::settle) fn find(columns: &[Column], wanted: &ColumnName) -> Option<usize> {
    let path = |column: &Column| -> Vec<Label> { column.path.iter().map(|t| label::parse(t)).collect() };
    wanted.find(&columns.iter().map(path).collect::<Vec<_>>())
}

/// Indices of the columns that the counts of a form look at.
pub fn used(form: &Form, columns: &[Column]) -> Vec<usize> {
    let names = form.counts.iter().flat_map(named);
    names.filter_map(|name| find(columns, name)).collect()
}

/// How a row is called: "Công ty A", "HĐND xã Lâm Sơn". None if the list only has names of persons, or no name at all.
pub(super) fn name_of(table: &Understood<'_>, row: &StubRow, used: &[usize]) -> Option<String> {
    let says = |heading: &str, words: &[&str]| words.iter().any(|word| heading.contains(word));
    let columns = table.columns.iter().enumerate();
    let columns = columns.map(|(i, column)| (i, column, text::folded(column.leaf())));
    let (names, asked): (Vec<_>, Vec<_>) = columns
        .filter(|(.., heading)| !says(heading, &OF_PERSONS))
        .partition(|(i, ..)| !used.contains(i));
    // "Cơ quan" says the kind of a body, and is its name.
    let bodies = asked
        .into_iter()
        .filter(|(.., heading)| says(heading, &["co quan", "ten "]) && !says(heading, &["loai"]));
    let mut texts = names.into_iter().chain(bodies).filter_map(|(_, column, _)| {
        let filled = row.texts.iter().find(|(_, at, _)| at.column == column.column);
        let text = filled.map(|(.., text)| text.clone());
        text.or_else(|| table.sheet.text(row.row, column.column))
    });
    let name = texts.find(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 1)?;
    Some(text::one_line(&name))
}

/// What headings of columns with names of persons say.
const OF_PERSONS: [&str; 8] = [
    "ho ten",
    "ho va ten",
    "giam doc",
    "chu doanh nghiep",
    "dai dien",
    "lanh dao",
    "nguoi dung dau",
    "can bo",
];

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
