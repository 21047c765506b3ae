//! What is computed, against what it is judged, and which facts must agree: the catalogue.
//!
//! In:  the files under `indicators/` (embedded, or of a folder, or overlaid by a folder beside
//!      the data). Out: a [`Catalogue`] in which every reference has been proved.
//! Holds: `Err` here is our own or an office's definition file at fault; it names file, line, key
//!        and a near word. All faults are given at once.
//! Leaves to others: reading sheets (`intake` has the forms), computing (`evaluate`).

pub(crate) mod csv;
mod examples;
mod fault;
mod files;
mod frame;
pub(crate) mod gates;
mod indicators;
mod lists;
mod load;
mod localities;
mod measures;
mod naming;
pub mod programmes;
pub(crate) mod reader;
mod replaced;
mod selection;
pub(crate) mod syntax;
pub mod target;
mod target_rows;
mod terms;
#[cfg(test)]
mod tests;

pub use fault::{DefinitionFault, not_known};
pub use files::{MadeOf, complete, embedded, identified, overlay, restored};
pub(crate) use indicators::level;
pub use load::load;
pub use replaced::Replaced;
pub(crate) use terms::Names;

use std::collections::BTreeMap;

use crate::classification::locality::UnitId;
use crate::classification::locality::{Level, Register};
use crate::classification::{Breakdown, CodeLists, Dimension, MeasureId, Measures};
use crate::lang::Words;
use crate::period::Period;
use crate::quantity::RatioUnit;
use programmes::{Programme, ProgrammeId};
use target::Target;

/// Everything declared under `indicators/`.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// `version` of `catalogue.toml`.
    pub version: String,
    /// Digest of the files that are not built into the program; the same for every catalogue without any.
    pub own_files: String,
    /// All that are declared; the leading one first.
    pub programmes: Vec<Programme>,
    /// Those that the figures are judged by, in the order asked for. By default the leading one.
    pub chosen: Vec<ProgrammeId>,
    pub lists: CodeLists,
    pub measures: Measures,
    pub localities: Register,
    /// Of the chosen programmes: see [`Catalogue::choose`].
    pub indicators: Vec<Indicator>,
    /// Of the chosen programmes.
    pub targets: Vec<Target>,
    /// Of all programmes.
    whole: std::sync::Arc<selection::Whole>,
    pub checks: Vec<Check>,
    pub settings: Settings,
    /// Raw text of `forms/*.toml` as (path, text): parsed by `intake::form`, which alone knows sheets.
    pub forms: Vec<DefinitionFile>,
    /// Raw text of `answers/*.toml`: what an office has answered once about its own sheets; parsed by `intake::form`.
    pub answers: Vec<DefinitionFile>,
    /// Raw text of `plans/*.toml`: who reports what to an office by when; parsed by `plan`.
    pub plans: Vec<DefinitionFile>,
    /// The files it was made of, in their order: path, and text unless the file is the program's own. Another process
    /// makes the same catalogue of them, with the same ids: see [`complete`].
    pub made_of: Vec<(String, Option<String>)>,
    /// What of ours an office's own files have replaced.
    pub replaced: Vec<Replaced>,
}

/// A file of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionFile {
    /// Relative to the catalogue, e.g. `forms/dv-01-bcx.toml`.
    pub path: String,
    pub text: String,
    pub embedded: bool,
}

impl DefinitionFile {
    /// `strategy/3.2a.toml` → `3.2a`.
    fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    pub number: u8,
    pub name: Words,
}

/// Numbers that the law leaves open; printed wherever they were used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How far from a "khoảng" (about) target still counts as met, in units of the indicator × 10^-1.
    pub approximate_tolerance_tenths: i64,
    /// Share of the expected units below which a sum is not judged, in per cent (0: always judged).
    pub minimum_coverage_percent: u8,
    /// The same for single indicators, by their ids.
    pub coverage_of: BTreeMap<String, u8>,
    /// A count of a missing unit is taken to lie within so many per cent of the unit's last report; 0: an
    /// earlier report is no cap.
    pub missing_history_percent: u16,
    /// And never within less than so many, because small counts move by more than per cents.
    pub missing_history_least: u16,
}

impl Settings {
    /// The share of its units, in per cent, that an indicator must be of to be judged.
    pub fn least_coverage(&self, indicator: &str) -> u8 {
        let own = self.coverage_of.get(indicator);
        own.copied().unwrap_or(self.minimum_coverage_percent)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndicatorId(pub u16);

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    Higher,
    Lower,
    /// Must hold: yes is better than no.
    Hold,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// `3.2a`; a proxy has its own: `5.2a-proxy`.
    pub id: String,
    /// Number of the target it belongs to: `3.2`. Several indicators of one target make it
    /// "đạt một phần" possible. Empty for proxies and extra indicators: judged alone or not at all.
    pub target: String,
    /// Of the leading programme; 0: it belongs to other programmes, which name it themselves.
    pub objective: u8,
    pub name: Words,
    pub short: Words,
    pub unit: RatioUnit,
    pub direction: Direction,
    /// Printed decimals.
    pub decimals: u8,
    /// Levels on which it makes sense.
    pub levels: Vec<Level>,
    /// Why it is not computed on other levels.
    pub not_computable: Vec<(Level, Words)>,
    /// Dimensions by which figures are also given.
    pub breakdowns: Vec<Dimension>,
    pub supplier: Words,
    pub method: Words,
    pub source: Words,
    /// Wording and values confirmed against the text of the law.
    pub verified: bool,
    /// May pass 100 %: then a warning, not a contradiction.
    pub may_exceed: bool,
    /// Below this value (in units × 10^-1) a warning is given: the biological floor of 4.1.
    pub suspicious_below_tenths: Option<i64>,
    /// The indicator this one stands in for, if it is a proxy.
    pub proxy_for: Option<String>,
    /// Named ways to compute it; the first is the default unless the office chooses another.
    pub variants: Vec<Variant>,
    /// File it was read from.
    pub file: String,
    /// Built into the program: its examples are recomputed by a test, an office's own when it is loaded.
    pub embedded: bool,
    pub examples: Vec<Example>,
}

impl Indicator {
    pub fn is_computable_at(&self, level: Level) -> bool {
        self.levels.contains(&level)
    }
}

/// One named way to compute an indicator ("HĐND and UBND apart", "UBND only").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    pub id: String,
    pub name: Words,
    pub formula: Formula,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// `scale × Σ numerator / Σ denominator`.
    Ratio {
        scale: i64,
        numerator: Vec<Term>,
        denominator: Vec<Term>,
    },
    /// `scale × units that satisfy the rule / units that reported`. With `level` none, each unit
    /// that reports counts as itself; otherwise only units of that level.
    ShareOfUnits {
        scale: i64,
        level: Option<Level>,
        rule: UnitRule,
    },
    /// The reported answer, 1 or 0.
    Answer { term: Term },
}

