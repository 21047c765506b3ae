use super::super::*;
use proptest::strategy::Strategy;

use crate::period::Day;

pub(in crate::classification::locality) fn register() -> &'static Register {
    static REGISTER: std::sync::OnceLock<Register> = std::sync::OnceLock::new();
    REGISTER.get_or_init(|| {
        let units = include_str!("../../../indicators/localities/units.csv");
        let aliases = include_str!("../../../indicators/localities/aliases.csv");
        let transfers = include_str!("../../../indicators/localities/transfers.csv");
        let population = include_str!("../../../indicators/localities/population.csv");
        let register = Register::parse(units, aliases).unwrap();
        register.with_transfers(transfers).with_population(population)
    })
}

const OLD: Day = Day::new(2025, 6, 30);
const NEW: Day = Day::new(2025, 7, 1);
const Y2024: Day = Day::new(2024, 12, 31);

fn count(level: Level, day: Day) -> usize {
    register().descendants(register().roots()[0], day, level).len()
}

fn one(text: &str, within: &str, level: Option<Level>, day: Day) -> Option<String> {
    let r = register();
    let within = (!within.is_empty()).then(|| r.by_code(within, day).unwrap());
    match r.resolve(text, within, level, day) {
        Resolution::One(id, _) => Some(r.unit(id).code.clone()),
        _ => None,
    }
}

#[test]
fn the_counts_are_the_official_ones() {
    let counts = |day| [Level::Province, Level::District, Level::Commune].map(|l| count(l, day));
    assert_eq!(counts(Day::new(2019, 4, 1)), [63, 713, 11_161]);
    // The register has five island districts without communes: they are districts all the same.
    assert_eq!(counts(OLD), [63, 696, 10_035]);
    assert_eq!(counts(NEW), [34, 0, 3_321]);
    assert_eq!(counts(Day::new(2026, 4, 30)), [34, 0, 3_321]);
    let cities = |day| {
        let of = register().descendants(register().roots()[0], day, Level::Province);
        of.iter().filter(|p| register().unit(**p).kind != "tỉnh").count()
    };
    assert_eq!(
        [cities(OLD), cities(NEW), cities(Day::new(2026, 4, 30))],
        [6, 6, 7]
    );
    assert_eq!(register().levels(OLD).len(), 4);
    assert_eq!(
        register().levels(NEW),
        [Level::Nation, Level::Province, Level::Commune]
    );
}

#[test]
fn the_hierarchy_follows_the_day() {
    let r = register();
    let ninh_son = r.by_code("585", Y2024).unwrap();
    let communes = r.children(ninh_son, Y2024);
    assert_eq!(communes.len(), 8);
    assert_eq!(r.children(ninh_son, NEW), []);
    assert_eq!(
        r.path(communes[1], Y2024),
        "xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận"
    );
    let lai_chau = r.by_code("12", NEW).unwrap();
    assert_eq!(r.children(lai_chau, NEW).len(), 38);
    assert!(r.contains(r.roots()[0], communes[0], Y2024));
    assert!(!r.contains(lai_chau, communes[0], Y2024));
    // Code 15 was Yên Bái and is Lào Cai.
    assert_eq!(r.unit(r.by_code("15", OLD).unwrap()).name, "Yên Bái");
    assert_eq!(r.unit(r.by_code("15", NEW).unwrap()).name, "Lào Cai");
}

#[test]
fn lost_zeros_come_back_where_only_one_unit_can_be_meant() {
    let r = register();
    let code = |id: Option<UnitId>| id.map(|id| r.unit(id).code.clone());
    assert_eq!(
        code(r.by_code_at("4", Level::Commune, Y2024)).as_deref(),
        Some("00004")
    );
    assert_eq!(
        code(r.by_code_at("4", Level::Province, Y2024)).as_deref(),
        Some("04")
    );
    assert_eq!(code(r.by_code("4", Y2024)), None);
    assert_eq!(code(r.by_code("'00004", NEW)).as_deref(), Some("00004"));
    assert_eq!(code(r.by_code("22813.0", Y2024)).as_deref(), Some("22813"));
    assert_eq!(r.by_code("22816", NEW), None);
    assert_eq!(r.by_code("", NEW), None);
}

