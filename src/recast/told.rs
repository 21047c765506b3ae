//! What is said where two sets of units tell of one ground in one period: with the files of both.
//!
//! Holds: figures that are not used have a line that names their sheet, what was used instead, and why.

use std::collections::{BTreeMap, BTreeSet};

use super::Recast;
use super::both::{At, Told, Verdict};
use crate::check::CheckedFacts;
use crate::definition::Catalogue;
use crate::fact::Series;
use crate::lang::{Lang, Words};
use crate::origin::{CellOrigin, SheetId, Sources};
use crate::period::Period;
use crate::problem::{Kind, Place, Problem};
use crate::quantity::print_plain;
use crate::rollup::Tree;

/// Units or sheets that one line names; the others are counted.
const MOST_NAMED: usize = 4;

/// Lines that are the same but for their figures: sheet of the unused, sheets of the used, period, what was found.
type Group = (SheetId, Vec<SheetId>, Period, Verdict);

struct Teller<'a> {
    recast: &'a Recast,
    base: &'a Tree,
    catalogue: &'a Catalogue,
    sources: &'a Sources,
    cells: BTreeMap<(At, Series, Period), Vec<CellOrigin>>,
}

pub(super) fn problems(
    recast: &Recast,
    base: &Tree,
    checked: &CheckedFacts,
    catalogue: &Catalogue,
    sources: &Sources,
) -> Vec<Problem> {
    let found = || recast.both.iter().filter(|(_, d)| !d.told.is_empty());
    let keys: BTreeSet<(Series, Period)> = found().map(|(key, _)| *key).collect();
    if keys.is_empty() {
        return Vec::new();
    }
    let mut teller = Teller {
        recast,
        base,
        catalogue,
        sources,
        cells: BTreeMap::new(),
    };
    for fact in checked
        .facts()
        .iter()
        .filter(|f| keys.contains(&(f.series(), f.period)))
    {
        let ground = recast.frame_of(fact);
        let tree = teller.tree(ground);
        let node = tree
            .stands_for(&catalogue.localities, fact.place)
            .and_then(|u| tree.find(u));
        if let Some(node) = node {
            let key = ((ground, node), fact.series(), fact.period);
            teller.cells.entry(key).or_default().push(fact.origin);
        }
    }
    let mut problems = Vec::new();
    let mut groups: BTreeMap<Group, u32> = BTreeMap::new();
    for ((series, period), decision) in found() {
        for told in &decision.told {
            let unused = teller.cells_of(&told.unused, *series, *period);
            let used = teller.cells_of(&told.used, *series, *period);
            // What was worked out from other figures (men = total - women) is told with them.
            let Some(first) = unused.first() else { continue };
            match told.verdict {
                Verdict::Differ | Verdict::UpperDiffers => {
                    problems.push(teller.differs(*series, *period, told, &unused, &used));
                }
                verdict => {
                    let sheets: BTreeSet<SheetId> = used.iter().map(|c| c.sheet).collect();
                    let group = (first.sheet, sheets.into_iter().collect(), *period, verdict);
                    let count = groups.entry(group).or_default();
                    *count = count.saturating_add(u32::try_from(unused.len()).unwrap_or(u32::MAX));
                }
            }
        }
    }
    problems.extend(
        groups
            .into_iter()
            .map(|(group, figures)| teller.unused(&group, figures)),
    );
    problems
}

