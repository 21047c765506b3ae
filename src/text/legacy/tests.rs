//! A labelled set: all names of localities, all Vietnamese texts of the catalogue and its forms, and
//! sentences; each written in the old encodings by tables that are the inverse of those under test.

use std::collections::BTreeSet;

use super::tables::encode;
use super::*;
use crate::text::key;

const SENTENCES: &str = "\
Tổng số trẻ em gái là người dân tộc thiểu số được đi học đúng độ tuổi trong năm học vừa qua
Ủy ban nhân dân xã báo cáo kết quả thực hiện các chỉ tiêu về bình đẳng giới giai đoạn 2021-2030
Người lập biểu (Ký và ghi rõ họ, tên)
Thủ trưởng đơn vị ký tên, đóng dấu
Số nạn nhân bị bạo lực gia đình được tư vấn, hỗ trợ tại các cơ sở trợ giúp nạn nhân
Ngày nhận báo cáo: trước ngày 15 tháng 12 hằng năm
Đơn vị tính: người
Ghi chú: số liệu chưa bao gồm các trường hợp đang được xác minh
Tỷ lệ phụ nữ tham gia cấp ủy, hội đồng nhân dân các cấp nhiệm kỳ này cao hơn nhiệm kỳ trước
Trong đó: nữ dân tộc ít người chiếm quá nửa tổng số lao động được giải quyết việc làm mới
Xưởng dệt của hợp tác xã vừa tuyển thêm chín mươi công nhân, phần lớn là phụ nữ đơn thân
Những hộ nghèo và cận nghèo ở vùng sâu, vùng xa cần được ưu tiên vay vốn với lãi suất thấp";

/// The texts in quotes of a file of definitions that hold a letter only Vietnamese has.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

fn is_vietnamese(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(
            c,
            'ă' | 'â' | 'đ' | 'ê' | 'ô' | 'ơ' | 'ư' | 'Đ' | '\u{1EA0}'..='\u{1EF9}'
        )
    }) && text.chars().all(|c| c.is_ascii() || c.is_alphabetic())
}

fn labelled() -> Vec<String> {
    let units = include_str!("../../../indicators/localities/units.csv");
    let mut all: BTreeSet<String> = units
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split(',');
            Some(format!("{1} {0}", fields.nth(1)?, fields.next()?))
        })
        .collect();
    // Definitions are a room below this one; only their texts are of use here.
    for folder in ["codelists", "forms", "strategy", "."] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("indicators")
            .join(folder);
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "toml") {
                all.extend(quoted(&std::fs::read_to_string(path).unwrap()).map(str::to_owned));
            }
        }
    }
    all.extend(SENTENCES.lines().map(str::to_owned));
    all.retain(|text| is_vietnamese(text));
    assert!(all.len() > 10_000, "{}", all.len());
    all.into_iter().collect()
}

/// How many of `texts` come back, each written with `write` in `font`; the file is told the rest.
fn share(texts: &[String], font: Font, write: fn(&str) -> String, file: bool) -> (f64, Vec<String>) {
    // One cell alone costs as much as a file: every fifth text is enough there.
    let texts: Vec<&String> = texts.iter().step_by(if file { 1 } else { 5 }).collect();
    let written: Vec<String> = texts.iter().map(|t| write(t)).collect();
    let mut evidence = Evidence::default();
    if file {
        written.iter().for_each(|text| evidence.add(text, font));
    }
    let mut wrong = Vec::new();
    let mut right = 0;
    for (text, written) in texts.iter().copied().zip(&written) {
        let mut alone = Evidence::default();
        let evidence = if file {
            &evidence
        } else {
            alone.add(written, font);
            &alone
        };
        let meant = evidence
            .mended(written, font)
            .map_or(written.clone(), |(_, meant)| meant);
        if key(&meant) == key(text) {
            right += 1;
        } else {
            wrong.push(format!("{text}: {written} → {meant}"));
        }
    }
    (right as f64 / texts.len() as f64, wrong)
}

#[test]
fn correct_unicode_is_left_alone_whatever_its_font() {
    let texts = labelled();
    for font in [Font::Any, Font::Tcvn3, Font::Tcvn3Capitals, Font::Vni] {
        for file in [true, false] {
            let (share, wrong) = share(&texts, font, str::to_owned, file);
            assert_eq!(share, 1.0, "{font:?}: {:?}", &wrong[..wrong.len().min(20)]);
        }
    }
    // Each word alone, as a cell may hold it; also those whose letters are all Western ones.
    let words: BTreeSet<String> = texts.iter().flat_map(|t| letters(t)).map(str::to_owned).collect();
    let words: Vec<String> = words.into_iter().collect();
    for font in [Font::Any, Font::Tcvn3, Font::Vni] {
        let (share, wrong) = share(&words, font, str::to_owned, true);
        assert_eq!(share, 1.0, "{font:?}: {:?}", &wrong[..wrong.len().min(20)]);
    }
}

