//! xlsb whose records and counts lie.

use super::Expected::{Cells, Refused, Survived, Told};
use super::{Case, case};
use crate::fuzz::container::{MARK, record_of_xlsb as record, text_of_xlsb as text, xlsb};

/// A workbook of one sheet of these records, and these shared texts.
fn book(sheet: &[Vec<u8>], texts: &[u8]) -> Vec<u8> {
    let sheet = [
        record(129, &[]),
        record(145, &[]),
        sheet.concat(),
        record(146, &[]),
        record(130, &[]),
    ]
    .concat();
    xlsb(&[&sheet, texts, &styles(), &[], &one_sheet()].join(MARK))
}

fn one_sheet() -> Vec<u8> {
    let sheet = [vec![0; 8], text("r0"), text("A")].concat();
    [record(131, &[]), record(156, &sheet), record(132, &[])].concat()
}

/// The second style shows a date.
fn styles() -> Vec<u8> {
    let style = |format: u16| record(47, &[&[0, 0], &format.to_le_bytes()[..], &[0; 12]].concat());
    [record(617, &[2, 0, 0, 0]), style(0), style(14), record(618, &[])].concat()
}

fn rows(cells: &[Vec<u8>]) -> Vec<u8> {
    book(&[row(0), cells.concat()], &[])
}

fn row(number: u32) -> Vec<u8> {
    record(0, &[&number.to_le_bytes()[..], &[0; 13]].concat())
}

fn cell(kind: u16, column: u32, style: u32, body: &[u8]) -> Vec<u8> {
    record(
        kind,
        &[&column.to_le_bytes(), &style.to_le_bytes(), body].concat(),
    )
}

fn number(column: u32, value: f64) -> Vec<u8> {
    cell(5, column, 0, &value.to_le_bytes())
}

fn date(column: u32, serial: f64) -> Vec<u8> {
    cell(5, column, 1, &serial.to_le_bytes())
}

