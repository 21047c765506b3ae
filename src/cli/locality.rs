//! `bdg locality`: one unit, how it was recognised, and its life; or what can be said instead.
//!
//! In:  codes, a name or a chain, a day. Out: text or JSON lines, one for each thing asked.
//! Holds: codes and JSON keys are the same in both languages; a near name is said, never taken.

use clap::{Arg, Command};
use serde_json::{Map, Value, json};

use super::args::Format;
use super::config::Settings;
use super::console::{Console, bold, faint};
use super::problems::{JSON_VERSION, to_json};
use crate::classification::locality::ask::Answer;
use crate::classification::locality::history::{Event, Life};
use crate::classification::locality::transfers::{Doubt, Part};
use crate::classification::locality::{Level, Register, UnitId};
use crate::lang::Lang;
use crate::period::Day;

/// What the command takes beside the general flags.
pub(super) fn arguments(command: Command, heading: &'static str, lang: Lang) -> Command {
    command
        .arg(
            Arg::new("asked")
                .value_name(lang.pick("TÊN|MÃ", "NAME|CODE"))
                .required(true)
                .num_args(1..)
                .help_heading(heading)
                .help(lang.pick(
                    "mã, tên, hoặc tên kèm cấp trên: 22813, xã Lâm Sơn, \"xã Lâm Sơn, huyện Ninh Sơn\"; nhiều mã cách nhau bằng dấu cách",
                    "code, name, or a name with those above it: 22813, xã Lâm Sơn, \"xã Lâm Sơn, huyện Ninh Sơn\"; several codes with blanks between",
                )),
        )
        .arg(
            Arg::new("date")
                .long("date")
                .value_name(lang.pick("NGÀY", "DAY"))
                .help(lang.pick(
                    "đơn vị có hiệu lực vào ngày này, ví dụ 2024-12-31; bỏ trống: ngày cuối của --period, hoặc hôm nay",
                    "units in force on this day, for instance 2024-12-31; left out: the last day of --period, or today",
                )),
        )
        .after_help(lang.pick(
            "Ví dụ:\n  bdg locality xã Lâm Sơn, tỉnh Khánh Hòa\n  bdg locality 22813 --date 2024-12-31\n  bdg locality Hồng Hà --locality \"Hà Nội\"",
            "Examples:\n  bdg locality xã Lâm Sơn, tỉnh Khánh Hòa\n  bdg locality 22813 --date 2024-12-31\n  bdg locality Hồng Hà --locality \"Hà Nội\"",
        ))
}

/// Answers everything that was asked; how many could be answered, and how many not.
pub(super) fn look_up(
    console: &Console,
    register: &Register,
    settings: &Settings,
    asked: &[String],
    day: Day,
    today: Day,
    format: Format,
) -> (usize, usize) {
    let within = settings
        .locality
        .as_deref()
        .and_then(|text| match register.ask(text, None, day) {
            Answer::One(id, _) | Answer::OtherTime(id, ..) => Some(id),
            _ => None,
        });
    let at = Where { day, today, within };
    let (mut answered, mut refused) = (0, 0);
    for question in questions(asked) {
        match answer(console, register, &question, at, format == Format::Json) {
            true => answered += 1,
            false => refused += 1,
        }
    }
    (answered, refused)
}

/// Several codes are several things asked; other words are one name.
fn questions(words: &[String]) -> Vec<String> {
    let is_code = |word: &String| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    if words.iter().all(is_code) {
        return words.to_vec();
    }
    vec![words.join(" ")]
}

/// Where and when to look.
#[derive(Debug, Clone, Copy)]
struct Where {
    day: Day,
    today: Day,
    within: Option<UnitId>,
}

/// Prints the answer; false if nothing can be answered.
fn answer(console: &Console, register: &Register, text: &str, at: Where, as_json: bool) -> bool {
    let lang = console.lang;
    let found = register.ask(text, at.within, at.day);
    let (unit, how, day) = match found {
        Answer::One(unit, how) => (unit, how, at.day),
        Answer::OtherTime(unit, how, day) => (unit, how, day),
        other => {
            console.complain(&refusal(register, text, &other, at.day, lang));
            return false;
        }
    };
    let life = match register.life(unit) {
        Ok(life) => life,
        Err(why) => {
            console.complain(&why);
            return false;
        }
    };
    let page = Page {
        register,
        unit,
        day,
        at,
        life: &life,
        lang,
    };
    if as_json {
        console.result_line(&to_json(&page.json(text, how.code())));
    } else {
        console.result(&page.text(how.words(lang)));
    }
    true
}

