//! The whole evaluation as one SQL statement over the reported figures that `--facts` writes, for engines that
//! spread it over any number of machines.
//!
//! In:  the catalogue, the period, the ways to compute. Out: the text of one statement, the same for the same
//!      inputs; a step for each rule of `rollup` and `evaluate`, with what it does beside it.
//! Holds: every figure stands on the units of its own time, as with `--boundaries as-reported`; nothing is
//!        recast. Only what every engine takes is used: plain joins, groups, windows, `CASE`. Engines put the
//!        text of a step wherever it is named, so each step names the one before it once: rows are doubled
//!        by a join with `copies` where a row must count both for itself and for something wider.
//! Leaves to others: targets and verdicts (`compare`), figures of other boundaries (`recast`).

mod calendar;
mod figures;
mod hierarchy;
mod place;
mod ratio;
mod rule;
mod script;
mod source;
mod table;

pub use source::Dialect;

use crate::definition::{Catalogue, Indicator, Variant};
use crate::lang::Lang;
use crate::period::Period;
use script::Script;

/// What the statement is to compute.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub catalogue: &'a Catalogue,
    /// Chosen variant for each indicator, by index.
    pub variants: &'a [u8],
    /// The period reported on; the same span of the nine years before it is given too.
    pub period: Period,
    /// The folder that `--facts` wrote, as the engine is to see it.
    pub folder: &'a str,
    pub dialect: Dialect,
    /// Of the comments.
    pub lang: Lang,
}

/// The statement, ending with a semicolon and a new line.
pub fn statement(wanted: &Wanted<'_>) -> String {
    let mut script = Script::new(wanted.lang);
    source::read(wanted, &mut script);
    table::declare(wanted, &mut script);
    let last = place::derive(wanted, &mut script);
    let last = calendar::fill(&last, &mut script);
    hierarchy::climb(&last, &mut script);
    let kinds = [
        ratio::evaluate(wanted, &mut script),
        rule::shares(wanted, &mut script),
        rule::answers(wanted, &mut script),
    ];
    let found: Vec<&str> = kinds.into_iter().flatten().collect();
    figures::settle(&found, &mut script);
    script.finish()
}

impl<'a> Wanted<'a> {
    /// Every indicator with the way in which it is computed.
    fn indicators(&self) -> impl Iterator<Item = (&'a Indicator, &'a Variant)> + use<'a> {
        let variants = self.variants;
        let indicators = self.catalogue.indicators.iter().enumerate();
        indicators.filter_map(move |(i, indicator)| {
            let chosen = variants.get(i).copied().unwrap_or(0);
            Some((indicator, indicator.variants.get(usize::from(chosen))?))
        })
    }

    /// The periods given: the one asked for last.
    fn periods(&self) -> impl Iterator<Item = Period> + use<> {
        let period = self.period;
        (0..10).rev().map(move |years| period.back(years))
    }
}

/// The span of a period as the statement names it: `year`, `school-year`, `H1`, `Q3`, `M07`, `9M`.
fn span(span: crate::period::Span) -> String {
    use crate::period::Span;
    match span {
        Span::Year => "year".to_owned(),
        Span::SchoolYear => "school-year".to_owned(),
        Span::Half(h) => format!("H{h}"),
        Span::Quarter(q) => format!("Q{q}"),
        Span::Month(m) => format!("M{m:02}"),
        Span::FirstMonths(m) => format!("{m}M"),
    }
}
