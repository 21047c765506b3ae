//! Tests of the whole report, and of the files made from it, on the invented release.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::disclosure::{Content, Edition};
use crate::export;
use crate::quantity::Ratio;
use crate::report::fixture;

fn report(lang: Lang) -> Report {
    build(&fixture::release(), fixture::catalogue(), lang)
}

fn opened(report: &Report) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(export::xlsx::write(report).unwrap())).unwrap()
}

/// Every text of the workbook, by sheet.
fn texts(report: &Report) -> Vec<(String, String)> {
    let mut book = opened(report);
    let mut found = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        for (_, _, cell) in range.used_cells() {
            if let Data::String(text) = cell {
                found.push((name.clone(), text.clone()));
            }
        }
        found.push((name.clone(), name));
    }
    found
}

#[test]
fn the_workbook_has_every_sheet_in_order() {
    let book = opened(&report(Lang::Vi));
    assert_eq!(
        book.sheet_names(),
        [
            "Bìa",
            "Mục lục",
            "Tóm tắt",
            "Biểu đồ",
            "Mục tiêu",
            "Biểu 01",
            "Biểu 02",
            "Biểu 03",
            "Biểu 04",
            "Biểu 05",
            "Biểu 06",
            "Phân tổ",
            "Địa bàn",
            "Dữ liệu",
            "Số gốc",
            "Chất lượng",
            "Lỗi và cảnh báo",
            "Phương pháp",
            "Ghi chú",
            "Nguồn",
        ]
    );
    for lang in [Lang::Vi, Lang::En] {
        let names = opened(&report(lang)).sheet_names();
        assert!(names.iter().all(|n| n.chars().count() <= 31));
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}

#[test]
fn every_sheet_says_that_it_is_internal() {
    for lang in [Lang::Vi, Lang::En] {
        let report = report(lang);
        let banner = report.banner().unwrap();
        let mut book = opened(&report);
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).unwrap();
            assert_eq!(
                range.get_value((0, 0)),
                Some(&Data::String(banner.to_owned())),
                "{name}"
            );
        }
    }
}

#[test]
fn the_same_release_gives_the_same_bytes() {
    let (a, b) = (report(Lang::Vi), report(Lang::Vi));
    assert_eq!(export::xlsx::write(&a), export::xlsx::write(&b));
    assert_eq!(export::parquet::write(&a), export::parquet::write(&b));
    assert_eq!(export::csv::write(&a), export::csv::write(&b));
    assert_eq!(
        export::json::run_record(&a, &export::json::Left::default()),
        export::json::run_record(&b, &export::json::Left::default())
    );
}

/// Letters that only Vietnamese writing has.
fn is_vietnamese(c: char) -> bool {
    "ăâđêôơưĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ".contains(c)
        || ('\u{1EA0}'..='\u{1EF9}').contains(&c)
}

