//! Targets from `targets*.csv`.
//!
//! Columns: `indicator,locality,year,when,comparator,value,act,issued,verified,note,programme`, in any order. A row
//! without a programme is of the leading one.
//! Holds: values are tenths of the indicator's unit; the value may have a decimal point or comma;
//!        a row is named by the line it stands on.

use std::collections::{BTreeMap, BTreeSet};

use super::DefinitionFile;
use super::csv::{Record, records};
use super::fault::{DefinitionFault, not_known};
use super::programmes::{Programme, ProgrammeId};
use super::scaled;
use super::target::{Comparator, Target, When};
use crate::classification::locality::Register;
use crate::lang::Words;
use crate::period::Day;

const COLUMNS: [&str; 11] = [
    "indicator",
    "locality",
    "year",
    "when",
    "comparator",
    "value",
    "act",
    "issued",
    "verified",
    "note",
    "programme",
];

/// Columns that may be left out.
const OPTIONAL: [&str; 4] = ["issued", "verified", "note", "programme"];

/// What a row may name.
pub struct Names<'a> {
    pub indicators: &'a [&'a str],
    pub programmes: &'a [Programme],
    pub localities: &'a Register,
}

pub fn read(file: &DefinitionFile, names: &Names<'_>, faults: &mut Vec<DefinitionFault>) -> Vec<Target> {
    let mut all = records(&file.text).into_iter();
    let Some(head) = all.next() else {
        return Vec::new();
    };
    let before = faults.len();
    let columns = columns(file, &head, faults);
    if faults.len() > before {
        return Vec::new();
    }
    let codes: BTreeSet<&str> = names
        .localities
        .administrative()
        .iter()
        .map(|u| u.code.as_str())
        .collect();
    let mut seen = BTreeMap::new();
    let mut out: Vec<Target> = Vec::new();
    for record in all {
        let row = Row {
            file,
            record: &record,
            columns: &columns,
        };
        let Some(target) = row.target(names, &codes, faults) else {
            continue;
        };
        let place = (
            target.programme,
            target.indicator.clone(),
            target.locality.clone(),
        );
        let moment = (
            target.when.year(),
            matches!(target.when, When::By(_)),
            target.issued,
        );
        if let Some(twin) = seen.insert((place, moment), target.row) {
            row.fault(
                "indicator",
                Words::new(
                    format!(
                        "trùng với dòng {twin}: cùng chương trình, chỉ số, địa phương, năm và ngày ban hành"
                    ),
                    format!("same programme, indicator, locality, year and day as line {twin}"),
                ),
                faults,
            );
        }
        out.push(target);
    }
    out
}

/// For each of [`COLUMNS`], its place in the file.
fn columns(file: &DefinitionFile, head: &Record, faults: &mut Vec<DefinitionFault>) -> Vec<Option<usize>> {
    let mut fault = |key: &str, message| {
        faults.push(DefinitionFault {
            file: file.path.clone(),
            line: head.line,
            key: key.to_owned(),
            message,
        });
    };
    for name in head.fields.iter().filter(|f| !f.is_empty()) {
        if !COLUMNS.contains(&name.as_str()) {
            let kind = Words::new("cột được dùng", "a column that is used");
            fault(name, not_known(name, &kind, COLUMNS));
        }
    }
    let find = |name: &str| head.fields.iter().position(|f| f == name);
    for name in COLUMNS {
        if find(name).is_none() && !OPTIONAL.contains(&name) {
            fault(name, Words::new("thiếu cột này", "this column is missing"));
        }
    }
    COLUMNS.into_iter().map(find).collect()
}

struct Row<'a> {
    file: &'a DefinitionFile,
    record: &'a Record,
    columns: &'a [Option<usize>],
}

