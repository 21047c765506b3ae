//! A judgement while units are missing: what would become of it if they reported, whatever they report.

use super::Judgement;
use super::ends::Ends;
use crate::definition::target::Target;
use crate::definition::{Catalogue, Direction};
use crate::evaluate::{Figure, Lacking, Missing, Unbounded};
use crate::lang::{Lang, Words};
use crate::rollup::Coverage;

/// What becomes of a judgement when the units that are missing report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfAll {
    /// The same, whatever they report.
    Same,
    /// This one, whatever they report: what is known of them already outweighs the figure of the others.
    Becomes(Judgement),
    /// It depends on what they report.
    Open,
    /// Nobody can tell.
    Unknown,
}

impl IfAll {
    /// Stable code for tidy data.
    pub fn code(self) -> &'static str {
        match self {
            IfAll::Same => "same",
            IfAll::Becomes(_) => "becomes-other",
            IfAll::Open => "depends",
            IfAll::Unknown => "unknown",
        }
    }
}

/// None if no unit is missing.
pub(super) fn if_all(
    figure: &Figure,
    judgement: Judgement,
    (target, direction, tolerance_tenths): (&Target, Direction, i64),
) -> Option<IfAll> {
    let missing = figure.missing?;
    let between = match missing.between {
        Ok(between) => between,
        Err(Unbounded::Nothing) if judgement == Judgement::NotOccurred => return Some(IfAll::Same),
        Err(_) => return Some(IfAll::Unknown),
    };
    let whole = Ends::between(between, false).judged(target, direction, tolerance_tenths);
    Some(match whole {
        Some(whole) if whole == judgement => IfAll::Same,
        Some(whole) => IfAll::Becomes(whole),
        None => IfAll::Open,
    })
}

/// The sentence for it: `kết quả đánh giá không đổi dù 3 đơn vị còn thiếu báo cáo thế nào`.
pub(super) fn remark(
    missing: &Missing,
    coverage: Coverage,
    if_all: IfAll,
    catalogue: &Catalogue,
) -> Option<Words> {
    let said = match if_all {
        IfAll::Unknown => return unbounded(missing, catalogue),
        _ => if_all,
    };
    let (vi, en) = units(missing, coverage);
    let sentence = match said {
        IfAll::Same => Words::new(
            format!("kết quả đánh giá không đổi dù {vi} báo cáo thế nào"),
            format!("the judgement stays the same whatever {en} may report"),
        ),
        IfAll::Becomes(judgement) => Words::new(
            format!(
                "khi đủ báo cáo, kết quả đánh giá sẽ là “{}” dù {vi} báo cáo thế nào",
                judgement.words(Lang::Vi)
            ),
            format!(
                "once all have reported the judgement will be “{}” whatever {en} may report",
                judgement.words(Lang::En)
            ),
        ),
        IfAll::Open | IfAll::Unknown => Words::new(
            format!("kết quả đánh giá có thể đổi khi {vi} báo cáo"),
            format!("the judgement may change when {en} report"),
        ),
    };
    let resting = missing.history.filter(|_| said != IfAll::Open);
    let Some(assumed) = resting.and_then(|_| assumption(catalogue)) else {
        return Some(sentence);
    };
    Some(Words::new(
        format!("{}, với điều kiện {}", sentence.vi, assumed.vi),
        format!("{}, provided that {}", sentence.en, assumed.en),
    ))
}

/// `3 đơn vị còn thiếu`.
fn units(missing: &Missing, coverage: Coverage) -> (String, String) {
    let (n, spoilt) = (missing.units, coverage.contradicted);
    let noun = if n == 1 { "unit" } else { "units" };
    match spoilt {
        0 => (
            format!("{n} đơn vị còn thiếu"),
            format!("the {n} {noun} still missing"),
        ),
        _ if spoilt >= n => (
            format!("{n} đơn vị có số liệu mâu thuẫn"),
            format!("the {n} {noun} with contradictory figures"),
        ),
        _ => (
            format!("{n} đơn vị còn thiếu hoặc có số liệu mâu thuẫn"),
            format!("the {n} {noun} missing or with contradictory figures"),
        ),
    }
}

