//! The whole run as one function that reads as a page; alone in seeing every room.
//!
//! In:  a [`Request`], already made coherent by `cli`. Out: an [`Outcome`]: files written, what was
//!      read, all problems; or a [`Failure`]: nothing could be done.
//! Holds: a bad file never stops the others; outputs are written beside and renamed; the same
//!        inputs give the same bytes, whatever the number of threads.

mod belonging;
mod content;
pub mod crossing;
mod elsewhere;
pub mod examples;
mod facts;
mod figuring;
mod files;
mod giving_back;
mod grounds;
mod reading;
mod revising;
mod scope;
mod trace;
mod unusual;
mod write;

use figuring::{Figured, Ground, figured};
pub use giving_back::{GivenBack, Returned};
pub use reading::{forms, grids, inspect, read};
pub use revising::{Compared, Comparison, compare_runs};
pub use scope::variants;
pub use trace::{Trace, TraceMissing, TraceMove, TraceTerm, trace};

use std::path::PathBuf;

use crate::audit;
use crate::check::{CheckedFacts, check};
use crate::classification::locality::Level;
use crate::compare::{Further, TargetVerdict, Verdict, judge_all, judge_further, judge_targets};
use crate::definition::Catalogue;
use crate::disclosure::{Edition, Refusal};
use crate::evaluate::{Figure, Question, weigh};
use crate::fact::FactSet;
use crate::host::Host;
use crate::intake::Intake;
use crate::lang::{Lang, Words};
use crate::period::{Day, Period};
use crate::plan::{self, Arrivals, Log, Plan, Reporting, Resent};
use crate::problem::{Kind, Place, Problem};
use crate::recast::{Boundaries, Recast};
use crate::rollup::Tree;

/// What is to be done. Made by `cli` from arguments and configuration, or by a test.
#[derive(Debug, Clone)]
pub struct Request {
    /// Folders and files to read.
    pub roots: Vec<PathBuf>,
    pub catalogue: Catalogue,
    pub lang: Lang,
    /// None: the latest that the data are about.
    pub period: Option<Period>,
    /// Code or name of the place reported on; none: the smallest that holds all data.
    pub scope: Option<String>,
    pub edition: Edition,
    /// One more workbook for each unit of this level.
    pub each: Option<Level>,
    /// Folder for the outputs.
    pub output: PathBuf,
    /// Folder for the units' own workbooks with the cells marked.
    pub returned: Option<PathBuf>,
    /// Folder for slips, one for each unit, for those who print.
    pub slips: Option<PathBuf>,
    /// Folder for the reported figures as parts for other engines.
    pub facts: Option<PathBuf>,
    /// Name of the workbook if it was asked for by name (`-o bao-cao.xlsx`).
    pub workbook: Option<String>,
    /// The office's plan: who owes which report by when.
    pub plan: Option<Plan>,
    /// When each report came, as the office wrote it down.
    pub log: Option<Log>,
    /// (indicator id, variant id) chosen by the office.
    pub variants: Vec<(String, String)>,
    pub office: Office,
    /// Date on the cover; none: today.
    pub date: Option<Day>,
    /// On whose units the figures stand.
    pub boundaries: Boundaries,
    /// The program that opens files as a process of its own (this one, started again); none: files
    /// are opened in this process.
    pub reader: Option<PathBuf>,
    /// Readings of earlier runs are used, and kept beside the data for later ones.
    pub cached: bool,
}

impl Request {
    fn gives_back(&self) -> bool {
        self.returned.is_some() || self.slips.is_some()
    }
}

/// The letterhead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Office {
    pub name: String,
    pub superior: String,
    pub contact: String,
    pub signatories: Vec<String>,
    pub provisional: bool,
}

/// Told as the run goes on; called from several threads.
pub trait Progress: Sync {
    /// Reading begins; so many files.
    fn files(&self, _total: usize) {}
    /// One file more, read now or before, and how many figures were taken from it.
    fn file_read(&self, _name: &str, _figures: usize) {}
    fn stage(&self, _stage: Stage) {}
    /// Workbooks of single units are written before that of the whole; so many.
    fn workbooks(&self, _total: usize) {}
    /// One of them more is in its place.
    fn workbook_written(&self, _name: &str) {}
}

/// No progress is shown.
#[derive(Debug)]
pub struct Quiet;

impl Progress for Quiet {}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Reading,
    Checking,
    Computing,
    Writing,
}

