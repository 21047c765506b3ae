//! Arguments, configuration, progress, printing, exit codes.
//!
//! In:  the command line. Out: text on two streams, files that the engine writes, an exit code:
//!      0 all done; 1 done, but something was left out or a check failed; 2 nothing done; 3 our fault.
//! Holds: results go to standard output, all else to standard error; nothing decided here changes a
//!        figure.

mod args;
mod cache;
mod closing;
mod command;
mod config;
mod console;
mod diff;
mod explain;
mod fault;
mod inspect;
mod list;
mod locality;
mod options;
mod paint;
mod plan;
mod problems;
mod progress;
mod refusal;
mod reporting;
mod returning;
mod run;
mod sql;
mod trace;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use args::{Arguments, Ask, Listed, Shown};
use config::{Settings, Unless};
use console::{Console, bold};
use run::{Run, Wanted, refused};

use crate::definition::Catalogue;
use crate::host::{Disk, Host};
use crate::intake::worker;
use crate::lang::Lang;
use crate::period::Period;
use crate::plan::{Log, Plan};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    Complete,
    /// Done, but figures were left out or a check failed.
    Incomplete,
    /// Nothing was done: wrong command, configuration or definitions.
    Nothing,
    OurFault,
}

impl Exit {
    fn code(self) -> u8 {
        match self {
            Exit::Complete => 0,
            Exit::Incomplete => 1,
            Exit::Nothing => 2,
            Exit::OurFault => 3,
        }
    }
}

/// The program: reads the command line, does what it asks, says how it ended.
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    // Not for users: this process reads files for another one and is told so by it alone.
    if words.get(1).is_some_and(|word| word == worker::ARGUMENT) {
        // An error means that the other process has gone; nobody is left to be told.
        let served = worker::serve(std::io::stdin().lock(), std::io::stdout().lock());
        return ExitCode::from(u8::from(served.is_err()));
    }
    let lang = args::language(&words).unwrap_or_default();
    let exit = fault::guarded(lang, || obey(&words, lang, &Disk)).unwrap_or_else(|message| {
        Console::plain(lang).complain(&message);
        Exit::OurFault
    });
    // Whoever waits for the result has not got all of it.
    let exit = match exit {
        Exit::Complete if console::is_lost() => Exit::Incomplete,
        exit => exit,
    };
    ExitCode::from(exit.code())
}

fn obey(words: &[OsString], lang: Lang, host: &dyn Host) -> Exit {
    let arguments = match args::parse(words, lang) {
        Ok(arguments) => arguments,
        Err(Shown::Wanted(text)) => {
            Console::plain(lang).result(&text);
            return Exit::Complete;
        }
        Err(Shown::Refused(text)) => {
            Console::plain(lang).complain(text.trim_end());
            return Exit::Nothing;
        }
    };
    let general = &arguments.general;
    if let Ask::Completions { shell } = &arguments.ask {
        let mut script = Vec::new();
        clap_complete::generate(*shell, &mut command::command(lang), "bdg", &mut script);
        Console::plain(lang).result(&String::from_utf8_lossy(&script));
        return Exit::Complete;
    }
    if let Some(jobs) = general.jobs {
        // Fails only if threads were started before, which nothing here does.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let mut settings = match config::settings(host, general, data(&arguments.ask)) {
        Ok(settings) => settings,
        Err(faults) => return faulty(&Console::plain(lang), &faults),
    };
    let console = Console::new(settings.lang, general.verbosity, general.colour);
    if let Ask::Diff { runs, output } = &arguments.ask {
        // It depends on what the runs left alone, not on the catalogue of the folder it is started in.
        return diff::diff(host, &console, runs, output.as_deref(), general.format);
    }
    let log = match plan::log(host, general, &settings) {
        Ok(log) => log,
        Err(faults) => return faulty(&console, &faults),
    };
    let mut catalogue = match config::catalogue(host, &settings) {
        Ok(catalogue) => catalogue,
        Err(faults) => return faulty(&console, &faults),
    };
    let unless = unless(&arguments.ask);
    let plan = match plan::taken(host, general, &mut settings, &mut catalogue, unless) {
        Ok(plan) => plan,
        Err(faults) => return faulty(&console, &faults),
    };
    if let Err(why) = config::judged_by(&mut catalogue, &settings, unless) {
        return refused(&console, why.get(console.lang));
    }
    say_what_is_used(&console, &settings, &catalogue, &arguments.ask);
    if let Some(plan) = &plan {
        plan::say(&console, plan, general);
    }
    dispatch(host, &console, &arguments, &settings, catalogue, (plan, log))
}

