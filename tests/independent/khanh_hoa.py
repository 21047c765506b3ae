"""Tỉnh Khánh Hòa across 1 July 2025: two provinces and their districts before, one province of 65 communes since.

The detail is invented part by part: (commune of the time, commune of today) is a "hamlet" with its own figures, so
that what a commune of today "really" had is known, although only whole communes ever report. Where each commune
went is worked out here once more from the two tables of the register, apart from bdg. No share of people is stated
for any split of this province: a split commune gives bounds, from none to all of it.
"""

import csv
import os
from random import Random

import forms_more as more
from sheets import write
from truth import Truth

HERE = os.path.dirname(__file__)
TABLES = os.path.join(HERE, "..", "..", "indicators", "localities")
PROVINCE = "56"
TODAY = "2026-12-31"
# (period, day on whose units it was reported, words of the title)
PERIODS = [
    ("2021", "2021-12-31", "Năm 2021"), ("2022", "2022-12-31", "Năm 2022"), ("2023", "2023-12-31", "Năm 2023"),
    ("2024", "2024-12-31", "Năm 2024"), ("2025-H1", "2025-06-30", "6 tháng đầu năm 2025"),
    ("2025-H2", "2025-12-31", "6 tháng cuối năm 2025"), ("2026", "2026-12-31", "Năm 2026"),
]
YEARS = ["2021", "2022", "2023", "2024", "2025", "2026"]
# Indicator: numerator, denominator; where both count parts of one thing the bounds would be narrower.
INDICATORS = {"3.2a": ("dv-victims-served", "dv-victims"), "4.1": ("live-births male", "live-births female"), "6.1": ("people-reached", "population")}


