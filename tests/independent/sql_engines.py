"""Runs what `bdg sql` prints on DuckDB and on Spark's local mode, and compares every figure with bdg's own tidy data.

    python3 tests/independent/sql_engines.py target/debug/bdg [folder of data ...]

Without folders: all of data-samples. An engine whose library (duckdb, pyspark with Java) is not there is named and
passed over; the end is 1 if a figure differs or no engine could be run.
"""

import pathlib
import subprocess
import sys
import tempfile
import time

KEY = ("indicator_id", "boundaries_on", "locality_code", "period", "sex", "age", "ethnicity")


def run(*words):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True)
    if done.returncode > 1:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stderr}")
    return done.stdout


def duckdb_engine():
    import duckdb

    return lambda sql: duckdb.connect().execute(sql).fetchall()


def spark_engine():
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.memory", "4g")
        # The statement has more steps than the analyser follows by default.
        .config("spark.sql.analyzer.maxIterations", "1000")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    return lambda sql: [tuple(row) for row in spark.sql(sql.strip().rstrip(";")).collect()]


def tidy(path):
    """What bdg itself computed: by key, numerator, denominator, value, reason."""
    import polars

    table = polars.read_parquet(path)
    figures = {}
    for row in table.iter_rows(named=True):
        figures[tuple(row[name] for name in KEY)] = (
            row["numerator"],
            row["denominator"],
            row["value"],
            row["absence"],
            row["boundary"],
        )
    return figures


def compare(rows, figures):
    """Faults, and how many figures agree."""
    found = {}
    for row in rows:
        indicator, on, code, period, sex, age, ethnicity, n, d, decimals, value, absence, *_ = row
        natural = [None if count is None else count / 10**decimals for count in (n, d)]
        found[(indicator, on, code, period, sex, age, ethnicity)] = (*natural, value, absence)
    faults = []
    same_elsewhere = set()
    for key, values in found.items():
        indicator, _, *rest = key
        same_elsewhere.add((indicator, *rest[1:], *values))
        # What was a district may be a commune today, where the indicator is not computed.
        same_elsewhere.add((indicator, *rest[1:], *values[:2], None, "not-applicable"))
    for key, (n, d, value, absence, boundary) in figures.items():
        theirs = found.pop(key, None)
        if theirs == (n, d, value, absence):
            continue
        # A unit that never changed has its figure under the day of its time, and under the day of the report.
        indicator, _, _, *rest = key
        if (theirs is None or theirs[:3] == (None, None, None)) and boundary == "same":
            if absence == "cannot-compute" or (indicator, *rest, n, d, value, absence) in same_elsewhere:
                continue
        faults.append(f"{key}: bdg {(n, d, value, absence)}, engine {theirs}")
    # Groups of earlier units stand in no report of bdg's.
    for key, values in found.items():
        if key[4:] == ("all", "all", "all") and values[:3] != (None, None, None):
            faults.append(f"{key}: bdg nothing, engine {values}")
    return faults


def main():
    bdg = pathlib.Path(sys.argv[1]).resolve()
    samples = pathlib.Path(__file__).resolve().parents[2] / "data-samples"
    folders = [pathlib.Path(f) for f in sys.argv[2:]] or sorted(p.parent for p in samples.glob("*/bdg.toml"))
    engines = {}
    for name, make in {"duckdb": duckdb_engine, "spark": spark_engine}.items():
        try:
            engines[name] = make()
        except Exception as missing:  # the library, Java, or its version
            print(f"{name}: not run, {type(missing).__name__}: {missing}")
    bad = not engines
    for folder in folders:
        with tempfile.TemporaryDirectory() as out:
            facts = pathlib.Path(out) / "facts"
            general = ["--config", folder / "bdg.toml", "--lang", "en", "-q"]
            run(bdg, "report", folder, *general, "--boundaries", "as-reported", "-o", out, "--facts", facts, "--no-cache")
            figures = tidy(next(p for p in pathlib.Path(out).glob("*.parquet") if not p.name.startswith("bdg-facts")))
            for name, engine in engines.items():
                sql = run(bdg, "sql", facts, *general, "--dialect", name)
                began = time.monotonic()
                rows = engine(sql)
                took = time.monotonic() - began
                faults = compare(rows, figures)
                bad |= bool(faults)
                print(f"{folder.name}: {name}, {len(rows)} rows in {took:.1f} s, {len(figures)} figures compared, {len(faults)} differ")
                for fault in faults[:10]:
                    print("   ", fault)
    sys.exit(int(bad))


if __name__ == "__main__":
    main()
