//! Years on both sides of the reform of 1 July 2025 (and of earlier mergers), through the program: small
//! sheets of the old and the new units, and figures worked out by hand.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};

use crate::extend::{FORM, INDICATOR, MEASURES};
use crate::made::{Ran, bdg, put, table, tidy, xlsx};

/// An office with one indicator of its own (groups with a woman among all groups, both added up over the
/// year) and these sheets: (file, period, rows "place | groups | with a woman").
pub fn office(sheets: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "bdg.toml", "lang = \"vi\"\n");
    let indicators = [
        (
            "measures-tinh.toml",
            MEASURES.replace("flow = \"stock\"", "flow = \"flow\""),
        ),
        ("forms/reconciliation.toml", FORM.to_owned()),
        ("strategy/7.1.toml", INDICATOR.to_owned()),
        (
            "settings.toml",
            "approximate_tolerance = 1.0\nminimum_coverage_percent = 1\n".to_owned(),
        ),
    ];
    for (name, text) in indicators {
        put(folder.path(), &format!("indicators/{name}"), text);
    }
    for (file, period, rows) in sheets {
        let text = format!("Tổ hòa giải ở cơ sở {period}\nXã | Số tổ | Có nữ\n{rows}");
        put(
            folder.path(),
            &format!("nhan/{file}.xlsx"),
            xlsx(&[("S", &table(&text))]),
        );
    }
    folder
}

/// Reports on a place; the words of the command follow.
pub fn reported(folder: &Path, words: &[&str]) -> Ran {
    let all: Vec<&str> = ["report", "nhan", "-o", "kq", "--no-cache"]
        .iter()
        .chain(words)
        .copied()
        .collect();
    let ran = bdg(folder, &all);
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    ran
}

/// The problems of a name, as lines of JSON.
pub fn problems(folder: &Path, name: &str, words: &[&str]) -> Vec<String> {
    let all: Vec<&str> = ["check", "nhan", "--no-cache", "--format", "json"]
        .iter()
        .chain(words)
        .copied()
        .collect();
    let ran = bdg(folder, &all);
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    let named = format!("\"name\":\"{name}\"");
    ran.out
        .lines()
        .filter(|l| l.contains(&named))
        .map(str::to_owned)
        .collect()
}

/// Rows of the indicator in the tidy data.
pub fn rows(folder: &Path, file: &str) -> Vec<BTreeMap<String, String>> {
    let mut all = tidy(&folder.join(format!("kq/bao-cao-{file}.csv")));
    all.retain(|r| r["indicator_id"] == "7.1");
    all
}

/// These columns of the one row of a place and period, of figures as reported or of those on the base.
pub fn seen<const N: usize>(
    rows: &[BTreeMap<String, String>],
    (code, period, as_reported): (&str, &str, bool),
    columns: [&str; N],
) -> [String; N] {
    let of = |r: &&BTreeMap<String, String>| {
        r["locality_code"] == code && r["period"] == period && (r["boundary"] == "as-reported") == as_reported
    };
    let found: Vec<_> = rows.iter().filter(of).collect();
    assert_eq!(found.len(), 1, "{code} {period}: {found:?}");
    columns.map(|c| found[0][c].clone())
}

pub const COUNTS: [&str; 4] = ["numerator", "denominator", "reported", "boundary"];

/// Texts of a sheet of a workbook.
fn texts(folder: &Path, file: &str, sheet: &str) -> Vec<String> {
    let bytes = std::fs::read(folder.join(format!("kq/bao-cao-{file}.xlsx"))).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let cells = range.used_cells().filter_map(|(_, _, cell)| match cell {
        Data::String(text) => Some(text.clone()),
        _ => None,
    });
    cells.collect()
}

/// Two communes that became one, and their year 2026 as the one.
const LAM_SON: [(&str, &str, &str); 2] = [
    (
        "cu",
        "năm 2024",
        "Xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 10 | 4
         Xã Lương Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 6 | 2",
    ),
    ("moi", "năm 2026", "Xã Lâm Sơn, tỉnh Khánh Hòa | 20 | 10"),
];

