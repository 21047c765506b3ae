//! The form of results: rows that name an indicator, with its numerator and denominator.

use crate::reading::{Read, read};

const HEAD: &str = "KẾT QUẢ THỰC HIỆN MỘT SỐ CHỈ TIÊU VỀ BÌNH ĐẲNG GIỚI NĂM 2024\nHuyện Ninh Sơn";

fn results(rows: &[&str]) -> Read {
    let rows: Vec<String> = (rows.iter().enumerate())
        .map(|(i, row)| format!("{} | {row} | {} | {} | 50", i + 1, 3 + i, 6 + i))
        .collect();
    read(&format!(
        "{HEAD}\nSTT | Chỉ tiêu | Tử số | Mẫu số | Kết quả (%)\n{}",
        rows.join("\n")
    ))
}

#[test]
fn the_targets_of_the_strategy_are_known_in_the_words_of_the_resolution() {
    for (row, facts) in [
        (
            "Tỷ lệ các cơ quan quản lý nhà nước, chính quyền địa phương các cấp có lãnh đạo chủ chốt là nữ",
            ["agencies 585 2024 = 6", "agencies-with-woman-leader 585 2024 = 3"],
        ),
        (
            "Tỷ lệ lao động nữ làm công hưởng lương đạt khoảng 60% vào năm 2030",
            [
                "employed female 585 2024 = 6",
                "employed female wage 585 2024 = 3",
            ],
        ),
        (
            "Tỷ trọng lao động nữ làm việc trong khu vực nông nghiệp trong tổng số lao động nữ có việc làm",
            [
                "employed-by-sector female 585 2024 = 6",
                "employed-by-sector female agriculture 585 2024 = 3",
            ],
        ),
        (
            "Ty le nu giam doc/chu doanh nghiep, hop tac xa",
            [
                "enterprises 585 2024 = 6",
                "enterprises-led-by-women 585 2024 = 3",
            ],
        ),
        (
            "Nạn nhân bị mua bán trở về được phát hiện có nhu cầu hỗ trợ được hưởng các dịch vụ hỗ trợ và tái hòa nhập cộng đồng",
            [
                "trafficking-victims-in-need 585 2024 = 6",
                "trafficking-victims-served 585 2024 = 3",
            ],
        ),
        (
            "Tỷ số tử vong mẹ liên quan đến thai sản (trên 100.000 trẻ đẻ ra sống)",
            ["live-births 585 2024 = 6", "maternal-deaths 585 2024 = 3"],
        ),
        (
            "Tỷ lệ nữ học viên, học sinh, sinh viên được tuyển mới thuộc hệ thống giáo dục nghề nghiệp trên địa bàn huyện",
            [
                "vocational-entrants 585 2024 = 6",
                "vocational-entrants female 585 2024 = 3",
            ],
        ),
        (
            "Tỷ lệ nữ thạc sĩ trong tổng số người có trình độ thạc sĩ",
            [
                "degree-holders female master 585 2024 = 3",
                "degree-holders master 585 2024 = 6",
            ],
        ),
        (
            "Tỷ lệ dân số được tiếp cận kiến thức cơ bản về bình đẳng giới",
            ["people-reached 585 2024 = 3", "population 585 2024 = 6"],
        ),
    ] {
        let mut read = results(&[row]);
        read.facts.sort();
        assert_eq!(read.facts, facts, "{row}: {:?}", read.told);
    }
}

#[test]
fn rows_of_other_indicators_are_told_and_never_taken_for_one_of_ours() {
    let others = [
        "Tỷ lệ nữ trong số công chức tuyển mới",
        "Tỷ lệ lao động nữ khu vực nông nghiệp được đào tạo nghề",
        "Tỷ lệ lao động nam làm việc trong khu vực nông nghiệp",
        "Tỷ lệ lao động khu vực nông nghiệp",
        "Tỷ lệ cơ sở trợ giúp xã hội ngoài công lập được cấp phép",
        "Tỷ lệ vụ án mua bán người được xét xử",
        "Tỷ lệ nữ giám đốc sở",
        "Tỷ lệ hộ gia đình cam kết không bạo lực",
        "Tỷ lệ học sinh tiếp cận kiến thức về sức khỏe sinh sản",
        "Tỷ lệ nữ tiến sĩ trong số giảng viên",
        "Tỷ lệ cơ quan báo chí có chuyên mục về gia đình",
        "Tỷ lệ ca tử vong mẹ được thẩm định",
        "Tỷ lệ hộ nghèo do nữ làm chủ hộ",
        "Tỷ lệ nữ tham gia cấp ủy cấp xã",
        "Tỷ lệ thạc sĩ",
    ];
    let read = results(&others);
    assert_eq!(read.facts, [] as [&str; 0], "{:?}", read.told);
    let told = read.told.iter().filter(|t| t.starts_with("unknown-row")).count();
    assert_eq!(told, others.len(), "{:?}", read.told);
}

#[test]
fn the_unit_of_the_result_is_not_that_of_its_numerator_and_denominator() {
    let read = read(&format!(
        "{HEAD}\nSTT | Chỉ tiêu | Đơn vị tính | Tử số | Mẫu số | Kết quả\n\
         1 | Tỷ lệ dân số được tiếp cận kiến thức cơ bản về bình đẳng giới | % | 70000 | 100000 | 70\n\
         2 | Tỷ lệ nữ thạc sĩ | % | 500 | 1000 | 50"
    ));
    assert_eq!(
        read.facts,
        [
            "people-reached 585 2024 = 70000",
            "population 585 2024 = 100000",
            "degree-holders female master 585 2024 = 500",
            "degree-holders master 585 2024 = 1000",
        ],
        "{:?}",
        read.told
    );
}
