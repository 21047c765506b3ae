//! Units as sheets write them: "người", "vụ", "nghìn người", "ĐVT: Học sinh".
//!
//! In:  text of a unit column, of a bracket, or of a line "Đơn vị tính: …". Out: what is counted and the factor.
//! Leaves to others: whether it fits the measure (`settle`).

use crate::quantity::Unit;
use crate::text;

/// A unit that a sheet names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// None: a word that fits any count ("trường hợp", "lượt").
    pub unit: Option<Unit>,
    /// 1000 for "nghìn người".
    pub factor: i64,
    /// "%": the figures are rates.
    pub percent: bool,
}

/// Reads a unit; none if the text is not one.
pub fn known(text: &str) -> Option<Named> {
    let plain = text::folded(text);
    let mut rest = plain
        .trim_matches(|c: char| c == '(' || c == ')' || c == ':' || c == '.' || c == ' ')
        .to_owned();
    for lead in ["don vi tinh", "dvt", "don vi", "unit"] {
        if let Some(after) = rest.strip_prefix(lead) {
            rest = after.trim_start_matches([':', ' ', '-']).to_owned();
            break;
        }
    }
    let mut factor = 1;
    for (lead, times) in [
        ("nghin ", 1000),
        ("ngan ", 1000),
        ("1.000 ", 1000),
        ("1000 ", 1000),
        ("trieu ", 1_000_000),
    ] {
        if let Some(after) = rest.strip_prefix(lead) {
            factor = times;
            rest = after.trim().to_owned();
        }
    }
    let named = |unit| Named {
        unit,
        factor,
        percent: false,
    };
    let unit = match rest.as_str() {
        "nguoi" | "hoc sinh" | "hs" | "tre em" | "em" | "nan nhan" | "person" | "persons" | "phu nu"
        | "hoc vien" | "sinh vien" | "doi tuong" | "san phu" | "ba me" | "pupil" | "pupils" | "lao dong"
        | "cong dan" => Unit::Persons,
        "tre" | "chau" | "births" | "tre so sinh" => Unit::Births,
        "vu" | "vu viec" | "cases" | "cuoc" => Unit::Cases,
        "ho" | "gia dinh" | "ho gia dinh" | "households" => Unit::Households,
        "co quan" | "don vi" => Unit::Agencies,
        "to chuc" => Unit::Organisations,
        "doanh nghiep" | "dn" | "htx" | "hop tac xa" | "doanh nghiep, hop tac xa" | "dn, htx" => {
            Unit::Enterprises
        }
        "co so" => Unit::Facilities,
        "co so dao tao" | "truong" => Unit::Institutions,
        "dai" => Unit::Stations,
        "thon, to dan pho" | "thon, ban" => Unit::Villages,
        "van ban" | "huong uoc" | "quy uoc" | "ban huong uoc" => Unit::Documents,
        "chuong trinh" => Unit::Programmes,
        "tin" | "bai" | "tin, bai" | "tin bai" | "tin/bai" => Unit::NewsItems,
        "gio" | "gio/tuan" | "hours" | "gio trong tuan" | "gio/nguoi/tuan" => Unit::Hours,
        "co/khong" | "co, khong" => Unit::YesNo,
        "%" | "phan tram" | "ty le %" => {
            return Some(Named {
                unit: None,
                factor: 1,
                percent: true,
            });
        }
        "truong hop" | "ca" | "so" | "so luong" | "luot" => return Some(named(None)),
        _ => return None,
    };
    Some(named(Some(unit)))
}

/// The unit in a line "Đơn vị tính: nghìn người" or in a title "(ĐVT: Người)".
pub fn in_line(line: &str) -> Option<Named> {
    let plain = text::key(line);
    let at = ["đơn vị tính", "đvt", "don vi tinh", "unit:"]
        .iter()
        .filter_map(|w| plain.find(w).map(|at| at + w.len()))
        .min()?;
    let after = plain[at..].trim_start_matches([':', ' ', '-', '.']);
    let end = after.find([')', ';', '|']).unwrap_or(after.len());
    // Bilingual: "Học sinh - Unit: Pupil".
    let first = after[..end].split(" - ").next().unwrap_or_default();
    known(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_factors() {
        let unit = |t| known(t).map(|n| (n.unit, n.factor));
        assert_eq!(unit("Người"), Some((Some(Unit::Persons), 1)));
        assert_eq!(unit("Nghìn người"), Some((Some(Unit::Persons), 1000)));
        assert_eq!(unit("(vụ)"), Some((Some(Unit::Cases), 1)));
        assert_eq!(unit("xã Lâm Sơn"), None);
        assert_eq!(
            in_line("ĐVT: Học sinh - Unit: Pupil").and_then(|n| n.unit),
            Some(Unit::Persons)
        );
        assert!(in_line("Đơn vị báo cáo: xã A").is_none());
    }
}
