//! `bdg sql`: the statement run by another engine gives every figure that bdg gives.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rusqlite::types::Value;

use crate::golden::sample;
use crate::made::{bdg, put, table, xlsx};

/// What a figure is of: indicator, day of the units, unit, period, sex, age, ethnicity.
type Key = [String; 7];

/// Numerator, denominator, value, reason, units that reported and that should have.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    counts: [Option<f64>; 2],
    value: Option<f64>,
    absence: String,
    coverage: [i64; 2],
}

/// The columns of a Parquet file, row by row.
fn rows(path: &Path, wanted: &[&str]) -> Vec<Vec<Value>> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let mut rows = Vec::new();
    for batch in reader.build().unwrap() {
        let batch = batch.unwrap();
        let columns: Vec<ArrayRef> = wanted
            .iter()
            .map(|name| {
                let column = batch.column_by_name(name).unwrap();
                match column.data_type() {
                    DataType::Int64 | DataType::Float64 => column.clone(),
                    DataType::Boolean => cast(column, &DataType::Int64).unwrap(),
                    _ => cast(column, &DataType::Utf8).unwrap(),
                }
            })
            .collect();
        for row in 0..batch.num_rows() {
            let value = |column: &ArrayRef| match column.data_type() {
                _ if column.is_null(row) => Value::Null,
                DataType::Int64 => Value::Integer(column.as_primitive::<Int64Type>().value(row)),
                DataType::Float64 => Value::Real(column.as_primitive::<Float64Type>().value(row)),
                _ => Value::Text(column.as_string::<i32>().value(row).to_owned()),
            };
            rows.push(columns.iter().map(value).collect());
        }
    }
    rows
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Null => String::new(),
        other => panic!("{other:?} is no text"),
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Null => None,
        Value::Integer(n) => Some(*n as f64),
        Value::Real(x) => Some(*x),
        other => panic!("{other:?} is no number"),
    }
}

