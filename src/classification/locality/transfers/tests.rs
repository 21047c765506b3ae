use super::super::{Level, Register, UnitId};
use super::{Part, Share, Transfers};
use crate::period::Day;
use std::collections::{BTreeMap, BTreeSet};

const FIRST: Day = Day::new(2018, 10, 16);
const OLD: Day = Day::new(2025, 6, 30);
const NEW: Day = Day::new(2025, 7, 1);
const TODAY: Day = Day::new(2026, 11, 22);

fn register() -> &'static Register {
    static REGISTER: std::sync::OnceLock<Register> = std::sync::OnceLock::new();
    REGISTER.get_or_init(|| {
        let units = include_str!("../../../../indicators/localities/units.csv");
        let table = include_str!("../../../../indicators/localities/transfers.csv");
        let register = Register::parse(units, "code,name,source\n").unwrap();
        register.with_transfers(table)
    })
}

fn table() -> &'static Transfers {
    register().transfers().unwrap()
}

fn all(day: Day) -> Vec<UnitId> {
    register().lowest(register().roots()[0], day)
}

/// `[("00025", Unknown), …]`: where a code of one day lies on another.
fn of(code: &str, day: Day, then: Day) -> Vec<(String, Part)> {
    let unit = register().by_code(code, day).unwrap();
    let ends = table().destinations(register(), unit, day, then).into_iter();
    ends.map(|d| (register().unit(d.unit).code.clone(), d.part))
        .collect()
}

fn part(code: &str, part: Part) -> (String, Part) {
    (code.to_owned(), part)
}

#[test]
fn the_reform_is_as_the_conversion_table_counts_it() {
    let (mut unchanged, mut whole, mut split, mut unknown) = (0, 0, 0, 0);
    let mut pieces: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut touched, mut doubted) = (BTreeSet::new(), BTreeSet::new());
    let communes = all(OLD)
        .into_iter()
        .filter(|u| register().unit(*u).level == Level::Commune);
    for unit in communes {
        let ends = table().destinations(register(), unit, OLD, NEW);
        match ends.as_slice() {
            [end] if end.steps.is_empty() => unchanged += 1,
            [end] => {
                assert_eq!(end.part, Part::Whole);
                whole += 1;
            }
            _ => {
                split += 1;
                *pieces.entry(ends.len()).or_default() += 1;
                let open = |end: &&super::Destination| end.part == Part::Unknown;
                if ends.iter().any(|end| open(&end)) {
                    unknown += 1;
                    touched.extend(ends.iter().map(|end| end.unit));
                    doubted.extend(ends.iter().filter(open).map(|end| end.unit));
                }
            }
        }
    }
    assert_eq!([unchanged, whole, split, unknown], [132, 9_463, 440, 381]);
    assert_eq!(pieces, BTreeMap::from([(2, 368), (3, 55), (4, 16), (5, 1)]));
    let new = all(NEW);
    // 2,930 new units have nothing of a commune that was split without shares; 5 more only land.
    assert_eq!(new.len() - touched.len(), 2_930);
    assert_eq!((new.len(), touched.len(), doubted.len()), (3_321, 391, 386));
}

#[test]
fn the_island_districts_became_special_zones() {
    for (district, zone) in [
        ("318", "11948"),
        ("471", "19742"),
        ("498", "20333"),
        ("536", "21548"),
        ("755", "26732"),
    ] {
        assert!(register().is_lowest(register().by_code(district, OLD).unwrap(), OLD));
        assert_eq!(of(district, OLD, TODAY), [part(zone, Part::Whole)]);
        assert_eq!(of(zone, TODAY, OLD), [part(district, Part::Whole)]);
    }
}

#[test]
fn every_commune_of_2018_reaches_units_of_today_and_nothing_is_lost() {
    let communes = all(FIRST)
        .into_iter()
        .filter(|u| register().unit(*u).level == Level::Commune);
    let communes: Vec<UnitId> = communes.collect();
    assert_eq!(communes.len(), 11_162);
    for unit in communes {
        let ends = table().destinations(register(), unit, FIRST, TODAY);
        let name = &register().unit(unit).code;
        assert!(!ends.is_empty(), "{name}");
        let sum = ends.iter().fold(Part::NONE, |sum, end| sum.plus(end.part));
        let known = ends.iter().all(|end| end.part != Part::Unknown);
        assert!(
            !known || matches!(sum, Part::Whole | Part::ALL_PEOPLE),
            "{name}: {sum:?}"
        );
    }
}

