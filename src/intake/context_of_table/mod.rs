//! Who, where and when a table is about, from its title, the sheet and the file.
//!
//! In:  title lines, names of sheet and file, the office's settings. Out: [`About`], with the evidence.
//! Holds: "Đơn vị báo cáo" outweighs other lines, the table's own title those above earlier tables, a title
//!        the sheet name, that the file name, that the office's settings. The receiver ("Đơn vị nhận") is never the place.
//! Leaves to others: places and periods in rows and columns (`settle`).

mod place;

use crate::classification::locality::{Level, UnitId};
use crate::intake::form::Form;
use crate::intake::place::{Located, Places};
use crate::intake::region::{Line, Region};
use crate::intake::sender::sender_of;
use crate::intake::unit::{self, Named};
use crate::intake::when::{self, Several, When};
use crate::origin::CellAddress;
use crate::period::{Period, Span};
use crate::text;
pub use place::{after_reporter, is_about_others};
use place::{from_file_name, place_of_lines};

/// Where something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Title(CellAddress),
    /// The title of the workbook's first sheet.
    FirstSheet,
    SheetName,
    FileName,
    Settings,
    /// An office's answer for tables of this layout.
    Answer,
}

/// A finding and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence<T> {
    pub value: T,
    pub from: Source,
    pub text: String,
}

/// What a table is about as a whole.
#[derive(Debug, Clone, Default)]
pub struct About {
    pub when: Option<Evidence<When>>,
    /// A line of the title that names several periods and chooses none.
    pub several: Option<(Line, Several)>,
    pub place: Option<Evidence<UnitId>>,
    pub place_trouble: Option<(Line, Located)>,
    pub sender: Option<Evidence<String>>,
    /// "Đơn vị tính: nghìn người".
    pub unit: Option<Named>,
    /// Figures of earlier years recast on today's units: said in the title.
    pub recast: bool,
}

/// Names around the table.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    pub sheet: &'a str,
    /// Path of the file.
    pub file: &'a str,
    /// Title lines of the first sheet; used by sheets that have no title at all.
    pub carried: &'a [Line],
    pub home: Option<UnitId>,
    pub period: Option<Period>,
}

/// Year and span, before anything else: places depend on them.
#[derive(Debug, Clone, Default)]
pub struct Dated {
    pub when: Option<Evidence<When>>,
    /// A line of the title that names several periods and chooses none: then no other name may choose for it.
    pub several: Option<(Line, Several)>,
}

/// What the title says of the time, else the names of sheet and file, else the office's settings.
pub fn when_of(region: &Region, around: &Around<'_>) -> Dated {
    let mut best: Option<Evidence<When>> = None;
    let several = region
        .title
        .iter()
        .filter(|l| !is_about_others(&l.text))
        .find_map(|line| Some((line.clone(), when::several(&line.text)?)));
    let lines = [&region.title, &region.inherited];
    for line in lines
        .into_iter()
        .flat_map(|l| l.iter().rev())
        .filter(|l| !is_about_others(&l.text))
    {
        let found = when::in_title(&line.text);
        if found.is_empty() {
            continue;
        }
        best = Some(match best {
            None => Evidence {
                value: found,
                from: Source::Title(line.at),
                text: line.text.clone(),
            },
            Some(before) => merged(before, found),
        });
        if best
            .as_ref()
            .is_some_and(|b| b.value.year.is_some() && b.value.span.is_some())
        {
            break;
        }
    }
    if untitled(region) && best.is_none() {
        let found = around
            .carried
            .iter()
            .rev()
            .filter(|l| !is_about_others(&l.text))
            .map(|l| (l, when::in_title(&l.text)))
            .find(|(_, w)| w.year.is_some());
        best = found.map(|(line, value)| Evidence {
            value,
            from: Source::FirstSheet,
            text: line.text.clone(),
        });
    }
    if several.is_some() && best.as_ref().is_none_or(|b| b.value.year.is_none()) {
        return Dated { when: best, several };
    }
    let stem = around.file.rsplit('/').next().unwrap_or(around.file);
    let folders = around.file.len().saturating_sub(stem.len());
    for (name, from) in [
        (around.sheet, Source::SheetName),
        (stem, Source::FileName),
        (&around.file[..folders], Source::FileName),
    ] {
        let found = when::in_name(name);
        if found.is_empty() || best.as_ref().is_some_and(|b| b.value.year.is_some()) {
            continue;
        }
        best = Some(match best {
            None => Evidence {
                value: found,
                from,
                text: name.to_owned(),
            },
            Some(before) => merged(before, found),
        });
    }
    if best.as_ref().is_none_or(|b| b.value.year.is_none()) {
        let lines = [&region.title, &region.inherited].into_iter().flatten();
        let lines = lines.filter(|l| !is_about_others(&l.text));
        let dated = lines.map(|l| (l, when::by_date(&l.text)));
        if let Some((line, value)) = dated.into_iter().find(|(_, w)| !w.is_empty()) {
            best = Some(Evidence {
                value: best.as_ref().map_or(value, |b| b.value.or(value)),
                from: Source::Title(line.at),
                text: line.text.clone(),
            });
        }
    }
    if let Some(before) = best
        .as_mut()
        .filter(|b| b.value.span.is_none() && b.value.as_of.is_none())
    {
        narrow(before, around.sheet, stem);
    }
    let year_known = best.as_ref().is_some_and(|b| b.value.year.is_some());
    if let Some(period) = around.period.filter(|_| !year_known) {
        // The office's period only completes what is said ("6 tháng đầu năm"), or stands for a year.
        let value = When {
            year: Some(period.year),
            span: best.as_ref().and_then(|b| b.value.span).or(Some(period.span)),
            as_of: None,
        };
        best = Some(Evidence {
            value,
            from: Source::Settings,
            text: period.code(),
        });
    }
    // A year that another line names has chosen between years, not between parts of a year.
    let several = several.filter(|(_, s)| matches!(s, Several::Spans(_)));
    Dated { when: best, several }
}

