//! The record of a run: all that its figures depend on, what was written, and the figures behind it.

use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::made::{bdg, put, table, xlsx};

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn record(folder: &Path) -> Value {
    let bytes = std::fs::read(folder.join("kq/bdg-run.json")).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn population(folder: &Path, file: &str, rows: &str) {
    let sheet = table(&format!("Dân số năm 2024\nXã | Tổng số | Nữ\n{rows}"));
    put(folder, file, xlsx(&[("Biểu", &sheet)]));
}

fn report(folder: &Path, more: &[&str]) {
    let ran = bdg(folder, &[&["report", "nhan", "-o", "kq"], more].concat());
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
}

#[test]
fn every_output_but_the_record_is_there_with_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    population(
        folder,
        "nhan/a.xlsx",
        "Xã Lâm Sơn | 100 | 50\nXã Quảng Sơn | 200 | 90",
    );
    report(
        folder,
        &["--locality", "585", "--period", "2024", "--each", "commune"],
    );
    let record = record(folder);
    let outputs = record["outputs"].as_array().unwrap();
    let mut names: Vec<String> = std::fs::read_dir(folder.join("kq"))
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != "bdg-run.json")
        .collect();
    names.sort();
    let named: Vec<&str> = outputs.iter().map(|o| o["name"].as_str().unwrap()).collect();
    assert_eq!(named, names);
    assert!(names.len() > 8, "{names:?}");
    for output in outputs {
        let bytes = std::fs::read(folder.join("kq").join(output["name"].as_str().unwrap())).unwrap();
        assert_eq!(output["bytes"], bytes.len());
        assert_eq!(output["sha256"], sha256(&bytes));
    }
    assert_eq!(record["kept"]["figures"], "bao-cao-585-2024.parquet");
    assert_eq!(record["kept"]["facts"], serde_json::json!(["bdg-facts.parquet"]));
}

#[test]
fn what_the_figures_depend_on_is_there_and_nothing_of_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    population(folder, "nhan/a.xlsx", "Xã Lâm Sơn | 100 | 50");
    let own = "indicator,locality,year,when,comparator,value,act,issued\n6.1,585,2030,by,>=,85,Kế hoạch 1/KH,2024-02-10\n";
    put(folder, "nhan/indicators/targets.csv", own);
    put(
        folder,
        "nhan/bdg.toml",
        "locality = \"huyện Ninh Sơn, tỉnh Ninh Thuận\"\nperiod = \"2024\"\ntolerance = 1.5\n[variants]\n\"1\" = \"hdnd-ubnd\"\n",
    );
    report(folder, &["--programme", "strategy-2021-2030,gbv-2021-2025"]);
    let record = record(folder);
    let asked = &record["asked"];
    assert_eq!(asked["locality"], "huyện Ninh Sơn, tỉnh Ninh Thuận");
    assert_eq!(asked["boundaries"], "of-the-period");
    assert_eq!(record["boundaries_on"], "2024-12-31");
    assert_eq!(asked["programmes"].as_array().unwrap().len(), 2);
    assert_eq!(asked["tolerance_tenths"], 15);
    assert_eq!(asked["variants"]["1"], "hdnd-ubnd");
    let definitions = record["definitions"].as_array().unwrap();
    let with_text: Vec<&Value> = definitions.iter().filter(|d| d.get("text").is_some()).collect();
    assert_eq!(with_text.len(), 1, "only the office's own file is there in full");
    assert_eq!(with_text[0]["file"], "targets.csv");
    assert_eq!(with_text[0]["text"], own);
    assert_eq!(with_text[0]["sha256"], sha256(own.as_bytes()));
    let strategy = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators/strategy/6.1.toml"));
    let of_strategy = definitions
        .iter()
        .find(|d| d["file"] == "strategy/6.1.toml")
        .unwrap();
    assert_eq!(of_strategy["sha256"], sha256(&strategy.unwrap()));
    assert_eq!(record["catalogue_sha256"].as_str().unwrap().len(), 64);
    let text = record.to_string();
    assert!(!text.contains(&*folder.to_string_lossy()), "{text}");
}

#[test]
fn the_same_run_elsewhere_leaves_the_same_record() {
    let sheet = table("Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50\nXã Mỹ Sơn | 300 | 140");
    let workbook = xlsx(&[("Biểu", &sheet)]);
    let runs = ["mot", "hai"].map(|name| {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join(name);
        put(&root, "nhan/a.xlsx", &workbook);
        report(&root, &["--locality", "585", "--period", "2024"]);
        ["bdg-run.json", "bdg-facts.parquet"].map(|file| std::fs::read(root.join("kq").join(file)).unwrap())
    });
    assert!(runs[0] == runs[1]);
}
