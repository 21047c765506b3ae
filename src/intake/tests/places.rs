//! Places as sheets name them: codes beside names, several in one cell, units of another time, of elsewhere,
//! and what lies below the commune.

use super::{accounted, facts, read, troubles};
use crate::intake::reading::SheetReading;
use crate::intake::testing::{grid, merge};
use crate::lang::Lang;

fn sheet(rows: &[&[&str]], home: &str, period: &str) -> SheetReading {
    let sheet = read(&grid(rows), "x.xlsx", home, period);
    accounted(&sheet);
    sheet
}

/// `found`, then `expected`, of every trouble in Vietnamese.
fn said(sheet: &SheetReading) -> Vec<String> {
    let wording = sheet.troubles.iter().map(|t| t.kind.wording(Lang::Vi));
    wording.map(|w| format!("{} | {}", w.found, w.expected)).collect()
}

#[test]
fn a_code_that_no_unit_has_is_told_and_the_name_is_taken() {
    let s = sheet(
        &[
            &["Dân số năm 2024"],
            &["Mã xã", "Tên xã", "Tổng số"],
            &["22816", "Xã Lâm Sơn", "100"],
            &["22819", "Xã Quảng Sơn", "200"],
            &["99999", "Xã Mỹ Sơn", "300"],
        ],
        "585",
        "2024",
    );
    assert_eq!(
        facts(&s),
        ["population 22819 2024 = 200", "population 22822 2024 = 300"]
    );
    assert_eq!(
        troubles(&s),
        ["place-code-differs B3 1", "place-code-unknown B5 0"]
    );
    assert!(said(&s)[1].starts_with("99999 (xã Mỹ Sơn) |"), "{:?}", said(&s));
}

#[test]
fn an_old_code_beside_a_new_name_is_told_with_the_unit_that_had_it() {
    // 00331 is another commune's final code; 00253 was abolished in 2020.
    let s = sheet(
        &[
            &["Dân số năm 2025"],
            &["Mã xã", "Tên xã", "Tổng số"],
            &["00253", "Phường Bạch Mai", "100"],
            &["00004", "Phường Ba Đình", "200"],
        ],
        "01",
        "2025",
    );
    assert_eq!(facts(&s).len(), 2);
    assert_eq!(troubles(&s), ["place-code-unknown B3 0"]);
    assert!(
        said(&s)[0].contains("mã này từng là phường Ngô Thì Nhậm"),
        "{:?}",
        said(&s)
    );
    // Old code and old name together are that old unit, not the new one of the same name.
    let s = sheet(
        &[
            &["Dân số năm 2026"],
            &["Mã xã", "Tên xã", "Tổng số"],
            &["22816", "Lương Sơn", "100"],
            &["22813", "Lâm Sơn", "200"],
        ],
        "56",
        "2026",
    );
    assert_eq!(facts(&s)[0], "population 22816 2026 = 100", "{:?}", troubles(&s));
}

#[test]
fn several_communes_in_one_row_are_named_and_refused() {
    for text in [
        "Xã Lâm Sơn, xã Mỹ Sơn",
        "Xã Lâm Sơn và xã Mỹ Sơn",
        "Lâm Sơn, Mỹ Sơn",
        "Xã Lâm Sơn + Mỹ Sơn",
        "Các xã Lâm Sơn, Mỹ Sơn",
        "2 xã Lâm Sơn và Mỹ Sơn",
        "Xã Lâm Sơn; Mỹ Sơn",
        "Xã Lâm Sơn/Xã Mỹ Sơn",
    ] {
        let s = sheet(
            &[
                &["Dân số năm 2024"],
                &["Xã", "Tổng số", "Nữ"],
                &[text, "100", "50"],
                &["Xã Quảng Sơn", "200", "90"],
                &["Xã Ma Nới", "20", "9"],
            ],
            "585",
            "2024",
        );
        assert_eq!(troubles(&s), ["place-several A3 2"], "{text}");
        assert!(said(&s)[0].contains(": xã Lâm Sơn; xã Mỹ Sơn"), "{:?}", said(&s));
    }
    // A chain is one place.
    let s = sheet(
        &[
            &["Dân số năm 2024"],
            &["Xã", "Tổng số"],
            &["Xã Lâm Sơn, huyện Ninh Sơn", "100"],
            &["Xã Ma Nới", "20"],
        ],
        "58",
        "2024",
    );
    assert_eq!(facts(&s)[0], "population 22813 2024 = 100");
}

