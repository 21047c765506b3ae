//! `[[label]]`: what labels mean.

use super::{declared, meaning};
use crate::classification::MeasureId;
use crate::definition::Names;
use crate::definition::reader::Table;
use crate::intake::form::declared::says_no;
use crate::intake::form::{Axis, LabelRule};
use crate::lang::Words;

/// The labels of a table; `default` is the measure of a label that names none.
pub(super) fn read(t: &Table, names: Names, default: Option<MeasureId>) -> Vec<LabelRule> {
    let label = |t: &Table| label(t, names, default);
    let mut rules: Vec<LabelRule> = t.tables("label").iter().map(label).collect();
    // What the layout itself says with a "not" is known on all its labels.
    let texts = rules.iter().flat_map(|rule| &rule.text);
    let noes: Vec<String> = texts.map(|t| t.text.clone()).filter(|t| says_no(t)).collect();
    for rule in &mut rules {
        rule.named.extend(noes.iter().cloned());
    }
    rules
}

fn label(t: &Table, names: Names, default: Option<MeasureId>) -> LabelRule {
    let outside = t.flag("outside", false);
    let meaning = meaning::read(t, names, default);
    let rule = LabelRule {
        text: declared(t.texts("text")),
        under: declared(t.texts("under")),
        number: t.text_if("number").map(|n| n.value),
        code: t.text_if("code").map(|c| c.value),
        axis: t.word_if("axis").map_or(Axis::Any, |a| a.value),
        named: named(names, &meaning.measures),
        meaning,
        ignore: t.flag("ignore", false) | outside,
        outside,
        heading: t.flag("heading", false),
    };
    t.finish();
    if rule.text.is_empty() && rule.number.is_none() && rule.code.is_none() {
        let message = Words::new(
            "nhãn cần text, number hoặc code",
            "a label needs text, number or code",
        );
        t.fault_here("", message);
    }
    rule
}

/// All names of some measures.
pub(super) fn named(names: Names, measures: &[MeasureId]) -> Vec<String> {
    let of = |id: &MeasureId| {
        let measure = names.measures.get(*id);
        std::iter::once(measure.name.vi.clone()).chain(measure.synonyms.iter().cloned())
    };
    measures.iter().flat_map(of).collect()
}
