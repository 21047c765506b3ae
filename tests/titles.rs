//! What a title says of its table: nothing is counted as what it is not, because of a word in the title.

use crate::reading::{Read, read};

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
        ("Dân số tạm trú năm 2024", "tạm trú"),
        ("Số học sinh bỏ học năm học 2023-2024", "bỏ học"),
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
        let told = format!("title-unclear B2 “{title}”: “{words}” is not understood (");
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
