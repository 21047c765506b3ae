//! The register of localities from the tables under `localities/`, and groups of units from `groups*.toml`.
//!
//! Holds: a group of an office takes the place of one with its id; without `units.csv` the register is empty,
//!        and codes in targets are not proved.

use super::DefinitionFile;
use super::fault::DefinitionFault;
use super::reader::{Source, Spot, Table};
use crate::classification::locality::Register;
use crate::classification::locality::groups::Group;
use crate::lang::Words;
use crate::period::Day;

/// A group, and where it is declared.
struct Read {
    group: Group,
    file: String,
    id: Spot<String>,
}

pub fn register(
    tables: &[&DefinitionFile],
    groups: &[&DefinitionFile],
    faults: &mut Vec<DefinitionFault>,
) -> Register {
    let text = |name: &str| {
        let path = format!("localities/{name}");
        tables.iter().rfind(|f| f.path == path).map(|f| f.text.as_str())
    };
    let Some(units) = text("units.csv") else {
        return Register::default();
    };
    let register = Register::parse(units, text("aliases.csv").unwrap_or("code,name,source\n"));
    let register = register.and_then(|r| {
        r.with_transfers(text("transfers.csv").unwrap_or_default())
            .with_population(text("population.csv").unwrap_or_default())
            .with_corrections(text("corrections.csv").unwrap_or_default())
    });
    let register = match register {
        Ok(register) => register,
        Err(why) => {
            faults.push(DefinitionFault {
                file: "localities".to_owned(),
                line: 0,
                key: String::new(),
                message: Words::new(
                    format!("danh mục địa phương không đọc được ({why})"),
                    format!("the register of localities cannot be read ({why})"),
                ),
            });
            return Register::default();
        }
    };
    let all = all_groups(groups, faults);
    let declared = all.iter().map(|read| read.group.clone()).collect();
    register
        .clone()
        .with_groups(declared)
        .unwrap_or_else(|(index, message)| {
            if let Some(read) = all.get(index) {
                faults.push(DefinitionFault {
                    file: read.file.clone(),
                    line: read.id.line,
                    key: read.id.key.clone(),
                    message,
                });
            }
            register
        })
}

fn all_groups(files: &[&DefinitionFile], faults: &mut Vec<DefinitionFault>) -> Vec<Read> {
    let mut all: Vec<Read> = Vec::new();
    for file in files {
        let found = Source::new(&file.path, &file.text).read(faults, |t| {
            let tables = t.tables("group");
            t.finish();
            tables.iter().filter_map(group).collect::<Vec<_>>()
        });
        for (group, id) in found {
            let file = file.path.clone();
            let read = Read { group, file, id };
            match all.iter_mut().find(|r| r.group.id == read.group.id) {
                Some(known) => *known = read,
                None => all.push(read),
            }
        }
    }
    all
}

fn group(t: &Table) -> Option<(Group, Spot<String>)> {
    let (id, names) = (t.text("id"), t.words("name"));
    let texts = |key| t.texts(key).into_iter().map(|s| s.value).collect::<Vec<_>>();
    let (types, members) = (texts("types"), texts("members"));
    let as_of = t.text_if("as_of");
    t.finish();
    let day = as_of.as_ref().map(|spot| (spot, Day::parse(&spot.value)));
    if let Some((spot, None)) = &day {
        t.fault(
            spot,
            Words::new(
                "phải là một ngày như 2025-06-30",
                "must be a day such as 2025-06-30",
            ),
        );
    }
    let id = id?;
    let group = Group {
        id: id.value.clone(),
        names: names?,
        types,
        members,
        as_of: day.and_then(|(_, day)| day),
    };
    Some((group, id))
}
