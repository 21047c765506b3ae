"""Layouts that only a province or the nation sends: surveys, facilities, degrees, results."""

from forms import sign
from sheets import Sheet

SURVEY = [{}, {"sex": "male"}, {"sex": "female"}, {"eth": "minority"}, {"sex": "female", "eth": "minority"}]
STATUS = [
    ("employer", "Chủ cơ sở sản xuất kinh doanh"), ("own-account", "Tự làm"), ("family-worker", "Lao động gia đình"),
    ("wage", "Làm công hưởng lương"), ("cooperative-member", "Xã viên hợp tác xã"),
]
SECTORS = [("agriculture", "Nông, lâm nghiệp và thủy sản"), ("industry", "Công nghiệp và xây dựng"), ("services", "Dịch vụ")]


def employment(t, place, year, issuer, blanks=False):
    """Two divisions of one total, one table below the other, on one sheet."""
    s = Sheet("LĐVL")
    s.put(1, 1, issuer, bold=True)
    at = 2
    for measure, title, rows in (
        ("employed", f"LAO ĐỘNG TỪ 15 TUỔI TRỞ LÊN CÓ VIỆC LÀM CHIA THEO VỊ THẾ VIỆC LÀM NĂM {year}", STATUS),
        ("employed-by-sector", f"LAO ĐỘNG TỪ 15 TUỔI TRỞ LÊN CÓ VIỆC LÀM CHIA THEO KHU VỰC KINH TẾ NĂM {year}", SECTORS),
    ):
        s.put(at, 1, title, to=(at, 7), bold=True, centre=True)
        s.put(at + 1, 7, "Đơn vị tính: Người")
        s.header(at + 2, 1, ["STT", "Chỉ tiêu", "Tổng số", ("Chia theo giới tính", ["Nam", "Nữ"]), ("Dân tộc thiểu số", ["Tổng số", "Trong đó: Nữ"])])
        s.row(at + 4, ["A", "B", 1, "2", "3", 4, 5], centre=True)
        first = at + 5
        s.row(first, [None, "Tổng số", *(t.get(measure, place, year, **by) for by in SURVEY)], bold=True)
        for i, (item, label) in enumerate(rows):
            s.row(first + 1 + i, [i + 1, label, *(t.get(measure, place, year, item=item, **by) for by in SURVEY)])
        s.box(at + 2, 1, first + len(rows), 7)
        at = first + len(rows) + 3
    s.put(at, 1, "Nguồn: Điều tra lao động việc làm.")
    s.widths = {2: 34}
    return s


def comma(hours):
    return f"{float(hours):.2f}".replace(".", ",")


def unpaid_hours(t, place, year, issuer, texts):
    s = Sheet("Giờ nội trợ")
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, "SỐ GIỜ TRUNG BÌNH LÀM CÔNG VIỆC NỘI TRỢ VÀ CHĂM SÓC TRONG GIA ĐÌNH KHÔNG ĐƯỢC TRẢ CÔNG", to=(2, 4), bold=True, centre=True)
    s.put(3, 1, f"Năm {year}", to=(3, 4), centre=True)
    s.put(4, 4, "Đơn vị tính: giờ/tuần")
    s.row(5, ["STT", "Chia theo dân tộc", "Nam", "Nữ"], bold=True, centre=True)
    for i, (eth, label) in enumerate(((None, "Chung"), ("kinh", "Kinh"), ("minority", "Dân tộc thiểu số"))):
        values = [t.get("unpaid-hours", place, year, sex=sex, eth=eth) for sex in ("male", "female")]
        s.row(6 + i, [i + 1, label, *(comma(v) if texts else float(v) for v in values)])
    s.box(5, 1, 8, 4)
    s.put(10, 1, "Nguồn: Khảo sát sử dụng thời gian trong Điều tra lao động việc làm.")
    s.widths = {2: 28}
    return s


def ages(t, places, year, issuer, bands):
    """Wide: a pair of columns per band."""
    s = Sheet("Dân số theo tuổi")
    last = 2 + 2 * (len(bands) + 1)
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, f"DÂN SỐ CHIA THEO NHÓM TUỔI, GIỚI TÍNH VÀ ĐƠN VỊ HÀNH CHÍNH NĂM {year}", to=(2, 12), bold=True, centre=True)
    s.put(3, 1, "Đơn vị tính: Người", to=(3, 12))
    words = {b: (f"{b} tuổi" if "+" not in b else f"{b[:-1]} tuổi trở lên") for b in bands}
    s.header(4, 1, ["STT", "Xã, phường", ("Tổng số", ["Chung", "Trong đó: Nữ"])] + [(words[b], ["Chung", "Trong đó: Nữ"]) for b in bands])
    s.row(6, ["A", "B", *range(1, last - 1)], centre=True)
    data = []
    for code, place in places:
        row = [t.get("population", code, year), t.get("population", code, year, sex="female")]
        for b in bands:
            row += [t.get("population", code, year, age=b), t.get("population", code, year, age=b, sex="female")]
        data.append((place, row))
    s.row(7, [None, "TOÀN TỈNH", *(sum(c) for c in zip(*(d[1] for d in data)))], bold=True)
    for i, (place, row) in enumerate(data):
        s.row(8 + i, [i + 1, place, *row])
    s.box(4, 1, 7 + len(data), last)
    s.widths = {2: 20}
    return s