/// A sheet "Quý I", a file "… 6 tháng đầu năm 2024" under a title that only says the year: that part of it.
/// A month in the name of a file is when it was written.
fn narrow(before: &mut Evidence<When>, sheet: &str, stem: &str) {
    for (name, of_file) in [(sheet, false), (stem, true)] {
        let found = when::in_name(name);
        let same_year = found.year.is_none() || found.year == before.value.year;
        let narrows = |span: &Span| match span {
            Span::Year | Span::SchoolYear => false,
            Span::Month(_) => !of_file,
            Span::Half(_) | Span::Quarter(_) | Span::FirstMonths(_) => true,
        };
        if let Some(span) = found
            .span
            .filter(narrows)
            .filter(|_| same_year && before.value.year.is_some())
        {
            before.value.span = Some(span);
            return;
        }
    }
}

fn merged(before: Evidence<When>, found: When) -> Evidence<When> {
    // A line "có đến 31/12/2023" beside "năm học 2023-2024" does not change the year that is already named.
    let same_year = before.value.year.is_none() || found.year.is_none() || before.value.year == found.year;
    let value = if same_year {
        before.value.or(found)
    } else {
        before.value
    };
    // "31/12" only says the day of a year that a plainer line already names.
    let value = When {
        as_of: if before.value.year.is_some() && before.value.as_of.is_none() {
            None
        } else {
            value.as_of
        },
        ..value
    };
    Evidence { value, ..before }
}

fn untitled(region: &Region) -> bool {
    region.title.is_empty() && region.inherited.is_empty()
}

/// Place, sender and unit.
pub fn about(
    region: &Region,
    around: &Around<'_>,
    dated: Dated,
    places: &Places<'_>,
    form: Option<&Form>,
) -> About {
    let mut about = About {
        when: dated.when,
        several: dated.several,
        ..About::default()
    };
    for lines in [&region.title, &region.inherited] {
        about.unit = about
            .unit
            .or_else(|| lines.iter().rev().find_map(|l| unit::in_line(&l.text)));
        about.recast |= lines.iter().any(|l| {
            let plain = text::folded(&l.text);
            [
                "quy doi",
                "don vi hanh chinh moi",
                "dia gioi hanh chinh moi",
                "dvhc moi",
            ]
            .iter()
            .any(|said| plain.contains(said))
        });
        if about.sender.is_none() {
            about.sender = sender_of(lines);
        }
        if about.place.is_none() && about.place_trouble.is_none() {
            place_of_lines(&mut about, lines, places);
        }
    }
    if untitled(region) {
        place_of_lines(&mut about, around.carried, places);
        if let Some(place) = &mut about.place {
            place.from = Source::FirstSheet;
        }
        about.sender = sender_of(around.carried).map(|s| Evidence {
            from: Source::FirstSheet,
            ..s
        });
    }
    if matches!(about.place_trouble, Some((_, Located::None))) {
        return about;
    }
    // A sheet for each commune under a title of the district.
    let outer = about.place.as_ref().map(|p| p.value);
    let is_commune = outer.is_some_and(|o| places.level(o) == Level::Commune);
    if !is_commune {
        if let Some(id) = places.of_name(around.sheet, outer) {
            about.place = Some(Evidence {
                value: id,
                from: Source::SheetName,
                text: around.sheet.to_owned(),
            });
        } else if about.place.is_none() || wants_lower(form, outer, places) {
            from_file_name(&mut about, around, outer, places);
        }
    }
    if about.place.is_none()
        && let Some(home) = around.home
    {
        let fits = form.is_none_or(|f| f.levels.is_empty() || f.levels.contains(&places.level(home)));
        if fits {
            about.place = Some(Evidence {
                value: home,
                from: Source::Settings,
                text: places.name(home),
            });
        }
    }
    about
}

/// The form is one of communes, but the title only names the district.
fn wants_lower(form: Option<&Form>, outer: Option<UnitId>, places: &Places<'_>) -> bool {
    form.is_some_and(|f| !f.levels.is_empty() && outer.is_some_and(|o| !f.levels.contains(&places.level(o))))
}
