//! Comments of one sheet and the drawing that shows them.
//!
//! Holds: comments of the unit stay; where a marked cell has one, ours is written behind it; all that an earlier return
//!        said is taken out. A comment of ours has an author of its own.
//! Law: ECMA-376 part 1, 18.7; part 4, 14 (VML).

use std::collections::BTreeMap;

use super::Unfit;
use super::splice::{Seen, Splice, Whole, each, each_start, escaped};
use crate::intake::open::parse_address;
use crate::origin::CellAddress;

/// The author of our comments, and how a text of ours behind a comment of the unit begins.
const AUTHOR: &str = "bdg";
const BEHIND: &str = "\n[bdg] ";

/// A part without any comment.
pub(super) fn none(namespace: &str) -> String {
    format!(
        "{}<comments xmlns=\"{namespace}\"><authors><author>{AUTHOR}</author></authors><commentList></commentList></comments>",
        super::package::DECLARATION
    )
}

/// Adds texts to cells. Gives the part, and the cells whose comment is new.
pub(super) fn add(
    text: &str,
    cells: &BTreeMap<CellAddress, String>,
) -> Result<(String, Vec<CellAddress>), Unfit> {
    let mut splice = Splice::default();
    let mut authors = Authors::default();
    let mut left = cells.clone();
    let mut here: Option<CellAddress> = None;
    let mut list = None;
    each(text, |seen| {
        authors.see(&seen);
        match seen {
            Seen::Start(whole) if whole.is("authors") && whole.depth == 1 && whole.tag.empty => {
                // An author needs an element of its own around it.
                let p = whole.prefix();
                whole.fill(&mut splice, &format!("<{p}author>{AUTHOR}</{p}author>"));
                authors.ours = Some(0);
            }
            Seen::End(b"authors", span, 1) if authors.ours.is_none() => {
                let p = authors.prefix.as_str();
                splice.insert(span.start, format!("<{p}author>{AUTHOR}</{p}author>"));
                authors.ours = Some(authors.count);
            }
            Seen::Start(whole) if whole.is("comment") && whole.depth == 2 => here = address(&whole),
            Seen::Start(whole) if whole.is("text") && whole.depth == 3 => {
                if whole.tag.empty
                    && let Some(said) = here.and_then(|at| left.remove(&at))
                {
                    whole.fill(&mut splice, &run(whole.prefix(), BEHIND, &said));
                }
            }
            Seen::End(b"text", span, 3) => {
                if let Some(said) = here.and_then(|at| left.remove(&at)) {
                    splice.insert(span.start, run(&authors.prefix, BEHIND, &said));
                }
            }
            Seen::Start(whole) if whole.is("commentList") && whole.depth == 1 => {
                list = Some((whole.span.end, whole.tag.empty.then_some(whole)));
            }
            Seen::End(b"commentList", span, 1) => list = Some((span.start, None)),
            _ => {}
        }
    })?;
    let author = authors.ours.ok_or(Unfit)?;
    let p = &authors.prefix;
    let comments: String = left
        .iter()
        .map(|(at, said)| {
            let said = run(p, "", said);
            format!("<{p}comment ref=\"{at}\" authorId=\"{author}\"><{p}text>{said}</{p}text></{p}comment>")
        })
        .collect();
    match list.ok_or(Unfit)? {
        (_, Some(empty)) => empty.fill(&mut splice, &comments),
        (at, None) => splice.insert(at, comments),
    }
    Ok((splice.apply(text)?, left.into_keys().collect()))
}

/// Takes out what an earlier return said. Gives the part, how many comments stay, and the cells that have none now.
pub(super) fn remove(text: &str) -> Result<(String, usize, Vec<CellAddress>), Unfit> {
    let mut splice = Splice::default();
    let mut authors = Authors::default();
    let mut comments: Vec<(Whole<'_>, usize)> = Vec::new();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    each(text, |seen| {
        authors.see(&seen);
        match seen {
            Seen::Start(whole) if whole.is("comment") && whole.depth == 2 => {
                let end = whole.span.end;
                comments.push((whole, end));
            }
            Seen::End(b"comment", span, 2) => {
                if let Some((_, end)) = comments.last_mut() {
                    *end = span.end;
                }
            }
            Seen::Start(whole) if whole.is("r") && whole.depth == 4 => {
                runs.push((whole.span.start, whole.span.end))
            }
            Seen::End(b"r", span, 4) => {
                if let Some((_, end)) = runs.last_mut() {
                    *end = span.end;
                }
            }
            _ => {}
        }
    })?;
    let mut stay = 0;
    let mut gone = Vec::new();
    for (whole, end) in &comments {
        let author = whole.tag.number::<usize>(b"authorId");
        if author.is_some() && author == authors.ours {
            splice.replace(whole.span.start..*end, "");
            gone.extend(address(whole));
            continue;
        }
        stay += 1;
        let inside = |(from, to): &&(usize, usize)| *from >= whole.span.end && to <= end;
        for (from, to) in runs.iter().filter(inside) {
            let said = text.get(*from..*to).ok_or(Unfit)?;
            if said.contains(BEHIND.trim_start()) {
                splice.replace(*from..*to, "");
            }
        }
    }
    Ok((splice.apply(text)?, stay, gone))
}

