//! What goes through the door: everything computed, for the whole scope or one unit of it.
//!
//! Holds: the workbook of one unit names no file, problem or figure of another.

use std::collections::{BTreeMap, BTreeSet};

use super::{Computed, Request};
use crate::audit;
use crate::definition::programmes::ProgrammeId;
use crate::disclosure::{About, Content, Judged, PlaceRow};
use crate::evaluate::{Figure, Question};
use crate::fact::Fact;
use crate::origin::{FileId, SheetId, Sources};
use crate::period::Day;
use crate::problem::Problem;
use crate::rollup::Tree;

/// What goes through the door for the whole scope. Takes everything computed, so that nothing is held twice.
pub(super) fn whole(request: &Request, computed: Computed, made_on: Day) -> Content {
    let about = about(request, &computed, 0, made_on);
    let places = places(&computed.tree, 0);
    let further = further(&computed, |_| true);
    let crossing = super::crossing::crossing(request, &computed, 0);
    let grounds = request.facts.as_ref();
    let grounds = grounds.map(|_| super::grounds::grounds(request, &computed));
    let register = &request.catalogue.localities;
    let inside = |f: &Fact| {
        let stands = computed.tree.stands_for(register, f.place).is_some();
        stands || computed.recast.lies_in(register, f, 0)
    };
    let (mut facts, mut contradicted) = computed.checked.into_facts();
    let mut each = facts.iter();
    contradicted.retain(|_| each.next().is_some_and(inside));
    facts.retain(inside);
    let judged = computed.figures.into_iter().zip(computed.verdicts);
    Content {
        about,
        places,
        figures: judged
            .map(|(figure, verdict)| Judged { figure, verdict })
            .collect(),
        targets: computed.targets,
        further,
        facts,
        contradicted,
        senders: computed.intake.senders,
        sources: computed.intake.sources,
        problems: computed.intake.problems,
        quality: computed.quality,
        reporting: computed.reporting,
        crossing,
        grounds,
    }
}

/// What goes through the door for one unit of the scope.
pub(super) fn of_unit(request: &Request, computed: &Computed, node: usize, made_on: Day) -> Content {
    let tree = &computed.tree;
    let places = places(tree, node);
    let units: BTreeSet<_> = places.iter().map(|p| p.place).collect();
    let figures = computed.figures.iter().zip(&computed.verdicts);
    let figures = figures.filter(|(f, _)| units.contains(&f.place));
    let inside = |f: &Fact| {
        let register = &request.catalogue.localities;
        let unit = tree.stands_for(register, f.place);
        unit.is_some_and(|unit| units.contains(&unit)) || computed.recast.lies_in(register, f, node)
    };
    let checked = &computed.checked;
    let here = checked.facts().iter().enumerate().filter(|(_, f)| inside(f));
    let (mut facts, contradicted): (Vec<Fact>, Vec<bool>) =
        here.map(|(i, f)| (*f, checked.is_contradicted(i))).unzip();
    let sources = only_of(&computed.intake.sources, &mut facts);
    Content {
        about: about(request, computed, node, made_on),
        figures: figures
            .map(|(f, v)| Judged {
                figure: f.clone(),
                verdict: v.clone(),
            })
            .collect(),
        targets: computed
            .targets
            .iter()
            .filter(|t| units.contains(&t.place))
            .cloned()
            .collect(),
        further: further(computed, |f| units.contains(&f.place)),
        facts,
        contradicted,
        senders: computed.intake.senders.clone(),
        problems: problems_of(&computed.intake.problems, &sources),
        sources,
        quality: lines_for(request, computed, node),
        reporting: None,
        places,
        crossing: super::crossing::crossing(request, computed, node),
        grounds: None,
    }
}

/// The further verdicts on some of the figures.
fn further(computed: &Computed, takes: impl Fn(&Figure) -> bool) -> Vec<(ProgrammeId, Judged)> {
    let all = computed.further.iter().filter_map(|further| {
        let figure = computed.figures.get(further.figure).filter(|f| takes(f))?;
        let judged = Judged {
            figure: figure.clone(),
            verdict: further.verdict.clone(),
        };
        Some((further.programme, judged))
    });
    all.collect()
}

fn about(request: &Request, computed: &Computed, node: usize, made_on: Day) -> About {
    About {
        office: request.office.name.clone(),
        superior: request.office.superior.clone(),
        contact: request.office.contact.clone(),
        signatories: request.office.signatories.clone(),
        scope: computed.tree.nodes[node].unit,
        base: computed.tree.day,
        period: computed.period,
        provisional: request.office.provisional,
        made_on,
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        catalogue_version: request.catalogue.version.clone(),
    }
}

/// A node and all below it, as the top of their own hierarchy.
fn places(tree: &Tree, node: usize) -> Vec<PlaceRow> {
    let top = &tree.nodes[node];
    // Depth-first order: a unit's descendants stand right behind it.
    let inside = tree.nodes[node..node + top.size as usize].iter().enumerate();
    inside
        .map(|(i, n)| PlaceRow {
            place: n.unit,
            parent: n.parent.filter(|_| i > 0).map(|p| tree.nodes[p].unit),
            depth: n.depth - top.depth,
        })
        .collect()
}

/// The quality lines of one unit of the scope.
fn lines_for(request: &Request, computed: &Computed, node: usize) -> Vec<audit::QualityLine> {
    let tree = Tree::new(
        &request.catalogue.localities,
        computed.tree.nodes[node].unit,
        computed.tree.day,
    );
    let question = Question {
        tree: &tree,
        // It speaks of the whole tree only.
        recast: None,
        ..computed.question(&request.catalogue)
    };
    audit::lines(&question, &computed.figures, &[], computed.period)
}

/// The files and sheets that these facts come from; the facts point to them anew.
fn only_of(all: &Sources, facts: &mut [Fact]) -> Sources {
    let used: BTreeSet<SheetId> = facts.iter().map(|f| f.origin.sheet).collect();
    let mut sources = Sources::default();
    let mut files: BTreeMap<FileId, FileId> = BTreeMap::new();
    let mut sheets: BTreeMap<SheetId, SheetId> = BTreeMap::new();
    for id in used {
        let mut sheet = all.sheet(id).clone();
        sheet.file = *files.entry(sheet.file).or_insert_with(|| {
            sources.files.push(all.file(sheet.file).clone());
            FileId(sources.files.len() as u32 - 1)
        });
        sheets.insert(id, SheetId(sources.sheets.len() as u32));
        sources.sheets.push(sheet);
    }
    for fact in facts {
        if let Some(sheet) = sheets.get(&fact.origin.sheet) {
            fact.origin.sheet = *sheet;
        }
    }
    sources
}

/// Problems of these files and sheets.
fn problems_of(all: &[Problem], sources: &Sources) -> Vec<Problem> {
    let sheets: BTreeSet<(&str, &str)> = sources
        .sheets
        .iter()
        .map(|s| (sources.file(s.file).name.as_str(), s.name.as_str()))
        .collect();
    let files: BTreeSet<&str> = sources.files.iter().map(|f| f.name.as_str()).collect();
    let concerns = |p: &&Problem| match (&p.place.file, &p.place.sheet) {
        (Some(file), Some(sheet)) => sheets.contains(&(file.as_str(), sheet.as_str())),
        (Some(file), None) => files.contains(file.as_str()),
        _ => false,
    };
    all.iter().filter(concerns).cloned().collect()
}
