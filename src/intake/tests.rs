//! The whole reader on grids built in code, with the real catalogue, register and forms.

use std::sync::OnceLock;

use super::Context;
use super::form::{Forms, parse_forms};
use super::grid::Grid;
use super::reading::{Outcome, SheetReading};
use super::table::read_sheet;
use super::testing::{grid, merge};
use crate::classification::CategoryId;
use crate::definition::{Catalogue, embedded, load};
use crate::period::{Day, Period};

fn world() -> &'static (Catalogue, Forms) {
    static WORLD: OnceLock<(Catalogue, Forms)> = OnceLock::new();
    WORLD.get_or_init(|| {
        let catalogue = load(embedded()).expect("the embedded catalogue is proved by its own tests");
        let forms = parse_forms(&catalogue).expect("the embedded forms are sound");
        (catalogue, forms)
    })
}

fn read(grid: &Grid, file: &str, home: &str, period: &str) -> SheetReading {
    let (catalogue, forms) = world();
    let period = Period::parse(period);
    let today = Day::new(2026, 11, 22);
    let day = period.map_or(today, Period::last_day);
    let context = Context {
        catalogue,
        home: catalogue.localities.by_code(home, day),
        period,
        today,
    };
    read_sheet(grid, file, &[], &context, forms)
}

/// `measure category… unit period = value`, one line per fact in the order of cells.
fn facts(sheet: &SheetReading) -> Vec<String> {
    let (catalogue, _) = world();
    let mut facts: Vec<_> = sheet.tables.iter().flat_map(|t| &t.facts).collect();
    facts.sort_by_key(|f| f.cell);
    facts
        .into_iter()
        .map(|f| {
            let code = |c: CategoryId| match c.is_all() {
                true => String::new(),
                false => format!(" {}", catalogue.lists.category(c).code),
            };
            let b = f.breakdown;
            format!(
                "{}{}{}{}{} {} {} = {}",
                catalogue.measures.get(f.measure).id,
                code(b.sex),
                code(b.age),
                code(b.ethnicity),
                code(b.item),
                catalogue.localities.unit(f.place).code,
                f.period.code(),
                f.value
            )
        })
        .collect()
}

/// `name cell left-out`
fn troubles(sheet: &SheetReading) -> Vec<String> {
    sheet
        .troubles
        .iter()
        .map(|t| {
            let at = t.at.map_or(String::new(), |a| a.to_string());
            format!("{} {at} {}", t.kind.name(), t.left_out)
        })
        .collect()
}

/// Every cell has one outcome, and troubles count exactly the cells that were left out.
fn accounted(sheet: &SheetReading) {
    let mut left_out = 0;
    for table in &sheet.tables {
        for pair in table.cells.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} twice", pair[0].0);
        }
        for (at, outcome) in &table.cells {
            match outcome {
                Outcome::Fact(i) => assert_eq!(table.facts[*i as usize].cell, *at),
                Outcome::LeftOut(i) => {
                    assert!((*i as usize) < sheet.troubles.len());
                    left_out += 1;
                }
                Outcome::Checked | Outcome::NotNeeded => {}
            }
        }
    }
    let told: u32 = sheet.troubles.iter().map(|t| t.left_out).sum();
    assert!(told >= left_out, "{told} told, {left_out} left out");
}

