//! Cells → facts, or troubles.
//!
//! In:  columns and rows that were understood. Out: facts, and an [`Outcome`] for every cell with a figure.
//! Holds: nothing disappears: a cell becomes a fact, is compared as a total, is declared unneeded, or a
//!        trouble counts it. A dash is a reported zero; dots and "x" are no figure and no fault.
//! Leaves to others: whether figures agree with each other (`check`).

mod figure;
pub mod roster;
mod total;

use std::collections::BTreeMap;

use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, MeasureId};
use crate::definition::Catalogue;
use crate::fact::Senders;
use crate::intake::context_of_table::About;
use crate::intake::form::{Form, PeriodKind, RowRole};
use crate::intake::grid::Cell;
use crate::intake::header::Column;
use crate::intake::meaning::{Doubt, Meaning, Said};
use crate::intake::numeral::Notation;
use crate::intake::place::Places;
use crate::intake::reading::{Outcome, SheetFact, Trouble};
use crate::intake::rows::RowRead;
use crate::intake::sheet::{Sheet, is_figure};
use crate::intake::stub::{Role, StubRow};
use crate::intake::understand::Reader;
use crate::intake::unit;
use crate::intake::when::When;
use crate::lang::{Lang, Words};
use crate::origin::CellAddress;
use crate::period::{Period, Span};
use crate::problem::Kind;
pub use figure::{Figure, read_figure};

/// A table whose headings and labels are understood.
pub struct Understood<'a> {
    pub sheet: &'a Sheet<'a>,
    pub catalogue: &'a Catalogue,
    pub reader: Reader<'a>,
    pub places: Places<'a>,
    pub about: &'a About,
    pub role: RowRole,
    pub columns: &'a [Column],
    pub roles: &'a [Role],
    pub said: &'a [Said],
    pub stub: &'a [StubRow],
    pub rows: &'a [RowRead],
    /// What the title adds to every figure.
    pub of_title: Meaning,
    pub first: CellAddress,
}

/// What came of a table.
#[derive(Debug, Default)]
pub struct Settled {
    pub facts: Vec<SheetFact>,
    pub cells: Vec<(CellAddress, Outcome)>,
}

/// Troubles of one table: alike ones are one line with a count.
#[derive(Debug, Default)]
pub struct Ledger {
    pub troubles: Vec<Trouble>,
    known: BTreeMap<Kind, usize>,
}

/// Troubles of one sheet; further ones are counted on the last.
const MOST_TROUBLES: usize = 5_000;

impl Ledger {
    /// Notes a trouble and the figures it costs; gives its index.
    pub fn add(&mut self, at: CellAddress, kind: Kind, cost: u32) -> u32 {
        let index = match self.known.get(&kind) {
            Some(i) => *i,
            None if self.troubles.len() >= MOST_TROUBLES => self.troubles.len() - 1,
            None => {
                self.troubles.push(Trouble {
                    at: Some(at),
                    kind: kind.clone(),
                    left_out: 0,
                });
                self.known.insert(kind, self.troubles.len() - 1);
                self.troubles.len() - 1
            }
        };
        self.troubles[index].left_out = self.troubles[index].left_out.saturating_add(cost);
        index as u32
    }

    /// A trouble of one cell: never joined with others.
    pub fn add_cell(&mut self, at: CellAddress, kind: Kind, cost: u32) -> u32 {
        if self.troubles.len() < MOST_TROUBLES {
            self.troubles.push(Trouble {
                at: Some(at),
                kind,
                left_out: cost,
            });
        } else if let Some(last) = self.troubles.last_mut() {
            last.left_out = last.left_out.saturating_add(cost);
        }
        self.troubles.len() as u32 - 1
    }

    /// Troubles of the next table are not joined with those of this one.
    pub fn next_table(&mut self) {
        self.known.clear();
    }

