"""Invented figures of huyện Ninh Sơn, tỉnh Ninh Thuận, 2023 and 2024 (and earlier school years)."""

import random

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

    def split(total, share, jitter=40):
        return max(0, min(total, round(total * (share + r.randint(-jitter, jitter)) / 1000)))

    for code, _, _, people, minority in COMMUNES:
        # Population on 31 December.
        for i, year in enumerate(YEARS):
            n = people + i * r.randint(-20, 140)
            f = split(n, 503, 6)
            e = split(n, minority, 2)
            t.put(n, "population", code, year)
            t.put(f, "population", code, year, sex="female")
            t.put(n - f, "population", code, year, sex="male")
            t.put(e, "population", code, year, eth="minority")
            t.put(split(e, 506, 8), "population", code, year, sex="female", eth="minority")
            t.put(round(n / 3.7), "households", code, year)
            t.put(round(e / 4.1), "households-minority", code, year)

        # People reached by knowledge of gender equality; the district reports 2023 weaker than 2024.
        for year, reach in ((2023, 610), (2024, 905)):
            n = split(t.peek("population", code, year), reach, 90)
            f = split(n, 560)
            e = split(min(n, t.peek("population", code, year, eth="minority")), 700, 80)
            t.put(n, "people-reached", code, year)
            t.put(f, "people-reached", code, year, sex="female")
            t.put(e, "people-reached", code, year, eth="minority")
            t.put(min(e, split(e, 570)), "people-reached", code, year, sex="female", eth="minority")

        schools(t, r, split, code, people, minority)
        violence(t, r, split, code, people)
        mothers(t, r, split, code, people, minority)
        leaders(t, r, code)
        others(t, r, split, code)

    # Ma Nới is the weak one: three items in quarter III of 2024.
    t.put(3, "grassroots-news", "22828", "2024-Q3")
    # A detected, returned victim of trafficking is rare: one in the district, in 2024.
    for code, *_ in COMMUNES:
        for year in YEARS:
            one = int((code, year) == ("22828", 2024))
            for measure in ("trafficking-victims-returned", "trafficking-victims-in-need", "trafficking-victims-served"):
                t.put(one, measure, code, year)
                t.put(one, measure, code, year, sex="female")
                t.put(one, measure, code, year, eth="minority")
    district(t, r, split)
    return t


# --- schools ------------------------------------------------------------------------------------


def schools(t, r, split, code, people, minority):
    intake = round(people * 19 / 1000)

    def four(n, measure, period, item=None, e=None):
        e = split(n, minority, 12) if e is None else e
        f = split(n, 485, 25)
        fe = split(e, 490, 60)
        f = max(fe, min(f, n - (e - fe)))
        t.put(n, measure, code, period, item=item)
        t.put(f, measure, code, period, sex="female", item=item)
        t.put(e, measure, code, period, eth="minority", item=item)
        t.put(fe, measure, code, period, sex="female", eth="minority", item=item)

    # Nhơn Sơn had no minority child in grade 1 of 2018-2019: its 5.2 of 2023 "did not occur".
    none = code == "22831"
    for end in (2019, 2020):
        e = 0 if none and end == 2019 else None
        four(intake + r.randint(-9, 9), "pupils", f"SY{end}", "grade-1", e)
    for end in (2020, 2021):
        four(intake - 6 + r.randint(-9, 9), "pupils", f"SY{end}", "grade-6")
    for end in (2023, 2024):
        for grade in range(1, 10):
            e = 0 if none and (grade, end) == (5, 2023) else None
            four(intake + r.randint(-14, 14), "pupils", f"SY{end}", f"grade-{grade}", e)
        # Primary and lower secondary schools each send their own total.
        for measure, back, first, last in (
            ("completers-primary", 4, "grade-1", "grade-5"),
            ("completers-lower-secondary", 3, "grade-6", "grade-9"),
        ):
            cohort = {
                k: t.peek("pupils", code, f"SY{end - back}", item=first, **by)
                for k, by in {
                    "n": {}, "f": {"sex": "female"}, "e": {"eth": "minority"}, "fe": {"sex": "female", "eth": "minority"},
                }.items()
            }
            keep = 970 if measure == "completers-primary" else (905 if minority < 500 else 780)
            fe = split(cohort["fe"], keep, 30)
            me = split(cohort["e"] - cohort["fe"], keep - 15, 30)
            fk = split(cohort["f"] - cohort["fe"], 980, 15)
            mk = split(cohort["n"] - cohort["e"] - (cohort["f"] - cohort["fe"]), 975, 15)
            if code == "22819" and measure == "completers-primary" and end == 2024:
                # Families moved in: more minority boys finish than began four years before.
                me = cohort["e"] - cohort["fe"] + 2
            t.put(fe + me + fk + mk, measure, code, f"SY{end}")
            t.put(fe + fk, measure, code, f"SY{end}", sex="female")
            t.put(fe + me, measure, code, f"SY{end}", eth="minority")
            t.put(fe, measure, code, f"SY{end}", sex="female", eth="minority")


