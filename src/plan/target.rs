//! Targets of a plan's own: rows like those of `targets.csv`, in the plan's file.

use crate::definition::programmes::{Programme, ProgrammeId, ProgrammeTarget};
use crate::definition::reader::Table;
use crate::definition::target::{Comparator, Target, When};
use crate::definition::{Catalogue, Objective, not_known, scaled};
use crate::lang::Words;
use crate::period::Day;

/// One row, and the number under which the plan has it.
pub(super) struct OwnTarget {
    number: String,
    name: Option<Words>,
    target: Target,
}

pub(super) fn rows(t: &Table, catalogue: &Catalogue) -> Vec<OwnTarget> {
    let known = catalogue.indicator_ids();
    t.tables("target").iter().filter_map(|t| row(t, &known)).collect()
}

/// The rows as a programme of the plan's id; none if it has none.
pub(super) fn programme(
    rows: Vec<OwnTarget>,
    (id, name, short): (&str, &Words, &Words),
    act: &str,
    issued: Option<Day>,
    locality: &str,
    years: (i16, i16),
) -> Option<(Programme, Vec<Target>)> {
    let mut targets: Vec<ProgrammeTarget> = Vec::new();
    for row in &rows {
        let part = row.target.indicator.clone();
        match targets.iter_mut().find(|t| t.number == row.number) {
            Some(target) if target.parts.contains(&part) => {}
            Some(target) => target.parts.push(part),
            None => targets.push(ProgrammeTarget {
                number: row.number.clone(),
                objective: 1,
                name: row.name.clone(),
                parts: vec![part],
                every_part: false,
            }),
        }
    }
    let programme = Programme {
        id: id.to_owned(),
        name: name.clone(),
        short: short.clone(),
        act: act.to_owned(),
        years,
        note: Words::new("", ""),
        objectives: vec![Objective {
            number: 1,
            name: Words::new("Chỉ tiêu riêng của kế hoạch", "Targets of the plan's own"),
        }],
        targets,
        beside: Vec::new(),
    };
    let rows = rows.into_iter().map(|row| Target {
        locality: locality.to_owned(),
        act: act.to_owned(),
        issued,
        ..row.target
    });
    let rows: Vec<Target> = rows.collect();
    (!rows.is_empty()).then_some((programme, rows))
}

fn row(t: &Table, known: &[&str]) -> Option<OwnTarget> {
    let number = t.text("number");
    let name = t.words_if("name");
    let indicator = t.text("indicator");
    let year = t.number("year");
    let every_year = t.flag("every_year", false);
    let comparator = t.text("comparator");
    let value = t.decimal_if("value");
    let verified = t.flag("verified", false);
    let note = t.text_if("note").map(|n| n.value).unwrap_or_default();
    t.finish();
    if !t.has("value") {
        t.fault_here("value", Words::new("thiếu khóa này", "this key is missing"));
    }
    let indicator = indicator?;
    if !known.contains(&indicator.value.as_str()) {
        let kind = Words::new("mã chỉ số trong danh mục", "the id of an indicator");
        t.fault(
            &indicator,
            not_known(&indicator.value, &kind, known.iter().copied()),
        );
    }
    let year = year?;
    let in_range = i16::try_from(year.value)
        .ok()
        .filter(|y| (2000..=2100).contains(y));
    if in_range.is_none() {
        t.fault(&year, Words::new("phải là một năm", "must be a year"));
    }
    let sign = comparator?;
    let comparator = Comparator::parse(&sign.value);
    if comparator.is_none() {
        let kind = Words::new("dấu so sánh", "a comparator");
        t.fault(
            &sign,
            not_known(&sign.value, &kind, Comparator::ALL.map(Comparator::sign)),
        );
    }
    let value = value?;
    let tenths = scaled(&value.value, 1);
    if tenths.is_none() {
        t.fault(
            &value,
            Words::new(
                "phải là số có không quá một chữ số thập phân",
                "must be a number with at most one decimal",
            ),
        );
    }
    let when = match every_year {
        true => When::EveryYearFrom(in_range?),
        false => When::By(in_range?),
    };
    Some(OwnTarget {
        number: number?.value,
        name,
        target: Target {
            programme: ProgrammeId::LEADING,
            indicator: indicator.value,
            locality: String::new(),
            when,
            comparator: comparator?,
            value_tenths: tenths?,
            act: String::new(),
            issued: None,
            verified,
            note,
            row: t.line,
            file: String::new(),
        },
    })
}
