//! A unit, or a group of units, as a person reads it.

use super::At;
use crate::classification::locality::groups::{Members, Rule};
use crate::classification::locality::history::{Event, Life};
use crate::classification::locality::transfers::{Doubt, Part};
use crate::classification::locality::{Register, UnitId};
use crate::cli::console::{bold, faint};
use crate::lang::Lang;

/// More members than this are counted, not named.
const MOST_NAMED: usize = 40;

/// What is told of a unit.
pub(super) struct Page<'a> {
    pub register: &'a Register,
    pub unit: UnitId,
    /// On which it was found.
    pub day: crate::period::Day,
    pub at: At,
    pub life: &'a Life,
    /// Others that bear or bore the name that was asked for.
    pub namesakes: &'a [UnitId],
    pub lang: Lang,
}

impl Page<'_> {
    pub fn text(&self, how: &str) -> String {
        let (register, lang) = (self.register, self.lang);
        let unit = register.unit(self.unit);
        let mut out = format!("{}\n", bold(&self.path(self.unit)));
        let mut line = |text: String| out.push_str(&format!("  {text}\n"));
        let (level, validity) = (unit.level.words(lang), unit.validity(lang));
        line(format!(
            "{} {}, {level}; {validity}",
            lang.pick("mã", "code"),
            unit.code
        ));
        line(lang.pick(format!("nhận ra {how}"), format!("recognised {how}")));
        if !unit.in_force(self.at.day) {
            let day = self.at.day;
            line(lang.pick(
                format!("không có hiệu lực vào ngày {day}"),
                format!("not in force on {day}"),
            ));
        }
        if self.life.states.len() > 1 {
            line(
                lang.pick(
                    "cùng một lãnh thổ, qua các tên",
                    "on the same territory, under the names",
                )
                .to_owned(),
            );
            for (state, led) in &self.life.states {
                let name = self.path(*state);
                let led = led.as_ref().map(|e| format!("; {}{}", self.what(e), self.act(e)));
                let (led, state) = (led.unwrap_or_default(), register.unit(*state));
                line(format!(
                    "  {name} ({}; {}){led}",
                    state.code,
                    state.validity(lang)
                ));
            }
        }
        let events = [
            (lang.pick("hình thành từ", "formed from"), &self.life.came),
            (lang.pick("đã chuyển vào", "went into"), &self.life.went),
        ];
        for (head, events) in events.into_iter().filter(|(_, events)| !events.is_empty()) {
            line(head.to_owned());
            for event in events {
                line(format!("  {}", self.event(event)));
            }
        }
        let (below, day) = (register.children(self.unit, self.day).len(), self.day);
        if below > 0 {
            line(lang.pick(
                format!("gồm {below} đơn vị trực thuộc vào ngày {day}"),
                format!("made up of {below} units on {day}"),
            ));
        }
        let today = register.later_home(self.unit, self.day, self.at.today);
        if !today.is_empty() {
            let day = self.at.today;
            line(lang.pick(format!("ngày {day} thuộc về"), format!("on {day} part of")));
            for (id, part) in today {
                let part = part.map(|p| format!(": {}", self.part(p))).unwrap_or_default();
                let (path, code) = (register.full_path_in(id, day, lang), &register.unit(id).code);
                line(format!("  {path} ({code}){part}"));
            }
        }
        if !self.namesakes.is_empty() {
            line(
                lang.pick("cùng tên, đơn vị khác", "of the same name, but other units")
                    .to_owned(),
            );
            for id in self.namesakes {
                let other = register.unit(*id);
                line(format!(
                    "  {} ({}; {})",
                    self.path(*id),
                    other.code,
                    other.validity(lang)
                ));
            }
        }
        out
    }

    fn path(&self, id: UnitId) -> String {
        self.register.full_path_in(id, self.day, self.lang)
    }

    fn event(&self, event: &Event) -> String {
        let other = match event.other {
            Some(id) => {
                let name = self.register.full_path_in(id, event.day, self.lang);
                format!(
                    "{name} ({}): {}",
                    self.register.unit(id).code,
                    self.part(event.part)
                )
            }
            None => self.what(event),
        };
        format!("{}  {other}{}", event.day, self.act(event))
    }

    fn what(&self, event: &Event) -> String {
        let words: Vec<&str> = event.what.iter().map(|w| w.words(self.lang)).collect();
        words.join(", ")
    }

    fn act(&self, event: &Event) -> String {
        let lang = self.lang;
        let act = match event.act.as_str() {
            "" => String::new(),
            act => faint(&format!("  {act}")),
        };
        let doubt = match event.doubt {
            Doubt::None => "",
            Doubt::OneSource => lang.pick(
                "  (chỉ một nguồn có; không dùng để tính)",
                "  (only one source has it; not reckoned with)",
            ),
            Doubt::Unchecked => lang.pick("  (chưa đối chiếu văn bản)", "  (not compared with the act)"),
        };
        format!("{act}{doubt}")
    }

    fn part(&self, part: Part) -> String {
        match part {
            Part::Share(share) if part != Part::NONE && part != Part::ALL_PEOPLE => {
                let percent = share.percent(self.lang);
                self.lang.pick(
                    format!("{percent} % dân số"),
                    format!("{percent} % of the people"),
                )
            }
            part => part.words(self.lang).to_owned(),
        }
    }
}

/// A group on a day: its rule, its members.
pub(super) fn group(register: &Register, area: UnitId, members: &Members, at: At, lang: Lang) -> String {
    let unit = register.unit(area);
    let mut out = format!("{}\n", bold(&unit.name_in(lang)));
    let mut line = |text: String| out.push_str(&format!("  {text}\n"));
    let (day, n) = (at.day, members.units.len());
    let group = match register.area(area).map(|a| &a.rule) {
        Some(Rule::Group { group, .. }) => register.groups().get(*group),
        _ => None,
    };
    let rule = group.map(|group| {
        let types = group.types.join(", ");
        let listed = group.members.len();
        let mut rule = Vec::new();
        if listed > 0 {
            rule.push(lang.pick(
                format!("danh sách {listed} nơi"),
                format!("a list of {listed} places"),
            ));
        }
        if !types.is_empty() {
            rule.push(lang.pick(format!("theo loại: {types}"), format!("by type: {types}")));
        }
        rule.join("; ")
    });
    let rule = rule.map(|r| format!("; {r}")).unwrap_or_default();
    line(lang.pick(
        format!("nhóm địa bàn {}; không phải đơn vị hành chính{rule}", unit.code),
        format!("group {}; no administrative unit{rule}", unit.code),
    ));
    line(lang.pick(
        format!("gồm {n} đơn vị vào ngày {day}"),
        format!("{n} units on {day}"),
    ));
    for id in members.units.iter().take(MOST_NAMED) {
        let partly = match members.partly.contains(id) {
            true => lang.pick(
                "  (chỉ một phần thuộc nhóm)",
                "  (only a part belongs to the group)",
            ),
            false => "",
        };
        let (code, path) = (&register.unit(*id).code, register.path_in(*id, day, lang));
        line(format!("  {code}  {path}{partly}"));
    }
    if let Some(more) = n.checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        line(lang.pick(
            format!("  … và {more} đơn vị khác"),
            format!("  … and {more} more"),
        ));
    }
    out
}
