//! Puts the catalogue together from its files and proves what refers from one to another.

use sha2::{Digest, Sha256};

use super::fault::{DefinitionFault, not_known};
use super::files::{FileKind, plain_path};
use super::indicators::{self, Read};
use super::programmes;
use super::reader::{Source, Spot};
use super::replaced::replaced;
use super::selection::Whole;
use super::terms::Names;
use super::{
    Catalogue, Check, DefinitionFile, Indicator, Objective, frame, lists, localities, measures, target_rows,
};
use crate::lang::Words;

/// Reads all files. `Err` holds every fault of every file, by file and line.
pub fn load(files: Vec<DefinitionFile>) -> Result<Catalogue, Vec<DefinitionFault>> {
    let mut faults = Vec::new();
    let mut files = files;
    for file in &mut files {
        file.path = plain_path(&file.path);
    }
    let of =
        |kind| -> Vec<&DefinitionFile> { files.iter().filter(|f| FileKind::of(&f.path) == kind).collect() };
    for file in of(FileKind::Misplaced) {
        let kind = Words::new(
            "tệp hay thư mục của danh mục",
            "a file or folder of the catalogue",
        );
        let place = match file.path.split_once('/') {
            Some((folder, _)) => format!("{folder}/"),
            None => file.path.clone(),
        };
        faults.push(DefinitionFault {
            file: file.path.clone(),
            line: 0,
            key: String::new(),
            message: not_known(&place, &kind, FileKind::PLACES.iter().copied()),
        });
    }
    let head = only(
        &of(FileKind::Catalogue),
        "catalogue.toml",
        &mut faults,
        frame::head,
    );
    let settings = only(
        &of(FileKind::Settings),
        "settings.toml",
        &mut faults,
        frame::settings,
    );
    let settings_path = of(FileKind::Settings).first().map(|f| f.path.clone());
    let total = head.as_ref().map_or_else(
        || (Words::new("Tổng số", "Total"), Vec::new()),
        |head| head.total.clone(),
    );
    let lists = lists::build(&of(FileKind::CodeList), total, &mut faults);
    let measures = measures::build(&of(FileKind::Measures), &lists, &mut faults);
    let names = Names {
        lists: &lists,
        measures: &measures,
    };
    let localities = localities::register(&of(FileKind::Localities), &of(FileKind::Groups), &mut faults);
    let objectives = objectives(&of(FileKind::Objectives), &mut faults);
    let indicators = all_indicators(&of(FileKind::Indicator), names, &objectives, &mut faults);
    let checks = checks(&of(FileKind::Checks), names, &mut faults);
    let mut ids: Vec<&str> = indicators.iter().map(|i| i.id.as_str()).collect();
    ids.extend(of(FileKind::Indicator).iter().map(|f| f.stem()));
    let settings = settings.map(|(settings, gates)| {
        faults.extend(gates.faults(settings_path.as_deref().unwrap_or_default(), &ids));
        settings
    });
    let version = head.as_ref().map(|head| head.version.clone());
    let leading = head.map(|head| programmes::Programme {
        objectives,
        ..head.leading
    });
    let programmes = programmes::build(leading, &of(FileKind::Programme), &indicators, &ids, &mut faults);
    let mut targets = Vec::new();
    let names = target_rows::Names {
        indicators: &ids,
        programmes: &programmes,
        localities: &localities,
    };
    for file in of(FileKind::Targets) {
        targets.extend(target_rows::read(file, &names, &mut faults));
    }
    let cloned = |kind| of(kind).into_iter().cloned().collect();
    let (forms, answers) = (cloned(FileKind::Form), cloned(FileKind::Answers));
    let plans = cloned(FileKind::Plan);
    let loaded = match (version, settings) {
        (Some(version), Some(settings)) if faults.is_empty() => Ok(Catalogue {
            version,
            own_files: own_files(&files),
            programmes,
            chosen: Vec::new(),
            lists,
            measures,
            localities,
            indicators: Vec::new(),
            targets: Vec::new(),
            whole: Whole { indicators, targets }.into(),
            checks,
            settings,
            forms,
            answers,
            plans,
            made_of: files
                .iter()
                .map(|file| (file.path.clone(), (!file.embedded).then(|| file.text.clone())))
                .collect(),
            replaced: replaced(&files),
        }),
        _ => {
            faults.sort();
            faults.dedup();
            Err(faults)
        }
    };
    loaded.map(|mut catalogue| {
        catalogue.choose_leading();
        catalogue
    })
}

