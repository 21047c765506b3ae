//! The details of a problem, as its sentences print them.
//!
//! In:  the fields of a kind. Out: what stands between the words of a sentence. Holds: `{cells}` prints a
//!      number, `{cells:#}` the ending of the English noun behind it, so that one cell is "1 cell".

use std::fmt;

use crate::lang::{Lang, Words, plural};

/// A field of a problem in one language.
pub(super) enum Detail<'a> {
    Text(&'a str),
    Number(i64),
    Answer(bool),
}

impl fmt::Display for Detail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Detail::Number(number) if f.alternate() => f.write_str(plural(*number)),
            Detail::Number(number) => write!(f, "{number}"),
            Detail::Text(text) => f.write_str(text),
            Detail::Answer(answer) => write!(f, "{answer}"),
        }
    }
}

/// A field as one language prints it: [`Words`] differ, the others do not.
pub(super) trait Shown {
    fn shown(&self, lang: Lang) -> Detail<'_>;
}

impl Shown for Words {
    fn shown(&self, lang: Lang) -> Detail<'_> {
        Detail::Text(self.get(lang))
    }
}

impl Shown for String {
    fn shown(&self, _: Lang) -> Detail<'_> {
        Detail::Text(self)
    }
}

impl Shown for bool {
    fn shown(&self, _: Lang) -> Detail<'_> {
        Detail::Answer(*self)
    }
}

macro_rules! numbers {
    ($($type:ty),+) => { $( impl Shown for $type {
        fn shown(&self, _: Lang) -> Detail<'_> {
            Detail::Number(i64::try_from(*self).unwrap_or(i64::MAX))
        }
    } )+ };
}

numbers!(u8, u16, u32, u64, usize, i16, i32, i64);

/// `“{text}”: {cells} cell{cells:#}` → `“…”: … cells`.
pub(super) fn dotted(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((field, behind)) = after.split_once('}') else {
            break;
        };
        out.push_str(before);
        out.push_str(if field.ends_with(":#") { "s" } else { "…" });
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_several() {
        let line = |n: u32| {
            let cells = n.shown(Lang::En);
            format!("{cells} cell{cells:#}")
        };
        assert_eq!(
            (line(1).as_str(), line(2).as_str(), line(0).as_str()),
            ("1 cell", "2 cells", "0 cells")
        );
        assert_eq!(dotted("“{text}”: {cells} cell{cells:#}"), "“…”: … cells");
    }
}
