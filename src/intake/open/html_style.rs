//! What style sheets say of cells: font, number format, whether shown. Only what Excel and report
//! programs write is understood: rules for a class or an element, and `style` attributes.

use std::collections::BTreeMap;

use super::formats::{self, Format};
use super::html_tokens::attribute;
use crate::text::legacy::Font;

/// What is said of an element; none where nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Look {
    pub font: Option<Font>,
    pub format: Option<Format>,
    pub hidden: bool,
}

#[derive(Debug, Default)]
pub(super) struct StyleSheet {
    /// By `td` or `.xl65`, in small letters.
    rules: BTreeMap<String, Look>,
}

impl Look {
    /// What `inner` says, else this.
    pub(super) fn then(self, inner: Look) -> Look {
        Look {
            font: inner.font.or(self.font),
            format: inner.format.or(self.format),
            hidden: inner.hidden,
        }
    }

    fn declared(text: &str) -> Look {
        let mut look = Look::default();
        for declaration in declarations(text) {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "font-family" => look.font = Some(Font::named(value)),
                "font" => {
                    // `bold 12pt .VnTime`: the family is what comes last.
                    let first = value.split(',').next().unwrap_or(value);
                    let name = first
                        .split_once(['"', '\''])
                        .map_or_else(|| first.rsplit(' ').next().unwrap_or(first), |(_, quoted)| quoted);
                    look.font = Some(Font::named(name));
                }
                "mso-number-format" => look.format = Some(number_format(value)),
                "display" => look.hidden = value.eq_ignore_ascii_case("none"),
                "visibility" => look.hidden = value.eq_ignore_ascii_case("hidden"),
                _ => {}
            }
        }
        look
    }
}

impl StyleSheet {
    /// Adds the rules of a `<style>` element.
    pub(super) fn add(&mut self, text: &str) {
        /// More rules than any program writes.
        const MOST: usize = 20_000;
        let text = text.replace("<!--", "").replace("-->", "");
        for rule in text.split('}') {
            let Some((selectors, body)) = rule.split_once('{') else {
                continue;
            };
            let look = Look::declared(body);
            for selector in selectors.split(',') {
                let selector = selector.trim().to_ascii_lowercase();
                // `td.xl65` and `.xl65` are alike here; a path of several elements is not followed.
                let simple = !selector.is_empty() && !selector.contains([' ', '>', ':', '#', '@']);
                if simple && self.rules.len() < MOST {
                    let name = selector
                        .find('.')
                        .map_or(selector.as_str(), |at| &selector[at..])
                        .to_owned();
                    let before = self.rules.get(&name).copied().unwrap_or_default();
                    self.rules.insert(name, before.then(look));
                }
            }
        }
    }

    /// What is said of an element by its name, class, `style`, and the attributes of older pages.
    pub(super) fn look(&self, name: &str, inside: &str) -> Look {
        let mut look = self.rules.get(name).copied().unwrap_or_default();
        if inside.is_empty() {
            return look;
        }
        for class in attribute(inside, "class")
            .unwrap_or_default()
            .split_ascii_whitespace()
        {
            if let Some(own) = self.rules.get(&format!(".{}", class.to_ascii_lowercase())) {
                look = look.then(*own);
            }
        }
        if let Some(face) = attribute(inside, "face") {
            look.font = Some(Font::named(&face));
        }
        if let Some(style) = attribute(inside, "style") {
            look = look.then(Look::declared(&style));
        }
        look
    }
}

/// Declarations are parted by `;`, which may also stand in quotes or after `\`.
fn declarations(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut quote, mut escaped) = (0, None, false);
    for (at, c) in text.char_indices() {
        match (c, quote) {
            _ if escaped => escaped = false,
            ('\\', _) => escaped = true,
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (';', None) => {
                out.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

/// `"0\.0%"`, `"Short Date"`, `Percent`, `\@`.
fn number_format(value: &str) -> Format {
    let value = value.trim_matches(['"', '\'']);
    // Excel escapes all but letters and digits, some by number: `\0022` is a quote.
    let mut code = String::new();
    let mut rest = value.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\\' {
            code.push(c);
            continue;
        }
        let hex: String = rest.clone().take(4).take_while(char::is_ascii_hexdigit).collect();
        match u32::from_str_radix(&hex, 16)
            .ok()
            .filter(|_| hex.len() == 4)
            .and_then(char::from_u32)
        {
            Some(c) => {
                rest.nth(3);
                code.push(c);
            }
            None => code.extend(rest.next()),
        }
    }
    match code.as_str() {
        "Percent" => Format::Percent,
        "Fixed" | "Standard" | "Scientific" | "General" => Format::Plain,
        "Short Date" | "Medium Date" | "Long Date" | "Short Time" | "Medium Time" | "Long Time"
        | "General Date" => Format::Date,
        code => formats::by_code(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_an_element_and_a_style_are_heard_in_this_order() {
        let mut sheet = StyleSheet::default();
        sheet.add("<!-- td {font-family:Arial; mso-number-format:General;}\n.xl65, .xl66{font-family:\".VnTime\", serif;mso-number-format:\"0\\.0%\";}\n tr.an{display:none} -->");
        assert_eq!(sheet.look("td", "").font, Some(Font::Any));
        let look = sheet.look("td", " class=xl65");
        assert_eq!(
            (look.font, look.format),
            (Some(Font::Tcvn3), Some(Format::Percent))
        );
        assert_eq!(
            sheet
                .look("td", " class='xl66' style='font-family:VNI-Times'")
                .font,
            Some(Font::Vni)
        );
        assert_eq!(
            sheet.look("font", " face='.VnTimeH'").font,
            Some(Font::Tcvn3Capitals)
        );
        assert!(sheet.look("tr", " class=an").hidden && !sheet.look("tr", "").hidden);
    }

    #[test]
    fn formats_of_excel_are_unescaped() {
        for (value, expected) in [
            ("\"0\\.00%\"", Format::Percent),
            ("\"\\[$-42A\\]dd\\\\-mm\\\\-yyyy\"", Format::Date),
            ("\"\\#\\,\\#\\#0\\ \\0022ng\\0022\"", Format::Plain),
            ("\\@", Format::Plain),
            ("Percent", Format::Percent),
            ("\"Short Date\"", Format::Date),
        ] {
            assert_eq!(number_format(value), expected, "{value}");
        }
    }
}
