//! Every figure of the sample folders against figures worked out independently of bdg, by
//! `tests/independent/expected.py` from the invented truth behind the samples.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bdg::classification::Breakdown;
use bdg::disclosure::Edition;
use bdg::engine::{Computed, Office, Quiet, Request, compute};
use bdg::evaluate::Figure;
use bdg::host::Disk;
use bdg::lang::Lang;
use bdg::period::{Day, Period};

pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data-samples")
        .join(name)
}

/// A request for a whole folder, as the command line would make it.
pub fn request(folder: &Path, scope: &str, period: &str) -> Request {
    Request {
        roots: vec![folder.to_owned()],
        catalogue: crate::examples::catalogue(),
        lang: Lang::Vi,
        period: Period::parse(period),
        scope: Some(scope.to_owned()),
        edition: Edition::Internal,
        each: None,
        output: PathBuf::from("out"),
        workbook: None,
        facts: None,
        returned: None,
        slips: None,
        plan: None,
        log: None,
        variants: Vec::new(),
        office: Office::default(),
        date: Some(Day::new(2026, 11, 22)),
        boundaries: bdg::recast::Boundaries::default(),
        reader: None,
        cached: false,
    }
}

/// One line of an expected file.
struct Expected {
    indicator: String,
    variant: String,
    locality: String,
    period: Period,
    group: Breakdown,
    numerator: Option<i64>,
    denominator: Option<i64>,
    value: String,
}

fn expected(name: &str, request: &Request) -> Vec<Expected> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/expected")
        .join(format!("{name}.csv"));
    let text = std::fs::read_to_string(path).unwrap();
    let lists = &request.catalogue.lists;
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let category = |list: &str, code: &str| {
                if code.is_empty() {
                    Default::default()
                } else {
                    lists.find(list, code).unwrap()
                }
            };
            Expected {
                indicator: cells[0].to_owned(),
                variant: cells[1].to_owned(),
                locality: cells[2].to_owned(),
                period: Period::parse(cells[3]).unwrap(),
                group: Breakdown {
                    sex: category("sex", cells[4]),
                    ethnicity: category("ethnicity", cells[5]),
                    ..Breakdown::default()
                },
                numerator: cells[6].parse().ok(),
                denominator: cells[7].parse().ok(),
                value: cells[8].to_owned(),
            }
        })
        .collect()
}

fn printed(figure: &Figure, request: &Request) -> String {
    let indicator = &request.catalogue.indicators[usize::from(figure.indicator.0)];
    match &figure.value {
        Ok(ratio) => {
            bdg::quantity::print_decimal(ratio.rounded(indicator.decimals), indicator.decimals, Lang::En)
                .replace(',', "")
        }
        Err(absence) => absence.code().to_owned(),
    }
}

/// Compares every expected figure; the way to compute is switched where the file asks for it.
fn compare(name: &str, scope: &str, period: &str) {
    let folder = sample(name);
    let base = request(&folder, scope, period);
    let expected = expected(name, &base);
    // Runs with the default ways, and one for every other way that is expected.
    let mut runs: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for line in &expected {
        let indicator = base
            .catalogue
            .indicators
            .iter()
            .find(|i| i.id == line.indicator)
            .unwrap();
        let choice = vec![(line.indicator.clone(), line.variant.clone())];
        if indicator.variants[0].id != line.variant && !runs.contains(&choice) {
            runs.push(choice);
        }
    }
    let mut faults = Vec::new();
    let mut compared = 0;
    for variants in runs {
        let request = Request {
            variants: variants.clone(),
            ..base.clone()
        };
        let computed = compute(&Disk, &request, &Quiet).unwrap();
        let figures = index(&computed, &request);
        for line in &expected {
            let indicator = base
                .catalogue
                .indicators
                .iter()
                .find(|i| i.id == line.indicator)
                .unwrap();
            let is_default = indicator.variants[0].id == line.variant;
            let is_chosen = variants
                .iter()
                .any(|(i, v)| *i == line.indicator && *v == line.variant);
            if !(is_default && variants.is_empty() || is_chosen) {
                continue;
            }
            compared += 1;
            let key = (
                line.indicator.clone(),
                line.locality.clone(),
                line.period,
                line.group,
            );
            let Some(figure) = figures.get(&key) else {
                // A group or an earlier year of which nothing is known has no line of its own.
                let nothing_known = ["not-reported", "not-applicable"].contains(&line.value.as_str());
                if !nothing_known {
                    let (indicator, place) = (&line.indicator, &line.locality);
                    faults.push(format!("{indicator} {place} {}: no figure", line.period.code()));
                }
                continue;
            };
            let value = printed(figure, &request);
            let same = |wanted: Option<i64>, found: Option<i64>| wanted.is_none() || wanted == found;
            if value != line.value
                || !same(line.numerator, figure.numerator)
                || !same(line.denominator, figure.denominator)
            {
                faults.push(format!(
                    "{} {} {} {} {:?}: found {:?}/{:?} = {value}, expected {:?}/{:?} = {}",
                    line.indicator,
                    line.variant,
                    line.locality,
                    line.period.code(),
                    base.catalogue.group_name(line.group).en,
                    figure.numerator,
                    figure.denominator,
                    line.numerator,
                    line.denominator,
                    line.value
                ));
            }
        }
    }
    let shown: Vec<&String> = faults.iter().take(80).collect();
    assert!(
        faults.is_empty(),
        "{name}: {} of {compared} differ\n{shown:#?}",
        faults.len()
    );
    assert_eq!(compared, expected.len());
}

type Index = BTreeMap<(String, String, Period, Breakdown), Figure>;

fn index(computed: &Computed, request: &Request) -> Index {
    let catalogue = &request.catalogue;
    computed
        .figures
        .iter()
        .map(|f| {
            let indicator = catalogue.indicators[usize::from(f.indicator.0)].id.clone();
            let code = catalogue.localities.units[f.place.0 as usize].code.clone();
            ((indicator, code, f.period, f.group), f.clone())
        })
        .collect()
}

#[test]
fn the_district_of_2024_comes_out_as_worked_out_by_hand() {
    compare("huyen-ninh-son-2024", "585", "2024");
}

#[test]
fn the_province_of_2026_comes_out_as_worked_out_by_hand() {
    compare("tinh-lai-chau-2026", "12", "2026");
}

/// What an office sends that way is read to the last figure; only `loi-thuong-gap` is faulty on purpose.
#[test]
fn clean_samples_lose_no_figure() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples");
    for folder in [
        "huyen-ninh-son-2024",
        "tinh-lai-chau-2026",
        "tinh-khanh-hoa-2026",
        "toan-quoc",
    ] {
        let ran = crate::made::bdg(&samples, &["check", folder, "--no-cache", "--format", "json"]);
        let lines = ran.json();
        let summary = lines.last().unwrap();
        assert_eq!(summary["figures_left_out"], 0, "{folder}: {summary}");
        assert_eq!(summary["errors"], 0, "{folder}: {summary}");
    }
}

#[test]
fn the_nation_comes_out_as_worked_out_by_hand() {
    compare("toan-quoc", "VN", "2026");
}

#[test]
fn faulty_files_cost_only_what_they_spoil() {
    compare("loi-thuong-gap", "585", "2024");
}
