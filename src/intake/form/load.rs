//! Reads and proves the files of `forms/`.
//!
//! In:  raw files, and the code lists and measures they may name. Out: [`Forms`], or every fault.
//! Holds: a fault names file, line, key and a near word; none stops the search for others.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::raw::{RawAnswers, RawCount, RawForm, RawLabel, RawMeaning, RawPair};
use super::{
    Answers, Axis, ColumnName, Condition, CountRule, Declared, Form, Forms, LabelRule, Layout, PairRule,
    PeriodKind, Recognise, RowRole,
};
use crate::classification::locality::Level;
use crate::classification::{CategoryId, CodeLists, Dimension, MeasureId, Measures};
use crate::definition::{Catalogue, DefinitionFault, DefinitionFile};
use crate::fact::Senders;
use crate::intake::label;
use crate::intake::meaning::{Meaning, is_allowed};
use crate::intake::vocabulary::Vocabulary;
use crate::intake::when::When;
use crate::lang::Words;
use crate::period::{Period, Span};
use crate::text;

/// Reads all forms; of two with one id the later file wins (an office's own overlay).
pub fn parse_forms(catalogue: &Catalogue) -> Result<Forms, Vec<DefinitionFault>> {
    let Catalogue {
        forms: files,
        lists,
        measures,
        ..
    } = catalogue;
    let mut faults = Vec::new();
    let mut forms: BTreeMap<String, Form> = BTreeMap::new();
    for file in files {
        match toml::from_str::<RawForm>(&file.text) {
            Ok(raw) => {
                let mut reader = Reader {
                    file,
                    lists,
                    measures,
                    faults: &mut faults,
                };
                let form = reader.form(raw);
                forms.insert(form.id.clone(), form);
            }
            Err(error) => faults.push(unreadable(file, &error)),
        }
    }
    let answers = answers(&catalogue.answers, lists, measures, &mut faults);
    if faults.is_empty() {
        Ok(Forms {
            all: forms.into_values().collect(),
            vocabulary: Vocabulary::new(lists, measures),
            answers,
        })
    } else {
        Err(faults)
    }
}

/// What the office has answered; the files add up.
fn answers(
    files: &[DefinitionFile],
    lists: &CodeLists,
    measures: &Measures,
    faults: &mut Vec<DefinitionFault>,
) -> Answers {
    let mut answers = Answers::default();
    for file in files {
        match toml::from_str::<RawAnswers>(&file.text) {
            Ok(raw) => {
                let mut reader = Reader {
                    file,
                    lists,
                    measures,
                    faults: &mut *faults,
                };
                reader.answers(raw, &mut answers);
            }
            Err(error) => faults.push(unreadable(file, &error)),
        }
    }
    answers
}

/// A file that is no TOML, or has a key that is not known.
fn unreadable(file: &DefinitionFile, error: &toml::de::Error) -> DefinitionFault {
    let at = error.span().map_or(0, |s| s.start);
    let message = error.message().to_owned();
    DefinitionFault {
        file: file.path.clone(),
        line: line_of(&file.text, at) as u32,
        key: key_at(&file.text, at),
        message: Words::new(
            format!("tệp khai báo không đọc được: {message}"),
            format!("the declaration cannot be read: {message}"),
        ),
    }
}

struct Reader<'a> {
    file: &'a DefinitionFile,
    lists: &'a CodeLists,
    measures: &'a Measures,
    faults: &'a mut Vec<DefinitionFault>,
}

/// The categories a label, a default or a count names.
struct Named<'r> {
    measure: Option<&'r str>,
    sex: Option<&'r str>,
    age: Option<&'r str>,
    ethnicity: Option<&'r str>,
    item: Option<&'r str>,
    span: Option<&'r str>,
}

