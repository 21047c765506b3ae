//! The two streams, each judged alone: results go to standard output, everything else to standard
//! error.
//!
//! Holds: bytes are UTF-8; no colour where the stream is not a terminal, `NO_COLOR` is set or the
//!        terminal is dumb; a reader that goes away (`| head`) is no fault of ours; any other
//!        failure to write shows in the exit code.

use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::{AutoStream, ColorChoice};

use super::args::{Colour, Verbosity};
use crate::host::in_words;
use crate::lang::Lang;
use crate::problem::Severity;

/// Where and how to print.
#[derive(Debug)]
pub struct Console {
    pub lang: Lang,
    pub verbosity: Verbosity,
    colour: Colour,
    /// The reader of standard output has gone: nothing more is written to it.
    gone: AtomicBool,
}

/// Something that had to be said could not be written, by whichever console.
static LOST: AtomicBool = AtomicBool::new(false);

/// Whether a result or a complaint was lost on its way to a stream.
pub fn is_lost() -> bool {
    LOST.load(Ordering::Relaxed)
}

const RESET: &str = "\u{1b}[0m";
const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[33m";
const FAINT: &str = "\u{1b}[2m";

impl Console {
    pub fn new(lang: Lang, verbosity: Verbosity, colour: Colour) -> Self {
        Console {
            lang,
            verbosity,
            colour,
            gone: AtomicBool::new(false),
        }
    }

    /// Before anything is known but the language.
    pub fn plain(lang: Lang) -> Self {
        Console::new(lang, Verbosity::Normal, Colour::Auto)
    }

    /// A result.
    pub fn result(&self, text: &str) {
        if self.gone.load(Ordering::Relaxed) {
            return;
        }
        let mut out = AutoStream::new(std::io::stdout().lock(), self.choice());
        if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            self.gone.store(true, Ordering::Relaxed);
            // Who closes the pipe has read enough (`| head`); anything else is a result that is lost.
            if error.kind() != ErrorKind::BrokenPipe {
                LOST.store(true, Ordering::Relaxed);
                let why = in_words(&error);
                self.complain(&self.lang.pick(
                    format!("lỗi: không ghi được kết quả ra đầu ra chuẩn: {}", why.vi),
                    format!(
                        "error: the result cannot be written to standard output: {}",
                        why.en
                    ),
                ));
            }
        }
    }

    pub fn result_line(&self, text: &str) {
        self.result(&format!("{text}\n"));
    }

    /// Something beside the result; nothing under `--quiet`.
    pub fn aside(&self, text: &str) {
        if self.verbosity != Verbosity::Quiet {
            self.complain(text);
        }
    }

    /// Something that must be seen even under `--quiet`.
    pub fn complain(&self, text: &str) {
        let mut out = AutoStream::new(std::io::stderr().lock(), self.choice());
        // If standard error is gone too, nobody is left to be told but by the exit code.
        if let Err(error) = writeln!(out, "{text}")
            && error.kind() != ErrorKind::BrokenPipe
        {
            LOST.store(true, Ordering::Relaxed);
        }
    }

    /// A bar may be drawn: somebody looks at standard error and did not ask for quiet.
    pub fn may_draw(&self) -> bool {
        self.verbosity != Verbosity::Quiet
            && std::io::stderr().is_terminal()
            && !matches!(AutoStream::choice(&std::io::stderr()), ColorChoice::Never if self.colour == Colour::Auto)
    }

    fn choice(&self) -> ColorChoice {
        match self.colour {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        }
    }
}

/// Codes that [`Console`] takes out again where they cannot be shown.
pub fn bold(text: &str) -> String {
    format!("{BOLD}{text}{RESET}")
}

pub fn faint(text: &str) -> String {
    format!("{FAINT}{text}{RESET}")
}

/// Red for errors only.
pub fn by_severity(severity: Severity, text: &str) -> String {
    match severity {
        Severity::Error => format!("{RED}{text}{RESET}"),
        Severity::Warning => format!("{YELLOW}{text}{RESET}"),
        Severity::Note => bold(text),
    }
}

/// Pads to a width counted in letters, as Vietnamese needs.
pub fn padded(text: &str, width: usize) -> String {
    let length = text.chars().count();
    let mut out = text.to_owned();
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(length)));
    out
}

/// Columns side by side, as wide as their widest cell; the last is not padded.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|c| {
            let cells = rows.iter().filter_map(|row| row.get(c));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0).min(60)
        })
        .collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (c, cell) in row.iter().enumerate() {
            if c + 1 == row.len() {
                line.push_str(cell);
            } else {
                line.push_str(&padded(cell, widths.get(c).copied().unwrap_or(0)));
                line.push_str("  ");
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// `1.234` in Vietnamese, `1,234` in English.
pub fn count(n: usize, lang: Lang) -> String {
    crate::quantity::print_decimal(i64::try_from(n).unwrap_or(i64::MAX), 0, lang)
}
