//! Two runs compared from what they left: every changed figure split into causes.
//!
//! In:  two folders of outputs. Out: [`Comparison`]; a workbook if one is asked for.
//! Holds: neither the workbooks that were sent nor the runs' folders of data are needed. The two ends are what
//!        the runs published; in between, one thing after the other is changed and everything computed anew, by
//!        the rooms that a run goes through. Facts keep the mark of contradiction that their run gave them.

mod amounts;
mod behind;
mod grounds;
mod reading;
mod told;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Failure, Figured, Ground, figured};
use crate::check::CheckedFacts;
use crate::classification::{Breakdown, Dimension};
use crate::compare::judge_all;
use crate::definition::Catalogue;
use crate::disclosure::{Asked, Edition, Refusal, ReleasedRevision};
use crate::host::{Host, Replaced, in_words};
use crate::lang::{Lang, Words};
use crate::origin::{FileOutcome, Sources};
use crate::recall::{Facts, Record, Unknown};
use crate::recast::{Boundaries, Recast};
use crate::revision::{AboutRun, Cause, Known, Revision, Sent, Steps, edits, without};
use crate::{export, report};
use grounds::{Base, Stand, Wanted};
use reading::Run;

/// Which runs are compared, and what is to be written.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Folders of outputs, or their records; the earlier first.
    pub runs: [PathBuf; 2],
    pub lang: Lang,
    /// A workbook.
    pub output: Option<PathBuf>,
}

/// What came of a comparison.
#[derive(Debug)]
pub struct Comparison {
    pub revision: ReleasedRevision,
    /// For names: the one that the figures were computed by.
    pub catalogue: Catalogue,
    pub written: Option<PathBuf>,
}

/// Compares two runs.
pub fn compare_runs(host: &dyn Host, asked: &Compared) -> Result<Comparison, Failure> {
    let runs = [Run::find(host, &asked.runs[0])?, Run::find(host, &asked.runs[1])?];
    if let Some(output) = &asked.output {
        runs.iter().try_for_each(|run| run.spares(output))?;
    }
    let (revision, catalogue) = revise(host, &runs)?;
    let revision =
        ReleasedRevision::make(revision, Edition::Internal).map_err(|Refusal(why)| Failure(why))?;
    let written = match &asked.output {
        None => None,
        Some(output) => Some(write(host, output, &revision, &catalogue, asked.lang)?),
    };
    Ok(Comparison {
        revision,
        catalogue,
        written,
    })
}

fn write(
    host: &dyn Host,
    output: &Path,
    revision: &ReleasedRevision,
    catalogue: &Catalogue,
    lang: Lang,
) -> Result<PathBuf, Failure> {
    let book = report::revised(revision, catalogue, lang);
    let bytes = export::xlsx::write(&book).map_err(Failure::internal)?;
    match host.replace(output, &bytes) {
        Ok(Replaced::AsAsked) => Ok(output.to_path_buf()),
        Ok(Replaced::Instead(other)) => Ok(other),
        Err(error) => {
            let (shown, why) = (output.display(), in_words(&error));
            Err(Failure(Words::new(
                format!("không ghi được {shown}: {}", why.vi),
                format!("cannot write {shown}: {}", why.en),
            )))
        }
    }
}

