//! The real program as a reader of files for another process.

use bdg::intake::open::{InProcess, Opener};
use bdg::intake::worker::{Limits, Worker};

const FILE: &[u8] = include_bytes!("fixtures/open/so-lieu.xlsx");

fn worker(memory: u64) -> Worker {
    let limits = Limits {
        memory,
        ..Limits::default()
    };
    Worker::new(env!("CARGO_BIN_EXE_bdg").into(), limits, None)
}

#[test]
fn the_program_reads_for_another_what_that_would_read() {
    let here = InProcess.open("a.xlsx", FILE);
    assert!(worker(1 << 30).open("a.xlsx", FILE) == here);
    assert!(here.0.is_some_and(|w| w.sheets.len() == 3));
}

#[test]
fn the_program_ends_itself_before_it_takes_too_much_memory() {
    let rows = "xã,1,2,3\n".repeat(200_000);
    let (workbook, problems) = worker(4 << 20).open("a.csv", rows.as_bytes());
    assert_eq!(workbook, None);
    assert_eq!(problems[0].kind.name(), "file-too-large");
}
