"""Counts the numeric cells of every sample workbook with other libraries than ours.

xlsx by openpyxl, xls by xlrd, ods by its XML. Dates, booleans, errors and texts are not numbers.
Writes tests/expected/cells.csv, which the test `cells` compares with what the program accounts for.
"""

import csv
import datetime
import pathlib
import xml.etree.ElementTree as tree
import zipfile

import openpyxl
import xlrd

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data-samples"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def of_xlsx(path):
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        numbers = 0
        for row in sheet.iter_rows():
            for cell in row:
                value = cell.value
                if isinstance(value, (datetime.date, datetime.time, datetime.timedelta, bool)):
                    continue
                numbers += isinstance(value, (int, float))
        yield sheet.title, numbers


def of_xls(path):
    book = xlrd.open_workbook(path)
    for sheet in book.sheets():
        cells = (sheet.cell_type(r, c) for r in range(sheet.nrows) for c in range(sheet.ncols))
        yield sheet.name, sum(kind == xlrd.XL_CELL_NUMBER for kind in cells)


def of_ods(path):
    with zipfile.ZipFile(path) as archive:
        root = tree.fromstring(archive.read("content.xml"))
    for sheet in root.iter(TABLE + "table"):
        numbers = 0
        for row in sheet.iter(TABLE + "table-row"):
            rows = int(row.get(TABLE + "number-rows-repeated", 1))
            for cell in row:
                if cell.get(OFFICE + "value-type") in ("float", "percentage", "currency"):
                    numbers += rows * int(cell.get(TABLE + "number-columns-repeated", 1))
        yield sheet.get(TABLE + "name"), numbers


def main():
    readers = {".xlsx": of_xlsx, ".xls": of_xls, ".ods": of_ods}
    with open(ROOT / "tests/expected/cells.csv", "w", newline="\n", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["file", "sheet", "numbers"])
        for path in sorted(SAMPLES.rglob("*")):
            read = readers.get(path.suffix)
            if read is None:
                continue
            name = path.relative_to(SAMPLES).as_posix()
            try:
                rows = list(read(path))
            except Exception:
                # The samples of faults hold files that no library opens.
                continue
            for sheet, numbers in rows:
                writer.writerow([name, sheet, numbers])


main()