#[test]
fn communes_in_rows_by_headings_alone() {
    let g = grid(&[
        &["Dân số chia theo giới tính năm 2024"],
        &["Xã", "Tổng số", "Nam", "Nữ"],
        &["Xã Lâm Sơn", "12603", "6201", "6402"],
        &["Quảng Sơn", "13.739", "6.746", "6.993"],
        &["Tổng cộng", "26342", "12947", "13395"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(
        facts(&sheet),
        [
            "population 22813 2024 = 12603",
            "population male 22813 2024 = 6201",
            "population female 22813 2024 = 6402",
            "population 22819 2024 = 13739",
            "population male 22819 2024 = 6746",
            "population female 22819 2024 = 6993",
        ]
    );
    assert!(sheet.troubles.is_empty(), "{:?}", troubles(&sheet));
}

#[test]
fn other_order_of_columns_and_totals_above() {
    let g = grid(&[
        &["", "BÁO CÁO DÂN SỐ NĂM 2024", "", "", "", ""],
        &[
            "",
            "Nữ",
            "Đơn vị hành chính",
            "Tổng số",
            "Ghi chú",
            "Tỷ lệ nữ (%)",
        ],
        &["", "13395", "Toàn huyện", "26342", "", "50,9"],
        &["", "6402", "Xã Lâm Sơn", "12603", "x", "50,8"],
        &["", "6993", "Xã Quảng Sơn", "13739", "", "50,9"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(
        facts(&sheet),
        [
            "population female 22813 2024 = 6402",
            "population 22813 2024 = 12603",
            "population female 22819 2024 = 6993",
            "population 22819 2024 = 13739",
        ]
    );
    assert!(sheet.troubles.is_empty(), "{:?}", troubles(&sheet));
}

#[test]
fn a_total_that_differs_is_said_and_not_used() {
    let g = grid(&[
        &["Dân số năm 2024"],
        &["TT", "Xã", "Tổng số", "Nữ"],
        &["1", "Xã Lâm Sơn", "100", "50"],
        &["2", "Xã Quảng Sơn", "200", "90"],
        &["", "Cộng", "310", "140"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(facts(&sheet).len(), 4);
    assert_eq!(troubles(&sheet), ["total-row-differs B5 0"]);
}

#[test]
fn an_unknown_heading_above_makes_its_columns_unknown() {
    let g = grid(&[
        &["Dân số năm 2024"],
        &["TT", "Xã", "Tổng số", "Người khuyết tật", ""],
        &["", "", "", "Tổng số", "Nữ"],
        &["1", "Xã Lâm Sơn", "100", "7", "3"],
        &["2", "Xã Quảng Sơn", "200", "9", "4"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(
        facts(&sheet),
        ["population 22813 2024 = 100", "population 22819 2024 = 200"]
    );
    assert_eq!(troubles(&sheet), ["unknown-column D3 2", "unknown-column E3 2"]);
}

#[test]
fn a_commune_that_does_not_exist_is_refused_with_a_near_name() {
    let g = grid(&[
        &["Dân số năm 2024"],
        &["TT", "Xã", "Tổng số", "Nữ"],
        &["1", "Xã Lâm Sơnn", "100", "50"],
        &["2", "Xã Quảng Sơn", "200", "90"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(troubles(&sheet), ["place-unknown B3 2"]);
    let wording = sheet.troubles[0].kind.wording(crate::lang::Lang::Vi);
    assert!(wording.expected.contains("xã Lâm Sơn"), "{wording:?}");
}

#[test]
fn signs_are_kept_apart() {
    let g = grid(&[
        &["Dân số năm 2024"],
        &["Xã", "Tổng số", "Nữ"],
        &["Xã Lâm Sơn", "-", "…"],
        &["Xã Quảng Sơn", "12,5", "0"],
        &["Xã Mỹ Sơn", "chín", "-5"],
        &["Xã Hòa Sơn", "", "98,5%"],
        &["Xã Ma Nới", "1.234", "700"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(
        facts(&sheet),
        [
            "population 22813 2024 = 0",
            "population female 22819 2024 = 0",
            "population 22828 2024 = 1234",
            "population female 22828 2024 = 700",
        ]
    );
    let names: Vec<String> = troubles(&sheet);
    assert_eq!(
        names,
        [
            "not-whole B4 1",
            "not-a-number B5 1",
            "negative C5 1",
            "percent-only C6 1"
        ]
    );
}

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

#[test]
fn a_table_of_no_known_measure_is_one_line() {
    let g = grid(&[
        &["Diện tích cây trồng năm 2024"],
        &["Cây", "Diện tích", "Sản lượng"],
        &["Lúa", "100", "200"],
        &["Ngô", "10", "20"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert!(facts(&sheet).is_empty());
    assert_eq!(troubles(&sheet), ["no-table A2 4"]);
}

#[test]
fn any_grid_is_accounted_for_and_none_panics() {
    let words = [
        "",
        "",
        "1",
        "2",
        "12,5",
        "-",
        "…",
        "Nữ",
        "Tổng số",
        "Xã Lâm Sơn",
        "TT",
        "Xã",
        "Năm 2024",
        "(1)",
        "A",
        "Trong đó:",
        "x",
        "Lớp 1",
        "Dân số",
        "98%",
        "Dân tộc thiểu số",
        "I",
        "Quý I",
        "Trường Tiểu học A",
        "Dưới 16 tuổi",
        "*",
        "- Nữ",
        "2024",
    ];
    // A small generator with a fixed seed: the same grids on every machine.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    for _ in 0..300 {
        let (rows, columns) = (1 + next(9), 1 + next(7));
        let texts: Vec<Vec<&str>> = (0..rows)
            .map(|_| (0..columns).map(|_| words[next(words.len())]).collect())
            .collect();
        let slices: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
        let mut g = grid(&slices);
        if next(2) == 0 {
            let (r, c) = (next(rows) as u32, next(columns) as u32);
            g.merges = vec![merge((r, c), (r + next(3) as u32, c + next(3) as u32))];
        }
        accounted(&read(&g, "x.xlsx", "585", "2024"));
    }
}

#[test]
fn a_roster_is_counted_row_by_row() {
    let g = grid(&[
        &["DANH SÁCH CƠ QUAN CÓ LÃNH ĐẠO CHỦ CHỐT LÀ NỮ NĂM 2024"],
        &[
            "STT",
            "Đơn vị",
            "Cơ quan",
            "Loại cơ quan",
            "Lãnh đạo chủ chốt",
            "",
        ],
        &["", "", "", "", "Tổng số", "Trong đó: Nữ"],
        &["1", "Xã Lâm Sơn", "HĐND xã Lâm Sơn", "HĐND", "2", "1"],
        &["2", "Xã Lâm Sơn", "UBND xã Lâm Sơn", "UBND", "3", "0"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    let mut found = facts(&sheet);
    found.sort();
    assert_eq!(
        found,
        [
            "agencies hdnd 22813 2024 = 1",
            "agencies ubnd 22813 2024 = 1",
            "agencies-with-woman-leader hdnd 22813 2024 = 1",
            "agencies-with-woman-leader ubnd 22813 2024 = 0",
        ]
    );
}

#[test]
fn provinces_by_bare_names_are_provinces_of_their_time() {
    let g = grid(&[
        &["Dân số trung bình năm 2025"],
        &["Tỉnh, thành phố", "Tổng số"],
        &["CẢ NƯỚC", "1000"],
        &["Cao Bằng", "10"],
        &["Tuyên Quang", "11"],
        &["Bắc Ninh", "12"],
        &["Phú Thọ", "13"],
        &["Thành phố Hải Phòng", "14"],
        &["Điện Biên", "15"],
    ]);
    let sheet = read(&g, "x.xlsx", "VN", "2025");
    accounted(&sheet);
    let codes: Vec<String> = facts(&sheet)
        .iter()
        .filter_map(|f| f.split(' ').nth(1).map(str::to_owned))
        .collect();
    assert_eq!(codes, ["VN", "04", "08", "24", "25", "31", "11"]);
    assert!(sheet.troubles.is_empty(), "{:?}", troubles(&sheet));
}

#[test]
fn a_title_that_narrows_narrows_every_figure() {
    let g = grid(&[
        &["SỐ HỌC SINH DÂN TỘC THIỂU SỐ NĂM HỌC 2023-2024"],
        &["Xã", "Lớp 1", "Lớp 5"],
        &["Xã Lâm Sơn", "10", "9"],
        &["Xã Quảng Sơn", "3", "4"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(
        facts(&sheet)[0],
        "pupils minority grade-1 22813 2023-2024 = 10",
        "{:?}",
        troubles(&sheet)
    );
}
