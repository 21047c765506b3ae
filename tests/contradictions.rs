//! One rule for every figure that a check calls an error: it is shown nowhere, it is in no sum, the sum
//! says how many units it covers, and the unit's own row says that the data contradict each other.
//! All expected figures are worked out by hand from the sheets below.

use std::collections::BTreeMap;
use std::path::Path;

use crate::made::{Ran, bdg, put, table, tidy, xlsx};

/// The eight communes of huyện Ninh Sơn.
const COMMUNES: [&str; 8] = [
    "Xã Lâm Sơn",
    "Xã Lương Sơn",
    "Xã Quảng Sơn",
    "Xã Mỹ Sơn",
    "Xã Hòa Sơn",
    "Xã Ma Nới",
    "Xã Nhơn Sơn",
    "Thị trấn Tân Sơn",
];

/// A sheet: title, heads, and for each of the first communes the cells after its name.
fn sheet(title: &str, heads: &str, rows: &[&str]) -> Vec<u8> {
    let rows = COMMUNES
        .iter()
        .zip(rows)
        .map(|(name, cells)| format!("{name} | {cells}\n"));
    let text = format!("{title} NĂM 2024\nXã | {heads}\n{}", rows.collect::<String>());
    xlsx(&[("S", &table(&text))])
}

const POPULATION: &str = "DÂN SỐ";
const REACHED: &str = "SỐ NGƯỜI ĐƯỢC TIẾP CẬN KIẾN THỨC CƠ BẢN VỀ BÌNH ĐẲNG GIỚI";
const VICTIMS: &str = "NGƯỜI BỊ BẠO LỰC GIA ĐÌNH";

/// The files, and the report on them.
fn report(files: &[(&str, Vec<u8>)]) -> (Ran, Rows) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        put(folder.path(), &format!("nhan/{name}"), bytes);
    }
    let ran = bdg(
        folder.path(),
        &[
            "report", "nhan", "-l", "585", "-p", "2024", "--format", "json", "-o", "kq.xlsx",
        ],
    );
    let rows = rows(&folder.path().join("kq.csv"));
    (ran, rows)
}

type Rows = BTreeMap<(String, String), BTreeMap<String, String>>;

/// Rows of the period for everybody, by indicator and place.
fn rows(path: &Path) -> Rows {
    tidy(path)
        .into_iter()
        .filter(|r| r["period"] == "2024" && r["group"].is_empty())
        .map(|r| ((r["indicator_id"].clone(), r["locality_code"].clone()), r))
        .collect()
}

/// `numerator / denominator = value verdict reported/expected contradicted`.
fn said(rows: &Rows, indicator: &str, place: &str) -> String {
    let row = &rows[&(indicator.to_owned(), place.to_owned())];
    let of = |key: &str| row[key].as_str();
    format!(
        "{} / {} = {} {} {}/{} {}",
        of("numerator"),
        of("denominator"),
        of("value"),
        of("verdict"),
        of("reported"),
        of("expected"),
        of("contradicted"),
    )
}

fn problem<'a>(ran: &'a Ran, name: &str, lines: &'a [serde_json::Value]) -> &'a serde_json::Value {
    let found = lines.iter().find(|l| l["name"] == name);
    found.unwrap_or_else(|| panic!("{name} is missing in {}", ran.out))
}

