//! The only door out: everything computed becomes a [`Release`], and only a release can be
//! reported or exported.
//!
//! In:  [`Content`], all that was computed. Out: a [`Release`] of an [`Edition`].
//! Holds: there is no other way to make a [`Release`]. Until disclosure control exists, the only
//!        edition is the internal one, which says so on every sheet; asking for a public one is refused.
//! Above this room nobody hides anything; below it nobody sees facts or figures but through here.

mod grounds;

pub use grounds::{GroundUnit, Grounds, Hierarchy};

use std::collections::BTreeMap;

use crate::classification::locality::transfers::Transfer;
use crate::classification::locality::{Level, UnitId};
use crate::compare::{TargetVerdict, Verdict};
use crate::definition::programmes::ProgrammeId;
use crate::evaluate::Figure;
use crate::fact::Fact;
use crate::lang::{Lang, Words};
use crate::origin::Sources;
use crate::period::{Day, Period};
use crate::plan::{Reporting, Resent};
use crate::problem::Problem;
use crate::recast::Boundaries;
use crate::revision::Revision;

/// For whom the workbook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edition {
    Internal,
    Public,
}

/// Why an edition cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub Words);

/// About the run as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The office that reports, and the one above it, as in the letterhead; empty if not configured.
    pub office: String,
    pub superior: String,
    pub contact: String,
    /// Titles over the signature lines; names are never invented.
    pub signatories: Vec<String>,
    /// The place the report is about; its descendants are in `places`.
    pub scope: UnitId,
    /// The day on whose units everything stands.
    pub base: Day,
    /// The period reported on; figures of earlier years are there for comparison.
    pub period: Period,
    pub provisional: bool,
    pub made_on: Day,
    pub program_version: String,
    pub catalogue_version: String,
}

/// What was asked of the run: with the inputs and the definitions, all that its figures depend on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The place as it was asked for; none: it was found from the data.
    pub locality: Option<String>,
    pub boundaries: Boundaries,
    /// Ids of the programmes judged by, in their order.
    pub programmes: Vec<String>,
    /// (indicator, variant) of every indicator that can be computed in several ways.
    pub variants: Vec<(String, String)>,
    pub tolerance_tenths: i64,
    pub minimum_coverage_percent: u8,
    /// The same for indicators that have their own.
    pub coverage_of: BTreeMap<String, u8>,
    /// One more workbook for each unit of this level.
    pub each: Option<Level>,
    /// Id and text of the office's plan.
    pub plan: Option<(String, String)>,
    /// SHA-256 of what the log of received reports says.
    pub log: Option<String>,
}

/// A unit of the scope and its place in the hierarchy of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRow {
    pub place: UnitId,
    pub parent: Option<UnitId>,
    /// 0 for the scope itself.
    pub depth: u8,
}

/// A figure with its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub figure: Figure,
    pub verdict: Verdict,
}

/// A figure as it was reported on units of another time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    pub judged: Judged,
    /// A day on which those units were in force.
    pub day: Day,
    /// In the hierarchy of that day; 0 for the whole territory.
    pub depth: u8,
    pub parent: Option<UnitId>,
    /// The lowest units of the report that hold it whole, or some of it.
    pub into: Vec<UnitId>,
}

/// A transfer of territory that recast figures rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedTransfer {
    pub transfer: Transfer,
    pub periods: Vec<Period>,
    /// How many reported figures went along it.
    pub figures: usize,
}

/// Where figures stand on other units than those of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    pub boundaries: Boundaries,
    /// Ordered by indicator, then day, then place in the hierarchy of the day.
    pub earlier: Vec<Earlier>,
    /// By date and unit.
    pub transfers: Vec<UsedTransfer>,
}

pub use crate::audit::QualityLine;

/// Everything computed, before the door.
#[derive(Debug, Clone)]
pub struct Content {
    pub about: About,
    pub asked: Asked,
    /// Scope first, then its descendants in hierarchy order.
    pub places: Vec<PlaceRow>,
    /// Ordered by indicator, place (as in `places`), period, group.
    pub figures: Vec<Judged>,
    pub targets: Vec<TargetVerdict>,
    /// Figures judged by more programmes than one, once more for each.
    pub further: Vec<(ProgrammeId, Judged)>,
    /// The facts behind the figures, with their source cells.
    pub facts: Vec<Fact>,
    /// For each fact: whether the sources contradict each other on it.
    pub contradicted: Vec<bool>,
    /// Figures that cannot be (below 0): known as sent, used for nothing; for the whole scope only.
    pub refused: Vec<Fact>,
    /// Names of senders, by `SenderId`.
    pub senders: Vec<String>,
    pub sources: Sources,
    pub problems: Vec<Problem>,
    pub quality: Vec<QualityLine>,
    /// Who has reported, if there is a plan; for the whole scope only.
    pub reporting: Option<Reporting>,
    /// Reports that were sent again; for the whole scope only.
    pub resent: Vec<Resent>,
    /// None: every figure stands on the units of the report.
    pub crossing: Option<Crossing>,
    /// None: the facts are not written for engines elsewhere.
    pub grounds: Option<Grounds>,
}

/// What may leave. Holding one proves that the door was passed.
#[derive(Debug, Clone)]
pub struct Release {
    edition: Edition,
    content: Content,
}

/// Whether an edition can be made at all; asked before anything is read.
pub fn allows(edition: Edition) -> Result<(), Refusal> {
    match edition {
        Edition::Internal => Ok(()),
        Edition::Public => Err(Refusal(Words::new(
            "chưa thể phát hành bản công khai: chương trình chưa có bảo mật số liệu nhỏ, nên nạn nhân có thể bị nhận ra trong bảng; hãy dùng bản nội bộ (--edition internal)",
            "a public edition cannot be made yet: small numbers are not protected, so a victim might be recognised in a table; use the internal edition (--edition internal)",
        ))),
    }
}

impl Release {
    /// Makes a release, or says why this edition cannot be made.
    pub fn make(content: Content, edition: Edition) -> Result<Release, Refusal> {
        allows(edition)?;
        Ok(Release { edition, content })
    }

    pub fn edition(&self) -> Edition {
        self.edition
    }

    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The line that stands on every sheet; none for a protected edition.
    pub fn banner(&self, lang: Lang) -> Option<&'static str> {
        self.edition.banner(lang)
    }
}

/// What changed between two runs and may leave.
#[derive(Debug, Clone)]
pub struct ReleasedRevision {
    edition: Edition,
    revision: Revision,
}

impl ReleasedRevision {
    /// Makes a release of a comparison, or says why this edition cannot be made.
    pub fn make(revision: Revision, edition: Edition) -> Result<ReleasedRevision, Refusal> {
        allows(edition)?;
        Ok(ReleasedRevision { edition, revision })
    }

    pub fn revision(&self) -> &Revision {
        &self.revision
    }

    /// As on every sheet of a report.
    pub fn banner(&self, lang: Lang) -> Option<&'static str> {
        self.edition.banner(lang)
    }
}

impl Edition {
    fn banner(self, lang: Lang) -> Option<&'static str> {
        match self {
            Edition::Internal => Some(lang.pick(
                "NỘI BỘ - chưa bảo mật số liệu nhỏ",
                "INTERNAL - small numbers not protected",
            )),
            Edition::Public => None,
        }
    }
}
