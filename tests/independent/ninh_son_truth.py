"""Invented figures of huyện Ninh Sơn, tỉnh Ninh Thuận, 2023 and 2024 (and earlier school years)."""

import random

from invent import leaders, mothers, others, people_of, schools, splitter, trafficking, violence
from truth import Truth

DISTRICT = "585"
# code, type, name, people in 2023, share of ethnic minorities in per mille
COMMUNES = [
    ("22810", "Thị trấn", "Tân Sơn", 11612, 31),
    ("22813", "Xã", "Lâm Sơn", 12590, 262),
    ("22816", "Xã", "Lương Sơn", 6214, 204),
    ("22819", "Xã", "Quảng Sơn", 13602, 44),
    ("22822", "Xã", "Mỹ Sơn", 9433, 61),
    ("22825", "Xã", "Hòa Sơn", 3901, 412),
    ("22828", "Xã", "Ma Nới", 4188, 893),
    ("22831", "Xã", "Nhơn Sơn", 12317, 18),
]
YEARS = [2023, 2024]


def build():
    t = Truth()
    r = random.Random("bdg ninh son 2024")

    split = splitter(r)

    for code, _, _, people, minority in COMMUNES:
        people_of(t, r, split, code, people, minority, YEARS)
        schools(t, r, split, code, people, minority, YEARS,
                none_at=[2023] if code == "22831" else [], moved_in=[2024] if code == "22819" else [])
        violence(t, r, split, code, people, YEARS, quiet=[2023] if code == "22810" else [])
        mothers(t, r, split, code, people, minority, YEARS, deaths=[2023] if code == "22828" else [])
        leaders(t, r, code, YEARS)
        others(t, r, split, code, YEARS)
        # A detected, returned victim of trafficking is rare: one in the district, in 2024.
        trafficking(t, code, YEARS, {2024: (1, 1, 1)} if code == "22828" else {})

    # In 2023 three communes had one weak quarter; in 2024 Ma Nới has three items in quarter III.
    t.put(2, "grassroots-news", "22816", "2023-Q1")
    t.put(0, "grassroots-news", "22825", "2023-Q1")
    t.put(2, "grassroots-news", "22828", "2023-Q1")
    t.put(3, "grassroots-news", "22828", "2024-Q3")
    # Tân Sơn counts listeners of the loudspeakers: more people reached than live there.
    t.put(t.peek("population", "22810", 2024) + 263, "people-reached", "22810", 2024)
    district(t, r, split)
    return t


def district(t, r, split):
    for year in YEARS:
        for organ, woman in (("hdnd", 1), ("ubnd", int(year == 2024)), ("party", 1)):
            t.put(1, "agencies", DISTRICT, year, item=organ)
            t.put(woman, "agencies-with-woman-leader", DISTRICT, year, item=organ)
        t.put(12, "agencies", DISTRICT, year, item="department")
        t.put(5 if year == 2023 else 7, "agencies-with-woman-leader", DISTRICT, year, item="department")
        births = sum(t.peek("deliveries", c[0], year) for c in COMMUNES) + r.randint(3, 9)
        girls = split(births, 469, 6)
        t.put(births, "live-births", DISTRICT, year)
        t.put(girls, "live-births", DISTRICT, year, sex="female")
        t.put(2, "stations", DISTRICT, year)
        t.put(2 if year == 2024 else 1, "stations-monthly", DISTRICT, year)
        for level, size, share in (("elementary", 214, 412), ("intermediate", 96, 380)):
            n = size + r.randint(-20, 20)
            f = split(n, share, 30)
            e = split(n, 240, 20)
            t.put(n, "vocational-entrants", DISTRICT, year, item=level)
            t.put(f, "vocational-entrants", DISTRICT, year, item=level, sex="female")
            t.put(e, "vocational-entrants", DISTRICT, year, item=level, eth="minority")
            t.put(split(e, 400, 30), "vocational-entrants", DISTRICT, year, item=level, sex="female", eth="minority")
