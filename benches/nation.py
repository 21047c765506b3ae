"""The nation's facts summed to all levels: bdg beside DuckDB and polars, on the same facts, in one run.

    BDG_BENCH_SIZE=large python3 benches/nation.py [BDG]

Runs `cargo bench --bench nation`, which writes the facts as Parquet into a folder of its own and prints its times. Then
DuckDB and polars add the same facts up to commune, province and nation from that Parquet (plain sums: no checks, no complements,
no parts of a year); with BDG, a built program, DuckDB also runs the whole statement of `bdg sql`.
"""

import os
import subprocess
import sys
import tempfile
import time

KEYS = ["measure", "item", "age", "ethnicity", "sex", "period"]


def timed(name, work, ours):
    began = time.monotonic()
    rows = work()
    took = time.monotonic() - began
    print(f"{name}: {took:.2f} s, {rows} rows; bdg takes {ours / took:.2f} times as long")


def main():
    with tempfile.TemporaryDirectory() as folder:
        words = ["cargo", "bench", "--bench", "nation"]
        done = subprocess.run(words, env={**os.environ, "BDG_BENCH_FOLDER": folder}, stdout=subprocess.PIPE, text=True, check=True)
        print(done.stdout.strip())
        bdg = {line.split()[0]: float(line.split()[1]) for line in done.stdout.splitlines() if len(line.split()) == 2}
        sums, all_of_it = bdg["sums_seconds"], bdg["sums_seconds"] + bdg["evaluate_seconds"]
        files, units = f"{folder}/year=*/province=*/bdg.parquet", f"{folder}/_units/bdg.parquet"
        keys = ", ".join(KEYS)
        try:
            import duckdb

            lines = f"""SELECT code, code AS above FROM '{units}' UNION ALL SELECT code, parent FROM '{units}' WHERE parent IS NOT NULL
                UNION ALL SELECT u.code, p.parent FROM '{units}' u JOIN '{units}' p ON p.code = u.parent WHERE p.parent IS NOT NULL"""
            plain = f"""CREATE OR REPLACE TABLE sums AS SELECT above, {keys}, SUM(value) AS value FROM read_parquet('{files}') f
                JOIN ({lines}) l ON l.code = f.stands_for GROUP BY ALL"""
            db = duckdb.connect()
            timed("DuckDB, plain sums", lambda: db.execute(plain).fetchone()[0], sums)
            if len(sys.argv) > 1:
                sql = subprocess.run([sys.argv[1], "sql", folder, "-p", "2026", "--no-config"], stdout=subprocess.PIPE, text=True, check=True).stdout
                timed("DuckDB, everything (bdg sql)", lambda: len(duckdb.sql(sql).fetchall()), all_of_it)
        except ImportError as missing:
            print(f"DuckDB: not run, {missing}")
        try:
            import polars as pl

            def polars_sums():
                # Level by level, as polars does it best: communes first, then their sums.
                of = pl.read_parquet(units).select("code", "parent").lazy()
                at = pl.scan_parquet(files, hive_partitioning=False).group_by("stands_for", *KEYS).agg(pl.col("value").sum())
                at = at.with_columns(pl.col("stands_for").cast(pl.String)).collect()
                rows = at.height
                while True:
                    at = at.lazy().join(of, left_on="stands_for", right_on="code").drop_nulls("parent")
                    at = at.drop("stands_for").rename({"parent": "stands_for"})
                    at = at.group_by("stands_for", *KEYS).agg(pl.col("value").sum()).collect()
                    if at.height == 0:
                        return rows
                    rows += at.height

            timed("polars, plain sums", polars_sums, sums)
        except ImportError as missing:
            print(f"polars: not run, {missing}")


if __name__ == "__main__":
    main()
