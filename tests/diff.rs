//! Two runs compared: every changed figure is split into causes that add up, from what the runs left alone.
//!
//! What is expected of each cause is worked out by hand; that causes add up to what changed is checked against the
//! tidy data of both runs, which the comparison has no part in.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;

use crate::made::{Ran, bdg, put, table, tidy, xlsx};

const QUANG_SON: &str = "22819";

/// A commune's own report: so many of so many people reached (indicator 6.1), and the cell `B4`, `C4`.
fn reached(folder: &Path, file: &str, commune: &str, year: u16, reached: i64, people: i64) {
    let sheet = table(&format!(
        "Kết quả thực hiện một số chỉ tiêu về bình đẳng giới năm {year}\n{commune}, huyện Ninh Sơn, tỉnh Ninh Thuận\nChỉ tiêu | Tử số | Mẫu số\nTỷ lệ dân số được tiếp cận kiến thức cơ bản về bình đẳng giới | {reached} | {people}"
    ));
    put(folder, file, xlsx(&[("Kết quả", &sheet)]));
}

/// Lâm Sơn 480 of 600 and Quảng Sơn 100 of 400: 580 of 1,000 in the district.
fn first(folder: &Path) {
    // Two communes of eight are enough to be judged.
    put(folder, "nhan/bdg.toml", "minimum_coverage_percent = 0\n");
    reached(folder, "nhan/lam-son.xlsx", "Xã Lâm Sơn", 2024, 480, 600);
    reached(folder, "nhan/quang-son.xlsx", "Xã Quảng Sơn", 2024, 100, 400);
}

fn report(folder: &Path, to: &str, more: &[&str]) {
    let words = [
        "report",
        "nhan",
        "-o",
        to,
        "--locality",
        "585",
        "--period",
        "2024",
    ];
    let ran = bdg(folder, &[&words[..], more].concat());
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
}

fn diff(folder: &Path, more: &[&str]) -> Ran {
    bdg(
        folder,
        &[&["diff", "mot", "hai", "--format", "json"], more].concat(),
    )
}

/// A number of JSON or of tidy data in millionths; nothing there is none.
fn number(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{part:0<6}");
    (!text.is_empty()).then(|| digits.parse().unwrap())
}

fn of(value: &Value) -> Option<i64> {
    value.as_str().and_then(number)
}

/// Indicator, place, level, period, sex, age, ethnicity.
type Key = [String; 7];
/// Numerator, denominator, value, lowest, highest; verdict.
type Figure = ([Option<i64>; 5], String);

/// The figures on the units of the report, by the tidy data of a run.
fn published(folder: &Path) -> BTreeMap<Key, Figure> {
    let file = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| p.extension().is_some_and(|e| e == "csv"));
    let rows = tidy(&file.unwrap()).into_iter();
    rows.filter(|row| row["boundary"] != "as-reported")
        .map(|row| {
            let text = |column: &str| row[column].clone();
            let key = [
                "indicator_id",
                "locality_code",
                "level",
                "period",
                "sex",
                "age",
                "ethnicity",
            ]
            .map(text);
            let numbers = ["numerator", "denominator", "value", "low", "high"].map(|c| number(&row[c]));
            (key, (numbers, row["verdict"].clone()))
        })
        .collect()
}

fn changes(ran: &Ran) -> Vec<Value> {
    ran.json()
        .into_iter()
        .filter(|line| line["type"] == "change")
        .collect()
}

fn key(change: &Value) -> Key {
    let fields = [
        "indicator",
        "locality_code",
        "level",
        "period",
        "sex",
        "age",
        "ethnicity",
    ];
    fields.map(|field| change[field].as_str().unwrap().to_owned())
}

