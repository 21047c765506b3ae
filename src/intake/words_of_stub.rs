//! Headings of the columns beside the figures: "TT", "Chỉ tiêu", "ĐVT", "Mã số", "Xã", "Tên trường".
//!
//! In:  the text of a heading. Out: its [`StubRole`].
//! Holds: a heading that is not exactly one of these has no role here; the data below it decide.

use crate::intake::label;
use crate::intake::place::is_kinds_only;
use crate::text;

/// What a column beside the figures holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StubRole {
    Order,
    Label,
    Unit,
    Code,
    PlaceCode,
    Place,
    Sender,
    Sex,
    Age,
    Ethnicity,
    Year,
    Period,
    Measure,
    Note,
}

/// The role that a heading gives its column.
pub fn role_of(heading: &str) -> Option<StubRole> {
    let bare = label::bare(heading);
    let plain = text::folded(&bare);
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    let found = match plain {
        "tt" | "stt" | "so tt" | "so thu tu" | "s.tt" | "s tt" | "no" | "thu tu" => StubRole::Order,
        "chi tieu"
        | "noi dung"
        | "ten chi tieu"
        | "noi dung chi tieu"
        | "noi dung thong ke"
        | "dien giai"
        | "khoi lop"
        | "khoi"
        | "lop"
        | "trinh do"
        | "trinh do dao tao"
        | "nganh"
        | "nganh, nghe dao tao"
        | "loai co quan"
        | "co quan"
        | "loai hinh"
        | "khu vuc kinh te"
        | "nganh kinh te"
        | "vi the viec lam"
        | "loai to chuc"
        | "ten chi so"
        | "chi so"
        | "chi tiet"
        | "hang muc"
        | "phan loai"
        | "indicator"
        | "item" => StubRole::Label,
        "dvt" | "don vi tinh" | "don vi do" | "don vi do luong" | "unit" => StubRole::Unit,
        "ma so" | "ma chi tieu" | "ma" | "code" => StubRole::Code,
        "ma don vi hanh chinh"
        | "ma dvhc"
        | "ma xa"
        | "ma huyen"
        | "ma tinh"
        | "ma dia phuong"
        | "ma dia ban"
        | "ma don vi"
        | "ma so dvhc"
        | "ma xa/phuong" => StubRole::PlaceCode,
        "xa"
        | "ten xa"
        | "xa/phuong"
        | "xa, phuong"
        | "xa phuong"
        | "xa, phuong, thi tran"
        | "xa/phuong/thi tran"
        | "dia phuong"
        | "don vi hanh chinh"
        | "huyen"
        | "tinh"
        | "tinh/thanh pho"
        | "tinh, thanh pho"
        | "dia ban"
        | "ten xa/phuong/thi tran"
        | "ten xa, phuong, thi tran"
        | "ten don vi hanh chinh"
        | "quan/huyen"
        | "huyen/xa"
        | "xa, thi tran"
        | "xa/thi tran"
        | "ten xa, thi tran"
        | "cap xa"
        | "ten dia phuong"
        | "xa - thi tran"
        | "ten khu vuc"
        | "ten xa/phuong"
        | "ten xa, phuong"
        | "tinh, thanh pho truc thuoc trung uong"
        | "ten tinh"
        | "phuong/xa"
        | "xa, phuong, dac khu"
        | "thuoc xa"
        | "noi o"
        | "dia chi"
        | "xa/phuong/dac khu"
        | "noi dat tru so"
        | "tru so" => StubRole::Place,
        "truong"
        | "ten truong"
        | "ten co so"
        | "co so"
        | "ten co so y te"
        | "co so y te"
        | "ten dai"
        | "dai"
        | "truong hoc"
        | "ten don vi"
        | "don vi"
        | "ten co so dao tao"
        | "co so dao tao"
        | "don vi bao cao"
        | "ten truong hoc"
        | "co so gdnn"
        | "ten doanh nghiep"
        | "ten doanh nghiep/hop tac xa"
        | "doanh nghiep, hop tac xa"
        | "ten to chuc"
        | "ten co quan"
        | "co quan, don vi"
        | "ten co quan, don vi"
        | "don vi gui"
        | "co so giao duc nghe nghiep"
        | "don vi, dia phuong"
        | "ten co so tro giup xa hoi"
        | "co quan, to chuc"
        | "ten don vi, dia phuong" => StubRole::Sender,
        "gioi tinh" | "gioi" | "sex" => StubRole::Sex,
        "do tuoi" | "nhom tuoi" | "tuoi" | "lua tuoi" | "age" => StubRole::Age,
        "dan toc" | "thanh phan dan toc" | "ethnicity" => StubRole::Ethnicity,
        "nam" if heading_says_year(&bare) => StubRole::Year,
        "nam bao cao" | "nam so lieu" | "year" => StubRole::Year,
        "quy" | "thang" | "ky" | "ky bao cao" | "thoi ky" | "nam hoc" | "thoi gian" | "period" => {
            StubRole::Period
        }
        "ghi chu" | "nguon" | "nguon so lieu" | "note" | "notes" | "source" | "can cu" | "minh chung"
        | "bang chung" | "can cu, minh chung" | "van ban" | "so van ban" => StubRole::Note,
        _ if is_kinds_only(&bare) => StubRole::Place,
        _ => return None,
    };
    Some(found)
}

/// "Năm" is a year; "Nam" is a sex; without marks ("nam") nobody can tell.
fn heading_says_year(bare: &str) -> bool {
    bare == "năm"
}

/// Whether a text heads the labels of a table.
pub fn is_stub_heading(heading: &str) -> bool {
    // A heading of names may itself be long ("Chỉ tiêu báo cáo"): the leading word tells.
    role_of(heading).is_some_and(|r| !matches!(r, StubRole::Note | StubRole::Ethnicity)) || {
        let plain = text::folded(heading.trim());
        [
            "chi tieu",
            "ten ",
            "noi dung",
            "stt",
            "don vi hanh chinh",
            "co quan",
            "nhom tuoi",
            "dia phuong",
        ]
        .iter()
        .any(|lead| plain.starts_with(lead))
            && plain.chars().count() <= 40
    }
}
