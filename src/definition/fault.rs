//! What is wrong in a definition file: where, which key, and in words.
//!
//! Holds: a fault names a file and, where one can be named, a line; it is worded in both languages.

use crate::lang::{Lang, Words};
use crate::text::did_you_mean;

/// One mistake in a file of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DefinitionFault {
    /// Relative to the catalogue.
    pub file: String,
    /// From 1; 0 if the whole file is meant.
    pub line: u32,
    /// Path of the key, e.g. `variant[1].numerator[1].measure`; may be empty.
    pub key: String,
    pub message: Words,
}

impl DefinitionFault {
    /// One line: `strategy/3.2a.toml, dòng 14, numerator[1].measure: …`.
    pub fn print(&self, lang: Lang) -> String {
        let mut out = self.file.clone();
        if self.line > 0 {
            out.push_str(lang.pick(", dòng ", ", line "));
            out.push_str(&self.line.to_string());
        }
        if !self.key.is_empty() {
            out.push_str(", ");
            out.push_str(&self.key);
        }
        out.push_str(": ");
        out.push_str(self.message.get(lang));
        out
    }
}

impl std::fmt::Display for DefinitionFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.print(Lang::Vi))
    }
}

/// "‹word› is not a ‹kind›", with a near word or, for short lists, all that is allowed.
pub fn not_known<'a>(
    word: &str,
    kind: &Words,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Words {
    let mut vi = format!("“{word}” không phải là {}", kind.vi);
    let mut en = format!("“{word}” is not {}", kind.en);
    if let Some(near) = did_you_mean(word, candidates.clone()) {
        vi.push_str(&format!("; có phải là “{near}”?"));
        en.push_str(&format!("; did you mean “{near}”?"));
    } else {
        let all: Vec<&str> = candidates.into_iter().take(13).collect();
        if !all.is_empty() && all.len() < 13 {
            vi.push_str(&format!("; được dùng: {}", all.join(", ")));
            en.push_str(&format!("; allowed: {}", all.join(", ")));
        }
    }
    Words::new(vi, en)
}
