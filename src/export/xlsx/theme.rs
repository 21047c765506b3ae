//! Fonts, colours, borders, number formats.
//!
//! Law: Decree 30/2020/NĐ-CP, Appendix I: Times New Roman, black, sizes 12 to 14.
//! The colours of judgements are blue against orange, told apart by colour-blind readers and on a
//! grey print; the words always stand with them.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::compare::Judgement;
use crate::report::{Align, Decimal, Role};

pub(super) const FONT: &str = "Times New Roman";
/// Points of text in tables.
pub(super) const SIZE: f64 = 11.0;
pub(super) const RESULT: Color = Color::RGB(0x1F5C99);
pub(super) const TARGET: Color = Color::RGB(0xE69F00);
/// Okabe and Ito's colours, which colour-blind readers can tell apart.
pub(super) const LINES: [Color; 8] = [
    Color::RGB(0x0072B2),
    Color::RGB(0xD55E00),
    Color::RGB(0x009E73),
    Color::RGB(0xCC79A7),
    Color::RGB(0x000000),
    Color::RGB(0xE69F00),
    Color::RGB(0x56B4E9),
    Color::RGB(0x7F7F7F),
];
const GRID: Color = Color::RGB(0x8C8C8C);
const HEAD: Color = Color::RGB(0xDCE6F1);
const GROUP: Color = Color::RGB(0xF2F2F2);
const WARNING: Color = Color::RGB(0xA61C00);

pub(super) fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(SIZE)
}

pub(super) fn banner() -> Format {
    base().set_bold().set_font_color(WARNING).set_font_size(10)
}

pub(super) fn title() -> Format {
    base()
        .set_bold()
        .set_font_size(15)
        .set_align(FormatAlign::VerticalCenter)
}

pub(super) fn line() -> Format {
    base().set_italic().set_align(FormatAlign::Top)
}

pub(super) fn wrapped_line() -> Format {
    line().set_text_wrap()
}

pub(super) fn heading() -> Format {
    base()
        .set_bold()
        .set_font_size(13)
        .set_align(FormatAlign::VerticalCenter)
}

/// A centred line of a letterhead, title or signature.
pub(super) fn letter(size: f64, bold: bool, italic: bool) -> Format {
    let mut format = base()
        .set_font_size(size)
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    if bold {
        format = format.set_bold();
    }
    if italic {
        format = format.set_italic();
    }
    format
}

pub(super) fn head() -> Format {
    bordered(base())
        .set_bold()
        .set_text_wrap()
        .set_background_color(HEAD)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
}

pub(super) fn numbering() -> Format {
    bordered(base())
        .set_italic()
        .set_font_size(10)
        .set_align(FormatAlign::Center)
}

/// Name and value of the cover.
pub(super) fn pair(name: bool) -> Format {
    let format = base()
        .set_font_size(13)
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    if name { format.set_bold() } else { format }
}

/// A heading inside a table: its text runs over the cells to the right.
pub(super) fn group(first: bool, last: bool) -> Format {
    let mut format = base()
        .set_bold()
        .set_background_color(GROUP)
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::VerticalCenter)
        .set_border_top(FormatBorder::Thin)
        .set_border_top_color(GRID)
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(GRID);
    if first {
        format = format
            .set_border_left(FormatBorder::Thin)
            .set_border_left_color(GRID);
    }
    if last {
        format = format
            .set_border_right(FormatBorder::Thin)
            .set_border_right_color(GRID);
    }
    format
}

/// How a cell of a table looks; equal looks share a format.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    pub role: Role,
    pub align: Align,
    pub number: Option<String>,
    pub tone: Option<Judgement>,
    pub bold: bool,
    pub link: bool,
    pub indent: bool,
}

impl Look {
    pub fn format(&self) -> Format {
        let mut format = bordered(base())
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_align(match self.align {
                Align::Left => FormatAlign::Left,
                Align::Centre => FormatAlign::Center,
                Align::Right => FormatAlign::Right,
            });
        if let Some(number) = &self.number {
            format = format.set_num_format(number);
        }
        if self.bold || self.role == Role::Total {
            format = format.set_bold();
        }
        if self.role == Role::Part {
            format = format.set_italic();
        }
        if self.role == Role::Total {
            format = format.set_background_color(GROUP);
        }
        if self.indent {
            format = format.set_indent(1);
        }
        if self.link {
            format = format
                .set_font_color(RESULT)
                .set_underline(rust_xlsxwriter::FormatUnderline::Single);
        }
        if let Some(fill) = self.tone.and_then(fill) {
            format = format.set_background_color(fill);
        }
        format
    }
}

fn fill(judgement: Judgement) -> Option<Color> {
    Some(Color::RGB(match judgement {
        Judgement::Exceeded => 0x9CC4E8,
        Judgement::Met => 0xD3E5F5,
        Judgement::PartlyMet => 0xFFF2CC,
        Judgement::NotMet => 0xF7C99B,
        Judgement::NotOccurred | Judgement::NotApplicable => 0xE7E6E6,
        Judgement::Conflict => 0xE3C6E8,
        Judgement::NoData | Judgement::TooFew | Judgement::NotJudged => return None,
    }))
}

/// `#,##0.0`; a prefix stands before it, a difference shows its plus.
pub(super) fn number(value: Decimal) -> String {
    let mut digits = "#,##0".to_owned();
    if value.decimals > 0 {
        digits.push('.');
        digits.push_str(&"0".repeat(usize::from(value.decimals)));
    }
    if value.signed {
        format!("+{digits};-{digits};{digits}")
    } else if value.prefix.is_empty() {
        digits
    } else {
        format!("\"{} \"{digits}", value.prefix)
    }
}

fn bordered(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(GRID)
}
