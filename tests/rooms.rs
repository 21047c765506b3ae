//! The dependency rules that `src/lib.rs` states, checked over the sources.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every source file as (room, path, text). Test modules at the end of a file are cut off.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let below = path.strip_prefix(&root).unwrap();
                let first = below
                    .components()
                    .next()
                    .unwrap()
                    .as_os_str()
                    .to_string_lossy()
                    .into_owned();
                let is_test = below
                    .file_stem()
                    .is_some_and(|s| s == "tests" || s == "fixture" || s == "testing");
                if !is_test {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
                    let code: Vec<&str> = code
                        .lines()
                        .filter(|l| !l.trim_start().starts_with("//"))
                        .collect();
                    found.push((
                        first.trim_end_matches(".rs").to_owned(),
                        below.to_owned(),
                        code.join("\n"),
                    ));
                }
            }
        }
    }
    found.sort();
    found
}

/// Rooms in the order in which `lib.rs` declares them: data flows down.
fn order() -> Vec<String> {
    let lib = include_str!("../src/lib.rs");
    lib.lines()
        .filter_map(|l| l.strip_prefix("pub mod "))
        .map(|l| l.trim_end_matches(';').to_owned())
        .collect()
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    let order = order();
    let place: BTreeMap<&str, usize> = order.iter().enumerate().map(|(i, r)| (r.as_str(), i)).collect();
    let mut faults = Vec::new();
    for (room, path, text) in sources() {
        let Some(own) = place.get(room.as_str()) else {
            continue;
        };
        for piece in text.split("crate::").skip(1) {
            let used: String = piece
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if let Some(other) = place.get(used.as_str())
                && other > own
            {
                faults.push(format!(
                    "{}: {room} uses {used}, which stands below it",
                    path.display()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_outside_library_lives_in_its_room() {
    let homes: [(&str, &[&str]); 14] = [
        ("memchr::", &["intake/open"]),
        ("calamine::", &["intake/open"]),
        ("libdeflater::", &["intake/open", "returned"]),
        ("rust_xlsxwriter::", &["export/xlsx"]),
        ("polars::", &["fact"]),
        ("arrow::", &["export", "recall"]),
        ("parquet::", &["export", "recall"]),
        ("bytes::", &["recall"]),
        ("clap::", &["cli"]),
        ("indicatif::", &["cli"]),
        ("toml::", &["definition", "intake/form", "cli"]),
        ("std::fs::", &["host", "intake/worker"]),
        ("std::env::", &["host", "cli", "intake/worker"]),
        ("jiff::", &["host"]),
    ];
    let mut faults = Vec::new();
    for (_, path, text) in sources() {
        let shown = path.to_string_lossy().replace('\\', "/");
        for (library, rooms) in homes {
            let used = text
                .match_indices(library)
                .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
            if used && !rooms.iter().any(|room| shown.starts_with(room)) {
                faults.push(format!("{shown} uses {library}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_command_line_prints_and_only_main_exits() {
    let mut faults = Vec::new();
    for (room, path, text) in sources() {
        for word in ["println!", "eprintln!", "print!(", "eprint!(", "dbg!("] {
            if text.contains(word) && room != "cli" {
                faults.push(format!("{} prints with {word}", path.display()));
            }
        }
        // The reading worker is a process of its own and ends itself when its memory runs out.
        if text.contains("process::exit") && !path.starts_with("intake/worker") && room != "intake" {
            faults.push(format!("{} exits", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn below_the_door_nobody_computes() {
    for (room, path, text) in sources() {
        if room == "report" || room == "export" {
            for word in [
                "FactSet",
                "RolledFacts",
                "roll_up",
                "evaluate::evaluate",
                "judge_all",
                "Release::make",
            ] {
                assert!(!text.contains(word), "{} uses {word}", path.display());
            }
        }
        if room == "intake" {
            for word in [
                "definition::Indicator",
                "definition::target",
                "disclosure",
                ".indicators",
                ".targets",
                ".checks",
            ] {
                assert!(!text.contains(word), "{} knows {word}", path.display());
            }
        }
    }
}

#[test]
fn no_hash_order_reaches_an_output() {
    for (_, path, text) in sources() {
        let allowed = path.starts_with("intake/open") || path.starts_with("classification");
        assert!(
            allowed || !text.contains("HashMap") && !text.contains("HashSet"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn every_room_has_a_header_that_says_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in order() {
        let file = [root.join(format!("{room}.rs")), root.join(&room).join("mod.rs")];
        let text = file.iter().find_map(|f| std::fs::read_to_string(f).ok()).unwrap();
        assert!(text.starts_with("//! "), "{room} has no header");
    }
}
