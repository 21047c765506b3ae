//! The files of the catalogue: those built into the program, and an office's own laid over them.
//!
//! Holds: no file system here; the caller reads the folder. A file of the same path replaces the
//!        one below it, but rows of measures, targets and groups are added, so that a province needs
//!        only a small file for its own targets.

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use super::DefinitionFile;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/indicators");

/// The catalogue that is part of the program, by path.
pub fn embedded() -> Vec<DefinitionFile> {
    let mut out = Vec::new();
    walk(&EMBEDDED, &mut out);
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

/// Files named by path alone are the program's own; none if it has no such file.
pub fn complete(files: Vec<(String, Option<String>)>) -> Option<Vec<DefinitionFile>> {
    let own = embedded();
    let file = |(path, text): (String, Option<String>)| match text {
        Some(text) => Some(DefinitionFile {
            path,
            text,
            embedded: false,
        }),
        None => own.iter().find(|file| file.path == path).cloned(),
    };
    files.into_iter().map(file).collect()
}

/// A file that a catalogue was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeOf {
    pub path: String,
    /// SHA-256 of its text, in lower-case hexadecimal digits.
    pub sha256: String,
    /// None: the program's own.
    pub text: Option<String>,
}

/// The files of [`super::Catalogue::made_of`] with what identifies their texts.
pub fn identified(files: &[(String, Option<String>)]) -> Vec<MadeOf> {
    let own = embedded();
    let file = |(path, text): &(String, Option<String>)| {
        let at = own.binary_search_by(|file| file.path.as_str().cmp(path)).ok();
        let ours = at.and_then(|at| own.get(at)).map(|file| file.text.as_str());
        MadeOf {
            path: path.clone(),
            sha256: digest(text.as_deref().or(ours).unwrap_or_default()),
            text: text.clone(),
        }
    };
    files.iter().map(file).collect()
}

/// The files again; none if a file of the program's own is not as it was then.
pub fn restored(files: Vec<MadeOf>) -> Option<Vec<DefinitionFile>> {
    let known: Vec<(String, Option<String>)> =
        files.iter().map(|f| (f.path.clone(), f.text.clone())).collect();
    let restored = complete(known)?;
    let same = |(file, then): (&DefinitionFile, &MadeOf)| digest(&file.text) == then.sha256;
    restored.iter().zip(&files).all(same).then_some(restored)
}

fn digest(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().map(|b| format!("{b:02x}")).collect()
}

/// Lays `extra` over `base`. Order is kept: what comes later wins.
pub fn overlay(base: Vec<DefinitionFile>, extra: Vec<DefinitionFile>) -> Vec<DefinitionFile> {
    let mut out = base;
    let mut extra = extra;
    for file in &mut extra {
        file.path = plain_path(&file.path);
    }
    extra.sort_by(|a, b| a.path.cmp(&b.path));
    for file in extra {
        let same = out
            .iter_mut()
            .find(|f| f.path == file.path && !FileKind::of(&f.path).adds_rows());
        match same {
            Some(below) => *below = file,
            None => out.push(file),
        }
    }
    out
}

/// `.\codelists\sex.toml` → `codelists/sex.toml`.
pub(super) fn plain_path(path: &str) -> String {
    let path = path.replace('\\', "/");
    path.trim_start_matches("./").to_owned()
}

/// What a file declares, by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    Catalogue,
    Settings,
    Objectives,
    Checks,
    Measures,
    Targets,
    CodeList,
    Indicator,
    Programme,
    /// Who reports what to an office by when.
    Plan,
    Form,
    /// What an office has answered once about its own sheets.
    Answers,
    Localities,
    /// Groups of localities.
    Groups,
    /// Notes and the like.
    Other,
    /// A definition in a place where none is looked for: surely a slip.
    Misplaced,
}

impl FileKind {
    /// Folders and names at the top, to suggest from.
    pub const PLACES: &'static [&'static str] = &[
        "catalogue.toml",
        "settings.toml",
        "objectives.toml",
        "checks.toml",
        "measures.toml",
        "targets.csv",
        "codelists/",
        "strategy/",
        "further/",
        "programmes/",
        "plans/",
        "forms/",
        "answers/",
        "targets/",
        "localities/",
    ];

    pub fn of(path: &str) -> FileKind {
        let Some((stem, ending)) = path.rsplit_once('.') else {
            return FileKind::Other;
        };
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        match (folder, ending) {
            ("", "toml") => match name {
                "catalogue" => FileKind::Catalogue,
                "settings" => FileKind::Settings,
                _ if name.starts_with("objectives") => FileKind::Objectives,
                _ if name.starts_with("checks") => FileKind::Checks,
                _ if name.starts_with("measures") => FileKind::Measures,
                _ => FileKind::Misplaced,
            },
            ("", "csv") if name.starts_with("targets") => FileKind::Targets,
            ("targets", "csv") => FileKind::Targets,
            ("codelists", "toml") => FileKind::CodeList,
            ("strategy" | "further", "toml") => FileKind::Indicator,
            ("programmes", "toml") => FileKind::Programme,
            // The pattern that an office copies is no plan.
            ("plans", "toml") if name == "template" => FileKind::Other,
            ("plans", "toml") => FileKind::Plan,
            ("forms", "toml") => FileKind::Form,
            ("answers", "toml") => FileKind::Answers,
            ("localities", "csv") => FileKind::Localities,
            ("localities", "toml") if name.starts_with("groups") => FileKind::Groups,
            (_, "toml" | "csv") => FileKind::Misplaced,
            _ => FileKind::Other,
        }
    }

    /// Of several files of one path only the last counts, and it declares no single id.
    pub(super) fn is_one_file(self) -> bool {
        matches!(
            self,
            FileKind::Catalogue
                | FileKind::Settings
                | FileKind::Objectives
                | FileKind::Checks
                | FileKind::Localities
        )
    }

    fn adds_rows(self) -> bool {
        matches!(self, FileKind::Measures | FileKind::Targets | FileKind::Groups)
    }
}

fn walk(dir: &Dir<'_>, out: &mut Vec<DefinitionFile>) {
    for file in dir.files() {
        let path = plain_path(&file.path().to_string_lossy());
        let text = file.contents_utf8();
        if let (false, Some(text)) = (FileKind::of(&path) == FileKind::Other, text) {
            out.push(DefinitionFile {
                path,
                text: text.to_owned(),
                embedded: true,
            });
        }
    }
    for inner in dir.dirs() {
        walk(inner, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> DefinitionFile {
        DefinitionFile {
            path: path.into(),
            text: text.into(),
            embedded: false,
        }
    }

    #[test]
    fn an_overlay_replaces_files_but_adds_rows() {
        let base = vec![file("codelists/sex.toml", "a"), file("targets.csv", "b")];
        let extra = vec![file("targets.csv", "d"), file(".\\codelists\\sex.toml", "c")];
        let all = overlay(base, extra);
        let seen: Vec<_> = all.iter().map(|f| (f.path.as_str(), f.text.as_str())).collect();
        assert_eq!(
            seen,
            [
                ("codelists/sex.toml", "c"),
                ("targets.csv", "b"),
                ("targets.csv", "d")
            ]
        );
    }
}
