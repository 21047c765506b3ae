//! The columns of a list: those that its counts look at, and the one by which its rows are called.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

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

/// The columns that may say how a row is called, the likeliest first; none if the list only names persons.
pub(super) fn naming(columns: &[Column], used: &[usize]) -> Vec<u32> {
    let says = |heading: &str, words: &[&str]| words.iter().any(|word| heading.contains(word));
    let headings = columns.iter().enumerate();
    let headings = headings.map(|(i, column)| (i, column, text::folded(column.leaf())));
    let (names, asked): (Vec<_>, Vec<_>) = headings
        .filter(|(.., heading)| !says(heading, &OF_PERSONS))
        .partition(|(i, ..)| !used.contains(i));
    // "Cơ quan" says the kind of a body, and is its name.
    let is_name = |heading: &str| heading == "ten" || says(heading, &["ten ", "co quan"]);
    let bodies = asked
        .into_iter()
        .filter(|(.., heading)| is_name(heading) && !says(heading, &["loai"]));
    names
        .into_iter()
        .chain(bodies)
        .map(|(_, column, _)| column.column)
        .collect()
}

/// How a row is called: "Công ty A", "HĐND xã Lâm Sơn".
pub(super) fn name_of(table: &Understood<'_>, row: &StubRow, naming: &[u32]) -> Option<String> {
    let mut texts = naming.iter().filter_map(|column| {
        let filled = row.texts.iter().find(|(_, at, _)| at.column == *column);
        let text = filled.map(|(.., text)| text.clone());
        text.or_else(|| table.sheet.text(row.row, *column))
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

/// Columns by name, and what their rows say; found once for all rows.
pub(in crate::intake::settle) struct Found<'f> {
    columns: Vec<(&'f ColumnName, Option<usize>)>,
    said: RefCell<BTreeMap<usize, Rc<BTreeSet<String>>>>,
}

impl<'f> Found<'f> {
    pub(in crate::intake::settle) fn of(form: &'f Form, columns: &[Column]) -> Self {
        let names = form.counts.iter().flat_map(named);
        Found {
            columns: names.map(|n| (n, find(columns, n))).collect(),
            said: RefCell::default(),
        }
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
        let found = self.columns.iter().find(|(n, _)| *n == name);
        found.and_then(|(_, i)| *i)
    }

    /// The different texts of a column, without marks. A column of more than some hundred answers nothing.
    pub(super) fn said(&self, table: &Understood<'_>, name: &ColumnName) -> Rc<BTreeSet<String>> {
        const MOST: usize = 300;
        let Some(i) = self.get(name) else {
            return Rc::default();
        };
        let mut said = self.said.borrow_mut();
        let texts = said.entry(i).or_insert_with(|| {
            let mut texts = BTreeSet::new();
            for row in table.stub {
                if texts.len() == MOST {
                    break;
                }
                let text = table.sheet.text(row.row, table.columns[i].column);
                texts.extend(text.map(|text| text::folded(&label::bare(&text))));
            }
            Rc::new(texts)
        });
        Rc::clone(texts)
    }
}