/// Every figure that is not the same is told, nothing else is, and the causes of each add up to its change.
fn adds_up(folder: &Path, ran: &Ran) {
    let (before, after) = (published(&folder.join("mot")), published(&folder.join("hai")));
    let none = ([None; 5], String::new());
    let mut keys: Vec<&Key> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    let figure = |of: &BTreeMap<Key, Figure>, key: &Key| of.get(key).cloned().unwrap_or_else(|| none.clone());
    let mut changed: Vec<&Key> = keys
        .into_iter()
        .filter(|k| figure(&before, k) != figure(&after, k))
        .collect();
    let told = changes(ran);
    let told: BTreeMap<Key, &Value> = told.iter().map(|change| (key(change), change)).collect();
    changed.retain(|k| !told.contains_key(*k));
    // A line without any number may come or go with the unit that it is about.
    let has_numbers = |f: Figure| f.0.iter().any(Option::is_some);
    changed.retain(|k| has_numbers(figure(&before, k)) || has_numbers(figure(&after, k)));
    assert!(changed.is_empty(), "not told: {changed:?}");
    for (key, change) in told {
        let (a, b) = (figure(&before, &key), figure(&after, &key));
        let causes = change["causes"].as_array().unwrap();
        let sum = |field: &str| causes.iter().map(|c| of(&c[field]).unwrap_or(0)).sum::<i64>();
        for (at, field) in ["numerator", "denominator", "value", "low", "high"]
            .into_iter()
            .enumerate()
        {
            assert_eq!(of(&change["before"][field]), a.0[at], "{field} {key:?}");
            assert_eq!(of(&change["after"][field]), b.0[at], "{field} {key:?}");
            let whole = match (a.0[at], b.0[at]) {
                (Some(a), Some(b)) => b - a,
                (a, b) if at < 2 => b.unwrap_or(0) - a.unwrap_or(0),
                _ => 0,
            };
            assert_eq!(sum(field), whole, "{field} {key:?} {causes:?}");
        }
        assert!(!causes.is_empty(), "{key:?}");
        assert!(
            causes.iter().all(|c| c["cause"] != "unsplit"),
            "{key:?} {causes:?}"
        );
    }
}

/// What each cause did to indicator 6.1 of a place in 2024, for everybody: cause, numerator, denominator, value.
fn parts(ran: &Ran, place: &str) -> Vec<(String, i64, i64, Option<String>)> {
    let all = changes(ran);
    let change = all.iter().find(|c| {
        let everybody = c["sex"] == "all" && c["age"] == "all" && c["ethnicity"] == "all";
        c["indicator"] == "6.1" && c["locality_code"] == place && c["period"] == "2024" && everybody
    });
    let Some(change) = change else { return Vec::new() };
    let causes = change["causes"].as_array().unwrap().iter();
    causes
        .map(|c| {
            let count = |field: &str| of(&c[field]).unwrap() / 1_000_000;
            let value = c["value"].as_str().map(str::to_owned);
            (
                c["cause"].as_str().unwrap().to_owned(),
                count("numerator"),
                count("denominator"),
                value,
            )
        })
        .collect()
}

fn part(cause: &str, numerator: i64, denominator: i64, value: &str) -> (String, i64, i64, Option<String>) {
    (cause.to_owned(), numerator, denominator, Some(value.to_owned()))
}

/// (cause, cell before with its value, cell after with its value), of the series that begin so.
fn cells(ran: &Ran, series: &str) -> Vec<(String, String, String)> {
    let said = |v: &Value| match v.is_null() {
        true => String::new(),
        false => format!(
            "{} › {} = {}",
            v["file"].as_str().unwrap(),
            v["cell"].as_str().unwrap(),
            v["value"].as_str().unwrap()
        ),
    };
    let all = ran.json().into_iter();
    all.filter(|line| line["type"] == "cell" && line["figure"].as_str().unwrap().starts_with(series))
        .map(|l| {
            (
                l["cause"].as_str().unwrap().to_owned(),
                said(&l["before"]),
                said(&l["after"]),
            )
        })
        .collect()
}

