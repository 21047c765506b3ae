//! Which edits stand behind what a cause did to a figure.

use std::collections::BTreeMap;

use super::grounds::Stand;
use crate::classification::MeasureId;
use crate::classification::locality::UnitId;
use crate::evaluate::takes_part;
use crate::fact::Fact;
use crate::recast::Recast;
use crate::revision::{Cause, Change, Edit};

/// Puts the edits of each cause to the figures whose terms they are about, at or below their place.
pub(super) fn put(changes: &mut [Change], edits: &[Edit], stand: &Stand, recast: &Recast) {
    let mut about: BTreeMap<(Cause, UnitId, MeasureId), Vec<u32>> = BTreeMap::new();
    for (at, edit) in (0..).zip(edits) {
        if let Some(fact) = edit.about() {
            for unit in units(fact, stand, recast) {
                about
                    .entry((edit.cause, unit, fact.measure))
                    .or_default()
                    .push(at);
            }
        }
    }
    for change in changes {
        let Some(unit) = change.place else { continue };
        let catalogue = &stand.catalogue;
        let Some(id) = catalogue.indicator_named(&change.key.indicator) else {
            continue;
        };
        let at = usize::from(id.0);
        let variant = stand.variants.get(at).copied().unwrap_or(0);
        let indicator = catalogue.indicators.get(at);
        let Some(variant) = indicator.and_then(|i| i.variants.get(usize::from(variant))) else {
            continue;
        };
        let terms = variant.formula.terms();
        for (part, behind) in change.contributions.iter().zip(&mut change.behind) {
            for term in &terms {
                let period = change.key.period.back(term.years_back);
                let found = about.get(&(part.cause, unit, term.measure)).into_iter().flatten();
                behind.extend(found.filter(|at| {
                    let fact = edits.get(**at as usize).and_then(Edit::about);
                    fact.is_some_and(|f| takes_part(f.period, period))
                }));
            }
            behind.sort_unstable();
            behind.dedup();
        }
    }
}

/// The units of the report that a reported figure may reach.
fn units(fact: &Fact, stand: &Stand, recast: &Recast) -> Vec<UnitId> {
    let (tree, register) = (&stand.tree, &stand.catalogue.localities);
    let nodes: Vec<usize> = match tree.stands_for(register, fact.place).and_then(|u| tree.find(u)) {
        Some(node) => tree.line(node).collect(),
        None => {
            let inside = |node: &usize| recast.lies_in(register, fact, *node);
            let nodes: Vec<usize> = (0..tree.nodes.len()).filter(inside).collect();
            // Of units that nothing stands on any more only the whole is known.
            if nodes.is_empty() { vec![0] } else { nodes }
        }
    };
    nodes
        .into_iter()
        .filter_map(|n| tree.nodes.get(n))
        .map(|n| n.unit)
        .collect()
}
