//! The same inputs give the same bytes: whatever the number of threads, run after run, in both languages.

use std::collections::BTreeMap;
use std::path::Path;

use crate::made::{bdg, put, table, xlsx};

/// All files of a folder by name.
fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|e| {
            let name = e.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(e.path()).unwrap())
        })
        .collect()
}

pub fn copied(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let inner = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copied(&entry.path(), &inner),
            false => put(
                to,
                &entry.file_name().to_string_lossy(),
                std::fs::read(entry.path()).unwrap(),
            ),
        }
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("nhan");
    copied(&crate::golden::sample("loi-thuong-gap"), &data);
    for lang in ["vi", "en"] {
        let mut runs = Vec::new();
        for (n, jobs) in ["1", "2", "2"].into_iter().enumerate() {
            let to = format!("kq-{lang}-{n}");
            let ran = bdg(
                folder.path(),
                &[
                    "report", "nhan", "-o", &to, "--jobs", jobs, "--each", "commune", "--lang", lang,
                ],
            );
            assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
            runs.push((outputs(&folder.path().join(&to)), ran.out.replace(&to, "")));
        }
        let (first, printed) = &runs[0];
        for ending in [".xlsx", ".csv", ".parquet", "bdg-run.json"] {
            assert!(first.keys().any(|name| name.ends_with(ending)), "{ending}");
        }
        assert!(first.keys().filter(|name| name.ends_with(".xlsx")).count() > 5);
        for (other, words) in &runs[1..] {
            assert_eq!(first.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
            for (name, bytes) in first {
                assert!(bytes == &other[name], "{name} differs from run to run");
            }
            assert_eq!(printed, words);
        }
    }
}

#[test]
fn a_second_run_into_the_data_folder_does_not_read_what_the_first_wrote() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "bdg.toml",
        "locality = \"585\"\nperiod = \"2024\"\n",
    );
    let sheet = table(
        "Dân số năm 2024
         Xã | Tổng số | Nữ
         Xã Lâm Sơn | 100 | 50
         Xã Quảng Sơn | 200 | 90",
    );
    put(folder.path(), "dan-so.xlsx", xlsx(&[("S", &sheet)]));
    let run = || {
        let ran = bdg(folder.path(), &["report", ".", "-o", "."]);
        assert!(ran.code < 2, "{}{}", ran.out, ran.err);
        let mut files = outputs_of_run(folder.path());
        files.sort();
        (ran.out, files)
    };
    let first = run();
    assert!(first.1.len() >= 4, "{:?}", first.1.len());
    assert!(first == run(), "the second run read the first one's outputs");
}

fn outputs_of_run(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let names = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    names
        .filter(|e| e.file_type().unwrap().is_file() && e.file_name() != "bdg.toml")
        .map(|e| {
            let name = e.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(e.path()).unwrap())
        })
        .collect()
}
