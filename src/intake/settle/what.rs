//! What a cell is about: measure and breakdown, period, unit in force, sender; or why nobody can tell.
//!
//! In:  the meanings of a row and a column, the form's defaults, the title. Out: one answer, or a [`Kind`].
//! Holds: what is nearer to the cell outweighs what is farther; a contradiction is never settled by taste.

use std::collections::BTreeSet;

use super::{Ledger, Understood};
use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, Flow, MeasureId};
use crate::fact::Senders;
use crate::intake::form::{Form, PeriodKind, RowRole};
use crate::intake::header::Column;
use crate::intake::label::{self, Label};
use crate::intake::meaning::{Doubt, Meaning, Said};
use crate::intake::rows::RowRead;
use crate::intake::sender::is_hospital;
use crate::intake::stub::StubRow;
use crate::intake::unit;
use crate::intake::vocabulary::Neutral;
use crate::intake::when::{self, Several, When};
use crate::lang::{Lang, Words};
use crate::origin::CellAddress;
use crate::period::{Period, Span};
use crate::problem::Kind;

/// Measure and breakdown of a cell: the form's defaults, the title, the column, the row.
pub(super) fn meaning_of(
    table: &Understood<'_>,
    stub: &StubRow,
    column: &Column,
    row: &Meaning,
    of_column: &Meaning,
) -> Result<(MeasureId, Breakdown), Kind> {
    let title = &table.of_title;
    let default = (table.reader.form)
        .map(|f| &f.defaults)
        .filter(|_| !title.outweighs_form);
    let conflict = || Kind::MeaningConflict {
        row: stub.label.written.clone(),
        column: column.path.join(" › "),
    };
    let mut meaning = title.meaning.clone();
    if let Some(pair) = table.reader.form.and_then(|f| f.pair(&stub.label, column.leaf())) {
        meaning = pair.clone();
    } else {
        let both = !row.measures.is_empty() && !of_column.measures.is_empty();
        if both && !row.measures.iter().any(|m| of_column.measures.contains(m)) {
            return Err(conflict());
        }
        let unsaid = row.measures.is_empty() && of_column.measures.is_empty();
        if let Some(unclear) = title
            .unclear
            .as_ref()
            .filter(|_| !names_itself(table, stub, column, row, of_column))
        {
            return Err(unclear.clone());
        }
        if unsaid && let Some(default) = default {
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
        } else if !unsaid {
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
            Doubt::NoMeasure => unknown(table, stub, column, String::new()),
            Doubt::SeveralMeasures(ids) => {
                let names: Vec<&str> = ids
                    .iter()
                    .take(4)
                    .map(|id| measures.get(*id).name.vi.as_str())
                    .collect();
                let suggestion = format!(" (“{}”?)", names.join("” / “"));
                unknown(table, stub, column, suggestion)
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

/// No measure is known: the fault of the heading where the columns name the measures, else of the row.
fn unknown(table: &Understood<'_>, stub: &StubRow, column: &Column, suggestion: String) -> Kind {
    let measured = |said: &Said| matches!(said, Said::Meaning(m) if !m.measures.is_empty());
    let by_column = table.said.iter().any(measured) && !table.rows.iter().any(|row| measured(&row.said));
    if by_column && !column.path.is_empty() {
        let heading = column.path.join(" › ");
        return Kind::UnknownColumn { heading, suggestion };
    }
    let label = label_of(stub, column);
    Kind::UnknownRow { label, suggestion }
}

/// Whether the heading or the row's label names the measure, and not only a group of it: "Nữ" under a title
/// of businesses is who leads them only if the title is understood.
fn names_itself(
    table: &Understood<'_>,
    stub: &StubRow,
    column: &Column,
    row: &Meaning,
    of_column: &Meaning,
) -> bool {
    let vocabulary = &table.reader.forms.vocabulary;
    let is_group = |label: &Label| {
        let said = vocabulary.read(label, &Neutral::new());
        matches!(said, Said::Meaning(m) if m.measures.is_empty())
    };
    let mut above = stub
        .above
        .iter()
        .filter_map(|i| table.stub.get(*i))
        .map(|r| &r.label);
    let by_row = !row.measures.is_empty() && (!is_group(&stub.label) || above.any(|label| !is_group(label)));
    let mut path = column.path.iter().map(|heading| label::parse(heading));
    by_row || !of_column.measures.is_empty() && path.any(|heading| !is_group(&heading))
}

fn label_of(stub: &StubRow, column: &Column) -> String {
    if stub.label.bare.is_empty() {
        column.path.join(" › ")
    } else {
        stub.label.written.clone()
    }
}

pub(super) fn place_missing(table: &Understood<'_>) -> Kind {
    match &table.about.place_trouble {
        Some((line, crate::intake::place::Located::Several(ids))) => Kind::PlaceAmbiguous {
            text: line.text.clone(),
            candidates: table.places.listed(ids),
        },
        Some((line, crate::intake::place::Located::None)) => table.places.trouble(&line.text, None, None),
        _ => Kind::PlaceMissing {},
    }
}

pub(super) fn period_of(
    table: &Understood<'_>,
    measure: MeasureId,
    row: When,
    column: When,
) -> Result<Period, Kind> {
    let form = table.reader.form;
    let school = form.is_some_and(Form::is_school);
    let of_table = table.about.when.as_ref().map(|w| w.value).unwrap_or_default();
    let nearer = column.and(row);
    // "2023 - 2024" above columns of years is no school year on a form that has none.
    let years = form.is_some() && !school && of_table.span == Some(Span::SchoolYear);
    let own_year = nearer.year.is_some() && nearer.span.is_none() && (of_table.span.is_none() || years);
    let when = of_table.and(nearer);
    let when = if own_year {
        When { span: None, ..when }
    } else {
        when
    };
    // A title of two quarters says nothing of a figure, unless its column or row does.
    let open = table.about.several.is_some() && when.span.is_none() && nearer.is_empty();
    let flows = table.catalogue.measures.get(measure).flow == Flow::Flow;
    let until = when.as_of.filter(|_| flows && !school && when.span.is_none());
    let said = until.map(when::flow_until).or_else(|| when.period(school));
    let Some(period) = said.filter(|_| !open) else {
        return Err(match &table.about.several {
            Some((line, Several::Years(periods) | Several::Spans(periods))) => Kind::PeriodAmbiguous {
                text: crate::text::one_line(&line.text),
                periods: periods.clone(),
            },
            None => Kind::PeriodMissing {},
        });
    };
    // Nobody can have counted what has not begun.
    if period.first_day() > table.today {
        return Err(Kind::PeriodAhead {
            period: Words::new(period.words(Lang::Vi), period.words(Lang::En)),
            today: table.today.to_string(),
        });
    }
    if nearer.year.is_none() {
        table.period_from_outside.set(true);
    }
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
            found: Words::new(found.words(Lang::Vi), found.words(Lang::En)),
            expected: kinds_in_words(&form.periods),
        }),
    }
}

/// A note if the figures' period stands nowhere on the sheet.
pub fn told_period(table: &Understood<'_>, ledger: &mut Ledger) {
    use crate::intake::context_of_table::Source;
    let Some(when) = table
        .about
        .when
        .as_ref()
        .filter(|_| table.period_from_outside.get())
    else {
        return;
    };
    let text = &when.text;
    let source = match when.from {
        Source::FileName => Words::new(
            format!("tên tệp hoặc thư mục “{text}”"),
            format!("the name of the file or folder, “{text}”"),
        ),
        Source::Settings => Words::new(
            format!("kỳ đã chọn, {text} (bdg.toml hoặc --period)"),
            format!("the period asked for, {text} (bdg.toml or --period)"),
        ),
        Source::Answer => Words::new(
            format!("trả lời của cơ quan, {text} (indicators/answers)"),
            format!("the office's answer, {text} (indicators/answers)"),
        ),
        Source::Title(_) | Source::FirstSheet | Source::SheetName => return,
    };
    ledger.add(table.first, Kind::PeriodFromOutside { source }, 0);
}

fn kinds_in_words(kinds: &[PeriodKind]) -> Words {
    let vi: Vec<&str> = kinds.iter().map(|k| k.words().0).collect();
    let en: Vec<&str> = kinds.iter().map(|k| k.words().1).collect();
    Words::new(vi.join(", "), en.join(", "))
}

/// The state of the unit that was in force in the period, if there is one.
pub(super) fn of_its_time(
    table: &Understood<'_>,
    place: UnitId,
    period: Period,
    other_times: &mut BTreeSet<UnitId>,
) -> UnitId {
    let then = table.places.register.same_on(place, period.last_day());
    if then.is_none() && !table.about.recast {
        other_times.insert(place);
    }
    then.unwrap_or(place)
}

/// One warning for all units of a table that were not in force in its period.
pub(super) fn warn_of_other_times(table: &Understood<'_>, places: &BTreeSet<UnitId>, ledger: &mut Ledger) {
    const NAMED: usize = 3;
    if places.is_empty() {
        return;
    }
    let named: Vec<Words> = places
        .iter()
        .take(NAMED)
        .map(|id| table.places.described(*id))
        .collect();
    let said = |lang: Lang| {
        let names: Vec<&str> = named.iter().map(|name| name.get(lang)).collect();
        let more = places.len().saturating_sub(NAMED);
        let more = match more {
            0 => String::new(),
            _ => lang.pick(format!("; … và {more} nơi khác"), format!("; … and {more} more")),
        };
        format!("{}{more}", names.join("; "))
    };
    let name = Words::new(said(Lang::Vi), said(Lang::En));
    ledger.add(first_of(table), Kind::PlaceOtherTime { name }, 0);
}

pub(super) fn first_of(table: &Understood<'_>) -> CellAddress {
    use crate::intake::context_of_table::Source;
    match table.about.place.as_ref().map(|p| p.from) {
        Some(Source::Title(at)) => at,
        _ => table.first,
    }
}

pub(super) fn senders_of(table: &Understood<'_>, row: &RowRead) -> Senders {
    if row.sender.is_some() && table.role == RowRole::Senders {
        return Senders::Many;
    }
    // A list by places is an office's own sum for each of them.
    if table.role == RowRole::Places || row.place.is_some() && table.role != RowRole::Senders {
        return Senders::One;
    }
    let of_form = table.reader.form.map_or(Senders::One, |f| f.senders);
    match table.about.sender.as_ref().is_some_and(|s| is_hospital(&s.value)) {
        // It counts its own patients, whatever place its name says.
        true => Senders::Many,
        false => of_form,
    }
}

pub(super) fn sender_of(table: &Understood<'_>, row: &RowRead) -> Option<String> {
    row.sender
        .clone()
        .or_else(|| table.about.sender.as_ref().map(|s| s.value.clone()))
}

pub(super) fn unit_trouble(
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
        | Unit::Stations
        | Unit::Villages
        | Unit::Documents
        | Unit::Procedures => 1,
        Unit::Programmes | Unit::NewsItems => 2,
        Unit::Cases => 3,
        Unit::Households => 4,
        Unit::Hours => 5,
        Unit::YesNo => 6,
    };
    if family(found) != family(measure.unit) {
        let kind = Kind::UnitDiffers {
            found: text.map_or_else(|| found.words(Lang::Vi).to_owned(), |t| t.trim().to_owned()),
            expected: Words::new(measure.unit.words(Lang::Vi), measure.unit.words(Lang::En)),
        };
        ledger.add(at, kind, 0);
    }
}