pub fn cases() -> Vec<Case> {
    let seven = || number(0, 7.0);
    let string = |index: u32| cell(7, 0, 0, &index.to_le_bytes());
    let ends = |numbers: [u32; 4]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
    let good = rows(&[seven()]);
    let endless = [record(129, &[]), row(0), seven()].concat();
    let many: Vec<u8> = (0..2500u32)
        .map(|i| record(156, &[vec![0; 8], text("r0"), text(&i.to_string())].concat()))
        .collect::<Vec<_>>()
        .concat();
    vec![
        case(
            "xlsb-far-cell",
            book(&[row(1_048_575), number(16_383, 7.0)], &[]),
            Cells(&["XFD1048576 7"]),
        ),
        case(
            "xlsb-beyond-the-grid",
            book(&[row(u32::MAX), seven(), row(0), number(u32::MAX, 7.0)], &[]),
            Told("cells-outside-grid"),
        ),
        case(
            "xlsb-cells-before-a-row",
            book(&[seven(), row(0), number(1, 8.0)], &[]),
            Told("cells-outside-grid"),
        ),
        case(
            "xlsb-dimension",
            book(&[record(148, &[0xFF; 16]), row(0), seven()], &[]),
            Cells(&["A1 7"]),
        ),
        case(
            "xlsb-numbers-that-are-none",
            rows(&[number(0, f64::NAN), number(1, f64::INFINITY), seven_at(2)]),
            Cells(&["A1 #NUM!", "B1 #NUM!", "C1 7"]),
        ),
        case(
            "xlsb-impossible-dates",
            rows(&[
                date(0, -1e308),
                date(1, 60.0),
                date(2, 2_958_466.0),
                date(3, 45_413.0),
            ]),
            Cells(&["A1 ########", "B1 ########", "C1 ########", "D1 2024-05-01"]),
        ),
        case(
            "xlsb-unknown-error",
            rows(&[cell(3, 0, 0, &[99]), seven_at(1)]),
            Cells(&["A1 #UNKNOWN!", "B1 7"]),
        ),
        case(
            "xlsb-string-index",
            book(
                &[row(0), string(u32::MAX)],
                &record(19, &[vec![0], text("a")].concat()),
            ),
            Cells(&["A1 #STRING!"]),
        ),
        case(
            "xlsb-announced-strings",
            book(
                &[row(0), string(0)],
                &[
                    record(159, &[0xFF; 8]),
                    record(19, &[vec![0], text("a")].concat()),
                ]
                .concat(),
            ),
            Cells(&["A1 a"]),
        ),
        case(
            "xlsb-shared-text-longer-than-its-record",
            book(
                &[row(0), string(0), number(1, 7.0)],
                &record(19, &[0, 0xFE, 0xFF, 0xFF, 0x7F, b'a', 0]),
            ),
            Cells(&["A1 #STRING!", "B1 7"]),
        ),
        case(
            "xlsb-text-longer-than-its-record",
            rows(&[cell(6, 0, 0, &[0xFE, 0xFF, 0xFF, 0x7F, b'a', 0]), seven_at(1)]),
            Cells(&["A1 #STRING!", "B1 7"]),
        ),
        case(
            "xlsb-number-cut-short",
            rows(&[cell(5, 0, 0, &[0, 0]), seven_at(1)]),
            Cells(&["A1 #NUM!", "B1 7"]),
        ),
        case(
            "xlsb-cell-without-a-place",
            rows(&[record(5, &[0, 0]), seven_at(1)]),
            Told("cells-outside-grid"),
        ),
        case(
            "xlsb-record-longer-than-the-part",
            book(&[row(0), seven(), vec![5, 0xFF, 0xFF, 0xFF, 0x7F]], &[]),
            Refused(&["sheet-unreadable"]),
        ),
        case(
            "xlsb-never-closed",
            xlsb(&[&endless[..], &[], &styles(), &[], &one_sheet()].join(MARK)),
            Refused(&["sheet-unreadable"]),
        ),
        case(
            "xlsb-half-a-list-of-sheets",
            xlsb(&[&[], &[], &[], &[], &one_sheet()[..9]].join(MARK)),
            Refused(&["file-damaged"]),
        ),
        case(
            "xlsb-style-beyond-the-styles",
            rows(&[cell(5, 0, 0x00FF_FFFF, &7f64.to_le_bytes())]),
            Cells(&["A1 7"]),
        ),
        case(
            "xlsb-short-cells-without-end",
            book(
                &[
                    row(0),
                    record(13, &[[0; 4], [30, 0, 0, 0]].concat()).repeat(20_000),
                ],
                &[],
            ),
            Told("cells-outside-grid"),
        ),
        case(
            "xlsb-merges",
            book(
                &[
                    row(0),
                    seven(),
                    record(176, &ends([0, u32::MAX, 0, u32::MAX])).repeat(300_000),
                ],
                &[],
            ),
            Cells(&["A1 7"]),
        ),
        case(
            "xlsb-hidden-columns",
            book(
                &[
                    record(60, &[&ends([0, u32::MAX, 0, 0])[..], &[1, 0]].concat()).repeat(100_000),
                    row(0),
                    seven(),
                ],
                &[],
            ),
            Told("lines-hidden"),
        ),
        case(
            "xlsb-many-sheets",
            xlsb(&[&[], &[], &[], &[], &[record(131, &[]), many].concat()[..]].join(MARK)),
            Refused(&["file-too-large"]),
        ),
        case(
            "xlsb-empty-records",
            book(&[record(2000, &[]).repeat(2_000_000), row(0), seven()], &[]),
            Cells(&["A1 7"]),
        ),
        case("xlsb-cut-short", good[..good.len() / 2].to_vec(), Survived),
    ]
}

fn seven_at(column: u32) -> Vec<u8> {
    number(column, 7.0)
}