impl<'a> Reader<'a> {
    fn form(&mut self, raw: RawForm) -> Form {
        let defaults = match &raw.defaults {
            Some(spanned) => {
                let d: &RawMeaning = spanned.get_ref();
                let named = Named {
                    measure: d.measure.as_deref(),
                    sex: d.sex.as_deref(),
                    age: d.age.as_deref(),
                    ethnicity: d.ethnicity.as_deref(),
                    item: d.item.as_deref(),
                    span: d.span.as_deref(),
                };
                self.meaning(&named, spanned.span().start, None)
            }
            None => Meaning::default(),
        };
        let default = defaults.measures.first().copied();
        let labels = raw.label.iter().map(|l| self.label(l, default)).collect();
        let pairs = raw.cell.iter().map(|p| self.pair(p)).collect();
        let counts = raw.count.iter().filter_map(|c| self.count(c)).collect();
        let periods = self.words_of(&raw.periods, "periods", &PERIODS);
        let levels: Vec<(&str, Level)> = Level::ALL.iter().map(|l| (l.code(), *l)).collect();
        let levels = self.words_of(&raw.levels, "levels", &levels);
        let senders = self
            .word_of(&raw.senders, "senders", &SENDERS)
            .unwrap_or(Senders::One);
        let rows = self
            .word_of(&raw.rows.role, "role", &ROLES)
            .unwrap_or(RowRole::Labels);
        let recognise = raw.recognise;
        if recognise.numbers.is_empty() && recognise.titles.is_empty() && recognise.headers.is_empty() {
            let message = Words::new(
                "mẫu biểu cần ít nhất một trong: numbers, titles, headers",
                "a form needs at least one of numbers, titles, headers",
            );
            self.fault(0, "recognise", message);
        }
        Form {
            id: raw.id.into_inner(),
            name: raw.name,
            issuer: raw.issuer,
            source: raw.source,
            verified: raw.verified,
            senders,
            periods,
            levels,
            recognise: Recognise {
                numbers: recognise
                    .numbers
                    .iter()
                    .map(|n| super::choose::squashed(n))
                    .collect(),
                titles: recognise
                    .titles
                    .iter()
                    .map(|t| t.iter().map(|p| text::key(p)).collect())
                    .collect(),
                without: recognise.without.iter().map(|t| text::key(t)).collect(),
                headers: recognise.headers.iter().map(|h| Declared::new(h)).collect(),
            },
            defaults,
            rows,
            details: raw.rows.details,
            persons: raw.rows.persons,
            labels,
            pairs,
            neutral: raw
                .neutral
                .iter()
                .map(|n| label::words(&text::key(n)).join(" "))
                .collect(),
            counts,
            trust_units: raw.trust_units,
        }
    }

    fn answers(&mut self, raw: RawAnswers, into: &mut Answers) {
        for (list, name) in raw.code_lists {
            let at = name.span().start;
            let name = name.into_inner();
            let Some(id) = self.lists.list_named(&list) else {
                self.unknown(at, "code_lists", &list, &["sex", "ethnicity"]);
                continue;
            };
            let lists = self.lists;
            let categories = lists.list(id).categories.iter();
            let numbers = categories.flat_map(|c| &lists.category(*c).numbers);
            let known: BTreeSet<&str> = numbers.map(|(name, _)| name.as_str()).collect();
            if known.contains(name.as_str()) {
                into.code_lists.insert(list, name);
            } else {
                let known: Vec<&str> = known.into_iter().collect();
                self.unknown(at, &list, &name, &known);
            }
        }
        for spanned in raw.layout {
            let at = spanned.span().start;
            let layout = spanned.into_inner();
            if layout.headings.is_empty() && layout.title.is_empty() {
                let message = Words::new(
                    "cần headings hoặc title để nhận ra bảng",
                    "headings or title are needed to recognise the table",
                );
                self.fault(at, "layout", message);
            }
            let period = layout.period.as_deref().and_then(|text| {
                let period = Period::parse(&text.to_ascii_uppercase());
                if period.is_none() {
                    self.unknown(at, "period", text, &["2024", "2024-H1", "2024-Q3", "2023-2024"]);
                }
                period
            });
            let thousands = layout.thousands.as_deref().and_then(|text| {
                let mark = text
                    .chars()
                    .next()
                    .filter(|c| matches!(c, '.' | ',') && text.len() == 1);
                if mark.is_none() {
                    self.unknown(at, "thousands", text, &[".", ","]);
                }
                mark
            });
            into.layouts.push(Layout {
                title: layout.title.iter().map(|t| text::key(t)).collect(),
                headings: layout.headings.iter().map(|h| Declared::new(h)).collect(),
                period,
                thousands,
                labels: layout.label.iter().map(|l| self.label(l, None)).collect(),
            });
        }
    }

    fn label(&mut self, spanned: &Spanned<RawLabel>, default: Option<MeasureId>) -> LabelRule {
        let raw = spanned.get_ref();
        let at = spanned.span().start;
        let named = Named {
            measure: raw.measure.as_deref(),
            sex: raw.sex.as_deref(),
            age: raw.age.as_deref(),
            ethnicity: raw.ethnicity.as_deref(),
            item: raw.item.as_deref(),
            span: raw.span.as_deref(),
        };
        let meaning = self.meaning(&named, at, default);
        if raw.text.is_empty() && raw.number.is_none() && raw.code.is_none() {
            let message = Words::new(
                "nhãn cần text, number hoặc code",
                "a label needs text, number or code",
            );
            self.fault(at, "label", message);
        }
        let axis = match raw.axis.as_deref() {
            None | Some("any") => Axis::Any,
            Some("row") => Axis::Row,
            Some("column") => Axis::Column,
            Some(other) => {
                self.unknown(at, "axis", other, &["row", "column", "any"]);
                Axis::Any
            }
        };
        LabelRule {
            text: raw.text.iter().map(|t| Declared::new(t)).collect(),
            under: raw.under.iter().map(|t| Declared::new(t)).collect(),
            number: raw.number.clone(),
            code: raw.code.clone(),
            axis,
            meaning,
            ignore: raw.ignore,
            heading: raw.heading,
        }
    }