    /// Adds near words to the troubles from `first` on: at the end, and to a few, because comparing takes time.
    pub fn suggest(
        &mut self,
        first: usize,
        reader: &Reader<'_>,
        places: &Places<'_>,
        within: Option<UnitId>,
    ) {
        const MOST_SUGGESTIONS: usize = 25;
        let doubtful = self.troubles.iter_mut().skip(first).filter(|t| t.left_out > 0);
        for trouble in doubtful.take(MOST_SUGGESTIONS) {
            match &mut trouble.kind {
                Kind::UnknownRow { label, suggestion } if suggestion.is_empty() => {
                    *suggestion = reader.suggestion(label);
                }
                Kind::UnknownColumn { heading, suggestion } => {
                    *suggestion = reader.suggestion(heading.rsplit(" › ").next().unwrap_or_default());
                }
                Kind::PlaceUnknown { text, suggestion } => {
                    let near = places.suggestion(text, within);
                    *suggestion = near.map_or_else(String::new, |n| format!(" (“{n}”?)"));
                }
                _ => {}
            }
        }
    }
}

/// Settles all cells of a table.
pub fn settle(table: &Understood<'_>, ledger: &mut Ledger) -> Settled {
    let mut settled = Settled::default();
    let notations: Vec<Notation> = table.columns.iter().map(|c| notation(table, c.column)).collect();
    let wide = notations.iter().fold(Notation::default(), |a, b| a.and(*b));
    let mut rates: Vec<(CellAddress, String)> = Vec::new();
    let mut totals: Vec<usize> = Vec::new();
    let sums = total::by_arithmetic(table, &notations);
    for (r, (stub, row)) in table.stub.iter().zip(table.rows).enumerate() {
        let is_total = row.total || sums.contains(&r);
        if repeats_heading(table, stub) {
            continue;
        }
        if is_total {
            totals.push(r);
        }
        for (c, column) in table.columns.iter().enumerate() {
            if table.roles[c] != Role::Values {
                continue;
            }
            let Some(cell) = table.sheet.grid.get(stub.row, column.column) else {
                continue;
            };
            if is_total {
                settled.cells.push((cell.at, Outcome::Checked));
                continue;
            }
            let outcome = settle_cell(
                table,
                stub,
                row,
                c,
                cell,
                notations[c].or(wide),
                ledger,
                &mut settled.facts,
                &mut rates,
            );
            if let Some(outcome) = outcome {
                settled.cells.push((cell.at, outcome));
            }
        }
    }
    total::compare(table, &totals, &notations, &mut settled, ledger);
    // Rates beside counts are recomputed; rates alone are of no use.
    if settled.facts.is_empty() {
        for (at, text) in rates {
            let index = ledger.add(at, Kind::PercentOnly { text }, 1);
            settled.cells.push((at, Outcome::LeftOut(index)));
        }
    } else {
        settled
            .cells
            .extend(rates.into_iter().map(|(at, _)| (at, Outcome::NotNeeded)));
    }
    if settled.facts.len() >= 6 && settled.facts.iter().all(|f| f.value == 0) {
        let cells = settled.facts.len() as u32;
        ledger.add(table.first, Kind::AllZero { cells }, 0);
    }
    settled.cells.sort_by_key(|(at, _)| *at);
    settled
}

fn notation(table: &Understood<'_>, column: u32) -> Notation {
    Notation::learn(
        table
            .stub
            .iter()
            .filter_map(|row| table.sheet.grid.get(row.row, column)),
    )
}

/// The heading printed again at a page break.
fn repeats_heading(table: &Understood<'_>, row: &StubRow) -> bool {
    let mut alike = 0;
    for (column, role) in table.columns.iter().zip(table.roles) {
        if *role != Role::Values {
            continue;
        }
        match table.sheet.text(row.row, column.column) {
            Some(text)
                if column
                    .path
                    .iter()
                    .any(|h| crate::text::key(h) == crate::text::key(&text)) =>
            {
                alike += 1
            }
            Some(_) => return false,
            None => {}
        }
    }
    alike > 0
}

