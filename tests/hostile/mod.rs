//! Files made to hurt: each is given to the real program as a reading process with 20 seconds and
//! 512 MiB, and must come out as expected; a good file after it must be read as if nothing had been.

mod binary;
mod compounds;
mod pages;
mod workbooks;
mod zips;

use std::time::{Duration, Instant};

use bdg::intake::grid::{Value, Workbook};
use bdg::intake::open::{InProcess, Opener};
use bdg::intake::worker::{Limits, Worker};

/// What must come of a file.
#[derive(Debug, Clone)]
pub enum Expected {
    /// Refused, with a problem of one of these names.
    Refused(&'static [&'static str]),
    /// Read; of the first sheet, these cells hold what is written (`A1 7`, `B2 #NUM!`, `C3 text`).
    Cells(&'static [&'static str]),
    /// Read, and told by a problem of this name.
    Told(&'static str),
    /// Anything but a hang or the end of the run.
    Survived,
}

pub struct Case {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub expected: Expected,
}

fn case(name: &'static str, bytes: Vec<u8>, expected: Expected) -> Case {
    Case {
        name,
        bytes,
        expected,
    }
}

/// All of them.
pub fn cases() -> Vec<Case> {
    let groups = [
        workbooks::cases(),
        binary::cases(),
        zips::cases(),
        compounds::cases(),
        pages::cases(),
    ];
    groups.into_iter().flatten().collect()
}

const GOOD: &[u8] = include_bytes!("../fixtures/open/so-lieu.xlsx");

#[test]
fn hostile_files_end_as_expected_and_the_next_one_is_read() {
    let limits = Limits {
        seconds: 20,
        memory: 512 << 20,
    };
    let worker = Worker::new(env!("CARGO_BIN_EXE_bdg").into(), limits, None);
    let good = InProcess.open("tot.xlsx", GOOD);
    let mut faults = Vec::new();
    for case in cases() {
        let begun = Instant::now();
        let (workbook, problems) = worker.open(case.name, &case.bytes);
        let took = begun.elapsed();
        let names: Vec<&str> = problems.iter().map(|p| p.kind.name()).collect();
        if took > Duration::from_secs(20) || names.contains(&"file-too-slow") {
            faults.push(format!("{}: {took:?}", case.name));
        }
        if workbook.is_none() && names.is_empty() {
            faults.push(format!("{}: neither read nor refused", case.name));
        }
        if let Some(fault) = disagreement(&case.expected, workbook.as_ref(), &names) {
            faults.push(format!("{}: {fault}", case.name));
        }
        if worker.open("tot.xlsx", GOOD) != good {
            faults.push(format!("{}: the next file is not read right", case.name));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn disagreement(expected: &Expected, workbook: Option<&Workbook>, names: &[&str]) -> Option<String> {
    match expected {
        Expected::Survived => None,
        Expected::Refused(wanted) => {
            let told = names.iter().any(|name| wanted.contains(name));
            let nothing = workbook.is_none_or(|w| w.sheets.iter().all(|s| s.cells.is_empty()));
            (!told || !nothing).then(|| format!("{names:?}, read: {}", !nothing))
        }
        Expected::Told(name) => (workbook.is_none() || !names.contains(name)).then(|| format!("{names:?}")),
        Expected::Cells(wanted) => {
            let found: Vec<String> = workbook
                .and_then(|w| w.sheets.first())
                .map_or_else(Vec::new, |sheet| {
                    sheet
                        .cells
                        .iter()
                        .map(|cell| format!("{} {}", cell.at, shown(&cell.value)))
                        .collect()
                });
            (found != *wanted).then(|| format!("{found:?} {names:?}"))
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.chars().take(40).collect(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Date(year, month, day) => format!("{year}-{month:02}-{day:02}"),
        Value::Error(code) => code.clone(),
        Value::FormulaWithoutValue => "?".to_owned(),
    }
}
