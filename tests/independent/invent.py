"""Inventing figures of a commune that agree with one another."""


def splitter(r):
    """Shares in per mille with some noise, never outside 0 … total."""

    def split(total, share, jitter=40):
        return max(0, min(total, round(total * (share + r.randint(-jitter, jitter)) / 1000)))

    return split


def people_of(t, r, split, code, people, minority, years, female=503, reach=(610, 905)):
    """Population on 31 December, and the people reached by knowledge of gender equality."""
    for i, year in enumerate(years):
        n = people + i * r.randint(-20, 140)
        f = split(n, female, 6)
        e = split(n, minority, 2)
        fe = split(e, female + 3, 8)
        f = max(fe, min(f, n - (e - fe)))
        t.put(n, "population", code, year)
        t.put(f, "population", code, year, sex="female")
        t.put(n - f, "population", code, year, sex="male")
        t.put(e, "population", code, year, eth="minority")
        t.put(fe, "population", code, year, sex="female", eth="minority")
        t.put(round(n / 3.7), "households", code, year)
        t.put(min(round(n / 3.7), round(e / 4.1)), "households-minority", code, year)
        reached = [split(c, reach[i], 60) for c in (fe, f - fe, e - fe, n - f - (e - fe))]
        t.put(sum(reached), "people-reached", code, year)
        t.put(reached[0] + reached[1], "people-reached", code, year, sex="female")
        t.put(reached[0] + reached[2], "people-reached", code, year, eth="minority")
        t.put(reached[0], "people-reached", code, year, sex="female", eth="minority")


def trafficking(t, code, years, cases):
    """`cases[year]` = (returned, in need, served), all women of an ethnic minority."""
    for year in years:
        numbers = cases.get(year, (0, 0, 0))
        for measure, n in zip(("trafficking-victims-returned", "trafficking-victims-in-need", "trafficking-victims-served"), numbers):
            t.put(n, measure, code, year)
            t.put(n, measure, code, year, sex="female")
            t.put(n, measure, code, year, eth="minority")


# --- schools ------------------------------------------------------------------------------------


