//! What a file is, found in its bytes. Its name is never asked: reports come as `.xls` that are web
//! pages, and as `.xlsx` that are an error message of 25 bytes.

use super::archive;
use crate::lang::Words;

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Content {
    Xlsx,
    Xlsb,
    /// BIFF8 or BIFF5 in a compound file.
    Xls,
    Ods,
    /// Lines of text, whatever separates the fields.
    Text,
    /// Nothing, or zeros only.
    Empty,
    /// A workbook behind a password: OOXML inside a compound file.
    Encrypted,
    /// Spreadsheets of kinds that are not read.
    SpreadsheetXml,
    OldExcel,
    Html,
    /// A web page with its pictures in one file.
    Mhtml,
    Xml,
    Json,
    Pdf,
    Word,
    PowerPoint,
    Rtf,
    Zip,
    Rar,
    SevenZip,
    Gzip,
    Image,
    /// A compound file with nothing known in it: an e-mail, an installer.
    Compound,
    Other,
}

pub fn sniff(bytes: &[u8]) -> Content {
    if bytes.iter().all(|b| *b == 0) {
        return Content::Empty;
    }
    signature(bytes).unwrap_or_else(|| text(bytes))
}

impl Content {
    /// Short name for the list of sources; never translated.
    pub fn code(self) -> &'static str {
        match self {
            Content::Xlsx => "xlsx",
            Content::Xlsb => "xlsb",
            Content::Xls | Content::OldExcel => "xls",
            Content::Ods => "ods",
            Content::Text => "csv",
            Content::Empty => "empty",
            Content::Encrypted => "encrypted",
            Content::SpreadsheetXml | Content::Xml => "xml",
            Content::Html => "html",
            Content::Mhtml => "mhtml",
            Content::Json => "json",
            Content::Pdf => "pdf",
            Content::Word => "word",
            Content::PowerPoint => "powerpoint",
            Content::Rtf => "rtf",
            Content::Zip => "zip",
            Content::Rar => "rar",
            Content::SevenZip => "7z",
            Content::Gzip => "gzip",
            Content::Image => "image",
            Content::Compound | Content::Other => "other",
        }
    }

    pub fn words(self) -> Words {
        let (vi, en) = match self {
            Content::Xlsx => ("bảng tính xlsx", "an xlsx workbook"),
            Content::Xlsb => ("bảng tính xlsb", "an xlsb workbook"),
            Content::Xls => ("bảng tính xls", "an xls workbook"),
            Content::Ods => ("bảng tính ods", "an ods workbook"),
            Content::Text => ("văn bản thuần", "plain text"),
            Content::Empty => ("rỗng", "empty"),
            Content::Encrypted => (
                "bảng tính được mã hóa bằng mật khẩu",
                "a workbook encrypted with a password",
            ),
            Content::SpreadsheetXml => (
                "bảng tính dạng XML của Excel 2003",
                "an XML spreadsheet of Excel 2003",
            ),
            Content::OldExcel => (
                "bảng tính Excel 4.0 hoặc cũ hơn",
                "a workbook of Excel 4.0 or older",
            ),
            Content::Html => ("trang web (HTML)", "a web page (HTML)"),
            Content::Mhtml => (
                "trang web lưu thành một tệp (MHTML)",
                "a web page saved as one file (MHTML)",
            ),
            Content::Xml => ("tài liệu XML", "an XML document"),
            Content::Json => ("dữ liệu JSON", "JSON data"),
            Content::Pdf => ("tài liệu PDF", "a PDF document"),
            Content::Word => ("văn bản Word", "a Word document"),
            Content::PowerPoint => ("bài trình chiếu PowerPoint", "a PowerPoint presentation"),
            Content::Rtf => ("văn bản RTF", "an RTF document"),
            Content::Zip => (
                "tệp nén zip (hãy giải nén trước)",
                "a zip archive (unpack it first)",
            ),
            Content::Rar => (
                "tệp nén rar (hãy giải nén trước)",
                "a rar archive (unpack it first)",
            ),
            Content::SevenZip => (
                "tệp nén 7z (hãy giải nén trước)",
                "a 7z archive (unpack it first)",
            ),
            Content::Gzip => (
                "tệp nén gzip (hãy giải nén trước)",
                "a gzip archive (unpack it first)",
            ),
            Content::Image => ("hình ảnh", "a picture"),
            Content::Compound => ("tệp của một phần mềm khác", "a file of another program"),
            Content::Other => ("dữ liệu nhị phân không rõ loại", "binary data of an unknown kind"),
        };
        Words::new(vi, en)
    }
}

/// By the first bytes, for formats that have such.
fn signature(bytes: &[u8]) -> Option<Content> {
    let starts = |mark: &[u8]| bytes.starts_with(mark);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Some(archive::kind(bytes));
    }
    if starts(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Some(compound(bytes));
    }
    let isobmff = bytes.get(4..8) == Some(b"ftyp");
    let images: [&[u8]; 7] = [
        b"\x89PNG\r\n",
        b"\xFF\xD8\xFF",
        b"GIF87a",
        b"GIF89a",
        b"II*\0",
        b"MM\0*",
        b"RIFF",
    ];
    if images.iter().any(|mark| starts(mark)) || isobmff {
        return Some(Content::Image);
    }
    let bitmap = starts(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    let old_excel = matches!(bytes, [0x09, 0x00 | 0x02 | 0x04 | 0x08, 4..=16, 0x00, ..]);
    match () {
        () if bitmap => Some(Content::Image),
        () if old_excel => Some(Content::OldExcel),
        () if starts(b"Rar!") => Some(Content::Rar),
        () if starts(b"7z\xBC\xAF\x27\x1C") => Some(Content::SevenZip),
        () if starts(&[0x1F, 0x8B]) => Some(Content::Gzip),
        () if starts(b"{\\rtf") => Some(Content::Rtf),
        () if window(bytes, 1024, b"%PDF-") => Some(Content::Pdf),
        () => None,
    }
}

