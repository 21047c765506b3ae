//! What a title says of its table: nothing is counted as what it is not, because of a word in the title.

use crate::made::{Table, table, xlsx};
use crate::reading::{Read, read, read_as};

/// A sheet whose columns name no measure, under this title.
fn titled(title: &str) -> Read {
    read(&format!(
        "UBND HUYỆN NINH SƠN\n{title}\nTT | Xã | Tổng số | Nữ\n1 | Xã Lâm Sơn | 30 | 15\n2 | Xã Quảng Sơn | 20 | 11"
    ))
}

#[test]
fn a_title_that_only_names_the_measure_is_enough() {
    for (title, fact) in [
        ("Dân số năm 2024", "population 22813 2024 = 30"),
        (
            "TỔNG HỢP DÂN SỐ CÁC XÃ, THỊ TRẤN CHIA THEO GIỚI TÍNH, DÂN TỘC NĂM 2024",
            "population 22813 2024 = 30",
        ),
        (
            "Báo cáo dân số huyện Ninh Sơn có đến 31/12/2024",
            "population 22813 2024 = 30",
        ),
        (
            "Dân số trung bình tỉnh Ninh Thuận năm 2024",
            "population 22813 2024 = 30",
        ),
        ("Số học sinh đầu năm học 2023-2024", "pupils 22813 2023-2024 = 30"),
        ("Nạn nhân bạo lực gia đình năm 2024", "dv-victims 22813 2024 = 30"),
        (
            "Người bị bạo lực gia đình được phát hiện năm 2024",
            "dv-victims 22813 2024 = 30",
        ),
        (
            "Số nạn nhân được hỗ trợ năm 2024",
            "dv-victims-served 22813 2024 = 30",
        ),
        ("II. Dân số năm 2024", "population 22813 2024 = 30"),
        ("B. DÂN SỐ NĂM 2024", "population 22813 2024 = 30"),
        ("a) Dân số năm 2024", "population 22813 2024 = 30"),
        ("Bảng 1a: Dân số năm 2024", "population 22813 2024 = 30"),
        ("PHẦN I. DÂN SỐ NĂM 2024", "population 22813 2024 = 30"),
    ] {
        let read = titled(title);
        assert_eq!(
            read.facts.first().map(String::as_str),
            Some(fact),
            "{title}: {:?}",
            read.told
        );
    }
}

#[test]
fn a_title_that_says_more_is_asked() {
    for (title, words) in [
        ("Dân số có bảo hiểm y tế năm 2024", "bảo hiểm"),
        ("DÂN SỐ ĐƯỢC SỬ DỤNG NƯỚC SẠCH NĂM 2024", "được sử dụng nước sạch"),
        ("Dân số trong độ tuổi lao động năm 2024", "lao động"),
        ("Dân số tạm trú năm 2024", "tạm"),
        ("Số học sinh bỏ học năm học 2023-2024", "bỏ học"),
        ("Kết quả tốt nghiệp giáo dục nghề nghiệp năm 2024", "tốt nghiệp"),
        (
            "Số người được tiếp cận kiến thức về phòng chống bạo lực gia đình năm 2024",
            "chống bạo lực gia đình",
        ),
        ("Số học sinh khuyết tật năm học 2023-2024", "khuyết tật"),
        (
            "SỐ HỌC SINH CHƯA HOÀN THÀNH CHƯƠNG TRÌNH TIỂU HỌC NĂM HỌC 2023-2024",
            "chưa",
        ),
        ("Số tin, bài về an toàn giao thông năm 2024", "an toàn giao thông"),
        (
            "Người gây bạo lực gia đình bị khởi tố hình sự năm 2024",
            "bị khởi tố",
        ),
        (
            "NẠN NHÂN BẠO LỰC GIA ĐÌNH CHƯA ĐƯỢC HỖ TRỢ NĂM 2024",
            "chưa được hỗ trợ",
        ),
        (
            "Lao động làm việc trong doanh nghiệp, hợp tác xã năm 2024",
            "lao động làm việc",
        ),
    ] {
        let read = titled(title);
        assert!(read.facts.is_empty(), "{title}: {:?}", read.facts);
        // A word after the first may be known by itself ("trú" of "nội trú").
        let first = words.split(' ').next().unwrap();
        let told = format!("title-unclear B2 “{title}”: “{first}");
        let lines: Vec<&String> = read
            .told
            .iter()
            .filter(|t| t.starts_with("title-unclear"))
            .collect();
        assert!(
            lines
                .iter()
                .all(|t| t.contains(&told["title-unclear B2 ".len()..])),
            "{told} in {:?}",
            read.told
        );
        assert!(!lines.is_empty(), "{title}: {:?}", read.told);
    }
}

