//! What is not in a returned workbook, what cannot be returned, and slips.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::{check, commented, given_back, parts, points};
use crate::made::{Ran, Table, csv, ods, put, table, xls, xlsx};

#[test]
fn nothing_of_another_unit_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = |year: u32, rows: &str| table(&format!("Dân số năm {year}\nXã | Tổng số | Nữ\n{rows}"));
    let book = |rows: &Table| xlsx(&[("Dân số", rows)]);
    // Two reports differ on Lâm Sơn; the second has a point of its own.
    put(
        folder.path(),
        "nhan/hai.xlsx",
        book(&sheet(2024, "Xã Lâm Sơn | 8888 | 3333\nXã Mỹ Sơn | 9191 | 9292")),
    );
    put(
        folder.path(),
        "nhan/mot.xlsx",
        book(&sheet(2024, "Xã Lâm Sơn | 7777 | 3333")),
    );
    // The district's own figure is below that of one of its communes.
    put(
        folder.path(),
        "nhan/ba.xlsx",
        book(&sheet(2023, "Xã Quảng Sơn | 6161 | 3131")),
    );
    put(
        folder.path(),
        "nhan/huyen.xlsx",
        book(&sheet(2023, "Huyện Ninh Sơn | 5 | 3")),
    );
    let ran = check(folder.path(), &["--return", "tra"]);
    let foreign: [(&str, &[&str]); 3] = [
        (
            "mot.xlsx",
            &[
                "8888",
                "9191",
                "9292",
                "6161",
                "hai.xlsx",
                "ba.xlsx",
                "huyen.xlsx",
                "Mỹ Sơn",
            ],
        ),
        ("hai.xlsx", &["7777", "6161", "mot.xlsx", "ba.xlsx", "huyen.xlsx"]),
        (
            "huyen.xlsx",
            &[
                "7777",
                "8888",
                "9191",
                "6161",
                "3131",
                "mot.xlsx",
                "hai.xlsx",
                "ba.xlsx",
                "Quảng Sơn",
            ],
        ),
    ];
    for (file, foreign) in foreign {
        let bytes = std::fs::read(folder.path().join("tra").join(file))
            .unwrap_or_else(|_| panic!("{file}: {}", ran.out));
        for (name, content) in parts(&bytes) {
            let content = String::from_utf8_lossy(&content).into_owned();
            for word in foreign {
                assert!(!content.contains(word), "{file}: {name} holds {word}");
            }
        }
        // The point itself is there.
        assert!(!points(&bytes).is_empty(), "{file}");
    }
    // The office is told everything.
    assert!(
        ran.out.contains("7777 ≠ 8888") && ran.out.contains("5 ≠ 6161"),
        "{}",
        ran.out
    );
}

#[test]
fn other_kinds_of_files_come_back_as_workbooks_of_their_values() {
    let folder = tempfile::tempdir().unwrap();
    for (name, commune, write) in [
        ("a.xls", "Lâm Sơn", xls as fn(&str, &Table) -> Vec<u8>),
        ("b.ods", "Mỹ Sơn", ods),
        ("c.csv", "Quảng Sơn", |_, rows| csv(rows)),
    ] {
        let rows = table(&format!(
            "Dân số năm 2024\nXã | Tổng số | Nam | Nữ\nXã {commune} | 100 | 60 | 50"
        ));
        put(folder.path(), &format!("nhan/{name}"), write("Dân số", &rows));
    }
    let ran = check(folder.path(), &["--return", "tra"]);
    for name in ["a.xls", "b.ods", "c.csv"] {
        let bytes = std::fs::read(folder.path().join(format!("tra/{name}.xlsx")))
            .unwrap_or_else(|_| panic!("{}", ran.out));
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
        let range = book.worksheet_range_at(1).unwrap().unwrap();
        assert_eq!(range.get_value((2, 1)), Some(&Data::Float(100.0)), "{name}");
        assert_eq!(
            commented(&parts(&bytes), "xl/worksheets/sheet1.xml"),
            BTreeSet::from(["B3".to_owned()]),
            "{name}"
        );
        let head = book.worksheet_range_at(0).unwrap().unwrap();
        let lines: Vec<String> = head.rows().map(|row| row[0].to_string()).collect();
        assert!(
            lines.iter().any(|line| line.contains("chỉ có giá trị của các ô")),
            "{name}: {lines:?}"
        );
        assert_eq!(
            points(&bytes)[0][7],
            "B3 = 110 (= C3 + D3); hoặc C3 = 50 (= B3 − D3); hoặc D3 = 40 (= B3 − C3)",
            "{name}"
        );
    }
}