impl Row<'_> {
    fn target(
        &self,
        names: &Names<'_>,
        codes: &BTreeSet<&str>,
        faults: &mut Vec<DefinitionFault>,
    ) -> Option<Target> {
        let before = faults.len();
        let indicator = self.get("indicator");
        if !names.indicators.contains(&indicator) {
            let kind = Words::new("mã chỉ số trong danh mục", "the id of an indicator");
            let message = not_known(indicator, &kind, names.indicators.iter().copied());
            self.fault("indicator", message, faults);
        }
        let programme = self.programme(names.programmes, indicator, faults);
        let locality = self.get("locality");
        let known = codes.is_empty() || codes.contains(locality) || locality == "VN";
        if locality.is_empty() || !known {
            self.fault(
                "locality",
                Words::new(
                    format!(
                        "“{locality}” không phải là mã đơn vị hành chính (VN là cả nước; giữ số 0 ở đầu)"
                    ),
                    format!("“{locality}” is not the code of a unit (VN is the nation; keep zeros in front)"),
                ),
                faults,
            );
        }
        let year = self
            .get("year")
            .parse()
            .ok()
            .filter(|y: &i16| (2000..=2100).contains(y));
        if year.is_none() {
            let text = self.get("year");
            self.fault(
                "year",
                Words::new(
                    format!("“{text}” không phải là năm"),
                    format!("“{text}” is not a year"),
                ),
                faults,
            );
        }
        let when = match self.get("when") {
            "by" => year.map(When::By),
            "every-year-from" => year.map(When::EveryYearFrom),
            other => {
                let kind = Words::new("cách áp dụng", "a way to apply");
                let message = not_known(other, &kind, ["by", "every-year-from"]);
                self.fault("when", message, faults);
                None
            }
        };
        let comparator = Comparator::parse(self.get("comparator"));
        if comparator.is_none() {
            let kind = Words::new("dấu so sánh", "a comparator");
            let message = not_known(
                self.get("comparator"),
                &kind,
                Comparator::ALL.map(Comparator::sign),
            );
            self.fault("comparator", message, faults);
        }
        let value = scaled(&self.get("value").replace(',', "."), 1);
        if value.is_none() {
            let text = self.get("value");
            self.fault(
                "value",
                Words::new(
                    format!("“{text}” không phải là số có không quá một chữ số thập phân"),
                    format!("“{text}” is not a number with at most one decimal"),
                ),
                faults,
            );
        }
        if self.get("act").is_empty() {
            let message = Words::new("thiếu căn cứ pháp lý", "the legal act is missing");
            self.fault("act", message, faults);
        }
        let issued = Some(self.get("issued")).filter(|d| !d.is_empty());
        let day = issued.and_then(Day::parse);
        if issued.is_some() && day.is_none() {
            let message = Words::new("ngày viết dạng 2021-03-03", "a day is written 2021-03-03");
            self.fault("issued", message, faults);
        }
        let verified = self.get("verified");
        if !["", "true", "false"].contains(&verified) {
            let kind = Words::new("true hoặc false", "true or false");
            self.fault("verified", not_known(verified, &kind, ["true", "false"]), faults);
        }
        if faults.len() > before {
            return None;
        }
        Some(Target {
            programme: programme?,
            indicator: indicator.to_owned(),
            locality: locality.to_owned(),
            when: when?,
            comparator: comparator?,
            value_tenths: value?,
            act: self.get("act").to_owned(),
            issued: day,
            verified: verified == "true",
            note: self.get("note").to_owned(),
            row: self.record.line,
            file: self.file.path.clone(),
        })
    }

    fn programme(
        &self,
        all: &[Programme],
        indicator: &str,
        faults: &mut Vec<DefinitionFault>,
    ) -> Option<ProgrammeId> {
        let id = self.get("programme");
        if id.is_empty() {
            return Some(ProgrammeId::LEADING);
        }
        let Some(at) = all.iter().position(|p| p.id == id) else {
            let kind = Words::new("mã chương trình", "the id of a programme");
            let message = not_known(id, &kind, all.iter().map(|p| p.id.as_str()));
            self.fault("programme", message, faults);
            return None;
        };
        if at > 0 && !all.get(at).is_some_and(|p| p.judges(indicator)) {
            let message = Words::new(
                format!("chương trình “{id}” không có chỉ tiêu nào gồm chỉ số “{indicator}”"),
                format!("no target of the programme “{id}” is made of the indicator “{indicator}”"),
            );
            self.fault("indicator", message, faults);
        }
        u16::try_from(at).ok().map(ProgrammeId)
    }

    fn get(&self, column: &str) -> &str {
        let at = COLUMNS.iter().position(|c| *c == column);
        at.and_then(|i| *self.columns.get(i)?)
            .and_then(|i| self.record.fields.get(i))
            .map_or("", String::as_str)
    }

    fn fault(&self, key: &str, message: Words, faults: &mut Vec<DefinitionFault>) {
        faults.push(DefinitionFault {
            file: self.file.path.clone(),
            line: self.record.line,
            key: key.to_owned(),
            message,
        });
    }
}
