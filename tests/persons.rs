//! Lists of persons: counted on the spot, and nothing of a person goes on.

use std::io::Read as _;
use std::path::Path;

use crate::made::{bdg, put, table, xlsx};
use crate::reading::{Read, read};

/// A name and a day of birth that stand nowhere else.
const NAME: &str = "Zửng Thị Kín";
const BORN: &str = "17/11/1987";

fn has(read: &Read, lines: &[&str]) {
    for line in lines {
        assert!(
            read.facts.iter().any(|f| f == line),
            "{line}: {:#?} {:?}",
            read.facts,
            read.told
        );
    }
}

const VICTIMS: &str = "DANH SÁCH NẠN NHÂN BẠO LỰC GIA ĐÌNH NĂM 2024\nĐơn vị báo cáo: UBND xã Lâm Sơn\nTT | Họ và tên | Ngày sinh | Giới tính | Dân tộc | Được hỗ trợ";

#[test]
fn victims_are_counted_by_sex_age_and_ethnic_group() {
    let read = read(&format!(
        "{VICTIMS}\n1 | Trần Thị A | '12/03/1990 | Nữ | Raglai | x\n2 | Lê Văn B | '01/01/2009 | Nam | Kinh |\n3 | Mấu Thị C | 1960 | nữ | Ra-glai | x\n4 | Phạm Thị D | '31/12/2008 | Nữ | Kinh | x"
    ));
    has(
        &read,
        &[
            "dv-victims 22813 2024 = 4",
            "dv-victims female 22813 2024 = 3",
            "dv-victims male 22813 2024 = 1",
            "dv-victims ra-glai 22813 2024 = 2",
            "dv-victims minority 22813 2024 = 2",
            "dv-victims female minority 22813 2024 = 2",
            "dv-victims male minority 22813 2024 = 0",
            // Sixteen on the last day of the year, fifteen a day later.
            "dv-victims female 16-59 22813 2024 = 2",
            "dv-victims male 0-15 22813 2024 = 1",
            "dv-victims 60+ 22813 2024 = 1",
            "dv-victims-served 22813 2024 = 3",
            "dv-victims-served female 22813 2024 = 3",
        ],
    );
    assert!(read.told.is_empty(), "{:?}", read.told);
}

#[test]
fn the_sex_is_a_word_a_mark_or_a_year_of_birth_under_a_heading() {
    let title = "DANH SÁCH HỌC SINH NĂM HỌC 2023-2024\nTrường Tiểu học A, xã Lâm Sơn";
    let marks = format!(
        "{title}\nTT | Họ và tên | Nữ | Dân tộc | Lớp\n1 | Trần A | x | Kinh | 1A\n2 | Lê B | | Chăm | 1A\n3 | Mấu C | x | K'ho | 2B"
    );
    let years = format!(
        "{title}\nTT | Họ và tên | Năm sinh | | Dân tộc | Lớp\n | | Nam | Nữ | |\n1 | Trần A | | 2017 | Kinh | 1A\n2 | Lê B | 2017 | | Chăm | 1A\n3 | Mấu C | | 2016 | K'ho | 2B"
    );
    let words = format!(
        "{title}\nTT | Họ và tên | Giới tính | Dân tộc | Lớp\n1 | Trần A | Nữ | Kinh | 1A\n2 | Lê B | Nam | Chăm | 1A\n3 | Mấu C | nu | Cơ Ho | 2B"
    );
    for rows in [marks, years, words] {
        let read = read(&rows);
        has(
            &read,
            &[
                "pupils 22813 2023-2024 = 3",
                "pupils female 22813 2023-2024 = 2",
                "pupils male 22813 2023-2024 = 1",
                "pupils grade-1 22813 2023-2024 = 2",
                "pupils female minority grade-2 22813 2023-2024 = 1",
                "pupils male minority grade-1 22813 2023-2024 = 1",
            ],
        );
        assert!(read.told.is_empty(), "{:?}", read.told);
    }
}

