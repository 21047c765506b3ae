//! What the units of one commune send: 01/BC-X of its People's Committee, Biểu 4/BCX of its health
//! station, and a sheet of each of its schools.

use super::offices::school_year;
use super::persons::Persons;
use super::places::{Office, Place, slug};
use super::sheet::{Head, Sheet, Value, letters};
use super::table::Habit;
use super::truth::Truth;

/// One workbook of a commune: its path without extension, and its sheet.
pub fn of_commune(truth: Truth, office: &Office, place: &Place) -> Vec<(String, Job)> {
    let who = format!("{}-{}", slug(&place.name), place.code);
    let mut all = vec![
        (
            format!("vhtt/01-BCX {who} {} ky 1", office.year),
            Job::Violence(1),
        ),
        (
            format!("vhtt/01-BCX {who} {} ky 2", office.year),
            Job::Violence(2),
        ),
        (format!("y-te/bieu4-{who}-{}", office.year), Job::Health),
    ];
    let (primary, secondary) = schools(truth, place);
    for (level, count) in [(Level::Primary, primary), (Level::LowerSecondary, secondary)] {
        for number in 0..count {
            let word = level.pick("th", "thcs");
            let path = format!("giao-duc/{word}-{who}-{}-{}", number + 1, office.year);
            all.push((path, Job::School { level, number, count }));
        }
    }
    all
}

/// A sheet to be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    Violence(u8),
    Health,
    School {
        level: Level,
        number: usize,
        count: usize,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Primary,
    LowerSecondary,
}

impl Level {
    fn pick<T>(self, primary: T, lower_secondary: T) -> T {
        match self {
            Level::Primary => primary,
            Level::LowerSecondary => lower_secondary,
        }
    }
}

pub fn sheet(truth: Truth, office: &Office, place: &Place, job: Job) -> Sheet {
    let habit = Habit::of(truth.seed ^ u64::from(place.unit.0), office, "unit");
    let mut sheet = match job {
        Job::Violence(half) => violence(truth, office, place, half, &habit),
        Job::Health => health(truth, office, place),
        Job::School { level, number, count } => school(truth, office, place, level, number, count, &habit),
    };
    if habit.decomposed {
        sheet.decompose();
    }
    sheet
}

/// Numbers of primary and of lower secondary schools.
fn schools(truth: Truth, place: &Place) -> (usize, usize) {
    let people = truth.people(place, 2024).all();
    (
        (people / 7_000).clamp(1, 6) as usize,
        (people / 14_000).clamp(1, 3) as usize,
    )
}

