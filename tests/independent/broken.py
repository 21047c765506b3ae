"""A folder of the usual faults, one per file. Its README line says what should be said about each."""

import csv
import os
import re
import zipfile
from fractions import Fraction

import forms
import forms_more as more
from expected import half_up
from ninh_son import LOWER, PLACES
from sheets import Sheet, write

TCVN3 = dict(zip(
    "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĐ",
    "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ§",
))


def make(t, root, expected):
    good = f"{root}/dan-so-2024.xlsx"
    write(good, forms.population(t, PLACES, 2024, "CHI CỤC THỐNG KÊ HUYỆN NINH SƠN", "(thống kê các xã, thị trấn đến 31/12/2024)"))

    # The mark that Excel leaves beside an open workbook.
    with open(f"{root}/~$dan-so-2024.xlsx", "wb") as file:
        file.write(b"\x04User" + b" " * 50 + b"\x04\0U\0s\0e\0r\0" + b" \0" * 50)

    # Cut off on the way.
    with open(good, "rb") as file:
        whole = file.read()
    with open(f"{root}/bi-cat-ngang.xlsx", "wb") as file:
        file.write(whole[: len(whole) * 6 // 10])

    # Not what the name says.
    with open(f"{root}/loi-tai-ve.xlsx", "wb") as file:
        file.write(b'{"error":"not authorized"}')
    with open(f"{root}/xuat-tu-web.xls", "w", encoding="utf-8") as file:
        file.write("<html><head><meta charset='utf-8'></head><body><table><tr><th>Xã</th><th>Tổng số</th></tr>"
                   "<tr><td>Lâm Sơn</td><td>12</td></tr></table></body></html>\n")
    open(f"{root}/rong.xlsx", "wb").close()
    write(f"{root}/trang.xlsx", Sheet("Sheet1"))

    # More women than people in Lâm Sơn.
    s = reached(t)
    row = next(r for (r, c), v in s.cells.items() if v == "Xã Lâm Sơn")
    s.cells[row, 4] = s.cells[row, 3] + 75
    write(f"{root}/tiep-can-kien-thuc-nu-lon-hon-tong.xlsx", s)

    # Formulas whose results were never stored (written by a program, not by Excel).
    s = more.by_commune(t, PLACES, 2024, "PHÒNG NỘI VỤ HUYỆN NINH SƠN", "TỔ CHỨC ĐƯỢC PHỔ BIẾN VÀ CAM KẾT THỰC HIỆN BÌNH ĐẲNG GIỚI",
                        "Năm 2024", more.ORGANISATIONS, "Cam kết")
    path = f"{root}/cong-thuc-khong-luu-ket-qua.xlsx"
    rows = [r for (r, c), v in s.cells.items() if c == 2 and str(v).startswith(("Xã ", "Thị trấn"))  and r > 6]
    for r in rows:
        s.formula[r, 4] = f"C{r}"
    write(path, s)
    strip_results(path, rows)

    # Two sheets of one unit for one period that differ in Lương Sơn.
    s = more.news(t, PLACES, 2024, "PHÒNG VĂN HÓA VÀ THÔNG TIN HUYỆN NINH SƠN")
    write(f"{root}/tin-bai-2024.xlsx", s)
    row = next(r for (r, c), v in s.cells.items() if v == "Xã Lương Sơn")
    s.cells[row, 5] += 3
    s.cells[row, 7] += 3
    write(f"{root}/tin-bai-2024 (1).xlsx", s)

    # No commune named; a commune that does not exist; no year.
    bare = forms.dv_01_bcx(t, "22813", "xã …", "2024-H1", "6 tháng đầu năm 2024")
    write(f"{root}/01-BCX khong ten xa.xlsx", bare)
    write(f"{root}/01-BCX xa la.xlsx", forms.dv_01_bcx(t, "22816", "xã Phước Sơn Hạ", "2024-H1", "6 tháng đầu năm 2024"))

    # Percentages without counts; half persons; an error value; a header nobody knows.
    s = more.by_commune(t, PLACES, 2024, "CÔNG AN HUYỆN NINH SƠN", "TỔNG HỢP NGƯỜI GÂY BẠO LỰC GIA ĐÌNH, BẠO LỰC TRÊN CƠ SỞ GIỚI",
                        "Năm 2024", more.POLICE(more.TWO), "Tỷ lệ", total=None)
    for (r, c), v in list(s.cells.items()):
        if c >= 7 and isinstance(v, int) and r >= 8:
            s.cells[r, c] = f"{20 + 7 * r},5%"
    write(f"{root}/chi-co-ty-le.xlsx", s)
    s = forms.health_4_bcx(t, "22819", LOWER["22819"], 2024, "Báo cáo 12 tháng năm 2024")
    row = next(r for (r, c), v in s.cells.items() if v == "Số phụ nữ đẻ")
    s.cells[row, 3] = 203.5
    s.cells[row + 1, 3] = "#VALUE!"
    write(f"{root}/so-le-va-o-loi.xlsx", s)

    # Old font: TCVN3 bytes in a Unicode file.
    s = forms.health_4_bcx(t, "22822", LOWER["22822"], 2024, "Báo cáo 12 tháng năm 2024")
    s.cells = {k: "".join(TCVN3.get(ch, ch) for ch in v) if isinstance(v, str) else v for k, v in s.cells.items()}
    write(f"{root}/font-TCVN3.xls", s)

    with open(f"{root}/bdg.toml", "w", encoding="utf-8") as file:
        file.write('office = "PHÒNG NỘI VỤ HUYỆN NINH SƠN"\nsuperior = "UBND HUYỆN NINH SƠN"\nlocality = "585"\nperiod = "2024"\n')
    expect(t, expected)


def reached(t):
    return more.by_commune(
        t, PLACES, 2024, "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI HUYỆN NINH SƠN",
        "DÂN SỐ ĐƯỢC TIẾP CẬN KIẾN THỨC CƠ BẢN VỀ BÌNH ĐẲNG GIỚI", "Năm 2024", more.REACHED, "Tiếp cận")


def strip_results(path, rows):
    """Takes the stored results away from the formulas of column D."""
    with zipfile.ZipFile(path) as source:
        entries = [(i, source.read(i)) for i in source.infolist()]
    with zipfile.ZipFile(path, "w") as target:
        for info, content in entries:
            if info.filename == "xl/worksheets/sheet1.xml":
                for r in rows:
                    content = re.sub(rb'(<c r="D%d"[^>]*><f>[^<]*</f>)<v>[^<]*</v>' % r, rb"\1", content)
            target.writestr(info, content, compresslevel=9)


def expect(t, path):
    """Only what the faults touch: 6.1 (Lâm Sơn contradicts itself), 6.2 (no results), 6.3 (Lương Sơn twice)."""
    rows = []
    for indicator, bad, value in (("6.1", ["22813"], "conflict"), ("6.3", ["22816"], "conflict")):
        parts = []
        for code, _ in PLACES:
            if code in bad:
                rows.append([indicator, "standard", code, 2024, "", "", "", "", value])
                continue
            if indicator == "6.1":
                n, d = t.peek("people-reached", code, 2024), t.peek("population", code, 2024)
            else:
                n, d = int(all(t.peek("grassroots-news", code, f"2024-Q{q}") >= 4 for q in range(1, 5))), 1
            parts.append((n, d))
            rows.append([indicator, "standard", code, 2024, "", "", n, d, half_up(Fraction(100 * n, d), 1)])
        n, d = (sum(p[i] for p in parts) for i in (0, 1))
        rows.append([indicator, "standard", "585", 2024, "", "", n, d, half_up(Fraction(100 * n, d), 1)])
    for code in [c for c, _ in PLACES] + ["585"]:
        rows.append(["6.2", "standard", code, 2024, "", "", "", "", "not-reported"])
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("indicator,variant,locality,period,sex,ethnicity,numerator,denominator,value".split(","))
        out.writerows(rows)
