//! `[[count]]`: what the rows of a roster are counted as.

use super::meaning;
use crate::classification::CategoryId;
use crate::definition::reader::{Spot, Table};
use crate::definition::{Names, not_known};
use crate::intake::form::{ColumnName, Condition, CountRule, Word};
use crate::lang::Words;

pub(super) fn read(t: &Table, names: Names) -> Option<CountRule> {
    let fixed = meaning::read(t, names, None);
    if !t.has("measure") {
        t.fault_here("measure", Words::new("thiếu khóa này", "this key is missing"));
    }
    let when = conditions(t);
    let ages = t.texts("ages").iter().filter_map(|w| age(t, names, w)).collect();
    let age_on = t.text_if("age_on").and_then(|word| month_and_day(t, &word));
    let [item_from, place_from, sex_from, ethnicity_from, age_from] = [
        "item_from",
        "place_from",
        "sex_from",
        "ethnicity_from",
        "age_from",
    ]
    .map(|key| column(t, key));
    let complete = t.flag("complete", false);
    let out_of = t.text_if("out_of").and_then(|word| names.measure(t, &word));
    t.finish();
    Some(CountRule {
        measure: fixed.measures.first().copied()?,
        item_from,
        place_from,
        sex_from,
        ethnicity_from,
        age_from,
        ages,
        age_on,
        when,
        out_of,
        complete,
        fixed,
    })
}

fn column(t: &Table, key: &'static str) -> Option<ColumnName> {
    t.text_if(key).map(|name| ColumnName::new(&name.value))
}

/// `when`: conditions, all of which must hold.
pub(super) fn conditions(t: &Table) -> Vec<Condition> {
    t.tables("when").iter().filter_map(condition).collect()
}

fn condition(t: &Table) -> Option<Condition> {
    let one = column(t, "column");
    let part_of = column(t, "part_of");
    let columns: Vec<ColumnName> = (t.texts("columns").iter())
        .map(|c| ColumnName::new(&c.value))
        .collect();
    let at_least = t.number_if("at_least").map(|n| n.value);
    let every_at_least = t.number_if("every_at_least").map(|n| n.value);
    let [any_of, none_of, unless] = ["is", "is_not", "unless"].map(|key| words(t, key));
    let if_said = t.flag("if_said", false);
    let else_no = t.flag("else_no", false);
    let filled = t.flag("filled", false);
    t.finish();
    let condition = match (one, at_least, every_at_least) {
        (Some(column), Some(at_least), None) => Some(Condition::AtLeast {
            column,
            at_least,
            part_of,
        }),
        (Some(column), None, None) if !any_of.is_empty() => Some(Condition::Is {
            column,
            any_of,
            none_of,
            if_said,
            else_no,
        }),
        (Some(column), None, None) if !unless.is_empty() => Some(Condition::Unless {
            column,
            words: unless,
        }),
        (Some(column), None, None) if filled => Some(Condition::Filled { column }),
        (None, None, Some(at_least)) if !columns.is_empty() => {
            Some(Condition::EveryAtLeast { columns, at_least })
        }
        _ => None,
    };
    if condition.is_none() {
        t.fault_here(
            "",
            Words::new(
                "điều kiện cần column với at_least, is, unless hoặc filled; hoặc columns với every_at_least",
                "a condition needs column with at_least, is, unless or filled; or columns with every_at_least",
            ),
        );
    }
    condition
}

fn words(t: &Table, key: &'static str) -> Vec<Word> {
    t.texts(key).iter().map(|w| Word::new(&w.value)).collect()
}

fn age(t: &Table, names: Names, word: &Spot<String>) -> Option<CategoryId> {
    let found = names.lists.find("age", &word.value);
    if found.is_none() {
        let lists = names.lists.lists.iter().filter(|l| l.id == "age");
        let known = lists.flat_map(|l| l.categories.iter());
        let known = known.map(|c| names.lists.category(*c).code.as_str());
        let kind = Words::new("mã của danh mục “age”", "a code of the list “age”");
        t.fault(word, not_known(&word.value, &kind, known));
    }
    found
}

fn month_and_day(t: &Table, word: &Spot<String>) -> Option<(u8, u8)> {
    let day = (word.value.split_once('-')).and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)));
    let day = day.filter(|(m, d)| (1..=12).contains(m) && (1..=31).contains(d));
    if day.is_none() {
        let message = Words::new(
            "ngày viết như \"12-31\" (tháng-ngày)",
            "write the day as \"12-31\" (month-day)",
        );
        t.fault(word, message);
    }
    day
}
