"""Layouts as offices send them: each function fills a sheet from the truth and returns it."""

import unicodedata

from sheets import Sheet, column_name

SIGNED = [("Người lập biểu", "THỦ TRƯỞNG ĐƠN VỊ"), ("(Ký, ghi rõ họ tên)", "(Ký, đóng dấu)")]


def nfd(text):
    """As a text comes from a Mac or some phones."""
    return unicodedata.normalize("NFD", text)


def dotted(n):
    """12.590, the way many clerks type it (then it is text)."""
    return f"{n:,}".replace(",", ".")


def sign(s, row, left, right, place, date):
    s.put(row, right, f"{place}, {date}")
    for i, (a, b) in enumerate(SIGNED):
        s.put(row + 1 + i, left, a)
        s.put(row + 1 + i, right, b)


# --- domestic violence, 01/BC-X (Thông tư 23/2011/TT-BVHTTDL) -------------------------------------


def dv_01_bcx(t, code, place, period, title_period, name="01-BCX", totals=True, blank_zero=False):
    """`totals`: rows 3 and 4 carry the total; otherwise they are mere headings."""
    s = Sheet(name)
    s.put(1, 1, "Biểu số: 01/BC-X").put(1, 3, f"Đơn vị báo cáo: UBND {place}")
    s.put(2, 1, "Ban hành theo Thông tư số 23/2011/TT-BVHTTDL").put(2, 3, "Đơn vị nhận báo cáo: Phòng Văn hóa và Thông tin")
    s.put(4, 1, "BÁO CÁO TỔNG HỢP THÔNG TIN VỀ GIA ĐÌNH", to=(4, 4), bold=True, centre=True)
    s.put(5, 1, "VÀ PHÒNG, CHỐNG BẠO LỰC GIA ĐÌNH", to=(5, 4), bold=True, centre=True)
    s.put(6, 1, title_period, to=(6, 4), centre=True)
    s.row(8, ["TT", "Chỉ tiêu", "ĐVT", "Số lượng"], bold=True, centre=True)
    g = lambda m, **by: t.get(m, code, period, **by)
    form = lambda item: g("dv-cases", item=item)
    measure = lambda i: t.peek("aside-measure", code, period, item=str(i))
    households = t.peek("families", code, period[:4])
    rows = [
        ("I", "GIA ĐÌNH", None, None),
        ("1", "Tổng số hộ gia đình", "Hộ", households),
        ("1.1", "Số hộ gia đình hai thế hệ (vợ chồng, con)", "Hộ", households * 61 // 100),
        ("1.2", "Số hộ gia đình chỉ có mẹ và con", "Hộ", households * 4 // 100),
        ("1.3", "Số hộ gia đình chỉ có bố và con", "Hộ", households // 100),
        ("1.4", "Số hộ gia đình từ ba thế hệ trở lên", "Hộ", households * 17 // 100),
        ("1.5", "Số hộ gia đình một thế hệ", "Hộ", households * 9 // 100),
        ("1.6", "Số hộ gia đình độc thân", "Hộ", households * 5 // 100),
        ("1.7", "Hộ gia đình khác", "Hộ", households * 3 // 100),
        ("2", "Số hộ gia đình có người từ đủ 60 tuổi trở lên", "Hộ", households * 31 // 100),
        ("3", "Số hộ gia đình có trẻ em dưới 16 tuổi", "Hộ", households * 52 // 100),
        ("4", "Số hộ gia đình có bạo lực gia đình", "Hộ", g("dv-households")),
        ("5", "Số hộ gia đình có người tảo hôn", "Hộ", 0),
        ("II", "BẠO LỰC GIA ĐÌNH", None, None),
        ("1", "Tổng số vụ bạo lực gia đình", "Vụ", g("dv-cases")),
        ("2", "Hình thức bạo lực", None, None),
        ("2.1", "Tinh thần", "Vụ", form("mental")),
        ("2.2", "Thân thể", "Vụ", form("physical")),
        ("2.3", "Tình dục", "Vụ", form("sexual")),
        ("2.4", "Kinh tế", "Vụ", form("economic")),
        ("3", "Người gây bạo lực gia đình", "Vụ", g("dv-perpetrators") if totals else None),
        ("3.1", "Giới tính", None, None),
        ("3.1.1", "Nam", "Vụ", g("dv-perpetrators", sex="male")),
        ("3.1.2", "Nữ", "Vụ", g("dv-perpetrators", sex="female")),
        ("3.2", "Biện pháp xử lý", None, None),
        ("3.1.1", "Góp ý, phê bình trong cộng đồng dân cư", "Vụ", measure(0)),
        ("3.2.2", "Áp dụng biện pháp cấm tiếp xúc", "Vụ", measure(1)),
        ("3.2.3", "Giáo dục tại xã, phường, thị trấn", "Vụ", measure(2)),
        ("3.2.4", "Tạm giữ, xử phạt vi phạm hành chính", "Vụ", measure(3)),
        ("3.2.5", "Xử lý hình sự", "Vụ", g("dv-perpetrators-prosecuted")),
        ("4", "Nạn nhân bạo lực gia đình", "Vụ", g("dv-victims") if totals else None),
        ("4.1", "Giới tính", None, None),
        ("4.1.1", "Nam", "Vụ", g("dv-victims", sex="male")),
        ("4.1.2", "Nữ", "Vụ", g("dv-victims", sex="female")),
        ("4.2", "Độ tuổi", None, None),
        ("4.2.1", "Dưới 16 tuổi", "Vụ", t.peek("victims<16", code, period)),
        ("4.2.2", "Nữ từ 16 - 59 tuổi", "Vụ", t.peek("victims f16-59", code, period)),
        ("4.2.3", "Từ đủ 60 tuổi trở lên", "Vụ", t.peek("victims 60+", code, period)),
        ("5", "Số vụ bạo lực gia đình đã được xử lý", "Vụ", t.peek("handled", code, period)),
        ("6", "Số nạn nhân được tư vấn, chăm sóc, hỗ trợ", "Vụ", g("dv-victims-served")),
    ]
    for i, (tt, label, unit, value) in enumerate(rows):
        if value == 0 and blank_zero:
            value = "-"
        s.row(9 + i, [tt, label, unit, value], bold=tt in ("I", "II"))
    end = 8 + len(rows)
    s.box(8, 1, end, 4)
    sign(s, end + 2, 2, 3, place, "ngày … tháng … năm 20…")
    s.widths = {1: 8, 2: 52, 3: 24, 4: 26}
    return s


def dv_02_bch(t, name_of, communes, district, period, title_period, urban):
    """The district's summary: total, urban (the town), rural."""
    s = Sheet("02-BC-H")
    s.put(1, 1, "Biểu số: 02/BC-H").put(1, 4, f"Đơn vị báo cáo: Phòng Văn hóa và Thông tin {district}")
    s.put(3, 1, "BÁO CÁO TỔNG HỢP THÔNG TIN VỀ GIA ĐÌNH VÀ PHÒNG, CHỐNG BẠO LỰC GIA ĐÌNH", to=(3, 6), bold=True, centre=True)
    s.put(4, 1, title_period, to=(4, 6), centre=True)
    s.header(6, 1, ["TT", "Chỉ tiêu", "ĐVT", ("Số lượng", ["Tổng số", "Thành thị", "Nông thôn"])])
    s.row(8, ["A", "B", "C", 1, 2, 3], centre=True)

    def three(measure, **by):
        parts = [(c, t.get(measure, c, period, **by)) for c in communes]
        town = sum(v for c, v in parts if c in urban)
        return [sum(v for _, v in parts), town, sum(v for _, v in parts) - town]

    none = [None] * 3
    rows = [
        ("I", "GIA ĐÌNH", None, none),
        ("1", "Số hộ gia đình có bạo lực gia đình", "Hộ", three("dv-households")),
        ("II", "BẠO LỰC GIA ĐÌNH", None, none),
        ("1", "Tổng số vụ bạo lực gia đình", "Vụ", three("dv-cases")),
        ("2", "Hình thức", None, none),
        ("2.1", "Tinh thần", "Vụ", three("dv-cases", item="mental")),
        ("2.2", "Thân thể", "Vụ", three("dv-cases", item="physical")),
        ("2.3", "Tình dục", "Vụ", three("dv-cases", item="sexual")),
        ("2.4", "Kinh tế", "Vụ", three("dv-cases", item="economic")),
        ("3", "Người gây bạo lực", "Vụ", three("dv-perpetrators")),
        ("3.1", "Giới tính", None, none),
        ("3.1.1", "Nam", "Vụ", three("dv-perpetrators", sex="male")),
        ("3.1.2", "Nữ", "Vụ", three("dv-perpetrators", sex="female")),
        ("4", "Nạn nhân", "Vụ", three("dv-victims")),
        ("4.1", "Giới tính", None, none),
        ("4.1.1", "Nam", "Vụ", three("dv-victims", sex="male")),
        ("4.1.2", "Nữ", "Vụ", three("dv-victims", sex="female")),
        ("6", "Số nạn nhân được tư vấn, chăm sóc, hỗ trợ", "Vụ", three("dv-victims-served")),
    ]
    for i, (tt, label, unit, values) in enumerate(rows):
        s.row(9 + i, [tt, label, unit, *values])
    s.box(6, 1, 8 + len(rows), 6)
    sign(s, 10 + len(rows), 2, 5, district, "ngày 10 tháng 7 năm 20…")
    s.widths = {2: 46, 4: 12, 5: 12, 6: 12}
    return s


# --- health -------------------------------------------------------------------------------------


def health_4_bcx(t, code, place, year, words, name="Biểu 4", minority=False):
    s = Sheet(name)
    s.put(1, 1, "Biểu: 4/BCX").put(1, 4, f"Đơn vị báo cáo: Trạm Y tế {place}")
    s.put(3, 1, "HOẠT ĐỘNG CHĂM SÓC BÀ MẸ, TRẺ EM VÀ KẾ HOẠCH HÓA GIA ĐÌNH", to=(3, 5), bold=True, centre=True)
    s.put(4, 1, words, to=(4, 5), centre=True)
    s.header(6, 1, ["TT", "Tên chỉ tiêu", "Tổng số", ("Trong đó", ["Tại TYT", "Tại nhà"])])
    s.row(8, [1, 2, 3, 4, 5], centre=True)
    g = lambda m, **by: t.get(m, code, year, **by)
    births, young = g("deliveries"), g("deliveries", age="adolescent")
    at, young_at = t.peek("aside-at-station", code, year), t.peek("aside-young-at-station", code, year)
    rows = [
        ("I", "Chăm sóc bà mẹ", None, None, None),
        ("1", "Tổng số lượt khám thai", births * 4 + 3, births * 4 + 3, None),
        ("2", "Số phụ nữ có thai được quản lý thai", births + 6, None, None),
        ("3", "Số phụ nữ đẻ", births, at, births - at),
        (None, "Trđ: Số đẻ tuổi vị thành niên", young, young_at, young - young_at),
    ]
    if minority:
        e = g("deliveries", eth="minority")
        rows.append((None, "Trđ: Số phụ nữ đẻ là người dân tộc thiểu số", e, e * 7 // 10, e - e * 7 // 10))
    rows += [
        (None, "Số phụ nữ đẻ được cán bộ y tế đỡ", births - births // 30, at, None),
        ("4", "Số ca tử vong mẹ", g("maternal-deaths"), 0, 0),
        ("II", "Kế hoạch hóa gia đình", None, None, None),
        ("1", "Tổng số người mới thực hiện biện pháp tránh thai", births * 2, None, None),
        ("2", "Tổng số lượt phá thai", births // 25, None, None),
    ]
    for i, values in enumerate(rows):
        s.row(9 + i, values, bold=values[0] in ("I", "II"))
    s.box(6, 1, 8 + len(rows), 5)
    sign(s, 10 + len(rows), 2, 4, place, f"ngày 05 tháng 01 năm {year + 1}")
    s.widths = {2: 52, 3: 11, 4: 11, 5: 14}
    return s


def health_8_bch(t, place, place_name, year, facilities, shares):
    """Births of the whole place by facility; the total stands above its parts; boys are not printed."""
    s = Sheet("Biểu 8")
    s.put(1, 1, "Biểu: 8/BCH").put(1, 8, f"Đơn vị báo cáo: {place_name}")
    s.put(2, 1, "HOẠT ĐỘNG KHÁM, CHỮA BỆNH VÀ SỨC KHỎE TRẺ EM", to=(2, 12), bold=True, centre=True)
    s.put(3, 1, f"Báo cáo năm {year}", to=(3, 12), centre=True)
    s.header(5, 1, [
        "TT", "Tên cơ sở",
        ("Số trẻ đẻ ra sống", ["Tổng số", "Trđ: Nữ", "Số đẻ non", "Số bị ngạt"]),
        ("Số trẻ sơ sinh được cân", ["Tổng số", "Trđ: < 2500 gram"]),
        ("Tử vong thai nhi và trẻ em", ["Số tử vong thai nhi", "Số TV trẻ < 7 ngày", "Số TV trẻ < 28 ngày", "Số TV trẻ < 1 tuổi"]),
    ])
    s.row(7, range(1, 13), centre=True)
    total, girls = t.get("live-births", place, year), t.get("live-births", place, year, sex="female")
    parts = share_out(total, shares)
    girl_parts = share_out(girls, shares)
    line = lambda n, f: [n, f, n // 40, n // 70, n, n // 25, 0, n // 300, n // 300, n // 150]
    s.row(8, [None, "TỔNG SỐ", *line(total, girls)], bold=True)
    at = 9
    for group, names in facilities:
        index = [i for i, (g, _) in enumerate(flatten(facilities)) if g == group]
        s.row(at, [group[0], group[1], *line(sum(parts[i] for i in index), sum(girl_parts[i] for i in index))], bold=True)
        at += 1
        for k, i in enumerate(index):
            s.row(at, [k + 1, names[k], *line(parts[i], girl_parts[i])])
            at += 1
    s.box(5, 1, at - 1, 12)
    sign(s, at + 1, 2, 9, place_name, f"ngày 10 tháng 01 năm {year + 1}")
    s.widths = {2: 36}
    return s


def flatten(groups):
    return [(g, n) for g, names in groups for n in names]


def share_out(total, weights):
    """Whole parts that add up."""
    out, left, rest = [], total, sum(weights)
    for w in weights:
        part = left * w // rest if rest else 0
        out.append(part)
        left, rest = left - part, rest - w
    out[0] += left
    return out


# --- schools ------------------------------------------------------------------------------------

FOUR = [{}, {"sex": "female"}, {"eth": "minority"}, {"sex": "female", "eth": "minority"}]


def school_simple(school, commune_line, year_words, grades, name="Học sinh", header=None, extra_top=0):
    """One school's own sheet: rows are grades. `grades` = [(label, classes, n, f, e, fe)]."""
    s = Sheet(name)
    o = extra_top
    s.put(1 + o, 1, "PHÒNG GD&ĐT NINH SƠN").put(2 + o, 1, school, bold=True).put(3 + o, 1, commune_line)
    s.put(4 + o, 1, "THỐNG KÊ SỐ LỚP, SỐ HỌC SINH", to=(4 + o, 6), bold=True, centre=True)
    s.put(5 + o, 1, year_words, to=(5 + o, 6), centre=True)
    s.row(7 + o, header or ["Khối lớp", "Số lớp", "Tổng số", "Nữ", "Dân tộc", "Nữ dân tộc"], bold=True, centre=True)
    for i, values in enumerate(grades):
        s.row(8 + o + i, values)
    end = 8 + o + len(grades)
    s.put(end, 1, "Cộng", bold=True)
    for c in range(2, 7):
        top, last = 8 + o, end - 1
        s.put(end, c, sum(g[c - 1] for g in grades), bold=True, formula=f"SUM({column_name(c)}{top}:{column_name(c)}{last})")
    s.box(7 + o, 1, end, 6)
    sign(s, end + 2, 1, 4, "Ninh Sơn", "ngày 15 tháng 9 năm 20…")
    s.widths = {1: 30, 3: 12, 5: 12, 6: 14}
    return s


def school_by_commune(t, places, period, words, grades, issuer, name="Học sinh", total_first=False):
    """Summary: rows are communes, columns grade × (total, women, minority, minority women)."""
    s = Sheet(name)
    last = 2 + 4 * len(grades)
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, "TỔNG HỢP SỐ HỌC SINH THEO KHỐI LỚP", to=(2, last), bold=True, centre=True)
    s.put(3, 1, words, to=(3, last), centre=True)
    s.put(4, last, "Đơn vị tính: học sinh")
    s.header(5, 1, ["STT", "Xã, thị trấn"] + [
        (f"Lớp {g}", ["Tổng số", "Nữ", ("Dân tộc thiểu số", ["Tổng số", "Nữ"])]) for g in grades
    ])
    s.row(8, ["A", "B", *range(1, last - 1)], centre=True)
    data = [
        (place, [t.get("pupils", code, period, item=f"grade-{g}", **by) for g in grades for by in FOUR])
        for code, place in places
    ]
    at = 9
    total = [None, "Tổng cộng", *(sum(column) for column in zip(*(v for _, v in data)))]
    if total_first:
        s.row(at, total, bold=True)
        at += 1
    for i, (place, values) in enumerate(data):
        s.row(at, [i + 1, place, *values])
        at += 1
    if not total_first:
        s.row(at, total, bold=True)
        at += 1
    s.box(5, 1, at - 1, last)
    s.widths = {2: 22}
    return s


def completion(t, places, period, tables, issuer, words, name="Hoàn thành", top=1, texts=False):
    """Completers by commune; several tables one below the other: [(measure, title)]."""
    s = Sheet(name)
    s.put(top, 1, issuer, bold=True)
    at = top + 1
    for measure, title in tables:
        s.put(at, 1, title, to=(at, 6), bold=True, centre=True)
        s.put(at + 1, 1, words, to=(at + 1, 6), centre=True)
        s.header(at + 2, 1, ["TT", "Xã, thị trấn", "Tổng số", ("Trong đó", ["Nữ", "DTTS", "Nữ DTTS"])])
        first = at + 4
        for i, (code, place) in enumerate(places):
            values = [t.get(measure, code, period, **by) for by in FOUR]
            s.row(first + i, [i + 1, place, *([dotted(v) for v in values] if texts else values)])
        end = first + len(places)
        sums = [sum(t.peek(measure, code, period, **by) for code, _ in places) for by in FOUR]
        s.row(end, [None, "Cộng", *([dotted(v) for v in sums] if texts else sums)], bold=True)
        s.box(at + 2, 1, end, 6)
        at = end + 3
    s.widths = {2: 24}
    return s


# --- population ---------------------------------------------------------------------------------


def population(t, places, year, issuer, words, total_label="Tổng cộng", column_head="Đơn vị hành chính"):
    s = Sheet("Dân số")
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, f"DÂN SỐ CHIA THEO GIỚI TÍNH, DÂN TỘC VÀ ĐƠN VỊ HÀNH CHÍNH NĂM {year}", to=(2, 10), bold=True, centre=True)
    s.put(3, 1, words, to=(3, 10), centre=True)
    s.header(5, 1, [
        "STT", column_head,
        ("Tổng số hộ", ["Tổng", "Kinh", "DT khác"]),
        ("Nhân khẩu", ["Tổng", "Nam", "Nữ", ("Dân tộc thiểu số", ["Tổng số", "Trđ: Nữ"])]),
    ])
    s.row(8, [f"({i})" for i in range(1, 11)][:10], centre=True)
    by = [{}, {"sex": "male"}, {"sex": "female"}, {"eth": "minority"}, {"sex": "female", "eth": "minority"}]
    data = []
    for code, place in places:
        homes, other = t.peek("households", code, year), t.peek("households-minority", code, year)
        data.append([place, homes, homes - other, other, *(t.get("population", code, year, **b) for b in by)])
    for i, values in enumerate(data):
        s.row(9 + i, [i + 1, *values])
    end = 9 + len(data)
    s.put(end, 2, total_label, bold=True)
    for c in range(3, 11 - 1):
        s.put(end, c, sum(v[c - 2] for v in data), bold=True, formula=f"SUM({column_name(c)}9:{column_name(c)}{end - 1})")
    s.box(5, 1, end, 9)
    sign(s, end + 2, 2, 7, issuer.title(), f"ngày 20 tháng 01 năm {year + 1}")
    s.widths = {2: 24}
    return s


# --- home affairs -------------------------------------------------------------------------------

ORGANS = {
    "hdnd": "Hội đồng nhân dân", "ubnd": "Ủy ban nhân dân", "party": "Đảng ủy", "department": "Phòng, ban chuyên môn",
}


def leaders_roster(t, units, year, issuer, by="Ninh Sơn"):
    """One row per agency; `units` = [(code, place, [organs])]; departments are single rows."""
    s = Sheet("Lãnh đạo chủ chốt")
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, "DANH SÁCH CƠ QUAN CÓ LÃNH ĐẠO CHỦ CHỐT LÀ NỮ", to=(2, 7), bold=True, centre=True)
    s.put(3, 1, f"(Có đến ngày 31/12/{year})", to=(3, 7), centre=True)
    s.header(5, 1, ["STT", "Đơn vị", "Cơ quan", "Loại cơ quan", ("Lãnh đạo chủ chốt", ["Tổng số", "Trong đó: Nữ"]), "Ghi chú"])
    at, number = 7, 1
    for code, place, organs in units:
        for organ in organs:
            count = t.get("agencies", code, year, item=organ)
            women = t.get("agencies-with-woman-leader", code, year, item=organ)
            for k in range(count):
                what = f"{ORGANS[organ]} {place[0].lower() + place[1:]}"
                if organ == "department":
                    what = DEPARTMENTS[k]
                s.row(at, [number, place, what, ORGANS[organ], 3 if organ != "party" else 2, 1 if k < women else 0, None])
                at, number = at + 1, number + 1
    s.box(5, 1, at - 1, 7)
    sign(s, at + 1, 2, 5, by, f"ngày 15 tháng 01 năm {year + 1}")
    s.widths = {2: 20, 3: 38, 4: 24}
    return s


DEPARTMENTS = [
    "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Phòng Giáo dục và Đào tạo", "Phòng Y tế", "Phòng Văn hóa và Thông tin",
    "Phòng Lao động - Thương binh và Xã hội", "Phòng Tư pháp", "Phòng Nông nghiệp và Phát triển nông thôn",
    "Phòng Tài nguyên và Môi trường", "Phòng Kinh tế và Hạ tầng", "Thanh tra huyện", "Văn phòng HĐND và UBND",
    "Phòng Dân tộc",
]


def leaders_matrix(t, units, year, issuer):
    """Rows are localities, columns organs; x = has a woman among key leaders."""
    s = Sheet("Biểu tổng hợp")
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, f"TỔNG HỢP CƠ QUAN CHÍNH QUYỀN ĐỊA PHƯƠNG CÓ LÃNH ĐẠO CHỦ CHỐT LÀ NỮ NĂM {year}", to=(2, 8), bold=True, centre=True)
    s.header(4, 1, ["TT", "Đơn vị"] + [
        (head, ["Số cơ quan", "Có lãnh đạo chủ chốt là nữ"]) for head in ("HĐND", "UBND", "Đảng ủy")
    ])
    s.row(6, ["A", "B", 1, 2, 3, 4, 5, 6], centre=True)
    for i, (code, place) in enumerate(units):
        values = []
        for organ in ("hdnd", "ubnd", "party"):
            values += [t.get("agencies", code, year, item=organ), t.get("agencies-with-woman-leader", code, year, item=organ)]
        s.row(7 + i, [i + 1, place, *values])
    s.box(4, 1, 6 + len(units), 8)
    s.widths = {2: 24}
    return s
