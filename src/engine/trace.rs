//! Where a figure comes from, down to the cells.

use std::collections::BTreeSet;

use super::{Computed, Failure, Request};
use crate::classification::Breakdown;
use crate::classification::MeasureId;
use crate::classification::locality::transfers::Part;
use crate::classification::locality::{Resolution, UnitId};
use crate::compare::Verdict;
use crate::definition::Variant;
use crate::evaluate::{Figure, Known, Question, missing_units, sources_of, takes_part};
use crate::fact::Fact;
use crate::lang::{Lang, Words};
use crate::period::{Day, Period};
use crate::quantity::Bounds;
use crate::recast::Boundary;
use crate::rollup::Sum;

/// A figure, its verdict and everything it was made of.
#[derive(Debug, Clone)]
pub struct Trace {
    pub indicator: usize,
    pub variant: Variant,
    pub place: String,
    pub figure: Figure,
    pub verdict: Verdict,
    pub terms: Vec<TraceTerm>,
    /// What became of the units of another time that it was made of.
    pub moves: Vec<TraceMove>,
    /// The units that the figure lacks, in the order of the tree.
    pub missing: Vec<TraceMissing>,
}

/// A unit that a figure lacks: what is known of its counts, in the smallest unit of the measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceMissing {
    pub place: String,
    pub code: String,
    pub contradicted: bool,
    pub numerator: Known,
    pub denominator: Known,
}

/// A transfer of territory: from and to with their codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceMove {
    pub date: Day,
    pub from: String,
    pub to: String,
    pub part: Part,
    pub act: String,
}

/// One addend and the cells below it.
#[derive(Debug, Clone)]
pub struct TraceTerm {
    pub name: Words,
    pub period: Period,
    pub in_numerator: bool,
    pub minus: bool,
    pub sum: Option<Sum>,
    /// Brought onto the place from units of another time.
    pub carried: Option<(Bounds, Boundary)>,
    pub decimals: u8,
    /// (place, value, `file › sheet › cell`) of each fact.
    pub cells: Vec<(String, i64, String)>,
}

/// Traces the figure of an indicator at a place in the period reported on, for everybody.
pub fn trace(
    request: &Request,
    computed: &Computed,
    indicator: &str,
    place: Option<&str>,
) -> Result<Trace, Failure> {
    let catalogue = &request.catalogue;
    let index = catalogue
        .indicators
        .iter()
        .position(|i| i.id == indicator)
        .ok_or_else(|| {
            Failure(Words::new(
                format!("không có chỉ tiêu “{indicator}”"),
                format!("no indicator “{indicator}”"),
            ))
        })?;
    let day = computed.tree.day;
    let unit = match place {
        // A name that recurs in the country is looked for inside the scope first.
        Some(text) => match catalogue
            .localities
            .resolve(text, Some(computed.tree.nodes[0].unit), None, day)
        {
            Resolution::One(unit, _) => unit,
            _ => super::scope::choose(catalogue, Some(text), &[], day, day)?,
        },
        None => computed.tree.nodes[0].unit,
    };
    let everybody = Breakdown::default();
    let at = computed.figures.iter().position(|f| {
        usize::from(f.indicator.0) == index
            && f.place == unit
            && f.period == computed.period
            && f.group == everybody
    });
    let at = at.ok_or_else(|| {
        let unit = catalogue.localities.unit(unit);
        Failure(Words::new(
            format!("{} không thuộc phạm vi báo cáo", unit.name_in(Lang::Vi)),
            format!("{} is not within the scope of the report", unit.name_in(Lang::En)),
        ))
    })?;
    let figure = computed.figures[at].clone();
    let variant = catalogue.indicators[index].variants[usize::from(figure.variant)].clone();
    let question = computed.question(catalogue);
    let sources = sources_of(&question, &variant, unit, figure.period, everybody);
    let variant_measures: Vec<MeasureId> = sources.iter().map(|s| s.series.measure()).collect();
    let missing = missing(request, &question, &figure);
    let terms = sources
        .into_iter()
        .map(|source| TraceTerm {
            name: catalogue.series_name(source.series.measure(), source.series.breakdown()),
            period: source.period,
            in_numerator: source.in_numerator,
            minus: source.minus,
            sum: source.sum,
            carried: source.carried,
            decimals: catalogue.measures.get(source.series.measure()).decimals,
            cells: cells(request, computed, unit, &source),
        })
        .collect();
    Ok(Trace {
        indicator: index,
        variant,
        place: catalogue.localities.unit(unit).name_in(request.lang),
        figure,
        verdict: computed.verdicts[at].clone(),
        terms,
        moves: moves(
            request,
            computed,
            unit,
            &variant_measures,
            computed.figures[at].period,
        ),
        missing,
    })
}