def population_plain(t, places, year, issuer):
    """No numbering row, other words, the total first, minority in one column only."""
    s = Sheet(f"{year}")
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, "DÂN SỐ TRUNG BÌNH VÀ DÂN SỐ DÂN TỘC THIỂU SỐ", to=(2, 6), bold=True, centre=True)
    s.put(3, 1, f"(Số liệu đến ngày 31 tháng 12 năm {year})", to=(3, 6), centre=True)
    s.header(5, 1, ["TT", "Tên xã, phường", "Dân số", ("Trong đó", ["Nữ", "Dân tộc thiểu số", "Nữ dân tộc thiểu số"])])
    by = [{}, {"sex": "female"}, {"eth": "minority"}, {"sex": "female", "eth": "minority"}]
    data = [(place, [t.get("population", code, year, **b) for b in by]) for code, place in places]
    s.row(7, [None, "Toàn tỉnh", *(sum(c) for c in zip(*(d[1] for d in data)))], bold=True)
    for i, (place, row) in enumerate(data):
        s.row(8 + i, [i + 1, place, *row])
    s.box(5, 1, 7 + len(data), 6)
    s.widths = {2: 22, 5: 18, 6: 20}
    return s


FACILITIES = [
    ("Trung tâm Công tác xã hội và Bảo trợ xã hội tỉnh", "03408"), ("Cơ sở cai nghiện ma túy tỉnh", "03408"),
    ("Trung tâm Nuôi dưỡng trẻ em khuyết tật", "03388"), ("Trung tâm Điều dưỡng người có công", "03390"),
    ("Cơ sở bảo trợ xã hội khu vực Than Uyên", "03595"), ("Cơ sở bảo trợ xã hội khu vực Mường Tè", "03445"),
]


def facilities(t, place, places, year, issuer, yes="Có", no="Không"):
    s = Sheet("Cơ sở TGXH")
    count, with_gbv = t.get("social-facilities", place, year), t.get("social-facilities-gbv", place, year)
    names = dict(places)
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, "DANH SÁCH CƠ SỞ TRỢ GIÚP XÃ HỘI CÔNG LẬP", to=(2, 5), bold=True, centre=True)
    s.put(3, 1, f"Năm {year}", to=(3, 5), centre=True)
    s.row(5, ["STT", "Tên cơ sở", "Địa chỉ", "Có hoạt động trợ giúp, phòng ngừa và ứng phó với bạo lực trên cơ sở giới", "Ghi chú"], bold=True, centre=True)
    for i, (name, code) in enumerate(FACILITIES[:count]):
        s.row(6 + i, [i + 1, name, names[code], yes if i < with_gbv else no])
    s.box(5, 1, 5 + count, 5)
    sign(s, 7 + count, 2, 4, "Lai Châu", f"ngày 14 tháng 01 năm {year + 1}")
    s.widths = {2: 48, 3: 20, 4: 40}
    return s


def degrees(t, place, year, issuer):
    s = Sheet("Trình độ")
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, f"DÂN SỐ CÓ TRÌNH ĐỘ TỪ ĐẠI HỌC TRỞ LÊN CHIA THEO GIỚI TÍNH, DÂN TỘC NĂM {year}", to=(2, 6), bold=True, centre=True)
    s.put(3, 6, "Đơn vị tính: Người")
    s.header(4, 1, ["STT", "Trình độ", "Tổng số", ("Trong đó", ["Nữ", "Dân tộc thiểu số", "Nữ dân tộc thiểu số"])])
    by = [{}, {"sex": "female"}, {"eth": "minority"}, {"sex": "female", "eth": "minority"}]
    for i, (degree, label) in enumerate((("bachelor", "Đại học"), ("master", "Thạc sĩ"), ("doctorate", "Tiến sĩ"))):
        s.row(6 + i, [i + 1, label, *(t.get("degree-holders", place, year, item=degree, **b) for b in by)])
    s.box(4, 1, 8, 6)
    s.widths = {2: 16, 5: 16, 6: 20}
    return s


def results(t, place, year, issuer, rows, name="Kết quả"):
    """The one-number form: `rows` = [(what, unit, value)] or (what, unit, value, document)."""
    s = Sheet(name)
    s.put(1, 1, issuer, bold=True)
    s.put(2, 1, "KẾT QUẢ THỰC HIỆN MỘT SỐ CHỈ TIÊU VỀ BÌNH ĐẲNG GIỚI", to=(2, 5), bold=True, centre=True)
    s.put(3, 1, f"Năm {year}", to=(3, 5), centre=True)
    s.row(5, ["STT", "Chỉ tiêu", "Đơn vị tính", "Kết quả", "Ghi chú"], bold=True, centre=True)
    for i, row in enumerate(rows):
        s.row(6 + i, [i + 1, *row])
    s.box(5, 1, 5 + len(rows), 5)
    s.widths = {2: 70, 3: 16, 4: 14, 5: 30}
    return s
