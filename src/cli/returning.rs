//! What went back to the units: a line for each workbook, and for each file that could not be given back.

use serde_json::json;

use super::args::{Format, Verbosity};
use super::console::{Console, bold, count, padded};
use super::problems::{JSON_VERSION, to_json};
use crate::engine::{GivenBack, Returned};
use crate::lang::plural;

/// How many workbooks are named.
const NAMED: usize = 8;

/// Prints them; nothing if nothing was asked for.
pub fn told(console: &Console, given_back: &GivenBack, format: Format) {
    match format {
        Format::Json => {
            for line in &given_back.returned {
                console.result_line(&json(line, console));
            }
            for path in &given_back.slips {
                let path = path.display().to_string();
                let line = json!({ "v": JSON_VERSION, "type": "slip", "written": path });
                console.result_line(&to_json(&line));
            }
        }
        Format::Human => {
            human(console, &given_back.returned);
            slips(console, given_back);
        }
    }
}

fn slips(console: &Console, given_back: &GivenBack) {
    let lang = console.lang;
    let all = console.verbosity == Verbosity::Verbose;
    for (n, path) in given_back.slips.iter().enumerate() {
        let label = if n == 0 { lang.pick("Phiếu", "Slips") } else { "" };
        if n < NAMED || all {
            console.result_line(&format!("{}{}", bold(&padded(label, 10)), path.display()));
        }
    }
    rest(console, given_back.slips.len());
}

/// Those beyond the ones that are named.
fn rest(console: &Console, written: usize) {
    if written > NAMED && console.verbosity != Verbosity::Verbose {
        let more = count(written - NAMED, console.lang);
        console.result_line(&console.lang.pick(
            format!("          và {more} tệp nữa"),
            format!("          and {more} more"),
        ));
    }
}

fn json(line: &Returned, console: &Console) -> String {
    let written = line.written.as_ref();
    to_json(&json!({
        "v": JSON_VERSION,
        "type": "returned",
        "file": line.file,
        "points": line.points,
        "written": written.ok().map(|path| path.display().to_string()),
        "reason": written.err().map(|why| why.get(console.lang)),
    }))
}

fn human(console: &Console, returned: &[Returned]) {
    let lang = console.lang;
    let all = console.verbosity == Verbosity::Verbose;
    let written = returned
        .iter()
        .filter_map(|r| Some((r, r.written.as_ref().ok()?)));
    let written: Vec<_> = written.collect();
    for (n, (line, path)) in written.iter().enumerate() {
        let label = if n == 0 {
            lang.pick("Trả lại", "To return")
        } else {
            ""
        };
        if n < NAMED || all {
            let points = count(line.points, lang);
            let points = lang.pick(
                format!("{points} điểm"),
                format!("{points} point{}", plural(line.points)),
            );
            let label = bold(&padded(label, 10));
            console.result_line(&format!("{label}{} ({points})", path.display()));
        }
    }
    rest(console, written.len());
    for line in returned {
        if let Err(why) = &line.written {
            let label = lang.pick("Không trả lại được", "Cannot be given back");
            console.result_line(&format!("{}: {}: {}", bold(label), line.file, why.get(lang)));
        }
    }
}
