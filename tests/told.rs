//! Nothing disappears without a line: every cell with a number is a figure, a compared total, known to be
//! of no use (with the reason), or told by a problem.

use crate::made::{bdg, put, raw_xlsx, table, xlsx};
use crate::reading::{Read, read, read_as};

#[test]
fn errors_of_one_kind_are_one_line_with_their_count() {
    let text = |cell: &str, text: &str| format!("<c r='{cell}' t='inlineStr'><is><t>{text}</t></is></c>");
    let error = |cell: &str, code: &str| format!("<c r='{cell}' t='e'><v>{code}</v></c>");
    let mut rows = format!(
        "<row r='1'>{}</row><row r='2'>{}{}{}</row>",
        text("A1", "Dân số năm 2024"),
        text("A2", "Xã"),
        text("B2", "Tổng số"),
        text("C2", "Nữ")
    );
    for (i, commune) in ["Xã Lâm Sơn", "Xã Quảng Sơn", "Xã Mỹ Sơn", "Xã Lương Sơn"]
        .iter()
        .enumerate()
    {
        let (r, code) = (i + 3, if i == 3 { "#N/A" } else { "#VALUE!" });
        rows.push_str(&format!(
            "<row r='{r}'>{}<c r='B{r}'><v>100</v></c>{}</row>",
            text(&format!("A{r}"), commune),
            error(&format!("C{r}"), code)
        ));
    }
    let read = read_as("a.xlsx", &raw_xlsx(&rows), None);
    assert_eq!(read.facts.len(), 4);
    assert_eq!(read.told, ["cell-error C3 #VALUE! (3)", "cell-error C6 #N/A (1)"]);
}

#[test]
fn signs_for_no_figure_are_noted_once_each() {
    let read = read(
        "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | x\nXã Quảng Sơn | 200 | x\nXã Mỹ Sơn | 300 | …",
    );
    assert_eq!(read.facts.len(), 3, "{:?}", read.facts);
    assert_eq!(
        read.told,
        [
            "no-figure-given C3 “x” in 2 cells (0)",
            "no-figure-given C5 “…” in 1 cell (0)"
        ]
    );
}

#[test]
fn numbers_among_the_remarks_and_outside_of_tables_are_told() {
    let read = read(
        "Dân số năm 2024\nTổng số hộ | 1234\nTT | Xã | Tổng số | Nữ | Ghi chú\n1 | Xã Lâm Sơn | 100 | 50 | 12\n2 | Xã Quảng Sơn | 200 | 90 | tăng 3",
    );
    assert_eq!(read.facts.len(), 4, "{:?}", read.facts);
    assert!(
        read.tells("numbers-in-remarks E4 “Ghi chú”: 1 cell with numbers (0)"),
        "{:?}",
        read.told
    );
    assert!(
        read.tells("numbers-outside B2 1 cell with numbers (1)"),
        "{:?}",
        read.told
    );
    let account = &read.reading.sheets[0].account;
    // 1234, two running numbers, four figures and the remark.
    assert_eq!((account.numbers, account.cells(), account.facts), (8, 8, 4));
}

const LEADERS: &str = "DANH SÁCH CƠ QUAN VÀ LÃNH ĐẠO CHỦ CHỐT NĂM 2024\nHuyện Ninh Sơn\nTT | Xã | Cơ quan | Số lãnh đạo chủ chốt | Trong đó: Nữ | Ghi chú";

#[test]
fn women_among_key_leaders_are_never_more_than_the_leaders() {
    let read = read(&format!(
        "{LEADERS}\n1 | Xã Lâm Sơn | HĐND xã | 3 | 1\n2 | Xã Lâm Sơn | UBND xã | 3 | 5\n3 | Xã Quảng Sơn | UBND xã | 4 | 0"
    ));
    let women: Vec<&String> = read
        .facts
        .iter()
        .filter(|f| f.starts_with("agencies-with"))
        .collect();
    assert_eq!(
        women,
        [
            "agencies-with-woman-leader hdnd 22813 2024 = 1",
            "agencies-with-woman-leader ubnd 22819 2024 = 0"
        ]
    );
    assert_eq!(read.told, ["part-above-whole E5 Trong đó: Nữ: 5 > 3 (1)"]);
}

