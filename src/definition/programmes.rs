//! Programmes: which indicators an act judges together, in which years. From `programmes/*.toml`; the leading one,
//! the Strategy, is declared by `catalogue.toml`, `objectives*.toml` and the indicators themselves.
//!
//! Holds: every indicator that a programme names is there; a number of a target stands once in its programme.
//! Leaves to others: the values (`targets*.csv`, each row of one programme), judging (`compare`).

use super::fault::not_known;
use super::frame;
use super::reader::{Source, Table};
use super::{DefinitionFault, DefinitionFile, Indicator, Objective, is_code};
use crate::lang::Words;

/// Index in [`super::Catalogue::programmes`]; the leading programme is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProgrammeId(pub u16);

impl ProgrammeId {
    /// The Strategy that `catalogue.toml` names.
    pub const LEADING: ProgrammeId = ProgrammeId(0);
}

/// An act with targets of its own: a strategy, a programme, a set of criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// `gbv-2021-2025`
    pub id: String,
    pub name: Words,
    /// For columns and tabs.
    pub short: Words,
    pub act: String,
    /// First and last year that it is about.
    pub years: (i16, i16),
    /// What cannot be judged by rows, and what is unsure; empty: nothing.
    pub note: Words,
    pub objectives: Vec<Objective>,
    pub targets: Vec<ProgrammeTarget>,
    /// Indicators shown beside the targets of an objective and part of none: proxies.
    pub beside: Vec<(u8, String)>,
}

/// One target, made of one or more indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeTarget {
    /// As the act numbers it: `3.2`.
    pub number: String,
    /// Number of one of the programme's objectives.
    pub objective: u8,
    /// None: the names of its indicators say it.
    pub name: Option<Words>,
    /// Ids of indicators.
    pub parts: Vec<String>,
    /// Met only if every part is met: there is no "đạt một phần".
    pub every_part: bool,
}

impl Programme {
    /// Ids of all its indicators, those of targets first.
    pub fn indicators(&self) -> impl Iterator<Item = &str> {
        let parts = self.targets.iter().flat_map(|t| &t.parts);
        parts
            .chain(self.beside.iter().map(|(_, id)| id))
            .map(String::as_str)
    }

    /// Whether one of its targets is made of this indicator.
    pub fn judges(&self, indicator: &str) -> bool {
        self.targets
            .iter()
            .any(|t| t.parts.iter().any(|p| p == indicator))
    }
}

/// The leading programme with what the indicators say of it, then those of the files.
pub fn build(
    leading: Option<Programme>,
    files: &[&DefinitionFile],
    indicators: &[Indicator],
    known: &[&str],
    faults: &mut Vec<DefinitionFault>,
) -> Vec<Programme> {
    let mut all: Vec<Programme> = leading.map(|p| with_targets(p, indicators)).into_iter().collect();
    for file in files {
        let lead = all.first().map(|p| p.id.clone()).unwrap_or_default();
        let read = Source::new(&file.path, &file.text).read(faults, |t| read(t, known, &lead));
        let Some(programme) = read else { continue };
        match all.iter_mut().find(|p| p.id == programme.id) {
            // An office's file takes the place of ours.
            Some(same) => *same = programme,
            None => all.push(programme),
        }
    }
    all
}

/// The targets that the indicators name, in the order of the indicators.
fn with_targets(mut programme: Programme, indicators: &[Indicator]) -> Programme {
    for indicator in indicators.iter().filter(|i| i.objective > 0) {
        let known = programme
            .targets
            .iter_mut()
            .find(|t| t.number == indicator.target);
        match known {
            _ if indicator.target.is_empty() => {
                programme.beside.push((indicator.objective, indicator.id.clone()));
            }
            Some(target) => target.parts.push(indicator.id.clone()),
            None => programme.targets.push(ProgrammeTarget {
                number: indicator.target.clone(),
                objective: indicator.objective,
                name: None,
                parts: vec![indicator.id.clone()],
                every_part: false,
            }),
        }
    }
    programme
}

fn read(t: &Table, known: &[&str], leading: &str) -> Option<Programme> {
    let id = t.text("id");
    let name = t.words("name");
    let short = t.words("short");
    let act = t.text("act");
    let years = years(t);
    let note = t.words_if("note").unwrap_or_else(|| Words::new("", ""));
    let objectives: Vec<Objective> = t
        .tables("objective")
        .iter()
        .filter_map(frame::objective)
        .collect();
    let mut targets: Vec<ProgrammeTarget> = Vec::new();
    for t in &t.tables("target") {
        let Some(target) = target(t, known, &objectives) else {
            continue;
        };
        if targets.iter().any(|other| other.number == target.number) {
            t.fault_here(
                "number",
                Words::new("số này đã dùng", "this number is used already"),
            );
        }
        targets.push(target);
    }
    t.finish();
    for (key, missing) in [
        ("objective", objectives.is_empty()),
        ("target", targets.is_empty()),
    ] {
        if missing && !t.has(key) {
            t.fault_here(key, Words::new("phải có ít nhất một", "at least one is needed"));
        }
    }
    let id = id?;
    if !is_code(&id.value) {
        t.fault(
            &id,
            Words::new(
                "mã chỉ gồm chữ thường không dấu, số và dấu -",
                "an id has lower-case ASCII letters, digits and -",
            ),
        );
    }
    if id.value == leading {
        t.fault(
            &id,
            Words::new(
                "chương trình này khai báo trong catalogue.toml",
                "this programme is declared in catalogue.toml",
            ),
        );
    }
    Some(Programme {
        id: id.value,
        name: name?,
        short: short?,
        act: act?.value,
        years: years?,
        note,
        objectives,
        targets,
        beside: Vec::new(),
    })
}

/// `years = [2021, 2025]`
pub fn years(t: &Table) -> Option<(i16, i16)> {
    let numbers = t.numbers("years");
    let year = |i: usize| numbers.get(i).and_then(|n| i16::try_from(n.value).ok());
    match (numbers.len(), year(0), year(1)) {
        (2, Some(from), Some(to)) if (2000..=to).contains(&from) && to <= 2100 => Some((from, to)),
        _ => {
            t.fault_here(
                "years",
                Words::new("phải là [năm đầu, năm cuối]", "must be [first year, last year]"),
            );
            None
        }
    }
}

fn target(t: &Table, known: &[&str], objectives: &[Objective]) -> Option<ProgrammeTarget> {
    let number = t.text("number");
    let objective = t.number("objective");
    let name = t.words_if("name");
    let parts = t.texts("indicators");
    let every_part = t.flag("every_part", false);
    t.finish();
    for part in parts.iter().filter(|p| !known.contains(&p.value.as_str())) {
        let kind = Words::new("mã chỉ số trong danh mục", "the id of an indicator");
        t.fault(part, not_known(&part.value, &kind, known.iter().copied()));
    }
    if parts.is_empty() {
        t.fault_here(
            "indicators",
            Words::new("phải có ít nhất một chỉ số", "at least one indicator is needed"),
        );
    }
    let objective = objective?;
    let found = objectives.iter().find(|o| i64::from(o.number) == objective.value);
    if found.is_none() {
        let number = objective.value;
        t.fault(
            &objective,
            Words::new(
                format!("tệp này không khai báo mục tiêu số {number}"),
                format!("this file declares no objective {number}"),
            ),
        );
    }
    Some(ProgrammeTarget {
        number: number?.value,
        objective: found?.number,
        name,
        parts: parts.into_iter().map(|p| p.value).collect(),
        every_part,
    })
}
