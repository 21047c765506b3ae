//! Ways in which sheets and sources were seen to write places, and what is meant.

use super::resolve::register_of_tests as register;
use super::{Found, Resolution};
use crate::period::Day;

const Y2024: Day = Day::new(2024, 6, 30);
const NEW: Day = Day::new(2025, 7, 1);

fn found(text: &str, within: &str, day: Day) -> Option<(String, Found)> {
    let r = register();
    let within = (!within.is_empty()).then(|| r.by_code(within, day).unwrap());
    match r.resolve(text, within, None, day) {
        Resolution::One(id, how) => Some((r.unit(id).code.clone(), how)),
        _ => None,
    }
}

#[test]
fn every_spelling_seen_in_the_sources_is_understood() {
    for (text, within, code) in [
        // Types shortened or without marks.
        ("TT. Prao", "49", "20467"),
        ("Thị Trấn Prao", "49", "20467"),
        ("Thi trấn Prao", "49", "20467"),
        ("Xa Lâm Sơn", "585", "22813"),
        ("P1", "770", "27160"),
        ("P01", "770", "27160"),
        ("P. 1", "770", "27160"),
        ("F1", "770", "27160"),
        ("F.1", "770", "27160"),
        ("Ward 1", "770", "27160"),
        ("Phường I", "770", "27160"),
        ("phường 01", "770", "27160"),
        ("Q.3", "79", "770"),
        ("Q3", "79", "770"),
        ("quận 3", "79", "770"),
        ("H. Ninh Sơn", "58", "585"),
        ("TX. Sơn Tây", "01", "269"),
        ("Tx Sơn Tây", "01", "269"),
        ("TP. Phan Rang-Tháp Chàm", "58", "582"),
        ("TP Phan Rang – Tháp Chàm", "58", "582"),
        ("Phan Rang Tháp Chàm", "58", "582"),
        // Chains and brackets.
        ("xã Quảng Thành - H. Châu Đức", "77", "26605"),
        ("Xã Lâm Sơn (huyện Ninh Sơn)", "58", "22813"),
        ("Lâm Sơn (H. Ninh Sơn)", "58", "22813"),
        // Old tone placement, i for y, marks of the standard letters, blanks.
        ("Xã Hoà Sơn", "585", "22825"),
        ("xã Hòa Sơn", "585", "22825"),
        ("Xã Mĩ Sơn", "585", "22822"),
        ("tỉnh Đăk Lăk", "", "66"),
        ("tỉnh Đắk Lắk", "", "66"),
        ("tỉnh Dak Lak", "", "66"),
        ("Đak Lak", "", "66"),
        ("Thủ đô Hà Nội", "", "01"),
        ("TPHCM", "", "79"),
        ("HCM", "", "79"),
        ("Tp Hồ Chí Minh", "", "79"),
        ("TP.HCM", "", "79"),
        ("BR-VT", "", "77"),
        ("TT-Huế", "", "46"),
        ("Côn Đảo\n", "77", "755"),
    ] {
        let answer = found(text, within, Y2024);
        assert_eq!(
            answer.map(|a| a.0).as_deref(),
            Some(code),
            "{text:?} in {within:?}"
        );
    }
    for (text, within, code) in [
        ("ĐK Côn Đảo", "79", "26732"),
        ("Đặc khu Côn Đảo", "79", "26732"),
        ("dac khu Con Dao", "79", "26732"),
        ("P. A Lưới 1", "46", "20056"),
        ("xã A Lưới 1", "46", "20056"),
        ("xã A Lưới I", "46", "20056"),
    ] {
        let answer = found(text, within, NEW);
        assert_eq!(
            answer.map(|a| a.0).as_deref(),
            (!text.starts_with("P.")).then_some(code),
            "{text:?}"
        );
    }
}

#[test]
fn an_answer_says_how_it_was_found() {
    for (text, within, how) in [
        ("22813", "585", Found::ByCode),
        ("Xã Lâm Sơn", "585", Found::ByTypeAndName),
        ("Lâm Sơn", "585", Found::ByName),
        ("xa lam son", "585", Found::ByFoldedName),
        ("Xã LâmSơn", "585", Found::ByLooseName),
        ("Xã Mỹ Sơn", "585", Found::ByTypeAndName),
        ("Xã Mĩ Sơn", "585", Found::ByLooseName),
        ("Sài Gòn", "", Found::ByAlias),
    ] {
        assert_eq!(found(text, within, Y2024).map(|a| a.1), Some(how), "{text:?}");
    }
}

#[test]
fn a_former_name_on_the_same_territory_is_that_unit() {
    // 01525 was Thông Hoè until 31 October 2019, then Thông Huề, and became Đoài Dương by a merger in 2020.
    let day = Day::new(2019, 12, 31);
    let r = register();
    let code = r.by_code("01525", day).unwrap();
    let district = r.parent(code, day).map(|d| r.unit(d).code.clone()).unwrap();
    let former = r.unit(r.states("01525")[0]).full_name();
    assert_ne!(former, r.unit(code).full_name());
    assert_eq!(
        found(&former, &district, day),
        Some(("01525".to_owned(), Found::ByFormerName))
    );
    assert_eq!(
        found(&r.unit(code).full_name(), &district, day).map(|a| a.1),
        Some(Found::ByTypeAndName)
    );
}

#[test]
fn marks_that_fit_no_candidate_are_not_read_away() {
    // In one district Hoằng Phú and Hoằng Phụ, in one province Cẩm Giang and Cẩm Giàng.
    let r = register();
    let day = Day::new(2025, 6, 30);
    let both = |text: &str, within: &str, day| r.resolve(text, r.by_code(within, day), None, day);
    assert!(matches!(both("xã Hoằng Phú", "399", day), Resolution::One(..)));
    assert!(matches!(both("xã Hoằng Phụ", "399", day), Resolution::One(..)));
    assert!(
        !matches!(both("xã Hoằng Phù", "399", day), Resolution::One(..)),
        "fits neither"
    );
    assert!(matches!(both("xa hoang phu", "399", day), Resolution::Several(ids) if ids.len() == 2));
}
