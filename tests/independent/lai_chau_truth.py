"""Invented figures of tỉnh Lai Châu with its 38 communes of 2025, years 2025 and 2026."""

import random

from invent import leaders, mothers, others, people_of, schools, splitter, trafficking, violence
from truth import Truth

PROVINCE = "12"
YEARS = [2025, 2026]
# code, type, name, people, share of ethnic minorities in per mille
COMMUNES = [
    ("03388", "Phường", "Đoàn Kết", 25400, 486), ("03390", "Xã", "Bình Lư", 18610, 871), ("03394", "Xã", "Sin Suối Hồ", 16340, 967),
    ("03405", "Xã", "Tả Lèng", 12630, 958), ("03408", "Phường", "Tân Phong", 36460, 412), ("03424", "Xã", "Bản Bo", 9500, 902),
    ("03430", "Xã", "Khun Há", 9150, 981), ("03433", "Xã", "Bum Tở", 11710, 884), ("03434", "Xã", "Nậm Hàng", 11220, 863),
    ("03439", "Xã", "Thu Lũm", 5260, 983), ("03442", "Xã", "Pa Ủ", 6080, 987), ("03445", "Xã", "Mường Tè", 6360, 931),
    ("03451", "Xã", "Mù Cả", 3300, 976), ("03460", "Xã", "Hua Bum", 5700, 969), ("03463", "Xã", "Tà Tổng", 7970, 988),
    ("03466", "Xã", "Bum Nưa", 7150, 925), ("03472", "Xã", "Mường Mô", 7340, 938), ("03478", "Xã", "Sìn Hồ", 14010, 899),
    ("03487", "Xã", "Lê Lợi", 9110, 944), ("03503", "Xã", "Pa Tần", 9040, 952), ("03508", "Xã", "Hồng Thu", 13370, 991),
    ("03517", "Xã", "Nậm Tăm", 12750, 957), ("03529", "Xã", "Tủa Sín Chải", 16200, 992), ("03532", "Xã", "Pu Sam Cáp", 11610, 989),
    ("03538", "Xã", "Nậm Mạ", 6500, 966), ("03544", "Xã", "Nậm Cuổi", 10800, 974), ("03549", "Xã", "Phong Thổ", 23300, 846),
    ("03562", "Xã", "Sì Lở Lầu", 16200, 990), ("03571", "Xã", "Dào San", 16120, 986), ("03583", "Xã", "Khổng Lào", 16920, 954),
    ("03595", "Xã", "Than Uyên", 27280, 741), ("03598", "Xã", "Tân Uyên", 30420, 768), ("03601", "Xã", "Mường Khoa", 12530, 932),
    ("03613", "Xã", "Nậm Sỏ", 11840, 961), ("03616", "Xã", "Pắc Ta", 10700, 907), ("03618", "Xã", "Mường Than", 13930, 889),
    ("03637", "Xã", "Mường Kim", 20390, 948), ("03640", "Xã", "Khoen On", 10680, 984),
]
BANDS = ["0-4", "5-9", "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54", "55-59", "60-64", "65-69", "70+"]
SHARES = [98, 103, 97, 88, 82, 84, 81, 75, 68, 60, 50, 42, 32, 20, 20]


def build():
    t = Truth()
    r = random.Random("bdg lai chau 2026")
    split = splitter(r)
    for code, _, _, people, minority in COMMUNES:
        people_of(t, r, split, code, people, minority, YEARS, female=494, reach=(588, 702))
        for year in YEARS:
            ages(t, r, code, year)
        schools(t, r, split, code, people, minority, YEARS, moved_in=[2026] if code == "03390" else [])
        quiet = YEARS if code == "03451" else ([2025] if code in ("03439", "03460") else [])
        violence(t, r, split, code, people, YEARS, quiet=quiet, minority=minority)
        mothers(t, r, split, code, people, minority, YEARS, deaths=[2025] if code == "03529" else ([2026] if code == "03463" else []))
        leaders(t, r, code, YEARS)
        others(t, r, split, code, YEARS)
        trafficking(t, code, YEARS, {
            "03562": {2025: (2, 2, 2), 2026: (1, 1, 1)}, "03571": {2025: (1, 1, 1), 2026: (2, 1, 1)}, "03442": {2026: (1, 1, 0)},
        }.get(code, {}))
    t.put(1, "grassroots-news", "03439", "2026-Q3")
    t.put(3, "grassroots-news", "03451", "2026-Q1")
    for code, quarter in (("03442", 1), ("03463", 2), ("03451", 4), ("03508", 1), ("03532", 3)):
        t.put(quarter - 1, "grassroots-news", code, f"2025-Q{quarter}")
    province(t, r, split)
    return t


