//! The reported figures behind a run, in the numbers of a catalogue.

use std::collections::BTreeMap;

use super::Unreadable;
use super::columns::{Texts, batches, integers, texts, yes_no};
use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, CategoryId, Dimension, MeasureId};
use crate::definition::Catalogue;
use crate::fact::{Fact, SenderId, Senders};
use crate::origin::{Account, CellAddress, CellOrigin, FileId, SheetId, SourceFile, SourceSheet, Sources};
use crate::period::{Day, Period};
use crate::revision::Known;

use super::record::Input;

/// Figures whose code the catalogue does not know: how many of each code.
pub type Unknown = BTreeMap<String, usize>;

/// Reads the figures of several runs, so that the same names have the same numbers. Files and sheets of each run
/// are its own.
pub struct Facts<'c> {
    catalogue: &'c Catalogue,
    pub sources: Sources,
    senders: BTreeMap<String, SenderId>,
    /// Of the run that is being read: by name of the file, and by file and sheet.
    files: BTreeMap<String, FileId>,
    sheets: BTreeMap<(FileId, String), SheetId>,
}

impl<'c> Facts<'c> {
    pub fn new(catalogue: &'c Catalogue) -> Facts<'c> {
        Facts {
            catalogue,
            sources: Sources::default(),
            senders: BTreeMap::new(),
            files: BTreeMap::new(),
            sheets: BTreeMap::new(),
        }
    }

    /// From here on figures are those of a run that read these files.
    pub fn begin(&mut self, inputs: &[Input]) {
        self.files.clear();
        self.sheets.clear();
        for input in inputs {
            self.files
                .insert(input.name.clone(), FileId(self.sources.files.len() as u32));
            self.sources.files.push(SourceFile {
                name: input.name.clone(),
                sha256: input.sha256.clone(),
                bytes: 0,
                kind: "",
                outcome: input.outcome,
            });
        }
    }

    /// One file of figures; those that the catalogue has no code for are counted and left out.
    pub fn read(
        &mut self,
        bytes: Vec<u8>,
        to: &mut Vec<Known>,
        unknown: &mut Unknown,
    ) -> Result<(), Unreadable> {
        for batch in batches(bytes)? {
            let batch = batch?;
            let text = |name| texts(&batch, name);
            let measures = text("measure")?;
            let categories = [text("sex")?, text("age")?, text("ethnicity")?, text("item")?];
            let (code, from, periods) = (text("locality_code")?, text("locality_from")?, text("period")?);
            let (senders, who) = (text("senders")?, text("sender")?);
            let (file, sheet) = (text("file")?, text("sheet")?);
            let (value, line) = (integers(&batch, "value")?, integers(&batch, "row")?);
            let (column, marked) = (integers(&batch, "column")?, yes_no(&batch, "contradicted")?);
            let mut about = About::new(self.catalogue);
            let sender_of: Vec<SenderId> = who.all().map(|name| self.sender(name)).collect();
            let mut sheet_of: BTreeMap<(usize, usize), SheetId> = BTreeMap::new();
            for row in 0..batch.num_rows() {
                let found = about.of(&measures, &categories, (&code, &from), &periods, row);
                let (measure, breakdown, place, period) = match found {
                    Ok(found) => found,
                    Err(code) => {
                        *unknown.entry(code).or_default() += 1;
                        continue;
                    }
                };
                let names = (
                    file.number(row).unwrap_or(0),
                    sheet.number(row).unwrap_or(usize::MAX),
                );
                let sheet = match sheet_of.get(&names) {
                    Some(known) => *known,
                    None => {
                        let id = self.sheet(file.at(row), sheet.at(row))?;
                        sheet_of.insert(names, id);
                        id
                    }
                };
                let at = |n: i64| u32::try_from(n - 1).unwrap_or(0);
                to.push(Known {
                    fact: Fact {
                        measure,
                        breakdown,
                        place,
                        period,
                        value: value.value(row),
                        sender: who
                            .number(row)
                            .and_then(|n| sender_of.get(n))
                            .copied()
                            .unwrap_or_else(|| self.sender("")),
                        senders: Senders::parse(senders.at(row)).ok_or_else(Unreadable::damaged)?,
                        origin: CellOrigin {
                            sheet,
                            cell: CellAddress::new(at(line.value(row)), at(column.value(row))),
                        },
                    },
                    contradicted: marked.value(row),
                });
            }
        }
        Ok(())
    }

    fn sender(&mut self, name: &str) -> SenderId {
        if let Some(known) = self.senders.get(name) {
            return *known;
        }
        let id = SenderId(self.senders.len() as u32);
        self.senders.insert(name.to_owned(), id);
        id
    }

    fn sheet(&mut self, file: &str, name: &str) -> Result<SheetId, Unreadable> {
        let file = *self.files.get(file).ok_or_else(Unreadable::damaged)?;
        if let Some(known) = self.sheets.get(&(file, name.to_owned())) {
            return Ok(*known);
        }
        let id = SheetId(self.sources.sheets.len() as u32);
        self.sources.sheets.push(SourceSheet {
            file,
            name: name.to_owned(),
            form: None,
            figures: 0,
            left_out: 0,
            account: Account::default(),
        });
        self.sheets.insert((file, name.to_owned()), id);
        Ok(id)
    }
}

/// Codes of one batch, looked up once each.
struct About<'c> {
    catalogue: &'c Catalogue,
    measures: BTreeMap<usize, Option<MeasureId>>,
    categories: BTreeMap<(MeasureId, Dimension, usize), Option<CategoryId>>,
    places: BTreeMap<(usize, usize), Option<UnitId>>,
    periods: BTreeMap<usize, Option<Period>>,
}

