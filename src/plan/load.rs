//! Reads plans. Faults name file, line, key and a near word; all are given at once.

use super::{Body, Debtor, Due, Group, Limit, Plan, PlanPeriod, Who, target};
use crate::classification::locality::Level;
use crate::definition::reader::{Source, Spot, Table};
use crate::definition::{Catalogue, DefinitionFault, DefinitionFile, level, not_known};
use crate::lang::Words;
use crate::period::{Day, Period};

/// All plans of the catalogue, in the order of their files; of two of one id the later counts.
pub fn load(catalogue: &Catalogue) -> Result<Vec<Plan>, Vec<DefinitionFault>> {
    let mut faults = Vec::new();
    let mut plans: Vec<Plan> = Vec::new();
    let known = Known::of(catalogue);
    for file in &catalogue.plans {
        match read(&known, file) {
            Err(found) => faults.extend(found),
            Ok(plan) => match plans.iter_mut().find(|p| p.id == plan.id) {
                Some(same) => *same = plan,
                None => plans.push(plan),
            },
        }
    }
    match faults.is_empty() {
        true => Ok(plans),
        false => Err(faults),
    }
}

/// The plan of this id. `Err` says which there are.
pub fn find(plans: Vec<Plan>, id: &str) -> Result<Plan, Words> {
    let ids: Vec<String> = plans.iter().map(|p| p.id.clone()).collect();
    let found = plans.into_iter().find(|p| p.id == id);
    found.ok_or_else(|| {
        let kind = Words::new("tệp kế hoạch hay mã kế hoạch", "a file or the id of a plan");
        not_known(id, &kind, ids.iter().map(String::as_str))
    })
}

/// Reads one plan and proves it against the catalogue.
pub fn parse(catalogue: &Catalogue, file: &DefinitionFile) -> Result<Plan, Vec<DefinitionFault>> {
    read(&Known::of(catalogue), file)
}

/// What a plan may name.
struct Known<'a> {
    catalogue: &'a Catalogue,
    forms: Vec<String>,
}

