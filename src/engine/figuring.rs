//! From checked facts to figures: what a run and the comparison of two runs share.

use super::{Failure, scope};
use crate::check::CheckedFacts;
use crate::definition::Catalogue;
use crate::evaluate::{Figure, Question, evaluate};
use crate::origin::Sources;
use crate::period::Period;
use crate::problem::Problem;
use crate::recast::{self, Boundaries, Recast};
use crate::rollup::Tree;

/// By what, for where and when figures are computed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'a> {
    pub catalogue: &'a Catalogue,
    pub variants: &'a [u8],
    pub tree: &'a Tree,
    pub boundaries: Boundaries,
    pub period: Period,
}

/// Figures and the sums they were made of.
pub(super) struct Figured {
    pub recast: Recast,
    /// Those for which there is something to say, the one reported on last.
    pub periods: Vec<Period>,
    pub figures: Vec<Figure>,
    /// Those of the sums.
    pub problems: Vec<Problem>,
}

impl<'a> Ground<'a> {
    /// The question that these figures answer.
    pub fn question(&self, recast: &'a Recast, periods: &'a [Period]) -> Question<'a> {
        Question {
            catalogue: self.catalogue,
            tree: self.tree,
            rolled: &recast.base,
            periods,
            variants: self.variants,
            recast: (!recast.frames.is_empty()).then_some(recast),
        }
    }
}

/// Sums and evaluates.
pub(super) fn figured(
    ground: &Ground<'_>,
    checked: &CheckedFacts,
    sources: &Sources,
) -> Result<Figured, Failure> {
    let Ground {
        catalogue,
        tree,
        boundaries,
        period,
        ..
    } = *ground;
    let (recast, problems) =
        recast::recast(checked, tree, boundaries, catalogue, sources).map_err(Failure::internal)?;
    let asked = scope::periods(&recast, period);
    let figures = evaluate(&ground.question(&recast, &asked));
    let periods = scope::with_values(&figures, &asked, period);
    let figures = figures.into_iter();
    Ok(Figured {
        figures: figures.filter(|f| periods.contains(&f.period)).collect(),
        recast,
        periods,
        problems,
    })
}
