//! The last lines of a run: what was written where, what was read and left out, what to do next.
//!
//! In:  an [`Outcome`]. Out: lines on the streams, and how the run ended.
//! Holds: the line that matters most comes last; JSON has the same facts.

use std::path::PathBuf;

use serde::Serialize;

use super::Exit;
use super::args::{Format, Verbosity};
use super::console::{Console, bold, count};
use super::problems::{self, Group, JSON_VERSION, to_json};
use super::reporting;
use super::returning;
use crate::engine::Outcome;
use crate::lang::plural;
use crate::problem::{Problem, Severity};

/// How many blocks `report` shows of the problems that `check` shows in full.
const SHOWN_BY_REPORT: usize = 5;

/// The most blocks that fit a person's patience; `--verbose` shows all.
const SHOWN_BY_CHECK: usize = 60;

/// What the closing lines need to know besides the outcome.
#[derive(Debug, Clone)]
pub struct Closing<'a> {
    pub command: &'static str,
    pub format: Format,
    pub strict: bool,
    /// As typed, for the next command to run.
    pub paths: &'a [PathBuf],
}

#[derive(Serialize)]
struct Summary<'a> {
    v: u32,
    r#type: &'static str,
    command: &'a str,
    exit: u8,
    scope: &'a str,
    period: String,
    files_found: usize,
    files_read: usize,
    figures: usize,
    figures_left_out: u64,
    errors: usize,
    warnings: usize,
    notes: usize,
    written: Vec<String>,
}

/// Prints everything about a finished run.
pub fn close(console: &Console, closing: &Closing<'_>, outcome: &Outcome) -> Exit {
    let exit = exit(&outcome.problems, closing.strict);
    match closing.format {
        Format::Json => json(console, closing, outcome, exit),
        Format::Human => human(console, closing, outcome),
    }
    exit
}

/// 0 or 1: a figure was left out or contradicts another, or (strictly) anything is doubted.
pub fn exit(problems: &[Problem], strict: bool) -> Exit {
    let tally = problems::tally(problems);
    let incomplete = tally.errors > 0 || tally.left_out > 0 || strict && tally.warnings > 0;
    match incomplete {
        true => Exit::Incomplete,
        false => Exit::Complete,
    }
}

fn json(console: &Console, closing: &Closing<'_>, outcome: &Outcome, exit: Exit) {
    json_problems(console, &outcome.problems);
    for line in outcome
        .reporting
        .iter()
        .flat_map(|r| reporting::json(r, console.lang))
    {
        console.result_line(&line);
    }
    returning::told(console, &outcome.given_back, Format::Json);
    let tally = problems::tally(&outcome.problems);
    console.result_line(&to_json(&Summary {
        v: JSON_VERSION,
        r#type: "summary",
        command: closing.command,
        exit: exit.code(),
        scope: &outcome.scope,
        period: outcome.period.code(),
        files_found: outcome.files_found,
        files_read: outcome.files_read,
        figures: outcome.facts,
        figures_left_out: tally.left_out,
        errors: tally.errors,
        warnings: tally.warnings,
        notes: tally.notes,
        written: outcome.written.iter().map(|p| p.display().to_string()).collect(),
    }));
}

pub fn json_problems(console: &Console, found: &[Problem]) {
    let mut found: Vec<&Problem> = found.iter().collect();
    found.sort();
    for problem in found {
        console.result_line(&problems::json(problem, console.lang));
    }
}

