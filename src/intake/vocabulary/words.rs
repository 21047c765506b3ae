//! Words of headings that say nothing, rates, remarks and units.

use crate::text;

/// Phrases that add nothing to a meaning.
pub const NEUTRAL: &[&str] = &[
    "tổng số",
    "ts",
    "tổng",
    "tổng cộng",
    "cộng",
    "số",
    "số lượng",
    "số liệu",
    "tổng các",
    "trong đó",
    "trđ",
    "là",
    "của",
    "các",
    "những",
    "người",
    "số người",
    "trong kỳ",
    "trong năm",
    "toàn bộ",
    "chung",
    "tổng chung",
    "tất cả",
    "nam và nữ",
    "nam nữ",
    "cả hai giới",
    "hai giới",
    "hiện có",
    "thực hiện",
    "kết quả",
    "kết quả thực hiện",
    "năm báo cáo",
    "kỳ báo cáo",
    "giới tính",
    "giới",
    "độ tuổi",
    "nhóm tuổi",
    "lứa tuổi",
    "thành phần dân tộc",
    "chia ra",
    "thuộc",
    "kỳ này",
    "trong kỳ báo cáo",
    "giá trị",
    "total",
    "number",
    "of which",
    "number of",
    "both sexes",
    "sex",
    "of",
    "the",
    "value",
    "tổng số người",
    "phát sinh trong kỳ",
    "có",
    "chỉ tiêu",
    "sơ bộ",
    "prel",
];

/// Ways of writing "ethnic minorities" that occur in headings of figures; as heading of a column of
/// names the same word is the name of the dimension, which `stub` decides.
pub const MINORITY: &[&str] = &[
    "dân tộc",
    "dt",
    "dtts",
    "dân tộc thiểu số",
    "người dân tộc",
    "người dân tộc thiểu số",
];

/// Titles in which "phụ nữ", "nữ" or "dân tộc thiểu số" does not narrow the figures.
pub const NOT_NARROWING: &[&str] = &[
    "hoi lien hiep phu nu",
    "hoi phu nu",
    "tien bo",
    "phu nu va tre em",
    "tre em va phu nu",
    "doi voi phu nu",
    "phong dan toc",
    "ban dan toc",
    "so dan toc",
    "uy ban dan toc",
    "co nu",
    "la nu",
    "do nu",
    "nu lanh dao",
    "nu giam doc",
    "chia theo",
    "phan theo",
    "theo gioi",
    "va dan toc",
    "phu nu mang thai",
    "phu nu de",
    "lanh dao",
    "giam doc",
    "noi tru",
    "vung dan toc",
    "trong do",
    "dong bao dan toc",
    "nam nu",
];

/// "Tỷ lệ %", "Cơ cấu": worked out by the sender; never read as a count.
pub fn is_rate(words: &[String]) -> bool {
    let plain: Vec<String> = words.iter().map(|w| text::folded(w)).collect();
    let begins = |lead: &[&str]| plain.len() >= lead.len() && plain.iter().zip(lead).all(|(a, b)| a == b);
    begins(&["ty", "le"])
        || begins(&["ti", "le"])
        || begins(&["ty", "so"])
        || begins(&["ty", "suat"])
        || begins(&["co", "cau"])
        || begins(&["ty", "trong"])
        || begins(&["tang", "giam"])
        || plain.iter().any(|w| w == "%")
}

/// Columns beside the figures.
pub fn is_remark(bare: &str) -> bool {
    let plain = text::folded(bare);
    // What was planned is no figure; but "kế hoạch hóa gia đình" is another word.
    if plain.starts_with("ke hoach nam") {
        return true;
    }
    matches!(
        plain.as_str(),
        "ke hoach"
            | "ke hoach giao"
            | "ghi chu"
            | "nguon"
            | "nguon so lieu"
            | "ghi chu nguon so lieu"
            | "note"
            | "notes"
            | "source"
            | "danh gia"
            | "nguoi nhap"
    )
}

/// "(người)", "(vụ)", "(giờ/tuần)".
pub fn is_unit(bracket: &str) -> bool {
    let plain = text::folded(bracket);
    let inner = plain.trim().trim_start_matches('(').trim_end_matches(')').trim();
    crate::intake::unit::known(inner).is_some()
}
