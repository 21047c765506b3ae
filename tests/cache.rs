//! Reading again only what has changed: the same bytes as reading everything, whatever became of the cache,
//! and whenever the run before was killed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::made::{bdg, put, table, xlsx};

const CACHE: &str = "nhan/.bdg-cache";

fn commune(name: &str, women: u32) -> Vec<u8> {
    let rows = format!("Dân số năm 2024\nXã | Tổng số | Nữ\nXã {name} | 200 | {women}");
    xlsx(&[("S", &table(&rows))])
}

/// Reports of four communes, one of them with an error.
fn received() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, women) in [
        ("Lâm Sơn", 90),
        ("Lương Sơn", 80),
        ("Mỹ Sơn", 101),
        ("Quảng Sơn", 300),
    ] {
        put(folder.path(), &format!("nhan/{name}.xlsx"), commune(name, women));
    }
    folder
}

fn words<'a>(output: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let all = ["report", "nhan", "-l", "585", "-p", "2024", "-o", output];
    [&all[..], more].concat()
}

/// Runs into a folder of its own; what was written, by name.
fn outputs(folder: &Path, output: &str, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let ran = bdg(folder, &words(output, more));
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    written(&folder.join(output))
}

fn written(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|p| p.is_file());
    let name = |p: &PathBuf| p.file_name().unwrap().to_string_lossy().into_owned();
    paths.map(|p| (name(&p), std::fs::read(&p).unwrap())).collect()
}

fn cached(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = written(&folder.join(CACHE))
        .into_keys()
        .map(|name| folder.join(CACHE).join(name))
        .collect();
    paths.sort();
    paths
}

/// How many readings `bdg cache` tells of.
fn readings(folder: &Path) -> u64 {
    let ran = bdg(folder, &["cache", "nhan", "--format", "json"]);
    ran.json()[0]["readings"].as_u64().unwrap()
}

fn same(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    assert!(found.keys().eq(expected.keys()), "{:?}", found.keys());
    for (name, bytes) in found {
        assert!(bytes == &expected[name], "{name} differs");
    }
}

#[test]
fn outputs_are_the_same_with_without_and_with_part_of_the_cache() {
    let folder = received();
    let folder = folder.path();
    let without = outputs(folder, "khong", &["--no-cache"]);
    assert!(cached(folder).is_empty(), "--no-cache keeps nothing");
    same(&outputs(folder, "mot", &[]), &without);
    assert_eq!(readings(folder), 4);
    let kept = cached(folder);
    same(&outputs(folder, "hai", &["-j", "1"]), &without);
    assert_eq!(cached(folder), kept, "nothing was read, nothing was kept");

    put(folder, "nhan/Mỹ Sơn.xlsx", commune("Mỹ Sơn", 77));
    let changed = outputs(folder, "ba", &[]);
    assert!(changed["bao-cao-585-2024.csv"] != without["bao-cao-585-2024.csv"]);
    assert_eq!(
        readings(folder),
        5,
        "one file was read, and kept beside the others"
    );
    same(&changed, &outputs(folder, "bon", &["--no-cache"]));

    // A damaged cache is no cache, and is mended.
    for path in cached(folder) {
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    }
    same(&outputs(folder, "nam", &[]), &changed);
    same(&outputs(folder, "sau", &[]), &changed);

    let ran = bdg(folder, &["cache", "nhan", "--clear", "--lang", "en"]);
    assert!(
        ran.code == 0 && ran.out.contains("removed"),
        "{}{}",
        ran.out,
        ran.err
    );
    assert!(cached(folder).is_empty());
    let ran = bdg(folder, &["cache", "nhan"]);
    assert!(ran.out.contains("chưa ghi kết quả đọc nào"), "{}", ran.out);
    assert_eq!(bdg(folder, &["cache", "khong-co"]).code, 2);
}

