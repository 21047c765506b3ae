//! Codes of places in sheets: zeros that a spreadsheet has dropped, names beside them, places outside the scope.

use crate::made::{bdg, put, table, tidy, xlsx};
use crate::reading::{Read, context};

fn read(home: &str, period: &str, text: &str) -> Read {
    Read::of("a.xlsx", &xlsx(&[("S", &table(text))]), &context(home, period))
}

const HANOI: &str = "UBND THÀNH PHỐ HÀ NỘI\nDÂN SỐ NĂM 2024\nMã xã | Tên xã | Dân số";

#[test]
fn a_code_without_its_zeros_is_of_the_level_of_its_heading() {
    // 10 was the province Lào Cai, 256 the city Bắc Ninh; 4 is Cao Bằng and phường Trúc Bạch.
    let read = read(
        "01",
        "2024",
        &format!(
            "{HANOI}\n10 | phường Nguyễn Trung Trực | 20\n256 | Lê Đại Hành, quận Hai Bà Trưng | 30\n4 | Trúc Bạch | 40\n16 | | 50"
        ),
    );
    assert_eq!(
        read.facts,
        [
            "population 00010 2024 = 20",
            "population 00256 2024 = 30",
            "population 00004 2024 = 40",
            "population 00016 2024 = 50",
        ],
        "{:?}",
        read.told
    );
    assert!(read.told.is_empty(), "{:?}", read.told);
}

#[test]
fn under_a_heading_of_no_level_the_name_chooses_or_nobody() {
    let head = "DÂN SỐ NĂM 2024\nMã đơn vị | Đơn vị | Dân số";
    let named = read(
        "VN",
        "2024",
        &format!("{head}\n4 | phường Trúc Bạch | 40\n4 | tỉnh Cao Bằng | 500\n1 | Hà Nội | 9"),
    );
    assert_eq!(
        named.facts,
        [
            "population 00004 2024 = 40",
            "population 04 2024 = 500",
            "population 01 2024 = 9"
        ],
        "{:?}",
        named.told
    );
    let unnamed = read("VN", "2024", &format!("{head}\n4 | | 40\n'00016 | | 50"));
    assert_eq!(
        unnamed.facts,
        ["population 00016 2024 = 50"],
        "{:?}",
        unnamed.told
    );
    assert!(
        unnamed
            .told
            .iter()
            .any(|t| t.starts_with("place-ambiguous A3 “4”")),
        "{:?}",
        unnamed.told
    );
}

#[test]
fn a_code_decides_among_units_of_one_name_and_contradicts_another_name() {
    // Phường Tây Hồ of Hà Nội; a xã Tây Hồ is in Đà Nẵng.
    let head = "DÂN SỐ NĂM 2026\nMã xã | Xã, phường | Dân số";
    let agreed = read("VN", "2026", &format!("{head}\n'00103 | Tây Hồ | 20"));
    assert_eq!(agreed.facts, ["population 00103 2026 = 20"], "{:?}", agreed.told);
    let differs = read(
        "VN",
        "2026",
        &format!("{head}\n'00103 | phường Ba Đình, thành phố Hà Nội | 20"),
    );
    assert!(differs.facts.is_empty());
    assert!(
        differs.told.iter().any(|t| t.starts_with("place-code-differs")),
        "{:?}",
        differs.told
    );
}

#[test]
fn a_heading_of_several_types_does_not_say_which_one_a_row_is() {
    let text = |place: &str| {
        format!(
            "UBND HUYỆN GIA LÂM, THÀNH PHỐ HÀ NỘI\nDÂN SỐ NĂM 2024\nXã, thị trấn | Dân số\n{place} | 10\nCổ Bi | 30"
        )
    };
    let bare = read("01", "2024", &text("Yên Viên"));
    assert_eq!(bare.facts.len(), 1, "{:?}", bare.facts);
    assert!(
        bare.told.iter().any(|t| t.starts_with("place-ambiguous A4")),
        "{:?}",
        bare.told
    );
    let typed = read("01", "2024", &text("Thị trấn Yên Viên"));
    assert_eq!(typed.facts.len(), 2, "{:?}", typed.told);
}

#[test]
fn marks_that_are_another_unit_s_of_any_time_are_never_left_away() {
    // Xã Mường Bằng, Mai Sơn, went into others in 2025; xã Mường Bang is another.
    let read = read(
        "14",
        "2026",
        "UBND TỈNH SƠN LA\nDÂN SỐ NĂM 2026\nXã | Dân số\nxã Mường Bằng | 10\nxã Mường Bang | 20\nMuong Bang | 30",
    );
    assert!(
        !read.facts.iter().any(|f| f == "population 03943 2026 = 10"),
        "{:?}",
        read.facts
    );
    assert!(
        read.facts.iter().any(|f| f == "population 03943 2026 = 20"),
        "{:?}",
        read.facts
    );
}

