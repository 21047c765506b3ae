//! What stands in a table and is no part of its measure: rates, private facilities, short courses, totals
//! of a list. None of it becomes a figure, and no total that includes it does.

use crate::made::{bdg, put, table, tidy, xlsx};
use crate::reading::read;

const HOURS: &str =
    "SỐ GIỜ TRUNG BÌNH LÀM CÔNG VIỆC NỘI TRỢ VÀ CHĂM SÓC KHÔNG ĐƯỢC TRẢ CÔNG TỈNH NINH THUẬN NĂM 2024";

#[test]
fn a_rate_among_the_sexes_is_no_figure() {
    for rate in [
        "Tỷ lệ nữ/nam (lần)",
        "Tỷ số nữ/nam",
        "Chênh lệch (lần)",
        "Nữ so với nam",
    ] {
        for heading in ["Giới tính", "Chỉ tiêu"] {
            let read = read(&format!(
                "{HOURS}\n{heading} | Số giờ/tuần\nChung | 14,2\nNam | 9,1\nNữ | 19,3\n{rate} | 2,12"
            ));
            assert_eq!(
                read.facts,
                [
                    "unpaid-hours 58 2024 = 142000",
                    "unpaid-hours male 58 2024 = 91000",
                    "unpaid-hours female 58 2024 = 193000",
                ],
                "{heading}, {rate}: {:?}",
                read.told
            );
            assert!(read.told.is_empty(), "{:?}", read.told);
        }
    }
}

#[test]
fn two_numbers_for_one_figure_in_a_file_are_told_with_both_cells() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = table(&format!(
        "{HOURS}\nGiới tính | Số giờ\nNam | 9,1\nNữ | 19,3\nNữ | 18,3"
    ));
    put(folder.path(), "nhan/gio.xlsx", xlsx(&[("S", &sheet)]));
    put(
        folder.path(),
        "bdg.toml",
        "locality = \"58\"\nperiod = \"2024\"\n",
    );
    let ran = bdg(
        folder.path(),
        &["check", "nhan", "--format", "json", "--lang", "en"],
    );
    let lines = ran.json();
    let told = lines.iter().find(|l| l["name"] == "twice-in-file").unwrap();
    assert_eq!(told["cell"], "B5");
    assert_eq!(told["expected"], "one figure (the other cell: B4)");
}

const FACILITIES: &str = "DANH SÁCH CƠ SỞ TRỢ GIÚP XÃ HỘI CÔNG LẬP TỈNH NINH THUẬN NĂM 2024";

fn counted(rows: &str) -> (usize, usize, Vec<String>) {
    let read = read(&format!("{FACILITIES}\n{rows}"));
    let of = |measure: &str| {
        let facts = read
            .facts
            .iter()
            .filter(|f| f.starts_with(&format!("{measure} ")));
        facts.filter(|f| f.ends_with("= 1")).count()
    };
    (of("social-facilities"), of("social-facilities-gbv"), read.told)
}

#[test]
fn facilities_that_are_not_public_are_not_counted() {
    let heads = "TT | Tên cơ sở | Loại hình | Triển khai hoạt động";
    let (all, active, told) = counted(&format!(
        "{heads}\n1 | Trung tâm A | Công lập | Có\n2 | Trung tâm B | Công lập | Không\n3 | Cơ sở C | Ngoài công lập | Có\n4 | Mái ấm D | Tư nhân | Có"
    ));
    assert_eq!((all, active, told), (2, 1, vec![]));
    // A word that says neither is told, and its row is in no count.
    let (all, active, told) = counted(&format!(
        "{heads}\n1 | Trung tâm A | Công lập | Có\n2 | Trung tâm B | Công lập | Không\n3 | Cơ sở C | Hỗn hợp | Có"
    ));
    assert_eq!((all, active), (2, 1));
    assert!(
        told.iter().all(|t| t.starts_with("answer-unknown C5 “Hỗn hợp”")),
        "{told:?}"
    );
    assert!(!told.is_empty());
}

#[test]
fn kinds_of_facilities_say_nothing_of_their_owner() {
    let (all, active, told) = counted(
        "TT | Tên cơ sở | Loại hình | Triển khai hoạt động\n1 | Trung tâm A | Cơ sở bảo trợ tổng hợp | Có\n2 | Trung tâm B | Trung tâm công tác xã hội | Không",
    );
    assert_eq!((all, active, told), (2, 1, vec![]));
    let (all, active, told) =
        counted("TT | Tên cơ sở | Triển khai hoạt động\n1 | Trung tâm A | Có\n2 | Trung tâm B | Không");
    assert_eq!((all, active, told), (2, 1, vec![]));
}

