//! Names of what a figure is about, in both languages, for problems and tables.

use super::reader::Source;
use super::{Catalogue, DefinitionFile};
use crate::classification::{Breakdown, Dimension, MeasureId};
use crate::lang::{Lang, Words};

impl Catalogue {
    /// Id and name of each declared form; `intake` proves the rest of them.
    pub fn form_names(&self) -> Vec<(String, Words)> {
        let named = |file: &DefinitionFile| {
            let source = Source::new(&file.path, &file.text);
            let (id, name) = source.read(&mut Vec::new(), |t| (t.text_if("id"), t.words_if("name")));
            Some((id?.value, name?))
        };
        self.forms.iter().filter_map(named).collect()
    }

    /// `Nạn nhân bạo lực gia đình (nữ, dân tộc thiểu số)`.
    pub fn series_name(&self, measure: MeasureId, breakdown: Breakdown) -> Words {
        let name = &self.measures.get(measure).name;
        let group = self.group_name(breakdown);
        if group.vi.is_empty() {
            return name.clone();
        }
        Words::new(
            format!("{} ({})", name.vi, group.vi),
            format!("{} ({})", name.en, group.en),
        )
    }

    /// `nữ, dân tộc thiểu số`; empty when nothing is split.
    pub fn group_name(&self, breakdown: Breakdown) -> Words {
        let in_lang = |lang: Lang| {
            let parts: Vec<String> = Dimension::ALL
                .into_iter()
                .map(|d| breakdown.get(d))
                .filter(|c| !c.is_all())
                .map(|c| lower_first(self.lists.category(c).name.get(lang)))
                .collect();
            parts.join(", ")
        };
        Words::new(in_lang(Lang::Vi), in_lang(Lang::En))
    }

    /// Names of measures, each once, in the order given.
    pub fn measure_names(&self, measures: impl IntoIterator<Item = MeasureId>) -> Words {
        let mut seen = Vec::new();
        for id in measures {
            if !seen.contains(&id) {
                seen.push(id);
            }
        }
        let join = |lang| {
            let names: Vec<&str> = seen
                .iter()
                .map(|id| self.measures.get(*id).name.get(lang))
                .collect();
            names.join("; ")
        };
        Words::new(join(Lang::Vi), join(Lang::En))
    }
}

/// Lowers the first letter unless the word is an abbreviation or a proper name of one letter case.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}
