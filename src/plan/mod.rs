//! Plans: which units report what to an office, by when, and by which programmes the office is judged.
//!
//! In:  `plans/*.toml` of the catalogue, or a file of the office's own. Out: [`Plan`]s in which every unit, form,
//!      programme and indicator has been proved.
//! Holds: a due day is what the plan's text says ("trước ngày 20/11": the 19th is the last day in time); what the
//!        text does not say is left out and marked, not guessed.
//!        A report that was sent again stands in place of the earlier by rule, and what changed is told.
//! Leaves to others: reading sheets (`intake`), judging by the plan's targets (`compare`).

mod load;
mod log;
mod reporting;
mod resent;
mod target;

pub use load::{find, load, parse};
pub use log::{Log, Unmatched, parse_log};
pub use reporting::{Arrivals, Delivered, Evidence, Line, Reporting, Status, Tally, reporting};
pub use resent::{Change, Resent, Rule, supersede};

use crate::classification::locality::{Level, Register, UnitId};
use crate::definition::programmes::Programme;
use crate::definition::target::Target;
use crate::lang::{Lang, Words};
use crate::period::{Day, Period};

/// One office's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// `go-vap-2019-2020`
    pub id: String,
    pub name: Words,
    /// The office that issued it.
    pub office: Words,
    /// The office above it, for the letterhead; empty: not said.
    pub superior: Words,
    /// Who gathers the reports.
    pub receiver: Words,
    pub act: String,
    pub issued: Option<Day>,
    /// Code of the office's own unit.
    pub locality: String,
    /// Ids of the programmes it follows; with own targets, the plan itself stands first.
    pub programmes: Vec<String>,
    /// First and last day of the Action Month, as (month, day).
    pub action_month: Option<((u8, u8), (u8, u8))>,
    pub periods: Vec<PlanPeriod>,
    pub groups: Vec<Group>,
    /// Targets of the plan's own, as a programme of its id.
    pub own: Option<(Programme, Vec<Target>)>,
    /// Everything in it stands in the plan's text.
    pub verified: bool,
    /// What does not stand in the text.
    pub note: Words,
    /// File it was read from.
    pub file: String,
    /// What stands in the file.
    pub text: String,
}

/// What is reported on, and by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPeriod {
    pub id: String,
    pub name: Words,
    /// The period of the figures; of a review of several years, the last of them.
    pub covers: Period,
    /// A review of these years.
    pub years: Option<(i16, i16)>,
    pub due: Vec<Due>,
}

/// When a group must have reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub who: Debtor,
    pub limit: Limit,
}

/// Who owes a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Debtor {
    /// All groups.
    Everybody,
    /// Id of a group.
    Group(String),
    /// The office itself, to the one above it.
    Office,
}

/// "trước ngày 20/11" or "đến hết ngày 20/11".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Before(Day),
    By(Day),
}

/// Units or bodies that owe the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub id: String,
    pub name: Words,
    pub who: Who,
    /// Ids of the forms that each owes; empty: a report in any form.
    pub forms: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Every unit of this level below the locality.
    Units(Level),
    /// Bodies at the locality.
    Bodies(Vec<Body>),
}

/// A body that reports: the commune police, a health station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    pub id: String,
    pub name: Words,
    /// Words by which a sender or a file name is known as this body.
    pub words: Vec<String>,
    /// Beside those of the group.
    pub forms: Vec<String>,
}

impl Limit {
    /// The last day in time.
    pub fn last_day(self) -> Day {
        match self {
            Limit::Before(day) => day.eve(),
            Limit::By(day) => day,
        }
    }

    /// `trước ngày 20/11/2024`
    pub fn words(self, lang: Lang) -> String {
        let day = |d: Day| lang.pick(format!("{:02}/{:02}/{}", d.day, d.month, d.year), d.to_string());
        match self {
            Limit::Before(d) => format!("{} {}", lang.pick("trước ngày", "before"), day(d)),
            Limit::By(d) => format!("{} {}", lang.pick("đến hết ngày", "by"), day(d)),
        }
    }
}

impl PlanPeriod {
    /// When a group must have reported; none: the plan does not say.
    pub fn limit(&self, group: &str) -> Option<Limit> {
        let of = |wanted: &dyn Fn(&Debtor) -> bool| self.due.iter().find(|d| wanted(&d.who));
        let own = of(&|who| matches!(who, Debtor::Group(id) if id == group));
        own.or_else(|| of(&|who| *who == Debtor::Everybody))
            .map(|d| d.limit)
    }

    /// When the office itself must have reported.
    pub fn office_limit(&self) -> Option<Limit> {
        let office = self.due.iter().find(|d| d.who == Debtor::Office);
        office.map(|d| d.limit)
    }

    /// Whether this group owes a report of this period: not where the due days name others alone.
    pub fn concerns(&self, group: &str) -> bool {
        let named = self.due.iter().any(|d| matches!(d.who, Debtor::Group(_)));
        !named || self.limit(group).is_some()
    }
}

impl Plan {
    /// The periods that its reports cover, each once, oldest first.
    pub fn covers(&self) -> Vec<Period> {
        let mut all: Vec<Period> = self.periods.iter().map(|p| p.covers).collect();
        all.sort_by_key(|p| (p.last_day(), p.first_day()));
        all.dedup();
        all
    }

    /// The units of a level below its locality on a day.
    pub fn units(&self, register: &Register, level: Level, day: Day) -> Vec<UnitId> {
        let locality = register.by_code(&self.locality, day);
        locality.map_or_else(Vec::new, |unit| register.descendants(unit, day, level))
    }
}
