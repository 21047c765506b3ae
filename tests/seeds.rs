//! What the fuzz targets begin with: good files and hostile ones, in the shape that each target takes.
//!
//! `BDG_WRITE_SEEDS=1 cargo test --test main seeds` writes them to `tests/fuzz/corpus`.

use std::collections::BTreeMap;
use std::path::Path;

use bdg::intake::grid::{Grid, Value};
use bdg::intake::open::{Content, open, sniff};

use crate::fuzz::container;

/// A fuzzer learns little from a long file that a short one does not show.
const LONGEST: usize = 64 << 10;

/// Inputs of one target, without repetition.
type Inputs = BTreeMap<&'static str, Vec<Vec<u8>>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files() -> Vec<Vec<u8>> {
    let mut files: Vec<Vec<u8>> = crate::hostile::cases()
        .into_iter()
        .map(|case| case.bytes)
        .collect();
    files.extend(crate::mutants::seeds());
    let mut folders = vec![root().join("data-samples"), root().join("tests/fixtures/open")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(std::fs::read(path).unwrap());
            }
        }
    }
    files.sort();
    files.dedup();
    files
}

/// The stream with the records, if it lies in one piece, as most programs write it.
fn stream_of_xls(bytes: &[u8]) -> Option<&[u8]> {
    bytes
        .chunks(512)
        .position(|sector| sector.starts_with(b"\x09\x08\x10\x00\x00\x06\x05\x00"))
        .map(|sector| &bytes[sector * 512..])
}

/// A sheet as text with separators.
fn as_text(grid: &Grid) -> Vec<u8> {
    let mut lines: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for cell in grid
        .cells
        .iter()
        .filter(|cell| cell.at.row < 60 && cell.at.column < 40)
    {
        let line = lines.entry(cell.at.row).or_default();
        line.resize(cell.at.column as usize, String::new());
        line.push(match &cell.value {
            Value::Text(text) => text.replace([';', '\n'], " "),
            Value::Number(number) => number.to_string(),
            _ => "…".to_owned(),
        });
    }
    let last = lines.keys().last().copied().unwrap_or(0);
    let lines: Vec<String> = (0..=last)
        .map(|row| lines.get(&row).map_or_else(String::new, |line| line.join(";")))
        .collect();
    lines.join("\n").into_bytes()
}

fn inputs() -> Inputs {
    let mut inputs = Inputs::new();
    let mut add = |target, input: Vec<u8>| {
        if input.len() <= LONGEST {
            inputs.entry(target).or_default().push(input);
        }
    };
    for file in files() {
        let content = sniff(&file);
        let (target, input) = match content {
            Content::Xlsx => ("xlsx", container::input_of(&file)),
            Content::Xlsb => ("xlsb", container::input_of(&file)),
            Content::Ods => ("ods", container::input_of(&file)),
            Content::Xls => ("xls", stream_of_xls(&file).map(<[u8]>::to_vec)),
            Content::SpreadsheetXml => ("spreadsheetml", Some(file.clone())),
            Content::Html => ("html", Some(file.clone())),
            _ => ("text", Some(file.clone())),
        };
        if let Some(input) = input {
            add(target, input);
        }
        match content {
            Content::Xlsx | Content::Xlsb | Content::Ods => add("zip", file.clone()),
            Content::Xls => add("cfb", file.clone()),
            _ => {}
        }
        let (workbook, _) = open("a", &file);
        for grid in workbook.iter().flat_map(|w| &w.sheets).take(2) {
            add("facts", as_text(grid));
        }
        add("facts", file);
    }
    inputs
}

#[test]
fn seeds_of_every_target_are_files_of_its_format() {
    /// A file of the target's format, from an input.
    type Build = fn(&[u8]) -> Vec<u8>;
    let kinds: [(&str, &str, Build); 7] = [
        ("xlsx", "xlsx", container::xlsx),
        ("xlsb", "xlsb", container::xlsb),
        ("xls", "xls", container::xls),
        ("ods", "ods", container::ods),
        ("spreadsheetml", "xml", <[u8]>::to_vec),
        ("html", "html", <[u8]>::to_vec),
        ("text", "csv", <[u8]>::to_vec),
    ];
    let inputs = inputs();
    for (target, kind, build) in kinds {
        let cells: usize = inputs[target]
            .iter()
            .filter_map(|input| open("a", &build(input)).0)
            .filter(|workbook| workbook.kind == kind)
            .flat_map(|workbook| workbook.sheets)
            .map(|sheet| sheet.cells.len())
            .sum();
        assert!(cells > 0, "no seed of {target} holds a cell");
    }
    if std::env::var_os("BDG_WRITE_SEEDS").is_some() {
        for (target, inputs) in &inputs {
            let folder = root().join("tests/fuzz/corpus").join(target);
            std::fs::create_dir_all(&folder).unwrap();
            for (i, input) in inputs.iter().enumerate() {
                std::fs::write(folder.join(format!("seed-{i:04}")), input).unwrap();
            }
        }
    }
}
