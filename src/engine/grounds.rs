//! On whose units the figures of a run are added up, told for engines elsewhere.

use std::collections::BTreeMap;

use super::{Computed, Request};
use crate::disclosure::{GroundUnit, Grounds, Hierarchy};
use crate::fact::Fact;
use crate::rollup::Tree;

/// The hierarchies of a run, the base first, and where its facts stand.
pub(super) fn grounds(request: &Request, computed: &Computed) -> Grounds {
    let register = &request.catalogue.localities;
    let frames = &computed.recast.frames;
    let trees = || std::iter::once(&computed.tree).chain(frames.iter().map(|f| &f.tree));
    let stands = |fact: &Fact| {
        let index = computed.recast.frame_of(fact).map_or(0, |frame| frame + 1);
        let unit = trees().nth(index)?.stands_for(register, fact.place)?;
        Some((index, unit))
    };
    let mut standing = BTreeMap::new();
    let sent = computed.checked.facts().iter().chain(computed.checked.refused());
    for fact in sent {
        let key = (fact.place, fact.period);
        if let std::collections::btree_map::Entry::Vacant(entry) = standing.entry(key)
            && let Some(found) = stands(fact)
        {
            entry.insert(found);
        }
    }
    let is_here = |f: &&Fact| standing.contains_key(&(f.place, f.period));
    let refused = computed
        .checked
        .refused()
        .iter()
        .filter(is_here)
        .copied()
        .collect();
    Grounds {
        hierarchies: trees()
            .enumerate()
            .map(|(i, tree)| hierarchy(tree, i == 0))
            .collect(),
        standing,
        refused,
    }
}

fn hierarchy(tree: &Tree, is_base: bool) -> Hierarchy {
    let unit = |(i, node): (usize, &crate::rollup::Node)| GroundUnit {
        place: node.unit,
        parent: node.parent.and_then(|p| tree.nodes.get(p)).map(|p| p.unit),
        depth: node.depth,
        children: node.children.len() as u32,
        lowest: node.leaves,
        bodies: node.units,
        joins: i == 0 && tree.joins,
    };
    Hierarchy {
        day: tree.day,
        is_base,
        units: tree.nodes.iter().enumerate().map(unit).collect(),
    }
}
