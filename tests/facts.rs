//! `--facts`: the reported figures as Parquet by year and province, each once, with its cell.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use arrow::array::{Array, AsArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::made::{bdg, put, table, xlsx};

fn population(rows: &str) -> Vec<u8> {
    xlsx(&[(
        "S",
        &table(&format!("Dân số năm 2024\nXã | Tổng số | Nữ\n{rows}")),
    )])
}

fn record(folder: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(folder.join("bdg-run.json")).unwrap()).unwrap()
}

fn parts(folder: &Path) -> Vec<String> {
    let files = record(folder)["files"].as_array().unwrap().clone();
    files.iter().map(|f| f.as_str().unwrap().to_owned()).collect()
}

/// `column=value …` of every row of a part.
fn rows(part: &Path, wanted: &[&str]) -> BTreeSet<String> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(part).unwrap()).unwrap();
    let mut found = BTreeSet::new();
    for batch in reader.build().unwrap() {
        let batch = batch.unwrap();
        for row in 0..batch.num_rows() {
            let cell = |name: &&str| {
                let column = batch.column_by_name(name).unwrap();
                match column.data_type() {
                    DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
                    DataType::Boolean => column.as_boolean().value(row).to_string(),
                    _ => {
                        let texts = cast(column, &DataType::Utf8).unwrap();
                        texts.as_string::<i32>().value(row).to_owned()
                    }
                }
            };
            let cells: Vec<String> = wanted.iter().map(cell).collect();
            assert!(found.insert(cells.join(" ")), "no row twice");
        }
    }
    found
}

#[test]
fn every_reported_figure_stands_once_in_the_part_of_its_year_and_province() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    put(
        folder,
        "nhan/a.xlsx",
        population("Xã Lâm Sơn | 200 | 90\nXã Mỹ Sơn | 100 | 130"),
    );
    // Sent again, the same: one figure.
    put(folder, "nhan/b.xlsx", population("Xã Lâm Sơn | 200 | 90"));
    let words = [
        "report",
        "nhan",
        "-l",
        "585",
        "-p",
        "2024",
        "-o",
        "kq",
        "--facts",
        "nhan/so-lieu",
    ];
    let ran = bdg(folder, &words);
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    let facts = folder.join("nhan/so-lieu");
    assert_eq!(
        parts(&facts),
        ["_units/bdg.parquet", "year=2024/province=58/bdg.parquet"]
    );
    assert_eq!(record(&facts)["complete"], true);
    let part = facts.join("year=2024/province=58/bdg.parquet");
    let wanted = [
        "measure",
        "sex",
        "age",
        "locality_code",
        "boundaries_on",
        "stands_for",
        "period",
        "value",
        "decimals",
        "contradicted",
        "file",
        "cell",
    ];
    let expected = [
        "population all all 22813 2024-12-31 22813 2024 200 0 false a.xlsx B3",
        "population female all 22813 2024-12-31 22813 2024 90 0 false a.xlsx C3",
        // More women than people: kept, and marked.
        "population all all 22822 2024-12-31 22822 2024 100 0 true a.xlsx B4",
        "population female all 22822 2024-12-31 22822 2024 130 0 true a.xlsx C4",
    ];
    let found = rows(&part, &wanted);
    let codes: BTreeSet<String> = expected.iter().map(|e| (*e).to_owned()).collect();
    assert_eq!(found, codes);
    // The hierarchy on which they are added up: the district and its eight communes.
    let units = rows(
        &facts.join("_units/bdg.parquet"),
        &[
            "boundaries_on",
            "code",
            "depth",
            "level",
            "lowest",
            "bodies",
            "base",
        ],
    );
    assert_eq!(units.len(), 9);
    assert!(units.contains("2024-12-31 585 0 district 8 9 true"), "{units:?}");
    assert!(units.contains("2024-12-31 22813 1 commune 1 1 true"), "{units:?}");
    let names: Vec<String> = record(&facts)["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["name"].as_str().unwrap().to_owned())
        .collect();
    assert!(
        names.ends_with(&["year".to_owned(), "province".to_owned()]),
        "{names:?}"
    );

    // Inside the folder of the data it is no report; and the same run gives the same bytes.
    let before = std::fs::read(&part).unwrap();
    let again = bdg(folder, &[&words[..], &["--format", "json"]].concat());
    assert_eq!(again.json().pop().unwrap()["files_found"], 2, "{}", again.out);
    assert!(before == std::fs::read(&part).unwrap());
}

#[test]
fn a_part_without_figures_any_more_is_gone_and_foreign_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let of_year = |year: &str| {
        let rows = format!("Dân số năm {year}\nXã | Tổng số | Nữ\nXã Lâm Sơn | 200 | 90");
        xlsx(&[("S", &table(&rows))])
    };
    put(folder, "nhan/a.xlsx", of_year("2024"));
    put(folder, "nhan/b.xlsx", of_year("2023"));
    put(folder, "so-lieu/year=2022/khac.parquet", "of somebody else");
    let run = || {
        let ran = bdg(
            folder,
            &[
                "report", "nhan", "-l", "585", "-p", "2024", "-o", "kq", "--facts", "so-lieu",
            ],
        );
        assert!(ran.code < 2, "{}{}", ran.out, ran.err);
        parts(&folder.join("so-lieu"))
    };
    let (old, new) = (
        "year=2023/province=58/bdg.parquet",
        "year=2024/province=58/bdg.parquet",
    );
    let units = "_units/bdg.parquet";
    assert_eq!(run(), [units, old, new]);
    std::fs::remove_file(folder.join("nhan/b.xlsx")).unwrap();
    assert_eq!(run(), [units, new]);
    assert!(!folder.join("so-lieu").join(old).exists());
    assert!(folder.join("so-lieu").join(new).exists());
    assert!(folder.join("so-lieu/year=2022/khac.parquet").exists());
}
