//! What became of the cells of a sheet: the count that shows that none was lost.
//!
//! Holds: every cell with a number, and every cell that stands in the place of one, is counted once:
//!        as a figure, as a total that was compared, as left out (a problem counts it), or under the
//!        reason why it is of no use.

use std::collections::BTreeMap;

use crate::lang::Lang;

/// Why a cell with a number gives no figure and no problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Declared, or known to all forms: no indicator uses it.
    Unused,
    /// Worked out again from counts.
    Rate,
    /// A row under a known one, declared to be a detail of it.
    Detail,
    /// A sum of a printed page, carried to the next.
    PageSum,
    /// "…", "x": a sign that there is no figure.
    NoFigure,
    /// Under "Ghi chú".
    Remark,
    /// A column of a list of which only some are counted.
    Listed,
    /// Running numbers of rows.
    Order,
    Code,
    /// A year or a quarter beside the figures.
    Period,
    /// Part of a row's name.
    Label,
    /// Part of a column's heading.
    Heading,
    /// "1 2 3" under the headings.
    Numbering,
    /// Lines above a table.
    Title,
    /// On a sheet that repeats another of its file.
    Copy,
}

impl Reason {
    pub const ALL: [Reason; 15] = [
        Reason::Unused,
        Reason::Rate,
        Reason::Detail,
        Reason::PageSum,
        Reason::NoFigure,
        Reason::Remark,
        Reason::Listed,
        Reason::Order,
        Reason::Code,
        Reason::Period,
        Reason::Label,
        Reason::Heading,
        Reason::Numbering,
        Reason::Title,
        Reason::Copy,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Reason::Unused => "unused",
            Reason::Rate => "rate",
            Reason::Detail => "detail",
            Reason::PageSum => "page-sum",
            Reason::NoFigure => "no-figure",
            Reason::Remark => "remark",
            Reason::Listed => "listed",
            Reason::Order => "order",
            Reason::Code => "code",
            Reason::Period => "period",
            Reason::Label => "label",
            Reason::Heading => "heading",
            Reason::Numbering => "numbering",
            Reason::Title => "title",
            Reason::Copy => "copy",
        }
    }

    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Reason::Unused => lang.pick("không chỉ tiêu nào dùng", "used by no indicator"),
            Reason::Rate => lang.pick("tỷ lệ, được tính lại", "a rate, worked out again"),
            Reason::Detail => lang.pick("chi tiết của dòng trên", "a detail of the row above"),
            Reason::PageSum => lang.pick("cộng trang", "a page's sum"),
            Reason::NoFigure => lang.pick("dấu không có số liệu", "a sign for no figure"),
            Reason::Remark => lang.pick("ghi chú", "a remark"),
            Reason::Listed => lang.pick(
                "cột không đếm của danh sách",
                "a column of a list that is not counted",
            ),
            Reason::Order => lang.pick("số thứ tự", "a running number"),
            Reason::Code => lang.pick("mã số", "a code"),
            Reason::Period => lang.pick("năm, kỳ", "a year or period"),
            Reason::Label => lang.pick("tên dòng", "a row's name"),
            Reason::Heading => lang.pick("tiêu đề cột", "a column's heading"),
            Reason::Numbering => lang.pick("số hiệu cột", "a column's number"),
            Reason::Title => lang.pick("dòng tiêu đề", "a line of the title"),
            Reason::Copy => lang.pick("trang chép lại", "on a sheet that is a copy"),
        }
    }
}

/// The cells of one sheet, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Cells that the file itself holds as numbers; texts that read as numbers are not among them.
    pub numbers: u32,
    pub facts: u32,
    pub checked: u32,
    pub left_out: u32,
    pub not_needed: BTreeMap<Reason, u32>,
}

impl Account {
    /// All cells that were accounted for.
    pub fn cells(&self) -> u32 {
        let unneeded: u32 = self.not_needed.values().sum();
        self.facts + self.checked + self.left_out + unneeded
    }

    /// "3 số thứ tự, 2 ghi chú".
    pub fn reasons(&self, lang: Lang) -> String {
        let parts: Vec<String> = self
            .not_needed
            .iter()
            .map(|(reason, n)| format!("{n} {}", reason.words(lang)))
            .collect();
        parts.join(", ")
    }
}
