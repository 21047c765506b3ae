//! Faults that were met once, each with the smallest sheet that showed it.

use bdg::intake::{Context, Forms, parse_forms, read_file};
use bdg::period::{Day, Period};

use crate::made::{table, xlsx};

/// Facts as `measure unit = value`, and names of problems.
fn read(home: Option<&str>, rows: &str) -> (Vec<String>, Vec<&'static str>) {
    let catalogue = crate::examples::catalogue();
    let forms: Forms = parse_forms(&catalogue).unwrap();
    let day = Day::new(2024, 12, 31);
    let context = Context {
        catalogue: &catalogue,
        home: home.map(|code| catalogue.localities.by_code(code, day).unwrap()),
        period: Some(Period::year(2024)),
        today: Day::new(2026, 11, 22),
    };
    let reading = read_file("a.xlsx", &xlsx(&[("S", &table(rows))]), &context, &forms);
    let facts = reading.sheets.iter().flat_map(|s| &s.facts).map(|f| {
        let unit = &catalogue.localities.unit(f.place).code;
        format!("{} {unit} = {}", catalogue.measures.get(f.measure).id, f.value)
    });
    (
        facts.collect(),
        reading.problems.iter().map(|p| p.kind.name()).collect(),
    )
}

const VIOLENCE: &str = "\nBÁO CÁO TỔNG HỢP THÔNG TIN VỀ GIA ĐÌNH VÀ PHÒNG, CHỐNG BẠO LỰC GIA ĐÌNH\nNăm 2024\n\nTT | Chỉ tiêu | ĐVT | Số lượng\nII | BẠO LỰC GIA ĐÌNH | |\n1 | Tổng số vụ | Vụ | 7";

#[test]
fn a_commune_with_a_common_name_is_never_booked_to_the_receiver() {
    // Several communes are called Lâm Sơn; the receiver says in which province this one lies.
    let with =
        format!("Đơn vị báo cáo: UBND xã Lâm Sơn\nĐơn vị nhận báo cáo: UBND tỉnh Ninh Thuận{VIOLENCE}");
    assert_eq!(read(None, &with).0, ["dv-cases 22813 = 7"]);
    let (facts, problems) = read(None, &format!("Đơn vị báo cáo: UBND xã Lâm Sơn{VIOLENCE}"));
    assert!(
        facts.is_empty() && problems.contains(&"place-ambiguous"),
        "{facts:?} {problems:?}"
    );
}

#[test]
fn a_group_of_facilities_is_not_added_to_its_parts() {
    let sheet = "Biểu số: 8/BCH\nTÌNH HÌNH SỨC KHỎE TRẺ EM\nNăm 2024\nHuyện Ninh Sơn\n\nTT | Tên cơ sở | Số trẻ đẻ ra sống\n | TỔNG SỐ | 30\nI | Bệnh viện | 20\n1 | Bệnh viện đa khoa huyện | 20\nII | Tuyến xã | 10\n1 | Trạm y tế Lâm Sơn | 6\n2 | Trạm y tế Mỹ Sơn | 4";
    let (facts, problems) = read(Some("585"), sheet);
    let total: i64 = facts
        .iter()
        .map(|f| f.rsplit(' ').next().unwrap().parse::<i64>().unwrap())
        .sum();
    assert_eq!(total, 30, "{facts:?}");
    assert!(!problems.contains(&"total-row-differs"), "{problems:?}");
}
