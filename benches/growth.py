#!/usr/bin/env python3
"""How the cost of a run grows from one province to the nation, as a table.

    cargo build --release
    cargo bench --bench generate -- FOLDER 33000 7 2026
    benches/growth.py target/release/bdg FOLDER/2026

FOLDER/2026 holds a folder for each province. Runs `bdg report --no-cache` over the first 1, 2, 4, … of them, and
over all; then over all twice more, to fill the cache and to use it. The workbook is of the nation each time. Processor time counts the processes that
read files; peak memory is that of the largest single process.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def run(program, roots, output, more):
    """(files, figures, wall seconds, processor seconds, peak MiB) of one run."""
    command = [program, "report", *map(str, roots), "-l", "VN", "-p", "2026", "-o", str(output), "--format", "json", *more]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    told = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    if os.waitstatus_to_exitcode(status) > 1:
        sys.exit(f"{' '.join(command)}: failed")
    last = told.strip().splitlines()[-1]
    number = lambda key: int(re.search(rf'"{key}":(\d+)', last).group(1))
    return number("files_read"), number("figures"), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, data = os.path.abspath(sys.argv[1]), Path(sys.argv[2])
    provinces = sorted(p for p in data.iterdir() if p.is_dir() and not p.name.startswith("."))
    counts = [n for n in (1, 2, 4, 8, 16, 32) if n < len(provinces)] + [len(provinces)]
    print(f"load at the beginning: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print("| provinces | workbooks | figures | wall s | processor s | ms a workbook | peak MiB |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        line = lambda name, r: print(
            f"| {name} | {r[0]:,} | {r[1]:,} | {r[2]:.1f} | {r[3]:.1f} | {1000 * r[3] / r[0]:.2f} | {r[4]:.0f} |", flush=True
        )
        for n in counts:
            line(n, run(program, provinces[:n], Path(folder) / str(n), ["--no-cache"]))
        subprocess.run([program, "cache", str(data), "--clear"], stdout=subprocess.DEVNULL, check=True)
        line("all, filling the cache", run(program, [data], Path(folder) / "fill", []))
        line("all, from the cache", run(program, [data], Path(folder) / "again", []))


main()