#[expect(
    clippy::too_many_arguments,
    reason = "one cell stands at the crossing of all that is known"
)]
fn settle_cell(
    table: &Understood<'_>,
    stub: &StubRow,
    row: &RowRead,
    c: usize,
    cell: &Cell,
    notation: Notation,
    ledger: &mut Ledger,
    facts: &mut Vec<SheetFact>,
    rates: &mut Vec<(CellAddress, String)>,
) -> Option<Outcome> {
    let column = &table.columns[c];
    let at = cell.at;
    let counts = is_figure(cell);
    if row.detail || row.said == Said::Ignored || table.said[c] == Said::Ignored {
        return counts.then_some(Outcome::NotNeeded);
    }
    let printed = crate::intake::sheet::text_of(cell).unwrap_or_default();
    if table.said[c] == Said::Rate || row.said == Said::Rate {
        if counts {
            rates.push((at, printed));
        }
        return None;
    }
    // Signs for "not known" cost nothing wherever they stand.
    if figure::is_no_figure(cell) {
        return Some(Outcome::NotNeeded);
    }
    let column_said = match &table.said[c] {
        Said::Meaning(m) => m,
        _ => {
            if !counts {
                return None;
            }
            let heading = if column.path.is_empty() {
                "?".to_owned()
            } else {
                column.path.join(" › ")
            };
            let suggestion = String::new();
            let index = ledger.add(column.at, Kind::UnknownColumn { heading, suggestion }, 1);
            return Some(Outcome::LeftOut(index));
        }
    };
    if let Some((label_at, kind)) = &row.trouble {
        return counts.then(|| Outcome::LeftOut(ledger.add(*label_at, kind.clone(), 1)));
    }
    let row_said = match &row.said {
        Said::Meaning(m) => m,
        _ => {
            let kind = Kind::UnknownRow {
                label: stub.label.bare.clone(),
                suggestion: String::new(),
            };
            return counts.then(|| Outcome::LeftOut(ledger.add(stub.at.unwrap_or(at), kind, 1)));
        }
    };
    let what = match meaning_of(table, stub, column, row_said, column_said) {
        Ok(what) => what,
        Err(kind) => return counts.then(|| Outcome::LeftOut(ledger.add(at, kind, 1))),
    };
    let place = row
        .place
        .or(column_said.place)
        .or(table.about.place.as_ref().map(|p| p.value));
    let Some(place) = place else {
        let kind = place_missing(table);
        return counts.then(|| Outcome::LeftOut(ledger.add(table.first, kind, 1)));
    };
    let period = match period_of(table, row_said.when, column_said.when, what.0) {
        Ok(period) => period,
        Err(kind) => return counts.then(|| Outcome::LeftOut(ledger.add(table.first, kind, 1))),
    };
    let measure = table.catalogue.measures.get(what.0);
    let unit = stub.unit.as_deref().and_then(unit::known).or(table.about.unit);
    let trusted = table.reader.form.is_none_or(|f| f.trust_units);
    match read_figure(
        cell,
        notation,
        measure,
        unit.filter(|_| trusted),
        row.place.is_some(),
    ) {
        Figure::Value(value, remark) => {
            if let Some(kind) = remark {
                ledger.add_cell(at, kind, 0);
            }
            if trusted {
                unit_trouble(stub.unit.as_deref(), unit, measure, at, ledger);
            }
            let place = of_its_time(table, row, place, period, ledger);
            facts.push(SheetFact {
                measure: what.0,
                breakdown: what.1,
                place,
                period,
                value,
                senders: senders_of(table, row),
                sender: sender_of(table, row),
                cell: at,
            });
            Some(Outcome::Fact(facts.len() as u32 - 1))
        }
        Figure::None => Some(Outcome::NotNeeded),
        Figure::Blank => None,
        Figure::Trouble(kind) => Some(Outcome::LeftOut(ledger.add_cell(at, kind, 1))),
        Figure::Rate(text) => Some(Outcome::LeftOut(ledger.add(at, Kind::PercentOnly { text }, 1))),
    }
}

