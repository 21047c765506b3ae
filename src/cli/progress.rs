//! What is seen while the engine works: a bar on a terminal, nothing in a pipe.
//!
//! Holds: the bar is gone before anything else is printed, so lines never mix.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;
use crate::engine::{Progress, Stage};
use crate::lang::Lang;

#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    lang: Lang,
}

impl Bar {
    pub fn new(console: &Console) -> Bar {
        let target = if console.may_draw() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        // Plain signs only: an old Windows console draws no others.
        let style = ProgressStyle::with_template("{prefix} [{bar:30}] {pos}/{len} {wide_msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("=> ");
        bar.set_style(style);
        Bar {
            bar,
            lang: console.lang,
        }
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Progress for Bar {
    fn files(&self, total: usize) {
        self.bar.set_length(total as u64);
    }

    fn file_read(&self, name: &str) {
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
        self.bar.set_prefix(words);
        self.bar.set_message("");
        self.bar.tick();
    }
}
