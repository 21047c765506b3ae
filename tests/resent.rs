//! Reports sent again: the later stands by rule, what changed is told, and without a rule nothing is chosen.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::made::{Ran, bdg, put, table, tidy, xlsx};

fn population(folder: &Path, file: &str, lam_son: u32, quang_son: u32) {
    let sheet = table(&format!(
        "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | {lam_son} | 50\nXã Quảng Sơn | {quang_son} | 90"
    ));
    put(folder, file, xlsx(&[("Biểu", &sheet)]));
}

const RUN: [&str; 7] = ["report", ".", "-o", "kq/kq.xlsx", "--locality", "585", "--period"];

fn report(folder: &Path, more: &[&str]) -> Ran {
    let ran = bdg(folder, &[&RUN[..], &["2024", "--format", "json"], more].concat());
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    ran
}

/// The population of a commune that stands behind the figures.
fn behind(folder: &Path, place: &str) -> String {
    let rows = tidy(&folder.join("kq/kq.csv"));
    let row = rows.iter().find(|r| {
        r["indicator_id"] == "6.1"
            && r["locality_code"] == place
            && r["sex"] == "all"
            && r["period"] == "2024"
    });
    row.map(|r| r["denominator"].clone()).unwrap_or_default()
}

fn names(ran: &Ran) -> Vec<(String, String)> {
    let told = ["report-superseded", "reported-twice"];
    let all = ran.problems().into_iter();
    all.filter(|(_, name)| told.contains(&name.as_str())).collect()
}

fn pair(file: &str, name: &str) -> (String, String) {
    (file.to_owned(), name.to_owned())
}

#[test]
fn the_numbered_report_stands_and_what_changed_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    population(folder.path(), "dan-so.xlsx", 100, 200);
    population(folder.path(), "dan-so lần 2.xlsx", 110, 200);
    population(folder.path(), "dan-so_lan_3.xlsx", 120, 200);
    let ran = report(folder.path(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert_eq!(
        names(&ran),
        [
            pair("dan-so lần 2.xlsx", "report-superseded"),
            pair("dan-so.xlsx", "report-superseded")
        ]
    );
    assert_eq!(
        (
            behind(folder.path(), "22813").as_str(),
            behind(folder.path(), "22819").as_str()
        ),
        ("120", "200")
    );
    let mut book: Xlsx<_> = open_workbook(folder.path().join("kq/kq.xlsx")).unwrap();
    let sheet = book.worksheet_range("Gửi lại").unwrap();
    let rows: Vec<Vec<String>> = sheet
        .rows()
        .map(|r| r.iter().map(Data::to_string).collect())
        .collect();
    let changed = |file: &str| {
        let of_file = |row: &&Vec<String>| row.get(5).is_some_and(|c| c.starts_with(file));
        let rows: Vec<&Vec<String>> = rows.iter().filter(of_file).collect();
        // Of three figures each one has changed; what is alike is not listed.
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows[0][3..7].to_vec()
    };
    let after = "dan-so_lan_3.xlsx › Biểu › B3";
    assert_eq!(
        changed("dan-so.xlsx"),
        ["100", "120", "dan-so.xlsx › Biểu › B3", after]
    );
    assert_eq!(
        changed("dan-so lần 2.xlsx"),
        ["110", "120", "dan-so lần 2.xlsx › Biểu › B3", after]
    );
    let record = std::fs::read_to_string(folder.path().join("kq/bdg-run.json")).unwrap();
    assert_eq!(record.matches("\"superseded\"").count(), 2, "{record}");
}

#[test]
fn without_a_number_and_a_day_nothing_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    population(folder.path(), "a.xlsx", 100, 200);
    population(folder.path(), "b.xlsx", 120, 200);
    let ran = report(folder.path(), &[]);
    assert_eq!(names(&ran), [pair("b.xlsx", "reported-twice")]);
    // Reports of other communes, or of another year, are no second edition, whatever their number.
    let folder = tempfile::tempdir().unwrap();
    population(folder.path(), "a.xlsx", 100, 200);
    let other = table("Dân số năm 2024\nXã | Tổng số | Nữ\nXã Mỹ Sơn | 300 | 150");
    put(folder.path(), "a lần 2.xlsx", xlsx(&[("Biểu", &other)]));
    let ran = report(folder.path(), &[]);
    assert!(names(&ran).is_empty(), "{:?}", names(&ran));
    assert_eq!(behind(folder.path(), "22813"), "100");
}

