//! A release becomes a report: sheets, tables, charts, notes, order and words.
//!
//! In:  a [`Release`], the catalogue for names, a language. Out: a [`Report`], which only this
//!      room can make, so whatever `export` writes has passed the door.
//! Holds: numbers are rounded here and nowhere before; every text is in the language asked;
//!        the order of everything follows the catalogue and the hierarchy of places.
//! Leaves to others: fonts, colours, bytes (`export`); what is computed or hidden (rooms above).

mod bounds;
mod cells;
mod cover;
mod fact_columns;
mod facts;
#[cfg(test)]
pub(crate) mod fixture;
mod forms;
mod frame;
mod groups;
mod kept;
mod methods;
mod model;
mod notes;
mod origins;
mod places;
mod quality;
mod record;
mod reporting;
mod resent;
mod revised;
mod sections;
mod series;
mod series_charts;
mod summary;
mod targets;
#[cfg(test)]
mod tests;
mod tidy;
mod transfers;
mod view;

pub use fact_columns::{FactColumn, fact_columns, unit_columns};
pub use facts::{FactPart, fact_folders, fact_parts};
pub use frame::{Frame, FrameColumn, Values};
pub use kept::{KEPT_COLUMNS, kept_facts, kept_files};
pub use model::{
    Align, Block, Cell, Chart, ChartKind, Column, Decimal, Letterhead, Role, Row, Series, Sheet, Signatures,
    Style, Table, Value,
};
pub use record::{CoverageLine, Input, ProblemCount, Record};
pub use revised::revised;

use crate::definition::Catalogue;
use crate::disclosure::Release;
use crate::lang::Lang;
use crate::period::Day;
use view::View;

/// No sheet can hold more rows of a table; the CSV and Parquet files hold all.
pub const SHEET_ROWS: usize = 1_000_000;

/// A workbook before it has bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    lang: Lang,
    title: String,
    author: String,
    banner: Option<&'static str>,
    made_on: Day,
    sheets: Vec<Sheet>,
}

/// The workbook of a run, its tidy data and its record.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    book: Book,
    record: Record,
}

impl Book {
    pub fn lang(&self) -> Lang {
        self.lang
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    /// The office, for the properties of the file; may be empty.
    pub fn author(&self) -> &str {
        &self.author
    }

    /// The line that every sheet must show.
    pub fn banner(&self) -> Option<&'static str> {
        self.banner
    }

    pub fn made_on(&self) -> Day {
        self.made_on
    }

    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }
}

impl std::ops::Deref for Report {
    type Target = Book;

    fn deref(&self) -> &Book {
        &self.book
    }
}

impl Report {
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The tidy table of all figures: what the CSV and Parquet files hold.
    pub fn data(&self) -> Option<&Frame> {
        self.sheets
            .iter()
            .flat_map(|s| &s.blocks)
            .find_map(|block| match block {
                Block::Frame(frame) if frame.name == tidy::TABLE => Some(frame),
                _ => None,
            })
    }
}

/// Puts a release into words and tables.
pub fn build(release: &Release, catalogue: &Catalogue, lang: Lang) -> Report {
    let view = View::new(release, catalogue, lang);
    let mut notes = notes::Notes::default();
    let mut sheets = vec![summary::sheet(&view, &mut notes)];
    sheets.extend(summary::charts_sheet(&view));
    sheets.push(targets::sheet(&view, &mut notes));
    sheets.extend(forms::sheets(&view, &mut notes));
    sheets.push(groups::sheet(&view, &mut notes));
    sheets.extend(places::sheets(&view));
    sheets.extend(series::sheet(&view));
    sheets.extend(transfers::sheet(&view));
    sheets.push(tidy::sheet(&view));
    sheets.push(origins::facts(&view));
    sheets.extend(reporting::sheet(&view));
    sheets.extend(resent::sheet(&view));
    sheets.push(quality::sheet(&view));
    sheets.extend(quality::problems(&view));
    sheets.push(methods::sheet(&view));
    sheets.push(notes.sheet(&view));
    sheets.push(origins::sources(&view));
    let cover = cover::cover(&view);
    let title = format!(
        "{} - {}, {}",
        cover.title,
        view.place(view.scope()),
        view.period().words(lang)
    );
    let contents = cover::contents(&view, &sheets);
    sheets.splice(0..0, [cover, contents]);
    let book = Book {
        lang,
        title,
        author: release.content().about.office.clone(),
        banner: release.banner(lang),
        made_on: release.content().about.made_on,
        sheets,
    };
    Report {
        record: record::record(&view),
        book,
    }
}

/// Place, period and status: under the title of every sheet that is read.
fn about_lines(view: &View<'_>) -> Vec<String> {
    let about = &view.content.about;
    let status = if about.provisional {
        view.say("sơ bộ", "provisional")
    } else {
        view.say("chính thức", "final")
    };
    vec![format!(
        "{}: {}. {}: {}. {}: {status}.",
        view.say("Địa bàn", "Locality"),
        view.place_in_full(view.scope()),
        view.say("Kỳ báo cáo", "Period"),
        view.period().words(view.lang),
        view.say("Số liệu", "Data"),
    )]
}