/// Nothing could be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub Words);

impl Failure {
    fn internal(error: impl std::fmt::Display) -> Failure {
        Failure(Words::new(
            format!("lỗi nội bộ: {error}"),
            format!("internal error: {error}"),
        ))
    }
}

/// What was done.
#[derive(Debug)]
pub struct Outcome {
    pub written: Vec<PathBuf>,
    pub scope: String,
    pub period: Period,
    pub files_read: usize,
    pub files_found: usize,
    pub facts: usize,
    /// What went back to the units.
    pub given_back: GivenBack,
    /// Who has reported, if there is a plan.
    pub reporting: Option<Reporting>,
    /// Ordered by file, sheet, cell.
    pub problems: Vec<Problem>,
}

/// Everything up to the door: what `report`, `check` and `explain` share.
pub struct Computed {
    /// Without its facts: they are in `checked`.
    pub intake: Intake,
    pub checked: CheckedFacts,
    pub tree: Tree,
    pub recast: Recast,
    pub period: Period,
    pub periods: Vec<Period>,
    pub variants: Vec<u8>,
    pub figures: Vec<Figure>,
    pub verdicts: Vec<Verdict>,
    pub further: Vec<Further>,
    pub targets: Vec<TargetVerdict>,
    pub quality: Vec<audit::QualityLine>,
    pub reporting: Option<Reporting>,
    pub resent: Vec<Resent>,
    /// Worked out when a workbook first asks for it.
    pub other_times: std::sync::OnceLock<crossing::OtherTimes>,
}

/// Reads, checks, computes, and writes the workbooks.
pub fn report(host: &dyn Host, request: &Request, progress: &dyn Progress) -> Result<Outcome, Failure> {
    // Refused before anything is read: nobody should wait for a run that may not be published.
    if let Edition::Public = request.edition {
        crate::disclosure::allows(request.edition).map_err(|Refusal(why)| Failure(why))?;
    }
    let computed = compute(host, request, progress)?;
    progress.stage(Stage::Writing);
    let mut outcome = outcome(request, &computed);
    let (written, held) = write::outputs(host, request, computed, progress)?;
    outcome.written = written;
    outcome.problems.extend(held);
    outcome.problems.sort();
    Ok(outcome)
}

/// Reads, checks and computes; writes nothing but the workbooks that go back to the units, if they are asked for.
pub fn check_only(host: &dyn Host, request: &Request, progress: &dyn Progress) -> Result<Outcome, Failure> {
    let computed = compute(host, request, progress)?;
    let mut outcome = outcome(request, &computed);
    if request.gives_back() {
        progress.stage(Stage::Writing);
        let material = giving_back::Material::of_run(&computed);
        let (given_back, held) = giving_back::give_back(host, request, material)?;
        outcome.given_back = given_back;
        outcome.problems.extend(held);
        outcome.problems.sort();
    }
    Ok(outcome)
}

/// What goes back to the units where nothing could be computed because no figure could be read.
pub fn give_back_unread(host: &dyn Host, request: &Request, intake: &Intake) -> Result<GivenBack, Failure> {
    if !request.gives_back() {
        return Ok(GivenBack::default());
    }
    let material = giving_back::Material::of_intake(intake);
    Ok(giving_back::give_back(host, request, material)?.0)
}

/// Of a run that has written nothing yet.
fn outcome(request: &Request, computed: &Computed) -> Outcome {
    Outcome {
        written: Vec::new(),
        scope: scope::name(&request.catalogue, &computed.tree, request.lang),
        period: computed.period,
        files_read: computed.intake.sources.read_count(),
        files_found: computed.intake.sources.files.len(),
        facts: computed.checked.sound(),
        given_back: GivenBack::default(),
        reporting: computed.reporting.clone(),
        problems: computed.intake.problems.clone(),
    }
}

