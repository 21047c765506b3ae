//! Every kind of problem: the smallest input that causes it, and its exact text in both languages, kept
//! in `tests/problems/<name>.txt`. After a change of wording, run with `BDG_WRITE_PROBLEMS=1`, then read
//! what changed.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use bdg::definition::{Catalogue, DefinitionFile, embedded, load, overlay};
use bdg::engine::{Quiet, Request, compute, read, report};
use bdg::host::{Host, Listing, Memory, Replaced};
use bdg::lang::{Lang, Words};
use bdg::period::{Day, Period};
use bdg::problem::{Kind, Problem};

use crate::made::{archive, compound, table, with_tail, xlsx, xlsx_merged};

/// Kinds that no input of a test can cause, and why.
const NOT_HERE: [(&str, &str); 1] = [(
    "file-too-slow",
    "takes a minute of one core; tests of `intake::worker` cause it with a limit of their own",
)];

type Files = Vec<(String, Vec<u8>)>;

fn one(bytes: Vec<u8>) -> Files {
    vec![("a.xlsx".to_owned(), bytes)]
}

fn sheets(texts: &[&str]) -> Files {
    let files = texts.iter().enumerate();
    files
        .map(|(i, text)| (format!("{}.xlsx", i + 1), xlsx(&[("S", &table(text))])))
        .collect()
}

fn raw(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, c)| (*n, c.as_bytes())).collect();
    archive(&parts)
}

/// A workbook of one sheet, from the XML of its rows.
fn rows(rows: &str, state: &str) -> Vec<u8> {
    let book = format!(
        "<workbook><sheets><sheet name='A' sheetId='1' state='{state}' r:id='r1'/></sheets></workbook>"
    );
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    raw(&[
        ("xl/workbook.xml", &book),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/s1.xml'/></Relationships>",
        ),
        ("xl/worksheets/s1.xml", &sheet),
    ])
}

fn text_cell(cell: &str, text: &str) -> String {
    format!("<c r='{cell}' t='inlineStr'><is><t>{text}</t></is></c>")
}

/// Population of one commune whose count is this cell.
fn with_cell(cell: &str, state: &str) -> Vec<u8> {
    let all = format!(
        "<row r='1'>{}</row><row r='2'>{}{}{}</row><row r='3'>{}<c r='B3'><v>100</v></c>{cell}</row>",
        text_cell("A1", "Dân số năm 2024"),
        text_cell("A2", "Xã"),
        text_cell("B2", "Tổng số"),
        text_cell("C2", "Nữ"),
        text_cell("A3", "Xã Lâm Sơn"),
    );
    rows(&all, state)
}

fn population(rows: &str) -> Files {
    sheets(&[&format!("Dân số năm 2024\nXã | Tổng số | Nữ\n{rows}")])
}

/// A list with a day that does not exist, a blank sex, and a row that comes again.
const VICTIMS: &str = "DANH SÁCH NẠN NHÂN BẠO LỰC GIA ĐÌNH NĂM 2024\nĐơn vị báo cáo: UBND xã Lâm Sơn\nTT | Họ và tên | Ngày sinh | Giới tính\n1 | Trần A | '29/02/2015 | Nữ\n2 | Lê B | '02/02/1990 |\n3 | Lê B | '02/02/1990 | Nam\n4 | Mai C | '03/03/1990 | Nam";