fn revise(host: &dyn Host, runs: &[Run; 2]) -> Result<(Revision, Catalogue), Failure> {
    let [first, second] = [&runs[0].record, &runs[1].record];
    let base = Base::of([first, second]);
    let whole = grounds::loaded(base.files.clone())?;
    let as_first = base
        .judged_as_first()
        .and_then(|files| grounds::loaded(files).ok());
    let mut reader = Facts::new(&whole);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut unknown = Unknown::new();
    runs[0].facts(host, &mut reader, &mut before, &mut unknown)?;
    runs[1].facts(host, &mut reader, &mut after, &mut unknown)?;
    let sources = reader.sources;
    let asked_elsewhere = first.locality != second.locality || first.period != second.period;
    let outcomes = [first, second].map(outcomes);
    let sent = |n: usize, facts| Sent {
        facts,
        by_digest: &outcomes[n].0,
        by_name: &outcomes[n].1,
    };
    let edits = edits(sent(0, &before), sent(1, &after), &sources, asked_elsewhere);
    let (facts_before, facts_after) = (before.len(), after.len());
    drop(after);
    let walk = Walk::of(first, second, base.is_of);
    let last = grounds::stand(&whole, &walk.last())?;
    let register = &last.catalogue.localities;
    let places = last.tree.nodes.iter().map(|n| register.unit(n.unit));
    let places: Vec<(&str, &str)> = places.map(|u| (u.code.as_str(), u.level_code())).collect();
    let mut told = Told {
        steps: Steps::new(
            whole.indicators.iter().map(|i| i.id.as_str()),
            places.iter().copied(),
        ),
        facts: before.into_iter().map(Some).collect(),
        sources: &sources,
        recast: None,
    };
    let judging = as_first.as_ref().unwrap_or(&whole);
    runs[0].figures(host, &mut told.steps)?;
    told.steps.end(Cause::Definition);
    let mut stand = grounds::stand(judging, &walk.first())?;
    told.compute(&stand, walk.begins)?;
    if let Some(wanted) = walk.asked()
        && let Ok(elsewhere) = grounds::stand(judging, &wanted)
    {
        stand = elsewhere;
        told.compute(&stand, Cause::Asked)?;
    }
    if walk.moves() {
        stand = grounds::stand(judging, &walk.on_units_of_second())?;
        told.compute(&stand, Cause::Boundary)?;
    }
    for cause in [Cause::Asked].into_iter().chain(Cause::OF_FACTS) {
        let of_cause: Vec<_> = edits.iter().filter(|e| e.cause == cause).copied().collect();
        if !of_cause.is_empty() {
            without(&mut told.facts, &of_cause);
            told.compute(&stand, cause)?;
        }
    }
    if as_first.is_some() || walk.judges_otherwise() {
        told.compute(&last, Cause::Target)?;
    }
    runs[1].figures(host, &mut told.steps)?;
    told.steps.end(walk.ends);
    let compared = told.steps.compared();
    let place = |code: &str, level: &str| {
        let mut here = last.tree.nodes.iter().map(|n| n.unit);
        let is = |id: &_| {
            let unit = register.unit(*id);
            unit.code == code && unit.level_code() == level
        };
        let days = [second.boundaries_on, first.boundaries_on];
        let known = || days.into_iter().find_map(|day| register.by_code(code, day));
        here.find(is).or_else(known)
    };
    let mut changes = told.steps.changes(place, |codes| breakdown(&whole, codes));
    if let Some(recast) = &told.recast {
        behind::put(&mut changes, &edits, &last, recast);
    }
    let revision = Revision {
        runs: [about(&runs[0], facts_before), about(&runs[1], facts_after)],
        reserves: reserves(&base, first, second, &unknown, &changes),
        changes,
        edits,
        compared,
        sources,
        settings: told::settings(first, second),
        made_on: host.today(),
    };
    Ok((revision, last.catalogue))
}

/// By digest, and by name. Of two files of the same bytes the one that was read counts.
type Outcomes = (BTreeMap<String, FileOutcome>, BTreeMap<String, FileOutcome>);

fn outcomes(record: &Record) -> Outcomes {
    let mut by_digest = BTreeMap::new();
    for input in &record.inputs {
        if input.outcome != FileOutcome::Duplicate {
            by_digest.entry(input.sha256.clone()).or_insert(input.outcome);
        }
    }
    let by_name = record.inputs.iter().map(|i| (i.name.clone(), i.outcome));
    (by_digest, by_name.collect())
}

