//! One table: region → headings → rows → meaning → facts, in this order.

mod among;
mod arrangement;
mod choice;
mod said;
mod tie;
mod title;
pub mod turned;

use std::cell::{Cell, RefCell};

use crate::intake::Context;
use crate::intake::accounting;
use crate::intake::context_of_table::{self, Around, Dated, Evidence, Source};
use crate::intake::form::{Form, Forms, RowRole};
use crate::intake::header::{self};
use crate::intake::label::Label;
use crate::intake::meaning::Said;
use crate::intake::place::Places;
use crate::intake::reading::{ColumnReading, SheetReading, TableReading};
use crate::intake::region::{self, Line, Region};
use crate::intake::rows::{self, Scope};
use crate::intake::settle::{self, Ledger, Understood, persons, roster};
use crate::intake::sheet::Sheet;
use crate::intake::stub::{self};
use crate::intake::understand::Reader;
use crate::intake::when::When;
use crate::origin::CellAddress;
use crate::problem::Kind;
use arrangement::day_of_names;
use choice::{Chosen, choose_form};
use said::{entity, kinship, latest_day, nothing_understood, row_readings, said_of_column, suited};
pub use title::OfTitle;
use title::TitleReader;

/// Reads all tables of a sheet.
///
/// `carried` are the title lines of the workbook's first sheet that has any: often it alone says who and when.
pub fn read_sheet(
    grid: &crate::intake::grid::Grid,
    file: &str,
    carried: &[Line],
    context: &Context<'_>,
    forms: &Forms,
) -> SheetReading {
    let sheet = Sheet::new(grid);
    let regions = region::find(&sheet);
    let mut ledger = Ledger::default();
    let mut tables = Vec::new();
    for region in &regions {
        ledger.next_table();
        let around = Around {
            sheet: &grid.name,
            file,
            carried,
            home: context.home,
            period: context.period,
        };
        tables.push(read_table(&sheet, region, &around, context, forms, &mut ledger));
    }
    ledger.next_table();
    let (account, beside) = accounting::account(&sheet, &regions, &tables, &mut ledger);
    let figures = tables.iter().any(|t| !t.facts.is_empty());
    if grid.hidden && figures {
        ledger.add(CellAddress::new(0, 0), Kind::SheetHidden {}, 0);
    }
    SheetReading {
        name: grid.name.clone(),
        hidden: grid.hidden,
        filled: grid.cells.len() as u32,
        tables,
        troubles: ledger.troubles,
        account,
        beside,
    }
}

