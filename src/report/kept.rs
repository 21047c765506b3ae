//! The reported figures behind a run, kept beside its record so that two runs can be compared later without
//! the workbooks that were sent.
//!
//! Holds: codes and whole numbers only, the same in both languages; a place is named by its code and by the
//! first day of its state, for one code has had several; every row has its file, sheet and cell. A figure below
//! 0 was refused. Made piece by piece: a nation's figures are never held twice.

use std::collections::BTreeMap;

use crate::classification::{CategoryId, Dimension};
use crate::definition::Catalogue;
use crate::disclosure::{Content, Release};
use crate::fact::Fact;
use crate::lang::Lang;
use crate::period::Period;
use crate::report::frame::{Frame, FrameColumn, Values};
use crate::report::view::View;

/// Rows of one piece.
const PIECE: usize = 1 << 18;
/// Rows of one file: it stays well below the largest that is read again.
const FILE: usize = 8_000_000;

/// The columns, in order.
pub const KEPT_COLUMNS: [&str; 16] = [
    "measure",
    "sex",
    "age",
    "ethnicity",
    "item",
    "locality_code",
    "locality_from",
    "period",
    "senders",
    "sender",
    "file",
    "sheet",
    "value",
    "row",
    "column",
    "contradicted",
];

/// How many files the figures take; at least one.
pub fn kept_files(release: &Release) -> usize {
    total(release.content()).div_ceil(FILE).max(1)
}

/// The pieces of the `nth` file, counted from 0.
pub fn kept_facts<'r>(
    release: &'r Release,
    catalogue: &'r Catalogue,
    nth: usize,
) -> impl Iterator<Item = Frame> + use<'r> {
    let view = View::new(release, catalogue, Lang::En);
    let (from, to) = (nth * FILE, ((nth + 1) * FILE).min(total(release.content())));
    let pieces = to.saturating_sub(from).div_ceil(PIECE).max(1);
    (0..pieces).map(move |piece| {
        let first = from + piece * PIECE;
        frame(&view, first, to.min(first + PIECE))
    })
}

fn total(content: &Content) -> usize {
    content.facts.len() + content.refused.len()
}

/// A column of texts that are found by their number, each kept once.
#[derive(Default)]
struct Coded {
    texts: Vec<String>,
    known: Vec<Option<u32>>,
    index: Vec<Option<u32>>,
}

impl Coded {
    fn push<'t>(&mut self, number: usize, text: impl FnOnce() -> std::borrow::Cow<'t, str>) {
        if self.known.len() <= number {
            self.known.resize(number + 1, None);
        }
        let slot = &mut self.known[number];
        let at = *slot.get_or_insert_with(|| {
            self.texts.push(text().into_owned());
            u32::try_from(self.texts.len() - 1).unwrap_or(u32::MAX)
        });
        self.index.push(Some(at));
    }

    fn values(self) -> Values {
        Values::Text {
            texts: self.texts,
            index: self.index,
        }
    }
}

/// The figures from `first` up to `end`, those that were refused behind the others.
fn frame(view: &View<'_>, first: usize, end: usize) -> Frame {
    let content = view.content;
    let sound = content.facts.iter().zip(content.contradicted.iter().copied());
    let all = sound.chain(content.refused.iter().map(|fact| (fact, true)));
    let mut texts: [Coded; 12] = Default::default();
    let mut numbers: [Vec<Option<i64>>; 3] = Default::default();
    let mut contradicted = Vec::new();
    let mut periods: BTreeMap<Period, usize> = BTreeMap::new();
    for (fact, marked) in all.skip(first).take(end.saturating_sub(first)) {
        let next = periods.len();
        let period = *periods.entry(fact.period).or_insert(next);
        row(view, fact, period, &mut texts);
        numbers[0].push(Some(fact.value));
        numbers[1].push(Some(i64::from(fact.origin.cell.row) + 1));
        numbers[2].push(Some(i64::from(fact.origin.cell.column) + 1));
        contradicted.push(marked);
    }
    let texts = texts.into_iter().map(Coded::values);
    let values = texts
        .chain(numbers.into_iter().map(Values::Integer))
        .chain([Values::YesNo(contradicted)]);
    let columns = KEPT_COLUMNS
        .into_iter()
        .zip(values)
        .map(|(id, values)| FrameColumn {
            id,
            heading: id.to_owned(),
            width: 0,
            values,
        });
    Frame::of_columns("Kept", columns.collect())
}

fn row(view: &View<'_>, fact: &Fact, period: usize, to: &mut [Coded; 12]) {
    let sources = &view.content.sources;
    let sheet = sources.sheet(fact.origin.sheet);
    let sender = fact.sender.0 as usize;
    let [
        measure,
        sex,
        age,
        ethnicity,
        item,
        code,
        from,
        time,
        senders,
        who,
        file,
        name,
    ] = to;
    measure.push(usize::from(fact.measure.0), || {
        view.catalogue.measures.get(fact.measure).id.as_str().into()
    });
    for (column, dimension) in [sex, age, ethnicity, item].into_iter().zip(Dimension::ALL) {
        let CategoryId(number) = fact.breakdown.get(dimension);
        column.push(usize::from(number), || {
            view.category_code(CategoryId(number)).into()
        });
    }
    let place = fact.place.0 as usize;
    code.push(place, || view.code(fact.place).into());
    from.push(place, || {
        let day = view.unit(fact.place).and_then(|u| u.from);
        day.map(|d| d.to_string()).unwrap_or_default().into()
    });
    time.push(period, || fact.period.code().into());
    senders.push(fact.senders as usize, || fact.senders.word().into());
    who.push(sender, || {
        let name = view.content.senders.get(sender);
        name.map_or("", String::as_str).into()
    });
    file.push(sheet.file.0 as usize, || {
        sources.file(sheet.file).name.as_str().into()
    });
    name.push(fact.origin.sheet.0 as usize, || sheet.name.as_str().into());
}
