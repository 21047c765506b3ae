//! Reads and proves the files of `forms/` and `answers/`.
//!
//! In:  their texts, and the code lists and measures they may name. Out: [`Forms`], or every fault.
//! Holds: a fault names file, line, key and a near word; none stops the search for others.

mod answers;
mod counts;
mod labels;
mod meaning;
mod ratios;

use std::collections::BTreeMap;

use super::{Answers, Condition, CountRule, Declared, Form, Forms, Recognise, RowRole};
use crate::definition::reader::{Source, Spot, Table};
use crate::definition::{Catalogue, DefinitionFault, Names, level};
use crate::intake::label;
use crate::intake::meaning::Meaning;
use crate::intake::vocabulary::Vocabulary;
use crate::lang::Words;
use crate::text;

/// Reads all forms; of two with one id the later file wins (an office's own overlay). Answers add up.
pub fn parse_forms(catalogue: &Catalogue) -> Result<Forms, Vec<DefinitionFault>> {
    let names = Names {
        lists: &catalogue.lists,
        measures: &catalogue.measures,
    };
    let mut faults = Vec::new();
    let mut forms: BTreeMap<String, Form> = BTreeMap::new();
    for file in &catalogue.forms {
        let found = Source::new(&file.path, &file.text).read(&mut faults, |t| form(t, names));
        if let Some(form) = found {
            forms.insert(form.id.clone(), form);
        }
    }
    let mut answers = Answers::default();
    for file in &catalogue.answers {
        Source::new(&file.path, &file.text).read(&mut faults, |t| answers::read(t, names, &mut answers));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Forms {
        all: forms.into_values().collect(),
        vocabulary: Vocabulary::new(names.lists, names.measures),
        answers,
    })
}

fn form(t: &Table, names: Names) -> Option<Form> {
    let id = t.text("id");
    let name = t.words("name");
    let issuer = t.words("issuer");
    let source = t.text_if("source").map_or_else(String::new, |s| s.value);
    let verified = t.flag("verified", false);
    let senders = t.word("senders");
    let periods = values(t.word_list("periods"));
    let levels = t.texts("levels").iter().filter_map(|w| level(t, w)).collect();
    let trust_units = t.flag("trust_units", true);
    let neutral = t.texts("neutral");
    let recognise = t.table("recognise").map(|t| recognise(&t));
    let defaults = t.table_if("defaults").map_or_else(Meaning::default, |t| {
        let meaning = meaning::read(&t, names, None);
        t.finish();
        meaning
    });
    let rows = t.table("rows").and_then(|t| rows(&t));
    let default = defaults.measures.first().copied();
    let labels = labels::read(t, names, default);
    let ratios = ratios::read(t, names);
    let counts = t.tables("count");
    let counts: Vec<CountRule> = counts.iter().filter_map(|t| counts::read(t, names)).collect();
    t.finish();
    let (rows, recognise) = (rows?, recognise?);
    let titles = recognise.titles.iter().flatten();
    let title_words = titles
        .flat_map(|phrase| label::words(&text::key(phrase)))
        .collect();
    let counts = counts.into_iter().map(|count| count.only(&rows.when)).collect();
    Some(Form {
        id: id?.value,
        name: name?,
        issuer: issuer?,
        source,
        verified,
        senders: senders?.value,
        periods,
        levels,
        recognise,
        title_words,
        defaults,
        rows: rows.role,
        details: rows.details,
        persons: rows.persons,
        labels,
        ratios,
        neutral: neutral
            .iter()
            .map(|n| label::words(&text::key(&n.value)).join(" "))
            .collect(),
        counts,
        trust_units,
    })
}

fn recognise(t: &Table) -> Recognise {
    let recognise = Recognise {
        numbers: t
            .texts("numbers")
            .iter()
            .map(|n| super::choose::squashed(&n.value))
            .collect(),
        titles: t.lists_of_texts("titles").into_iter().map(keys).collect(),
        without: keys(t.texts("without")),
        headers: declared(t.texts("headers")),
        needs: declared(t.texts("needs")),
        lacks: declared(t.texts("lacks")),
    };
    t.finish();
    if recognise.numbers.is_empty() && recognise.titles.is_empty() && recognise.headers.is_empty() {
        let message = Words::new(
            "mẫu biểu cần ít nhất một trong: numbers, titles, headers",
            "a form needs at least one of numbers, titles, headers",
        );
        t.fault_here("", message);
    }
    recognise
}

struct Rows {
    role: RowRole,
    details: bool,
    persons: bool,
    /// What a row must satisfy to be counted at all.
    when: Vec<Condition>,
}

fn rows(t: &Table) -> Option<Rows> {
    let role = t.word("role");
    let (details, persons) = (t.flag("details", false), t.flag("persons", false));
    let when = counts::conditions(t);
    t.finish();
    Some(Rows {
        role: role?.value,
        details,
        persons,
        when,
    })
}

fn values<T>(spots: Vec<Spot<T>>) -> Vec<T> {
    spots.into_iter().map(|s| s.value).collect()
}

fn keys(texts: Vec<Spot<String>>) -> Vec<String> {
    texts.iter().map(|t| text::key(&t.value)).collect()
}

fn declared(texts: Vec<Spot<String>>) -> Vec<Declared> {
    texts.iter().map(|t| Declared::new(&t.value)).collect()
}
