//! Figures and the period reported on: how many belong to others.

use std::collections::BTreeMap;

use super::{QualityLine, line, unfinished};
use crate::evaluate::{Question, takes_part};
use crate::fact::Fact;
use crate::lang::{Lang, Words};
use crate::origin::Sources;
use crate::period::Period;
use crate::problem::{Kind, Place, Problem};

/// How many figures each period has: a half-year report that cannot stand for the year is seen here.
pub(super) fn lines(facts: &[Fact], period: Period) -> Vec<QualityLine> {
    let counts = by_period(facts);
    let without = !facts.is_empty() && !counts.keys().any(|p| takes_part(*p, period));
    let mut lines: Vec<QualityLine> = counts
        .into_iter()
        .map(|(of, count)| {
            let (vi, en) = (of.words(Lang::Vi), of.words(Lang::En));
            line(
                ("Số liệu theo kỳ", "Figures by period"),
                (format!("{vi}: {count} số liệu"), format!("{en}: {count} figures")),
            )
        })
        .collect();
    if without {
        let (vi, en) = (period.words(Lang::Vi), period.words(Lang::En));
        lines.push(line(
            ("Số liệu theo kỳ", "Figures by period"),
            (
                format!("không có số liệu nào thuộc kỳ báo cáo ({vi})"),
                format!("no figure belongs to the period reported on ({en})"),
            ),
        ));
    }
    lines
}

fn by_period(facts: &[Fact]) -> BTreeMap<Period, usize> {
    let mut counts = BTreeMap::new();
    for fact in facts {
        *counts.entry(fact.period).or_default() += 1;
    }
    counts
}

/// What has to be said aloud about the periods of the facts.
pub fn problems(question: &Question<'_>, facts: &[Fact], sources: &Sources, period: Period) -> Vec<Problem> {
    let mut problems: Vec<Problem> = others(facts, period).into_iter().collect();
    if period.is_annual() {
        problems.extend(unfinished::problems(question, facts, sources, period));
    }
    problems
}

fn others(facts: &[Fact], period: Period) -> Option<Problem> {
    let mut counts = by_period(facts);
    counts.retain(|of, _| !takes_part(*of, period));
    let figures: usize = counts.values().sum();
    if figures == 0 {
        return None;
    }
    let said = |lang: Lang| {
        let all = counts.iter().map(|(of, n)| format!("{} ({n})", of.words(lang)));
        all.collect::<Vec<_>>().join(", ")
    };
    let kind = Kind::OtherPeriods {
        figures: u32::try_from(figures).unwrap_or(u32::MAX),
        periods: Words::new(said(Lang::Vi), said(Lang::En)),
        period: Words::new(period.words(Lang::Vi), period.words(Lang::En)),
    };
    Some(Problem::new(Place::default(), kind))
}
