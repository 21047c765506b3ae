//! Labels as offices write them beside each other: "Khác" after named groups, "Toàn huyện" before its communes,
//! an age group that no figure needs, kinds of companies, remarks between counts.

use crate::reading::read;

#[test]
fn other_groups_are_those_that_have_no_row_of_their_own() {
    for other in ["4. Khác", "4. Dân tộc khác", "4. Các dân tộc khác", "4. Còn lại"] {
        let read = read(&format!(
            "UBND xã Lâm Sơn, huyện Ninh Sơn\nDÂN SỐ NĂM 2024\nChỉ tiêu | Số người\nTổng dân số | 1000\n\
             Chia theo dân tộc |\n1. Kinh | 100\n2. Raglai | 500\n3. Chăm | 250\n{other} | 150"
        ));
        assert_eq!(
            read.facts,
            [
                "population 22813 2024 = 1000",
                "population kinh 22813 2024 = 100",
                "population ra-glai 22813 2024 = 500",
                "population cham 22813 2024 = 250",
                "population other-minority 22813 2024 = 150",
            ],
            "{other}: {:?}",
            read.told
        );
        assert!(read.told.is_empty(), "{:?}", read.told);
    }
}

#[test]
fn beside_kinh_alone_others_are_the_minorities() {
    for (headings, fact) in [
        ("Kinh | Dân tộc khác", "population minority 22813 2024 = 30"),
        ("Kinh | Khác", "population minority 22813 2024 = 30"),
        ("Kinh | Raglai | Khác", "population other-minority 22813 2024 = 9"),
        (
            "Kinh | Raglai | Dân tộc khác",
            "population other-minority 22813 2024 = 9",
        ),
    ] {
        let read = read(&format!(
            "UBND HUYỆN NINH SƠN\nDÂN SỐ NĂM 2024\nTT | Xã | Tổng số | {headings}\n1 | Xã Lâm Sơn | 100 | 70 | 30 | 9"
        ));
        assert!(
            read.facts.iter().any(|f| f == fact),
            "{headings}: {:?} {:?}",
            read.facts,
            read.told
        );
    }
    // Without a named group beside it, the word says nothing.
    let read =
        read("UBND HUYỆN NINH SƠN\nDÂN SỐ NĂM 2024\nTT | Xã | Tổng số | Khác\n1 | Xã Lâm Sơn | 100 | 30");
    assert_eq!(read.facts, ["population 22813 2024 = 100"]);
    assert_eq!(read.told.len(), 1, "{:?}", read.told);
}

#[test]
fn an_age_group_that_nothing_needs_is_no_fault() {
    for label in [
        "25+",
        "25 tuổi trở lên",
        "Từ 25 tuổi trở lên",
        "Trên 24 tuổi",
        "25-29 tuổi và hơn",
    ] {
        let read = read(&format!(
            "UBND xã Lâm Sơn, huyện Ninh Sơn\nDÂN SỐ CHIA THEO NHÓM TUỔI NĂM 2024\nNhóm tuổi | Tổng số | Nữ\n\
             0-4 | 100 | 48\n{label} | 610 | 300\nTổng số | 710 | 348"
        ));
        let understood = !label.contains("hơn");
        assert_eq!(read.told.is_empty(), understood, "{label}: {:?}", read.told);
        assert_eq!(read.facts.len(), 4, "{label}: {:?}", read.facts);
    }
}

#[test]
fn the_whole_unit_may_have_a_column_beside_its_parts() {
    let sheet = |whole: &str| {
        read(&format!(
            "UBND HUYỆN NINH SƠN\nTỔNG HỢP BẠO LỰC GIA ĐÌNH NĂM 2024\nTT | Chỉ tiêu | {whole} | Lâm Sơn | Quảng Sơn\n\
             1 | Số vụ BLGĐ | 9 | 2 | 7\n2 | Nạn nhân | 10 | 3 | 7"
        ))
    };
    let read = sheet("Toàn huyện");
    assert!(read.told.is_empty(), "{:?}", read.told);
    assert!(
        read.facts.contains(&"dv-cases 585 2024 = 9".to_owned()),
        "{:?}",
        read.facts
    );
    assert!(
        read.facts.contains(&"dv-cases 22813 2024 = 2".to_owned()),
        "{:?}",
        read.facts
    );
    // Another unit's whole is not this one's.
    let read = sheet("Toàn tỉnh");
    assert!(
        read.facts.iter().all(|f| !f.contains(" 585 ")),
        "{:?}",
        read.facts
    );
    assert_eq!(read.told.len(), 1, "{:?}", read.told);
}

#[test]
fn kinds_of_companies_are_details_of_the_companies() {
    let read = read(
        "UBND huyện Ninh Sơn\nSỐ DOANH NGHIỆP, HỢP TÁC XÃ CHIA THEO GIỚI TÍNH GIÁM ĐỐC/CHỦ\nNăm 2024\n\
         TT | Loại hình | Tổng số | Nam | Nữ\nI | Doanh nghiệp | 100 | 75 | 25\n1 | Công ty TNHH | 60 | 45 | 15\n\
         2 | Công ty cổ phần | 40 | 30 | 10\nII | Hợp tác xã | 50 | 40 | 10\n | Tổng cộng | 150 | 115 | 35",
    );
    assert_eq!(
        read.facts,
        [
            "enterprises enterprise 585 2024 = 100",
            "enterprises-led-by-women enterprise 585 2024 = 25",
            "enterprises cooperative 585 2024 = 50",
            "enterprises-led-by-women cooperative 585 2024 = 10",
            "enterprises 585 2024 = 150",
            "enterprises-led-by-women 585 2024 = 35",
        ],
        "{:?}",
        read.told
    );
    assert_eq!(read.told.len(), 1, "{:?}", read.told);
    assert!(
        read.told[0].starts_with("rows-taken-for-details"),
        "{:?}",
        read.told
    );
}

#[test]
fn a_count_with_a_remark_does_not_turn_its_column_into_remarks() {
    let read = read(
        "CÔNG AN HUYỆN NINH SƠN\nNGƯỜI GÂY BẠO LỰC GIA ĐÌNH NĂM 2024\nTT | Xã | Tổng số | Bị truy cứu trách nhiệm hình sự | Được tư vấn | Nội dung tư vấn\n\
         1 | Xã Lâm Sơn | 10 | 2 (án treo 1) | 6* | hai buổi\n2 | Xã Quảng Sơn | 5 | 1 | 2 | 3",
    );
    assert!(
        read.facts
            .contains(&"dv-perpetrators-counselled 22819 2024 = 2".to_owned()),
        "{:?} {:?}",
        read.facts,
        read.told
    );
    for cell in ["D4", "E4"] {
        assert!(
            read.told
                .iter()
                .any(|t| t.starts_with(&format!("not-a-number {cell}"))),
            "{:?}",
            read.told
        );
    }
}
