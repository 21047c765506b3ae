//! What crosses the pipe, as bytes: workbooks, and readings of which every part is a count, an id or a
//! name that is printed anyway.

use crate::carried_fields;
use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, CategoryId, MeasureId};
use crate::definition::Catalogue;
use crate::fact::Senders;
use crate::intake::file::{FileReading, SheetFigures};
use crate::intake::grid::{Cell, Grid, KINDS, Merge, Repair, Value, Workbook};
use crate::intake::reading::{PersonKey, SheetFact};
use crate::origin::{Account, Reason};
use crate::period::{Day, Period, Span};
use crate::problem::carried::Carried;
use crate::text::legacy::Encoding;

/// Beyond every list: what is put so is refused on the other side.
const UNKNOWN: u8 = u8::MAX;

fn put_index<T>(list: &[T], is: impl Fn(&T) -> bool, out: &mut Vec<u8>) {
    let at = list.iter().position(is).and_then(|at| u8::try_from(at).ok());
    at.unwrap_or(UNKNOWN).put(out);
}

fn take_index<T: Copy>(list: &[T], from: &mut &[u8]) -> Option<T> {
    list.get(usize::from(u8::fetch(from)?)).copied()
}

carried_fields! {
    Merge { first, last }
    Cell { at, value, percent }
    Grid { name, hidden, cells, merges, repairs, hidden_rows, hidden_columns }
    Breakdown { sex, age, ethnicity, item }
    Period { year, span }
    Day { year, month, day }
    Account { numbers, facts, checked, left_out, not_needed }
}

macro_rules! carried_ids {
    ($($type:ident),+) => { $( impl Carried for $type {
        fn put(&self, out: &mut Vec<u8>) {
            self.0.put(out);
        }

        fn fetch(from: &mut &[u8]) -> Option<Self> {
            Carried::fetch(from).map($type)
        }
    } )+ };
}

carried_ids!(UnitId, MeasureId, CategoryId);

impl Carried for PersonKey {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0);
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        let (key, rest) = from.split_first_chunk()?;
        *from = rest;
        Some(PersonKey(*key))
    }
}

impl Carried for Workbook {
    fn put(&self, out: &mut Vec<u8>) {
        put_index(&KINDS, |kind| *kind == self.kind, out);
        self.sheets.put(out);
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        Some(Workbook {
            kind: take_index(&KINDS, from)?,
            sheets: Carried::fetch(from)?,
        })
    }
}

impl Carried for Repair {
    fn put(&self, out: &mut Vec<u8>) {
        self.at.put(out);
        self.raw.put(out);
        put_index(&Encoding::ALL, |e| e.code() == self.encoding, out);
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        Some(Repair {
            at: Carried::fetch(from)?,
            raw: Carried::fetch(from)?,
            encoding: take_index(&Encoding::ALL, from)?.code(),
        })
    }
}

impl Carried for Value {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Value::Text(text) => {
                0u8.put(out);
                text.put(out);
            }
            Value::Number(number) => {
                1u8.put(out);
                number.put(out);
            }
            Value::Bool(value) => {
                2u8.put(out);
                value.put(out);
            }
            Value::Date(year, month, day) => {
                3u8.put(out);
                Day::new(*year, *month, *day).put(out);
            }
            Value::Error(code) => {
                4u8.put(out);
                code.put(out);
            }
            Value::FormulaWithoutValue => 5u8.put(out),
        }
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        Some(match u8::fetch(from)? {
            0 => Value::Text(Carried::fetch(from)?),
            1 => Value::Number(Carried::fetch(from)?),
            2 => Value::Bool(Carried::fetch(from)?),
            3 => {
                let Day { year, month, day } = Carried::fetch(from)?;
                Value::Date(year, month, day)
            }
            4 => Value::Error(Carried::fetch(from)?),
            5 => Value::FormulaWithoutValue,
            _ => return None,
        })
    }
}