#[test]
fn one_count_merged_over_two_communes_belongs_to_neither() {
    let mut g = grid(&[
        &["Dân số năm 2024"],
        &["Xã", "Tổng số", "Nữ"],
        &["Xã Lâm Sơn", "100", "50"],
        &["Xã Quảng Sơn", "", "40"],
        &["Xã Mỹ Sơn", "9", "4"],
    ]);
    g.merges = vec![merge((2, 1), (3, 1))];
    let s = read(&g, "x.xlsx", "585", "2024");
    accounted(&s);
    assert_eq!(troubles(&s), ["figure-shared B3 1"]);
    assert!(
        said(&s)[0].starts_with("Xã Lâm Sơn; Xã Quảng Sơn"),
        "{:?}",
        said(&s)
    );
    assert_eq!(facts(&s).len(), 4);
    // Merged over a heading's columns too; a merge of a commune's own two rows is no such thing.
    g.merges = vec![merge((4, 1), (4, 2))];
    assert_eq!(
        troubles(&read(&g, "x.xlsx", "585", "2024")),
        ["figure-shared B5 1"]
    );
    g.merges = vec![merge((2, 1), (2, 1))];
    assert!(read(&g, "x.xlsx", "585", "2024").troubles.is_empty());
}

#[test]
fn a_unit_of_elsewhere_is_said_to_lie_elsewhere() {
    let s = sheet(
        &[
            &["Dân số huyện Ninh Sơn năm 2024"],
            &["Xã", "Tổng số"],
            &["Xã Lâm Sơn", "100"],
            &["Phường Bến Nghé", "100"],
            &["Xã Tân Lập", "1"],
            &["Xã Lâm Sơnn", "1"],
        ],
        "58",
        "2024",
    );
    assert_eq!(
        troubles(&s),
        ["place-outside A4 1", "place-outside A5 1", "place-unknown A6 1"]
    );
    let said = said(&s);
    assert_eq!(
        said[0],
        "“Phường Bến Nghé”: phường Bến Nghé, quận 1, thành phố Hồ Chí Minh | một đơn vị thuộc huyện Ninh Sơn"
    );
    assert!(said[1].contains("; … và 19 nơi khác"), "{said:?}");
    assert!(said[2].contains("xã Lâm Sơn"), "{said:?}");
}

#[test]
fn old_names_after_the_reform_and_new_ones_before_it_are_units_of_another_time() {
    let old = sheet(
        &[
            &["Dân số năm 2026"],
            &["Địa phương", "Tổng số"],
            &["Xã Quảng Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận", "100"],
            &["Xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận", "200"],
        ],
        "56",
        "2026",
    );
    assert_eq!(
        facts(&old),
        ["population 22819 2026 = 100", "population 22813 2026 = 200"]
    );
    assert_eq!(troubles(&old), ["place-other-time A2 0"]);
    let names = &said(&old)[0];
    assert!(
        names.contains(
            "xã Quảng Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận (nay thuộc: xã Ninh Sơn, tỉnh Khánh Hòa)"
        ),
        "{names}"
    );
    // There is a xã Lâm Sơn again, but not in a district.
    let title = sheet(
        &[
            &["Dân số xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận năm 2026"],
            &["Chỉ tiêu", "Tổng số"],
            &["Dân số", "100"],
            &["Trong đó: Nữ", "50"],
        ],
        "56",
        "2026",
    );
    assert_eq!(troubles(&title), ["place-other-time A1 0"]);
    let new = sheet(
        &[
            &["Dân số năm 2024"],
            &["Xã", "Tổng số"],
            &["Phường Bảo An, tỉnh Khánh Hòa", "100"],
            &["Xã Bác Ái Đông", "200"],
        ],
        "56",
        "2024",
    );
    assert_eq!(facts(&new).len(), 2);
    assert_eq!(troubles(&new), ["place-other-time A2 0"]);
    assert!(said(&new)[0].contains("trong kỳ là: "), "{:?}", said(&new));
}

#[test]
fn figures_said_to_be_recast_are_those_of_the_new_units() {
    for title in [
        "SỐ HỌC SINH THEO XÃ NĂM HỌC 2023-2024 (quy đổi theo đơn vị hành chính mới)",
        "SỐ HỌC SINH THEO XÃ NĂM HỌC 2023-2024 theo địa giới hành chính mới",
    ] {
        for (home, period) in [("19", "2024"), ("19", ""), ("19", "2026")] {
            // Before the reform Tân Thành and Phú Bình stood in several districts of the two old provinces.
            let s = sheet(
                &[
                    &[title],
                    &["Xã", "Lớp 1", "Lớp 2"],
                    &["Bình Thành", "100", "50"],
                    &["Xã Tân Thành", "5", "2"],
                    &["Phú Bình", "5", "2"],
                    &["Xã Quảng Bạch", "5", "2"],
                ],
                home,
                period,
            );
            assert!(
                s.troubles.is_empty(),
                "{home} {period} {:?} {:?}",
                troubles(&s),
                said(&s)
            );
            let (catalogue, _) = super::world();
            for fact in s.tables.iter().flat_map(|t| &t.facts) {
                let unit = catalogue.localities.unit(fact.place);
                let reform = crate::classification::locality::REFORM;
                assert_eq!(
                    unit.from,
                    Some(reform),
                    "{title} {} {}",
                    unit.full_name(),
                    unit.code
                );
            }
            assert_eq!(facts(&s).len(), 8);
        }
    }
}