#[test]
fn a_file_that_cannot_be_read_gets_a_line_and_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "nhan/hong.xlsx", b"PK\x03\x04hong");
    put(
        folder.path(),
        "nhan/mat-khau.xlsx",
        crate::made::compound("EncryptedPackage", &[1; 100]),
    );
    let only = check(folder.path(), &["--return", "tra"]);
    let told = |ran: &Ran| -> Vec<(String, bool)> {
        let lines = ran.json().into_iter().filter(|l| l["type"] == "returned");
        lines
            .map(|l| (l["file"].as_str().unwrap().to_owned(), l["written"].is_string()))
            .collect()
    };
    let unread = [
        ("hong.xlsx".to_owned(), false),
        ("mat-khau.xlsx".to_owned(), false),
    ];
    assert_eq!((only.code, told(&only)), (2, unread.to_vec()));
    // Without a single figure in the folder a workbook that can be opened still goes back.
    put(
        folder.path(),
        "nhan/la.xlsx",
        xlsx(&[("A", &table("Dân số năm 2024\nXã | Cột lạ\nXã Lâm Sơn | 5"))]),
    );
    let nothing = check(folder.path(), &["--return", "tra"]);
    assert_eq!(nothing.code, 2, "{}", nothing.out);
    assert!(folder.path().join("tra/la.xlsx").exists(), "{}", nothing.out);
    put(
        folder.path(),
        "nhan/xa.xlsx",
        xlsx(&[(
            "A",
            &table("Dân số năm 2024\nXã | Tổng số | Nam | Nữ\nXã Lâm Sơn | 100 | 60 | 50"),
        )]),
    );
    let ran = check(folder.path(), &["--return", "tra"]);
    let mut all = unread.to_vec();
    all.extend([("la.xlsx".to_owned(), true), ("xa.xlsx".to_owned(), true)]);
    all.sort();
    assert_eq!(told(&ran), all);
}

#[test]
fn what_went_back_is_no_report_until_somebody_mends_it() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = |all: u32| {
        let rows = format!("Dân số năm 2024\nXã | Tổng số | Nam | Nữ\nXã Lâm Sơn | {all} | 60 | 50");
        xlsx(&[("A", &table(&rows))])
    };
    put(folder.path(), "nhan/xa.xlsx", sheet(100));
    let inside =
        |ran: &Ran| ran.json().into_iter().find(|l| l["type"] == "summary").unwrap()["files_found"].as_u64();
    assert_eq!(
        inside(&check(folder.path(), &["--return", "nhan/tra-lai"])),
        Some(1)
    );
    assert_eq!(
        inside(&check(folder.path(), &["--return", "nhan/tra-lai"])),
        Some(1)
    );
    put(folder.path(), "nhan/tra-lai/xa.xlsx", sheet(110));
    assert_eq!(inside(&check(folder.path(), &[])), Some(2));
}

#[test]
fn names_of_persons_are_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "DANH SÁCH NẠN NHÂN BẠO LỰC GIA ĐÌNH NĂM 2024\nĐơn vị báo cáo: UBND xã Lâm Sơn\nTT | Họ và tên | Ngày sinh | Giới tính\n1 | Trần Thị Bưởi | '29/02/2015 | Nữ\n2 | Lê Văn Khế | '02/02/1990 |\n3 | Lê Văn Khế | '02/02/1990 | Nam";
    let rows = table(rows);
    let labels = table(
        "THỐNG KÊ HỌC SINH NĂM HỌC 2023-2024\nTrường Tiểu học A, xã Lâm Sơn\nKhối lớp | Tổng số | Nữ\nLớp 1 | 30 | 14\nPhạm Thị Mít | 9 | 4\nLớp 2 | 28 | 13",
    );
    put(
        folder.path(),
        "nhan/ds.xlsx",
        xlsx(&[("DS", &rows), ("HS", &labels)]),
    );
    let bytes = given_back(folder.path(), "ds.xlsx");
    assert!(points(&bytes).len() >= 3);
    let own: BTreeSet<String> = ["xl/sharedStrings.xml"].into_iter().map(str::to_owned).collect();
    for (name, content) in parts(&bytes).into_iter().filter(|(name, _)| !own.contains(name)) {
        let content = String::from_utf8_lossy(&content).into_owned();
        for person in ["Bưởi", "Khế", "Mít"] {
            assert!(!content.contains(person), "{name} names {person}");
        }
    }
}