/// The least shares are those reached on 2026-11-22, cut off below the fourth digit or so.
#[test]
fn old_encodings_are_mended() {
    let texts = labelled();
    type Case = (&'static str, Font, fn(&str) -> String, bool, f64);
    let cases: [Case; 9] = [
        ("TCVN3, .VnTime", Font::Tcvn3, encode::tcvn3, true, 0.9999),
        ("TCVN3, font not known", Font::Any, encode::tcvn3, true, 0.9999),
        (
            "TCVN3, the only cell of its file",
            Font::Tcvn3,
            encode::tcvn3,
            false,
            0.999,
        ),
        ("VNI, VNI-Times", Font::Vni, encode::vni, true, 0.9999),
        ("VNI, font not known", Font::Any, encode::vni, true, 0.999),
        (
            "VNI, the only cell of its file",
            Font::Vni,
            encode::vni,
            false,
            0.995,
        ),
        ("windows-1258", Font::Any, encode::windows1258, true, 0.998),
        ("UTF-8", Font::Any, encode::utf8, true, 0.9999),
        (
            ".VnTimeH",
            Font::Tcvn3Capitals,
            |t| encode::tcvn3(&t.to_lowercase()),
            true,
            0.9999,
        ),
    ];
    let mut faults = Vec::new();
    for (name, font, write, file, least) in cases {
        let (share, wrong) = share(&texts, font, write, file);
        println!("{name}: {:.4} of {}", share, texts.len());
        if share < least {
            faults.push(format!("{name}: {share:.4} {:#?}", &wrong[..wrong.len().min(40)]));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_text_of_capitals_comes_back_as_capitals() {
    let mut evidence = Evidence::default();
    let title = encode::tcvn3("tổng số nữ dân tộc thiểu số");
    evidence.add(&title, Font::Tcvn3Capitals);
    let meant = evidence.mended(&title, Font::Tcvn3Capitals).unwrap().1;
    assert_eq!(meant, "TỔNG SỐ NỮ DÂN TỘC THIỂU SỐ");
}

#[test]
fn words_of_other_languages_and_signs_stay() {
    for text in [
        "Café",
        "Müller",
        "São Tomé",
        "Citroën",
        "naïve",
        "© 2024",
        "m²",
        "½",
        "·",
        "5 µg",
        "2 × 3",
        "«Xã»",
        "Nam·Nữ",
        "–",
        "•",
        "“Xã”",
        "…",
        "Ghi chú…",
        "§ 5",
        "12 °C",
        "Обь",
        "Москва",
        "Åland",
        "Øresund",
    ] {
        for font in [Font::Any, Font::Tcvn3, Font::Vni] {
            let mut evidence = Evidence::default();
            evidence.add(text, font);
            assert_eq!(evidence.mended(text, font), None, "{text} {font:?}");
        }
    }
}

#[test]
fn a_cell_that_can_be_read_in_two_ways_goes_with_its_file() {
    // "Hé" is a word, and "Hộ" in TCVN3.
    let sure = encode::tcvn3("Nữ dân tộc thiểu số");
    let mut old = Evidence::default();
    old.add(&sure, Font::Tcvn3);
    assert_eq!(
        old.mended("Hé", Font::Tcvn3),
        Some((Encoding::Tcvn3, "Hộ".to_owned()))
    );
    assert_eq!(old.mended("Hé", Font::Any), None, "another font of the same file");
    let mut modern = Evidence::default();
    modern.add("Tổng số", Font::Tcvn3);
    assert_eq!(modern.mended("Hé", Font::Tcvn3), None);
    // Alone in its file, the font decides for what is a common word; without the font nothing does.
    assert_eq!(
        Evidence::default().mended("Hé", Font::Tcvn3),
        old.mended("Hé", Font::Tcvn3)
    );
    assert_eq!(Evidence::default().mended("Hé", Font::Any), None);
    assert_eq!(
        Evidence::default().mended("Cô", Font::Vni),
        None,
        "Cô and Cơ are both common"
    );
}

#[test]
fn letters_that_only_look_right_are_replaced() {
    for (text, meant) in [
        ("Ðà Nẵng", "Đà Nẵng"),
        ("Trƣờng Tiểu học", "Trường Tiểu học"),
        ("Hà Nội, xã Тân Bình", "Hà Nội, xã Tân Bình"),
        ("Nаm", "Nam"),
    ] {
        assert_eq!(
            Evidence::default().mended(text, Font::Any),
            Some((Encoding::LookAlikes, meant.to_owned())),
            "{text}"
        );
    }
}

#[test]
fn a_lost_horn_is_put_back_when_the_file_has_lost_it() {
    let lose = |text: &str| encode::tcvn3(text).replace('\u{AD}', "");
    let texts = [
        "Phường Bình Thạnh",
        "Trường tiểu học",
        "người dưới 16 tuổi",
        "dân cư",
        "Tư thục",
        "số lượng nước sạch",
    ];
    let mut evidence = Evidence::default();
    for text in texts {
        evidence.add(&lose(text), Font::Tcvn3);
    }
    for text in texts {
        let meant = evidence.mended(&lose(text), Font::Tcvn3).map(|(_, meant)| meant);
        assert_eq!(meant.as_deref(), Some(text));
    }
}