/// The catalogue, the place taken for granted and the period decide what is read: a reading made under
/// another is not used.
#[test]
fn a_reading_is_good_only_under_the_settings_it_was_made_under() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    // No year in it: it is about whatever period the run is about.
    let rows = "Dân số\nXã | Tổng số | Nữ\nXã Lâm Sơn | 200 | 90";
    put(folder, "nhan/a.xlsx", xlsx(&[("S", &table(rows))]));
    let figures = |period: &str, more: &[&str]| {
        let all = ["check", "nhan", "-l", "585", "-p", period, "--format", "json"];
        let ran = bdg(folder, &[&all[..], more].concat());
        let last = ran.json().pop().unwrap();
        (last["period"].clone(), last["figures"].clone(), ran.problems())
    };
    for period in ["2024", "2023", "2024"] {
        assert_eq!(figures(period, &[]), figures(period, &["--no-cache"]));
    }
    let own = "[[measure]]\n";
    put(folder, "nhan/indicators/measures/hong.toml", own);
    let ran = bdg(folder, &["check", "nhan", "-l", "585", "-p", "2024"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
}

#[test]
fn runs_at_the_same_time_do_not_harm_each_other() {
    let folder = received();
    let folder = folder.path();
    let expected = outputs(folder, "khong", &["--no-cache"]);
    for _ in 0..3 {
        let names = ["mot", "hai", "ba", "bon"];
        let mut runs: Vec<Child> = names.iter().map(|name| start(folder, name)).collect();
        for run in &mut runs {
            assert!(run.wait().unwrap().code().unwrap() < 2);
        }
        for name in names {
            same(&written(&folder.join(name)), &expected);
        }
        assert!(readings(folder) >= 4);
    }
}

fn start(folder: &Path, output: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_bdg"))
        .args(words(output, &[]))
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Killed after any time, a run leaves each output as it was or as it should be, and the next run gives what an
/// undisturbed one gives.
#[test]
fn a_run_that_is_killed_leaves_no_torn_file() {
    let folder = received();
    let folder = folder.path();
    let before = outputs(folder, "kq", &[]);
    put(folder, "nhan/Mỹ Sơn.xlsx", commune("Mỹ Sơn", 55));
    let began = std::time::Instant::now();
    let after = outputs(folder, "khac", &["--no-cache"]);
    let takes = began.elapsed().as_micros() as u64;
    // Spread over a whole run, and a little beyond.
    for n in 0..24u64 {
        let mut run = start(folder, "kq");
        std::thread::sleep(Duration::from_micros(takes * n / 20));
        run.kill().unwrap();
        run.wait().unwrap();
        let left = written(&folder.join("kq"));
        for (name, bytes) in left.iter().filter(|(name, _)| !name.ends_with(".part")) {
            assert!(
                *bytes == before[name] || *bytes == after[name],
                "{name} is neither old nor new after {n}/20 of a run"
            );
        }
        if n % 6 == 5 {
            let whole = outputs(folder, "kq", &[]);
            let whole = whole.into_iter().filter(|(name, _)| !name.ends_with(".part"));
            same(&whole.collect(), &after);
            // The next quarter begins with the outputs of before again.
            for (name, bytes) in &before {
                std::fs::write(folder.join("kq").join(name), bytes).unwrap();
            }
        }
    }
}

/// What a killed run left unfinished is removed by a later one, but not what another run may be writing just now; and
/// neither is ever read.
#[test]
fn what_a_killed_run_left_unfinished_goes() {
    let folder = received();
    let folder = folder.path();
    let expected = outputs(folder, "khong", &["--no-cache"]);
    // Into the folder of the data itself, the cache inside it.
    let whole = std::fs::read(folder.join("nhan/Lâm Sơn.xlsx")).unwrap();
    let left = |name: &str, hours: u64| {
        put(folder, name, &whole[..]);
        let then = std::time::SystemTime::now() - Duration::from_secs(3_600 * hours);
        let file = std::fs::File::options()
            .write(true)
            .open(folder.join(name))
            .unwrap();
        file.set_modified(then).unwrap();
    };
    let (old, new, kept) = (
        "nhan/.a.xlsx.4711.part",
        "nhan/.b.xlsx.4712.part",
        "nhan/.rieng.part",
    );
    let in_cache = "nhan/.bdg-cache/.0123.bdgc.4711.part";
    left(old, 2);
    left(in_cache, 2);
    left(kept, 2);
    left(new, 0);
    let found = outputs(folder, "nhan", &[]);
    for (name, bytes) in &expected {
        // The record names what was read; all else is the same wherever it is written.
        assert!(name == "bdg-run.json" || found[name] == *bytes, "{name} differs");
    }
    let is_there = |name: &str| folder.join(name).exists();
    assert!(!is_there(old) && !is_there(in_cache), "left by a killed run");
    assert!(is_there(new), "another run may be writing it");
    assert!(is_there(kept), "not ours");
}

#[test]
fn nothing_of_a_person_is_kept() {
    let folder = received();
    let folder = folder.path();
    let name = "Zửng Thị Kín";
    let rows = format!(
        "DANH SÁCH NẠN NHÂN BẠO LỰC GIA ĐÌNH NĂM 2024\nĐơn vị báo cáo: UBND xã Lâm Sơn\nTT | Họ và tên | Ngày sinh | Giới tính\n1 | {name} | '17/11/1987 | Nữ\n2 | Lê B | '01/02/1990 | Nữ"
    );
    put(folder, "nhan/danh-sach.xlsx", xlsx(&[("S", &table(&rows))]));
    let expected = outputs(folder, "khong", &["--no-cache"]);
    same(&outputs(folder, "mot", &[]), &expected);
    same(&outputs(folder, "hai", &[]), &expected);
    assert_eq!(readings(folder), 4, "the list is read anew each time");
    for path in cached(folder) {
        let bytes = std::fs::read(path).unwrap();
        let has = |text: &str| bytes.windows(text.len()).any(|w| w == text.as_bytes());
        assert!(!has(name) && !has("Lê B") && !has("danh-sach"));
    }
}
