//! What a report says of other times: figures on their own units, and the transfers between.

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

/// For the territory of one node of the base; none if every figure stands on its units.
pub(super) fn crossing(request: &Request, computed: &Computed, node: usize) -> Option<Crossing> {
    let frames: Vec<&Frame> = computed.recast.frames.iter().collect();
    let touched = |frame: &&Frame| (0..frame.tree.nodes.len()).any(|n| frame.touches(n, node));
    if !frames.iter().any(touched) {
        return None;
    }
    let mut earlier = Vec::new();
    for frame in &frames {
        earlier.extend(as_reported(request, computed, frame, node));
    }
    earlier.sort_by_key(|e: &Earlier| e.judged.figure.indicator);
    Some(Crossing {
        boundaries: computed.recast.boundaries,
        earlier,
        transfers: transfers(request, computed, node),
    })
}

/// The figures of one time on its own units, for everybody.
fn as_reported(request: &Request, computed: &Computed, frame: &Frame, node: usize) -> Vec<Earlier> {
    let catalogue = &request.catalogue;
    let periods: Vec<Period> = computed
        .periods
        .iter()
        .copied()
        .filter(|p| has(frame, *p))
        .collect();
    let question = computed.question(catalogue);
    let mut question = question.in_frame(frame);
    question.periods = &periods;
    let is_told = |f: &Figure| {
        let at = frame.tree.find(f.place);
        let own = catalogue.localities.in_force(f.place, frame.tree.day);
        let known = f.value.is_ok() || f.numerator.is_some() || f.denominator.is_some();
        own && known && f.group == Breakdown::default() && at.is_some_and(|n| frame.touches(n, node))
    };
    let figures: Vec<Figure> = evaluate(&question).into_iter().filter(is_told).collect();
    let verdicts = judge_all(&figures, catalogue, frame.tree.day);
    let judged = figures.into_iter().zip(verdicts);
    judged
        .map(|(figure, verdict)| {
            let at = frame.tree.find(figure.place);
            let up = at.and_then(|n| frame.tree.nodes.get(n)?.parent);
            let holds = at.map_or(&[][..], |n| frame.holds(n));
            let into = holds.iter().filter_map(|h| computed.tree.nodes.get(h.node));
            let deepest = into.map(|n| n.depth).max();
            let into = holds.iter().filter_map(|h| computed.tree.nodes.get(h.node));
            Earlier {
                day: frame.tree.day,
                depth: at.and_then(|n| frame.tree.nodes.get(n)).map_or(0, |n| n.depth),
                parent: up.and_then(|p| frame.tree.nodes.get(p)).map(|n| n.unit),
                into: into
                    .filter(|n| Some(n.depth) == deepest)
                    .map(|n| n.unit)
                    .collect(),
                judged: Judged { figure, verdict },
            }
        })
        .collect()
}

/// Whether a period, or a part of it, was reported on the units of a frame.
fn has(frame: &Frame, period: Period) -> bool {
    let periods = frame.periods();
    periods.iter().any(|p| crate::evaluate::takes_part(*p, period))
}

/// The transfers behind recast figures, by date and unit.
fn transfers(request: &Request, computed: &Computed, node: usize) -> Vec<UsedTransfer> {
    let Ok(table) = request.catalogue.localities.transfers() else {
        return Vec::new();
    };
    let mut used: BTreeMap<TransferId, (BTreeSet<Period>, usize)> = BTreeMap::new();
    for fact in computed.checked.facts() {
        let frame = computed
            .recast
            .frame_of(fact)
            .and_then(|f| computed.recast.frames.get(f));
        let Some(frame) = frame else { continue };
        let unit = frame.tree.stands_for(&request.catalogue.localities, fact.place);
        let Some(at) = unit.and_then(|u| frame.tree.find(u)) else {
            continue;
        };
        let size = frame.tree.nodes.get(at).map_or(0, |n| n.size as usize);
        for below in at..at + size {
            if frame.holds(below).iter().any(|h| h.node == node) {
                for step in frame.steps(below) {
                    let (periods, count) = used.entry(*step).or_default();
                    periods.insert(fact.period);
                    *count += 1;
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
