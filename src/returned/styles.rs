//! Cell styles of the unit's workbook: each marked cell keeps its own style, with another fill.
//!
//! In:  the styles part. Out: the same with a few fonts, fills, borders and cell styles behind its own.
//! Holds: no style of the unit changes; what was added for an earlier return is used again.
//! Law: ECMA-376 part 1, 18.8.

use std::ops::Range;

use super::Unfit;
use super::splice::{Seen, Splice, Whole, each};

/// How a mark looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colour {
    Error,
    Warning,
}

impl Colour {
    pub const ALL: [Colour; 2] = [Colour::Error, Colour::Warning];

    /// Shades that no palette of an office program offers, so that a mark of ours is known again.
    fn rgb(self) -> &'static str {
        match self {
            Colour::Error => "FFFFC9BD",
            Colour::Warning => "FFFFF0B3",
        }
    }
}

/// A part in which an office program finds all that it needs, for a workbook without styles.
pub(super) const LEAST: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs></styleSheet>";

/// One list of the part: `<fills>` with its `<fill>`s.
struct List {
    /// Texts of its items, those added behind them.
    items: Vec<String>,
    own: usize,
    open: Range<usize>,
    /// Where its end tag stands.
    close: usize,
}

pub(super) struct Styles {
    text: String,
    prefix: String,
    fonts: List,
    fills: List,
    borders: List,
    xfs: List,
}

impl Styles {
    pub fn read(text: String) -> Result<Styles, Unfit> {
        let prefix = {
            let mut prefix = None;
            each(&text, |seen| {
                if let Seen::Start(whole) = seen {
                    prefix.get_or_insert_with(|| whole.prefix().to_owned());
                }
            })?;
            prefix.unwrap_or_default()
        };
        let list = |name: &str| list(&text, name);
        let (fonts, fills, borders, xfs) =
            (list("fonts")?, list("fills")?, list("borders")?, list("cellXfs")?);
        Ok(Styles {
            text,
            prefix,
            fonts,
            fills,
            borders,
            xfs,
        })
    }

    /// The style of a cell once it is marked.
    pub fn marked(&mut self, base: u32, colour: Colour) -> Result<u32, Unfit> {
        let p = &self.prefix;
        let rgb = colour.rgb();
        let fill = format!(
            "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{rgb}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
        );
        let fill = self.fills.add(fill);
        self.with_fill(base, fill)
    }

    /// The colour of ours that a style has.
    pub fn colour(&self, style: u32) -> Option<Colour> {
        let fill = self.fills.items.get(self.fill_of(style)? as usize)?;
        Colour::ALL.into_iter().find(|c| fill.contains(c.rgb()))
    }

    /// The fill that a style has, as it is written; none if it has none.
    pub fn fill(&self, style: u32) -> Option<&str> {
        let index = self.fill_of(style).filter(|fill| *fill != 0)?;
        self.fills.items.get(index as usize).map(String::as_str)
    }

    /// The style of a cell whose mark is taken away: with the fill that it had before, or none.
    pub fn unmarked(&mut self, style: u32, before: Option<&str>) -> Result<u32, Unfit> {
        let sound = before.filter(|text| is_one_fill(text, &self.prefix));
        let fill = sound.map_or(0, |text| self.fills.add(text.to_owned()));
        self.with_fill(style, fill)
    }

    fn fill_of(&self, style: u32) -> Option<u32> {
        let mut fill = None;
        let xf = self.xfs.items.get(style as usize)?;
        each(xf, |seen| {
            if let Seen::Start(whole) = seen
                && whole.depth == 0
            {
                fill = whole.tag.number(b"fillId");
            }
        })
        .ok()?;
        Some(fill.unwrap_or(0))
    }

    fn with_fill(&mut self, base: u32, fill: u32) -> Result<u32, Unfit> {
        // A cell may name a style that is not there: it is shown in the first.
        let xfs = &self.xfs.items;
        let xf = xfs.get(base as usize).or(xfs.first()).ok_or(Unfit)?;
        let mut splice = Splice::default();
        each(xf, |seen| {
            if let Seen::Start(whole) = seen
                && whole.depth == 0
            {
                splice.attribute(&whole, "fillId", Some(&fill.to_string()));
                splice.attribute(&whole, "applyFill", Some("1"));
            }
        })?;
        let xf = splice.apply(xf)?;
        Ok(self.xfs.add(xf))
    }

