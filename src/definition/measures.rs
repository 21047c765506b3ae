//! Measures from `measures*.toml`.

use std::collections::BTreeMap;

use super::fault::{DefinitionFault, not_known};
use super::reader::{Source, Table};
use super::{DefinitionFile, is_code};
use crate::classification::{CodeLists, Dimension, Measure, Measures};
use crate::lang::Words;
use crate::text::key;

/// A measure of a later file replaces one of the same id, in its place.
pub fn build(files: &[&DefinitionFile], lists: &CodeLists, faults: &mut Vec<DefinitionFault>) -> Measures {
    let mut all: Vec<Measure> = Vec::new();
    for file in files {
        let found = Source::new(&file.path, &file.text).read(faults, |t| {
            let tables = t.tables("measure");
            t.finish();
            let mut found: Vec<Measure> = Vec::new();
            for t in &tables {
                let Some(measure) = read(t, lists) else { continue };
                if found.iter().any(|m| m.id == measure.id) {
                    t.fault_here(
                        "id",
                        Words::new(
                            format!("chỉ tiêu “{}” khai báo hai lần", measure.id),
                            format!("measure “{}” is declared twice", measure.id),
                        ),
                    );
                }
                found.push(measure);
            }
            found
        });
        for measure in found {
            match all.iter_mut().find(|m| m.id == measure.id) {
                Some(known) => *known = measure,
                None => all.push(measure),
            }
        }
    }
    check_words(&all, files, faults);
    // Ids are 16 bits wide; no office declares as many.
    all.truncate(usize::from(u16::MAX));
    Measures::new(all)
}

fn read(t: &Table, lists: &CodeLists) -> Option<Measure> {
    let id = t.text("id");
    let name = t.words("name");
    let unit = t.word("unit");
    let flow = t.word("flow");
    let spread = t.word("spread");
    let decimals = t.number_if("decimals");
    let dimensions = dimensions(t);
    let items = t.text_if("items");
    let synonyms = t.texts("synonyms").into_iter().map(|s| s.value).collect();
    let sensitive = t.flag("sensitive", false);
    t.finish();
    let items = items.and_then(|word| {
        let item_lists = lists.lists.iter().filter(|l| l.dimension == Dimension::Item);
        let ids: Vec<&str> = item_lists.map(|l| l.id.as_str()).collect();
        if !ids.contains(&word.value.as_str()) {
            let kind = Words::new("danh mục trong codelists/", "a list of items in codelists/");
            t.fault(&word, not_known(&word.value, &kind, ids));
            return None;
        }
        lists.list_named(&word.value)
    });
    let decimals = match &decimals {
        None => Some(0),
        Some(n) => u8::try_from(n.value).ok().filter(|n| *n <= 6).or_else(|| {
            t.fault(n, Words::new("phải từ 0 đến 6", "must be from 0 to 6"));
            None
        }),
    };
    let id = id?;
    if !is_code(&id.value) {
        t.fault(
            &id,
            Words::new(
                "mã chỉ gồm chữ thường không dấu, số và dấu -",
                "an id has lower-case ASCII letters, digits and -",
            ),
        );
    }
    Some(Measure {
        id: id.value,
        name: name?,
        unit: unit?.value,
        flow: flow?.value,
        spread: spread?.value,
        decimals: decimals?,
        dimensions,
        items,
        synonyms,
        sensitive,
    })
}

/// A word may name one measure only, or a sheet that uses it could not be read.
fn check_words(all: &[Measure], files: &[&DefinitionFile], faults: &mut Vec<DefinitionFault>) {
    let mut owner: BTreeMap<String, &str> = BTreeMap::new();
    for measure in all {
        for word in measure.synonyms.iter().chain([&measure.name.vi]) {
            if let Some(other) = owner.insert(key(word), &measure.id).filter(|o| *o != measure.id) {
                faults.push(DefinitionFault {
                    file: files.last().map_or_else(String::new, |f| f.path.clone()),
                    line: 0,
                    key: format!("{}.synonyms", measure.id),
                    message: Words::new(
                        format!("“{word}” cũng là tên của chỉ tiêu “{other}”"),
                        format!("“{word}” also names the measure “{other}”"),
                    ),
                });
            }
        }
    }
}

fn dimensions(t: &Table) -> Vec<Dimension> {
    let mut out = Vec::new();
    let allowed = [Dimension::Sex, Dimension::Age, Dimension::Ethnicity];
    for word in t.texts("dimensions") {
        match allowed.into_iter().find(|d| d.code() == word.value) {
            Some(d) if out.contains(&d) => {}
            Some(d) => out.push(d),
            None => {
                let kind = Words::new(
                    "chiều phân tổ (mục riêng thì ghi vào items)",
                    "a dimension (a split of its own goes into items)",
                );
                t.fault(&word, not_known(&word.value, &kind, allowed.map(Dimension::code)));
            }
        }
    }
    out.sort_unstable();
    out
}
