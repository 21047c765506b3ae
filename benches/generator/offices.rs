//! What the offices of a province or district send: one table over all communes.

use super::places::Office;
use super::sheet::{Head, Sheet};
use super::table::{Habit, Row, Top, summary};
use super::truth::Truth;

/// Kinds of summary, with the name of the folder they lie in.
pub const KINDS: [(&str, &str); 11] = [
    ("dan-so", "thong-ke"),
    ("tiep-can-kien-thuc", "noi-vu"),
    ("cam-ket", "noi-vu"),
    ("lanh-dao-chu-chot", "noi-vu"),
    ("nguoi-gay-bao-luc", "cong-an"),
    ("nan-nhan-mua-ban", "cong-an"),
    ("ho-tro-nan-nhan", "phu-nu"),
    ("tin-bai", "vhtt"),
    ("doanh-nghiep-htx", "kinh-te"),
    ("hoan-thanh-cap-hoc", "giao-duc"),
    ("hoc-sinh-dau-cap", "giao-duc"),
];

/// The sheets of one kind.
pub fn sheets(truth: Truth, office: &Office, kind: &str) -> Vec<Sheet> {
    let habit = Habit::of(truth.seed, office, kind);
    let year = office.year;
    let whole = format!("Năm {year}");
    let rows = |of: &dyn Fn(&super::places::Place) -> Vec<i64>| -> Vec<Row<'_>> {
        office.communes.iter().map(|c| (c, of(c))).collect()
    };
    let one = |name: &str, issuer: &str, title: &str, heads: Vec<Head>, rows: Vec<Row<'_>>| {
        let top = Top::new(office, issuer, title, whole.as_str());
        vec![summary(name, &habit, &top, heads, &rows)]
    };
    match kind {
        "dan-so" => population(truth, office, &habit),
        "tiep-can-kien-thuc" => one(
            "Tiếp cận",
            home_affairs(office),
            "DÂN SỐ ĐƯỢC TIẾP CẬN KIẾN THỨC CƠ BẢN VỀ BÌNH ĐẲNG GIỚI",
            vec![Head::over(
                "Số người được tiếp cận kiến thức cơ bản về bình đẳng giới",
                habit.four(),
            )],
            rows(&|c| truth.reached(c, year).columns().to_vec()),
        ),
        "cam-ket" => one(
            "Cam kết",
            home_affairs(office),
            "TỔ CHỨC ĐƯỢC PHỔ BIẾN VÀ CAM KẾT THỰC HIỆN BÌNH ĐẲNG GIỚI",
            vec![
                Head::leaf("Tổng số tổ chức Đảng, chính quyền, cơ quan, ban, ngành, đoàn thể"),
                Head::leaf(
                    "Số tổ chức được phổ biến, cập nhật thông tin và cam kết thực hiện bình đẳng giới",
                ),
            ],
            rows(&|c| truth.organisations(c, year).to_vec()),
        ),
        "lanh-dao-chu-chot" => one(
            "Lãnh đạo chủ chốt",
            home_affairs(office),
            "TỔNG HỢP CƠ QUAN CHÍNH QUYỀN ĐỊA PHƯƠNG CÓ LÃNH ĐẠO CHỦ CHỐT LÀ NỮ",
            ["HĐND", "UBND", "Đảng ủy"]
                .map(|organ| {
                    Head::over(
                        organ,
                        ["Số cơ quan", "Có lãnh đạo chủ chốt là nữ"].map(Head::leaf),
                    )
                })
                .to_vec(),
            rows(&|c| {
                truth
                    .woman_leads(c, year)
                    .iter()
                    .flat_map(|w| [1, i64::from(*w)])
                    .collect()
            }),
        ),
        "nguoi-gay-bao-luc" => one(
            "Người gây bạo lực",
            "CÔNG AN",
            "TỔNG HỢP NGƯỜI GÂY BẠO LỰC GIA ĐÌNH, BẠO LỰC TRÊN CƠ SỞ GIỚI",
            vec![
                Head::over("Số người gây bạo lực gia đình được phát hiện", habit.four()),
                Head::over("Bị truy cứu trách nhiệm hình sự", habit.four()),
                Head::over(
                    "Chưa đến mức truy cứu trách nhiệm hình sự được tư vấn, tham vấn",
                    habit.four(),
                ),
            ],
            rows(&|c| {
                let v = truth.violence_of_year(c, year);
                [v.perpetrators, v.prosecuted, v.counselled]
                    .iter()
                    .flat_map(|p| p.columns())
                    .collect()
            }),
        ),
        "nan-nhan-mua-ban" => one(
            "Mua bán người",
            "CÔNG AN",
            "NẠN NHÂN BỊ MUA BÁN TRỞ VỀ VÀ KẾT QUẢ HỖ TRỢ",
            vec![
                Head::over("Số nạn nhân bị mua bán trở về", habit.four()),
                Head::over("Số nạn nhân có nhu cầu hỗ trợ", habit.four()),
                Head::over(
                    "Số nạn nhân được hưởng dịch vụ hỗ trợ và tái hòa nhập cộng đồng",
                    habit.four(),
                ),
            ],
            rows(&|c| {
                truth
                    .trafficking(c, year)
                    .iter()
                    .flat_map(|p| p.columns())
                    .collect()
            }),
        ),
        "ho-tro-nan-nhan" => one(
            "Hỗ trợ nạn nhân",
            "HỘI LIÊN HIỆP PHỤ NỮ",
            "KẾT QUẢ HỖ TRỢ NGƯỜI BỊ BẠO LỰC GIA ĐÌNH, BẠO LỰC TRÊN CƠ SỞ GIỚI",
            vec![
                Head::over("Số người bị bạo lực được phát hiện", habit.four()),
                Head::over("Được tiếp cận ít nhất một dịch vụ hỗ trợ cơ bản", habit.four()),
                Head::over(
                    "Chia theo loại dịch vụ",
                    ["Chăm sóc y tế", "Tư vấn", "Trợ giúp pháp lý", "Tạm lánh"].map(Head::leaf),
                ),
            ],
            rows(&|c| {
                let v = truth.violence_of_year(c, year);
                let served = v.served.all();
                let services = [6, 9, 2, 1].map(|tenths| served * tenths / 10);
                [v.victims.columns(), v.served.columns(), services].concat()
            }),
        ),
        "tin-bai" => one(
            "Tin bài",
            "PHÒNG VĂN HÓA VÀ THÔNG TIN",
            "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI TRÊN HỆ THỐNG THÔNG TIN CƠ SỞ",
            vec![
                Head::over(
                    "Chia theo quý",
                    ["Quý I", "Quý II", "Quý III", "Quý IV"].map(Head::leaf),
                ),
                Head::leaf("Cả năm"),
            ],
            rows(&|c| {
                let quarters = truth.news(c, year);
                quarters.into_iter().chain([quarters.iter().sum()]).collect()
            }),
        ),
        "doanh-nghiep-htx" => one(
            "DN-HTX",
            "PHÒNG TÀI CHÍNH",
            "DOANH NGHIỆP, HỢP TÁC XÃ CHIA THEO GIỚI TÍNH GIÁM ĐỐC/CHỦ",
            ["Doanh nghiệp", "Hợp tác xã"]
                .map(|kind| Head::over(kind, ["Tổng số", "Giám đốc/chủ là nữ"].map(Head::leaf)))
                .to_vec(),
            rows(&|c| truth.enterprises(c, year).to_vec()),
        ),
        "hoan-thanh-cap-hoc" => [
            (5, "Tiểu học", "SỐ HỌC SINH HOÀN THÀNH CHƯƠNG TRÌNH TIỂU HỌC"),
            (9, "THCS", "SỐ HỌC SINH TỐT NGHIỆP TRUNG HỌC CƠ SỞ"),
        ]
        .map(|(grade, name, title)| {
            let top = Top::new(office, education(office), title, school_year(year));
            let columns = rows(&|c| truth.completers(c, year, grade).columns().to_vec());
            let heads = vec![
                Head::leaf("Tổng số"),
                Head::over(
                    "Trong đó",
                    ["Nữ", habit.minority, habit.minority_women].map(Head::leaf),
                ),
            ];
            summary(name, &habit, &top, heads, &columns)
        })
        .to_vec(),
        // The cohorts that the completers began in.
        "hoc-sinh-dau-cap" => [(4, 1), (3, 6)]
            .map(|(back, grade)| {
                let end = year - back;
                let recast = if office.is_province() && end < 2026 {
                    " (số liệu quy đổi theo đơn vị hành chính mới)"
                } else {
                    ""
                };
                let words = format!("{}{recast}", school_year(end));
                let top = Top::new(
                    office,
                    education(office),
                    "TỔNG HỢP SỐ HỌC SINH THEO KHỐI LỚP",
                    words,
                );
                let columns = rows(&|c| truth.pupils(c, end, grade).columns().to_vec());
                let minority = Head::over("Dân tộc thiểu số", ["Tổng số", "Nữ"].map(Head::leaf));
                let heads = vec![Head::over(
                    format!("Lớp {grade}"),
                    [Head::leaf("Tổng số"), Head::leaf("Nữ"), minority],
                )];
                summary(
                    &format!("Lớp {grade} {}-{end}", end - 1),
                    &habit,
                    &top,
                    heads,
                    &columns,
                )
            })
            .to_vec(),
        _ => Vec::new(),
    }
}

