//! What is said to a unit about its own file: as the office's lines, but in words for whoever filled the sheet in, and
//! without anything of others.
//!
//! Holds: a text that names another file, or holds a figure that may be of one, is never given on; a quoted text that
//!        looks like a person's name is not repeated. The cell shows it to whoever may see the file.

use crate::lang::{Lang, Words};
use crate::problem::Kind;
use crate::text::folded;

/// A problem as the unit reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub title: String,
    pub found: String,
    pub expected: String,
    pub remedy: String,
}

/// Whether other reports may stand behind what a kind says.
fn speaks_of_others(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::FileTwice { .. }
            | Kind::ReportedTwice { .. }
            | Kind::ReportedTwiceAlike { .. }
            | Kind::ReportSuperseded { .. }
            | Kind::BoundariesDiffer { .. }
            | Kind::BoundariesAlike { .. }
            | Kind::BoundariesUnused { .. }
            | Kind::PersonsInTwoFiles { .. }
            | Kind::ParentDiffers { .. }
            | Kind::SendersDiffer { .. }
            | Kind::PeriodDiffers { .. }
            | Kind::PeriodExceeds { .. }
            | Kind::CheckFailed { .. }
            | Kind::CheckDoubted { .. }
            | Kind::RatioImpossible { .. }
            | Kind::ValueAboveHundred { .. }
            | Kind::YearUnfinished { .. }
            | Kind::OtherPeriods { .. }
            | Kind::AreaWider { .. }
            | Kind::PartAboveWhole { .. }
            | Kind::PartsDoNotAddUp { .. }
    )
}

/// The sentences for the unit. `alone`: everything known of the places concerned comes from this very file.
pub fn told(kind: &Kind, alone: bool, personal: bool, lang: Lang) -> Told {
    let wording = kind.wording(lang);
    let mut told = Told {
        title: wording.title,
        found: wording.found,
        expected: wording.expected,
        remedy: remedy(kind, lang).unwrap_or(wording.remedy),
    };
    let others = [
        (" rồi chạy lại", " rồi gửi lại"),
        ("; sửa rồi chạy lại", ""),
        (", then run again", ", then send it again"),
    ];
    for (office, unit) in others {
        told.remedy = told.remedy.replace(office, unit);
    }
    if speaks_of_others(kind) && !alone {
        told.found = subject(kind, lang).unwrap_or_default();
        if names_others(kind) {
            told.expected = String::new();
        }
    }
    if let Kind::CheckFailed { check, values } | Kind::CheckDoubted { check, values } = kind {
        // A check is named by what it expects.
        told.expected = check.get(lang).to_owned();
        told.found = if alone { values.clone() } else { String::new() };
    }
    for text in [&mut told.found, &mut told.expected] {
        *text = without_names(text, personal, lang);
    }
    told
}

/// Kinds whose expectation names the other file.
fn names_others(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::ReportedTwice { .. } | Kind::BoundariesDiffer { .. } | Kind::BoundariesUnused { .. }
    )
}

/// What a figure is about, without any value.
fn subject(kind: &Kind, lang: Lang) -> Option<String> {
    let what: &Words = match kind {
        Kind::ReportedTwice { what, .. }
        | Kind::BoundariesDiffer { what, .. }
        | Kind::ParentDiffers { what, .. }
        | Kind::SendersDiffer { what, .. }
        | Kind::PeriodDiffers { what, .. }
        | Kind::PeriodExceeds { what, .. }
        | Kind::RatioImpossible { what, .. }
        | Kind::ValueAboveHundred { what, .. } => what,
        Kind::PartAboveWhole { part, .. } => part,
        Kind::PartsDoNotAddUp { parts, .. } => parts,
        _ => return None,
    };
    Some(what.get(lang).to_owned())
}