#[test]
fn another_measure_than_the_forms_is_never_taken_for_it() {
    let births = titled("Số phụ nữ đẻ năm 2024");
    assert_eq!(
        births.facts,
        ["deliveries 22813 2024 = 30", "deliveries 22819 2024 = 20"]
    );
    let plan = read(
        "KẾ HOẠCH TUYỂN SINH GIÁO DỤC NGHỀ NGHIỆP NĂM 2024\nHuyện Ninh Sơn\nTT | Trình độ | Tổng số | Nữ\n1 | Trung cấp | 30 | 15",
    );
    assert!(
        plan.facts.is_empty() && plan.told[0].contains("“kế hoạch”"),
        "{:?} {:?}",
        plan.facts,
        plan.told
    );
}

#[test]
fn a_group_in_the_title_limits_the_table() {
    let facts = |title: &str| titled(title).facts.swap_remove(0);
    assert_eq!(
        facts("Dân số dân tộc thiểu số năm 2024"),
        "population minority 22813 2024 = 30"
    );
    assert_eq!(
        facts("Số học sinh lớp 1 năm học 2023-2024"),
        "pupils grade-1 22813 2023-2024 = 30"
    );
    assert_eq!(
        facts("Dân số từ 15 tuổi trở lên năm 2024"),
        "population 15+ 22813 2024 = 30"
    );
}

#[test]
fn the_number_of_a_letter_is_no_period() {
    for line in [
        "(Kèm theo Báo cáo số 15/BC-UBND ngày 10/01/2025)",
        "Báo cáo số 15/BC-UBND ngày 10/01/2025 của UBND huyện",
        "Ngày báo cáo: 15/01/2025",
        "Ninh Sơn, ngày 10/01/2025",
    ] {
        let read = titled(&format!("Dân số năm 2024\n{line}"));
        assert_eq!(
            read.facts[0], "population 22813 2024 = 30",
            "{line}: {:?}",
            read.told
        );
    }
}

#[test]
fn two_quarters_make_a_half_and_others_are_asked() {
    let half = titled("Nạn nhân bạo lực gia đình quý I và quý II năm 2024");
    assert_eq!(half.facts[0], "dv-victims 22813 2024-H1 = 30", "{:?}", half.told);
    let odd = titled("Nạn nhân bạo lực gia đình quý II và quý III năm 2024");
    assert!(odd.facts.is_empty(), "{:?}", odd.facts);
    assert!(
        odd.told.iter().all(|t| t.starts_with("period-ambiguous")),
        "{:?}",
        odd.told
    );
}

#[test]
fn a_year_that_has_not_begun_is_refused() {
    let read = titled("Dân số năm 2042");
    assert!(read.facts.is_empty());
    assert!(
        read.told.iter().any(|t| t.contains("period-ahead")),
        "{:?}",
        read.told
    );
}

#[test]
fn thousands_are_never_read_by_the_notation_of_a_rate() {
    let read = read(
        "KẾT QUẢ THỰC HIỆN CHỈ TIÊU BÌNH ĐẲNG GIỚI NĂM 2024\nHuyện Ninh Sơn\nTT | Chỉ tiêu | Tử số | Mẫu số | Tỷ lệ %\n\
         1 | Dân số được tiếp cận kiến thức | '500.000 | '880.000 | '56.8",
    );
    assert_eq!(
        read.facts,
        ["people-reached 585 2024 = 500000", "population 585 2024 = 880000"],
        "{:?}",
        read.told
    );
}

#[test]
fn figures_in_words_are_told_and_cost_no_other() {
    let read = read(
        "UBND HUYỆN NINH SƠN\nDÂN SỐ ĐƯỢC TIẾP CẬN KIẾN THỨC CƠ BẢN VỀ BÌNH ĐẲNG GIỚI NĂM 2024\nTT | Xã | Tổng số\n\
         1 | Xã Lâm Sơn | khoảng 450\n2 | Xã Quảng Sơn | 600*\n3 | Xã Mỹ Sơn | 250",
    );
    assert_eq!(read.facts, ["people-reached 22822 2024 = 250"], "{:?}", read.told);
    let cells: Vec<&str> = read
        .told
        .iter()
        .filter(|t| t.starts_with("not-a-number"))
        .map(|t| &t[13..15])
        .collect();
    assert_eq!(cells, ["C4", "C5"], "{:?}", read.told);
}

