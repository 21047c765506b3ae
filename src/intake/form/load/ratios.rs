//! `[ratio_columns]` and `[[ratio]]`: rows that name an indicator with its numerator and denominator.

use super::labels::named;
use super::{declared, meaning, values};
use crate::definition::Names;
use crate::definition::reader::Table;
use crate::intake::form::ratio::{RatioRule, Ratios, Wording};
use crate::lang::Words;

pub(super) fn read(t: &Table, names: Names) -> Ratios {
    let fill = values(t.texts("fill"));
    let rules = t.tables("ratio");
    let rows: Vec<RatioRule> = rules.iter().map(|t| rule(t, names, &fill)).collect();
    let columns = t.table_if("ratio_columns").map(|t| {
        let columns = (declared(t.texts("numerator")), declared(t.texts("denominator")));
        t.finish();
        columns
    });
    let (numerator, denominator) = columns.unwrap_or_default();
    if !rows.is_empty() && (numerator.is_empty() || denominator.is_empty()) {
        let message = Words::new(
            "cần numerator và denominator: tiêu đề cột tử số và mẫu số",
            "numerator and denominator are needed: the headings of the two columns",
        );
        t.fault_here("ratio_columns", message);
    }
    Ratios {
        numerator,
        denominator,
        rows,
    }
}

fn rule(t: &Table, names: Names, fill: &[String]) -> RatioRule {
    let row = t.texts("row");
    let (also, needs) = (values(t.texts("also")), values(t.texts("needs")));
    let term = |key| {
        let term = t.table(key).map(|t| {
            let meaning = meaning::read(&t, names, None);
            if meaning.measures.is_empty() && !t.has("measure") {
                t.fault_here("measure", Words::new("thiếu khóa này", "this key is missing"));
            }
            t.finish();
            meaning
        });
        term.unwrap_or_default()
    };
    let (numerator, denominator) = (term("numerator"), term("denominator"));
    let own: Vec<String> = row.iter().map(|r| r.value.clone()).chain(also).collect();
    if row.is_empty() {
        t.fault_here(
            "row",
            Words::new("cần ít nhất một nhãn", "at least one label is needed"),
        );
    }
    let measures: Vec<_> = [&numerator, &denominator]
        .iter()
        .flat_map(|m| m.measures.iter().copied())
        .collect();
    let rule = RatioRule {
        row: declared(row),
        wording: Wording::new(&own, fill, &needs),
        named: named(names, &measures),
        numerator,
        denominator,
    };
    t.finish();
    rule
}
