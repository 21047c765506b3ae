//! Text of a web page as a browser shows it: runs of blanks are one, lines end where elements do.

use super::sheet::{Fonts, shortened};
use crate::text::legacy::Font;

/// Text with the places where its fonts begin, blanks as a browser shows them.
#[derive(Default)]
pub(super) struct Written {
    text: String,
    fonts: Fonts,
    blank: bool,
}

impl Written {
    pub(super) fn push(&mut self, text: &str, font: Font) {
        if self.text.is_empty() {
            self.fonts = font.into();
        } else if self.fonts.parts.last().map_or(self.fonts.base, |(_, font)| *font) != font {
            self.fonts
                .parts
                .push((self.text.len() + usize::from(self.blank), font));
        }
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.blank = !self.text.is_empty() && !self.text.ends_with('\n');
                continue;
            }
            if self.blank {
                self.text.push(' ');
                self.blank = false;
            }
            self.text.push(c);
        }
    }

    /// `<br>`: a line ends, even an empty one.
    pub(super) fn line_break(&mut self) {
        self.text.push('\n');
        self.blank = false;
    }

    pub(super) fn line_end(&mut self) {
        self.blank = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub(super) fn take(&mut self) -> (String, Fonts) {
        let taken = std::mem::take(self);
        let length = taken.text.trim_end().len();
        let mut text = taken.text;
        text.truncate(length);
        (shortened(text), taken.fonts)
    }
}
