//! Figures that were brought onto the units of the report from those of another time, by period.

use std::collections::BTreeMap;

use super::{QualityLine, line};
use crate::evaluate::Question;
use crate::fact::Fact;
use crate::lang::Lang;
use crate::period::{Day, Period};

pub(super) fn lines(question: &Question<'_>, facts: &[Fact]) -> Vec<QualityLine> {
    let Some(recast) = question.recast else {
        return Vec::new();
    };
    let mut counts: BTreeMap<(Period, Day), usize> = BTreeMap::new();
    for fact in facts {
        let frame = recast.frame_of(fact).and_then(|f| recast.frames.get(f));
        if let Some(frame) = frame {
            *counts.entry((fact.period, frame.tree.day)).or_default() += 1;
        }
    }
    let base = question.tree.day;
    let twice = recast.left_out(question.tree, &question.catalogue.measures);
    let twice = twice.into_iter().map(|(period, count)| {
        let (vi, en) = (period.words(Lang::Vi), period.words(Lang::En));
        line(
            ("Quy đổi địa giới", "Recast boundaries"),
            (
                format!(
                    "{vi}: {count} số liệu không cộng, vì địa bàn ấy đã có số liệu theo đơn vị của ngày khác"
                ),
                format!(
                    "{en}: {count} figures not added: their territory has figures on the units of another day"
                ),
            ),
        )
    });
    counts
        .into_iter()
        .map(|((period, day), count)| {
            let (vi, en) = (period.words(Lang::Vi), period.words(Lang::En));
            line(
                ("Quy đổi địa giới", "Recast boundaries"),
                (
                    format!("{vi}: {count} số liệu theo đơn vị ngày {day}, xét theo địa giới ngày {base}"),
                    format!("{en}: {count} figures on the units of {day}, seen on the boundaries of {base}"),
                ),
            )
        })
        .chain(twice)
        .collect()
}