/// 100 people in each commune, 90 of them reached: 720 of 800.
fn sound() -> [(&'static str, Vec<u8>); 2] {
    [
        ("dan-so.xlsx", sheet(POPULATION, "Tổng số", &["100"; 8])),
        ("tiep-can.xlsx", sheet(REACHED, "Tổng số", &["90"; 8])),
    ]
}

#[test]
fn sound_figures_are_summed_whole() {
    let (ran, rows) = report(&sound());
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert_eq!(said(&rows, "6.1", "585"), "720 / 800 = 90.0 met 8/8 0");
}

#[test]
fn two_reports_that_differ_are_both_unused() {
    let [people, reached] = sound();
    let other = sheet(REACHED, "Tổng số", &["95"]);
    let (ran, rows) = report(&[people, reached, ("tiep-can-2.xlsx", other)]);
    assert_eq!(ran.code, 1);
    assert_eq!(said(&rows, "6.1", "22813"), " /  =  conflict 0/1 1");
    assert_eq!(said(&rows, "6.1", "585"), "630 / 700 = 90.0 met 7/8 1");
    let lines = ran.json();
    let told = problem(&ran, "reported-twice", &lines);
    assert_eq!(told["left_out"], 2);
    assert_eq!(
        told["effect"],
        "2 số liệu mâu thuẫn: không dùng để tính, không cộng vào cấp trên"
    );
    let summary = lines.last().unwrap();
    assert_eq!(summary["figures_left_out"], 2);
    assert_eq!(
        summary["figures"], 15,
        "8 + 8 less the one that two reports contradict"
    );
}

#[test]
fn women_above_all_are_unused_with_their_total() {
    let [people, _] = sound();
    let mut rows = ["90 | 40"; 8];
    rows[0] = "90 | 95";
    let (ran, rows) = report(&[people, ("tiep-can.xlsx", sheet(REACHED, "Tổng số | Nữ", &rows))]);
    assert_eq!(ran.code, 1);
    assert_eq!(said(&rows, "6.1", "22813"), " /  =  conflict 0/1 1");
    assert_eq!(said(&rows, "6.1", "585"), "630 / 700 = 90.0 met 7/8 1");
    assert_eq!(problem(&ran, "part-above-whole", &ran.json())["left_out"], 2);
}

/// Served men and women are told, all served are not: no check of reported figures can see that their
/// sum exceeds the victims.
#[test]
fn a_ratio_that_cannot_be_is_in_no_sum_and_is_told() {
    let victims = sheet(VICTIMS, "Số nạn nhân", &["10"; 8]);
    let mut served = ["3 | 5"; 8];
    served[0] = "4 | 9";
    let served = sheet(
        "NGƯỜI BỊ BẠO LỰC ĐƯỢC TIẾP CẬN DỊCH VỤ HỖ TRỢ",
        "Nam | Nữ",
        &served,
    );
    let (ran, rows) = report(&[("nan-nhan.xlsx", victims), ("ho-tro.xlsx", served)]);
    assert_eq!(
        said(&rows, "3.2a", "22816"),
        "8 / 10 = 80.0 met 1/1 0",
        "{}",
        ran.out
    );
    assert_eq!(said(&rows, "3.2a", "22813"), " /  =  conflict 0/1 1");
    assert_eq!(said(&rows, "3.2a", "585"), "56 / 70 = 80.0 met 7/8 1");
    assert_eq!(ran.code, 1);
    let lines = ran.json();
    let told = problem(&ran, "ratio-impossible", &lines);
    assert_eq!(
        (&told["file"], &told["cell"]),
        (&"ho-tro.xlsx".into(), &"B3".into())
    );
    assert!(
        told["found"]
            .as_str()
            .unwrap()
            .ends_with("xã Lâm Sơn, năm 2024: 13 / 10"),
        "{told}"
    );
}

/// The total is -100, men and women are 50 each: the total is not rebuilt from them.
#[test]
fn a_total_below_zero_is_not_rebuilt_from_its_parts() {
    let mut rows = ["100 | 50 | 50"; 8];
    rows[0] = "-100 | 50 | 50";
    let people = sheet(POPULATION, "Tổng số | Nam | Nữ", &rows);
    let reached = sheet(
        REACHED,
        "Tổng số",
        &["200", "90", "90", "90", "90", "90", "90", "90"],
    );
    let (ran, rows) = report(&[("dan-so.xlsx", people), ("tiep-can.xlsx", reached)]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        said(&rows, "6.1", "22813"),
        " /  =  conflict 0/1 1",
        "{}",
        ran.out
    );
    assert_eq!(said(&rows, "6.1", "585"), "630 / 700 = 90.0 met 7/8 1");
    assert_eq!(problem(&ran, "negative", &ran.json())["left_out"], 1);
}

#[test]
fn where_every_unit_contradicts_itself_the_parent_says_so() {
    let [people, reached] = sound();
    let other = sheet(REACHED, "Tổng số", &["95"; 8]);
    let (_, rows) = report(&[people, reached, ("tiep-can-2.xlsx", other)]);
    assert_eq!(said(&rows, "6.1", "585"), " /  =  conflict 0/8 8");
}

/// Three of eight communes: below the declared half, shown but not judged.
#[test]
fn a_sum_over_few_units_is_not_judged_as_if_complete() {
    let few = |n: usize| {
        let people = sheet(POPULATION, "Tổng số", &["100"; 8]);
        let reached = sheet(REACHED, "Tổng số", &["90"; 8][..n]);
        report(&[("dan-so.xlsx", people), ("tiep-can.xlsx", reached)]).1
    };
    let (three, four) = (few(3), few(4));
    assert_eq!(said(&three, "6.1", "585"), "270 / 300 = 90.0 too-few 3/8 0");
    let row = |rows: &Rows, key: &str| rows[&("6.1".to_owned(), "585".to_owned())][key].clone();
    assert_eq!(
        (row(&three, "verdict_words").as_str(), row(&three, "gap").as_str()),
        ("Chưa đủ số liệu", "")
    );
    assert_eq!(said(&four, "6.1", "585"), "360 / 400 = 90.0 met 4/8 0");
    assert_eq!(row(&four, "verdict_words"), "Đạt (tạm tính)");
}
