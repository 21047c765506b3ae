//! The administrative units of Vietnam, each with the days on which it was in force.
//!
//! In:  `indicators/localities/units.csv` and `aliases.csv`. Both state facts of the register of
//!      administrative units that the National Statistics Office keeps (danhmuchanhchinh.nso.gov.vn):
//!      every state of every unit since 16 October 2018, and other official spellings.
//! Out: units by code or name at a date ([`resolve`]), parents, children, levels ([`register`]), and
//!      what became of each across mergers and splits ([`transfers`]).
//! Holds: the key is (code, date), never the code: a code may name different units over time.
//!        A [`UnitId`] is one state of one unit (a row of the register). Nothing is ever matched
//!        by likeness: a name means exactly one unit, or the answer says that it does not.
//! Law: Decision 124/2004/QĐ-TTg and, from 1 July 2025, Decision 19/2025/QĐ-TTg; the National
//!      Assembly abolished the district level on that day (Resolution 203/2025/QH15).

pub mod ask;
pub mod below;
pub mod corrections;
pub mod groups;
pub mod history;
pub mod mention;
pub mod population;
pub mod register;
pub mod resolve;
pub mod territory;
pub mod transfers;

mod lookup;
mod names;

#[cfg(test)]
mod hit_rate;
#[cfg(test)]
mod spellings;

use crate::lang::Lang;
use crate::period::Day;

pub use register::Register;

/// First day on which every unit is known.
pub const KNOWN_SINCE: Day = Day::new(2018, 10, 16);

/// First day without districts, and of provinces and communes with new territories.
pub const REFORM: Day = Day::new(2025, 7, 1);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Nation,
    Province,
    /// Until 30 June 2025.
    District,
    Commune,
}

impl Level {
    pub const ALL: [Level; 4] = [Level::Nation, Level::Province, Level::District, Level::Commune];

    pub fn code(self) -> &'static str {
        match self {
            Level::Nation => "nation",
            Level::Province => "province",
            Level::District => "district",
            Level::Commune => "commune",
        }
    }

    pub fn parse(code: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|l| l.code() == code)
    }

    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Level::Nation => lang.pick("toàn quốc", "nation"),
            Level::Province => lang.pick("cấp tỉnh", "province"),
            Level::District => lang.pick("cấp huyện", "district"),
            Level::Commune => lang.pick("cấp xã", "commune"),
        }
    }
}

/// Index of a row of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub u32);

/// One state of one administrative unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminUnit {
    /// `VN`, two digits (province), three (district), five (commune); zeros in front kept.
    pub code: String,
    /// Without its type: `Tân Sơn`.
    pub name: String,
    /// `xã`, `phường`, `thị trấn`, `huyện`, `tỉnh`, `thành phố trung ương`, `quốc gia`, ….
    pub kind: String,
    pub level: Level,
    pub parent_code: String,
    /// First day in force; none: since before the register begins (16 October 2018).
    pub from: Option<Day>,
    /// First day no longer in force; none: still in force.
    pub until: Option<Day>,
    /// The state before it had the same territory: only name, type or parent changed.
    pub continues: bool,
    /// Its English name; empty: made from the name and the type.
    pub english: String,
}

impl AdminUnit {
    pub fn in_force(&self, day: Day) -> bool {
        self.from.is_none_or(|d| d <= day) && self.until.is_none_or(|d| day < d)
    }

