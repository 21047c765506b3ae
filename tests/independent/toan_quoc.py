"""A small folder of the nation: what only the nation can be asked (4.2, 4.4, 5.1), and what it also has."""

import random
from fractions import Fraction

import forms_province as up
from forms import sign
from sheets import Sheet, write
from truth import Truth

NATION = "VN"
YEARS = [2025, 2026]
PROVINCES = [
    ("01", "Thành phố", "Hà Nội"), ("04", "Tỉnh", "Cao Bằng"), ("08", "Tỉnh", "Tuyên Quang"), ("11", "Tỉnh", "Điện Biên"),
    ("12", "Tỉnh", "Lai Châu"), ("14", "Tỉnh", "Sơn La"), ("15", "Tỉnh", "Lào Cai"), ("19", "Tỉnh", "Thái Nguyên"),
    ("20", "Tỉnh", "Lạng Sơn"), ("22", "Tỉnh", "Quảng Ninh"), ("24", "Tỉnh", "Bắc Ninh"), ("25", "Tỉnh", "Phú Thọ"),
    ("31", "Thành phố", "Hải Phòng"), ("33", "Tỉnh", "Hưng Yên"), ("37", "Tỉnh", "Ninh Bình"), ("38", "Tỉnh", "Thanh Hóa"),
    ("40", "Tỉnh", "Nghệ An"), ("42", "Tỉnh", "Hà Tĩnh"), ("44", "Tỉnh", "Quảng Trị"), ("46", "Thành phố", "Huế"),
    ("48", "Thành phố", "Đà Nẵng"), ("51", "Tỉnh", "Quảng Ngãi"), ("52", "Tỉnh", "Gia Lai"), ("56", "Tỉnh", "Khánh Hòa"),
    ("66", "Tỉnh", "Đắk Lắk"), ("68", "Tỉnh", "Lâm Đồng"), ("75", "Thành phố", "Đồng Nai"), ("79", "Thành phố", "Hồ Chí Minh"),
    ("80", "Tỉnh", "Tây Ninh"), ("82", "Tỉnh", "Đồng Tháp"), ("86", "Tỉnh", "Vĩnh Long"), ("91", "Tỉnh", "An Giang"),
    ("92", "Thành phố", "Cần Thơ"), ("96", "Tỉnh", "Cà Mau"),
]
PLACES = [(c, f"{t} {n}" if t == "Thành phố" else n) for c, t, n in PROVINCES]


