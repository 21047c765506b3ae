"""The sheets that the units of tỉnh Lai Châu sent, two-level local government, 2025 and 2026."""

import forms
import forms_more as more
import forms_province as up
from forms import FOUR, nfd
from lai_chau_truth import BANDS, COMMUNES, PROVINCE, YEARS
from sheets import write
from truth import Truth

PLACES = [(c[0], f"{c[1]} {c[2]}") for c in COMMUNES]
LOWER = {c[0]: f"{c[1].lower()} {c[2]}" for c in COMMUNES}
SHORT = {c[0]: f"P. {c[2]}" if c[1] == "Phường" else c[2] for c in COMMUNES}
ABSENT = "03442"  # Pa Ủ sent nothing on violence after June 2026
RECAST = "(số liệu quy đổi theo đơn vị hành chính mới)"


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
    culture = f"{root}/so-vhttdl"
    write(f"{culture}/BLGD-01BCX-nam-2025.xlsx", *[
        forms.dv_01_bcx(t, code, LOWER[code], "2025", "Năm 2025", name=SHORT[code], totals=int(code) % 3 != 0)
        for code, _ in PLACES
    ])
    for half, words in (("H1", "6 tháng đầu năm 2026"), ("H2", "6 tháng cuối năm 2026")):
        pages = []
        for i, (code, place) in enumerate(PLACES):
            if (code, half) == (ABSENT, "H2"):
                continue
            s = forms.dv_01_bcx(t, code, LOWER[code], f"2026-{half}", words, name=f"{i + 1}. {SHORT[code]}", blank_zero=i % 5 == 0)
            if i % 7 == 3:
                s.cells = {k: nfd(v) if isinstance(v, str) else v for k, v in s.cells.items()}
            pages.append(s)
        write(f"{culture}/BLGD-01BCX-{half.replace('H', 'ky')}-2026.{'xlsx' if half == 'H1' else 'ods'}", *pages)


def health(t, root):
    for year in YEARS:
        write(f"{root}/so-y-te/Bieu 4-BCX cac xa {year}.{'xlsx' if year == 2025 else 'xls'}", *[
            forms.health_4_bcx(t, code, LOWER[code], year, f"Báo cáo 12 tháng năm {year}", name=SHORT[code], minority=True)
            for code, _ in PLACES
        ])
        groups = [
            (("I", "Tuyến tỉnh"), ["Bệnh viện Đa khoa tỉnh Lai Châu", "Bệnh viện Y học cổ truyền"]),
            (("II", "Tuyến khu vực"), [f"Trung tâm Y tế khu vực {n}" for n in ("Than Uyên", "Tân Uyên", "Phong Thổ", "Mường Tè", "Sìn Hồ", "Nậm Nhùn")]),
            (("III", "Tuyến xã"), [f"Trạm Y tế {LOWER[c]}" for c, _ in PLACES]),
        ]
        weights = [400, 40, 120, 110, 100, 60, 70, 50] + [8 + int(c) % 9 for c, _ in PLACES]
        write(f"{root}/so-y-te/Bieu 8 suc khoe tre em {year}.xlsx",
              forms.health_8_bch(t, PROVINCE, "Sở Y tế tỉnh Lai Châu", year, groups, weights))


def schools(t, root):
    issuer = "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH LAI CHÂU"
    folder = f"{root}/so-gddt"
    for end in YEARS:
        words = f"Năm học {end - 1}-{end}" + (f" {RECAST}" if end == 2025 else "")
        write(f"{folder}/hoc-sinh-{end - 1}-{end}.xlsx",
              forms.school_by_commune(t, PLACES, f"SY{end}", words, range(1, 6), issuer, name="Tiểu học", total_first=end == 2026),
              forms.school_by_commune(t, PLACES, f"SY{end}", words, range(6, 10), issuer, name="THCS"))
        tables = [
            ("completers-primary", "SỐ HỌC SINH HOÀN THÀNH CHƯƠNG TRÌNH TIỂU HỌC"),
            ("completers-lower-secondary", "SỐ HỌC SINH TỐT NGHIỆP TRUNG HỌC CƠ SỞ"),
        ]
        write(f"{folder}/hoan-thanh-cap-hoc-{end - 1}-{end}.{'xls' if end == 2025 else 'xlsx'}",
              forms.completion(t, PLACES, f"SY{end}", tables, issuer, words))
    write(f"{folder}/hoc-sinh-dau-cap-quy-doi.xlsx",
          forms.school_by_commune(t, PLACES, "SY2021", f"Năm học 2020-2021 {RECAST}", [1], issuer, name="2020-2021"),
          forms.school_by_commune(t, PLACES, "SY2022", f"Năm học 2021-2022 {RECAST}", [1, 6], issuer, name="2021-2022"),
          forms.school_by_commune(t, PLACES, "SY2023", f"Năm học 2022-2023 {RECAST}", [6], issuer, name="2022-2023"))