def schools(t, r, split, code, people, minority, ends, none_at=(), moved_in=()):
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

    for end in ends:
        # No minority child at all in that cohort: 5.2 "did not occur".
        four(intake + r.randint(-9, 9), "pupils", f"SY{end - 4}", "grade-1", 0 if end in none_at else None)
        four(intake - 6 + r.randint(-9, 9), "pupils", f"SY{end - 3}", "grade-6")
        for grade in (1, 2, 3, 4, 6, 7, 8):
            four(intake + r.randint(-14, 14), "pupils", f"SY{end}", f"grade-{grade}")
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
            if end in moved_in and measure == "completers-primary":
                # Families moved in: more minority boys finish than began four years before.
                me = cohort["e"] - cohort["fe"] + 2
            t.put(fe + me + fk + mk, measure, code, f"SY{end}")
            t.put(fe + fk, measure, code, f"SY{end}", sex="female")
            t.put(fe + me, measure, code, f"SY{end}", eth="minority")
            t.put(fe, measure, code, f"SY{end}", sex="female", eth="minority")
            # The final grade has a few pupils more than complete it.
            lost = [r.randint(0, 1 + c // 60) if c else 0 for c in (fe, me, fk, mk)]
            fe, me, fk, mk = (c + x for c, x in zip((fe, me, fk, mk), lost))
            t.put(fe + me + fk + mk, "pupils", code, f"SY{end}", item=last)
            t.put(fe + fk, "pupils", code, f"SY{end}", sex="female", item=last)
            t.put(fe + me, "pupils", code, f"SY{end}", eth="minority", item=last)
            t.put(fe, "pupils", code, f"SY{end}", sex="female", eth="minority", item=last)


# --- domestic violence --------------------------------------------------------------------------


def violence(t, r, split, code, people, years, quiet=(), minority=None):
    """`quiet`: years in which nothing was detected. `minority` (per mille): also split by ethnicity."""
    for year in years:
        sums = {}
        for half in ("H1", "H2"):
            p = f"{year}-{half}"
            cases = 0 if year in quiet else max(1, round(people / 3500) + r.randint(-1, 2))
            fem = cases - (r.randint(0, 1) if cases > 2 else 0)
            male = cases - fem + (1 if cases > 3 else 0)
            victims = fem + male
            doers_f = min(cases, r.randint(0, 1))
            served = max(0, victims - (r.randint(0, 1) if year == years[-1] else r.randint(0, 2)))
            served_f = min(fem, served) - (1 if served > 3 and served > fem else 0)
            served_f = max(served - male, served_f)
            jailed = r.randint(0, 1) if cases > 3 else 0
            counselled = max(0, cases - jailed - r.randint(0, 2 if year == years[-1] else 3))
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
        if minority is not None:
            split_by_ethnicity(t, split, code, year, sums, minority)
        served = sums["dv-victims-served",]
        for i, service in enumerate(("health", "counselling", "legal", "shelter")):
            t.put(max(0, served * (6, 9, 2, 1)[i] // 10), "dv-victims-served", code, year, item=service)
        t.put(round(people / 3.8) + year % 10, "families", code, year)


def split_by_ethnicity(t, split, code, year, sums, minority):
    """Of every cell (women, men) a part is of an ethnic minority; served and counselled stay within it."""
    women = {m: sums[m, "female"] for m in ("dv-victims", "dv-victims-served", "dv-perpetrators", "dv-perpetrators-prosecuted", "dv-perpetrators-counselled")}
    for whole, part in (("dv-victims", ["dv-victims-served"]), ("dv-perpetrators", ["dv-perpetrators-prosecuted", "dv-perpetrators-counselled"])):
        fe = split(women[whole], minority, 20)
        me = split(sums[whole,] - women[whole], minority, 20)
        rest_f, rest_m = women[whole] - fe, sums[whole,] - women[whole] - me
        t.put(fe, whole, code, year, sex="female", eth="minority")
        t.put(fe + me, whole, code, year, eth="minority")
        for p in part:
            f, m = women[p], sums[p,] - women[p]
            # Those not of a minority first, as far as there are any, at least none left over.
            pf, pm = max(0, f - rest_f), max(0, m - rest_m)
            pf, pm = max(pf, min(fe, f * 9 // 10)), max(pm, min(me, m * 9 // 10))
            t.put(pf, p, code, year, sex="female", eth="minority")
            t.put(pf + pm, p, code, year, eth="minority")
            rest_f, rest_m, fe, me = rest_f - (f - pf), rest_m - (m - pm), fe - pf, me - pm
            if len(part) == 1:
                break


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


def mothers(t, r, split, code, people, minority, years, deaths=()):
    for year in years:
        births = round(people * 15 / 1000) + r.randint(-8, 8)
        young = split(births, 35 + minority // 12, 15)
        t.put(births, "deliveries", code, year)
        t.put(young, "deliveries", code, year, age="adolescent")
        t.put(split(births, minority, 10), "deliveries", code, year, eth="minority")
        t.put(int(year in deaths), "maternal-deaths", code, year)
        t.put(split(births, 850), "aside-at-station", code, year)
        t.put(split(young, 800), "aside-young-at-station", code, year)


def leaders(t, r, code, years):
    for year in years:
        for organ, chance in (("hdnd", 50), ("ubnd", 45), ("party", 40)):
            woman = int(r.randint(0, 99) < chance + (12 if year == years[-1] else 0))
            t.put(1, "agencies", code, year, item=organ)
            t.put(woman, "agencies-with-woman-leader", code, year, item=organ)


def others(t, r, split, code, years):
    for year in years:
        for q in range(1, 5):
            t.put(r.randint(4, 9), "grassroots-news", code, f"{year}-Q{q}")
        n = r.randint(17, 24)
        t.put(n, "organisations", code, year)
        t.put(n if year == years[-1] and r.randint(0, 3) else n - r.randint(0, 4), "organisations-committed", code, year)
        for kind, size, share in (("enterprise", r.randint(4, 30), 270), ("cooperative", r.randint(1, 4), 180)):
            t.put(size, "enterprises", code, year, item=kind)
            t.put(split(size, share, 90), "enterprises-led-by-women", code, year, item=kind)