#[test]
fn a_year_reported_on_the_old_units_holds_the_communes_that_never_changed() {
    // Ngũ Chỉ Sơn and Nậm Có are the same communes before and after; the others went into larger ones.
    let folder = office(&[(
        "a",
        "năm 2025",
        "Xã Ngũ Chỉ Sơn, thị xã Sa Pa, tỉnh Lào Cai | 10 | 4
         Xã Trung Chải, thị xã Sa Pa, tỉnh Lào Cai | 20 | 5
         Xã Tả Phìn, thị xã Sa Pa, tỉnh Lào Cai | 30 | 6
         Xã Nậm Có, huyện Mù Căng Chải, tỉnh Yên Bái | 7 | 1
         Xã Hồ Bốn, huyện Mù Căng Chải, tỉnh Yên Bái | 5 | 2",
    )]);
    reported(folder.path(), &["-l", "VN", "-p", "2025"]);
    let rows = rows(folder.path(), "VN-2025");
    let sums = |code, as_reported| {
        seen(
            &rows,
            (code, "2025", as_reported),
            ["numerator", "denominator", "reported"],
        )
    };
    // 10 + 20 + 30 = 60, 4 + 5 + 6 = 15; 7 + 5 = 12, 1 + 2 = 3; together 72 and 18.
    assert_eq!(sums("10", true), ["15", "60", "3"]);
    assert_eq!(sums("088", true), ["15", "60", "3"]);
    assert_eq!(sums("VN", true), ["18", "72", "5"]);
    assert_eq!(sums("VN", false), ["18", "72", "5"]);
    assert_eq!(
        seen(&rows, ("15", "2025", false), COUNTS),
        ["18", "72", "5", "exact"]
    );
    // The old province of the code 15 is Yên Bái.
    assert_eq!(sums("15", true), ["3", "12", "2"]);
}

#[test]
fn communes_that_never_changed_stand_with_the_rows_beside_them() {
    // One office sends the year on the old units, the other on the new: each keeps its own communes.
    let folder = office(&[
        (
            "cu",
            "năm 2025",
            "Xã Ngũ Chỉ Sơn, thị xã Sa Pa, tỉnh Lào Cai | 10 | 4
             Xã Trung Chải, thị xã Sa Pa, tỉnh Lào Cai | 20 | 5
             Xã Tả Phìn, thị xã Sa Pa, tỉnh Lào Cai | 30 | 6",
        ),
        (
            "moi",
            "năm 2025",
            "Xã Nậm Có, tỉnh Lào Cai | 7 | 1
             Xã Khao Mang, tỉnh Lào Cai | 9 | 3",
        ),
    ]);
    reported(folder.path(), &["-l", "15", "-p", "2025"]);
    let rows = rows(folder.path(), "15-2025");
    assert_eq!(seen(&rows, ("088", "2025", true), COUNTS)[..3], ["15", "60", "3"]);
    // 15 + 1 + 3 = 19 of 60 + 7 + 9 = 76.
    assert_eq!(seen(&rows, ("15", "2025", false), COUNTS)[..2], ["19", "76"]);
    let old_yen_bai = |r: &BTreeMap<String, String>| r["locality"] == "tỉnh Yên Bái";
    assert!(!rows.iter().any(old_yen_bai), "nobody reported for it");
}

