//! The real program: what it prints on which stream, in both languages, and how it ends.

use std::path::Path;
use std::process::{Command, Output};

fn bdg(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bdg"))
        .args(words)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn here() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Letters that only Vietnamese text has.
fn vietnamese(text: &str) -> bool {
    text.chars().any(|c| {
        "ăâđêôơưĂÂĐÊÔƠƯ".contains(c) || ('\u{1EA0}'..='\u{1EF9}').contains(&c) || "áàãéèíìóòõúùý".contains(c)
    })
}

const COMMANDS: [(&str, &str); 7] = [
    ("report", "bao-cao"),
    ("check", "kiem-tra"),
    ("inspect", "xem"),
    ("explain", "giai-thich"),
    ("list", "danh-sach"),
    ("locality", "dia-phuong"),
    ("completions", "completions"),
];

#[test]
fn help_is_whole_in_each_language() {
    let folder = here();
    for (name, alias) in COMMANDS {
        let vi = bdg(folder.path(), &[alias, "--help"]);
        assert_eq!(code(&vi), 0);
        assert!(out(&vi).contains("Cách dùng: bdg"), "{}", out(&vi));
        for word in ["Usage", "Options", "possible values", "default:", "aliases"] {
            assert!(!out(&vi).contains(word), "{name}: {word}");
        }
        let en = bdg(folder.path(), &[name, "--lang", "en", "--help"]);
        // The examples are names of units.
        let text = out(&en).split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text
            .replace("huyện Ninh Sơn, tỉnh Ninh Thuận", "")
            .replace("xã Lâm Sơn, huyện Ninh Sơn", "")
            .replace("xã Lâm Sơn", "")
            .replace("tỉnh Khánh Hòa", "")
            .replace("Hồng Hà --locality \"Hà Nội\"", "");
        assert!(text.contains("Usage: bdg"), "{text}");
        assert!(!vietnamese(&text), "{text}");
    }
    let top = bdg(folder.path(), &["--lang=en", "-h"]);
    assert!(out(&top).contains("Exit codes"));
    assert!(!vietnamese(
        &out(&top).replace("huyện Ninh Sơn, tỉnh Ninh Thuận", "")
    ));
}

#[test]
fn a_slip_is_answered_with_a_near_word_and_nothing_is_done() {
    let folder = here();
    for (words, near) in [
        (&["reprot"][..], "“report”"),
        (&["report", "--perod", "2024"], "“--period”"),
        (&["list", "indicatr"], "“indicators”"),
        (&["report", "--each", "comune"], "“commune”"),
        (&["explain", "not-a-numbr"], "“not-a-number”"),
        (
            &["--lang", "en", "report", "--edition", "intrnal"],
            "did you mean “internal”",
        ),
        (&["report", "-p", "2024-H3"], "2024-H1"),
        (
            &["list", "localities", "-l", "huyện Ninh Sươn", "-p", "2024"],
            "huyện Ninh Sơn",
        ),
    ] {
        let output = bdg(folder.path(), words);
        assert_eq!(code(&output), 2, "{words:?} {}", err(&output));
        assert!(err(&output).contains(near), "{words:?}: {}", err(&output));
        assert_eq!(out(&output), "", "{words:?}");
    }
    assert_eq!(code(&bdg(folder.path(), &[])), 2);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn flags_stand_before_or_after_the_command() {
    let folder = here();
    let before = bdg(folder.path(), &["--lang", "en", "list", "checks"]);
    let after = bdg(folder.path(), &["list", "checks", "--lang", "en"]);
    assert_eq!(out(&before), out(&after));
    assert_eq!(code(&before), 0);
}

#[test]
fn everything_can_be_listed_and_json_keeps_its_codes() {
    let folder = here();
    for (en, vi) in [
        ("indicators", "chi-tieu"),
        ("targets", "muc-tieu"),
        ("localities", "dia-phuong"),
        ("checks", "kiem-soat"),
        ("problems", "loi"),
        ("measures", "so-lieu"),
        ("forms", "bieu-mau"),
    ] {
        let people = bdg(folder.path(), &["list", en]);
        assert_eq!(code(&people), 0, "{}", err(&people));
        assert_eq!(out(&people), out(&bdg(folder.path(), &["danh-sach", vi])));
        assert!(!out(&people).contains('\u{1b}'), "no colour in a pipe");
        let codes = |lang| {
            let json = bdg(folder.path(), &["list", en, "--format", "json", "--lang", lang]);
            let lines: Vec<serde_json::Value> = out(&json)
                .lines()
                .map(|l| serde_json::from_str(l).unwrap())
                .collect();
            let key =
                |v: &serde_json::Value| ["id", "code", "indicator"].iter().find_map(|k| v.get(k)).cloned();
            (lines.iter().map(key).collect::<Vec<_>>(), lines)
        };
        let ((vi_codes, vi_lines), (en_codes, en_lines)) = (codes("vi"), codes("en"));
        assert_eq!(vi_codes, en_codes);
        assert!(vi_lines.iter().all(|l| l["v"] == 1));
        if en == "indicators" {
            assert!(vi_lines.len() >= 26);
            assert_eq!(vi_lines[0]["unit"], en_lines[0]["unit"]);
        }
    }
}

#[test]
fn every_problem_and_every_indicator_can_be_explained() {
    let folder = here();
    for (what, key) in [("problems", "name"), ("indicators", "id")] {
        let json = bdg(folder.path(), &["list", what, "--format", "json"]);
        for line in out(&json).lines().step_by(9) {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let name = value[key].as_str().unwrap();
            let output = bdg(folder.path(), &["explain", name, "--lang", "en"]);
            assert_eq!(code(&output), 0, "{name}: {}", err(&output));
            assert!(out(&output).contains(name));
        }
    }
}

#[test]
fn the_configuration_is_proved_and_named() {
    let folder = here();
    std::fs::create_dir(folder.path().join("nhan")).unwrap();
    let config = folder.path().join("bdg.toml");
    std::fs::write(&config, "office = \"UBND\"\nlocalty = \"585\"\n").unwrap();
    let output = bdg(folder.path(), &["check", "nhan"]);
    assert_eq!(code(&output), 2);
    let text = err(&output);
    assert!(text.contains("dòng 2") && text.contains("“locality”"), "{text}");
    std::fs::write(&config, "lang = \"en\"\nlocality = \"585\"\nperiod = \"2024\"\n").unwrap();
    let output = bdg(folder.path(), &["check", "nhan"]);
    assert!(err(&output).contains("Configuration"), "{}", err(&output));
    assert!(
        !bdg(folder.path(), &["check", "nhan", "--no-config"])
            .stderr
            .starts_with(b"Configuration")
    );
    let quiet = bdg(folder.path(), &["check", "nhan", "-q"]);
    assert!(!err(&quiet).contains("Configuration"));
}

#[test]
fn a_faulty_definition_beside_the_data_stops_the_run() {
    let folder = here();
    let overlay = folder.path().join("indicators");
    std::fs::create_dir(&overlay).unwrap();
    std::fs::write(overlay.join("settings.toml"), "approximate_tolerence = 1.0\n").unwrap();
    let output = bdg(folder.path(), &["check", "."]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("settings.toml"), "{}", err(&output));
    assert!(err(&output).contains("approximate_tolerance"), "{}", err(&output));
}

#[test]
fn a_folder_without_data_and_a_public_edition_are_refused() {
    let folder = here();
    let output = bdg(folder.path(), &["report", "."]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("nothing-sent"), "{}", err(&output));
    let output = bdg(folder.path(), &["report", "khong-co"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("khong-co"));
    let output = bdg(
        folder.path(),
        &["report", ".", "--edition", "public", "--lang", "en"],
    );
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("public edition"), "{}", err(&output));
    assert!(!err(&output).contains("nothing-sent"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn bad_files_are_told_with_name_and_remedy() {
    let folder = here();
    std::fs::write(folder.path().join("xã A.xlsx"), b"PK\x03\x04 cut").unwrap();
    std::fs::write(folder.path().join("rong.xlsx"), b"").unwrap();
    std::fs::write(folder.path().join("~$xã A.xlsx"), b"owner").unwrap();
    let output = bdg(folder.path(), &["check", ".", "--format", "json"]);
    let lines: Vec<serde_json::Value> = out(&output)
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(lines.last().unwrap()["type"], "failure");
    let files: Vec<&str> = lines.iter().filter_map(|l| l["file"].as_str()).collect();
    assert_eq!(files, ["rong.xlsx", "xã A.xlsx"], "{lines:?}");
    assert!(
        lines
            .iter()
            .all(|l| l["type"] != "problem" || !l["title"].as_str().unwrap().is_empty())
    );
    let people = bdg(folder.path(), &["check", "."]);
    let text = format!("{}{}", out(&people), err(&people));
    assert!(text.contains("xã A.xlsx") && text.contains("việc cần"), "{text}");
}

#[test]
fn completions_are_printed_for_each_shell() {
    let folder = here();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = bdg(folder.path(), &["completions", shell]);
        assert_eq!(code(&output), 0);
        assert!(out(&output).contains("report"), "{shell}");
    }
}

fn copied(sample: &str, to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data-samples")
        .join(sample);
    let mut folders = vec![from.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let target = to.join(path.strip_prefix(&from).unwrap());
            if path.is_dir() {
                std::fs::create_dir_all(&target).unwrap();
                folders.push(path);
            } else {
                std::fs::copy(&path, &target).unwrap();
            }
        }
    }
}

/// Outputs stand in the folder of the data: they are not read as data by the next run, nothing that
/// was received is overwritten, and every run gives the same bytes.
#[test]
fn a_report_into_the_folder_of_the_data_can_be_made_again() {
    let folder = here();
    copied("huyen-ninh-son-2024", folder.path());
    let words = ["report", ".", "-o", "tong-hop.xlsx", "--format", "json"];
    let first = bdg(folder.path(), &[&words[..], &["--each", "commune"]].concat());
    let summary = |output: &Output| -> serde_json::Value {
        serde_json::from_str(out(output).lines().last().unwrap_or_default()).unwrap_or_default()
    };
    assert!(code(&first) < 2, "{}", err(&first));
    assert!(summary(&first)["written"].as_array().unwrap().len() >= 12);
    let bytes = std::fs::read(folder.path().join("tong-hop.xlsx")).unwrap();
    let second = bdg(folder.path(), &[&words[..], &["-j", "1"]].concat());
    for key in [
        "files_found",
        "files_read",
        "figures",
        "scope",
        "period",
        "errors",
    ] {
        assert_eq!(summary(&first)[key], summary(&second)[key], "{key}");
    }
    assert!(bytes == std::fs::read(folder.path().join("tong-hop.xlsx")).unwrap());
    let sent = "thong-ke/dan-so-2024.xlsx";
    let before = std::fs::read(folder.path().join(sent)).unwrap();
    let output = bdg(folder.path(), &["report", ".", "-o", sent]);
    assert_eq!(code(&output), 2, "{}", out(&output));
    assert!(before == std::fs::read(folder.path().join(sent)).unwrap());
}

#[test]
fn a_figure_is_traced_to_its_cells_and_a_file_is_shown_as_it_was_understood() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples");
    let trace = bdg(
        &samples,
        &[
            "explain",
            "3.2",
            "huyen-ninh-son-2024",
            "-l",
            "xã Lâm Sơn",
            "--format",
            "json",
        ],
    );
    assert_eq!(code(&trace), 0, "{}", err(&trace));
    let lines: Vec<serde_json::Value> = out(&trace)
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|l| l["place"] == "xã Lâm Sơn"));
    assert!(!lines[0]["terms"][0]["cells"].as_array().unwrap().is_empty());
    let file = "huyen-ninh-son-2024/thong-ke/dan-so-2024.xlsx";
    let people = bdg(&samples, &["inspect", file, "--lang", "en"]);
    assert!(out(&people).contains("Cells: "), "{}", out(&people));
    let json = bdg(&samples, &["inspect", file, "--format", "json"]);
    let facts = out(&json)
        .lines()
        .filter(|l| l.contains("\"outcome\":\"fact\""))
        .count();
    assert!(facts > 8, "{facts}");
    let other = bdg(&samples, &["inspect", file, "--sheet", "khong co"]);
    assert_eq!(code(&other), 2);
}
