"""What "really" happened in the invented places: the figures from which the sheets are written
and, apart from that, the expected results are worked out.

A figure is kept under (measure, place, period, sex, ethnicity, age, item); `None` = not split.
Periods: "2024", "2024-H1", "2024-Q3", "SY2024" (school year 2023-2024).
`sent` names what really arrived: a sheet that was never sent leaves its figures out.
"""


class Truth:
    def __init__(self):
        self.figures = {}
        self.sent = set()

    @staticmethod
    def key(measure, place, period, sex=None, eth=None, age=None, item=None):
        return (measure, place, str(period), sex, eth, age, item)

    def put(self, value, measure, place, period, **by):
        self.figures[self.key(measure, place, period, **by)] = value

    def get(self, measure, place, period, **by):
        """The figure for a sheet; asking marks it as sent."""
        key = self.key(measure, place, period, **by)
        self.sent.add(key)
        return self.figures[key]

    def peek(self, measure, place, period, **by):
        """The figure, without marking it as sent."""
        return self.figures[self.key(measure, place, period, **by)]

    def received(self):
        return {k: v for k, v in self.figures.items() if k in self.sent}

    def prove(self):
        """Parts never exceed their wholes: a mistake of ours would otherwise look like one of a sheet's."""
        for (measure, place, period, sex, eth, age, item), value in self.figures.items():
            if measure == "unpaid-hours":
                continue
            for wider in (
                (measure, place, period, None, eth, age, item), (measure, place, period, sex, None, age, item),
                (measure, place, period, sex, eth, None, item), (measure, place, period, sex, eth, age, None),
            ):
                whole = self.figures.get(wider)
                # People reached are an estimate of coverage; services overlap but stay within the served.
                assert whole is None or value <= whole, (measure, place, period, sex, eth, age, item, value, wider, whole)
            if sex == "female" and eth == "minority":
                cells = [self.figures.get((measure, place, period, s, e, age, item)) for s, e in ((None, None), ("female", None), (None, "minority"))]
                if None not in cells:
                    n, f, e = cells
                    assert f + e - value <= n, (measure, place, period, item, n, f, e, value)