impl Formula {
    /// All terms it is made of.
    pub fn terms(&self) -> Vec<Term> {
        match self {
            Formula::Ratio {
                numerator,
                denominator,
                ..
            } => numerator.iter().chain(denominator).copied().collect(),
            Formula::ShareOfUnits { rule, .. } => rule.terms.iter().chain(&rule.among).copied().collect(),
            Formula::Answer { term } => vec![*term],
        }
    }
}

/// What one unit must show to be counted by [`Formula::ShareOfUnits`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRule {
    /// Summed for each span; a unit is "reported" when every span has a value.
    pub terms: Vec<Term>,
    pub every: Every,
    /// Each span must reach it.
    pub at_least: i64,
    /// If not empty: a unit takes part only if these terms add up to at least 1 (it has such bodies).
    pub among: Vec<Term>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    Year,
    Quarter,
    Month,
}

/// One addend: a measure under a breakdown, some years back, added or taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    pub measure: MeasureId,
    pub breakdown: Breakdown,
    /// 4 for "grade 1 in year t-4".
    pub years_back: i16,
    pub minus: bool,
}

impl Catalogue {
    /// Decimals of the counts that a way to compute an indicator adds up.
    pub fn count_decimals(&self, indicator: IndicatorId, variant: u8) -> u8 {
        let indicator = self.indicators.get(usize::from(indicator.0));
        let variant = indicator.and_then(|i| i.variants.get(usize::from(variant)));
        let term = match variant.map(|v| &v.formula) {
            Some(Formula::Ratio { numerator, .. }) => numerator.first(),
            Some(Formula::Answer { term }) => Some(term),
            _ => None,
        };
        let measure = term.and_then(|t| self.measures.all.get(usize::from(t.measure.0)));
        measure.map_or(0, |m| m.decimals)
    }

    /// The codes that name a figure: measure, categories, unit, period; as logs and tests write them.
    pub fn coded(&self, measure: MeasureId, about: Breakdown, place: UnitId, period: Period) -> String {
        let categories = [about.sex, about.age, about.ethnicity, about.item];
        let categories = categories.into_iter().filter(|c| !c.is_all());
        let mut codes = vec![self.measures.get(measure).id.as_str()];
        codes.extend(categories.map(|c| self.lists.category(c).code.as_str()));
        codes.push(&self.localities.unit(place).code);
        format!("{} {}", codes.join(" "), period.code())
    }
}

/// Facts in, figure out: recomputed, see [`crate::engine::examples`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// On which it begins in its file.
    pub line: u32,
    pub variant: String,
    /// Year of the figure.
    pub year: i16,
    pub facts: Vec<ExampleFact>,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    /// The printed value with a decimal point (`82.3`), or the code of an [`crate::quantity::Absence`].
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleFact {
    pub measure: MeasureId,
    pub breakdown: Breakdown,
    pub period: Period,
    /// In the measure's smallest unit.
    pub value: i64,
    /// Number of the (invented) unit that reported it, from 1.
    pub place: u8,
}

/// Two sums of which the first may not exceed the second, or must equal it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub id: String,
    pub name: Words,
    pub relation: Relation,
    pub left: Vec<Term>,
    pub right: Vec<Term>,
    /// A breach leaves the figures out ("số liệu mâu thuẫn"); otherwise it is only doubted.
    pub fatal: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    AtMost,
    Equals,
}

/// `16.13` with two decimals is 1613; more decimals than asked for, or anything else, is none.
pub(crate) fn scaled(text: &str, decimals: u8) -> Option<i64> {
    let (minus, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let pointless = digits.contains('.') && part.is_empty();
    let plain = |t: &str| t.chars().all(|c| c.is_ascii_digit());
    let places = usize::from(decimals);
    if whole.is_empty() || pointless || !plain(whole) || !plain(part) || part.len() > places {
        return None;
    }
    let value: i64 = format!("{whole}{part:0<places$}").parse().ok()?;
    Some(if minus { -value } else { value })
}

/// Codes of categories and measures: `15-19`, `85+`, `dv-victims`.
fn is_code(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '+';
    !text.is_empty() && text.chars().all(allowed)
}

/// Ids of indicators: `3.2a`, `5.2a-proxy`.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.split('.').all(is_code)
}