#[test]
fn a_way_there_is_a_way_back() {
    for (day, then) in [(FIRST, OLD), (OLD, NEW), (FIRST, TODAY)] {
        let ways = |from: Day, to: Day, turned: bool| -> BTreeSet<(UnitId, UnitId)> {
            let pairs = all(from).into_iter().flat_map(|unit| {
                let ends = table().destinations(register(), unit, from, to).into_iter();
                ends.map(move |end| {
                    if turned {
                        (end.unit, unit)
                    } else {
                        (unit, end.unit)
                    }
                })
            });
            pairs.collect()
        };
        assert_eq!(ways(day, then, false), ways(then, day, true));
    }
}

#[test]
fn no_commune_crosses_the_line_of_a_province_on_the_reform() {
    let province = |unit, day| {
        let up = register().ancestors(unit, day).into_iter();
        up.into_iter()
            .find(|u| register().unit(*u).level == Level::Province)
    };
    let mut into: BTreeMap<Option<UnitId>, BTreeSet<Option<UnitId>>> = BTreeMap::new();
    for transfer in table().all.iter().filter(|t| t.date == NEW) {
        let from = province(transfer.from, OLD);
        into.entry(from).or_default().insert(province(transfer.to, NEW));
    }
    assert!(into.len() > 60);
    assert!(into.values().all(|to| to.len() == 1), "{into:?}");
}

#[test]
fn a_state_that_continues_another_has_the_same_territory() {
    let r = register();
    for id in r
        .ids()
        .filter(|id| r.unit(*id).continues && r.unit(*id).level == Level::Commune)
    {
        let from = r.unit(id).from.unwrap();
        let eve = from.eve();
        let before = r
            .states(&r.unit(id).code)
            .iter()
            .copied()
            .find(|s| r.in_force(*s, eve));
        let ends = table().destinations(r, before.unwrap(), eve, from);
        assert_eq!((ends.len(), ends[0].unit, ends[0].part), (1, id, Part::Whole));
        let back = table().destinations(r, id, from, eve);
        assert_eq!(
            (back.len(), back[0].part),
            (1, Part::Whole),
            "{}",
            r.unit(id).code
        );
    }
}

#[test]
fn changes_of_several_dates_are_followed() {
    // Two units that swapped a code on the day they merged.
    let y2024 = Day::new(2024, 10, 31);
    assert_eq!(
        of("22021", y2024, Day::new(2024, 11, 1)),
        [part("22018", Part::Whole)]
    );
    // Resolution 830/NQ-UBTVQH14: 49.36 % of the people went to 04789, the rest to 04825.
    let share = |numerator, denominator| {
        Part::Share(Share {
            numerator,
            denominator,
        })
    };
    assert_eq!(
        of("04822", Day::new(2019, 12, 31), Day::new(2020, 1, 1)),
        [part("04789", share(617, 1250)), part("04825", share(633, 1250))]
    );
    // 1656/NQ-UBTVQH15, 1 July 2025: 00112 gave land to 00004 and all people to 00103.
    assert_eq!(
        of("00112", OLD, NEW),
        [part("00004", Part::NONE), part("00103", Part::ALL_PEOPLE)]
    );
    // Backwards nobody states shares, unless everybody came from one unit.
    let hoan_kiem = of("00070", NEW, OLD);
    assert!(hoan_kiem.len() > 2 && hoan_kiem.iter().all(|(_, p)| *p != Part::Whole));
    // Not changed since 2018 but for its name.
    assert_eq!(of("24235", NEW, OLD), [part("24235", Part::Whole)]);
}