const STATIONS: &str = "ĐÀI PHÁT THANH, TRUYỀN HÌNH CÓ CHUYÊN MỤC BÌNH ĐẲNG GIỚI HÀNG THÁNG TỈNH NINH THUẬN NĂM 2024\nTT | Tên đài | Tháng 1 | Tháng 2 | Tháng 3 | Tháng 4 | Tháng 5 | Tháng 6 | Tháng 7 | Tháng 8 | Tháng 9 | Tháng 10 | Tháng 11 | Tháng 12";

#[test]
fn the_total_of_a_list_is_compared_and_not_counted() {
    let months = |n: u8| vec![n.to_string(); 12].join(" | ");
    let rows = |total: u8| {
        let (one, two, total) = (months(1), months(2), months(total));
        read(&format!(
            "{STATIONS}\n1 | Đài PTTH tỉnh | {one}\n2 | Đài TT-TH số 2 | {two}\n | Tổng cộng | {total}"
        ))
    };
    let right = rows(3);
    let stations = right.facts.iter().filter(|f| f.starts_with("stations "));
    assert_eq!(stations.count(), 2, "{:?}", right.facts);
    assert!(right.told.is_empty(), "{:?}", right.told);
    let account = right.reading.sheets[0].account.clone();
    assert_eq!(account.checked, 12);
    let of_month = |m: u8| {
        let column = char::from(b'B' + m);
        format!("total-row-differs {column}5 “Tổng cộng”: Tháng {m}: 4 ≠ 3 (0)")
    };
    let wrong = rows(4)
        .told
        .into_iter()
        .collect::<std::collections::BTreeSet<_>>();
    assert_eq!(wrong, (1..=12).map(of_month).collect());
}

const COURSES: &str = "KẾT QUẢ TUYỂN SINH GIÁO DỤC NGHỀ NGHIỆP TỈNH NINH THUẬN NĂM 2024";

fn entrants(rows: &str) -> (Vec<String>, Vec<String>) {
    let read = read(&format!("{COURSES}\n{rows}"));
    let all = read.facts.iter().filter(|f| {
        f.starts_with("vocational-entrants 58 ") || f.starts_with("vocational-entrants female 58 ")
    });
    (all.cloned().collect(), read.told)
}

#[test]
fn a_total_with_short_courses_is_not_the_total() {
    let parts =
        "Trình độ đào tạo | Tổng số | Nữ\nCao đẳng | 100 | 40\nTrung cấp | 200 | 90\nSơ cấp | 300 | 100";
    let (all, told) = entrants(&format!(
        "{parts}\nĐào tạo dưới 3 tháng | 50 | 20\nTổng cộng | 650 | 250"
    ));
    assert!(all.is_empty(), "{all:?}");
    assert_eq!(
        told,
        ["total-includes-others B7 “Tổng cộng” includes “Đào tạo dưới 3 tháng”: 650 = 600 + 50 (0)"]
    );
    // A total without them stays.
    let (all, told) = entrants(&format!(
        "{parts}\nTổng cộng | 600 | 230\nĐào tạo dưới 3 tháng | 50 | 20"
    ));
    assert_eq!(all.len(), 2, "{told:?}");
    assert!(told.is_empty(), "{told:?}");
    // Without all of its parts the total cannot be taken apart.
    for rows in [
        "Chỉ tiêu | Tổng số | Nữ\nTổng cộng | 650 | 250\nTrong đó: Đào tạo dưới 3 tháng | 50 | 20",
        "Chỉ tiêu | Tổng số | Nữ\nTổng số | 650 | 250\nCao đẳng | 100 | 40\nTrung cấp | 200 | 90\nSơ cấp và dưới 3 tháng | 350 | 120",
    ] {
        let (all, told) = entrants(rows);
        assert!(all.is_empty(), "{all:?}");
        assert!(
            told[0].starts_with("total-not-apart B3 ") && told[0].ends_with("(2)"),
            "{told:?}"
        );
        assert_eq!(told.len(), 1, "{told:?}");
    }
}

#[test]
fn a_column_of_totals_with_short_courses_is_not_the_total() {
    let heads = "Chỉ tiêu | Tổng số | Cao đẳng | Trung cấp | Sơ cấp | Dưới 3 tháng";
    let (all, told) = entrants(&format!(
        "{heads}\nTuyển sinh | 650 | 100 | 200 | 300 | 50\nNữ | 250 | 40 | 90 | 100 | 20"
    ));
    assert!(all.is_empty(), "{all:?}");
    assert_eq!(
        told,
        ["total-includes-others B3 “Tổng số” includes “Dưới 3 tháng”: 650 = 600 + 50 (0)"]
    );
}

