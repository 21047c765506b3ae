//! What of a run belongs to each unit of the scope: put in order once, so that thousands of workbooks do not
//! each look through everything.
//!
//! Holds: units below one another stand side by side in the tree, so a unit and all below it are one stretch
//!        of nodes, and all that belongs to them one stretch of a list that is in the order of nodes.

use std::collections::BTreeMap;

use super::{Computed, Request};
use crate::origin::Sources;
use crate::problem::Problem;

/// Indices of figures, verdicts, facts and problems by what they belong to.
#[derive(Debug, Default)]
pub(super) struct Belonging {
    figures: InNodes,
    targets: InNodes,
    facts: InNodes,
    /// Facts of units of another time, by frame and node of it.
    moved: BTreeMap<(usize, usize), Vec<usize>>,
    /// Further verdicts by figure.
    further: BTreeMap<usize, Vec<usize>>,
    problems: BTreeMap<String, Vec<usize>>,
}

impl Belonging {
    pub fn new(request: &Request, computed: &Computed) -> Belonging {
        let (tree, register) = (&computed.tree, &request.catalogue.localities);
        let facts = computed.checked.facts();
        let mut moved: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (i, fact) in facts.iter().enumerate() {
            let at = computed.recast.frame_of(fact).and_then(|index| {
                let frame = computed.recast.frames.get(index)?;
                let node = frame.tree.find(frame.tree.stands_for(register, fact.place)?)?;
                Some((index, node))
            });
            if let Some(at) = at {
                moved.entry(at).or_default().push(i);
            }
        }
        let mut further: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (i, verdict) in computed.further.iter().enumerate() {
            further.entry(verdict.figure).or_default().push(i);
        }
        let mut problems: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, problem) in computed.intake.problems.iter().enumerate() {
            if let Some(file) = &problem.place.file {
                problems.entry(file.clone()).or_default().push(i);
            }
        }
        Belonging {
            figures: InNodes::new(computed.figures.iter().map(|f| tree.find(f.place))),
            targets: InNodes::new(computed.targets.iter().map(|t| tree.find(t.place))),
            facts: InNodes::new(
                facts
                    .iter()
                    .map(|f| tree.find(tree.stands_for(register, f.place)?)),
            ),
            moved,
            further,
            problems,
        }
    }

    /// Indices of the figures of a node and all below it, ascending.
    pub fn figures(&self, computed: &Computed, node: usize) -> Vec<usize> {
        self.figures.below(computed, node)
    }

    /// Indices of the further verdicts on some figures, ascending.
    pub fn further(&self, figures: &[usize]) -> Vec<usize> {
        let found = figures.iter().filter_map(|f| self.further.get(f));
        in_order(found.flatten().copied().collect())
    }

    /// Indices of what is said of the targets of a node and all below it, ascending.
    pub fn targets(&self, computed: &Computed, node: usize) -> Vec<usize> {
        self.targets.below(computed, node)
    }

    /// Indices of the facts of a node and all below it, also of what was there at other times; ascending.
    pub fn facts(&self, computed: &Computed, node: usize) -> Vec<usize> {
        let mut found = self.facts.below(computed, node);
        for (index, frame) in computed.recast.frames.iter().enumerate() {
            let moved = frame.touching(node).iter();
            found.extend(moved.filter_map(|at| self.moved.get(&(index, *at))).flatten());
        }
        in_order(found)
    }

    /// The problems of these files and sheets.
    pub fn problems(&self, all: &[Problem], sources: &Sources) -> Vec<Problem> {
        let mut sheets: Vec<(&str, &str)> = sources
            .sheets
            .iter()
            .map(|s| (sources.file(s.file).name.as_str(), s.name.as_str()))
            .collect();
        sheets.sort_unstable();
        let concerns = |p: &&Problem| match (&p.place.file, &p.place.sheet) {
            (Some(file), Some(sheet)) => sheets.binary_search(&(file.as_str(), sheet.as_str())).is_ok(),
            (file, _) => file.is_some(),
        };
        let files = sources.files.iter();
        let of_files = files
            .filter_map(|f| self.problems.get(&f.name))
            .flatten()
            .copied();
        let found = in_order(of_files.collect())
            .into_iter()
            .filter_map(|i| all.get(i));
        found.filter(concerns).cloned().collect()
    }
}

/// Indices in the order of the nodes they belong to.
#[derive(Debug, Default)]
struct InNodes(Vec<(usize, usize)>);

impl InNodes {
    fn new(nodes: impl Iterator<Item = Option<usize>>) -> InNodes {
        let known = nodes.enumerate().filter_map(|(i, node)| Some((node?, i)));
        let mut all: Vec<(usize, usize)> = known.collect();
        all.sort_unstable();
        InNodes(all)
    }

    fn below(&self, computed: &Computed, node: usize) -> Vec<usize> {
        let size = computed.tree.nodes.get(node).map_or(0, |n| n.size as usize);
        let at = |node: usize| self.0.partition_point(|(n, _)| *n < node);
        let found = self.0.get(at(node)..at(node + size)).unwrap_or_default();
        in_order(found.iter().map(|(_, i)| *i).collect())
    }
}

/// Ascending, each once.
fn in_order(mut indices: Vec<usize>) -> Vec<usize> {
    indices.sort_unstable();
    indices.dedup();
    indices
}
