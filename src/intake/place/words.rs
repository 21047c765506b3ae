//! Words for kinds of units in cells and lines.

use std::collections::BTreeSet;

use crate::classification::locality::Level;
use crate::text;

/// "Xã: Lâm Sơn", or "Tên xã:" with the name in the next cell → "xã Lâm Sơn". An empty "Xã: ……" is none.
pub fn kind_and_name(line: &str, next: Option<&str>) -> Option<String> {
    let (kind, name) = line.split_once(':')?;
    let kind = text::key(kind);
    let kind = kind.strip_prefix("tên ").unwrap_or(&kind);
    const KINDS: [&str; 8] = [
        "xa", "phuong", "thi tran", "dac khu", "huyen", "quan", "thi xa", "tinh",
    ];
    if !KINDS.contains(&text::folded(kind).as_str()) {
        return None;
    }
    let letters = |t: &&str| t.chars().any(char::is_alphabetic);
    let name = Some(name)
        .filter(letters)
        .or(next.filter(|n| letters(n) && !n.contains(':')))?;
    Some(format!("{kind} {}", name.trim()))
}

/// Whether a text has a word for a kind of unit anywhere: without one no line speaks of a place.
pub(super) fn mentions_kind(line: &str) -> bool {
    let plain = format!(" {}", text::folded(line));
    const KINDS: [&str; 18] = [
        "xa ",
        "phuong ",
        "thi tran ",
        "huyen ",
        "quan ",
        "thanh pho ",
        "tinh ",
        "dac khu ",
        " tp",
        " tx",
        " tt.",
        " h.",
        " q.",
        " p.",
        " x.",
        "ca nuoc",
        "toan quoc",
        "viet nam",
    ];
    KINDS.iter().any(|k| plain.contains(k))
}

/// Whether a text begins with the kind of a unit ("xã", "P.", "thị trấn").
pub fn is_typed(text: &str) -> bool {
    let plain = text::folded(text);
    const KINDS: [&str; 18] = [
        "xa ",
        "xa.",
        "x.",
        "phuong ",
        "p.",
        "thi tran ",
        "tt.",
        "tt ",
        "huyen ",
        "h.",
        "quan ",
        "q.",
        "thi xa ",
        "tx",
        "thanh pho ",
        "tp",
        "tinh ",
        "dac khu ",
    ];
    KINDS.iter().any(|k| plain.starts_with(k)) || text.bytes().all(|b| b.is_ascii_digit())
}

/// What units of a level are called.
pub(super) fn kinds_of(level: Level) -> &'static [&'static str] {
    match level {
        Level::Nation => &[],
        Level::Province => &["tỉnh", "thành phố"],
        Level::District => &["huyện", "quận", "thị xã", "thành phố"],
        Level::Commune => &["xã", "phường", "thị trấn", "đặc khu"],
    }
}

/// "Toàn huyện", "Toàn thành phố" in a table of a unit of that level: all of the unit.
pub fn is_whole_of(heading: &str, level: Level) -> bool {
    let plain = text::folded(heading);
    let Some(kind) = plain.trim().strip_prefix("toan ") else {
        return false;
    };
    match level {
        Level::Nation => kind == "quoc",
        Level::Province => matches!(kind, "tinh" | "thanh pho"),
        Level::District => matches!(kind, "huyen" | "quan" | "thi xa" | "thanh pho"),
        Level::Commune => matches!(kind, "xa" | "phuong" | "thi tran" | "dac khu"),
    }
}

/// The same with the marks that stand there: "Quản Bạ" does not begin with "quận".
pub(super) fn is_typed_as_written(text: &str) -> bool {
    let key = text::key(text);
    if key == text::folded(text) {
        return is_typed(text);
    }
    let levels = [Level::Province, Level::District, Level::Commune];
    let mut kinds = levels.into_iter().flat_map(kinds_of);
    let is_short = || {
        ["x.", "p.", "tt.", "h.", "q.", "tx", "tp"]
            .iter()
            .any(|k| key.starts_with(k))
    };
    kinds.any(|kind| key.starts_with(&format!("{kind} "))) || is_short()
}

/// The level whose units a heading announces: "Huyện", "Tên xã, phường", "Quận/huyện". None where it names
/// several ("Huyện/xã"), or none ("Địa phương").
pub fn level_of_heading(heading: &str) -> Option<Level> {
    let (mut levels, _) = kinds_in(heading);
    levels.pop_first().filter(|_| levels.is_empty())
}

/// Whether a heading is nothing but kinds of units: "Huyện, thị xã, thành phố".
pub fn is_kinds_only(heading: &str) -> bool {
    let (levels, rest) = kinds_in(heading);
    !levels.is_empty() && rest.split_whitespace().all(|word| word == "ten")
}

/// The levels of the kinds in a heading, and what else it says, without marks.
fn kinds_in(heading: &str) -> (BTreeSet<Level>, String) {
    let plain = text::folded(heading);
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let mut rest = format!(" {} ", words.join(" "));
    let mut levels = BTreeSet::new();
    // The longer words first: "thị xã" is no "xã", and beside "tỉnh" a "thành phố" is a province's equal.
    for (kinds, level) in [
        (
            &["tinh thanh pho truc thuoc trung uong", "tinh thanh pho", "tinh"][..],
            Level::Province,
        ),
        (&["thi tran", "dac khu", "phuong"][..], Level::Commune),
        (&["thi xa", "thanh pho", "huyen", "quan"][..], Level::District),
        (&["xa"][..], Level::Commune),
    ] {
        for kind in kinds {
            let spaced = format!(" {kind} ");
            while let Some(at) = rest.find(&spaced) {
                rest.replace_range(at..at + spaced.len(), "  ");
                levels.insert(level);
            }
        }
    }
    (levels, rest)
}

/// A type of one letter with its dot, and the name behind it: "H. Quản Bạ", "P. Lê Lợi". As a marker the
/// letter would only number the row; the name of a unit of that type says that it does not. "X." is left
/// to be the tenth.
pub fn lettered(text: &str) -> Option<String> {
    let text = text::key(text);
    let mut letters = text.chars();
    let typed = matches!(letters.next(), Some('h' | 'p' | 'q' | 't')) && letters.next() == Some('.');
    typed.then(|| text.trim_end_matches([':', '.', ';', ',', ' ', '*']).to_owned())
}

/// Without "(Tổng số)", a running number in front and a colon at the end.
pub fn tidied(text: &str) -> String {
    let label = crate::intake::label::parse(text);
    let bare = label.bare;
    let plain = text::folded(&bare);
    for end in ["(tong so)", "(toan xa)", "(toan huyen)"] {
        if plain.ends_with(end)
            && let Some(at) = bare.rfind('(')
        {
            return bare[..at].trim_end().to_owned();
        }
    }
    bare
}
