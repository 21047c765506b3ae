//! What the processes say to each other: lengths and bytes, little-endian.
//!
//! Holds: what one side writes the other reads back the same; anything else is refused, not guessed.

use std::io::{self, BufRead, Read, Write};

use crate::intake::grid::{Cell, Grid, KINDS, Merge, Repair, Value, Workbook};
use crate::lang::Words;
use crate::origin::CellAddress;
use crate::problem::{Kind, Place, Problem};
use crate::text::legacy::Encoding;

pub(super) type Opened = (Option<Workbook>, Vec<Problem>);

/// The first thing a reader says. The number goes up when anything below changes.
pub(super) const GREETING: &[u8] = b"\0bdg-reader-2\n";

const ENCODINGS: [Encoding; 6] = Encoding::ALL;

/// Waits for the greeting; false if the program says something else instead.
pub(super) fn await_greeting(input: &mut impl BufRead) -> bool {
    // A test program prints a few lines of its own before.
    let mut seen = Vec::new();
    let mut lines = input.take(1 << 16);
    while lines.read_until(b'\n', &mut seen).is_ok_and(|n| n > 0) {
        if seen.ends_with(GREETING) {
            return true;
        }
    }
    false
}

pub(super) fn read_number(input: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; 8];
    input.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

pub(super) fn write_request(output: &mut impl Write, name: &str, bytes: &[u8]) -> io::Result<()> {
    for part in [name.as_bytes(), bytes] {
        output.write_all(&(part.len() as u64).to_le_bytes())?;
        output.write_all(part)?;
    }
    output.flush()
}

/// None when there are no more.
pub(super) fn read_request(input: &mut impl BufRead) -> io::Result<Option<(String, Vec<u8>)>> {
    if input.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let mut part = || {
        let length = read_number(input)?;
        let mut bytes = Vec::new();
        input.by_ref().take(length).read_to_end(&mut bytes)?;
        Ok::<_, io::Error>(bytes)
    };
    let name = part()?;
    let bytes = part()?;
    Ok(Some((String::from_utf8_lossy(&name).into_owned(), bytes)))
}

pub(super) fn write_answer(
    output: &mut impl Write,
    workbook: Option<&Workbook>,
    problems: &[Problem],
) -> io::Result<()> {
    let bytes = encode(workbook, problems);
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(&bytes)
}

fn encode(workbook: Option<&Workbook>, problems: &[Problem]) -> Vec<u8> {
    let mut out = Encoder(Vec::new());
    match workbook {
        None => out.byte(u8::MAX),
        Some(workbook) => {
            let kind = KINDS.iter().position(|k| *k == workbook.kind);
            out.byte(kind.map_or(u8::MAX, |k| k as u8));
            out.list(&workbook.sheets, Encoder::grid);
        }
    }
    out.list(problems, Encoder::problem);
    out.0
}

/// None if the bytes are not what [`encode`] writes. Files of problems are not sent: they are all `file`.
pub(super) fn decode(bytes: &[u8], file: &str) -> Option<Opened> {
    let mut from = Decoder(bytes);
    let workbook = match from.byte()? {
        u8::MAX => None,
        kind => Some(Workbook {
            kind: KINDS.get(usize::from(kind))?,
            sheets: from.list(Decoder::grid)?,
        }),
    };
    let problems = from.list(|from| from.problem(file))?;
    from.0.is_empty().then_some((workbook, problems))
}

struct Encoder(Vec<u8>);

impl Encoder {
    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn number(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.0.extend(text.as_bytes());
    }

    fn words(&mut self, words: &Words) {
        self.text(&words.vi);
        self.text(&words.en);
    }

    fn address(&mut self, at: CellAddress) {
        self.number(at.row);
        self.number(at.column);
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.number(items.len() as u32);
        for item in items {
            each(self, item);
        }
    }

    fn grid(&mut self, grid: &Grid) {
        self.text(&grid.name);
        self.byte(u8::from(grid.hidden));
        self.list(&grid.cells, Self::cell);
        self.list(&grid.merges, |out, merge| {
            out.address(merge.first);
            out.address(merge.last);
        });
        self.list(&grid.repairs, |out, repair| {
            out.address(repair.at);
            out.text(&repair.raw);
            let encoding = ENCODINGS.iter().position(|e| e.code() == repair.encoding);
            out.byte(encoding.map_or(u8::MAX, |e| e as u8));
        });
        self.list(&grid.hidden_rows, |out, row| out.number(*row));
        self.list(&grid.hidden_columns, |out, column| out.number(*column));
    }

    fn cell(&mut self, cell: &Cell) {
        self.address(cell.at);
        self.byte(u8::from(cell.percent));
        match &cell.value {
            Value::Text(text) => {
                self.byte(0);
                self.text(text);
            }
            Value::Number(number) => {
                self.byte(1);
                self.0.extend(number.to_bits().to_le_bytes());
            }
            Value::Bool(value) => {
                self.byte(2);
                self.byte(u8::from(*value));
            }
            Value::Date(year, month, day) => {
                self.byte(3);
                self.0.extend(year.to_le_bytes());
                self.byte(*month);
                self.byte(*day);
            }
            Value::Error(code) => {
                self.byte(4);
                self.text(code);
            }
            Value::FormulaWithoutValue => self.byte(5),
        }
    }