impl<'a> Known<'a> {
    fn of(catalogue: &'a Catalogue) -> Known<'a> {
        Known {
            catalogue,
            forms: catalogue.form_names().into_iter().map(|(id, _)| id).collect(),
        }
    }
}

fn read(known: &Known<'_>, file: &DefinitionFile) -> Result<Plan, Vec<DefinitionFault>> {
    let mut faults = Vec::new();
    let plan = Source::new(&file.path, &file.text).read(&mut faults, |t| plan(t, known));
    match (plan, faults.is_empty()) {
        (Some(plan), true) => Ok(Plan {
            text: file.text.clone(),
            ..plan
        }),
        _ => {
            faults.sort();
            Err(faults)
        }
    }
}

fn plan(t: &Table, known: &Known<'_>) -> Option<Plan> {
    let catalogue = known.catalogue;
    let id = t.text("id");
    let (name, short) = (t.words("name"), t.words("short"));
    let office = t.words("office");
    let superior = t.words_if("superior");
    let receiver = t.words("receiver");
    let act = t.text("act");
    let issued = t.text_if("issued").and_then(|spot| day(t, &spot));
    let locality = t.text("locality");
    let mut programmes = programmes(t, catalogue);
    let action_month = t.table_if("action_month").and_then(|t| action_month(&t));
    let groups: Vec<Group> = t.tables("group").iter().filter_map(|t| group(t, known)).collect();
    let periods: Vec<PlanPeriod> = t
        .tables("period")
        .iter()
        .filter_map(|t| period(t, &groups))
        .collect();
    let verified = t.flag("verified", false);
    let note = t.words_if("note").unwrap_or_else(|| Words::new("", ""));
    let rows = target::rows(t, catalogue);
    t.finish();
    for (key, missing) in [("group", groups.is_empty()), ("period", periods.is_empty())] {
        if missing && !t.has(key) {
            t.fault_here(key, Words::new("phải có ít nhất một", "at least one is needed"));
        }
    }
    let locality = locality?;
    known_unit(t, &locality, catalogue, &periods);
    let (id, name, short, act) = (id?.value, name?, short?, act?.value);
    let years = periods.iter().map(|p| p.covers.year);
    let years = (years.clone().min().unwrap_or(0), years.max().unwrap_or(0));
    let own = target::programme(rows, (&id, &name, &short), &act, issued, &locality.value, years);
    if own.is_some() {
        programmes.insert(0, id.clone());
    }
    let own = own.map(|(programme, mut rows)| {
        for row in &mut rows {
            row.file = t.source.path.to_owned();
        }
        (programme, rows)
    });
    Some(Plan {
        id,
        name,
        office: office?,
        superior: superior.unwrap_or_else(|| Words::new("", "")),
        receiver: receiver?,
        act,
        issued,
        locality: locality.value,
        programmes,
        action_month,
        periods,
        groups,
        own,
        verified,
        note,
        file: t.source.path.to_owned(),
        text: String::new(),
    })
}

fn programmes(t: &Table, catalogue: &Catalogue) -> Vec<String> {
    let named = t.texts("programmes");
    let known = || catalogue.programmes.iter().map(|p| p.id.as_str());
    for word in named.iter().filter(|w| known().all(|id| id != w.value)) {
        let kind = Words::new("mã chương trình", "the id of a programme");
        let ids: Vec<&str> = known().collect();
        t.fault(word, not_known(&word.value, &kind, ids));
    }
    named.into_iter().map(|w| w.value).collect()
}

/// The code must be in force at the end of what is reported on.
fn known_unit(t: &Table, locality: &Spot<String>, catalogue: &Catalogue, periods: &[PlanPeriod]) {
    let register = &catalogue.localities;
    for period in periods {
        let day = period.covers.last_day();
        if register.by_code(&locality.value, day).is_none() {
            let code = &locality.value;
            t.fault(
                locality,
                Words::new(
                    format!("“{code}” không phải là mã đơn vị hành chính vào ngày {day} (giữ số 0 ở đầu)"),
                    format!("“{code}” is not the code of a unit on {day} (keep zeros in front)"),
                ),
            );
            return;
        }
    }
}

fn day(t: &Table, spot: &Spot<String>) -> Option<Day> {
    let day = Day::parse(&spot.value);
    if day.is_none() {
        t.fault(
            spot,
            Words::new("ngày viết dạng 2024-11-20", "a day is written 2024-11-20"),
        );
    }
    day
}

/// `{ from = "11-15", to = "12-15" }`
fn action_month(t: &Table) -> Option<((u8, u8), (u8, u8))> {
    let (from, to) = (t.text("from"), t.text("to"));
    t.finish();
    let month_day = |spot: Spot<String>| {
        // Any year with a leap day will do.
        let day = Day::parse(&format!("2024-{}", spot.value));
        if day.is_none() {
            t.fault(
                &spot,
                Words::new("viết dạng \"11-15\"", "it is written \"11-15\""),
            );
        }
        day.map(|d| (d.month, d.day))
    };
    Some((month_day(from?)?, month_day(to?)?))
}

fn group(t: &Table, known: &Known<'_>) -> Option<Group> {
    let id = t.text("id");
    let name = t.words("name");
    let units = t.text_if("units").map(|word| level(t, &word));
    let bodies = t.tables("body");
    let bodies: Vec<Body> = bodies.iter().filter_map(|t| body(t, known)).collect();
    let forms = forms(t, known);
    t.finish();
    let who = match (units, bodies.is_empty()) {
        (Some(None), _) => return None,
        (Some(Some(Level::Nation)), true) | (None, true) | (Some(Some(_)), false) => {
            t.fault_here(
                "units",
                Words::new(
                    "một nhóm có units (một cấp dưới) hoặc [[group.body]], không có cả hai",
                    "a group has units (a level below) or [[group.body]], not both",
                ),
            );
            return None;
        }
        (Some(Some(level)), true) => Who::Units(level),
        (None, false) => Who::Bodies(bodies),
    };
    Some(Group {
        id: id?.value,
        name: name?,
        who,
        forms,
    })
}

fn body(t: &Table, known: &Known<'_>) -> Option<Body> {
    let id = t.text("id");
    let name = t.words("name");
    let words = t.texts("words").into_iter().map(|w| w.value).collect();
    let forms = forms(t, known);
    t.finish();
    Some(Body {
        id: id?.value,
        name: name?,
        words,
        forms,
    })
}

fn forms(t: &Table, known: &Known<'_>) -> Vec<String> {
    let (named, known) = (t.texts("forms"), &known.forms);
    for word in named.iter().filter(|w| !known.contains(&w.value)) {
        let kind = Words::new("mã mẫu biểu", "the id of a form");
        t.fault(
            word,
            not_known(&word.value, &kind, known.iter().map(String::as_str)),
        );
    }
    named.into_iter().map(|w| w.value).collect()
}

fn period(t: &Table, groups: &[Group]) -> Option<PlanPeriod> {
    let id = t.text("id");
    let name = t.words("name");
    let covers = t.text("covers");
    let years = t
        .has("years")
        .then(|| crate::definition::programmes::years(t))
        .flatten();
    let due: Vec<Due> = t.tables("due").iter().filter_map(|t| due(t, groups)).collect();
    t.finish();
    let covers = covers?;
    let Some(period) = Period::parse(&covers.value) else {
        let found = &covers.value;
        t.fault(
            &covers,
            Words::new(
                format!("“{found}” không phải là một kỳ; viết như \"2024\", \"2024-H1\""),
                format!("“{found}” is not a period; write \"2024\", \"2024-H1\""),
            ),
        );
        return None;
    };
    Some(PlanPeriod {
        id: id?.value,
        name: name?,
        covers: period,
        years,
        due,
    })
}

/// `who` is a group, `office`, or left out for all; `before` is the first day that is late, `by` the last in time.
fn due(t: &Table, groups: &[Group]) -> Option<Due> {
    let who = t.text_if("who");
    let before = t.text_if("before").map(|spot| day(t, &spot));
    let by = t.text_if("by").map(|spot| day(t, &spot));
    t.finish();
    let limit = match (before, by) {
        (Some(day), None) => Limit::Before(day?),
        (None, Some(day)) => Limit::By(day?),
        _ => {
            let words = Words::new(
                "cần before hoặc by, chỉ một trong hai",
                "before or by is needed, one of them",
            );
            t.fault_here("before", words);
            return None;
        }
    };
    let who = match who {
        None => Debtor::Everybody,
        Some(word) if word.value == "office" => Debtor::Office,
        Some(word) => {
            if groups.iter().all(|g| g.id != word.value) {
                let kind = Words::new("mã một nhóm của kế hoạch", "the id of a group of the plan");
                let ids = groups.iter().map(|g| g.id.as_str()).chain(["office"]);
                t.fault(&word, not_known(&word.value, &kind, ids));
            }
            Debtor::Group(word.value)
        }
    };
    Some(Due { who, limit })
}
