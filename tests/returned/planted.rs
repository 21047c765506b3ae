//! A unit's workbook with errors of many kinds, and with whatever else workbooks of units have.

use rust_xlsxwriter::{
    Color, DataValidation, Format, FormatBorder, Formula, Image, Note, Workbook, Worksheet,
};

use crate::made::{Table, number, table};

/// A sheet with planted errors: its name, its rows, the cells that must be marked, and what sets each right where no
/// identity of the figures implies it (a cell and its new content).
pub struct Planted {
    pub name: &'static str,
    pub rows: &'static str,
    pub marked: &'static [&'static str],
    pub mend: &'static [(&'static str, &'static str)],
}

const fn planted(
    name: &'static str,
    rows: &'static str,
    marked: &'static [&'static str],
    mend: &'static [(&'static str, &'static str)],
) -> Planted {
    Planted {
        name,
        rows,
        marked,
        mend,
    }
}

/// Each sheet has an error of another kind. No two speak of the same commune in the same year.
pub const SHEETS: [Planted; 23] = [
    planted(
        "Nữ lớn hơn tổng",
        "Dân số năm 2024\nXã | Tổng số | Nam | Nữ\nXã Lâm Sơn | 100 | 48 | 520",
        &["B3", "D3"],
        &[],
    ),
    planted(
        "Không cộng lại",
        "Dân số năm 2023\nXã | Tổng số | Nam | Nữ\nXã Lâm Sơn | 100 | 60 | 50",
        &["B3"],
        &[],
    ),
    planted(
        "Chữ",
        "Dân số năm 2022\nXã | Tổng số | Nam | Nữ\nXã Lâm Sơn | 100 | 60 | chín\nXã Mỹ Sơn | 80 | 40 | 40",
        &["D3"],
        &[],
    ),
    planted(
        "Hai cách hiểu",
        "Dân số năm 2021\nXã | Tổng số | Nam | Nữ\nXã Lâm Sơn | 100 | 88 | '(12)",
        &["D3"],
        &[],
    ),
    planted(
        "Số lẻ",
        "Dân số năm 2020\nXã | Tổng số | Nam | Nữ\nXã Lâm Sơn | 100 | 88 | '12,5",
        &["D3"],
        &[],
    ),
    planted(
        "Số âm",
        "Dân số năm 2019\nXã | Tổng số | Nam | Nữ\nXã Lâm Sơn | 100 | 95 | -5",
        &["D3"],
        &[],
    ),
    planted(
        "Quá lớn",
        "Dân số năm 2018\nXã | Tổng số | Nam | Nữ\nXã Lâm Sơn | 1000000000000000 | 50 | 50",
        &["B3"],
        &[],
    ),
    planted(
        "Chỉ có tỷ lệ",
        "Dân số năm 2017\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50%",
        &["C3"],
        &[("C3", "50")],
    ),
    planted(
        "Tên xã lạ",
        "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Mỹ Sơnn | 100 | 50\nXã Quảng Sơn | 200 | 90",
        &["A3"],
        &[("A3", "Xã Mỹ Sơn")],
    ),
    planted(
        "Hai xã một dòng",
        "Dân số năm 2023\nXã | Tổng số | Nữ\nXã Mỹ Sơn, xã Ma Nới | 100 | 50\nXã Quảng Sơn | 200 | 90",
        &["A3"],
        &[("A3", "Xã Mỹ Sơn")],
    ),
    planted(
        "Hai số khác nhau",
        "Dân số năm 2021\nXã | Tổng số | Nữ\nXã Mỹ Sơn | 100 | 50\nXã Quảng Sơn | 90 | 40\nXã Mỹ Sơn | 101 | 50",
        &["B5"],
        &[("B5", "100")],
    ),
    planted(
        "Dòng cộng",
        "Dân số năm 2020\nXã | Tổng số | Nữ\nXã Mỹ Sơn | 100 | 50\nXã Quảng Sơn | 200 | 90\nCộng | 310 | 140",
        &["B5"],
        &[],
    ),
    planted(
        "Thôn khác xã",
        "Dân số xã Mỹ Sơn năm 2019\nĐịa bàn | Tổng số | Nữ\nThôn 1 | 100 | 50\nThôn Lâm Hòa | 90 | 40\nTổng cộng | 200 | 90",
        &["B5"],
        &[],
    ),
    planted(
        "Chỉ có thôn",
        "Dân số xã Quảng Sơn năm 2018\nĐịa bàn | Tổng số | Nữ\nThôn 1 | 100 | 50\nThôn Lâm Hòa | 90 | 40",
        &["A3"],
        &[("A5", "Tổng cộng"), ("B5", "190"), ("C5", "90")],
    ),
    planted(
        "Cột lạ",
        "Dân số năm 2019\nXã | Tổng số | Số người theo đạo\nXã Quảng Sơn | 100 | 50",
        &["C2"],
        &[("C2", "Nữ")],
    ),
    planted(
        "Dân tộc",
        "Dân số xã Ma Nới năm 2024 chia theo dân tộc\nDân tộc | Tổng số | Nữ\nKinh | 100 | 50\nThổ | 9 | 4\nRaglai | 20 | 10",
        &["B4", "C4"],
        &[("A4", "Tày")],
    ),
    planted(
        "Dòng trái cột",
        "Dân số xã Ma Nới năm 2023\nChỉ tiêu | Nam | Nữ\nTổng số | 100 | 50\nTrong đó: Nữ | 9 | 50",
        &["B4"],
        &[("B4", "")],
    ),
    planted(
        "Đơn vị tính",
        "BÁO CÁO DÂN SỐ NĂM 2022\nĐơn vị báo cáo: xã Ma Nới\nChỉ tiêu | Đơn vị tính | Số lượng\nTổng dân số | Vụ | 100\nTrong đó: Nữ | Người | 50",
        &["C4"],
        &[("B4", "Người")],
    ),
    planted(
        "Toàn số 0",
        "Dân số năm 2016\nXã | Tổng số | Nữ\nXã Lâm Sơn | 0 | 0\nXã Quảng Sơn | 0 | 0\nXã Mỹ Sơn | 0 | 0",
        &["A2"],
        &[("B3", "3"), ("B4", "3"), ("B5", "3")],
    ),
    planted(
        "Năm chưa tới",
        "Dân số năm 2042\nXã | Tổng số | Nữ\nXã Hòa Sơn | 100 | 50",
        &["A2"],
        &[("A1", "Dân số năm 2024")],
    ),
    planted(
        "Hai năm",
        "Dân số năm 2022 và năm 2023\nXã | Tổng số | Nữ\nXã Hòa Sơn | 100 | 50",
        &["A2"],
        &[("A1", "Dân số năm 2023")],
    ),
    planted(
        "Số ngoài bảng",
        "Dân số năm 2022\nTổng số hộ | 1234\nXã | Tổng số | Nữ\nXã Hòa Sơn | 100 | 50\nXã Nhơn Sơn | 200 | 90",
        &["B2"],
        &[("A2", ""), ("B2", "")],
    ),
    planted(
        "Mã khác tên",
        "DÂN SỐ CHIA THEO GIỚI TÍNH NĂM 2021\nMã xã | Tên xã | Tổng số | Nữ\n22813 | Xã Hòa Sơn | 100 | 50\n22819 | Xã Quảng Sơn | 90 | 40",
        &["B3"],
        &[("A3", "22825")],
    ),
];

