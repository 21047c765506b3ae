//! Layouts: headings over several rows, nested rows, several tables, periods and places in columns.

use super::{accounted, facts, read, troubles};
use crate::intake::testing::{grid, merge};

#[test]
fn girls_under_minorities_are_minority_girls_with_and_without_merges() {
    let rows: &[&[&str]] = &[
        &["TRƯỜNG TIỂU HỌC LÂM SƠN A", "", "", "", ""],
        &["xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận", "", "", "", ""],
        &["THỐNG KÊ HỌC SINH NĂM HỌC 2023-2024", "", "", "", ""],
        &["Khối lớp", "Tổng số", "Nữ", "Dân tộc thiểu số", ""],
        &["", "", "", "Tổng số", "Nữ"],
        &["A", "1", "2", "3", "4"],
        &["Lớp 1", "30", "14", "5", "2"],
        &["Lớp 2", "28", "13", "6", "3"],
    ];
    let mut merged = grid(rows);
    merged.merges = vec![
        merge((3, 0), (4, 0)),
        merge((3, 1), (4, 1)),
        merge((3, 2), (4, 2)),
        merge((3, 3), (3, 4)),
    ];
    let expected = [
        "pupils grade-1 22813 2023-2024 = 30",
        "pupils female grade-1 22813 2023-2024 = 14",
        "pupils minority grade-1 22813 2023-2024 = 5",
        "pupils female minority grade-1 22813 2023-2024 = 2",
    ];
    for g in [merged, grid(rows)] {
        let sheet = read(&g, "th.xlsx", "585", "2024");
        accounted(&sheet);
        assert_eq!(facts(&sheet)[..4], expected);
        assert_eq!(facts(&sheet).len(), 8);
        assert!(sheet.troubles.is_empty(), "{:?}", troubles(&sheet));
    }
}

#[test]
fn a_breakdown_that_comes_again_belongs_to_the_row_before() {
    let g = grid(&[
        &["Trường Tiểu học A, xã Lâm Sơn - Thống kê học sinh năm học 2023-2024"],
        &["Khối lớp", "Số học sinh"],
        &["Lớp 1", "30"],
        &["Trong đó: Nữ", "14"],
        &["Dân tộc thiểu số", "5"],
        &["Lớp 2", "28"],
        &["Trong đó: Nữ", "13"],
        &["Dân tộc thiểu số", "6"],
    ]);
    let sheet = read(&g, "th.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(
        facts(&sheet),
        [
            "pupils grade-1 22813 2023-2024 = 30",
            "pupils female grade-1 22813 2023-2024 = 14",
            "pupils minority grade-1 22813 2023-2024 = 5",
            "pupils grade-2 22813 2023-2024 = 28",
            "pupils female grade-2 22813 2023-2024 = 13",
            "pupils minority grade-2 22813 2023-2024 = 6",
        ]
    );
}

