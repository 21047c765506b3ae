//! The commands that need data: from settings to a request, from an outcome to printed lines.
//!
//! Holds: nothing is computed here; the engine is asked and its answer is told.

use std::path::{Component, Path, PathBuf};

use super::Exit;
use super::args::{Format, General};
use super::closing::{self, Closing};
use super::config::Settings;
use super::console::Console;
use super::inspect;
use super::paint;
use super::problems::to_json;
use super::progress::Bar;
use super::returning;
use super::trace;
use crate::classification::locality::Level;
use crate::definition::{Catalogue, Indicator};
use crate::disclosure::{Edition, Refusal, allows};
use crate::engine::{self, Failure, Office, Request, Trace};
use crate::host::Host;
use crate::lang::Lang;
use crate::plan::{Log, Plan};
use crate::text::folded;

/// What every command with data has at hand.
pub struct Run<'a> {
    pub host: &'a dyn Host,
    pub console: &'a Console,
    pub general: &'a General,
    pub settings: &'a Settings,
    pub catalogue: Catalogue,
    pub plan: Option<Plan>,
    pub log: Option<Log>,
}

/// What only `report` may ask.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub output: Option<PathBuf>,
    pub each: Option<Level>,
    pub facts: Option<PathBuf>,
    pub edition: Option<Edition>,
}

