//! What a report says of other times: figures on their own units, and the transfers between.
//!
//! Holds: worked out once for the whole scope; the workbook of one unit takes its part of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Computed, Request};
use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::classification::locality::transfers::TransferId;
use crate::compare::judge_all;
use crate::disclosure::{Crossing, Earlier, Judged, UsedTransfer};
use crate::evaluate::{Figure, evaluate};
use crate::period::Period;
use crate::recast::Frame;

/// Of the whole scope, by frame.
#[derive(Debug, Default)]
pub struct OtherTimes {
    earlier: Vec<Earlier>,
    /// Which of them are of a node of a frame.
    of_node: BTreeMap<(usize, usize), Vec<usize>>,
    /// What was reported of each node of each frame: periods, and how many figures.
    reported: BTreeMap<(usize, usize), (BTreeSet<Period>, usize)>,
}

/// For the territory of one node of the base; none if every figure stands on its units.
pub(super) fn crossing(request: &Request, computed: &Computed, node: usize) -> Option<Crossing> {
    if computed.recast.frames.is_empty() {
        return None;
    }
    let all = computed
        .other_times
        .get_or_init(|| other_times(request, computed));
    let frames = computed.recast.frames.iter().enumerate();
    let touching = |(index, frame)| touching(index, frame, node);
    let here: Vec<(usize, usize)> = frames.flat_map(touching).collect();
    if !here.iter().any(|at| all.reported.contains_key(at)) {
        return None;
    }
    let mut indices: Vec<usize> = here
        .iter()
        .filter_map(|at| all.of_node.get(at))
        .flatten()
        .copied()
        .collect();
    indices.sort_unstable();
    let earlier = indices.into_iter().filter_map(|i| all.earlier.get(i).cloned());
    let mut earlier: Vec<Earlier> = earlier.collect();
    earlier.sort_by_key(|e| e.judged.figure.indicator);
    Some(Crossing {
        boundaries: computed.recast.boundaries,
        earlier,
        transfers: transfers(request, computed, all, node),
    })
}

/// The nodes of a frame that lie in a node of the base.
fn touching(index: usize, frame: &Frame, node: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
    frame.touching(node).iter().map(move |at| (index, *at))
}

fn other_times(request: &Request, computed: &Computed) -> OtherTimes {
    let frames = &computed.recast.frames;
    let register = &request.catalogue.localities;
    let mut all = OtherTimes::default();
    for fact in computed.checked.facts() {
        let Some(index) = computed.recast.frame_of(fact) else {
            continue;
        };
        let tree = frames.get(index).map(|f| &f.tree);
        let node = tree.and_then(|t| t.find(t.stands_for(register, fact.place)?));
        if let Some(node) = node {
            let (periods, count) = all.reported.entry((index, node)).or_default();
            periods.insert(fact.period);
            *count += 1;
        }
    }
    for (index, frame) in frames.iter().enumerate() {
        for (at, earlier) in as_reported(request, computed, frame) {
            all.of_node
                .entry((index, at))
                .or_default()
                .push(all.earlier.len());
            all.earlier.push(earlier);
        }
    }
    all
}

/// The figures of one time on its own units, for everybody, each with its node.
fn as_reported(request: &Request, computed: &Computed, frame: &Frame) -> Vec<(usize, Earlier)> {
    let catalogue = &request.catalogue;
    let reported = frame.periods();
    let takes_part = |p: &Period| reported.iter().any(|r| crate::evaluate::takes_part(*r, *p));
    let periods: Vec<Period> = computed.periods.iter().copied().filter(takes_part).collect();
    let mut question = computed.question(catalogue).in_frame(frame);
    question.periods = &periods;
    // A root that only joins units was none itself.
    let is_told = |f: &Figure| {
        let own = catalogue.localities.in_force(f.place, frame.tree.day)
            && catalogue.localities.area(f.place).is_none();
        let known = f.value.is_ok() || f.numerator.is_some() || f.denominator.is_some();
        own && known && f.group == Breakdown::default()
    };
    let figures: Vec<Figure> = evaluate(&question).into_iter().filter(is_told).collect();
    let verdicts = judge_all(&figures, catalogue, frame.tree.day);
    let judged = figures.into_iter().zip(verdicts);
    judged
        .filter_map(|(figure, verdict)| {
            let at = frame.tree.find(figure.place)?;
            let node = frame.tree.nodes.get(at)?;
            let into = || {
                frame
                    .holds(at)
                    .iter()
                    .filter_map(|h| computed.tree.nodes.get(h.node))
            };
            let deepest = into().map(|n| n.depth).max();
            let earlier = Earlier {
                day: frame.tree.day,
                depth: node.depth,
                parent: node.parent.and_then(|p| frame.tree.nodes.get(p)).map(|n| n.unit),
                into: into()
                    .filter(|n| Some(n.depth) == deepest)
                    .map(|n| n.unit)
                    .collect(),
                judged: Judged { figure, verdict },
            };
            Some((at, earlier))
        })
        .collect()
}

/// The transfers behind recast figures, by date and unit.
fn transfers(request: &Request, computed: &Computed, all: &OtherTimes, node: usize) -> Vec<UsedTransfer> {
    let Ok(table) = request.catalogue.localities.transfers() else {
        return Vec::new();
    };
    let mut used: BTreeMap<TransferId, (BTreeSet<Period>, usize)> = BTreeMap::new();
    for (index, frame) in computed.recast.frames.iter().enumerate() {
        let held = frame.touching(node).iter().copied();
        for below in held.filter(|below| frame.holds(*below).iter().any(|h| h.node == node)) {
            // What was reported of a unit above it went along its transfers too.
            let reported = frame
                .tree
                .line(below)
                .filter_map(|at| all.reported.get(&(index, at)));
            for (periods, count) in reported {
                for step in frame.steps(below) {
                    let (known, sum) = used.entry(*step).or_default();
                    known.extend(periods);
                    *sum += count;
                }
            }
        }
    }
    let mut all: Vec<UsedTransfer> = used
        .into_iter()
        .filter_map(|(id, (periods, figures))| {
            Some(UsedTransfer {
                transfer: table.get(id)?.clone(),
                periods: periods.into_iter().collect(),
                figures,
            })
        })
        .collect();
    let code = |unit: UnitId| request.catalogue.localities.unit(unit).code.clone();
    all.sort_by_cached_key(|u| (u.transfer.date, code(u.transfer.to), code(u.transfer.from)));
    all
}
