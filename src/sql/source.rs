//! Where the statement reads from: the only part in which engines differ.

use super::Wanted;
use super::script::{Script, quoted};
use crate::report::{FactColumn, fact_columns, unit_columns};

/// The engine that is to run the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    #[default]
    DuckDb,
    Spark,
    Trino,
    /// Any other: two tables `facts` and `units` are there.
    Ansi,
}

impl Dialect {
    pub const ALL: [(&'static str, Dialect); 4] = [
        ("duckdb", Dialect::DuckDb),
        ("spark", Dialect::Spark),
        ("trino", Dialect::Trino),
        ("ansi", Dialect::Ansi),
    ];
}

pub(super) fn read(wanted: &Wanted<'_>, script: &mut Script) {
    let (period, version) = (wanted.period.code(), &wanted.catalogue.version);
    script.head(
        &format!("Các chỉ tiêu của kỳ {period} và các năm trước, mỗi năm theo địa giới của năm đó; danh mục {version}."),
        &format!("The indicators of {period} and of the years before it, each on the units of its own time; catalogue {version}."),
    );
    let folder = wanted.folder.trim_end_matches('/');
    let (facts, units) = (
        format!("{folder}/year=*/province=*/bdg.parquet"),
        format!("{folder}/_units/bdg.parquet"),
    );
    let sources = match wanted.dialect {
        Dialect::DuckDb => [facts, units].map(|path| format!("read_parquet({})", quoted(&path))),
        Dialect::Spark => [facts, units].map(|path| format!("parquet.`{path}`")),
        Dialect::Trino => {
            tables(script, folder);
            return;
        }
        Dialect::Ansi => {
            script.head(
                "Cần hai bảng: facts (mọi tệp year=*/province=*/bdg.parquet) và units (_units/bdg.parquet).",
                "Two tables are needed: facts (all files year=*/province=*/bdg.parquet) and units (_units/bdg.parquet).",
            );
            return;
        }
    };
    let [facts, units] = sources;
    script.step(
        "facts",
        (
            "Mọi số liệu đã báo cáo, mỗi dòng một ô.",
            "All reported figures, one cell a row.",
        ),
        &format!("SELECT {} FROM {facts}", USED.join(", ")),
    );
    script.step(
        "units",
        ("Các đơn vị hành chính theo ngày.", "The units of each day."),
        &format!("SELECT * FROM {units}"),
    );
}

/// What the steps use of the facts.
const USED: [&str; 10] = [
    "boundaries_on",
    "stands_for",
    "measure",
    "item",
    "age",
    "ethnicity",
    "sex",
    "period",
    "value",
    "contradicted",
];

/// Trino reads tables that were declared over the folders.
fn tables(script: &mut Script, folder: &str) {
    script.head(
        "Khai báo một lần (hive là tên danh mục kết nối):",
        "Declare once (hive is the name of the connector's catalogue):",
    );
    let (facts, folders): (Vec<FactColumn>, Vec<FactColumn>) =
        (fact_columns().into_iter()).partition(|(_, kind, _)| !kind.contains("folder"));
    let folders: Vec<&str> = folders.iter().map(|(name, ..)| *name).collect();
    let typed = |columns: &[FactColumn]| {
        let typed = columns.iter().map(|(name, kind, _)| {
            let kind = match *kind {
                "int64" => "bigint",
                "bool" => "boolean",
                _ => "varchar",
            };
            format!("{name} {kind}")
        });
        typed.collect::<Vec<_>>().join(", ")
    };
    let by: Vec<String> = folders.iter().map(|name| quoted(name)).collect();
    let by = by.join(", ");
    let partitions: Vec<String> = folders.iter().map(|name| format!("{name} varchar")).collect();
    let lines = [
        "  CREATE SCHEMA IF NOT EXISTS hive.bdg; USE hive.bdg;".to_owned(),
        format!(
            "  CREATE TABLE facts ({}, {})",
            typed(&facts),
            partitions.join(", ")
        ),
        format!(
            "    WITH (format = 'PARQUET', external_location = {}, partitioned_by = ARRAY[{by}]);",
            quoted(folder)
        ),
        "  CALL system.sync_partition_metadata('bdg', 'facts', 'FULL');".to_owned(),
        format!("  CREATE TABLE units ({})", typed(&unit_columns())),
        format!(
            "    WITH (format = 'PARQUET', external_location = {});",
            quoted(&format!("{folder}/_units"))
        ),
    ];
    let text = lines.join("\n");
    script.head(&text, &text);
}
