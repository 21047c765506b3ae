//! `answers/*.toml`: what an office has answered once about its own sheets.

use std::collections::BTreeSet;

use super::{declared, keys, labels};
use crate::definition::reader::{Spot, Table};
use crate::definition::{Names, not_known};
use crate::intake::form::{Answers, Layout};
use crate::lang::Words;
use crate::period::Period;

/// Adds the answers of one file.
pub(super) fn read(t: &Table, names: Names, into: &mut Answers) {
    if let Some(lists) = t.table_if("code_lists") {
        for answer in lists.free_texts() {
            if let Some((list, numbers)) = code_list(&lists, names, answer) {
                into.code_lists.insert(list, numbers);
            }
        }
    }
    into.layouts
        .extend(t.tables("layout").iter().map(|t| layout(t, names)));
    t.finish();
}

/// A code list of ours and the official list whose numbers the office writes.
fn code_list(t: &Table, names: Names, answer: Spot<(String, String)>) -> Option<(String, String)> {
    let (list, numbers) = &answer.value;
    let Some(id) = names.lists.list_named(list) else {
        let kind = Words::new("danh mục có mã số chính thức", "a list with official numbers");
        t.fault(&answer, not_known(list, &kind, ["sex", "ethnicity"]));
        return None;
    };
    let categories = names.lists.list(id).categories.iter();
    let known = categories.flat_map(|c| &names.lists.category(*c).numbers);
    let known: BTreeSet<&str> = known.map(|(name, _)| name.as_str()).collect();
    if !known.contains(numbers.as_str()) {
        let kind = Words::new(
            format!("bảng mã số của danh mục “{list}”"),
            format!("a set of numbers of the list “{list}”"),
        );
        t.fault(&answer, not_known(numbers, &kind, known));
        return None;
    }
    Some(answer.value)
}

fn layout(t: &Table, names: Names) -> Layout {
    let layout = Layout {
        title: keys(t.texts("title")),
        headings: declared(t.texts("headings")),
        period: period(t),
        thousands: thousands(t),
        labels: labels::read(t, names, None),
    };
    t.finish();
    if layout.headings.is_empty() && layout.title.is_empty() {
        let message = Words::new(
            "cần headings hoặc title để nhận ra bảng",
            "headings or title are needed to recognise the table",
        );
        t.fault_here("", message);
    }
    layout
}

fn period(t: &Table) -> Option<Period> {
    let word = t.text_if("period")?;
    let period = Period::parse(&word.value.to_ascii_uppercase());
    if period.is_none() {
        let kind = Words::new("một kỳ báo cáo", "a period");
        let known = ["2024", "2024-H1", "2024-Q3", "2023-2024"];
        t.fault(&word, not_known(&word.value, &kind, known));
    }
    period
}

fn thousands(t: &Table) -> Option<char> {
    let word = t.text_if("thousands")?;
    let mark = match word.value.as_str() {
        "." => Some('.'),
        "," => Some(','),
        _ => None,
    };
    if mark.is_none() {
        let kind = Words::new("dấu phân cách hàng nghìn", "a mark between thousands");
        t.fault(&word, not_known(&word.value, &kind, [".", ","]));
    }
    mark
}
