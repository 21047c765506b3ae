//! The whole run, from a folder of workbooks (in memory) to the summary workbook and tidy data.

mod common;
mod generator;

use std::path::PathBuf;
use std::sync::LazyLock;

use bdg::disclosure::Edition;
use bdg::engine::{Office, Quiet, Request, compute, report};
use bdg::host::{Host, Memory};
use bdg::lang::Lang;
use bdg::period::{Day, Period};
use common::{CATALOGUE, SEED, SIZE};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use generator::{Generated, Kind};

fn main() {
    if common::measures() {
        let host = machine();
        let request = request();
        match report(&host, &request, &Quiet) {
            Ok(done) => println!(
                "{} workbooks ({} read, {} facts, {} problems), seed {SEED}; report on {}; {} files written",
                done.files_found,
                done.files_read,
                done.facts,
                done.problems.len(),
                done.scope,
                done.written.len()
            ),
            Err(failure) => println!("nothing could be done: {}", failure.0.en),
        }
    }
    divan::main();
}

static FILES: LazyLock<Vec<Generated>> =
    LazyLock::new(|| generator::workbooks(&CATALOGUE.localities, SIZE.workbooks, SEED, Kind::Mixed));

/// Reading, checking, sums, figures, verdicts.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn compute_only(bencher: Bencher) {
    let (host, request) = (machine(), request());
    bencher
        .counter(bytes())
        .counter(ItemsCount::new(FILES.len()))
        .bench_local(|| must(compute(&host, &request, &Quiet)));
}

/// The same, files read by the program in processes of their own, as the command line does.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn compute_in_processes(bencher: Bencher) {
    let host = machine();
    let request = Request {
        reader: Some(PathBuf::from(env!("CARGO_BIN_EXE_bdg"))),
        ..request()
    };
    bencher
        .counter(bytes())
        .counter(ItemsCount::new(FILES.len()))
        .bench_local(|| must(compute(&host, &request, &Quiet)));
}

/// Reading in this process, and the summary workbook, CSV and Parquet.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn compute_and_write(bencher: Bencher) {
    let request = request();
    // A new machine each time: outputs of the last run would be read as data.
    bencher
        .counter(bytes())
        .counter(ItemsCount::new(FILES.len()))
        .with_inputs(machine)
        .bench_local_refs(|host| must(report(host, &request, &Quiet)));
}

fn bytes() -> BytesCount {
    BytesCount::new(FILES.iter().map(|f| f.bytes.len()).sum::<usize>())
}

fn machine() -> Memory {
    let host = Memory::new(Day::new(2027, 1, 31));
    for file in FILES.iter() {
        // Memory takes every file.
        let _ = host.replace(&PathBuf::from("in").join(&file.name), &file.bytes);
    }
    host
}

fn request() -> Request {
    Request {
        roots: vec![PathBuf::from("in")],
        catalogue: CATALOGUE.clone(),
        lang: Lang::Vi,
        period: Some(Period::year(2026)),
        scope: Some(generator::scope(&CATALOGUE.localities, SIZE.workbooks, SEED)),
        edition: Edition::Internal,
        each: None,
        output: PathBuf::from("out"),
        workbook: None,
        facts: None,
        returned: None,
        slips: None,
        plan: None,
        log: None,
        variants: Vec::new(),
        office: Office::default(),
        date: Some(Day::new(2027, 1, 31)),
        boundaries: bdg::recast::Boundaries::default(),
        reader: None,
        cached: false,
    }
}

#[expect(
    clippy::panic,
    reason = "a bench that cannot do its work has nothing to measure"
)]
fn must<T>(result: Result<T, bdg::engine::Failure>) -> T {
    result.unwrap_or_else(|failure| panic!("{}", failure.0.en))
}