    fn pair(&mut self, spanned: &Spanned<RawPair>) -> PairRule {
        let raw = spanned.get_ref();
        let named = Named {
            measure: Some(&raw.measure),
            sex: raw.sex.as_deref(),
            age: raw.age.as_deref(),
            ethnicity: raw.ethnicity.as_deref(),
            item: raw.item.as_deref(),
            span: None,
        };
        PairRule {
            row: raw.row.iter().map(|t| Declared::new(t)).collect(),
            column: raw.column.iter().map(|t| Declared::new(t)).collect(),
            meaning: self.meaning(&named, spanned.span().start, None),
        }
    }

    fn count(&mut self, spanned: &Spanned<RawCount>) -> Option<CountRule> {
        let raw = spanned.get_ref();
        let at = spanned.span().start;
        let named = Named {
            measure: Some(&raw.measure),
            sex: raw.sex.as_deref(),
            age: raw.age.as_deref(),
            ethnicity: raw.ethnicity.as_deref(),
            item: raw.item.as_deref(),
            span: None,
        };
        let fixed = self.meaning(&named, at, None);
        let mut when = Vec::new();
        for condition in &raw.when {
            let column = condition.column.as_deref().map(ColumnName::new);
            let built = match (column, condition.at_least, condition.every_at_least) {
                (Some(column), Some(at_least), None) => Some(Condition::AtLeast {
                    column,
                    at_least,
                    part_of: condition.part_of.as_deref().map(ColumnName::new),
                }),
                (Some(column), None, None) if !condition.is.is_empty() => Some(Condition::Is {
                    column,
                    any_of: condition.is.iter().map(|t| text::folded(t)).collect(),
                }),
                (Some(column), None, None) if condition.filled => Some(Condition::Filled { column }),
                (None, None, Some(at_least)) if !condition.columns.is_empty() => {
                    Some(Condition::EveryAtLeast {
                        columns: condition.columns.iter().map(|c| ColumnName::new(c)).collect(),
                        at_least,
                    })
                }
                _ => None,
            };
            match built {
                Some(condition) => when.push(condition),
                None => self.fault(
                    at,
                    "when",
                    Words::new(
                        "điều kiện cần column với at_least, is hoặc filled; hoặc columns với every_at_least",
                        "a condition needs column with at_least, is or filled; or columns with every_at_least",
                    ),
                ),
            }
        }
        let mut ages = Vec::new();
        for code in &raw.ages {
            match self.lists.find("age", code) {
                Some(id) => ages.push(id),
                None => {
                    let codes = self.codes(|l| l.id == "age");
                    self.unknown(at, "ages", code, &codes);
                }
            }
        }
        let age_on = raw.age_on.as_deref().and_then(|text| {
            let day = text
                .split_once('-')
                .and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)));
            let day = day.filter(|(m, d)| (1..=12).contains(m) && (1..=31).contains(d));
            if day.is_none() {
                let message = Words::new(
                    "ngày viết như \"12-31\" (tháng-ngày)",
                    "write the day as \"12-31\" (month-day)",
                );
                self.fault(at, "age_on", message);
            }
            day
        });
        let from = |text: &Option<String>| text.as_deref().map(ColumnName::new);
        Some(CountRule {
            measure: *fixed.measures.first()?,
            item_from: from(&raw.item_from),
            place_from: from(&raw.place_from),
            sex_from: from(&raw.sex_from),
            ethnicity_from: from(&raw.ethnicity_from),
            age_from: from(&raw.age_from),
            ages,
            age_on,
            when,
            fixed,
        })
    }

    fn meaning(&mut self, named: &Named<'_>, at: usize, default: Option<MeasureId>) -> Meaning {
        let mut meaning = Meaning::default();
        if let Some(id) = named.measure {
            match self.measures.find(id) {
                Some(id) => meaning.measures.push(id),
                None => {
                    let ids: Vec<&str> = self.measures.all.iter().map(|m| m.id.as_str()).collect();
                    self.unknown(at, "measure", id, &ids);
                }
            }
        }
        let measure = meaning.measures.first().copied().or(default);
        for (list, code) in [
            ("sex", named.sex),
            ("age", named.age),
            ("ethnicity", named.ethnicity),
        ] {
            let Some(code) = code else { continue };
            match self.lists.find(list, code) {
                Some(id) => {
                    self.prove_allowed(measure, id, at, list);
                    meaning.categories.push(vec![id]);
                }
                None => {
                    let codes = self.codes(|l| l.id == list);
                    self.unknown(at, list, code, &codes);
                }
            }
        }
        if let Some(code) = named.item {
            let list = measure.and_then(|m| self.measures.get(m).items);
            let items: Vec<CategoryId> = self
                .lists
                .lists
                .iter()
                .enumerate()
                .filter(|(i, l)| {
                    l.dimension == Dimension::Item && list.is_none_or(|id| usize::from(id.0) == *i)
                })
                .flat_map(|(_, l)| l.categories.iter().copied())
                .filter(|c| self.lists.category(*c).code == code)
                .collect();
            if items.is_empty() {
                let codes = self.codes(|l| l.dimension == Dimension::Item);
                self.unknown(at, "item", code, &codes);
            } else {
                meaning.categories.push(items);
            }
        }
        if let Some(span) = named.span {
            match span_named(span) {
                Some(span) => {
                    meaning.when = When {
                        span: Some(span),
                        ..When::default()
                    };
                }
                None => self.unknown(
                    at,
                    "span",
                    span,
                    &[
                        "year",
                        "half-1",
                        "quarter-1",
                        "month-1",
                        "months-9",
                        "school-year",
                    ],
                ),
            }
        }
        meaning
    }

    fn prove_allowed(&mut self, measure: Option<MeasureId>, category: CategoryId, at: usize, list: &str) {
        let Some(id) = measure else { return };
        let measure = self.measures.get(id);
        if !is_allowed(category, measure, self.lists) {
            let message = Words::new(
                format!("chỉ tiêu {} không chia theo {list}", measure.id),
                format!("measure {} may not be split by {list}", measure.id),
            );
            self.fault(at, list, message);
        }
    }

    fn codes(&self, wanted: impl Fn(&crate::classification::CodeList) -> bool) -> Vec<&'a str> {
        let lists = self.lists;
        lists
            .lists
            .iter()
            .filter(|l| wanted(l))
            .flat_map(|l| l.categories.iter())
            .map(|c| lists.category(*c).code.as_str())
            .collect()
    }

    fn word_of<T: Copy>(&mut self, word: &Spanned<String>, key: &str, known: &[(&str, T)]) -> Option<T> {
        let found = known.iter().find(|(w, _)| w == word.get_ref()).map(|(_, t)| *t);
        if found.is_none() {
            let words: Vec<&str> = known.iter().map(|(w, _)| *w).collect();
            self.unknown(word.span().start, key, word.get_ref(), &words);
        }
        found
    }

    fn words_of<T: Copy>(&mut self, words: &[Spanned<String>], key: &str, known: &[(&str, T)]) -> Vec<T> {
        words.iter().filter_map(|w| self.word_of(w, key, known)).collect()
    }

    fn unknown(&mut self, at: usize, key: &str, found: &str, known: &[&str]) {
        let near = text::did_you_mean(found, known.iter().copied());
        let (vi, en) = near.map_or_else(Default::default, |n| {
            (format!("; có phải “{n}”?"), format!("; did you mean “{n}”?"))
        });
        let message = Words::new(
            format!("“{found}” không có trong danh mục{vi}"),
            format!("“{found}” is not in the catalogue{en}"),
        );
        self.fault(at, key, message);
    }

    fn fault(&mut self, at: usize, key: &str, message: Words) {
        // A table array is spanned by its header; the key is looked for in the lines below it.
        let line = line_of(&self.file.text, at);
        let near = self
            .file
            .text
            .lines()
            .enumerate()
            .skip(line.saturating_sub(1))
            .find(|(_, l)| l.trim_start().starts_with(key))
            .map_or(line, |(i, _)| i + 1);
        self.faults.push(DefinitionFault {
            file: self.file.path.clone(),
            line: near as u32,
            key: key.to_owned(),
            message,
        });
    }
}

const PERIODS: [(&str, PeriodKind); 6] = [
    ("year", PeriodKind::Year),
    ("half", PeriodKind::Half),
    ("quarter", PeriodKind::Quarter),
    ("month", PeriodKind::Month),
    ("first-months", PeriodKind::FirstMonths),
    ("school-year", PeriodKind::SchoolYear),
];

const SENDERS: [(&str, Senders); 2] = [("one", Senders::One), ("many", Senders::Many)];

const ROLES: [(&str, RowRole); 4] = [
    ("labels", RowRole::Labels),
    ("places", RowRole::Places),
    ("senders", RowRole::Senders),
    ("entities", RowRole::Entities),
];

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

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).map_or(1, |t| t.matches('\n').count() + 1)
}

fn key_at(text: &str, at: usize) -> String {
    let line = text.lines().nth(line_of(text, at) - 1).unwrap_or_default();
    line.split('=').next().unwrap_or_default().trim().to_owned()
}