def statistics(t, root):
    issuer = "THỐNG KÊ TỈNH LAI CHÂU"
    folder = f"{root}/thong-ke-tinh"
    write(f"{folder}/dan-so-2025-2026.xlsx", *[up.population_plain(t, PLACES, y, issuer) for y in YEARS])
    for year in YEARS:
        write(f"{folder}/dan-so-theo-tuoi-{year}.xlsx", up.ages(t, PLACES, year, issuer, BANDS))
        write(f"{folder}/lao-dong-viec-lam-{year}.{'xlsx' if year == 2025 else 'ods'}", up.employment(t, PROVINCE, year, issuer + " - TỈNH LAI CHÂU"))
        write(f"{folder}/gio-noi-tro-cham-soc-{year}.xlsx", up.unpaid_hours(t, PROVINCE, year, issuer, texts=year == 2025))
        write(f"{folder}/trinh-do-dai-hoc-tro-len-{year}.xlsx", up.degrees(t, PROVINCE, year, issuer))


def home_affairs(t, root):
    issuer = "SỞ NỘI VỤ TỈNH LAI CHÂU"
    units = [(PROVINCE, "Tỉnh Lai Châu", ["hdnd", "ubnd", "party"])]
    roster = units + [(code, place, ["hdnd", "ubnd", "party"]) for code, place in PLACES]
    write(f"{root}/so-noi-vu/lanh-dao-chu-chot-la-nu-2026.xlsx", forms.leaders_roster(t, roster, 2026, issuer, by="Lai Châu"))
    write(f"{root}/so-noi-vu/tong-hop-lanh-dao-nu-2025.xls",
          forms.leaders_matrix(t, [(PROVINCE, "Tỉnh Lai Châu"), *PLACES], 2025, issuer))


def society(t, root):
    for year in YEARS:
        absent = [ABSENT] if year == 2026 else []
        police = "CÔNG AN TỈNH LAI CHÂU"
        write(f"{root}/cong-an-tinh/nguoi-gay-bao-luc-{year}.xlsx", more.by_commune(
            t, PLACES, year, police, "TỔNG HỢP NGƯỜI GÂY BẠO LỰC GIA ĐÌNH, BẠO LỰC TRÊN CƠ SỞ GIỚI", f"Năm {year}",
            more.POLICE(more.FOURS), "Người gây bạo lực", place_head="Xã, phường", missing=absent))
        write(f"{root}/cong-an-tinh/nan-nhan-mua-ban-nguoi-{year}.xlsx", more.by_commune(
            t, PLACES, year, police, "NẠN NHÂN BỊ MUA BÁN TRỞ VỀ VÀ KẾT QUẢ HỖ TRỢ", f"Năm {year}",
            more.TRAFFICKING, "Mua bán người", zero="-", place_head="Đơn vị", total="first"))
        write(f"{root}/hoi-phu-nu/ho-tro-nguoi-bi-bao-luc-{year}.xlsx", services(t, year, absent))
        write(f"{root}/so-noi-vu/cam-ket-{year}.xlsx", more.by_commune(
            t, PLACES, year, "SỞ NỘI VỤ TỈNH LAI CHÂU", "TỔ CHỨC ĐƯỢC PHỔ BIẾN VÀ CAM KẾT THỰC HIỆN BÌNH ĐẲNG GIỚI",
            f"Năm {year}", more.ORGANISATIONS, "Cam kết", place_head="Xã, phường"))
        write(f"{root}/so-noi-vu/tiep-can-kien-thuc-{year}.xlsx", more.by_commune(
            t, PLACES, year, "SỞ NỘI VỤ TỈNH LAI CHÂU", "DÂN SỐ ĐƯỢC TIẾP CẬN KIẾN THỨC CƠ BẢN VỀ BÌNH ĐẲNG GIỚI",
            f"Năm {year}", more.REACHED, "6.1", place_head="Xã, phường", texts=year == 2025, top=4 if year == 2026 else 1))
        write(f"{root}/so-y-te/co-so-tro-giup-xa-hoi-{year}.xlsx", up.facilities(
            t, PROVINCE, PLACES, year, "SỞ Y TẾ TỈNH LAI CHÂU", *(("Có", "Không") if year == 2025 else ("x", None))))
        # Two institutions, each with its own sheet: they add up.
        for level in ("elementary", "intermediate", "college"):
            for by in FOUR:
                t.get("vocational-entrants", PROVINCE, year, item=level, **by)
        for school, name, levels in (
            ("college", "TRƯỜNG CAO ĐẲNG CỘNG ĐỒNG LAI CHÂU", ["elementary", "intermediate", "college"]),
            ("centre", "TRUNG TÂM GDNN - GDTX TỈNH LAI CHÂU", ["elementary", "intermediate"]),
        ):
            own = Truth()
            for (m, p, y, sex, eth, age, item), v in t.figures.items():
                if m == f"vocational {school}" and y == str(year):
                    own.put(v, "vocational-entrants", p, y, sex=sex, eth=eth, age=age, item=item)
            write(f"{root}/gdnn/tuyen-sinh-{school}-{year}.xlsx", more.vocational(own, PROVINCE, year, name, levels))


