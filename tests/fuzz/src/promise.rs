//! What holds of every file, whatever its bytes; anything else stops the process.

use bdg::definition::{Catalogue, embedded, load};
use bdg::intake::grid::Value;
use bdg::intake::open::open;
use bdg::intake::{Context, Forms, parse_forms, read_file};
use bdg::period::Day;

/// Opens a file and holds what came of it to the promises of the readers.
pub fn opened(bytes: &[u8]) {
    let (workbook, problems) = open("m.xlsx", bytes);
    for sheet in workbook.iter().flat_map(|w| &w.sheets) {
        assert!(
            sheet.cells.windows(2).all(|pair| pair[0].at < pair[1].at),
            "cells stand in order, each place once"
        );
        assert!(
            sheet
                .cells
                .iter()
                .all(|c| c.at.row < 1_048_576 && c.at.column < 16_384),
            "cells lie within the grid"
        );
        assert!(
            sheet
                .repairs
                .iter()
                .all(|r| sheet.get(r.at.row, r.at.column).is_some()),
            "what was mended is there"
        );
    }
    // A panic inside is caught there and told in these words.
    assert!(
        !problems
            .iter()
            .any(|p| format!("{:?}", p.kind).contains("its content is not valid")),
        "no panic is caught"
    );
    assert!(
        workbook.is_some() || !problems.is_empty(),
        "a file is read or refused"
    );
}

/// What reading to facts takes for granted.
pub struct Reading {
    catalogue: Catalogue,
    forms: Forms,
}

impl Reading {
    /// The indicators and forms of the program itself.
    ///
    /// # Panics
    /// If they are not sound, which the program's own tests would tell.
    pub fn prepare() -> Reading {
        let catalogue = load(embedded()).expect("the catalogue is sound");
        let forms = parse_forms(&catalogue).expect("the forms are sound");
        Reading { catalogue, forms }
    }

    /// Reads a file to facts: every number of it has an account, every fact stands on a cell.
    pub fn read(&self, bytes: &[u8]) {
        let context = Context {
            catalogue: &self.catalogue,
            home: None,
            period: None,
            today: Day::new(2026, 11, 22),
        };
        let reading = read_file("m.xlsx", bytes, &context, &self.forms);
        let (workbook, _) = open("m.xlsx", bytes);
        let grids = workbook.map_or_else(Vec::new, |workbook| workbook.sheets);
        assert_eq!(grids.len(), reading.sheets.len(), "every sheet is read");
        for (sheet, grid) in reading.sheets.iter().zip(&grids) {
            let numbers = grid
                .cells
                .iter()
                .filter(|cell| matches!(cell.value, Value::Number(_)));
            assert_eq!(
                sheet.account.numbers as usize,
                numbers.count(),
                "every number has an account"
            );
            assert!(sheet.account.cells() >= sheet.account.numbers);
            for fact in &sheet.facts {
                assert!(
                    grid.get(fact.cell.row, fact.cell.column).is_some(),
                    "{} holds nothing",
                    fact.cell
                );
            }
        }
    }
}
