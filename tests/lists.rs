//! Lists whose rows are counted, through the whole program: several lists of one place, answers that nobody
//! can read, bodies of different levels. Expected figures are counted by hand from the rows below.

use std::collections::BTreeMap;

use crate::made::{Ran, bdg, put, table, tidy, xlsx};

type Figures = BTreeMap<(String, String), String>;

/// The report on a province of 2026 or a district of 2024: `numerator / denominator` by indicator and place.
fn report(place: &str, year: &str, files: &[(&str, Vec<u8>)]) -> (Ran, Figures) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        put(folder.path(), &format!("nhan/{name}"), bytes);
    }
    let words = [
        "report", "nhan", "-l", place, "-p", year, "--format", "json", "-o", "kq.xlsx",
    ];
    let ran = bdg(folder.path(), &words);
    let rows = tidy(&folder.path().join("kq.csv")).into_iter();
    let rows = rows.filter(|r| r["period"] == year && r["group"].is_empty());
    let figures = rows.map(|r| {
        let of = |key: &str| r[key].as_str();
        let key = (of("indicator_id").to_owned(), of("locality_code").to_owned());
        (key, format!("{} / {}", of("numerator"), of("denominator")))
    });
    (ran, figures.collect())
}

fn has(figures: &Figures, indicator: &str, place: &str, wanted: &str) {
    let found = &figures[&(indicator.to_owned(), place.to_owned())];
    assert_eq!(found, wanted, "{indicator} {place}");
}

fn sheet(text: &str) -> Vec<u8> {
    xlsx(&[("S", &table(text))])
}

const COMPANIES: &str = "STT | Tên | Loại hình | Địa chỉ | Giới tính giám đốc/chủ";

/// Phường Đoàn Kết has the code 03388.
fn companies(sender: &str, rows: &str) -> Vec<u8> {
    sheet(&format!(
        "{sender}\nDANH SÁCH DOANH NGHIỆP, HỢP TÁC XÃ NĂM 2026\n{COMPANIES}\n{rows}"
    ))
}

#[test]
fn two_lists_of_one_commune_add_up_and_a_company_in_both_counts_once() {
    let first = companies(
        "SỞ TÀI CHÍNH TỈNH LAI CHÂU",
        "1 | Công ty A | Doanh nghiệp | Phường Đoàn Kết | Nữ\n2 | Công ty B | Doanh nghiệp | Phường Đoàn Kết | Nữ\n3 | HTX C | Hợp tác xã | Phường Đoàn Kết | Nam",
    );
    let second = companies(
        "LIÊN MINH HỢP TÁC XÃ TỈNH LAI CHÂU",
        "1 | HTX D | Hợp tác xã | Phường Đoàn Kết | Nam\n2 | HTX E | Hợp tác xã | Phường Đoàn Kết | Nữ\n3 | HTX F | Hợp tác xã | Phường Đoàn Kết | Nữ",
    );
    let (_, apart) = report("12", "2026", &[("a.xlsx", first.clone()), ("b.xlsx", second)]);
    has(&apart, "2.3", "12", "4 / 6");

    let overlapping = companies(
        "LIÊN MINH HỢP TÁC XÃ TỈNH LAI CHÂU",
        "1 | Hợp tác xã C | Hợp tác xã | Phường Đoàn Kết | Nam\n2 | HTX E | Hợp tác xã | Phường Đoàn Kết | Nữ",
    );
    let (_, once) = report("12", "2026", &[("a.xlsx", first), ("b.xlsx", overlapping)]);
    has(&once, "2.3", "12", "3 / 4");
}

#[test]
fn companies_of_two_lists_without_a_kind_are_told_apart_by_name() {
    let list = |rows: &str| {
        sheet(&format!(
            "SỞ TÀI CHÍNH TỈNH LAI CHÂU\nDANH SÁCH DOANH NGHIỆP, HỢP TÁC XÃ NĂM 2026\nSTT | Tên | Địa chỉ | Giới tính giám đốc/chủ\n{rows}"
        ))
    };
    let first = list("1 | Công ty A | Phường Đoàn Kết | Nữ\n2 | HTX B | Phường Đoàn Kết | Nam");
    let second = list("1 | HTX B | Phường Đoàn Kết | Nam\n2 | Công ty C | Phường Đoàn Kết | Nữ");
    let (_, figures) = report("12", "2026", &[("a.xlsx", first), ("b.xlsx", second)]);
    has(&figures, "2.3", "12", "2 / 3");
}

const VICTIMS: &str = "DANH SÁCH NẠN NHÂN BẠO LỰC GIA ĐÌNH NĂM 2024\nĐơn vị báo cáo: UBND xã Lâm Sơn\nTT | Họ và tên | Giới tính | Được hỗ trợ";