/// A sentence for what has no single answer.
fn refusal(register: &Register, text: &str, answer: &Answer, day: Day, lang: Lang) -> String {
    const MOST_NAMED: usize = 12;
    match answer {
        Answer::Several(ids, then) => {
            let lines = ids.iter().take(MOST_NAMED).map(|id| {
                let unit = register.unit(*id);
                format!("\n  {}  {}", unit.code, register.full_path(*id, *then))
            });
            let lines: String = lines.collect();
            let more = ids.len().saturating_sub(MOST_NAMED);
            let more = match more {
                0 => String::new(),
                n => lang.pick(format!("\n  … và {n} nơi khác"), format!("\n  … and {n} more")),
            };
            lang.pick(
                format!("“{text}” chỉ {} nơi vào ngày {then}; hãy dùng mã, hoặc ghi thêm tên huyện, tỉnh:{lines}{more}", ids.len()),
                format!("“{text}” means {} places on {then}; use the code, or add district and province:{lines}{more}", ids.len()),
            )
        }
        Answer::BelowCommune => lang
            .pick(
                format!("“{text}” là thôn hoặc tổ dân phố: không phải đơn vị hành chính và không có mã; hãy hỏi xã của nó"),
                format!("“{text}” is a hamlet or residential group: no administrative unit, without a code; ask for its commune"),
            ),
        Answer::NoSuchCode => lang.pick(
            format!("không đơn vị nào từng có mã {text} kể từ 2018-10-16; có thể là mã của bản dự thảo năm 2025 hoặc gõ nhầm, hãy hỏi theo tên"),
            format!("no unit has had the code {text} since 2018-10-16; it may be of the draft of 2025 or a slip, ask by name"),
        ),
        _ => {
            let near = match answer {
                Answer::None(near) => near.map(|id| format!("{} {}", register.unit(id).code, register.full_path(id, day))),
                _ => None,
            };
            let near = near.map(|near| lang.pick(format!("; có phải là “{near}”?"), format!("; did you mean “{near}”?")));
            let near = near.unwrap_or_default();
            lang.pick(
                format!("không có đơn vị hành chính “{text}” vào ngày {day} hay lúc nào khác từ 2018-10-16{near}"),
                format!("there is no unit “{text}” on {day} or at any other time since 2018-10-16{near}"),
            )
        }
    }
}

struct Page<'a> {
    register: &'a Register,
    unit: UnitId,
    /// On which it was found.
    day: Day,
    at: Where,
    life: &'a Life,
    lang: Lang,
}

