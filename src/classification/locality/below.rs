//! What lies below the commune: hamlets, residential groups, quarters. They are no administrative units and
//! have no codes; sheets list them all the same.

use super::names::strip_word;
use crate::text::key;

/// Words for divisions of a commune, with marks and without. Those marked `number` are such a word only
/// before a number or a further word of the kind ("tổ 3", "tổ dân phố Đông"): "tổ hòa giải" is none.
const WORDS: &[(&str, &str, bool)] = &[
    ("tổ dân phố", "to dan pho", false),
    ("tổ nhân dân", "to nhan dan", false),
    ("khu dân cư", "khu dan cu", false),
    ("khu phố", "khu pho", false),
    ("tiểu khu", "tieu khu", false),
    ("thôn", "thon", false),
    ("xóm", "xom", false),
    ("ấp", "ap", false),
    ("bản", "ban", false),
    ("làng", "lang", false),
    ("buôn", "buon", false),
    ("bon", "bon", false),
    ("plei", "plei", false),
    ("plây", "play", false),
    ("phum", "phum", false),
    ("sóc", "soc", false),
    ("khóm", "khom", false),
    ("tdp", "tdp", false),
    ("kdc", "kdc", false),
    ("kp", "kp", true),
    ("tổ", "to", true),
    ("khu", "khu", true),
    ("khu vực", "khu vuc", true),
    ("đội", "doi", true),
    ("cụm", "cum", true),
];

/// "Buôn bán", "bản tin", "bản án", "làng nghề", "ấp trứng": the same words before something else.
const NO_HAMLET: [&str; 12] = [
    "bán", "lậu", "tin", "án", "nghề", "văn", "trứng", "sao", "thân", "chất", "đồ", "quyền",
];

/// Whether a text is the name of a part of a commune: "Thôn 1", "Tổ 3", "Bản Nà Lừa", "KP. Tân Thành".
pub fn is_below_commune(text: &str) -> bool {
    let text = key(text);
    let text = text.trim_start_matches(|c: char| !c.is_alphabetic());
    WORDS.iter().any(|(marked, folded, number)| {
        let Some(rest) = strip_word(text, marked, folded) else {
            return false;
        };
        let name = rest.trim_start_matches(['.', ' ', ':', '-']);
        let cut = rest.starts_with(['.', ' ', ':', '-']) || rest.starts_with(|c: char| c.is_ascii_digit());
        let first = name.split(' ').next().unwrap_or_default();
        let numbered = first.starts_with(|c: char| c.is_ascii_digit()) || is_roman(first);
        // Written without its mark, `ban` and `to` are words of every sentence: a number must follow.
        let unsure = *number || (marked != folded && !text.starts_with(marked) && folded.len() <= 4);
        cut && !name.is_empty() && name.len() <= 60 && !NO_HAMLET.contains(&first) && (!unsure || numbered)
    })
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 4 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

#[cfg(test)]
mod tests {
    use super::is_below_commune;

    #[test]
    fn hamlets_are_told_from_other_words() {
        for text in [
            "Thôn 1",
            "thôn Hạnh Trí",
            "THON 3",
            "Tổ 3",
            "Tổ dân phố số 5",
            "TDP 2",
            "Bản Nà Lừa",
            "Khu phố 3",
            "KP.4",
            "kp 4",
            "Ấp Bắc",
            "ấp 3",
            "1. Thôn Đông",
            "Buôn Ma Thuột",
            "Khóm 7",
            "Xóm Mới",
            "Khu 2",
            "Làng Mô",
            "Đội 4",
            "Sóc Chùa",
            "Tổ III",
        ] {
            assert!(is_below_commune(text), "{text}");
        }
        for text in [
            "",
            "Thôn",
            "Tổ hòa giải",
            "Buôn bán người",
            "Bản tin",
            "Làng nghề",
            "Khu vực thành thị",
            "Ban chấp hành",
            "ban dan",
            "to chuc",
            "Xã Thôn Mới",
            "Đội ngũ",
            "Nữ",
            "Tổng số",
            "Khu",
            "Thôngtin",
            "Bản sao",
            "Khu vực kinh tế",
            "Cụm từ",
        ] {
            assert!(!is_below_commune(text), "{text}");
        }
    }
}