def ages(t, r, code, year):
    """Five-year bands that add up to the people and to the women."""
    from forms import share_out

    weights = [s + r.randint(-4, 4) for s in SHARES]
    women = t.peek("population", code, year, sex="female")
    men = t.peek("population", code, year) - women
    w, m = share_out(women, weights), share_out(men, [x + r.randint(-3, 3) for x in weights])
    for band, a, b in zip(BANDS, w, m):
        t.put(a + b, "population", code, year, age=band)
        t.put(a, "population", code, year, age=band, sex="female")


def survey(t, measure, year, item, n, f, e, fe):
    t.put(n, measure, PROVINCE, year, item=item)
    t.put(n - f, measure, PROVINCE, year, item=item, sex="male")
    t.put(f, measure, PROVINCE, year, item=item, sex="female")
    t.put(e, measure, PROVINCE, year, item=item, eth="minority")
    t.put(fe, measure, PROVINCE, year, item=item, sex="female", eth="minority")


def province(t, r, split):
    # Labour force survey: women of ethnic minorities, other women, minority men, other men.
    status = {
        "employer": (310, 520, 560, 910), "own-account": (43100, 6120, 58200, 7340), "family-worker": (40800, 2210, 15900, 820),
        "wage": (23900, 19400, 31200, 21800), "cooperative-member": (210, 60, 340, 95),
    }
    sector = {
        "agriculture": (77200, 3600, 74100, 4150), "industry": (11400, 6900, 17500, 9800), "services": (19720, 17810, 14600, 17015),
    }
    for i, year in enumerate(YEARS):
        for measure, table in (("employed", status), ("employed-by-sector", sector)):
            whole = [0, 0, 0, 0]
            for item, cells in table.items():
                cells = [c + i * (c // 40 if item in ("wage", "industry") else -(c // 60)) for c in cells]
                if item == "services":  # what the other sectors leave of the same employed persons
                    cells = [c - a for c, a in zip(whole_of_status, whole)]
                fe, fk, me, mk = cells
                survey(t, measure, year, item, sum(cells), fe + fk, fe + me, fe)
                whole = [a + b for a, b in zip(whole, cells)]
            whole_of_status = whole
            fe, fk, me, mk = whole
            survey(t, measure, year, None, sum(whole), fe + fk, fe + me, fe)
        from fractions import Fraction

        for eth, women, men in ((None, "19.85", "10.12"), ("minority", "21.40", "10.35"), ("kinh", "14.62", "9.31")):
            for sex, hours in (("female", women), ("male", men)):
                value = Fraction(hours) - (i * Fraction(35, 100) if sex == "female" else 0)
                t.put(value, "unpaid-hours", PROVINCE, year, sex=sex, eth=eth)
        for organ, woman in (("hdnd", 1), ("ubnd", i), ("party", 0)):
            t.put(1, "agencies", PROVINCE, year, item=organ)
            t.put(woman, "agencies-with-woman-leader", PROVINCE, year, item=organ)
        t.put(14, "agencies", PROVINCE, year, item="department")
        t.put(6 + i, "agencies-with-woman-leader", PROVINCE, year, item="department")
        births = sum(t.peek("deliveries", c[0], year) for c in COMMUNES) + r.randint(20, 60)
        t.put(births, "live-births", PROVINCE, year)
        t.put(split(births, 471, 4), "live-births", PROVINCE, year, sex="female")
        t.put(3, "stations", PROVINCE, year)
        t.put(2 + i, "stations-monthly", PROVINCE, year)
        t.put(6, "social-facilities", PROVINCE, year)
        t.put(4 + i, "social-facilities-gbv", PROVINCE, year)
        for school in ("college", "centre"):
            for level, size, share in (("elementary", 830, 450), ("intermediate", 410, 395), ("college", 260, 520)):
                if school == "centre" and level == "college":
                    continue
                n = size * (2 if school == "college" else 1) // 2 + r.randint(-30, 30)
                f, e = split(n, share, 25), split(n, 845, 10)
                values = {(): n, ("f",): f, ("e",): e, ("f", "e"): min(f, e, split(e, share, 25))}
                for by, v in values.items():
                    keys = {"sex": "female"} if "f" in by else {}
                    keys |= {"eth": "minority"} if "e" in by else {}
                    t.put(v, f"vocational {school}", PROVINCE, year, item=level, **keys)
                    known = Truth.key("vocational-entrants", PROVINCE, year, item=level, **keys)
                    t.figures[known] = t.figures.get(known, 0) + v
        for degree, n, f, e, fe in (("bachelor", 21340, 11020, 8120, 4010), ("master", 1184, 571, 342, 151), ("doctorate", 41, 12, 7, 2)):
            n, f, e, fe = n + i * n // 15, f + i * f // 11, e + i * e // 13, fe + i * fe // 10
            t.put(n, "degree-holders", PROVINCE, year, item=degree)
            t.put(f, "degree-holders", PROVINCE, year, item=degree, sex="female")
            t.put(e, "degree-holders", PROVINCE, year, item=degree, eth="minority")
            t.put(fe, "degree-holders", PROVINCE, year, item=degree, sex="female", eth="minority")
