//! What only the computing brings to light: ratios that are unusual, and ratios that cannot be.
//!
//! Holds: each is told with the first cell behind its numerator, so that somebody can be asked.

use crate::classification::Breakdown;
use crate::definition::{Catalogue, Formula, Term};
use crate::evaluate::{Figure, takes_part};
use crate::fact::Fact;
use crate::lang::{Lang, Words};
use crate::origin::Sources;
use crate::problem::{Kind, Place, Problem};
use crate::rollup::Tree;

/// Where the figures come from.
pub(super) struct Evidence<'a> {
    pub catalogue: &'a Catalogue,
    pub tree: &'a Tree,
    pub facts: &'a [Fact],
    pub sources: &'a Sources,
}

/// Problems with figures, in their order.
pub(super) fn problems(figures: &[Figure], evidence: &Evidence<'_>) -> Vec<Problem> {
    figures.iter().filter_map(|f| problem(f, evidence)).collect()
}

fn problem(figure: &Figure, evidence: &Evidence<'_>) -> Option<Problem> {
    let catalogue = evidence.catalogue;
    let indicator = &catalogue.indicators[usize::from(figure.indicator.0)];
    let is_everybody = figure.group == Breakdown::default();
    let above = figure.value.as_ref().ok().filter(|ratio| {
        let may_be = indicator.suspicious_below_tenths.is_none() && is_everybody;
        figure.doubtful && ratio.numerator > ratio.denominator && may_be
    });
    let counts = figure
        .impossible
        .or(above.map(|r| (r.numerator, r.denominator)))?;
    let unit = catalogue.localities.unit(figure.place);
    let group = catalogue.group_name(figure.group);
    let values = |lang: Lang| {
        let group = match is_everybody {
            true => String::new(),
            false => format!(", {}", group.get(lang)),
        };
        let (name, period) = (unit.name_in(lang), figure.period.words(lang));
        format!("{name}, {period}{group}: {} / {}", counts.0, counts.1)
    };
    let values = Words::new(values(Lang::Vi), values(Lang::En));
    let what = Words::new(
        format!("{} {}", indicator.id, indicator.short.vi),
        format!("{} {}", indicator.id, indicator.short.en),
    );
    let kind = match figure.impossible {
        Some(_) => Kind::RatioImpossible { what, values },
        None => Kind::ValueAboveHundred { what, values },
    };
    Some(Problem::new(first_cell(figure, evidence), kind))
}

/// The first cell behind the numerator that the place itself reported.
fn first_cell(figure: &Figure, evidence: &Evidence<'_>) -> Place {
    let indicator = &evidence.catalogue.indicators[usize::from(figure.indicator.0)];
    let variant = indicator.variants.get(usize::from(figure.variant));
    let Some(Formula::Ratio { numerator, .. }) = variant.map(|v| &v.formula) else {
        return Place::default();
    };
    let register = &evidence.catalogue.localities;
    let behind = |fact: &&Fact, term: &Term| {
        fact.measure == term.measure
            && takes_part(fact.period, figure.period.back(term.years_back))
            && evidence.tree.stands_for(register, fact.place) == Some(figure.place)
    };
    let mut facts = evidence.facts.iter();
    let found = facts.find(|fact| numerator.iter().any(|term| behind(fact, term)));
    found.map_or_else(Place::default, |fact| {
        let sheet = evidence.sources.sheet(fact.origin.sheet);
        Place::file(evidence.sources.file(sheet.file).name.clone())
            .sheet(sheet.name.clone())
            .cell(fact.origin.cell)
    })
}