fn breakdown(catalogue: &Catalogue, codes: [&str; 3]) -> Breakdown {
    let dimensions = [Dimension::Sex, Dimension::Age, Dimension::Ethnicity];
    let named = dimensions
        .into_iter()
        .zip(codes)
        .filter(|(_, code)| *code != "all");
    named.fold(Breakdown::default(), |breakdown, (dimension, code)| {
        let mut lists = catalogue.lists.lists.iter().filter(|l| l.dimension == dimension);
        let found = lists.find_map(|list| catalogue.lists.find(&list.id, code));
        found.map_or(breakdown, |category| breakdown.with(dimension, category))
    })
}

fn about(run: &Run, facts: usize) -> AboutRun {
    let record = &run.record;
    let read = |outcome: FileOutcome| outcome == FileOutcome::Read;
    AboutRun {
        name: run.name.clone(),
        made_on: record.made_on.clone(),
        program_version: record.program_version.clone(),
        catalogue_version: record.catalogue_version.clone(),
        locality: record.locality.clone(),
        period: record.period,
        boundaries_on: record.boundaries_on,
        files_read: record.inputs.iter().filter(|i| read(i.outcome)).count(),
        facts,
    }
}

/// What could not be told apart.
fn reserves(
    base: &Base,
    first: &Record,
    second: &Record,
    unknown: &Unknown,
    changes: &[crate::revision::Change],
) -> Vec<Words> {
    let mut reserves = Vec::new();
    let by_definition = changes
        .iter()
        .flat_map(|c| &c.contributions)
        .any(|c| c.cause == Cause::Definition);
    if by_definition && base.restored.iter().any(Option::is_none) {
        let which = |n: usize| {
            if base.restored[n].is_none() {
                Some(n + 1)
            } else {
                None
            }
        };
        let missing: Vec<String> = (0..2).filter_map(which).map(|n| n.to_string()).collect();
        let missing = missing.join(", ");
        let versions = format!("{} → {}", first.program_version, second.program_version);
        reserves.push(Words::new(
            format!("danh mục của lần {missing} không có trong chương trình này ({versions}): phần “Định nghĩa” gồm cả thay đổi mục tiêu và chương trình, không tách riêng được"),
            format!("the catalogue of run {missing} is not in this program ({versions}): the part “Definition” also holds changes of targets and of the program, which cannot be told apart"),
        ));
    }
    if !unknown.is_empty() {
        let count: usize = unknown.values().sum();
        let codes: Vec<&str> = unknown.keys().map(String::as_str).take(5).collect();
        let codes = codes.join(", ");
        reserves.push(Words::new(
            format!("{count} số liệu có mã mà danh mục dùng để so sánh không có ({codes}): ảnh hưởng của chúng nằm trong phần “Định nghĩa”"),
            format!("{count} figures have codes that the catalogue used here does not have ({codes}): their effect is within “Definition”"),
        ));
    }
    reserves
}

/// The grounds on which figures are computed, from the first run to the second.
struct Walk<'r> {
    first: &'r Record,
    second: &'r Record,
    variants: Vec<(String, String)>,
    /// What the difference to the published figures is at both ends.
    begins: Cause,
    ends: Cause,
}

