//! Which of the declared programmes a run is judged by.

use std::sync::Arc;

use super::fault::not_known;
use super::programmes::{Programme, ProgrammeId};
use super::target::Target;
use super::{Catalogue, Indicator, IndicatorId};
use crate::lang::Words;

/// The indicators and targets of all programmes.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    pub indicators: Vec<Indicator>,
    pub targets: Vec<Target>,
}

impl Catalogue {
    /// Keeps the indicators and targets of the leading programme: the state after loading.
    pub fn choose_leading(&mut self) {
        self.take(vec![ProgrammeId::LEADING]);
    }

    /// Keeps the indicators and targets of these programmes, in this order. `Err`: one of them is not declared.
    pub fn choose(&mut self, ids: &[String]) -> Result<(), Words> {
        let mut chosen = Vec::new();
        for id in ids {
            let Some(at) = self.programmes.iter().position(|p| p.id == *id) else {
                let kind = Words::new("mã chương trình", "the id of a programme");
                let known = self.programmes.iter().map(|p| p.id.as_str());
                return Err(not_known(id, &kind, known));
            };
            let at = ProgrammeId(at as u16);
            if !chosen.contains(&at) {
                chosen.push(at);
            }
        }
        if !chosen.is_empty() {
            self.take(chosen);
        }
        Ok(())
    }

    /// Everything that is declared: for lists and explanations, and for proving it.
    pub fn choose_all(&mut self) {
        self.take(
            (0..self.programmes.len())
                .map(|i| ProgrammeId(i as u16))
                .collect(),
        );
        self.indicators.clone_from(&self.whole.indicators);
    }

    /// Adds a programme that no file of the catalogue declares, and its rows; one of the same id is replaced.
    /// It judges a run only once it is chosen.
    pub fn add_programme(&mut self, programme: Programme, rows: impl IntoIterator<Item = Target>) {
        let known = self.programmes.iter().position(|p| p.id == programme.id);
        let at = known.unwrap_or(self.programmes.len());
        match self.programmes.get_mut(at) {
            Some(same) => *same = programme,
            None => self.programmes.push(programme),
        }
        let id = ProgrammeId(at as u16);
        let whole = Arc::make_mut(&mut self.whole);
        whole.targets.retain(|t| t.programme != id);
        whole
            .targets
            .extend(rows.into_iter().map(|row| Target { programme: id, ..row }));
    }

    /// Ids of the indicators of all programmes.
    pub fn indicator_ids(&self) -> Vec<&str> {
        self.whole.indicators.iter().map(|i| i.id.as_str()).collect()
    }

    fn take(&mut self, chosen: Vec<ProgrammeId>) {
        self.chosen = chosen;
        let has = |i: &&Indicator| self.judging().any(|(_, p)| p.indicators().any(|id| id == i.id));
        let indicators = self.whole.indicators.iter().filter(has).cloned().collect();
        let ours = |t: &&Target| self.chosen.contains(&t.programme);
        self.targets = self.whole.targets.iter().filter(ours).cloned().collect();
        self.indicators = indicators;
    }

    /// The chosen programmes, in the order asked for.
    pub fn judging(&self) -> impl Iterator<Item = (ProgrammeId, &Programme)> {
        let chosen = self.chosen.iter();
        chosen.filter_map(|id| Some((*id, self.programmes.get(usize::from(id.0))?)))
    }

    pub fn programme(&self, id: ProgrammeId) -> Option<&Programme> {
        self.programmes.get(usize::from(id.0))
    }

    /// The first of the chosen programmes.
    pub fn first_programme(&self) -> Option<&Programme> {
        self.judging().next().map(|(_, p)| p)
    }

    /// The programme by which an indicator is judged first: of those chosen, the first that names it.
    pub fn judge_of(&self, indicator: IndicatorId) -> ProgrammeId {
        let id = self.indicators.get(usize::from(indicator.0)).map(|i| &i.id);
        let names = |p: &Programme| id.is_some_and(|id| p.indicators().any(|known| known == id));
        let mut all = self.judging();
        let found = all.find(|(_, p)| names(p)).map(|(id, _)| id);
        found.unwrap_or_else(|| self.chosen.first().copied().unwrap_or(ProgrammeId::LEADING))
    }

    /// The index of an indicator among those of the chosen programmes.
    pub fn indicator_named(&self, id: &str) -> Option<IndicatorId> {
        let at = self.indicators.iter().position(|i| i.id == id)?;
        u16::try_from(at).ok().map(IndicatorId)
    }
}
