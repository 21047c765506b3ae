//! Sheets of an office that are no plain table of communes: births by facility, age bands in
//! columns, a list with one row per agency, stations by month, enrolment by trade.

use super::persons::{Persons, share_out};
use super::places::{Office, Place};
use super::sheet::{Head, Sheet, Value};
use super::table::{Habit, Row, Top, summary};
use super::truth::Truth;

/// Kinds, with the name of the folder they lie in.
pub const KINDS: [(&str, &str); 5] = [
    ("bieu8-suc-khoe-tre-em", "y-te"),
    ("dan-so-theo-tuoi", "thong-ke"),
    ("danh-sach-lanh-dao-chu-chot", "noi-vu"),
    ("dai-phat-thanh-truyen-hinh", "vhtt"),
    ("tuyen-sinh-gdnn", "gdnn"),
];

/// The sheet of one kind; none for a kind of another room.
pub fn sheet(truth: Truth, office: &Office, kind: &str) -> Option<Sheet> {
    match kind {
        "bieu8-suc-khoe-tre-em" => Some(births(truth, office)),
        "dan-so-theo-tuoi" => Some(ages(truth, office)),
        "danh-sach-lanh-dao-chu-chot" => Some(agencies(truth, office)),
        "dai-phat-thanh-truyen-hinh" => Some(stations(truth, office)),
        "tuyen-sinh-gdnn" => Some(entrants(truth, office)),
        _ => None,
    }
}

/// 8/BCH: totals above their parts, boys not printed.
fn births(truth: Truth, office: &Office) -> Sheet {
    let mut s = Sheet::new("Biểu 8");
    s.put(1, 1, "Biểu: 8/BCH");
    s.put(1, 8, format!("Đơn vị báo cáo: Ngành Y tế {}", office.full_name()));
    s.title(2, 12, "HOẠT ĐỘNG KHÁM, CHỮA BỆNH VÀ SỨC KHỎE TRẺ EM");
    s.put(3, 1, format!("Báo cáo năm {}", office.year));
    s.merge(3, 1, 3, 12);
    let over = |text: &str, below: &[&str]| Head::over(text, below.iter().map(|t| Head::leaf(*t)));
    let heads = [
        Head::leaf("TT"),
        Head::leaf("Tên cơ sở"),
        over(
            "Số trẻ đẻ ra sống",
            &["Tổng số", "Trđ: Nữ", "Số đẻ non", "Số bị ngạt"],
        ),
        over("Số trẻ sơ sinh được cân", &["Tổng số", "Trđ: < 2500 gram"]),
        over(
            "Tử vong thai nhi và trẻ em",
            &[
                "Số tử vong thai nhi",
                "Số TV trẻ < 7 ngày",
                "Số TV trẻ < 28 ngày",
                "Số TV trẻ < 1 tuổi",
            ],
        ),
    ];
    let mut at = s.header(5, 1, &heads);
    s.row(at, 1, (1..=12_i64).map(Value::from));
    let (all, girls) = truth.births(office);
    let mut names = vec![format!("Bệnh viện {}", office.own.lower())];
    names.extend(office.communes.iter().map(|c| format!("Trạm Y tế {}", c.lower())));
    let weights: Vec<i64> = (0..names.len())
        .map(|i| if i == 0 { 2 * names.len() as i64 } else { 1 })
        .collect();
    let (alls, girls_of) = (share_out(all, &weights), share_out(girls, &weights));
    let mut line = |number: &str, name: &str, n: i64, f: i64| {
        at += 1;
        s.row(at, 1, [number, name]);
        s.row(
            at,
            3,
            [n, f, n / 40, n / 70, n, n / 25, 0, n / 300, n / 300, n / 150],
        );
    };
    line("", "TỔNG SỐ", all, girls);
    line("I", "Bệnh viện", alls[0], girls_of[0]);
    line("1", &names[0], alls[0], girls_of[0]);
    line("II", "Tuyến xã", all - alls[0], girls - girls_of[0]);
    for i in 1..names.len() {
        line(&i.to_string(), &names[i], alls[i], girls_of[i]);
    }
    s.widths.insert(2, 36);
    s
}

