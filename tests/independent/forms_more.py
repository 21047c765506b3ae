"""More layouts: police, services, trafficking, communications, enterprises, training, organisations."""

from forms import FOUR, dotted, sign
from sheets import Sheet, column_name


def by_commune(t, places, year, issuer, title, words, groups, name, total="last", zero=None, place_head="Xã, thị trấn",
               top=1, texts=False, missing=(), numbering=True, note=True, blank=()):
    """The usual summary: rows are communes. `groups` = [(heading, [(leaf, measure, by)])]; a heading of None
    makes the leaf stand alone. `zero` is printed for 0; communes in `missing` have a row without figures,
    those in `blank` have "…"."""
    s = Sheet(name)
    leaves = [leaf for _, children in groups for leaf in children]
    last = 2 + len(leaves) + (1 if note else 0)
    s.put(top, 1, issuer, bold=True)
    s.put(top + 1, 1, title, to=(top + 1, last), bold=True, centre=True)
    s.put(top + 2, 1, words, to=(top + 2, last), centre=True)
    tree = ["TT", place_head]
    for heading, children in groups:
        tree += [c[0] for c in children] if heading is None else [(heading, [c[0] for c in children])]
    depth = s.header(top + 4, 1, tree + (["Ghi chú"] if note else []))
    at = top + 4 + depth
    if numbering:
        s.row(at, ["A", "B", *range(1, len(leaves) + 1)], centre=True)
        at += 1
    rows = []
    for code, place in places:
        if code in missing or code in blank:
            rows.append((place, [("…" if code in blank else None) for _ in leaves], "Chưa có báo cáo" if code in missing else None))
        else:
            rows.append((place, [t.get(m, code, year, **by) for _, m, by in leaves], None))
    sums = [sum(v for v in column if isinstance(v, int)) for column in zip(*(r[1] for r in rows))]

    def shown(v):
        if v == 0 and zero is not None:
            return zero
        return dotted(v) if texts and isinstance(v, int) else v

    first = at + (1 if total == "first" else 0)
    if total == "first":
        s.row(at, [None, "TỔNG SỐ", *map(shown, sums)], bold=True)
    at = first
    for i, (place, values, remark) in enumerate(rows):
        s.row(at, [i + 1, place, *map(shown, values)])
        if remark and note:
            s.put(at, last, remark)
        at += 1
    if total == "last":
        s.row(at, [None, "Tổng cộng", *map(shown, sums)], bold=True)
        at += 1
    s.box(top + 4, 1, at - 1, last)
    sign(s, at + 1, 2, max(3, last - 2), town(issuer), f"ngày 12 tháng 01 năm {int(str(year)[:4]) + 1}")
    s.widths = {2: 24, **{c: 12 for c in range(3, last + 1)}}
    return s


def town(issuer):
    return "Lai Châu" if "LAI CHÂU" in issuer else "Ninh Sơn"


TWO = lambda m: [("Tổng số", m, {}), ("Trđ: Nữ", m, {"sex": "female"})]
THREE = lambda m: [("Tổng số", m, {}), ("Nữ", m, {"sex": "female"}), ("DTTS", m, {"eth": "minority"})]
FOURS = lambda m: [
    ("Tổng số", m, {}), ("Nữ", m, {"sex": "female"}), ("DTTS", m, {"eth": "minority"}),
    ("Nữ DTTS", m, {"sex": "female", "eth": "minority"}),
]

POLICE = lambda kinds: [
    ("Số người gây bạo lực gia đình được phát hiện", kinds("dv-perpetrators")),
    ("Bị truy cứu trách nhiệm hình sự", kinds("dv-perpetrators-prosecuted")),
    ("Chưa đến mức truy cứu trách nhiệm hình sự được tư vấn, tham vấn", kinds("dv-perpetrators-counselled")),
]
TRAFFICKING = [
    ("Số nạn nhân bị mua bán trở về", THREE("trafficking-victims-returned")),
    ("Số nạn nhân có nhu cầu hỗ trợ", THREE("trafficking-victims-in-need")),
    ("Số nạn nhân được hưởng dịch vụ hỗ trợ và tái hòa nhập cộng đồng", THREE("trafficking-victims-served")),
]
ENTERPRISES = [
    ("Doanh nghiệp", [("Tổng số", "enterprises", {"item": "enterprise"}), ("Giám đốc/chủ là nữ", "enterprises-led-by-women", {"item": "enterprise"})]),
    ("Hợp tác xã", [("Tổng số", "enterprises", {"item": "cooperative"}), ("Giám đốc/chủ là nữ", "enterprises-led-by-women", {"item": "cooperative"})]),
]
ORGANISATIONS = [
    (None, [
        ("Tổng số tổ chức Đảng, chính quyền, cơ quan, ban, ngành, đoàn thể", "organisations", {}),
        ("Số tổ chức được phổ biến, cập nhật thông tin và cam kết thực hiện bình đẳng giới", "organisations-committed", {}),
    ]),
]
REACHED = [("Số người được tiếp cận kiến thức cơ bản về bình đẳng giới", FOURS("people-reached"))]