#[test]
fn the_english_workbook_is_english() {
    let catalogue = fixture::catalogue();
    let content = fixture::content();
    // Names of places, of acts, of senders and their files are quoted as they are.
    let mut names: Vec<&str> = vec![&content.about.office, &content.about.superior];
    names.extend(content.senders.iter().map(String::as_str));
    names.extend(content.sources.sheets.iter().map(|s| s.name.as_str()));
    names.extend(
        catalogue
            .targets
            .iter()
            .flat_map(|t| [t.act.as_str(), t.note.as_str()]),
    );
    names.retain(|n| !n.is_empty());
    names.push(&catalogue.programmes[0].act);
    let places: BTreeSet<&str> = content
        .places
        .iter()
        .flat_map(|p| {
            let unit = catalogue.localities.unit(p.place);
            [unit.name.as_str()]
        })
        .chain(["Ninh Thuận"])
        .collect();
    names.extend(places);
    names.sort_by_key(|n| std::cmp::Reverse(n.len()));
    let mut wrong = Vec::new();
    for (sheet, text) in texts(&report(Lang::En)) {
        let mut rest = text.clone();
        for name in &names {
            rest = rest.replace(name, "").replace(&name.to_uppercase(), "");
        }
        if rest.chars().any(is_vietnamese) {
            wrong.push(format!("{sheet}: {text}"));
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_data_sheet_is_one_table_with_true_numbers() {
    let report = report(Lang::Vi);
    let mut book = opened(&report);
    let range = book.worksheet_range("Dữ liệu").unwrap();
    let frame = report.data().unwrap();
    let width = frame.columns.len();
    let headings: Vec<String> = (0..width as u32)
        .map(|c| range.get_value((2, c)).unwrap().to_string())
        .collect();
    assert_eq!(
        headings,
        frame
            .columns
            .iter()
            .map(|c| c.heading.clone())
            .collect::<Vec<_>>()
    );
    let at = |id: &str| frame.columns.iter().position(|c| c.id == id).unwrap() as u32;
    let (value, sign) = (at("value"), at("sign"));
    let content = fixture::content();
    for (row, judged) in (3u32..).zip(&content.figures) {
        let cell = range.get_value((row, value)).unwrap_or(&Data::Empty);
        let mark = range.get_value((row, sign)).unwrap_or(&Data::Empty);
        match &judged.figure.value {
            Ok(ratio) => {
                let decimals =
                    fixture::catalogue().indicators[usize::from(judged.figure.indicator.0)].decimals;
                let expected = ratio.rounded(decimals) as f64 / 10f64.powi(i32::from(decimals));
                assert_eq!(cell, &Data::Float(expected), "row {row}");
                assert_eq!(mark, &Data::Empty);
            }
            Err(absence) => {
                assert_eq!(cell, &Data::Empty, "row {row}");
                assert_eq!(mark, &Data::String(absence.sign().to_owned()));
            }
        }
    }
    book.load_tables().unwrap();
    let table = book.table_by_name("Figures").unwrap();
    assert_eq!(table.columns().len(), width);
    assert_eq!(table.data().height(), content.figures.len());
}

#[test]
fn csv_and_parquet_hold_every_figure() {
    use parquet::file::reader::FileReader;
    let report = report(Lang::Vi);
    let rows = fixture::content().figures.len();
    let csv = String::from_utf8(export::csv::write(&report)).unwrap();
    assert!(csv.starts_with("\u{FEFF}indicator_id,indicator,"));
    assert_eq!(csv.lines().count(), rows + 1);
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&export::parquet::write(&report).unwrap()).unwrap();
    let reader = parquet::file::reader::SerializedFileReader::new(file).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows() as usize, rows);
}

/// A report of nothing is still a report: headings, no rows, no failure.
#[test]
fn nothing_computed_is_no_failure() {
    let mut content = fixture::content();
    content.figures.clear();
    content.targets.clear();
    content.facts.clear();
    content.problems.clear();
    content.quality.clear();
    content.sources = Default::default();
    content.places.truncate(1);
    for lang in [Lang::Vi, Lang::En] {
        let made = made(content.clone(), lang);
        opened(&made);
        export::parquet::write(&made).unwrap();
        assert_eq!(
            export::csv::write(&made).iter().filter(|b| **b == b'\n').count(),
            1
        );
    }
}

/// Numbers that no office sends, ids that the catalogue does not know: printed somehow, no panic.
#[test]
fn absurd_content_is_no_failure() {
    let mut content = fixture::content();
    for (i, judged) in content.figures.iter_mut().enumerate() {
        judged.figure.numerator = Some(i64::MAX);
        judged.figure.denominator = Some(i64::MIN);
        judged.verdict.gap = Some(i64::MIN);
        if i % 2 == 0 {
            judged.figure.value = Ok(Ratio {
                numerator: i64::MAX,
                denominator: 1,
                scale: 100_000,
            });
        }
        if i % 7 == 0 {
            judged.figure.indicator = crate::definition::IndicatorId(60_000);
            judged.verdict.milestone = Some(60_000);
        }
    }
    content.about.office = "Ủy ban ".repeat(5_000);
    content.senders.clear();
    opened(&made(content, Lang::Vi));
}

fn made(content: Content, lang: Lang) -> Report {
    let release = Release::make(content, Edition::Internal).unwrap();
    build(&release, fixture::catalogue(), lang)
}

/// A chart holds few lines, so there are several; no indicator is without one.
#[test]
fn every_indicator_of_several_years_is_in_a_chart() {
    let report = report(Lang::Vi);
    let blocks = report.sheets.iter().flat_map(|sheet| sheet.blocks.windows(2));
    let mut lines = 0;
    for pair in blocks {
        let [Block::Charts(charts), Block::Table(table)] = pair else {
            continue;
        };
        if !charts.iter().all(|c| matches!(c.kind, ChartKind::Lines)) {
            continue;
        }
        let mut next = 0;
        for chart in charts {
            assert_eq!(chart.rows.0, next);
            next = chart.rows.1 + 1;
        }
        assert_eq!(next, table.rows.len());
        lines += next;
    }
    assert!(lines > 0);
}
