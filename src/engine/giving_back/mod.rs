//! What goes back to the units: for each file with something to mend, the unit's own workbook with the cells marked.
//!
//! In:  a finished reading, and the run made of it if there is one. Out: workbooks in a folder, and a line for each file
//!      that cannot be given back.
//! Holds: a workbook holds nothing of any other file; the same inputs give the same bytes; a file that fails stops no
//!        other.

mod points;
mod record;
mod slips;
mod what_if;
mod words;
mod workbooks;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::write::Writer;
use super::{Computed, Failure, Request, files, reading};
use crate::check::Implied;
use crate::classification::MeasureId;
use crate::fact::Fact;
use crate::host::{Found, Host};
use crate::intake::{self, Intake};
use crate::lang::{Lang, Words};
use crate::origin::{FileId, FileOutcome, Sources};
use crate::problem::{Kind, Place, Problem, Severity};
use crate::returned::Point;
use points::{ByPlaceAndFile, Draft, Evidence, Reading, Senders};
pub(super) use record::untouched;
use slips::Addressee;
use what_if::{Effect, WhatIf};

/// What became of one file that has something to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// As it is named among the inputs.
    pub file: String,
    pub points: usize,
    /// Where its marked workbook is, or why there is none.
    pub written: Result<PathBuf, Words>,
}

/// What was written for the units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenBack {
    /// Files with something to mend, if workbooks were asked for.
    pub returned: Vec<Returned>,
    /// Slips, if they were asked for.
    pub slips: Vec<PathBuf>,
}

/// What is looked at: the reading, and the run if there was anything to compute.
#[derive(Clone, Copy)]
pub(super) struct Material<'a> {
    pub sources: &'a Sources,
    pub problems: &'a [Problem],
    pub computed: Option<&'a Computed>,
}

impl<'a> Material<'a> {
    pub fn of_intake(intake: &'a Intake) -> Material<'a> {
        Material {
            sources: &intake.sources,
            problems: &intake.problems,
            computed: None,
        }
    }

    pub fn of_run(computed: &'a Computed) -> Material<'a> {
        Material {
            computed: Some(computed),
            ..Material::of_intake(&computed.intake)
        }
    }
}

/// Facts and units that all trials of suggested values together may go through: a nation is tried a thousand times, a
/// district as often as anybody needs.
const MOST_WORK: usize = 20_000_000;

/// One file with something to mend.
struct Job<'a> {
    id: FileId,
    name: &'a str,
    path: &'a Path,
    problems: Vec<&'a Problem>,
    /// It came back with the list of an earlier return.
    has_list: bool,
}

/// What is said of one file, and to whom.
struct Told<'a> {
    job: Job<'a>,
    /// In the order in which they are to be mended.
    points: Vec<Point>,
    /// None: its sheets do not say who sent it.
    to: Option<Addressee>,
}

/// Writes what the request asks for: marked workbooks into one folder, slips into another.
pub(super) fn give_back(
    host: &dyn Host,
    request: &Request,
    material: Material<'_>,
) -> Result<(GivenBack, Vec<Problem>), Failure> {
    let (found, _) = files::files(host, request)?;
    let mut problems = [material.problems, &other_halves(material)].concat();
    problems.sort();
    let material = Material {
        problems: &problems,
        ..material
    };
    let mut refused: Vec<Returned> = Vec::new();
    let jobs = jobs(material, &found, &mut refused);
    let forms = super::forms(&request.catalogue)?;
    let context = reading::context(host, request);
    let reader = reading::reader(request);
    let readings: Vec<Reading> = jobs
        .par_iter()
        .map(|job| {
            let bytes = host.read(job.path).unwrap_or_default();
            let (sheets, _) = intake::inspect(&*reader, job.name, &bytes, &context, &forms);
            Reading { sheets }
        })
        .collect();
    let drafts = drafts(request, material, &jobs, &readings);
    let addressees: Vec<_> = readings.iter().map(Addressee::of).collect();
    drop(readings);
    let mut writer = Writer::new(host, request, material.sources);
    let mut back = GivenBack::default();
    let told = jobs.into_iter().zip(drafts).zip(addressees);
    let told: Vec<Told<'_>> = told.map(|((job, points), to)| Told { job, points, to }).collect();
    if let Some(folder) = &request.slips {
        let unread = unread(material, &refused, request.lang);
        back.slips = slips::write(&mut writer, request, material, &told, unread, folder)?;
    }
    if let Some(folder) = &request.returned {
        back.returned = workbooks::write(&mut writer, request, material, &*reader, &told, folder)?;
        back.returned.extend(refused);
        back.returned.sort_by(|a, b| a.file.cmp(&b.file));
    }
    Ok((back, writer.held()))
}

