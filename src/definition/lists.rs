//! Code lists from `codelists/*.toml`.
//!
//! Holds: category 0 is "all"; lists come in the order sex, age, ethnicity, then items by path;
//!        parents form no circle; a word names two categories of a list only if the list says
//!        that it is ambiguous.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{DefinitionFault, not_known};
use super::reader::{Source, Spot, Table};
use super::{DefinitionFile, is_code};
use crate::classification::{Category, CategoryId, CodeList, CodeLists, Dimension, ListId};
use crate::lang::Words;
use crate::text::key;

struct RawList {
    id: String,
    dimension: Dimension,
    name: Words,
    partition: bool,
    ambiguous: BTreeSet<String>,
    categories: Vec<RawCategory>,
}

struct RawCategory {
    file: String,
    line: u32,
    code: String,
    name: Words,
    synonyms: Vec<String>,
    among: Vec<String>,
    parent: Option<Spot<String>>,
    years: Option<(u8, Option<u8>)>,
    numbers: Vec<(String, String)>,
}

/// `total` names category 0 and the words that mean "not split".
pub fn build(
    files: &[&DefinitionFile],
    total: (Words, Vec<String>),
    faults: &mut Vec<DefinitionFault>,
) -> CodeLists {
    let mut raw: Vec<RawList> = Vec::new();
    for file in files {
        Source::new(&file.path, &file.text).read(faults, |t| read_list(t, &mut raw));
    }
    raw.sort_by_key(|l| l.dimension);
    demand(&raw, faults);
    let mut lists = CodeLists {
        lists: Vec::new(),
        categories: vec![Category {
            code: "all".to_owned(),
            list: ListId(0),
            name: total.0,
            synonyms: total.1,
            among: Vec::new(),
            parent: None,
            years: None,
            numbers: Vec::new(),
        }],
    };
    for list in raw {
        check_words(&list, faults);
        add(&mut lists, list, faults);
    }
    lists
}

fn read_list(t: &Table, raw: &mut Vec<RawList>) {
    let id = t.text("id");
    let extends = t.flag("extends", false);
    let name = t.words_if("name");
    let partition = t.flag("partition", false);
    let ambiguous = t.texts("ambiguous").iter().map(|s| key(&s.value)).collect();
    let dimension = t.text_if("dimension").and_then(|d| dimension(t, &d));
    let categories: Vec<RawCategory> = t.tables("category").iter().filter_map(read_category).collect();
    t.finish();
    let Some(id) = id else { return };
    let known = raw.iter_mut().find(|l| l.id == id.value);
    match (known, extends) {
        (Some(list), true) => extend(list, categories, ambiguous),
        (None, true) => t.fault(
            &id,
            Words::new(
                format!("không có danh mục “{}” để bổ sung", id.value),
                format!("there is no list “{}” to add to", id.value),
            ),
        ),
        (Some(_), false) => t.fault(
            &id,
            Words::new(
                "danh mục này đã có; ghi extends = true nếu muốn bổ sung",
                "this list exists already; write extends = true to add to it",
            ),
        ),
        (None, false) => {
            for (key, missing) in [("name", name.is_none()), ("dimension", dimension.is_none())] {
                if missing && !t.has(key) {
                    t.fault_here(key, Words::new("thiếu khóa này", "this key is missing"));
                }
            }
            let (Some(name), Some(dimension)) = (name, dimension) else {
                return;
            };
            if !is_code(&id.value) || (dimension != Dimension::Item && dimension.code() != id.value) {
                t.fault(
                    &id,
                    Words::new(
                        "mã danh mục phải bằng tên chiều (sex, age, ethnicity); với item: chữ thường không dấu",
                        "the id must be the dimension's (sex, age, ethnicity); for items: lower-case ASCII",
                    ),
                );
            }
            let mut list = RawList {
                id: id.value,
                dimension,
                name,
                partition,
                ambiguous,
                categories: Vec::new(),
            };
            for category in categories {
                if list.categories.iter().any(|c| c.code == category.code) {
                    t.source.fault(
                        category.line,
                        "category.code",
                        Words::new(
                            format!("mã “{}” khai báo hai lần", category.code),
                            format!("code “{}” is declared twice", category.code),
                        ),
                    );
                } else {
                    list.categories.push(category);
                }
            }
            raw.push(list);
        }
    }
}

/// Adds synonyms to categories that exist, and new categories at the end.
fn extend(list: &mut RawList, categories: Vec<RawCategory>, ambiguous: BTreeSet<String>) {
    list.ambiguous.extend(ambiguous);
    for category in categories {
        match list.categories.iter_mut().find(|c| c.code == category.code) {
            Some(known) => {
                known.synonyms.extend(category.synonyms);
                known.among.extend(category.among);
                known.numbers.extend(category.numbers);
            }
            None => list.categories.push(category),
        }
    }
}

fn read_category(t: &Table) -> Option<RawCategory> {
    let code = t.text("code");
    let name = t.words("name");
    let texts = |key| t.texts(key).into_iter().map(|s| s.value).collect();
    let (synonyms, among) = (texts("synonyms"), texts("among"));
    let parent = t.text_if("parent");
    let years = years(t);
    let numbers = t.table_if("numbers").map_or_else(Vec::new, |n| n.free_texts());
    t.finish();
    let code = code?;
    if !is_code(&code.value) || code.value == "all" {
        t.fault(
            &code,
            Words::new(
                "mã chỉ gồm chữ thường không dấu, số, dấu - và +; “all” được dành riêng",
                "a code has lower-case ASCII letters, digits, - and +; “all” is taken",
            ),
        );
    }
    Some(RawCategory {
        file: t.source.path.to_owned(),
        line: code.line,
        code: code.value,
        name: name?,
        synonyms,
        among,
        parent,
        years,
        numbers: numbers.into_iter().map(|n| n.value).collect(),
    })
}

