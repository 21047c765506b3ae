//! Words of headings that say nothing, rates, remarks and units.

use crate::text;

/// Phrases that add nothing to a meaning.
pub const NEUTRAL: &[&str] = &[
    "tổng số",
    "ts",
    "tổng",
    "tổng cộng",
    "cộng",
    "số",
    "số lượng",
    "số liệu",
    "tổng các",
    "trong đó",
    "trđ",
    "là",
    "của",
    "các",
    "những",
    "người",
    "số người",
    "trong kỳ",
    "trong năm",
    "toàn bộ",
    "chung",
    "tổng chung",
    "tất cả",
    "nam và nữ",
    "nam nữ",
    "cả hai giới",
    "hai giới",
    "hiện có",
    "thực hiện",
    "kết quả",
    "kết quả thực hiện",
    "năm báo cáo",
    "kỳ báo cáo",
    "giới tính",
    "giới",
    "độ tuổi",
    "nhóm tuổi",
    "lứa tuổi",
    "thành phần dân tộc",
    "chia ra",
    "thuộc",
    "kỳ này",
    "trong kỳ báo cáo",
    "giá trị",
    "total",
    "number",
    "of which",
    "number of",
    "both sexes",
    "sex",
    "of",
    "the",
    "value",
    "tổng số người",
    "phát sinh trong kỳ",
    "có",
    "chỉ tiêu",
    "sơ bộ",
    "prel",
];

/// Ways of writing "ethnic minorities" that occur in headings of figures; as heading of a column of
/// names the same word is the name of the dimension, which `stub` decides.
pub const MINORITY: &[&str] = &[
    "dân tộc",
    "dt",
    "dtts",
    "dân tộc thiểu số",
    "người dân tộc",
    "người dân tộc thiểu số",
];

/// Titles in which "phụ nữ", "nữ" or "dân tộc thiểu số" does not narrow the figures.
pub const NOT_NARROWING: &[&str] = &[
    "hoi lien hiep phu nu",
    "hoi phu nu",
    "tien bo",
    "phu nu va tre em",
    "tre em va phu nu",
    "doi voi phu nu",
    "phong dan toc",
    "ban dan toc",
    "uy ban dan toc",
    "co nu",
    "la nu",
    "do nu",
    "nu lanh dao",
    "nu giam doc",
    "chia theo",
    "phan theo",
    "theo gioi",
    "va dan toc",
    "phu nu mang thai",
    "phu nu de",
    "lanh dao",
    "giam doc",
    "noi tru",
    "vung dan toc",
    "trong do",
    "dong bao dan toc",
    "nam nu",
];

/// Words of titles, without marks, that change nothing of what the figures are.
pub const OF_TITLES: &[&str] = &[
    "bao cao",
    "bieu",
    "bieu so",
    "bieu mau",
    "mau",
    "mau so",
    "mau bieu",
    "bang",
    "phu luc",
    "danh sach",
    "thong ke",
    "tong hop",
    "so lieu",
    "tinh hinh",
    "cong tac",
    "thong tin",
    "ve",
    "theo",
    "chia theo",
    "phan theo",
    "phan to",
    "chia",
    "va",
    "tai",
    "tren",
    "tren dia ban",
    "dia ban",
    "o",
    "trong",
    "toan",
    "dau nam",
    "cuoi nam",
    "giua nam",
    "dau nam hoc",
    "cuoi nam hoc",
    "dau ky",
    "cuoi ky",
    "nam hoc",
    "nam",
    "ky",
    "ky dau",
    "ky cuoi",
    "den",
    "den ngay",
    "tinh den",
    "tinh den ngay",
    "co den",
    "co den ngay",
    "thoi diem",
    "ngay",
    "thang",
    "quy",
    "tu",
    "phuc vu",
    "so bo",
    "chinh thuc",
    "trung binh",
    "binh quan",
    "hang nam",
    "hang quy",
    "hang thang",
    "dinh ky",
    "cap xa",
    "cap huyen",
    "cap tinh",
    "don vi",
    "don vi hanh chinh",
    "xa",
    "phuong",
    "thi tran",
    "huyen",
    "quan",
    "thi xa",
    "thanh pho",
    "tinh",
    "dac khu",
    "ca nuoc",
    "toan quoc",
    "dia phuong",
    "linh vuc",
    "binh dang gioi",
    "ve binh dang gioi",
    "cong tac binh dang gioi",
    "vi su tien bo cua phu nu",
    "gioi tinh",
    "gioi",
    "do tuoi",
    "nhom tuoi",
    "nam nu",
    "mot so",
    "chu yeu",
    "noi dung",
    "quy doi",
    "hanh chinh moi",
    "dia gioi hanh chinh moi",
    "don vi hanh chinh moi",
    "dvhc moi",
    "cap nhat",
    "luy ke",
    "thuoc",
    "tong",
    "dvt",
    "don vi tinh",
    "ubnd",
    "uy ban nhan dan",
    "phong",
    "so",
    "cac",
    "cua",
    "co",
    "report",
    "table",
    "in",
    "by",
    "on",
    "statistics",
    "average",
    "and",
    "so ket",
    "tong ket",
    "den het",
    "ket thuc",
];