/// The smallest input that causes the problem.
fn case(name: &str) -> Option<Files> {
    Some(match name {
        "file-unreadable" => vec![("khong-doc-duoc.xlsx".to_owned(), b"x".to_vec())],
        "not-a-file" => vec![("lien-ket.xlsx".to_owned(), b"x".to_vec())],
        "file-empty" => one(Vec::new()),
        "file-foreign" => one(b"%PDF-1.4".to_vec()),
        "file-encrypted" => one(compound("EncryptedPackage", &[1; 100])),
        "file-damaged" => one(raw(&[("xl/workbook.xml", "<workbook><sheets><sheet")])),
        "file-own-summary" => one(raw(&[
            ("xl/workbook.xml", "<workbook><sheets/></workbook>"),
            (
                "docProps/custom.xml",
                "<Properties><property pid='2' name='bdg-summary'><lpwstr>0.1.0</lpwstr></property></Properties>",
            ),
        ])),
        "file-mended" => {
            let good = population("Xã Lâm Sơn | 100 | 50").remove(0).1;
            one(with_tail(&good, "xl/workbook.xml", b"</x>"))
        }
        "file-too-large" => {
            let sheet = "<sheet name='A' sheetId='1' r:id='r1'/>".repeat(2001);
            one(raw(&[
                (
                    "xl/workbook.xml",
                    &format!("<workbook><sheets>{sheet}</sheets></workbook>"),
                ),
                (
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/s1.xml'/></Relationships>",
                ),
                ("xl/worksheets/s1.xml", "<worksheet><sheetData/></worksheet>"),
            ]))
        }
        "file-twice" => {
            let bytes = population("Xã Lâm Sơn | 100 | 50").remove(0).1;
            vec![("a.xlsx".to_owned(), bytes.clone()), ("b.xlsx".to_owned(), bytes)]
        }
        "sheet-twice" => {
            let list = table(
                "DANH SÁCH NẠN NHÂN BẠO LỰC GIA ĐÌNH NĂM 2024\nUBND xã Lâm Sơn\nTT | Họ và tên | Giới tính\n1 | A | Nữ",
            );
            one(xlsx(&[("Danh sách", &list), ("Danh sách (2)", &list)]))
        }
        "encoding-guessed" => vec![(
            "a.csv".to_owned(),
            b"X\xE3\tN\xFD\xDE\nL\xA9m S\xAAn\t1\n".to_vec(),
        )],
        "text-mended" => {
            let cell = |at: &str, text: &str| text_cell(at, text);
            let sheet = format!(
                "<row r='1'>{}</row><row r='2'>{}{}{}</row><row r='3'>{}<c r='B3'><v>100</v></c><c r='C3'><v>50</v></c></row>",
                cell("A1", "D©n sè n¨m 2024"),
                cell("A2", "X·"),
                cell("B2", "Tæng sè"),
                cell("C2", "N÷"),
                cell("A3", "X· L©m S¬n"),
            );
            one(rows(&sheet, "visible"))
        }
        "lines-hidden" => one(rows(
            &format!(
                "<row r='1' hidden='1'>{}</row>",
                text_cell("A1", "Dân số năm 2024")
            ),
            "visible",
        )),
        "cells-outside-grid" => one(rows(
            "<row r='1048577'><c r='XFE1048577'><v>1</v></c></row>",
            "visible",
        )),
        "cells-written-twice" => one(rows(
            "<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
            "visible",
        )),
        "sheet-unreadable" => one(rows("<row r='1'><c>", "visible")),
        "no-table" => {
            sheets(&["Diện tích năm 2024\nCây | Diện tích | Sản lượng\nLúa | 100 | 200\nNgô | 10 | 20"])
        }
        "answer-unknown" => sheets(&[
            "DANH SÁCH CƠ SỞ TRỢ GIÚP XÃ HỘI CÔNG LẬP NĂM 2024\nHuyện Ninh Sơn\nTT | Tên cơ sở | Triển khai hoạt động\n1 | Trung tâm Ninh Sơn | có\n2 | Trung tâm Lâm Sơn | sắp tới",
        ]),
        "answer-missing" => sheets(&[
            "DANH SÁCH DOANH NGHIỆP, HỢP TÁC XÃ NĂM 2024\nHuyện Ninh Sơn\nTT | Tên doanh nghiệp | Loại hình | Giới tính giám đốc/chủ\n1 | HTX Lâm Sơn | Hợp tác xã | nữ\n2 | Công ty A | Công ty TNHH |",
        ]),
        "mark-among-counts" | "two-counts-in-cell" => sheets(&[
            "DANH SÁCH CƠ QUAN VÀ LÃNH ĐẠO CHỦ CHỐT NĂM 2024\nHuyện Ninh Sơn\nTT | Xã | Cơ quan | Số lãnh đạo chủ chốt | Trong đó: Nữ\n1 | Xã Lâm Sơn | UBND xã | 3 | 1\n2 | Xã Mỹ Sơn | UBND xã | 3 | x\n3 | Xã Quảng Sơn | UBND xã | 3 (1 nữ) |\n4 | Xã Quảng Sơn | HĐND xã | 3 | 2",
        ]),
        "period-ambiguous" => {
            sheets(&["Dân số năm 2023 và năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50"])
        }
        "report-superseded" => {
            let book = |total| {
                xlsx(&[(
                    "S",
                    &table(&format!(
                        "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | {total} | 50"
                    )),
                )])
            };
            vec![
                ("lam-son.xlsx".to_owned(), book(100)),
                ("lam-son lần 2.xlsx".to_owned(), book(120)),
            ]
        }
        "received-not-there" => sheets(&["Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50"]),
        "programme-of-other-years" => sheets(&["Dân số năm 2019\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50"]),
        "period-ahead" => sheets(&["Dân số năm 2042\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50"]),
        "title-unclear" => {
            sheets(&["Dân số có bảo hiểm y tế năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50"])
        }
        "period-from-outside" => sheets(&["Dân số\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50"]),
        "year-blank" | "short-year" => sheets(&[
            "Dân số\nXã | Năm | Tổng số\nXã Lâm Sơn | 2023 | 100\nXã Quảng Sơn | 24 | 200\nXã Mỹ Sơn | | 300",
        ]),
        "code-list-unknown" => {
            sheets(&["Dân số năm 2024\nXã | Giới tính | Số người\nXã Lâm Sơn | 1 | 60\nXã Lâm Sơn | 2 | 40"])
        }
        "title-narrows" => {
            sheets(&["Dân số trẻ em gái năm 2024\nXã | Số lượng\nXã Lâm Sơn | 40\nXã Quảng Sơn | 50"])
        }
        "list-of-persons" => sheets(&[
            "DANH SÁCH HỘI VIÊN NĂM 2024\nXã Lâm Sơn\nTT | Họ và tên | Năm sinh\n1 | Trần A | 1990\n2 | Lê B | 1991",
        ]),
        "list-not-counted" => sheets(&[
            "DANH SÁCH CÁN BỘ NĂM 2024\nXã Lâm Sơn\nTT | Họ và tên | Năm sinh\n1 | Trần A | 1990\n2 | Lê B | 1991",
        ]),
        "person-trait-unclear" | "person-trait-missing" | "person-twice" => sheets(&[VICTIMS]),
        "persons-in-two-files" => sheets(&[VICTIMS, &VICTIMS.replace("Mai C", "Mai D")]),
        "numbers-outside" => sheets(&[
            "Dân số năm 2024\nTổng số hộ | 1234\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50\nXã Quảng Sơn | 200 | 90",
        ]),
        "no-figure-given" => population("Xã Lâm Sơn | 100 | x\nXã Quảng Sơn | 200 | x"),
        "numbers-in-remarks" => {
            sheets(&["Dân số năm 2024\nXã | Tổng số | Nữ | Ghi chú\nXã Lâm Sơn | 100 | 50 | 7"])
        }
        "rows-taken-for-details" => sheets(&[
            "SỐ LIỆU ĐĂNG KÝ KHAI SINH NĂM 2024\nĐơn vị báo cáo: Ủy ban nhân dân xã Lâm Sơn\nChỉ tiêu | Tổng số | Nam | Nữ | Đúng hạn | Quá hạn\nI. Khai sinh | 9 | 5 | 4 | 8 | 1\n- Con trong giá thú | 8 | 4 | 4 | 7 | 1",
        ]),
        "mending-list" => one(xlsx(&[
            ("Việc cần sửa", &table("Việc cần sửa (bdg)\nSTT | Mức\n1 | lỗi")),
            (
                "S",
                &table("Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50"),
            ),
        ])),
        "sheet-hidden" => one(with_cell("<c r='C3'><v>50</v></c>", "hidden")),
        "form-unclear" => {
            sheets(&["Hội nghị đầu bờ năm 2024\nXã | Tổng số\nXã Lâm Sơn | 1\nXã Quảng Sơn | 2"])
        }
        "unknown-column" => {
            sheets(&["Dân số năm 2024\nXã | Tổng số | Số người theo đạo\nXã Lâm Sơn | 100 | 50"])
        }
        "unknown-row" => sheets(&[
            "THỐNG KÊ HỌC SINH NĂM HỌC 2023-2024\nTrường Tiểu học A, xã Lâm Sơn\nKhối lớp | Tổng số | Nữ\nLớp 1 | 30 | 14\nLớp chồi | 9 | 4\nLớp 2 | 28 | 13",
        ]),
        "ambiguous-ethnicity" => sheets(&[
            "Dân số xã Lâm Sơn năm 2024 chia theo dân tộc\nDân tộc | Tổng số | Nữ\nKinh | 100 | 50\nThổ | 9 | 4\nRaglai | 20 | 10",
        ]),
        "meaning-conflict" => sheets(&[
            "Dân số xã Lâm Sơn năm 2024\nChỉ tiêu | Nam | Nữ\nTổng số | 100 | 50\nTrong đó: Nữ | 9 | 50",
        ]),
        "unit-differs" => sheets(&[
            "BÁO CÁO DÂN SỐ NĂM 2024\nĐơn vị báo cáo: xã Lâm Sơn\nChỉ tiêu | Đơn vị tính | Số lượng\nTổng dân số | Vụ | 100\nTrong đó: Nữ | Người | 50",
        ]),
        "split-not-allowed" => {
            sheets(&["SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 4 | 2"])
        }
        "not-a-number" => population("Xã Lâm Sơn | 100 | chín\nXã Quảng Sơn | 200 | 90"),
        "ambiguous-number" => population("Xã Lâm Sơn | 100 | '(12)"),
        "not-whole" => population("Xã Lâm Sơn | 100 | '12,5"),
        "negative" => population("Xã Lâm Sơn | 100 | -5"),
        "number-too-large" => population("Xã Lâm Sơn | 1000000000000000 | 5"),
        "cell-error" => one(with_cell("<c r='C3' t='e'><v>#REF!</v></c>", "visible")),
        "formula-without-value" => one(with_cell("<c r='C3'><f>B3-1</f></c>", "visible")),
        "rounded-away" => sheets(&[
            "SỐ GIỜ TRUNG BÌNH LÀM CÔNG VIỆC NỘI TRỢ VÀ CHĂM SÓC TRONG GIA ĐÌNH NĂM 2024\nĐơn vị báo cáo: xã Lâm Sơn\nDân tộc | Nam | Nữ\nChung | '10,123456 | '18,5",
        ]),
        "percent-only" => population("Xã Lâm Sơn | 100 | 50%"),
        "all-zero" => population("Xã Lâm Sơn | 0 | 0\nXã Quảng Sơn | 0 | 0\nXã Mỹ Sơn | 0 | 0"),
        "place-unknown" => population("Xã Lâm Sơnn | 100 | 50\nXã Quảng Sơn | 200 | 90"),
        "place-ambiguous" => sheets(&[
            "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Tân Lập | 100 | 50\nXã Quảng Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận | 200 | 90",
        ]),
        "place-missing" => sheets(&["Dân số năm 2024\nChỉ tiêu | Số lượng\nTổng số | 100\nNữ | 50"]),
        "place-other-time" => sheets(&["Dân số năm 2026\nXã | Tổng số | Nữ\nHuyện Ninh Sơn | 100 | 50"]),
        "period-missing" => sheets(&["Dân số\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50"]),
        "period-unlike" => sheets(&[
            "THỐNG KÊ HỌC SINH QUÝ I NĂM 2024\nTrường Tiểu học A, xã Lâm Sơn\nKhối lớp | Tổng số | Nữ\nLớp 1 | 30 | 14\nLớp 2 | 28 | 13",
        ]),
        "part-above-whole" => population("Xã Lâm Sơn | 100 | 150"),
        "parts-do-not-add-up" => {
            sheets(&["Dân số năm 2024\nXã | Tổng số | Nam | Nữ\nXã Lâm Sơn | 100 | 60 | 50"])
        }
        "total-row-differs" => population("Xã Lâm Sơn | 100 | 50\nXã Quảng Sơn | 200 | 90\nCộng | 310 | 140"),
        "reported-twice" => sheets(&[
            "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50",
            "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 101 | 50",
        ]),
        "definition-replaced" => population("Xã Lâm Sơn | 100 | 50"),
        "total-includes-others" => sheets(&[
            "KẾT QUẢ TUYỂN SINH GIÁO DỤC NGHỀ NGHIỆP TỈNH NINH THUẬN NĂM 2024\nTrình độ đào tạo | Tổng số | Nữ\nCao đẳng | 100 | 40\nTrung cấp | 200 | 90\nSơ cấp | 300 | 100\nĐào tạo dưới 3 tháng | 50 | 20\nTổng cộng | 650 | 250",
        ]),
        "total-not-apart" => sheets(&[
            "KẾT QUẢ TUYỂN SINH GIÁO DỤC NGHỀ NGHIỆP TỈNH NINH THUẬN NĂM 2024\nTrình độ đào tạo | Tổng số | Nữ\nTổng cộng | 650 | 250\nTrong đó: Đào tạo dưới 3 tháng | 50 | 20",
        ]),
        "table-not-used" => sheets(&[
            "SỐ LƯỢNG LÃNH ĐẠO CHỦ CHỐT LÀ NỮ NĂM 2024\nXã | Tổng số lãnh đạo chủ chốt | Trong đó: Nữ\nXã Lâm Sơn | 5 | 2",
        ]),
        "twice-in-file" => population("Xã Lâm Sơn | 100 | 50\nXã Quảng Sơn | 90 | 40\nXã Lâm Sơn | 101 | 50"),
        "reported-twice-alike" => sheets(&[
            "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50",
            "Dân số trung bình năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50",
        ]),
        "boundaries-differ" | "boundaries-alike" | "boundaries-unused" => {
            let (old, new) = match name {
                "boundaries-differ" => ("\nXã Lương Sơn, huyện Ninh Sơn | 6 | 2", 17),
                "boundaries-alike" => ("\nXã Lương Sơn, huyện Ninh Sơn | 6 | 2", 16),
                _ => ("", 16),
            };
            sheets(&[
                &format!("Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn, huyện Ninh Sơn | 10 | 4{old}"),
                &format!("Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn, tỉnh Khánh Hòa | {new} | 6"),
            ])
        }
        "ratio-impossible" => sheets(&[
            "NGƯỜI BỊ BẠO LỰC GIA ĐÌNH NĂM 2024\nXã | Số nạn nhân\nXã Lâm Sơn | 10\nXã Quảng Sơn | 4",
            "NGƯỜI BỊ BẠO LỰC ĐƯỢC TIẾP CẬN DỊCH VỤ HỖ TRỢ NĂM 2024\nXã | Nam | Nữ\nXã Lâm Sơn | 4 | 9\nXã Quảng Sơn | 1 | 2",
        ]),
        "year-unfinished" => {
            sheets(&["SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024\nXã | Quý I | Quý II\nXã Lâm Sơn | 4 | 5"])
        }
        "other-periods" => sheets(&[
            "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50",
            "Dân số năm 2023\nXã | Tổng số | Nữ\nXã Lâm Sơn | 99 | 50",
        ]),
        "check-failed" => sheets(&[
            "Số đài phát thanh, truyền hình có chuyên mục, chuyên đề về bình đẳng giới năm 2024\nXã | Tổng số đài | Số đài có chuyên mục hàng tháng\nXã Lâm Sơn | 2 | 3",
        ]),
        "check-doubted" | "value-above-hundred" => sheets(&[
            "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50",
            "Số người được tiếp cận kiến thức cơ bản về bình đẳng giới năm 2024\nXã | Tổng số\nXã Lâm Sơn | 120",
        ]),
        "parent-differs" => sheets(&[
            "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50\nXã Quảng Sơn | 200 | 90",
            "Dân số năm 2024\nHuyện | Tổng số | Nữ\nHuyện Ninh Sơn | 250 | 100",
        ]),
        "senders-differ" => sheets(&[
            "THỐNG KÊ HỌC SINH NĂM HỌC 2023-2024\nTrường Tiểu học A, xã Lâm Sơn\nKhối lớp | Tổng số | Nữ\nLớp 1 | 30 | 14\nLớp 2 | 28 | 13",
            "SỐ HỌC SINH THEO XÃ NĂM HỌC 2023-2024\nXã | Lớp 1 | Lớp 2\nXã Lâm Sơn | 31 | 28\nXã Quảng Sơn | 5 | 6",
        ]),
        "period-exceeds" => sheets(&[
            "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI 6 THÁNG ĐẦU NĂM 2024\nXã | Tổng số\nXã Lâm Sơn | 20",
            "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024\nXã | Tổng số\nXã Lâm Sơn | 19",
        ]),
        "period-differs" => sheets(&[
            "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024\nXã | Quý I | Quý II | Quý III | Quý IV\nXã Lâm Sơn | 4 | 5 | 3 | 6",
            "SỐ TIN, BÀI VỀ BÌNH ĐẲNG GIỚI NĂM 2024\nXã | Tổng số\nXã Lâm Sơn | 19",
        ]),
        "further-troubles" => population(
            &(0..5_001)
                .map(|i| format!("Xã Không Có {i} | 1 | 1\n"))
                .collect::<String>(),
        ),
        "place-several" => population("Xã Lâm Sơn, xã Mỹ Sơn | 100 | 50\nXã Quảng Sơn | 200 | 90"),
        "place-outside" => sheets(&[
            "Dân số huyện Ninh Sơn năm 2024\nXã | Tổng số | Nữ\nXã Tân Lập | 100 | 50\nXã Quảng Sơn | 200 | 90",
        ]),
        "figures-elsewhere" => sheets(&[
            "Dân số huyện Ninh Sơn năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50\nXã Quảng Sơn | 200 | 90",
        ]),
        "no-figures" => {
            sheets(&["Tình hình chung năm 2024\nNội dung | Nhận xét\nBình đẳng giới | Có tiến bộ"])
        }
        "place-code-of-none" => sheets(&[
            "Dân số năm 2024\nMã xã | Tên xã | Tổng số | Nữ\n'22813 | Xã Lâm Sơn | 100 | 50\n'99998 | | 20 | 10",
        ]),
        "place-code-unknown" => sheets(&[
            "DÂN SỐ CHIA THEO GIỚI TÍNH NĂM 2024\nMã xã | Tên xã | Tổng số | Nữ\n22814 | Xã Lâm Sơn | 100 | 50\n22819 | Xã Quảng Sơn | 90 | 40",
        ]),
        "hamlets-differ" => sheets(&[
            "Dân số xã Lâm Sơn năm 2024\nĐịa bàn | Tổng số | Nữ\nThôn 1 | 100 | 50\nThôn Lâm Hòa | 90 | 40\nTổng cộng | 200 | 90",
        ]),
        "below-commune" => sheets(&[
            "Dân số xã Lâm Sơn năm 2024\nĐịa bàn | Tổng số | Nữ\nThôn 1 | 100 | 50\nThôn Lâm Hòa | 90 | 40",
        ]),
        "figure-shared" => {
            let sheet = table(
                "Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50\nXã Quảng Sơn | | 40\nXã Mỹ Sơn | 9 | 4",
            );
            one(xlsx_merged(&sheet, &[(2, 1, 3, 1)]))
        }
        "place-code-differs" => sheets(&[
            "DÂN SỐ CHIA THEO GIỚI TÍNH NĂM 2024\nMã xã | Tên xã | Tổng số | Nữ\n22813 | Xã Mỹ Sơn | 100 | 50\n22816 | Xã Lương Sơn | 100 | 50\n22819 | Xã Quảng Sơn | 90 | 40",
        ]),
        // Four communes of today hold the people of thị xã Sơn Tây; one of them others too.
        "area-wider" => {
            sheets(&["Dân số năm 2026\nXã | Tổng số | Nữ\nPhường Sơn Tây, thành phố Hà Nội | 100 | 50"])
        }
        "nothing-sent" => Vec::new(),
        "output-held" => population("Xã Lâm Sơn | 100 | 50"),
        _ => return None,
    })
}

