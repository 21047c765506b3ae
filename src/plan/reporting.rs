//! Who has reported: for each period of the plan that the run is about, what was expected of whom, and what came.
//!
//! In:  a [`Plan`], the sheets that gave figures, the office's [`Log`] if it keeps one. Out: [`Reporting`].
//! Holds: a report counts for a period if its figures are of that period, or reach its last day; a half year is no
//!        report of the year. The day on which it came is known from the log alone; without it nothing is called late.
//!        What came in one table for several units is counted for each, and marked.

use std::collections::{BTreeMap, BTreeSet};

use super::log::{Log, Unmatched};
use super::resent::Resent;
use super::{Body, Group, Limit, Plan, PlanPeriod, Who};
use crate::classification::locality::{Level, Register, UnitId};
use crate::definition::Catalogue;
use crate::fact::{Fact, SenderId};
use crate::lang::{Lang, Words};
use crate::origin::{SheetId, Sources};
use crate::period::{Day, Period, Span};
use crate::text::folded;

/// What was expected and what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporting {
    pub plan: Words,
    pub receiver: Words,
    /// By period, group, unit, form, as in the plan.
    pub lines: Vec<Line>,
    /// Name of the log; none: the days are not known.
    pub log: Option<String>,
    /// Files that the log does not name.
    pub without_day: u32,
    /// Rows of the log without a file.
    pub unmatched: Vec<Unmatched>,
}

/// One report that one unit owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub period: Words,
    pub limit: Option<Limit>,
    pub group: Words,
    /// None: a body at the locality.
    pub level: Option<Level>,
    /// Code of a unit; of a body the id in the plan.
    pub code: String,
    pub name: Words,
    /// Id and name; none: a report in any form.
    pub form: Option<(String, Words)>,
    pub status: Status,
    /// What came, by file name.
    pub files: Vec<Delivered>,
    /// It came in one table with others of the group.
    pub shared: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    pub file: String,
    pub on: Option<Day>,
    /// Another stands in its place.
    pub superseded: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// By the last day in time.
    InTime,
    /// So many days after it.
    Late(u32),
    /// It came; when is not known, or the plan names no day.
    Came,
    Missing,
}

impl Status {
    /// Stable code for data.
    pub fn code(self) -> &'static str {
        match self {
            Status::InTime => "in-time",
            Status::Late(_) => "late",
            Status::Came => "received",
            Status::Missing => "missing",
        }
    }

    pub fn words(self, lang: Lang) -> String {
        match self {
            Status::InTime => lang.pick("Đúng hạn", "In time").to_owned(),
            Status::Late(days) => lang.pick(format!("Muộn {days} ngày"), format!("Late by {days} d")),
            Status::Came => lang.pick("Đã gửi", "Received").to_owned(),
            Status::Missing => lang.pick("Chưa gửi", "Missing").to_owned(),
        }
    }
}

/// Reports expected and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub expected: u32,
    pub in_time: u32,
    pub late: u32,
    /// Came on a day that is not known, or is of no matter.
    pub came: u32,
    pub missing: u32,
}

impl Tally {
    pub fn of<'a>(lines: impl Iterator<Item = &'a Line>) -> Tally {
        lines.fold(Tally::default(), |mut tally, line| {
            tally.expected += 1;
            *match line.status {
                Status::InTime => &mut tally.in_time,
                Status::Late(_) => &mut tally.late,
                Status::Came => &mut tally.came,
                Status::Missing => &mut tally.missing,
            } += 1;
            tally
        })
    }

    pub fn received(self) -> u32 {
        self.in_time + self.late + self.came
    }
}

/// What one sheet brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Brought {
    places: BTreeSet<UnitId>,
    periods: BTreeSet<Period>,
    senders: BTreeSet<SenderId>,
}

/// What came, sheet by sheet, before any figure is dropped as a repetition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrivals(BTreeMap<SheetId, Brought>);

impl Arrivals {
    pub fn of(facts: impl Iterator<Item = Fact>) -> Arrivals {
        let mut sheets: BTreeMap<SheetId, Brought> = BTreeMap::new();
        for fact in facts {
            let brought = sheets.entry(fact.origin.sheet).or_default();
            brought.places.insert(fact.place);
            brought.periods.insert(fact.period);
            brought.senders.insert(fact.sender);
        }
        Arrivals(sheets)
    }
}