/// What the unit can do, where the office's line says what the office does.
fn remedy(kind: &Kind, lang: Lang) -> Option<String> {
    let (vi, en) = match kind {
        Kind::FileEmpty {} => ("gửi lại tệp có nội dung", "send the file again, with its content"),
        Kind::FileForeign { .. } => (
            "lưu bảng tính thành .xlsx rồi gửi lại",
            "save the spreadsheet as .xlsx and send it again",
        ),
        Kind::FileDamaged { .. } => (
            "mở tệp bằng Excel, lưu lại với tên khác rồi gửi lại",
            "open it in Excel, save it under another name and send it again",
        ),
        Kind::FileMended { .. } => (
            "mở tệp bằng Excel và lưu lại",
            "open the file in Excel and save it again",
        ),
        Kind::UnknownColumn { .. } => (
            "sửa tiêu đề cột cho đúng mẫu biểu",
            "correct the heading as the form has it",
        ),
        Kind::UnknownRow { .. } => (
            "sửa tên dòng cho đúng mẫu biểu",
            "correct the label as the form has it",
        ),
        Kind::NoTable { .. } => (
            "đặt tiêu đề cột ngay trên số liệu, theo mẫu biểu",
            "put column headings right above the figures, as the form has them",
        ),
        Kind::NumbersOutside { .. } => (
            "nếu là số liệu báo cáo, đưa vào bảng có tiêu đề cột và tên dòng",
            "if they are reported figures, move them into a table with headings and labels",
        ),
        Kind::SplitNotAllowed { .. } => (
            "sửa tiêu đề cho đúng mẫu biểu",
            "correct the heading as the form has it",
        ),
        Kind::ListOfPersons { .. } => (
            "ghi rõ tiêu đề cho biết danh sách gì",
            "give the list a title that says what it is of",
        ),
        Kind::TitleUnclear { .. } => (
            "ghi tên chỉ tiêu vào tiêu đề cột",
            "write the measure into the heading",
        ),
        Kind::CodeListUnknown { .. } => (
            "ghi bằng chữ (Nam, Nữ; tên dân tộc)",
            "write it in words (Nam, Nữ; the name of the group)",
        ),
        Kind::PlaceMissing {} => (
            "ghi “Đơn vị báo cáo: xã …” ở đầu trang",
            "write “Đơn vị báo cáo: xã …” at the top",
        ),
        Kind::AllZero { .. } => (
            "cho biết: không phát sinh, hay chưa điền? chưa có số liệu thì xóa các số 0",
            "say whether none occurred or nothing was filled in; delete the zeros where there is no figure",
        ),
        Kind::TotalNotApart { .. } => ("ghi số không gồm phần này", "give the figure without it"),
        Kind::TwiceInFile { .. } => (
            "sửa ô sai, hoặc ghi rõ hai ô khác nhau ở điểm nào",
            "correct the wrong cell, or write what sets them apart",
        ),
        Kind::YearUnfinished { .. } => ("gửi kỳ còn thiếu", "send the part that is missing"),
        Kind::ReportedTwice { .. }
        | Kind::BoundariesDiffer { .. }
        | Kind::BoundariesUnused { .. }
        | Kind::ParentDiffers { .. }
        | Kind::SendersDiffer { .. }
        | Kind::PeriodDiffers { .. }
        | Kind::PeriodExceeds { .. }
        | Kind::CheckFailed { .. }
        | Kind::CheckDoubted { .. }
        | Kind::RatioImpossible { .. }
        | Kind::ValueAboveHundred { .. }
        | Kind::PersonsInTwoFiles { .. } => (
            "đối chiếu với sổ sách; sửa ô sai, hoặc trả lời rằng số đã gửi là đúng",
            "compare with your records; correct the wrong cell, or answer that what was sent is right",
        ),
        _ => return None,
    };
    Some(lang.pick(vi, en).to_owned())
}

/// The text with quotations that look like a person's name taken out; on a sheet that lists persons, all of them.
fn without_names(text: &str, personal: bool, lang: Lang) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('“') {
        let Some((quoted, behind)) = after.split_once('”') else {
            break;
        };
        out.push_str(before);
        match personal && quoted.chars().any(char::is_alphabetic) || looks_like_a_person(quoted) {
            true => out.push_str(lang.pick("(nội dung của ô)", "(the content of the cell)")),
            false => out.push_str(&format!("“{quoted}”")),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The family names that most people of the country have, folded.
const FAMILY_NAMES: [&str; 40] = [
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
    "duong", "ly", "dinh", "trinh", "doan", "truong", "lam", "mai", "dao", "cao", "ha", "luong", "luu", "ta",
    "phung", "quach", "thai", "to", "trieu", "nong", "hua", "ma", "chu", "giang", "vang", "sung",
];

/// Two to six words with a capital each, of which the first is a family name. Some places are named like persons;
/// leaving them out costs no more than a look at the cell.
fn looks_like_a_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(char::is_alphabetic)
    };
    let first = words.first().map(|word| folded(word));
    (2..=6).contains(&words.len())
        && words.iter().all(capital)
        && first.is_some_and(|first| FAMILY_NAMES.contains(&first.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_reads_nothing_of_others_and_no_names() {
        let kind = Kind::ReportedTwice {
            what: Words::new("Dân số", "Population"),
            values: "10 ≠ 12".to_owned(),
            other: "xa-b.xlsx › A › C3".to_owned(),
        };
        let words = told(&kind, false, false, Lang::Vi);
        assert_eq!((words.found.as_str(), words.expected.as_str()), ("Dân số", ""));
        let row = |label: &str| Kind::UnknownRow {
            label: label.to_owned(),
            suggestion: String::new(),
        };
        let found = |label, personal| told(&row(label), true, personal, Lang::Vi).found;
        assert_eq!(found("Nguyễn Thị Lan", false), "(nội dung của ô)");
        assert_eq!(found("LÊ VĂN A", false), "(nội dung của ô)");
        assert_eq!(found("Số vụ", false), "“Số vụ”");
        assert_eq!(found("Số vụ", true), "(nội dung của ô)");
    }
}
