//! Labels of sums: "Tổng số", "Cộng trang 1", "Tổng cộng: 3 người".

use crate::intake::label::{self, Label};
use crate::text;

/// "Cộng trang 1", "Cộng mang sang", "Trang trước chuyển sang".
pub(super) fn is_page_sum(label: &Label) -> bool {
    let plain = text::folded(&label::without_brackets(&label.bare));
    const LEADS: [&str; 12] = [
        "cong trang",
        "tong trang",
        "tong cong trang",
        "mang sang",
        "cong mang sang",
        "so mang sang",
        "chuyen trang",
        "cong chuyen",
        "chuyen sang trang",
        "trang truoc",
        "so trang truoc",
        "luy ke trang",
    ];
    LEADS.iter().any(|lead| {
        plain
            .strip_prefix(lead)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// "Tổng số", "Cộng", "Toàn huyện", "Tổng cộng (I+II)".
pub fn is_total(label: &Label) -> bool {
    let plain = text::folded(&label::without_brackets(&label.bare));
    let plain = without_count(&plain);
    const WHOLE: [&str; 14] = [
        "tong so",
        "tong",
        "tong cong",
        "cong",
        "toan huyen",
        "toan tinh",
        "toan xa",
        "toan truong",
        "cong chung",
        "tong chung",
        "total",
        "toan quoc",
        "tong so chung",
        "toan thanh pho",
    ];
    const LEADS: [&str; 8] = [
        "tong cong ",
        "cong toan ",
        "tong so toan ",
        "tong toan ",
        "cong khoi ",
        "cong vung ",
        "tong so xa",
        "cong cap ",
    ];
    WHOLE.contains(&plain) || LEADS.iter().any(|l| plain.starts_with(l))
}

/// "Tổng cộng: 3 người" without how many: a total that says its count in words.
fn without_count(plain: &str) -> &str {
    let Some(at) = plain.find(|c: char| c == ':' || c.is_ascii_digit()) else {
        return plain;
    };
    let rest: Vec<&str> = plain[at..]
        .split([' ', ':', '.', ','])
        .filter(|w| !w.is_empty())
        .collect();
    let is_count = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let is_noun = |word: &str| {
        matches!(
            word,
            "nguoi"
                | "em"
                | "chau"
                | "tre"
                | "hoc"
                | "sinh"
                | "vu"
                | "ca"
                | "co"
                | "so"
                | "dn"
                | "don"
                | "vi"
        )
    };
    match rest.split_first() {
        Some((count, nouns)) if is_count(count) && nouns.iter().all(|w| is_noun(w)) => plain[..at].trim_end(),
        _ => plain,
    }
}
