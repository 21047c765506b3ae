//! Labels as offices write them beside each other: "Khác" after named groups, "Toàn huyện" before its communes,
//! an age group that no figure needs, kinds of companies, remarks between counts.

use crate::made::{table, xlsx};
use crate::reading::{Read, context, read};

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
    // Over two rows of headings the groups stand beside each other all the same.
    let read_wide = read(
        "UBND HUYỆN NINH SƠN\nDÂN SỐ NĂM 2024\nTT | Xã | Kinh | | Raglai | | Dân tộc khác |\n | | Tổng số | Nữ | Tổng số | Nữ | Tổng số | Nữ\n\
         1 | Xã Lâm Sơn | 70 | 35 | 21 | 10 | 9 | 4",
    );
    assert_eq!(
        read_wide.facts[4], "population other-minority 22813 2024 = 9",
        "{:?}",
        read_wide.facts
    );
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

#[test]
fn a_total_of_a_list_that_says_its_count_is_no_person() {
    let read = read(
        "CÔNG AN HUYỆN NINH SƠN\nDANH SÁCH NẠN NHÂN BẠO LỰC GIA ĐÌNH NĂM 2024\nTT | Họ và tên | Giới tính | Năm sinh | Xã\n\
         1 | Nguyễn Thị A | Nữ | 1990 | Xã Lâm Sơn\n2 | Trần Thị B | Nữ | 1988 | Xã Lâm Sơn\n | Tổng cộng: 02 người | | |",
    );
    let women = read
        .facts
        .iter()
        .find(|f| f.starts_with("dv-victims female 16-59 22813"));
    assert_eq!(
        women.map(String::as_str),
        Some("dv-victims female 16-59 22813 2024 = 2"),
        "{:?} {:?}",
        read.facts,
        read.told
    );
}

#[test]
fn months_and_roman_quarters_are_parts_of_the_titles_year() {
    let read_months = read(
        "TRẠM Y TẾ XÃ LÂM SƠN, HUYỆN NINH SƠN\nSỐ TRẺ ĐẺ RA SỐNG NĂM 2024\nTháng | Tổng số | Nữ\nTháng 1 | 30 | 14\nTháng 2 | 20 | 11\nCộng | 50 | 25",
    );
    assert!(read_months.told.is_empty(), "{:?}", read_months.told);
    assert_eq!(
        read_months.facts[4], "live-births 22813 2024 = 50",
        "{:?}",
        read_months.facts
    );
    let quarters = read(
        "UBND HUYỆN NINH SƠN\nSỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024\nTT | Xã | I | II | III | IV\n1 | Xã Lâm Sơn | 4 | 5 | 6 | 7",
    );
    assert_eq!(
        quarters.facts,
        [1, 2, 3, 4].map(|q| format!("grassroots-news 22813 2024-Q{q} = {}", q + 3)),
        "{:?}",
        quarters.told
    );
}

#[test]
fn counts_of_the_reported_year_are_no_years() {
    let read = read(
        "UBND HUYỆN NINH SƠN\nDÂN SỐ NĂM 2024\nTT | Xã | Năm báo cáo\n1 | Xã Lâm Sơn | 2022\n2 | Xã Quảng Sơn | 2050",
    );
    assert_eq!(
        read.facts,
        ["population 22813 2024 = 2022", "population 22819 2024 = 2050"],
        "{:?}",
        read.told
    );
}

#[test]
fn a_bare_name_is_of_the_level_that_its_heading_says() {
    // Communes of these names came on 1 July 2025; the districts were in force in 2024.
    let districts = |heading: &str, period: &str| {
        let sheet = format!(
            "UBND TỈNH LAI CHÂU\nDÂN SỐ NĂM {period}\nTT | {heading} | Tổng số\n1 | Lai Châu | 100\n2 | Tam Đường | 200\n\
             3 | Than Uyên | 300\n4 | Mường Tè | 400\n5 | Phong Thổ | 500\n6 | Sìn Hồ | 600"
        );
        Read::of("a.xlsx", &xlsx(&[("S", &table(&sheet))]), &context("12", period))
    };
    let read = districts("Huyện, thành phố", "2024");
    assert_eq!(
        read.facts,
        [
            "population 105 2024 = 100",
            "population 106 2024 = 200",
            "population 110 2024 = 300",
            "population 107 2024 = 400",
            "population 109 2024 = 500",
            "population 108 2024 = 600",
        ],
        "{:?}",
        read.told
    );
    // After the reform they are told as units of another time, and are no communes.
    let read = districts("Huyện", "2026");
    assert!(
        read.facts
            .iter()
            .all(|f| !f.contains(" 03595 ") && !f.contains(" 12 ")),
        "{:?}",
        read.facts
    );
    assert!(!read.told.is_empty());
}