/// What a compound file holds, by the names in its directory. Directory entries are 128 bytes long
/// and lie at multiples of 128, so no sector chain needs to be followed (or trusted).
fn compound(bytes: &[u8]) -> Content {
    let names: std::collections::BTreeSet<String> = bytes.chunks_exact(128).filter_map(entry_name).collect();
    let has = |name: &str| names.contains(name);
    if has("EncryptedPackage") || has("EncryptionInfo") {
        Content::Encrypted
    } else if has("Workbook") || has("Book") {
        Content::Xls
    } else if has("WordDocument") {
        Content::Word
    } else if has("PowerPoint Document") {
        Content::PowerPoint
    } else {
        Content::Compound
    }
}

fn entry_name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes([*entry.get(64)?, *entry.get(65)?]));
    // 1 storage, 2 stream, 5 root; the length counts a closing zero.
    if !matches!(entry.get(66), Some(1 | 2 | 5)) || !(4..=64).contains(&length) || length % 2 == 1 {
        return None;
    }
    let units = entry.get(..length - 2)?.chunks_exact(2);
    String::from_utf16(
        &units
            .map(|u| u16::from_le_bytes([u[0], u[1]]))
            .collect::<Vec<_>>(),
    )
    .ok()
}

/// Text of some kind, or nothing known.
fn text(bytes: &[u8]) -> Content {
    let start = &bytes[..bytes.len().min(8192)];
    let wide = super::encoding::looks_like_utf16(start);
    let head: Vec<u8> = if wide {
        super::encoding::decode(&start[..start.len() & !1])
            .0
            .into_owned()
            .into_bytes()
    } else {
        start.to_vec()
    };
    let odd = head
        .iter()
        .filter(|b| matches!(b, 0..=8 | 11 | 14..=31 | 127))
        .count();
    if head.contains(&0) || odd * 50 > head.len() {
        return Content::Other;
    }
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
    let head: Vec<u8> = head.trim_ascii_start().to_ascii_lowercase();
    let starts = |mark: &[u8]| head.starts_with(mark);
    let xml = starts(b"<?xml") || starts(b"<workbook") || starts(b"<ss:workbook");
    if xml
        && window(&head, 8192, b"urn:schemas-microsoft-com:office:spreadsheet")
        && !window(&head, 8192, b"<html")
    {
        Content::SpreadsheetXml
    } else if starts(b"mime-version:") || (starts(b"from:") && window(&head, 2048, b"multipart/related")) {
        Content::Mhtml
    } else if [
        "<html",
        "<!doctype html",
        "<table",
        "<meta",
        "<head",
        "<body",
        "<style",
    ]
    .iter()
    .any(|mark| starts(mark.as_bytes()))
        || window(&head, 4096, b"<html")
        || (starts(b"<") && window(&head, 8192, b"<table"))
    {
        Content::Html
    } else if xml {
        Content::Xml
    } else if json(&head, bytes) {
        Content::Json
    } else {
        Content::Text
    }
}

/// An opening bracket with what JSON allows after it, and a closing one at the end.
fn json(head: &[u8], bytes: &[u8]) -> bool {
    let mut significant = head.iter().filter(|b| !b.is_ascii_whitespace());
    let opening = significant.next();
    let after = significant.next();
    let closing = bytes.trim_ascii_end().last();
    match (opening, closing) {
        (Some(b'{'), Some(b'}')) => matches!(after, Some(b'"' | b'}')),
        (Some(b'['), Some(b']')) => {
            matches!(after, Some(b'"' | b'{' | b'[' | b']' | b'-' | b'0'..=b'9'))
        }
        _ => false,
    }
}

fn window(bytes: &[u8], length: usize, wanted: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(length)];
    head.windows(wanted.len()).any(|w| w == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_told_from_bytes() {
        for (bytes, expected) in [
            (&b""[..], Content::Empty),
            (&[0; 4096], Content::Empty),
            (b"{\"error\": \"not found\"}\n", Content::Json),
            (b"[1, 2]", Content::Json),
            (b"  <!DOCTYPE html><p>", Content::Html),
            (b"\xEF\xBB\xBF<html><table>", Content::Html),
            (b"<?xml version=\"1.0\"?><a/>", Content::Xml),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
                Content::SpreadsheetXml,
            ),
            (b"MIME-Version: 1.0\nX: y\n", Content::Mhtml),
            (b"\xFF\xFE<\0t\0a\0b\0l\0e\0>\0", Content::Html),
            (b"<tr class='a'><td>x</td><td><table></table>", Content::Html),
            (b"<16,<18\n1,2\n", Content::Text),
            (b"%PDF-1.7", Content::Pdf),
            (b"Rar!\x1a\x07", Content::Rar),
            (b"\x1F\x8B\x08", Content::Gzip),
            (b"\x89PNG\r\n\x1a\n", Content::Image),
            (b"\x09\x08\x10\x00\x00\x06", Content::OldExcel),
            (b"xa,nam,nu\nA,1,2\n", Content::Text),
            (b"[c] che\n1\n", Content::Text),
            ("Xã\tNữ\n".as_bytes(), Content::Text),
            (b"\xFF\xFEX\0\xE3\0", Content::Text),
            (b"\x01\x02\x03\x04\x00\x05", Content::Other),
        ] {
            assert_eq!(sniff(bytes), expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
