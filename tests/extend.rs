//! What an office adds by data files alone: a measure, a form, an indicator and its own target.

use std::path::Path;

use calamine::{Reader, Xlsx, open_workbook};

use crate::made::{bdg, put, table, tidy, xlsx};

pub const MEASURES: &str = r#"
[[measure]]
id = "reconciliation-groups"
name = { vi = "Số tổ hòa giải", en = "Reconciliation groups" }
unit = "organisations"
flow = "stock"
spread = "total"
dimensions = []
sensitive = false

[[measure]]
id = "reconciliation-groups-with-women"
name = { vi = "Số tổ hòa giải có thành viên nữ", en = "Reconciliation groups with a woman member" }
unit = "organisations"
flow = "stock"
spread = "total"
dimensions = []
sensitive = false
"#;

pub const FORM: &str = r#"
id = "reconciliation"
name = { vi = "Tổ hòa giải ở cơ sở", en = "Reconciliation groups" }
issuer = { vi = "Phòng Tư pháp", en = "Justice office" }
source = "Mẫu của tỉnh"
verified = true
senders = "one"
periods = ["year", "half"]

[recognise]
titles = [["tổ hòa giải"]]
headers = ["Xã", "Số tổ", "Có nữ"]

[rows]
role = "places"

[[label]]
text = ["Số tổ"]
axis = "column"
measure = "reconciliation-groups"

[[label]]
text = ["Có nữ"]
axis = "column"
measure = "reconciliation-groups-with-women"
"#;

pub const INDICATOR: &str = r#"
id = "7.1"
objective = 6
unit = "percent"
direction = "higher"
decimals = 1
levels = ["commune", "district", "province", "nation"]
breakdowns = []
verified = true
name = { vi = "Tỷ lệ tổ hòa giải có thành viên nữ", en = "Share of reconciliation groups with a woman member" }
short = { vi = "Tổ hòa giải có nữ", en = "Groups with a woman" }
supplier = { vi = "Phòng Tư pháp", en = "Justice office" }
method = { vi = "Số tổ có nữ chia cho số tổ", en = "Groups with a woman by all groups" }
source = { vi = "Kế hoạch của tỉnh", en = "Plan of the province" }

[[variant]]
id = "standard"
name = { vi = "Cách tính chuẩn", en = "Standard method" }
kind = "ratio"
scale = 100
numerator = [{ measure = "reconciliation-groups-with-women" }]
denominator = [{ measure = "reconciliation-groups" }]

[[example]]
variant = "standard"
year = 2024
facts = [
    { measure = "reconciliation-groups", period = "2024", value = 8 },
    { measure = "reconciliation-groups-with-women", period = "2024", value = 6 },
]
numerator = 6
denominator = 8
value = "75.0"
"#;

const TARGETS: &str = "indicator,locality,year,when,comparator,value,act,issued\n\
    7.1,VN,2024,by,>=,50,Kế hoạch trung ương,2021-01-01\n\
    7.1,585,2024,by,>=,90,Kế hoạch 15/KH-UBND,2023-02-10\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "bdg.toml",
        "locality = \"585\"\nperiod = \"2024\"\n",
    );
    let sheet = table(
        "Tổ hòa giải ở cơ sở năm 2024
         Xã | Số tổ | Có nữ
         Xã Lâm Sơn | 10 | 8
         Xã Quảng Sơn | 6 | 4
         Cộng | 16 | 12",
    );
    put(
        folder.path(),
        "tu-phap/to-hoa-giai.xlsx",
        xlsx(&[("Sheet1", &sheet)]),
    );
    folder
}

fn overlay(folder: &Path) {
    put(folder, "indicators/measures-tinh.toml", MEASURES);
    put(folder, "indicators/forms/reconciliation.toml", FORM);
    put(folder, "indicators/strategy/7.1.toml", INDICATOR);
    put(folder, "indicators/targets.csv", TARGETS);
    // Two of eight communes are judged only where the office says that they may be.
    let settings = "approximate_tolerance = 1.0\nminimum_coverage_percent = 25\n";
    put(folder, "indicators/settings.toml", settings);
}