fn own_files(files: &[DefinitionFile]) -> String {
    let mut hash = Sha256::new();
    for file in files.iter().filter(|f| !f.embedded) {
        for part in [&file.path, &file.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// A file there must be one of; of several the last counts.
fn only<T>(
    files: &[&DefinitionFile],
    name: &str,
    faults: &mut Vec<DefinitionFault>,
    read: impl FnOnce(&super::reader::Table) -> Option<T>,
) -> Option<T> {
    let Some(file) = files.last() else {
        faults.push(DefinitionFault {
            file: name.to_owned(),
            line: 0,
            key: String::new(),
            message: Words::new("thiếu tệp này trong danh mục", "the catalogue lacks this file"),
        });
        return None;
    };
    Source::new(&file.path, &file.text).read(faults, read)
}

fn objectives(files: &[&DefinitionFile], faults: &mut Vec<DefinitionFault>) -> Vec<Objective> {
    let mut out: Vec<Objective> = Vec::new();
    for file in files {
        for objective in Source::new(&file.path, &file.text).read(faults, frame::objectives) {
            match out.iter_mut().find(|o| o.number == objective.number) {
                Some(known) => *known = objective,
                None => out.push(objective),
            }
        }
    }
    out.sort_by_key(|o| o.number);
    out
}

fn checks(files: &[&DefinitionFile], names: Names, faults: &mut Vec<DefinitionFault>) -> Vec<Check> {
    let mut out: Vec<Check> = Vec::new();
    for file in files {
        let found = Source::new(&file.path, &file.text).read(faults, |t| frame::checks(t, names));
        for check in found {
            match out.iter_mut().find(|c| c.id == check.id) {
                Some(known) => *known = check,
                None => out.push(check),
            }
        }
    }
    out
}

/// Indicators in the order of the strategy: by objective, those of its targets first, then by id; those of other
/// programmes last.
fn all_indicators(
    files: &[&DefinitionFile],
    names: Names,
    objectives: &[Objective],
    faults: &mut Vec<DefinitionFault>,
) -> Vec<Indicator> {
    let mut all: Vec<Read> = Vec::new();
    for file in files {
        let found = Source::new(&file.path, &file.text).read(faults, |t| indicators::read(t, names));
        let Some(mut found) = found else { continue };
        found.indicator.embedded = file.embedded;
        match all.iter_mut().find(|r| r.indicator.id == found.indicator.id) {
            // Built in twice is our own slip; an office's file takes the place of ours.
            Some(known) if file.embedded => faults.push(DefinitionFault {
                file: file.path.clone(),
                line: found.id.line,
                key: found.id.key,
                message: Words::new(
                    format!("mã này đã dùng trong {}", known.indicator.file),
                    format!("this id is already used in {}", known.indicator.file),
                ),
            }),
            Some(known) => *known = found,
            None => all.push(found),
        }
    }
    let mut ids: Vec<&str> = all.iter().map(|r| r.indicator.id.as_str()).collect();
    // An indicator at fault is missing from `all`; that others refer to it is no second fault.
    ids.extend(files.iter().map(|f| f.stem()));
    for read in &all {
        let mut fault = |line, key: &str, message| {
            faults.push(DefinitionFault {
                file: read.indicator.file.clone(),
                line,
                key: key.to_owned(),
                message,
            });
        };
        let unknown = |o: &&Spot<i64>| objectives.iter().all(|known| i64::from(known.number) != o.value);
        if let Some(objective) = read.objective.as_ref().filter(unknown) {
            let number = objective.value;
            fault(
                objective.line,
                "objective",
                Words::new(
                    format!("không có mục tiêu số {number} trong objectives.toml"),
                    format!("there is no objective {number} in objectives.toml"),
                ),
            );
        }
        if let Some(word) = read
            .proxy_for
            .as_ref()
            .filter(|p| !ids.contains(&p.value.as_str()))
        {
            let kind = Words::new("mã chỉ số trong danh mục", "the id of an indicator");
            fault(
                word.line,
                &word.key,
                not_known(&word.value, &kind, ids.iter().copied()),
            );
        }
    }
    all.sort_by_cached_key(|r| {
        let i = &r.indicator;
        (i.objective == 0, i.objective, i.target.is_empty(), natural(&i.id))
    });
    all.into_iter().map(|r| r.indicator).collect()
}

/// `10.2a` after `9.1`: runs of digits compare as numbers.
fn natural(id: &str) -> Vec<(u64, String)> {
    let mut out: Vec<(u64, String)> = vec![(0, String::new())];
    for c in id.chars() {
        let last = out.len() - 1;
        match c.to_digit(10) {
            Some(digit) if out[last].1.is_empty() => {
                out[last].0 = out[last].0.saturating_mul(10).saturating_add(u64::from(digit));
            }
            Some(digit) => out.push((u64::from(digit), String::new())),
            None => out[last].1.push(c),
        }
    }
    out
}
