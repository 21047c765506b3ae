"""Expected figures, from what was received and nothing else.

Rules, in words:
- men = total - women, Kinh = total - minority, total = men + women, where one is missing; per place;
- a year is the yearly figure if sent, else both halves (or four quarters) added; a school year counts
  under the year in which it ends;
- a figure of a place is its own report of numerator and denominator, else the sums over the places
  below that have both; a ratio is never averaged;
- bodies counted at each level (agencies) are added: a place's own plus those below;
- a denominator of 0 is "not-occurred"; a level where the indicator has no meaning is "not-applicable".
"""

import csv
from fractions import Fraction

COMMUNE, DISTRICT, PROVINCE, NATION = "commune", "district", "province", "nation"
ALL = [COMMUNE, DISTRICT, PROVINCE, NATION]


def term(measure, back=0, minus=False, school=False, **by):
    return {"measure": measure, "back": back, "minus": minus, "school": school, "by": by}


def ratio(levels, numerator, denominator, scale=100, decimals=1, variant=None, sex=False, eth=False, own=False):
    return dict(kind="ratio", levels=levels, n=numerator, d=denominator, scale=scale, decimals=decimals, variant=variant,
                sex=sex, eth=eth, own=own)


UP = [PROVINCE, NATION]
MID = [DISTRICT, PROVINCE, NATION]


def completers(level, sex):
    measure, first, back = ("completers-primary", "grade-1", 4) if level == "p" else ("completers-lower-secondary", "grade-6", 3)
    return ratio(ALL, [term(measure, school=True, sex=sex, eth="minority")],
                 [term("pupils", back=back, school=True, sex=sex, eth="minority", item=first)])


def proxy(level, sex):
    measure, last = ("completers-primary", "grade-5") if level == "p" else ("completers-lower-secondary", "grade-9")
    return ratio(ALL, [term(measure, school=True, sex=sex, eth="minority")],
                 [term("pupils", school=True, sex=sex, eth="minority", item=last)])


def leaders(*organs):
    return ([term("agencies-with-woman-leader", item=o) for o in organs], [term("agencies", item=o) for o in organs])


INDICATORS = {
    "1": [ratio(ALL, *leaders("hdnd", "ubnd"), variant="hdnd-ubnd", own=True),
          dict(kind="one-per-locality", levels=ALL, variant="one-per-locality", decimals=1, sex=False, eth=False),
          ratio(ALL, *leaders("ubnd"), variant="ubnd-only", own=True)],
    "2.1": [ratio(UP, [term("employed", sex="female", item="wage")], [term("employed", sex="female")], eth=True)],
    "2.2": [ratio(UP, [term("employed-by-sector", sex="female", item="agriculture")], [term("employed-by-sector", sex="female")], eth=True)],
    "2.3": [ratio(MID, [term("enterprises-led-by-women")], [term("enterprises")])],
    "3.1": [ratio(UP, [term("unpaid-hours", sex="female")], [term("unpaid-hours", sex="male")], scale=1, decimals=2, eth=True)],
    "3.2a": [ratio(ALL, [term("dv-victims-served")], [term("dv-victims")], sex=True, eth=True)],
    "3.2b": [ratio(ALL, [term("dv-perpetrators-counselled")],
                   [term("dv-perpetrators"), term("dv-perpetrators-prosecuted", minus=True)], sex=True, eth=True)],
    "3.3": [ratio(ALL, [term("trafficking-victims-served")], [term("trafficking-victims-in-need")], sex=True, eth=True)],
    "3.4": [ratio(UP, [term("social-facilities-gbv")], [term("social-facilities")])],
    "4.1": [ratio(MID, [term("live-births", sex="male")], [term("live-births", sex="female")], eth=True)],
    "4.2": [ratio([NATION], [term("maternal-deaths")], [term("live-births")], scale=100000, eth=True)],
    "4.3": [ratio(UP, [term("deliveries", age="adolescent")], [term("population", sex="female", age="15-19")], scale=1000, variant="15-19", eth=True)],
    "4.4": [dict(kind="provinces", levels=[NATION], variant=None, decimals=1, sex=False, eth=False)],
    "5.1a": [dict(kind="answer", levels=[NATION], measure="curriculum-gender-content", variant=None, decimals=0, sex=False, eth=False)],
    "5.1b": [dict(kind="answer", levels=[NATION], measure="teacher-training-gender-taught", variant=None, decimals=0, sex=False, eth=False)],
    "5.1b-share": [ratio(UP, [term("teacher-training-institutions-teaching")], [term("teacher-training-institutions")])],
    "5.2a": [completers("p", "male")],
    "5.2b": [completers("p", "female")],
    "5.2c": [completers("s", "male")],
    "5.2d": [completers("s", "female")],
    "5.2a-proxy": [proxy("p", "male")],
    "5.2b-proxy": [proxy("p", "female")],
    "5.2c-proxy": [proxy("s", "male")],
    "5.2d-proxy": [proxy("s", "female")],
    "5.3": [ratio(MID, [term("vocational-entrants", sex="female")], [term("vocational-entrants")], eth=True)],
    "5.4a": [ratio(UP, [term("degree-holders", sex="female", item="master")], [term("degree-holders", item="master")], eth=True)],
    "5.4b": [ratio(UP, [term("degree-holders", sex="female", item="doctorate")], [term("degree-holders", item="doctorate")], eth=True)],
    "6.1": [ratio(ALL, [term("people-reached")], [term("population")], sex=True, eth=True)],
    "6.2": [ratio(ALL, [term("organisations-committed")], [term("organisations")])],
    "6.3": [dict(kind="news", levels=ALL, variant=None, decimals=1, sex=False, eth=False)],
    "6.4": [ratio(MID, [term("stations-monthly")], [term("stations")])],
}