/// A machine on which one file cannot be read and every output is held by another program.
struct Odd(Memory);

impl Host for Odd {
    fn list(&self, root: &Path) -> io::Result<Listing> {
        let mut listing = self.0.list(root)?;
        let is_link = |name: &str| name == "lien-ket.xlsx";
        if listing.files.iter().any(|f| is_link(&f.name)) {
            listing.files.retain(|f| !is_link(&f.name));
            let what = Words::new("một liên kết đến nơi khác", "a link to another place");
            listing.passed_over.push(("lien-ket.xlsx".to_owned(), what));
        }
        Ok(listing)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if path.ends_with("khong-doc-duoc.xlsx") {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        self.0.read(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        path == Path::new("nhan") || self.0.is_folder(path)
    }

    fn exists(&self, path: &Path) -> bool {
        self.0.exists(path)
    }

    fn same(&self, one: &Path, other: &Path) -> bool {
        self.0.same(one, other)
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<Replaced> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match name.strip_suffix(".xlsx") {
            Some(stem) => Ok(Replaced::Instead(path.with_file_name(format!("{stem} (2).xlsx")))),
            None => self.0.replace(path, bytes),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.0.remove(path)
    }

    fn today(&self) -> Day {
        self.0.today()
    }
}

/// The built-in catalogue, and two forms that nothing tells apart.
fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let form = |id: &str, measure: &str| DefinitionFile {
            path: format!("forms/{id}.toml"),
            text: format!(
                "id = \"{id}\"\nname = {{ vi = \"{id}\", en = \"{id}\" }}\nissuer = {{ vi = \"a\", en = \"a\" }}\n\
                 source = \"a\"\nverified = false\nsenders = \"one\"\nperiods = [\"year\"]\n\
                 [recognise]\ntitles = [[\"hội nghị đầu bờ\"]]\n[defaults]\nmeasure = \"{measure}\"\n[rows]\nrole = \"places\"\n"
            ),
            embedded: false,
        };
        let mut ours = vec![form("bo-a", "population"), form("bo-b", "people-reached")];
        // The office has copied a file of ours beside its own.
        let copied = embedded().into_iter().filter(|f| f.path == "objectives.toml");
        ours.extend(copied.map(|file| DefinitionFile {
            embedded: false,
            ..file
        }));
        load(overlay(embedded(), ours)).unwrap()
    })
}

