//! What a row of a list says of one person: sex, ethnicity, grade or another item.
//!
//! Holds: nothing of the cell is quoted, because a shifted column may put a name anywhere.

use super::{Listed, Trait};
use crate::classification::{CategoryId, Dimension};
use crate::intake::form::{Axis, ColumnName};
use crate::intake::grid::{Cell, Value};
use crate::intake::header::Column;
use crate::intake::label;
use crate::intake::meaning::Said;
use crate::intake::numeral;
use crate::intake::sheet::text_of;
use crate::intake::stub::StubRow;
use crate::intake::understand::Step;
use crate::intake::words_of_stub::{StubRole, role_of};

/// Where a list says the sex.
#[derive(Debug, Clone, Copy)]
pub(super) enum SexFrom {
    /// One column of words or codes.
    Words(usize),
    /// A mark, a number or a year of birth under "Nam" or "Nữ".
    Marks {
        men: Option<usize>,
        women: Option<usize>,
    },
}

/// Finds the column or columns of the sex.
pub(super) fn sex_from(listed: &Listed<'_>, named: Option<&ColumnName>) -> Option<SexFrom> {
    let columns = listed.table.columns;
    let by_name = named.and_then(|name| super::find(columns, name));
    let by_role = || {
        columns
            .iter()
            .position(|c| role_of(c.leaf()) == Some(StubRole::Sex))
    };
    let lists = &listed.table.catalogue.lists;
    let headed = |code: &str| {
        let category = lists.find("sex", code);
        columns
            .iter()
            .position(|column| category.is_some() && category == sex_of_heading(listed, column))
    };
    let (men, women) = (headed("male"), headed("female"));
    match by_name.or_else(by_role) {
        Some(column) if Some(column) != men && Some(column) != women => Some(SexFrom::Words(column)),
        _ if men.is_some() || women.is_some() => Some(SexFrom::Marks { men, women }),
        _ => None,
    }
}

/// The sex that a heading is: "Nữ", under "Giới tính" or "Năm sinh" or alone.
fn sex_of_heading(listed: &Listed<'_>, column: &Column) -> Option<CategoryId> {
    let leaf = label::parse(column.leaf());
    // Headings like "Nữ dân tộc" narrow more than the sex.
    let Said::Meaning(meaning) = listed
        .table
        .reader
        .label(&leaf, &[], Step::default(), Axis::Column)
    else {
        return None;
    };
    let lists = &listed.table.catalogue.lists;
    match meaning.categories.as_slice() {
        [one] if one.len() == 1 && lists.dimension(one[0]) == Dimension::Sex => Some(one[0]),
        _ => None,
    }
}

/// The sex of a row.
pub(super) fn sex(listed: &Listed<'_>, from: SexFrom, row: &StubRow) -> Trait<CategoryId> {
    let lists = &listed.table.catalogue.lists;
    let (male, female) = (lists.find("sex", "male"), lists.find("sex", "female"));
    match from {
        SexFrom::Words(column) => category(listed, column, row, "sex"),
        SexFrom::Marks { men, women } => {
            let state = |column: Option<usize>| column.map(|c| mark(listed.cell(c, row)));
            match (state(men), state(women)) {
                (Some(Mark::Unclear), _) | (_, Some(Mark::Unclear)) => Trait::Unclear,
                (Some(Mark::Made), Some(Mark::Made)) => Trait::Unclear,
                (Some(Mark::Made), _) => known(male),
                (_, Some(Mark::Made)) => known(female),
                // With a column for each, one of the two must be marked; with one alone a blank is the other.
                (Some(Mark::Blank), Some(Mark::Blank)) | (None, None) => Trait::Nothing,
                (None, Some(Mark::Blank)) => known(male),
                (Some(Mark::Blank), None) => known(female),
            }
        }
    }
}

fn known(category: Option<CategoryId>) -> Trait<CategoryId> {
    category.map_or(Trait::Nothing, Trait::Known)
}

