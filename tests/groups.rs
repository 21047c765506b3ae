//! Groups of units reported on as one place, through the program: a former district, a type of communes
//! inside a province, an office's own list. Sums and weights are worked out by hand.

use std::path::Path;

use serde_json::Value;

use crate::extend::{FORM, INDICATOR, MEASURES};
use crate::made::{Ran, bdg, put, table, tidy, xlsx};

/// Two communes of today on the ground of huyện Ninh Sơn, and one far from it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "bdg.toml", "period = \"2026\"\n");
    put(folder.path(), "indicators/measures-tinh.toml", MEASURES);
    put(folder.path(), "indicators/forms/reconciliation.toml", FORM);
    put(
        folder.path(),
        "indicators/strategy/7.1.toml",
        INDICATOR
            .replace("year = 2024", "year = 2026")
            .replace("\"2024\"", "\"2026\""),
    );
    let sheet = table(
        "Tổ hòa giải ở cơ sở năm 2026
         Xã | Số tổ | Có nữ
         Xã Ninh Sơn, tỉnh Khánh Hòa | 10 | 8
         Xã Lâm Sơn, tỉnh Khánh Hòa | 6 | 4
         Phường Nha Trang, tỉnh Khánh Hòa | 100 | 1",
    );
    put(
        folder.path(),
        "nhan/to-hoa-giai.xlsx",
        xlsx(&[("Sheet1", &sheet)]),
    );
    folder
}

/// (numerator, denominator, value, reported, expected, people, level) of the indicator at a place.
fn figure(folder: &Path, file: &str, code: &str) -> [String; 7] {
    let rows = tidy(&folder.join(file));
    let row = rows
        .iter()
        .find(|r| r["indicator_id"] == "7.1" && r["locality_code"] == code && r["period"] == "2026")
        .unwrap_or_else(|| panic!("{code} is missing"));
    [
        "numerator",
        "denominator",
        "value",
        "reported",
        "expected",
        "people_percent",
        "level",
    ]
    .map(|id| row[id].clone())
}

fn done(ran: &Ran) {
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
}

#[test]
fn a_former_district_is_the_communes_on_its_ground() {
    let folder = folder();
    let ran = bdg(
        folder.path(),
        &[
            "report",
            "nhan",
            "-o",
            "kq",
            "--locality",
            "huyện Ninh Sơn, tỉnh Ninh Thuận",
        ],
    );
    done(&ran);
    // Its eight communes went into five, two of which took in one more each: 2 of 5 reported. People of the
    // census: 24,545 + 18,329 of 42,874 + 9,207 + 3,756 + 4,060 + 11,991, and 2,635 + 13,257 of those from elsewhere.
    assert_eq!(
        figure(folder.path(), "kq/bao-cao-585-2026.csv", "585"),
        ["12", "16", "75.0", "2", "5", "48.8", "group"]
    );
    assert_eq!(
        figure(folder.path(), "kq/bao-cao-585-2026.csv", "22813")[2],
        "66.7"
    );
    let said = format!("{}{}", ran.out, ran.err);
    assert!(
        said.contains("địa bàn huyện Ninh Sơn, tỉnh Ninh Thuận cũ"),
        "{said}"
    );
    let checked = bdg(
        folder.path(),
        &[
            "check",
            "nhan",
            "--locality",
            "huyện Ninh Sơn, tỉnh Ninh Thuận",
            "--format",
            "json",
        ],
    );
    let wider = checked
        .out
        .lines()
        .find(|l| l.contains("area-wider"))
        .expect("told");
    assert!(
        wider.contains("Đô Vinh") && wider.contains("Mỹ Sơn") && !wider.contains("Lâm Sơn"),
        "{wider}"
    );
    // The far commune is not in it, and its figures are accounted for.
    let rows = tidy(&folder.path().join("kq/bao-cao-585-2026.csv"));
    assert!(rows.iter().all(|r| r["locality"] != "phường Nha Trang"));
}

