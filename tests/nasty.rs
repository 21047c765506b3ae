//! A folder with everything that people and machines may leave in it: each bad file is named by its
//! problem, the good ones among them are read.

use crate::made::{archive, bdg, compound, csv, put, raw_xlsx, table, tidy, xlsx};

fn population(commune: &str, total: &str, women: &str) -> Vec<u8> {
    let sheet = table(&format!(
        "Dân số năm 2024
         TT | Xã | Tổng số | Nữ
         1 | {commune} | {total} | {women}"
    ));
    xlsx(&[("Sheet1", &sheet)])
}

/// Bytes without a pattern, the same on every machine.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let bytes = std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    });
    bytes.take(length).collect()
}

#[test]
fn every_bad_file_is_named_and_the_good_ones_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "bdg.toml", "locality = \"585\"\nperiod = \"2024\"\n");
    let good = population("Xã Lâm Sơn", "12603", "6402");
    let spaces = vec![b' '; 64 << 20];
    let bomb = archive(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", &spaces),
    ]);
    let far = "<row r='1048577'><c r='XFE1048577'><v>1</v></c></row>";
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("rong.xlsx", Vec::new(), "file-empty"),
        ("toan so khong.xlsx", vec![0; 8192], "file-empty"),
        ("bi-cat.xlsx", good[..good.len() - 40].to_vec(), "file-damaged"),
        ("bi-cat-sau.xlsx", good[..good.len() / 3].to_vec(), "file-damaged"),
        (
            "mat-khau.xlsx",
            compound("EncryptedPackage", &[7; 5000]),
            "file-encrypted",
        ),
        ("thu.xls", compound("WordDocument", &[7; 5000]), "file-foreign"),
        (
            "loi-tai.xlsx",
            b"{\"error\":\"404 not found\"}".to_vec(),
            "file-foreign",
        ),
        (
            "tu-web.xls",
            b"<html><table><tr><td>1</td></tr></table></html>".to_vec(),
            "no-table",
        ),
        ("quet.xlsx", b"%PDF-1.4\n%\xE2\xE3".to_vec(), "file-foreign"),
        ("anh.xlsx", b"\x89PNG\r\n\x1a\n0000".to_vec(), "file-foreign"),
        ("nhieu.xlsx", noise(50_000), "file-foreign"),
        ("bom.xlsx", bomb, "file-too-large"),
        ("ngoai-luoi.xlsx", raw_xlsx(far), "cells-outside-grid"),
        ("hong-trang.xlsx", raw_xlsx("<row><c>"), "sheet-unreadable"),
    ];
    for (name, bytes, _) in &cases {
        put(at, &format!("nhan/{name}"), bytes);
    }
    put(at, "nhan/~$dan-so.xlsx", b"owner");
    put(at, "nhan/.an.xlsx", b"hidden");
    put(at, "nhan/thu-muc.xlsx/trong/sau/hon/nua/dan-so.xlsx", &good);
    // The same name in another composition of its letters, as a Mac writes it.
    put(
        at,
        "nhan/xa\u{303} Qua\u{309}ng So\u{31B}n.xlsx",
        population("Xã Quảng Sơn", "13739", "6993"),
    );
    for lang in ["vi", "en"] {
        let ran = bdg(at, &["check", "nhan", "--format", "json", "--lang", lang]);
        assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
        let mut found = ran.problems();
        found.retain(|(file, _)| !file.is_empty());
        let mut expected: Vec<(String, String)> = cases
            .iter()
            .map(|(name, _, kind)| ((*name).to_owned(), (*kind).to_owned()))
            .collect();
        // A folder that looks like a file is told, and what is in it is read.
        expected.push(("thu-muc.xlsx".to_owned(), "not-a-file".to_owned()));
        expected.sort();
        assert_eq!(found, expected);
    }
    let ran = bdg(at, &["report", "nhan", "-o", "kq"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let rows = tidy(&at.join("kq/bao-cao-585-2024.csv"));
    assert!(!rows.is_empty());
    // Nothing that was not understood is passed over in the text for people either.
    let people = bdg(at, &["check", "nhan", "--verbose"]);
    for (name, _, kind) in &cases {
        let all = format!("{}{}", people.out, people.err);
        assert!(all.contains(name) && all.contains(kind), "{name}\n{all}");
    }
}

#[test]
fn the_last_cell_of_excel_and_a_lonely_far_cell_cost_neither_time_nor_memory() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "bdg.toml", "locality = \"585\"\nperiod = \"2024\"\n");
    put(at, "tot.xlsx", population("Xã Lâm Sơn", "100", "50"));
    let text = |cell: &str, text: &str| format!("<c r='{cell}' t='inlineStr'><is><t>{text}</t></is></c>");
    let rows = format!(
        "<row r='1'>{}</row><row r='2'>{}{}</row><row r='3'>{}<c r='B3'><v>77</v></c></row>\
         <row r='1048576'><c r='XFD1048576'><v>9</v></c></row>",
        text("A1", "Dân số năm 2024"),
        text("A2", "Xã"),
        text("B2", "Tổng số"),
        text("A3", "Xã Quảng Sơn"),
    );
    put(at, "xa.xlsx", raw_xlsx(&rows));
    let begun = std::time::Instant::now();
    let ran = bdg(at, &["check", ".", "--format", "json"]);
    assert!(begun.elapsed().as_secs() < 20);
    // The far figure is told of, not passed over.
    assert_eq!(
        ran.problems()
            .iter()
            .filter(|(file, _)| file == "xa.xlsx")
            .count(),
        1,
        "{}",
        ran.out
    );
    let lines = ran.json();
    let last = lines.last().unwrap();
    assert!(
        last.to_string().contains("\"figures\":3") || last.to_string().contains("\"facts\":3"),
        "{last}"
    );
}

#[test]
fn a_file_sent_twice_and_text_files_of_old_encodings_are_read_once_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "bdg.toml", "locality = \"585\"\nperiod = \"2024\"\n");
    let sheet = table(
        "Dân số năm 2024
         Xã | Tổng số | Nữ
         Xã Lâm Sơn | 100 | 50
         Xã Quảng Sơn | 200 | 90",
    );
    put(at, "a/dan-so.xlsx", xlsx(&[("S", &sheet)]));
    put(at, "b/dan-so (1).xlsx", xlsx(&[("S", &sheet)]));
    put(at, "c/dan-so.csv", csv(&sheet));
    let ran = bdg(at, &["check", ".", "--format", "json"]);
    let found = ran.problems();
    let has = |file: &str, name: &str| found.contains(&(file.to_owned(), name.to_owned()));
    assert!(has("b/dan-so (1).xlsx", "file-twice"), "{found:?}");
    assert!(
        found.iter().any(|(_, name)| name == "reported-twice-alike"),
        "{found:?}"
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
}
