//! A cache gives back what it was given, or nothing.

use super::*;
use crate::host::Memory;
use crate::intake::SheetFigures;
use crate::lang::Words;
use crate::origin::{Account, CellAddress, Reason};
use crate::period::Day;
use crate::problem::{Kind, Place, Problem};

fn machine() -> Memory {
    Memory::new(Day::new(2026, 11, 22))
}

/// With a sheet, an account and problems, so that every part has to come back.
fn reading(name: &str, bytes: &[u8]) -> FileReading {
    let at = Place::file(name).sheet("Biểu 1").cell(CellAddress::new(4, 2));
    let kind = Kind::FileMended {
        reason: Words::new("một phần", "a part"),
    };
    FileReading {
        name: name.to_owned(),
        sha256: sha256(bytes),
        bytes: bytes.len() as u64,
        kind: "xlsx",
        opened: true,
        sheets: vec![SheetFigures {
            name: "Biểu 1".to_owned(),
            form: Some(("dv-01".to_owned(), Words::new("Biểu", "Form"))),
            facts: Vec::new(),
            account: Account {
                numbers: 7,
                not_needed: Reason::ALL.into_iter().map(|r| (r, 2)).collect(),
                ..Account::default()
            },
            persons: Vec::new(),
        }],
        problems: vec![Problem::new(at, kind).costing(3)],
    }
}

fn open(host: &Memory) -> Cache<'_> {
    Cache::open(host, Path::new("in"), "program", "settings")
}

fn filled(names: &[&str]) -> Memory {
    let host = machine();
    let cache = open(&host);
    for name in names {
        cache.keep(&reading(name, name.as_bytes()));
    }
    cache.close();
    host
}

fn told(reading: Option<FileReading>) -> String {
    format!("{reading:?}")
}

#[test]
fn a_reading_comes_back_whole_for_the_same_name_and_bytes_only() {
    let host = filled(&["a.xlsx", "b.xlsx"]);
    let cache = open(&host);
    let whole = Some(reading("a.xlsx", b"a.xlsx"));
    assert_eq!(told(cache.find("a.xlsx", b"a.xlsx")), told(whole));
    assert!(cache.find("a.xlsx", b"changed").is_none());
    assert!(cache.find("c.xlsx", b"a.xlsx").is_none());
}

#[test]
fn another_program_begins_anew_and_other_settings_stand_beside() {
    let host = filled(&["a.xlsx"]);
    let find = |program, settings| {
        let cache = Cache::open(&host, Path::new("in"), program, settings);
        let found = cache.find("a.xlsx", b"a.xlsx").is_some();
        cache.close();
        found
    };
    assert!(!find("program", "another period"));
    assert!(find("program", "settings"));
    assert!(!find("newer program", "settings"));
    assert!(!find("program", "settings"), "the newer one has thrown it away");
    assert_eq!(holdings(&host, Path::new("in")), Holdings::default());
}

#[test]
fn files_about_persons_and_files_that_were_not_opened_are_not_kept() {
    let host = machine();
    let cache = open(&host);
    let mut of_persons = reading("a.xlsx", b"1");
    let key = crate::intake::PersonKey([7; 16]);
    of_persons.sheets[0].persons.push(key);
    let mut told_of_persons = reading("b.xlsx", b"2");
    let place = Place::file("b.xlsx");
    told_of_persons
        .problems
        .push(Problem::new(place, Kind::ListOfPersons { persons: 9 }));
    let mut shut = reading("c.xlsx", b"3");
    shut.opened = false;
    for reading in [&of_persons, &told_of_persons, &shut] {
        cache.keep(reading);
    }
    cache.close();
    assert!(host.files.lock().unwrap().is_empty());
}

#[test]
fn damage_anywhere_costs_a_reading_and_never_changes_one() {
    let host = filled(&["a.xlsx", "b.xlsx"]);
    let (path, whole) = host.files.lock().unwrap().pop_first().unwrap();
    let cut = Memory::new(host.day);
    let half = whole[..whole.len() - 9].to_vec();
    cut.files.lock().unwrap().insert(path.clone(), half);
    let held = holdings(&cut, Path::new("in"));
    assert!(held.readings == 1 && held.damaged > 0, "{held:?}");
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] = damaged[at].wrapping_add(1);
        for bytes in [damaged, whole[..at].to_vec()] {
            let host = machine();
            host.files.lock().unwrap().insert(path.clone(), bytes);
            let cache = open(&host);
            for name in ["a.xlsx", "b.xlsx"] {
                let found = cache.find(name, name.as_bytes());
                assert!(found.is_none() || told(found) == told(Some(reading(name, name.as_bytes()))));
            }
        }
    }
}

#[test]
fn what_no_file_asks_for_any_more_is_thrown_away() {
    let host = filled(&["a.xlsx", "b.xlsx", "c.xlsx"]);
    let held = || holdings(&host, Path::new("in")).readings;
    let run = |names: &[&str]| {
        let cache = open(&host);
        let found = names.iter().filter(|n| cache.find(n, n.as_bytes()).is_some());
        let found = found.count();
        cache.close();
        found
    };
    assert_eq!(
        (run(&["a.xlsx", "b.xlsx"]), held()),
        (2, 3),
        "most of it is still used"
    );
    assert_eq!((run(&["a.xlsx"]), held()), (1, 1));
    assert_eq!(run(&["a.xlsx", "b.xlsx"]), 1);
    clear(&host, Path::new("in")).unwrap();
    assert_eq!(held(), 0);
}

#[test]
fn many_reruns_do_not_become_many_files() {
    let host = machine();
    for n in 0..200 {
        let cache = open(&host);
        for old in 0..n {
            assert!(cache.find(&format!("{old}.xlsx"), b"x").is_some(), "{old} of {n}");
        }
        cache.keep(&reading(&format!("{n}.xlsx"), b"x"));
        cache.close();
    }
    let holdings = holdings(&host, Path::new("in"));
    assert_eq!(holdings.readings, 200);
    assert!(holdings.files <= MANY_SEGMENTS + 2, "{holdings:?}");
}
