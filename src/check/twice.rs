//! The same figure reported more than once: alike, it counts once; different, it is a contradiction.
//!
//! A figure is the same when measure, breakdown, place and period agree, and either the form allows
//! one report for a place, or the sender is the same school or facility. A report for the place
//! beside reports of its schools is the office's own sum: it is used, and compared with theirs. What is
//! counted from lists of persons adds up within a file, and so it is compared file by file.

use std::collections::{BTreeMap, BTreeSet};

use super::{Evidence, Marks};
use crate::fact::{Fact, Moment, Senders, Series};
use crate::origin::FileId;
use crate::problem::{Kind, Problem};
use crate::quantity::print_plain;

/// Two sheets with a figure that is the same in both: the later and the first, as sheets and as facts.
pub(super) type Alike = BTreeMap<(u32, u32), (usize, usize)>;

/// Of the facts of one place, the indices of those that count, in reading order; and sheets that
/// repeat others.
pub(super) fn keep_once(
    evidence: &Evidence<'_>,
    here: &[usize],
    marks: &mut Marks,
    problems: &mut Vec<Problem>,
) -> (Vec<usize>, Alike) {
    let mut dropped = BTreeSet::new();
    let groups = by_figure(evidence, here);
    let mut alike = Alike::new();
    for group in &groups {
        for same in by_sender(evidence, group).into_values() {
            let reports = by_report(evidence, &same);
            let Some((first, later)) = reports.split_first() else {
                continue;
            };
            let differing = later.iter().any(|report| report.value != first.value);
            for report in later {
                dropped.extend(report.facts.iter().copied());
                if !differing {
                    let pair = (
                        evidence.facts[report.facts[0]].origin.sheet.0,
                        evidence.facts[first.facts[0]].origin.sheet.0,
                    );
                    alike.entry(pair).or_insert((report.facts[0], first.facts[0]));
                } else if report.value != first.value {
                    // Which of the reports is right nobody knows here: none is used.
                    let both = first.facts.iter().chain(&report.facts);
                    let cost = both.map(|fact| marks.mark(*fact)).sum();
                    problems.push(differs(evidence, first, report).costing(cost));
                }
            }
        }
        office_beside_schools(evidence, group, &mut dropped, problems);
    }
    let counts = |i: &usize| !dropped.contains(i) && !evidence.facts[*i].is_refused();
    (here.iter().copied().filter(counts).collect(), alike)
}

/// One problem for each pair of sheets, however many figures and places they share.
pub(super) fn sent_twice(evidence: &Evidence<'_>, alike: &Alike) -> Vec<Problem> {
    let problem = |(later, first): &(usize, usize)| {
        let sheet = evidence.sources.sheet(evidence.facts[*first].origin.sheet);
        let other = format!("{} › {}", evidence.sources.file(sheet.file).name, sheet.name);
        let mut place = evidence.place_of(*later);
        place.cell = None;
        Problem::new(place, Kind::ReportedTwiceAlike { other })
    };
    alike.values().map(problem).collect()
}

/// Facts of the same figure, where there are several; in reading order.
fn by_figure(evidence: &Evidence<'_>, here: &[usize]) -> Vec<Vec<usize>> {
    let facts = here.iter().map(|i| (*i, &evidence.facts[*i]));
    let told = facts.filter(|(_, fact)| !fact.is_refused());
    let mut all: Vec<(Series, Moment, usize)> =
        told.map(|(i, fact)| (fact.series(), fact.moment(), i)).collect();
    all.sort_unstable();
    let same = all.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
    same.filter(|group| group.len() > 1)
        .map(|group| group.iter().map(|(.., i)| *i).collect())
        .collect()
}

/// Reports that stand for the same thing: all of the kind "one for a place", or those of one sender.
fn by_sender(evidence: &Evidence<'_>, group: &[usize]) -> BTreeMap<(Option<u32>, bool), Vec<usize>> {
    let mut senders: BTreeMap<(Option<u32>, bool), Vec<usize>> = BTreeMap::new();
    for i in group {
        let fact = &evidence.facts[*i];
        let who = fact.senders.are_many().then_some(fact.sender.0);
        // An office's own figure beside lists is compared later, as beside schools.
        let listed = fact.senders == Senders::Listed;
        senders.entry((who, listed)).or_default().push(*i);
    }
    senders
}

/// One report of a figure: a cell, or the counts of all lists of a file.
struct Report {
    facts: Vec<usize>,
    value: i64,
}

fn by_report(evidence: &Evidence<'_>, same: &[usize]) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    let mut of_file: BTreeMap<FileId, usize> = BTreeMap::new();
    for i in same {
        let fact = &evidence.facts[*i];
        let file = evidence.sources.sheet(fact.origin.sheet).file;
        let lists = fact.senders.is_listed().then(|| of_file.get(&file)).flatten();
        if let Some(report) = lists.and_then(|at| reports.get_mut(*at)) {
            report.facts.push(*i);
            report.value = report.value.saturating_add(fact.value);
            continue;
        }
        if fact.senders.is_listed() {
            of_file.insert(file, reports.len());
        }
        reports.push(Report {
            facts: vec![*i],
            value: fact.value,
        });
    }
    reports
}

fn differs(evidence: &Evidence<'_>, first: &Report, later: &Report) -> Problem {
    let (one, two) = (&evidence.facts[first.facts[0]], &evidence.facts[later.facts[0]]);
    let what = evidence.catalogue.series_name(two.measure, two.breakdown);
    let printed = |report: &Report| evidence.amount(report.facts[0], report.value);
    let values = format!("{} ≠ {}", printed(later), printed(first));
    let (first, later) = (first.facts[0], later.facts[0]);
    let sheet = |fact: &Fact| evidence.sources.sheet(fact.origin.sheet);
    let kind = if sheet(one).file == sheet(two).file {
        let cell = one.origin.cell;
        let other = match one.origin.sheet == two.origin.sheet {
            true => cell.to_string(),
            false => format!("{} › {cell}", sheet(one).name),
        };
        Kind::TwiceInFile { what, values, other }
    } else {
        let other = evidence.describe(first);
        Kind::ReportedTwice { what, values, other }
    };
    Problem::new(evidence.place_of(later), kind)
}

/// Where an office reports a place and its schools report too, the office's figure stands.
fn office_beside_schools(
    evidence: &Evidence<'_>,
    group: &[usize],
    dropped: &mut BTreeSet<usize>,
    problems: &mut Vec<Problem>,
) {
    let kept = |of_office: bool| -> Vec<usize> {
        let is_kept = |i: &usize| !dropped.contains(i);
        let facts = group.iter().copied().filter(is_kept);
        let kind = |i: &usize| (evidence.facts[*i].senders == Senders::One) == of_office;
        facts.filter(kind).collect()
    };
    let (office, schools) = (kept(true), kept(false));
    let (Some(office), false) = (office.first().copied(), schools.is_empty()) else {
        return;
    };
    let fact = &evidence.facts[office];
    let sum = schools
        .iter()
        .fold(0i64, |sum, i| sum.saturating_add(evidence.facts[*i].value));
    if sum != fact.value {
        let decimals = evidence.catalogue.measures.get(fact.measure).decimals;
        let values = format!("{} ≠ {}", evidence.value(office), print_plain(sum, decimals));
        let what = evidence.catalogue.series_name(fact.measure, fact.breakdown);
        problems.push(Problem::new(
            evidence.place_of(office),
            Kind::SendersDiffer { what, values },
        ));
    }
    dropped.extend(schools);
}
