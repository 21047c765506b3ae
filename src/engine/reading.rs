//! From files to what they say: all of a run, or one of them.
//!
//! Holds: the same file is read the same way in a run and when it is shown; in which order and on how many
//!        threads files are read, and whether they were read before, changes nothing.

use std::path::Path;

use rayon::prelude::*;

use super::{Failure, Progress, Request, files, scope};
use crate::cache::Cache;
use crate::definition::Catalogue;
use crate::host::{Found, Host, in_words};
use crate::intake::open::InProcess;
use crate::intake::worker::{Limits, Worker};
use crate::intake::{self, Context, FileReader, FileReading, Forms, Intake, SheetReading};
use crate::lang::{Lang, Words};
use crate::period::{Day, Period};
use crate::problem::{Kind, Place, Problem};
use crate::recast::Boundaries;

/// Reads all files, in parallel, in an order that does not depend on it.
pub fn read(host: &dyn Host, request: &Request, progress: &dyn Progress) -> Result<Intake, Failure> {
    let (files, odd) = files::files(host, request)?;
    let forms = forms(&request.catalogue)?;
    let context = context(host, request);
    let reader = reader(request);
    let cache = cache(host, request, &context);
    progress.files(files.len());
    let readings: Vec<_> = files
        .par_iter()
        .map(|Found { name, path }| {
            let reading = match host.read(path) {
                Ok(bytes) => read_one(cache.as_ref(), name, &bytes, || {
                    reader.read(name, &bytes, &context, &forms)
                }),
                Err(error) => {
                    let problem = Problem::new(Place::file(name), files::not_given(&error));
                    intake::FileReading::failed(name, problem)
                }
            };
            let figures = reading.sheets.iter().map(|s| s.facts.len()).sum();
            progress.file_read(name, figures);
            reading
        })
        .collect();
    if let Some(cache) = cache {
        cache.close();
    }
    let mut intake = intake::gather(readings);
    intake.problems.extend(odd);
    if files.is_empty() {
        intake
            .problems
            .push(Problem::new(Place::default(), Kind::NothingSent {}));
    }
    Ok(intake)
}

/// What a file gives: as it was found before, or read now.
fn read_one(
    cache: Option<&Cache<'_>>,
    name: &str,
    bytes: &[u8],
    read: impl FnOnce() -> FileReading,
) -> FileReading {
    let Some(cache) = cache else { return read() };
    if let Some(reading) = cache.find(name, bytes) {
        return reading;
    }
    let reading = read();
    cache.keep(&reading);
    reading
}

/// Readings of earlier runs, beside the first folder that is read. All that a reading depends on besides
/// its file is named here.
fn cache<'h>(host: &'h dyn Host, request: &Request, context: &Context<'_>) -> Option<Cache<'h>> {
    let folder = request.roots.iter().find(|root| host.is_folder(root));
    let folder = folder.filter(|_| request.cached)?;
    let register = &context.catalogue.localities;
    // Today matters only through the units that are in force.
    let changes = register.units.iter().flat_map(|u| [u.from, u.until]).flatten();
    let settings = format!(
        "home {:?}, period {:?}, units of {:?}",
        context.home.map(|home| &register.unit(home).code),
        context.period,
        changes.filter(|day| *day <= context.today).max(),
    );
    let program = [
        env!("CARGO_PKG_VERSION"),
        env!("BDG_SOURCES"),
        &context.catalogue.own_files,
    ];
    Some(Cache::open(host, folder, &program.join(" "), &settings))
}

/// How one file is understood: what `inspect` shows. The same reading as in a run.
pub fn inspect(
    host: &dyn Host,
    request: &Request,
    file: &Path,
) -> Result<(Vec<SheetReading>, Vec<Problem>), Failure> {
    let forms = forms(&request.catalogue)?;
    let bytes = host
        .read(file)
        .map_err(|e| files::unreadable(file, in_words(&e)))?;
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let context = context(host, request);
    Ok(intake::inspect(
        &*reader(request),
        &name,
        &bytes,
        &context,
        &forms,
    ))
}

/// The cells of a file as they are, for showing them beside their reading; none if it cannot be opened.
pub fn grids(host: &dyn Host, request: &Request, file: &Path) -> Vec<intake::grid::Grid> {
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned());
    let opened = host
        .read(file)
        .ok()
        .and_then(|bytes| reader(request).open(&name.unwrap_or_default(), &bytes).0);
    opened.map_or_else(Vec::new, |book| book.sheets)
}

pub(super) fn context<'a>(host: &dyn Host, request: &'a Request) -> Context<'a> {
    let today = request.date.unwrap_or_else(|| host.today());
    let (catalogue, period) = (&request.catalogue, request.period);
    Context {
        catalogue,
        home: scope::home(
            catalogue,
            request.scope.as_deref(),
            request.period.map(Period::last_day),
            base_day(request),
            today,
        ),
        period,
        today,
    }
}

/// The day on whose units the report stands, if it is known before reading.
fn base_day(request: &Request) -> Option<Day> {
    match (request.boundaries, request.period) {
        (Boundaries::On(day), _) => Some(day),
        (boundaries, period) => period.map(|p| boundaries.day(p)),
    }
}

/// Files are read here, or by processes that may be killed.
pub(super) fn reader(request: &Request) -> Box<dyn FileReader> {
    match &request.reader {
        Some(program) => Box::new(Worker::new(
            program.clone(),
            Limits::default(),
            Some(&request.catalogue),
        )),
        None => Box::new(InProcess),
    }
}

/// The declared forms, proved.
pub fn forms(catalogue: &Catalogue) -> Result<Forms, Failure> {
    intake::parse_forms(catalogue).map_err(|faults| {
        let all = |lang| {
            faults
                .iter()
                .map(|f| f.print(lang))
                .collect::<Vec<_>>()
                .join("\n")
        };
        Failure(Words::new(all(Lang::Vi), all(Lang::En)))
    })
}