#[test]
fn a_star_never_swallows_a_no_nor_what_else_is_counted() {
    let counselled = |heading: &str| {
        let read = read(&format!(
            "CÔNG AN HUYỆN NINH SƠN\nNGƯỜI GÂY BẠO LỰC GIA ĐÌNH NĂM 2024\nTT | Xã | Tổng số | {heading}\n1 | Xã Lâm Sơn | 10 | 2"
        ));
        (read.facts, read.told)
    };
    let (facts, told) = counselled("Được tư vấn");
    assert_eq!(facts.len(), 2, "{told:?}");
    for heading in [
        "Chưa được tư vấn",
        "Không được tư vấn",
        "Không xử lý hình sự",
        "Đề nghị xử lý hình sự",
        "Số vụ xử lý hình sự",
    ] {
        let (facts, told) = counselled(heading);
        assert_eq!(facts, ["dv-perpetrators 22813 2024 = 10"], "{heading}");
        assert!(
            told.iter().any(|t| t.starts_with("unknown-column D3")),
            "{heading}: {told:?}"
        );
    }
}

#[test]
fn in_a_list_of_all_companies_a_kind_that_does_not_occur_is_none() {
    let read = read(
        "UBND HUYỆN NINH SƠN\nDANH SÁCH DOANH NGHIỆP, HỢP TÁC XÃ NĂM 2024\nTT | Tên doanh nghiệp | Loại hình | Giới tính giám đốc/chủ | Xã\n\
         1 | Công ty An Bình | Doanh nghiệp | Nữ | Xã Lâm Sơn\n2 | Hợp tác xã Tân Lập | Hợp tác xã | Nam | Xã Quảng Sơn",
    );
    for fact in [
        "enterprises enterprise 22813 2024 = 1",
        "enterprises cooperative 22813 2024 = 0",
        "enterprises enterprise 22819 2024 = 0",
        "enterprises-led-by-women cooperative 22819 2024 = 0",
    ] {
        assert!(
            read.facts.iter().any(|f| f == fact),
            "{fact}: {:?} {:?}",
            read.facts,
            read.told
        );
    }
}

#[test]
fn of_which_is_of_the_column_before_it() {
    let read = read(
        "UBND HUYỆN NINH SƠN\nDÂN SỐ NĂM 2024\nTT | Xã | Tổng số | Trong đó: nữ | Dân tộc thiểu số | Trong đó: nữ\n1 | Lâm Sơn | 1000 | 510 | 300 | 150",
    );
    assert_eq!(
        read.facts,
        [
            "population 22813 2024 = 1000",
            "population female 22813 2024 = 510",
            "population minority 22813 2024 = 300",
            "population female minority 22813 2024 = 150",
        ],
        "{:?}",
        read.told
    );
}

#[test]
fn an_estimate_in_brackets_is_no_figure_and_audiences_are_no_pupils() {
    let news = read(
        "UBND HUYỆN NINH SƠN\nSỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI TRÊN HỆ THỐNG THÔNG TIN CƠ SỞ NĂM 2024\nTT | Xã | Quý I | Quý II | Quý III | Quý IV (ước)\n1 | Lâm Sơn | 4 | 5 | 6 | 7",
    );
    assert_eq!(news.facts.len(), 3, "{:?}", news.facts);
    assert!(
        news.told.iter().any(|t| t.starts_with("unknown-column F3")),
        "{:?}",
        news.told
    );

    let reached = read(
        "UBND HUYỆN NINH SƠN\nSỐ NGƯỜI ĐƯỢC TIẾP CẬN KIẾN THỨC VỀ BÌNH ĐẲNG GIỚI NĂM 2024\nTT | Xã | Tổng số | Cán bộ, công chức | Học sinh\n1 | Lâm Sơn | 100 | 30 | 70",
    );
    assert_eq!(
        reached.facts,
        ["people-reached 22813 2024 = 100"],
        "{:?}",
        reached.told
    );
}