#[test]
fn runs_of_the_same_reports_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    first(folder);
    report(folder, "mot", &[]);
    report(folder, "hai", &["--lang", "en"]);
    let ran = diff(folder, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(
        changes(&ran).is_empty() && cells(&ran, "").is_empty(),
        "{}",
        ran.out
    );
    let told = bdg(folder, &["so-sanh", "mot/bdg-run.json", "hai"]);
    assert_eq!(told.code, 0);
    let last = told.out.lines().last().unwrap();
    assert!(last.starts_with("Hai lần chạy giống nhau"), "{last}");
}

#[test]
fn a_corrected_cell_is_quoted_as_it_was_and_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    first(folder);
    report(folder, "mot", &[]);
    reached(folder, "nhan/lam-son.xlsx", "Xã Lâm Sơn", 2024, 500, 600);
    report(folder, "hai", &[]);
    let ran = diff(folder, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    adds_up(folder, &ran);
    assert_eq!(parts(&ran, "585"), [part("corrected", 20, 0, "2")]);
    assert_eq!(
        cells(&ran, "people-reached"),
        [(
            "corrected".to_owned(),
            "lam-son.xlsx › B4 = 480".to_owned(),
            "lam-son.xlsx › B4 = 500".to_owned()
        )]
    );
    assert!(parts(&ran, QUANG_SON).is_empty());
    // The received files are not needed any more, nor the folder they lay in.
    std::fs::remove_dir_all(folder.join("nhan")).unwrap();
    assert_eq!(diff(folder, &[]).out, ran.out);
}

#[test]
fn a_report_that_came_late_is_not_a_new_unit() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    first(folder);
    // Mỹ Sơn has reported something: the year before.
    reached(folder, "nhan/my-son-2023.xlsx", "Xã Mỹ Sơn", 2023, 10, 20);
    report(folder, "mot", &[]);
    reached(folder, "nhan/my-son-2024.xlsx", "Xã Mỹ Sơn", 2024, 150, 200);
    report(folder, "hai", &[]);
    let ran = diff(folder, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    adds_up(folder, &ran);
    // 580/1000 = 58.0, 730/1200 = 60.8.
    assert_eq!(parts(&ran, "585"), [part("late", 150, 200, "2.8")]);
}

#[test]
fn a_place_that_had_reported_nothing_is_a_new_unit() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    first(folder);
    report(folder, "mot", &[]);
    reached(folder, "nhan/my-son.xlsx", "Xã Mỹ Sơn", 2024, 150, 200);
    report(folder, "hai", &[]);
    let ran = diff(folder, &[]);
    adds_up(folder, &ran);
    assert_eq!(parts(&ran, "585"), [part("new-unit", 150, 200, "2.8")]);
    let told = cells(&ran, "people-reached");
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].0.as_str(), told[0].2.as_str()),
        ("new-unit", "my-son.xlsx › B4 = 150")
    );
}

#[test]
fn an_own_target_changes_a_verdict_and_no_value() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    first(folder);
    report(folder, "mot", &[]);
    let own = "indicator,locality,year,when,comparator,value,act,issued\n6.1,585,2024,by,>=,55,Kế hoạch 1/KH,2024-02-10\n";
    put(folder, "nhan/indicators/targets.csv", own);
    report(folder, "hai", &[]);
    let ran = diff(folder, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    adds_up(folder, &ran);
    assert_eq!(parts(&ran, "585"), [part("target", 0, 0, "0")]);
    let all = changes(&ran);
    assert!(all.iter().all(|c| c["indicator"] == "6.1"), "{all:?}");
    let verdict = &all[0]["causes"][0]["verdict"];
    assert_ne!(verdict[0], verdict[1], "{verdict}");
    assert!(
        ["met", "exceeded"].contains(&verdict[1].as_str().unwrap()),
        "{verdict}"
    );
    let told = ran.json().pop().unwrap();
    let settings = told["settings"].as_array().unwrap();
    assert!(
        settings.iter().any(|s| s["what"] == "Danh mục targets.csv"),
        "{settings:?}"
    );
}