class Received:
    def __init__(self, figures):
        self.figures = figures

    def one(self, measure, place, period, sex=None, eth=None, age=None, item=None):
        """As sent, or by difference."""
        known = self.figures.get((measure, place, period, sex, eth, age, item))
        if known is not None:
            return known

        def diff(a, b):
            return a - b if a is not None and b is not None else None

        if sex == "male":
            return diff(self.one(measure, place, period, None, eth, age, item), self.one(measure, place, period, "female", eth, age, item))
        if eth == "kinh":
            return diff(self.one(measure, place, period, sex, None, age, item), self.one(measure, place, period, sex, "minority", age, item))
        if sex is None:
            men, women = (self.figures.get((measure, place, period, x, eth, age, item)) for x in ("male", "female"))
            if men is not None and women is not None:
                return men + women
        if item is None:
            parts = ITEM_SUMS.get(measure)
            found = [self.one(measure, place, period, sex, eth, age, p) for p in parts or []]
            found = [f for f in found if f is not None]
            if found:
                return sum(found)
        return None

    def year(self, measure, place, year, school=False, **by):
        if school:
            return self.one(measure, place, f"SY{year}", **by)
        whole = self.one(measure, place, str(year), **by)
        if whole is not None:
            return whole
        halves = [self.one(measure, place, f"{year}-H{h}", **by) for h in (1, 2)]
        return sum(halves) if None not in halves else None

    def sum(self, terms, place, year, sex, eth):
        total = 0
        for x in terms:
            by = dict(x["by"])
            if sex:
                by["sex"] = sex
            if eth:
                by["eth"] = eth
            value = self.year(x["measure"], place, year - x["back"], x["school"], **by)
            if value is None:
                return None
            total += -value if x["minus"] else value
        return total


# Kinds that divide a whole, so that their sum is the total.
ITEM_SUMS = {
    "enterprises": ["enterprise", "cooperative"],
    "enterprises-led-by-women": ["enterprise", "cooperative"],
    "vocational-entrants": ["elementary", "intermediate", "college"],
}