    /// A cell style of the list of points: of a font, with or without a head's fill, framed or not.
    pub fn of_list(&mut self, look: Look) -> u32 {
        let p = self.prefix.clone();
        let mut font = String::new();
        if look.bold {
            font.push_str(&format!("<{p}b/>"));
        }
        if look.link {
            font.push_str(&format!("<{p}u/>"));
        }
        font.push_str(&format!("<{p}sz val=\"{}\"/>", look.size));
        if look.link {
            font.push_str(&format!("<{p}color rgb=\"FF0563C1\"/>"));
        }
        font.push_str(&format!(
            "<{p}name val=\"Times New Roman\"/><{p}family val=\"1\"/>"
        ));
        let font = self.fonts.add(format!("<{p}font>{font}</{p}font>"));
        let fill = match look.head {
            true => self.fills.add(format!(
                "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FFDCE6F1\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
            )),
            false => 0,
        };
        let border = match look.framed {
            true => {
                let side =
                    |name| format!("<{p}{name} style=\"thin\"><{p}color rgb=\"FF8C8C8C\"/></{p}{name}>");
                let sides: String = ["left", "right", "top", "bottom"].map(side).concat();
                self.borders
                    .add(format!("<{p}border>{sides}<{p}diagonal/></{p}border>"))
            }
            false => 0,
        };
        let wrap = match look.wrap {
            true => " wrapText=\"1\"",
            false => "",
        };
        let format = if look.text { 49 } else { 0 };
        self.xfs.add(format!(
            "<{p}xf numFmtId=\"{format}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><{p}alignment vertical=\"top\"{wrap}/></{p}xf>"
        ))
    }

    pub fn write(self) -> Result<String, Unfit> {
        let mut splice = Splice::default();
        for list in [&self.fonts, &self.fills, &self.borders, &self.xfs] {
            let added = list.items.get(list.own..).unwrap_or_default();
            if added.is_empty() {
                continue;
            }
            splice.insert(list.close, added.concat());
            let count = list.items.len().to_string();
            let open = self.text.get(list.open.clone()).ok_or(Unfit)?;
            // Only its own tag is looked at: it is closed so that it reads as a whole.
            let alone = format!("{}/>", open.trim_end_matches('>'));
            let mut inner = Splice::default();
            each(&alone, |seen| {
                if let Seen::Start(whole) = seen {
                    inner.attribute(&whole, "count", Some(&count));
                }
            })?;
            let counted = inner.apply(&alone)?;
            splice.replace(list.open.clone(), format!("{}>", counted.trim_end_matches("/>")));
        }
        splice.apply(&self.text)
    }
}

/// How cells of the list look.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub size: u8,
    pub bold: bool,
    pub link: bool,
    pub head: bool,
    pub framed: bool,
    pub wrap: bool,
    /// What looks like a number stays a text.
    pub text: bool,
}

impl List {
    fn add(&mut self, item: String) -> u32 {
        let at = self.items.iter().position(|own| *own == item);
        at.unwrap_or_else(|| {
            self.items.push(item);
            self.items.len() - 1
        }) as u32
    }
}

fn list(text: &str, name: &str) -> Result<List, Unfit> {
    let mut open: Option<Whole<'_>> = None;
    let mut close = None;
    let mut spans: Vec<Range<usize>> = Vec::new();
    each(text, |seen| match seen {
        Seen::Start(whole) if open.is_none() && whole.depth == 1 && whole.is(name) && !whole.tag.empty => {
            open = Some(whole);
        }
        Seen::Start(whole) if open.is_some() && close.is_none() && whole.depth == 2 => spans.push(whole.span),
        Seen::End(_, span, 2) if open.is_some() && close.is_none() => {
            if let Some(item) = spans.last_mut() {
                item.end = span.end;
            }
        }
        Seen::End(_, span, 1) if open.is_some() && close.is_none() => close = Some(span.start),
        _ => {}
    })?;
    let items = spans.into_iter().filter_map(|span| text.get(span));
    let items: Vec<String> = items.map(str::to_owned).collect();
    match (open, close) {
        (Some(open), Some(close)) if !items.is_empty() => Ok(List {
            own: items.len(),
            items,
            open: open.span,
            close,
        }),
        _ => Err(Unfit),
    }
}

/// What stands in the list of an earlier return came back from outside: it is used only if it is a fill and nothing else.
fn is_one_fill(text: &str, prefix: &str) -> bool {
    const INSIDE: [&str; 6] = [
        "fill",
        "patternFill",
        "fgColor",
        "bgColor",
        "gradientFill",
        "stop",
    ];
    let (mut roots, mut sound) = (
        0,
        text.len() < 2_000 && text.starts_with(&format!("<{prefix}fill>")),
    );
    let read = each(text, |seen| {
        if let Seen::Start(whole) = seen {
            roots += usize::from(whole.depth == 0);
            sound &=
                whole.prefix() == prefix && INSIDE.iter().any(|name| whole.is(name)) || whole.is("color");
        }
    });
    read.is_ok() && sound && roots == 1 && text.ends_with(&format!("</{prefix}fill>"))
}