#[test]
fn a_changed_variant_is_a_change_of_definition() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    crate::bytes::copied(
        &crate::golden::sample("huyen-ninh-son-2024"),
        &folder.join("nhan"),
    );
    report(folder, "mot", &[]);
    let config = std::fs::read_to_string(folder.join("nhan/bdg.toml")).unwrap_or_default();
    let head = config.split("[variants]").next().unwrap().to_owned();
    put(
        folder,
        "khac.toml",
        format!("{head}\n[variants]\n\"1\" = \"ubnd-only\"\n"),
    );
    report(folder, "hai", &["--config", "khac.toml"]);
    let ran = diff(folder, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    adds_up(folder, &ran);
    let all = changes(&ran);
    assert!(!all.is_empty());
    for change in &all {
        assert_eq!(change["indicator"], "1");
        let causes = change["causes"].as_array().unwrap();
        assert_eq!(causes.len(), 1);
        assert_eq!(causes[0]["cause"], "definition");
    }
    assert!(cells(&ran, "").is_empty());
}

#[test]
fn other_boundaries_move_figures_and_lose_none() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    first(folder);
    let at = |to: &str, boundaries: &str| {
        report(folder, to, &["--boundaries", boundaries]);
    };
    at("mot", "2024");
    at("hai", "2025-07-01");
    let ran = diff(folder, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    adds_up(folder, &ran);
    let all = changes(&ran);
    assert!(!all.is_empty());
    let causes = all.iter().flat_map(|c| c["causes"].as_array().unwrap());
    assert!(causes.clone().all(|c| c["cause"] == "boundary"), "{all:?}");
    // What the communes of before lost stands in those of after.
    let communes = all
        .iter()
        .filter(|c| c["level"] == "commune" && c["indicator"] == "6.1");
    let moved: i64 = communes
        .flat_map(|c| c["causes"].as_array().unwrap())
        .map(|c| of(&c["denominator"]).unwrap_or(0))
        .sum();
    assert_eq!(moved, 0, "{all:?}");
}

#[test]
fn a_withdrawn_report_takes_its_figures_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    first(folder);
    report(folder, "mot", &[]);
    std::fs::remove_file(folder.join("nhan/quang-son.xlsx")).unwrap();
    report(folder, "hai", &[]);
    let ran = diff(folder, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    adds_up(folder, &ran);
    // 580/1000 = 58.0, 480/600 = 80.0.
    assert_eq!(parts(&ran, "585"), [part("withdrawn", -100, -400, "22")]);
}

#[test]
fn a_contradiction_is_a_cause_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    first(folder);
    report(folder, "mot", &[]);
    // Quảng Sơn again, with another number and nothing that says which is the later.
    reached(folder, "nhan/quang-son-b.xlsx", "Xã Quảng Sơn", 2024, 120, 400);
    report(folder, "hai", &[]);
    let ran = diff(folder, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    adds_up(folder, &ran);
    let told = parts(&ran, "585");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].0.as_str(), told[0].1), ("contradiction", -100));
    // And the way back.
    let back = bdg(folder, &["diff", "hai", "mot", "--format", "json"]);
    let told = parts(&back, "585");
    assert_eq!((told[0].0.as_str(), told[0].1), ("contradiction", 100));
}

/// Everything at once: Lâm Sơn corrected, Mỹ Sơn late, Hòa Sơn new, Quảng Sơn withdrawn, a target.
fn everything(folder: &Path) {
    first(folder);
    reached(folder, "nhan/my-son-2023.xlsx", "Xã Mỹ Sơn", 2023, 10, 20);
    report(folder, "mot", &[]);
    reached(folder, "nhan/lam-son.xlsx", "Xã Lâm Sơn", 2024, 500, 600);
    reached(folder, "nhan/my-son-2024.xlsx", "Xã Mỹ Sơn", 2024, 150, 200);
    reached(folder, "nhan/hoa-son.xlsx", "Xã Hòa Sơn", 2024, 250, 300);
    std::fs::remove_file(folder.join("nhan/quang-son.xlsx")).unwrap();
    let own = "indicator,locality,year,when,comparator,value,act,issued\n6.1,585,2024,by,>=,95,Kế hoạch 1/KH,2024-02-10\n";
    put(folder, "nhan/indicators/targets.csv", own);
    report(folder, "hai", &[]);
}

