//! `bdg diff`: what changed from one run to another, and why.
//!
//! Out: a table of causes, the figures of the whole territory, what was written; the decisive line last. JSON has
//!      a line for each changed figure, one for each changed cell, and a summary.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Exit;
use super::args::Format;
use super::console::{Console, bold, count, faint, table};
use super::problems::{JSON_VERSION, to_json};
use super::run::refused;
use crate::definition::Catalogue;
use crate::engine::{Compared, Comparison, Failure, compare_runs};
use crate::host::Host;
use crate::lang::{Lang, plural};
use crate::quantity::{print_decimal, print_plain, print_trimmed};
use crate::revision::{Amounts, Cause, Change, Contribution, DECIMALS, Edit, Known, Revision};

/// Figures of the whole territory that are told one by one; the workbook and JSON have all.
const TOLD: usize = 30;
/// Cells that are named for each part.
const NAMED: usize = 2;

pub(super) fn diff(
    host: &dyn Host,
    console: &Console,
    runs: &[PathBuf; 2],
    output: Option<&Path>,
    format: Format,
) -> Exit {
    let asked = Compared {
        runs: runs.clone(),
        lang: console.lang,
        output: output.map(Path::to_path_buf),
    };
    let found = match compare_runs(host, &asked) {
        Ok(found) => found,
        Err(Failure(why)) => {
            if format == Format::Json {
                console.result_line(&to_json(&json!({
                    "v": JSON_VERSION,
                    "type": "failure",
                    "exit": Exit::Nothing.code(),
                    "message": why.get(console.lang),
                })));
            }
            return refused(console, why.get(console.lang));
        }
    };
    let exit = match found.revision.revision().is_split() {
        true => Exit::Complete,
        false => Exit::Incomplete,
    };
    match format {
        Format::Json => lines(console, &found, exit),
        Format::Human => human(console, &found),
    }
    exit
}

fn human(console: &Console, found: &Comparison) {
    let lang = console.lang;
    let (revision, catalogue) = (found.revision.revision(), &found.catalogue);
    let [a, b] = &revision.runs;
    console.result_line(&format!(
        "{} {} → {}",
        bold(lang.pick("So sánh", "Compared")),
        about(a, lang),
        about(b, lang)
    ));
    for (what, before, after) in &revision.settings {
        let or_none = |text: &str| match text.is_empty() {
            true => "-".to_owned(),
            false => text.to_owned(),
        };
        let (before, after) = (or_none(before), or_none(after));
        console.result_line(&faint(&format!("  {}: {before} → {after}", what.get(lang))));
    }
    if !revision.is_same() || !revision.edits.is_empty() {
        console.result(&by_cause(revision, lang));
    }
    let whole: Vec<&Change> = revision.of_the_whole().collect();
    if !whole.is_empty() {
        console.result_line(&bold(lang.pick("Toàn địa bàn", "The whole territory")));
    }
    for change in whole.iter().take(TOLD) {
        console.result(&told(change, revision, catalogue, lang));
    }
    if whole.len() > TOLD {
        let more = count(whole.len() - TOLD, lang);
        console.result_line(&lang.pick(format!("  và {more} số nữa"), format!("  and {more} more")));
    }
    if let Some(path) = &found.written {
        let label = bold(lang.pick("Đã ghi", "Written"));
        console.result_line(&format!("{label}  {}", path.display()));
    }
    for words in &revision.reserves {
        console.complain(&format!("{}: {}", lang.pick("lưu ý", "note"), words.get(lang)));
    }
    console.result_line(&decisive(revision, lang));
}

fn about(run: &crate::revision::AboutRun, lang: Lang) -> String {
    format!("{} ({}, {})", run.name, run.period.words(lang), run.made_on)
}

fn by_cause(revision: &Revision, lang: Lang) -> String {
    let mut rows = vec![vec![
        lang.pick("Nguyên nhân", "Cause").to_owned(),
        lang.pick("số đã đổi", "figures").to_owned(),
        lang.pick("ô", "cells").to_owned(),
    ]];
    for cause in Cause::ORDER {
        let (figures, cells) = (revision.changed_by(cause), revision.edits_of(cause));
        if figures + cells > 0 {
            rows.push(vec![
                cause.words(lang).to_owned(),
                count(figures, lang),
                count(cells, lang),
            ]);
        }
    }
    table(&rows)
}