#[test]
fn what_a_list_says_in_words_is_read_with_a_note_or_refused() {
    let read = read(&format!(
        "{LEADERS}\n1 | Xã Lâm Sơn | HĐND xã | 3 | 1\n2 | Xã Lâm Sơn | UBND xã | 3 (1 nữ) |\n3 | Xã Quảng Sơn | UBND xã | 4 | x\n4 | Xã Mỹ Sơn | UBND xã | 3 | hai\n5 | Xã Mỹ Sơn | HĐND xã | 3 |\n6 | Xã Hòa Sơn | HĐND xã | 3 | 2 (1 nữ)"
    ));
    let women: Vec<&String> = read
        .facts
        .iter()
        .filter(|f| f.starts_with("agencies-with"))
        .collect();
    assert_eq!(
        women,
        [
            "agencies-with-woman-leader hdnd 22813 2024 = 1",
            "agencies-with-woman-leader ubnd 22813 2024 = 1",
            "agencies-with-woman-leader ubnd 22819 2024 = 1",
            "agencies-with-woman-leader hdnd 22825 2024 = 1",
        ]
    );
    for line in [
        "two-counts-in-cell D5 “3 (1 nữ)”: understood as 3, of whom 1 women (0)",
        "mark-among-counts E6 “x” (0)",
        "not-a-number E7 “hai” (1)",
        "answer-missing C8 Agencies with a woman among their key leaders: 1 row (0)",
    ] {
        assert!(read.tells(line), "{line}: {:?}", read.told);
    }
}

const NEWS: &str = "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024\nXã | Quý I | Quý II | Quý III | Quý IV | Cả năm";

#[test]
fn a_column_of_the_year_is_compared_with_its_quarters_and_stands_where_they_are_blank() {
    let blank = read(&format!(
        "{NEWS}\nXã Lâm Sơn | 4 | 5 | 3 | 6 | 18\nXã Mỹ Sơn | | | | | 21"
    ));
    assert_eq!(blank.facts.len(), 6, "{:?}", blank.facts);
    assert!(
        blank
            .facts
            .contains(&"grassroots-news 22822 2024 = 21".to_owned())
    );
    assert!(blank.told.is_empty(), "{:?}", blank.told);
    let names = |year: &str| {
        let folder = tempfile::tempdir().unwrap();
        let rows = format!("{NEWS}\nXã Lâm Sơn | 4 | 5 | 3 | 6 | {year}");
        put(folder.path(), "nhan/tin-bai.xlsx", xlsx(&[("S", &table(&rows))]));
        put(
            folder.path(),
            "bdg.toml",
            "locality = \"585\"\nperiod = \"2024\"\n",
        );
        let ran = bdg(folder.path(), &["check", "nhan", "--format", "json"]);
        let problems = ran.problems().into_iter().map(|(_, name)| name);
        problems.filter(|name| name == "period-differs").count()
    };
    assert_eq!((names("18"), names("19")), (0, 1));
}