#[test]
fn several_causes_at_once_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    everything(folder);
    let ran = diff(folder, &["-o", "so-sanh.xlsx"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    adds_up(folder, &ran);
    // 580/1000 = 58.0; 600/1000 = 60.0; 750/1200 = 62.5; 1000/1500 = 66.7; 900/1100 = 81.8.
    let mut told = parts(&ran, "585");
    let target = told.pop().filter(|last| last.0 == "target");
    if target.is_none() {
        told = parts(&ran, "585");
    }
    assert_eq!(
        told,
        [
            part("corrected", 20, 0, "2"),
            part("late", 150, 200, "2.5"),
            part("new-unit", 250, 300, "4.2"),
            part("withdrawn", -100, -400, "15.1"),
        ]
    );
    let mut book: Xlsx<_> = open_workbook(folder.join("so-sanh.xlsx")).unwrap();
    assert_eq!(
        book.sheet_names(),
        ["Tóm tắt", "Thay đổi", "Ô đã sửa", "Phương pháp"]
    );
    let mut rows = |name: &str| -> Vec<Vec<String>> {
        let range = book.worksheet_range(name).unwrap();
        range
            .rows()
            .map(|r| r.iter().map(Data::to_string).collect())
            .collect()
    };
    // A row for each figure and cause, as JSON has them.
    let causes: usize = changes(&ran)
        .iter()
        .map(|c| c["causes"].as_array().unwrap().len())
        .sum();
    let codes = [
        "corrected",
        "late",
        "new-unit",
        "withdrawn",
        "target",
        "definition",
    ];
    let is_row = |row: &&Vec<String>| codes.contains(&row[0].as_str());
    assert_eq!(rows("Thay đổi").iter().filter(is_row).count(), causes);
    assert_eq!(
        rows("Ô đã sửa").iter().filter(is_row).count(),
        cells(&ran, "").len()
    );
    let cell = rows("Ô đã sửa");
    let corrected = cell.iter().find(|row| row[0] == "corrected").unwrap();
    for text in ["lam-son.xlsx", "Kết quả", "B4", "480", "500"] {
        assert!(corrected.iter().any(|cell| cell == text), "{text} {corrected:?}");
    }
    // The comparison is no report: a later run over a folder that holds it does not read it.
    std::fs::copy(folder.join("so-sanh.xlsx"), folder.join("nhan/so-sanh.xlsx")).unwrap();
    report(folder, "ba", &[]);
    let again = bdg(folder, &["diff", "hai", "ba", "--format", "json"]);
    assert!(changes(&again).is_empty(), "{}", again.out);
}

#[test]
fn the_same_comparison_gives_the_same_bytes_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    everything(folder);
    for lang in ["vi", "en"] {
        let runs = ["1", "2"].map(|jobs| {
            let to = format!("{lang}-{jobs}.xlsx");
            let ran = bdg(
                folder,
                &["diff", "mot", "hai", "-o", &to, "--lang", lang, "--jobs", jobs],
            );
            assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
            (std::fs::read(folder.join(&to)).unwrap(), ran.out.replace(&to, ""))
        });
        assert!(runs[0] == runs[1], "{lang}");
        let last = runs[0].1.lines().last().unwrap().to_owned();
        let said = ["đã tách hết theo nguyên nhân", "all split into causes"];
        assert!(said.iter().any(|words| last.ends_with(words)), "{last}");
    }
}

