//! What the TOML reader says of a file that is no TOML, or not of the shape it should have, in words.
//!
//! The reader speaks English only. Its usual sentences are worded here; its own stand behind them in
//! brackets, because they name the sign that is missing.

use crate::lang::Words;

/// How a sentence of the reader begins, and what it means. The longest beginning that fits is taken.
const KNOWN: [(&str, &str); 41] = [
    ("basic string", "chuỗi trong dấu nháy kép không đúng"),
    ("cannot recurse further", "lồng nhau quá sâu"),
    (
        "carriage return must be followed by newline",
        "dấu xuống dòng không đúng",
    ),
    ("duplicate field", "khóa này đã có"),
    ("duplicate key", "khóa này đã có"),
    ("extra `=`", "thừa dấu ="),
    ("extra assignment", "thừa dấu ="),
    ("extra comma", "thừa dấu phẩy"),
    ("integers with a radix", "số viết không đúng"),
    ("invalid basic string", "chuỗi trong dấu nháy kép không đúng"),
    ("invalid comment character", "ghi chú có ký tự không dùng được"),
    ("invalid inline table", "bảng trong { } không đúng"),
    ("invalid key-value pair", "dòng không có dạng khóa = giá trị"),
    ("invalid literal string", "chuỗi trong dấu nháy đơn không đúng"),
    ("invalid type", "giá trị không đúng loại"),
    (
        "invalid unquoted key",
        "tên khóa có ký tự phải đặt trong dấu nháy",
    ),
    ("invalid value", "giá trị không dùng được"),
    ("key with no value", "khóa không có giá trị"),
    ("keys cannot be multi-line", "tên khóa không được nhiều dòng"),
    ("literal string", "chuỗi trong dấu nháy đơn không đúng"),
    ("missing assignment", "thiếu dấu ="),
    ("missing comma", "thiếu dấu phẩy"),
    (
        "missing escaped value",
        "dấu \\ trong chuỗi không có ký tự theo sau; viết \\\\ hoặc dùng dấu nháy đơn",
    ),
    ("missing field", "thiếu một khóa bắt buộc"),
    ("missing key", "thiếu tên khóa"),
    ("missing opening quote", "thiếu dấu nháy mở"),
    ("missing table open", "thiếu dấu ["),
    ("missing value", "thiếu giá trị"),
    ("radix must be lowercase", "số viết không đúng"),
    ("redundant", "số viết không đúng"),
    (
        "string values must be quoted",
        "thiếu giá trị, hoặc chữ không đặt trong dấu nháy kép",
    ),
    (
        "too few unicode",
        "mã ký tự sau dấu \\ không đúng; viết \\\\ hoặc dùng dấu nháy đơn",
    ),
    ("unclosed array", "thiếu dấu ] đóng"),
    ("unclosed inline table", "thiếu dấu } đóng"),
    ("unclosed table", "thiếu dấu ] đóng"),
    ("unexpected", "có chữ hoặc dấu không đúng chỗ"),
    ("unknown field", "khóa không được dùng ở đây"),
    ("unknown variant", "giá trị không có trong danh sách được dùng"),
    ("unquoted keys cannot be empty", "thiếu tên khóa"),
    ("`_` may only go between digits", "số viết không đúng"),
    ("invalid length", "danh sách không đúng số phần tử"),
];

/// `message` is what the reader said.
pub fn said(message: &str) -> Words {
    let detail = message.trim().replace('\n', "; ");
    let known = KNOWN.iter().filter(|(begins, _)| detail.starts_with(begins));
    let vi = known
        .max_by_key(|(begins, _)| begins.len())
        .map_or("không đúng cú pháp", |(_, vi)| vi);
    Words::new(format!("{vi} ({detail})"), detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_that_people_make_are_said_in_vietnamese() {
        for (text, vi) in [
            (
                "office = UBND",
                "thiếu giá trị, hoặc chữ không đặt trong dấu nháy kép",
            ),
            ("office = ", "thiếu giá trị, hoặc"),
            ("office = \"A", "chuỗi trong dấu nháy kép không đúng"),
            ("office \"A\"", "khóa không có giá trị"),
            ("a = 1\na = 2", "khóa này đã có"),
            ("a = [1, 2", "thiếu dấu ] đóng"),
            ("[variants", "thiếu dấu ] đóng"),
            (
                "a = \"C:\\Users\"",
                "mã ký tự sau dấu \\ không đúng; viết \\\\ hoặc dùng dấu nháy đơn",
            ),
        ] {
            let error = text.parse::<toml::Table>().unwrap_err();
            let words = said(error.message());
            assert!(words.vi.starts_with(vi), "{text}: {words:?}");
            assert_eq!(words.en, error.message().trim().replace('\n', "; "));
        }
    }
}