/// `3.2a  82,3 → 83,1 (+0,8)`, and a line for each cause.
fn told(change: &Change, revision: &Revision, catalogue: &Catalogue, lang: Lang) -> String {
    let decimals = decimals(change, catalogue);
    let value = |amount: i64| print_decimal(amount / step(decimals), decimals, lang);
    let shown = |a: &Amounts| match (a.value, a.low) {
        (Some(v), _) => value(v),
        (None, Some(low)) => format!(
            "{} ↔ {}",
            value(low),
            a.high.map_or_else(|| "…".to_owned(), value)
        ),
        (None, None) => "…".to_owned(),
    };
    let verdict = |a: &Amounts| a.verdict.map_or("", |v| v.words(lang));
    let (before, after) = (&change.before, &change.after);
    let mut out = format!("  {}  {} → {}", change.key.indicator, shown(before), shown(after));
    if let (Some(a), Some(b)) = (before.value, after.value) {
        out.push_str(&format!(" ({})", plus(b - a, value)));
    }
    if before.verdict != after.verdict {
        out.push_str(&format!("; {} → {}", verdict(before), verdict(after)));
    }
    out.push('\n');
    for (part, behind) in change.contributions.iter().zip(&change.behind) {
        out.push_str(&format!("      {}", part.cause.words(lang)));
        if let Some(amount) = part.value.filter(|n| *n != 0) {
            out.push_str(&format!(" {}", plus(amount, value)));
        }
        let counts = [
            (lang.pick("tử số", "numerator"), part.numerator),
            (lang.pick("mẫu số", "denominator"), part.denominator),
        ];
        for (name, amount) in counts.into_iter().filter(|(_, n)| *n != 0) {
            out.push_str(&format!(
                ", {name} {}",
                plus(amount, |n| print_trimmed(n, DECIMALS, lang))
            ));
        }
        if let Some((from, to)) = part.verdict() {
            let words = |v: Option<crate::compare::Judgement>| v.map_or("-", |v| v.words(lang));
            out.push_str(&format!("; {} → {}", words(from), words(to)));
        }
        out.push('\n');
        let edits = behind.iter().filter_map(|at| revision.edits.get(*at as usize));
        for edit in edits.take(NAMED) {
            out.push_str(&faint(&format!(
                "          {}",
                revision.quoted(edit, catalogue, lang)
            )));
            out.push('\n');
        }
        if behind.len() > NAMED {
            let more = count(behind.len() - NAMED, lang);
            let words = lang.pick(format!("và {more} ô khác"), format!("and {more} more"));
            out.push_str(&faint(&format!("          {words}")));
            out.push('\n');
        }
    }
    out
}

fn decimals(change: &Change, catalogue: &Catalogue) -> u8 {
    let mut all = catalogue.indicators.iter();
    let indicator = all.find(|i| i.id == change.key.indicator);
    indicator.map_or(DECIMALS, |i| i.decimals.min(DECIMALS))
}

fn step(decimals: u8) -> i64 {
    10i64.pow(u32::from(DECIMALS.saturating_sub(decimals)))
}

fn plus(amount: i64, print: impl Fn(i64) -> String) -> String {
    let sign = if amount > 0 { "+" } else { "" };
    format!("{sign}{}", print(amount))
}

/// The line that matters most.
fn decisive(revision: &Revision, lang: Lang) -> String {
    let n = |n: usize| count(n, lang);
    let (changed, compared) = (revision.changes.len(), revision.compared);
    match (changed, revision.edits.len(), revision.is_split()) {
        (0, 0, _) => lang.pick(
            format!(
                "Hai lần chạy giống nhau: {} số, không số nào thay đổi",
                n(compared)
            ),
            format!(
                "The two runs are the same: {} figure{}, none changed",
                n(compared),
                plural(compared)
            ),
        ),
        (0, cells, _) => lang.pick(
            format!(
                "{} ô khác nhau nhưng không số nào trong {} số thay đổi",
                n(cells),
                n(compared)
            ),
            format!(
                "{} cell{} differ, but none of {} figures changed",
                n(cells),
                plural(cells),
                n(compared)
            ),
        ),
        (_, _, true) => lang.pick(
            format!(
                "{} trong {} số thay đổi; đã tách hết theo nguyên nhân",
                n(changed),
                n(compared)
            ),
            format!(
                "{} of {} figures changed; all split into causes",
                n(changed),
                n(compared)
            ),
        ),
        (_, _, false) => lang.pick(
            format!(
                "{} trong {} số thay đổi; {} số chưa tách hết được theo nguyên nhân",
                n(changed),
                n(compared),
                n(not_split(revision))
            ),
            format!(
                "{} of {} figures changed; {} could not be split into causes entirely",
                n(changed),
                n(compared),
                n(not_split(revision))
            ),
        ),
    }
}

/// Figures with a part that no step explains or that a reserve is about.
fn not_split(revision: &Revision) -> usize {
    match revision.reserves.is_empty() {
        true => revision.unsplit(),
        false => revision.unsplit().max(revision.changed_by(Cause::Definition)),
    }
}

