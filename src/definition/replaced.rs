//! What an office's own files put in the place of ours: allowed, and said.
//!
//! In:  the files of a catalogue, ours and the office's laid over them. Out: a [`Replaced`] for each
//!      declaration of ours that no longer counts.
//! Holds: an office that replaces the whole catalogue knows it; only what is laid over ours is compared.

use super::DefinitionFile;
use super::files::{FileKind, embedded};
use super::reader::Source;
use crate::lang::Words;

/// A declaration of ours that an office's file replaces, or removes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Replaced {
    /// The office's file.
    pub file: String,
    pub what: Words,
}

pub(super) fn replaced(files: &[DefinitionFile]) -> Vec<Replaced> {
    let (ours, own): (Vec<&DefinitionFile>, Vec<&DefinitionFile>) = files.iter().partition(|f| f.embedded);
    if ours.is_empty() || own.is_empty() {
        return Vec::new();
    }
    let built_in = embedded();
    let named = |file: &DefinitionFile| Some((FileKind::of(&file.path), id_of(file)?));
    let mut out = Vec::new();
    for file in &own {
        let kind = FileKind::of(&file.path);
        let again = match named(file) {
            Some(name) => built_in.iter().any(|f| named(f).as_ref() == Some(&name)),
            None => kind.is_one_file() && built_in.iter().any(|f| f.path == file.path),
        };
        if again {
            let what = what(file);
            out.push(Replaced {
                file: file.path.clone(),
                what,
            });
        }
    }
    // A file of the same path and another id takes ours away.
    for file in &built_in {
        let Some(name) = named(file) else { continue };
        let by = own.iter().find(|f| f.path == file.path);
        if let Some(by) = by.filter(|_| !files.iter().any(|f| named(f).as_ref() == Some(&name))) {
            let what = what(file);
            out.push(Replaced {
                file: by.path.clone(),
                what: Words::new(
                    format!("{} (không còn)", what.vi),
                    format!("{} (no longer there)", what.en),
                ),
            });
        }
    }
    out.sort();
    out
}

/// What a file declares, in words.
fn what(file: &DefinitionFile) -> Words {
    let id = id_of(file).unwrap_or_else(|| file.path.clone());
    match FileKind::of(&file.path) {
        FileKind::Indicator => Words::new(format!("chỉ số {id}"), format!("indicator {id}")),
        FileKind::Programme => Words::new(format!("chương trình {id}"), format!("programme {id}")),
        FileKind::Plan => Words::new(format!("kế hoạch {id}"), format!("plan {id}")),
        FileKind::Form => Words::new(format!("mẫu biểu {id}"), format!("form {id}")),
        FileKind::CodeList => Words::new(format!("danh mục {id}"), format!("code list {id}")),
        _ => Words::new(format!("tệp {id}"), format!("file {id}")),
    }
}

/// The id of an indicator, programme, plan, form or code list.
fn id_of(file: &DefinitionFile) -> Option<String> {
    let named = [
        FileKind::Indicator,
        FileKind::Programme,
        FileKind::Plan,
        FileKind::Form,
        FileKind::CodeList,
    ];
    if !named.contains(&FileKind::of(&file.path)) {
        return None;
    }
    // Faults of the file are told where it is read in earnest.
    let read = Source::new(&file.path, &file.text).read(&mut Vec::new(), |t| t.text_if("id"));
    read.map(|id| id.value)
}
