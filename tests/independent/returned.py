"""What `bdg check --return` gives back, looked at with other programs than bdg's own.

    python3 tests/independent/returned.py target/debug/bdg

Writes a workbook with planted errors (openpyxl), lets bdg return it, and checks:
- openpyxl and, if it is installed, LibreOffice open what came back;
- exactly the planted cells carry a colour and a comment, everything else is as it was;
- the values that bdg suggests, typed into the returned workbook and saved, make the next run clean;
- saved again by LibreOffice, the returned workbook is still known for what it is: its list is passed over and its old
  marks are replaced.
Figures are invented.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

HEAD = ["Xã", "Tổng số", "Nam", "Nữ"]
# Sheet: title, rows below the head, planted cells. No two sheets speak of the same commune in the same year.
SHEETS = {
    "Nữ lớn hơn tổng": ("Dân số năm 2024", [["Xã Lâm Sơn", 100, 48, 520]], {"B3", "D3"}),
    "Không cộng lại": ("Dân số năm 2023", [["Xã Lâm Sơn", 100, 60, 50]], {"B3"}),
    "Chữ": ("Dân số năm 2022", [["Xã Lâm Sơn", 100, 60, "chín"], ["Xã Mỹ Sơn", 80, 40, 40]], {"D3"}),
    "Hai cách hiểu": ("Dân số năm 2021", [["Xã Lâm Sơn", 100, 88, "(12)"]], {"D3"}),
    "Số lẻ": ("Dân số năm 2020", [["Xã Lâm Sơn", 100, 88, 12.5]], {"D3"}),
    "Số âm": ("Dân số năm 2019", [["Xã Lâm Sơn", 100, 95, -5]], {"D3"}),
    "Quá lớn": ("Dân số năm 2018", [["Xã Lâm Sơn", 10**15, 50, 50]], {"B3"}),
    "Dòng cộng": ("Dân số năm 2017", [["Xã Mỹ Sơn", 100, 50, 50], ["Xã Ma Nới", 200, 110, 90], ["Cộng", 310, 160, 140]], {"B5"}),
}


def write(path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, (title, rows, _) in SHEETS.items():
        sheet = book.create_sheet(name)
        sheet["A1"] = title
        sheet["A1"].font = Font(bold=True, size=14)
        for c, text in enumerate(HEAD, 1):
            sheet.cell(2, c, text).fill = PatternFill("solid", fgColor="00DDEBF7")
        for r, row in enumerate(rows, 3):
            for c, value in enumerate(row, 1):
                sheet.cell(r, c, value).fill = PatternFill("solid", fgColor="00E2EFDA")
        sheet.column_dimensions["A"].width = 22
    first = book.worksheets[0]
    first["D3"].comment = Comment("hỏi lại chị kế toán", "Đơn vị")
    hidden = book.create_sheet("Ghi chép riêng")
    hidden["A1"] = "Người lập biểu"
    hidden.merge_cells("A2:C3")
    hidden.sheet_state = "hidden"
    book.save(path)


def marks(sheet):
    """Cells with a comment of bdg's, and cells with its colours."""
    commented, coloured = set(), set()
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment and (cell.comment.author == "bdg" or "[bdg] " in cell.comment.text):
                commented.add(cell.coordinate)
            if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in ("FFFFC9BD", "FFFFF0B3"):
                coloured.add(cell.coordinate)
    return commented, coloured


def look(cell):
    return cell.value, cell.font.b, cell.font.sz, cell.number_format, cell.border.left.style, cell.alignment.horizontal


def check(bdg, folder, reports, back):
    words = [bdg, "check", reports, "--return", back, "-l", "585", "-p", "2024", "--format", "json", "--no-cache"]
    ran = subprocess.run(words, cwd=folder, capture_output=True, text=True)
    assert ran.returncode < 2, ran.stdout + ran.stderr
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    troubles = [l for l in lines if l["type"] == "problem" and l["severity"] != "note"]
    return troubles, [l for l in lines if l["type"] == "returned"], lines


def points(book):
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    head = next(i for i, row in enumerate(rows) if row[0] == "STT")
    return [row for row in rows[head + 1:] if row[0]]


def main(bdg):
    bdg = str(Path(bdg).resolve())
    folder = Path(tempfile.mkdtemp())
    (folder / "nhan").mkdir()
    write(folder / "nhan/xa.xlsx")
    before = openpyxl.load_workbook(folder / "nhan/xa.xlsx")
    check(bdg, folder, "nhan", "tra")
    after = openpyxl.load_workbook(folder / "tra/xa.xlsx")
    assert after.sheetnames == ["Việc cần sửa", *before.sheetnames], after.sheetnames
    assert after.active.title == "Việc cần sửa"
    for name in before.sheetnames:
        planted = SHEETS.get(name, (None, None, set()))[2]
        assert marks(after[name]) == (planted, planted), (name, marks(after[name]))
        assert before[name].sheet_state == after[name].sheet_state
        assert before[name].merged_cells.ranges == after[name].merged_cells.ranges
        for row in before[name].iter_rows():
            for cell in row:
                now = after[name][cell.coordinate]
                assert look(cell) == look(now), (name, cell.coordinate)
                if cell.coordinate not in planted:
                    assert cell.fill.fgColor.rgb == now.fill.fgColor.rgb, (name, cell.coordinate)
    assert "hỏi lại chị kế toán" in after.worksheets[1]["D3"].comment.text
    links = [c.hyperlink.location for row in after.worksheets[0].iter_rows() for c in row if c.hyperlink]
    assert "'Nữ lớn hơn tổng'!D3" in links, links
    print(f"openpyxl: {len(points(after))} points, marks as planted")

    # What bdg suggests, typed into the workbook that came back.
    (folder / "nhan-2").mkdir()
    for row in points(after):
        found = re.match(r"([A-Z]+\d+) = (\d+)", row[7] or "")
        assert found, row
        after[row[2]][found[1]] = int(found[2])
    after.save(folder / "nhan-2/xa.xlsx")
    troubles, returned, _ = check(bdg, folder, "nhan-2", "tra-2")
    assert not troubles and not returned, troubles
    print("the suggested values typed in and saved by openpyxl: the run is clean")

    office = shutil.which("soffice")
    if not office:
        print("LibreOffice is not installed: not tried")
        return
    (folder / "nhan-3").mkdir()
    words = [office, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "nhan-3", "tra/xa.xlsx"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    again = openpyxl.load_workbook(folder / "nhan-3/xa.xlsx")
    assert again.sheetnames == after.sheetnames
    for name, (_, _, planted) in SHEETS.items():
        assert marks(again[name])[1] == planted, (name, marks(again[name]))
    _, _, lines = check(bdg, folder, "nhan-3", "tra-3")
    assert any(l.get("name") == "mending-list" for l in lines)
    third = openpyxl.load_workbook(folder / "tra-3/xa.xlsx")
    assert third.sheetnames == after.sheetnames, third.sheetnames
    for name, (_, _, planted) in SHEETS.items():
        assert marks(third[name])[1] == planted, (name, marks(third[name]))
        for row in third[name].iter_rows():
            for cell in row:
                if cell.comment:
                    assert cell.comment.text.count("Cách sửa") <= 2, (name, cell.comment.text)
    print("LibreOffice: opened, saved, returned again with one list and marks as planted")


if __name__ == "__main__":
    main(*sys.argv[1:])
