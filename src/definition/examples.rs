//! Worked examples of an indicator file: facts in, figure out. `engine` recomputes them.

use super::fault::not_known;
use super::reader::{Spot, Table};
use super::terms::Names;
use super::{Example, ExampleFact, Formula, Variant, scaled};
use crate::lang::Words;
use crate::period::Period;
use crate::quantity::Unit;

/// Codes of [`crate::quantity::Absence`] that an example may expect.
const ABSENCES: [&str; 6] = [
    "not-reported",
    "not-applicable",
    "not-occurred",
    "cannot-compute",
    "conflict",
    "withheld",
];

pub fn read(t: &Table, names: Names, variants: &[Variant], decimals: u8) -> Vec<Example> {
    let tables = t.tables("example");
    if tables.is_empty() {
        t.fault_here(
            "example",
            Words::new(
                "phải có ít nhất một ví dụ tính",
                "at least one worked example is needed",
            ),
        );
    }
    tables
        .iter()
        .filter_map(|t| example(t, names, variants, decimals))
        .collect()
}

fn example(t: &Table, names: Names, variants: &[Variant], decimals: u8) -> Option<Example> {
    let variant = t.text_if("variant");
    let year = t.number("year");
    let fact_tables = t.tables("facts");
    let facts: Vec<Option<ExampleFact>> = fact_tables.iter().map(|t| fact(t, names)).collect();
    let variant = match variant {
        None => variants.first(),
        Some(word) => {
            let found = variants.iter().find(|v| v.id == word.value);
            if found.is_none() {
                let kind = Words::new("cách tính của chỉ số này", "a variant of this indicator");
                let ids: Vec<&str> = variants.iter().map(|v| v.id.as_str()).collect();
                t.fault(&word, not_known(&word.value, &kind, ids));
            }
            found
        }
    };
    let own = variant.and_then(|v| v.formula.terms().into_iter().next());
    let own = match variant.map(|v| &v.formula) {
        Some(Formula::Ratio { .. }) => own.map_or(0, |term| names.measures.get(term.measure).decimals),
        _ => 0,
    };
    let numerator = amount(t, "numerator", own);
    let denominator = amount(t, "denominator", own);
    let value = t.decimal_if("value");
    if value.is_none() && !t.has("value") {
        t.fault_here("value", Words::new("thiếu khóa này", "this key is missing"));
    }
    t.finish();
    let value = value?;
    check_value(t, &value, decimals);
    let counted = variant.is_some_and(|v| !matches!(v.formula, Formula::Answer { .. }));
    let is_number = !ABSENCES.contains(&value.value.as_str());
    for (key, missing) in [
        ("numerator", numerator.is_none()),
        ("denominator", denominator.is_none()),
    ] {
        if counted && is_number && missing && !t.has(key) {
            t.fault_here(
                key,
                Words::new(
                    "ví dụ phải ghi tử số và mẫu số",
                    "an example gives its numerator and denominator",
                ),
            );
        }
    }
    let year = year?;
    let Ok(year_number) = i16::try_from(year.value) else {
        t.fault(&year, Words::new("không phải là năm", "not a year"));
        return None;
    };
    Some(Example {
        line: t.line,
        variant: variant?.id.clone(),
        year: year_number,
        facts: facts.into_iter().collect::<Option<_>>()?,
        numerator,
        denominator,
        value: value.value,
    })
}

fn fact(t: &Table, names: Names) -> Option<ExampleFact> {
    let about = names.about(t);
    let period = t.text("period");
    let place = t.number_if("place");
    let value = t.decimal_if("value");
    if value.is_none() && !t.has("value") {
        t.fault_here("value", Words::new("thiếu khóa này", "this key is missing"));
    }
    t.finish();
    let period = period.and_then(|word| {
        let found = Period::parse(&word.value);
        if found.is_none() {
            t.fault(
                &word,
                Words::new(
                    "không phải là kỳ; ví dụ 2024, 2024-H1, 2024-Q3, 2023-2024 (năm học)",
                    "not a period; for instance 2024, 2024-H1, 2024-Q3, 2023-2024 (school year)",
                ),
            );
        }
        found
    });
    let place = match &place {
        None => Some(1),
        Some(n) => u8::try_from(n.value).ok().filter(|n| *n > 0).or_else(|| {
            t.fault(n, Words::new("phải từ 1 đến 255", "must be from 1 to 255"));
            None
        }),
    };
    let (measure, breakdown) = about?;
    let value = value?;
    let declared = names.measures.get(measure);
    let number = scaled(&value.value, declared.decimals)
        .filter(|n| *n >= 0 && (declared.unit != Unit::YesNo || *n <= 1));
    if number.is_none() {
        t.fault(
            &value,
            Words::new(
                format!(
                    "phải là số không âm, không quá {} chữ số thập phân",
                    declared.decimals
                ),
                format!(
                    "must be a number not below 0 with at most {} decimals",
                    declared.decimals
                ),
            ),
        );
    }
    Some(ExampleFact {
        measure,
        breakdown,
        period: period?,
        value: number?,
        place: place?,
    })
}

/// A sum, written in the measure's unit and kept in its smallest one.
fn amount(t: &Table, key: &'static str, decimals: u8) -> Option<i64> {
    let text = t.decimal_if(key)?;
    let number = scaled(&text.value, decimals);
    if number.is_none() {
        t.fault(
            &text,
            Words::new(
                format!("phải là số có không quá {decimals} chữ số thập phân"),
                format!("must be a number with at most {decimals} decimals"),
            ),
        );
    }
    number
}

fn check_value(t: &Table, value: &Spot<String>, decimals: u8) {
    let digits = value.value.split_once('.').map_or(0, |(_, part)| part.len());
    let printed = scaled(&value.value, decimals).is_some() && digits == usize::from(decimals);
    if !printed && !ABSENCES.contains(&value.value.as_str()) {
        let mut message = not_known(
            &value.value,
            &Words::new("giá trị in ra được", "a printed value"),
            ABSENCES,
        );
        message
            .vi
            .push_str(&format!("; số phải có đúng {decimals} chữ số sau dấu chấm"));
        message.en.push_str(&format!(
            "; a number has exactly {decimals} digits after the point"
        ));
        t.fault(value, message);
    }
}
