//! Figures of places that the run is not about: they were read, and stand nowhere in what it makes.
//!
//! Holds: one note for each sheet, so that no figure is left out without a line.

use std::collections::BTreeMap;

use crate::check::CheckedFacts;
use crate::classification::locality::{Register, UnitId};
use crate::fact::Fact;
use crate::lang::{Lang, Words};
use crate::origin::{SheetId, Sources};
use crate::problem::{Kind, Place, Problem};
use crate::recast::Recast;
use crate::rollup::Tree;

/// Places that a note names; the others are counted.
const MOST_NAMED: usize = 3;

pub(super) fn problems(
    checked: &CheckedFacts,
    tree: &Tree,
    recast: &Recast,
    register: &Register,
    sources: &Sources,
) -> Vec<Problem> {
    let Some(scope) = tree.nodes.first().map(|node| node.unit) else {
        return Vec::new();
    };
    let mut known: BTreeMap<(UnitId, Option<usize>), bool> = BTreeMap::new();
    let mut is_here = |fact: &Fact| {
        let frame = recast.frame_of(fact);
        *known.entry((fact.place, frame)).or_insert_with(|| {
            let of_frame = frame
                .and_then(|index| recast.frames.get(index))
                .map(|frame| &frame.tree);
            let mut trees = [Some(tree), of_frame].into_iter().flatten();
            trees.any(|tree| tree.stands_for(register, fact.place).is_some())
                // A district's figure in the report of one of its communes: the report is about a part of it.
                || register.contains(fact.place, scope, tree.day)
        })
    };
    let mut left: BTreeMap<SheetId, (u32, Vec<UnitId>)> = BTreeMap::new();
    for fact in checked.facts().iter().filter(|fact| !is_here(fact)) {
        let (figures, places) = left.entry(fact.origin.sheet).or_default();
        *figures += 1;
        if !places.contains(&fact.place) && places.len() <= MOST_NAMED {
            places.push(fact.place);
        }
    }
    let note = |(sheet, (figures, places)): (SheetId, (u32, Vec<UnitId>))| {
        let named = |lang: Lang| {
            let names = places.iter().take(MOST_NAMED);
            let names: Vec<String> = names.map(|id| register.unit(*id).name_in(lang)).collect();
            let more = if places.len() > MOST_NAMED { ", …" } else { "" };
            format!("{}{more}", names.join(", "))
        };
        let places = Words::new(named(Lang::Vi), named(Lang::En));
        let unit = register.unit(scope);
        let within = Words::new(unit.name_in(Lang::Vi), unit.name_in(Lang::En));
        let sheet = sources.sheet(sheet);
        let at = Place::file(sources.file(sheet.file).name.clone()).sheet(sheet.name.clone());
        Problem::new(
            at,
            Kind::FiguresElsewhere {
                figures,
                places,
                within,
            },
        )
    };
    left.into_iter().map(note).collect()
}
