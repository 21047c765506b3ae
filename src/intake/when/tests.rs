//! Periods in titles and names.

use super::*;

fn code(when: When) -> String {
    when.period(false).map_or_else(
        || when.span.map_or("-".to_owned(), |s| format!("{s:?}")),
        Period::code,
    )
}

#[test]
fn titles_name_their_period() {
    for (line, expected) in [
        ("BÁO CÁO THỐNG KÊ NĂM 2024", "2024"),
        ("6 tháng đầu năm 2024", "2024-H1"),
        ("Báo cáo 6 tháng cuối năm 2024", "2024-H2"),
        ("Quý II/2024", "2024-Q2"),
        ("quý 3 năm 2024", "2024-Q3"),
        ("Năm học 2023 - 2024", "2023-2024"),
        ("Kỳ cuối năm học 2023–2024", "2023-2024"),
        ("năm học 23-24", "2023-2024"),
        ("Tháng 3/2024", "2024-M03"),
        ("Số liệu có đến 31/12/2024", "2024"),
        ("(tính đến ngày 30 tháng 6 năm 2025)", "2025-H1"),
        ("9 tháng năm 2024", "2024-9M"),
        ("Báo cáo 12 tháng năm 2024", "2024"),
        (
            "Ban hành theo Thông tư số 23/2011/TT-BVHTTDL ngày 30/12/2011",
            "-",
        ),
        ("Ninh Sơn, ngày 5 tháng 7 năm 2024", "-"),
        ("Ngày nhận báo cáo: 05 tháng 7 hàng năm", "-"),
        ("giai đoạn 2021-2030", "-"),
        ("Chiến lược 2021-2030", "-"),
        ("Kết quả năm 2024 so với năm 2023", "2024"),
        ("Kỳ đầu năm học", "-"),
        ("6 tháng đầu năm", "Half(1)"),
        ("Năm 2023 và năm 2024", "-"),
        ("Kết quả năm 2024, kế hoạch năm 2025", "2024"),
        ("Thực hiện Kế hoạch số 12 năm 2024", "2024"),
        ("Năm 2024 (so sánh với năm 2023)", "2024"),
        ("Học kỳ I năm học 2024-2025", "2024-2025"),
        ("6 tháng đầu năm và phương hướng 6 tháng cuối năm 2024", "2024-H1"),
        ("6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2024", "2024-H1"),
        ("Quý I và quý II năm 2024", "2024-H1"),
        ("QUÝ I, II NĂM 2024", "2024-H1"),
        ("Quý I+II/2024", "2024-H1"),
        ("Quý I - IV năm 2024", "2024"),
        ("2 quý đầu năm 2024", "2024-H1"),
        ("3 quý đầu năm 2024", "2024-9M"),
        ("Nửa cuối năm 2024", "2024-H2"),
        ("Từ tháng 01 đến tháng 6 năm 2024", "2024-H1"),
        ("Từ 01/01/2024 đến 30/6/2024", "2024-H1"),
        ("Từ ngày 15/12/2023 đến ngày 14/12/2024", "2024"),
        ("Từ tháng 9/2023 đến tháng 5/2024", "2023-2024"),
        ("Tháng 1-9 năm 2024", "2024-9M"),
        ("T6/2024", "2024-M06"),
        ("Kèm theo Báo cáo số 15/BC-UBND ngày 10/01/2025", "-"),
        ("Phụ lục 2 - Báo cáo số 15/BC-UBND ngày 10/01/2025", "-"),
        ("Ngày báo cáo: 15/01/2025", "-"),
        ("Hà Giang, ngày 10/01/2025", "-"),
        ("Biểu số 01/BC-X năm 2024", "2024"),
        ("Học sinh có đến 15/9/2024", "2024"),
    ] {
        assert_eq!(code(in_title(line)), expected, "{line}");
    }
}

#[test]
fn several_periods_without_a_choice_are_none() {
    let spans = |line: &str| several(line).map(|s| format!("{s:?}"));
    for (line, expected) in [
        ("Quý II và quý III năm 2024", "Spans(\"Q2, Q3\")"),
        ("Quý IV và cả năm 2024", "Spans(\"Q4, 2024\")"),
        (
            "Từ 15/3/2024 đến 20/8/2024",
            "Spans(\"tu 15 3 2024 den 20 8 2024\")",
        ),
        ("Năm 2023 và năm 2024", "Years(\"2023, 2024\")"),
    ] {
        assert_eq!(spans(line).as_deref(), Some(expected), "{line}");
    }
    assert_eq!(spans("Quý I và quý II năm 2024"), None);
    assert_eq!(in_name("Q2 va Q3-2024.xlsx"), When::default());
}

#[test]
fn a_day_that_nothing_introduces_counts_only_by_itself() {
    assert_eq!(code(in_title("(Số liệu ngày 15/9/2024)")), "-");
    assert_eq!(code(by_date("(Số liệu ngày 15/9/2024)")), "2024");
    assert_eq!(by_date("Báo cáo số 15/BC-UBND ngày 10/01/2025"), When::default());
}

#[test]
fn names_of_files_name_their_period() {
    for (name, expected) in [
        ("BC_xa-Lam-Son_2024.xlsx", "2024"),
        ("dv01 6T 2024 (1).xlsx", "2024-H1"),
        ("hoc-sinh-2023-2024.xls", "2023-2024"),
        ("tin bai quy 2-2024", "2024-Q2"),
        ("dv.xlsx", "-"),
    ] {
        assert_eq!(code(in_name(name)), expected, "{name}");
    }
}

#[test]
fn a_school_counts_in_autumn_for_the_year_that_ends_next() {
    let when = in_title("(có đến 30 tháng 9 năm 2023)");
    assert_eq!(when.period(true), Some(Period::school_year_ending(2024)));
}
