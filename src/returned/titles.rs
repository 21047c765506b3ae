//! Titles of the sheets in the properties of the document.

use super::Unfit;
use super::splice::{Seen, Splice, each, escaped};

/// The properties of the document with the title of a first sheet more (or less). They are for show: what is not as
/// usual stays as it is.
pub(super) fn retitled(text: &str, sheets: usize, name: &str, added: bool) -> Result<String, Unfit> {
    let mut splice = Splice::default();
    let (mut in_pairs, mut in_titles) = (false, false);
    let (mut counted, mut listed) = (false, false);
    let after = |n: usize| if added { n + 1 } else { n.saturating_sub(1) };
    each(text, |seen| match seen {
        Seen::Start(whole) if whole.is("HeadingPairs") => in_pairs = true,
        Seen::Start(whole) if whole.is("TitlesOfParts") => in_titles = true,
        Seen::End(b"HeadingPairs", ..) => in_pairs = false,
        Seen::End(b"TitlesOfParts", ..) => in_titles = false,
        Seen::Start(whole) if in_pairs && !counted && whole.is("i4") => {
            let rest = text.get(whole.span.end..).unwrap_or_default();
            let number = rest.split('<').next().unwrap_or_default();
            if number.trim().parse() == Ok(sheets) {
                let place = whole.span.end..whole.span.end + number.len();
                splice.replace(place, after(sheets).to_string());
                counted = true;
            }
        }
        Seen::Start(whole) if in_titles && counted && !listed && whole.is("vector") => {
            if let Some(size) = whole.tag.number::<usize>(b"size") {
                splice.attribute(&whole, "size", Some(&after(size).to_string()));
            }
            let title = format!("<{p}lpstr>{}</{p}lpstr>", escaped(name), p = whole.prefix());
            let rest = text.get(whole.span.end..).unwrap_or_default();
            match added {
                true => splice.insert(whole.span.end, title),
                false => {
                    if let Some(at) = rest.find(&title) {
                        let start = whole.span.end + at;
                        splice.replace(start..start + title.len(), "");
                    }
                }
            }
            listed = true;
        }
        _ => {}
    })?;
    match counted && listed {
        true => splice.apply(text),
        false => Ok(text.to_owned()),
    }
}
