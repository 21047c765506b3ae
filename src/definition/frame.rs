//! The small files: `catalogue.toml`, `settings.toml`, `objectives*.toml`, `checks*.toml`.

use super::gates::Gates;
use super::programmes::{Programme, years};
use super::reader::Table;
use super::terms::Names;
use super::{Check, Objective, Settings, scaled};
use crate::lang::Words;

/// Version, leading programme, and the words for "not split".
pub struct Head {
    pub version: String,
    /// Without its objectives and targets, which other files declare.
    pub leading: Programme,
    pub total: (Words, Vec<String>),
}

pub fn head(t: &Table) -> Option<Head> {
    let version = t.text("version");
    let strategy = t.table("strategy").and_then(|t| {
        let (id, name, short) = (t.text("id"), t.words("name"), t.words("short"));
        let (act, years) = (t.text("act"), years(&t));
        t.finish();
        Some(Programme {
            id: id?.value,
            name: name?,
            short: short?,
            act: act?.value,
            years: years?,
            note: Words::new("", ""),
            objectives: Vec::new(),
            targets: Vec::new(),
            beside: Vec::new(),
        })
    });
    let total = t.table("total").and_then(|t| {
        let name = t.words("name");
        let synonyms = t.texts("synonyms").into_iter().map(|s| s.value).collect();
        t.finish();
        Some((name?, synonyms))
    });
    t.finish();
    Some(Head {
        version: version?.value,
        leading: strategy?,
        total: total?,
    })
}

/// With the gates, whose indicators are proved when those are read.
pub fn settings(t: &Table) -> Option<(Settings, Gates)> {
    let tolerance = t.decimal_if("approximate_tolerance");
    let gates = Gates::read(t);
    let percent = whole(t, "missing_history_percent", 1000);
    let least = whole(t, "missing_history_least", 10_000);
    if gates.default.is_none() && !t.has("minimum_coverage_percent") {
        t.fault_here(
            "coverage.default",
            Words::new("thiếu khóa này", "this key is missing"),
        );
    }
    if !t.has("approximate_tolerance") {
        t.fault_here(
            "approximate_tolerance",
            Words::new("thiếu khóa này", "this key is missing"),
        );
    }
    t.finish();
    let tolerance = tolerance?;
    let tenths = scaled(&tolerance.value, 1).filter(|n| *n >= 0);
    if tenths.is_none() {
        t.fault(
            &tolerance,
            Words::new(
                "phải là số không âm, không quá một chữ số thập phân",
                "must be a number not below 0 with at most one decimal",
            ),
        );
    }
    let mut settings = Settings {
        approximate_tolerance_tenths: tenths?,
        minimum_coverage_percent: gates.default?,
        coverage_of: Default::default(),
        missing_history_percent: percent,
        missing_history_least: least,
    };
    gates.over(&mut settings);
    Some((settings, gates))
}

/// A whole number that may be left out: 0 then.
fn whole(t: &Table, key: &'static str, most: u16) -> u16 {
    let Some(spot) = t.number_if(key) else {
        return 0;
    };
    let found = u16::try_from(spot.value).ok().filter(|n| *n <= most);
    if found.is_none() {
        t.fault(
            &spot,
            Words::new(
                format!("phải từ 0 đến {most}"),
                format!("must be from 0 to {most}"),
            ),
        );
    }
    found.unwrap_or(0)
}

pub fn objectives(t: &Table) -> Vec<Objective> {
    let tables = t.tables("objective");
    t.finish();
    tables.iter().filter_map(objective).collect()
}

pub fn objective(t: &Table) -> Option<Objective> {
    let number = t.number("number");
    let name = t.words("name");
    t.finish();
    let number = number?;
    let found = u8::try_from(number.value).ok().filter(|n| *n > 0);
    if found.is_none() {
        t.fault(&number, Words::new("phải từ 1 đến 255", "must be from 1 to 255"));
    }
    Some(Objective {
        number: found?,
        name: name?,
    })
}

pub fn checks(t: &Table, names: Names) -> Vec<Check> {
    let tables = t.tables("check");
    t.finish();
    tables.iter().filter_map(|t| check(t, names)).collect()
}

fn check(t: &Table, names: Names) -> Option<Check> {
    let id = t.text("id");
    let name = t.words("name");
    let relation = t.word("relation");
    let left = names.terms(t, "left");
    let right = names.terms(t, "right");
    let fatal = t.flag("fatal", false);
    t.finish();
    for (key, side) in [("left", &left), ("right", &right)] {
        if side.as_ref().is_some_and(Vec::is_empty) {
            t.fault_here(
                key,
                Words::new("phải có ít nhất một số hạng", "at least one term is needed"),
            );
        }
    }
    let (left, right) = (left?, right?);
    let mut all = left.iter().chain(&right).map(|term| {
        let measure = names.measures.get(term.measure);
        (measure.unit, measure.decimals)
    });
    let first = all.next();
    if all.any(|unit| Some(unit) != first) {
        t.fault_here(
            "right",
            Words::new(
                "hai vế khác đơn vị, không so sánh được",
                "the sides differ in unit and cannot be compared",
            ),
        );
    }
    Some(Check {
        id: id?.value,
        name: name?,
        relation: relation?.value,
        left,
        right,
        fatal,
    })
}
