//! What a label, a default or a count names: keys `measure`, `sex`, `age`, `ethnicity`, `item`, `span`.

use crate::classification::{CategoryId, Dimension, MeasureId};
use crate::definition::reader::{Spot, Table};
use crate::definition::{Names, not_known};
use crate::intake::meaning::Meaning;
use crate::intake::when::When;
use crate::lang::Words;
use crate::period::Span;

/// `default` is the measure that the rest is about if none is named here.
pub(super) fn read(t: &Table, names: Names, default: Option<MeasureId>) -> Meaning {
    let mut meaning = Meaning::default();
    if let Some(word) = t.text_if("measure") {
        meaning.measures.extend(names.measure(t, &word));
    }
    let own = meaning.measures.first().copied();
    for (dimension, key) in [
        (Dimension::Sex, "sex"),
        (Dimension::Age, "age"),
        (Dimension::Ethnicity, "ethnicity"),
        (Dimension::Item, "item"),
    ] {
        let Some(word) = t.text_if(key) else { continue };
        // A label without a measure may stand under a heading that names another than the default.
        let measure = own.or(default.filter(|m| names.list_of(*m, dimension).is_some()));
        let categories = match measure {
            Some(measure) => names.category(t, measure, dimension, &word).into_iter().collect(),
            None => of_any_list(t, names, dimension, &word),
        };
        if !categories.is_empty() {
            meaning.categories.push(categories);
        }
    }
    meaning.when = When {
        span: span(t),
        ..When::default()
    };
    meaning
}

/// The categories with this code in any list of a dimension: the measure will say which is meant.
fn of_any_list(t: &Table, names: Names, dimension: Dimension, word: &Spot<String>) -> Vec<CategoryId> {
    let lists = names.lists;
    let all = (lists.lists.iter())
        .filter(|l| l.dimension == dimension)
        .flat_map(|l| l.categories.iter().copied());
    let code = |c: CategoryId| lists.category(c).code.as_str();
    let found: Vec<CategoryId> = all.clone().filter(|c| code(*c) == word.value).collect();
    if found.is_empty() {
        let kind = Words::new(
            format!("mã của một danh mục “{}”", dimension.code()),
            format!("a code of a list “{}”", dimension.code()),
        );
        t.fault(word, not_known(&word.value, &kind, all.map(code)));
    }
    found
}

fn span(t: &Table) -> Option<Span> {
    let word = t.text_if("span")?;
    let span = span_named(&word.value);
    if span.is_none() {
        let kind = Words::new("một khoảng thời gian", "a span of time");
        let known = [
            "year",
            "half-1",
            "quarter-1",
            "month-1",
            "months-9",
            "school-year",
        ];
        t.fault(&word, not_known(&word.value, &kind, known));
    }
    span
}

fn span_named(text: &str) -> Option<Span> {
    let number = |t: &str, top: u8| t.parse::<u8>().ok().filter(|n| (1..=top).contains(n));
    match text.split_once('-') {
        Some(("half", n)) => number(n, 2).map(Span::Half),
        Some(("quarter", n)) => number(n, 4).map(Span::Quarter),
        Some(("month", n)) => number(n, 12).map(Span::Month),
        Some(("months", n)) => number(n, 12).map(Span::FirstMonths),
        Some(("school", "year")) => Some(Span::SchoolYear),
        _ => (text == "year").then_some(Span::Year),
    }
}
