//! What two runs were asked and told that is not the same, in words.

use super::grounds::differing;
use crate::disclosure::Asked;
use crate::intake::sha256;
use crate::lang::Words;
use crate::recall::Record;
use crate::recast::Boundaries;

/// Files named one by one; an update of the program changes many.
const NAMED: usize = 40;

/// The first digits of a digest; empty where there is none.
fn short(digest: Option<&str>) -> String {
    digest.unwrap_or_default().chars().take(12).collect()
}

/// What, before, after.
pub(super) fn settings(before: &Record, after: &Record) -> Vec<(Words, String, String)> {
    let mut told = Vec::new();
    let mut say = |vi: &str, en: &str, a: String, b: String| {
        if a != b {
            told.push((Words::new(vi, en), a, b));
        }
    };
    let of = |r: &Record| {
        let boundaries = match r.asked.boundaries {
            Boundaries::AsReported => format!("{} (as-reported)", r.boundaries_on),
            Boundaries::OfThePeriod | Boundaries::On(_) => r.boundaries_on.to_string(),
        };
        let tenths = r.asked.tolerance_tenths;
        let plan = r.asked.plan.as_ref();
        [
            (
                "Phiên bản chương trình",
                "Program version",
                r.program_version.clone(),
            ),
            (
                "Phiên bản danh mục",
                "Catalogue version",
                r.catalogue_version.clone(),
            ),
            ("Địa bàn", "Locality", r.locality.clone()),
            ("Kỳ", "Period", r.period.code()),
            ("Địa giới", "Boundaries", boundaries),
            ("Chương trình", "Programmes", r.asked.programmes.join(", ")),
            (
                "Kế hoạch",
                "Plan",
                plan.map(|(id, text)| format!("{id} ({})", short(Some(&sha256(text.as_bytes())))))
                    .unwrap_or_default(),
            ),
            (
                "Độ lệch của “khoảng”",
                "Tolerance of “about”",
                format!("{}.{}", tenths / 10, tenths % 10),
            ),
            (
                "Tỷ lệ đơn vị tối thiểu (%)",
                "Least coverage (%)",
                gates(&r.asked),
            ),
        ]
    };
    for ((vi, en, a), (_, _, b)) in of(before).into_iter().zip(of(after)) {
        say(vi, en, a, b);
    }
    let variant = |r: &Record, id: &str| {
        let mut all = r.asked.variants.iter();
        all.find(|(i, _)| i == id)
            .map(|(_, v)| v.clone())
            .unwrap_or_default()
    };
    let mut ids: Vec<&String> = [before, after]
        .iter()
        .flat_map(|r| r.asked.variants.iter().map(|(id, _)| id))
        .collect();
    ids.sort();
    ids.dedup();
    for id in ids {
        say(
            &format!("Cách tính chỉ tiêu {id}"),
            &format!("Variant of indicator {id}"),
            variant(before, id),
            variant(after, id),
        );
    }
    for (path, a, b) in differing(&before.definitions, &after.definitions)
        .into_iter()
        .take(NAMED)
    {
        say(
            &format!("Danh mục {path}"),
            &format!("Catalogue {path}"),
            short(a),
            short(b),
        );
    }
    told
}

/// `50`, `50; 3.2a: 80`.
fn gates(asked: &Asked) -> String {
    let own = asked
        .coverage_of
        .iter()
        .map(|(id, percent)| format!("; {id}: {percent}"));
    format!("{}{}", asked.minimum_coverage_percent, own.collect::<String>())
}