#[test]
fn what_was_put_together_from_several_units_says_so_of_the_place_of_the_report_too() {
    let folder = office(&LAM_SON);
    for (place, file) in [("22813", "22813-2026"), ("56", "56-2026")] {
        reported(folder.path(), &["-l", place, "-p", "2026"]);
        let rows = rows(folder.path(), file);
        assert_eq!(
            seen(&rows, (place, "2024", false), COUNTS),
            ["6", "16", "2", "exact"]
        );
        assert_eq!(seen(&rows, (place, "2026", false), COUNTS)[3], "same");
    }
    // Nobody reported 37.5 % for today's province in 2024: it stands once, in the view on one base.
    let folder = folder.path().join("kq/bao-cao-56-2026.xlsx");
    let mut book: Xlsx<_> = calamine::open_workbook(folder).unwrap();
    let range = book.worksheet_range("Chuỗi năm").unwrap();
    let of_province = |row: &&[Data]| {
        row[0] == Data::String("56".to_owned()) && row[2] == Data::String("cấp tỉnh".to_owned())
    };
    let province: Vec<&[Data]> = range.rows().filter(of_province).collect();
    assert!(!province.is_empty());
    // The line as reported of each unit is as long as the unit: the new province from 2026 on; the axis marks it.
    let line = |name: &str| {
        let row = range.rows().find(|row| row[1] == Data::String(name.to_owned()));
        let row = row.unwrap_or_else(|| panic!("{name}"));
        [row[3].clone(), row[4].clone()]
    };
    let (old, new) = (Data::Float(37.5), Data::Float(50.0));
    assert_eq!(
        line("Đường"),
        [Data::String("2024".to_owned()), Data::String("‖ 2026".to_owned())]
    );
    assert_eq!(
        line("Tỉnh Khánh Hòa, địa giới 31/12/2026"),
        [old.clone(), new.clone()]
    );
    assert_eq!(line("Tỉnh Khánh Hòa, như đã báo cáo"), [Data::Empty, new]);
    assert_eq!(
        line("Tỉnh Ninh Thuận (đơn vị cũ), như đã báo cáo"),
        [old, Data::Empty]
    );
    for row in province {
        let told = row.iter().filter(|c| **c == Data::Float(37.5)).count();
        assert_eq!(told, 1, "{row:?}");
    }
}

#[test]
fn a_commune_keeps_its_earlier_years_as_ranges_where_one_before_it_was_split() {
    // Phường Đông Hải of today: three wards whole and a part, of unknown people, of the old Đông Hải.
    let folder = office(&[
        (
            "cu",
            "năm 2024",
            "Phường Đông Hải, thành phố Phan Rang-Tháp Chàm, tỉnh Ninh Thuận | 100 | 40
             Phường Mỹ Đông, thành phố Phan Rang-Tháp Chàm, tỉnh Ninh Thuận | 10 | 5
             Phường Mỹ Bình, thành phố Phan Rang-Tháp Chàm, tỉnh Ninh Thuận | 10 | 5
             Phường Mỹ Hải, thành phố Phan Rang-Tháp Chàm, tỉnh Ninh Thuận | 10 | 5",
        ),
        ("moi", "năm 2026", "Phường Đông Hải, tỉnh Khánh Hòa | 200 | 100"),
    ]);
    reported(folder.path(), &["-l", "22780", "-p", "2026"]);
    let rows = rows(folder.path(), "22780-2026");
    let columns = [
        "boundary",
        "numerator_low",
        "numerator_high",
        "denominator_low",
        "denominator_high",
        "low",
    ];
    // 15 of 30 without the old Đông Hải, 55 of 130 with all of it; at least 15/130 = 11.5 %.
    assert_eq!(
        seen(&rows, ("22780", "2024", false), columns),
        ["range", "15", "55", "30", "130", "11.5"]
    );
    let series = texts(folder.path(), "22780-2026", "Chuỗi năm");
    assert!(series.iter().any(|t| t.contains("11,5 ↔ ")), "{series:?}");
    assert!(series.iter().any(|t| t.contains("phường Mỹ Bình")), "{series:?}");
}