fn population(truth: Truth, office: &Office, habit: &Habit) -> Vec<Sheet> {
    let year = office.year;
    let issuer = if office.is_province() {
        "THỐNG KÊ"
    } else {
        "CHI CỤC THỐNG KÊ"
    };
    let title = format!("DÂN SỐ CHIA THEO GIỚI TÍNH, DÂN TỘC VÀ ĐƠN VỊ HÀNH CHÍNH NĂM {year}");
    let top = Top::new(
        office,
        issuer,
        &title,
        format!("(thống kê các xã đến 31/12/{year})"),
    );
    let heads = vec![
        Head::over("Tổng số hộ", ["Tổng", "Kinh", "DT khác"].map(Head::leaf)),
        Head::over(
            "Nhân khẩu",
            [
                Head::leaf("Tổng"),
                Head::leaf("Nam"),
                Head::leaf("Nữ"),
                Head::over("Dân tộc thiểu số", ["Tổng số", "Trđ: Nữ"].map(Head::leaf)),
            ],
        ),
    ];
    let rows: Vec<Row<'_>> = office
        .communes
        .iter()
        .map(|c| {
            let p = truth.people(c, year);
            let (homes, others) = truth.households(c, year);
            let [all, women, minority, minority_women] = p.columns();
            (
                c,
                vec![
                    homes,
                    homes - others,
                    others,
                    all,
                    all - women,
                    women,
                    minority,
                    minority_women,
                ],
            )
        })
        .collect();
    vec![summary("Dân số", habit, &top, heads, &rows)]
}

pub fn school_year(end: i16) -> String {
    format!("Năm học {}-{end}", end - 1)
}

fn home_affairs(office: &Office) -> &'static str {
    if office.is_province() {
        "SỞ NỘI VỤ"
    } else {
        "PHÒNG NỘI VỤ"
    }
}

fn education(office: &Office) -> &'static str {
    if office.is_province() {
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO"
    } else {
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"
    }
}
