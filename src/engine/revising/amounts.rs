//! A computed figure as `revision` compares it: in one unit, rounded as printed.

use crate::compare::Verdict;
use crate::definition::Catalogue;
use crate::evaluate::Figure;
use crate::quantity::Ratio;
use crate::revision::{Amounts, DECIMALS};

pub(super) fn amounts(catalogue: &Catalogue, figure: &Figure, verdict: &Verdict) -> Amounts {
    let indicator = catalogue.indicators.get(usize::from(figure.indicator.0));
    let decimals = indicator.map_or(0, |i| i.decimals);
    let of_counts = catalogue.count_decimals(figure.indicator, figure.variant);
    let count = |n: i64| in_units(n, of_counts);
    let printed = |ratio: Ratio| in_units(ratio.rounded(decimals), decimals);
    let value = figure.value.as_ref();
    Amounts {
        numerator: figure.numerator.map(count),
        denominator: figure.denominator.map(count),
        value: value.ok().map(|ratio| printed(*ratio)),
        low: figure.between.map(|b| printed(b.low)),
        high: figure.between.and_then(|b| b.high).map(printed),
        absence: value.err().map(|absence| absence.code()),
        verdict: Some(verdict.judgement),
        provisional: verdict.reserve.partial,
    }
}

/// `10^-decimals` into `10^-DECIMALS`.
fn in_units(value: i64, decimals: u8) -> i64 {
    let power = u32::from(DECIMALS.saturating_sub(decimals));
    value.saturating_mul(10i64.saturating_pow(power))
}