/// What the comparison looks at.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    pub catalogue: &'a Catalogue,
    pub sources: &'a Sources,
    /// Names by `SenderId`.
    pub senders: &'a [String],
    pub arrivals: &'a Arrivals,
    pub log: Option<&'a Log>,
    /// Reports that others have replaced.
    pub resent: &'a [Resent],
}

/// Compares what is owed for the period of the run with what came.
pub fn reporting(plan: &Plan, period: Period, evidence: Evidence<'_>) -> Reporting {
    let day = period.last_day();
    let sheets = sheets(evidence, period, day);
    let forms: BTreeMap<String, Words> = evidence.catalogue.form_names().into_iter().collect();
    let ask = Ask {
        plan,
        register: &evidence.catalogue.localities,
        sheets: &sheets,
        forms: &forms,
        day,
    };
    let mut lines = Vec::new();
    for planned in plan.periods.iter().filter(|p| p.covers == period) {
        for group in plan.groups.iter().filter(|g| planned.concerns(&g.id)) {
            lines.extend(ask.lines(planned, group));
        }
    }
    let files = evidence.sources.files.iter().map(|f| f.name.as_str());
    let known = |f: &&str| evidence.log.is_some_and(|log| log.received(f).is_some());
    Reporting {
        plan: plan.name.clone(),
        receiver: plan.receiver.clone(),
        lines,
        log: evidence.log.map(|log| log.name.clone()),
        without_day: files.clone().filter(|f| !known(f)).count() as u32,
        unmatched: evidence.log.map_or_else(Vec::new, |log| log.unmatched(files)),
    }
}

/// One sheet that brought figures of the period.
struct Sheet<'a> {
    file: &'a str,
    on: Option<Day>,
    superseded: bool,
    form: Option<&'a str>,
    /// The units that its figures are about, and all above them.
    places: BTreeSet<UnitId>,
    /// Names of senders and of the file, as folded words with a blank at either end.
    names: Vec<String>,
}

fn sheets<'a>(evidence: Evidence<'a>, period: Period, day: Day) -> Vec<Sheet<'a>> {
    let register = &evidence.catalogue.localities;
    let of_period = evidence.arrivals.0.iter();
    let of_period = of_period.filter(|(_, b)| b.periods.iter().any(|p| counts_for(*p, period)));
    of_period
        .map(|(id, brought)| {
            let sheet = evidence.sources.sheet(*id);
            let file = evidence.sources.file(sheet.file).name.as_str();
            let senders = brought.senders.iter();
            let senders = senders.filter_map(|s| evidence.senders.get(s.0 as usize));
            let names = senders.map(String::as_str).chain([file]);
            let above = |place: &UnitId| {
                let mut line = register.ancestors(*place, day);
                line.push(*place);
                line
            };
            Sheet {
                file,
                on: evidence.log.and_then(|log| log.received(file)),
                superseded: evidence.resent.iter().any(|r| r.old == *id),
                form: sheet.form.as_ref().map(|(id, _)| id.as_str()),
                places: brought.places.iter().flat_map(above).collect(),
                names: names.map(words).collect(),
            }
        })
        .collect()
}

/// Figures of that period, or of a part that ends with it. For a year also of the school year that ended in it
/// and of the one that it ends in: what schools have in hand when the year is reported on.
fn counts_for(reported: Period, period: Period) -> bool {
    let inside = reported.first_day() >= period.first_day() && reported.last_day() == period.last_day();
    let of_year = reported.span == Span::SchoolYear && period.span == Span::Year;
    let current = reported.first_day() <= period.last_day() && reported.last_day() > period.last_day();
    inside || of_year && (current || reported.year == period.year)
}

/// ` cong an xa lam son `
pub(super) fn words(name: &str) -> String {
    let plain = folded(name);
    let parts = plain.split(|c: char| !c.is_alphanumeric());
    let parts: Vec<&str> = parts.filter(|w| !w.is_empty()).collect();
    format!(" {} ", parts.join(" "))
}

struct Ask<'a> {
    plan: &'a Plan,
    register: &'a Register,
    sheets: &'a [Sheet<'a>],
    forms: &'a BTreeMap<String, Words>,
    day: Day,
}