    /// The words for its level; a group has none.
    pub fn level_words(&self, lang: Lang) -> &'static str {
        match self.kind.as_str() {
            groups::KIND => lang.pick(groups::KIND, "group"),
            _ => self.level.words(lang),
        }
    }

    /// The code of its level; `group` for a group.
    pub fn level_code(&self) -> &'static str {
        match self.kind.as_str() {
            groups::KIND => "group",
            _ => self.level.code(),
        }
    }

    /// `thị trấn Tân Sơn`, `thành phố Cần Thơ`, `Việt Nam`.
    pub fn full_name(&self) -> String {
        match self.kind.as_str() {
            "quốc gia" | groups::KIND => self.name.clone(),
            "thành phố trung ương" => format!("thành phố {}", self.name),
            kind => format!("{kind} {}", self.name),
        }
    }

    /// `từ 2025-07-01 đến nay`: the days on which it was in force, its last one included.
    pub fn validity(&self, lang: Lang) -> String {
        let (vi, en) = match (self.from, self.until.map(Day::eve)) {
            (None, None) => (
                "có từ trước 2018-10-16 đến nay".to_owned(),
                "since before 2018-10-16".to_owned(),
            ),
            (Some(from), None) => (format!("từ {from} đến nay"), format!("since {from}")),
            (None, Some(last)) => (
                format!("từ trước 2018-10-16 đến hết {last}"),
                format!("from before 2018-10-16 to {last}"),
            ),
            (Some(from), Some(last)) => (
                format!("từ {from} đến hết {last}"),
                format!("from {from} to {last}"),
            ),
        };
        lang.pick(vi, en)
    }

    /// `xã Lâm Sơn`, or in English `Lâm Sơn commune`.
    pub fn name_in(&self, lang: Lang) -> String {
        if lang == Lang::Vi {
            return self.full_name();
        }
        if !self.english.is_empty() {
            return self.english.clone();
        }
        let kind = match self.kind.as_str() {
            "quốc gia" => return "Viet Nam".to_owned(),
            "phường" => "ward",
            "thị trấn" => "township",
            "quận" => "urban district",
            "thị xã" => "town",
            "thành phố" | "thành phố trung ương" => "city",
            "đặc khu" => "special zone",
            _ => self.level.words(Lang::En),
        };
        format!("{} {kind}", self.name)
    }
}

/// How a place was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Found {
    ByCode,
    ByTypeAndName,
    /// By its name and the type it had just before or after.
    ByFormerType,
    ByName,
    /// Without marks.
    ByFoldedName,
    /// Without marks, blanks and hyphens; `i` for `y`, `1` for `01` and `I`.
    ByLooseName,
    /// By another official spelling.
    ByAlias,
    /// By the name it had before or after, on the same territory.
    ByFormerName,
    /// The office has said what this text means.
    ByCorrection,
}

impl Found {
    const ALL: [(Found, &'static str, &'static str, &'static str); 9] = [
        (Found::ByCode, "code", "theo mã", "by its code"),
        (
            Found::ByTypeAndName,
            "type-and-name",
            "theo loại và tên",
            "by type and name",
        ),
        (
            Found::ByFormerType,
            "former-type",
            "theo tên và loại trước hoặc sau khi đổi",
            "by its name and the type it had before or after",
        ),
        (
            Found::ByName,
            "name",
            "theo tên, không kèm loại",
            "by its name without a type",
        ),
        (
            Found::ByFoldedName,
            "folded-name",
            "theo tên không dấu",
            "by its name without marks",
        ),
        (
            Found::ByLooseName,
            "loose-name",
            "theo tên viết gần đúng (dấu, dấu nối, i/y, số)",
            "by its name but for marks, hyphens, i for y, or the form of a number",
        ),
        (
            Found::ByAlias,
            "alias",
            "theo cách viết chính thức khác",
            "by another official spelling",
        ),
        (
            Found::ByFormerName,
            "former-name",
            "theo tên trước hoặc sau khi đổi",
            "by the name it had before or after",
        ),
        (
            Found::ByCorrection,
            "correction",
            "theo điều cơ quan đã ghi trong corrections.csv",
            "by what the office says in corrections.csv",
        ),
    ];

    /// Stable code.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|f| f.0 == self).map_or("", |f| f.1)
    }

    pub fn words(self, lang: Lang) -> &'static str {
        let found = Self::ALL.iter().find(|f| f.0 == self);
        found.map_or("", |f| lang.pick(f.2, f.3))
    }
}

/// The answer to "which unit is this?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    One(UnitId, Found),
    /// Several fit equally well.
    Several(Vec<UnitId>),
    None,
}