#[test]
fn a_type_of_communes_inside_a_province_is_a_place() {
    let folder = folder();
    let asked = "urban, tỉnh Khánh Hòa";
    done(&bdg(
        folder.path(),
        &["report", "nhan", "-o", "kq", "--locality", asked],
    ));
    let found = figure(folder.path(), "kq/bao-cao-urban-56-2026.csv", "urban-56");
    assert_eq!(found[..5], ["1", "100", "1.0", "1", "16"].map(str::to_owned));
    let json = bdg(folder.path(), &["locality", asked, "--format", "json"]);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    let members = json["members"].as_array().unwrap();
    assert_eq!(members.len(), 16);
    assert!(
        members
            .iter()
            .all(|m| m["type"] == "phường" && m["whole"] == true)
    );
    let listed = bdg(
        folder.path(),
        &["list", "localities", "--locality", asked, "--format", "json"],
    );
    assert_eq!(listed.out.lines().count(), 17, "{}", listed.out);
    // By its name, in the other language, of an earlier day; the nation's 1,726 wards and 617 townships.
    let text = bdg(
        folder.path(),
        &[
            "locality",
            "khu vuc thanh thi",
            "--date",
            "2025-06-30",
            "--lang",
            "en",
        ],
    );
    assert!(text.out.contains("2343 units on 2025-06-30"), "{}", text.out);
    // One workbook for each of its wards.
    let each = bdg(
        folder.path(),
        &[
            "report",
            "nhan",
            "-o",
            "kq",
            "--locality",
            asked,
            "--each",
            "commune",
        ],
    );
    done(&each);
    assert!(folder.path().join("kq/bao-cao-22366-2026.xlsx").exists());
    assert!(!folder.path().join("kq/bao-cao-22810-2026.xlsx").exists());
}

#[test]
fn an_office_declares_its_own_list_by_the_names_of_any_day() {
    let folder = folder();
    let group = r#"
[[group]]
id = "chuong-trinh"
name = { vi = "Các xã của chương trình", en = "Communes of the programme" }
members = ["xã Quảng Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận", "22816", "22366"]
as_of = "2025-06-30"
"#;
    put(folder.path(), "indicators/localities/groups.toml", group);
    let ran = bdg(
        folder.path(),
        &["report", "nhan", "-o", "kq", "--locality", "chuong-trinh"],
    );
    done(&ran);
    // Quảng Sơn is in xã Ninh Sơn, 22816 in xã Lâm Sơn, both with others; 22366 was phường Lộc Thọ.
    let found = figure(folder.path(), "kq/bao-cao-chuong-trinh-2026.csv", "chuong-trinh");
    assert_eq!(found[..5], ["13", "116", "11.2", "3", "3"].map(str::to_owned));
    // The groups that are built in are still there.
    assert_eq!(bdg(folder.path(), &["locality", "islands"]).code, 0);
    for (from, to, told) in [
        ("22816", "99999", "“99999”"),
        ("22816", "xã Tân Lập", "chỉ"),
        ("22816", "Thôn 1", "“Thôn 1”"),
        ("chuong-trinh\"", "Chương trình\"", "chữ thường"),
        ("2025-06-30", "30/6/2025", "2025-06-30"),
        ("as_of", "asof", "as_of"),
        ("members = [", "members = []\ntypes = [", "cấp xã"),
    ] {
        put(
            folder.path(),
            "indicators/localities/groups.toml",
            group.replace(from, to),
        );
        let ran = bdg(folder.path(), &["locality", "islands"]);
        assert_eq!(ran.code, 2, "{to}: {}", ran.out);
        assert!(
            ran.err.contains("localities/groups.toml, dòng") && ran.err.contains(told),
            "{to}: {}",
            ran.err
        );
    }
}

#[test]
fn a_place_that_is_none_is_refused_before_anything_is_read() {
    let folder = folder();
    for (asked, told) in [
        ("urban, tỉnh Không Có", "urban, tỉnh Không Có"),
        ("xã Tân Lập", "chỉ"),
        ("99999", "dự thảo"),
        ("xã", "thiếu tên"),
        ("Khánh Hòa 2024", "--date 2024-12-31"),
    ] {
        let ran = bdg(
            folder.path(),
            &["report", "nhan", "-o", "kq", "--locality", asked],
        );
        assert_eq!(ran.code, 2, "{asked}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(told), "{asked}: {}", ran.err);
    }
}
