//! The worked examples of indicator files, recomputed through the real checks, sums and ratios.
//!
//! Holds: an example that does not come out is a fault of its file, with what was computed instead.
//!        Those built into the program are recomputed by a test; an office's own whenever they are loaded.

use crate::check::check;
use crate::classification::locality::{Level, UnitId};
use crate::definition::{Catalogue, DefinitionFault, Example, Formula, Indicator};
use crate::evaluate::{Question, evaluate};
use crate::fact::{Fact, FactSet, SenderId, Senders};
use crate::lang::{Lang, Words};
use crate::origin::{
    CellAddress, CellOrigin, FileId, FileOutcome, SheetId, SourceFile, SourceSheet, Sources,
};
use crate::period::{Day, Period};
use crate::quantity::{print_decimal, print_plain};
use crate::rollup::{Tree, roll_up};

/// What an example gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recomputed {
    /// In the smallest unit of the measure, as in [`Example`].
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    /// As printed with a decimal point, or the code of the absence.
    pub value: String,
}

/// Examples of the office's own indicators that do not come out.
pub fn faults(catalogue: &Catalogue) -> Vec<DefinitionFault> {
    let own = catalogue
        .indicators
        .iter()
        .enumerate()
        .filter(|(_, i)| !i.embedded);
    own.flat_map(|(index, indicator)| {
        let examples = indicator.examples.iter();
        examples.filter_map(move |example| fault(catalogue, index, example))
    })
    .collect()
}

/// What is wrong with one example; none if it comes out, or if the register has no units to try it on.
pub fn fault(catalogue: &Catalogue, index: usize, example: &Example) -> Option<DefinitionFault> {
    let indicator = &catalogue.indicators[index];
    if catalogue.localities.units.is_empty() {
        return None;
    }
    let at = |message| {
        Some(DefinitionFault {
            file: indicator.file.clone(),
            line: example.line,
            key: "example".to_owned(),
            message,
        })
    };
    let Some(found) = recompute(catalogue, index, example) else {
        return at(Words::new(
            "ví dụ không tính được: không có cấp, hoặc không đủ đơn vị cấp dưới, vào năm đó",
            "the example cannot be computed: no such level, or too few units, in that year",
        ));
    };
    let same = |given: Option<i64>, found: Option<i64>| given.is_none() || given == found;
    if found.value == example.value
        && same(example.numerator, found.numerator)
        && same(example.denominator, found.denominator)
    {
        return None;
    }
    let decimals = decimals(catalogue, indicator, example);
    let count = |n: Option<i64>| n.map_or_else(|| "…".to_owned(), |n| print_plain(n, decimals));
    let told = |n, d, value: &str| format!("{} / {} = {value}", count(n), count(d));
    let found = told(found.numerator, found.denominator, &found.value);
    let given = told(example.numerator, example.denominator, &example.value);
    at(Words::new(
        format!("ví dụ tính ra {found}, không phải {given}"),
        format!("the example gives {found}, not {given}"),
    ))
}

/// Decimals of the counts of an example.
fn decimals(catalogue: &Catalogue, indicator: &Indicator, example: &Example) -> u8 {
    let variant = indicator.variants.iter().find(|v| v.id == example.variant);
    match variant.map(|v| &v.formula) {
        Some(Formula::Ratio { numerator, .. }) => numerator
            .first()
            .map_or(0, |term| catalogue.measures.get(term.measure).decimals),
        _ => 0,
    }
}

/// The figure of an example; none if the register has no units to try it on.
pub fn recompute(catalogue: &Catalogue, index: usize, example: &Example) -> Option<Recomputed> {
    let indicator = &catalogue.indicators[index];
    let period = Period::year(example.year);
    let day = period.last_day();
    let (scope, units) = places(catalogue, indicator, example, day)?;
    let facts: Option<Vec<Fact>> = example
        .facts
        .iter()
        .zip(0u32..)
        .map(|(fact, row)| {
            Some(Fact {
                measure: fact.measure,
                breakdown: fact.breakdown,
                place: *units.get(usize::from(fact.place).checked_sub(1)?)?,
                period: fact.period,
                value: fact.value,
                sender: SenderId(u32::from(fact.place)),
                senders: Senders::One,
                origin: CellOrigin {
                    sheet: SheetId(0),
                    cell: CellAddress::new(row, 0),
                },
            })
        })
        .collect();
    let sources = sources();
    let set = FactSet::new(&facts?);
    let (checked, _) = check(&set, &sources, catalogue);
    let tree = Tree::new(&catalogue.localities, scope, day);
    let (rolled, _) = roll_up(&checked, &tree, catalogue, &sources);
    let variant = indicator.variants.iter().position(|v| v.id == example.variant)?;
    let mut variants = vec![0u8; catalogue.indicators.len()];
    variants[index] = u8::try_from(variant).ok()?;
    let question = Question {
        catalogue,
        tree: &tree,
        rolled: &rolled,
        periods: &[period],
        variants: &variants,
        recast: None,
    };
    let figure = evaluate(&question)
        .into_iter()
        .find(|f| usize::from(f.indicator.0) == index && f.place == scope && f.group == Default::default())?;
    let value = match &figure.value {
        Ok(ratio) => {
            let printed = ratio.rounded(indicator.decimals);
            print_decimal(printed, indicator.decimals, Lang::En).replace(',', "")
        }
        Err(absence) => absence.code().to_owned(),
    };
    Some(Recomputed {
        numerator: figure.numerator,
        denominator: figure.denominator,
        value,
    })
}

/// The facts of an example stand in no file.
fn sources() -> Sources {
    Sources {
        files: vec![SourceFile {
            name: "example".to_owned(),
            sha256: String::new(),
            bytes: 0,
            kind: "toml",
            outcome: FileOutcome::Read,
        }],
        sheets: vec![SourceSheet {
            file: FileId(0),
            name: "example".to_owned(),
            form: None,
            figures: 0,
            left_out: 0,
            account: Default::default(),
        }],
    }
}

/// The scope and the units that report in it: the lowest level on which the indicator makes sense,
/// or, where units are counted or several report, the units below it.
fn places(
    catalogue: &Catalogue,
    indicator: &Indicator,
    example: &Example,
    day: Day,
) -> Option<(UnitId, Vec<UnitId>)> {
    let register = &catalogue.localities;
    let variant = indicator.variants.iter().find(|v| v.id == example.variant)?;
    let counted = match &variant.formula {
        Formula::ShareOfUnits { level, .. } => *level,
        _ => None,
    };
    let several = example.facts.iter().any(|f| f.place > 1);
    let levels = register.levels(day);
    let level = *levels.iter().rev().find(|l| indicator.levels.contains(l))?;
    // Any unit of the level will do; these have enough units below them.
    let scope_at = |level: Level| {
        let code = match level {
            Level::Nation => "VN",
            Level::Province => "12",
            Level::District => "585",
            Level::Commune if levels.contains(&Level::District) => "22813",
            Level::Commune => "03390",
        };
        register.by_code(code, day)
    };
    if !several && counted.is_none_or(|c| c == level) {
        let scope = scope_at(level)?;
        return Some((scope, vec![scope]));
    }
    // Several report: the scope is a level above those that report.
    let lowest = *levels.last()?;
    let below = counted.unwrap_or(if level == Level::Commune { level } else { lowest });
    let at = levels.iter().position(|l| *l == below)?;
    let scope = scope_at(if levels[at] == level {
        levels[at.saturating_sub(1)]
    } else {
        level
    })?;
    Some((scope, register.descendants(scope, day, below)))
}
