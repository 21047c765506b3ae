//! A report of a year from figures of parts of it, or of other years: both are said.

use crate::made::{bdg, put, table, xlsx};

fn told(sheets: &[&str], period: &str) -> (i32, Vec<serde_json::Value>) {
    let folder = tempfile::tempdir().unwrap();
    for (i, sheet) in sheets.iter().enumerate() {
        put(
            folder.path(),
            &format!("nhan/{i}.xlsx"),
            xlsx(&[("S", &table(sheet))]),
        );
    }
    let ran = bdg(
        folder.path(),
        &["check", "nhan", "-l", "585", "-p", period, "--format", "json"],
    );
    (ran.code, ran.json())
}

fn found(lines: &[serde_json::Value], name: &str) -> Vec<(String, String)> {
    let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    let of = lines.iter().filter(|l| l["name"] == name);
    of.map(|l| (text(&l["cell"]), text(&l["found"]))).collect()
}

const THREE_QUARTERS: &str = "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024
    Xã | Quý I | Quý II | Quý III
    Xã Lâm Sơn | 4 | 5 | 3
    Xã Quảng Sơn | 4 | 4 | 4";

#[test]
fn three_quarters_make_no_year_and_the_missing_one_is_named() {
    let (_, lines) = told(&[THREE_QUARTERS], "2024");
    assert_eq!(
        found(&lines, "year-unfinished"),
        [
            (
                "B3".to_owned(),
                "xã Lâm Sơn: thiếu quý IV năm 2024 (Số tin, bài về bình đẳng giới trên hệ thống thông tin cơ sở)".to_owned()
            ),
            (
                "B4".to_owned(),
                "xã Quảng Sơn: thiếu quý IV năm 2024 (Số tin, bài về bình đẳng giới trên hệ thống thông tin cơ sở)".to_owned()
            ),
        ]
    );
    // Of the half year there is nothing to miss.
    assert!(found(&told(&[THREE_QUARTERS], "2024-H1").1, "year-unfinished").is_empty());
}

#[test]
fn a_year_reported_beside_its_quarters_is_whole() {
    let year = "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024
        Xã | Tổng số
        Xã Lâm Sơn | 16
        Xã Quảng Sơn | 15";
    let (code, lines) = told(&[THREE_QUARTERS, year], "2024");
    assert!(found(&lines, "year-unfinished").is_empty(), "{lines:?}");
    assert_eq!(code, 0);
}

#[test]
fn figures_of_other_years_are_counted_aloud() {
    let of = |year: i32, n: i32| {
        format!("Dân số năm {year}\nXã | Tổng số | Nữ\nXã Lâm Sơn | {n} | 50\nXã Quảng Sơn | 90 | 40")
    };
    let (code, lines) = told(&[&of(2024, 100), &of(2023, 99), &of(2025, 101)], "2024");
    assert_eq!(
        found(&lines, "other-periods"),
        [(String::new(), "8 số liệu: năm 2023 (4), năm 2025 (4)".to_owned())]
    );
    assert_eq!(code, 0);
    assert!(found(&told(&[&of(2024, 100)], "2024").1, "other-periods").is_empty());
}

#[test]
fn nine_months_and_the_last_quarter_are_the_year() {
    let sheet = |last: &str| {
        format!(
            "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024\nXã | 9 tháng{last}\nXã Lâm Sơn | 12{}",
            match last {
                "" => "",
                _ => " | 4",
            }
        )
    };
    let missing = |sheet: &str| found(&told(&[sheet], "2024").1, "year-unfinished").len();
    assert_eq!(missing(&sheet(" | Quý IV")), 0);
    assert_eq!(missing(&sheet("")), 1);
}
