"""The sheets that the units of huyện Ninh Sơn sent."""

import forms
import forms_more as more
from forms import FOUR, nfd
from ninh_son_truth import COMMUNES, DISTRICT, YEARS
from sheets import write

PLACES = [(c[0], f"{c[1]} {c[2]}") for c in COMMUNES]
LOWER = {c[0]: f"{c[1].lower()} {c[2]}" for c in COMMUNES}
ASCII = dict(zip([c[0] for c in COMMUNES], "tan-son lam-son luong-son quang-son my-son hoa-son ma-noi nhon-son".split()))
ABSENT = "22828"  # Ma Nới never sent the second half of 2024


def make(t, root):
    violence(t, root)
    health(t, root)
    schools(t, root)
    statistics(t, root)
    home_affairs(t, root)
    society(t, root)
    economy(t, root)
    communications(t, root)
    settings(root)


def violence(t, root):
    # 2023: the district put the yearly sheets of its communes into one workbook.
    town = {"22810"}
    codes = [c for c, _ in PLACES]
    district = "huyện Ninh Sơn"
    names = dict(PLACES)
    write(f"{root}/vhtt/02-BCH nam 2023.xlsx", forms.dv_02_bch(t, names, codes, district, "2023", "Năm 2023", town))
    # The half year, not the year: Ma Nới had still reported.
    write(f"{root}/vhtt/02-BCH 6 thang dau nam 2024.xls",
          forms.dv_02_bch(t, names, codes, district, "2024-H1", "6 tháng đầu năm 2024", town))
    write(f"{root}/vhtt/01-BCX nam 2023 cac xa.xlsx", *[
        forms.dv_01_bcx(t, code, LOWER[code], "2023", "Năm 2023", name=place) for code, place in PLACES
    ])
    # 2024: every commune sends each half year by itself, in the format it has.
    kinds = ["xlsx", "xls", "xlsx", "ods", "xlsx", "xlsx", "xls", "xlsx"]
    for half, words in (("H1", "6 tháng đầu năm 2024"), ("H2", "6 tháng cuối năm 2024")):
        for (code, place), kind in zip(PLACES, kinds):
            if (code, half) == (ABSENT, "H2"):
                continue
            s = forms.dv_01_bcx(
                t, code, LOWER[code], f"2024-{half}", words,
                totals=code not in ("22816", "22825"), blank_zero=code in ("22822", "22828"),
            )
            if code == "22825":  # typed on a Mac: decomposed letters
                s.cells = {k: nfd(v) if isinstance(v, str) else v for k, v in s.cells.items()}
            write(f"{root}/vhtt/01-BCX {ASCII[code]} 2024 {half.replace('H', 'ky ')}.{kind}", s)


def health(t, root):
    for year in YEARS:
        for code, place in PLACES:
            s = forms.health_4_bcx(t, code, LOWER[code], year, f"Báo cáo 12 tháng năm {year}")
            kind = "xls" if code == "22819" else "xlsx"
            write(f"{root}/y-te/bieu4-{ASCII[code]}-{year}.{kind}", s)
        groups = [
            (("I", "Tuyến huyện"), ["Trung tâm Y tế huyện Ninh Sơn"]),
            (("II", "Tuyến xã"), [f"TYT {LOWER[c]}" for c, _ in PLACES]),
        ]
        weights = [60, 2, 6, 3, 5, 4, 3, 9, 5]
        s = forms.health_8_bch(t, DISTRICT, "Trung tâm Y tế huyện Ninh Sơn", year, groups, weights)
        write(f"{root}/y-te/bieu8-BCH-{year}.xlsx", s)