fn violence(truth: Truth, office: &Office, place: &Place, half: u8, habit: &Habit) -> Sheet {
    let v = truth.violence(place, office.year, half);
    let (homes, _) = truth.households(place, office.year);
    let mut s = Sheet::new("01-BCX");
    s.put(1, 1, "Biểu số: 01/BC-X");
    s.put(1, 3, format!("Đơn vị báo cáo: UBND {}", place.lower()));
    s.put(2, 1, "Ban hành theo Thông tư số 23/2011/TT-BVHTTDL");
    s.put(2, 3, format!("Đơn vị nhận báo cáo: {}", office.full_name()));
    s.title(4, 4, "BÁO CÁO TỔNG HỢP THÔNG TIN VỀ GIA ĐÌNH");
    s.title(5, 4, "VÀ PHÒNG, CHỐNG BẠO LỰC GIA ĐÌNH");
    s.put(
        6,
        1,
        format!(
            "6 tháng {} năm {}",
            if half == 1 { "đầu" } else { "cuối" },
            office.year
        ),
    );
    s.merge(6, 1, 6, 4);
    let first = s.header(8, 1, &["TT", "Chỉ tiêu", "ĐVT", "Số lượng"].map(Head::leaf));
    let men = |p: Persons| Some(p.all() - p.women());
    let share = |per_cent: i64| Some(homes * per_cent / 100);
    let rows: [(&str, &str, &str, Option<i64>); 41] = [
        ("I", "GIA ĐÌNH", "", None),
        ("1", "Tổng số hộ gia đình", "Hộ", share(100)),
        (
            "1.1",
            "Số hộ gia đình hai thế hệ (vợ chồng, con)",
            "Hộ",
            share(61),
        ),
        ("1.2", "Số hộ gia đình chỉ có mẹ và con", "Hộ", share(4)),
        ("1.3", "Số hộ gia đình chỉ có bố và con", "Hộ", share(1)),
        ("1.4", "Số hộ gia đình từ ba thế hệ trở lên", "Hộ", share(17)),
        ("1.5", "Số hộ gia đình một thế hệ", "Hộ", share(9)),
        ("1.6", "Số hộ gia đình độc thân", "Hộ", share(5)),
        ("1.7", "Hộ gia đình khác", "Hộ", share(3)),
        (
            "2",
            "Số hộ gia đình có người từ đủ 60 tuổi trở lên",
            "Hộ",
            share(31),
        ),
        ("3", "Số hộ gia đình có trẻ em dưới 16 tuổi", "Hộ", share(52)),
        (
            "4",
            "Số hộ gia đình có bạo lực gia đình",
            "Hộ",
            Some(v.households),
        ),
        ("5", "Số hộ gia đình có người tảo hôn", "Hộ", Some(0)),
        ("II", "BẠO LỰC GIA ĐÌNH", "", None),
        ("1", "Tổng số vụ bạo lực gia đình", "Vụ", Some(v.cases)),
        ("2", "Hình thức bạo lực", "", None),
        ("2.1", "Tinh thần", "Vụ", Some(v.forms[0])),
        ("2.2", "Thân thể", "Vụ", Some(v.forms[1])),
        ("2.3", "Tình dục", "Vụ", Some(v.forms[2])),
        ("2.4", "Kinh tế", "Vụ", Some(v.forms[3])),
        (
            "3",
            "Người gây bạo lực gia đình",
            "Vụ",
            Some(v.perpetrators.all()),
        ),
        ("3.1", "Giới tính", "", None),
        ("3.1.1", "Nam", "Vụ", men(v.perpetrators)),
        ("3.1.2", "Nữ", "Vụ", Some(v.perpetrators.women())),
        ("3.2", "Biện pháp xử lý", "", None),
        // The number stands twice on the official form.
        (
            "3.1.1",
            "Góp ý, phê bình trong cộng đồng dân cư",
            "Vụ",
            Some(v.handled_by[0]),
        ),
        (
            "3.2.2",
            "Áp dụng biện pháp cấm tiếp xúc",
            "Vụ",
            Some(v.handled_by[1]),
        ),
        (
            "3.2.3",
            "Giáo dục tại xã, phường, thị trấn",
            "Vụ",
            Some(v.handled_by[2]),
        ),
        (
            "3.2.4",
            "Tạm giữ, xử phạt vi phạm hành chính",
            "Vụ",
            Some(v.handled_by[3]),
        ),
        ("3.2.5", "Xử lý hình sự", "Vụ", Some(v.prosecuted.all())),
        ("4", "Nạn nhân bạo lực gia đình", "Vụ", Some(v.victims.all())),
        ("4.1", "Giới tính", "", None),
        ("4.1.1", "Nam", "Vụ", men(v.victims)),
        ("4.1.2", "Nữ", "Vụ", Some(v.victims.women())),
        ("4.2", "Độ tuổi", "", None),
        ("4.2.1", "Dưới 16 tuổi", "Vụ", Some(v.children)),
        ("4.2.2", "Nữ từ 16 - 59 tuổi", "Vụ", Some(v.women_16_59)),
        ("4.2.3", "Từ đủ 60 tuổi trở lên", "Vụ", Some(v.old)),
        ("5", "Số vụ bạo lực gia đình đã được xử lý", "Vụ", Some(v.cases)),
        (
            "6",
            "Số nạn nhân được tư vấn, chăm sóc, hỗ trợ",
            "Vụ",
            Some(v.served.all()),
        ),
        (
            "7",
            "Số mô hình phòng, chống bạo lực gia đình",
            "Mô hình",
            Some(2),
        ),
    ];
    for (at, (number, label, unit, value)) in (first..).zip(rows) {
        s.row(at, 1, [number, label, unit]);
        if let Some(value) = value {
            s.put(
                at,
                4,
                if habit.dashes {
                    habit.shown(value)
                } else {
                    Value::Number(value)
                },
            );
        }
    }
    s.sign(first + 43, 2, 3, &place.name);
    s.widths = [(1, 8), (2, 52), (3, 24), (4, 26)].into();
    s
}