/// Measure and breakdown of a cell: the form's defaults, the title, the column, the row.
fn meaning_of(
    table: &Understood<'_>,
    stub: &StubRow,
    column: &Column,
    row: &Meaning,
    of_column: &Meaning,
) -> Result<(MeasureId, Breakdown), Kind> {
    let default = table.reader.form.map(|f| &f.defaults);
    let conflict = || Kind::MeaningConflict {
        row: stub.label.bare.clone(),
        column: column.path.join(" › "),
    };
    let mut meaning = table.of_title.clone();
    if let Some(pair) = table.reader.form.and_then(|f| f.pair(&stub.label, column.leaf())) {
        meaning = pair.clone();
    } else {
        let both = !row.measures.is_empty() && !of_column.measures.is_empty();
        if both && !row.measures.iter().any(|m| of_column.measures.contains(m)) {
            return Err(conflict());
        }
        if row.measures.is_empty()
            && of_column.measures.is_empty()
            && let Some(default) = default
        {
            meaning.and(default);
        } else if let Some(default) = default {
            // Defaults other than the measure hold only for the default measure.
            let said = if row.measures.is_empty() {
                &of_column.measures
            } else {
                &row.measures
            };
            if said == &default.measures {
                meaning.and(default);
            }
        } else if !row.measures.is_empty() || !of_column.measures.is_empty() {
            // What a heading says outweighs the measure that the title seemed to name.
            let narrowed: Vec<MeasureId> = meaning
                .measures
                .iter()
                .copied()
                .filter(|m| row.measures.contains(m) || of_column.measures.contains(m))
                .collect();
            meaning.measures = narrowed;
        }
        meaning.and(of_column);
        meaning.and(row);
    }
    let lists = &table.catalogue.lists;
    let measures = &table.catalogue.measures;
    let default = default
        .and_then(|d| d.measures.first().copied())
        .filter(|d| meaning.measures.is_empty() || meaning.measures.contains(d));
    meaning
        .settle(default, lists, measures)
        .map_err(|doubt| match doubt {
            Doubt::NoMeasure => Kind::UnknownRow {
                label: label_of(stub, column),
                suggestion: String::new(),
            },
            Doubt::SeveralMeasures(ids) => {
                let names: Vec<&str> = ids
                    .iter()
                    .take(4)
                    .map(|id| measures.get(*id).name.vi.as_str())
                    .collect();
                Kind::UnknownRow {
                    label: label_of(stub, column),
                    suggestion: format!(" (“{}”?)", names.join("” / “")),
                }
            }
            Doubt::Contradiction(..) => conflict(),
            Doubt::SeveralCategories(ids) => {
                let names: Vec<&str> = ids
                    .iter()
                    .take(6)
                    .map(|id| lists.category(*id).name.vi.as_str())
                    .collect();
                Kind::AmbiguousEthnicity {
                    label: label_of(stub, column),
                    candidates: names.join(", "),
                }
            }
            Doubt::NotAllowed(id, dimension) => {
                let list = lists.lists.iter().find(|l| l.dimension == dimension);
                let split = list
                    .filter(|l| l.dimension != crate::classification::Dimension::Item)
                    .map_or_else(|| Words::new("loại khác", "another kind"), |l| l.name.clone());
                Kind::SplitNotAllowed {
                    measure: measures.get(id).name.clone(),
                    dimension: split,
                }
            }
        })
}

fn label_of(stub: &StubRow, column: &Column) -> String {
    if stub.label.bare.is_empty() {
        column.path.join(" › ")
    } else {
        stub.label.bare.clone()
    }
}

fn place_missing(table: &Understood<'_>) -> Kind {
    match &table.about.place_trouble {
        Some((line, crate::intake::place::Located::Several(ids))) => {
            let names: Vec<String> = ids.iter().take(4).map(|id| table.places.name(*id)).collect();
            Kind::PlaceAmbiguous {
                text: line.text.clone(),
                candidates: names.join("; "),
            }
        }
        _ => Kind::PlaceMissing {},
    }
}