/// Two halves of a year, and quarters of a half, by one unit; what the checks say of the time.
#[test]
fn shorter_spans_are_compared_with_the_longer_ones_they_lie_in() {
    let told = |title: &str, spans: &[(&str, u32)]| -> Vec<(String, String)> {
        let folder = tempfile::tempdir().unwrap();
        for (i, (span, value)) in spans.iter().enumerate() {
            let rows = format!("{title} {span} NĂM 2024\nXã | Tổng số\nXã Lâm Sơn | {value}");
            put(
                folder.path(),
                &format!("nhan/{i}.xlsx"),
                xlsx(&[("S", &table(&rows))]),
            );
        }
        let ran = bdg(
            folder.path(),
            &[
                "check", "nhan", "-l", "585", "-p", "2024", "--format", "json", "--lang", "en",
            ],
        );
        let lines = ran.json();
        let told = lines.iter().filter_map(|l| {
            let name = l["name"].as_str().filter(|n| n.starts_with("period-"))?;
            let found = l["found"].as_str()?.split_once(": ")?.1;
            Some((name.to_owned(), found.to_owned()))
        });
        told.collect()
    };
    let news = "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI";
    let victims = "NGƯỜI BỊ BẠO LỰC GIA ĐÌNH";
    let one = |name: &str, found: &str| vec![(name.to_owned(), found.to_owned())];
    let half = [("QUÝ I", 4), ("QUÝ II", 5), ("6 THÁNG ĐẦU", 9)];
    assert!(told(news, &half).is_empty());
    assert_eq!(
        told(news, &[("QUÝ I", 4), ("QUÝ II", 5), ("6 THÁNG ĐẦU", 10)]),
        one(
            "period-differs",
            "Lâm Sơn commune, first half of 2024: 10 ≠ 4 + 5 (quarter 1 of 2024, quarter 2 of 2024)"
        )
    );
    // A part of the year alone may not exceed it; nor may parts that do not overlap.
    assert_eq!(
        told(news, &[("6 THÁNG ĐẦU", 8), ("", 5)]),
        one(
            "period-exceeds",
            "Lâm Sơn commune, 2024: 5 < 8 (first half of 2024)"
        )
    );
    assert_eq!(
        told(news, &[("QUÝ I", 4), ("QUÝ III", 5), ("", 8)]),
        one(
            "period-exceeds",
            "Lâm Sơn commune, 2024: 8 < 4 + 5 (quarter 1 of 2024, quarter 3 of 2024)"
        )
    );
    // Halves and quarters together make up the year.
    let mixed = [("6 THÁNG ĐẦU", 9), ("QUÝ III", 5), ("QUÝ IV", 6), ("", 20)];
    assert!(told(news, &mixed).is_empty());
    assert_eq!(told(news, &[mixed[0], mixed[1], mixed[2], ("", 21)]).len(), 1);
    // The same victim may be known in both quarters: fewer in the half are no fault, more are.
    assert!(told(victims, &[("QUÝ I", 4), ("QUÝ II", 5), ("6 THÁNG ĐẦU", 7)]).is_empty());
    assert_eq!(
        told(victims, &[("QUÝ I", 0), ("QUÝ II", 3), ("6 THÁNG ĐẦU", 5)]).len(),
        1
    );
    assert_eq!(
        told(victims, &[("QUÝ I", 4), ("QUÝ II", 8), ("6 THÁNG ĐẦU", 7)]).len(),
        1
    );
}

fn read_named(name: &str, period: Option<&str>, rows: &str) -> Read {
    read_as(name, &xlsx(&[("S", &table(rows))]), period)
}

#[test]
fn a_period_that_the_sheet_does_not_say_is_noted_with_its_source() {
    let rows = "Dân số\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50";
    let of_name = read_named("2023/dan-so.xlsx", Some("2024"), rows);
    assert_eq!(of_name.facts[0], "population 22813 2023 = 100");
    assert_eq!(
        of_name.told,
        ["period-from-outside A2 taken from the name of the file or folder, “2023/” (0)"]
    );
    let of_settings = read_named("dan-so.xlsx", Some("2024"), rows);
    assert_eq!(
        of_settings.told,
        ["period-from-outside A2 taken from the period asked for, 2024 (bdg.toml or --period) (0)"]
    );
    let said = read_named(
        "dan-so-2023.xlsx",
        None,
        "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50",
    );
    assert!(
        said.told.is_empty() && said.facts[0].contains(" 2024 "),
        "{:?}",
        said.told
    );
}

#[test]
fn a_title_of_two_years_chooses_none() {
    let rows = "Dân số năm 2023 và năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50";
    let read = read_named("dan-so-2023.xlsx", Some("2024"), rows);
    assert!(read.facts.is_empty(), "{:?}", read.facts);
    assert_eq!(
        read.told,
        ["period-ambiguous A2 “Dân số năm 2023 và năm 2024”: 2023, 2024 (2)"]
    );
    let columns = "Dân số năm 2023 và năm 2024\nXã | Năm 2023 | Năm 2024\nXã Lâm Sơn | 100 | 110";
    let read = read_named("dan-so.xlsx", None, columns);
    assert_eq!(
        read.facts,
        ["population 22813 2023 = 100", "population 22813 2024 = 110"]
    );
}

#[test]
fn a_blank_or_short_year_of_a_row_is_told() {
    let read = read(
        "Dân số\nXã | Năm | Tổng số | Nữ\nXã Lâm Sơn | 2023 | 100 | 50\nXã Quảng Sơn | 24 | 200 | 90\nXã Mỹ Sơn | | 300 | 150",
    );
    assert_eq!(
        read.facts,
        [
            "population 22813 2023 = 100",
            "population female 22813 2023 = 50",
            "population 22819 2024 = 200",
            "population female 22819 2024 = 90",
        ]
    );
    assert_eq!(
        read.told,
        [
            "short-year B4 “24”: understood as 2024 (0)",
            "year-blank A5 “Xã Mỹ Sơn” (2)"
        ]
    );
}

