//! What is seen while the engine works: a bar on a terminal, nothing in a pipe.
//!
//! Holds: the bar is gone before anything else is printed, so lines never mix.

use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::{Console, count};
use crate::engine::{Progress, Stage};
use crate::lang::{Lang, plural};

/// While files are read, or one workbook after the other is written: how many of all, what was met or made last, and
/// the time that the rest will take.
const COUNTING: &str = "{prefix} [{bar:30}] {pos}/{len} {wide_msg} {eta_precise}";
/// Nobody knows beforehand how long the rest takes, so only the time since the beginning is shown.
const AFTERWARDS: &str = "{prefix} {wide_msg} {elapsed_precise}";

#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    lang: Lang,
    figures: AtomicUsize,
}

impl Bar {
    pub fn new(console: &Console) -> Bar {
        let target = if console.may_draw() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        bar.set_style(style(COUNTING));
        Bar {
            bar,
            lang: console.lang,
            figures: AtomicUsize::new(0),
        }
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    // Plain signs only: an old Windows console draws no others.
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Progress for Bar {
    fn files(&self, total: usize) {
        self.bar.set_length(total as u64);
        // The time left is reckoned from the first file on.
        self.bar.reset_eta();
    }

    fn file_read(&self, name: &str, figures: usize) {
        let all = self.figures.fetch_add(figures, Ordering::Relaxed) + figures;
        let (all, ending) = (count(all, self.lang), plural(all));
        self.bar.set_message(self.lang.pick(
            format!("{all} số liệu, {name}"),
            format!("{all} figure{ending}, {name}"),
        ));
        self.bar.inc(1);
    }

    fn workbooks(&self, total: usize) {
        self.bar.set_style(style(COUNTING));
        self.bar.set_length(total as u64);
        self.bar.set_position(0);
        self.bar.reset_eta();
    }

    fn workbook_written(&self, name: &str) {
        self.bar.set_message(name.to_owned());
        self.bar.inc(1);
    }

    fn stage(&self, stage: Stage) {
        let words = match stage {
            Stage::Reading => self.lang.pick("Đang đọc", "Reading"),
            Stage::Checking => self.lang.pick("Đang kiểm tra", "Checking"),
            Stage::Computing => self.lang.pick("Đang tính", "Computing"),
            Stage::Writing => self.lang.pick("Đang ghi", "Writing"),
        };
        if stage != Stage::Reading {
            self.bar.set_style(style(AFTERWARDS));
        }
        self.bar.set_prefix(words);
        self.bar.set_message("");
        self.bar.tick();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lines_are_templates_that_can_be_drawn() {
        for template in [COUNTING, AFTERWARDS] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
