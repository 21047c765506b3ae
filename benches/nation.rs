//! Facts of the nation over many years, summed to all levels and evaluated: once, with wall times. The same facts are
//! written as `--facts` writes them, so that other engines can do the same sums (`nation.py`).

mod common;
mod generator;

use std::error::Error;
use std::fs::{File, create_dir_all};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use arrow::array::{ArrayRef, BooleanArray, DictionaryArray, Int64Array, StringArray};
use arrow::datatypes::Int32Type;
use arrow::record_batch::RecordBatch;
use bdg::check::check;
use bdg::classification::{CategoryId, Dimension};
use bdg::evaluate::{Question, evaluate};
use bdg::fact::{Fact, FactSet};
use bdg::period::Period;
use bdg::rollup::{Tree, roll_up};
use common::{CATALOGUE, SEED, SIZE};
use generator::facts::figures_of_years;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

/// With the communes of `large` some 20 million facts.
const YEARS: i16 = 19;

fn main() -> Result<(), Box<dyn Error>> {
    if !common::measures() {
        return Ok(());
    }
    let figures = figures_of_years(&CATALOGUE, SIZE.communes, YEARS, SEED);
    let period = Period::year(figures.year);
    let tree = Tree::new(&CATALOGUE.localities, figures.scope, period.last_day());
    if let Some(folder) = std::env::var_os("BDG_BENCH_FOLDER") {
        write(Path::new(&folder), &figures.facts, &tree)?;
    }
    let (count, sources, communes) = (figures.facts.len(), figures.sources, figures.communes);
    let set = FactSet::new(&figures.facts);
    drop(figures.facts);
    let begin = Instant::now();
    let (checked, _) = check(&set, &sources, &CATALOGUE);
    let after_check = begin.elapsed();
    let (rolled, _) = roll_up(&checked, &tree, &CATALOGUE, &sources);
    let after_sums = begin.elapsed();
    let periods: Vec<Period> = (0..10).rev().map(|years| period.back(years)).collect();
    let figures = evaluate(&Question {
        catalogue: &CATALOGUE,
        tree: &tree,
        rolled: &rolled,
        periods: &periods,
        variants: &vec![0; CATALOGUE.indicators.len()],
        recast: None,
    });
    let all = begin.elapsed();
    println!("facts {count}");
    println!("communes {communes}");
    println!("sums {}", rolled.iter().count());
    println!("figures {}", figures.len());
    println!("check_seconds {:.2}", after_check.as_secs_f64());
    println!("sums_seconds {:.2}", (after_sums - after_check).as_secs_f64());
    println!("evaluate_seconds {:.2}", (all - after_sums).as_secs_f64());
    Ok(())
}

/// Facts and units, with the columns that the statement of `bdg sql` reads.
fn write(folder: &Path, facts: &[Fact], tree: &Tree) -> Result<(), Box<dyn Error>> {
    let lists = &CATALOGUE.lists;
    let register = &CATALOGUE.localities;
    let code = |id: CategoryId| {
        if id.is_all() {
            "all"
        } else {
            &lists.category(id).code
        }
    };
    let day = tree.day.to_string();
    let mut years: Vec<i16> = facts.iter().map(|f| f.period.year).collect();
    years.sort_unstable();
    years.dedup();
    for year in years {
        let of_year: Vec<&Fact> = facts.iter().filter(|f| f.period.year == year).collect();
        let texts = |text: &dyn Fn(&Fact) -> String| -> ArrayRef {
            let texts: Vec<String> = of_year.iter().map(|f| text(f)).collect();
            Arc::new(
                texts
                    .iter()
                    .map(|t| Some(t.as_str()))
                    .collect::<DictionaryArray<Int32Type>>(),
            )
        };
        let about = |dimension: Dimension| texts(&|f| code(f.breakdown.get(dimension)).to_owned());
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("boundaries_on", texts(&|_| day.clone())),
            ("stands_for", texts(&|f| register.unit(f.place).code.clone())),
            (
                "measure",
                texts(&|f| CATALOGUE.measures.get(f.measure).id.clone()),
            ),
            ("item", about(Dimension::Item)),
            ("age", about(Dimension::Age)),
            ("ethnicity", about(Dimension::Ethnicity)),
            ("sex", about(Dimension::Sex)),
            ("period", texts(&|f| f.period.code())),
            (
                "value",
                Arc::new(of_year.iter().map(|f| Some(f.value)).collect::<Int64Array>()),
            ),
            (
                "contradicted",
                Arc::new(BooleanArray::from(vec![false; of_year.len()])),
            ),
        ];
        put(&folder.join(format!("year={year}/province=00")), columns)?;
    }
    let nodes = &tree.nodes;
    let texts = |text: &dyn Fn(usize) -> Option<String>| -> ArrayRef {
        Arc::new((0..nodes.len()).map(text).collect::<StringArray>())
    };
    let numbers = |number: &dyn Fn(usize) -> i64| -> ArrayRef {
        Arc::new((0..nodes.len()).map(|n| Some(number(n))).collect::<Int64Array>())
    };
    let unit_code = |n: usize| register.unit(nodes[n].unit).code.clone();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("boundaries_on", texts(&|_| Some(day.clone()))),
        ("code", texts(&|n| Some(unit_code(n)))),
        ("parent", texts(&|n| nodes[n].parent.map(unit_code))),
        ("depth", numbers(&|n| i64::from(nodes[n].depth))),
        (
            "level",
            texts(&|n| Some(register.unit(nodes[n].unit).level.code().to_owned())),
        ),
        ("children", numbers(&|n| nodes[n].children.len() as i64)),
        ("lowest", numbers(&|n| i64::from(nodes[n].leaves))),
        ("bodies", numbers(&|n| i64::from(nodes[n].units))),
        ("joins", Arc::new(BooleanArray::from(vec![false; nodes.len()]))),
        ("base", Arc::new(BooleanArray::from(vec![true; nodes.len()]))),
    ];
    put(&folder.join("_units"), columns)
}

fn put(folder: &Path, columns: Vec<(&str, ArrayRef)>) -> Result<(), Box<dyn Error>> {
    create_dir_all(folder)?;
    let batch = RecordBatch::try_from_iter(columns)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let file = File::create(folder.join("bdg.parquet"))?;
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties))?;
    writer.write(&batch)?;
    writer.close()?;
    Ok(())
}