const UNITS: &str = "code,name,type,parent_code,level,valid_from,valid_to,continues\n\
    VN,Việt Nam,quốc gia,,nation,,,\n\
    01,Một,tỉnh,VN,province,,,\n\
    00001,A,xã,01,commune,,2020-01-01,\n\
    00002,B,xã,01,commune,2020-01-01,2022-01-01,\n\
    00003,C,xã,01,commune,2020-01-01,2022-01-01,\n\
    00004,D,xã,01,commune,2022-01-01,2024-01-01,\n\
    00005,E,xã,01,commune,2024-01-01,,\n\
    00006,F,xã,01,commune,2024-01-01,,\n";

fn small(lines: &str) -> Register {
    let register = Register::parse(UNITS, "code,name,source\n").unwrap();
    register.with_transfers(&format!(
        "day,from_code,to_code,what,people,territory,act,doubt\n{lines}"
    ))
}

#[test]
fn parts_that_meet_again_are_whole_again() {
    let r = small(
        "2020-01-01,00001,00002,divided,?,part,1,\n2020-01-01,00001,00003,divided,?,part,1,\n\
         2022-01-01,00002,00004,merged,all,whole,2,\n2022-01-01,00003,00004,merged,all,whole,2,\n\
         2024-01-01,00004,00005,divided,0.25,part,3,\n2024-01-01,00004,00006,divided,0.75,part,3,\n",
    );
    let ends = |code: &str, day, then| {
        let unit = r.by_code(code, day).unwrap();
        let ends = r.transfers().unwrap().destinations(&r, unit, day, then);
        ends.into_iter()
            .map(|d| (r.unit(d.unit).code.clone(), d.part, d.steps.len()))
            .collect::<Vec<_>>()
    };
    let [y2019, y2021, y2023] = [2019, 2021, 2023].map(|y| Day::new(y, 1, 1));
    let quarter = Part::Share(Share::parse("0.25").unwrap());
    let rest = Part::Share(Share::parse("0.75").unwrap());
    assert_eq!(
        ends("00001", y2019, y2021),
        [
            ("00002".into(), Part::Unknown, 1),
            ("00003".into(), Part::Unknown, 1)
        ]
    );
    assert_eq!(ends("00001", y2019, y2023), [("00004".into(), Part::Whole, 4)]);
    assert_eq!(
        ends("00001", y2019, TODAY),
        [("00005".into(), quarter, 5), ("00006".into(), rest, 5)]
    );
    assert_eq!(ends("00005", TODAY, y2019), [("00001".into(), Part::Whole, 5)]);
    assert_eq!(
        ends("00005", TODAY, y2021),
        [
            ("00002".into(), Part::Unknown, 2),
            ("00003".into(), Part::Unknown, 2)
        ]
    );
}

#[test]
fn a_table_at_fault_is_told_with_its_line() {
    for (lines, told) in [
        ("2020-01-01,00001,00002", "8 fields"),
        ("2020-13-01,00001,00002,merged,all,whole,,", "not a day"),
        ("2020-01-01,00009,00002,merged,all,whole,,", "no unit 00009"),
        ("2020-01-01,00001,00009,merged,all,whole,,", "no unit 00009"),
        ("2020-01-01,00002,00003,merged,all,whole,,", "no unit 00002"),
        (
            "2020-01-01,00001,00002,eaten,all,whole,,",
            "“eaten” is not a kind",
        ),
        ("2020-01-01,00001,00002,divided,?,some,,", "“some” is not a part"),
        (
            "2020-01-01,00001,00002,divided,?,part,,perhaps",
            "“perhaps” is not",
        ),
        (
            "2020-01-01,00001,00002,divided,1.5,part,,",
            "“1.5” is not a share",
        ),
        (
            "2020-01-01,00001,00002,merged,all,whole,,\n2020-01-01,00001,00003,divided,?,part,,",
            "goes whole into one unit and also",
        ),
        (
            "2020-01-01,00001,00002,divided,0.5,part,,\n2020-01-01,00001,00003,divided,0.4,part,,",
            "do not add up to 1",
        ),
        (
            "2020-01-01,00001,00002,divided,?,part,,\n2020-01-01,00001,00002,divided,?,part,,",
            "into the same unit twice",
        ),
        ("", "nothing says where xã A (00001) went on 2020-01-01"),
    ] {
        let why = small(lines).transfers().unwrap_err();
        assert!(why.contains(told), "{why}");
    }
}
