//! The whole reader on grids built in code, with the real catalogue, register and forms.

mod layouts;
mod places;

use std::sync::OnceLock;

use super::Context;
use super::form::{Forms, parse_forms};
use super::grid::Grid;
use super::reading::{Outcome, SheetReading};
use super::table::read_sheet;
use super::testing::{grid, merge};
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
            let figure = catalogue.coded(f.measure, f.breakdown, f.place, f.period);
            format!("{figure} = {}", f.value)
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
                Outcome::Checked | Outcome::NotNeeded(_) => {}
            }
        }
    }
    let told: u32 = sheet.troubles.iter().map(|t| t.left_out).sum();
    assert!(told >= left_out, "{told} told, {left_out} left out");
}

/// What a form declares as its own title leaves nothing to ask about what is counted.
#[test]
fn the_titles_of_a_form_say_nothing_unknown() {
    let (_, forms) = world();
    let vocabulary = &forms.vocabulary;
    let mut unclear = Vec::new();
    for form in &forms.all {
        let Some(measure) = form.defaults.measures.first() else {
            continue;
        };
        for title in form.recognise.titles.iter().map(|phrases| phrases.join(" ")) {
            if vocabulary.measures_in(&title).0.contains(measure) {
                let beside =
                    vocabulary.beside(&title, *measure, &|word| form.neutral.contains(word), &|_| false);
                if !beside.unknown.is_empty() {
                    unclear.push(format!("{}: {title}: {}", form.id, beside.unknown.join(" ")));
                }
            }
        }
    }
    assert!(unclear.is_empty(), "{unclear:#?}");
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
    assert_eq!(troubles(&sheet), ["total-row-differs C5 0"]);
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
            // Told as an error, known as sent, used for nothing.
            "population female 22822 2024 = -5",
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
            "percent-only C6 1",
            "no-figure-given C3 0"
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
fn province_district_and_commune_in_columns_of_their_own() {
    let g = grid(&[
        &[
            "Dân số chia theo đơn vị hành chính năm 2019 (ĐVT: Người)",
            "",
            "",
            "",
            "",
            "",
            "",
        ],
        &[
            "",
            "",
            "",
            "Tổng số",
            "1. Thành thị (Tổng số)",
            "1. Thành thị",
            "",
        ],
        &["", "", "", "", "", "0 - 04", "05 - 09"],
        &[" Tỉnh Ninh Thuận (Tổng số)", "", "", "1000", "400", "40", "41"],
        &["Tỉnh Ninh Thuận", "Huyện Ninh Sơn", "", "300", "100", "10", "11"],
        &["", "", " Xã Lâm Sơn", "120", "0", "0", "0"],
        &["", "", " Xã Quảng Sơn", "180", "100", "10", "11"],
    ]);
    let sheet = read(&g, "TDT2019.xlsx", "", "");
    accounted(&sheet);
    let found = facts(&sheet);
    assert_eq!(found[0], "population 58 2019 = 1000", "{:?}", troubles(&sheet));
    assert!(
        found.contains(&"population 585 2019 = 300".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"population urban 22819 2019 = 100".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"population 5-9 urban 22819 2019 = 11".to_owned()),
        "{found:?}"
    );
}

#[test]
fn numerators_and_denominators_by_a_pair_of_labels() {
    let g = grid(&[
        &["KẾT QUẢ THỰC HIỆN MỘT SỐ CHỈ TIÊU VỀ BÌNH ĐẲNG GIỚI NĂM 2024"],
        &["Đơn vị báo cáo: huyện Ninh Sơn"],
        &["STT", "Chỉ tiêu", "Tử số", "Mẫu số", "Kết quả (%)"],
        &["1", "Tỷ lệ cơ quan có lãnh đạo chủ chốt là nữ", "5", "8", "62,5"],
    ]);
    let sheet = read(&g, "x.xlsx", "585", "2024");
    accounted(&sheet);
    assert_eq!(
        facts(&sheet),
        ["agencies-with-woman-leader 585 2024 = 5", "agencies 585 2024 = 8"],
        "{:?}",
        troubles(&sheet)
    );
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
