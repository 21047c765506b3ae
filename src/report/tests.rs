//! Tests of the whole report, on the invented release.

use super::*;
use crate::export;
use crate::report::fixture;

fn report(lang: Lang) -> Report {
    build(&fixture::release(), &fixture::catalogue(), lang)
}

/// Writes both workbooks where a person can open them: `BDG_LOOK=folder cargo test look`.
#[test]
fn look() {
    let Ok(folder) = std::env::var("BDG_LOOK") else {
        return;
    };
    for (lang, name) in [(Lang::Vi, "vi"), (Lang::En, "en")] {
        let report = report(lang);
        let bytes = export::xlsx::write(&report).unwrap();
        std::fs::write(format!("{folder}/{name}.xlsx"), bytes).unwrap();
        std::fs::write(format!("{folder}/{name}.csv"), export::csv::write(&report)).unwrap();
        std::fs::write(
            format!("{folder}/{name}.parquet"),
            export::parquet::write(&report).unwrap(),
        )
        .unwrap();
        std::fs::write(
            format!("{folder}/{name}.json"),
            export::json::run_record(&report, &["a.xlsx".to_owned()]).unwrap(),
        )
        .unwrap();
    }
}