impl Ask<'_> {
    fn lines(&self, period: &PlanPeriod, group: &Group) -> Vec<Line> {
        let limit = period.limit(&group.id);
        let line = |code: &str, name: Words, level, form: Option<&String>, came: Vec<&Sheet<'_>>, shared| {
            let mut files: Vec<Delivered> = Vec::new();
            for sheet in came {
                if files.iter().all(|f| f.file != sheet.file) {
                    files.push(Delivered {
                        file: sheet.file.to_owned(),
                        on: sheet.on,
                        superseded: sheet.superseded,
                    });
                }
            }
            Line {
                period: period.name.clone(),
                limit,
                group: group.name.clone(),
                level,
                code: code.to_owned(),
                name,
                form: form.map(|id| {
                    let name = self.forms.get(id);
                    (id.clone(), name.cloned().unwrap_or_else(|| Words::new(id, id)))
                }),
                status: status(&files, limit),
                files,
                shared,
            }
        };
        let mut lines = Vec::new();
        match &group.who {
            Who::Units(level) => {
                let units = self.plan.units(self.register, *level, self.day);
                for unit in &units {
                    for form in owed(&group.forms, &[]) {
                        let others = |s: &&Sheet<'_>| units.iter().any(|u| u != unit && s.places.contains(u));
                        // Where any report will do, a table of some office that lists all units is not theirs.
                        let is_own = |s: &&Sheet<'_>| form.is_some() || !others(s);
                        let is_of = |s: &&Sheet<'_>| s.is_in(form) && s.places.contains(unit) && is_own(s);
                        let came: Vec<&Sheet<'_>> = self.sheets.iter().filter(is_of).collect();
                        let shared = !came.is_empty() && came.iter().all(others);
                        let known = self.register.unit(*unit);
                        let name = Words::new(known.name_in(Lang::Vi), known.name_in(Lang::En));
                        lines.push(line(&known.code, name, Some(*level), form, came, shared));
                    }
                }
            }
            Who::Bodies(bodies) => {
                for body in bodies {
                    for form in owed(&group.forms, &body.forms) {
                        let is_of = |s: &&Sheet<'_>| s.is_in(form) && self.is_of_body(s, body, form);
                        let came = self.sheets.iter().filter(is_of).collect();
                        lines.push(line(&body.id, body.name.clone(), None, form, came, false));
                    }
                }
            }
        }
        lines
    }

    /// A form that one body alone owes is its own; else the sender or the file must be called as the body is.
    fn is_of_body(&self, sheet: &Sheet<'_>, body: &Body, form: Option<&String>) -> bool {
        let here = self.register.by_code(&self.plan.locality, self.day);
        if !here.is_some_and(|unit| sheet.places.contains(&unit)) {
            return false;
        }
        if form.is_some_and(|form| self.owners(form) == 1) {
            return true;
        }
        let said = |word: &String| sheet.names.iter().any(|name| name.contains(&words(word)));
        body.words.iter().any(said)
    }

    /// How many groups of units and bodies owe a form.
    fn owners(&self, form: &String) -> usize {
        let groups = self.plan.groups.iter();
        let owners = groups.map(|group| match &group.who {
            Who::Units(_) => usize::from(group.forms.contains(form)),
            Who::Bodies(bodies) => bodies
                .iter()
                .filter(|b| b.forms.contains(form) || group.forms.contains(form))
                .count(),
        });
        owners.sum()
    }
}

impl Sheet<'_> {
    fn is_in(&self, form: Option<&String>) -> bool {
        form.is_none_or(|form| self.form == Some(form.as_str()))
    }
}

/// The forms that are owed, each once; none of them: any form will do.
fn owed<'a>(of_group: &'a [String], own: &'a [String]) -> Vec<Option<&'a String>> {
    let mut forms: Vec<Option<&String>> = Vec::new();
    for form in of_group.iter().chain(own) {
        if !forms.contains(&Some(form)) {
            forms.push(Some(form));
        }
    }
    if forms.is_empty() {
        forms.push(None);
    }
    forms
}

/// By the first day on which anything came.
fn status(files: &[Delivered], limit: Option<Limit>) -> Status {
    let first = files.iter().filter_map(|f| f.on).min();
    match (files.is_empty(), limit.map(Limit::last_day), first) {
        (true, ..) => Status::Missing,
        (false, Some(last), Some(first)) if first <= last => Status::InTime,
        (false, Some(last), Some(first)) => Status::Late(last.days_until(first)),
        (false, ..) => Status::Came,
    }
}
