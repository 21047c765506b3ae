"""Sheets as plain cells, and their writing as xlsx, xls, ods or csv.

Output is the same byte for byte on every run: no clock, no random names.
"""

import io
import os
import re
import zipfile

import openpyxl
import xlwt
from odf import opendocument, style, table, text as odftext
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

STAMP = "2024-01-01T00:00:00Z"


class Sheet:
    """Cells by (row, column) from 1; merges as (row, column, last row, last column)."""

    def __init__(self, name, hidden=False):
        self.name, self.hidden = name, hidden
        self.cells, self.merges, self.bold, self.centre = {}, [], set(), set()
        self.formula, self.format, self.widths = {}, {}, {}
        self.boxed = set()

    def put(self, row, column, value, to=None, bold=False, centre=False, fmt=None, formula=None):
        """Writes one cell; `to` = (last row, last column) merges."""
        if value is not None:
            self.cells[row, column] = value
        if to and to != (row, column):
            self.merges.append((row, column, to[0], to[1]))
        if bold:
            self.bold.add((row, column))
        if centre:
            self.centre.add((row, column))
        if fmt:
            self.format[row, column] = fmt
        if formula:
            self.formula[row, column] = formula
        return self

    def row(self, row, values, column=1, **how):
        for i, value in enumerate(values):
            self.put(row, column + i, value, **how)
        return self

    def box(self, top, left, bottom, right):
        """Borders, as a printed table has."""
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                self.boxed.add((r, c))

    def header(self, top, left, tree):
        """A merged header from nested lists: "text" or ("text", [children]). Returns its depth."""

        def depth(node):
            return 1 if isinstance(node, str) or node is None else 1 + max(map(depth, node[1]))

        deepest = max(map(depth, tree))

        def place(node, row, column):
            if isinstance(node, str) or node is None:
                self.put(row, column, node, to=(top + deepest - 1, column), bold=True, centre=True)
                return column + 1
            at = column
            for child in node[1]:
                at = place(child, row + 1, at)
            self.put(row, column, node[0], to=(row, at - 1), bold=True, centre=True)
            return at

        at = left
        for node in tree:
            at = place(node, top, at)
        return deepest


def column_name(column):
    return get_column_letter(column)


# --- xlsx ---------------------------------------------------------------------------------------

THIN = Border(*[Side(style="thin")] * 4)


def _xlsx(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        ws = book.create_sheet(sheet.name)
        if sheet.hidden:
            ws.sheet_state = "hidden"
        for at in sorted(set(sheet.cells) | sheet.boxed):
            cell = ws.cell(*at)
            if at in sheet.cells:
                cell.value = sheet.cells[at]
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.data_type = "s"
            cell.font = Font(name="Times New Roman", size=11, bold=at in sheet.bold)
            if at in sheet.centre:
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if at in sheet.boxed:
                cell.border = THIN
            if at in sheet.format:
                cell.number_format = sheet.format[at]
        for r, c, r2, c2 in sheet.merges:
            ws.merge_cells(start_row=r, start_column=c, end_row=r2, end_column=c2)
        for c, width in sheet.widths.items():
            ws.column_dimensions[column_name(c)].width = width
    out = io.BytesIO()
    book.save(out)
    return _settle_zip(out.getvalue(), {i + 1: s.formula for i, s in enumerate(sheets) if s.formula})


def _settle_zip(data, formulas=None):
    """Same entries, fixed times; formulas are put beside their stored results."""
    source = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", STAMP.encode(), content)
            if name == "meta.xml":
                content = re.sub(rb"(<(?:dc:date|meta:creation-date)>)[^<]*", rb"\g<1>" + STAMP[:-1].encode(), content)
            match = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if match and formulas and int(match[1]) in formulas:
                content = _put_formulas(content.decode(), formulas[int(match[1])]).encode()
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, content, compresslevel=None if stored else 9)
    return out.getvalue()


def _put_formulas(xml, formulas):
    for (row, column), formula in sorted(formulas.items()):
        address = f"{column_name(column)}{row}"
        xml, n = re.subn(rf'(<c r="{address}"[^>]*>)(<v>)', rf"\g<1><f>{formula}</f>\g<2>", xml)
        assert n == 1, (address, formula)
    return xml


# --- xls, ods, csv ------------------------------------------------------------------------------


def _xls(sheets):
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        ws = book.add_sheet(sheet.name)
        if sheet.hidden:
            ws.visibility = 1
        merged = {(r, c): (r2, c2) for r, c, r2, c2 in sheet.merges}
        for at, value in sorted(sheet.cells.items()):
            how = xlwt.easyxf("font: name Times New Roman" + (", bold on" if at in sheet.bold else ""))
            if at in merged:
                ws.write_merge(at[0] - 1, merged[at][0] - 1, at[1] - 1, merged[at][1] - 1, value, how)
            else:
                ws.write(at[0] - 1, at[1] - 1, value, how)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ods(sheets):
    doc = opendocument.OpenDocumentSpreadsheet()
    hide = style.Style(name="hide", family="table")
    hide.addElement(style.TableProperties(display="false"))
    doc.automaticstyles.addElement(hide)
    for sheet in sheets:
        tab = table.Table(name=sheet.name, **({"stylename": hide} if sheet.hidden else {}))
        rows = max((r for r, _ in sheet.cells), default=0)
        columns = max([c for _, c in sheet.cells] + [m[3] for m in sheet.merges])
        tab.addElement(table.TableColumn(numbercolumnsrepeated=columns))
        spans = {(r, c): (r2 - r + 1, c2 - c + 1) for r, c, r2, c2 in sheet.merges}
        covered = {
            (r, c) for r0, c0, r2, c2 in sheet.merges for r in range(r0, r2 + 1) for c in range(c0, c2 + 1)
        } - set(spans)
        for r in range(1, rows + 1):
            line = table.TableRow()
            for c in range(1, columns + 1):
                value = sheet.cells.get((r, c))
                kind = {}
                if (r, c) in spans:
                    kind = dict(numberrowsspanned=spans[r, c][0], numbercolumnsspanned=spans[r, c][1])
                if (r, c) in covered:
                    cell = table.CoveredTableCell()
                elif value is None:
                    cell = table.TableCell(**kind)
                elif isinstance(value, (int, float)):
                    cell = table.TableCell(valuetype="float", value=str(value), **kind)
                    cell.addElement(odftext.P(text=str(value)))
                else:
                    cell = table.TableCell(valuetype="string", **kind)
                    cell.addElement(odftext.P(text=value))
                line.addElement(cell)
            tab.addElement(line)
        doc.spreadsheet.addElement(tab)
    out = io.BytesIO()
    doc.write(out)
    return _settle_zip(out.getvalue())


def _csv(sheets, separator=";", encoding="utf-8-sig"):
    (sheet,) = sheets
    rows = max(r for r, _ in sheet.cells)
    columns = max(c for _, c in sheet.cells)
    lines = []
    for r in range(1, rows + 1):
        fields = []
        for c in range(1, columns + 1):
            value = sheet.cells.get((r, c), "")
            field = str(value)
            if separator in field or '"' in field or "\n" in field:
                field = '"' + field.replace('"', '""') + '"'
            fields.append(field)
        lines.append(separator.join(fields))
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def write(path, *sheets):
    """Writes by the extension of `path`."""
    writer = {".xlsx": _xlsx, ".xls": _xls, ".ods": _ods, ".csv": _csv}[os.path.splitext(path)[1]]
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(writer(list(sheets)))