    fn problem(&mut self, problem: &Problem) {
        match &problem.place.sheet {
            Some(sheet) => {
                self.byte(1);
                self.text(sheet);
            }
            None => self.byte(0),
        }
        match problem.place.cell {
            Some(cell) => {
                self.byte(1);
                self.address(cell);
            }
            None => self.byte(0),
        }
        match &problem.kind {
            Kind::FileEmpty {} => self.byte(1),
            Kind::FileEncrypted {} => self.byte(2),
            Kind::FileForeign { kind } => {
                self.byte(3);
                self.words(kind);
            }
            Kind::FileTooLarge { found, limit } => {
                self.byte(4);
                self.words(found);
                self.words(limit);
            }
            Kind::EncodingGuessed { encoding } => {
                self.byte(5);
                self.text(encoding);
            }
            Kind::SheetUnreadable { reason } => {
                self.byte(6);
                self.words(reason);
            }
            Kind::CellsOutsideGrid { cells } => {
                self.byte(7);
                self.number(*cells);
            }
            Kind::CellsWrittenTwice { cells, first } => {
                self.byte(8);
                self.number(*cells);
                self.text(first);
            }
            Kind::FileDamaged { kind, reason } => {
                self.byte(9);
                self.text(kind);
                self.words(reason);
            }
            Kind::FileMended { reason } => {
                self.byte(10);
                self.words(reason);
            }
            Kind::TextMended {
                encoding,
                cells,
                example,
            } => {
                self.byte(11);
                self.text(encoding);
                self.number(*cells);
                self.text(example);
            }
            Kind::LinesHidden { rows, columns } => {
                self.byte(12);
                self.number(*rows);
                self.number(*columns);
            }
            // Opening knows no other kind (`open::tests` walks them); one added there and forgotten here
            // must not vanish, so the other side refuses the whole answer.
            _ => self.byte(0),
        }
    }
}

struct Decoder<'b>(&'b [u8]);

impl<'b> Decoder<'b> {
    fn bytes(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.bytes(1)?.first().copied()
    }

    fn flag(&mut self) -> Option<bool> {
        Some(self.byte()? != 0)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes(4)?.try_into().ok()?))
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()? as usize;
        Some(std::str::from_utf8(self.bytes(length)?).ok()?.to_owned())
    }

    fn words(&mut self) -> Option<Words> {
        Some(Words::new(self.text()?, self.text()?))
    }

    fn address(&mut self) -> Option<CellAddress> {
        Some(CellAddress::new(self.number()?, self.number()?))
    }

    fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.number()? as usize;
        // Every item takes a byte at least.
        let mut items = Vec::with_capacity(length.min(self.0.len()));
        for _ in 0..length {
            items.push(each(self)?);
        }
        Some(items)
    }

    fn grid(&mut self) -> Option<Grid> {
        Some(Grid {
            name: self.text()?,
            hidden: self.flag()?,
            cells: self.list(Self::cell)?,
            merges: self.list(|from| {
                Some(Merge {
                    first: from.address()?,
                    last: from.address()?,
                })
            })?,
            repairs: self.list(|from| {
                Some(Repair {
                    at: from.address()?,
                    raw: from.text()?,
                    encoding: ENCODINGS.get(usize::from(from.byte()?))?.code(),
                })
            })?,
            hidden_rows: self.list(Self::number)?,
            hidden_columns: self.list(Self::number)?,
        })
    }

    fn cell(&mut self) -> Option<Cell> {
        let at = self.address()?;
        let percent = self.flag()?;
        let value = match self.byte()? {
            0 => Value::Text(self.text()?),
            1 => Value::Number(f64::from_le_bytes(self.bytes(8)?.try_into().ok()?)),
            2 => Value::Bool(self.flag()?),
            3 => Value::Date(
                i16::from_le_bytes(self.bytes(2)?.try_into().ok()?),
                self.byte()?,
                self.byte()?,
            ),
            4 => Value::Error(self.text()?),
            5 => Value::FormulaWithoutValue,
            _ => return None,
        };
        Some(Cell { at, value, percent })
    }

    fn problem(&mut self, file: &str) -> Option<Problem> {
        let mut place = Place::file(file);
        if self.flag()? {
            place = place.sheet(self.text()?);
        }
        if self.flag()? {
            place = place.cell(self.address()?);
        }
        let kind = match self.byte()? {
            1 => Kind::FileEmpty {},
            2 => Kind::FileEncrypted {},
            3 => Kind::FileForeign { kind: self.words()? },
            4 => Kind::FileTooLarge {
                found: self.words()?,
                limit: self.words()?,
            },
            5 => Kind::EncodingGuessed {
                encoding: self.text()?,
            },
            6 => Kind::SheetUnreadable {
                reason: self.words()?,
            },
            7 => Kind::CellsOutsideGrid {
                cells: self.number()?,
            },
            8 => Kind::CellsWrittenTwice {
                cells: self.number()?,
                first: self.text()?,
            },
            9 => Kind::FileDamaged {
                kind: self.text()?,
                reason: self.words()?,
            },
            10 => Kind::FileMended {
                reason: self.words()?,
            },
            11 => Kind::TextMended {
                encoding: self.text()?,
                cells: self.number()?,
                example: self.text()?,
            },
            12 => Kind::LinesHidden {
                rows: self.number()?,
                columns: self.number()?,
            },
            _ => return None,
        };
        Some(Problem::new(place, kind))
    }
}
