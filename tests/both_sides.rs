//! Reports on the old and on the new units for one ground and period, through the program: never added, said
//! once if they agree, told with both files if they do not; and half of a year that is never the year.

use crate::reform::{COUNTS, office, problems, reported, rows, seen};

const OLD: &str = "Xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 10 | 4
    Xã Lương Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 6 | 2";

#[test]
fn both_sides_that_agree_are_counted_once_and_said_once() {
    // A later report of 2024 on the new units: 10 + 6 = 16, 4 + 2 = 6.
    let folder = office(&[
        ("cu", "năm 2024", OLD),
        ("moi", "năm 2024", "Xã Lâm Sơn, tỉnh Khánh Hòa | 16 | 6"),
    ]);
    for base in ["2024", "2025"] {
        let asked = ["-l", "58", "-p", "2024", "--boundaries", base];
        let told = problems(folder.path(), "boundaries-alike", &asked);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].contains("cu.xlsx") && told[0].contains("moi.xlsx"),
            "{told:?}"
        );
        reported(folder.path(), &asked);
        let rows = rows(folder.path(), "58-2024");
        assert_eq!(seen(&rows, ("58", "2024", false), COUNTS)[..2], ["6", "16"]);
        if base == "2025" {
            assert_eq!(seen(&rows, ("22813", "2024", false), COUNTS)[..2], ["6", "16"]);
        }
    }
}

#[test]
fn both_sides_that_differ_are_used_by_nobody_and_told_with_both_files() {
    let folder = office(&[
        ("cu", "năm 2025", OLD),
        (
            "moi",
            "năm 2025",
            "Xã Lâm Sơn, tỉnh Khánh Hòa | 20 | 10
             Xã Bác Ái, tỉnh Khánh Hòa | 5 | 3",
        ),
    ]);
    let asked = ["-l", "56", "-p", "2025"];
    let told = problems(folder.path(), "boundaries-differ", &asked);
    // Both measures differ.
    assert_eq!(told.len(), 2, "{told:?}");
    for line in &told {
        assert!(line.contains("cu.xlsx") && line.contains("moi.xlsx"), "{line}");
    }
    assert!(
        told.iter().any(|l| l.contains("= 16") && l.contains("= 20")),
        "{told:?}"
    );
    reported(folder.path(), &asked);
    let rows = rows(folder.path(), "56-2025");
    let of = |code: &str| {
        seen(
            &rows,
            (code, "2025", false),
            ["value", "absence", "numerator", "denominator"],
        )
    };
    assert_eq!(of("22813")[..2], ["", "conflict"]);
    // The province without them.
    assert_eq!(of("56")[2..], ["3", "5"]);
    // As reported both are still there.
    assert_eq!(seen(&rows, ("585", "2025", true), COUNTS)[..2], ["6", "16"]);
}

#[test]
fn the_side_that_has_the_whole_ground_is_used_and_the_other_has_a_line() {
    let folder = office(&[
        (
            "cu",
            "năm 2025",
            "Xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 10 | 4",
        ),
        ("moi", "năm 2025", "Xã Lâm Sơn, tỉnh Khánh Hòa | 20 | 10"),
    ]);
    let asked = ["-l", "56", "-p", "2025"];
    let told = problems(folder.path(), "boundaries-unused", &asked);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("moi.xlsx › S") && told[0].contains("\"cu.xlsx\""),
        "{told:?}"
    );
    reported(folder.path(), &asked);
    let rows = rows(folder.path(), "56-2025");
    assert_eq!(seen(&rows, ("22813", "2025", false), COUNTS)[..2], ["10", "20"]);
    assert_eq!(seen(&rows, ("56", "2025", false), COUNTS)[..2], ["10", "20"]);
}

#[test]
fn a_province_s_own_total_stands_beside_old_communes_that_are_not_all_there() {
    let folder = office(&[
        ("cu", "năm 2025", OLD),
        ("tinh", "năm 2025", "Tỉnh Khánh Hòa | 500 | 100"),
    ]);
    reported(folder.path(), &["-l", "56", "-p", "2025"]);
    let rows = rows(folder.path(), "56-2025");
    assert_eq!(seen(&rows, ("56", "2025", false), COUNTS)[..2], ["100", "500"]);
    assert_eq!(seen(&rows, ("22813", "2025", false), COUNTS)[..2], ["6", "16"]);
}

#[test]
fn half_of_a_year_is_never_the_year() {
    // Lâm Sơn has both halves; of Ninh Sơn one old commune of two sent the first; of Mỹ Sơn nobody did.
    let folder = office(&[
        (
            "cu",
            "6 tháng đầu năm 2025",
            "Xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 10 | 4
             Xã Lương Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 6 | 2
             Thị trấn Tân Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 3 | 1",
        ),
        (
            "moi",
            "6 tháng cuối năm 2025",
            "Xã Lâm Sơn, tỉnh Khánh Hòa | 20 | 10
             Xã Ninh Sơn, tỉnh Khánh Hòa | 8 | 4
             Xã Mỹ Sơn, tỉnh Khánh Hòa | 5 | 1",
        ),
    ]);
    reported(folder.path(), &["-l", "56", "-p", "2025"]);
    let rows = rows(folder.path(), "56-2025");
    let columns = ["numerator", "denominator", "value", "verdict"];
    assert_eq!(seen(&rows, ("22813", "2025", false), columns)[..2], ["16", "36"]);
    for part in ["22810", "22822"] {
        let [numerator, denominator, value, verdict] = seen(&rows, (part, "2025", false), columns);
        assert_eq!([numerator, denominator, value], ["", "", ""], "{part}");
        assert_eq!(verdict, "no-data", "{part}");
        let [reason] = seen(&rows, (part, "2025", false), ["reason"]);
        assert!(reason.contains("mới có"), "{reason}");
    }
    // The year of the province is of those whose year is whole.
    assert_eq!(seen(&rows, ("56", "2025", false), columns)[..2], ["16", "36"]);
}
