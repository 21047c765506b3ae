//! What a person asks for → the unit, or what can be said instead: at another time, one of several, near.
//!
//! In:  a code, a name or a chain, the places to look in first, a day. Out: an [`Answer`].
//! Holds: exactly one unit or none; a near name is said, never taken.

use super::below::is_below_commune;
use super::names::by_commas;
use super::{Found, Register, Resolution, UnitId};
use crate::period::Day;
use crate::text::key;

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
        if is_below_commune(text) {
            return Answer::BelowCommune;
        }
        Answer::None(self.near(text, within, day))
    }

    fn ask_code(&self, code: &str, day: Day) -> Answer {
        if let Some(id) = self.by_code(code, day) {
            return Answer::One(id, Found::ByCode);
        }
        let padded: Vec<UnitId> = [2, 3, 5]
            .into_iter()
            .filter(|width| code.len() <= *width)
            .flat_map(|width| self.states(&format!("{code:0>width$}")).to_vec())
            .collect();
        let near = padded.iter().copied().min_by_key(|id| {
            let then = self.day_in_force(*id, day);
            // The last state before, else the first after.
            (
                then > day,
                if then > day { (0, then) } else { (1, then) },
                std::cmp::Reverse(then),
            )
        });
        let on_the_day: Vec<UnitId> = padded
            .iter()
            .copied()
            .filter(|id| self.in_force(*id, day))
            .collect();
        match (on_the_day.as_slice(), near) {
            // `4` is the province 04 and the commune 00004.
            ([_, _, ..], _) => Answer::Several(on_the_day, day),
            (_, Some(id)) => Answer::OtherTime(id, Found::ByCode, self.day_in_force(id, day)),
            (_, None) => Answer::NoSuchCode,
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
}