/// The Parquet files of a kind below a folder of facts.
fn parts(facts: &Path, of_units: bool) -> Vec<PathBuf> {
    let record = std::fs::read(facts.join("bdg-run.json")).unwrap();
    let record: serde_json::Value = serde_json::from_slice(&record).unwrap();
    let names = record["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f.as_str().unwrap());
    names
        .filter(|name| name.starts_with("_units") == of_units)
        .map(|name| facts.join(name))
        .collect()
}

/// Runs the statement over a folder of facts on an engine of its own.
fn on_sqlite(facts: &Path, statement: &str) -> BTreeMap<Key, Figure> {
    let engine = rusqlite::Connection::open_in_memory().unwrap();
    let tables = [
        (
            "facts",
            false,
            &[
                "boundaries_on",
                "stands_for",
                "measure",
                "item",
                "age",
                "ethnicity",
                "sex",
                "period",
                "value",
                "contradicted",
            ][..],
        ),
        (
            "units",
            true,
            &[
                "boundaries_on",
                "code",
                "parent",
                "depth",
                "level",
                "children",
                "lowest",
                "bodies",
                "joins",
                "base",
            ][..],
        ),
    ];
    for (name, of_units, columns) in tables {
        let marks = vec!["?"; columns.len()].join(", ");
        let columns_text = columns.join(", ");
        engine
            .execute_batch(&format!("CREATE TABLE {name} ({columns_text}); BEGIN"))
            .unwrap();
        let mut insert = engine
            .prepare(&format!("INSERT INTO {name} VALUES ({marks})"))
            .unwrap();
        for part in parts(facts, of_units) {
            for row in rows(&part, columns) {
                insert.execute(rusqlite::params_from_iter(row)).unwrap();
            }
        }
        engine.execute_batch("COMMIT").unwrap();
    }
    engine
        .execute_batch("CREATE INDEX by_code ON units (boundaries_on, code); ANALYZE")
        .unwrap();
    let mut statement = engine.prepare(statement).unwrap();
    let mut found = BTreeMap::new();
    let mut answer = statement.query([]).unwrap();
    while let Some(row) = answer.next().unwrap() {
        let cell = |i: usize| row.get::<_, Value>(i).unwrap();
        let scale = 10f64.powi(row.get::<_, i64>(9).unwrap() as i32);
        let figure = Figure {
            counts: [7, 8].map(|i| number(&cell(i)).map(|n| n / scale)),
            value: number(&cell(10)),
            absence: text(&cell(11)),
            coverage: [12, 13].map(|i| row.get(i).unwrap()),
        };
        let key = std::array::from_fn(|i| text(&cell(i)));
        assert!(found.insert(key, figure).is_none(), "one row for each figure");
    }
    found
}

/// bdg's own tidy data: each figure, and how it came onto its units.
fn tidy(path: &Path) -> BTreeMap<Key, (Figure, String)> {
    let columns = [
        "indicator_id",
        "boundaries_on",
        "locality_code",
        "period",
        "sex",
        "age",
        "ethnicity",
        "numerator",
        "denominator",
        "value",
        "absence",
        "reported",
        "expected",
        "boundary",
    ];
    let figures = rows(path, &columns).into_iter().map(|row| {
        let figure = Figure {
            counts: [number(&row[7]), number(&row[8])],
            value: number(&row[9]),
            absence: text(&row[10]),
            coverage: [11, 12].map(|i| number(&row[i]).unwrap() as i64),
        };
        (std::array::from_fn(|i| text(&row[i])), (figure, text(&row[13])))
    });
    figures.collect()
}

/// Reports on a folder, runs the statement on the other engine, and compares both ways. Returns how many figures
/// with a number were found by both.
fn compare(folder: &Path, period: &str, more: &[&str]) -> usize {
    let out = tempfile::tempdir().unwrap();
    let out = out.path();
    let path = |p: PathBuf| p.to_str().unwrap().to_owned();
    let (facts, results, config) = (
        path(out.join("facts")),
        path(out.join("kq")),
        path(folder.join("bdg.toml")),
    );
    let folder = path(folder.to_owned());
    let general = [&["--config", &config, "-p", period][..], more].concat();
    let words = [
        "report",
        &folder,
        "-o",
        &results,
        "--facts",
        &facts,
        "--boundaries",
        "as-reported",
        "--no-cache",
    ];
    let ran = bdg(out, &[&words[..], &general].concat());
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    let printed = bdg(
        out,
        &[&["sql", &facts, "--dialect", "ansi"][..], &general].concat(),
    );
    assert_eq!(printed.code, 0, "{}", printed.err);
    let again = bdg(
        out,
        &[&["sql", &facts, "--dialect", "ansi"][..], &general].concat(),
    );
    assert_eq!(printed.out, again.out);
    let tidy_file = std::fs::read_dir(&results).unwrap().map(|e| e.unwrap().path());
    let tidy_file = tidy_file
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "parquet"))
        // The reported figures kept with the run are none of the computed ones.
        .find(|p| p.file_stem().is_some_and(|stem| stem != "bdg-facts"));
    let ours = tidy(&tidy_file.unwrap());
    let theirs = on_sqlite(Path::new(&facts), &printed.out);
    let mut faults = Vec::new();
    let mut agreed = 0;
    for (key, (figure, boundary)) in &ours {
        if theirs.get(key) == Some(figure) {
            agreed += usize::from(figure.counts != [None, None]);
            continue;
        }
        // A unit that never changed has its figure under the day of its time, not of the report.
        let known = theirs.get(key).is_some_and(|f| f.counts != [None, None]);
        let is_told_then = !known && boundary == "same" && {
            let then = theirs
                .iter()
                .filter(|(k, _)| k[0] == key[0] && k[3..] == key[3..] && k[1] != key[1]);
            figure.absence == "cannot-compute" || then.into_iter().any(|(_, f)| f.counts == figure.counts)
        };
        if !is_told_then {
            faults.push(format!(
                "{key:?}: bdg {figure:?}, the engine {:?}",
                theirs.get(key)
            ));
        }
    }
    let everybody = |key: &Key| key[4..].iter().all(|c| c == "all");
    for (key, figure) in theirs
        .iter()
        .filter(|(key, f)| everybody(key) && f.counts != [None, None])
    {
        if !ours.contains_key(key) {
            faults.push(format!("{key:?}: bdg nothing, the engine {figure:?}"));
        }
    }
    let shown = faults.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{} figures differ:\n{shown}", faults.len());
    agreed
}

/// Whether so many figures of a sample agree, and none differs.
fn sample_agrees(name: &str, period: &str, at_least: usize) {
    let agreed = compare(&sample(name), period, &[]);
    assert!(agreed >= at_least, "{name}, {period}: only {agreed} figures");
}