fn period_of(table: &Understood<'_>, row: When, column: When, _measure: MeasureId) -> Result<Period, Kind> {
    let form = table.reader.form;
    let school = form.is_some_and(Form::is_school);
    let of_table = table.about.when.as_ref().map(|w| w.value).unwrap_or_default();
    let nearer = column.and(row);
    let own_year = nearer.year.is_some() && nearer.span.is_none() && of_table.span.is_none();
    let when = of_table.and(nearer);
    let when = if own_year {
        When { span: None, ..when }
    } else {
        when
    };
    let Some(period) = when.period(school) else {
        return Err(Kind::PeriodMissing {});
    };
    // A quarter's column on a yearly form is as it should be.
    if nearer
        .span
        .is_some_and(|s| !matches!(s, Span::SchoolYear | Span::Year))
    {
        return Ok(period);
    }
    match form {
        None => Ok(period),
        Some(form) => form.period(period).map_err(|found| Kind::PeriodUnlike {
            found: found.words(Lang::Vi),
            expected: kinds_in_words(&form.periods),
        }),
    }
}

fn kinds_in_words(kinds: &[PeriodKind]) -> String {
    let words: Vec<&str> = kinds.iter().map(|k| k.words().0).collect();
    words.join(", ")
}

/// The state of the unit that was in force in the period, if there is one.
fn of_its_time(
    table: &Understood<'_>,
    row: &RowRead,
    place: UnitId,
    period: Period,
    ledger: &mut Ledger,
) -> UnitId {
    let register = table.places.register;
    let day = period.last_day();
    if let Some(then) = register.same_on(place, day) {
        return then;
    }
    if !table.about.recast {
        let unit = register.unit(place);
        let at = if row.place.is_some() {
            table.first
        } else {
            first_of(table)
        };
        ledger.add(
            at,
            Kind::PlaceOtherTime {
                name: unit.full_name(),
            },
            0,
        );
    }
    place
}

fn first_of(table: &Understood<'_>) -> CellAddress {
    use crate::intake::context_of_table::Source;
    match table.about.place.as_ref().map(|p| p.from) {
        Some(Source::Title(at)) => at,
        _ => table.first,
    }
}

fn senders_of(table: &Understood<'_>, row: &RowRead) -> Senders {
    if row.sender.is_some() && table.role == RowRole::Senders {
        return Senders::Many;
    }
    // A list by places is an office's own sum for each of them.
    if table.role == RowRole::Places || row.place.is_some() && table.role != RowRole::Senders {
        return Senders::One;
    }
    table.reader.form.map_or(Senders::One, |f| f.senders)
}

fn sender_of(table: &Understood<'_>, row: &RowRead) -> Option<String> {
    row.sender
        .clone()
        .or_else(|| table.about.sender.as_ref().map(|s| s.value.clone()))
}

fn unit_trouble(
    text: Option<&str>,
    unit: Option<unit::Named>,
    measure: &crate::classification::Measure,
    at: CellAddress,
    ledger: &mut Ledger,
) {
    use crate::quantity::Unit;
    let Some(found) = unit.and_then(|u| u.unit) else {
        return;
    };
    // A child born is a person; "cơ quan, đơn vị, tổ chức" are written for each other.
    let family = |u: Unit| match u {
        Unit::Persons | Unit::Births => 0,
        Unit::Agencies
        | Unit::Organisations
        | Unit::Enterprises
        | Unit::Facilities
        | Unit::Institutions
        | Unit::Stations => 1,
        Unit::Programmes | Unit::NewsItems => 2,
        Unit::Cases => 3,
        Unit::Households => 4,
        Unit::Hours => 5,
        Unit::YesNo => 6,
    };
    if family(found) != family(measure.unit) {
        let kind = Kind::UnitDiffers {
            found: text.map_or_else(|| found.words(Lang::Vi).to_owned(), |t| t.trim().to_owned()),
            expected: measure.unit.words(Lang::Vi).to_owned(),
        };
        ledger.add(at, kind, 0);
    }
}