#[test]
fn lists_of_persons_on_two_sheets_of_a_file_add_up_unless_one_is_a_copy() {
    let one = table(&format!(
        "{VICTIMS}\n1 | Trần Thị A | Nữ | x\n2 | Lê Văn B | Nam |"
    ));
    let two = table(&format!(
        "{VICTIMS}\n1 | Mấu Thị C | Nữ | x\n2 | Phạm Văn D | Nam |"
    ));
    let file = |sheets: &[(&str, &crate::made::Table)]| vec![("a.xlsx", xlsx(sheets))];

    let (_, both) = report(
        "585",
        "2024",
        &file(&[("Danh sách 1", &one), ("Danh sách 2", &two)]),
    );
    has(&both, "3.2a", "22813", "2 / 4");

    let (ran, copied) = report(
        "585",
        "2024",
        &file(&[("Danh sách", &one), ("Danh sách (2)", &one)]),
    );
    has(&copied, "3.2a", "22813", "1 / 2");
    assert!(
        ran.problems().iter().any(|(_, name)| name == "sheet-twice"),
        "{:?}",
        ran.problems()
    );
}

#[test]
fn two_files_with_lists_of_one_commune_that_differ_contradict_each_other() {
    let one = sheet(&format!(
        "{VICTIMS}\n1 | Trần Thị A | Nữ | x\n2 | Lê Văn B | Nam |"
    ));
    let two = sheet(&format!(
        "{VICTIMS}\n1 | Mấu Thị C | Nữ | x\n2 | Phạm Văn D | Nam |\n3 | K | Nữ | x"
    ));
    let (ran, _) = report("585", "2024", &[("a.xlsx", one), ("b.xlsx", two)]);
    assert!(
        ran.problems().iter().any(|(_, name)| name == "reported-twice"),
        "{:?}",
        ran.problems()
    );
}

#[test]
fn a_school_s_lists_by_class_are_all_its_pupils() {
    let class = |name: &str, rows: &str| {
        table(&format!(
            "DANH SÁCH HỌC SINH NĂM HỌC 2023-2024\nTrường Tiểu học A, xã Lâm Sơn\nTT | Họ và tên | Giới tính | Dân tộc | Lớp\n{}",
            rows.replace('#', name)
        ))
    };
    let a = class("1A", "1 | Trần A | Nữ | Kinh | #\n2 | Lê B | Nam | Kinh | #");
    let b = class(
        "1B",
        "1 | Mấu C | Nữ | Raglai | #\n2 | Chamaléa D | Nữ | Raglai | #\n3 | K | Nam | Kinh | #",
    );
    let bytes = xlsx(&[("1A", &a), ("1B", &b)]);
    let mut read = crate::reading::read_as("truong-a.xlsx", &bytes, None);
    read.facts
        .retain(|f| f.starts_with("pupils 22813") || f.starts_with("pupils female 22813"));
    assert_eq!(read.facts.len(), 4, "{:?}", read.facts);
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "nhan/truong-a.xlsx", &bytes);
    let words = [
        "check",
        "nhan",
        "-l",
        "585",
        "-p",
        "2023-2024",
        "--format",
        "json",
    ];
    let ran = bdg(folder.path(), &words);
    assert!(
        ran.problems().iter().all(|(_, name)| name != "twice-in-file"),
        "{:?}",
        ran.problems()
    );
}

const FACILITIES: &str = "SỞ LĐTBXH TỈNH NINH THUẬN\nDANH SÁCH CƠ SỞ TRỢ GIÚP XÃ HỘI CÔNG LẬP NĂM 2024\nSTT | Tên cơ sở | Có hoạt động trợ giúp, phòng ngừa và ứng phó với bạo lực trên cơ sở giới";

#[test]
fn a_facility_whose_answer_nobody_can_read_is_no_facility_without() {
    let list = sheet(&format!(
        "{FACILITIES}\n1 | Trung tâm Bảo trợ xã hội tỉnh | Có\n2 | Trung tâm CTXH | Không\n3 | Cơ sở X | Chưa triển khai\n4 | Cơ sở Y | Đang xây dựng kế hoạch\n5 | Cơ sở Z |"
    ));
    let (ran, figures) = report("58", "2024", &[("a.xlsx", list)]);
    has(&figures, "3.4", "58", "1 / 3");
    let told: Vec<String> = ran.problems().into_iter().map(|(_, name)| name).collect();
    assert!(told.contains(&"answer-unknown".to_owned()), "{told:?}");
    assert!(told.contains(&"answer-missing".to_owned()), "{told:?}");
}

