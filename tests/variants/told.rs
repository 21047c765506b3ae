//! What cannot be read is told, cell by cell or as a whole.

use super::{TWO_COMMUNES, clean, facts_of, plain, sorted};
use crate::made::table;

#[test]
fn what_is_not_understood_is_told_cell_by_cell_or_as_a_whole() {
    // An unknown column, an unknown commune, a remark under the table, a number standing alone.
    let sheet = table(
        "DÂN SỐ CÁC XÃ NĂM 2024
         TT | Xã | Tổng số | Nữ | Số người theo đạo
         1 | Xã Lâm Sơn | 12603 | 6402 | 17
         2 | Xã Không Có Thật | 13739 | 6993 | 18
         Ghi chú: số liệu tạm tính",
    );
    let (facts, problems) = facts_of(&sheet, "585", "2024");
    assert_eq!(
        facts,
        sorted(&[
            "population 22813 2024 = 12603",
            "population female 22813 2024 = 6402"
        ])
    );
    let told: u32 = problems
        .iter()
        .map(|p| p.rsplit(' ').next().unwrap().parse::<u32>().unwrap())
        .sum();
    assert_eq!(told, 4, "{problems:?}");
    assert!(
        problems.iter().any(|p| p.starts_with("unknown-column E2")),
        "{problems:?}"
    );
    assert!(
        problems.iter().any(|p| p.starts_with("place-unknown B4")),
        "{problems:?}"
    );
}

#[test]
fn a_number_that_stands_alone_is_told() {
    let mut sheet = plain();
    sheet.extend([Vec::new(), Vec::new()]);
    sheet.push(vec![String::new(), String::new(), "4711".to_owned()]);
    let (facts, problems) = facts_of(&sheet, "585", "2024");
    assert_eq!(facts, sorted(&TWO_COMMUNES), "{problems:?}");
    assert!(!problems.is_empty());
}

#[test]
fn columns_and_rows_that_come_twice_are_told() {
    // Nobody can say what the second pair of columns is: both are facts, and contradict each other later.
    let sheet = table(
        "Dân số năm 2024
         Xã | Tổng số | Nữ | Tổng số | Nữ
         Xã Lâm Sơn | 12603 | 6402 | 30 | 10
         Xã Quảng Sơn | 13739 | 6993 | 20 | 6
         Chia theo thôn
         Thôn Một Hai Ba | 60 | 30 | 1 | 2",
    );
    let (facts, problems) = facts_of(&sheet, "585", "2024");
    assert_eq!(facts.len(), 8, "{facts:?}");
    assert_eq!(problems, ["below-commune A6 4"]);
}

#[test]
fn headings_repeated_at_a_page_break_are_no_figures() {
    let sheet = table(
        "DÂN SỐ CÁC XÃ NĂM 2024
         TT | Xã | Tổng số | Nữ
         (1) | (2) | (3) | (4)
         1 | Xã Lâm Sơn | 12603 | 6402
         TT | Xã | Tổng số | Nữ
         2 | Xã Quảng Sơn | 13739 | 6993",
    );
    clean(&sheet, "585", "2024", &TWO_COMMUNES);
}
