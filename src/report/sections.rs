//! The chosen programmes, objective by objective: how sheets that show every indicator are ordered.

use crate::definition::programmes::{Programme, ProgrammeId, ProgrammeTarget};
use crate::definition::{Indicator, IndicatorId, Objective};
use crate::disclosure::Judged;
use crate::report::view::View;

/// One objective of one programme.
pub(super) struct Section<'a> {
    pub programme: ProgrammeId,
    pub declared: &'a Programme,
    pub objective: &'a Objective,
}

impl<'a> View<'a> {
    /// Those that have an indicator.
    pub fn sections(&self) -> Vec<Section<'a>> {
        let mut sections = Vec::new();
        for (programme, declared) in self.catalogue.judging() {
            for objective in &declared.objectives {
                let section = Section {
                    programme,
                    declared,
                    objective,
                };
                if !section.indicators(self).is_empty() {
                    sections.push(section);
                }
            }
        }
        sections
    }

    /// Whether the figures are judged by more than one programme.
    pub fn has_programmes(&self) -> bool {
        self.catalogue.chosen.len() > 1
    }

    /// The figure of the scope for everybody, judged by a programme.
    pub fn judged_by(&self, programme: ProgrammeId, id: IndicatorId) -> Option<&'a Judged> {
        if self.catalogue.judge_of(id) == programme {
            return self.main_figure(id);
        }
        let further = self.content.further.iter().filter(|(p, _)| *p == programme);
        let mut of_scope = further.map(|(_, judged)| judged).filter(|judged| {
            let f = &judged.figure;
            (f.indicator, f.place, f.period) == (id, self.scope(), self.period())
        });
        of_scope.next()
    }
}

impl<'a> Section<'a> {
    /// Its targets, in the order of the act.
    pub fn targets(&self) -> impl Iterator<Item = &'a ProgrammeTarget> {
        let number = self.objective.number;
        self.declared
            .targets
            .iter()
            .filter(move |t| t.objective == number)
    }

    /// Indicators shown beside its targets.
    pub fn beside(&self, view: &View<'a>) -> Vec<(IndicatorId, &'a Indicator)> {
        let number = self.objective.number;
        let beside = self.declared.beside.iter().filter(|(o, _)| *o == number);
        let mut found: Vec<_> = beside.filter_map(|(_, id)| view.indicator_named(id)).collect();
        found.sort_by_key(|(id, _)| *id);
        found
    }

    /// All its indicators, those of targets first, each once.
    pub fn indicators(&self, view: &View<'a>) -> Vec<(IndicatorId, &'a Indicator)> {
        let mut found = Vec::new();
        for target in self.targets() {
            for (id, indicator) in target.parts.iter().filter_map(|p| view.indicator_named(p)) {
                if found.iter().all(|(known, _)| *known != id) {
                    found.push((id, indicator));
                }
            }
        }
        found.extend(self.beside(view));
        found
    }

    /// `Mục tiêu 3. Trong đời sống gia đình …`; with the programme where there are several.
    pub fn title(&self, view: &View<'_>) -> String {
        let programme = match view.has_programmes() {
            true => format!("{} - ", self.declared.short.get(view.lang)),
            false => String::new(),
        };
        format!(
            "{programme}{} {}. {}",
            view.say("Mục tiêu", "Objective"),
            self.objective.number,
            self.objective.name.get(view.lang)
        )
    }
}