/// A picture of one pixel.
const PIXEL: [u8; 67] = [
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31,
    21, 196, 137, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 0, 1, 0, 0, 5, 0, 1, 13, 10, 45, 180, 0, 0, 0,
    0, 73, 69, 78, 68, 174, 66, 96, 130,
];

fn fill(sheet: &mut Worksheet, rows: &Table, look: &Format) {
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let (r, c) = (r as u32, c as u16);
            match number(cell) {
                Some(value) => sheet.write_with_format(r, c, value, look).unwrap(),
                None => sheet
                    .write(r, c, cell.strip_prefix('\'').unwrap_or(cell))
                    .unwrap(),
            };
        }
    }
}

/// The unit's workbook, with whatever workbooks of units have: styles, formulas, merged cells, a picture, a hidden sheet, a
/// print area, drop-downs, comments, notes of its own.
pub fn workbook(sheets: &[(&str, Table)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let look = Format::new()
        .set_border(FormatBorder::Thin)
        .set_num_format("#,##0")
        .set_background_color(Color::RGB(0xE2EFDA));
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        fill(sheet, rows, &look);
    }
    // The unit's own comment on a cell that is wrong, and one elsewhere.
    let first = book.worksheet_from_name(sheets[0].0).unwrap();
    let note = |text: &str| Note::new(text).set_author("Đơn vị");
    first.insert_note(2, 3, &note("hỏi lại chị kế toán")).unwrap();
    first.insert_note(0, 0, &note("biểu chính")).unwrap();
    let last = book.add_worksheet().set_name("Ghi chép riêng").unwrap();
    last.write(0, 0, "Người lập biểu").unwrap();
    last.merge_range(2, 0, 3, 2, "ghép", &look).unwrap();
    last.write_formula(
        0,
        2,
        Formula::new("IF('Nữ lớn hơn tổng'!B3>0,\"có\",\"không\")").set_result("có"),
    )
    .unwrap();
    last.insert_image(5, 1, &Image::new_from_buffer(&PIXEL).unwrap())
        .unwrap();
    let choice = DataValidation::new().allow_list_strings(&["Nam", "Nữ"]).unwrap();
    last.add_data_validation(8, 0, 9, 0, &choice).unwrap();
    last.set_print_area(0, 0, 20, 4).unwrap();
    last.set_hidden(true);
    book.define_name("Don_vi", "='Ghi chép riêng'!$A$1").unwrap();
    book.save_to_buffer().unwrap()
}

pub fn tables() -> Vec<(&'static str, Table)> {
    SHEETS.iter().map(|p| (p.name, table(p.rows))).collect()
}