/// Where two reports differ on a figure one problem names both, at the cell of the later. Each of their units is asked.
fn other_halves(material: Material<'_>) -> Vec<Problem> {
    let Some(computed) = material.computed else {
        return Vec::new();
    };
    let mut named: BTreeMap<&str, &Words> = BTreeMap::new();
    for problem in material.problems {
        if let Kind::ReportedTwice { what, other, .. } = &problem.kind {
            named.insert(other, what);
        }
    }
    let facts = computed.checked.facts().iter().enumerate();
    let contradicted = facts.filter(|(i, _)| computed.checked.is_contradicted(*i));
    let half = |(_, fact): (usize, &Fact)| {
        let what = named.get(material.sources.describe(fact.origin).as_str())?;
        let sheet = material.sources.sheet(fact.origin.sheet);
        let place = Place::file(&material.sources.file(sheet.file).name)
            .sheet(&sheet.name)
            .cell(fact.origin.cell);
        // What the other report says is not for this unit.
        let kind = Kind::ReportedTwice {
            what: (*what).clone(),
            values: String::new(),
            other: String::new(),
        };
        Some(Problem::new(place, kind))
    };
    contradicted.filter_map(half).collect()
}

/// The files with something to mend; those that cannot be given back, and why.
fn jobs<'a>(material: Material<'a>, found: &'a [Found], refused: &mut Vec<Returned>) -> Vec<Job<'a>> {
    let mut of_files: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
    for problem in material.problems {
        let file = problem.place.file.as_deref().unwrap_or_default();
        of_files.entry(file).or_default().push(problem);
    }
    let mut paths: BTreeMap<&str, Vec<&Path>> = BTreeMap::new();
    for file in found {
        paths.entry(&file.name).or_default().push(&file.path);
    }
    let mut jobs = Vec::new();
    for (i, file) in material.sources.files.iter().enumerate() {
        let all = of_files.get(file.name.as_str()).map_or(&[][..], Vec::as_slice);
        let graver = all.iter().copied().filter(|p| p.severity() != Severity::Note);
        let problems: Vec<&Problem> = graver.collect();
        let Some(first) = problems.first() else { continue };
        let mut refuse = |why: Words| {
            refused.push(Returned {
                file: file.name.clone(),
                points: problems.len(),
                written: Err(why),
            });
        };
        match paths.get(file.name.as_str()).map(Vec::as_slice) {
            None | Some([]) => {}
            Some([_]) if file.outcome == FileOutcome::LeftOut => {
                let title = |lang| first.kind.wording(lang).title;
                refuse(Words::new(title(Lang::Vi), title(Lang::En)));
            }
            Some([path]) => jobs.push(Job {
                id: FileId(i as u32),
                name: &file.name,
                path,
                has_list: all.iter().any(|p| p.kind == Kind::MendingList {}),
                problems,
            }),
            // Their problems cannot be told apart, and one unit might read what is another's.
            Some(_) => refuse(Words::new(
                "có nhiều tệp cùng tên; hãy chạy riêng từng thư mục",
                "several files have this name; run over each folder by itself",
            )),
        }
    }
    jobs
}

/// Points of files that could not be opened: their slips say so.
fn unread(material: Material<'_>, refused: &[Returned], lang: Lang) -> Vec<(String, Vec<Point>)> {
    let of = |name: &str| -> Vec<Point> {
        let problems = material
            .problems
            .iter()
            .filter(|p| p.place.file.as_deref() == Some(name));
        problems.map(|p| points::of_file(p, lang)).collect()
    };
    let left_out = |file: &&crate::origin::SourceFile| {
        file.outcome == FileOutcome::LeftOut && refused.iter().any(|r| r.file == file.name)
    };
    let files = material.sources.files.iter().filter(left_out);
    files.map(|file| (file.name.clone(), of(&file.name))).collect()
}

