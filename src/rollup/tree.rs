//! The units a report is about, as one tree: the scope, and below it whatever is in force on the day.
//!
//! A figure of another year belongs to a unit of the tree if it was then the same territory under
//! another name or type.

use std::collections::BTreeMap;

use crate::classification::locality::{Register, UnitId};
use crate::period::Day;

/// One unit in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub unit: UnitId,
    pub parent: Option<usize>,
    /// 0 for the scope.
    pub depth: u8,
    pub children: Vec<usize>,
    /// Lowest units at or below it.
    pub leaves: u32,
    /// All nodes at or below it.
    pub size: u32,
    /// Those of them that are units of their own on the day: all but a root that only joins others.
    pub units: u32,
}

/// Parents stand before their children; siblings are in order of their codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    pub nodes: Vec<Node>,
    pub day: Day,
    /// The root only joins others: a group, or a unit that was not there on the day. It has no bodies of its own.
    pub joins: bool,
    index: BTreeMap<UnitId, usize>,
}

impl Tree {
    /// The scope and what lies below it; of a group of units, its members.
    pub fn new(register: &Register, scope: UnitId, day: Day) -> Tree {
        if let Some(members) = register.members(scope, day) {
            return Tree::joined(register, scope, &members.units, day);
        }
        let mut tree = Tree {
            nodes: Vec::new(),
            day,
            joins: false,
            index: BTreeMap::new(),
        };
        tree.grow(register, scope, None, 0);
        tree.counted()
    }

    /// Several units, and what lies below them on the day, under one that need not be in force then:
    /// the territory of a unit at a time when it was made up of others.
    pub fn joined(register: &Register, root: UnitId, tops: &[UnitId], day: Day) -> Tree {
        let mut tree = Tree {
            nodes: vec![Node {
                unit: root,
                parent: None,
                depth: 0,
                children: Vec::new(),
                leaves: 1,
                size: 1,
                units: 1,
            }],
            day,
            joins: register.area(root).is_some() || !register.in_force(root, day) && !tops.is_empty(),
            index: BTreeMap::new(),
        };
        for top in tops {
            tree.grow(register, *top, Some(0), 1);
        }
        tree.counted()
    }

    fn counted(self) -> Tree {
        let mut tree = self;
        for i in (0..tree.nodes.len()).rev() {
            let below = |of: fn(&Node) -> u32| -> u32 {
                tree.nodes[i].children.iter().map(|c| of(&tree.nodes[*c])).sum()
            };
            let (leaves, size) = (below(|n| n.leaves).max(1), below(|n| n.size) + 1);
            let itself = u32::from(i > 0 || !tree.joins);
            let units = below(|n| n.units) + itself;
            tree.nodes[i].leaves = leaves;
            tree.nodes[i].size = size;
            tree.nodes[i].units = units;
        }
        tree.index = tree.nodes.iter().enumerate().map(|(i, n)| (n.unit, i)).collect();
        tree
    }

    /// The register has four levels, so this is never deep; the depth guards against a bad overlay.
    fn grow(&mut self, register: &Register, unit: UnitId, parent: Option<usize>, depth: u8) {
        const DEEPEST: u8 = 8;
        let at = self.nodes.len();
        self.nodes.push(Node {
            unit,
            parent,
            depth,
            children: Vec::new(),
            leaves: 1,
            size: 1,
            units: 1,
        });
        if let Some(parent) = parent {
            self.nodes[parent].children.push(at);
        }
        if depth < DEEPEST {
            for child in register.children(unit, self.day) {
                self.grow(register, child, Some(at), depth + 1);
            }
        }
    }

    pub fn find(&self, unit: UnitId) -> Option<usize> {
        self.index.get(&unit).copied()
    }

    /// Indexes of the nodes that nothing lies below.
    pub fn lowest(&self) -> impl Iterator<Item = usize> + '_ {
        let nodes = self.nodes.iter().enumerate();
        nodes.filter(|(_, n)| n.children.is_empty()).map(|(i, _)| i)
    }

    /// A node and those above it, up to the scope.
    pub fn line(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(node), |at| self.nodes.get(*at)?.parent)
    }

    /// The unit of the tree whose territory a place is, whatever it was called at its time.
    pub fn stands_for(&self, register: &Register, place: UnitId) -> Option<UnitId> {
        if self.index.contains_key(&place) {
            return Some(place);
        }
        register
            .same_on(place, self.day)
            .filter(|unit| self.index.contains_key(unit))
    }
}