/// From files to verdicts.
pub fn compute(host: &dyn Host, request: &Request, progress: &dyn Progress) -> Result<Computed, Failure> {
    let catalogue = &request.catalogue;
    // A mistyped place or variant is told before anybody waits for the reading.
    let variants = scope::variants(catalogue, &request.variants)?;
    if let (Some(period), Some(asked)) = (request.period, request.scope.as_deref()) {
        let day = request.boundaries.day(period);
        scope::choose(catalogue, Some(asked), &[], period.last_day(), day)?;
    }
    progress.stage(Stage::Reading);
    let mut intake = read(host, request, progress)?;
    if intake.facts.is_empty() {
        return Err(no_facts(&intake));
    }
    intake.problems.extend(replaced(catalogue));
    progress.stage(Stage::Checking);
    let arrivals = request
        .plan
        .as_ref()
        .map(|_| Arrivals::of(intake.facts.iter().copied()));
    let resent = plan::supersede(&mut intake.facts, &intake.sources, request.log.as_ref());
    intake
        .problems
        .extend(scope::superseded(&mut intake.sources, &resent));
    // From here on the rows are columns.
    let facts = FactSet::new(&std::mem::take(&mut intake.facts));
    let (checked, found) = check(&facts, &intake.sources, catalogue);
    drop(facts);
    intake.problems.extend(found);
    progress.stage(Stage::Computing);
    let period = request
        .period
        .or_else(|| scope::latest_period(checked.facts()))
        .ok_or_else(|| no_facts(&intake))?;
    let reporting = request.plan.as_ref().zip(arrivals).map(|(plan, arrivals)| {
        let evidence = plan::Evidence {
            catalogue,
            sources: &intake.sources,
            senders: &intake.senders,
            arrivals: &arrivals,
            log: request.log.as_ref(),
            resent: &resent,
        };
        plan::reporting(plan, period, evidence)
    });
    intake
        .problems
        .extend(reporting.iter().flat_map(scope::not_in_the_folder));
    let day = request.boundaries.day(period);
    let unit = scope::choose(
        catalogue,
        request.scope.as_deref(),
        checked.facts(),
        period.last_day(),
        day,
    )?;
    let tree = Tree::new(&catalogue.localities, unit, day);
    intake
        .problems
        .extend(scope::wider(&catalogue.localities, unit, day));
    if let Some(level) = request.each {
        scope::has_level(catalogue, &tree, level)?;
    }
    let ground = Ground {
        catalogue,
        variants: &variants,
        tree: &tree,
        boundaries: request.boundaries,
        period,
    };
    let Figured {
        recast,
        periods,
        mut figures,
        problems,
    } = figured(&ground, &checked, &intake.sources)?;
    intake.problems.extend(problems);
    intake.problems.extend(elsewhere::problems(
        &checked,
        &tree,
        &recast,
        &catalogue.localities,
        &intake.sources,
    ));
    let question = ground.question(&recast, &periods);
    weigh(&question, &mut figures);
    let verdicts = judge_all(&figures, catalogue, day);
    let further = judge_further(&figures, catalogue, day);
    let targets = judge_targets(&figures, &verdicts, &further, catalogue);
    intake.problems.extend(unusual::problems(
        &figures,
        &unusual::Evidence {
            catalogue,
            tree: &tree,
            facts: checked.facts(),
            sources: &intake.sources,
        },
    ));
    intake.problems.extend(audit::problems(
        &question,
        checked.facts(),
        &intake.sources,
        period,
    ));
    intake
        .problems
        .extend(scope::programmes_of_other_years(catalogue, period));
    intake.problems.sort();
    let quality = audit::lines(&question, &figures, checked.facts(), period);
    Ok(Computed {
        intake,
        checked,
        tree,
        recast,
        period,
        periods,
        variants,
        figures,
        verdicts,
        further,
        targets,
        quality,
        reporting,
        resent,
        other_times: std::sync::OnceLock::new(),
    })
}

impl Computed {
    /// The question whose answers are the figures.
    pub fn question<'a>(&'a self, catalogue: &'a Catalogue) -> Question<'a> {
        Question {
            catalogue,
            tree: &self.tree,
            rolled: &self.recast.base,
            periods: &self.periods,
            variants: &self.variants,
            recast: (!self.recast.frames.is_empty()).then_some(&self.recast),
        }
    }
}

/// Declarations of ours that do not count because the office has its own.
fn replaced(catalogue: &Catalogue) -> impl Iterator<Item = Problem> {
    catalogue.replaced.iter().map(|r| {
        let what = r.what.clone();
        Problem::new(Place::file(&r.file), Kind::DefinitionReplaced { what })
    })
}

fn no_facts(intake: &Intake) -> Failure {
    let (files, problems) = (intake.sources.files.len(), intake.problems.len());
    Failure(Words::new(
        format!("không có số liệu nào đọc được từ {files} tệp ({problems} vấn đề)"),
        format!("no figure could be read (files: {files}, problems: {problems})"),
    ))
}
