//! Everything that is printed with `--lang en` is English: only what people wrote (names of places, files,
//! sheets, quoted text) keeps its own language.

use std::collections::BTreeSet;

use crate::made::{bdg, put, table, xlsx};

/// Letters that only Vietnamese text has.
fn is_vietnamese(c: char) -> bool {
    "ăâđêôơưĂÂĐÊÔƠƯáàãéèíìóòõúùýÁÀÃÉÈÍÌÓÒÕÚÙÝ".contains(c) || ('\u{1EA0}'..='\u{1EF9}').contains(&c)
}

/// The text without what stands between “ and ”.
fn unquoted(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|c| {
            match c {
                '“' => depth += 1,
                '”' => depth -= 1,
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

/// The text up to where it names a cell of a file by file and sheet.
fn before_cell(text: &str) -> &str {
    match text.find(" › ") {
        Some(at) => {
            let start = text[..at]
                .rfind(['(', ':'])
                .or_else(|| text[..at].rfind("also in"));
            &text[..start.unwrap_or(at)]
        }
        None => text,
    }
}

/// Words with Vietnamese letters that are no names of places.
fn leaks(text: &str, names: &BTreeSet<String>) -> Vec<String> {
    let text = unquoted(before_cell(text));
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|w| w.chars().any(is_vietnamese) && !names.contains(*w))
        .map(str::to_owned)
        .collect()
}

/// The words of the names of all units, without their kinds, and of the acts behind the targets.
fn names() -> BTreeSet<String> {
    let catalogue = crate::examples::catalogue();
    let units = catalogue.localities.units.iter();
    let acts = catalogue.targets.iter().map(|t| t.act.as_str());
    let texts = units.map(|u| u.name.as_str()).chain(acts);
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.map(str::to_owned).collect()
}

#[test]
fn messages_about_the_samples_are_english() {
    let names = names();
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples");
    let mut found = BTreeSet::new();
    for sample in ["huyen-ninh-son-2024", "loi-thuong-gap"] {
        let ran = bdg(&samples, &["check", sample, "--lang", "en", "--format", "json"]);
        assert!(ran.code < 2, "{}", ran.err);
        for line in ran.json() {
            for key in ["title", "found", "expected", "effect", "remedy", "scope"] {
                let text = line[key].as_str().unwrap_or_default();
                let leaked = leaks(text, &names);
                if !leaked.is_empty() {
                    found.insert(format!("{}: {text}", line["name"]));
                }
            }
        }
        for words in [
            &["explain", "3.2", sample, "--lang", "en"][..],
            &["explain", "1", sample, "--lang", "en"],
        ] {
            let ran = bdg(&samples, words);
            // Cells are named by file and sheet, as they were sent.
            let said = ran.out.lines().filter(|l| !l.contains(" › "));
            found.extend(said.filter(|l| !leaks(l, &names).is_empty()).map(str::to_owned));
        }
    }
    assert!(
        found.is_empty(),
        "{}",
        found.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn lists_and_explanations_are_english() {
    let names = names();
    let folder = tempfile::tempdir().unwrap();
    let mut found = BTreeSet::new();
    let mut look = |words: &[&str], skip: &dyn Fn(&str) -> bool| {
        let ran = bdg(folder.path(), &[words, &["--lang", "en"]].concat());
        assert_eq!(ran.code, 0, "{words:?} {}", ran.err);
        let lines = ran
            .out
            .lines()
            .filter(|l| !skip(l) && !leaks(l, &names).is_empty());
        found.extend(lines.map(|l| format!("{words:?}: {l}")));
    };
    let none = |_: &str| false;
    look(&["list", "indicators"], &none);
    look(&["list", "checks"], &none);
    look(&["list", "problems"], &none);
    look(&["list", "measures"], &none);
    look(&["list", "forms"], &none);
    for name in [
        "value-above-hundred",
        "place-unknown",
        "part-above-whole",
        "year-unfinished",
    ] {
        look(&["explain", name], &none);
    }
    assert!(
        found.is_empty(),
        "{}",
        found.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn refusals_are_in_one_language() {
    let names = names();
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "a.xlsx",
        xlsx(&[("S", &table("Cây | Diện tích\nLúa | 12"))]),
    );
    put(folder.path(), "sai/bdg.toml", "office = UBND\n");
    for words in [
        &["report", "nope"][..],
        &["report", ".", "-l", "Xã Không Có", "-p", "2024"],
        &["check", "."],
        &["check", "sai"],
        &["inspect", "nope.xlsx"],
        &["explain", "nope"],
        &["list", "nope"],
        &["nope"],
        &["report", "--each"],
        &[],
    ] {
        let ran = bdg(folder.path(), &[&["--lang", "en"], words].concat());
        assert_eq!(ran.code, 2, "{words:?} {}{}", ran.out, ran.err);
        let text = format!("{}{}", ran.out, ran.err);
        assert!(leaks(&text, &names).is_empty(), "{words:?}: {text}");
    }
}
