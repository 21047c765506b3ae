//! The records of which an xls is made, each joined with those that continue it.
//!
//! Law: [MS-XLS] 2.1.4, 2.3.2.

use super::binary::u16_at;
use super::xls_strings::Segments;

/// A record, with the records that continue it.
pub(super) struct Record<'s> {
    pub(super) kind: u16,
    parts: Vec<&'s [u8]>,
}

impl<'s> Record<'s> {
    pub(super) fn first(&self) -> &'s [u8] {
        self.parts.first().copied().unwrap_or(&[])
    }

    pub(super) fn segments(&self, from: usize) -> Segments<'_, 's> {
        Segments::new(&self.parts, from)
    }
}

pub(super) struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> Records<'s> {
    pub(super) fn from(stream: &'s [u8], at: usize) -> Self {
        Records { stream, at }
    }

    fn one(&mut self) -> Option<(u16, &'s [u8])> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at.checked_add(2)?)?);
        let start = self.at.checked_add(4)?;
        let data = self.stream.get(start..start.checked_add(length)?)?;
        self.at = start + length;
        Some((kind, data))
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let (kind, data) = self.one()?;
        let mut parts = vec![data];
        while u16_at(self.stream, self.at) == Some(CONTINUE) {
            match self.one() {
                Some((_, more)) => parts.push(more),
                None => break,
            }
        }
        Some(Record { kind, parts })
    }
}

pub(super) const FORMULA: u16 = 0x0006;
pub(super) const EOF: u16 = 0x000A;
pub(super) const DATE_MODE: u16 = 0x0022;
pub(super) const FILE_PASS: u16 = 0x002F;
pub(super) const FONT: u16 = 0x0031;
pub(super) const CONTINUE: u16 = 0x003C;
pub(super) const CODE_PAGE: u16 = 0x0042;
pub(super) const COLUMNS: u16 = 0x007D;
pub(super) const BOUND_SHEET: u16 = 0x0085;
pub(super) const MUL_RK: u16 = 0x00BD;
pub(super) const RICH_LABEL: u16 = 0x00D6;
pub(super) const XF: u16 = 0x00E0;
pub(super) const MERGE_CELLS: u16 = 0x00E5;
pub(super) const SST: u16 = 0x00FC;
pub(super) const LABEL_SST: u16 = 0x00FD;
pub(super) const NUMBER: u16 = 0x0203;
pub(super) const LABEL: u16 = 0x0204;
pub(super) const BOOL_ERR: u16 = 0x0205;
pub(super) const STRING: u16 = 0x0207;
pub(super) const ROW: u16 = 0x0208;
pub(super) const RK: u16 = 0x027E;
pub(super) const FORMAT: u16 = 0x041E;
pub(super) const BOF: u16 = 0x0809;
