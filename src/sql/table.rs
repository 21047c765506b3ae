//! The catalogue as small tables of the statement.

use std::collections::BTreeSet;

use super::script::{Cell, Script};
use super::{Wanted, span};
use crate::classification::locality::Level;
use crate::classification::{Breakdown, CategoryId, CodeLists, Dimension, Measure, MeasureId, Spread};
use crate::definition::{Formula, Indicator, Term, Variant};
use crate::evaluate::{is_share, splits};
use crate::rollup::{LAST_READINGS, RENAMED, adds_over_time, parts_of_spans};

pub(super) fn declare(wanted: &Wanted<'_>, script: &mut Script) {
    script.table(
        "copies",
        "step",
        (
            "Bản 0 của một dòng là chính nó; bản 1 được cộng vào dòng rộng hơn.",
            "Copy 0 of a row is the row itself; copy 1 counts for something wider.",
        ),
        vec![vec![0.into()], vec![1.into()]],
    );
    script.table(
        "measures",
        "measure, spread, over_time",
        (
            "Các số liệu mà chỉ tiêu cần; spread: total (đơn vị trên gồm các đơn vị dưới), own (cơ quan của chính đơn vị), none (không cộng).\nover_time: adds (các kỳ cộng lại), last (số cuối kỳ).",
            "The measures that indicators need. spread: total (a unit covers those below it), own (each unit's own bodies), none (never added).\nover_time: adds (parts of a year add up), last (the last reading stands).",
        ),
        measures(wanted),
    );
    calendar(script);
    script.table(
        "periods",
        "period, year, span, is_last",
        ("Các kỳ được tính.", "The periods that are given."),
        wanted
            .periods()
            .map(|p| {
                vec![
                    p.code().into(),
                    i64::from(p.year).into(),
                    span(p.span).into(),
                    (p == wanted.period).into(),
                ]
            })
            .collect(),
    );
    script.table(
        "indicators",
        "indicator, position, scale, decimals, divisor, count_decimals",
        (
            "divisor = 10 mũ decimals, số chữ số thập phân được in; count_decimals: của tử số và mẫu số.",
            "divisor = 10 to the power of decimals, those that are printed; count_decimals: those of numerator and denominator.",
        ),
        wanted
            .indicators()
            .enumerate()
            .map(|(i, (indicator, variant))| about(wanted, i, indicator, variant))
            .collect(),
    );
    script.table(
        "levels",
        "indicator, level",
        (
            "Cấp mà chỉ tiêu được tính.",
            "The levels on which an indicator is computed.",
        ),
        wanted
            .indicators()
            .flat_map(|(indicator, _)| levels(indicator))
            .collect(),
    );
    script.table(
        "terms",
        "indicator, side, measure, item, age, ethnicity, sex, split, years_back, sign",
        (
            "Số hạng của tử số (n), mẫu số (d), quy tắc (rule), điều kiện tham gia (among), câu trả lời (answer).\n'*': tách theo chiều split; years_back: số của mấy năm trước.",
            "Terms of numerator (n), denominator (d), rule, among (who takes part), answer.\n'*': split by the dimension named in split; years_back: of how many years before.",
        ),
        wanted
            .indicators()
            .flat_map(|(indicator, variant)| terms(wanted, indicator, variant))
            .collect(),
    );
}

/// The measures of all indicators, in declared order.
fn measures(wanted: &Wanted<'_>) -> Vec<Vec<Cell>> {
    let used: BTreeSet<MeasureId> = wanted
        .indicators()
        .flat_map(|(_, variant)| variant.formula.terms())
        .map(|term| term.measure)
        .collect();
    let row = |id: &MeasureId| {
        let measure = wanted.catalogue.measures.get(*id);
        let over_time = if adds_over_time(measure) { "adds" } else { "last" };
        vec![
            measure.id.as_str().into(),
            spread(measure).into(),
            over_time.into(),
        ]
    };
    used.iter().map(row).collect()
}

fn spread(measure: &Measure) -> &'static str {
    match measure.spread {
        Spread::Total => "total",
        Spread::Whole => "whole",
        Spread::Own => "own",
        Spread::None => "none",
    }
}

