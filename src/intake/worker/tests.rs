//! The processes of these tests are this test program itself, told to run one test that serves.

use std::time::Instant;

use super::*;

#[global_allocator]
static MEMORY: CountingAlloc = CountingAlloc;

/// Whether this process was started by a test below, and not by somebody who runs ignored tests.
fn is_child() -> bool {
    std::env::args().any(|argument| argument == "--exact")
}

/// Not a test: what the child process of the tests below runs.
#[test]
#[ignore = "serves as the child process of other tests"]
fn child() {
    if !is_child() {
        return;
    }
    serve(std::io::stdin(), std::io::stdout()).unwrap();
}

/// A child that greets and then never answers.
#[test]
#[ignore = "serves as the child process of other tests"]
fn child_that_hangs() {
    if !is_child() {
        return;
    }
    std::io::stdout().write_all(codec::GREETING).unwrap();
    std::io::stdout().flush().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(30));
}

fn worker(child: &str, limits: Limits) -> Worker {
    let arguments = [
        &format!("intake::worker::tests::{child}"),
        "--exact",
        "--ignored",
        "--nocapture",
    ];
    Worker::with_arguments(
        std::env::current_exe().unwrap(),
        arguments.iter().map(|a| OsString::from(*a)).collect(),
        limits,
    )
}

const FILES: [(&str, &[u8]); 7] = [
    (
        "a.xlsx",
        include_bytes!("../../../tests/fixtures/open/so-lieu.xlsx"),
    ),
    (
        "b.xls",
        include_bytes!("../../../tests/fixtures/open/so-lieu.xls"),
    ),
    (
        "c.xlsx",
        include_bytes!("../../../tests/fixtures/open/chua-tinh.xlsx"),
    ),
    ("d.csv", b"X\xE3;N\xFD\xDE\nA;1\n"),
    ("e.pdf", b"%PDF-1.4"),
    ("f.xlsx", b""),
    ("g.xlsx", b"PK\x03\x04............................xl/workbook.xml"),
];

#[test]
fn another_process_gives_what_this_one_would() {
    let worker = worker("child", Limits::default());
    for _ in 0..2 {
        for (name, bytes) in FILES {
            assert!(worker.open(name, bytes) == InProcess.open(name, bytes), "{name}");
        }
    }
    assert!(!worker.unavailable.load(Ordering::Relaxed));
    assert_eq!(worker.idle().len(), 1, "one process served all files");
}

#[test]
fn a_process_that_died_meanwhile_is_replaced() {
    let worker = worker("child", Limits::default());
    let (name, bytes) = FILES[0];
    worker.open(name, bytes);
    worker.idle()[0].end();
    assert!(worker.open(name, bytes) == InProcess.open(name, bytes));
}

#[test]
fn a_file_that_takes_too_long_is_given_up() {
    let start = Instant::now();
    let limits = Limits {
        seconds: 1,
        ..Limits::default()
    };
    let (workbook, problems) = worker("child_that_hangs", limits).open("a.xlsx", FILES[0].1);
    assert_eq!(workbook, None);
    assert_eq!(problems[0].kind, Kind::FileTooSlow { seconds: 1 });
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn a_file_that_needs_too_much_memory_is_named() {
    let limits = Limits {
        memory: 4 << 20,
        ..Limits::default()
    };
    let worker = worker("child", limits);
    let rows = "xã,1,2,3\n".repeat(200_000);
    let (workbook, problems) = worker.open("a.csv", rows.as_bytes());
    assert_eq!(workbook, None);
    assert_eq!(problems[0].kind.name(), "file-too-large");
    let (name, bytes) = FILES[3];
    assert!(
        worker.open(name, bytes) == InProcess.open(name, bytes),
        "the next file is read"
    );
}

#[test]
fn without_a_program_files_are_read_here() {
    let worker = Worker::new("no-such-program".into(), Limits::default());
    let (name, bytes) = FILES[0];
    assert!(worker.open(name, bytes) == InProcess.open(name, bytes));
    assert!(worker.unavailable.load(Ordering::Relaxed));
}

#[test]
fn an_answer_that_is_not_one_is_refused() {
    let (workbook, problems) = InProcess.open("a.xlsx", FILES[0].1);
    let mut answer = Vec::new();
    codec::write_answer(&mut answer, workbook.as_ref(), &problems).unwrap();
    let answer = &answer[8..];
    assert_eq!(codec::decode(answer, "a.xlsx"), Some((workbook, problems)));
    for length in [0, 1, 10, answer.len() - 1] {
        assert_eq!(codec::decode(&answer[..length], "a.xlsx"), None);
    }
    for at in (0..answer.len()).step_by(7) {
        let mut changed = answer.to_vec();
        changed[at] ^= 0x55;
        let _ = codec::decode(&changed, "a.xlsx");
    }
}
