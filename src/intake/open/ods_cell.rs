//! A cell of an ods table as it is written.

use super::dates;
use super::markup::{Broken, Markup, Piece, Tag, push_text};
use super::ods_styles::{Family, Styles};
use super::sheet::{self, Fonts, shortened};
use crate::intake::grid::Value;
use crate::text::legacy::Font;

pub(super) struct RawCell {
    kind: String,
    value: Option<String>,
    date: Option<String>,
    time: Option<String>,
    boolean: bool,
    string: Option<String>,
    formula: bool,
    pub columns: u32,
    pub span: (u32, u32),
    /// What is displayed.
    text: String,
    pub fonts: Fonts,
}

/// How often a row or cell stands there; once if it does not say.
pub(super) fn repeated(tag: &Tag<'_>, name: &[u8]) -> u32 {
    tag.number::<u32>(name).unwrap_or(1).max(1)
}

impl RawCell {
    pub(super) fn new(tag: &Tag<'_>, font: Font) -> Self {
        // `office:value-type` and `calcext:value-type` have one local name; the latter knows errors.
        let mut kind: &[u8] = b"";
        for (name, value) in tag.attributes() {
            if name == b"value-type" && kind != b"error" {
                kind = value;
            }
        }
        RawCell {
            kind: String::from_utf8_lossy(kind).into_owned(),
            value: tag.attribute(b"value"),
            date: tag.attribute(b"date-value"),
            time: tag.attribute(b"time-value"),
            boolean: tag.is_true(b"boolean-value"),
            string: tag.attribute(b"string-value"),
            formula: tag.raw(b"formula").is_some(),
            columns: repeated(tag, b"number-columns-repeated"),
            span: (
                repeated(tag, b"number-columns-spanned"),
                repeated(tag, b"number-rows-spanned"),
            ),
            text: String::new(),
            fonts: font.into(),
        }
    }

    /// The paragraphs of the cell. White space beside them only lays the file out.
    pub(super) fn read_content(
        &mut self,
        markup: &mut Markup<'_>,
        tag: &Tag<'_>,
        styles: &Styles,
    ) -> Result<(), Broken> {
        if tag.empty {
            return Ok(());
        }
        let mut paragraphs = 0;
        loop {
            match markup.next()?.ok_or(Broken)? {
                Piece::Start(tag) if tag.name == b"p" => {
                    if paragraphs > 0 {
                        self.text.push('\n');
                    }
                    paragraphs += 1;
                    self.read_paragraph(markup, &tag, styles)?;
                }
                Piece::Start(tag) => markup.skip(&tag)?,
                Piece::End(_) => break,
                _ => {}
            }
        }
        self.text = shortened(std::mem::take(&mut self.text));
        Ok(())
    }

    fn read_paragraph(
        &mut self,
        markup: &mut Markup<'_>,
        tag: &Tag<'_>,
        styles: &Styles,
    ) -> Result<(), Broken> {
        /// Blanks that one element may stand for.
        const BLANKS: u32 = 1000;
        if tag.empty {
            return Ok(());
        }
        // The font outside of each element that is open.
        let mut outer = vec![self.fonts.base];
        let mut font = self.fonts.base;
        while !outer.is_empty() {
            match markup.next()?.ok_or(Broken)? {
                Piece::Start(tag) => match tag.name {
                    b"annotation" | b"note" | b"ruby-text" => markup.skip(&tag)?,
                    name => {
                        match name {
                            b"s" => {
                                let blanks = repeated(&tag, b"c").min(BLANKS);
                                self.text.extend(std::iter::repeat_n(' ', blanks as usize));
                            }
                            b"tab" => self.text.push('\t'),
                            b"line-break" => self.text.push('\n'),
                            _ => {}
                        }
                        if !tag.empty {
                            outer.push(font);
                            let style = tag.attribute(b"style-name").filter(|_| name == b"span");
                            let own = style.and_then(|style| styles.font(Family::Text, &style));
                            let inner = own.unwrap_or(font);
                            self.switch(&mut font, inner);
                        }
                    }
                },
                Piece::End(_) => {
                    let back = outer.pop().unwrap_or_default();
                    self.switch(&mut font, back);
                }
                Piece::Text(text) => push_text(&mut self.text, text),
                Piece::CData(text) => self.text.push_str(&String::from_utf8_lossy(text)),
            }
        }
        Ok(())
    }

    fn switch(&mut self, font: &mut Font, to: Font) {
        if *font != to {
            self.fonts.parts.push((self.text.len(), to));
            *font = to;
        }
    }

    /// What the cell holds and whether it is shown as a percentage; none for a blank one.
    pub(super) fn value(self) -> Option<(Value, bool)> {
        let plain = |value| Some((value, false));
        let shown = self.text.trim();
        // Before 2014 the program had no type for errors; it shows "Err:502" or "#VALUE!".
        let error_shown = self.formula
            && (shown.starts_with("Err:") || (shown.starts_with('#') && shown.ends_with(['!', '?', 'A'])));
        if self.kind == "error" || error_shown {
            return plain(Value::Error(shown.to_owned()));
        }
        match self.kind.as_str() {
            "float" | "currency" | "percentage" => {
                let number = self.value.as_deref().and_then(|v| v.trim().parse::<f64>().ok());
                let value = number.map_or_else(|| Value::Error("#NUM!".to_owned()), sheet::number);
                Some((value, self.kind == "percentage"))
            }
            "date" => plain(match self.date.as_deref().and_then(dates::from_iso) {
                Some((year, month, day)) => Value::Date(year, month, day),
                None => Value::Error("########".to_owned()),
            }),
            "boolean" => plain(Value::Bool(self.boolean)),
            "time" => {
                let text = if shown.is_empty() {
                    self.time.unwrap_or_default()
                } else {
                    self.text
                };
                plain(Value::Text(shortened(text)))
            }
            "string" => {
                let text = self.string.unwrap_or(self.text);
                plain(Value::Text(shortened(text)))
            }
            _ if !shown.is_empty() => plain(Value::Text(self.text)),
            _ => self.formula.then_some((Value::FormulaWithoutValue, false)),
        }
    }
}