# --- domestic violence --------------------------------------------------------------------------


def violence(t, r, split, code, people):
    quiet = code == "22810"  # Tân Sơn detected nothing in 2023: "did not occur"
    for year in YEARS:
        sums = {}
        for half in ("H1", "H2"):
            p = f"{year}-{half}"
            cases = 0 if quiet and year == 2023 else max(0, round(people / 3500) + r.randint(-1, 2))
            fem = cases - (r.randint(0, 1) if cases > 2 else 0)
            male = cases - fem + (1 if cases > 3 else 0)
            victims = fem + male
            doers_f = min(cases, r.randint(0, 1))
            served = max(0, victims - (r.randint(0, 1) if year == 2024 else r.randint(0, 2)))
            served_f = min(fem, served) - (1 if served > 3 and served > fem else 0)
            served_f = max(served - male, served_f)
            jailed = r.randint(0, 1) if cases > 3 else 0
            counselled = max(0, cases - jailed - r.randint(0, 2 if year == 2024 else 3))
            child = 1 if victims > 3 else 0
            old = 1 if victims > 4 else 0
            forms = [cases - cases // 3, cases // 2, 1 if cases > 4 else 0, cases // 4]
            values = {
                ("dv-households",): max(0, cases - r.randint(0, 1)) if cases else 0,
                ("dv-cases",): cases,
                ("dv-victims",): victims,
                ("dv-victims", "female"): fem,
                ("dv-victims", "male"): male,
                ("dv-victims-served",): served,
                ("dv-victims-served", "female"): served_f,
                ("dv-perpetrators",): cases,
                ("dv-perpetrators", "female"): doers_f,
                ("dv-perpetrators", "male"): cases - doers_f,
                ("dv-perpetrators-prosecuted",): jailed,
                ("dv-perpetrators-prosecuted", "female"): 0,
                ("dv-perpetrators-counselled",): counselled,
                ("dv-perpetrators-counselled", "female"): min(doers_f, counselled),
                ("victims<16",): child,
                ("victims f16-59",): max(0, fem - child - old),
                ("victims 60+",): old,
                ("handled",): cases,
                ("measure", 0): max(0, cases - jailed - 2),
                ("measure", 1): 1 if cases > 5 else 0,
                ("measure", 2): min(1, cases),
                ("measure", 3): 1 if cases > 2 else 0,
            }
            for i, name in enumerate(("mental", "physical", "sexual", "economic")):
                values["form", name] = forms[i]
            for k, v in values.items():
                sums[k] = sums.get(k, 0) + v
                put_violence(t, code, p, k, v)
        for k, v in sums.items():
            put_violence(t, code, year, k, v)
        t.put(round(people / 3.8) + year - 2023, "families", code, year)


def put_violence(t, code, period, k, v):
    if k[0] == "form":
        t.put(v, "dv-cases", code, period, item=k[1])
    elif k[0] == "measure":
        t.put(v, "aside-measure", code, period, item=str(k[1]))
    elif len(k) == 2:
        t.put(v, k[0], code, period, sex=k[1])
    else:
        t.put(v, k[0], code, period)


# --- health, leaders, the rest ------------------------------------------------------------------


def mothers(t, r, split, code, people, minority):
    for year in YEARS:
        births = round(people * 15 / 1000) + r.randint(-8, 8)
        young = split(births, 35 + minority // 12, 15)
        t.put(births, "deliveries", code, year)
        t.put(young, "deliveries", code, year, age="adolescent")
        t.put(split(births, minority, 10), "deliveries", code, year, eth="minority")
        t.put(1 if (code, year) == ("22828", 2023) else 0, "maternal-deaths", code, year)
        t.put(split(births, 850), "aside-at-station", code, year)
        t.put(split(young, 800), "aside-young-at-station", code, year)


def leaders(t, r, code):
    for year in YEARS:
        for organ, chance in (("hdnd", 50), ("ubnd", 45), ("party", 40), ("department", 0)):
            if organ == "department":
                continue
            woman = int(r.randint(0, 99) < chance + (12 if year == 2024 else 0))
            t.put(1, "agencies", code, year, item=organ)
            t.put(woman, "agencies-with-woman-leader", code, year, item=organ)


def others(t, r, split, code):
    for year in YEARS:
        for q in range(1, 5):
            t.put(r.randint(4, 9), "grassroots-news", code, f"{year}-Q{q}")
        n = r.randint(17, 24)
        t.put(n, "organisations", code, year)
        t.put(n if year == 2024 and r.randint(0, 3) else n - r.randint(0, 4), "organisations-committed", code, year)
        for kind, size, share in (("enterprise", r.randint(4, 30), 270), ("cooperative", r.randint(1, 4), 180)):
            t.put(size, "enterprises", code, year, item=kind)
            t.put(split(size, share, 90), "enterprises-led-by-women", code, year, item=kind)
    # In 2023 three communes had one weak quarter.
    if code in ("22816", "22825", "22828"):
        t.put(2 if code != "22825" else 0, "grassroots-news", code, "2023-Q1")


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