impl<'r> Walk<'r> {
    fn of(first: &'r Record, second: &'r Record, is_of: [bool; 2]) -> Walk<'r> {
        let here = env!("CARGO_PKG_VERSION");
        // The second run's choice stands, and the first one's for what only it computed.
        let mut variants = second.asked.variants.clone();
        let chosen = |id: &str| second.asked.variants.iter().any(|(known, _)| known == id);
        let others = first.asked.variants.iter().filter(|(id, _)| !chosen(id));
        variants.extend(others.cloned());
        let as_then = variants.iter().all(|(id, variant)| {
            let mut then = first.asked.variants.iter();
            then.all(|(known, was)| known != id || was == variant)
        });
        let end = |exact: bool| if exact { Cause::Unsplit } else { Cause::Definition };
        Walk {
            first,
            second,
            variants,
            begins: end(is_of[0] && as_then && first.program_version == here),
            ends: end(is_of[1] && second.program_version == here),
        }
    }

    fn wanted(&self, asked: &'r Record, judged: &'r Record, boundaries: Boundaries) -> Wanted<'r> {
        Wanted {
            judged: &judged.asked,
            programmes: &asked.asked,
            variants: self.variants.clone(),
            locality: (&asked.locality, asked.asked.locality.as_deref()),
            period: asked.period,
            boundaries,
        }
    }

    fn first(&self) -> Wanted<'r> {
        self.wanted(self.first, self.first, self.first.asked.boundaries)
    }

    /// What the second run asked, on the units of the first; none if both asked the same.
    fn asked(&self) -> Option<Wanted<'r>> {
        let (a, b) = (self.first, self.second);
        let plan = |r: &'r Record| r.asked.plan.as_ref().map(|(id, _)| id);
        let same = a.locality == b.locality
            && a.period == b.period
            && a.asked.programmes == b.asked.programmes
            && plan(a) == plan(b);
        let boundaries = match a.asked.boundaries.day(b.period) == a.boundaries_on {
            true => a.asked.boundaries,
            false => Boundaries::On(a.boundaries_on),
        };
        (!same).then(|| self.wanted(b, a, boundaries))
    }

    fn moves(&self) -> bool {
        let (a, b) = (self.first, self.second);
        a.boundaries_on != b.boundaries_on
            || a.asked.boundaries != b.asked.boundaries
            || self.asked().is_some()
    }

    fn on_units_of_second(&self) -> Wanted<'r> {
        self.wanted(self.second, self.first, self.second.asked.boundaries)
    }

    fn judges_otherwise(&self) -> bool {
        let (a, b) = (&self.first.asked, &self.second.asked);
        let gates = |asked: &Asked| (asked.minimum_coverage_percent, asked.coverage_of.clone());
        (a.tolerance_tenths, gates(a), &a.plan) != (b.tolerance_tenths, gates(b), &b.plan)
    }

    fn last(&self) -> Wanted<'r> {
        self.wanted(self.second, self.second, self.second.asked.boundaries)
    }
}

/// The figures of one step after the other.
struct Told<'s> {
    steps: Steps,
    facts: Vec<Option<Known>>,
    sources: &'s Sources,
    /// Of the last step.
    recast: Option<Recast>,
}

impl Told<'_> {
    fn compute(&mut self, stand: &Stand, cause: Cause) -> Result<(), Failure> {
        let known = || self.facts.iter().flatten();
        let (refused, sound): (Vec<&Known>, Vec<&Known>) = known().partition(|k| k.fact.is_refused());
        let checked = CheckedFacts::recalled(
            sound.iter().map(|k| k.fact).collect(),
            sound.iter().map(|k| k.contradicted).collect(),
            refused.iter().map(|k| k.fact).collect(),
        );
        let catalogue = &stand.catalogue;
        let ground = Ground {
            catalogue,
            variants: &stand.variants,
            tree: &stand.tree,
            boundaries: stand.boundaries,
            period: stand.period,
        };
        let Figured { recast, figures, .. } = figured(&ground, &checked, self.sources)?;
        let verdicts = judge_all(&figures, catalogue, stand.tree.day);
        let code = |id: crate::classification::CategoryId| match id.is_all() {
            true => "all",
            false => catalogue.lists.category(id).code.as_str(),
        };
        for (figure, verdict) in figures.iter().zip(&verdicts) {
            let Some(indicator) = catalogue.indicators.get(usize::from(figure.indicator.0)) else {
                continue;
            };
            let unit = catalogue.localities.unit(figure.place);
            let group = [figure.group.sex, figure.group.age, figure.group.ethnicity].map(code);
            self.steps.say(
                &indicator.id,
                (&unit.code, unit.level_code()),
                figure.period,
                group,
                amounts::amounts(catalogue, figure, verdict),
            );
        }
        self.steps.end(cause);
        self.recast = Some(recast);
        Ok(())
    }
}
