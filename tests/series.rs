//! The sample province that was two until 1 July 2025: both views of every figure against those worked
//! out from the invented detail, and what the workbook shows of them.

use std::collections::BTreeMap;
use std::path::Path;

use bdg::classification::Breakdown;
use bdg::classification::locality::Level;
use bdg::engine::{Quiet, compute, report, trace};
use bdg::evaluate::Figure;
use bdg::host::Disk;
use bdg::period::{Day, Period};
use bdg::quantity::{Bounds, Ratio};
use bdg::recast::{Boundaries, Boundary};
use calamine::{Data, Reader, Xlsx};

use crate::golden::{request, sample};

const SAMPLE: &str = "tinh-khanh-hoa-2026";

/// One line of the expected file: bounds and what is really there.
struct Expected {
    view: String,
    indicator: String,
    locality: String,
    period: Period,
    numerator: (Bounds, i64),
    denominator: (Bounds, i64),
}

fn expected() -> Vec<Expected> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/expected/{SAMPLE}.csv"));
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let side = |at: usize| {
                let number = |i: usize| cells[at + i].parse::<i64>().unwrap();
                let bounds = Bounds {
                    low: number(0),
                    high: number(1),
                };
                (bounds, number(2))
            };
            Expected {
                view: cells[0].to_owned(),
                indicator: cells[1].to_owned(),
                locality: cells[2].to_owned(),
                period: Period::parse(cells[3]).unwrap(),
                numerator: side(4),
                denominator: side(7),
            }
        })
        .collect()
}

#[test]
fn every_figure_on_the_communes_of_today_is_as_worked_out() {
    let request = request(&sample(SAMPLE), "56", "2026");
    let computed = compute(&Disk, &request, &Quiet).unwrap();
    assert!(
        computed.intake.problems.iter().all(|p| p.left_out == 0),
        "{:?}",
        computed.intake.problems
    );
    let register = &request.catalogue.localities;
    let mut figures: BTreeMap<(&str, &str, Period), &Figure> = BTreeMap::new();
    for figure in computed
        .figures
        .iter()
        .filter(|f| f.group == Breakdown::default())
    {
        let indicator = &request.catalogue.indicators[usize::from(figure.indicator.0)];
        let code = register.unit(figure.place).code.as_str();
        figures.insert((&indicator.id, code, figure.period), figure);
    }
    let (mut exact, mut open) = (0, 0);
    for line in expected().iter().filter(|e| e.view == "base") {
        let name = format!("{} {} {}", line.indicator, line.locality, line.period.code());
        let figure = figures
            .get(&(line.indicator.as_str(), line.locality.as_str(), line.period))
            .unwrap_or_else(|| panic!("{name} is missing"));
        let (n, d) = (line.numerator.0, line.denominator.0);
        assert!(figure.coverage.is_full(), "{name}: {:?}", figure.coverage);
        match (n.exact(), d.exact()) {
            (Some(n), Some(d)) => {
                assert_eq!(
                    (figure.numerator, figure.denominator),
                    (Some(n), Some(d)),
                    "{name}"
                );
                exact += 1;
            }
            _ => {
                open += 1;
                assert_eq!(figure.boundary, Boundary::Range, "{name}");
                assert!(figure.value.is_err(), "{name}: no single value may be given");
                let between = figure.between.unwrap();
                assert_eq!((between.numerator, between.denominator), (n, d), "{name}");
                let (n, d) = (i128::from(line.numerator.1), i128::from(line.denominator.1));
                let sides = |r: Ratio| (n * i128::from(r.denominator), i128::from(r.numerator) * d);
                let (truth, low) = sides(between.low);
                assert!(truth >= low, "{name}");
                if let Some((truth, high)) = between.high.map(sides) {
                    assert!(truth <= high, "{name}");
                }
            }
        }
    }
    assert!(exact > 600 && open > 50, "{exact} {open}");
}