#[test]
fn a_figure_outside_the_scope_has_a_line_however_its_place_is_known() {
    let inside = read(
        "01",
        "2026",
        "UBND THÀNH PHỐ HÀ NỘI\nDÂN SỐ NĂM 2026\nMã xã | Dân số\n'00103 | 20\n'22813 | 30",
    );
    assert_eq!(inside.facts, ["population 00103 2026 = 20"], "{:?}", inside.told);
    assert!(
        inside.told.iter().any(|t| t.starts_with("place-outside A5")),
        "{:?}",
        inside.told
    );

    // A report on one commune of the district that sent the sheet.
    let folder = tempfile::tempdir().unwrap();
    let sheet =
        table("UBND HUYỆN NINH SƠN\nDÂN SỐ NĂM 2024\nXã | Dân số\nxã Lâm Sơn | 20\nxã Lương Sơn | 30");
    put(folder.path(), "nhan/a.xlsx", xlsx(&[("S", &sheet)]));
    let words = [
        "report", "nhan", "-l", "22813", "-p", "2024", "--format", "json", "-o", "kq.xlsx",
    ];
    let ran = bdg(folder.path(), &words);
    assert_eq!(
        ran.problems(),
        [("a.xlsx".to_owned(), "figures-elsewhere".to_owned())]
    );
    assert!(
        tidy(&folder.path().join("kq.csv"))
            .iter()
            .all(|row| row["locality_code"] == "22813")
    );
}

#[test]
fn a_file_that_gives_no_figure_says_so() {
    let read = read(
        "58",
        "2024",
        "CỤC THỐNG KÊ TỈNH NINH THUẬN\nTÌNH HÌNH CHUNG NĂM 2024\nNội dung | Nhận xét\nBình đẳng giới | Có tiến bộ",
    );
    assert_eq!(read.told, ["no-figures  1 sheet, 6 cells with content (0)"]);
}

/// "UBND tỉnh Khánh Hòa" above rows of 2023: today's province, which is two of then.
#[test]
fn today_s_province_above_earlier_years_is_the_ground_that_it_covers() {
    let head = "UBND TỈNH KHÁNH HÒA\nDÂN SỐ NĂM 2023\nSTT | Đơn vị | Tổng số | Nữ";
    let read_all = |rows: &str| {
        let read = read("56", "2026", &format!("{head}\n{rows}"));
        let left: Vec<&String> = read
            .told
            .iter()
            .filter(|t| t.starts_with("place-") && !t.starts_with("place-other-time"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
        read.facts
    };
    let districts = read_all(
        "1 | Huyện Ninh Sơn | 100 | 50\n2 | Thành phố Phan Rang - Tháp Chàm | 200 | 90\n3 | Thành phố Nha Trang | 300 | 150",
    );
    for code in ["585", "582", "568"] {
        assert!(
            districts
                .iter()
                .any(|f| f.contains(&format!("population {code} 2023"))),
            "{districts:?}"
        );
    }
    let communes = read_all(
        "1 | Xã Lâm Sơn | 100 | 50\n2 | Xã Lương Sơn | 80 | 40\n3 | Xã Quảng Sơn | 70 | 30\n4 | Xã Vĩnh Thạnh | 300 | 150",
    );
    for code in ["22813", "22816", "22819", "22393"] {
        assert!(
            communes
                .iter()
                .any(|f| f.contains(&format!("population {code} 2023"))),
            "{communes:?}"
        );
    }
    // The old province's own sheet stays its own.
    let own = read(
        "56",
        "2023",
        &format!("{head}\n1 | Thành phố Nha Trang | 300 | 150\n2 | Huyện Vạn Ninh | 20 | 10"),
    );
    assert!(own.told.is_empty(), "{:?}", own.told);
    // The total of a sheet of both is compared with its rows and is no figure of either province.
    let both = read(
        "56",
        "2026",
        &format!(
            "{head}\n1 | Huyện Ninh Sơn | 100 | 50\n2 | Huyện Vạn Ninh | 20 | 10\n | Toàn tỉnh | 900 | 400"
        ),
    );
    assert_eq!(both.facts.len(), 4, "{:?}", both.facts);
    assert_eq!(both.told.len(), 2, "{:?}", both.told);
    assert!(
        both.told.iter().all(|t| t.starts_with("total-row-differs")),
        "{:?}",
        both.told
    );
}

#[test]
fn a_name_without_marks_among_names_with_them_is_exactly_that() {
    // Xã Thanh An and xã Thạnh An both lie in Hồ Chí Minh city.
    let sheet = |place: &str| {
        read(
            "79",
            "2026",
            &format!("UBND THÀNH PHỐ HỒ CHÍ MINH\nDÂN SỐ NĂM 2026\nXã, phường | Dân số\n{place} | 10"),
        )
    };
    for place in ["X. Thanh An", "X.Thanh An", "Xã Thanh An", "Thanh An"] {
        let read = sheet(place);
        assert_eq!(
            read.facts,
            ["population 25807 2026 = 10"],
            "{place}: {:?}",
            read.told
        );
    }
    assert_eq!(sheet("X. Thạnh An").facts, ["population 27676 2026 = 10"]);
}

#[test]
fn a_code_that_nobody_has_is_no_figure_of_the_province() {
    let read = read(
        "04",
        "2026",
        "UBND TỈNH CAO BẰNG\nDÂN SỐ NĂM 2026\nMã xã | Tên xã | Dân số\n'01558 | Xã Lý Quốc | 100\n'01999 | Xã Hạ Lang | 80\n'01561 | | 20\n'99998 | | 30",
    );
    // 01558 was Lý Quốc in the draft of 2025 and is Hạ Lang; 99998 is nobody's.
    assert_eq!(
        read.facts,
        ["population 01558 2026 = 80", "population 01561 2026 = 20"],
        "{:?}",
        read.told
    );
    for told in [
        "place-code-differs",
        "place-code-unknown",
        "place-code-of-none A7",
    ] {
        assert!(
            read.told.iter().any(|t| t.starts_with(told)),
            "{told}: {:?}",
            read.told
        );
    }
}
