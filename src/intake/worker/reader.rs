//! One process that reads, seen from the side that asks.

use std::ffi::OsString;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;

use super::codec::{self, Answer, Wish};
use super::memory;
use crate::problem::carried::taken;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    TooSlow,
    TooMuchMemory,
    Died,
}

#[derive(Debug)]
pub(super) struct Reader {
    process: Child,
    /// None once it is to end.
    requests: Option<BufWriter<ChildStdin>>,
    answers: Receiver<Message>,
}

enum Message {
    Greeting,
    Answer(Vec<u8>),
}

/// A program that does not greet by then is not ours, or the machine is hopelessly busy.
const START: Duration = Duration::from_secs(20);

impl Reader {
    /// None if the program does not start, or is no reader. `setup` is what it is told first.
    pub(super) fn start(program: &Path, arguments: &[OsString], setup: &[u8]) -> Option<Self> {
        let mut process = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What a library may print while it fails is for nobody.
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let input = process.stdin.take();
        let output = process.stdout.take();
        let (sender, answers) = mpsc::sync_channel(1);
        // From here on `drop` ends the process, whatever fails.
        let mut reader = Reader {
            process,
            requests: input.map(BufWriter::new),
            answers,
        };
        let output = output?;
        std::thread::Builder::new()
            .name("answers".to_owned())
            .spawn(move || pass_on(output, &sender))
            .ok()?;
        let requests = reader.requests.as_mut()?;
        codec::write_bytes(requests, setup).ok()?;
        requests.flush().ok()?;
        match reader.answers.recv_timeout(START) {
            Ok(Message::Greeting) => Some(reader),
            _ => None,
        }
    }

    pub(super) fn ask(
        &mut self,
        name: &str,
        bytes: &[u8],
        wish: &Wish,
        limit: Duration,
    ) -> Result<Answer, Lost> {
        let sent = match self.requests.as_mut() {
            Some(requests) => codec::write_request(requests, name, wish, bytes),
            None => return Err(Lost::Died),
        };
        if sent.is_err() {
            return Err(self.why_it_died());
        }
        match self.answers.recv_timeout(limit) {
            Ok(Message::Answer(bytes)) => taken(&bytes).ok_or(Lost::Died),
            Ok(Message::Greeting) => Err(Lost::Died),
            Err(RecvTimeoutError::Timeout) => Err(Lost::TooSlow),
            Err(RecvTimeoutError::Disconnected) => Err(self.why_it_died()),
        }
    }

    /// For tests: ends the process behind the back of whoever asks next.
    #[cfg(test)]
    pub(super) fn end(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    fn why_it_died(&mut self) -> Lost {
        self.requests = None;
        // Its output has ended; if it lives nevertheless it is of no use.
        let _ = self.process.kill();
        match self.process.wait() {
            Ok(status) if status.code() == Some(memory::EXIT_CODE) => Lost::TooMuchMemory,
            _ => Lost::Died,
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.requests = None;
        // Both fail only if it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads answers until there are none, so that the other side can wait with a time limit.
fn pass_on(output: ChildStdout, to: &SyncSender<Message>) {
    let mut output = BufReader::new(output);
    if !codec::await_greeting(&mut output) || to.send(Message::Greeting).is_err() {
        return;
    }
    while let Ok(bytes) = codec::read_bytes(&mut output) {
        if to.send(Message::Answer(bytes)).is_err() {
            return;
        }
    }
}
