//! Of how many of its units an indicator must be to be judged: `[coverage]` in `settings.toml` and `bdg.toml`.
//!
//! Holds: a percentage from 0 to 100; `default` is for every indicator without a line of its own, and may also
//!        be written as `minimum_coverage_percent`, but not twice.

use super::fault::not_known;
use super::reader::{Spot, Table};
use super::{DefinitionFault, Settings};
use crate::lang::Words;

/// The key of all indicators without a line of their own.
const DEFAULT: &str = "default";

/// Least coverages as one file declares them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gates {
    pub default: Option<u8>,
    /// (line, path of the key, indicator, per cent), in the order of the file.
    own: Vec<(u32, String, String, u8)>,
}

impl Gates {
    /// Reads both spellings from the top table.
    pub fn read(t: &Table) -> Gates {
        let mut gates = Gates::default();
        let older = t.number_if("minimum_coverage_percent");
        gates.default = older.as_ref().and_then(|spot| percent(t, spot, spot.value));
        for spot in t.table_if("coverage").iter().flat_map(Table::free_numbers) {
            let (id, value) = (&spot.value.0, spot.value.1);
            let Some(percent) = percent(t, &spot, value) else {
                continue;
            };
            if id != DEFAULT {
                gates.own.push((spot.line, spot.key.clone(), id.clone(), percent));
            } else if older.is_some() {
                t.fault(
                    &spot,
                    Words::new(
                        "đã khai báo bằng minimum_coverage_percent; bỏ một trong hai",
                        "already declared as minimum_coverage_percent; drop one of the two",
                    ),
                );
            } else {
                gates.default = Some(percent);
            }
        }
        gates
    }

    /// Lays them over the settings.
    pub fn over(&self, settings: &mut Settings) {
        if let Some(percent) = self.default {
            settings.minimum_coverage_percent = percent;
        }
        let own = self.own.iter();
        settings
            .coverage_of
            .extend(own.map(|(_, _, id, percent)| (id.clone(), *percent)));
    }

    /// Lines of indicators that do not exist.
    pub fn faults(&self, file: &str, indicators: &[&str]) -> Vec<DefinitionFault> {
        let unknown = self
            .own
            .iter()
            .filter(|(_, _, id, _)| !indicators.contains(&id.as_str()));
        unknown
            .map(|(line, key, id, _)| {
                let kind = Words::new("mã chỉ tiêu", "the id of an indicator");
                let known = indicators.iter().copied().chain([DEFAULT]);
                DefinitionFault {
                    file: file.to_owned(),
                    line: *line,
                    key: key.clone(),
                    message: not_known(id, &kind, known),
                }
            })
            .collect()
    }
}

fn percent<T>(t: &Table, spot: &Spot<T>, value: i64) -> Option<u8> {
    let percent = u8::try_from(value).ok().filter(|n| *n <= 100);
    if percent.is_none() {
        t.fault(spot, Words::new("phải từ 0 đến 100", "must be from 0 to 100"));
    }
    percent
}