#[test]
fn two_tables_one_below_the_other_and_two_side_by_side() {
    let below = grid(&[
        &["Dân số năm 2023"],
        &["Xã", "Tổng số"],
        &["Xã Lâm Sơn", "100"],
        &["Xã Quảng Sơn", "200"],
        &[],
        &["Dân số năm 2024"],
        &["Xã", "Tổng số"],
        &["Xã Lâm Sơn", "110"],
        &["Xã Quảng Sơn", "210"],
    ]);
    let sheet = read(&below, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(
        facts(&sheet),
        [
            "population 22813 2023 = 100",
            "population 22819 2023 = 200",
            "population 22813 2024 = 110",
            "population 22819 2024 = 210",
        ]
    );
    let beside = grid(&[
        &["Dân số năm 2024", "", "", "", ""],
        &["Xã", "Tổng số", "", "Xã", "Tổng số"],
        &["Xã Lâm Sơn", "110", "", "Xã Mỹ Sơn", "50"],
        &["Xã Quảng Sơn", "210", "", "Xã Hòa Sơn", "60"],
    ]);
    let sheet = read(&beside, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(sheet.tables.len(), 2);
    assert_eq!(facts(&sheet).len(), 4, "{:?}", troubles(&sheet));
}

#[test]
fn years_and_quarters_in_columns() {
    let years = grid(&[
        &["Dân số các xã"],
        &["TT", "Xã", "2023", "2024"],
        &["1", "Xã Lâm Sơn", "100", "110"],
        &["2", "Xã Quảng Sơn", "200", "210"],
    ]);
    let sheet = read(&years, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(
        facts(&sheet)[..2],
        ["population 22813 2023 = 100", "population 22813 2024 = 110"]
    );
    let quarters = grid(&[
        &["SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI TRÊN HỆ THỐNG THÔNG TIN CƠ SỞ NĂM 2024"],
        &["TT", "Xã", "Quý I", "Quý II", "Quý III", "Quý IV"],
        &["1", "Xã Lâm Sơn", "4", "5", "3", "6"],
        &["2", "Xã Quảng Sơn", "4", "4", "4", "4"],
    ]);
    let sheet = read(&quarters, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(facts(&sheet)[2], "grassroots-news 22813 2024-Q3 = 3");
    assert_eq!(facts(&sheet).len(), 8);
}

#[test]
fn tidy_rows_with_a_column_per_dimension() {
    let g = grid(&[
        &["Dân số"],
        &["Xã", "Năm", "Giới tính", "Dân tộc", "Số người"],
        &["Xã Lâm Sơn", "2024", "Nữ", "Kinh", "10"],
        &["", "2024", "Nữ", "Raglai", "20"],
        &["Xã Quảng Sơn", "2023", "Nam", "Dân tộc thiểu số", "30"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    let found = facts(&sheet);
    assert_eq!(
        found[0],
        "population female kinh 22813 2024 = 10",
        "{:?}",
        troubles(&sheet)
    );
    assert!(
        found[1].starts_with("population female ra-glai 22813 2024"),
        "{found:?}"
    );
    assert_eq!(found[2], "population male minority 22819 2023 = 30");
}

#[test]
fn communes_in_columns() {
    let g = grid(&[
        &["Dân số năm 2024"],
        &["Chỉ tiêu", "Xã Lâm Sơn", "Xã Quảng Sơn"],
        &["Tổng số", "100", "200"],
        &["Trong đó: Nữ", "50", "90"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(
        facts(&sheet),
        [
            "population 22813 2024 = 100",
            "population 22819 2024 = 200",
            "population female 22813 2024 = 50",
            "population female 22819 2024 = 90",
        ]
    );
}

#[test]
fn thousands_of_persons_and_texts_without_marks() {
    let g = grid(&[
        &["DAN SO NAM 2024"],
        &["Don vi tinh: nghin nguoi"],
        &["Xa", "Tong so", "Nu"],
        &["Xa Lam Son", "12,5", "6,25"],
        &["Xa Quang Son", "13,7", "7"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(
        facts(&sheet)[..2],
        [
            "population 22813 2024 = 12500",
            "population female 22813 2024 = 6250"
        ]
    );
}

/// A sheet of an office, in the ways in which it may be laid out differently.
fn variants() -> Vec<Vec<Vec<&'static str>>> {
    let title = vec!["CÔNG AN HUYỆN NINH SƠN", "", "", "", "", ""];
    let line = vec!["TỔNG HỢP NGƯỜI GÂY BẠO LỰC GIA ĐÌNH NĂM 2024", "", "", "", "", ""];
    let top = vec![
        "TT",
        "Xã, thị trấn",
        "Số người gây bạo lực gia đình",
        "",
        "Bị truy cứu trách nhiệm hình sự",
        "",
    ];
    let low = vec!["", "", "Tổng số", "Trđ: Nữ", "Tổng số", "Trđ: Nữ"];
    let numbers = vec!["A", "B", "1", "2", "3", "4"];
    let total = vec!["", "TỔNG SỐ", "16", "3", "3", "0"];
    let one = vec!["1", "Thị trấn Tân Sơn", "5", "1", "1", "0"];
    let two = vec!["2", "Xã Lâm Sơn", "11", "2", "2", "0"];
    let blank = vec![""; 6];
    let sign = vec!["", "Người lập biểu", "", "", "THỦ TRƯỞNG ĐƠN VỊ", ""];
    let head = [&title, &line, &top, &low];
    let rows = |parts: &[&Vec<&'static str>]| parts.iter().map(|r| (*r).clone()).collect::<Vec<_>>();
    let with = |tail: &[&Vec<&'static str>]| {
        let all: Vec<&Vec<&'static str>> = head.iter().copied().chain(tail.iter().copied()).collect();
        rows(&all)
    };
    let plain = with(&[&numbers, &total, &one, &two]);
    let moved = |by: usize| -> Vec<Vec<&'static str>> {
        let mut out = vec![vec![""]; by];
        out.extend(plain.iter().map(|row| {
            let mut wide = vec![""; by];
            wide.extend(row.iter().copied());
            wide
        }));
        out
    };
    vec![
        plain.clone(),
        with(&[&one, &two, &total]),
        with(&[&numbers, &two, &one]),
        with(&[&numbers, &one, &blank, &two, &blank, &total, &blank, &sign]),
        rows(&[&title, &blank, &line, &blank, &top, &low, &numbers, &one, &two]),
        moved(3),
    ]
}

#[test]
fn the_same_table_laid_out_differently_gives_the_same_facts() {
    let expected = [
        "dv-perpetrators 22810 2024 = 5",
        "dv-perpetrators 22813 2024 = 11",
        "dv-perpetrators female 22810 2024 = 1",
        "dv-perpetrators female 22813 2024 = 2",
        "dv-perpetrators-prosecuted 22810 2024 = 1",
        "dv-perpetrators-prosecuted 22813 2024 = 2",
        "dv-perpetrators-prosecuted female 22810 2024 = 0",
        "dv-perpetrators-prosecuted female 22813 2024 = 0",
    ];
    for (i, rows) in variants().into_iter().enumerate() {
        let slices: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        for order in [[0, 1, 2, 3, 4, 5], [1, 4, 5, 2, 3, 0]] {
            // The second order moves whole blocks of columns; only for tables that begin at the left.
            if i == 5 && order[0] != 0 {
                continue;
            }
            let shuffled: Vec<Vec<&str>> = slices
                .iter()
                .map(|row| {
                    if row.len() == 6 {
                        order.iter().map(|c| row[*c]).collect()
                    } else {
                        row.to_vec()
                    }
                })
                .collect();
            let shuffled: Vec<&[&str]> = shuffled.iter().map(Vec::as_slice).collect();
            let sheet = read(&grid(&shuffled), "x.xlsx", "585", "2024");
            accounted(&sheet);
            let mut found = facts(&sheet);
            found.sort();
            assert_eq!(
                found,
                expected,
                "variant {i}, order {order:?}: {:?}",
                troubles(&sheet)
            );
        }
    }
}

#[test]
fn bilingual_yearbook_with_years_in_columns() {
    let g = grid(&[
        &["Dân số trung bình phân theo giới tính - Average population by sex"],
        &["ĐVT: Người - Unit: Person"],
        &["", "2022", "2023", "Sơ bộ 2024 - Prel. 2024"],
        &["TỔNG SỐ - TOTAL", "600", "610", "620"],
        &["Nam - Male", "300", "305", "310"],
        &["Nữ - Female", "300", "305", "310"],
    ]);
    let sheet = read(&g, "nien-giam.xlsx", "58", "2024");
    accounted(&sheet);
    let found = facts(&sheet);
    assert!(
        found.contains(&"population 58 2022 = 600".to_owned()),
        "{found:?} {:?}",
        troubles(&sheet)
    );
    assert!(
        found.contains(&"population female 58 2024 = 310".to_owned()),
        "{found:?}"
    );
}

#[test]
fn single_ethnic_groups_in_rows_and_ambiguous_ones() {
    let g = grid(&[
        &["Dân số chia theo dân tộc năm 2024 - Xã Lâm Sơn, huyện Ninh Sơn"],
        &["TT", "Dân tộc", "Tổng số", "Trong đó: Nữ"],
        &["1", "Kinh", "100", "50"],
        &["2", "Raglai", "40", "20"],
        &["3", "Thổ", "3", "1"],
        &["4", "Chăm", "2", "1"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    let found = facts(&sheet);
    assert_eq!(
        found[0],
        "population kinh 22813 2024 = 100",
        "{:?}",
        troubles(&sheet)
    );
    assert!(
        found.contains(&"population female cham 22813 2024 = 1".to_owned()),
        "{found:?}"
    );
    assert_eq!(troubles(&sheet), ["ambiguous-ethnicity C5 2"]);
}
