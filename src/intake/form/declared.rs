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