type Found = (MeasureId, Breakdown, UnitId, Period);

impl<'c> About<'c> {
    fn new(catalogue: &'c Catalogue) -> About<'c> {
        About {
            catalogue,
            measures: BTreeMap::new(),
            categories: BTreeMap::new(),
            places: BTreeMap::new(),
            periods: BTreeMap::new(),
        }
    }

    /// `Err`: the code that is not known.
    fn of(
        &mut self,
        measures: &Texts<'_>,
        categories: &[Texts<'_>; 4],
        (code, from): (&Texts<'_>, &Texts<'_>),
        periods: &Texts<'_>,
        row: usize,
    ) -> Result<Found, String> {
        let catalogue = self.catalogue;
        let none = usize::MAX;
        let number = |texts: &Texts<'_>| texts.number(row).unwrap_or(none);
        let known = self.measures.entry(number(measures));
        let measure = *known.or_insert_with(|| catalogue.measures.find(measures.at(row)));
        let measure = measure.ok_or_else(|| measures.at(row).to_owned())?;
        let mut breakdown = Breakdown::default();
        for (dimension, texts) in Dimension::ALL.into_iter().zip(categories) {
            let key = (measure, dimension, number(texts));
            let known = self.categories.entry(key);
            let category = *known.or_insert_with(|| category(catalogue, measure, dimension, texts.at(row)));
            let category = category.ok_or_else(|| texts.at(row).to_owned())?;
            breakdown = breakdown.with(dimension, category);
        }
        let known = self.places.entry((number(code), number(from)));
        let place = *known.or_insert_with(|| {
            let register = &catalogue.localities;
            let first = Day::parse(from.at(row));
            let mut states = register.states(code.at(row)).iter().copied();
            states.find(|id| register.unit(*id).from == first)
        });
        let place = place.ok_or_else(|| code.at(row).to_owned())?;
        let known = self.periods.entry(number(periods));
        let period = *known.or_insert_with(|| Period::parse(periods.at(row)));
        let period = period.ok_or_else(|| periods.at(row).to_owned())?;
        Ok((measure, breakdown, place, period))
    }
}

/// A category by its code: of the measure's own list, else of any list of the dimension.
fn category(
    catalogue: &Catalogue,
    measure: MeasureId,
    dimension: Dimension,
    code: &str,
) -> Option<CategoryId> {
    if code == "all" {
        return Some(CategoryId::ALL);
    }
    let lists = &catalogue.lists;
    let own = match dimension {
        Dimension::Item => catalogue.measures.get(measure).items,
        _ => None,
    };
    let own = own.and_then(|list| lists.find(&lists.list(list).id, code));
    own.or_else(|| {
        let mut others = lists.lists.iter().filter(|l| l.dimension == dimension);
        others.find_map(|list| lists.find(&list.id, code))
    })
}