#[test]
fn sums_of_printed_pages_are_compared_and_never_read() {
    let rows = "Dân số năm 2024\nTT | Xã | Tổng số | Nữ\n1 | Xã Lâm Sơn | 100 | 50\n2 | Xã Quảng Sơn | 200 | 90\n | Cộng trang 1 | 300 | 140\n | Mang sang | 300 | 140\n3 | Xã Mỹ Sơn | 300 | 150\n | Tổng cộng | 600 | 290";
    let good = read(rows);
    assert_eq!((good.facts.len(), good.told.len()), (6, 0), "{:?}", good.told);
    assert_eq!(good.reading.sheets[0].account.checked, 6);
    let bad = read(&rows.replace("Cộng trang 1 | 300", "Cộng trang 1 | 310"));
    assert_eq!(
        bad.told,
        ["total-row-differs C5 “Cộng trang 1”: Tổng số: 310 ≠ 300 (0)"]
    );
}

#[test]
fn communes_across_and_measures_down_are_read_whatever_the_corner_says() {
    for corner in ["Xã", "Tên xã", "Chỉ tiêu"] {
        let read = read(&format!(
            "Dân số năm 2024\n{corner} | Xã Lâm Sơn | Xã Quảng Sơn | Xã Mỹ Sơn\nTổng số | 100 | 200 | 300\nNữ | 50 | 90 | 150"
        ));
        assert_eq!(read.facts.len(), 6, "{corner}: {:?}", read.told);
        assert_eq!(read.facts[1], "population 22819 2024 = 200");
        assert!(read.told.is_empty(), "{corner}: {:?}", read.told);
    }
}

#[test]
fn forms_recognised_alike_are_told_apart_by_their_columns_and_rows() {
    let places = read(
        "DÂN SỐ NĂM 2024\nHuyện Ninh Sơn\nTT | Tên đơn vị | Số hộ | Nhân khẩu | Nữ | Dân tộc thiểu số\n1 | Xã Lâm Sơn | 30 | 100 | 50 | 9\n2 | Xã Quảng Sơn | 60 | 200 | 90 | 8",
    );
    assert_eq!(
        (places.facts.len(), places.told.len()),
        (6, 0),
        "{:?} {:?}",
        places.facts,
        places.told
    );
    let ages = read(
        "DÂN SỐ NĂM 2024\nXã Lâm Sơn\nTT | Phân tổ | Số hộ | Nhân khẩu | Nữ\n1 | 0-4 tuổi | 3 | 10 | 5\n2 | 5-9 tuổi | 6 | 20 | 9",
    );
    assert_eq!(
        (ages.facts.len(), ages.told.len()),
        (4, 0),
        "{:?} {:?}",
        ages.facts,
        ages.told
    );
}

#[test]
fn a_group_heading_narrows_what_stands_under_it_and_loses_nothing() {
    let read = read(
        "Biểu số 01/BC-X\nThông tin về gia đình và bạo lực gia đình năm 2024\nĐơn vị báo cáo: UBND xã Lâm Sơn\nTT | Chỉ tiêu | ĐVT | Số lượng\nII | Bạo lực gia đình | |\n1 | Người gây bạo lực | Người | 9\n1.1 | Bị truy cứu trách nhiệm hình sự | Người | 2\n1.2 | Chưa bị truy cứu trách nhiệm hình sự | Người | 7\n | - Được tư vấn, tham vấn | Người | 5",
    );
    assert_eq!(
        read.facts,
        [
            "dv-perpetrators 22813 2024 = 9",
            "dv-perpetrators-prosecuted 22813 2024 = 2",
            "dv-perpetrators-counselled 22813 2024 = 5",
        ],
        "{:?}",
        read.told
    );
}

#[test]
fn the_name_of_a_division_is_none_of_its_parts() {
    let columns = read(
        "Dân số năm 2024\nXã | Tổng số | Dân tộc | \n | | Kinh | DTTS\nXã Lâm Sơn | 100 | 70 | 30\nXã Quảng Sơn | 200 | 150 | 50",
    );
    assert_eq!(
        columns.facts[1..3],
        [
            "population kinh 22813 2024 = 70",
            "population minority 22813 2024 = 30"
        ],
        "{:?} {:?}",
        columns.facts,
        columns.told
    );
    let rows = read(
        "Dân số xã Lâm Sơn năm 2024\nTT | Chỉ tiêu | Tổng số | Nữ\n1 | Dân tộc | 100 | 50\n1.1 | Kinh | 70 | 35\n1.2 | Dân tộc thiểu số | 30 | 15",
    );
    assert_eq!(rows.facts[0], "population 22813 2024 = 100", "{:?}", rows.told);
    assert_eq!(
        rows.facts[2], "population kinh 22813 2024 = 70",
        "{:?}",
        rows.told
    );
}

