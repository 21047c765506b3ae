//! A unit, or a group of units, as a program reads it: one line, the same keys and codes in both languages.

use serde_json::{Map, Value, json};

use super::At;
use super::page::Page;
use crate::classification::locality::groups::Members;
use crate::classification::locality::history::Event;
use crate::classification::locality::transfers::{Doubt, Part};
use crate::classification::locality::{Level, Register, UnitId};
use crate::cli::problems::JSON_VERSION;
use crate::period::Day;

pub(super) fn unit(page: &Page<'_>, asked: &str, how: &str) -> Map<String, Value> {
    let (register, id, day) = (page.register, page.unit, page.day);
    let events = |events: &[Event]| events.iter().map(|e| json_event(register, e)).collect::<Vec<_>>();
    let states = page.life.states.iter().map(|(id, led)| {
        let mut state = json_unit(register, *id, day);
        if let Some(led) = led {
            state["what"] = json!(led.what.iter().map(|w| w.code()).collect::<Vec<_>>());
            state["act"] = json!(led.act);
        }
        state
    });
    let above: Vec<Value> = register
        .ancestors(id, day)
        .into_iter()
        .filter(|id| register.unit(*id).level != Level::Nation)
        .map(|id| json!({"code": register.unit(id).code, "name": register.unit(id).full_name()}))
        .collect();
    let today = register
        .later_home(id, day, page.at.today)
        .into_iter()
        .map(|(id, part)| {
            let mut to = json_unit(register, id, day);
            if let Some(part) = part {
                to["people"] = json_part(part);
            }
            to
        });
    let namesakes = page.namesakes.iter().map(|id| json_unit(register, *id, day));
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("v", json!(JSON_VERSION));
    put("asked", json!(asked));
    put("date", json!(page.at.day.to_string()));
    put("found", json!(how));
    put("in_force", json!(register.in_force(id, page.at.day)));
    put("unit", json_unit(register, id, day));
    put("above", json!(above));
    put("states", json!(states.collect::<Vec<_>>()));
    put("formed_from", json!(events(&page.life.came)));
    put("went_into", json!(events(&page.life.went)));
    put("today", json!(today.collect::<Vec<_>>()));
    put("namesakes", json!(namesakes.collect::<Vec<_>>()));
    object
}

pub(super) fn group(
    register: &Register,
    area: UnitId,
    members: &Members,
    at: At,
    asked: &str,
) -> Map<String, Value> {
    let unit = register.unit(area);
    let of = members.units.iter().map(|id| {
        let mut unit = json_unit(register, *id, at.day);
        unit["whole"] = json!(!members.partly.contains(id));
        unit
    });
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("v", json!(JSON_VERSION));
    put("asked", json!(asked));
    put("date", json!(at.day.to_string()));
    put("found", json!("group"));
    put(
        "group",
        json!({"id": unit.code, "name": unit.name, "name_en": unit.english}),
    );
    put("members", json!(of.collect::<Vec<_>>()));
    object
}

fn json_unit(register: &Register, id: UnitId, day: Day) -> Value {
    let unit = register.unit(id);
    json!({
        "code": unit.code,
        "name": unit.name,
        "type": unit.kind,
        "level": unit.level.code(),
        "path": register.full_path(id, day),
        "from": unit.from.map(|d| d.to_string()),
        "until": unit.until.map(|d| d.to_string()),
    })
}

fn json_event(register: &Register, event: &Event) -> Value {
    let doubt = match event.doubt {
        Doubt::None => Value::Null,
        Doubt::OneSource => json!("one-source"),
        Doubt::Unchecked => json!("unchecked"),
    };
    let other = event.other.map(|id| {
        let path = register.full_path(id, event.day);
        json!({"code": register.unit(id).code, "path": path})
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

fn json_part(part: Part) -> Value {
    match part {
        Part::Whole => json!("whole"),
        Part::Share(share) => json!({"numerator": share.numerator, "denominator": share.denominator}),
        Part::Unknown => Value::Null,
    }
}