/// (40 + 90 + 100) / (100 + 200 + 300) by hand; with the short courses it would be 250 / 650.
#[test]
fn the_share_of_women_is_of_the_courses_that_count() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = table(&format!(
        "{COURSES}\nTrình độ đào tạo | Tổng số | Nữ\nCao đẳng | 100 | 40\nTrung cấp | 200 | 90\nSơ cấp | 300 | 100\nĐào tạo dưới 3 tháng | 50 | 20\nTổng cộng | 650 | 250"
    ));
    put(folder.path(), "nhan/gdnn.xlsx", xlsx(&[("S", &sheet)]));
    let ran = bdg(
        folder.path(),
        &["report", "nhan", "-l", "58", "-p", "2024", "-o", "kq.xlsx"],
    );
    assert_eq!(ran.code, 0, "{}", ran.out);
    let rows = tidy(&folder.path().join("kq.csv"));
    let row = rows.iter().find(|r| {
        r["indicator_id"] == "5.3"
            && r["period"] == "2024"
            && r["locality_code"] == "58"
            && r["group"].is_empty()
    });
    let row = row.unwrap();
    assert_eq!(
        (row["numerator"].as_str(), row["denominator"].as_str()),
        ("230", "600")
    );
}

#[test]
fn leaders_counted_as_persons_are_no_agencies() {
    let title = "SỐ LƯỢNG LÃNH ĐẠO CHỦ CHỐT LÀ NỮ NĂM 2024";
    for heads in [
        "Xã | Tổng số lãnh đạo chủ chốt | Trong đó: Nữ",
        "Đơn vị | Tổng số | Nữ",
    ] {
        let read = read(&format!(
            "{title}\n{heads}\nXã Lâm Sơn | 5 | 2\nXã Quảng Sơn | 5 | 1"
        ));
        assert!(read.facts.is_empty(), "{:?}", read.facts);
        assert_eq!(read.told.len(), 1, "{:?}", read.told);
        assert!(
            read.told[0].starts_with("table-not-used A2 4 cells"),
            "{:?}",
            read.told
        );
    }
    let agencies = read(&format!(
        "{title}\nXã | Số cơ quan | Có lãnh đạo chủ chốt là nữ\nXã Lâm Sơn | 2 | 1\nXã Quảng Sơn | 2 | 2"
    ));
    assert_eq!(agencies.facts.len(), 4, "{:?}", agencies.told);
}

/// Two news items and two articles in every quarter are four items in each.
#[test]
fn news_and_articles_counted_apart_are_added() {
    let folder = tempfile::tempdir().unwrap();
    let cells = ["2 | 2"; 4].join(" | ");
    let heads =
        "Xã | Quý I | | Quý II | | Quý III | | Quý IV |\n | Tin | Bài | Tin | Bài | Tin | Bài | Tin | Bài";
    let sheet = table(&format!(
        "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024\n{heads}\nXã Lâm Sơn | {cells}"
    ));
    put(folder.path(), "nhan/tin.xlsx", xlsx(&[("S", &sheet)]));
    let ran = bdg(
        folder.path(),
        &["report", "nhan", "-l", "585", "-p", "2024", "-o", "kq.xlsx"],
    );
    let rows = tidy(&folder.path().join("kq.csv"));
    let row = rows.iter().find(|r| {
        r["indicator_id"] == "6.3"
            && r["period"] == "2024"
            && r["locality_code"] == "22813"
            && r["group"].is_empty()
    });
    let row = row.unwrap_or_else(|| panic!("{}{}", ran.out, ran.err));
    assert_eq!(
        (row["numerator"].as_str(), row["denominator"].as_str()),
        ("1", "1")
    );
    assert!(!ran.out.contains("reported-twice"), "{}", ran.out);
}

#[test]
fn the_total_over_districts_and_their_communes_adds_the_districts() {
    let rows = |total: u32| {
        read(&format!(
            "DÂN SỐ TỈNH NINH THUẬN NĂM 2024\nSTT | Đơn vị | Tổng số\nI | Huyện Ninh Sơn | 300\n1 | Xã Lâm Sơn | 100\n2 | Xã Quảng Sơn | 200\nII | Huyện Ninh Hải | 50\n1 | Xã Nhơn Hải | 50\n | Toàn tỉnh | {total}"
        ))
    };
    assert!(rows(350).told.is_empty(), "{:?}", rows(350).told);
    assert_eq!(rows(700).told.len(), 1, "{:?}", rows(700).told);
}