#[test]
fn what_is_no_run_of_ours_is_told_for_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    first(folder);
    report(folder, "mot", &["--facts", "so-lieu"]);
    report(folder, "hai", &[]);
    let sound = std::fs::read_to_string(folder.join("hai/bdg-run.json")).unwrap();
    let refused = |first: &str, said: &str| {
        let ran = bdg(folder, &["diff", first, "mot"]);
        assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
        assert!(ran.out.is_empty(), "{}", ran.out);
    };
    refused("khong-co", "không có bdg-run.json");
    refused("nhan", "không có bdg-run.json");
    refused("so-lieu", "bản ghi của report --facts");
    for (text, said) in [
        (
            sound.replace("\"record_version\": 2", "\"record_version\": 1"),
            "chưa kèm số liệu đã đọc",
        ),
        (
            sound.replace("\"record_version\": 2", "\"record_version\": 9"),
            "mới hơn chương trình này",
        ),
        (
            sound.chars().take(sound.len() / 2).collect(),
            "không phải là JSON",
        ),
        (sound.replace("\"outputs\"", "\"other\""), "bị hỏng"),
        ("{\"a\": 1}".to_owned(), "không phải là bản ghi của bdg report"),
    ] {
        put(folder, "hai/bdg-run.json", text);
        refused("hai", said);
    }
    put(folder, "hai/bdg-run.json", &sound);
    let facts = std::fs::read(folder.join("hai/bdg-facts.parquet")).unwrap();
    put(folder, "hai/bdg-facts.parquet", &facts[..facts.len() - 9]);
    refused("hai", "bdg-facts.parquet: không phải tệp mà lần chạy này đã ghi");
    std::fs::remove_file(folder.join("hai/bdg-facts.parquet")).unwrap();
    refused("hai", "bdg-facts.parquet: không còn tệp này");
    put(folder, "hai/bdg-facts.parquet", &facts);
    let own = bdg(folder, &["diff", "mot", "hai", "-o", "hai/bao-cao-585-2024.xlsx"]);
    assert_eq!(own.code, 2, "{}", own.out);
    assert!(own.err.contains("không ghi đè"), "{}", own.err);
}

#[test]
fn a_catalogue_that_is_gone_is_said_and_nothing_is_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    first(folder);
    report(folder, "mot", &[]);
    reached(folder, "nhan/lam-son.xlsx", "Xã Lâm Sơn", 2024, 500, 600);
    report(folder, "hai", &[]);
    // As if the first run were of a program with another file 6.1.toml, which published one person less.
    let record = std::fs::read_to_string(folder.join("mot/bdg-run.json")).unwrap();
    let mut record: Value = serde_json::from_str(&record).unwrap();
    let files = record["definitions"].as_array_mut().unwrap();
    let file = files
        .iter_mut()
        .find(|f| f["file"] == "strategy/6.1.toml")
        .unwrap();
    file["sha256"] = Value::from("0".repeat(64));
    record["catalogue_sha256"] = Value::from("0".repeat(64));
    put(folder, "mot/bdg-run.json", record.to_string());
    let ran = diff(folder, &[]);
    // The figures of the first run come out the same by the catalogue at hand: there is nothing to tell apart.
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    adds_up(folder, &ran);
    assert_eq!(parts(&ran, "585"), [part("corrected", 20, 0, "2")]);
}

/// Random edits of four communes' reports: whatever was done, the causes add up.
#[test]
fn causes_add_up_whatever_was_done() {
    let communes = ["Xã Lâm Sơn", "Xã Quảng Sơn", "Xã Mỹ Sơn", "Xã Hòa Sơn"];
    let mut seed = 2026u64;
    let mut dice = |most: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % (most + 1)
    };
    for _ in 0..4 {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        first(folder);
        for run in ["mot", "hai"] {
            for (n, commune) in communes.iter().enumerate() {
                let file = format!("nhan/x{n}-{}.xlsx", dice(1));
                match dice(4) {
                    0 => drop(std::fs::remove_file(folder.join(&file))),
                    1 => {}
                    _ => {
                        let people = 100 + dice(50) as i64;
                        let of_them = dice(90) as i64;
                        let year = if dice(3) == 0 { 2023 } else { 2024 };
                        reached(folder, &file, commune, year, of_them, people);
                    }
                }
            }
            report(folder, run, &[]);
        }
        let ran = diff(folder, &[]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        adds_up(folder, &ran);
    }
}