#[test]
fn a_year_cut_by_the_reform_is_unfinished_only_where_a_part_of_it_is_missing() {
    // Lâm Sơn: both before it sent the first half. Ninh Sơn: one of two. Mỹ Sơn: nobody.
    let folder = office(&[
        (
            "cu",
            "6 tháng đầu năm 2025",
            "Xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 10 | 4
             Xã Lương Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 6 | 2
             Thị trấn Tân Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 3 | 1",
        ),
        (
            "moi",
            "6 tháng cuối năm 2025",
            "Xã Lâm Sơn, tỉnh Khánh Hòa | 20 | 10
             Xã Ninh Sơn, tỉnh Khánh Hòa | 8 | 4
             Xã Mỹ Sơn, tỉnh Khánh Hòa | 5 | 1",
        ),
    ]);
    let asked = ["-l", "56", "-p", "2025"];
    let told = problems(folder.path(), "year-unfinished", &asked);
    assert_eq!(told.len(), 2, "{told:?}");
    let of = |name: &str| {
        told.iter()
            .find(|l| l.contains(name))
            .unwrap_or_else(|| panic!("{name}"))
    };
    let half = "thiếu 6 tháng đầu năm 2025";
    assert!(
        of("xã Ninh Sơn: ").contains(&format!("{half} của xã Quảng Sơn")),
        "{told:?}"
    );
    assert!(
        of("xã Mỹ Sơn: ").contains(half) && !of("xã Mỹ Sơn: ").contains("2025 của"),
        "{told:?}"
    );
    reported(folder.path(), &asked);
    let rows = rows(folder.path(), "56-2025");
    // 4 + 2 + 10 of 10 + 6 + 20.
    assert_eq!(seen(&rows, ("22813", "2025", false), COUNTS)[..2], ["16", "36"]);
}

#[test]
fn an_estimate_is_marked_in_the_data_in_its_trace_and_in_the_verdict() {
    // Resolution 830/NQ-UBTVQH14: of Thái Thịnh (04822) 49.36 % of the people went to 04789.
    let folder = office(&[("cu", "năm 2019", "'04822 | 1001 | 500")]);
    put(
        folder.path(),
        "indicators/targets.csv",
        "indicator,locality,year,when,comparator,value,act,issued\n7.1,VN,2019,by,>=,60,Kế hoạch,2018-01-01\n",
    );
    let asked = ["-l", "17", "-p", "2019", "--boundaries", "2020"];
    reported(folder.path(), &asked);
    let rows = rows(folder.path(), "17-2019");
    // 0.4936 × 1001 = 494.09…, 0.4936 × 500 = 246.8: 247 of 494 are 50 %, below 60.
    let columns = [
        "numerator",
        "denominator",
        "boundary",
        "sign",
        "verdict",
        "verdict_words",
    ];
    assert_eq!(
        seen(&rows, ("04789", "2019", false), columns),
        [
            "247",
            "494",
            "share",
            "≈",
            "not-met",
            "Chưa đạt (tạm tính, ước tính)"
        ]
    );
    put(folder.path(), "bdg.toml", "locality = \"17\"\n");
    let ran = bdg(
        folder.path(),
        &[
            "explain",
            "7.1",
            "nhan",
            "-l",
            "04789",
            "-p",
            "2019",
            "--boundaries",
            "2020",
        ],
    );
    assert!(
        ran.out.contains("≈ 50,0") && ran.out.contains("ước tính"),
        "{}{}",
        ran.out,
        ran.err
    );
}

/// Khánh Hòa of 2026 is the former Khánh Hòa (22366 lay there) and Ninh Thuận (22813).
#[test]
fn a_place_is_the_one_of_the_period_whatever_units_it_is_shown_on() {
    let folder = office(&[(
        "a",
        "năm 2026",
        "phường Nha Trang, tỉnh Khánh Hòa | 6 | 2\nxã Lâm Sơn, tỉnh Khánh Hòa | 10 | 3",
    )]);
    let sums = |words: &[&str]| -> (String, String) {
        reported(folder.path(), &[&["-l", "56", "-p", "2026"], words].concat());
        let rows = tidy(&folder.path().join("kq/bao-cao-56-2026.csv"));
        let row = rows
            .iter()
            .find(|r| r["locality_code"] == "56" && r["period"] == "2026" && r["indicator_id"] == "7.1")
            .unwrap();
        (row["numerator"].clone(), row["denominator"].clone())
    };
    let own = sums(&[]);
    assert_eq!(own, ("5".to_owned(), "16".to_owned()));
    assert_eq!(sums(&["--boundaries", "2024"]), own);
}
