//! How far what is published would move if a cell held another value: the run made again, as far as the cell reaches.
//!
//! Holds: the same rooms compute it as compute the report; only indicators that the measure enters are asked, and only
//!        facts that they use are taken along. Of units above the one that sent the figure only the shift is told, not
//!        the level: that is made of others' figures too.

use std::collections::BTreeSet;

use crate::check::CheckedFacts;
use crate::classification::{Breakdown, MeasureId};
use crate::compare::{Verdict, judge_all};
use crate::definition::{Catalogue, Indicator, Variant};
use crate::engine::{Computed, Request};
use crate::evaluate::{Figure, Question, evaluate};
use crate::fact::Fact;
use crate::lang::{Lang, plural};
use crate::quantity::print_decimal;
use crate::recast::recast;

/// What a suggested value does to what is published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Effect {
    /// For sorting: verdicts that change, figures that can then be computed, the greatest shift in millionths.
    pub weight: (usize, usize, u64),
    pub words: String,
}

/// A run with the facts that one measure meets.
pub(super) struct WhatIf<'a> {
    request: &'a Request,
    computed: &'a Computed,
    /// Without ways to compute what the measure does not enter.
    catalogue: Catalogue,
    facts: CheckedFacts,
    before: Vec<(Figure, Verdict)>,
    any: bool,
}

/// Indicators of which no more are told one by one.
const MOST_TOLD: usize = 3;

impl<'a> WhatIf<'a> {
    pub fn new(request: &'a Request, computed: &'a Computed, measure: MeasureId) -> WhatIf<'a> {
        let mut catalogue = request.catalogue.clone();
        let mut wanted: BTreeSet<MeasureId> = BTreeSet::new();
        for (i, indicator) in catalogue.indicators.iter_mut().enumerate() {
            let chosen = computed.variants.get(i).copied().unwrap_or(0);
            let terms = |v: &Variant| v.formula.terms();
            let terms = indicator
                .variants
                .get(usize::from(chosen))
                .map(terms)
                .unwrap_or_default();
            match terms.iter().any(|t| t.measure == measure) {
                true => wanted.extend(terms.iter().map(|t| t.measure)),
                false => indicator.variants.clear(),
            }
        }
        let mut facts = computed.checked.clone();
        facts.keep(|fact| wanted.contains(&fact.measure) || fact.measure == measure);
        let mut what_if = WhatIf {
            request,
            computed,
            catalogue,
            facts,
            before: Vec::new(),
            any: !wanted.is_empty(),
        };
        if what_if.any {
            what_if.before = what_if.figures(&what_if.facts).unwrap_or_default();
        }
        what_if
    }

    /// How many facts one trial goes through.
    pub fn cost(&self) -> usize {
        self.facts.facts().len() + self.computed.tree.nodes.len()
    }

    /// What follows from one figure being another.
    pub fn effect(&self, figure: &Fact) -> Effect {
        let lang = self.request.lang;
        let nothing = lang.pick("không đổi chỉ tiêu nào", "no indicator changes");
        let words = |words: &str| Effect {
            words: words.to_owned(),
            ..Effect::default()
        };
        if !self.any {
            return words(nothing);
        }
        let supposed = self
            .facts
            .supposing(figure, &self.computed.intake.sources, &self.catalogue);
        let Some(after) = self.figures(&supposed) else {
            return words("");
        };
        self.compare(figure, &after).unwrap_or_else(|| words(nothing))
    }

    /// Figures of everybody in the period, with their verdicts.
    fn figures(&self, facts: &CheckedFacts) -> Option<Vec<(Figure, Verdict)>> {
        let (computed, catalogue) = (self.computed, &self.catalogue);
        let sources = &computed.intake.sources;
        let tree = &computed.tree;
        let (recast, _) = recast(facts, tree, self.request.boundaries, catalogue, sources).ok()?;
        let figures = evaluate(&Question {
            catalogue,
            tree,
            rolled: &recast.base,
            periods: &computed.periods,
            variants: &computed.variants,
            recast: (!recast.frames.is_empty()).then_some(&recast),
        });
        let verdicts = judge_all(&figures, catalogue, tree.day);
        let both = figures.into_iter().zip(verdicts);
        let wanted = both.filter(|(f, _)| f.period == computed.period && f.group == Breakdown::default());
        Some(wanted.collect())
    }

    /// The figures of the place and of those above it, before and after.
    fn compare(&self, figure: &Fact, after: &[(Figure, Verdict)]) -> Option<Effect> {
        let lang = self.request.lang;
        let tree = &self.computed.tree;
        let register = &self.catalogue.localities;
        let own = tree
            .stands_for(register, figure.place)
            .and_then(|unit| tree.find(unit));
        let line: Vec<usize> = tree.line(own.unwrap_or(0)).collect();
        let mut effect = Effect::default();
        let mut told: Vec<String> = Vec::new();
        let mut changed = 0;
        for (index, indicator) in self.catalogue.indicators.iter().enumerate() {
            let mut parts: Vec<String> = Vec::new();
            for node in &line {
                let unit = tree.nodes.get(*node)?.unit;
                let find = |all: &'_ [(Figure, Verdict)]| {
                    let same =
                        |(f, _): &&(Figure, Verdict)| usize::from(f.indicator.0) == index && f.place == unit;
                    all.iter().find(same).cloned()
                };
                let (Some(old), Some(new)) = (find(&self.before), find(after)) else {
                    continue;
                };
                let is_own = Some(*node) == own;
                if let Some(change) = change(indicator, &old, &new, is_own, lang) {
                    effect.weight.0 += usize::from(change.verdict);
                    effect.weight.1 += usize::from(change.computable);
                    effect.weight.2 = effect.weight.2.max(change.shift);
                    parts.push(format!("{}: {}", register.unit(unit).name_in(lang), change.words));
                }
            }
            if !parts.is_empty() {
                changed += 1;
                if told.len() < MOST_TOLD {
                    told.push(format!(
                        "{} {} – {}",
                        indicator.id,
                        indicator.short.get(lang),
                        parts.join("; ")
                    ));
                }
            }
        }
        if changed > told.len() {
            let more = changed - told.len();
            told.push(lang.pick(
                format!("và {more} chỉ tiêu khác"),
                format!("and {more} more indicator{}", plural(more)),
            ));
        }
        effect.words = told.join("\n");
        (changed > 0).then_some(effect)
    }
}