fn human(console: &Console, closing: &Closing<'_>, outcome: &Outcome) {
    let lang = console.lang;
    let shown = if closing.command == "check" {
        show_problems(console, &outcome.problems, SHOWN_BY_CHECK, Console::result_line)
    } else {
        // Notes cost nothing; who wants them asks for `check`.
        let grave = |p: &&Problem| p.severity() != Severity::Note;
        let grave: Vec<Problem> = outcome.problems.iter().filter(grave).cloned().collect();
        show_problems(console, &grave, SHOWN_BY_REPORT, Console::aside)
    };
    for (index, path) in outcome.written.iter().enumerate() {
        let label = if index == 0 {
            lang.pick("Đã ghi", "Written")
        } else {
            ""
        };
        // Hundreds of workbooks of `--each` need no line each.
        if index < 8 || console.verbosity == Verbosity::Verbose {
            let label = super::console::padded(label, 8);
            console.result_line(&format!("{}{}", bold(&label), path.display()));
        } else if index == 8 {
            let more = count(outcome.written.len() - 8, lang);
            console.result_line(&lang.pick(
                format!("        và {more} tệp nữa"),
                format!(
                    "        and {more} more file{}",
                    plural(outcome.written.len() - 8)
                ),
            ));
        }
    }
    if let Some(found) = &outcome.reporting {
        console.result(&reporting::human(found, lang));
    }
    returning::told(console, &outcome.given_back, Format::Human);
    let tally = problems::tally(&outcome.problems);
    let n = |n: usize| count(n, lang);
    let left_out = usize::try_from(tally.left_out).unwrap_or(usize::MAX);
    console.result_line(&lang.pick(
        format!("Phạm vi {}, {}", outcome.scope, outcome.period.words(lang)),
        format!("Scope   {}, {}", outcome.scope, outcome.period.words(lang)),
    ));
    console.result_line(&lang.pick(
        format!(
            "Đọc {}/{} tệp, {} số liệu; {} số liệu bỏ ra, {} lỗi, {} cảnh báo, {} ghi chú",
            n(outcome.files_read),
            n(outcome.files_found),
            n(outcome.facts),
            n(left_out),
            n(tally.errors),
            n(tally.warnings),
            n(tally.notes)
        ),
        format!(
            "Read {}/{} file{}, {} figure{}; {} figure{} left out, {} error{}, {} warning{}, {} note{}",
            n(outcome.files_read),
            n(outcome.files_found),
            plural(outcome.files_found),
            n(outcome.facts),
            plural(outcome.facts),
            n(left_out),
            plural(left_out),
            n(tally.errors),
            plural(tally.errors),
            n(tally.warnings),
            plural(tally.warnings),
            n(tally.notes),
            plural(tally.notes)
        ),
    ));
    let roots = super::run::typed(closing.paths);
    let next = match (closing.command, shown) {
        ("check", Shown::All) if tally.errors + tally.warnings == 0 => lang.pick(
            format!("Lập báo cáo: bdg report{roots}"),
            format!("Write the report: bdg report{roots}"),
        ),
        ("check", Shown::All) => lang.pick(
            "Giải thích một lỗi: bdg explain TÊN-LỖI".to_owned(),
            "What a problem means: bdg explain NAME".to_owned(),
        ),
        (_, Shown::All) => return,
        ("check", Shown::Some) => lang.pick(
            format!("Xem tất cả: bdg check -v{roots}"),
            format!("See all: bdg check -v{roots}"),
        ),
        _ => lang.pick(
            format!("Xem lại mọi vấn đề: bdg check{roots}"),
            format!("See every problem: bdg check{roots}"),
        ),
    };
    console.result_line(&next);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    All,
    Some,
}

/// Prints blocks of problems, the gravest if there are too many.
pub fn show_problems(console: &Console, found: &[Problem], limit: usize, print: fn(&Console, &str)) -> Shown {
    let verbose = console.verbosity == Verbosity::Verbose;
    if verbose {
        let mut single: Vec<&Problem> = found.iter().collect();
        single.sort();
        for first in single {
            print(
                console,
                &problems::block(
                    &Group {
                        first,
                        more: Vec::new(),
                    },
                    console.lang,
                ),
            );
        }
        return Shown::All;
    }
    let groups = problems::groups(found);
    let all = groups.len();
    let chosen = if all > limit {
        problems::worst(&groups, limit)
    } else {
        groups
    };
    for group in &chosen {
        print(console, &problems::block(group, console.lang));
    }
    if chosen.len() < all {
        let more = count(all - chosen.len(), console.lang);
        print(
            console,
            &console.lang.pick(
                format!("… và {more} vấn đề khác\n"),
                format!("… and {more} other problems\n"),
            ),
        );
        return Shown::Some;
    }
    Shown::All
}
