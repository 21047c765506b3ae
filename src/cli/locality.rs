//! `bdg locality`: one unit, how it was recognised, and its life; a group and its members; or what can be
//! said instead.
//!
//! In:  codes, a name or a chain, a day. Out: text or JSON lines, one for each thing asked.
//! Holds: codes and JSON keys are the same in both languages; a near name is said, never taken.

mod json;
mod page;

use clap::{Arg, Command};

use self::page::Page;
use super::args::Format;
use super::config::Settings;
use super::console::Console;
use super::problems::to_json;
use crate::classification::locality::ask::Answer;
use crate::classification::locality::{Register, UnitId};
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
            "Ví dụ:\n  bdg locality xã Lâm Sơn, tỉnh Khánh Hòa\n  bdg locality 22813 --date 2024-12-31\n  bdg locality Hồng Hà --locality \"Hà Nội\"\n  bdg locality \"urban, tỉnh Khánh Hòa\"",
            "Examples:\n  bdg locality xã Lâm Sơn, tỉnh Khánh Hòa\n  bdg locality 22813 --date 2024-12-31\n  bdg locality Hồng Hà --locality \"Hà Nội\"\n  bdg locality \"urban, tỉnh Khánh Hòa\"",
        ))
}

/// The day asked about, and where to look first.
#[derive(Debug, Clone, Copy)]
struct At {
    day: Day,
    today: Day,
    within: Option<UnitId>,
}

/// Answers everything that was asked; how many could be answered, and how many not.
pub(super) fn look_up(
    console: &Console,
    register: &mut Register,
    settings: &Settings,
    asked: &[String],
    (day, today): (Day, Day),
    format: Format,
) -> (usize, usize) {
    let within = match settings.locality.as_deref() {
        None => None,
        Some(text) => match register.place_asked(text, day) {
            Ok(unit) => Some(unit),
            Err(why) => {
                console.complain(why.get(console.lang));
                return (0, 1);
            }
        },
    };
    let at = At { day, today, within };
    let (mut answered, mut refused) = (0, 0);
    for question in questions(asked) {
        let answer = answer(console.lang, register, &question, at, format == Format::Json);
        match answer {
            Ok(text) if format == Format::Json => console.result_line(&text),
            Ok(text) => console.result(&text),
            Err(why) => {
                console.complain(&why);
                refused += 1;
                continue;
            }
        }
        answered += 1;
    }
    (answered, refused)
}

/// Several codes are several things asked; other words are one name.
fn questions(words: &[String]) -> Vec<String> {
    let is_code = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = words
        .iter()
        .flat_map(|w| w.split([',', ';', ' ']))
        .filter(|w| !w.is_empty())
        .collect();
    if !parts.is_empty() && parts.iter().all(|part| is_code(part)) {
        return parts.into_iter().map(str::to_owned).collect();
    }
    vec![words.join(" ")]
}

/// What is printed, or a sentence for what has no single answer.
fn answer(lang: Lang, register: &mut Register, text: &str, at: At, as_json: bool) -> Result<String, String> {
    let area = register.group_asked(text, at.day);
    if let Some((area, members)) = area.and_then(|area| Some((area, register.members(area, at.day)?))) {
        return Ok(match as_json {
            true => to_json(&json::group(register, area, &members, at, text)),
            false => page::group(register, area, &members, at, lang),
        });
    }
    let ground = at.within.filter(|id| register.area(*id).is_none());
    let found = register.ask(text, ground, at.day);
    let (unit, how, day) = match found {
        Answer::One(unit, how) => (unit, how, at.day),
        Answer::OtherTime(unit, how, day) => (unit, how, day),
        other => return Err(register.without_answer(text, &other, at.day).get(lang).to_owned()),
    };
    let life = register.life(unit)?;
    let page = Page {
        register,
        unit,
        day,
        at,
        life: &life,
        namesakes: &register.namesakes(text, unit, &life, at.day),
        lang,
    };
    Ok(match as_json {
        true => to_json(&json::unit(&page, text, how.code())),
        false => page.text(how.words(lang)),
    })
}