/// Words that a number or a letter follows: "Bảng 1a", "Phần II".
pub const NUMBERED: &[&str] = &["bang", "bieu", "mau", "phan", "muc", "luc"];

/// What figures are divided by.
pub const OF_DIVISION: &[&str] = &[
    "gioi tinh",
    "gioi",
    "dan toc",
    "thanh phan dan toc",
    "do tuoi",
    "nhom tuoi",
    "lua tuoi",
    "tuoi",
    "khoi lop",
    "khoi",
    "lop",
    "cap hoc",
    "bac hoc",
    "trinh do",
    "nganh",
    "nganh kinh te",
    "khu vuc",
    "khu vuc kinh te",
    "vi the",
    "vi the viec lam",
    "loai hinh",
    "hinh thuc",
    "thanh thi",
    "nong thon",
    "xa",
    "phuong",
    "thi tran",
    "huyen",
    "don vi hanh chinh",
    "dia phuong",
    "dia ban",
    "thang",
    "quy",
    "truong",
    "co so",
    "co so y te",
    "cap",
    "don vi hanh chinh moi",
    "dia gioi hanh chinh moi",
    "dvhc moi",
];

/// The word before the name of a locality.
pub const OF_PLACES: &[&str] = &[
    "xa",
    "phuong",
    "thi tran",
    "huyen",
    "quan",
    "thi xa",
    "thanh pho",
    "tinh",
    "dac khu",
    "tp",
    "tt",
];

/// The word before the name of a school or another facility.
pub const FACILITIES: &[&str] = &["truong", "tram y te", "benh vien", "trung tam"];

/// "Tỷ lệ %", "Cơ cấu": worked out by the sender; never read as a count.
pub fn is_rate(words: &[String]) -> bool {
    let plain: Vec<String> = words.iter().map(|w| text::folded(w)).collect();
    let begins = |lead: &[&str]| plain.len() >= lead.len() && plain.iter().zip(lead).all(|(a, b)| a == b);
    begins(&["ty", "le"])
        || begins(&["ti", "le"])
        || begins(&["ty", "so"])
        || begins(&["ty", "suat"])
        || begins(&["co", "cau"])
        || begins(&["ty", "trong"])
        || begins(&["tang", "giam"])
        || plain.iter().any(|w| w == "%")
}

/// Columns beside the figures.
pub fn is_remark(bare: &str) -> bool {
    let plain = text::folded(bare);
    // What was planned is no figure; but "kế hoạch hóa gia đình" is another word.
    if plain.starts_with("ke hoach nam") {
        return true;
    }
    matches!(
        plain.as_str(),
        "ke hoach"
            | "ke hoach giao"
            | "ghi chu"
            | "nguon"
            | "nguon so lieu"
            | "ghi chu nguon so lieu"
            | "note"
            | "notes"
            | "source"
            | "danh gia"
            | "nguoi nhap"
    )
}

/// "(người)", "(vụ)", "(giờ/tuần)".
pub fn is_unit(bracket: &str) -> bool {
    let plain = text::folded(bracket);
    let inner = plain.trim().trim_start_matches('(').trim_end_matches(')').trim();
    crate::intake::unit::known(inner).is_some()
}