#[test]
fn an_answer_that_says_it_is_not_known_is_no_no() {
    let list = sheet(&format!(
        "{FACILITIES}\n1 | Trung tâm A | Có\n2 | Trung tâm B | Chưa rõ\n3 | Cơ sở X | Không xác định\n4 | Cơ sở Y | Chưa"
    ));
    let (ran, figures) = report("58", "2024", &[("a.xlsx", list)]);
    has(&figures, "3.4", "58", "1 / 2");
    assert!(
        ran.problems().iter().any(|(_, name)| name == "answer-missing"),
        "{:?}",
        ran.problems()
    );
}

#[test]
fn a_mark_that_is_not_made_is_a_no_where_nobody_writes_one() {
    let list = sheet(&format!(
        "{FACILITIES}\n1 | Trung tâm A | x\n2 | Trung tâm B |\n3 | Cơ sở X | x"
    ));
    let (_, figures) = report("58", "2024", &[("a.xlsx", list)]);
    has(&figures, "3.4", "58", "2 / 3");
}

const LEADERS: &str =
    "UBND HUYỆN NINH SƠN\nDANH SÁCH CƠ QUAN CÓ LÃNH ĐẠO CHỦ CHỐT LÀ NỮ NĂM 2024\nSTT | Đơn vị | Cơ quan";

#[test]
fn women_leaders_are_counted_by_number_by_remark_and_by_name() {
    let numbers = sheet(&format!(
        "{LEADERS} | Số lãnh đạo | Trong đó nữ\n1 | Lâm Sơn | HĐND | 3 | 1\n2 | Lâm Sơn | UBND | 3 | 0\n3 | Lương Sơn | HĐND | 2 | '1 (PCT)\n4 | Lương Sơn | UBND | 3 | không"
    ));
    let (_, figures) = report("585", "2024", &[("a.xlsx", numbers)]);
    has(&figures, "1", "22813", "1 / 2");
    has(&figures, "1", "22816", "1 / 2");

    let names = sheet(&format!(
        "{LEADERS} | Họ tên nữ lãnh đạo chủ chốt\n1 | Lâm Sơn | HĐND | Nguyễn Thị A\n2 | Lâm Sơn | UBND |\n3 | Lương Sơn | HĐND | Trần Thị B\n4 | Lương Sơn | UBND | Không có"
    ));
    let (_, figures) = report("585", "2024", &[("a.xlsx", names)]);
    has(&figures, "1", "22813", "1 / 2");
    has(&figures, "1", "22816", "1 / 2");
}

#[test]
fn an_agency_whose_women_nobody_can_read_is_on_neither_side() {
    let list = sheet(&format!(
        "{LEADERS} | Số lãnh đạo | Trong đó nữ\n1 | Lâm Sơn | HĐND | 3 | 1\n2 | Lâm Sơn | UBND | 3 | vài người"
    ));
    let (ran, figures) = report("585", "2024", &[("a.xlsx", list)]);
    has(&figures, "1", "22813", "1 / 1");
    assert!(ran.problems().iter().any(|(_, name)| name == "not-a-number"));
}

#[test]
fn a_province_s_list_of_facilities_of_all_levels_is_its_own_report() {
    let list = sheet(&format!(
        "{FACILITIES}\n1 | Trung tâm Bảo trợ xã hội tỉnh Ninh Thuận | Có\n2 | Trung tâm Công tác xã hội huyện Ninh Sơn | Không"
    ));
    let (_, figures) = report("58", "2024", &[("a.xlsx", list)]);
    has(&figures, "3.4", "58", "1 / 2");
    has(&figures, "3.4", "585", "0 / 1");
}

#[test]
fn addresses_of_different_precision_lose_no_company_of_the_province() {
    let list = companies(
        "SỞ TÀI CHÍNH TỈNH LAI CHÂU",
        "1 | Công ty A | Doanh nghiệp | Tỉnh Lai Châu | Nữ\n2 | Công ty B | Doanh nghiệp | Phường Đoàn Kết, tỉnh Lai Châu | Nam\n3 | HTX C | Hợp tác xã | Phường Tân Phong | Nữ",
    );
    let (_, figures) = report("12", "2026", &[("a.xlsx", list)]);
    has(&figures, "2.3", "12", "2 / 3");
    has(&figures, "2.3", "03388", "0 / 1");
}

