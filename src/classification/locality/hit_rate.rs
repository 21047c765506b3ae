//! The register against itself: how many communes a name alone identifies, as `tests/independent/names.py`
//! counts it without any of our rules, and that no name is ever taken for another unit.

use super::resolve::register_of_tests as register;
use super::{AdminUnit, Level, Register, Resolution, UnitId};
use crate::period::Day;
use crate::text::folded;

const OLD: Day = Day::new(2025, 6, 30);
const NEW: Day = Day::new(2025, 7, 1);

type Spelling = fn(&AdminUnit) -> String;

/// Type and name with marks; name with marks; type and name without; name without.
const SPELLINGS: [Spelling; 4] = [
    |u| u.full_name(),
    |u| u.name.clone(),
    |u| folded(&u.full_name()),
    |u| folded(&u.name),
];

fn identified(r: &Register, day: Day, scope: Level) -> [usize; 4] {
    let mut counts = [0; 4];
    let all: Vec<UnitId> = r.descendants(r.roots()[0], day, Level::Commune);
    for id in all {
        let within = match scope {
            Level::Nation => None,
            _ => r
                .ancestors(id, day)
                .into_iter()
                .find(|up| r.unit(*up).level == scope),
        };
        for (count, spelling) in counts.iter_mut().zip(SPELLINGS) {
            let text = spelling(r.unit(id));
            // A bare number is an ordinal or a code, never a ward's name.
            if text.bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            match r.resolve(&text, within, Some(Level::Commune), day) {
                Resolution::One(found, _) => {
                    assert_eq!(found, id, "{text}: {}", r.path(found, day));
                    *count += 1;
                }
                Resolution::Several(ids) => assert!(ids.contains(&id), "{text}"),
                Resolution::None => panic!("{text}: {}", r.path(id, day)),
            }
        }
    }
    counts
}

#[test]
fn names_identify_as_many_communes_as_an_independent_count_says() {
    let r = register();
    // 241 old wards bear a number; without their type they are not asked for. A few names have no marks and
    // are others whose marks were left away (Sa Pa, Sa Pả): without their type they are no single answer.
    assert_eq!(identified(r, OLD, Level::Nation), [6_510, 5_718, 5_907, 5_072]);
    assert_eq!(identified(r, OLD, Level::Province), [9_629, 9_366, 9_478, 9_186]);
    assert_eq!(identified(r, OLD, Level::District), [10_035, 9_754, 9_991, 9_706]);
    assert_eq!(identified(r, NEW, Level::Nation), [2_745, 2_525, 2_622, 2_372]);
    assert_eq!(identified(r, NEW, Level::Province), [3_321, 3_320, 3_305, 3_301]);
}

/// Other ways to write every name of the register: each is that unit, one of several, or nothing.
#[test]
fn no_spelling_of_any_commune_is_taken_for_another() {
    let r = register();
    let short = |kind: &str| match kind {
        "xã" => "X.",
        "phường" => "P.",
        "thị trấn" => "TT.",
        _ => "ĐK ",
    };
    let decomposed = |t: &str| -> String {
        use unicode_normalization::UnicodeNormalization;
        t.nfd().collect()
    };
    for (day, scope) in [(OLD, Level::District), (NEW, Level::Province)] {
        for id in r.descendants(r.roots()[0], day, Level::Commune) {
            let unit = r.unit(id);
            let above = r.ancestors(id, day);
            let within = above.iter().copied().find(|up| r.unit(*up).level == scope);
            let full = unit.full_name();
            let chain: Vec<String> = above
                .iter()
                .filter(|up| r.unit(**up).level != Level::Nation)
                .map(|up| r.unit(*up).full_name())
                .collect();
            for (text, sure) in [
                (format!("{}{}", short(&unit.kind), unit.name), true),
                (format!("{} {}", short(&unit.kind), unit.name), true),
                (decomposed(&full), true),
                (full.to_uppercase(), true),
                (format!("UBND {full}"), true),
                (format!("  {}\n", full.replace(' ', "  ")), true),
                (full.replace('-', "–").replace('\'', "’"), true),
                (format!("{full} ({})", chain[0]), true),
                (format!("{full} - {}", chain.join(" - ")), true),
                (format!("{full} {}", chain.join(" ")), true),
                (format!("{} {full}", unit.code), true),
                (full.replace(['-', ' '], ""), false),
                (full.replace(['y', 'Y'], "i"), false),
                (full.replace('đ', "d").replace('Đ', "D"), false),
            ] {
                let answer = r.resolve(&text, within, Some(Level::Commune), day);
                match answer {
                    Resolution::One(found, _) => assert_eq!(found, id, "{text}: {}", r.path(found, day)),
                    Resolution::Several(ids) => assert!(!sure && ids.contains(&id), "{text}"),
                    Resolution::None => assert!(!sure, "{text}, {}", r.path(id, day)),
                }
            }
        }
    }
}