def schools(t, root):
    # 2023-2024: one file per primary school; the two schools of the larger communes share out.
    for code, place in PLACES:
        big = t.peek("population", code, 2023) > 9000
        weights = [3, 2] if big else [1]
        per_grade = []
        for g in range(1, 6):
            t_four = [t.get("pupils", code, "SY2024", item=f"grade-{g}", **by) for by in FOUR]
            per_grade.append([split_four(t_four, weights)[k] for k in range(len(weights))])
        for k in range(len(weights)):
            letter = " AB"[k + 1] if big else ""
            school = f"Trường Tiểu học {place.split(' ', 1)[1] if place[0] == 'X' else 'Tân Sơn'} {letter}".strip()
            grades = [(f"Lớp {g}", max(1, rows[k][0] // 28), *rows[k]) for g, rows in enumerate(per_grade, 1)]
            s = forms.school_simple(
                school, f"Địa chỉ: {LOWER[code]}, huyện Ninh Sơn, tỉnh Ninh Thuận", "Năm học 2023 - 2024", grades,
                header=["Khối lớp", "Số lớp", "Tổng số", "Trong đó: Nữ", "DTTS", "Nữ DTTS"] if k else None,
                extra_top=2 if code == "22813" else 0,
            )
            kind = "xls" if code == "22831" else ("ods" if code == "22816" else "xlsx")
            write(f"{root}/giao-duc/2023-2024/th-{ASCII[code]}{'-' + letter.lower() if big else ''}.{kind}", s)
    # Lower secondary: one workbook, one sheet per school.
    pages = []
    for code, place in PLACES:
        grades = []
        for g in range(6, 10):
            four = [t.get("pupils", code, "SY2024", item=f"grade-{g}", **by) for by in FOUR]
            grades.append((f"Khối {g}", max(1, four[0] // 38), *four))
        pages.append(forms.school_simple(
            f"Trường THCS {place.split(' ', 1)[1].replace('trấn ', '')}", f"{LOWER[code]}, huyện Ninh Sơn",
            "Năm học 2023-2024", grades, name=f"THCS {place.split(' ', 1)[1].replace('trấn ', '')}",
        ))
    write(f"{root}/giao-duc/2023-2024/thcs-toan-huyen.xlsx", *pages)
    issuer = "UBND HUYỆN NINH SƠN - PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"
    # Earlier years: summaries of the district.
    write(
        f"{root}/giao-duc/hoc-sinh-2022-2023.xlsx",
        forms.school_by_commune(t, PLACES, "SY2023", "Năm học 2022-2023", range(1, 6), issuer, name="Tiểu học", total_first=True),
        forms.school_by_commune(t, PLACES, "SY2023", "Năm học 2022-2023", range(6, 10), issuer, name="THCS"),
    )
    write(
        f"{root}/giao-duc/hoc-sinh-dau-cap-cac-nam-truoc.xlsx",
        forms.school_by_commune(t, PLACES, "SY2019", "Năm học 2018-2019", [1], issuer, name="Lớp 1 2018-2019"),
        forms.school_by_commune(t, PLACES, "SY2020", "Năm học 2019-2020", [1, 6], issuer, name="2019-2020"),
        forms.school_by_commune(t, PLACES, "SY2021", "Năm học 2020-2021", [6], issuer, name="Lớp 6 2020-2021"),
    )
    tables = [
        ("completers-primary", "SỐ HỌC SINH HOÀN THÀNH CHƯƠNG TRÌNH TIỂU HỌC"),
        ("completers-lower-secondary", "SỐ HỌC SINH TỐT NGHIỆP TRUNG HỌC CƠ SỞ"),
    ]
    # 2023: two tables on one sheet. 2024: one sheet each, numbers typed as text, table not at A1.
    write(f"{root}/giao-duc/hoan-thanh-2022-2023.xlsx", forms.completion(t, PLACES, "SY2023", tables, issuer, "Năm học 2022 - 2023"))
    write(
        f"{root}/giao-duc/hoan-thanh-2023-2024.xlsx",
        forms.completion(t, PLACES, "SY2024", tables[:1], issuer, "Năm học 2023 - 2024", name="TH", top=3, texts=True),
        forms.completion(t, PLACES, "SY2024", tables[1:], issuer, "Năm học 2023 - 2024", name="THCS", top=3),
    )


def split_four(four, weights):
    """Shares (total, women, minority, minority women) out to schools so that each stays consistent."""
    n, f, e, fe = four
    cells = [fe, f - fe, e - fe, n - f - (e - fe)]  # minority women, Kinh women, minority men, Kinh men
    parts = [forms.share_out(c, weights) for c in cells]
    return [
        (sum(p[k] for p in parts), parts[0][k] + parts[1][k], parts[0][k] + parts[2][k], parts[0][k])
        for k in range(len(weights))
    ]


def statistics(t, root):
    issuer = "CHI CỤC THỐNG KÊ HUYỆN NINH SƠN"
    write(f"{root}/thong-ke/dan-so-2024.xlsx", forms.population(t, PLACES, 2024, issuer, "(thống kê các xã, thị trấn đến 31/12/2024)"))
    write(f"{root}/thong-ke/dan-so-2023.xlsx", forms.population(t, PLACES, 2023, issuer, "(thống kê các xã, thị trấn đến 31/12/2023)"))


def home_affairs(t, root):
    units = [(DISTRICT, "Huyện Ninh Sơn", ["hdnd", "ubnd", "party", "department"])]
    units += [(code, place, ["hdnd", "ubnd", "party"]) for code, place in PLACES]
    write(f"{root}/noi-vu/lanh-dao-chu-chot-2024.xlsx", forms.leaders_roster(t, units, 2024, "UBND HUYỆN NINH SƠN - PHÒNG NỘI VỤ"))
    write(f"{root}/noi-vu/lanh-dao-chu-chot-2023.xlsx", forms.leaders_matrix(
        t, [(DISTRICT, "Huyện Ninh Sơn"), *PLACES], 2023, "UBND HUYỆN NINH SƠN - PHÒNG NỘI VỤ"))


def society(t, root):
    police = "CÔNG AN HUYỆN NINH SƠN"
    for year in YEARS:
        write(f"{root}/cong-an/nguoi-gay-bao-luc-{year}.xlsx", more.by_commune(
            t, PLACES, year, police, "TỔNG HỢP NGƯỜI GÂY BẠO LỰC GIA ĐÌNH, BẠO LỰC TRÊN CƠ SỞ GIỚI", f"Năm {year}",
            more.POLICE(more.TWO), "Người gây bạo lực", total="first"))
        write(f"{root}/cong-an/nan-nhan-mua-ban-{year}.xls", more.by_commune(
            t, PLACES, year, police, "NẠN NHÂN BỊ MUA BÁN TRỞ VỀ VÀ KẾT QUẢ HỖ TRỢ", f"Năm {year}",
            more.TRAFFICKING, "Mua bán người", zero="-", place_head="Đơn vị"))
        write(f"{root}/phu-nu/ho-tro-nan-nhan-{year}.xlsx", more.services(
            t, PLACES, year, "HỘI LIÊN HIỆP PHỤ NỮ HUYỆN NINH SƠN", detected=False))
        s = more.by_commune(
            t, PLACES, year, "UBND HUYỆN NINH SƠN - PHÒNG NỘI VỤ",
            "TỔ CHỨC ĐƯỢC PHỔ BIẾN VÀ CAM KẾT THỰC HIỆN BÌNH ĐẲNG GIỚI", f"Năm {year}", more.ORGANISATIONS,
            "Cam kết", blank=["22816"] if year == 2023 else ())
        write(f"{root}/noi-vu/cam-ket-bdg-{year}.ods" if year == 2023 else f"{root}/noi-vu/cam-ket-bdg-{year}.xlsx", s)
    write(f"{root}/ldtbxh/tiep-can-kien-thuc-bdg-2024.xlsx", more.by_commune(
        t, PLACES, 2024, "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI HUYỆN NINH SƠN",
        "DÂN SỐ ĐƯỢC TIẾP CẬN KIẾN THỨC CƠ BẢN VỀ BÌNH ĐẲNG GIỚI", "Năm 2024", more.REACHED, "Tiếp cận", top=2),
        more.hidden_departments())
    write(f"{root}/ldtbxh/so-nguoi-duoc-tiep-can-kien-thuc-binh-dang-gioi-nam-2023.csv", more.reached_csv(t, PLACES, 2023))
    for year in YEARS:
        write(f"{root}/ldtbxh/gdnn-tuyen-sinh-{year}.xlsx", more.vocational(
            t, DISTRICT, year, "TRUNG TÂM GDNN - GDTX HUYỆN NINH SƠN", ["elementary", "intermediate"]))


def economy(t, root):
    write(f"{root}/kinh-te/doanh-nghiep-htx-2023.xlsx", more.by_commune(
        t, PLACES, 2023, "UBND HUYỆN NINH SƠN - PHÒNG TÀI CHÍNH - KẾ HOẠCH",
        "DOANH NGHIỆP, HỢP TÁC XÃ CHIA THEO GIỚI TÍNH GIÁM ĐỐC/CHỦ", "Có đến 31/12/2023", more.ENTERPRISES, "DN-HTX"))
    write(f"{root}/kinh-te/danh-sach-dn-htx-2024.xlsx", more.enterprise_roster(
        t, PLACES, 2024, "UBND HUYỆN NINH SƠN - PHÒNG TÀI CHÍNH - KẾ HOẠCH"))


def communications(t, root):
    issuer = "PHÒNG VĂN HÓA VÀ THÔNG TIN HUYỆN NINH SƠN"
    write(f"{root}/vhtt/tin-bai-2024.xlsx", more.news(t, PLACES, 2024, issuer))
    write(f"{root}/vhtt/tin-bai-2023.xlsx", more.news(t, PLACES, 2023, issuer, side_by_side=True))
    for year in YEARS:
        weak = [2, 1, 2, 2, 0, 1, 1, 2, 1, 1, 2, 1] if year == 2023 else [1, 1, 2, 1, 1, 1, 1, 2, 1, 2, 1, 1]
        t.get("stations", DISTRICT, year), t.get("stations-monthly", DISTRICT, year)
        write(f"{root}/vhtt/dai-truyen-thanh-{year}.xlsx", more.stations(year, issuer, [
            ("Đài Truyền thanh huyện Ninh Sơn", None, [2, 2, 3, 2, 2, 3, 2, 2, 2, 4, 3, 2]),
            ("Trạm phát thanh FM phía tây Ninh Sơn", None, weak),
        ]))


def settings(root):
    with open(f"{root}/bdg.toml", "w", encoding="utf-8") as file:
        file.write("""# Văn phòng tổng hợp và địa bàn, kỳ báo cáo của thư mục này.
office = "PHÒNG NỘI VỤ HUYỆN NINH SƠN"
superior = "UBND HUYỆN NINH SƠN"
locality = "585"
period = "2024"
contact = "Phòng Nội vụ huyện Ninh Sơn"
signatories = ["NGƯỜI LẬP BIỂU", "TRƯỞNG PHÒNG"]
lang = "vi"
""")