def build():
    t = Truth()
    r = random.Random("bdg toan quoc")
    for year in YEARS:
        for code, kind, _ in PROVINCES:
            births = (62000 if kind == "Thành phố" else 24000) + r.randint(-14000, 22000)
            girls = births * (471 + r.randint(-5, 8)) // 1000
            t.put(births, "live-births", code, year)
            t.put(girls, "live-births", code, year, sex="female")
            share = r.randint(15, 240) if kind == "Thành phố" else r.randint(40, 870)
            t.put(births * share // 1000, "live-births", code, year, eth="minority")
            t.put(girls * share // 1000 + r.randint(0, 9), "live-births", code, year, sex="female", eth="minority")
            deaths = births * r.randint(28, 62) // 100000
            t.put(deaths, "maternal-deaths", code, year)
            t.put(min(deaths, deaths * share // 800 + (1 if share > 300 else 0)), "maternal-deaths", code, year, eth="minority")
            before = t.peek("lgbt-facilities", code, 2025) if year == 2026 else 0
            opened = r.randint(1, 2) if r.randint(0, 9) < (4 if year == 2025 else 3) else 0
            t.put(before + opened, "lgbt-facilities", code, year)
        t.put(1, "curriculum-gender-content", NATION, year)
        t.put(int(year == 2026), "teacher-training-gender-taught", NATION, year)
        t.put(103, "teacher-training-institutions", NATION, year)
        t.put(97 if year == 2025 else 103, "teacher-training-institutions-teaching", NATION, year)
        for sex, hours in (("female", "15.20" if year == 2025 else "14.90"), ("male", "8.70")):
            for eth, more in ((None, 0), ("kinh", -Fraction(3, 10)), ("minority", Fraction(18, 10))):
                t.put(Fraction(hours) + more, "unpaid-hours", NATION, year, sex=sex, eth=eth)
    return t


def make(t, root):
    for year in YEARS:
        write(f"{root}/bo-y-te/tre-de-ra-song-va-tu-vong-me-{year}.xlsx", births(t, year))
        write(f"{root}/bo-y-te/co-so-y-te-thi-diem-{year}.{'xlsx' if year == 2025 else 'xls'}", pilots(t, year))
        word = lambda m: "Có" if t.get(m, NATION, year) else "Chưa"
        number = lambda m: t.get(m, NATION, year)
        write(f"{root}/bo-gddt/ket-qua-{year}.xlsx", up.results(t, NATION, year, "BỘ GIÁO DỤC VÀ ĐÀO TẠO", [
            ("Nội dung về giới, bình đẳng giới được đưa vào chương trình giảng dạy trong hệ thống giáo dục quốc dân", "Có/Không",
             word("curriculum-gender-content")),
            ("Nội dung về giới, bình đẳng giới được giảng dạy chính thức ở các trường sư phạm", "Có/Không",
             word("teacher-training-gender-taught").replace("Chưa", "Không")),
            ("Số cơ sở đào tạo giáo viên", "Cơ sở", number("teacher-training-institutions")),
            ("Số cơ sở đào tạo giáo viên giảng dạy chính thức nội dung bình đẳng giới", "Cơ sở",
             number("teacher-training-institutions-teaching")),
        ]))
        write(f"{root}/thong-ke/gio-noi-tro-{year}.xlsx", up.unpaid_hours(t, NATION, year, "CỤC THỐNG KÊ - CẢ NƯỚC", texts=year == 2026))
    with open(f"{root}/bdg.toml", "w", encoding="utf-8") as file:
        file.write("""# Số liệu chung cả nước: các chỉ tiêu chỉ tính được ở cấp quốc gia.
office = "VỤ CÔNG TÁC THANH NIÊN VÀ BÌNH ĐẲNG GIỚI"
superior = "BỘ NỘI VỤ"
locality = "VN"
period = "2026"
signatories = ["NGƯỜI LẬP BIỂU", "VỤ TRƯỞNG"]
lang = "vi"
""")


def births(t, year):
    s = Sheet("Toàn quốc")
    s.put(1, 1, "BỘ Y TẾ", bold=True)
    s.put(2, 1, "SỐ TRẺ ĐẺ RA SỐNG VÀ TỬ VONG MẸ THEO TỈNH, THÀNH PHỐ", to=(2, 8), bold=True, centre=True)
    s.put(3, 1, f"Năm {year}", to=(3, 8), centre=True)
    s.header(5, 1, [
        "TT", "Tỉnh, thành phố",
        ("Số trẻ đẻ ra sống", ["Tổng số", "Trđ: Nữ", ("Dân tộc thiểu số", ["Tổng số", "Trđ: Nữ"])]),
        ("Số ca tử vong mẹ", ["Tổng số", "Trđ: DTTS"]),
    ])
    s.row(8, [1, 2, 3, "3a", "3b", "3c", 4, "4a"], centre=True)
    girls, minority = {"sex": "female"}, {"eth": "minority"}
    data = [
        (p, [t.get("live-births", c, year, **by) for by in ({}, girls, minority, girls | minority)]
         + [t.get("maternal-deaths", c, year, **by) for by in ({}, minority)])
        for c, p in PLACES
    ]
    s.row(9, [None, "CẢ NƯỚC", *(sum(x) for x in zip(*(v for _, v in data)))], bold=True)
    for i, (place, values) in enumerate(data):
        s.row(10 + i, [i + 1, place, *values])
    s.box(5, 1, 9 + len(data), 8)
    sign(s, 11 + len(data), 2, 4, "Hà Nội", f"ngày 20 tháng 02 năm {year + 1}")
    s.widths = {2: 26}
    return s


def pilots(t, year):
    s = Sheet("Thí điểm")
    s.put(1, 1, "BỘ Y TẾ", bold=True)
    s.put(2, 1, "CƠ SỞ Y TẾ CUNG CẤP THÍ ĐIỂM DỊCH VỤ CHĂM SÓC SỨC KHỎE DÀNH CHO NGƯỜI ĐỒNG TÍNH, SONG TÍNH VÀ CHUYỂN GIỚI", to=(2, 4), bold=True, centre=True)
    s.put(3, 1, f"Năm {year}", to=(3, 4), centre=True)
    s.row(5, ["STT", "Tỉnh, thành phố", "Số cơ sở y tế cung cấp thí điểm dịch vụ", "Ghi chú"], bold=True, centre=True)
    for i, (code, place) in enumerate(PLACES):
        s.row(6 + i, [i + 1, place, t.get("lgbt-facilities", code, year)])
    s.put(6 + len(PLACES), 2, "Tổng cộng", bold=True)
    s.put(6 + len(PLACES), 3, sum(t.peek("lgbt-facilities", c, year) for c, _ in PLACES))
    s.box(5, 1, 6 + len(PLACES), 4)
    s.widths = {2: 26, 3: 40}
    return s
