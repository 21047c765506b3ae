//! Plans: what an office's plan sets, who has reported by it, and what is told when it is at fault.

use std::path::Path;

use tempfile::TempDir;

use crate::made::{Ran, bdg, put, table, tidy, xlsx};
use crate::programmes::judged;

/// A table of results of one unit.
fn results(folder: &Path, file: &str, place: &str, year: &str, rows: &str) {
    let sheet = table(&format!(
        "Kết quả thực hiện một số chỉ tiêu về bình đẳng giới {year}\n{place}\nChỉ tiêu | Tử số | Mẫu số\n{rows}"
    ));
    put(folder, file, xlsx(&[("Kết quả", &sheet)]));
}

/// The lines of `--format json` on who has reported, as (unit, form, status, days late).
fn reporting(ran: &Ran) -> Vec<(String, String, String, u64)> {
    let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    let lines = ran.json().into_iter().filter(|line| line["type"] == "reporting");
    lines
        .map(|l| {
            (
                text(&l["unit"]),
                text(&l["form"]),
                text(&l["status"]),
                l["days_late"].as_u64().unwrap_or(0),
            )
        })
        .collect()
}

/// Codes and names of the sixteen wards of Gò Vấp in 2020.
const WARDS: [(&str, &str); 16] = [
    ("26869", "15"),
    ("26872", "13"),
    ("26875", "17"),
    ("26876", "6"),
    ("26878", "16"),
    ("26881", "12"),
    ("26882", "14"),
    ("26884", "10"),
    ("26887", "5"),
    ("26890", "7"),
    ("26893", "4"),
    ("26896", "1"),
    ("26897", "9"),
    ("26898", "8"),
    ("26899", "11"),
    ("26902", "3"),
];

/// Fourteen wards have reported for 2020; twelve of them on 30/10, two on 6/11.
fn go_vap() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut log = String::from("tệp;ngày nhận\n");
    for (i, (_, name)) in WARDS.iter().take(14).enumerate() {
        let equipped = if i == 5 { 2 } else { 3 };
        let rows = format!(
            "Tỷ lệ cán bộ, công chức, viên chức, lực lượng vũ trang, học sinh, sinh viên được truyền thông nâng cao nhận thức về bình đẳng giới | {} | 100
             Tỷ lệ người dân được truyền thông nâng cao nhận thức về bình đẳng giới | {} | 1000
             Tỷ lệ cán bộ làm công tác bình đẳng giới và vì sự tiến bộ của phụ nữ được tập huấn | 4 | 4
             Tỷ lệ nữ đại biểu dân cử, nữ lãnh đạo, quản lý và nữ thuộc diện quy hoạch được trang bị kiến thức | {equipped} | 3
             Tỷ lệ người có nhu cầu hỗ trợ về bình đẳng giới được tiếp cận ít nhất một dịch vụ tư vấn, hỗ trợ | 5 | 5",
            60 + i,
            500 + 10 * i
        );
        let place = format!("Phường {name}, quận Gò Vấp, Thành phố Hồ Chí Minh");
        results(
            folder.path(),
            &format!("phuong-{name}.xlsx"),
            &place,
            "năm 2020",
            &rows,
        );
        let day = if i < 12 { "30/10/2020" } else { "06/11/2020" };
        log.push_str(&format!("phuong-{name}.xlsx;{day}\n"));
    }
    put(folder.path(), "so-nhan.csv", log);
    folder
}