#[test]
fn what_cannot_be_read_of_a_person_is_told_and_never_quoted() {
    let read = read(&format!(
        "{VICTIMS}\n1 | {NAME} | '29/02/2015 | {NAME} | Kinh | x\n2 | Lê Văn B | '{BORN} | Nam | 06 | có\n3 | Lê Văn B | '{BORN} | Nam | 02 | x\n4 | Mai C | 1970 | | Thổ | {NAME}"
    ));
    has(
        &read,
        &[
            "dv-victims 22813 2024 = 4",
            "dv-victims male 22813 2024 = 2",
            "dv-victims tay 22813 2024 = 1",
        ],
    );
    for line in [
        "person-trait-unclear C4 birth or age: 1 person (1)",
        "person-trait-unclear D4 sex: 1 person (1)",
        "person-trait-missing D7 sex: 1 person (0)",
        "person-trait-unclear F7 answer: 1 person (1)",
        "person-twice A6 1 row with a name and day of birth that came before (0)",
    ] {
        assert!(
            read.told.iter().any(|t| t.starts_with(line)),
            "{line}: {:#?}",
            read.told
        );
    }
    assert!(
        read.told.iter().any(|t| t.starts_with("code-list-unknown E5")),
        "{:#?}",
        read.told
    );
}

/// All bytes of a file, the parts of an archive unpacked.
fn contents(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes.clone())) else {
        return bytes;
    };
    let mut all = Vec::new();
    for i in 0..archive.len() {
        archive.by_index(i).unwrap().read_to_end(&mut all).unwrap();
    }
    all
}

#[test]
fn a_name_of_a_list_occurs_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "bdg.toml", "locality = \"585\"\nperiod = \"2024\"\n");
    let row = |rest: &str| format!("1 | {NAME} | '{BORN} | {rest}");
    let lists = [
        (
            "nan-nhan",
            format!(
                "{VICTIMS}\n{}\n{}",
                row("Nữ | Raglai | x"),
                row(&format!("{NAME} | {NAME} | {NAME}"))
            ),
        ),
        (
            "khong-mau",
            format!(
                "DANH SÁCH HỘI VIÊN NĂM 2024\nXã Lâm Sơn\nTT | Họ và tên | Ngày sinh | Số tiền\n{}",
                row("500")
            ),
        ),
        (
            "can-bo",
            format!(
                "DANH SÁCH CÁN BỘ NĂM 2024\nTT | Họ và tên | Ngày sinh | Hệ số\n{}",
                row("3")
            ),
        ),
        (
            "hai-bang",
            format!(
                "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50\n.\n.\nDANH SÁCH HỘ NGHÈO\nTT | Họ và tên | Năm sinh | Nhân khẩu\n{}",
                row("5")
            ),
        ),
    ];
    for (name, rows) in &lists {
        put(at, &format!("nhan/{name}.xlsx"), xlsx(&[("S", &table(rows))]));
    }
    let mut seen: Vec<(String, Vec<u8>)> = Vec::new();
    for lang in ["vi", "en"] {
        for args in [
            vec!["check", "nhan", "--lang", lang, "-v"],
            vec!["check", "nhan", "--lang", lang, "--format", "json"],
            vec!["report", "nhan", "-o", "kq", "--lang", lang],
        ] {
            let ran = bdg(at, &args);
            seen.push((args.join(" "), [ran.out, ran.err].concat().into_bytes()));
        }
        for (name, _) in &lists {
            let file = format!("nhan/{name}.xlsx");
            for args in [
                vec!["inspect", &file, "--lang", lang, "-v", "--html", "kq/ve.html"],
                vec!["inspect", &file, "--lang", lang, "--format", "json"],
            ] {
                let ran = bdg(at, &args);
                seen.push((args.join(" "), [ran.out, ran.err].concat().into_bytes()));
                seen.push((
                    format!("{file}.html"),
                    std::fs::read(at.join("kq/ve.html")).unwrap(),
                ));
            }
        }
    }
    let mut written = 0;
    for entry in std::fs::read_dir(at.join("kq")).unwrap() {
        let path = entry.unwrap().path();
        seen.push((path.display().to_string(), contents(&path)));
        written += 1;
    }
    assert!(written >= 3, "the workbook and the data were written");
    // Whole, and each word of the name that is no word of Vietnamese.
    for needle in [NAME, "Zửng", "zửng", "Kín", BORN, "1987-11-17"] {
        for (from, bytes) in &seen {
            let found = bytes.windows(needle.len()).any(|w| w == needle.as_bytes());
            assert!(!found, "{needle} in {from}");
        }
    }
    let told = String::from_utf8_lossy(&seen[1].1).into_owned();
    assert!(
        told.contains("list-of-persons") && told.contains("list-not-counted"),
        "{told}"
    );
}