impl Carried for Span {
    fn put(&self, out: &mut Vec<u8>) {
        let (kind, number): (u8, u8) = match self {
            Span::Year => (0, 0),
            Span::Half(n) => (1, *n),
            Span::Quarter(n) => (2, *n),
            Span::Month(n) => (3, *n),
            Span::FirstMonths(n) => (4, *n),
            Span::SchoolYear => (5, 0),
        };
        (kind, number).put(out);
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        let (kind, number) = <(u8, u8)>::fetch(from)?;
        Some(match kind {
            0 => Span::Year,
            1 => Span::Half(number),
            2 => Span::Quarter(number),
            3 => Span::Month(number),
            4 => Span::FirstMonths(number),
            5 => Span::SchoolYear,
            _ => return None,
        })
    }
}

impl Carried for Senders {
    fn put(&self, out: &mut Vec<u8>) {
        put_index(&Senders::ALL, |senders| senders == self, out);
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        take_index(&Senders::ALL, from)
    }
}

impl Carried for Reason {
    fn put(&self, out: &mut Vec<u8>) {
        put_index(&Reason::ALL, |reason| reason == self, out);
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        take_index(&Reason::ALL, from)
    }
}

/// The names of senders stand once for each sheet: a roster's facts all have the same.
impl Carried for SheetFigures {
    fn put(&self, out: &mut Vec<u8>) {
        let SheetFigures {
            name,
            form,
            facts,
            account,
            persons,
        } = self;
        name.put(out);
        form.put(out);
        account.put(out);
        persons.put(out);
        let mut senders: Vec<&Option<String>> = facts.iter().map(|f| &f.sender).collect();
        senders.sort_unstable();
        senders.dedup();
        (senders.len() as u64).put(out);
        senders.iter().for_each(|sender| sender.put(out));
        (facts.len() as u64).put(out);
        for fact in facts {
            (fact.measure, fact.breakdown).put(out);
            (fact.place, fact.period).put(out);
            (fact.value, fact.senders).put(out);
            (senders.partition_point(|s| **s < fact.sender) as u32, fact.cell).put(out);
        }
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        let mut sheet = SheetFigures {
            name: Carried::fetch(from)?,
            form: Carried::fetch(from)?,
            facts: Vec::new(),
            account: Carried::fetch(from)?,
            persons: Carried::fetch(from)?,
        };
        let senders: Vec<Option<String>> = Carried::fetch(from)?;
        for _ in 0..u64::fetch(from)? {
            let (measure, breakdown) = Carried::fetch(from)?;
            let (place, period) = Carried::fetch(from)?;
            let (value, of_senders) = Carried::fetch(from)?;
            let (sender, cell) = <(u32, _)>::fetch(from)?;
            sheet.facts.push(SheetFact {
                measure,
                breakdown,
                place,
                period,
                value,
                senders: of_senders,
                sender: senders.get(sender as usize)?.clone(),
                cell,
            });
        }
        Some(sheet)
    }
}

impl Carried for FileReading {
    fn put(&self, out: &mut Vec<u8>) {
        let FileReading {
            name,
            sha256,
            bytes,
            kind,
            opened,
            sheets,
            problems,
        } = self;
        name.put(out);
        sha256.put(out);
        bytes.put(out);
        // A file that was not opened is of no kind.
        (!kind.is_empty()).put(out);
        if !kind.is_empty() {
            put_index(&KINDS, |known| known == kind, out);
        }
        opened.put(out);
        sheets.put(out);
        problems.put(out);
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        Some(FileReading {
            name: Carried::fetch(from)?,
            sha256: Carried::fetch(from)?,
            bytes: Carried::fetch(from)?,
            kind: match bool::fetch(from)? {
                true => take_index(&KINDS, from)?,
                false => "",
            },
            opened: Carried::fetch(from)?,
            sheets: Carried::fetch(from)?,
            problems: Carried::fetch(from)?,
        })
    }
}

/// Whether all ids of a reading are ids of this catalogue: nothing later asks again.
pub(super) fn is_of(reading: &FileReading, catalogue: &Catalogue) -> bool {
    let categories = catalogue.lists.categories.len();
    let mut facts = reading.sheets.iter().flat_map(|sheet| &sheet.facts);
    facts.all(|fact| {
        let Breakdown {
            sex,
            age,
            ethnicity,
            item,
        } = fact.breakdown;
        [sex, age, ethnicity, item]
            .iter()
            .all(|id| usize::from(id.0) < categories)
            && usize::from(fact.measure.0) < catalogue.measures.all.len()
            && (fact.place.0 as usize) < catalogue.localities.units.len()
    })
}