#[test]
fn births_and_their_registrations_are_two_measures() {
    let read = read(
        "SỐ LIỆU ĐĂNG KÝ KHAI SINH NĂM 2024\nĐơn vị báo cáo: Ủy ban nhân dân xã Lâm Sơn\nChỉ tiêu | Tổng số | Nam | Nữ\nI. Khai sinh | 9 | 5 | 4",
    );
    assert_eq!(
        read.facts[0], "birth-registrations 22813 2024 = 9",
        "{:?}",
        read.told
    );
}

#[test]
fn a_title_that_limits_the_table_is_told() {
    let read = read("Dân số trẻ em gái năm 2024\nXã | Số lượng\nXã Lâm Sơn | 40\nXã Quảng Sơn | 50");
    assert_eq!(
        read.facts[0], "population female 22813 2024 = 40",
        "{:?}",
        read.told
    );
    assert_eq!(
        read.told,
        ["title-narrows A1 “Dân số trẻ em gái năm 2024”: every figure is Female (0)"]
    );
}

#[test]
fn codes_of_a_sex_are_no_counts() {
    let read = read(
        "Dân số năm 2024\nXã | Giới tính | Số người\nXã Lâm Sơn | 1 | 60\nXã Lâm Sơn | 2 | 40\nXã Quảng Sơn | 1 | 90\nXã Quảng Sơn | 2 | 80",
    );
    assert!(read.facts.is_empty(), "{:?}", read.facts);
    let lost: u32 = read.reading.problems.iter().map(|p| p.left_out).sum();
    assert_eq!(lost, 4, "{:?}", read.told);
    assert!(
        read.told[0].starts_with("code-list-unknown B3 “1”, sex: "),
        "{:?}",
        read.told
    );
}

#[test]
fn labels_are_quoted_as_they_are_written() {
    let read = read("Dân số năm 2024\nChỉ tiêu | Số lượng\nNgười Theo ĐẠO | 7\nTổng số | 100");
    assert!(
        read.told.iter().any(|t| t.contains("“Người Theo ĐẠO”")),
        "{:?}",
        read.told
    );
}

#[test]
fn a_heading_that_is_not_understood_is_no_fault_of_its_rows() {
    let read = read(
        "TÌNH HÌNH BẠO LỰC GIA ĐÌNH XÃ LÂM SƠN\nNăm | Nạn nhân | Nữ khác | Nạn nhân được hỗ trợ\n2022 | 3 | 2 | 2\n2023 | 5 | 4 | 3",
    );
    assert!(!read.told.iter().any(|t| t.contains("“2022”")), "{:?}", read.told);
}

/// In Hà Giang a district and a commune in it are both called Quản Bạ.
#[test]
fn the_kind_of_unit_in_a_heading_or_before_a_name_decides_between_units_of_one_name() {
    let district = ["population 029 2024 = 300", "population 028 2024 = 200"];
    let read = |rows: &str| read(&format!("DÂN SỐ TỈNH HÀ GIANG NĂM 2024\n{rows}"));
    for rows in [
        "Huyện | Tổng số\nQuản Bạ | 300\nYên Minh | 200",
        "Huyện, thành phố | Tổng số\nQuản Bạ | 300\nYên Minh | 200",
        "Địa bàn | Tổng số\nH. Quản Bạ | 300\nH. Yên Minh | 200",
        "TT | Địa phương | Tổng số\n1 | H.Quản Bạ | 300\n2 | H. Yên Minh | 200",
    ] {
        let read = read(rows);
        assert_eq!(read.facts, district, "{rows}: {:?}", read.told);
        assert!(read.told.is_empty(), "{rows}: {:?}", read.told);
    }
    let commune = read("Xã, thị trấn | Tổng số\nQuản Bạ | 300");
    assert_eq!(
        commune.facts,
        ["population 00898 2024 = 300"],
        "{:?}",
        commune.told
    );
    // A heading of several kinds decides nothing.
    let open = read("Huyện/xã | Tổng số\nQuản Bạ | 300\nYên Minh | 200");
    assert!(open.facts.is_empty(), "{:?}", open.facts);
    assert!(open.told[0].starts_with("place-ambiguous "), "{:?}", open.told);
}