class Register:
    def __init__(self):
        self.states = {}
        with open(os.path.join(TABLES, "units.csv"), encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                self.states.setdefault(row["code"], []).append(row)
        with open(os.path.join(TABLES, "transfers.csv"), encoding="utf-8-sig") as file:
            self.moves = sorted(moves(csv.DictReader(file)))

    def on(self, code, day):
        for row in self.states.get(code, []):
            if (not row["valid_from"] or row["valid_from"] <= day) and (not row["valid_to"] or day < row["valid_to"]):
                return row
        return None

    def communes(self, day):
        return {c for c, rows in self.states.items() if len(c) == 5 and self.on(c, day)}

    def above(self, code, day):
        """Codes from the parent up to the province."""
        line, at = [], self.on(code, day)["parent_code"]
        while at and at != "VN":
            line.append(at)
            at = self.on(at, day)["parent_code"]
        return line

    def targets(self, code, day, later):
        """The units of a later day that have some of a unit, however small."""
        here, dates = {code}, sorted({m[0] for m in self.moves if day < m[0] <= later})
        for date in dates:
            there = set()
            for c in here:
                went = {to for d, frm, to in self.moves if d == date and frm == c}
                there |= went or {c}
            here = there
        return here

    def name(self, code, day):
        kind = self.on(code, day)["type"]
        kind = {"thành phố trung ương": "thành phố"}.get(kind, kind)
        return f"{kind[0].upper() + kind[1:]} {self.on(code, day)['name']}"


def moves(rows):
    """(date, from, to)."""
    for row in rows:
        if row["to_code"]:
            yield row["day"], row["from_code"], row["to_code"]


def invent(register):
    """{period: {(commune of the day, commune of today): {measure: value}}}"""
    r = Random(20250701)
    today = {c for c in register.communes(TODAY) if PROVINCE in register.above(c, TODAY)}
    detail = {}
    for n, (period, day, _) in enumerate(PERIODS):
        parts = {}
        for code in sorted(register.communes(day)):
            province = register.above(code, day)[-1]
            if province not in (("56", "58") if day < "2025-07-01" else ("56",)):
                continue
            ends = register.targets(code, day, TODAY)
            assert ends <= today, (code, ends)
            for end in sorted(ends):
                # A commune of today is as large as those it was put together from.
                size = 1 if day < "2025-07-01" else 3
                people = size * r.randint(900, 4200) + 15 * n
                births = size * r.randint(6, 40)
                boys = r.randint(births * 48 // 100, births * 57 // 100)
                victims = size * r.choice([0, 0, 1, 2, 3, 5])
                parts[code, end] = {
                    "population": people, "people-reached": r.randint(people // 5, people * 2 // 5),
                    "live-births male": boys, "live-births female": births - boys,
                    "dv-victims": victims, "dv-victims-served": r.randint(victims // 2, victims),
                }
        detail[period] = parts
    return detail


def make(root):
    register = Register()
    detail = invent(register)
    for period, day, words in PERIODS:
        t = Truth()
        sums = {}
        for (code, _), values in detail[period].items():
            for measure, value in values.items():
                sums.setdefault(code, {}).setdefault(measure, 0)
                sums[code][measure] += value
        for code, values in sums.items():
            for measure, value in values.items():
                name, *sex = measure.split()
                t.put(value, name, code, period, sex=sex[0] if sex else None)
        provinces = sorted({register.above(code, day)[-1] for code in sums})
        for province in provinces:
            codes = sorted(c for c in sums if register.above(c, day)[-1] == province)
            places = [(c, chain(register, c, day)) for c in codes]
            where = register.name(province, day).upper()
            stem = {"56": "khanh-hoa", "58": "ninh-thuan"}[province]
            leaf = lambda label, measure, **by: (None, [(label, measure, by)])
            sheets = [
                more.by_commune(t, places, period, f"CỤC THỐNG KÊ {where}", "DÂN SỐ", words, [leaf("Dân số", "population")], "Dân số", note=False),
                more.by_commune(t, places, period, f"SỞ Y TẾ {where}", "SỐ TRẺ ĐẺ RA SỐNG", words, [
                    ("Số trẻ đẻ ra sống", [("Nam", "live-births", {"sex": "male"}), ("Nữ", "live-births", {"sex": "female"})])], "Trẻ sinh", note=False),
                more.by_commune(t, places, period, f"HỘI LIÊN HIỆP PHỤ NỮ {where}", "KẾT QUẢ HỖ TRỢ NGƯỜI BỊ BẠO LỰC GIA ĐÌNH, BẠO LỰC TRÊN CƠ SỞ GIỚI", words, [
                    leaf("Số người bị bạo lực được phát hiện", "dv-victims"),
                    leaf("Được tiếp cận ít nhất một dịch vụ hỗ trợ cơ bản", "dv-victims-served")], "Hỗ trợ", note=False, place_head="Địa bàn"),
                more.by_commune(t, places, period, f"SỞ NỘI VỤ {where}", "DÂN SỐ ĐƯỢC TIẾP CẬN KIẾN THỨC CƠ BẢN VỀ BÌNH ĐẲNG GIỚI", words, [
                    leaf("Số người được tiếp cận kiến thức cơ bản về bình đẳng giới", "people-reached")], "6.1", note=False),
            ]
            if period == "2025-H1":
                # People are counted at the end of the year.
                sheets = sheets[1:]
            write(f"{root}/{period}/{stem}-{period}.xlsx", *sheets)
    with open(f"{root}/bdg.toml", "w", encoding="utf-8") as file:
        file.write("""# Tỉnh Khánh Hòa sau ngày 1/7/2025 gồm tỉnh Khánh Hòa và tỉnh Ninh Thuận cũ.
office = "SỞ NỘI VỤ"
superior = "UBND TỈNH KHÁNH HÒA"
locality = "56"
period = "2026"
lang = "vi"
""")
    return register, detail


def chain(register, code, day):
    """"Xã Cam Hiệp Bắc, huyện Cam Lâm, tỉnh Khánh Hòa"."""
    ups = [register.name(up, day) for up in register.above(code, day)]
    return ", ".join([register.name(code, day)] + [u[0].lower() + u[1:] for u in ups])


def spans(year, measure):
    if year != "2025":
        return [year]
    return ["2025-H2"] if measure == "population" else ["2025-H1", "2025-H2"]


def by_commune(parts):
    """{commune of the day: {commune of today: figures}}"""
    out = {}
    for (code, end), values in parts.items():
        out.setdefault(code, {})[end] = values
    return out


def expected(path, register, detail):
    """Both views: every figure on the communes of today, with its bounds and what is really there; and as reported."""
    today = sorted({end for _, end in detail["2026"]})
    days = {period: day for period, day, _ in PERIODS}
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("view,indicator,locality,period,numerator_low,numerator_high,numerator,denominator_low,denominator_high,denominator".split(","))
        for indicator, sides in INDICATORS.items():
            for year in YEARS:
                # 4.1 has no meaning in a commune.
                for place in [PROVINCE] if indicator == "4.1" else [PROVINCE, *today]:
                    row = []
                    for measure in sides:
                        low = high = real = 0
                        for period in spans(year, measure):
                            for parts in by_commune(detail[period]).values():
                                whole = sum(v[measure] for v in parts.values())
                                here = [v[measure] for end, v in parts.items() if place in (PROVINCE, end)]
                                real += sum(here)
                                low += whole if len(here) == len(parts) else 0
                                high += whole if here else 0
                        assert low <= real <= high, (indicator, year, place, low, real, high)
                        row += [low, high, real]
                    out.writerow(["base", indicator, place, year, *row])
                if year == "2025":
                    continue
                sums = {}
                for (code, _), values in detail[year].items():
                    for place in [code, *register.above(code, days[year])]:
                        pair = sums.setdefault(place, [0, 0])
                        for i, measure in enumerate(sides):
                            pair[i] += values[measure]
                for place, (n, d) in sorted(sums.items()):
                    if year < "2025":
                        out.writerow(["reported", indicator, place, year, n, n, n, d, d, d])