def services(t, year, absent):
    present = [p for p in PLACES if p[0] not in absent]
    return more.services(t, present, year, "HỘI LIÊN HIỆP PHỤ NỮ TỈNH LAI CHÂU", detected=True)


def economy(t, root):
    issuer = "SỞ TÀI CHÍNH TỈNH LAI CHÂU"
    write(f"{root}/so-tai-chinh/doanh-nghiep-htx-2025.xls", more.by_commune(
        t, PLACES, 2025, issuer, "DOANH NGHIỆP, HỢP TÁC XÃ CHIA THEO GIỚI TÍNH GIÁM ĐỐC/CHỦ", "Có đến 31/12/2025",
        more.ENTERPRISES, "DN-HTX", place_head="Xã, phường"))
    write(f"{root}/so-tai-chinh/danh-sach-doanh-nghiep-2026.xlsx", more.enterprise_roster(t, PLACES, 2026, issuer, unknown=3))


def communications(t, root):
    issuer = "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH TỈNH LAI CHÂU"
    for year in YEARS:
        write(f"{root}/so-vhttdl/tin-bai-co-so-{year}.xlsx", more.news(t, PLACES, year, issuer, place_head="Xã, phường"))
        t.get("stations", PROVINCE, year), t.get("stations-monthly", PROVINCE, year)
        full = [[4, 4, 5, 4, 4, 4, 5, 4, 4, 6, 5, 4], [1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1]]
        third = [1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1] if year == 2025 else [1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 2, 1]
        write(f"{root}/so-vhttdl/phat-thanh-truyen-hinh-{year}.xlsx", more.stations(year, issuer, [
            ("Báo và phát thanh, truyền hình Lai Châu", None, full[0]),
            ("Kênh phát thanh tiếng dân tộc Lai Châu", None, full[1]),
            ("Trạm phát thanh, truyền hình khu vực phía nam", None, third),
        ]))


def settings(root):
    with open(f"{root}/bdg.toml", "w", encoding="utf-8") as file:
        file.write("""# Văn phòng tổng hợp và địa bàn, kỳ báo cáo của thư mục này.
office = "SỞ NỘI VỤ"
superior = "UBND TỈNH LAI CHÂU"
locality = "12"
period = "2026"
contact = "Phòng Công tác thanh niên và Bình đẳng giới, Sở Nội vụ tỉnh Lai Châu"
signatories = ["NGƯỜI LẬP BIỂU", "GIÁM ĐỐC"]
lang = "vi"
""")
