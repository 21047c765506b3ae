//! Every numeric cell of the samples is accounted for: counted apart from the program by
//! `tests/independent/count_cells.py`.

use std::collections::BTreeMap;
use std::path::Path;

use bdg::intake::{Context, parse_forms, read_file};
use bdg::period::{Day, Period};

use crate::made::fields;

#[test]
fn every_numeric_cell_of_the_samples_is_accounted_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = std::fs::read_to_string(root.join("tests/expected/cells.csv")).unwrap();
    let mut expected: BTreeMap<&str, Vec<(&str, u32)>> = BTreeMap::new();
    let rows = fields(&listed);
    for row in rows.iter().skip(1) {
        let [file, sheet, numbers] = &row[..] else {
            panic!("{row:?}")
        };
        expected
            .entry(file)
            .or_default()
            .push((sheet, numbers.parse().unwrap()));
    }
    assert!(expected.len() > 60, "{} files", expected.len());
    let catalogue = crate::examples::catalogue();
    let forms = parse_forms(&catalogue).unwrap();
    let context = Context {
        catalogue: &catalogue,
        home: catalogue.localities.by_code("585", Day::new(2024, 12, 31)),
        period: Period::parse("2024"),
        today: Day::new(2026, 11, 22),
    };
    let (mut faults, mut cells) = (Vec::new(), 0);
    for (file, sheets) in expected {
        let bytes = std::fs::read(root.join("data-samples").join(file)).unwrap();
        let reading = read_file(file, &bytes, &context, &forms);
        for (name, numbers) in sheets {
            let Some(sheet) = reading.sheets.iter().find(|s| s.name == name) else {
                faults.push(format!("{file} › {name}: not read"));
                continue;
            };
            let account = &sheet.account;
            cells += account.numbers;
            // Texts that read as numbers and signs are accounted for too, so the sum may be greater.
            if account.numbers != numbers || account.cells() < numbers {
                faults.push(format!("{file} › {name}: {numbers} numeric cells, {account:?}"));
            }
        }
        let told: u32 = reading.problems.iter().map(|p| p.left_out).sum();
        let left_out: u32 = reading.sheets.iter().map(|s| s.account.left_out).sum();
        if told < left_out {
            faults.push(format!("{file}: {left_out} cells left out, {told} told"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(cells > 3_000, "{cells}");
}
