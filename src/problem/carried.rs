//! Problems as bytes, for another process, and the plain values that they are made of.
//!
//! In:  a value. Out: its bytes; and back. Little-endian, lengths before texts and lists.
//! Holds: what one side puts the other takes the same; other bytes are refused, not guessed. Both
//!        sides are one program, so nothing here is a format to be kept.

use std::collections::BTreeMap;

use super::{Kind, Place, Problem};
use crate::lang::Words;
use crate::origin::CellAddress;

pub trait Carried: Sized {
    fn put(&self, out: &mut Vec<u8>);
    /// Takes one from the front; none if the bytes are not what [`Carried::put`] writes.
    fn fetch(from: &mut &[u8]) -> Option<Self>;
}

/// All of `bytes` as one value.
pub fn taken<T: Carried>(mut bytes: &[u8]) -> Option<T> {
    let value = T::fetch(&mut bytes)?;
    bytes.is_empty().then_some(value)
}

macro_rules! numbers {
    ($($type:ty),+) => { $( impl Carried for $type {
        fn put(&self, out: &mut Vec<u8>) {
            out.extend_from_slice(&self.to_le_bytes());
        }

        fn fetch(from: &mut &[u8]) -> Option<Self> {
            let (bytes, rest) = from.split_first_chunk()?;
            *from = rest;
            Some(<$type>::from_le_bytes(*bytes))
        }
    } )+ };
}

numbers!(u8, u16, u32, u64, i16, i64, f64);

impl Carried for bool {
    fn put(&self, out: &mut Vec<u8>) {
        u8::from(*self).put(out);
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        match u8::fetch(from)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Carried for String {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        let length = usize::try_from(u64::fetch(from)?).ok()?;
        let (text, rest) = from.split_at_checked(length)?;
        *from = rest;
        Some(std::str::from_utf8(text).ok()?.to_owned())
    }
}

impl<T: Carried> Carried for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        Some(match bool::fetch(from)? {
            true => Some(T::fetch(from)?),
            false => None,
        })
    }
}

impl<T: Carried> Carried for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        for item in self {
            item.put(out);
        }
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        let length = usize::try_from(u64::fetch(from)?).ok()?;
        // A length that lies asks for no more memory than there are bytes: every item takes one at least.
        let mut items = Vec::with_capacity(length.min(from.len() / size_of::<T>().max(1)));
        for _ in 0..length {
            items.push(T::fetch(from)?);
        }
        Some(items)
    }
}

impl<A: Carried, B: Carried> Carried for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        Some((A::fetch(from)?, B::fetch(from)?))
    }
}

impl<K: Carried + Ord, V: Carried> Carried for BTreeMap<K, V> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        for (key, value) in self {
            key.put(out);
            value.put(out);
        }
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        let pairs = Vec::<(K, V)>::fetch(from)?;
        Some(pairs.into_iter().collect())
    }
}

/// A struct is carried as its fields, one after the other; one left out does not compile.
#[macro_export]
#[doc(hidden)]
macro_rules! carried_fields {
    ($($type:ident { $($field:ident),+ $(,)? })+) => { $(
        impl $crate::problem::carried::Carried for $type {
            fn put(&self, out: &mut Vec<u8>) {
                let $type { $($field),+ } = self;
                $( $crate::problem::carried::Carried::put($field, out); )+
            }

            fn fetch(from: &mut &[u8]) -> Option<Self> {
                $( let $field = $crate::problem::carried::Carried::fetch(from)?; )+
                Some($type { $($field),+ })
            }
        }
    )+ };
}

carried_fields! {
    Words { vi, en }
    CellAddress { row, column }
    Place { file, sheet, cell }
    Problem { place, kind, left_out }
}

impl Carried for Kind {
    fn put(&self, out: &mut Vec<u8>) {
        // Names and details always have a JSON; without one the other side refuses the whole.
        serde_json::to_string(self).unwrap_or_default().put(out);
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        serde_json::from_str(&String::fetch(from)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_comes_back_as_it_was() {
        let problem = Problem::new(
            Place::file("a.xlsx").sheet("Biểu 3").cell(CellAddress::new(6, 2)),
            Kind::FileTooLarge {
                found: Words::new("một", "one"),
                limit: Words::new("hai", "two"),
            },
        )
        .costing(14);
        let mut bytes = Vec::new();
        problem.put(&mut bytes);
        assert_eq!(taken(&bytes), Some(problem));
        for length in 0..bytes.len() {
            assert_eq!(taken::<Problem>(&bytes[..length]), None);
        }
    }

    #[test]
    fn a_length_that_lies_is_refused() {
        assert_eq!(taken::<Vec<u64>>(&[0xFF; 16]), None);
        assert_eq!(taken::<String>(&[0xFF; 16]), None);
    }
}
