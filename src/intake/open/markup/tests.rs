//! The reader of markup on small texts, whole and broken.

use super::*;

#[test]
fn a_declaration_that_ends_early_declares_nothing() {
    for text in [
        "<?xml encoding=><a/>",
        "<?xml encoding=\"><a/>",
        "<?xml encoding=\"\"><a/>",
    ] {
        assert_eq!(in_utf8(text.as_bytes()), text.as_bytes(), "{text}");
    }
}

fn pieces(text: &str) -> Result<Vec<String>, Broken> {
    let mut markup = Markup::new(text.as_bytes());
    let mut out = Vec::new();
    while let Some(piece) = markup.next()? {
        let show = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        out.push(match piece {
            Piece::Start(tag) => {
                let attributes: Vec<String> = tag
                    .attributes()
                    .map(|(n, v)| format!(" {}={}", show(n), show(v)))
                    .collect();
                let close = if tag.empty { "/" } else { "" };
                format!("<{}{}{close}>", show(tag.name), attributes.concat())
            }
            Piece::End(name) => format!("</{}>", show(name)),
            Piece::Text(text) => show(text),
            Piece::CData(text) => format!("[{}]", show(text)),
        });
    }
    Ok(out)
}

#[test]
fn tags_texts_and_attributes_are_told_apart() {
    assert_eq!(
        pieces(
            "\u{feff}<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x \"y\">]><x:a b = 'c>\"' d=\"e'\" x:f=''>t<!-- <g> --><h/>&amp;<![CDATA[<i>]]></x:a >\n"
        ),
        Ok(
            ["<a b=c>\" d=e' f=>", "t", "<h/>", "&amp;", "[<i>]", "</a>", "\n"]
                .map(str::to_owned)
                .to_vec()
        )
    );
    assert_eq!(pieces("<a b c='1' d=2 e='3'/>").unwrap(), ["<a c=1 d= e=3/>"]);
}

#[test]
fn what_is_cut_short_or_closed_twice_is_told() {
    for text in [
        "<a>",
        "<a",
        "<a b='",
        "</a>",
        "<a></a></b>",
        "<!-- ",
        "<![CDATA[ ",
        "<?x",
        "<!D [",
        "< a/>",
        "<a/><",
    ] {
        assert_eq!(pieces(text), Err(Broken), "{text}");
    }
}

#[test]
fn parts_come_in_the_encoding_they_declare() {
    let text = "<a>Nữ</a>";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        text.as_bytes().to_vec(),
        [&[0xFF, 0xFE][..], &utf16].concat(),
        utf16,
        big,
    ] {
        assert_eq!(in_utf8(&bytes), text.as_bytes());
    }
    let old = b"<?xml version='1.0' encoding='windows-1252'?><a>\xE0</a>";
    assert!(in_utf8(old).ends_with("<a>à</a>".as_bytes()));
}

#[test]
fn entities_and_line_ends() {
    for (raw, expected) in [
        ("a&amp;b&lt;&gt;&quot;&apos;", "a&b<>\"'"),
        ("&#7919;&#x1EEF;&#0;", "ữữ\0"),
        (
            "&nbsp;&unknown;& &#xD800;&#99999999;",
            "&nbsp;&unknown;& &#xD800;&#99999999;",
        ),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
    ] {
        let mut out = String::new();
        push_text(&mut out, raw.as_bytes());
        assert_eq!(out, expected, "{raw}");
    }
}