fn address(whole: &Whole<'_>) -> Option<CellAddress> {
    whole.tag.raw(b"ref").and_then(parse_address)
}

fn run(p: &str, before: &str, said: &str) -> String {
    let said = escaped(said);
    format!("<{p}r><{p}t xml:space=\"preserve\">{before}{said}</{p}t></{p}r>")
}

/// The authors that a part names, in their order.
#[derive(Default)]
struct Authors {
    prefix: String,
    count: usize,
    ours: Option<usize>,
}

impl Authors {
    fn see(&mut self, seen: &Seen<'_>) {
        match seen {
            Seen::Start(whole) if whole.depth == 0 => self.prefix = whole.prefix().to_owned(),
            Seen::Start(whole) if whole.is("author") && whole.depth == 2 => {
                if whole
                    .text
                    .get(whole.span.end..)
                    .is_some_and(|rest| rest.starts_with("bdg<"))
                {
                    self.ours = Some(self.count);
                }
                self.count += 1;
            }
            _ => {}
        }
    }
}

/// A drawing without any shape.
pub(super) fn no_shapes(block: usize) -> String {
    format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout></xml>"
    )
}

/// Adds a hidden note for each cell. `block`: the thousand in which the numbers of the shapes lie.
pub(super) fn add_shapes(drawing: &str, cells: &[CellAddress], block: usize) -> Result<String, Unfit> {
    const TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
        <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
    let end = drawing.rfind("</xml>").ok_or(Unfit)?;
    let mut out = String::new();
    if !drawing.contains("_x0000_t202\"") {
        out.push_str(TYPE);
    }
    let numbers = drawing.match_indices("_x0000_s").filter_map(|(at, mark)| {
        let rest = drawing.get(at + mark.len()..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count().min(9);
        rest.get(..digits)?.parse::<usize>().ok()
    });
    let first = numbers.max().unwrap_or(0).max(1024 * block) + 1;
    for (n, cell) in cells.iter().enumerate() {
        let (row, column, number) = (cell.row, cell.column, first + n);
        // Beside the cell, to its left at the edge of the sheet.
        let (left, right) = match column {
            0..16_370 => (column + 1, column + 5),
            _ => (column.saturating_sub(6), column.saturating_sub(2)),
        };
        let bottom = row.saturating_add(8).min(1_048_575);
        out.push_str(&format!(
            "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:80pt;margin-top:2pt;width:280pt;height:120pt;z-index:{n};visibility:hidden\" \
             fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
             <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
             <x:Anchor>{left}, 15, {row}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        ));
    }
    let mut splice = Splice::default();
    splice.insert(end, out);
    splice.apply(drawing)
}

/// Takes the notes of cells out of a drawing.
pub(super) fn remove_shapes(drawing: &str, cells: &[CellAddress]) -> Result<String, Unfit> {
    let mut splice = Splice::default();
    let mut shape: Option<(usize, usize)> = None;
    let mut spans: Vec<(usize, usize)> = Vec::new();
    each(drawing, |seen| match seen {
        Seen::Start(whole) if whole.is("shape") => shape = Some((whole.span.start, whole.depth)),
        Seen::End(b"shape", span, depth) => {
            if let Some((start, _)) = shape.take_if(|(_, own)| *own == depth) {
                spans.push((start, span.end));
            }
        }
        _ => {}
    })?;
    let number = |text: &str, name: &str| -> Option<u32> {
        let (_, rest) = text.split_once(&format!("<x:{name}>"))?;
        rest.split_once('<')?.0.trim().parse().ok()
    };
    for (start, end) in spans {
        let text = drawing.get(start..end).ok_or(Unfit)?;
        let at = number(text, "Row").zip(number(text, "Column"));
        if at.is_some_and(|(row, column)| cells.contains(&CellAddress::new(row, column))) {
            splice.replace(start..end, "");
        }
    }
    splice.apply(drawing)
}

/// Whether a drawing shows anything.
pub(super) fn has_shapes(drawing: &str) -> bool {
    let mut any = false;
    let read = each_start(drawing, |whole| any |= whole.is("shape"));
    read.is_err() || any
}