#[test]
fn a_new_form_a_new_indicator_and_an_own_target_come_by_data_files_alone() {
    let folder = folder();
    let without = bdg(folder.path(), &["check", "."]);
    assert_eq!(without.code, 2, "{}{}", without.out, without.err);
    overlay(folder.path());
    let ran = bdg(folder.path(), &["report", ".", "-o", "kq"]);
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    let rows = tidy(&folder.path().join("kq/bao-cao-585-2024.csv"));
    let row = rows
        .iter()
        .find(|r| r["indicator_id"] == "7.1" && r["locality_code"] == "585" && r["period"] == "2024")
        .unwrap();
    let seen = |id: &str| row[id].as_str();
    assert_eq!(
        (seen("numerator"), seen("denominator"), seen("value")),
        ("12", "16", "75.0")
    );
    // 75 is above the nation's 50 and below the district's own 90.
    assert_eq!(
        (seen("comparator"), seen("target"), seen("target_year")),
        (">=", "90", "2024")
    );
    assert_eq!(seen("gap"), "-15.0");
    let commune = rows
        .iter()
        .find(|r| r["indicator_id"] == "7.1" && r["locality_code"] == "22813")
        .unwrap();
    assert_eq!(commune["value"], "80.0");
    // What is listed and explained is what was used.
    let listed = bdg(
        folder.path(),
        &["explain", "7.1", ".", "--locality", "22819", "--lang", "en"],
    );
    assert!(
        listed.out.contains("66.7") && listed.out.contains("to-hoa-giai.xlsx"),
        "{}{}",
        listed.out,
        listed.err
    );
}

#[test]
fn a_slip_in_a_data_file_is_told_with_file_line_and_a_near_word() {
    for (file, from, to, line, near) in [
        (
            "indicators/strategy/7.1.toml",
            "decimals = 1",
            "decimal = 1",
            6,
            "decimals",
        ),
        (
            "indicators/strategy/7.1.toml",
            "denominator = [{ measure = \"reconciliation-groups\" }]",
            "denominator = [{ measure = \"reconciliation-group\" }]",
            22,
            "reconciliation-groups",
        ),
        (
            "indicators/measures-tinh.toml",
            "flow = \"stock\"",
            "flow = \"stok\"",
            6,
            "stock",
        ),
        (
            "indicators/forms/reconciliation.toml",
            "senders = \"one\"",
            "sender = \"one\"",
            7,
            "senders",
        ),
        (
            "indicators/forms/reconciliation.toml",
            "role = \"places\"",
            "role = \"place\"",
            15,
            "places",
        ),
        ("indicators/targets.csv", "7.1,585", "7.1,0585", 3, "585"),
    ] {
        let folder = folder();
        overlay(folder.path());
        let path = folder.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        for (lang, word) in [("vi", "dòng"), ("en", "line")] {
            let ran = bdg(folder.path(), &["report", ".", "-o", "kq", "--lang", lang]);
            assert_eq!(ran.code, 2, "{to}: {}", ran.err);
            let short = file.trim_start_matches("indicators/");
            assert!(
                ran.err.contains(short)
                    && ran.err.contains(&format!("{word} {line}"))
                    && ran.err.contains(near),
                "{to}: {}",
                ran.err
            );
            assert!(!folder.path().join("kq").exists(), "nothing is written");
        }
    }
}

#[test]
fn a_worked_example_that_does_not_come_out_is_a_fault_of_its_file() {
    let folder = folder();
    overlay(folder.path());
    let wrong = INDICATOR.replace(
        "numerator = 6\ndenominator = 8\nvalue = \"75.0\"",
        "numerator = 6\ndenominator = 8\nvalue = \"57.0\"",
    );
    put(folder.path(), "indicators/strategy/7.1.toml", &wrong);
    let ran = bdg(folder.path(), &["report", ".", "-o", "kq"]);
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
    let line = 1 + wrong.lines().position(|l| l == "[[example]]").unwrap();
    let told = format!(
        "strategy/7.1.toml, dòng {line}, example: ví dụ tính ra 6 / 8 = 75.0, không phải 6 / 8 = 57.0"
    );
    assert!(ran.err.contains(&told), "{}", ran.err);
}

