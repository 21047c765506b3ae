//! Reading: bytes → grids (`open`) and bytes → facts (`read`), against the floor of reading any xlsx
//! at all: inflating the same entries with libdeflate and looking at nothing.

mod common;
mod generator;

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use bdg::intake::{Context, Forms, grid::Workbook, open, parse_forms, read_file};
use bdg::period::Day;
use calamine::{Reader, Xlsx};
use common::{CATALOGUE, SEED, SIZE};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use generator::{Generated, Kind};
use libdeflater::Decompressor;

fn main() {
    let size = SIZE.workbooks;
    println!("{size} workbooks, seed {SEED}, one thread");
    divan::main();
    if common::measures() {
        against_the_floor();
    }
}

static XLSX: LazyLock<Vec<Generated>> =
    LazyLock::new(|| generator::workbooks(&CATALOGUE.localities, SIZE.workbooks, SEED, Kind::Xlsx));
static MIXED: LazyLock<Vec<Generated>> =
    LazyLock::new(|| generator::workbooks(&CATALOGUE.localities, SIZE.workbooks, SEED, Kind::Mixed));
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| XLSX.iter().flat_map(entries).collect());
static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "without forms there is nothing to measure")]
    parse_forms(&CATALOGUE).expect("the forms of the catalogue are sound")
});

#[divan::bench(sample_count = 10, sample_size = 1)]
fn floor_inflate_xlsx(bencher: Bencher) {
    let bytes: usize = XLSX.iter().map(|f| f.bytes.len()).sum();
    let entries = &*ENTRIES;
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(SIZE.workbooks))
        .bench(|| inflate(entries));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn open_xlsx(bencher: Bencher) {
    measure(bencher, &XLSX, open_all);
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn open_mixed(bencher: Bencher) {
    measure(bencher, &MIXED, open_all);
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn read_xlsx(bencher: Bencher) {
    measure(bencher, &XLSX, read_all);
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn read_mixed(bencher: Bencher) {
    measure(bencher, &MIXED, read_all);
}

fn measure<T>(bencher: Bencher, files: &[Generated], work: fn(&[Generated]) -> T) {
    // What is made once is not measured.
    let _ = &*FORMS;
    let bytes: usize = files.iter().map(|f| f.bytes.len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(files.len()))
        .bench(|| work(files));
}

fn open_all(files: &[Generated]) -> Vec<Option<Workbook>> {
    files
        .iter()
        .map(|file| open::open(&file.name, &file.bytes).0)
        .collect()
}

/// Facts read, and problems.
fn read_all(files: &[Generated]) -> (usize, usize) {
    let context = Context {
        catalogue: &CATALOGUE,
        home: None,
        period: None,
        today: Day::new(2027, 1, 31),
    };
    files.iter().fold((0, 0), |(facts, problems), file| {
        let reading = read_file(&file.name, &file.bytes, &context, &FORMS);
        let found: usize = reading.sheets.iter().map(|s| s.facts.len()).sum();
        (facts + found, problems + reading.problems.len())
    })
}

/// A deflated entry of an archive.
struct Entry {
    data: Vec<u8>,
    inflated: usize,
}

/// The entries that a reader of cells needs: not the theme, not the properties.
fn entries(file: &Generated) -> Vec<Entry> {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(&file.bytes)) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for i in 0..archive.len() {
        let Ok(mut entry) = archive.by_index_raw(i) else {
            continue;
        };
        let name = entry.name().to_owned();
        let needed = !name.starts_with("docProps") && !name.contains("theme");
        if needed && entry.compression() == zip::CompressionMethod::Deflated {
            let mut data = Vec::new();
            let inflated = entry.size() as usize;
            if std::io::Read::read_to_end(&mut entry, &mut data).is_ok() {
                all.push(Entry { data, inflated });
            }
        }
    }
    all
}

fn inflate(entries: &[Entry]) -> usize {
    let mut inflater = Decompressor::new();
    let mut room = Vec::new();
    entries
        .iter()
        .map(|entry| {
            room.resize(entry.inflated.max(room.len()), 0);
            let done = inflater.deflate_decompress(&entry.data, &mut room[..entry.inflated]);
            done.unwrap_or_default()
        })
        .sum()
}

/// The four by turns, so that a busy machine slows all alike; the best of each is compared.
fn against_the_floor() {
    const ROUNDS: usize = 7;
    /// A large set is not read so often that nobody waits for it.
    const ENOUGH: Duration = Duration::from_secs(30);
    let (files, entries) = (&*XLSX, &*ENTRIES);
    let _ = &*FORMS;
    let mut best = [Duration::MAX; 4];
    let (start, mut rounds) = (Instant::now(), 0);
    while rounds == 0 || (rounds < ROUNDS && start.elapsed() < ENOUGH) {
        let times = [
            time(|| inflate(entries)),
            time(|| stream_with_a_library(files)),
            time(|| open_all(files)),
            time(|| read_all(files)),
        ];
        for (best, time) in best.iter_mut().zip(times) {
            *best = (*best).min(time);
        }
        rounds += 1;
    }
    let cells: usize = open_all(files)
        .iter()
        .flatten()
        .flat_map(|w| &w.sheets)
        .map(|s| s.cells.len())
        .sum();
    let (facts, problems) = read_all(files);
    let inflated: usize = entries.iter().map(|e| e.inflated).sum();
    println!(
        "\n{} xlsx workbooks, {cells} cells, {facts} facts, {problems} problems, {:.1} MB inflated; best of {rounds}, one thread",
        files.len(),
        inflated as f64 / 1e6
    );
    let names = ["inflate (floor)", "calamine, streamed", "open", "read"];
    for (what, time) in names.into_iter().zip(best) {
        println!(
            "{what:<18} {:>9.2} ms  {:>6.1} x the floor  {:>5.2} x calamine  {:>7.1} MB/s of XML  {:>9.0} cells/s  {:>8.0} workbooks/s",
            time.as_secs_f64() * 1e3,
            time.as_secs_f64() / best[0].as_secs_f64(),
            time.as_secs_f64() / best[1].as_secs_f64(),
            inflated as f64 / 1e6 / time.as_secs_f64(),
            cells as f64 / time.as_secs_f64(),
            files.len() as f64 / time.as_secs_f64()
        );
    }
    if let Some(peak) = peak_memory() {
        println!("peak memory of the whole process, the workbooks themselves included: {peak}");
    }
}

/// Every cell of every sheet through the streaming reader of the usual library, and nothing done with it.
fn stream_with_a_library(files: &[Generated]) -> usize {
    let mut cells = 0;
    for file in files {
        let Ok(mut book) = Xlsx::new(std::io::Cursor::new(file.bytes.as_slice())) else {
            continue;
        };
        for name in book.sheet_names() {
            let Ok(mut reader) = book.worksheet_cells_reader(&name) else {
                continue;
            };
            while let Ok(Some(cell)) = reader.next_cell() {
                black_box(cell.get_value());
                cells += 1;
            }
        }
    }
    cells
}

/// As Linux tells it.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}
