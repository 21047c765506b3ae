//! How exactly a figure stands on the units of the base: code, sign and words.

use crate::lang::Lang;

/// How exactly a figure could be brought onto the units of the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Boundary {
    /// The unit had the same territory: nothing was recast.
    #[default]
    Same,
    /// Units that went whole into it were added up.
    Exact,
    /// Units, or each unit's own bodies, counted over the units in force then: a reform changes what is counted,
    /// and no count is invented for units that were not there.
    Counted,
    /// Part of it is by the share of the people that the sources state: an estimate.
    ByShare,
    /// Of some part nobody states the share: only bounds are known.
    Range,
}

impl Boundary {
    pub const ALL: [Boundary; 5] = [
        Boundary::Same,
        Boundary::Exact,
        Boundary::Counted,
        Boundary::ByShare,
        Boundary::Range,
    ];

    /// Stable code for tidy data.
    pub fn code(self) -> &'static str {
        match self {
            Boundary::Same => "same",
            Boundary::Exact => "exact",
            Boundary::Counted => "counted",
            Boundary::ByShare => "share",
            Boundary::Range => "range",
        }
    }

    /// The sign before a recast number, with a blank; the number stays a number.
    pub fn prefix(self) -> &'static str {
        match self {
            Boundary::Same => "",
            Boundary::Exact => "⇄ ",
            Boundary::Counted => "∑ ",
            Boundary::ByShare => "≈ ",
            Boundary::Range => "↔ ",
        }
    }

    /// The sign beside a recast figure; explained in the notes.
    pub fn sign(self) -> &'static str {
        match self {
            Boundary::Same => "",
            Boundary::Exact => "⇄",
            Boundary::Counted => "∑",
            Boundary::ByShare => "≈",
            Boundary::Range => "↔",
        }
    }

    /// What the sign says to a reader.
    pub fn meaning(self, lang: Lang) -> &'static str {
        match self {
            Boundary::Same => lang.pick("địa giới không đổi", "unchanged boundaries"),
            Boundary::Exact => lang.pick(
                "quy đổi chính xác: cộng các đơn vị nhập trọn vẹn",
                "recast exactly: units that went whole into it, added",
            ),
            Boundary::Counted => lang.pick(
                "đếm theo các đơn vị có vào lúc ấy, không quy đổi: sắp xếp đơn vị làm đổi chính số được đếm",
                "counted over the units in force then, not recast: a reform changes what is counted",
            ),
            Boundary::ByShare => lang.pick(
                "ước tính: một phần chia theo tỷ lệ dân số của văn bản",
                "an estimate: a part divided by the stated share of the people",
            ),
            Boundary::Range => lang.pick(
                "chỉ biết nằm giữa hai số: một phần chuyển đi hoặc đến không rõ số dân",
                "known to lie between the two only: a part came or went, number of people not stated",
            ),
        }
    }

    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Boundary::Same => lang.pick("cùng địa giới", "same boundaries"),
            Boundary::Exact => lang.pick("quy đổi chính xác", "recast exactly"),
            Boundary::Counted => lang.pick("đếm theo đơn vị của kỳ ấy", "counted over the units of then"),
            Boundary::ByShare => lang.pick("ước tính theo tỷ lệ dân số", "estimated by share of people"),
            Boundary::Range => lang.pick("chỉ biết khoảng", "bounds only"),
        }
    }
}