#[test]
fn a_mistyped_measure_is_one_fault() {
    let folder = folder();
    overlay(folder.path());
    let wrong = INDICATOR.replacen(
        "reconciliation-groups-with-women",
        "reconciliation-groups-with-womn",
        1,
    );
    put(folder.path(), "indicators/strategy/7.1.toml", &wrong);
    let ran = bdg(folder.path(), &["check", "."]);
    assert_eq!(ran.code, 2);
    let faults: Vec<&str> = ran.err.lines().filter(|l| l.starts_with("lỗi")).collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].contains("reconciliation-groups-with-women”?"),
        "{faults:?}"
    );
}

/// An office's own way of computing 6.1 counts: wherever its file lies, and it is said.
#[test]
fn a_national_declaration_that_an_office_replaces_is_said() {
    let built_in = bdg::definition::embedded();
    let text = |path: &str| built_in.iter().find(|f| f.path == path).unwrap().text.clone();
    let (indicator, form) = (text("strategy/6.1.toml"), text("forms/population.toml"));
    for (file, text, said) in [
        ("strategy/tinh.toml", &indicator, "chỉ số 6.1"),
        ("strategy/6.1.toml", &indicator, "chỉ số 6.1"),
        ("forms/dan-so-tinh.toml", &form, "mẫu biểu population"),
    ] {
        let folder = folder();
        overlay(folder.path());
        put(folder.path(), &format!("indicators/{file}"), text);
        let ran = bdg(folder.path(), &["check", ".", "--format", "json"]);
        let lines = ran.json();
        let told: Vec<_> = lines
            .iter()
            .filter(|l| l["name"] == "definition-replaced")
            .collect();
        let told = told.iter().find(|l| l["file"] == file).unwrap();
        assert_eq!(
            (told["severity"].as_str(), told["found"].as_str()),
            (Some("note"), Some(said))
        );
        let ran = bdg(folder.path(), &["report", ".", "-o", "kq"]);
        let line = format!("{said} ({file})");
        assert!(ran.err.contains(&line), "{}", ran.err);
        let mut book: Xlsx<_> = open_workbook(folder.path().join("kq/bao-cao-585-2024.xlsx")).unwrap();
        let sheet = book.worksheet_range("Phương pháp").unwrap();
        let sheet: String = sheet.cells().map(|(.., cell)| format!("{cell}\n")).collect();
        assert!(sheet.contains(&line), "{sheet}");
    }
    let folder = folder();
    overlay(folder.path());
    let ran = bdg(folder.path(), &["check", ".", "--format", "json"]);
    let lines = ran.json();
    let told = lines.iter().filter(|l| l["name"] == "definition-replaced");
    let told: Vec<_> = told.map(|l| l["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(told, ["settings.toml"], "an addition replaces nothing");
}

#[test]
fn an_overlay_that_is_found_in_two_ways_is_laid_once() {
    let folder = folder();
    overlay(folder.path());
    let data = folder.path().to_str().unwrap();
    for (root, config) in [
        (".", None),
        ("./", None),
        ("tu-phap/..", None),
        (data, Some("bdg.toml")),
    ] {
        let config = config.map_or(vec![], |file| vec!["--config", file]);
        let ran = bdg(
            folder.path(),
            &[&["report", root, "-o", "kq"][..], &config].concat(),
        );
        assert!(ran.code < 2, "{root}: {}", ran.err);
        assert_eq!(
            ran.err.matches("Danh mục bổ sung").count(),
            1,
            "{root}: {}",
            ran.err
        );
        let mut book: Xlsx<_> = open_workbook(folder.path().join("kq/bao-cao-585-2024.xlsx")).unwrap();
        let sheet = book.worksheet_range("Mục tiêu").unwrap();
        let own = sheet
            .cells()
            .filter(|(.., cell)| cell.to_string().contains("Kế hoạch 15/KH-UBND"));
        assert_eq!(own.count(), 1, "{root}");
    }
}
