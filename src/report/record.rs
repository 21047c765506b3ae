//! The record of a run: what went in, with which definitions, and what came of it.
//!
//! Holds: no user names, no paths of the machine, no text of problems; only names and counts.

use std::collections::BTreeMap;

use crate::definition::programmes::ProgrammeId;
use crate::disclosure::Asked;
use crate::report::view::View;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub program_version: String,
    pub catalogue_version: String,
    pub language: &'static str,
    pub edition: &'static str,
    pub locality: String,
    pub period: String,
    /// The day on whose units the figures stand.
    pub boundaries_on: String,
    pub asked: Asked,
    pub made_on: String,
    pub provisional: bool,
    pub inputs: Vec<Input>,
    pub problems: Vec<ProblemCount>,
    pub coverage: Vec<CoverageLine>,
    pub targets: Vec<TargetLine>,
    pub figures: usize,
    pub facts: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub kind: &'static str,
    pub bytes: u64,
    pub sha256: String,
    pub outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemCount {
    pub name: &'static str,
    pub severity: &'static str,
    pub count: u64,
    pub left_out: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageLine {
    pub indicator: String,
    pub reported: u32,
    pub expected: u32,
    pub verdict: &'static str,
    /// Judged though units are missing.
    pub provisional: bool,
    /// What becomes of the verdict when they report; empty if none are missing or nothing was judged.
    pub if_all_report: &'static str,
}

/// A target: its number and the code of its judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetLine {
    pub target: String,
    pub verdict: &'static str,
    /// Some part was judged though units are missing.
    pub provisional: bool,
}

pub(super) fn record(view: &View<'_>) -> Record {
    use crate::disclosure::Edition;
    use crate::lang::Lang;
    let content = view.content;
    let mut kinds: BTreeMap<(&'static str, &'static str), (u64, u64)> = BTreeMap::new();
    for p in &content.problems {
        let entry = kinds.entry((p.kind.name(), p.severity().code())).or_default();
        entry.0 += 1;
        entry.1 += u64::from(p.left_out);
    }
    Record {
        program_version: content.about.program_version.clone(),
        catalogue_version: content.about.catalogue_version.clone(),
        language: match view.lang {
            Lang::Vi => "vi",
            Lang::En => "en",
        },
        edition: match view.release.edition() {
            Edition::Internal => "internal",
            Edition::Public => "public",
        },
        locality: view.code(view.scope()).to_owned(),
        period: view.period().code(),
        boundaries_on: content.about.base.to_string(),
        asked: content.asked.clone(),
        made_on: content.about.made_on.to_string(),
        provisional: content.about.provisional,
        inputs: content
            .sources
            .files
            .iter()
            .map(|f| Input {
                name: f.name.clone(),
                kind: f.kind,
                bytes: f.bytes,
                sha256: f.sha256.clone(),
                outcome: f.outcome.code(),
            })
            .collect(),
        problems: kinds
            .into_iter()
            .map(|((name, severity), (count, left_out))| ProblemCount {
                name,
                severity,
                count,
                left_out,
            })
            .collect(),
        coverage: view
            .indicators()
            .filter_map(|(id, indicator)| {
                let judged = view.main_figure(id)?;
                Some(CoverageLine {
                    indicator: indicator.id.clone(),
                    reported: judged.figure.coverage.reported,
                    expected: judged.figure.coverage.expected,
                    verdict: judged.verdict.judgement.code(),
                    provisional: judged.verdict.reserve.partial,
                    if_all_report: judged.verdict.if_all.map_or("", |all| all.code()),
                })
            })
            .collect(),
        targets: content
            .targets
            .iter()
            .filter(|t| t.place == view.scope() && t.period == view.period())
            .map(|t| {
                let programme = view.catalogue.programme(t.programme);
                let leads = t.programme == ProgrammeId::LEADING;
                let target = match programme.filter(|_| !leads) {
                    Some(programme) => format!("{} {}", programme.id, t.target),
                    None => t.target.clone(),
                };
                TargetLine {
                    target,
                    verdict: t.judgement.code(),
                    provisional: t.reserve.partial,
                }
            })
            .collect(),
        figures: content.figures.len(),
        facts: content.facts.len(),
    }
}