#[test]
fn a_person_in_two_files_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "bdg.toml", "locality = \"585\"\nperiod = \"2024\"\n");
    let list = |row: &str| {
        xlsx(&[(
            "S",
            &table(&format!(
                "{VICTIMS}\n1 | {NAME} | '{BORN} | Nữ | Raglai | x\n{row}"
            )),
        )])
    };
    put(at, "nhan/a.xlsx", list("2 | Lê B | '02/02/1990 | Nam | Kinh |"));
    put(at, "nhan/b.xlsx", list("2 | Lê C | '02/02/1990 | Nam | Kinh |"));
    let ran = bdg(at, &["check", "nhan", "--format", "json"]);
    let twice = ran
        .problems()
        .into_iter()
        .filter(|(_, name)| name == "persons-in-two-files");
    assert_eq!(
        twice.collect::<Vec<_>>(),
        [("b.xlsx".to_owned(), "persons-in-two-files".to_owned())]
    );
}

#[test]
fn an_office_answers_once_for_all_tables_of_a_layout() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "bdg.toml", "locality = \"585\"\nperiod = \"2024\"\n");
    let codes = table(&format!(
        "{VICTIMS}\n1 | Trần A | '12/03/1990 | 2 | 06 | x\n2 | Lê B | '02/02/1990 | 1 | 01 |"
    ));
    put(at, "nhan/nan-nhan.xlsx", xlsx(&[("S", &codes)]));
    let faith = table("Dân số năm 2024\nXã | Tổng số | Số người theo đạo\nXã Quảng Sơn | '1.234 | 50");
    put(at, "nhan/dan-so.xlsx", xlsx(&[("S", &faith)]));
    let told = |at: &Path| {
        let ran = bdg(at, &["check", "nhan", "--format", "json"]);
        let mut names: Vec<String> = ran.problems().into_iter().map(|(_, name)| name).collect();
        names.sort();
        names.dedup();
        names
    };
    let before = told(at);
    for name in ["code-list-unknown", "unknown-column"] {
        assert!(before.iter().any(|n| n == name), "{before:?}");
    }
    let shown = bdg(at, &["inspect", "nhan/dan-so.xlsx", "--lang", "en"]).out;
    assert!(
        shown.contains("[[layout.label]]\n    text = [\"Số người theo đạo\"]"),
        "{shown}"
    );
    put(
        at,
        "nhan/indicators/answers/tra-loi.toml",
        "[code_lists]\nsex = \"1-nam-2-nu\"\nethnicity = \"1019-2008\"\n\n[[layout]]\nheadings = [\"Xã\", \"Số người theo đạo\"]\nthousands = \".\"\n[[layout.label]]\ntext = [\"Số người theo đạo\"]\nignore = true\n",
    );
    let after = told(at);
    for name in ["code-list-unknown", "unknown-column"] {
        assert!(!after.iter().any(|n| n == name), "{after:?}");
    }
    put(
        at,
        "nhan/indicators/answers/tra-loi.toml",
        "[code_lists]\nsex = \"nam-1\"\n",
    );
    let ran = bdg(at, &["check", "nhan", "--lang", "en"]);
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
    assert!(
        ran.err.contains("“nam-1”") && ran.err.contains("line 2"),
        "{}",
        ran.err
    );
}
