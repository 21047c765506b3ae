//! Compound files and xls whose chains and counts lie.

use super::Expected::{Cells, Refused, Survived, Told};
use super::{Case, case};
use crate::made::{compound, table, xls};

fn set(mut bytes: Vec<u8>, at: usize, value: u32) -> Vec<u8> {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    bytes
}

/// A record of BIFF.
fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
}

/// A workbook of these records before its sheet and on it.
fn book(globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    let beginning = record(0x0809, &[&[0, 6][..], &[0; 14]].concat());
    let end = record(0x000A, &[]);
    let place = |at: u32| record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 1, 0, b'A']].concat());
    let at = beginning.len() + globals.len() + place(0).len() + end.len();
    let whole = [
        &beginning[..],
        globals,
        &place(at as u32),
        &end,
        &beginning,
        sheet,
        &end,
    ]
    .concat();
    compound("Workbook", &whole)
}

fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    let head = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    record(0x0203, &[&head[..], &value.to_le_bytes()].concat())
}

pub fn cases() -> Vec<Case> {
    let good = xls("A", &table("7 | 8"));
    let seven = number(0, 0, 7.0);
    let strings =
        |count: u32, body: &[u8]| record(0x00FC, &[&[0; 4][..], &count.to_le_bytes(), body].concat());
    let label = record(0x00FD, &[0, 0, 0, 0, 0, 0, 9, 0, 0, 0]);
    // The table of sectors of a file of `compound` begins after the header.
    let chain_to_itself = set(good.clone(), 512 + 8, 2);
    let directory_ring = set(good.clone(), 512 + 4, 1);
    let mut loop_of_1024 = good[..1024].to_vec();
    loop_of_1024 = set(loop_of_1024, 48, 0);
    loop_of_1024 = set(loop_of_1024, 512, 0);
    vec![
        // The general library gets through these; what it found is told to be mended.
        case("chain-in-a-ring", chain_to_itself, Told("file-mended")),
        case("directory-in-a-ring", directory_ring, Survived),
        case(
            "loop-of-1024-bytes",
            loop_of_1024,
            Refused(&["file-damaged", "file-foreign"]),
        ),
        case("tables-beyond-measure", set(good.clone(), 44, u32::MAX), Survived),
        case(
            "more-tables-in-a-ring",
            set(set(good.clone(), 68, 0), 72, 5),
            Told("file-mended"),
        ),
        case(
            "sector-beyond-the-file",
            set(good.clone(), 48, 0x00FF_FFFF),
            Refused(&["file-damaged"]),
        ),
        case(
            "shift-of-63",
            {
                let mut b = good.clone();
                b[30] = 63;
                b
            },
            Refused(&["file-damaged"]),
        ),
        case(
            "dimensions-beyond-measure",
            book(&[], &[record(0x0200, &[0xFF; 14]), seven.clone()].concat()),
            Cells(&["A1 7"]),
        ),
        case(
            "far-cells",
            book(&[], &[number(65_535, 65_535, 7.0), seven.clone()].concat()),
            Cells(&["A1 7"]),
        ),
        case(
            "announced-strings-xls",
            book(&strings(u32::MAX, &[1, 0, 0, b'a']), &label),
            Cells(&["A1 #STRING!"]),
        ),
        case(
            "text-longer-than-the-file",
            book(&strings(1, &[0xFF, 0xFF, 1, b'a']), &seven),
            Cells(&["A1 7"]),
        ),
        case(
            "runs-beyond-measure",
            book(&strings(1, &[1, 0, 8, 0xFF, 0xFF, b'a']), &seven),
            Cells(&["A1 7"]),
        ),
        case(
            "nan",
            book(
                &[],
                &[
                    number(0, 0, f64::NAN),
                    number(0, 1, f64::INFINITY),
                    number(0, 2, 7.0),
                ]
                .concat(),
            ),
            Cells(&["A1 #NUM!", "B1 #NUM!", "C1 7"]),
        ),
        case(
            "half-a-record",
            book(&[], &[seven.clone(), vec![3, 2, 0xFF, 0xFF]].concat()),
            Survived,
        ),
        case(
            "xor",
            book(&record(0x002F, &[0, 0, 1, 2, 3, 4]), &seven),
            Refused(&["file-encrypted"]),
        ),
        case(
            "rc4",
            book(&record(0x002F, &[1, 0, 1, 0, 1, 0]), &seven),
            Refused(&["file-encrypted"]),
        ),
        case(
            "records-cut-short",
            book(
                &[],
                &[
                    record(0x0203, &[0, 0, 1, 0, 0, 0, 9]),
                    record(0x0204, &[0, 0, 2, 0, 0, 0, 0xFF, 0xFF, 1, b'a']),
                    record(0x0203, &[0, 0]),
                    record(0x0205, &[0, 0, 3, 0, 0, 0]),
                    record(0x0006, &[0, 0, 4, 0, 0, 0]),
                    seven.clone(),
                ]
                .concat(),
            ),
            Cells(&["A1 7", "B1 #NUM!", "C1 #STRING!", "D1 #UNKNOWN!", "E1 #NUM!"]),
        ),
        case(
            "packed-numbers-backwards",
            book(
                &[],
                &[record(0x00BD, &[0, 0, 0xFF, 0xFF, 1, 2, 3]), seven].concat(),
            ),
            Cells(&["A1 7"]),
        ),
    ]
}
