//! One table in its shapes: formats, places on the sheet, order of columns, totals, headings.

use super::{TWO_COMMUNES, clean, plain, read, sorted};
use crate::made::{Table, beside, csv, moved, ods, table, turned, xls, xlsx, xlsx_merged};

#[test]
fn a_sheet_is_the_same_in_every_file_format() {
    let sheet = plain();
    let expected = sorted(&TWO_COMMUNES);
    for (name, bytes) in [
        ("a.xlsx", xlsx(&[("Sheet1", &sheet)])),
        ("a.xls", xls("Sheet1", &sheet)),
        ("a.ods", ods("Sheet1", &sheet)),
        ("a.csv", csv(&sheet)),
        ("bi-doi-duoi.xlsx", xls("Sheet1", &sheet)),
    ] {
        let (facts, problems) = read(name, &bytes, "585", "2024");
        assert_eq!(facts, expected, "{name}: {problems:?}");
        assert_eq!(problems, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_table_stands_anywhere_on_the_sheet() {
    for (down, right) in [(0, 1), (1, 0), (4, 0), (6, 3), (20, 8)] {
        clean(&moved(&plain(), down, right), "585", "2024", &TWO_COMMUNES);
    }
}

#[test]
fn columns_stand_in_any_order() {
    // Columns of the order number, the commune, all persons and women, in every order.
    let base = plain();
    for order in [
        [0, 1, 3, 2],
        [1, 2, 3, 0],
        [1, 0, 2, 3],
        [2, 3, 0, 1],
        [3, 2, 1, 0],
        [0, 2, 1, 3],
    ] {
        let sheet: Table = base
            .iter()
            .enumerate()
            .map(|(r, row)| match r {
                0 | 1 => row.clone(),
                _ => order.iter().map(|c| row[*c].clone()).collect(),
            })
            .collect();
        clean(&sheet, "585", "2024", &TWO_COMMUNES);
    }
}

#[test]
fn totals_stand_first_or_last_or_are_missing() {
    let rows = plain();
    let mut first = rows.clone();
    let total = first.pop().unwrap();
    let without = first.clone();
    first.insert(3, total);
    clean(&first, "585", "2024", &TWO_COMMUNES);
    clean(&without, "585", "2024", &TWO_COMMUNES);
    let mut named = rows.clone();
    for word in ["TỔNG SỐ", "Toàn huyện", "Tổng cộng", "Cộng:", "Tổng"] {
        named.last_mut().unwrap()[1] = word.to_owned();
        clean(&named, "585", "2024", &TWO_COMMUNES);
    }
}

#[test]
fn empty_rows_and_columns_between_cost_nothing() {
    let mut sheet = plain();
    sheet.insert(4, Vec::new());
    clean(&sheet, "585", "2024", &TWO_COMMUNES);
    let mut sheet = plain();
    for row in &mut sheet {
        if row.len() > 2 {
            row.insert(2, String::new());
        }
    }
    clean(&sheet, "585", "2024", &TWO_COMMUNES);
}

#[test]
fn numbers_as_text_are_numbers() {
    for (a, b) in [
        ("12.603", "6.402"),
        ("'12603", "'6402"),
        ("12 603", "6 402"),
        ("12,603", "6,402"),
    ] {
        let mut sheet = plain();
        sheet[3][2] = a.to_owned();
        sheet[3][3] = b.to_owned();
        clean(&sheet, "585", "2024", &TWO_COMMUNES);
    }
}

#[test]
fn men_and_women_stand_for_all_and_women() {
    let sheet = table(
        "Dân số các xã năm 2024
         Xã | Nam | Nữ
         Xã Lâm Sơn | 6201 | 6402
         Xã Quảng Sơn | 6746 | 6993",
    );
    clean(
        &sheet,
        "585",
        "2024",
        &[
            "population female 22813 2024 = 6402",
            "population female 22819 2024 = 6993",
            "population male 22813 2024 = 6201",
            "population male 22819 2024 = 6746",
        ],
    );
}

#[test]
fn women_under_the_total_or_said_among_them_are_women() {
    for (total, women) in [
        ("Tổng số", "Trđ: Nữ"),
        ("Tổng số", "Trong đó: nữ"),
        ("Tổng số (người)", "Tr.đó nữ"),
        ("TS", "Nữ"),
        ("Tổng số người", "Số nữ"),
        ("TỔNG SỐ", "NỮ"),
        ("Dân số", "Phụ nữ"),
    ] {
        let mut sheet = plain();
        sheet[2][2] = total.to_owned();
        sheet[2][3] = women.to_owned();
        clean(&sheet, "585", "2024", &TWO_COMMUNES);
    }
}

#[test]
fn two_lines_of_headings_with_and_without_merges() {
    let sheet = table(
        "DÂN SỐ CÁC XÃ NĂM 2024
         TT | Xã | Dân số |
         | | Tổng số | Trong đó: Nữ
         1 | Xã Lâm Sơn | 12603 | 6402
         2 | Xã Quảng Sơn | 13739 | 6993",
    );
    clean(&sheet, "585", "2024", &TWO_COMMUNES);
    let merged = xlsx_merged(&sheet, &[(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3)]);
    let (facts, problems) = read("a.xlsx", &merged, "585", "2024");
    assert_eq!((facts, problems), (sorted(&TWO_COMMUNES), Vec::new()));
}

#[test]
fn rows_and_columns_exchanged() {
    let body: Table = plain()[2..5].iter().map(|row| row[1..].to_vec()).collect();
    let mut sheet = table("Dân số các xã năm 2024");
    sheet.extend(turned(&body));
    sheet[1][0] = "Chỉ tiêu".to_owned();
    clean(&sheet, "585", "2024", &TWO_COMMUNES);
}

#[test]
fn tables_below_and_beside_each_other() {
    let other = table(
        "SỐ NGƯỜI ĐƯỢC TIẾP CẬN KIẾN THỨC CƠ BẢN VỀ BÌNH ĐẲNG GIỚI NĂM 2024
         Xã | Tổng số | Nữ
         Xã Lâm Sơn | 900 | 500
         Xã Quảng Sơn | 800 | 450",
    );
    let mut expected = TWO_COMMUNES.to_vec();
    expected.extend([
        "people-reached 22813 2024 = 900",
        "people-reached 22819 2024 = 800",
        "people-reached female 22813 2024 = 500",
        "people-reached female 22819 2024 = 450",
    ]);
    let mut below = plain();
    below.push(Vec::new());
    below.extend(other.iter().cloned());
    clean(&below, "585", "2024", &expected);
    // The title of the right one stands in the row of the left one's second line.
    clean(
        &beside(&plain(), &moved(&other, 1, 0), 2),
        "585",
        "2024",
        &expected,
    );
}

#[test]
fn years_in_columns_under_a_title_of_several_years() {
    let sheet = table(
        "Dân số huyện Ninh Sơn 2023 - 2024
         Xã | Năm 2023 | | Năm 2024 |
         | Tổng số | Nữ | Tổng số | Nữ
         Xã Lâm Sơn | 12500 | 6300 | 12603 | 6402
         Xã Quảng Sơn | 13600 | 6900 | 13739 | 6993",
    );
    let mut expected = TWO_COMMUNES.to_vec();
    expected.extend([
        "population 22813 2023 = 12500",
        "population 22819 2023 = 13600",
        "population female 22813 2023 = 6300",
        "population female 22819 2023 = 6900",
    ]);
    clean(&sheet, "585", "2024", &expected);
}
