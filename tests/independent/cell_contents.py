"""What openpyxl sees in every xlsx and what xlrd sees in every xls of data-samples: one line for a sheet in
tests/expected/cell-contents.csv, with the number of its cells, the number of those with figures, and a digest
of all addresses and values. `tests/differential.rs` makes the same lines from bdg's own reader."""

import csv
import datetime
import hashlib
import pathlib
import zipfile

import openpyxl
import xlrd
from openpyxl.utils import get_column_letter

ROOT = pathlib.Path(__file__).resolve().parents[2]


def shown(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(int(value)) if value == int(value) else repr(float(value))
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.strftime("%Y-%m-%d")
    return str(value)


def line(path, name, cells):
    text = "".join(f"{address}={shown(value)}\n" for address, value in cells)
    numbers = sum(isinstance(v, (int, float)) and not isinstance(v, bool) for _, v in cells)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
    return [path.relative_to(ROOT).as_posix(), name, len(cells), numbers, digest]


def of_xlsx(path):
    values = openpyxl.load_workbook(path, data_only=True)
    for sheet in values.worksheets:
        cells = [
            (cell.coordinate, cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and str(cell.value).strip()
        ]
        yield line(path, sheet.title, cells)


def of_xls(path):
    book = xlrd.open_workbook(path)
    for sheet in book.sheets():
        cells = []
        for r in range(sheet.nrows):
            for c in range(sheet.ncols):
                cell = sheet.cell(r, c)
                value = cell.value
                if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or not str(value).strip():
                    continue
                if cell.ctype == xlrd.XL_CELL_DATE:
                    value = xlrd.xldate_as_datetime(value, book.datemode)
                elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                    value = bool(value)
                elif cell.ctype == xlrd.XL_CELL_ERROR:
                    value = xlrd.error_text_from_code[value]
                cells.append((f"{get_column_letter(c + 1)}{r + 1}", value))
        yield line(path, sheet.name, cells)


def main():
    rows = []
    for path in sorted((ROOT / "data-samples").rglob("*.xls*")):
        if path.name.startswith("~$"):
            continue
        try:
            read = of_xlsx if zipfile.is_zipfile(path) else of_xls
            rows.extend(read(path))
        except Exception:  # noqa: BLE001 - what the others cannot read either is no witness
            continue
    target = ROOT / "tests/expected/cell-contents.csv"
    with open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["file", "sheet", "cells", "numbers", "digest"])
        writer.writerows(rows)
    print(len(rows), "sheets")


if __name__ == "__main__":
    main()