#[test]
fn a_measure_of_the_title_outweighs_that_of_the_form_unless_a_heading_names_it() {
    let facts = |headings: &str| {
        read(&format!(
            "UBND HUYỆN NINH SƠN\nSỐ DOANH NGHIỆP, HỢP TÁC XÃ DO NỮ LÀM CHỦ NĂM 2024\nTT | Xã | {headings}\n1 | Xã Lâm Sơn | 30 | 15"
        ))
        .facts
    };
    assert_eq!(facts("Số lượng"), ["enterprises-led-by-women 22813 2024 = 30"]);
    assert_eq!(
        facts("Tổng số | Do nữ làm chủ"),
        [
            "enterprises 22813 2024 = 30",
            "enterprises-led-by-women 22813 2024 = 15"
        ]
    );
}

#[test]
fn a_level_of_school_limits_the_total_and_leaves_its_grades() {
    let read = read(
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN NINH SƠN\nTHỐNG KÊ HỌC SINH TIỂU HỌC NĂM HỌC 2023-2024\nTT | Xã | Tổng số học sinh | Lớp 1 | Lớp 5\n\
         1 | Xã Lâm Sơn | 300 | 60 | 58",
    );
    assert_eq!(
        read.facts,
        [
            "pupils primary 22813 2023-2024 = 300",
            "pupils grade-1 22813 2023-2024 = 60",
            "pupils grade-5 22813 2023-2024 = 58",
        ],
        "{:?}",
        read.told
    );
}

#[test]
fn parts_of_a_year_are_found_however_a_title_says_them() {
    for (when, period) in [
        ("(tính đến ngày 15/6/2024)", "2024-H1"),
        ("ĐẾN NGÀY 15 THÁNG 6 NĂM 2024", "2024-H1"),
        ("KỲ 1 NĂM 2024", "2024-H1"),
        ("KỲ II/2024", "2024-H2"),
        ("LŨY KẾ ĐẾN THÁNG 6/2024", "2024-H1"),
        ("ĐẾN HẾT QUÝ III NĂM 2024", "2024-9M"),
        ("QUÍ 3 NĂM 2024", "2024-Q3"),
        ("SƠ KẾT 6 THÁNG ĐẦU NĂM 2024", "2024-H1"),
    ] {
        let read = titled(&format!("NẠN NHÂN BẠO LỰC GIA ĐÌNH {when}"));
        let wanted = format!("dv-victims 22813 {period} = 30");
        assert_eq!(read.facts.first(), Some(&wanted), "{when}: {:?}", read.told);
    }
    let courses = titled("SỐ HỌC VIÊN ĐÀO TẠO NGHỀ DƯỚI 3 THÁNG NĂM 2024");
    assert!(
        courses.facts.iter().all(|f| !f.contains("Q1")),
        "{:?}",
        courses.facts
    );
}

#[test]
fn the_name_of_a_sheet_or_file_says_which_part_of_the_titles_year() {
    let sheet = |title: &str| {
        table(&format!(
            "UBND HUYỆN NINH SƠN\nNẠN NHÂN BẠO LỰC GIA ĐÌNH {title}\nTT | Xã | Tổng số\n1 | Xã Lâm Sơn | 2"
        ))
    };
    let of_year = sheet("NĂM 2024");
    let quarters: Vec<String> = ["I", "II", "III", "IV"]
        .iter()
        .map(|q| format!("Quý {q}"))
        .collect();
    let book: Vec<(&str, &Table)> = quarters.iter().map(|name| (name.as_str(), &of_year)).collect();
    let read = read_as("a.xlsx", &xlsx(&book), Some("2024"));
    let wanted = [1, 2, 3, 4].map(|q| format!("dv-victims 22813 2024-Q{q} = 2"));
    assert_eq!(read.facts, wanted, "{:?}", read.told);

    let named = |file: &str, title: &str| {
        let bytes = xlsx(&[("Sheet1", &sheet(title))]);
        read_as(file, &bytes, Some("2024")).facts.swap_remove(0)
    };
    assert_eq!(
        named("6 thang cuoi nam 2024.xlsx", "NĂM 2024"),
        "dv-victims 22813 2024-H2 = 2"
    );
    // What the title says itself holds, another year does not narrow it, and a month is when the file was written.
    for (file, title) in [
        ("quy 1.xlsx", "CẢ NĂM 2024"),
        ("quy 1 nam 2025.xlsx", "NĂM 2024"),
        ("thang 12.xlsx", "NĂM 2024"),
    ] {
        assert_eq!(named(file, title), "dv-victims 22813 2024 = 2", "{file}");
    }
}