fn read_table(
    sheet: &Sheet<'_>,
    region: &Region,
    around: &Around<'_>,
    context: &Context<'_>,
    forms: &Forms,
    ledger: &mut Ledger,
) -> TableReading {
    let catalogue = context.catalogue;
    let columns = header::columns(sheet, region);
    // In a table of hundreds of columns no form is asked about each.
    let is_narrow = columns.len() <= 400;
    let is_of_figures = |heading: &str, numbers: bool| forms.is_of_figures(heading, numbers && is_narrow);
    let mut roles = stub::roles(sheet, region, &columns, &is_of_figures);
    let first = CellAddress::new(region.header.0, region.columns.0);
    let mut dated = context_of_table::when_of(region, around);
    let texts = region.title.iter().map(|l| l.text.as_str());
    let marked = texts
        .chain(columns.iter().map(|c| c.leaf()))
        .any(crate::text::has_marks);
    let choice = choose_form(sheet, region, &columns, &roles, around, forms);
    let (form, why) = match choice {
        Chosen::Form(form, why) => (form, why),
        Chosen::Tie(candidates) => {
            let period = dated.when.as_ref().and_then(|w| w.value.period(false));
            let day = latest_day(&columns, period.map(|p| p.last_day()), context.today);
            let known = RefCell::default();
            let places = Places {
                register: &catalogue.localities,
                home: context.home,
                day,
                marked,
                known: &known,
            };
            let about = context_of_table::about(region, around, dated.clone(), &places, None);
            let evidence = tie::Evidence {
                sheet,
                region,
                columns: &columns,
                roles: &roles,
                places: &places,
                about: &about,
                catalogue,
            };
            choice::settled(
                tie::settle(&candidates, forms, &evidence),
                &candidates,
                first,
                ledger,
            )
        }
    };
    let memo = RefCell::default();
    let of_form = RefCell::default();
    let headings: Vec<Label> = columns
        .iter()
        .map(|c| crate::intake::label::parse(c.leaf()))
        .collect();
    let title: Vec<String> = region.title.iter().map(|l| l.text.clone()).collect();
    let layout = forms.answers.layout(&title, &headings);
    if let Some(period) = layout.and_then(|l| l.period) {
        let value = When {
            year: Some(period.year),
            span: Some(period.span),
            as_of: None,
        };
        dated = Dated {
            when: Some(Evidence {
                value,
                from: Source::Answer,
                text: period.code(),
            }),
            several: None,
        };
    }
    let reader = Reader {
        forms,
        lists: &catalogue.lists,
        form,
        layout,
        memo: &memo,
        of_form: &of_form,
    };

    let school = form.is_some_and(Form::is_school);
    let period = dated.when.as_ref().and_then(|w| w.value.period(school));
    let period = period.map(|p| form.map_or(p, |f| f.period(p).unwrap_or(p)));
    let day = latest_day(&columns, period.map(|p| p.last_day()), context.today);
    let known = RefCell::default();
    let mut places = Places {
        register: &catalogue.localities,
        home: context.home,
        day,
        marked,
        known: &known,
    };
    let mut about = context_of_table::about(region, around, dated.clone(), &places, form);
    let within = rows::table_place(&about, &places).or(context.home);
    turned::turn(sheet, region, &columns, &mut roles, &places, within);
    let judge = |label: &Label| kinship(label, &reader, catalogue);
    let mut stub_rows = stub::rows(sheet, region, &columns, &roles, &judge);
    among::rows(&mut stub_rows, &forms.vocabulary, &catalogue.lists);
    let later = rows::table_place(&about, &places);
    let later = later.and_then(|heading| arrangement::headed_by_later(&places, &stub_rows, heading));
    let home_day = context.period.map_or(context.today, |p| p.last_day());
    // Rows of labels or of schools have no names of localities to tell the times apart by.
    // If the title says that figures were recast, its own place is one of the new units too.
    if about.recast || form.is_none_or(|f| matches!(f.rows, RowRole::Places | RowRole::Entities)) {
        places.day = day_of_names(&places, &stub_rows, later.or(within), about.recast, home_day);
    }
    if places.day != day {
        known.borrow_mut().clear();
        about = context_of_table::about(region, around, dated, &places, form);
    } else if let (Some(later), Some(place)) = (later, about.place.as_mut()) {
        place.value = later;
    }
    // A list of persons is counted by a form that says so, or refused: its rows are never read as labels.
    let persons = persons::is_list(&columns);
    let roster = form.is_some_and(|f| {
        f.rows == RowRole::Entities
            && if f.persons {
                persons
            } else {
                roster::is_roster(f, &columns)
            }
    });
    let refused = persons && !roster;
    let role = match form.map(|f| f.rows) {
        _ if refused => RowRole::Entities,
        Some(RowRole::Entities) if roster => RowRole::Entities,
        Some(RowRole::Entities) => RowRole::Places,
        Some(role) => suited(role, &stub_rows, &reader, &places, &about),
        None => rows::guess_role(&stub_rows, &reader, &places, &about),
    };
    let scope = Scope {
        reader,
        places: &places,
        about: &about,
        role,
        columns: &columns,
    };
    let row_reads = if role == RowRole::Entities {
        stub_rows.iter().map(|_| entity()).collect()
    } else {
        rows::read(&stub_rows, &scope)
    };
    let mut paths = turned::without_division(&columns);
    among::headings(&mut paths, &forms.vocabulary, &catalogue.lists);
    turned::quarters(&mut paths);
    let mut said: Vec<Said> = columns
        .iter()
        .zip(&roles)
        .zip(&paths)
        .map(|((column, role), path)| {
            said_of_column(column, path, *role, &columns, &roles, &reader, &places, &about)
        })
        .collect();
    said::of_which(&mut said, &paths, &catalogue.lists);
    if let Some(form) = form.filter(|_| roster) {
        let used = roster::used(form, &columns);
        for (i, said) in said.iter_mut().enumerate() {
            *said = if used.contains(&i) {
                Said::Counted
            } else {
                Said::Ignored
            };
        }
    }
    let before = ledger.troubles.len();
    let of_title = TitleReader {
        region,
        reader: &reader,
        places: &places,
        said: &said,
        rows: &row_reads,
        catalogue,
    }
    .read(ledger);
    let table = Understood {
        sheet,
        catalogue,
        reader,
        places,
        about: &about,
        role,
        columns: &columns,
        roles: &roles,
        said: &said,
        stub: &stub_rows,
        rows: &row_reads,
        of_title,
        today: context.today,
        first,
        period_from_outside: Cell::new(false),
    };
    let mut settled = match form.filter(|_| roster) {
        Some(form) if form.persons => persons::settle(&table, form, ledger),
        Some(form) => roster::settle(&table, form, ledger),
        None if refused => persons::refuse(&table, ledger),
        None => settle::settle(&table, ledger),
    };
    if form.is_none() && !persons && settled.facts.is_empty() {
        nothing_understood(&mut settled, first, before, ledger);
    }
    settle::told_period(&table, ledger);
    ledger.suggest(before, &reader, &places, rows::table_place(&about, &places));
    let last_row = region.body.last().copied().unwrap_or(region.header.1);
    TableReading {
        first,
        last: CellAddress::new(last_row, region.columns.1),
        heading_last: region.numbering.unwrap_or(region.header.1),
        personal: persons,
        title: region.title.clone(),
        form: form.map(|f| (f.id.clone(), f.name.clone())),
        why,
        role,
        period: about.when.as_ref().zip(period).map(|(evidence, value)| Evidence {
            value,
            from: evidence.from,
            text: evidence.text.clone(),
        }),
        place: about.place.clone(),
        sender: about.sender.clone(),
        columns: columns
            .iter()
            .zip(&roles)
            .zip(&said)
            .map(|((c, role), said)| ColumnReading {
                column: c.column,
                at: c.at,
                role: *role,
                path: c.path.clone(),
                said: said.clone(),
            })
            .collect(),
        rows: if persons {
            Vec::new()
        } else {
            row_readings(&stub_rows, &row_reads)
        },
        facts: settled.facts,
        unread: settled.unread,
        persons: settled.persons,
        cells: settled.cells,
    }
}