#[test]
fn the_tidy_data_and_the_workbook_show_both_views() {
    let folder = tempfile::tempdir().unwrap();
    let mut request = request(&sample(SAMPLE), "56", "2026");
    request.output = folder.path().to_owned();
    report(&Disk, &request, &Quiet).unwrap();
    let text = std::fs::read_to_string(folder.path().join("bao-cao-56-2026.csv")).unwrap();
    let mut lines = text.trim_start_matches('\u{FEFF}').lines();
    let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
    let at = |name: &str| heads.iter().position(|h| *h == name).unwrap();
    let columns = [
        "indicator_id",
        "locality_code",
        "period",
        "numerator",
        "denominator",
        "boundary",
    ]
    .map(at);
    let mut reported: BTreeMap<[String; 3], (String, String)> = BTreeMap::new();
    for line in lines {
        let cells = fields(line);
        let [indicator, code, period, numerator, denominator, boundary] = columns.map(|i| cells[i].clone());
        if boundary == "as-reported" {
            reported.insert([indicator, code, period], (numerator, denominator));
        }
    }
    let mut compared = 0;
    for line in expected().iter().filter(|e| e.view == "reported") {
        let key = [line.indicator.clone(), line.locality.clone(), line.period.code()];
        let found = reported.get(&key).unwrap_or_else(|| panic!("{key:?} is missing"));
        let told = (line.numerator.1.to_string(), line.denominator.1.to_string());
        assert_eq!(*found, told, "{key:?}");
        compared += 1;
    }
    assert!(compared > 2_000, "{compared}");
    let bytes = std::fs::read(folder.path().join("bao-cao-56-2026.xlsx")).unwrap();
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let mut texts = |sheet: &str| -> Vec<String> {
        let range = book.worksheet_range(sheet).unwrap();
        let cells = range.used_cells().filter_map(|(_, _, cell)| match cell {
            Data::String(text) => Some(text.clone()),
            _ => None,
        });
        cells.collect()
    };
    let series = texts("Chuỗi năm");
    for word in ["‖", "Như đã báo cáo", "Trên địa giới 31/12/2026"] {
        assert!(series.iter().any(|t| t == word), "{word}");
    }
    assert!(
        series.iter().any(|t| t.contains(" ↔ ")),
        "bounds are shown as bounds"
    );
    assert!(series.iter().any(|t| t.contains("Năm 2025 bị cắt trong năm")));
    assert!(series.iter().any(|t| t.contains("tỉnh Ninh Thuận (đơn vị cũ)")));
    let transfers = texts("Địa giới");
    assert!(transfers.iter().any(|t| t == "một phần, không rõ số dân"));
    assert!(transfers.iter().any(|t| t == "1667/NQ-UBTVQH15"));
    assert!(texts("Bìa").iter().any(|t| t == "↔"));
    assert!(
        texts("Chất lượng")
            .iter()
            .any(|t| t.contains("theo đơn vị ngày 2025-06-30"))
    );
}

/// Cells of a line of CSV; a quoted one may hold commas.
fn fields(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => out.last_mut().unwrap().push(c),
        }
    }
    out
}

#[test]
fn as_reported_gives_earlier_years_only_to_units_that_were_the_same() {
    let mut request = request(&sample(SAMPLE), "56", "2026");
    request.boundaries = Boundaries::AsReported;
    let computed = compute(&Disk, &request, &Quiet).unwrap();
    let of_2024 = |f: &&Figure| f.period == Period::year(2024) && f.group == Breakdown::default();
    let old: Vec<&Figure> = computed.figures.iter().filter(of_2024).collect();
    assert!(
        old.iter()
            .all(|f| f.between.is_none() && f.boundary == Boundary::Same)
    );
    let root = computed.tree.nodes[0].unit;
    assert!(old.iter().any(|f| f.value.is_ok()), "some communes never changed");
    // Two provinces had its territory together: it was no unit then.
    assert!(old.iter().filter(|f| f.place == root).all(|f| f.value.is_err()));
    let trends = computed.figures.iter().zip(&computed.verdicts);
    let of_root = |f: &Figure| f.place == root && f.period == Period::year(2025);
    // No year-on-year judgement across the break.
    assert!(trends.filter(|(f, _)| of_root(f)).all(|(_, v)| v.trend.is_none()));
}

#[test]
fn a_recast_figure_is_traced_to_its_transfers_and_old_cells() {
    let mut request = request(&sample(SAMPLE), "56", "2024");
    request.boundaries = Boundaries::On(Day::new(2026, 12, 31));
    let computed = compute(&Disk, &request, &Quiet).unwrap();
    let register = &request.catalogue.localities;
    let open = computed.figures.iter().find(|f| {
        let indicator = &request.catalogue.indicators[usize::from(f.indicator.0)];
        f.between.is_some() && f.period == Period::year(2024) && indicator.id == "6.1"
    });
    let unit = register.unit(open.unwrap().place);
    assert_eq!(unit.level, Level::Commune);
    let trace = trace(&request, &computed, "6.1", Some(&unit.code)).unwrap();
    assert!(trace.figure.between.is_some());
    assert!(
        trace
            .moves
            .iter()
            .any(|m| m.to.contains(&unit.code) && m.part.code() == "unknown")
    );
    assert!(
        trace
            .moves
            .iter()
            .all(|m| m.date <= Day::new(2025, 7, 1) && !m.from.is_empty())
    );
    let cells: Vec<&str> = trace
        .terms
        .iter()
        .flat_map(|t| &t.cells)
        .map(|(_, _, cell)| cell.as_str())
        .collect();
    assert!(
        cells
            .iter()
            .any(|c| c.starts_with("2024/khanh-hoa-2024.xlsx") || c.starts_with("2024/ninh-thuan-2024.xlsx"))
    );
    assert!(trace.terms.iter().all(|t| t.carried.is_some()));
}
