//! Reads files in other processes, which may be killed: for time, or for memory.
//!
//! In:  files, as [`Opener`] gets them. Out: exactly what [`InProcess`] would give in this process.
//! Holds: nothing that a file does to the process that reads it reaches this one; a file is given up
//!        after a time and above an amount of memory, and named; the next file gets a new process.
//!        Of a file that is read only its [`FileReading`] comes back, so that the names of persons on
//!        its lists stay in a process that keeps nothing. If no process can be started at all, files
//!        are read here: [`open`] has limits of its own.
//! Leaves to others: which program to start (`cli` knows its own path) and the memory counter,
//!        which `main` installs: see [`CountingAlloc`].
//!
//! [`open`]: super::open::open

mod carry;
mod codec;
mod memory;
mod reader;

use std::cell::LazyCell;
use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

pub use memory::CountingAlloc;

use super::Context;
use super::file::{FileReader, FileReading, read_file, read_file_with};
use super::form::{Forms, parse_forms};
use super::grid::Workbook;
use super::open::{InProcess, Opener, fits, open_thoroughly, sniff};
use crate::definition::{self, Catalogue};
use crate::lang::Words;
use crate::problem::carried::Carried;
use crate::problem::{Kind, Place, Problem};
use codec::{Answer, Known, Setup, Wish};
use reader::{Lost, Reader};

/// The argument that makes the program a reader: `main` hands over to [`serve`] when it comes first.
pub const ARGUMENT: &str = "__read-worker";

/// What one file may cost. Files made to hurt stay within 20 seconds and 512 MiB, as the tests show; the usual
/// limits leave room for an honest workbook with as many cells as `open` takes, on a slow machine.
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
    /// What every process is told first.
    setup: Vec<u8>,
    idle: Mutex<Vec<Reader>>,
    unavailable: AtomicBool,
}

impl Worker {
    /// `program` is this program itself. Its processes open files; they read them to facts if told with
    /// which catalogue.
    pub fn new(program: PathBuf, limits: Limits, catalogue: Option<&Catalogue>) -> Self {
        Worker::with_arguments(program, vec![ARGUMENT.into()], limits, catalogue)
    }

