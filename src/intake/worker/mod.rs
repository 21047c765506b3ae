//! Opens files in other processes, which may be killed: for time, or for memory.
//!
//! In:  files, as [`Opener`] gets them. Out: exactly what [`open`] would give in this process.
//! Holds: nothing that a file does to the process that reads it reaches this one; a file is given up
//!        after a time and above an amount of memory, and named; the next file gets a new process.
//!        If no process can be started at all, files are read here: [`open`] has limits of its own.
//! Leaves to others: which program to start (`cli` knows its own path) and the memory counter,
//!        which `main` installs: see [`CountingAlloc`].
//!
//! [`open`]: super::open::open

mod codec;
mod memory;
mod reader;

use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

pub use memory::CountingAlloc;

use super::grid::Workbook;
use super::open::{InProcess, Opener, fits, open_thoroughly, sniff};
use crate::lang::Words;
use crate::problem::{Kind, Place, Problem};
use reader::{Lost, Reader};

/// The argument that makes the program a reader: `main` hands over to [`serve`] when it comes first.
pub const ARGUMENT: &str = "__read-worker";

/// What one file may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub seconds: u32,
    /// Bytes of memory of the process that reads it.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            seconds: 60,
            memory: 1 << 30,
        }
    }
}

/// Processes that read files, as many as there are threads that ask, each used again and again.
#[derive(Debug)]
pub struct Worker {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
    idle: Mutex<Vec<Reader>>,
    unavailable: AtomicBool,
}

impl Worker {
    /// `program` is this program itself.
    pub fn new(program: PathBuf, limits: Limits) -> Self {
        Worker::with_arguments(program, vec![ARGUMENT.into()], limits)
    }

    fn with_arguments(program: PathBuf, arguments: Vec<OsString>, limits: Limits) -> Self {
        Worker {
            program,
            arguments,
            limits,
            idle: Mutex::default(),
            unavailable: AtomicBool::new(false),
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Reader>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks a process that has read files before, or a new one. None if none can be had.
    fn ask(&self, name: &str, bytes: &[u8]) -> Option<Result<codec::Opened, Lost>> {
        let used = self.idle().pop();
        if let Some(mut reader) = used {
            match reader.ask(name, bytes, self.limits) {
                // It may have died of something else since; a new one will tell.
                Err(Lost::Died) => {}
                answer => return Some(self.keep(reader, answer)),
            }
        }
        let mut reader = Reader::start(&self.program, &self.arguments, self.limits)?;
        let answer = reader.ask(name, bytes, self.limits);
        Some(self.keep(reader, answer))
    }

    /// A process that has answered waits for the next file; any other is killed by being dropped.
    fn keep(&self, reader: Reader, answer: Result<codec::Opened, Lost>) -> Result<codec::Opened, Lost> {
        if answer.is_ok() {
            self.idle().push(reader);
        }
        answer
    }

    fn problem(&self, lost: Lost, bytes: &[u8]) -> Kind {
        match lost {
            Lost::TooSlow => Kind::FileTooSlow {
                seconds: self.limits.seconds,
            },
            Lost::TooMuchMemory => {
                let megabytes = self.limits.memory >> 20;
                Kind::FileTooLarge {
                    found: Words::new(
                        format!("cần hơn {megabytes} MB bộ nhớ để đọc"),
                        format!("reading it takes more than {megabytes} MB of memory"),
                    ),
                    limit: Words::new(format!("{megabytes} MB"), format!("{megabytes} MB")),
                }
            }
            Lost::Died => Kind::FileDamaged {
                kind: sniff(bytes).code().to_owned(),
                reason: Words::new(
                    "nội dung làm chương trình đọc phải dừng",
                    "its content stopped the program that reads it",
                ),
            },
        }
    }
}

impl Opener for Worker {
    fn open(&self, name: &str, bytes: &[u8]) -> (Option<Workbook>, Vec<Problem>) {
        // Relaxed: an older value only costs one more attempt.
        if self.unavailable.load(Ordering::Relaxed) || !fits(bytes) {
            return InProcess.open(name, bytes);
        }
        match self.ask(name, bytes) {
            Some(Ok(opened)) => opened,
            Some(Err(lost)) => (
                None,
                vec![Problem::new(Place::file(name), self.problem(lost, bytes))],
            ),
            None => {
                self.unavailable.store(true, Ordering::Relaxed);
                InProcess.open(name, bytes)
            }
        }
    }
}

/// What the program does as a reader: answers requests until there are no more.
pub fn serve(input: impl Read, output: impl Write) -> io::Result<()> {
    let mut input = BufReader::new(input);
    let mut output = BufWriter::new(output);
    memory::limit(codec::read_number(&mut input)?);
    output.write_all(codec::GREETING)?;
    output.flush()?;
    while let Some((name, bytes)) = codec::read_request(&mut input)? {
        let (workbook, problems) = open_thoroughly(&name, &bytes);
        drop(bytes);
        codec::write_answer(&mut output, workbook.as_ref(), &problems)?;
        output.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
