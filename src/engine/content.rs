//! What goes through the door: everything computed, for the whole scope or one unit of it.
//!
//! Holds: the workbook of one unit names no file, problem or figure of another.

use std::collections::{BTreeMap, BTreeSet};

use super::belonging::Belonging;
use super::{Computed, Request};
use crate::audit;
use crate::compare::Further;
use crate::definition::programmes::ProgrammeId;
use crate::disclosure::{About, Asked, Content, Judged, PlaceRow};
use crate::evaluate::{Figure, Question};
use crate::fact::{Fact, SenderId};
use crate::intake::sha256;
use crate::origin::{FileId, SheetId, Sources};
use crate::period::Day;
use crate::rollup::Tree;

/// What goes through the door for the whole scope. Takes everything computed, so that nothing is held twice.
pub(super) fn whole(request: &Request, computed: Computed, made_on: Day) -> Content {
    let about = about(request, &computed, 0, made_on);
    let places = places(&computed.tree, 0);
    let further = computed.further.iter();
    let further = further.filter_map(|f| judged_further(&computed, f)).collect();
    let crossing = super::crossing::crossing(request, &computed, 0);
    let grounds = request.facts.as_ref();
    let grounds = grounds.map(|_| super::grounds::grounds(request, &computed));
    let register = &request.catalogue.localities;
    let inside = |f: &Fact| {
        let stands = computed.tree.stands_for(register, f.place).is_some();
        stands || computed.recast.lies_in(register, f, 0)
    };
    let refused = computed.checked.refused().iter();
    let refused = refused.filter(|f| inside(f)).copied().collect();
    let asked = asked(request, &computed.variants);
    let (mut facts, mut contradicted) = computed.checked.into_facts();
    let mut each = facts.iter();
    contradicted.retain(|_| each.next().is_some_and(inside));
    facts.retain(inside);
    let judged = computed.figures.into_iter().zip(computed.verdicts);
    Content {
        about,
        asked,
        places,
        figures: judged
            .map(|(figure, verdict)| Judged { figure, verdict })
            .collect(),
        targets: computed.targets,
        further,
        facts,
        contradicted,
        refused,
        senders: computed.intake.senders,
        sources: computed.intake.sources,
        problems: computed.intake.problems,
        quality: computed.quality,
        reporting: computed.reporting,
        resent: computed.resent,
        crossing,
        grounds,
    }
}

/// What goes through the door for one unit of the scope.
pub(super) fn of_unit(
    request: &Request,
    computed: &Computed,
    belonging: &Belonging,
    node: usize,
    made_on: Day,
) -> Content {
    let mine = belonging.figures(computed, node);
    let judged = mine.iter().filter_map(|i| {
        Some(Judged {
            figure: computed.figures.get(*i)?.clone(),
            verdict: computed.verdicts.get(*i)?.clone(),
        })
    });
    let figures: Vec<Judged> = judged.collect();
    let targets = belonging.targets(computed, node).into_iter();
    let further = belonging.further(&mine).into_iter();
    let checked = &computed.checked;
    let here = belonging.facts(computed, node).into_iter();
    let (mut facts, contradicted): (Vec<Fact>, Vec<bool>) = here
        .filter_map(|i| Some((*checked.facts().get(i)?, checked.is_contradicted(i))))
        .unzip();
    let sources = only_of(&computed.intake.sources, &mut facts);
    let senders = only_these(&computed.intake.senders, &mut facts);
    Content {
        about: about(request, computed, node, made_on),
        asked: Asked::default(),
        targets: targets.filter_map(|i| computed.targets.get(i).cloned()).collect(),
        further: further
            .filter_map(|i| judged_further(computed, computed.further.get(i)?))
            .collect(),
        facts,
        contradicted,
        refused: Vec::new(),
        senders,
        problems: belonging.problems(&computed.intake.problems, &sources),
        sources,
        quality: lines_for(request, computed, node, &figures),
        figures,
        places: places(&computed.tree, node),
        reporting: None,
        resent: Vec::new(),
        crossing: super::crossing::crossing(request, computed, node),
        grounds: None,
    }
}

/// A further verdict with its figure.
fn judged_further(computed: &Computed, further: &Further) -> Option<(ProgrammeId, Judged)> {
    let judged = Judged {
        figure: computed.figures.get(further.figure)?.clone(),
        verdict: further.verdict.clone(),
    };
    Some((further.programme, judged))
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

fn asked(request: &Request, variants: &[u8]) -> Asked {
    let catalogue = &request.catalogue;
    let several = catalogue.indicators.iter().zip(variants);
    let several = several.filter(|(i, _)| i.variants.len() > 1);
    let chosen =
        several.filter_map(|(i, v)| Some((i.id.clone(), i.variants.get(usize::from(*v))?.id.clone())));
    let log = request.log.as_ref();
    let plan = request.plan.as_ref();
    Asked {
        locality: request.scope.clone(),
        boundaries: request.boundaries,
        programmes: catalogue.judging().map(|(_, p)| p.id.clone()).collect(),
        variants: chosen.collect(),
        tolerance_tenths: catalogue.settings.approximate_tolerance_tenths,
        minimum_coverage_percent: catalogue.settings.minimum_coverage_percent,
        coverage_of: catalogue.settings.coverage_of.clone(),
        each: request.each,
        plan: plan.map(|plan| (plan.id.clone(), plan.text.clone())),
        log: log.map(|log| sha256(log.lines().as_bytes())),
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
fn lines_for(
    request: &Request,
    computed: &Computed,
    node: usize,
    judged: &[Judged],
) -> Vec<audit::QualityLine> {
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
    let figures: Vec<Figure> = judged.iter().map(|j| j.figure.clone()).collect();
    audit::lines(&question, &figures, &[], computed.period)
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

/// The senders of these facts; the facts point to them anew.
fn only_these(all: &[String], facts: &mut [Fact]) -> Vec<String> {
    let mut names = Vec::new();
    let mut known: BTreeMap<SenderId, SenderId> = BTreeMap::new();
    for fact in facts {
        fact.sender = *known.entry(fact.sender).or_insert_with(|| {
            names.push(all.get(fact.sender.0 as usize).cloned().unwrap_or_default());
            SenderId(names.len() as u32 - 1)
        });
    }
    names
}