/// What is assumed where the bounds rest on earlier reports; none if the settings take none as a cap.
pub fn assumption(catalogue: &Catalogue) -> Option<Words> {
    let settings = &catalogue.settings;
    let (percent, least) = (settings.missing_history_percent, settings.missing_history_least);
    (percent > 0).then(|| {
        Words::new(
            format!("số chưa báo cáo chênh không quá {percent} % (hoặc {least}) so với lần báo cáo gần nhất của chính đơn vị đó"),
            format!("counts not reported differ by no more than {percent} % (or {least}) from the unit's own last report"),
        )
    })
}

/// Why there are no bounds; none if there are.
pub fn unbounded(missing: &Missing, catalogue: &Catalogue) -> Option<Words> {
    let why = match missing.between {
        Ok(_) => return None,
        Err(Unbounded::Unknown(lacking)) => return Some(unknown(&lacking, catalogue)),
        Err(Unbounded::Nothing) => Words::new("không nơi nào phát sinh", "nothing occurred anywhere"),
        Err(Unbounded::Inconsistent) => Words::new(
            "các báo cáo không khớp nhau",
            "what is known of the units does not fit together",
        ),
        Err(Unbounded::Recast) => Words::new(
            "số liệu của kỳ có địa giới khác",
            "the figures of the period stand on other boundaries",
        ),
    };
    Some(Words::new(
        format!("không xác định được khoảng khi đủ báo cáo: {}", why.vi),
        format!("no bounds for when all have reported: {}", why.en),
    ))
}

/// `không xác định được khoảng: chưa biết mẫu số của xã Lâm Sơn, xã Ma Nới`.
fn unknown(lacking: &Lacking, catalogue: &Catalogue) -> Words {
    let side = match (lacking.numerator, lacking.denominator) {
        (true, true) => Words::new("tử số, mẫu số", "the numerator or denominator"),
        (true, false) => Words::new("tử số", "the numerator"),
        (false, _) => Words::new("mẫu số", "the denominator"),
    };
    let named: Vec<_> = lacking.first.iter().flatten().collect();
    let more = usize::try_from(lacking.units).map_or(0, |n| n.saturating_sub(named.len()));
    let listed = |lang: Lang| {
        let names = named.iter().map(|u| catalogue.localities.unit(**u).name_in(lang));
        let names = names.collect::<Vec<_>>().join(", ");
        match more {
            0 => names,
            n => format!(
                "{names}{}",
                lang.pick(format!(" và {n} đơn vị khác"), format!(" and {n} more"))
            ),
        }
    };
    Words::new(
        format!(
            "không xác định được khoảng khi đủ báo cáo: chưa biết {} của {}",
            side.vi,
            listed(Lang::Vi)
        ),
        format!(
            "no bounds for when all have reported: {} of {} is not known",
            side.en,
            listed(Lang::En)
        ),
    )
}

/// Of a place where nothing occurred so far: what the units that are missing may add.
pub(super) fn nothing_so_far(figure: &Figure, remarks: &mut Vec<Words>) -> Option<IfAll> {
    let missing = figure.missing.as_ref()?;
    let (vi, en) = units(missing, figure.coverage);
    let (said, if_all) = match missing.between {
        Err(Unbounded::Nothing) => (
            Words::new(
                format!("vẫn không phát sinh dù {vi} báo cáo thế nào"),
                format!("still nothing occurred, whatever {en} may report"),
            ),
            IfAll::Same,
        ),
        _ => (
            Words::new(
                format!("chỉ là ở nơi đã báo cáo, có thể đổi khi {vi} báo cáo"),
                format!("only where it was reported, may change when {en} report"),
            ),
            IfAll::Open,
        ),
    };
    remarks.push(said);
    Some(if_all)
}