/// Wide: a pair of columns per band.
fn ages(truth: Truth, office: &Office) -> Sheet {
    let habit = Habit::of(truth.seed, office, "dan-so-theo-tuoi");
    let year = office.year;
    let title = format!("DÂN SỐ CHIA THEO NHÓM TUỔI, GIỚI TÍNH VÀ ĐƠN VỊ HÀNH CHÍNH NĂM {year}");
    let top = Top::new(office, "THỐNG KÊ", &title, "Đơn vị tính: Người");
    let pair = |text: String| Head::over(text, ["Chung", "Trong đó: Nữ"].map(Head::leaf));
    let bands = super::facts::AGES;
    let mut heads = vec![pair("Tổng số".to_owned())];
    heads.extend(bands.iter().map(|(band, _)| match band.strip_suffix('+') {
        Some(from) => pair(format!("{from} tuổi trở lên")),
        None => pair(format!("{band} tuổi")),
    }));
    let rows: Vec<Row<'_>> = office
        .communes
        .iter()
        .map(|c| (c, by_age(truth.people(c, year))))
        .collect();
    summary("Dân số theo tuổi", &habit, &top, heads, &rows)
}

/// All and women: total, then band by band.
fn by_age(people: Persons) -> Vec<i64> {
    let weights = super::facts::AGES.map(|(_, weight)| weight);
    let women = share_out(people.women(), &weights);
    let men = share_out(people.all() - people.women(), &weights);
    let bands = women
        .iter()
        .zip(men)
        .flat_map(|(women, men)| [women + men, *women]);
    [people.all(), people.women()].into_iter().chain(bands).collect()
}

/// One row per agency of the office itself; the communes' stand in the summary.
fn agencies(truth: Truth, office: &Office) -> Sheet {
    let mut s = Sheet::new("Lãnh đạo chủ chốt");
    s.bold(1, 1, format!("UBND {}", office.full_name().to_uppercase()));
    s.title(2, 7, "DANH SÁCH CƠ QUAN CÓ LÃNH ĐẠO CHỦ CHỐT LÀ NỮ");
    s.put(3, 1, format!("(Có đến ngày 31/12/{})", office.year));
    s.merge(3, 1, 3, 7);
    let mut heads = ["STT", "Đơn vị", "Cơ quan", "Loại cơ quan"]
        .map(Head::leaf)
        .to_vec();
    heads.push(Head::over(
        "Lãnh đạo chủ chốt",
        ["Tổng số", "Trong đó: Nữ"].map(Head::leaf),
    ));
    heads.push(Head::leaf("Ghi chú"));
    let mut at = s.header(5, 1, &heads);
    let own: &Place = &office.own;
    let kinds = ["Hội đồng nhân dân", "Ủy ban nhân dân", "Đảng ủy"];
    let mut rows: Vec<(String, &str, i64)> = kinds
        .into_iter()
        .zip(truth.woman_leads(own, office.year))
        .map(|(kind, woman)| (format!("{kind} {}", own.lower()), kind, i64::from(woman)))
        .collect();
    let department = if office.is_province() { "Sở" } else { "Phòng" };
    let mut r = truth.random(own, office.year, "departments");
    for field in [
        "Nội vụ",
        "Tài chính",
        "Y tế",
        "Giáo dục và Đào tạo",
        "Văn hóa",
        "Tư pháp",
        "Xây dựng",
        "Công Thương",
        "Nông nghiệp và Môi trường",
        "Khoa học và Công nghệ",
    ] {
        rows.push((
            format!("{department} {field}"),
            "Phòng, ban chuyên môn",
            i64::from(r.chance(450)),
        ));
    }
    for (i, (name, kind, women)) in rows.into_iter().enumerate() {
        s.put(at, 1, i as i64 + 1);
        s.row(at, 2, [own.title().as_str(), &name, kind]);
        s.row(at, 5, [3, women]);
        at += 1;
    }
    s.sign(at + 1, 2, 5, &own.name);
    s.widths = [(2, 20), (3, 38), (4, 24)].into();
    s
}

