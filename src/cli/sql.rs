//! `bdg sql`: the evaluation as a statement for other engines.

use super::Exit;
use super::config::Settings;
use super::console::Console;
use super::run::refused;
use crate::definition::Catalogue;
use crate::engine::variants;
use crate::sql::{Dialect, Wanted, statement};

/// Prints the statement over the figures in a folder. The folder is not looked at: it may be of another machine.
pub(super) fn statement_over(
    console: &Console,
    settings: &Settings,
    catalogue: &Catalogue,
    folder: &str,
    dialect: Dialect,
) -> Exit {
    let lang = console.lang;
    let Some(period) = settings.period else {
        return refused(
            console,
            lang.pick(
                "cần biết kỳ báo cáo: --period 2024",
                "the period is needed: --period 2024",
            ),
        );
    };
    let variants = match variants(catalogue, &settings.variants) {
        Ok(variants) => variants,
        Err(failure) => return refused(console, failure.0.get(lang)),
    };
    // A back slash is a separator on Windows only, and no engine needs it.
    let folder = match cfg!(windows) {
        true => folder.replace('\\', "/"),
        false => folder.to_owned(),
    };
    console.result(&statement(&Wanted {
        catalogue,
        variants: &variants,
        period,
        folder: &folder,
        dialect,
        lang,
    }));
    Exit::Complete
}