fn health(truth: Truth, office: &Office, place: &Place) -> Sheet {
    let m = truth.mothers(place, office.year);
    let mut s = Sheet::new("Biểu 4");
    s.put(1, 1, "Biểu: 4/BCX");
    s.put(
        1,
        4,
        format!(
            "Đơn vị báo cáo: Trạm Y tế {}, {}",
            place.lower(),
            office.full_name()
        ),
    );
    s.title(3, 5, "HOẠT ĐỘNG CHĂM SÓC BÀ MẸ, TRẺ EM VÀ KẾ HOẠCH HÓA GIA ĐÌNH");
    s.put(4, 1, format!("Báo cáo 12 tháng năm {}", office.year));
    s.merge(4, 1, 4, 5);
    let mut heads = ["TT", "Tên chỉ tiêu", "Tổng số"].map(Head::leaf).to_vec();
    heads.push(Head::over("Trong đó", ["Tại TYT", "Tại nhà"].map(Head::leaf)));
    let at = s.header(6, 1, &heads);
    s.row(at, 1, (1..=5_i64).map(Value::from));
    let (all, station) = (m.deliveries, m.at_station);
    let young_there = m.adolescent * 8 / 10;
    let minority_there = m.minority.min(station) * 7 / 10;
    let none = None;
    let rows: [(&str, &str, [Option<i64>; 3]); 12] = [
        ("I", "Chăm sóc bà mẹ", [none; 3]),
        (
            "1",
            "Tổng số lượt khám thai",
            [Some(all * 4 + 3), Some(all * 4 + 3), none],
        ),
        (
            "2",
            "Số phụ nữ có thai được quản lý thai",
            [Some(all + 6), none, none],
        ),
        (
            "3",
            "Số phụ nữ đẻ",
            [Some(all), Some(station), Some(all - station)],
        ),
        (
            "",
            "Trđ: Số đẻ tuổi vị thành niên",
            [
                Some(m.adolescent),
                Some(young_there),
                Some(m.adolescent - young_there),
            ],
        ),
        (
            "",
            "Trđ: Số phụ nữ đẻ là người dân tộc thiểu số",
            [
                Some(m.minority),
                Some(minority_there),
                Some(m.minority - minority_there),
            ],
        ),
        (
            "",
            "Số phụ nữ đẻ được cán bộ y tế đỡ",
            [Some(all - all / 30), Some(station), none],
        ),
        ("4", "Số ca tử vong mẹ", [Some(m.deaths), Some(0), Some(m.deaths)]),
        ("II", "Kế hoạch hóa gia đình", [none; 3]),
        (
            "1",
            "Tổng số người mới thực hiện biện pháp tránh thai",
            [Some(all * 2), none, none],
        ),
        ("2", "Tổng số lượt phá thai", [Some(all / 25), none, none]),
        (
            "",
            "Trđ: Số vị thành niên phá thai",
            [Some(all / 300), none, none],
        ),
    ];
    for (at, (number, label, values)) in (at + 1..).zip(rows) {
        s.row(at, 1, [number, label]);
        for (column, value) in (3..).zip(values) {
            if let Some(value) = value {
                s.put(at, column, value);
            }
        }
    }
    s.sign(at + 14, 2, 4, &place.name);
    s.widths = [(2, 52), (5, 14)].into();
    s
}

fn school(
    truth: Truth,
    office: &Office,
    place: &Place,
    level: Level,
    number: usize,
    count: usize,
    habit: &Habit,
) -> Sheet {
    let mut s = Sheet::new("Học sinh");
    let top = habit.above;
    let letter = if count > 1 {
        format!(" {}", letters(number as u16 + 1))
    } else {
        String::new()
    };
    s.put(top + 1, 1, format!("UBND {}", office.full_name()));
    s.bold(
        top + 2,
        1,
        format!("Trường {} {}{letter}", level.pick("Tiểu học", "THCS"), place.name),
    );
    s.put(
        top + 3,
        1,
        format!("Địa chỉ: {}, {}", place.lower(), office.full_name()),
    );
    s.title(top + 4, 6, "THỐNG KÊ SỐ LỚP, SỐ HỌC SINH");
    s.put(top + 5, 1, school_year(office.year));
    s.merge(top + 5, 1, top + 5, 6);
    let heads = [
        "Khối lớp",
        "Số lớp",
        "Tổng số",
        habit.women,
        habit.minority,
        habit.minority_women,
    ];
    let first = s.header(top + 7, 1, &heads.map(Head::leaf));
    // Larger schools first.
    let weights: Vec<i64> = (0..count as i64).map(|i| 2 * count as i64 - i).collect();
    let mut at = first;
    let mut sums = [0; 5];
    for grade in level.pick(1..=5_u8, 6..=9) {
        let pupils = truth.pupils(place, office.year, grade).split(&weights)[number];
        let [all, women, minority, minority_women] = pupils.columns();
        let numbers = [(all + 29) / 30, all, women, minority, minority_women];
        s.put(
            at,
            1,
            format!("{} {grade}", if habit.note { "Khối" } else { "Lớp" }),
        );
        s.row(at, 2, numbers);
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number;
        }
        at += 1;
    }
    s.bold(at, 1, "Cộng");
    for (column, sum) in (2..).zip(sums) {
        let letter = letters(column);
        s.formulas
            .insert((at, column), format!("SUM({letter}{first}:{letter}{})", at - 1));
        s.bold(at, column, sum);
    }
    s.sign(at + 2, 1, 4, &place.name);
    s.widths = [(1, 30), (6, 22)].into();
    s
}