impl Teller<'_> {
    fn tree(&self, ground: Option<usize>) -> &Tree {
        let frame = ground.and_then(|f| self.recast.frames.get(f));
        frame.map_or(self.base, |f| &f.tree)
    }

    fn cells_of(&self, ats: &[At], series: Series, period: Period) -> Vec<CellOrigin> {
        let cells = ats.iter().filter_map(|at| self.cells.get(&(*at, series, period)));
        cells.flatten().copied().collect()
    }

    /// Two sums of one ground.
    fn differs(
        &self,
        series: Series,
        period: Period,
        told: &Told,
        unused: &[CellOrigin],
        used: &[CellOrigin],
    ) -> Problem {
        let decimals = self.catalogue.measures.get(series.measure()).decimals;
        let (of_used, of_unused) = told.sums.unwrap_or_default();
        let (of_used, of_unused) = (print_plain(of_used, decimals), print_plain(of_unused, decimals));
        let values = |lang: Lang| {
            format!(
                "{}: {} = {of_unused} ≠ {} = {of_used}",
                period.words(lang),
                self.names(&told.unused, lang),
                self.names(&told.used, lang)
            )
        };
        let values = Words::new(values(Lang::Vi), values(Lang::En));
        let what = self.catalogue.series_name(series.measure(), series.breakdown());
        let kind = match told.verdict {
            Verdict::UpperDiffers => Kind::ParentDiffers { what, values },
            _ => {
                let other = used
                    .first()
                    .map_or_else(String::new, |c| self.sources.describe(*c));
                Kind::BoundariesDiffer { what, values, other }
            }
        };
        let cost = match told.verdict {
            Verdict::UpperDiffers => 0,
            _ => u32::try_from(unused.len() + used.len()).unwrap_or(u32::MAX),
        };
        let place = match unused.first() {
            Some(cell) => self.sheet(cell.sheet).cell(cell.cell),
            None => Place::default(),
        };
        Problem::new(place, kind).costing(cost)
    }

    fn unused(&self, (sheet, used, period, verdict): &Group, figures: u32) -> Problem {
        let other = self.sheets(used);
        let period = Words::new(period.words(Lang::Vi), period.words(Lang::En));
        let kind = match verdict {
            Verdict::Alike => Kind::BoundariesAlike {
                figures,
                period,
                other,
            },
            verdict => Kind::BoundariesUnused {
                figures,
                period,
                why: why(*verdict),
                other,
            },
        };
        Problem::new(self.sheet(*sheet), kind)
    }

    fn sheet(&self, id: SheetId) -> Place {
        let sheet = self.sources.sheet(id);
        Place::file(self.sources.file(sheet.file).name.clone()).sheet(sheet.name.clone())
    }

    /// `xã Lâm Sơn + xã Lương Sơn`; the day of units that are not those of the base.
    fn names(&self, ats: &[At], lang: Lang) -> String {
        let name = |(ground, node): &At| {
            let unit = self.tree(*ground).nodes.get(*node).map(|n| n.unit);
            unit.map_or_else(String::new, |u| self.catalogue.localities.unit(u).name_in(lang))
        };
        let mut names = ats
            .iter()
            .take(MOST_NAMED)
            .map(name)
            .collect::<Vec<_>>()
            .join(" + ");
        if let Some(more) = ats.len().checked_sub(MOST_NAMED).filter(|n| *n > 0) {
            names.push_str(&lang.pick(format!(" + {more} đơn vị khác"), format!(" + {more} more")));
        }
        let Some((ground, _)) = ats.first() else {
            return names;
        };
        let day = self.tree(*ground).day;
        format!("{names} ({} {day})", lang.pick("đơn vị ngày", "units of"))
    }

    fn sheets(&self, ids: &[SheetId]) -> String {
        let name = |id: &SheetId| {
            let sheet = self.sources.sheet(*id);
            format!("{} › {}", self.sources.file(sheet.file).name, sheet.name)
        };
        let mut names: Vec<String> = ids.iter().take(MOST_NAMED).map(name).collect();
        if ids.len() > MOST_NAMED {
            names.push("…".to_owned());
        }
        names.join("; ")
    }
}

fn why(verdict: Verdict) -> Words {
    match verdict {
        Verdict::Cuts => Words::new(
            "địa bàn của số này cắt ngang các đơn vị kia, không chia được",
            "its ground cuts through the other units and cannot be divided",
        ),
        Verdict::Partly => Words::new(
            "không bên nào đủ cả địa bàn chung; dùng bên có nhiều báo cáo hơn",
            "neither side has all of the common ground; the side with more reports is used",
        ),
        _ => Words::new("bên kia có đủ cả địa bàn", "the other side has the whole ground"),
    }
}