#[test]
fn a_total_row_proves_that_the_province_s_own_row_is_a_part() {
    let rows = "1 | Tỉnh Ninh Thuận | 30 | 30\n2 | Huyện Ninh Sơn | 20 | 10\n3 | Huyện Ninh Phước | 20 | 10";
    let head = "UBND TỈNH NINH THUẬN\nTỔNG HỢP TỔ CHỨC ĐƯỢC PHỔ BIẾN VÀ CAM KẾT THỰC HIỆN BÌNH ĐẲNG GIỚI NĂM 2024\nSTT | Đơn vị | Tổng số tổ chức | Số tổ chức được phổ biến và cam kết";
    let with_total = sheet(&format!("{head}\n{rows}\n | Tổng cộng | 70 | 50"));
    let (ran, figures) = report("58", "2024", &[("a.xlsx", with_total)]);
    has(&figures, "6.2", "58", "50 / 70");
    has(&figures, "6.2", "585", "10 / 20");
    assert!(
        ran.problems().iter().all(|(_, name)| name != "total-row-differs"),
        "{:?}",
        ran.problems()
    );
}

#[test]
fn a_hospital_counts_its_own_births_not_those_of_the_province() {
    let births = "TỔNG HỢP SỐ TRẺ ĐẺ RA SỐNG NĂM 2024\nSTT | Cơ sở | Tổng số | Nam | Nữ";
    let department = sheet(&format!(
        "SỞ Y TẾ TỈNH NINH THUẬN\n{births}\n1 | Bệnh viện Đa khoa tỉnh Ninh Thuận | 500 | 260 | 240\n2 | Trung tâm Y tế huyện Ninh Sơn | 300 | 160 | 140"
    ));
    let hospital = sheet(
        "BỆNH VIỆN ĐA KHOA TỈNH NINH THUẬN\nSỐ TRẺ ĐẺ RA SỐNG NĂM 2024\nChỉ tiêu | Tổng số | Nam | Nữ\nTrẻ đẻ ra sống | 500 | 260 | 240",
    );
    let (_, figures) = report("58", "2024", &[("a.xlsx", department), ("b.xlsx", hospital)]);
    has(&figures, "4.1", "58", "420 / 380");
}

#[test]
fn companies_that_no_longer_operate_are_not_counted_and_a_name_may_say_the_kind() {
    let list = sheet(
        "SỞ TÀI CHÍNH TỈNH LAI CHÂU\nDANH SÁCH DOANH NGHIỆP, HỢP TÁC XÃ NĂM 2026\nSTT | Tên | Địa chỉ | Giới tính giám đốc/chủ | Tình trạng\n\
         1 | Công ty A | Phường Đoàn Kết | Nữ | Đang hoạt động\n2 | HTX B | Phường Đoàn Kết | Nam |\n3 | Công ty C | Phường Tân Phong | Nữ | Đã giải thể\n\
         4 | Công ty D | Phường Tân Phong | Nam | Tạm ngừng hoạt động\n5 | Công ty E | Phường Tân Phong | Nữ | Đang hoạt động",
    );
    let (ran, figures) = report("12", "2026", &[("a.xlsx", list)]);
    has(&figures, "2.3", "12", "2 / 3");
    assert!(ran.problems().is_empty(), "{:?}", ran.problems());
}

#[test]
fn what_a_list_says_of_each_person_is_counted() {
    let list = sheet(
        "UBND XÃ LÂM SƠN, HUYỆN NINH SƠN\nDANH SÁCH NGƯỜI GÂY BẠO LỰC GIA ĐÌNH NĂM 2024\nSTT | Họ và tên | Giới tính | Năm sinh | Biện pháp xử lý | Tư vấn\n\
         1 | A | Nam | 1980 | Góp ý | Có\n2 | B | Nam | 1981 | Khởi tố hình sự | Không\n3 | C | Nam | 1981 | Phạt tiền | chưa\n4 | D | Nam | 1981 | Không xử lý hình sự | Có",
    );
    let (_, figures) = report("22813", "2024", &[("a.xlsx", list)]);
    has(&figures, "3.2b", "22813", "2 / 3");

    let list = sheet(
        "UBND XÃ LÂM SƠN, HUYỆN NINH SƠN\nDANH SÁCH NGƯỜI BỊ BẠO LỰC GIA ĐÌNH NĂM 2024\nSTT | Họ và tên | Giới tính | Năm sinh | Dân tộc | Dịch vụ hỗ trợ\n\
         1 | A | Nữ | 1990 | Kinh | Tư vấn\n2 | B | Nữ | 1980 | Kinh | Y tế, tạm lánh\n3 | C | Nữ | 1980 | Kinh |",
    );
    let (_, figures) = report("22813", "2024", &[("a.xlsx", list)]);
    has(&figures, "3.2a", "22813", "2 / 3");
}
