//! A text as a form declares it, prepared for comparing with what stands on a sheet.

use crate::intake::label::{self, Label};
use crate::text;

/// A text as a form declares it, prepared for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    pub(super) text: String,
    plain: String,
    words: Vec<String>,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Whole,
    Begins,
    Ends,
    Contains,
}

/// Words by which a label says that it was not so, or not yet.
const NO: [&str; 5] = ["không", "chưa", "từ chối", "đề nghị", "dưới mức"];

/// Words by which a label speaks of something else than the rest of it, and words after which they do not.
const ANOTHER: [(&str, &[&str]); 10] = [
    ("vụ", &["dịch", "nhiệm", "phục", "chức", "nghiệp"]),
    ("hộ", &["bảo", "ủng", "giúp", "cứu"]),
    ("cơ sở", &["trên"]),
    ("nhà tạm lánh", &[]),
    ("cuộc", &[]),
    ("phó", &["ứng"]),
    ("kế toán", &[]),
    ("lao động", &[]),
    ("thành viên", &[]),
    ("người gây", &[]),
];

/// Whether a text has a word by which something was not so.
pub(super) fn says_no(text: &str) -> bool {
    let text = format!(" {} ", label::words(text).join(" "));
    NO.iter().any(|word| text.contains(&format!(" {word} ")))
}

impl Declared {
    /// `*` at either end stands for anything.
    pub fn new(text: &str) -> Declared {
        let text = text.trim();
        let shape = match (text.starts_with('*'), text.len() > 1 && text.ends_with('*')) {
            (true, true) => Shape::Contains,
            (true, false) => Shape::Ends,
            (false, true) => Shape::Begins,
            (false, false) => Shape::Whole,
        };
        let text = label::bare(text.trim_matches('*'));
        Declared {
            plain: text::folded(&text),
            words: label::words(&text),
            shape,
            text,
        }
    }

    /// Whether what `*` stands for says that something else is counted: "Chưa được tư vấn" is no "*được tư vấn",
    /// "Số vụ xử lý hình sự" counts no persons. `named` are the names of what the text means.
    pub fn swallows_another(&self, label: &Label, named: &[String]) -> bool {
        if self.shape == Shape::Whole {
            return false;
        }
        let padded = |text: &str| format!(" {} ", label::words(text).join(" "));
        let (mut found, own) = (padded(&label.bare), padded(&self.text));
        // "Chưa đến mức truy cứu" is said of those who are meant.
        for name in named.iter().filter(|name| says_no(name)) {
            found = found.replace(&padded(name), "  ");
        }
        let is_said = |word: &&str| {
            let word = format!(" {word} ");
            found.contains(&word) && !own.contains(&word)
        };
        if NO.iter().any(is_said) {
            return true;
        }
        ANOTHER.iter().any(|(word, unless_after)| {
            let word = format!(" {word} ");
            let stands = found.match_indices(&word).any(|(at, _)| {
                let before = found[..at].rsplit(' ').next().unwrap_or_default();
                !unless_after.contains(&before)
            });
            stands && !own.contains(&word) && !named.iter().any(|name| padded(name).contains(&word))
        })
    }

    /// Whether a label is this text; without marks only if the label has none at all.
    pub fn fits(&self, label: &Label) -> bool {
        let whole = |declared: &str, found: &str| match self.shape {
            Shape::Whole => found == declared,
            Shape::Begins => found.starts_with(declared),
            Shape::Ends => found.ends_with(declared),
            Shape::Contains => found.contains(declared),
        };
        whole(&self.text, &label.bare)
            || whole(&self.text, &label.short)
            // Signs between words ("tin, bài", "tin/bài") do not tell labels apart.
            || (self.shape == Shape::Whole && !self.words.is_empty() && self.words == label.words)
            || (label.plain == label.short && whole(&self.plain, &label.plain))
    }
}