fn missing(request: &Request, question: &Question<'_>, figure: &Figure) -> Vec<TraceMissing> {
    let catalogue = &request.catalogue;
    let indicator = catalogue.indicators.get(usize::from(figure.indicator.0));
    let variant = indicator.and_then(|i| i.variants.get(usize::from(figure.variant)));
    let (Some(indicator), Some(variant), Some(_)) = (indicator, variant, figure.missing) else {
        return Vec::new();
    };
    let units = missing_units(question, indicator, variant, figure.period, figure.place);
    let described = units.into_iter().map(|m| {
        let unit = catalogue.localities.unit(m.unit);
        TraceMissing {
            place: unit.name_in(request.lang),
            code: unit.code.to_string(),
            contradicted: m.contradicted,
            numerator: m.numerator,
            denominator: m.denominator,
        }
    });
    described.collect()
}

/// The transfers between the units that reported these measures and the place, by date.
fn moves(
    request: &Request,
    computed: &Computed,
    place: UnitId,
    measures: &[MeasureId],
    period: Period,
) -> Vec<TraceMove> {
    let register = &request.catalogue.localities;
    let (Some(at), false) = (computed.tree.find(place), computed.recast.frames.is_empty()) else {
        return Vec::new();
    };
    let Ok(table) = register.transfers() else {
        return Vec::new();
    };
    let mut steps = BTreeSet::new();
    for fact in computed.checked.facts() {
        let of_this = measures.contains(&fact.measure) && takes_part(fact.period, period);
        let frame = computed.recast.frame_of(fact).filter(|_| of_this);
        let Some(frame) = frame.and_then(|f| computed.recast.frames.get(f)) else {
            continue;
        };
        let unit = frame.tree.stands_for(register, fact.place);
        let Some(node) = unit.and_then(|u| frame.tree.find(u)) else {
            continue;
        };
        let size = frame.tree.nodes.get(node).map_or(0, |n| n.size as usize);
        for below in node..node + size {
            if frame.holds(below).iter().any(|h| h.node == at) {
                steps.extend(frame.steps(below).iter().copied());
            }
        }
    }
    let name = |unit: UnitId| {
        format!(
            "{} ({})",
            register.unit(unit).full_name(),
            register.unit(unit).code
        )
    };
    let mut moves: Vec<TraceMove> = steps
        .into_iter()
        .filter_map(|step| table.get(step))
        .map(|t| TraceMove {
            date: t.date,
            from: name(t.from),
            to: name(t.to),
            part: t.part,
            act: t.act.to_string(),
        })
        .collect();
    moves.sort_by(|a, b| (a.date, &a.to, &a.from).cmp(&(b.date, &b.to, &b.from)));
    moves
}

/// The facts of the term's measure at or below the place, in the period or parts of it. Where the
/// very group was not reported (men), the figures it follows from are given.
fn cells(
    request: &Request,
    computed: &Computed,
    unit: crate::classification::locality::UnitId,
    source: &crate::evaluate::TermSource,
) -> Vec<(String, i64, String)> {
    let register = &request.catalogue.localities;
    let lists = &request.catalogue.lists;
    let (measure, wanted) = (source.series.measure(), source.series.breakdown());
    let at = computed.tree.find(unit);
    let below: std::collections::BTreeSet<_> = match at {
        Some(at) => {
            let node = &computed.tree.nodes[at];
            computed.tree.nodes[at..at + node.size as usize]
                .iter()
                .map(|n| n.unit)
                .collect()
        }
        None => Default::default(),
    };
    let here = |f: &&Fact| {
        let stands_for = computed.tree.stands_for(register, f.place);
        let carried = || at.is_some_and(|n| computed.recast.lies_in(register, f, n));
        f.measure == measure
            && (stands_for.is_some_and(|unit| below.contains(&unit)) || carried())
            && takes_part(f.period, source.period)
    };
    let facts: Vec<&Fact> = computed.checked.facts().iter().filter(here).collect();
    let exact: Vec<&Fact> = facts.iter().copied().filter(|f| f.breakdown == wanted).collect();
    let related = |f: &&Fact| {
        crate::classification::Dimension::ALL.into_iter().all(|d| {
            let (have, want) = (f.breakdown.get(d), wanted.get(d));
            have == want
                || have.is_all()
                || (!want.is_all() && lists.list(lists.category(have).list).dimension == d)
        })
    };
    let chosen = if exact.is_empty() {
        facts.into_iter().filter(related).collect()
    } else {
        exact
    };
    // Where the whole period was reported, its parts were only compared with it.
    let whole: std::collections::BTreeSet<_> = chosen
        .iter()
        .filter(|f| takes_part(source.period, f.period))
        .map(|f| f.place)
        .collect();
    chosen
        .into_iter()
        .filter(|f| !whole.contains(&f.place) || takes_part(source.period, f.period))
        .map(|f| {
            let name = register.unit(f.place).name_in(request.lang);
            let group = request
                .catalogue
                .group_name(f.breakdown)
                .get(request.lang)
                .to_owned();
            let name = if f.breakdown == wanted || group.is_empty() {
                name
            } else {
                format!("{name}, {group}")
            };
            (name, f.value, computed.intake.sources.describe(f.origin))
        })
        .collect()
}