impl Run<'_> {
    pub fn report(self, paths: &[PathBuf], wanted: &Wanted) -> Exit {
        let lang = self.console.lang;
        let roots = roots(paths);
        let (folder, workbook) = match destination(wanted.output.as_deref(), lang) {
            Ok(destination) => destination,
            Err(sentence) => return refused(self.console, &sentence),
        };
        let mut request = self.request(roots);
        request.output = folder;
        request.workbook = workbook;
        request.each = wanted.each;
        request.facts.clone_from(&wanted.facts);
        request.edition = wanted.edition.unwrap_or(Edition::Internal);
        if let Err(Refusal(why)) = allows(request.edition) {
            return refused(self.console, why.get(lang));
        }
        let bar = Bar::new(self.console);
        let outcome = engine::report(self.host, &request, &bar);
        bar.clear();
        match outcome {
            Ok(outcome) => {
                let closing = self.closing("report", paths);
                closing::close(self.console, &closing, &outcome)
            }
            Err(failure) => self.failed(&request, paths, failure, false),
        }
    }

    pub fn check(self, paths: &[PathBuf], returned: Option<&Path>, slips: Option<&Path>) -> Exit {
        let mut request = self.request(roots(paths));
        request.returned = returned.map(Path::to_path_buf);
        request.slips = slips.map(Path::to_path_buf);
        let bar = Bar::new(self.console);
        let outcome = engine::check_only(self.host, &request, &bar);
        bar.clear();
        match outcome {
            Ok(outcome) => closing::close(self.console, &self.closing("check", paths), &outcome),
            Err(failure) => self.failed(&request, paths, failure, true),
        }
    }

    /// How a file was understood. The same reading as in a run, so it ends as a run would.
    pub fn inspect(self, file: &Path, sheet: Option<&str>, html: Option<&Path>) -> Exit {
        let lang = self.console.lang;
        let request = self.request(Vec::new());
        let (sheets, found) = match engine::inspect(self.host, &request, file) {
            Ok(reading) => reading,
            Err(failure) => return refused(self.console, failure.0.get(lang)),
        };
        let names: Vec<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
        let known = |name: &str| names.iter().any(|n| folded(n) == folded(name));
        if let Some(name) = sheet.filter(|name| !sheets.is_empty() && !known(name)) {
            let names = names.join(", ");
            return refused(
                self.console,
                &lang.pick(
                    format!("tệp không có trang “{name}”; có: {names}"),
                    format!("the file has no sheet “{name}”; it has: {names}"),
                ),
            );
        }
        if let Some(to) = html {
            let grids = engine::grids(self.host, &request, file);
            let name = file.file_name().map(|n| n.to_string_lossy().into_owned());
            let page = paint::page(&self.catalogue, lang, &name.unwrap_or_default(), &grids, &sheets);
            if let Err(error) = self.host.replace(to, page.as_bytes()) {
                let path = to.display();
                return refused(
                    self.console,
                    &lang.pick(
                        format!("không ghi được {path}: {error}"),
                        format!("cannot write {path}: {error}"),
                    ),
                );
            }
        }
        match self.general.format {
            Format::Json => {
                inspect::json_lines(self.console, &self.catalogue, &sheets, sheet);
                closing::json_problems(self.console, &found);
            }
            Format::Human => {
                inspect::human(self.console, &self.catalogue, &sheets, sheet);
                // Troubles of sheets stand with their sheets; here are those of the file.
                let of_file: Vec<_> = found
                    .iter()
                    .filter(|p| p.place.sheet.is_none())
                    .cloned()
                    .collect();
                closing::show_problems(self.console, &of_file, usize::MAX, Console::result_line);
            }
        }
        if sheets.is_empty() {
            return Exit::Nothing;
        }
        closing::exit(&found, self.general.strict)
    }

    /// The figure of an indicator (or of each indicator of a target), down to its cells.
    pub fn trace(self, name: &str, paths: &[PathBuf]) -> Exit {
        let lang = self.console.lang;
        let of = |i: &&Indicator| i.id == name || i.target == name;
        let asked: Vec<String> = self
            .catalogue
            .indicators
            .iter()
            .filter(of)
            .map(|i| i.id.clone())
            .collect();
        if asked.is_empty() {
            let ids = self.catalogue.indicators.iter().map(|i| i.id.as_str());
            let near = crate::text::did_you_mean(name, ids).map(|near| {
                lang.pick(
                    format!("; có phải là “{near}”?"),
                    format!("; did you mean “{near}”?"),
                )
            });
            let near = near.unwrap_or_default();
            return refused(
                self.console,
                &lang.pick(
                    format!("không có chỉ tiêu “{name}”{near}"),
                    format!("there is no indicator “{name}”{near}"),
                ),
            );
        }
        let mut request = self.request(roots(paths));
        let place = self.general.locality.clone();
        if place.is_some() {
            // The scope stays the office's: `--locality` says whose figure is traced.
            request.scope.clone_from(&self.settings.configured_locality);
        }
        let bar = Bar::new(self.console);
        let computed = engine::compute(self.host, &request, &bar);
        bar.clear();
        let computed = match computed {
            Ok(computed) => computed,
            Err(failure) => return self.failed(&request, paths, failure, false),
        };
        for indicator in &asked {
            match engine::trace(&request, &computed, indicator, place.as_deref()) {
                Ok(trace) => self.show(&trace),
                Err(failure) => return refused(self.console, failure.0.get(lang)),
            }
        }
        Exit::Complete
    }

    fn request(&self, roots: Vec<PathBuf>) -> Request {
        let settings = self.settings;
        let mut catalogue = self.catalogue.clone();
        let day = settings
            .period
            .map_or_else(|| self.host.today(), |p| settings.boundaries.day(p));
        let meant = settings.period.map_or(day, |p| p.last_day());
        for asked in [&settings.locality, &settings.configured_locality]
            .into_iter()
            .flatten()
        {
            // A group inside a place, or the ground of a unit of another day, is made when it is asked for;
            // what is no place is told by the engine.
            catalogue.localities.ground_asked(asked, meant, day);
        }
        Request {
            roots,
            catalogue,
            lang: settings.lang,
            period: settings.period,
            scope: settings.locality.clone(),
            edition: Edition::Internal,
            each: None,
            output: PathBuf::new(),
            workbook: None,
            facts: None,
            returned: None,
            slips: None,
            plan: self.plan.clone(),
            log: self.log.clone(),
            variants: settings.variants.clone(),
            office: Office {
                name: settings.office.clone(),
                superior: settings.superior.clone(),
                contact: settings.contact.clone(),
                signatories: settings.signatories.clone(),
                provisional: settings.provisional,
            },
            date: None,
            boundaries: settings.boundaries,
            reader: std::env::current_exe().ok(),
            cached: !self.general.no_cache,
        }
    }

    fn closing<'a>(&self, command: &'static str, paths: &'a [PathBuf]) -> Closing<'a> {
        Closing {
            command,
            format: self.general.format,
            strict: self.general.strict,
            paths,
        }
    }

    /// Nothing could be made. If nothing could be read either, what was met on the way is the reason.
    fn failed(&self, request: &Request, paths: &[PathBuf], failure: Failure, all: bool) -> Exit {
        let lang = self.console.lang;
        let intake = engine::read(self.host, request, &engine::Quiet);
        if let Some(intake) = intake.ok().filter(|i| i.facts.is_empty()) {
            let given_back = engine::give_back_unread(self.host, request, &intake);
            match self.general.format {
                Format::Json => closing::json_problems(self.console, &intake.problems),
                Format::Human => {
                    let limit = if all { usize::MAX } else { 5 };
                    let shown = closing::show_problems(self.console, &intake.problems, limit, Console::aside);
                    if shown == closing::Shown::Some {
                        let roots = typed(paths);
                        self.console.aside(&lang.pick(
                            format!("Xem mọi vấn đề: bdg check{roots}"),
                            format!("See every problem: bdg check{roots}"),
                        ));
                    }
                }
            }
            match given_back {
                Ok(given_back) => returning::told(self.console, &given_back, self.general.format),
                Err(Failure(why)) => self.console.complain(why.get(lang)),
            }
        }
        if self.general.format == Format::Json {
            self.console.result_line(&to_json(&serde_json::json!({
                "v": super::problems::JSON_VERSION,
                "type": "failure",
                "exit": Exit::Nothing.code(),
                "message": failure.0.get(lang),
            })));
        }
        refused(self.console, failure.0.get(lang))
    }

    fn show(&self, trace: &Trace) {
        let lang = self.console.lang;
        let indicator = &self.catalogue.indicators[trace.indicator];
        match self.general.format {
            Format::Json => self
                .console
                .result_line(&to_json(&trace::json(trace, &indicator.id, lang))),
            Format::Human => self.console.result(&trace::human(trace, &self.catalogue, lang)),
        }
    }
}

