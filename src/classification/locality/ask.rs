//! What a person asks for → the unit, or what can be said instead: at another time, one of several, near.
//!
//! In:  a code, a name or a chain, the places to look in first, a day. Out: an [`Answer`].
//! Holds: exactly one unit or none; a near name is said, never taken; whoever asks is told the same.

use super::below::is_below_commune;
use super::history::Life;
use super::names::{by_commas, readings};
use super::{Found, Register, Resolution, UnitId};
use crate::lang::{Lang, Words};
use crate::period::Day;
use crate::text::{folded, key};

/// Units that are named where several are meant.
const MOST_NAMED: usize = 12;

/// What is known of something asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    One(UnitId, Found),
    /// Not on the day, but on this one, the nearest on which exactly one unit is meant.
    OtherTime(UnitId, Found, Day),
    /// Several, on this day.
    Several(Vec<UnitId>, Day),
    /// A hamlet or a residential group: no administrative unit.
    BelowCommune,
    /// A code that no unit ever had.
    NoSuchCode,
    /// No name, or only the word for a type.
    NoName,
    /// A name with a year behind it.
    NameAndYear(String, i16),
    /// Nothing; perhaps this was meant.
    None(Option<UnitId>),
}

impl Register {
    /// Answers on the day, inside `within` first, then anywhere; then on other days.
    pub fn ask(&self, text: &str, within: Option<UnitId>, day: Day) -> Answer {
        let text = text.trim();
        if text.len() > super::resolve::LONGEST {
            return Answer::None(None);
        }
        if is_no_name(text) {
            return Answer::NoName;
        }
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            return self.ask_code(text, day);
        }
        let mut days = vec![day];
        days.extend(self.days_of_name(text, day));
        let mut several = None;
        for (n, other) in days.into_iter().enumerate() {
            let ground = within.map_or_else(Vec::new, |w| self.territory_on(w, day, other));
            let answer = match self.resolve_in(text, &ground, None, other) {
                Resolution::None if !ground.is_empty() => self.resolve(text, None, None, other),
                answer => answer,
            };
            match answer {
                Resolution::One(id, found) if n == 0 => return Answer::One(id, found),
                Resolution::One(id, found) => return Answer::OtherTime(id, found, other),
                Resolution::Several(ids) if n == 0 => return Answer::Several(ids, day),
                Resolution::Several(ids) => several = several.or(Some((ids, other))),
                Resolution::None => {}
            }
        }
        if let Some((ids, day)) = several {
            return Answer::Several(ids, day);
        }
        match self.on_present_ground(text, day) {
            Some((Resolution::One(id, found), then)) => return Answer::OtherTime(id, found, then),
            Some((Resolution::Several(ids), then)) => return Answer::Several(ids, then),
            _ => {}
        }
        if is_below_commune(text) {
            return Answer::BelowCommune;
        }
        if let Some((name, year)) = name_and_year(text) {
            return Answer::NameAndYear(name, year);
        }
        Answer::None(self.near(text, within, day))
    }

    /// A unit of another day with the unit above it as it is on this one, as people go on saying: `xã Thạnh Hòa,
    /// tỉnh Tây Ninh` lay in Long An. Names, and the day on which they mean something there.
    pub fn on_present_ground(&self, text: &str, day: Day) -> Option<(Resolution, Day)> {
        let text = key(text);
        let parts = by_commas(&text);
        (1..parts.len()).find_map(|cut| {
            let (inner, outer) = (parts[..cut].join(", "), parts[cut..].join(", "));
            let Resolution::One(up, _) = self.resolve(&outer, None, None, day) else {
                return None;
            };
            self.days_of_name(&inner, day).into_iter().find_map(|other| {
                let ground = self.territory_on(up, day, other);
                if ground.is_empty() {
                    return None;
                }
                let found = self.resolve_in(&inner, &ground, None, other);
                (found != Resolution::None).then_some((found, other))
            })
        })
    }

    /// A code as it is written means its unit, at whatever time; one with zeros missing in front only if no unit
    /// ever had it as it is.
    fn ask_code(&self, code: &str, day: Day) -> Answer {
        let here = self.all_by_code(code, day);
        if let Some(id) = here.first().filter(|id| self.states(code).contains(id)) {
            return Answer::One(*id, Found::ByCode);
        }
        let written = self.nearest_state(self.states(code).iter().copied(), day);
        let past = |id| Answer::OtherTime(id, Found::ByCode, self.day_in_force(id, day));
        match (here.as_slice(), written) {
            ([id], None) => Answer::One(*id, Found::ByCode),
            ([], Some(id)) => past(id),
            ([], None) => self
                .nearest_state(self.states_of_all(code), day)
                .map_or(Answer::NoSuchCode, past),
            // `4` is the province 04 and the commune 00004; `45` was Quảng Trị, and is the commune 00045.
            _ => Answer::Several(here.iter().copied().chain(written).collect(), day),
        }
    }

    /// The nearest name inside what the rest of a chain names, else inside `within`, else anywhere.
    fn near(&self, text: &str, within: Option<UnitId>, day: Day) -> Option<UnitId> {
        let text = key(text);
        if let [first, outer @ ..] = by_commas(&text).as_slice()
            && !outer.is_empty()
        {
            let outer = outer.join(", ");
            match self.ask(&outer, within, day) {
                Answer::One(id, _) => return self.suggest(first, Some(id), None, day),
                Answer::OtherTime(id, _, then) => return self.suggest(first, Some(id), None, then),
                _ => {}
            }
        }
        self.suggest(&text, within, None, day)
    }

    /// The unit, or the group of units, that a run or a list is about on a day; or why there is none.
    pub fn place_on(&self, text: &str, day: Day) -> Result<UnitId, Words> {
        if let Answer::One(unit, Found::ByCode) = self.ask_code(text, day) {
            return Ok(unit);
        }
        let area = match (self.group_named(text), self.resolve(text, None, None, day)) {
            (Some(group), _) => Some(group),
            (None, Resolution::One(unit, _)) => return Ok(unit),
            (None, Resolution::Several(ids)) => {
                return Err(self.without_answer(text, &Answer::Several(ids, day), day));
            }
            (None, Resolution::None) => self.area_named(text, day),
        };
        let Some(area) = area else {
            return Err(self.without_answer(text, &self.ask(text, None, day), day));
        };
        // A report of nothing would be no answer.
        match self.members(area, day) {
            Some(members) if !members.units.is_empty() => Ok(area),
            _ => Err(Words::new(
                format!("nhóm địa bàn “{text}” không có đơn vị nào vào ngày {day}"),
                format!("the group “{text}” has no unit on {day}"),
            )),
        }
    }

    /// The same; an area that is not yet there is made.
    pub fn place_asked(&mut self, text: &str, day: Day) -> Result<UnitId, Words> {
        if self.place_on(text, day).is_err() {
            self.area_asked(text, day);
        }
        self.place_on(text, day)
    }

    /// Other units that bear the bare name asked for, or bore it at another time, largest first: whoever asks
    /// for Kon Tum may mean the ward or the province that was.
    pub fn namesakes(&self, text: &str, unit: UnitId, life: &Life, day: Day) -> Vec<UnitId> {
        const MOST: usize = 8;
        let text = key(text);
        // A type, a code or those above it say which is meant.
        let bare = readings(&text).is_empty()
            && !text.contains([',', '-', '('])
            && text.contains(char::is_alphabetic);
        if !bare {
            return Vec::new();
        }
        let known = |id: &UnitId| *id == unit || life.states.iter().any(|(state, _)| state == id);
        let same = self
            .names
            .marked
            .get(&text)
            .or_else(|| self.names.folded.get(&folded(&text)));
        let mut found: Vec<UnitId> = same
            .into_iter()
            .flatten()
            .copied()
            .filter(|id| !known(id))
            .collect();
        found.sort_by_key(|id| {
            let unit = self.unit(*id);
            (
                unit.level,
                !unit.in_force(day),
                std::cmp::Reverse(unit.until),
                unit.code.clone(),
            )
        });
        // Communes of that name are many; what a person may mean is larger, or in force.
        found.retain(|id| self.unit(*id).level < super::Level::Commune || self.in_force(*id, day));
        found.dedup_by_key(|id| self.unit(*id).code.clone());
        found.truncate(MOST);
        found
    }

    /// A sentence for what has no single answer on the day.
    pub fn without_answer(&self, text: &str, answer: &Answer, day: Day) -> Words {
        match answer {
            Answer::One(..) => Words::new(String::new(), String::new()),
            Answer::OtherTime(id, _, then) => {
                let (code, then) = (&self.unit(*id).code, *then);
                Words::new(
                    format!(
                        "“{text}” không có hiệu lực vào ngày {day}; {} ({code}) có hiệu lực ngày {then}",
                        self.full_path_in(*id, then, Lang::Vi)
                    ),
                    format!(
                        "“{text}” is not in force on {day}; {} ({code}) was on {then}",
                        self.full_path_in(*id, then, Lang::En)
                    ),
                )
            }
            Answer::Several(ids, then) => self.several(text, ids, *then),
            Answer::BelowCommune => Words::new(
                format!(
                    "“{text}” là thôn hoặc tổ dân phố: không phải đơn vị hành chính và không có mã; hãy hỏi xã của nó"
                ),
                format!(
                    "“{text}” is a hamlet or residential group: no administrative unit, without a code; ask for its commune"
                ),
            ),
            Answer::NoSuchCode => Words::new(
                format!(
                    "không đơn vị nào từng có mã {text} kể từ 2018-10-16; có thể là mã của bản dự thảo năm 2025 hoặc gõ nhầm, hãy hỏi theo tên"
                ),
                format!(
                    "no unit has had the code {text} since 2018-10-16; it may be of the draft of 2025 or a slip, ask by name"
                ),
            ),
            Answer::NoName => Words::new(
                "thiếu tên; hãy ghi mã hoặc tên, ví dụ 22813 hoặc “xã Lâm Sơn, tỉnh Khánh Hòa”",
                "there is no name; give a code or a name, such as 22813 or “xã Lâm Sơn, tỉnh Khánh Hòa”",
            ),
            Answer::NameAndYear(name, year) => Words::new(
                format!(
                    "không có đơn vị hành chính “{text}”; nếu muốn hỏi “{name}” của năm {year}, hãy thêm --date {year}-12-31"
                ),
                format!("there is no unit “{text}”; for “{name}” in {year} add --date {year}-12-31"),
            ),
            Answer::None(near) => {
                let near = |lang| {
                    near.map(|id| format!("{} {}", self.unit(id).code, self.full_path_in(id, day, lang)))
                };
                let vi = near(Lang::Vi).map(|near| format!("; có phải là “{near}”?"));
                let en = near(Lang::En).map(|near| format!("; did you mean “{near}”?"));
                Words::new(
                    format!(
                        "không có đơn vị hành chính “{text}” vào ngày {day} hay lúc nào khác từ 2018-10-16{}",
                        vi.unwrap_or_default()
                    ),
                    format!(
                        "there is no unit “{text}” on {day} or at any other time since 2018-10-16{}",
                        en.unwrap_or_default()
                    ),
                )
            }
        }
    }

    fn several(&self, text: &str, ids: &[UnitId], then: Day) -> Words {
        let lines = |lang| -> String {
            let named = ids.iter().take(MOST_NAMED);
            named
                .map(|id| {
                    format!(
                        "\n  {}  {}",
                        self.unit(*id).code,
                        self.full_path_in(*id, then, lang)
                    )
                })
                .collect()
        };
        let (more_vi, more_en) = match ids.len().saturating_sub(MOST_NAMED) {
            0 => (String::new(), String::new()),
            n => (format!("\n  … và {n} nơi khác"), format!("\n  … and {n} more")),
        };
        let n = ids.len();
        Words::new(
            format!(
                "“{text}” chỉ {n} nơi vào ngày {then}; hãy dùng mã, hoặc ghi thêm tên huyện, tỉnh:{}{more_vi}",
                lines(Lang::Vi)
            ),
            format!(
                "“{text}” means {n} places on {then}; use the code, or add district and province:{}{more_en}",
                lines(Lang::En)
            ),
        )
    }
}

/// Nothing, signs, or only a word for a type: `xã`, `thành phố`.
fn is_no_name(text: &str) -> bool {
    let text = key(text);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    // A type is read before a name; `xã x` is one, `xã` alone is none.
    text.is_empty()
        || readings(&format!("{text} x"))
            .iter()
            .any(|(_, name)| *name == "x")
}

/// `An Giang 2024`, `tỉnh An Giang năm 2024`: the name and the year.
fn name_and_year(text: &str) -> Option<(String, i16)> {
    let (name, year) = text.rsplit_once(' ')?;
    let year: i16 = year.parse().ok().filter(|y| (2018..=2100).contains(y))?;
    let name = name.trim_end();
    let name = name
        .strip_suffix("năm")
        .unwrap_or(name)
        .trim_end_matches([' ', ',']);
    (!name.is_empty()).then(|| (name.to_owned(), year))
}