fn stations(truth: Truth, office: &Office) -> Sheet {
    let mut s = Sheet::new("Đài");
    s.bold(
        1,
        1,
        format!("PHÒNG VĂN HÓA VÀ THÔNG TIN {}", office.full_name().to_uppercase()),
    );
    s.title(
        2,
        15,
        "CHUYÊN MỤC, CHUYÊN ĐỀ VỀ BÌNH ĐẲNG GIỚI TRÊN ĐÀI PHÁT THANH, TRUYỀN HÌNH",
    );
    s.put(3, 1, format!("Năm {}", office.year));
    s.merge(3, 1, 3, 15);
    let months = (1..=12).map(|month| Head::leaf(format!("Tháng {month}")));
    let heads = [
        Head::leaf("TT"),
        Head::leaf("Tên đài"),
        Head::over("Số chuyên mục, chuyên đề phát sóng trong tháng", months),
        Head::leaf("Cộng"),
    ];
    let first = s.header(5, 1, &heads);
    let mut r = truth.random(&office.own, office.year, "stations");
    let name = &office.own.name;
    let names = [
        format!("Đài Phát thanh, truyền hình {name}"),
        format!("Trạm phát thanh khu vực {name}"),
    ];
    for (i, station) in (0..).zip(&names) {
        let low = if r.chance(300) { 0 } else { 1 };
        let months: Vec<i64> = (0..12).map(|_| r.between(low, 4)).collect();
        s.put(first + i, 1, i64::from(i) + 1);
        s.put(first + i, 2, station.as_str());
        s.row(first + i, 3, months.iter().copied());
        s.put(first + i, 15, months.iter().sum::<i64>());
        s.formulas
            .insert((first + i, 15), format!("SUM(C{0}:N{0})", first + i));
    }
    s.widths.insert(2, 46);
    s
}

/// Blocks and levels in rows, totals above their parts; the second block is of no use.
fn entrants(truth: Truth, office: &Office) -> Sheet {
    let mut s = Sheet::new("Tuyển sinh");
    s.bold(
        1,
        1,
        format!("TRUNG TÂM GDNN - GDTX {}", office.full_name().to_uppercase()),
    );
    s.title(2, 9, "KẾT QUẢ TUYỂN SINH, TỐT NGHIỆP GIÁO DỤC NGHỀ NGHIỆP");
    s.put(3, 1, format!("Năm {}", office.year));
    s.merge(3, 1, 3, 9);
    let mut heads = ["STT", "Tên ngành, nghề đào tạo", "Tổng số lớp", "Tổng số người"]
        .map(Head::leaf)
        .to_vec();
    let mut by = ["Tổng số nữ", "Người khuyết tật", "Hộ nghèo"]
        .map(Head::leaf)
        .to_vec();
    by.push(Head::over(
        "Dân tộc thiểu số",
        ["Tổng số", "Nữ dân tộc thiểu số"].map(Head::leaf),
    ));
    heads.push(Head::over("Chia theo đối tượng", by));
    let mut at = s.header(5, 1, &heads);
    s.row(at, 1, ["A", "B"]);
    s.row(at, 3, 1..=7_i64);
    let mut r = truth.random(&office.own, office.year, "entrants");
    let size = 90 + 12 * office.communes.len() as i64;
    let minority = truth.minority_per_mille(&office.own);
    let levels = [
        (
            "Sơ cấp",
            ["May công nghiệp", "Trồng và nhân giống nấm", "Chăn nuôi thú y"],
            2,
        ),
        (
            "Trung cấp",
            ["Điện công nghiệp", "Kế toán doanh nghiệp", "Chế biến món ăn"],
            1,
        ),
    ]
    .map(|(level, trades, weight)| (level, trades, Persons::new(&mut r, size * weight, 430, minority)));
    for (letter, block, keep) in [("A", "TUYỂN SINH", 100), ("B", "TỐT NGHIỆP", 88)] {
        let kept = levels.map(|(level, trades, people)| (level, trades, people.map(|n| n * keep / 100)));
        let mut line = |number: &str, name: &str, p: Persons| {
            at += 1;
            let [all, women, minority, minority_women] = p.columns();
            s.row(at, 1, [number, name]);
            s.row(
                at,
                3,
                [
                    all / 30 + 1,
                    all,
                    women,
                    all / 60,
                    all / 9,
                    minority,
                    minority_women,
                ],
            );
        };
        line(letter, block, kept.iter().map(|k| k.2).sum());
        for (roman, (level, trades, people)) in ["I", "II"].into_iter().zip(kept) {
            line(roman, level, people);
            for (i, part) in people.split(&[3, 2, 1]).into_iter().enumerate() {
                line(&(i + 1).to_string(), trades[i], part);
            }
        }
    }
    s.sign(at + 2, 2, 6, &office.own.name);
    s.widths.insert(2, 32);
    s
}