/// The points of each file, in the order in which they are to be mended.
fn drafts(
    request: &Request,
    material: Material<'_>,
    jobs: &[Job<'_>],
    readings: &[Reading],
) -> Vec<Vec<Point>> {
    let no_facts: &[Fact] = &[];
    let facts = material.computed.map_or(no_facts, |c| c.checked.facts());
    let mut evidence = Evidence {
        request,
        sources: material.sources,
        computed: material.computed,
        implied: None,
        sheets: points::sheets(material.sources),
        facts: ByPlaceAndFile::of(facts, material.sources),
    };
    let senders = Senders::of(facts);
    let of_file = |(job, reading): (&Job<'_>, &Reading)| -> Vec<Fact> {
        let unread = reading.unread();
        let figures = unread.filter_map(|(sheet, figure)| evidence.unread(job.id, sheet, figure, &senders));
        figures.collect()
    };
    let unread: Vec<Fact> = jobs.iter().zip(readings).flat_map(of_file).collect();
    evidence.implied = material
        .computed
        .map(|c| Implied::new(&c.checked, unread, &request.catalogue, material.sources));
    let mut drafts: Vec<Vec<Draft>> = jobs
        .par_iter()
        .zip(readings)
        .map(|(job, reading)| {
            let drafts = job.problems.iter().map(|p| evidence.draft(job.id, p, reading));
            let mut drafts: Vec<Draft> = drafts.collect();
            evidence.explain_totals(&job.problems, &mut drafts);
            drafts
        })
        .collect();
    let effects = material
        .computed
        .map_or_else(BTreeMap::new, |computed| effects(request, computed, &drafts));
    let lang = request.lang;
    let untold = lang.pick(
        "không tính riêng: quá nhiều điểm",
        "not worked out: too many points",
    );
    drafts
        .iter_mut()
        .map(|of_file| {
            let weigh = |draft: &Draft| {
                let effect = draft.fact.and_then(|f| effects.get(&key(&f)));
                effect.map(|e| e.weight).unwrap_or_default()
            };
            of_file.sort_by(|a, b| {
                let by_effect = weigh(b).cmp(&weigh(a));
                let by_severity = || a.point.severity.cmp(&b.point.severity);
                by_effect.then_with(by_severity).then(b.left_out.cmp(&a.left_out))
            });
            of_file
                .iter_mut()
                .map(|draft| {
                    if let Some(fact) = draft.fact {
                        let effect = effects.get(&key(&fact));
                        draft.point.effect = effect.map_or_else(|| untold.to_owned(), |e| e.words.clone());
                    }
                    draft.point.clone()
                })
                .collect()
        })
        .collect()
}

type Key = (crate::origin::CellOrigin, i64);

fn key(fact: &Fact) -> Key {
    (fact.origin, fact.value)
}

/// What each suggested value would do. All of one measure share a run to be compared with; when there is too much to
/// try, each measure has its share of the trials, and the values that are furthest from what was sent come first.
fn effects(request: &Request, computed: &Computed, drafts: &[Vec<Draft>]) -> BTreeMap<Key, Effect> {
    let mut wanted: BTreeMap<MeasureId, BTreeMap<Key, Fact>> = BTreeMap::new();
    for fact in drafts.iter().flatten().filter_map(|d| d.fact) {
        wanted.entry(fact.measure).or_default().insert(key(&fact), fact);
    }
    let sent = computed.checked.facts();
    let distance = |fact: &Fact| {
        let found = sent.binary_search_by_key(&fact.origin, |f| f.origin).ok();
        let old = found.and_then(|i| sent.get(i)).map_or(0, |f| f.value);
        fact.value.abs_diff(old)
    };
    let share = MOST_WORK / wanted.len().max(1);
    let mut effects = BTreeMap::new();
    for (measure, facts) in wanted {
        let what_if = WhatIf::new(request, computed, measure);
        let affordable = share / what_if.cost().max(1);
        let mut tried: Vec<(Key, Fact)> = facts.into_iter().collect();
        tried.sort_by_key(|(key, fact)| (std::cmp::Reverse(distance(fact)), *key));
        tried.truncate(affordable);
        let found: Vec<(Key, Effect)> = tried
            .into_par_iter()
            .map(|(key, fact)| (key, what_if.effect(&fact)))
            .collect();
        effects.extend(found);
    }
    effects
}

/// By when the plan wants the reports that came in this file.
fn due(material: Material<'_>, name: &str, lang: Lang) -> Vec<String> {
    let reporting = material.computed.and_then(|c| c.reporting.as_ref());
    let lines = reporting.into_iter().flat_map(|r| &r.lines);
    let own = lines.filter(|line| line.files.iter().any(|f| f.file == name));
    let mut due: Vec<String> = own
        .filter_map(|line| Some(format!("{}: {}", line.period.get(lang), line.limit?.words(lang))))
        .collect();
    due.sort();
    due.dedup();
    due
}