/// Says why, and that nothing was done.
pub fn refused(console: &Console, sentence: &str) -> Exit {
    console.complain(&format!("{}: {sentence}", console.lang.pick("lỗi", "error")));
    Exit::Nothing
}

fn roots(paths: &[PathBuf]) -> Vec<PathBuf> {
    match paths {
        [] => vec![PathBuf::from(".")],
        paths => paths.to_vec(),
    }
}

/// Folder and workbook name that `-o` asks for.
fn destination(output: Option<&Path>, lang: Lang) -> Result<(PathBuf, Option<String>), String> {
    let Some(output) = output else {
        return Ok((PathBuf::from(lang.pick("ket-qua", "results")), None));
    };
    let ending = output.extension().map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("xlsx") => {
            let name = output.file_name().map(|n| n.to_string_lossy().into_owned());
            let folder = output.parent().map(Path::to_path_buf).unwrap_or_default();
            let name = name.map(|n| match n.strip_suffix(".XLSX") {
                Some(stem) => format!("{stem}.xlsx"),
                None => n,
            });
            Ok((folder, name))
        }
        Some("xls" | "xlsb" | "xlsm" | "ods" | "csv" | "html" | "pdf" | "json" | "parquet") => {
            let shown = output.display();
            Err(lang.pick(
                format!("-o {shown}: chỉ ghi tệp .xlsx (kèm .csv và .parquet cùng tên), hoặc một thư mục"),
                format!("-o {shown}: an .xlsx file is written (with .csv and .parquet of the same name), or a folder"),
            ))
        }
        _ => Ok((output.to_path_buf(), None)),
    }
}

/// Paths as one would type them, with a blank in front; quotes where a blank is inside.
pub fn typed(paths: &[PathBuf]) -> String {
    let mut out = String::new();
    for path in paths
        .iter()
        .filter(|p| p.components().next() != Some(Component::CurDir) || p.as_os_str() != ".")
    {
        let shown = path.display().to_string();
        match shown.contains(' ') {
            true => out.push_str(&format!(" \"{shown}\"")),
            false => out.push_str(&format!(" {shown}")),
        }
    }
    out
}