struct Change {
    verdict: bool,
    computable: bool,
    shift: u64,
    words: String,
}

/// One figure before and after; none if nobody would see a difference.
fn change(
    indicator: &Indicator,
    (old, was): &(Figure, Verdict),
    (new, is): &(Figure, Verdict),
    is_own: bool,
    lang: Lang,
) -> Option<Change> {
    let verdict = was.judgement != is.judgement;
    if old.value == new.value && !verdict {
        return None;
    }
    let decimals = indicator.decimals;
    let rounded = |f: &Figure| f.value.as_ref().ok().map(|r| r.rounded(decimals));
    let printed = |f: &Figure, v: &Verdict| match rounded(f) {
        Some(value) => format!(
            "{} {}",
            print_decimal(value, decimals, lang),
            indicator.unit.words(lang)
        ),
        None => v.judgement.words_if(v.reserve, lang).to_lowercase(),
    };
    let mut shift = 0;
    let words = match (rounded(old), rounded(new)) {
        (Some(a), Some(b)) => {
            let moved = b.saturating_sub(a);
            shift = (u128::from(moved.unsigned_abs()) * 1_000_000 / u128::from(a.unsigned_abs().max(1)))
                .min(u128::from(u64::MAX)) as u64;
            let sign = if moved > 0 { "+" } else { "" };
            match is_own {
                true => format!("{} → {}", printed(old, was), printed(new, is)),
                false if moved == 0 => lang
                    .pick("đổi dưới mức làm tròn", "shifts by less than is printed")
                    .to_owned(),
                false => format!("{sign}{}", print_decimal(moved, decimals, lang)),
            }
        }
        (None, Some(_)) if !is_own => lang.pick("tính được", "can be computed").to_owned(),
        (Some(_), None) if !is_own => lang.pick("không tính được", "cannot be computed").to_owned(),
        _ => format!("{} → {}", printed(old, was), printed(new, is)),
    };
    let words = match verdict && was.judgement.is_judged() && is.judgement.is_judged() {
        true => format!(
            "{words} ({} → {})",
            was.judgement.words_if(was.reserve, lang),
            is.judgement.words_if(is.reserve, lang)
        ),
        false => words,
    };
    Some(Change {
        verdict,
        computable: old.value.is_err() && new.value.is_ok(),
        shift,
        words,
    })
}
