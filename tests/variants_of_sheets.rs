//! The same report in the shapes that offices give it: each is read to the same facts, or what cannot be
//! read is told; no figure disappears without a line.

use std::sync::OnceLock;

use bdg::classification::CategoryId;
use bdg::definition::Catalogue;
use bdg::intake::open::InProcess;
use bdg::intake::{Context, Forms, Outcome, Role, SheetReading, inspect, parse_forms, read_file};
use bdg::period::{Day, Period};

use crate::made::{Table, beside, csv, moved, number, ods, table, turned, xls, xlsx, xlsx_merged};

fn world() -> &'static (Catalogue, Forms) {
    static WORLD: OnceLock<(Catalogue, Forms)> = OnceLock::new();
    WORLD.get_or_init(|| {
        let catalogue = crate::examples::catalogue();
        let forms = parse_forms(&catalogue).unwrap();
        (catalogue, forms)
    })
}

fn context(home: &str, period: &str) -> Context<'static> {
    let (catalogue, _) = world();
    let period = Period::parse(period);
    let today = Day::new(2026, 11, 22);
    Context {
        catalogue,
        home: catalogue
            .localities
            .by_code(home, period.map_or(today, Period::last_day)),
        period,
        today,
    }
}

/// Facts as `measure category… unit period = value`, sorted; problems as `name cell left-out`.
fn read(name: &str, bytes: &[u8], home: &str, period: &str) -> (Vec<String>, Vec<String>) {
    let (catalogue, forms) = world();
    let reading = read_file(name, bytes, &context(home, period), forms);
    let code = |c: CategoryId| match c.is_all() {
        true => String::new(),
        false => format!(" {}", catalogue.lists.category(c).code),
    };
    let mut facts: Vec<String> = reading
        .sheets
        .iter()
        .flat_map(|s| &s.facts)
        .map(|f| {
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
        .collect();
    facts.sort();
    let problems = reading.problems.iter().map(|p| {
        let cell = p.place.cell.map_or(String::new(), |c| c.to_string());
        format!("{} {cell} {}", p.kind.name(), p.left_out)
    });
    (facts, problems.collect())
}

/// Every number below the headings and beside the labels has become a fact, is compared as a total, is
/// known to be of no use, or is counted by a problem.
fn accounted(name: &str, bytes: &[u8], tables: &[&Table], home: &str, period: &str) {
    let (_, forms) = world();
    let (sheets, problems) = inspect(&InProcess, name, bytes, &context(home, period), forms);
    assert_eq!(sheets.len(), tables.len());
    for (sheet, table) in sheets.iter().zip(tables) {
        let told: u32 = sheet.troubles.iter().map(|t| t.left_out).sum();
        let left_out = (sheet.tables.iter().flat_map(|t| &t.cells))
            .filter(|(_, outcome)| matches!(outcome, Outcome::LeftOut(_)))
            .count();
        assert!(told as usize >= left_out, "{told} told, {left_out} left out");
        let mut lost = Vec::new();
        for (r, row) in table.iter().enumerate() {
            for (c, _) in row.iter().enumerate().filter(|(_, cell)| number(cell).is_some()) {
                if !known(sheet, r as u32, c as u32) {
                    lost.push((r + 1, c + 1));
                }
            }
        }
        let outside = told as usize - left_out;
        assert!(
            lost.len() <= outside,
            "{name} {}: lost (row, column) {lost:?}\n{problems:?}",
            sheet.name
        );
    }
}

/// A cell with an outcome, a heading, or a cell of a column of labels and order numbers.
fn known(sheet: &SheetReading, row: u32, column: u32) -> bool {
    sheet.tables.iter().any(|t| {
        let inside =
            (t.first.row..=t.last.row).contains(&row) && (t.first.column..=t.last.column).contains(&column);
        let heading = t.rows.first().is_some_and(|first| row < first.row) && inside;
        let label = t
            .columns
            .iter()
            .any(|c| c.column == column && c.role != Role::Values && inside);
        heading || label || t.cells.iter().any(|(at, _)| (at.row, at.column) == (row, column))
    })
}

/// Reads one sheet in its formats; the facts of all must be the same.
fn facts_of(sheet: &Table, home: &str, period: &str) -> (Vec<String>, Vec<String>) {
    let bytes = xlsx(&[("Sheet1", sheet)]);
    accounted("so-lieu.xlsx", &bytes, &[sheet], home, period);
    read("so-lieu.xlsx", &bytes, home, period)
}

fn sorted(facts: &[&str]) -> Vec<String> {
    let mut facts: Vec<String> = facts.iter().map(|f| (*f).to_owned()).collect();
    facts.sort();
    facts
}

const TWO_COMMUNES: [&str; 4] = [
    "population 22813 2024 = 12603",
    "population 22819 2024 = 13739",
    "population female 22813 2024 = 6402",
    "population female 22819 2024 = 6993",
];

fn plain() -> Table {
    table(
        "UBND HUYỆN NINH SƠN
         DÂN SỐ CÁC XÃ NĂM 2024
         TT | Xã | Tổng số | Nữ
         1 | Xã Lâm Sơn | 12603 | 6402
         2 | Xã Quảng Sơn | 13739 | 6993
         | Cộng | 26342 | 13395",
    )
}

/// Asserts the facts, and that nothing was said about them.
fn clean(sheet: &Table, home: &str, period: &str, expected: &[&str]) {
    let (facts, problems) = facts_of(sheet, home, period);
    assert_eq!(facts, sorted(expected), "{problems:#?}");
    assert_eq!(problems, Vec::<String>::new());
}

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