/// Everything that a run over the files has to say.
fn problems(name: &str, files: Files) -> Vec<Problem> {
    let memory = Memory::new(Day::new(2026, 11, 22));
    for (file, bytes) in files {
        memory
            .files
            .lock()
            .unwrap()
            .insert(Path::new("nhan").join(file), bytes);
    }
    let host = Odd(memory);
    let (scope, period) = match name {
        "place-missing" => (None, Some("2024")),
        "place-ambiguous" => (None, Some("2024")),
        "place-other-time" => (None, Some("2026")),
        "period-missing" => (Some("585"), None),
        "programme-of-other-years" => (Some("585"), Some("2019")),
        "figures-elsewhere" => (Some("22813"), Some("2024")),
        "area-wider" => (Some("thị xã Sơn Tây, thành phố Hà Nội"), Some("2026")),
        _ => (Some("585"), Some("2024")),
    };
    let mut catalogue = catalogue().clone();
    if let (Some(scope), Some(period)) = (scope, period.and_then(Period::parse)) {
        catalogue
            .localities
            .place_asked(scope, period.last_day())
            .unwrap();
    }
    let request = Request {
        catalogue,
        scope: scope.map(str::to_owned),
        period: period.and_then(Period::parse),
        output: PathBuf::from("kq"),
        plan: (name == "received-not-there").then(|| {
            let plans = bdg::plan::load(self::catalogue()).unwrap();
            bdg::plan::find(plans, "an-lao-2024").unwrap()
        }),
        log: (name == "received-not-there").then(|| {
            let log = bdg::plan::parse_log("so-nhan.csv", "file,received\nbieu-1.xls,2024-11-18\n");
            log.unwrap()
        }),
        // A second reader is only asked in a process of its own.
        reader: (name == "file-mended").then(|| env!("CARGO_BIN_EXE_bdg").into()),
        ..crate::golden::request(Path::new("nhan"), "585", "2024")
    };
    if name == "output-held" {
        return report(&host, &request, &Quiet).unwrap().problems;
    }
    match compute(&host, &request, &Quiet) {
        Ok(computed) => computed.intake.problems,
        Err(_) => read(&host, &request, &Quiet).unwrap().problems,
    }
}