#[test]
fn names_are_found_as_people_write_them() {
    for text in [
        "Xã Lâm Sơn",
        "X. Lâm Sơn",
        "x.Lâm Sơn",
        "Lâm Sơn",
        "LÂM SƠN",
        "xa Lam Son",
        "UBND xã Lâm Sơn",
        "Uỷ ban nhân dân xã Lâm Sơn",
        "Xã La\u{302}m Sơn",
        "  Xã   Lâm\nSơn ",
        "1. Xã Lâm Sơn",
        "22813",
        "22813 - Xã Lâm Sơn",
        "Xã Lâm Sơn (22813)",
        "Xã Lâm Sơn - huyện Ninh Sơn - tỉnh Ninh Thuận",
        "xã Lâm Sơn, H. Ninh Sơn, T. Ninh Thuận",
        "Tỉnh Ninh Thuận, huyện Ninh Sơn, xã Lâm Sơn",
        "xã Lâm Sơn huyện Ninh Sơn tỉnh Ninh Thuận",
        "Lâm Sơn, Ninh Sơn, Ninh Thuận",
        "Xã LamSon",
    ] {
        assert_eq!(
            one(text, "585", None, Y2024).as_deref(),
            Some("22813"),
            "{text:?}"
        );
    }
    for text in ["TT. Tân Sơn", "Thị trấn Tân Sơn", "TT Tân Sơn"] {
        assert_eq!(
            one(text, "585", None, Y2024).as_deref(),
            Some("22810"),
            "{text:?}"
        );
    }
    for (text, code) in [
        ("TP.HCM", "79"),
        ("TP Hồ Chí Minh", "79"),
        ("Thành phố Hồ Chí Minh", "79"),
        ("Thủ đô Hà Nội", "01"),
        ("Việt Nam", "VN"),
        ("Toàn quốc", "VN"),
        ("Tỉnh Bà Rịa Vũng Tàu", "77"),
        ("Bà Rịa - Vũng Tàu", "77"),
        ("Tp. Phan Rang - Tháp Chàm", "582"),
        ("P.1, Quận 3, TP HCM", "27160"),
        ("Quận 3, TP HCM", "770"),
        ("Đắc Lắc", "66"),
        ("tỉnh Đắc Nông", "67"),
        ("Đăk Lăk", "66"),
    ] {
        assert_eq!(one(text, "", None, Y2024).unwrap_or_default(), code, "{text:?}");
    }
    for text in ["Phường 01", "P1", "p. 1", "F1", "Phường I", "Phường 1"] {
        assert_eq!(
            one(text, "770", Some(Level::Commune), Day::new(2024, 6, 30)).as_deref(),
            Some("27160"),
            "{text:?}"
        );
    }
}

#[test]
fn what_is_not_a_place_or_not_one_place_is_refused() {
    for text in [
        "",
        "-",
        "Tổng số",
        "Xã",
        "thị trấn",
        "Nữ",
        "huyện Lâm Sơn",
        "Phường Lâm Sơn",
        "Cộng",
        "1",
        "I",
        "Xã Lâm Sơn (cũ)",
        "Dân tộc thiểu số",
        "Lâm",
        "22813 - Xã Lương Sơn",
        "99999",
    ] {
        assert_eq!(one(text, "585", None, Y2024), None, "{text:?}");
    }
    // Written with marks that name another real commune.
    assert_eq!(
        one("xã Hoằng Phú", "", None, OLD),
        one("Hoằng Phú", "", None, OLD)
    );
    assert_eq!(one("Châu Thành", "", Some(Level::District), Y2024), None);
    // An old name after the reform is not the new unit of the same bare name.
    assert_eq!(one("xã Thanh Xuân", "01", None, NEW), None);
    assert_eq!(one("huyện Ninh Sơn", "", None, NEW), None);
    assert_eq!(one(&"xã ".repeat(10_000), "", None, NEW), None);
}

#[test]
fn a_commune_that_became_a_ward_is_known_by_both_types() {
    let r = register();
    let day = Day::new(2026, 6, 30);
    let dong_nai = r.by_code("75", day).unwrap();
    let ward = r
        .children(dong_nai, day)
        .into_iter()
        .find(|id| r.unit(*id).from == Some(Day::new(2026, 4, 30)))
        .unwrap();
    let name = &r.unit(ward).name;
    assert_eq!(
        r.resolve(&format!("xã {name}"), Some(dong_nai), None, day),
        Resolution::One(ward, Found::ByFormerType)
    );
    assert!(matches!(r.resolve("tỉnh Đồng Nai", None, None, day), Resolution::One(id, _) if id == dong_nai));
}

