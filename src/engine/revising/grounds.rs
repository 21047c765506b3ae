//! The catalogue of an earlier run, and where, when and by what its figures are computed.

use crate::classification::locality::UnitId;
use crate::definition::{Catalogue, DefinitionFile, MadeOf, embedded, load, restored};
use crate::disclosure::Asked;
use crate::engine::{Failure, scope};
use crate::lang::Words;
use crate::period::{Day, Period};
use crate::plan;
use crate::recall::Record;
use crate::recast::Boundaries;
use crate::rollup::Tree;

/// Which catalogue the figures of both runs are computed by.
pub(super) struct Base {
    pub files: Vec<DefinitionFile>,
    /// It is that of the first, of the second run.
    pub is_of: [bool; 2],
    /// The catalogues of the runs as far as they can be had.
    pub restored: [Option<Vec<DefinitionFile>>; 2],
}

impl Base {
    /// That of the second run if it can be had, else that of the first, else the program's own.
    pub fn of(runs: [&Record; 2]) -> Base {
        let restored = runs.map(|run| restored(run.definitions.clone()));
        let same = runs[0].catalogue_sha256 == runs[1].catalogue_sha256;
        let (files, is_of) = match &restored {
            [_, Some(second)] => (second.clone(), [same, true]),
            [Some(first), None] => (first.clone(), [true, false]),
            [None, None] => (embedded(), [false, false]),
        };
        Base {
            files,
            is_of,
            restored,
        }
    }

    /// The files with the targets and settings of the first run in place of its own; none if they are the same
    /// or cannot be had.
    pub fn judged_as_first(&self) -> Option<Vec<DefinitionFile>> {
        let first = self.restored[0].as_ref()?;
        let ours = |files: &[DefinitionFile], judging: bool| -> Vec<DefinitionFile> {
            let files = files.iter().filter(|f| is_of_judging(&f.path) == judging);
            files.cloned().collect()
        };
        let (then, now) = (ours(first, true), ours(&self.files, true));
        if then == now {
            return None;
        }
        let mut mixed = ours(&self.files, false);
        mixed.extend(then);
        Some(mixed)
    }
}

/// Values to reach, and how they are judged.
fn is_of_judging(path: &str) -> bool {
    path == "settings.toml" || path.starts_with("targets") && path.ends_with(".csv")
}

/// Files of the two runs that are not the same: path, digests before and after.
pub(super) fn differing<'r>(
    before: &'r [MadeOf],
    after: &'r [MadeOf],
) -> Vec<(&'r str, Option<&'r str>, Option<&'r str>)> {
    let mut paths: Vec<&str> = before.iter().chain(after).map(|f| f.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    // Of several files of one path (rows that are added) the last is the office's own.
    let of = |files: &'r [MadeOf], path: &str| {
        let same: Vec<&MadeOf> = files.iter().filter(|f| f.path == path).collect();
        same.last().map(|f| f.sha256.as_str())
    };
    let each = paths
        .into_iter()
        .map(|path| (path, of(before, path), of(after, path)));
    each.filter(|(_, before, after)| before != after).collect()
}

/// What one step takes from which run.
#[derive(Debug, Clone)]
pub(super) struct Wanted<'r> {
    /// Targets of the plan, settings of judging.
    pub judged: &'r Asked,
    /// Programmes and plan.
    pub programmes: &'r Asked,
    pub variants: Vec<(String, String)>,
    /// Code of the place, and as it was asked for.
    pub locality: (&'r str, Option<&'r str>),
    pub period: Period,
    pub boundaries: Boundaries,
}

/// A catalogue and a place that figures are computed for; the borrowed form is `figuring::Ground`.
pub(super) struct Stand {
    pub catalogue: Catalogue,
    pub variants: Vec<u8>,
    pub tree: Tree,
    pub boundaries: Boundaries,
    pub period: Period,
}

/// Loads a catalogue whole; a step chooses from it.
pub(super) fn loaded(files: Vec<DefinitionFile>) -> Result<Catalogue, Failure> {
    let mut catalogue = load(files).map_err(|faults| {
        let first = faults.first();
        let said = |lang| first.map(|f| f.print(lang)).unwrap_or_default();
        Failure(Words::new(
            said(crate::lang::Lang::Vi),
            said(crate::lang::Lang::En),
        ))
    })?;
    catalogue.choose_all();
    Ok(catalogue)
}

pub(super) fn stand(whole: &Catalogue, wanted: &Wanted<'_>) -> Result<Stand, Failure> {
    let mut catalogue = whole.clone();
    let (judged, asked) = (wanted.judged, wanted.programmes);
    catalogue.settings.approximate_tolerance_tenths = judged.tolerance_tenths;
    catalogue.settings.minimum_coverage_percent = judged.minimum_coverage_percent;
    catalogue.settings.coverage_of.clone_from(&judged.coverage_of);
    let same_plan = |(id, _): &&(String, String)| asked.plan.as_ref().is_some_and(|(known, _)| known == id);
    let plan = judged.plan.as_ref().filter(same_plan).or(asked.plan.as_ref());
    if let Some((id, text)) = plan {
        let file = DefinitionFile {
            path: format!("{id}.toml"),
            text: text.clone(),
            embedded: false,
        };
        // A plan that this catalogue cannot carry has no targets of its own here: the rest shows at the end.
        let own = plan::parse(&catalogue, &file).ok().and_then(|plan| plan.own);
        if let Some((programme, rows)) = own {
            catalogue.add_programme(programme, rows);
        }
    }
    let known = |id: &&String| catalogue.programmes.iter().any(|p| p.id == **id);
    let programmes: Vec<String> = asked.programmes.iter().filter(known).cloned().collect();
    match programmes.is_empty() {
        true => catalogue.choose_leading(),
        false => catalogue.choose(&programmes).map_err(Failure)?,
    }
    let (day, meant) = (wanted.boundaries.day(wanted.period), wanted.period.last_day());
    let unit = place(&mut catalogue, wanted.locality, meant, day)?;
    let tree = Tree::new(&catalogue.localities, unit, day);
    let has = |(indicator, variant): &&(String, String)| {
        let indicator = catalogue.indicators.iter().find(|i| i.id == *indicator);
        indicator.is_some_and(|i| i.variants.iter().any(|v| v.id == *variant))
    };
    let chosen: Vec<(String, String)> = wanted.variants.iter().filter(has).cloned().collect();
    Ok(Stand {
        variants: scope::variants(&catalogue, &chosen)?,
        catalogue,
        tree,
        boundaries: wanted.boundaries,
        period: wanted.period,
    })
}

fn place(
    catalogue: &mut Catalogue,
    (code, asked): (&str, Option<&str>),
    meant: Day,
    day: Day,
) -> Result<UnitId, Failure> {
    let text = asked.unwrap_or(code);
    catalogue.localities.ground_asked(text, meant, day);
    scope::choose(catalogue, Some(text), &[], meant, day)
}