fn lines(console: &Console, found: &Comparison, exit: Exit) {
    let lang = console.lang;
    let (revision, catalogue) = (found.revision.revision(), &found.catalogue);
    for change in &revision.changes {
        console.result_line(&to_json(&of_change(change, revision, catalogue, lang)));
    }
    for edit in &revision.edits {
        console.result_line(&to_json(&of_edit(edit, revision, catalogue)));
    }
    let [a, b] = &revision.runs;
    let run = |run: &crate::revision::AboutRun| {
        json!({
            "name": run.name, "made_on": run.made_on, "locality": run.locality, "period": run.period.code(),
            "boundaries_on": run.boundaries_on.to_string(), "program_version": run.program_version,
            "catalogue_version": run.catalogue_version, "files_read": run.files_read, "figures_read": run.facts,
        })
    };
    let causes = Cause::ORDER.into_iter().map(|cause| {
        json!({ "cause": cause.code(), "figures": revision.changed_by(cause), "cells": revision.edits_of(cause) })
    });
    let settings = revision
        .settings
        .iter()
        .map(|(what, before, after)| json!({ "what": what.get(lang), "before": before, "after": after }));
    console.result_line(&to_json(&json!({
        "v": JSON_VERSION,
        "type": "summary",
        "command": "diff",
        "exit": exit.code(),
        "runs": [run(a), run(b)],
        "compared": revision.compared,
        "changed": revision.changes.len(),
        "unsplit": revision.unsplit(),
        "causes": causes.collect::<Vec<_>>(),
        "settings": settings.collect::<Vec<_>>(),
        "reserves": revision.reserves.iter().map(|w| w.get(lang)).collect::<Vec<_>>(),
        "written": found.written.iter().map(|p| p.display().to_string()).collect::<Vec<_>>(),
    })));
}

/// Numbers as texts with a decimal point: exact whatever reads them.
fn amount(value: Option<i64>) -> Value {
    value.map_or(Value::Null, |n| json!(print_plain(n, DECIMALS)))
}

fn of_amounts(a: &Amounts) -> Value {
    json!({
        "numerator": amount(a.numerator), "denominator": amount(a.denominator), "value": amount(a.value),
        "low": amount(a.low), "high": amount(a.high), "absence": a.absence,
        "verdict": a.verdict.map(|v| v.code()),
    })
}

fn of_change(change: &Change, revision: &Revision, catalogue: &Catalogue, lang: Lang) -> Value {
    let key = &change.key;
    let part = |(part, behind): (&Contribution, &Vec<u32>)| {
        let verdict = part
            .verdict()
            .map(|(from, to)| [from, to].map(|v| v.map(|v| v.code())));
        let edits = behind.iter().filter_map(|at| revision.edits.get(*at as usize));
        json!({
            "cause": part.cause.code(),
            "numerator": amount(Some(part.numerator)), "denominator": amount(Some(part.denominator)),
            "value": amount(part.value), "low": amount(part.low), "high": amount(part.high),
            "verdict": verdict,
            "cells": behind.len(),
            "sources": edits.take(NAMED).map(|e| revision.quoted(e, catalogue, lang)).collect::<Vec<_>>(),
        })
    };
    let place = change.place.map(|p| catalogue.localities.unit(p).name_in(lang));
    json!({
        "v": JSON_VERSION,
        "type": "change",
        "indicator": key.indicator,
        "locality_code": key.code,
        "level": key.level,
        "locality": place,
        "period": key.period.code(),
        "sex": key.group[0], "age": key.group[1], "ethnicity": key.group[2],
        "before": of_amounts(&change.before),
        "after": of_amounts(&change.after),
        "causes": change.contributions.iter().zip(&change.behind).map(part).collect::<Vec<_>>(),
    })
}

fn of_edit(edit: &Edit, revision: &Revision, catalogue: &Catalogue) -> Value {
    let sources = &revision.sources;
    let one = |known: Option<Known>| {
        known.map(|k| {
            let sheet = sources.sheet(k.fact.origin.sheet);
            json!({
                "file": sources.file(sheet.file).name,
                "sheet": sheet.name,
                "cell": k.fact.origin.cell.to_string(),
                "value": print_plain(k.fact.value, catalogue.measures.get(k.fact.measure).decimals),
                "contradicted": k.contradicted,
            })
        })
    };
    let about = edit.about();
    json!({
        "v": JSON_VERSION,
        "type": "cell",
        "cause": edit.cause.code(),
        "figure": about.map(|f| catalogue.coded(f.measure, f.breakdown, f.place, f.period)),
        "before": one(edit.before),
        "after": one(edit.after),
    })
}
