//! Every indicator file carries worked examples; all are recomputed here, through the real sums.

use bdg::check::check;
use bdg::classification::locality::{Level, UnitId};
use bdg::definition::{Catalogue, Example, Formula, Indicator};
use bdg::evaluate::{Question, evaluate};
use bdg::fact::{Fact, FactSet, SenderId, Senders};
use bdg::origin::{CellAddress, CellOrigin, FileId, FileOutcome, SheetId, SourceFile, SourceSheet, Sources};
use bdg::period::{Day, Period};
use bdg::rollup::{Tree, roll_up};

pub fn catalogue() -> Catalogue {
    let files = bdg::definition::embedded();
    bdg::definition::load(files).unwrap_or_else(|faults| {
        let all: Vec<String> = faults.iter().map(|f| f.print(bdg::lang::Lang::En)).collect();
        panic!("{}", all.join("\n"))
    })
}

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
) -> (UnitId, Vec<UnitId>) {
    let register = &catalogue.localities;
    let unit = |code: &str| register.by_code(code, day).unwrap();
    let counted = match &indicator
        .variants
        .iter()
        .find(|v| v.id == example.variant)
        .unwrap()
        .formula
    {
        Formula::ShareOfUnits { level, .. } => *level,
        _ => None,
    };
    let several = example.facts.iter().any(|f| f.place > 1);
    let levels = register.levels(day);
    let level = levels
        .iter()
        .rev()
        .copied()
        .find(|l| indicator.levels.contains(l))
        .unwrap();
    let scope_at = |level: Level| match level {
        Level::Nation => unit("VN"),
        Level::Province => unit("12"),
        Level::District => unit("585"),
        Level::Commune if levels.contains(&Level::District) => unit("22813"),
        Level::Commune => unit("03390"),
    };
    if !several && counted.is_none_or(|c| c == level) {
        let scope = scope_at(level);
        return (scope, vec![scope]);
    }
    // Several report: the scope is a level above those that report.
    let below = counted.unwrap_or(if level == Level::Commune {
        level
    } else {
        *levels.last().unwrap()
    });
    let at = levels.iter().position(|l| *l == below).unwrap();
    let scope = scope_at(if levels[at] == level {
        levels[at.saturating_sub(1)]
    } else {
        level
    });
    (scope, register.descendants(scope, day, below))
}

#[test]
fn every_worked_example_comes_out() {
    let catalogue = catalogue();
    let mut faults = Vec::new();
    let mut recomputed = 0;
    for (index, indicator) in catalogue.indicators.iter().enumerate() {
        assert!(!indicator.examples.is_empty(), "{} has no example", indicator.id);
        for (number, example) in indicator.examples.iter().enumerate() {
            let found = recompute(&catalogue, index, example);
            let wanted = (example.numerator, example.denominator, example.value.clone());
            recomputed += 1;
            let same_counts =
                wanted.0.is_none_or(|n| found.0 == Some(n)) && wanted.1.is_none_or(|d| found.1 == Some(d));
            if !same_counts || found.2 != wanted.2 {
                faults.push(format!(
                    "{} example {} ({}): found {found:?}, the file says {wanted:?}",
                    indicator.id,
                    number + 1,
                    example.variant
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(recomputed >= 26, "only {recomputed} examples");
}

fn recompute(catalogue: &Catalogue, index: usize, example: &Example) -> (Option<i64>, Option<i64>, String) {
    let indicator = &catalogue.indicators[index];
    let period = Period::year(example.year);
    let day = period.last_day();
    let (scope, units) = places(catalogue, indicator, example, day);
    let facts: Vec<Fact> = example
        .facts
        .iter()
        .enumerate()
        .map(|(row, fact)| Fact {
            measure: fact.measure,
            breakdown: fact.breakdown,
            place: units[usize::from(fact.place) - 1],
            period: fact.period,
            value: fact.value,
            sender: SenderId(u32::from(fact.place)),
            senders: Senders::One,
            origin: CellOrigin {
                sheet: SheetId(0),
                cell: CellAddress::new(row as u32, 0),
            },
        })
        .collect();
    let set = FactSet::new(&facts).unwrap();
    let (checked, _) = check(&set, &sources(), catalogue).unwrap();
    let tree = Tree::new(&catalogue.localities, scope, day);
    let (rolled, _) = roll_up(&checked, &tree, catalogue, &sources()).unwrap();
    let variant = indicator
        .variants
        .iter()
        .position(|v| v.id == example.variant)
        .unwrap() as u8;
    let variants: Vec<u8> = (0..catalogue.indicators.len())
        .map(|i| if i == index { variant } else { 0 })
        .collect();
    let question = Question {
        catalogue,
        tree: &tree,
        rolled: &rolled,
        periods: &[period],
        variants: &variants,
        recast: None,
    };
    let figures = evaluate(&question);
    let figure = figures
        .into_iter()
        .find(|f| usize::from(f.indicator.0) == index && f.place == scope && f.group == Default::default())
        .unwrap();
    let value = match &figure.value {
        Ok(ratio) => bdg::quantity::print_decimal(
            ratio.rounded(indicator.decimals),
            indicator.decimals,
            bdg::lang::Lang::En,
        )
        .replace(',', ""),
        Err(absence) => absence.code().to_owned(),
    };
    (figure.numerator, figure.denominator, value)
}