impl Page<'_> {
    fn text(&self, how: &str) -> String {
        let (register, lang) = (self.register, self.lang);
        let unit = register.unit(self.unit);
        let mut out = format!("{}\n", bold(&register.full_path(self.unit, self.day)));
        let mut line = |text: String| out.push_str(&format!("  {text}\n"));
        line(lang.pick(
            format!(
                "mã {}, {}; {}",
                unit.code,
                unit.level.words(lang),
                self.validity(self.unit)
            ),
            format!(
                "code {}, {}; {}",
                unit.code,
                unit.level.words(lang),
                self.validity(self.unit)
            ),
        ));
        line(lang.pick(format!("nhận ra {how}"), format!("recognised {how}")));
        if !unit.in_force(self.at.day) {
            line(lang.pick(
                format!("không có hiệu lực vào ngày {}", self.at.day),
                format!("not in force on {}", self.at.day),
            ));
        }
        if self.life.states.len() > 1 {
            line(lang.pick(
                "cùng một lãnh thổ, qua các tên".to_owned(),
                "on the same territory, under the names".to_owned(),
            ));
            for (state, led) in &self.life.states {
                let name = register.full_path(*state, self.day);
                let led = led
                    .as_ref()
                    .map(|e| format!("; {}{}", self.what(e), self.act(e)))
                    .unwrap_or_default();
                line(format!(
                    "  {name} ({}; {}){led}",
                    register.unit(*state).code,
                    self.validity(*state)
                ));
            }
        }
        let events = [
            (lang.pick("hình thành từ", "formed from"), &self.life.came),
            (lang.pick("đã chuyển vào", "went into"), &self.life.went),
        ];
        for (head, events) in events {
            if events.is_empty() {
                continue;
            }
            line(head.to_owned());
            for event in events {
                line(format!("  {}", self.event(event)));
            }
        }
        let below = register.children(self.unit, self.day).len();
        if below > 0 {
            line(lang.pick(
                format!("gồm {below} đơn vị trực thuộc vào ngày {}", self.day),
                format!("made up of {below} units on {}", self.day),
            ));
        }
        let today = self.on_today();
        if !today.is_empty() {
            line(lang.pick(
                format!("ngày {} thuộc về", self.at.today),
                format!("on {} part of", self.at.today),
            ));
            for (id, part) in today {
                let path = register.full_path(id, self.at.today);
                let part = part.map(|p| format!(": {}", self.part(p))).unwrap_or_default();
                line(format!("  {path} ({}){part}", register.unit(id).code));
            }
        }
        out
    }

    fn event(&self, event: &Event) -> String {
        let other = match event.other {
            Some(id) => {
                let name = self.register.full_path(id, event.day);
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
        let lang = self.lang;
        match part {
            Part::Whole => lang.pick("toàn bộ", "whole").to_owned(),
            Part::NONE => lang
                .pick("chỉ đất, không có dân", "land only, no people")
                .to_owned(),
            Part::ALL_PEOPLE => lang
                .pick("toàn bộ dân, một phần đất", "all the people, a part of the land")
                .to_owned(),
            Part::Share(share) => {
                let percent = percent(share.numerator, share.denominator, lang);
                lang.pick(
                    format!("{percent} % dân số"),
                    format!("{percent} % of the people"),
                )
            }
            Part::Unknown => lang
                .pick("một phần, không rõ bao nhiêu dân", "a part, of unknown size")
                .to_owned(),
        }
    }

    fn validity(&self, id: UnitId) -> String {
        let unit = self.register.unit(id);
        let lang = self.lang;
        match (unit.from, unit.until) {
            (None, None) => lang
                .pick("có từ trước 2018-10-16 đến nay", "since before 2018-10-16")
                .to_owned(),
            (Some(from), None) => lang.pick(format!("từ {from} đến nay"), format!("since {from}")),
            (None, Some(until)) => {
                let last = until.eve();
                lang.pick(
                    format!("từ trước 2018-10-16 đến hết {last}"),
                    format!("from before 2018-10-16 to {last}"),
                )
            }
            (Some(from), Some(until)) => {
                let last = until.eve();
                lang.pick(
                    format!("từ {from} đến hết {last}"),
                    format!("from {from} to {last}"),
                )
            }
        }
    }

    /// Where its people are today, if it is no longer in force; parts are known of the lowest units only.
    fn on_today(&self) -> Vec<(UnitId, Option<Part>)> {
        let register = self.register;
        if register.in_force(self.unit, self.at.today) {
            return Vec::new();
        }
        if register.is_lowest(self.unit, self.day)
            && let Ok(transfers) = register.transfers()
        {
            let ends = transfers.destinations(register, self.unit, self.day, self.at.today);
            return ends.into_iter().map(|d| (d.unit, Some(d.part))).collect();
        }
        let ground = register.territory_on(self.unit, self.day, self.at.today);
        ground.into_iter().map(|id| (id, None)).collect()
    }

    fn json(&self, asked: &str, how: &str) -> Map<String, Value> {
        let register = self.register;
        let unit = register.unit(self.unit);
        let events = |events: &[Event]| events.iter().map(|e| self.json_event(e)).collect::<Vec<_>>();
        let states = self.life.states.iter().map(|(id, led)| {
            let mut state = self.json_unit(*id);
            if let Some(led) = led {
                state["what"] = json!(led.what.iter().map(|w| w.code()).collect::<Vec<_>>());
                state["act"] = json!(led.act);
            }
            state
        });
        let above: Vec<Value> = register
            .ancestors(self.unit, self.day)
            .into_iter()
            .filter(|id| register.unit(*id).level != Level::Nation)
            .map(|id| json!({"code": register.unit(id).code, "name": register.unit(id).full_name()}))
            .collect();
        let today = self.on_today().into_iter().map(|(id, part)| {
            let mut to = self.json_unit(id);
            if let Some(part) = part {
                to["people"] = json_part(part);
            }
            to
        });
        let mut object = Map::new();
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        put("v", json!(JSON_VERSION));
        put("asked", json!(asked));
        put("date", json!(self.at.day.to_string()));
        put("found", json!(how));
        put("in_force", json!(unit.in_force(self.at.day)));
        put("unit", self.json_unit(self.unit));
        put("above", json!(above));
        put("states", json!(states.collect::<Vec<_>>()));
        put("formed_from", json!(events(&self.life.came)));
        put("went_into", json!(events(&self.life.went)));
        put("today", json!(today.collect::<Vec<_>>()));
        object
    }

    fn json_unit(&self, id: UnitId) -> Value {
        let unit = self.register.unit(id);
        json!({
            "code": unit.code,
            "name": unit.name,
            "type": unit.kind,
            "level": unit.level.code(),
            "path": self.register.full_path(id, self.day),
            "from": unit.from.map(|d| d.to_string()),
            "until": unit.until.map(|d| d.to_string()),
        })
    }

    fn json_event(&self, event: &Event) -> Value {
        let doubt = match event.doubt {
            Doubt::None => Value::Null,
            Doubt::OneSource => json!("one-source"),
            Doubt::Unchecked => json!("unchecked"),
        };
        let other = event.other.map(|id| {
            let unit = self.register.unit(id);
            let path = self.register.full_path(id, event.day);
            json!({"code": unit.code, "path": path})
        });
        json!({
            "day": event.day.to_string(),
            "what": event.what.iter().map(|w| w.code()).collect::<Vec<_>>(),
            "unit": other,
            "people": json_part(event.part),
            "act": event.act,
            "doubt": doubt,
        })
    }
}

fn json_part(part: Part) -> Value {
    match part {
        Part::Whole => json!("whole"),
        Part::Share(share) => json!({"numerator": share.numerator, "denominator": share.denominator}),
        Part::Unknown => Value::Null,
    }
}

/// `49,36`: exact to two decimals, cut.
fn percent(numerator: u64, denominator: u64, lang: Lang) -> String {
    let hundredths = u128::from(numerator) * 10_000 / u128::from(denominator.max(1));
    let sign = lang.pick(',', '.');
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => format!("{whole}"),
        _ => format!("{whole}{sign}{rest:02}"),
    }
}