def half_up(value, decimals):
    """Decimal text, rounded half away from zero."""
    scaled = Fraction(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = f"{abs(whole):0{decimals + 1}d}"
    return ("-" if whole < 0 else "") + (digits[:-decimals] + "." + digits[-decimals:] if decimals else digits)


def figure(how, received, place, level, below, year, sex, eth):
    """(numerator, denominator, value)."""
    if level not in how["levels"]:
        return None, None, "not-applicable"
    if how["kind"] == "ratio":
        pairs = []
        own = (received.sum(how["n"], place, year, sex, eth), received.sum(how["d"], place, year, sex, eth))
        children = [
            (received.sum(how["n"], c, year, sex, eth), received.sum(how["d"], c, year, sex, eth)) for c in below
        ]
        children = [p for p in children if None not in p]
        if how["own"]:
            pairs = ([own] if None not in own else []) + children
        else:
            pairs = [own] if None not in own else children
        if not pairs:
            # Numerator summed from below, denominator reported for the place itself, or the reverse.
            n = own[0] if own[0] is not None else total([received.sum(how["n"], c, year, sex, eth) for c in below])
            d = own[1] if own[1] is not None else total([received.sum(how["d"], c, year, sex, eth) for c in below])
            if n is None or d is None:
                return None, None, "not-reported"
            pairs = [(n, d)]
        n, d = sum(p[0] for p in pairs), sum(p[1] for p in pairs)
    elif how["kind"] == "news":
        units = below or [place]
        counts = [[received.one("grassroots-news", c, f"{year}-Q{q}") for q in range(1, 5)] for c in units]
        counts = [c for c in counts if None not in c]
        if not counts:
            return None, None, "not-reported"
        n, d = sum(min(c) >= 4 for c in counts), len(counts)
        return n, d, half_up(Fraction(100 * n, d), 1)
    elif how["kind"] == "one-per-locality":
        units = [place, *below]
        sums = [[received.year("agencies-with-woman-leader", c, year, item=o) for o in ("hdnd", "ubnd")] for c in units]
        sums = [[v for v in s if v is not None] for s in sums]
        sums = [s for s in sums if s]
        if not sums:
            return None, None, "not-reported"
        n, d = sum(sum(s) >= 1 for s in sums), len(sums)
        return n, d, half_up(Fraction(100 * n, d), 1)
    elif how["kind"] == "provinces":
        counts = [received.year("lgbt-facilities", c, year) for c in below]
        counts = [c for c in counts if c is not None]
        if not counts:
            return None, None, "not-reported"
        n, d = sum(c >= 1 for c in counts), len(counts)
        return n, d, half_up(Fraction(100 * n, d), 1)
    else:
        answer = received.year(how["measure"], place, year)
        return (None, None, "not-reported") if answer is None else (answer, None, str(answer))
    if d == 0:
        return n, d, "not-occurred"
    return n, d, half_up(Fraction(n) * how["scale"] / d, how["decimals"])


def total(values):
    values = [v for v in values if v is not None]
    return sum(values) if values else None


def write(path, received, places, years, only=None):
    """`places` = [(code, level, [codes below])]."""
    received = Received(received)
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("indicator,variant,locality,period,sex,ethnicity,numerator,denominator,value".split(","))
        for indicator, variants in INDICATORS.items():
            if only and indicator not in only:
                continue
            for how in variants:
                for code, level, below in places:
                    for year in years:
                        groups = [(None, None)]
                        if level in how["levels"]:
                            groups += [(s, None) for s in ("male", "female") if how["sex"]]
                            groups += [(None, e) for e in ("minority", "kinh") if how["eth"]]
                        for sex, eth in groups:
                            n, d, value = figure(how, received, code, level, below, year, sex, eth)
                            shown = ["" if x is None else (x if isinstance(x, int) else half_up(x, 4)) for x in (n, d)]
                            out.writerow([indicator, how["variant"] or "standard", code, year, sex or "", eth or "", *shown, value])


def write_facts(path, received):
    """What the sheets say, figure by figure (schools and institutions of one place added up)."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("measure,locality,period,sex,age,ethnicity,item,value".split(","))
        for (measure, place, period, sex, eth, age, item), value in sorted(received.items(), key=lambda kv: tuple(x or "" for x in kv[0])):
            if period.startswith("SY"):
                period = f"{int(period[2:]) - 1}-{period[2:]}"
            shown = value if isinstance(value, int) else half_up(value, 4)
            out.writerow([measure, place, period, sex or "", age or "", eth or "", item or "", shown])
