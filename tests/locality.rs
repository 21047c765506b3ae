//! `bdg locality` through the program: the answer, how it was found, the history; and what is said instead.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn ask(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bdg"))
        .arg("locality")
        .args(words)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"))
        .output()
        .unwrap()
}

fn answered(words: &[&str]) -> String {
    let output = ask(words);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{words:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

fn refused(words: &[&str]) -> String {
    let output = ask(words);
    assert_eq!(output.status.code(), Some(2), "{words:?}");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn an_old_commune_is_told_with_its_end_and_where_its_people_are() {
    let text = answered(&["xã", "Quảng", "Sơn,", "huyện", "Ninh", "Sơn"]);
    for line in [
        "xã Quảng Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận",
        "mã 22819, cấp xã; từ trước 2018-10-16 đến hết 2025-06-30",
        "nhận ra theo loại và tên",
        "2025-07-01  xã Ninh Sơn, tỉnh Khánh Hòa (22810): toàn bộ",
        "1667/NQ-UBTVQH15",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    // By its code on a day, and in English.
    let text = answered(&["22819", "--date", "2024-12-31", "--lang", "en"]);
    assert!(
        text.contains("recognised by its code") && text.contains("went into"),
        "{text}"
    );
}

#[test]
fn programs_get_the_same_answer_as_json() {
    let text = answered(&["00112", "--date", "2025-06-30", "--format", "json"]);
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["unit"]["code"], "00112");
    assert_eq!(json["found"], "code");
    let went = json["went_into"].as_array().unwrap();
    assert_eq!(went.len(), 2);
    // Land only, and all the people with a part of the land.
    assert_eq!(went[0]["unit"]["code"], "00004");
    assert_eq!(went[0]["people"]["numerator"], 0);
    assert_eq!(went[1]["unit"]["code"], "00103");
    assert_eq!(went[1]["people"]["numerator"], 1);
    assert_eq!(went[1]["act"], "1656/NQ-UBTVQH15");
    // Several codes at once: a line each.
    assert_eq!(
        answered(&["00112", "22819", "--format", "json", "--date", "2024-12-31"])
            .lines()
            .count(),
        2
    );
}

#[test]
fn renamings_and_provinces_have_a_history_too() {
    let text = answered(&["75", "--date", "2026-06-30"]);
    assert!(
        text.contains("thành phố Đồng Nai") && text.contains("30/2026/QH16"),
        "{text}"
    );
    assert!(text.contains("tỉnh Bình Phước"), "{text}");
    let text = answered(&["huyện Ninh Sơn"]);
    assert!(
        text.contains("không có hiệu lực vào ngày") && text.contains("thuộc về"),
        "{text}"
    );
}

#[test]
fn what_has_no_single_answer_is_refused_with_help() {
    let text = refused(&["xã Tân Lập", "--date", "2024-12-31"]);
    assert!(
        text.contains("chỉ 23 nơi") && text.contains("… và 11 nơi khác"),
        "{text}"
    );
    let text = refused(&["xã Lâm Sơnn, huyện Ninh Sơn", "--date", "2024-12-31"]);
    assert!(
        text.contains("có phải là “22813 xã Lâm Sơn, huyện Ninh Sơn"),
        "{text}"
    );
    assert!(refused(&["99999"]).contains("dự thảo"));
    assert!(refused(&["Thôn 7"]).contains("thôn hoặc tổ dân phố"));
    assert!(refused(&["22813", "--date", "31/12/2024"]).contains("2024-12-31"));
    assert!(refused(&["Không Có Đâu Cả", "--lang", "en"]).contains("there is no unit"));
    // Inside a place that is named, a name that recurs is one unit.
    let text = answered(&[
        "xã Tân Lập",
        "--date",
        "2024-12-31",
        "--locality",
        "huyện Chợ Đồn, tỉnh Bắc Kạn",
    ]);
    assert!(text.contains("xã Tân Lập, huyện Chợ Đồn, tỉnh Bắc Kạn"), "{text}");
    // One of two codes is known: done in part.
    assert_eq!(
        ask(&["22819", "99999", "--date", "2024-12-31"]).status.code(),
        Some(1)
    );
}

#[test]
fn a_code_is_the_unit_that_has_it_as_it_is_written() {
    // 10 was tỉnh Lào Cai until the reform; phường 00010 is abolished too.
    assert!(answered(&["10"]).contains("tỉnh Lào Cai"));
    assert!(answered(&["45"]).contains("tỉnh Quảng Trị"));
    let text = refused(&["4"]);
    for line in ["00004", "tỉnh Cao Bằng"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let text = refused(&["763", "--date", "2021-06-30"]);
    assert!(text.contains("quận 9") && text.contains("00763"), "{text}");
}

#[test]
fn a_code_beside_a_name_is_never_dropped() {
    for words in [
        &["22813,", "Lâm", "Sơn"][..],
        &["Xã", "Lâm", "Sơn", "22813"],
        &["22813", "Lâm", "Sơn"],
    ] {
        assert!(answered(words).contains("mã 22813"), "{words:?}");
    }
    // 22816 was Lương Sơn.
    let text = refused(&["22816", "Lâm", "Sơn"]);
    assert!(text.contains("22816") && text.contains("22813"), "{text}");
}

#[test]
fn marks_of_a_name_are_respected_at_all_times() {
    let text = answered(&["xã", "Mường", "Bằng,", "tỉnh", "Sơn", "La"]);
    assert!(text.contains("04111"), "{text}");
    assert!(refused(&["xã", "Lấm", "Sơn,", "tỉnh", "Khánh", "Hòa"]).contains("Lâm Sơn"));
}

#[test]
fn a_day_before_the_register_is_refused() {
    let text = refused(&["22813", "--date", "1990-01-01"]);
    assert!(text.contains("2018-10-16"), "{text}");
}

#[test]
fn a_former_commune_is_found_with_its_present_province() {
    // Xã Thạnh Hòa, Bến Lức, lay in Long An; Lâm Sơn in Ninh Sơn, Ninh Thuận.
    let text = answered(&["xã", "Thạnh", "Hòa,", "tỉnh", "Tây", "Ninh"]);
    assert!(text.contains("mã 28000"), "{text}");
    let text = answered(&[
        "xã", "Quảng", "Sơn,", "huyện", "Ninh", "Sơn,", "tỉnh", "Khánh", "Hòa",
    ]);
    assert!(text.contains("mã 22819"), "{text}");
}

#[test]
fn a_code_that_says_another_unit_than_the_name_beside_it_is_told() {
    // Codes that the draft of 2025 gave to others: 01537 is Lý Quốc, 13285 is Phủ Lý.
    for (code, name) in [
        ("01537", "Hạ Lang"),
        ("13285", "Phù Vân"),
        ("31207", "Hoài Đức"),
        ("00331", "Văn Miếu"),
    ] {
        let text = refused(&[code, name]);
        assert!(text.contains(code), "{code} {name}: {text}");
    }
    assert!(answered(&["phường 00226"]).contains("Văn Miếu - Quốc Tử Giám"));
    assert!(refused(&["xã 00226"]).contains("00226"));
}