def services(t, places, year, issuer, detected, name="Hỗ trợ nạn nhân"):
    """Victims who used at least one basic service; the services overlap, so they add up to more."""
    groups = []
    if detected:
        groups.append(("Số người bị bạo lực được phát hiện", FOURS("dv-victims")))
        groups.append(("Được tiếp cận ít nhất một dịch vụ hỗ trợ cơ bản", FOURS("dv-victims-served")))
    else:
        groups.append(("Số người bị bạo lực được tiếp cận ít nhất một dịch vụ hỗ trợ cơ bản", TWO("dv-victims-served")))
    groups.append(("Chia theo loại dịch vụ", [
        ("Chăm sóc y tế", "dv-victims-served", {"item": "health"}), ("Tư vấn", "dv-victims-served", {"item": "counselling"}),
        ("Trợ giúp pháp lý", "dv-victims-served", {"item": "legal"}), ("Tạm lánh", "dv-victims-served", {"item": "shelter"}),
    ]))
    return by_commune(
        t, places, year, issuer, "KẾT QUẢ HỖ TRỢ NGƯỜI BỊ BẠO LỰC GIA ĐÌNH, BẠO LỰC TRÊN CƠ SỞ GIỚI", f"Năm {year}", groups, name,
        place_head="Địa bàn",
    )


def news(t, places, year, issuer, name="Tin bài", place_head="Xã, thị trấn", side_by_side=False, sheet=None, left=1):
    """Four quarterly counts per commune; optionally as two tables side by side."""
    if side_by_side:
        half = (len(places) + 1) // 2
        s = news(t, places[:half], year, issuer, name, place_head)
        return news(t, places[half:], year, None, name, place_head, sheet=s, left=10)
    s = sheet or Sheet(name)
    if issuer:
        s.put(1, 1, issuer, bold=True)
        s.put(2, 1, "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI TRÊN HỆ THỐNG THÔNG TIN CƠ SỞ", to=(2, 7), bold=True, centre=True)
        s.put(3, 1, f"Năm {year}", to=(3, 7), centre=True)
    s.header(5, left, ["STT", place_head, ("Chia theo quý", ["Quý I", "Quý II", "Quý III", "Quý IV"]), "Cả năm"])
    for i, (code, place) in enumerate(places):
        quarters = [t.get("grassroots-news", code, f"{year}-Q{q}") for q in range(1, 5)]
        s.row(7 + i, [i + 1, place, *quarters], column=left)
        a, b = column_name(left + 2), column_name(left + 5)
        s.put(7 + i, left + 6, sum(quarters), formula=f"SUM({a}{7 + i}:{b}{7 + i})")
    s.box(5, left, 6 + len(places), left + 6)
    s.widths[left + 1] = 24
    return s


def stations(year, issuer, rows, name="Đài", place_head=None):
    """Programmes on gender equality month by month: `rows` = [(station, place or None, [12 counts])]."""
    s = Sheet(name)
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, "CHUYÊN MỤC, CHUYÊN ĐỀ VỀ BÌNH ĐẲNG GIỚI TRÊN ĐÀI PHÁT THANH, TRUYỀN HÌNH", to=(2, 15), bold=True, centre=True)
    s.put(3, 1, f"Năm {year}", to=(3, 15), centre=True)
    s.header(5, 1, ["TT", "Tên đài", ("Số chuyên mục, chuyên đề phát sóng trong tháng", [f"Tháng {m}" for m in range(1, 13)]), "Cộng"])
    for i, (station, _, months) in enumerate(rows):
        s.row(7 + i, [i + 1, station, *months, sum(months)])
    s.box(5, 1, 6 + len(rows), 15)
    sign(s, 8 + len(rows), 2, 11, town(issuer), f"ngày 05 tháng 01 năm {year + 1}")
    s.widths = {2: 46}
    return s


TRADES = ["xây dựng", "cơ khí", "may mặc", "vận tải", "nông sản", "điện lạnh", "gỗ", "dịch vụ du lịch", "chăn nuôi", "vật tư", "thủy lợi"]


