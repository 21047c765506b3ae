//! Adds facts up the hierarchy. (Types first; the sums follow.)

/// Who reported, of whom. Counted in units of the lowest level below the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Coverage {
    pub reported: u32,
    pub expected: u32,
}

impl Coverage {
    pub fn is_full(self) -> bool {
        self.reported >= self.expected
    }
}

/// How a value of a place came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Reported for the place itself.
    Reported,
    /// Summed from the units below it.
    Summed,
}
