//! What one file gave, as bytes: numbers of varying length, texts once for each sheet.
//!
//! Holds: what is written is read back the same; anything else is refused, not guessed.

use crate::fact::{Moment, Senders, Series};
use crate::intake::grid::KINDS;
use crate::intake::{FileReading, SheetFact, SheetFigures};
use crate::lang::Words;
use crate::origin::{Account, CellAddress, Reason};
use crate::problem::{Kind, Place, Problem};

/// Of a reading: everything but name, digest and size, which belong to the question. None if it cannot be
/// kept: the file was not opened, or is about single persons.
pub(super) fn encode(reading: &FileReading) -> Option<Vec<u8>> {
    let about_persons = |p: &Problem| {
        matches!(
            p.kind,
            Kind::ListOfPersons { .. } | Kind::ListNotCounted { .. } | Kind::PersonsInTwoFiles { .. }
        )
    };
    let persons = reading.sheets.iter().any(|s| !s.persons.is_empty());
    if !reading.opened || persons || reading.problems.iter().any(about_persons) {
        return None;
    }
    let mut out = Encoder(Vec::new());
    out.number(KINDS.iter().position(|k| *k == reading.kind)? as u64);
    out.number(reading.sheets.len() as u64);
    for sheet in &reading.sheets {
        out.sheet(sheet);
    }
    out.number(reading.problems.len() as u64);
    for problem in &reading.problems {
        out.problem(problem, &reading.name)?;
    }
    Some(out.0)
}

/// The reading of a file of this name, digest and size.
pub(super) fn decode(bytes: &[u8], name: &str, sha256: &str, size: u64) -> Option<FileReading> {
    let mut from = Decoder(bytes);
    let kind = KINDS.get(from.small::<usize>()?)?;
    let sheets = from.list(Decoder::sheet)?;
    let problems = from.list(|from| from.problem(name))?;
    from.0.is_empty().then(|| FileReading {
        name: name.to_owned(),
        sha256: sha256.to_owned(),
        bytes: size,
        kind,
        opened: true,
        sheets,
        problems,
    })
}

struct Encoder(Vec<u8>);

impl Encoder {
    /// Seven bits a byte, the lowest first.
    fn number(&mut self, number: u64) {
        let mut rest = number;
        while rest >= 0x80 {
            self.0.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.0.push(rest as u8);
    }

    /// Small numbers of either sign are short.
    fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63) as u64);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend(text.as_bytes());
    }

    fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.number(u64::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn address(&mut self, at: CellAddress) {
        self.number(u64::from(at.row));
        self.number(u64::from(at.column));
    }

    fn sheet(&mut self, sheet: &SheetFigures) {
        self.text(&sheet.name);
        self.optional(sheet.form.as_ref(), |out, (id, name)| {
            out.text(id);
            out.text(&name.vi);
            out.text(&name.en);
        });
        self.account(&sheet.account);
        let mut senders: Vec<&Option<String>> = sheet.facts.iter().map(|f| &f.sender).collect();
        senders.sort_unstable();
        senders.dedup();
        self.number(senders.len() as u64);
        for sender in &senders {
            self.optional(sender.as_deref(), Self::text);
        }
        self.number(sheet.facts.len() as u64);
        for fact in &sheet.facts {
            self.number(Series::new(fact.measure, fact.breakdown).0);
            self.number(Moment::new(fact.place, fact.period).0);
            self.signed(fact.value);
            self.number(u64::from(fact.senders == Senders::Many));
            self.number(senders.partition_point(|s| **s < fact.sender) as u64);
            self.address(fact.cell);
        }
    }

    fn account(&mut self, account: &Account) {
        for count in [account.numbers, account.facts, account.checked, account.left_out] {
            self.number(u64::from(count));
        }
        self.number(account.not_needed.len() as u64);
        for (reason, count) in &account.not_needed {
            self.text(reason.code());
            self.number(u64::from(*count));
        }
    }

    /// None if it is about another file.
    fn problem(&mut self, problem: &Problem, file: &str) -> Option<()> {
        let place = &problem.place;
        if place.file.as_deref() != Some(file) {
            return None;
        }
        self.optional(place.sheet.as_deref(), Self::text);
        self.optional(place.cell, Self::address);
        self.number(u64::from(problem.left_out));
        self.text(&serde_json::to_string(&problem.kind).ok()?);
        Some(())
    }
}

struct Decoder<'b>(&'b [u8]);

impl<'b> Decoder<'b> {
    fn bytes(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = *self.bytes(1)?.first()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn small<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.small()?;
        Some(std::str::from_utf8(self.bytes(length)?).ok()?.to_owned())
    }

    fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.number()? {
            0 => Some(None),
            1 => Some(Some(read(self)?)),
            _ => None,
        }
    }

    fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length: usize = self.small()?;
        // Every item takes a byte at least.
        let mut items = Vec::with_capacity(length.min(self.0.len()));
        for _ in 0..length {
            items.push(each(self)?);
        }
        Some(items)
    }

    fn address(&mut self) -> Option<CellAddress> {
        Some(CellAddress::new(self.small()?, self.small()?))
    }

    fn sheet(&mut self) -> Option<SheetFigures> {
        let name = self.text()?;
        let form = self.optional(|from| Some((from.text()?, Words::new(from.text()?, from.text()?))))?;
        let account = self.account()?;
        let senders = self.list(|from| from.optional(Self::text))?;
        let facts = self.list(|from| {
            let series = Series(from.number()?);
            let moment = Moment(from.number()?);
            Some(SheetFact {
                measure: series.measure(),
                breakdown: series.breakdown(),
                place: moment.place(),
                period: moment.period(),
                value: from.signed()?,
                senders: match from.number()? {
                    0 => Senders::One,
                    1 => Senders::Many,
                    _ => return None,
                },
                sender: senders.get(from.small::<usize>()?)?.clone(),
                cell: from.address()?,
            })
        })?;
        Some(SheetFigures {
            name,
            form,
            facts,
            account,
            persons: Vec::new(),
        })
    }

    fn account(&mut self) -> Option<Account> {
        Some(Account {
            numbers: self.small()?,
            facts: self.small()?,
            checked: self.small()?,
            left_out: self.small()?,
            not_needed: self
                .list(|from| {
                    let code = from.text()?;
                    let reason = Reason::ALL.into_iter().find(|r| r.code() == code)?;
                    Some((reason, from.small()?))
                })?
                .into_iter()
                .collect(),
        })
    }

    fn problem(&mut self, file: &str) -> Option<Problem> {
        let place = Place {
            file: Some(file.to_owned()),
            sheet: self.optional(Self::text)?,
            cell: self.optional(Self::address)?,
        };
        let left_out = self.small()?;
        let kind: Kind = serde_json::from_str(&self.text()?).ok()?;
        Some(Problem::new(place, kind).costing(left_out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::vec((any::<u64>(), any::<i64>()), 0..20)) {
            let mut out = Encoder(Vec::new());
            for (plain, signed) in &numbers {
                out.number(*plain);
                out.signed(*signed);
            }
            let mut from = Decoder(&out.0);
            for (plain, signed) in &numbers {
                prop_assert_eq!(from.number(), Some(*plain));
                prop_assert_eq!(from.signed(), Some(*signed));
            }
            prop_assert!(from.0.is_empty());
        }

        #[test]
        fn no_bytes_make_it_fail_otherwise_than_by_refusing(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(&bytes, "a.xlsx", "", 0);
        }
    }
}