#[test]
fn titles_and_file_names_are_searched() {
    let r = register();
    let find = |text: &str| match r.resolve_in_text(text, r.by_code("58", Y2024).as_slice(), None, Y2024) {
        Resolution::One(id, _) => Some(r.unit(id).code.clone()),
        _ => None,
    };
    for (text, code) in [
        (
            "BÁO CÁO BẠO LỰC GIA ĐÌNH TRÊN ĐỊA BÀN XÃ LÂM SƠN NĂM 2024",
            Some("22813"),
        ),
        (
            "Tình hình bình đẳng giới huyện Ninh Sơn, tỉnh Ninh Thuận năm 2024",
            Some("585"),
        ),
        ("bc_xa_lam_son_2024.xlsx", Some("22813")),
        ("BC thị trấn Tân Sơn huyện Ninh Sơn", Some("22810")),
        (
            "Phòng Lao động - Thương binh và Xã hội huyện Ninh Sơn",
            Some("585"),
        ),
        ("Hợp tác xã Lâm Sơn", None),
        ("Báo cáo xã Lâm Sơn và xã Lương Sơn", None),
        ("Biểu 01", None),
    ] {
        assert_eq!(find(text).as_deref(), code, "{text}");
    }
}

/// The register against itself, as the domain notes counted it: in its district every old commune is
/// known by type and name; in its province every new one. No spelling may give another unit.
#[test]
fn every_commune_is_found_and_none_is_taken_for_another() {
    let r = register();
    for (day, scope_level) in [(OLD, Level::District), (NEW, Level::Province)] {
        let nation = r.roots()[0];
        let (mut all, mut bare, mut unmarked) = (0, 0, 0);
        for scope in r.descendants(nation, day, scope_level) {
            for id in r.children(scope, day) {
                all += 1;
                let full = r.unit(id).full_name();
                let answer = r.resolve(&full, Some(scope), None, day);
                assert_eq!(answer, Resolution::One(id, Found::ByTypeAndName), "{full}");
                let answer = r.resolve(&full.to_uppercase(), Some(scope), Some(Level::Commune), day);
                assert_eq!(answer, Resolution::One(id, Found::ByTypeAndName), "{full}");
                for (text, tally) in [
                    (r.unit(id).name.clone(), &mut bare),
                    (crate::text::folded(&full), &mut unmarked),
                ] {
                    match r.resolve(&text, Some(scope), Some(Level::Commune), day) {
                        Resolution::One(found, _) => {
                            assert_eq!(found, id, "{text}");
                            *tally += 1;
                        }
                        Resolution::Several(ids) => assert!(ids.contains(&id), "{text}"),
                        Resolution::None => assert!(text.bytes().all(|b| b.is_ascii_digit()), "{text}"),
                    }
                }
            }
        }
        assert!(
            bare * 1000 >= all * 970 && unmarked * 1000 >= all * 990,
            "{bare} {unmarked} of {all}"
        );
    }
}

#[test]
fn without_a_scope_a_name_is_one_unit_or_none() {
    let r = register();
    let start = std::time::Instant::now();
    let mut asked = 0;
    for day in [OLD, NEW] {
        for id in r.descendants(r.roots()[0], day, Level::Commune) {
            asked += 1;
            match r.resolve(&r.unit(id).full_name(), None, None, day) {
                Resolution::One(found, _) => assert_eq!(found, id),
                Resolution::Several(ids) => assert!(ids.contains(&id)),
                Resolution::None => panic!("{}", r.unit(id).full_name()),
            }
            let path = r.path(id, day);
            let answer = r.resolve(&path, None, None, day);
            assert!(
                matches!(answer, Resolution::One(found, _) if found == id),
                "{path} {answer:?} {id:?}"
            );
        }
    }
    // Far above any honest time, so that only a wrong order of growth fails.
    assert!(start.elapsed().as_secs() < 60, "{asked}");
}

proptest::proptest! {
    /// Whatever stands in a cell: an answer or none, never a panic; a single answer is in force.
    #[test]
    fn any_text_is_answered(
        words in proptest::collection::vec(
            proptest::prelude::prop_oneof![
                proptest::string::string_regex("[ -~]{0,6}").unwrap(),
                proptest::string::string_regex("\\PC{0,4}").unwrap(),
                proptest::sample::select(vec![
                    "xã", "Xa", "P.", "phường", "TT", "huyện", "H.", "-", " - ", ",", "(", ")", "1", "01", "22813", "Lâm",
                    "Sơn", "Ninh", "la\u{302}m", "toàn", "UBND", "tỉnh", "TP", ".", "Hợp tác",
                ]).prop_map(str::to_owned),
            ],
            0..8,
        ),
        old in proptest::bool::ANY,
    ) {
        let r = register();
        let day = if old { Y2024 } else { NEW };
        let text = words.join(" ");
        for within in [None, r.by_code("01", day)] {
            for answer in [
                r.resolve(&text, within, None, day),
                r.resolve_in_text(&text, within.as_slice(), None, day),
                r.resolve(&words.concat(), within, Some(Level::Commune), day),
            ] {
                if let Resolution::One(id, _) = answer {
                    proptest::prop_assert!(r.in_force(id, day));
                    proptest::prop_assert!(within.is_none_or(|w| r.contains(w, id, day)));
                }
            }
        }
    }
}