#[test]
fn go_vap_reviews_its_plan_by_its_own_targets_and_days() {
    let folder = go_vap();
    let words = [
        "report",
        ".",
        "-o",
        "kq/kq.xlsx",
        "--plan",
        "go-vap-2019-2020",
        "--period",
        "2020",
        "--received",
        "so-nhan.csv",
    ];
    let ran = bdg(folder.path(), &[&words[..], &["--format", "json"]].concat());
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    let rows = tidy(&folder.path().join("kq/kq.csv"));
    let of = |id: &str| {
        let row = rows
            .iter()
            .find(|r| r["indicator_id"] == id && r["locality_code"] == "764" && r["period"] == "2020");
        let row = row.unwrap_or_else(|| panic!("{id}"));
        (
            row["numerator"].clone(),
            row["denominator"].clone(),
            row["value"].clone(),
            row["target"].clone(),
        )
    };
    // 60 + … + 73 = 931 of 14 × 100; 500 + 510 + … + 630 = 7 910 of 14 000.
    let words = |a: &str, b: &str, c: &str, d: &str| (a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned());
    assert_eq!(of("officials-reached"), words("931", "1400", "66.5", "70"));
    assert_eq!(of("residents-reached"), words("7910", "14000", "56.5", "50"));
    assert_eq!(of("gender-staff-trained"), words("56", "56", "100.0", "100"));
    assert_eq!(of("women-leaders-equipped"), words("41", "42", "97.6", "100"));
    assert_eq!(of("gender-support"), words("70", "70", "100.0", "100"));
    for (target, verdict) in [("1", "partly-met"), ("2", "met"), ("3", "not-met"), ("4", "met")] {
        assert_eq!(
            judged(folder.path(), &format!("go-vap-2019-2020 {target}")),
            verdict
        );
    }
    // Every ward owes the year's report before 5/11 and the review by 31/10; the bodies owe the year's.
    let told = reporting(&ran);
    assert_eq!(told.len(), 16 + 8 + 16);
    let of = |code: &str| -> Vec<(String, u64)> {
        let lines = told.iter().filter(|(unit, ..)| unit == code);
        lines
            .map(|(_, _, status, late)| (status.clone(), *late))
            .collect()
    };
    let line = |status: &str, late| (status.to_owned(), late);
    for (i, (code, _)) in WARDS.iter().enumerate() {
        let expected = match i {
            0..12 => [line("in-time", 0), line("in-time", 0)],
            // The last days in time are 4/11 and 31/10.
            12..14 => [line("late", 2), line("late", 6)],
            _ => [line("missing", 0), line("missing", 0)],
        };
        assert_eq!(of(code), expected, "{code}");
    }
    assert_eq!(of("justice"), [line("missing", 0)]);
    let ran = bdg(
        folder.path(),
        &[
            "check",
            ".",
            "--plan",
            "go-vap-2019-2020",
            "--period",
            "2020",
            "--received",
            "so-nhan.csv",
        ],
    );
    let row = ran
        .out
        .lines()
        .find(|l| l.starts_with("Tổng kết"))
        .unwrap_or_else(|| panic!("{}", ran.out));
    assert!(row.contains("đến hết ngày 31/10/2020"), "{row}");
    let numbers: Vec<&str> = row.split_whitespace().rev().take(5).collect();
    assert_eq!(
        numbers,
        ["2", "2", "12", "14", "16"],
        "missing, late, in time, received, expected: {row}"
    );
}