fn dispatch(
    host: &dyn Host,
    console: &Console,
    arguments: &Arguments,
    settings: &Settings,
    mut catalogue: Catalogue,
    (plan, log): (Option<Plan>, Option<Log>),
) -> Exit {
    let general = &arguments.general;
    let run = |catalogue| Run {
        host,
        console,
        general,
        settings,
        catalogue,
        plan: plan.clone(),
        log: log.clone(),
    };
    match &arguments.ask {
        Ask::Report {
            paths,
            output,
            each,
            edition,
            facts,
        } => {
            let wanted = Wanted {
                output: output.clone(),
                each: *each,
                edition: *edition,
                facts: facts.clone(),
            };
            run(catalogue).report(paths, &wanted)
        }
        Ask::Check {
            paths,
            returned,
            slips,
        } => run(catalogue).check(paths, returned.as_deref(), slips.as_deref()),
        Ask::Inspect { file, sheet, html } => run(catalogue).inspect(file, sheet.as_deref(), html.as_deref()),
        Ask::Explain { name, paths } if !paths.is_empty() => run(catalogue).trace(name, paths),
        Ask::Explain { name, .. } => match explain::explain(&catalogue, name, console.lang) {
            Ok(text) => {
                console.result(&text);
                Exit::Complete
            }
            Err(sentence) => refused(console, &sentence),
        },
        Ask::List { what, containing } => {
            let day = settings.period.map_or_else(|| host.today(), Period::last_day);
            let asked = settings
                .locality
                .as_deref()
                .filter(|_| *what == Listed::Localities);
            let below = match asked.map(|text| catalogue.localities.place_asked(text, day)) {
                None => None,
                Some(Ok(place)) => Some(place),
                Some(Err(why)) => return refused(console, why.get(console.lang)),
            };
            let about = list::About { day, below };
            let listing = list::listing(*what, &catalogue, about, containing.is_some(), console.lang);
            list::print(console, &listing, containing.as_deref(), general.format);
            Exit::Complete
        }
        Ask::Locality { asked, date } => {
            let day = date.or(settings.period.map(Period::last_day));
            let day = day.unwrap_or_else(|| host.today());
            match locality::look_up(
                console,
                &mut catalogue.localities,
                settings,
                asked,
                (day, host.today()),
                general.format,
            ) {
                (0, _) => Exit::Nothing,
                (_, 0) => Exit::Complete,
                _ => Exit::Incomplete,
            }
        }
        Ask::Cache { folder, clear } => cache::cache(host, console, folder, *clear, general.format),
        Ask::Sql { folder, dialect } => sql::statement_over(console, settings, &catalogue, folder, *dialect),
        // Handled before the catalogue is loaded.
        Ask::Diff { .. } | Ask::Completions { .. } => Exit::Complete,
    }
}

/// The path that decides where the configuration is looked for.
fn data(ask: &Ask) -> Option<&Path> {
    match ask {
        Ask::Report { paths, .. } | Ask::Check { paths, .. } | Ask::Explain { paths, .. } => {
            paths.first().map(PathBuf::as_path)
        }
        Ask::Inspect { file, .. } => Some(file),
        Ask::List { .. }
        | Ask::Locality { .. }
        | Ask::Cache { .. }
        | Ask::Diff { .. }
        | Ask::Sql { .. }
        | Ask::Completions { .. } => None,
    }
}

/// A run is judged by the Strategy unless other programmes are named; a list holds everything.
fn unless(ask: &Ask) -> Unless {
    match ask {
        Ask::List { .. } => Unless::All,
        Ask::Explain { paths, .. } if paths.is_empty() => Unless::All,
        _ => Unless::Leading,
    }
}

fn faulty(console: &Console, faults: &[String]) -> Exit {
    for fault in faults {
        console.complain(&format!("{}: {fault}", console.lang.pick("lỗi", "error")));
    }
    Exit::Nothing
}

/// Which files, besides the data, decide what follows.
fn say_what_is_used(console: &Console, settings: &Settings, catalogue: &Catalogue, ask: &Ask) {
    if matches!(
        ask,
        Ask::List { .. } | Ask::Locality { .. } | Ask::Cache { .. } | Ask::Sql { .. }
    ) || matches!(ask, Ask::Explain { paths, .. } if paths.is_empty())
    {
        return;
    }
    let lang = console.lang;
    let say = |label: &str, path: &Path| console.aside(&format!("{} {}", bold(label), path.display()));
    if let Some(file) = &settings.file {
        say(lang.pick("Cấu hình", "Configuration"), file);
    }
    if let Some(folder) = &settings.indicators {
        say(lang.pick("Danh mục", "Catalogue"), folder);
    }
    for folder in &settings.overlays {
        say(lang.pick("Danh mục bổ sung", "Catalogue overlay"), folder);
    }
    for replaced in &catalogue.replaced {
        let label = lang.pick("Thay khai báo có sẵn", "In place of the built-in");
        let (what, file) = (replaced.what.get(lang), &replaced.file);
        console.aside(&format!("{} {what} ({file})", bold(label)));
    }
}