    fn with_arguments(
        program: PathBuf,
        arguments: Vec<OsString>,
        limits: Limits,
        catalogue: Option<&Catalogue>,
    ) -> Self {
        let setup = Setup {
            memory: limits.memory,
            catalogue: catalogue.map_or_else(Vec::new, |catalogue| catalogue.made_of.clone()),
        };
        let mut bytes = Vec::new();
        setup.put(&mut bytes);
        Worker {
            program,
            arguments,
            limits,
            setup: bytes,
            idle: Mutex::default(),
            unavailable: AtomicBool::new(false),
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Reader>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks a process; none if none can be had, or the file is refused here at once.
    fn ask(&self, name: &str, bytes: &[u8], wish: &Wish) -> Option<Result<Answer, Lost>> {
        // Relaxed: an older value only costs one more attempt.
        if self.unavailable.load(Ordering::Relaxed) || !fits(bytes) {
            return None;
        }
        let answer = self.ask_reader(name, bytes, wish);
        if answer.is_none() {
            self.unavailable.store(true, Ordering::Relaxed);
        }
        answer
    }

    /// Asks a process that has read files before, or a new one.
    fn ask_reader(&self, name: &str, bytes: &[u8], wish: &Wish) -> Option<Result<Answer, Lost>> {
        let limit = Duration::from_secs(u64::from(self.limits.seconds));
        let used = self.idle().pop();
        if let Some(mut reader) = used {
            match reader.ask(name, bytes, wish, limit) {
                // It may have died of something else since; a new one will tell.
                Err(Lost::Died) => {}
                answer => return Some(self.keep(reader, answer)),
            }
        }
        let mut reader = Reader::start(&self.program, &self.arguments, &self.setup)?;
        let answer = reader.ask(name, bytes, wish, limit);
        Some(self.keep(reader, answer))
    }

    /// A process that has answered waits for the next file; any other is killed by being dropped.
    fn keep(&self, reader: Reader, answer: Result<Answer, Lost>) -> Result<Answer, Lost> {
        if answer.is_ok() {
            self.idle().push(reader);
        }
        answer
    }

    fn problem(&self, name: &str, lost: Lost, bytes: &[u8]) -> Problem {
        Problem::new(Place::file(name), self.reason(lost, bytes))
    }

    fn reason(&self, lost: Lost, bytes: &[u8]) -> Kind {
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
        match self.ask(name, bytes, &Wish::Open) {
            Some(Ok(Answer::Opened(opened))) => opened,
            Some(Ok(_)) => (None, vec![self.problem(name, Lost::Died, bytes)]),
            Some(Err(lost)) => (None, vec![self.problem(name, lost, bytes)]),
            None => InProcess.open(name, bytes),
        }
    }
}

impl FileReader for Worker {
    fn read(&self, name: &str, bytes: &[u8], context: &Context<'_>, forms: &Forms) -> FileReading {
        // A place that is no unit may have been made after the catalogue was: a process that makes the catalogue anew
        // does not know it.
        let units = context.catalogue.localities.administrative().len();
        if context.home.is_some_and(|home| home.0 as usize >= units) {
            return read_file_with(self, name, bytes, context, forms);
        }
        let wish = Wish::Read(Known {
            home: context.home,
            period: context.period,
            today: context.today,
        });
        match self.ask(name, bytes, &wish) {
            Some(Ok(Answer::Read(reading))) if carry::is_of(&reading, context.catalogue) => reading,
            Some(Ok(Answer::NoCatalogue)) => read_file_with(self, name, bytes, context, forms),
            Some(Ok(_)) => FileReading::failed(name, self.problem(name, Lost::Died, bytes)).of(bytes),
            Some(Err(lost)) => FileReading::failed(name, self.problem(name, lost, bytes)).of(bytes),
            None => read_file(name, bytes, context, forms),
        }
    }
}

/// As [`InProcess`], but workbooks that our readers call damaged are shown to a second reader: here
/// nothing is lost if that one fails.
struct Thoroughly;

impl Opener for Thoroughly {
    fn open(&self, name: &str, bytes: &[u8]) -> (Option<Workbook>, Vec<Problem>) {
        open_thoroughly(name, bytes)
    }
}

/// What the program does as a reader: answers requests until there are no more.
pub fn serve(input: impl Read, output: impl Write) -> io::Result<()> {
    let mut input = BufReader::new(input);
    let mut output = BufWriter::new(output);
    let setup: Setup = codec::read(&mut input)?;
    memory::limit(setup.memory);
    output.write_all(codec::GREETING)?;
    output.flush()?;
    // Made when first asked for: most processes read facts, some only open a file.
    let knowledge = LazyCell::new(|| knowledge(setup.catalogue));
    while let Some((name, wish, bytes)) = codec::read_request(&mut input)? {
        let answer = match wish {
            Wish::Open => Answer::Opened(open_thoroughly(&name, &bytes)),
            Wish::Read(known) => match &*knowledge {
                Some((catalogue, forms)) => {
                    let context = Context {
                        catalogue,
                        home: known.home,
                        period: known.period,
                        today: known.today,
                    };
                    Answer::Read(read_file_with(&Thoroughly, &name, &bytes, &context, forms))
                }
                None => Answer::NoCatalogue,
            },
        };
        drop(bytes);
        codec::write(&mut output, &answer)?;
        output.flush()?;
    }
    Ok(())
}

/// The catalogue and the forms that a process reads with; none if it was given none, or they are not
/// sound, which the process that asks has found out before.
fn knowledge(files: Vec<(String, Option<String>)>) -> Option<(Catalogue, Forms)> {
    if files.is_empty() {
        return None;
    }
    let catalogue = definition::load(definition::complete(files)?).ok()?;
    let forms = parse_forms(&catalogue).ok()?;
    Some((catalogue, forms))
}

#[cfg(test)]
mod tests;