#[test]
fn another_engine_gives_every_figure_of_a_district() {
    sample_agrees("huyen-ninh-son-2024", "2024", 500);
    sample_agrees("huyen-ninh-son-2024", "2024-H1", 50);
}

#[test]
fn another_engine_gives_every_figure_of_a_province() {
    sample_agrees("tinh-lai-chau-2026", "2026", 2_500);
}

#[test]
fn another_engine_gives_every_figure_of_six_years_on_their_own_units() {
    sample_agrees("tinh-khanh-hoa-2026", "2026", 2_500);
}

#[test]
fn another_engine_gives_every_figure_of_the_nation() {
    sample_agrees("toan-quoc", "2026", 400);
}

#[test]
fn another_engine_leaves_out_what_is_contradicted_or_refused() {
    sample_agrees("loi-thuong-gap", "2024", 40);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    put(folder, "bdg.toml", "locality = \"585\"\nperiod = \"2024\"\n");
    let people = |title: &str, rows: &str| {
        let text = format!("{title} năm 2024\nXã | Tổng số | Nữ\n{rows}");
        xlsx(&[("S", &table(&text))])
    };
    // Mỹ Sơn has more women than people, Ma Nới a figure below 0; the district's own report stands beside.
    let rows = "Xã Lâm Sơn | 200 | 90\nXã Mỹ Sơn | 100 | 130\nXã Ma Nới | -5 | 20\nXã Lương Sơn | 300 | 140";
    put(folder, "dan-so.xlsx", people("Dân số", rows));
    let rows = "Xã Lâm Sơn | 150 | 60\nXã Mỹ Sơn | 80 | 30\nXã Ma Nới | 70 | 30\nXã Lương Sơn | 310 | 100";
    let reached = "Số người được tiếp cận kiến thức cơ bản về bình đẳng giới";
    put(folder, "tiep-can.xlsx", people(reached, rows));
    assert!(compare(folder, "2024", &[]) >= 5);
}

#[test]
fn another_engine_follows_the_chosen_way() {
    let folder = tempfile::tempdir().unwrap();
    let config = "locality = \"585\"\nperiod = \"2024\"\n[variants]\n\"1\" = \"one-per-locality\"\n";
    put(folder.path(), "bdg.toml", config);
    let sample = sample("huyen-ninh-son-2024").join("noi-vu");
    for entry in std::fs::read_dir(sample).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        put(folder.path(), &name, std::fs::read(&path).unwrap());
    }
    assert!(compare(folder.path(), "2024", &[]) >= 9);
}

#[test]
fn engines_differ_only_in_how_they_read() {
    let folder = tempfile::tempdir().unwrap();
    let print = |dialect: &str, lang: &str| {
        let words = [
            "sql",
            "s3://kho/so'lieu/",
            "-p",
            "2024",
            "--dialect",
            dialect,
            "--lang",
            lang,
        ];
        let ran = bdg(folder.path(), &words);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    let steps = |text: &str| text[text.find("copies (step)").unwrap()..].to_owned();
    let (duckdb, ansi) = (print("duckdb", "en"), print("ansi", "en"));
    for dialect in ["spark", "trino"] {
        assert_eq!(steps(&print(dialect, "en")), steps(&ansi), "{dialect}");
    }
    assert_eq!(steps(&duckdb), steps(&ansi));
    assert!(
        duckdb.contains("read_parquet('s3://kho/so''lieu/_units/bdg.parquet')"),
        "{duckdb}"
    );
    assert!(print("spark", "en").contains("parquet.`s3://kho/so'lieu/year=*/province=*/bdg.parquet`"));
    assert!(print("trino", "en").contains("external_location = 's3://kho/so''lieu/_units'"));
    // Comments are in the language asked for; nothing else changes.
    let bare = |text: &str| text.lines().filter(|l| !l.trim_start().starts_with("--")).count();
    let vi = print("ansi", "vi");
    assert_ne!(vi, ansi);
    assert_eq!(bare(&vi), bare(&ansi));
    // Without a period nothing can be computed.
    let ran = bdg(folder.path(), &["sql", "x", "--lang", "en"]);
    assert_eq!((ran.code, ran.err.contains("--period")), (2, true), "{}", ran.err);
}