#[test]
fn each_plan_runs_and_expects_what_its_text_says() {
    for (plan, period, place, expected, own) in [
        // Eight bodies, one of which owes no form of its own.
        (
            "quang-thanh-2024",
            "2024",
            "Xã Quảng Thành, huyện Quảng Điền, tỉnh Thừa Thiên Huế",
            8,
            "19891",
        ),
        // A year and a review, each of eight districts and eleven departments; statistics owes two forms.
        (
            "thai-binh-2022",
            "2022",
            "Huyện Hưng Hà, tỉnh Thái Bình",
            2 * (8 + 12),
            "34",
        ),
        // 19 communes and 2 towns since 2020; a year and a review.
        (
            "trung-khanh-2020",
            "2020",
            "Xã Ngọc Côn, huyện Trùng Khánh, tỉnh Cao Bằng",
            2 * 21,
            "047",
        ),
        (
            "trung-khanh-2020",
            "2020-H1",
            "Xã Ngọc Côn, huyện Trùng Khánh, tỉnh Cao Bằng",
            21,
            "047",
        ),
        // 15 communes, 2 towns, 10 bodies.
        (
            "an-lao-2024",
            "2024",
            "Xã Bát Trang, huyện An Lão, thành phố Hải Phòng",
            27,
            "313",
        ),
        (
            "an-lao-2024",
            "2024-H1",
            "Xã Bát Trang, huyện An Lão, thành phố Hải Phòng",
            27,
            "313",
        ),
        (
            "go-vap-2019-2020",
            "2019",
            "Phường 15, quận Gò Vấp, Thành phố Hồ Chí Minh",
            24,
            "764",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let year = match period.strip_suffix("-H1") {
            Some(year) => format!("6 tháng đầu năm {year}"),
            None => format!("năm {period}"),
        };
        let row = "Tỷ lệ người dân được truyền thông nâng cao nhận thức về bình đẳng giới | 30 | 60";
        results(folder.path(), "Hội Phụ nữ.xlsx", place, &year, row);
        let ran = bdg(
            folder.path(),
            &[
                "report",
                ".",
                "-o",
                "kq/kq.xlsx",
                "--plan",
                plan,
                "--period",
                period,
                "--format",
                "json",
            ],
        );
        assert!(ran.code < 2, "{plan} {}{}", ran.out, ran.err);
        let told = reporting(&ran);
        assert_eq!(told.len(), expected, "{plan} {period}");
        assert!(
            told.iter().any(|(_, _, status, _)| status == "received"),
            "{plan} {period} {told:?}"
        );
        assert!(
            told.iter().any(|(_, _, status, _)| status == "missing"),
            "{plan} {period}"
        );
        let rows = tidy(&folder.path().join("kq/kq.csv"));
        assert!(rows.iter().any(|r| r["locality_code"] == own), "{plan}");
    }
}

#[test]
fn a_report_on_the_day_before_which_it_was_due_is_late() {
    let folder = tempfile::tempdir().unwrap();
    let place = "Xã Quảng Thành, huyện Quảng Điền, tỉnh Thừa Thiên Huế";
    let news = table(&format!(
        "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024\n{place}\nXã | Quý I | Quý II | Quý III | Quý IV\nXã Quảng Thành | 4 | 5 | 6 | 4"
    ));
    put(folder.path(), "truyen-thanh.xlsx", xlsx(&[("Tin bài", &news)]));
    let row = "Tỷ lệ người dân được truyền thông nâng cao nhận thức về bình đẳng giới | 30 | 60";
    results(folder.path(), "Hội Phụ nữ xã.xlsx", place, "năm 2024", row);
    // A half year is no report of the year.
    results(folder.path(), "Công an.xlsx", place, "6 tháng đầu năm 2024", row);
    put(
        folder.path(),
        "so-nhan.csv",
        "file,received,note\ntruyen-thanh.xlsx,2024-11-19,\nHội Phụ nữ xã.xlsx,2024-11-20,qua thư\nHội Phụ nữ.xlsx,2024-11-21,\n",
    );
    let words = [
        "check",
        ".",
        "--plan",
        "quang-thanh-2024",
        "--received",
        "so-nhan.csv",
        "--format",
        "json",
    ];
    let ran = bdg(folder.path(), &words);
    let told = reporting(&ran);
    let of = |unit: &str| {
        let line = told.iter().find(|(u, ..)| u == unit).unwrap();
        (line.1.as_str(), line.2.as_str(), line.3)
    };
    assert_eq!(of("radio"), ("grassroots-news", "in-time", 0));
    assert_eq!(of("front"), ("", "late", 1));
    assert_eq!(of("police"), ("police-perpetrators", "missing", 0));
    let problems = ran.problems();
    assert!(
        problems.contains(&("so-nhan.csv".to_owned(), "received-not-there".to_owned())),
        "{problems:?}"
    );
    // Without the log nothing is late.
    let ran = bdg(
        folder.path(),
        &["check", ".", "--plan", "quang-thanh-2024", "--format", "json"],
    );
    assert!(
        reporting(&ran)
            .iter()
            .all(|(_, _, status, _)| status != "late" && status != "in-time")
    );
}

#[test]
fn an_offices_own_plan_is_a_file_and_the_command_line_goes_before_it() {
    let folder = tempfile::tempdir().unwrap();
    // The pattern is a plan that works.
    let pattern = bdg(folder.path(), &["explain", "plan-template"]);
    assert_eq!(pattern.code, 0);
    put(folder.path(), "ke-hoach.toml", &pattern.out);
    let row = "Tỷ lệ dân số được tiếp cận kiến thức cơ bản về bình đẳng giới | 500 | 600";
    let place = "Xã Lâm Sơn, tỉnh Khánh Hòa";
    results(folder.path(), "nhan/Công an xã.xlsx", place, "năm 2026", row);
    let ran = bdg(
        folder.path(),
        &["report", "nhan", "-o", "kq/kq.xlsx", "--plan", "ke-hoach.toml"],
    );
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("2026-H1, 2026") && ran.err.contains("--period"),
        "{}",
        ran.err
    );
    let words = |more: &[&'static str]| -> Vec<&'static str> {
        let all = [
            "report",
            "nhan",
            "-o",
            "kq/kq.xlsx",
            "--plan",
            "ke-hoach.toml",
            "--period",
            "2026",
        ];
        [&all[..], more].concat()
    };
    let ran = bdg(folder.path(), &words(&[]));
    assert!(
        ran.code < 2 && !ran.err.contains("thay cho"),
        "{}{}",
        ran.out,
        ran.err
    );
    // 83.3 % is above the nation's 80 for 2030 and below the plan's own 85.
    assert_eq!(judged(folder.path(), "mau-2026 1"), "not-met");
    let ran = bdg(folder.path(), &words(&["--locality", "56"]));
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    assert!(
        ran.err.contains("--locality 56 thay cho 22813 của kế hoạch"),
        "{}",
        ran.err
    );
    // The plan of a commune binds no province.
    assert_eq!(judged(folder.path(), "mau-2026 1"), "not-judged");
    // What is wrong in a plan is told with line, key and a near word, all at once.
    let wrong = pattern
        .out
        .replace("police-perpetrators", "police-perpetrator")
        .replace("who = \"bodies\"", "who = \"bodie\"")
        .replace("locality = \"22813\"", "locality = \"2281\"")
        .replace("indicator = \"6.1\"", "indicator = \"6.9\"")
        .replace("receiver =", "reciever =");
    put(folder.path(), "ke-hoach.toml", &wrong);
    let ran = bdg(
        folder.path(),
        &["check", "nhan", "--plan", "ke-hoach.toml", "--lang", "en"],
    );
    assert_eq!(ran.code, 2);
    for words in [
        "did you mean “police-perpetrators”?",
        "did you mean “bodies”?",
        "“2281” is not the code of a unit",
        "“6.9” is not the id of an indicator",
        "did you mean “receiver”?",
    ] {
        assert!(ran.err.contains(words), "{words}\n{}", ran.err);
    }
    let ran = bdg(
        folder.path(),
        &["check", "nhan", "--plan", "go-vap-2019-202", "--lang", "en"],
    );
    assert!(
        ran.code == 2 && ran.err.contains("did you mean “go-vap-2019-2020”?"),
        "{}",
        ran.err
    );
    let listed = bdg(folder.path(), &["list", "plans", "--format", "json"]);
    assert_eq!(listed.json().len(), 5, "{}", listed.out);
    let told = bdg(folder.path(), &["explain", "go-vap-2019-2020"]);
    for words in [
        "trước ngày 05/11/2020",
        "đến hết ngày 31/10/2020",
        "15/11-15/12",
        "officials-reached ≥ 70",
    ] {
        assert!(told.out.contains(words), "{words}\n{}", told.out);
    }
}

/// What the samples of the five plans must give, worked out by `tests/independent/plan_samples.py`.
#[test]
fn the_samples_of_the_five_plans_give_what_was_worked_out_apart() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = std::fs::read_to_string(root.join("tests/expected/ke-hoach.csv")).unwrap();
    let rows: Vec<Vec<&str>> = expected
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect())
        .collect();
    let mut runs: Vec<(&str, &str)> = rows.iter().map(|row| (row[0], row[1])).collect();
    runs.dedup();
    assert_eq!(runs.len(), 8, "{runs:?}");
    let mut wrong = Vec::new();
    for (plan, period) in runs {
        let folder = root.join("data-samples/ke-hoach").join(plan);
        let out = tempfile::tempdir().unwrap();
        let workbook = out.path().join("kq/kq.xlsx");
        let ran = bdg(
            &folder,
            &[
                "report",
                ".",
                "-o",
                workbook.to_str().unwrap(),
                "--plan",
                plan,
                "--period",
                period,
                "--received",
                "so-nhan.csv",
                "--no-cache",
                "--format",
                "json",
            ],
        );
        assert!(ran.code < 2, "{plan} {period} {}{}", ran.out, ran.err);
        let tidy = tidy(&out.path().join("kq/kq.csv"));
        let mut told = reporting(&ran);
        for row in rows.iter().filter(|row| (row[0], row[1]) == (plan, period)) {
            let [_, _, what, key, unit, expected] = row[..] else {
                panic!("{row:?}")
            };
            let found = match what {
                "figure" => {
                    let figure = tidy.iter().find(|r| {
                        r["indicator_id"] == key
                            && r["locality_code"] == unit
                            && r["period"] == period
                            && r["sex"] == "all"
                            && r["ethnicity"] == "all"
                    });
                    figure.map_or_else(String::new, |r| {
                        format!("{}/{}", r["numerator"], r["denominator"])
                    })
                }
                "target" => judged(out.path(), key),
                _ => {
                    let is_it = |(u, f, status, late): &(String, String, String, u64)| {
                        u == unit && f == key && format!("{status} {late}") == expected
                    };
                    // Each line that is expected is there once.
                    match told.iter().position(is_it) {
                        Some(at) => {
                            told.remove(at);
                            expected.to_owned()
                        }
                        None => format!("{:?}", told.iter().filter(|t| t.0 == unit).collect::<Vec<_>>()),
                    }
                }
            };
            if found != expected {
                wrong.push(format!("{} found {found}", row.join(",")));
            }
        }
        wrong.extend(
            told.into_iter()
                .map(|line| format!("{plan} {period} not expected {line:?}")),
        );
        let errors = ran.problems();
        let errors = errors.iter().filter(|(file, _)| file == "so-nhan.csv");
        wrong.extend(errors.map(|e| format!("{plan} {period} {e:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