/// How spans of a year follow from others, by rounds: what one gives is a part in the next.
fn calendar(script: &mut Script) {
    let mut rows = Vec::new();
    let mut way = |round: &str, over_time: &str, whole, parts: &[crate::period::Span]| {
        let number = rows.len() as i64 + 1;
        for part in parts {
            rows.push(vec![
                round.into(),
                over_time.into(),
                span(whole).into(),
                number.into(),
                span(*part).into(),
                (parts.len() as i64).into(),
            ]);
        }
    };
    for (from, to) in RENAMED {
        for over_time in ["adds", "last"] {
            way("names", over_time, to, &[from]);
        }
    }
    for (whole, parts) in parts_of_spans() {
        way(round(whole), "adds", whole, &parts);
    }
    for (whole, later) in LAST_READINGS {
        for reading in later {
            way(round(whole), "last", whole, &[*reading]);
        }
    }
    script.table(
        "calendar",
        "round, over_time, whole, way, part, needed",
        (
            "Kỳ nào được suy ra từ kỳ nào: cách có số nhỏ hơn được dùng trước, và cần đủ mọi phần.",
            "Which span follows from which: the way with the lower number goes first, and needs all of its parts.",
        ),
        rows,
    );
}

/// The round of the calendar in which a span is made.
fn round(whole: crate::period::Span) -> &'static str {
    use crate::period::Span;
    match whole {
        Span::Quarter(_) | Span::Month(_) => "quarters",
        Span::Half(_) => "halves",
        Span::Year | Span::SchoolYear | Span::FirstMonths(_) => "years",
    }
}

fn about(wanted: &Wanted<'_>, position: usize, indicator: &Indicator, variant: &Variant) -> Vec<Cell> {
    let scale = match &variant.formula {
        Formula::Ratio { scale, .. } | Formula::ShareOfUnits { scale, .. } => *scale,
        Formula::Answer { .. } => 1,
    };
    let first = variant.formula.terms().first().map(|t| t.measure);
    let is_ratio = matches!(variant.formula, Formula::Ratio { .. });
    let of_counts = first.filter(|_| is_ratio);
    let of_counts = of_counts.map_or(0, |m| wanted.catalogue.measures.get(m).decimals);
    vec![
        indicator.id.as_str().into(),
        (position as i64 + 1).into(),
        scale.into(),
        i64::from(indicator.decimals).into(),
        10i64.pow(u32::from(indicator.decimals)).into(),
        i64::from(of_counts).into(),
    ]
}

fn levels(indicator: &Indicator) -> Vec<Vec<Cell>> {
    let all = [Level::Nation, Level::Province, Level::District, Level::Commune];
    let on = all.into_iter().filter(|level| indicator.is_computable_at(*level));
    on.map(|level| vec![indicator.id.as_str().into(), level.code().into()])
        .collect()
}

fn terms(wanted: &Wanted<'_>, indicator: &Indicator, variant: &Variant) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut put = |side: &str, terms: &[Term], split: Option<Dimension>| {
        for term in terms {
            rows.push(term_row(wanted, indicator, side, term, split));
        }
    };
    match &variant.formula {
        Formula::Ratio {
            numerator,
            denominator,
            ..
        } => {
            let by = splits(&wanted.catalogue.measures, indicator, variant);
            for split in [None].into_iter().chain(by.into_iter().map(Some)) {
                put("n", numerator, split);
                put("d", denominator, split);
            }
        }
        Formula::ShareOfUnits { rule, .. } => {
            put("rule", &rule.terms, None);
            put("among", &rule.among, None);
        }
        Formula::Answer { term } => put("answer", std::slice::from_ref(term), None),
    }
    rows
}

fn term_row(
    wanted: &Wanted<'_>,
    indicator: &Indicator,
    side: &str,
    term: &Term,
    split: Option<Dimension>,
) -> Vec<Cell> {
    let about = |dimension: Dimension| -> Cell {
        match split == Some(dimension) {
            true => "*".into(),
            false => code(&wanted.catalogue.lists, term.breakdown, dimension).into(),
        }
    };
    vec![
        indicator.id.as_str().into(),
        side.into(),
        wanted.catalogue.measures.get(term.measure).id.as_str().into(),
        about(Dimension::Item),
        about(Dimension::Age),
        about(Dimension::Ethnicity),
        about(Dimension::Sex),
        split.map_or("all", Dimension::code).into(),
        i64::from(term.years_back).into(),
        if term.minus { (-1).into() } else { 1.into() },
    ]
}

fn code(lists: &CodeLists, breakdown: Breakdown, dimension: Dimension) -> &str {
    category(lists, breakdown.get(dimension))
}

/// The code of a category as the facts have it.
pub(super) fn category(lists: &CodeLists, id: CategoryId) -> &str {
    match id.is_all() {
        true => "all",
        false => &lists.category(id).code,
    }
}

/// Whether the numerator may not exceed the denominator.
pub(super) fn is_strict_share(indicator: &Indicator) -> bool {
    is_share(indicator) && !indicator.may_exceed
}