#[test]
fn hamlets_are_compared_with_their_commune_and_its_total_row_is_its_figure() {
    let s = sheet(
        &[
            &["Dân số xã Lâm Sơn năm 2024"],
            &["TT", "Địa bàn", "Tổng số", "Nữ"],
            &["1", "Thôn 1", "100", "50"],
            &["2", "Thôn Lâm Hòa", "90", "40"],
            &["3", "Khu phố 3", "50", "20"],
            &["4", "Tổ 4", "60", "30"],
            &["", "Tổng cộng", "300", "140"],
        ],
        "585",
        "2024",
    );
    assert_eq!(
        facts(&s),
        [
            "population 22813 2024 = 300",
            "population female 22813 2024 = 140"
        ]
    );
    assert!(s.troubles.is_empty(), "{:?}", troubles(&s));
    let wrong = sheet(
        &[
            &["Dân số xã Lâm Sơn năm 2024"],
            &["Địa bàn", "Tổng số", "Nữ"],
            &["Cộng", "310", "90"],
            &["Thôn 1", "100", "50"],
            &["Thôn 2", "90", "40"],
        ],
        "585",
        "2024",
    );
    assert_eq!(facts(&wrong)[0], "population 22813 2024 = 310");
    assert_eq!(troubles(&wrong), ["hamlets-differ B3 0"]);
}

#[test]
fn hamlets_under_their_communes_are_not_added_twice() {
    let s = sheet(
        &[
            &["Dân số năm 2024"],
            &["TT", "Địa bàn", "Tổng số", "Nữ"],
            &["I", "Xã Lâm Sơn", "190", "90"],
            &["1", "Thôn 1", "100", "50"],
            &["2", "Thôn 2", "90", "40"],
            &["II", "Xã Quảng Sơn", "110", "50"],
            &["1", "Thôn Hạnh Trí", "100", "50"],
            &["", "Tổng cộng", "300", "140"],
        ],
        "585",
        "2024",
    );
    assert_eq!(
        facts(&s),
        [
            "population 22813 2024 = 190",
            "population female 22813 2024 = 90",
            "population 22819 2024 = 110",
            "population female 22819 2024 = 50",
        ]
    );
    assert_eq!(troubles(&s), ["hamlets-differ C6 0"], "{:?}", said(&s));
}

#[test]
fn hamlets_without_a_total_are_refused_in_one_line() {
    let s = sheet(
        &[
            &["Dân số xã Lâm Sơn năm 2024"],
            &["Địa bàn", "Tổng số", "Nữ"],
            &["Thôn 1", "100", "50"],
            &["Bản Nà Lừa", "90", "40"],
            &["Ấp 3", "90", "40"],
            &["Tổ dân phố Đông", "90", "40"],
        ],
        "585",
        "2024",
    );
    assert!(facts(&s).is_empty());
    let left_out: Vec<String> = troubles(&s);
    assert!(
        left_out.contains(&"below-commune A3 8".to_owned()),
        "{left_out:?}"
    );
    // A total of hamlets of nobody knows which commune is no figure of the district.
    let lost = sheet(
        &[
            &["Dân số huyện Ninh Sơn năm 2024"],
            &["Địa bàn", "Tổng số"],
            &["Thôn 1", "100"],
            &["Thôn 2", "90"],
            &["Cộng", "190"],
        ],
        "585",
        "2024",
    );
    assert!(facts(&lost).is_empty(), "{:?}", facts(&lost));
    assert!(
        troubles(&lost).iter().any(|t| t.starts_with("below-commune")),
        "{:?}",
        troubles(&lost)
    );
}

/// Far above any honest time, so that only a wrong order of growth fails.
#[test]
fn many_unknown_names_take_no_time() {
    let names: Vec<String> = (0..6_000).map(|i| format!("Xã Không Có {i}")).collect();
    let mut rows: Vec<Vec<&str>> = vec![vec!["Dân số năm 2024"], vec!["Xã", "Tổng số"]];
    rows.extend(names.iter().map(|name| vec![name.as_str(), "1"]));
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let start = std::time::Instant::now();
    let s = sheet(&rows, "58", "2024");
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    let last = s.troubles.last().map(|t| (t.kind.name(), t.left_out));
    assert_eq!(last, Some(("further-troubles", 1_000)));
    let told: u32 = s.troubles.iter().map(|t| t.left_out).sum();
    assert_eq!(told, 6_000);
}