def enterprise_roster(t, places, year, issuer, unknown=2):
    """One row per business. The last `unknown` rows do not give the director's sex: they are not counted."""
    s = Sheet("Danh sách DN, HTX")
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, "DANH SÁCH DOANH NGHIỆP, HỢP TÁC XÃ ĐANG HOẠT ĐỘNG", to=(2, 6), bold=True, centre=True)
    s.put(3, 1, f"(Có đến ngày 31/12/{year})", to=(3, 6), centre=True)
    s.row(5, ["STT", "Tên doanh nghiệp, hợp tác xã", "Loại hình", "Địa bàn", "Giới tính giám đốc/chủ", "Lĩnh vực"], bold=True, centre=True)
    at = 6
    for code, place in places:
        for kind, word, name in (("enterprise", "Doanh nghiệp", "Công ty TNHH"), ("cooperative", "Hợp tác xã", "HTX")):
            count = t.get("enterprises", code, year, item=kind)
            women = t.get("enterprises-led-by-women", code, year, item=kind)
            for k in range(count):
                trade = TRADES[(k * 3 + len(place)) % len(TRADES)]
                sex = "Nữ" if (k * 7 if count % 7 else k) % count < women else "Nam"
                s.row(at, [at - 5, f"{name} {trade} số {k + 1} {place.split(' ', 1)[1]}", word, place, sex, trade.capitalize()])
                at += 1
    for k in range(unknown):
        s.row(at, [at - 5, f"Công ty TNHH tổng hợp {k + 1}", "Doanh nghiệp", places[k][1], "Chưa rõ", "Tổng hợp"])
        at += 1
    s.box(5, 1, at - 1, 6)
    s.widths = {2: 44, 3: 16, 4: 22, 5: 22}
    return s


LEVELS = {"elementary": "Sơ cấp", "intermediate": "Trung cấp", "college": "Cao đẳng"}
CRAFTS = {"elementary": ["May công nghiệp", "Trồng và nhân giống nấm", "Chăn nuôi thú y"], "intermediate": ["Điện công nghiệp", "Kế toán doanh nghiệp"],
          "college": ["Công nghệ ô tô", "Điều dưỡng"]}


def vocational(t, place, year, issuer, levels):
    """Groups in the rows, totals above their parts; the second block (graduates) is of no use here."""
    s = Sheet("Tuyển sinh")
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, "KẾT QUẢ TUYỂN SINH, TỐT NGHIỆP GIÁO DỤC NGHỀ NGHIỆP", to=(2, 9), bold=True, centre=True)
    s.put(3, 1, f"Năm {year}", to=(3, 9), centre=True)
    s.header(5, 1, [
        "STT", "Tên ngành, nghề đào tạo", "Tổng số lớp", "Tổng số người",
        ("Chia theo đối tượng", ["Tổng số nữ", "Người khuyết tật", "Hộ nghèo", ("Dân tộc thiểu số", ["Tổng số", "Nữ dân tộc thiểu số"])]),
    ])
    s.row(8, ["A", "B", *range(1, 8)], centre=True)
    by = [{}, {"sex": "female"}, {"eth": "minority"}, {"sex": "female", "eth": "minority"}]
    whole = {lv: [t.get("vocational-entrants", place, year, item=lv, **b) for b in by] for lv in levels}

    def line(n, f, e, fe):
        return [max(1, n // 30), n, f, n // 60, n // 9, e, fe]

    def add(rows):
        return [sum(c) for c in zip(*rows)]

    at = 9
    for letter, title, keep in (("A", "TUYỂN SINH", 100), ("B", "TỐT NGHIỆP", 88)):
        scaled = {lv: [v * keep // 100 for v in whole[lv]] for lv in levels}
        s.row(at, [letter, title, *line(*add(scaled.values()))], bold=True)
        at += 1
        for i, lv in enumerate(levels):
            s.row(at, [["I", "II", "III"][i], LEVELS[lv], *line(*scaled[lv])], bold=True)
            at += 1
            n, f, e, fe = scaled[lv]
            parts = parts_of(n, f, e, fe, len(CRAFTS[lv]))
            for k, craft in enumerate(CRAFTS[lv]):
                s.row(at, [k + 1, craft, *line(*parts[k])])
                at += 1
    s.box(5, 1, at - 1, 9)
    sign(s, at + 1, 2, 6, town(issuer), f"ngày 08 tháng 01 năm {year + 1}")
    s.widths = {2: 32}
    return s


def parts_of(n, f, e, fe, k):
    from forms import share_out

    cells = [share_out(c, list(range(k, 0, -1))) for c in (fe, f - fe, e - fe, n - f - (e - fe))]
    return [(sum(c[i] for c in cells), cells[0][i] + cells[1][i], cells[0][i] + cells[2][i], cells[0][i]) for i in range(k)]


def hidden_departments():
    """A look-up list that the sender's template hides: nothing to read."""
    s = Sheet("phongban", hidden=True)
    s.row(1, ["Mã", "Tên phòng ban"])
    for i, name in enumerate(["Phòng Nội vụ", "Phòng Y tế", "Phòng LĐTBXH", "Phòng VHTT"]):
        s.row(2 + i, [f"{i + 1:02}", name])
    return s


def reached_csv(t, places, year):
    """One flat table, as a system exports it: semicolons, numbers with dots."""
    s = Sheet("csv")
    s.row(1, ["STT", "Đơn vị", "Tổng số", "Trong đó: nữ", "Dân tộc thiểu số", "Nữ dân tộc thiểu số"])
    for i, (code, place) in enumerate(places):
        s.row(2 + i, [i + 1, f"{place}", *(dotted(t.get("people-reached", code, year, **by)) for by in FOUR)])
    return s
