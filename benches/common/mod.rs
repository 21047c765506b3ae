//! What all benches share: the catalogue, and how much is measured.

// Each bench uses its own part.
#![allow(dead_code)]

use std::sync::LazyLock;

use bdg::definition::Catalogue;

/// One seed for all benches: two runs measure the same bytes.
pub const SEED: u64 = 28;

/// The catalogue that is built into the program.
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    #[expect(clippy::panic, reason = "without a catalogue there is nothing to measure")]
    bdg::definition::load(bdg::definition::embedded()).unwrap_or_else(|faults| {
        let all: Vec<String> = faults.iter().map(|f| f.print(bdg::lang::Lang::En)).collect();
        panic!("{}", all.join("\n"))
    })
});

/// What `BDG_BENCH_SIZE` asks for: `small` (the default), `medium`, `large`, or a number of workbooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub workbooks: usize,
    /// For the sums; the nation has 3,321.
    pub communes: usize,
}

pub static SIZE: LazyLock<Size> = LazyLock::new(|| {
    let asked = std::env::var("BDG_BENCH_SIZE").unwrap_or_default();
    let of = |workbooks, communes| Size { workbooks, communes };
    match asked.as_str() {
        "" | "small" => of(200, 50),
        "medium" => of(2_000, 400),
        "large" => of(20_000, 3_321),
        number => match number.parse::<usize>() {
            Ok(workbooks) if workbooks > 0 => of(workbooks, workbooks.div_ceil(4).min(3_321)),
            _ => {
                eprintln!(
                    "BDG_BENCH_SIZE={number}: small, medium, large or a number of workbooks is expected; small is taken"
                );
                of(200, 50)
            }
        },
    }
});

/// Whether everything is measured: not a list, not a test that the benches run, not some by name.
pub fn measures() -> bool {
    let words: Vec<String> = std::env::args().skip(1).collect();
    words == ["--bench"]
}
