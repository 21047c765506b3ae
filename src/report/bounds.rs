//! Figures of which only bounds are known, and what a figure that lacks units could be with them.

use crate::disclosure::Judged;
use crate::evaluate::{Between, Figure, Unbounded};
use crate::lang::Words;
use crate::quantity::{Absence, Ratio, print_decimal};
use crate::recast::Boundary;
use crate::report::model::{Cell, Decimal};
use crate::report::view::View;

impl View<'_> {
    /// `62,5 ↔ 71,0` where only bounds are known; `62,5 ↔ …` where there is no upper one.
    pub fn between(&self, figure: &Figure) -> Option<String> {
        self.range(figure, figure.between?)
    }

    /// The same of what a figure could be with the units that it lacks; empty if it lacks none.
    pub fn with_all(&self, judged: Option<&Judged>) -> Cell {
        let Some((figure, missing)) = judged.and_then(|j| Some((&j.figure, j.figure.missing?))) else {
            return Cell::empty();
        };
        match missing.between {
            Ok(between) => self.range(figure, between).map_or_else(Cell::empty, Cell::text),
            Err(Unbounded::Nothing) => Cell::sign(Absence::NotOccurred.sign()),
            Err(_) => Cell::sign(Absence::CannotCompute(Words::default()).sign()),
        }
    }

    fn range(&self, figure: &Figure, between: Between) -> Option<String> {
        let (low, high) = self.rounded(figure, between)?;
        let print = |d: Decimal| print_decimal(d.value, d.decimals, self.lang);
        let high = high.map_or_else(|| "…".to_owned(), print);
        Some(format!("{} {} {high}", print(low), Boundary::Range.sign()))
    }

    /// The rounded ends, of a figure of which only bounds are known, or that lacks units.
    pub fn bounds(&self, figure: &Figure) -> Option<(Decimal, Option<Decimal>)> {
        self.rounded(figure, ends_of(figure)?)
    }

    /// What the bounds of a figure are of, as a stable code: `recast` (a value on other boundaries), `missing` (the
    /// value once the units that are missing report), `missing-history` (the same, capped by earlier reports).
    pub fn bounds_kind(&self, figure: &Figure) -> &'static str {
        match (figure.between, figure.missing) {
            (Some(_), _) => "recast",
            (None, Some(missing)) if missing.between.is_err() => "missing-unknown",
            (None, Some(missing)) if missing.history.is_some() => "missing-history",
            (None, Some(_)) => "missing",
            (None, None) => "",
        }
    }

    fn rounded(&self, figure: &Figure, between: Between) -> Option<(Decimal, Option<Decimal>)> {
        let decimals = self.indicator(figure.indicator)?.decimals;
        let end = |ratio: Ratio| Decimal::new(ratio.rounded(decimals), decimals);
        Some((end(between.low), between.high.map(end)))
    }

    /// Lowest and highest numerator, lowest and highest denominator, where only bounds are known.
    pub fn open_counts(&self, figure: &Figure) -> Option<[Decimal; 4]> {
        let (n, d) = ends_of(figure).map(|b| (b.numerator, b.denominator))?;
        let decimals = self.count_decimals(figure);
        Some([n.low, n.high, d.low, d.high].map(|count| Decimal::new(count, decimals).trimmed()))
    }
}

/// Bounds of a value that is not known, else of what a partial one may become.
fn ends_of(figure: &Figure) -> Option<Between> {
    let with_all = || figure.missing.and_then(|m| m.between.ok());
    figure.between.or_else(with_all)
}