/// All that people read about it, in both languages.
fn text(problem: &Problem) -> String {
    let mut out = String::new();
    for lang in [Lang::Vi, Lang::En] {
        let w = problem.kind.wording(lang);
        let severity = problem.severity().words(lang);
        let _ = writeln!(out, "{severity}[{}] {}", problem.kind.name(), w.title);
        let place = problem.place.to_string();
        let effect = problem.effect(lang);
        for line in [&place, &w.found, &w.expected, &effect, &w.remedy] {
            let _ = writeln!(out, "  {line}");
        }
    }
    out.lines().map(|l| format!("{}\n", l.trim_end())).collect()
}

#[test]
fn every_kind_of_problem_has_its_smallest_case_and_its_exact_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems");
    let write = std::env::var_os("BDG_WRITE_PROBLEMS").is_some();
    let mut faults = Vec::new();
    for name in Kind::NAMES {
        let excused = NOT_HERE.iter().any(|(kind, _)| kind == name);
        let Some(files) = case(name) else {
            if !excused {
                faults.push(format!("{name}: no case"));
            }
            continue;
        };
        assert!(!excused, "{name} has a case and an excuse");
        let found = problems(name, files);
        let Some(problem) = found.iter().find(|p| p.kind.name() == *name) else {
            let names: Vec<_> = found
                .iter()
                .map(|p| (p.kind.name(), p.place.to_string()))
                .collect();
            faults.push(format!("{name}: not caused, but {names:?}"));
            continue;
        };
        let path = folder.join(format!("{name}.txt"));
        if write {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, text(problem)).unwrap();
        }
        let expected = std::fs::read_to_string(&path)
            .unwrap_or_default()
            .replace('\r', "");
        if text(problem) != expected {
            faults.push(format!("{name}: expected\n{expected}found\n{}", text(problem)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_text_is_kept_of_a_kind_that_is_gone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems");
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let known = Kind::NAMES.iter().any(|kind| name == format!("{kind}.txt"));
        assert!(known, "{name}");
    }
}

#[test]
fn the_texts_speak_one_language_each() {
    // What is in one language must not stand in the other's sentences, whatever the details.
    for name in Kind::NAMES {
        let (vi, en) = (Kind::described(name, Lang::Vi), Kind::described(name, Lang::En));
        let (vi, en) = (vi.unwrap(), en.unwrap());
        for (a, b) in [(&vi.title, &en.title), (&vi.remedy, &en.remedy)] {
            assert!(!a.is_empty() && !b.is_empty() && a != b, "{name}");
        }
    }
}