#[test]
fn points_that_move_the_results_most_stand_first_and_say_how_far() {
    let folder = tempfile::tempdir().unwrap();
    // Of 40 leaders in the district 12 are women (30 %). Lâm Sơn's total contradicts its parts, so it takes no part.
    let rows = |commune: &str, all: u32, women: u32| {
        xlsx(&[(
            "A",
            &table(&format!(
                "SỐ NGƯỜI BỊ BẠO LỰC GIA ĐÌNH NĂM 2024\nXã | Tổng số | Nam | Nữ\nXã {commune} | {all} | 10 | {women}"
            )),
        )])
    };
    put(folder.path(), "nhan/lam-son.xlsx", rows("Lâm Sơn", 12, 20));
    put(folder.path(), "nhan/my-son.xlsx", rows("Mỹ Sơn", 30, 20));
    let bytes = given_back(folder.path(), "lam-son.xlsx");
    let points = points(&bytes);
    assert!(
        points
            .iter()
            .all(|row| row[7].contains("B3 = 30") || row[7].contains("D3 = 2")),
        "{points:?}"
    );
    assert!(points.iter().all(|row| !row[8].is_empty()), "{points:?}");
}

#[test]
fn each_unit_gets_a_slip_of_its_own_files() {
    let folder = tempfile::tempdir().unwrap();
    let school = |name: &str, class: &str| {
        let rows = format!(
            "THỐNG KÊ HỌC SINH NĂM HỌC 2023-2024\nĐơn vị báo cáo: {name}\nXã Lâm Sơn\nKhối lớp | Tổng số | Nữ\n{class} | 30 | 34\nLớp 2 | 28 | 13"
        );
        xlsx(&[("HS", &table(&rows))])
    };
    put(
        folder.path(),
        "nhan/a1.xlsx",
        school("Trường Tiểu học Lâm Sơn A", "Lớp 1"),
    );
    put(
        folder.path(),
        "nhan/b.xlsx",
        school("Trường Tiểu học Lâm Sơn B", "Lớp 1"),
    );
    put(
        folder.path(),
        "nhan/a2.xlsx",
        school("Trường Tiểu học Lâm Sơn A", "Lớp 3"),
    );
    let locked = crate::made::compound("EncryptedPackage", &[1; 100]);
    put(folder.path(), "nhan/khoa.xlsx", locked);
    let ran = check(folder.path(), &["--slips", "phieu"]);
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    let lines = ran.json().into_iter().filter(|l| l["type"] == "slip");
    assert_eq!(lines.count(), 3, "{}", ran.out);
    let words = |name: &str| -> String {
        let bytes =
            std::fs::read(folder.path().join("phieu").join(name)).unwrap_or_else(|_| panic!("{}", ran.out));
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        range.used_cells().map(|(.., cell)| format!("{cell}\n")).collect()
    };
    let (a, b, locked) = (
        words("phieu-a1.xlsx"),
        words("phieu-b.xlsx"),
        words("phieu-khoa.xlsx"),
    );
    assert!(
        a.contains("Trường Tiểu học Lâm Sơn A") && !a.contains("Lâm Sơn B"),
        "{a}"
    );
    assert!(
        a.contains("Tệp a1.xlsx") && a.contains("Tệp a2.xlsx") && a.contains("phần lớn hơn tổng"),
        "{a}"
    );
    assert!(b.contains("Tệp b.xlsx") && !b.contains("a1.xlsx"), "{b}");
    assert!(locked.contains("tệp có mật khẩu"), "{locked}");
    // Slips among the reports are no reports.
    let again = check(folder.path(), &["--slips", "nhan/phieu"]);
    let found =
        |ran: &Ran| ran.json().into_iter().find(|l| l["type"] == "summary").unwrap()["files_found"].as_u64();
    assert_eq!(
        (found(&again), found(&check(folder.path(), &[]))),
        (Some(4), Some(4))
    );
}