fn years(t: &Table) -> Option<(u8, Option<u8>)> {
    let numbers = t.numbers("years");
    let age = |i: usize| numbers.get(i).and_then(|n| u8::try_from(n.value).ok());
    match (numbers.len(), age(0), age(1)) {
        (0, ..) => None,
        (1, Some(from), _) => Some((from, None)),
        (2, Some(from), Some(to)) if from <= to => Some((from, Some(to))),
        _ => {
            t.fault_here(
                "years",
                Words::new(
                    "phải là [tuổi đầu, tuổi cuối] hoặc [tuổi đầu]",
                    "must be [first age, last age] or [first age]",
                ),
            );
            None
        }
    }
}

fn dimension(t: &Table, word: &Spot<String>) -> Option<Dimension> {
    let found = Dimension::ALL.into_iter().find(|d| d.code() == word.value);
    if found.is_none() {
        let kind = Words::new("chiều phân tổ", "a dimension");
        t.fault(
            word,
            not_known(&word.value, &kind, Dimension::ALL.map(Dimension::code)),
        );
    }
    found
}

/// What the rooms below rely on: both sexes, Kinh and minority.
fn demand(raw: &[RawList], faults: &mut Vec<DefinitionFault>) {
    for (id, codes) in [
        ("sex", ["male", "female"].as_slice()),
        ("age", &[]),
        ("ethnicity", &["kinh", "minority"]),
    ] {
        let list = raw.iter().find(|l| l.id == id);
        let missing = |code: &&str| list.is_none_or(|l| l.categories.iter().all(|c| c.code != *code));
        for code in codes.iter().copied().filter(missing) {
            faults.push(DefinitionFault {
                file: format!("codelists/{id}.toml"),
                line: 0,
                key: "category".to_owned(),
                message: Words::new(
                    format!("danh mục phải có mã “{code}”"),
                    format!("the list must have the code “{code}”"),
                ),
            });
        }
        if list.is_none() && codes.is_empty() {
            faults.push(DefinitionFault {
                file: format!("codelists/{id}.toml"),
                line: 0,
                key: String::new(),
                message: Words::new("thiếu danh mục này", "this list is missing"),
            });
        }
    }
}

fn check_words(list: &RawList, faults: &mut Vec<DefinitionFault>) {
    let mut owner: BTreeMap<String, &str> = BTreeMap::new();
    for category in &list.categories {
        for word in category.synonyms.iter().chain([&category.name.vi]) {
            let word_key = key(word);
            match owner.get(&word_key) {
                Some(other) if *other != category.code && !list.ambiguous.contains(&word_key) => {
                    faults.push(DefinitionFault {
                        file: category.file.clone(),
                        line: category.line,
                        key: "synonyms".to_owned(),
                        message: Words::new(
                            format!(
                                "“{word}” cũng là tên của “{other}”; ghi vào ambiguous nếu thật sự mơ hồ"
                            ),
                            format!("“{word}” also names “{other}”; list it under ambiguous if it is"),
                        ),
                    });
                }
                _ => {
                    owner.insert(word_key, &category.code);
                }
            }
        }
    }
}

fn add(lists: &mut CodeLists, raw: RawList, faults: &mut Vec<DefinitionFault>) {
    let id = ListId(u16::try_from(lists.lists.len()).unwrap_or(u16::MAX));
    let first = lists.categories.len();
    let room = usize::from(u16::MAX) - first.min(usize::from(u16::MAX));
    let codes: Vec<String> = raw.categories.iter().map(|c| c.code.clone()).collect();
    let parents = parents(&raw.categories, &codes, faults);
    for (category, parent) in raw.categories.into_iter().zip(parents).take(room) {
        lists.categories.push(Category {
            code: category.code,
            list: id,
            name: category.name,
            synonyms: category.synonyms,
            among: category.among,
            parent: parent.map(|i| CategoryId((first + i) as u16)),
            years: category.years,
            numbers: category.numbers,
        });
    }
    lists.lists.push(CodeList {
        id: raw.id,
        dimension: raw.dimension,
        name: raw.name,
        partition: raw.partition,
        categories: (first..lists.categories.len())
            .map(|i| CategoryId(i as u16))
            .collect(),
    });
}

/// Index of each category's parent; names that are unknown or make a circle are faults.
fn parents(
    categories: &[RawCategory],
    codes: &[String],
    faults: &mut Vec<DefinitionFault>,
) -> Vec<Option<usize>> {
    let mut found = vec![None; categories.len()];
    for (i, category) in categories.iter().enumerate() {
        let Some(word) = &category.parent else { continue };
        let mut fault = |message| {
            faults.push(DefinitionFault {
                file: category.file.clone(),
                line: word.line,
                key: word.key.clone(),
                message,
            });
        };
        let Some(parent) = codes.iter().position(|c| *c == word.value) else {
            let kind = Words::new("mã của danh mục này", "a code of this list");
            fault(not_known(&word.value, &kind, codes.iter().map(String::as_str)));
            continue;
        };
        let mut at = Some(parent);
        while at.is_some_and(|p| p != i) {
            at = at.and_then(|p| found[p]);
        }
        if at == Some(i) {
            fault(Words::new(
                "mã cha tạo thành vòng tròn",
                "the parents form a circle",
            ));
        } else {
            found[i] = Some(parent);
        }
    }
    found
}
