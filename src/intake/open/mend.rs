//! Texts in old encodings → Unicode, cell by cell, once a file has been read whole.
//!
//! Holds: what was written is kept beside what it was meant to say, and each conversion is told, one
//!        note for a sheet and an encoding; a note shows a single word, for a cell may hold a name.

use std::collections::BTreeMap;

use super::Gathered;
use super::sheet::{Fonts, Suspect};
use crate::intake::grid::{Repair, Value};
use crate::origin::CellAddress;
use crate::problem::{Kind, Place, Problem};
use crate::text::legacy::{Encoding, Evidence, Font};

/// Mends the texts of all sheets. `suspects` has one list for each sheet.
pub(super) fn mend(out: &mut Gathered<'_>, suspects: Vec<Vec<Suspect>>, mut evidence: Evidence) {
    /// More texts than this say nothing new about a file.
    const ENOUGH: usize = 5000;
    if suspects.iter().all(Vec::is_empty) {
        return;
    }
    let sheets = out.workbook.sheets.iter().zip(&suspects);
    let texts = sheets.flat_map(|(grid, suspects)| {
        suspects.iter().filter_map(|suspect| {
            let cell = grid.get(suspect.at.row, suspect.at.column)?;
            Some((as_text(&cell.value)?, &suspect.fonts))
        })
    });
    for (text, fonts) in texts.take(ENOUGH) {
        for (part, font) in fonts.split(text) {
            evidence.add(part, font);
        }
    }
    let mut known = Known {
        evidence,
        answers: BTreeMap::new(),
    };
    let mut notes = Vec::new();
    for (grid, suspects) in out.workbook.sheets.iter_mut().zip(suspects) {
        let mut told: BTreeMap<&str, Told> = BTreeMap::new();
        for Suspect { at, fonts } in suspects {
            let Ok(index) = grid.cells.binary_search_by_key(&at, |c| c.at) else {
                continue;
            };
            let value = &mut grid.cells[index].value;
            let Some((encoding, meant)) = as_text(value).and_then(|text| known.mended(text, &fonts)) else {
                continue;
            };
            let Value::Text(raw) = std::mem::replace(value, Value::Text(meant.clone())) else {
                continue;
            };
            told.entry(encoding.code())
                .and_modify(|told| told.cells += 1)
                .or_insert_with(|| Told {
                    cells: 1,
                    first: at,
                    example: example(&raw, &meant),
                });
            grid.repairs.push(Repair {
                at,
                raw,
                encoding: encoding.code(),
            });
        }
        grid.repairs.sort();
        grid.repairs.dedup_by_key(|repair| repair.at);
        for (encoding, told) in told {
            let place = Place::file(out.name).sheet(grid.name.as_str()).cell(told.first);
            notes.push(Problem::new(
                place,
                Kind::TextMended {
                    encoding: encoding.to_owned(),
                    cells: told.cells,
                    example: told.example,
                },
            ));
        }
    }
    out.problems.extend(notes);
}

struct Told {
    cells: u32,
    first: CellAddress,
    example: String,
}

/// Answers for texts that stand in many cells.
struct Known {
    evidence: Evidence,
    answers: BTreeMap<(String, Font), Option<(Encoding, String)>>,
}

impl Known {
    /// The whole text mended; the encoding is that of its first mended part.
    fn mended(&mut self, text: &str, fonts: &Fonts) -> Option<(Encoding, String)> {
        let mut out = String::with_capacity(text.len());
        let mut found = None;
        for (part, font) in fonts.split(text) {
            match self.part(part, font) {
                Some((encoding, meant)) => {
                    found.get_or_insert(encoding);
                    out.push_str(&meant);
                }
                None => out.push_str(part),
            }
        }
        found.map(|encoding| (encoding, out))
    }

    fn part(&mut self, text: &str, font: Font) -> Option<(Encoding, String)> {
        /// Headings repeat, names do not: a long list of names is not kept twice.
        const MOST: usize = 20_000;
        if let Some(answer) = self.answers.get(&(text.to_owned(), font)) {
            return answer.clone();
        }
        let answer = self.evidence.mended(text, font);
        if self.answers.len() < MOST {
            self.answers.insert((text.to_owned(), font), answer.clone());
        }
        answer
    }
}

fn as_text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The first word that changed: `n÷ → nữ`.
fn example(raw: &str, meant: &str) -> String {
    let words = raw.split_whitespace().zip(meant.split_whitespace());
    let changed = words.into_iter().find(|(raw, meant)| raw != meant);
    changed.map_or_else(String::new, |(raw, meant)| format!("“{raw}” → “{meant}”"))
}