#[test]
fn by_the_log_the_newer_stands_and_the_first_day_counts() {
    let folder = tempfile::tempdir().unwrap();
    let result = |file: &str, reached: u32| {
        let sheet = table(&format!(
            "Kết quả thực hiện một số chỉ tiêu về bình đẳng giới năm 2024\nXã Bát Trang, huyện An Lão, thành phố Hải Phòng\nChỉ tiêu | Tử số | Mẫu số\nTỷ lệ dân số được tiếp cận kiến thức cơ bản về bình đẳng giới | {reached} | 600"
        ));
        put(folder.path(), file, xlsx(&[("Kết quả", &sheet)]));
    };
    // The names say the contrary of the log, and nothing of a number.
    result("b.xlsx", 300);
    result("a.xlsx", 450);
    put(
        folder.path(),
        "so-nhan.csv",
        "file,received\nb.xlsx,2024-12-04\na.xlsx,2024-12-20\n",
    );
    let words = [
        "report",
        ".",
        "-o",
        "kq/kq.xlsx",
        "--plan",
        "an-lao-2024",
        "--period",
        "2024",
        "--received",
        "so-nhan.csv",
        "--format",
        "json",
    ];
    let ran = bdg(folder.path(), &words);
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    assert_eq!(names(&ran), [pair("b.xlsx", "report-superseded")]);
    let rows = tidy(&folder.path().join("kq/kq.csv"));
    let row = rows
        .iter()
        .find(|r| r["indicator_id"] == "6.1" && r["locality_code"] == "11632")
        .unwrap();
    assert_eq!(
        (row["numerator"].as_str(), row["value"].as_str()),
        ("450", "75.0")
    );
    let lines = ran.json();
    let line = lines
        .iter()
        .find(|l| l["type"] == "reporting" && l["unit"] == "11632")
        .unwrap();
    assert_eq!(line["status"], "in-time");
    let files: Vec<(&str, bool)> = line["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["file"].as_str().unwrap(), f["superseded"].as_bool().unwrap()))
        .collect();
    assert_eq!(files, [("a.xlsx", false), ("b.xlsx", true)]);
}

#[test]
fn two_offices_that_fill_in_other_rows_of_one_form_replace_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let results = |file: &str, rows: &str| {
        let sheet = table(&format!(
            "Kết quả thực hiện một số chỉ tiêu về bình đẳng giới năm 2024\nHuyện An Lão, thành phố Hải Phòng\nChỉ tiêu | Tử số | Mẫu số\n{rows}"
        ));
        put(folder.path(), file, xlsx(&[("Kết quả", &sheet)]));
    };
    results(
        "Phòng Văn hóa.xlsx",
        "Tỷ lệ dân số được tiếp cận kiến thức cơ bản về bình đẳng giới | 450 | 600",
    );
    results("Hội Phụ nữ.xlsx", "Tỷ lệ nữ đại biểu Hội đồng nhân dân | 9 | 30");
    put(
        folder.path(),
        "so-nhan.csv",
        "file,received\nPhòng Văn hóa.xlsx,2024-12-02\nHội Phụ nữ.xlsx,2024-12-03\n",
    );
    let words = [
        "report",
        ".",
        "-o",
        "kq/kq.xlsx",
        "--plan",
        "an-lao-2024",
        "--period",
        "2024",
        "--received",
        "so-nhan.csv",
        "--programme",
        "strategy-2021-2030,strategy-2011-2020",
        "--format",
        "json",
    ];
    let ran = bdg(folder.path(), &words);
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    assert_eq!(names(&ran), []);
    let rows = tidy(&folder.path().join("kq/kq.csv"));
    let of = |id: &str| {
        let row = rows
            .iter()
            .find(|r| r["indicator_id"] == id && r["locality_code"] == "313" && r["period"] == "2024");
        row.map(|r| format!("{}/{}", r["numerator"], r["denominator"]))
    };
    assert_eq!(of("6.1").as_deref(), Some("450/600"));
    assert_eq!(of("council-women").as_deref(), Some("9/30"));
}
