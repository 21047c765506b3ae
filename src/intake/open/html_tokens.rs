//! A web page as tags and texts, taken as browsers take it: nothing is an error.

/// What stands next in a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    /// Name in small letters, and what follows it up to `>`.
    Start(String, &'t str),
    End(String),
    /// Entities resolved.
    Text(String),
    /// What stands in `<!-- … -->`.
    Comment(&'t str),
    /// The content of `<style>`.
    Style(&'t str),
}

pub(super) struct Tokens<'t> {
    rest: &'t str,
    /// The element whose content is not markup.
    raw: Option<String>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Tokens {
            rest: text,
            raw: None,
        }
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        if let Some(name) = self.raw.take() {
            let end = find_ignoring_case(self.rest, &format!("</{name}")).unwrap_or(self.rest.len());
            let (inside, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(if name == "style" {
                Token::Style(inside)
            } else {
                Token::Text(String::new())
            });
        }
        if self.rest.is_empty() {
            return None;
        }
        let Some(markup) = self.rest.strip_prefix('<') else {
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Token::Text(resolved(text)));
        };
        if let Some(comment) = markup.strip_prefix("!--") {
            let end = comment.find("-->");
            self.rest = end.map_or("", |end| &comment[end + 3..]);
            return Some(Token::Comment(&comment[..end.unwrap_or(comment.len())]));
        }
        if markup.starts_with(['!', '?']) {
            let end = markup.find('>').map_or(markup.len(), |end| end + 1);
            self.rest = &markup[end..];
            return Some(Token::Comment(""));
        }
        let (closing, named) = match markup.strip_prefix('/') {
            Some(named) => (true, named),
            None => (false, markup),
        };
        if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // A lonely `<`, as in "< 16 tuổi".
            self.rest = markup;
            return Some(Token::Text("<".to_owned()));
        }
        let name_end = named
            .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
            .unwrap_or(named.len());
        let name = named[..name_end].to_ascii_lowercase();
        let inside = &named[name_end..];
        let end = tag_end(inside);
        self.rest = inside.get(end + 1..).unwrap_or("");
        if closing {
            return Some(Token::End(name));
        }
        if matches!(name.as_str(), "style" | "script" | "title" | "xml" | "noscript") {
            self.raw = Some(name.clone());
        }
        Some(Token::Start(name, &inside[..end]))
    }
}

/// Where the `>` of a tag stands; one in quotes is none, unless the quote never closes.
fn tag_end(inside: &str) -> usize {
    let mut quote = None;
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            // A quote opens only as a value.
            (None, b'"' | b'\'') if inside[..at].trim_end().ends_with('=') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    inside.find('>').unwrap_or(inside.len())
}

/// The value of an attribute, entities resolved; empty for one without a value.
pub(super) fn attribute(inside: &str, wanted: &str) -> Option<String> {
    let mut rest = inside;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let name = &rest[..end];
        let after = rest[end..].trim_start();
        let value = match after.strip_prefix('=') {
            None => {
                rest = &rest[end..];
                ""
            }
            Some(value) => {
                let value = value.trim_start();
                match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                    Some(quote) => {
                        let end = value[1..].find(quote).map_or(value.len(), |end| end + 1);
                        rest = value.get(end + 1..).unwrap_or("");
                        &value[1..end]
                    }
                    None => {
                        let end = value.find(char::is_whitespace).unwrap_or(value.len());
                        rest = &value[end..];
                        &value[..end]
                    }
                }
            }
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(resolved(value));
        }
        if name.is_empty() && rest.starts_with('=') {
            rest = &rest[1..];
        }
    }
}

/// Text with its entities resolved; unknown ones stay as written.
fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let from = &rest[at + 1..];
        let end = from
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))
            .unwrap_or(from.len());
        match entity(&from[..end]) {
            Some(c) => {
                out.push(c);
                rest = from[end..].strip_prefix(';').unwrap_or(&from[end..]);
            }
            None => {
                out.push('&');
                rest = from;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code: u32 = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Numbers 128 to 159 are meant as the Western code page has them.
        if (128..160).contains(&code) {
            let byte = [code as u8];
            return encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&byte)
                .0
                .chars()
                .next();
        }
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    let named = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "euro" => '€',
        name => {
            let at = LATIN.split_ascii_whitespace().position(|known| known == name)?;
            return char::from_u32(0xA0 + at as u32);
        }
    };
    Some(named)
}

/// Names of the characters from U+00A0 to U+00FF, in order.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
    acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig \
    Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
    Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
    iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    memchr::memchr_iter(b'<', text).find(|at| {
        text[*at..]
            .get(..wanted.len())
            .is_some_and(|w| w.eq_ignore_ascii_case(wanted))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_taken_as_browsers_take_them() {
        let text = "<!DOCTYPE html><STYLE>td{a:b}</style><td class=x title='a>b' >1 < 2 &amp; &Agrave;&#7919;&#150;&foo;<br/></TD><!-- c --><script>if (a<b) {}</script>t";
        let tokens: Vec<Token<'_>> = Tokens::new(text).collect();
        let said = |t: &str| Token::Text(t.to_owned());
        let start = |n: &str, inside| Token::Start(n.to_owned(), inside);
        assert_eq!(
            tokens,
            [
                Token::Comment(""),
                start("style", ""),
                Token::Style("td{a:b}"),
                Token::End("style".into()),
                start("td", " class=x title='a>b' "),
                said("1 "),
                said("<"),
                said(" 2 & Àữ–&foo;"),
                start("br", "/"),
                Token::End("td".into()),
                Token::Comment(" c "),
                start("script", ""),
                said(""),
                Token::End("script".into()),
                said("t"),
            ]
        );
        assert_eq!(LATIN.split_ascii_whitespace().count(), 96);
        for text in [
            "<",
            "<a",
            "<a b='",
            "</",
            "<!--",
            "<!",
            "&",
            "&#",
            "&#x;",
            "<style>",
            "<td x=\"\"\">",
        ] {
            assert!(Tokens::new(text).count() < 5);
        }
    }

    #[test]
    fn attributes_with_quotes_and_without() {
        let inside = " COLSPAN=2 style='a: \"b\"' nowrap x:num=\"12.5\" href = a/b&amp;c";
        for (name, expected) in [
            ("colspan", Some("2")),
            ("style", Some("a: \"b\"")),
            ("nowrap", Some("")),
            ("x:num", Some("12.5")),
            ("href", Some("a/b&c")),
            ("rowspan", None),
        ] {
            assert_eq!(attribute(inside, name).as_deref(), expected);
        }
        for odd in ["=", "= =", "a=", "a='", "/ /", "a='b"] {
            assert_eq!(attribute(odd, "z"), None);
        }
    }
}
