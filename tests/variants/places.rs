//! Where a sheet says which commune it is about.

use bdg::period::Day;

use super::{TWO_COMMUNES, accounted, clean, facts_of, read, sorted, world};
use crate::made::{table, xlsx};

#[test]
fn one_sheet_for_each_commune_and_one_file_for_each_school() {
    let sheet = |commune: &str, all: &str| {
        table(&format!(
            "BÁO CÁO DÂN SỐ NĂM 2024
             Đơn vị báo cáo: {commune}
             Chỉ tiêu | Số lượng
             Tổng dân số | {all}
             Trong đó: Nữ | 50"
        ))
    };
    let (a, b) = (sheet("xã Lâm Sơn", "110"), sheet("xã Quảng Sơn", "120"));
    let bytes = xlsx(&[("Lâm Sơn", &a), ("Quảng Sơn", &b)]);
    accounted("dan-so.xlsx", &bytes, &[&a, &b], "585", "2024");
    let (facts, problems) = read("dan-so.xlsx", &bytes, "585", "2024");
    assert_eq!(
        facts,
        sorted(&[
            "population 22813 2024 = 110",
            "population 22819 2024 = 120",
            "population female 22813 2024 = 50",
            "population female 22819 2024 = 50",
        ]),
        "{problems:?}"
    );
    let school = table(
        "PHÒNG GD&ĐT NINH SƠN
         TRƯỜNG TIỂU HỌC QUẢNG SƠN B
         Xã Quảng Sơn, huyện Ninh Sơn
         THỐNG KÊ HỌC SINH ĐẦU NĂM HỌC 2023-2024
         STT | Khối | Số lớp | Tổng số HS | HS nữ | HS DTTS | Nữ DTTS
         1 | Khối 1 | 2 | 60 | 28 | 10 | 4
         2 | Khối 2 | 2 | 58 | 30 | 9 | 5
         | Cộng | 4 | 118 | 58 | 19 | 9",
    );
    clean(
        &school,
        "585",
        "2024",
        &[
            "pupils grade-1 22819 2023-2024 = 60",
            "pupils female grade-1 22819 2023-2024 = 28",
            "pupils minority grade-1 22819 2023-2024 = 10",
            "pupils female minority grade-1 22819 2023-2024 = 4",
            "pupils grade-2 22819 2023-2024 = 58",
            "pupils female grade-2 22819 2023-2024 = 30",
            "pupils minority grade-2 22819 2023-2024 = 9",
            "pupils female minority grade-2 22819 2023-2024 = 5",
            // The sum of all grades is a figure of its own: it is checked against them.
            "pupils 22819 2023-2024 = 118",
            "pupils female 22819 2023-2024 = 58",
            "pupils minority 22819 2023-2024 = 19",
            "pupils female minority 22819 2023-2024 = 9",
        ],
    );
}

#[test]
fn communes_of_another_province_are_found_where_the_office_is() {
    // Communes of Lai Châu after the reform, some of them by name alone.
    let (catalogue, _) = world();
    let day = Day::new(2026, 12, 31);
    let register = &catalogue.localities;
    let province = register.by_code("12", day).unwrap();
    let units: Vec<_> = register.children(province, day).into_iter().take(12).collect();
    let mut sheet = table("DÂN SỐ NĂM 2026\nSTT | Xã, phường | Dân số | Trong đó nữ");
    let mut expected = Vec::new();
    for (i, id) in units.iter().enumerate() {
        let unit = register.unit(*id);
        let name = match i % 3 {
            0 => unit.full_name(),
            1 => unit.name.clone(),
            _ => unit.full_name().to_uppercase(),
        };
        let all = 1000 + i;
        sheet.push(vec![
            (i + 1).to_string(),
            name,
            all.to_string(),
            (400 + i).to_string(),
        ]);
        expected.push(format!("population {} 2026 = {all}", unit.code));
        expected.push(format!("population female {} 2026 = {}", unit.code, 400 + i));
    }
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    clean(&sheet, "12", "2026", &expected);
}

#[test]
fn the_commune_stands_in_a_line_above_however_it_is_written() {
    for line in [
        "Xã Lâm Sơn",
        "UBND XÃ LÂM SƠN",
        "Xã: Lâm Sơn",
        "Xã: | Lâm Sơn",
        "Tỉnh: Ninh Thuận | Huyện: Ninh Sơn | Xã: Lâm Sơn",
        "Đơn vị: Xã Lâm Sơn",
        "Đơn vị báo cáo: UBND xã Lâm Sơn",
        "Địa phương: xã Lâm Sơn",
        "Tên xã: Lâm Sơn, huyện Ninh Sơn",
    ] {
        let sheet = table(&format!(
            "BÁO CÁO DÂN SỐ NĂM 2024
             {line}
             Chỉ tiêu | Số lượng
             Tổng dân số | 110
             Trong đó: Nữ | 50"
        ));
        let (facts, problems) = facts_of(&sheet, "585", "2024");
        let expected = ["population 22813 2024 = 110", "population female 22813 2024 = 50"];
        assert_eq!((facts, problems), (sorted(&expected), Vec::new()), "{line}");
    }
}

#[test]
fn a_roman_outline_with_districts_over_communes() {
    // Before the reform: districts above their communes, subtotals in the districts' rows.
    let sheet = table(
        "DÂN SỐ TỈNH NINH THUẬN NĂM 2024
         TT | Đơn vị hành chính | Tổng số | Nữ
         I | Huyện Ninh Sơn | 26342 | 13395
         1 | Xã Lâm Sơn | 12603 | 6402
         2 | Xã Quảng Sơn | 13739 | 6993",
    );
    let (facts, problems) = facts_of(&sheet, "58", "2024");
    for fact in TWO_COMMUNES {
        assert!(facts.contains(&fact.to_owned()), "{fact}: {facts:?} {problems:?}");
    }
    let district = [
        "population 585 2024 = 26342",
        "population female 585 2024 = 13395",
    ];
    assert!(
        facts.len() == 4 || district.iter().all(|d| facts.contains(&(*d).to_owned())),
        "{facts:?}"
    );
    assert_eq!(problems, Vec::<String>::new());
}