enum Mark {
    Made,
    Blank,
    Unclear,
}

/// "x", "✓", 1, a year or a day of birth; nothing, "-", 0.
fn mark(cell: Option<&Cell>) -> Mark {
    let Some(cell) = cell else { return Mark::Blank };
    if text_of(cell).is_none_or(|t| t.trim().is_empty()) {
        return Mark::Blank;
    }
    match numeral::yes_no(&cell.value) {
        Some(true) => Mark::Made,
        Some(false) => Mark::Blank,
        None => match super::birth::read(Some(cell)) {
            Ok(Some(_)) => Mark::Made,
            Ok(None) => Mark::Blank,
            Err(()) => Mark::Unclear,
        },
    }
}

/// A category of a list, by its name, or by a code that every list gives the same meaning.
pub(super) fn category(listed: &Listed<'_>, column: usize, row: &StubRow, list: &str) -> Trait<CategoryId> {
    let Some(cell) = listed.cell(column, row) else {
        return Trait::Nothing;
    };
    let Some(written) = text_of(cell).filter(|t| !t.trim().is_empty()) else {
        return Trait::Nothing;
    };
    let digits = written.trim();
    let is_code = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_code && list != "item" {
        return of_code(listed, digits, list);
    }
    if matches!(cell.value, Value::Text(_)) && super::super::figure::is_no_figure(cell) {
        return Trait::Nothing;
    }
    let label = label::parse(&written);
    let lists = &listed.table.catalogue.lists;
    // "3A", "Lớp 3A2": the class tells the grade.
    let read = |label: &label::Label| listed.table.reader.label(label, &[], Step::default(), Axis::Row);
    let said = match read(&label) {
        Said::Unknown if list == "item" => {
            let grade: String = label.bare.chars().filter(char::is_ascii_digit).take(2).collect();
            let first = label.words.iter().find(|w| w.bytes().all(|b| b.is_ascii_digit()));
            read(&label::parse(&format!("lớp {}", first.unwrap_or(&grade))))
        }
        said => said,
    };
    let Said::Meaning(meaning) = said else {
        return Trait::Unclear;
    };
    let fits =
        |id: &CategoryId| !id.is_all() && (list == "item" || lists.list(lists.category(*id).list).id == list);
    let mut found = meaning
        .categories
        .iter()
        .filter_map(|alternatives| match alternatives.as_slice() {
            [one] if fits(one) => Some(*one),
            _ => None,
        });
    match (found.next(), found.next()) {
        (Some(one), None) => Trait::Known(one),
        _ => Trait::Unclear,
    }
}

fn of_code(listed: &Listed<'_>, digits: &str, list: &str) -> Trait<CategoryId> {
    let lists = &listed.table.catalogue.lists;
    let Some(id) = lists.list_named(list) else {
        return Trait::Unclear;
    };
    let declared = listed.code_list(list);
    let number = |code: &str| code.trim().parse::<u16>().ok();
    let mut meant: Vec<CategoryId> = Vec::new();
    let mut lists_seen: Vec<&str> = Vec::new();
    let mut lists_with: Vec<&str> = Vec::new();
    for category in &lists.list(id).categories {
        for (name, code) in &lists.category(*category).numbers {
            if declared.is_some_and(|declared| declared != name) {
                continue;
            }
            if !lists_seen.contains(&name.as_str()) {
                lists_seen.push(name);
            }
            if number(code) == number(digits) {
                lists_with.push(name);
                if !meant.contains(category) {
                    meant.push(*category);
                }
            }
        }
    }
    match meant.as_slice() {
        // Codes of sexes are read only by a declared list: a third one may be in use.
        _ if list == "sex" && declared.is_none() => Trait::CodeOfUnknownList,
        // Every list that is in use knows the code and means the same by it.
        [one] if lists_with.len() == lists_seen.len() => Trait::Known(*one),
        [] => Trait::Unclear,
        _ => Trait::CodeOfUnknownList,
    }
}
