"""What the units of the five plans might have sent: `data-samples/ke-hoach/<plan>/`, with the log of days received.

Real localities, invented figures. `tests/expected/ke-hoach.csv` says what a run must give, worked out here:
plan,period,what,key,unit,expected
  what = figure: key is an indicator, unit a code, expected "numerator/denominator"
  what = target: key is the number of a target (with its programme where it is not the leading one), expected its verdict
  what = report: key is a form (empty: any report), unit who owes it, expected its status and days late
"""

import csv
import os

import forms
import forms_more as more
import forms_province as up
from sheets import Sheet, write
from truth import Truth

UNITS = os.path.join(os.path.dirname(__file__), "..", "..", "indicators", "localities", "units.csv")


def units(parent, day):
    """(code, full name) of the units below one on a day."""
    with open(UNITS, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            alive = row["valid_from"] <= day and (not row["valid_to"] or row["valid_to"] > day)
            if row["parent_code"] == parent and alive:
                yield row["code"], f"{row['type'][0].upper()}{row['type'][1:]} {row['name']}"


class Run:
    """One plan: its files, the days on which they came, and what must come of them."""

    def __init__(self, plan, root):
        self.plan, self.root = plan, f"{root}/{plan}"
        self.log, self.expected = [], []

    def file(self, name, day, *sheets):
        write(f"{self.root}/{name}", *sheets)
        self.log.append((name, day))

    def figure(self, period, indicator, unit, n, d):
        self.expected.append([self.plan, period, "figure", indicator, unit, f"{n}/{d}"])

    def target(self, period, number, verdict):
        self.expected.append([self.plan, period, "target", number, "", verdict])

    def report(self, period, form, unit, status, late=0):
        self.expected.append([self.plan, period, "report", form, unit, f"{status} {late}"])

    def close(self):
        with open(f"{self.root}/so-nhan.csv", "w", encoding="utf-8-sig", newline="") as file:
            file.write("tệp;ngày nhận\n" + "".join(f"{name};{day}\n" for name, day in self.log))


def results(place, office, period, rows, name="Kết quả"):
    """Tử số and Mẫu số side by side: `rows` = [(indicator's name, numerator, denominator)]."""
    s = Sheet(name)
    s.put(1, 1, office, bold=True)
    s.put(2, 1, "KẾT QUẢ THỰC HIỆN MỘT SỐ CHỈ TIÊU VỀ BÌNH ĐẲNG GIỚI", to=(2, 6), bold=True, centre=True)
    s.put(3, 1, f"{period} - {place}", to=(3, 6), centre=True)
    s.row(5, ["STT", "Chỉ tiêu", "Đơn vị tính", "Tử số", "Mẫu số", "Ghi chú"], bold=True, centre=True)
    for i, (what, n, d) in enumerate(rows):
        s.row(6 + i, [i + 1, what, "%", n, d])
    s.box(5, 1, 5 + len(rows), 6)
    forms.sign(s, 7 + len(rows), 2, 4, place.split(",")[0], "ngày … tháng … năm 20…")
    s.widths = {2: 80, 3: 12, 4: 10, 5: 10}
    return s


OFFICIALS = "Tỷ lệ cán bộ, công chức, viên chức, lực lượng vũ trang, học sinh, sinh viên được truyền thông nâng cao nhận thức về bình đẳng giới"
RESIDENTS = "Tỷ lệ người dân được truyền thông nâng cao nhận thức về bình đẳng giới"
STAFF = "Tỷ lệ cán bộ làm công tác bình đẳng giới và vì sự tiến bộ của phụ nữ được tập huấn"
LEADERS = "Tỷ lệ nữ đại biểu dân cử, nữ lãnh đạo, quản lý và nữ thuộc diện quy hoạch được trang bị kiến thức"
SUPPORT = "Tỷ lệ người có nhu cầu hỗ trợ về bình đẳng giới được tiếp cận ít nhất một dịch vụ tư vấn, hỗ trợ"
COUNCIL = "Tỷ lệ nữ đại biểu Hội đồng nhân dân"
PARTY = "Tỷ lệ nữ tham gia cấp ủy"
JOBS = "Tỷ lệ nữ trong số người được tạo việc làm mới"
LOANS = "Tỷ lệ phụ nữ nghèo, phụ nữ dân tộc thiểu số có nhu cầu được vay vốn ưu đãi"
VICTIMS = "Tỷ lệ nạn nhân bạo lực gia đình được phát hiện được tư vấn về pháp lý và sức khỏe"
REACHED = "Tỷ lệ dân số được tiếp cận kiến thức cơ bản về bình đẳng giới"
ORGANISATIONS = "Tỷ lệ tổ chức Đảng, chính quyền, cơ quan hành chính, ban, ngành, đoàn thể được phổ biến, cập nhật thông tin về bình đẳng giới và cam kết thực hiện bình đẳng giới"


# --- Gò Vấp: sixteen wards, 2019 and 2020, its own targets ---------------------------------------


def go_vap(run):
    wards = list(units("764", "2020-06-01"))
    assert len(wards) == 16
    names = [
        ("officials-reached", OFFICIALS), ("residents-reached", RESIDENTS), ("gender-staff-trained", STAFF),
        ("women-leaders-equipped", LEADERS), ("gender-support", SUPPORT),
    ]
    for year in (2019, 2020):
        sums = {i: [0, 0] for i, _ in names}
        for k, (code, name) in enumerate(wards):
            if year == 2020 and k == 15:
                continue  # the last ward never reported for 2020
            later = year - 2019
            rows = {
                "officials-reached": (300 + 11 * k + 90 * later, 560),
                "residents-reached": (16500 + 400 * k + 2500 * later, 33000 + 700 * k),
                "gender-staff-trained": (5 if later else 4 + (k % 2), 5),
                "women-leaders-equipped": (9 + k % 4 - (1 if (k, year) == (3, 2020) else 0), 9 + k % 4),
                "gender-support": (6 + k, 6 + k),
            }
            for i, (n, d) in rows.items():
                sums[i] = [sums[i][0] + n, sums[i][1] + d]
            place = f"{name}, quận Gò Vấp, Thành phố Hồ Chí Minh"
            day = f"{year}-10-28" if k < 12 else f"{year}-11-{2 + k - 12:02}"
            if k == 14:
                day = f"{year}-11-06"
            ext = ".xls" if k % 5 == 4 else ".xlsx"
            run.file(f"{year}/phuong {name.split(' ', 1)[1]}{ext}", day,
                     results(place, f"ỦY BAN NHÂN DÂN {name.upper()}", f"Năm {year}", [(w, *rows[i]) for i, w in names]))
        bodies = ["culture", "education", "justice", "home-affairs", "finance", "statistics", "labour", "women"]
        sent = {"culture": ("Phòng Văn hóa và Thông tin", f"{year}-11-04"), "women": ("Hội Liên hiệp Phụ nữ quận", f"{year}-11-05")}
        for body, (office, day) in sent.items():
            run.file(f"{year}/{office}.xlsx", day, results("quận Gò Vấp, Thành phố Hồ Chí Minh", office.upper(), f"Năm {year}", [
                (COUNCIL, 14, 40) if body == "women" else (ORGANISATIONS, 120, 131),
            ]))
        for i, _ in names:
            run.figure(str(year), i, "764", *sums[i])
        period = str(year)
        for k, (code, _) in enumerate(wards):
            missing = year == 2020 and k == 15
            # "trước ngày 05/11": the 4th is the last day in time.
            late = {12: 0, 13: 0, 14: 2, 15: 1}.get(k, 0)
            run.report(period, "results", code, *(("missing",) if missing else ("late", late) if late else ("in-time",)))
            if year == 2020:
                # The wards' review: to the end of October.
                after = {12: 2, 13: 3, 14: 6}.get(k, 0)
                run.report(period, "results", code, *(("missing",) if missing else ("late", after) if after else ("in-time",)))
        for body in bodies:
            run.report(period, "", body, *(("in-time",) if body == "culture" else ("late", 1) if body == "women" else ("missing",)))
        share = lambda i: 100 * sums[i][0] / sums[i][1]
        if year == 2020:
            # 15 of 16 wards: judged provisionally; 70 % of officials and 50 % of residents.
            assert share("officials-reached") >= 70 and share("residents-reached") >= 50, sums
            run.target(period, "go-vap-2019-2020 1", "exceeded")
            run.target(period, "go-vap-2019-2020 2", "met")
            assert share("women-leaders-equipped") < 100
            run.target(period, "go-vap-2019-2020 3", "not-met")
            run.target(period, "go-vap-2019-2020 4", "met")


# --- Trùng Khánh: nineteen communes and two towns, half year and year 2020 ------------------------


def trung_khanh(run):
    communes = list(units("047", "2020-06-01"))
    assert len(communes) == 21
    rows_of = lambda k, half: [
        ("council-women", COUNCIL, 5 + k % 4, 20 + k % 5),
        ("party-women", PARTY, 3 + k % 2, 12 + k % 3),
        ("new-jobs-women", JOBS, (20 + 2 * k) // (2 if half else 1), (46 + 3 * k) // (2 if half else 1)),
        ("residents-reached", RESIDENTS, 900 + 13 * k + (0 if half else 500), 2600 + 40 * k),
        ("gender-staff-trained", STAFF, 2, 2 + (1 if k == 4 else 0)),
        ("victims-counselled", VICTIMS, k % 3, k % 3 + (1 if k == 8 else 0)),
    ]
    for period, words, day, late_day in (("2020-H1", "6 tháng đầu năm 2020", "2020-06-08", "2020-06-15"), ("2020", "Năm 2020", "2020-12-04", "2020-12-10")):
        half = period.endswith("H1")
        sums = {}
        for k, (code, name) in enumerate(communes):
            if not half and k in (7, 19):
                run.report(period, "results", code, "missing")
                # The review of ten years is owed by the same communes, without a day.
                run.report(period, "results", code, "missing")
                continue
            rows = rows_of(k, half)
            for i, _, n, d in rows:
                at = sums.setdefault(i, [0, 0])
                at[0], at[1] = at[0] + n, at[1] + d
            ext = [".xlsx", ".ods", ".xls"][k % 3]
            sheet = results(f"{name}, huyện Trùng Khánh, tỉnh Cao Bằng", f"ỦY BAN NHÂN DÂN {name.upper()}", words, [(w, n, d) for _, w, n, d in rows])
            if k == 6:
                sheet.cells = {at: forms.nfd(v) if isinstance(v, str) else v for at, v in sheet.cells.items()}
            run.file(f"{'6 thang' if half else 'ca nam'}/{name}{ext}", late_day if k == 11 else day, sheet)
            # "trước ngày 10": the 9th is the last day in time.
            late = (6 if half else 1) if k == 11 else 0
            run.report(period, "results", code, *(("late", late) if late else ("in-time",)))
            if not half:
                run.report(period, "results", code, "received")
        for i, (n, d) in sums.items():
            run.figure(period, i, "047", n, d)
        if not half:
            share = lambda i: 100 * sums[i][0] / sums[i][1]
            assert share("residents-reached") >= 50 and share("gender-staff-trained") < 100
            run.target(period, "action-2016-2020 2", "not-met")


# --- An Lão: fifteen communes, two towns, ten offices, half year and year 2024 --------------------


def an_lao(run):
    communes = list(units("313", "2024-06-01"))
    assert len(communes) == 17
    issuer = "HUYỆN AN LÃO"
    for period, words, day in (("2024-H1", "6 tháng đầu năm 2024", "2024-06-03"), ("2024", "Năm 2024", "2024-12-02")):
        half = period.endswith("H1")
        folder = "so ket 6 thang" if half else "tong ket nam"
        reached = organisations = (0, 0)
        for k, (code, name) in enumerate(communes):
            if half and k == 5:
                run.report(period, "results", code, "missing")
                continue
            a = ((3000 + 50 * k) * (1 if half else 2), 8000 + 100 * k)
            b = (30 + k % 3, 30 + k % 3 + (2 if k == 9 else 0))
            reached, organisations = (reached[0] + a[0], reached[1] + a[1]), (organisations[0] + b[0], organisations[1] + b[1])
            late = k == 2
            run.file(f"{folder}/{name}.xlsx", (day[:-2] + "08") if late else day,
                     results(f"{name}, huyện An Lão, thành phố Hải Phòng", f"UBND {name.upper()}", words, [(REACHED, *a), (ORGANISATIONS, *b)]))
            # "trước ngày 05": the 4th is the last day in time.
            run.report(period, "results", code, *(("late", 4) if late else ("in-time",)))
        run.figure(period, "6.1", "313", *reached)
        run.figure(period, "6.2", "313", *organisations)
        t = Truth()
        violence(t, [c for c, _ in communes], period)
        run.file(f"{folder}/Phòng Văn hóa - Thông tin/02-BCH {period}.xlsx", day, forms.dv_02_bch(
            t, None, [c for c, _ in communes], "huyện An Lão, thành phố Hải Phòng", period, words, {communes[0][0]}))
        victims = sum(t.peek("dv-victims", c, period) for c, _ in communes)
        served = sum(t.peek("dv-victims-served", c, period) for c, _ in communes)
        run.figure(period, "3.2a", "313", served, victims)
        run.report(period, "dv-02-bch", "culture", "in-time")
        if half:
            for form, body in (("school-enrolment", "education"), ("key-leaders", "home-affairs"), ("health-8-bch", "health"), ("", "justice"),
                               ("police-perpetrators", "police"), ("population", "statistics"), ("", "women"), ("", "labour"), ("", "youth")):
                run.report(period, form, body, "missing")
            continue
        for i, (code, name) in enumerate([("313", "Huyện An Lão"), *communes]):
            for organ in ("hdnd", "ubnd"):
                t.put(1, "agencies", code, 2024, item=organ)
                t.put(int((i + (organ == "ubnd")) % 3 == 0), "agencies-with-woman-leader", code, 2024, item=organ)
        own = [("313", "Huyện An Lão", ["hdnd", "ubnd"]), *((c, n, ["hdnd", "ubnd"]) for c, n in communes)]
        run.file(f"{folder}/Phòng Nội vụ/lãnh đạo chủ chốt 2024.xlsx", "2024-12-04", forms.leaders_roster(t, own, 2024, f"PHÒNG NỘI VỤ {issuer}", by="An Lão"))
        run.report(period, "key-leaders", "home-affairs", "in-time")
        women = sum(v for (m, *_), v in t.figures.items() if m == "agencies-with-woman-leader")
        run.figure(period, "1", "313", women, 36)
        t.put(1612, "live-births", "313", 2024), t.put(757, "live-births", "313", 2024, sex="female")
        run.file(f"{folder}/Trung tâm Y tế/bieu 8-BCH 2024.xls", "2024-12-09", forms.health_8_bch(
            t, "313", "Phòng Y tế, Trung tâm Y tế huyện An Lão, thành phố Hải Phòng", 2024,
            [(("I", "Tuyến huyện"), ["Bệnh viện đa khoa huyện"]), (("II", "Tuyến xã"), [f"Trạm Y tế {n.lower()}" for _, n in communes])],
            [300] + [10 + k % 5 for k in range(17)]))
        run.report(period, "health-8-bch", "health", "late", 5)
        run.figure(period, "4.1", "313", 855, 757)
        for k, (code, _) in enumerate(communes):
            n, gone, told = 3 + k % 4, k % 2, 2
            for m, v in (("dv-perpetrators", n), ("dv-perpetrators-prosecuted", gone), ("dv-perpetrators-counselled", told)):
                t.put(v, m, code, 2024), t.put(int(m != "dv-perpetrators-prosecuted"), m, code, 2024, sex="female")
        run.file(f"{folder}/Công an huyện/nguoi gay bao luc 2024.xlsx", "2024-12-03", more.by_commune(
            t, communes, 2024, f"CÔNG AN {issuer}, THÀNH PHỐ HẢI PHÒNG", "TỔNG HỢP NGƯỜI GÂY BẠO LỰC GIA ĐÌNH, BẠO LỰC TRÊN CƠ SỞ GIỚI", "Năm 2024",
            more.POLICE(more.TWO), "Người gây bạo lực"))
        run.report(period, "police-perpetrators", "police", "in-time")
        total = lambda m: sum(t.peek(m, c, 2024) for c, _ in communes)
        run.figure(period, "3.2b", "313", total("dv-perpetrators-counselled"), total("dv-perpetrators") - total("dv-perpetrators-prosecuted"))
        for form, body in (("school-enrolment", "education"), ("", "justice"), ("population", "statistics"), ("", "women"), ("", "labour"), ("", "youth")):
            run.report(period, form, body, "missing")


def violence(t, codes, period):
    for k, code in enumerate(codes):
        v, women = 3 + k % 4, 2 + k % 4
        for m, all_, of_women in (("dv-cases", v, None), ("dv-households", v, None), ("dv-perpetrators", v, 1), ("dv-victims", v, women), ("dv-victims-served", v - k % 2, None)):
            t.put(all_, m, code, period)
            if of_women is not None:
                t.put(of_women, m, code, period, sex="female"), t.put(all_ - of_women, m, code, period, sex="male")
        for item, n in (("mental", v), ("physical", v - 1), ("sexual", 0), ("economic", 1)):
            t.put(n, "dv-cases", code, period, item=item)


# --- Thái Bình: departments and districts, 2022 ---------------------------------------------------


def thai_binh(run):
    districts = list(units("34", "2022-06-01"))
    assert len(districts) == 8
    t, year, where = Truth(), 2022, "TỈNH THÁI BÌNH"
    places = [(code, name) for code, name in districts]
    t_put = lambda v, m, code, **by: t.put(v, m, code, year, **by)
    reached = (0, 0)
    for k, (code, name) in enumerate(districts):
        people = 180000 + 7000 * k
        n = people * (55 + k) // 100
        reached = (reached[0] + n, reached[1] + people)
        if k != 6:
            run.file(f"huyen-thanh-pho/UBND {name}.xlsx", "2022-12-06", results(
                f"{name}, tỉnh Thái Bình", f"UBND {name.upper()}", f"Năm {year}", [(REACHED, n, people), (ORGANISATIONS, 210 + k, 214 + k)]))
        else:
            reached = (reached[0] - n, reached[1] - people)
        # No day is set, so nothing can be late; the review of the Law is owed by the same units.
        for _ in range(2):
            run.report("2022", "", code, "missing" if k == 6 else "received")
        for kind, size, women in (("enterprise", 900 + 40 * k, 240 + 10 * k), ("cooperative", 50 + k, 9 + k)):
            t_put(size, "enterprises", code, item=kind), t_put(women, "enterprises-led-by-women", code, item=kind)
        for m, v in (("dv-victims", 30 + k), ("dv-victims-served", 26 + k)):
            for by, share in (({}, 100), ({"sex": "female"}, 80), ({"eth": "minority"}, 0), ({"sex": "female", "eth": "minority"}, 0)):
                t_put(v * share // 100, m, code, **by)
        for item, share in (("health", 40), ("counselling", 70), ("legal", 20), ("shelter", 10)):
            t_put((26 + k) * share // 100, "dv-victims-served", code, item=item)
        for m, v in (("trafficking-victims-returned", k % 2), ("trafficking-victims-in-need", k % 2), ("trafficking-victims-served", k % 2)):
            for by in ({}, {"sex": "female"}):
                t_put(v, m, code, **by)
            t_put(0, m, code, eth="minority")
    run.figure("2022", "6.1", "34", *reached)
    total = lambda m, **by: sum(t.peek(m, c, year, **by) for c, _ in districts)

    def sent(body, form, office, name, *sheets):
        run.file(f"so-nganh/{office}/{name}", "2022-12-09", *sheets)
        for _ in range(2):  # the year, and the review of fifteen years of the Law
            run.report("2022", form, body, "received")

    own = [("34", "Tỉnh Thái Bình", ["hdnd", "ubnd"]), *((c, n, ["hdnd", "ubnd"]) for c, n in districts)]
    for i, (code, _, organs) in enumerate(own):
        for organ in organs:
            t_put(1, "agencies", code, item=organ), t_put(int(i % 2 == (organ == "ubnd")), "agencies-with-woman-leader", code, item=organ)
    sent("home-affairs", "key-leaders", "Sở Nội vụ", "lanh dao chu chot.xlsx", forms.leaders_roster(t, own, year, f"SỞ NỘI VỤ {where}", by="Thái Bình"))
    run.figure("2022", "1", "34", sum(v for (m, *_), v in t.figures.items() if m == "agencies-with-woman-leader"), 18)
    sent("planning", "enterprises", "Sở Kế hoạch và Đầu tư", "doanh nghiep, hop tac xa.xls", more.by_commune(
        t, places, year, f"SỞ KẾ HOẠCH VÀ ĐẦU TƯ {where}", "DOANH NGHIỆP, HỢP TÁC XÃ CHIA THEO GIỚI TÍNH GIÁM ĐỐC/CHỦ", f"Có đến 31/12/{year}",
        more.ENTERPRISES, "DN-HTX", place_head="Huyện, thành phố"))
    items = ("enterprise", "cooperative")
    run.figure("2022", "2.3", "34", sum(total("enterprises-led-by-women", item=i) for i in items), sum(total("enterprises", item=i) for i in items))
    months = [[4] * 12, [1, 2, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1]]
    sent("information", "stations-months", "Sở Thông tin và Truyền thông", "dai phat thanh.xlsx", more.stations(year, f"SỞ THÔNG TIN VÀ TRUYỀN THÔNG {where}", [
        ("Đài Phát thanh và Truyền hình Thái Bình", None, months[0]), ("Cổng thông tin - Đài truyền thanh thành phố", None, months[1])]))
    run.figure("2022", "6.4", "34", 1, 2)
    sent("culture", "dv-services", "Sở Văn hóa, Thể thao và Du lịch", "ho tro nan nhan.ods", more.services(
        t, places, year, f"SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH {where}", detected=True))
    run.figure("2022", "3.2a", "34", total("dv-victims-served"), total("dv-victims"))
    t_put(24100, "live-births", "34"), t_put(11350, "live-births", "34", sex="female")
    sent("health", "health-8-bch", "Sở Y tế", "bieu 8-BCH.xlsx", forms.health_8_bch(t, "34", "Sở Y tế tỉnh Thái Bình", year, [
        (("I", "Tuyến tỉnh"), ["Bệnh viện Phụ sản Thái Bình"]), (("II", "Tuyến huyện"), [f"Trung tâm Y tế {n}" for _, n in districts])], [300] + [40] * 8))
    run.figure("2022", "4.1", "34", 12750, 11350)
    sent("police", "trafficking-victims", "Công an tỉnh", "nan nhan mua ban nguoi.xlsx", more.by_commune(
        t, places, year, f"CÔNG AN {where}", "NẠN NHÂN BỊ MUA BÁN TRỞ VỀ VÀ KẾT QUẢ HỖ TRỢ", f"Năm {year}", more.TRAFFICKING, "Mua bán người", zero="-",
        place_head="Huyện, thành phố", total="first"))
    run.figure("2022", "3.3", "34", 4, 4)
    for measure, rows in (("employed", up.STATUS), ("employed-by-sector", up.SECTORS)):
        shares = [3, 40, 12, 44, 1] if measure == "employed" else [27, 38, 35]
        for by in up.SURVEY:
            whole = {(): 990000, ("sex",): 485000 if by.get("sex") == "male" else 505000}.get(tuple(by), 0)
            parts = forms.share_out(whole, shares)
            t_put(whole, measure, "34", **by)
            for (item, _), part in zip(rows, parts):
                t_put(part, measure, "34", item=item, **by)
    sent("statistics", "employment", "Cục Thống kê", "lao dong viec lam.xlsx", up.employment(t, "34", year, f"CỤC THỐNG KÊ {where}"))
    of = lambda m, item=None: t.peek(m, "34", year, sex="female", **({"item": item} if item else {}))
    run.figure("2022", "2.1", "34", of("employed", "wage"), of("employed"))
    run.figure("2022", "2.2", "34", of("employed-by-sector", "agriculture"), of("employed-by-sector"))
    for form, body in (("population", "statistics"), ("", "justice"), ("", "finance"), ("school-completion-lower-secondary", "education"), ("", "women")):
        for _ in range(2):
            run.report("2022", form, body, "missing")


# --- Quảng Thành: the bodies of one commune, 2024 -------------------------------------------------


def quang_thanh(run):
    code, place, t = "19891", "xã Quảng Thành, huyện Quảng Điền, tỉnh Thừa Thiên Huế", Truth()
    year, name = 2024, "Xã Quảng Thành"
    violence(t, [code], "2024")
    t.put(3, "dv-perpetrators", code, "2024"), t.put(3100, "families", code, "2024"), t.put(3, "handled", code, "2024")
    t.put(0, "dv-perpetrators-prosecuted", code, "2024")
    for i, v in enumerate((2, 0, 1, 0)):
        t.put(v, "aside-measure", code, "2024", item=str(i))
    for key, v in (("victims<16", 0), ("victims f16-59", 2), ("victims 60+", 1)):
        t.put(v, key, code, "2024")
    run.file("Công chức Văn hóa/01-BCX năm 2024.xlsx", "2024-11-15", forms.dv_01_bcx(t, code, place, "2024", "Năm 2024"))
    run.report("2024", "dv-01-bcx", "culture", "in-time")
    run.figure("2024", "3.2a", code, 3, 3)
    for organ, women in (("hdnd", 1), ("ubnd", 0)):
        t.put(1, "agencies", code, year, item=organ), t.put(women, "agencies-with-woman-leader", code, year, item=organ)
    run.file("Công chức Văn phòng - Thống kê/lãnh đạo chủ chốt.xlsx", "2024-11-19", forms.leaders_roster(
        t, [(code, name, ["hdnd", "ubnd"])], year, f"UBND {place.upper()}", by="Quảng Thành"))
    run.report("2024", "key-leaders", "office-statistics", "in-time")
    run.figure("2024", "1", code, 1, 2)
    run.file("Công chức Tư pháp - Hộ tịch/11a-BTP khai sinh.xlsx", "2024-11-20", births(place))
    run.report("2024", "civil-registration-births", "justice", "late", 1)
    for k, school in enumerate(("Trường Tiểu học số 1 Quảng Thành", "Trường Tiểu học số 2 Quảng Thành")):
        grades = [(f"Lớp {g}", 3, 90 + g + k, 44 + g, 0, 0) for g in range(1, 6)]
        run.file(f"Trường học/{school}.xls", "2024-11-12", school_sheet(school, place, grades))
    run.report("2024", "school-enrolment", "schools", "in-time")
    t.put(130, "deliveries", code, year), t.put(2, "deliveries", code, year, age="adolescent"), t.put(0, "maternal-deaths", code, year)
    t.put(20, "aside-at-station", code, year), t.put(1, "aside-young-at-station", code, year)
    run.file("Trạm Y tế/biểu 4-BCX.xlsx", "2024-11-25", forms.health_4_bcx(t, code, place, year, "Báo cáo 12 tháng năm 2024"))
    run.report("2024", "health-4-bcx", "health", "late", 6)
    for m, v in (("dv-perpetrators", 3), ("dv-perpetrators-prosecuted", 0), ("dv-perpetrators-counselled", 2)):
        t.put(v, m, code, year), t.put(0 if m == "dv-perpetrators-prosecuted" else 1, m, code, year, sex="female")
    run.file("Công an xã/người gây bạo lực.xlsx", "2024-11-18", more.by_commune(
        t, [(code, name)], year, f"CÔNG AN {place.upper()}", "TỔNG HỢP NGƯỜI GÂY BẠO LỰC GIA ĐÌNH, BẠO LỰC TRÊN CƠ SỞ GIỚI", "Năm 2024",
        more.POLICE(more.TWO), "Người gây bạo lực", place_head="Xã"))
    run.report("2024", "police-perpetrators", "police", "in-time")
    run.figure("2024", "3.2b", code, 2, 3)
    for q, v in enumerate((4, 5, 4, 6)):
        t.put(v, "grassroots-news", code, f"2024-Q{q + 1}")
    run.file("Đài Truyền thanh/tin bài.xlsx", "2024-11-19", more.news(t, [(code, name)], year, f"ĐÀI TRUYỀN THANH {place.upper()}", place_head="Xã"))
    run.report("2024", "grassroots-news", "radio", "in-time")
    run.figure("2024", "6.3", code, 1, 1)
    run.file("Hội Liên hiệp Phụ nữ xã.xlsx", "2024-11-14", results(place, "HỘI LIÊN HIỆP PHỤ NỮ XÃ QUẢNG THÀNH", "Năm 2024", [(REACHED, 7400, 11900), (ORGANISATIONS, 27, 27)]))
    run.report("2024", "", "front", "in-time")
    run.figure("2024", "6.1", code, 7400, 11900)
    run.figure("2024", "6.2", code, 27, 27)
    for number, verdict in (("6.1", "exceeded"), ("6.2", "met"), ("6.3", "met"), ("3.2", "exceeded")):
        run.target("2024", number, verdict)


def births(place):
    s = Sheet("11a")
    s.put(1, 1, "Biểu số: 11a/BTP/HCTP/HT/KSKT").put(1, 4, f"Đơn vị báo cáo: UBND {place}")
    s.put(2, 1, "SỐ LIỆU ĐĂNG KÝ KHAI SINH, KHAI TỬ TẠI ỦY BAN NHÂN DÂN CẤP XÃ", to=(2, 6), bold=True, centre=True)
    s.put(3, 1, "Năm 2024", to=(3, 6), centre=True).put(4, 5, "Đơn vị tính: Trường hợp")
    s.header(6, 1, [None, "Tổng số", ("Chia theo giới tính", ["Nam", "Nữ"]), ("Chia theo thời điểm đăng ký", ["Đúng hạn", "Quá hạn"])])
    s.row(8, ["A", 1, 2, 3, 4, 5], centre=True)
    for i, row in enumerate([
        ["I. Khai sinh", 141, 74, 67, 138, 3], ["1. Chia theo tình trạng của trẻ khai sinh"], ["- Con trong giá thú", 135, 71, 64, 132, 3],
        ["- Con ngoài giá thú", 6, 3, 3, 6, 0], ["II. Khai tử", 62, 34, 28, 60, 2],
    ]):
        s.row(9 + i, row)
    s.box(6, 1, 13, 6)
    return s


def school_sheet(school, place, grades):
    s = forms.school_simple(school, place[0].upper() + place[1:], "Năm học 2024-2025", grades)
    s.cells[1, 1] = "PHÒNG GD&ĐT QUẢNG ĐIỀN"
    return s


PLANS = [
    ("quang-thanh-2024", quang_thanh), ("thai-binh-2022", thai_binh), ("trung-khanh-2020", trung_khanh), ("an-lao-2024", an_lao),
    ("go-vap-2019-2020", go_vap),
]


def make(root, path):
    lines = []
    for plan, fill in PLANS:
        run = Run(plan, root)
        fill(run)
        run.close()
        lines += run.expected
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("plan,period,what,key,unit,expected".split(","))
        out.writerows(lines)
