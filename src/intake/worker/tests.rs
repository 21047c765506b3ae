//! The processes of these tests are this test program itself, told to run one test that serves.

use std::time::Instant;

use super::*;
use crate::period::Day;
use crate::problem::carried::taken;

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
        None,
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
    let worker = Worker::new("no-such-program".into(), Limits::default(), None);
    let (name, bytes) = FILES[0];
    assert!(worker.open(name, bytes) == InProcess.open(name, bytes));
    assert!(worker.unavailable.load(Ordering::Relaxed));
}

#[test]
fn an_answer_that_is_not_one_is_refused() {
    let (workbook, problems) = InProcess.open("a.xlsx", FILES[0].1);
    let mut answer = Vec::new();
    Answer::Opened((workbook.clone(), problems.clone())).put(&mut answer);
    match taken(&answer) {
        Some(Answer::Opened(opened)) => assert!(opened == (workbook, problems)),
        other => panic!("{other:?}"),
    }
    for length in [0, 1, 10, answer.len() - 1] {
        assert!(taken::<Answer>(&answer[..length]).is_none());
    }
    for at in (0..answer.len()).step_by(7) {
        let mut changed = answer.clone();
        changed[at] ^= 0x55;
        let _ = taken::<Answer>(&changed);
    }
}

/// What a reader answers to one file, as it crosses the pipe.
fn answered(catalogue: &Catalogue, name: &str, file: &[u8]) -> Vec<u8> {
    let mut asked = Vec::new();
    let setup = Setup {
        memory: 0,
        catalogue: catalogue.made_of.clone(),
    };
    let known = Known {
        home: None,
        period: None,
        today: Day::new(2026, 11, 22),
    };
    codec::write(&mut asked, &setup).unwrap();
    codec::write_request(&mut asked, name, &Wish::Read(known), file).unwrap();
    let mut said = Vec::new();
    serve(&asked[..], &mut said).unwrap();
    said.split_off(codec::GREETING.len() + 8)
}

#[test]
fn of_persons_only_counts_cross_the_pipe() {
    let catalogue = definition::load(definition::embedded()).unwrap();
    let list = "DANH SÁCH NẠN NHÂN BẠO LỰC GIA ĐÌNH NĂM 2024\nĐơn vị báo cáo: UBND xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận\n\
        TT;Họ và tên;Ngày sinh;Giới tính;Dân tộc;Được hỗ trợ\n\
        1;Zửng Thị Kín;17/11/1987;Nữ;Raglai;x\n2;Wừng Văn Mở;31/02/1988;Zửng;Kinh;Wừng\n\
        3;Zửng Thị Kín;17/11/1987;Nữ;Raglai;x\n";
    let answer = answered(&catalogue, "a.csv", list.as_bytes());
    let Some(Answer::Read(reading)) = taken(&answer) else {
        panic!("no reading");
    };
    let sheet = &reading.sheets[0];
    assert!(sheet.facts.iter().any(|fact| fact.value == 3), "{reading:?}");
    assert!(!sheet.persons.is_empty() && !reading.problems.is_empty());
    for secret in ["Zửng", "Kín", "Wừng", "17/11", "1987", "31/02", "1988"] {
        assert_eq!(
            memchr::memmem::find(&answer, secret.as_bytes()),
            None,
            "{secret}: {reading:?}"
        );
    }
    // The same bytes would show it if the cells crossed.
    let mut opened = Vec::new();
    Answer::Opened(InProcess.open("a.csv", list.as_bytes())).put(&mut opened);
    assert!(memchr::memmem::find(&opened, "Zửng".as_bytes()).is_some());
}

#[test]
fn a_reading_crosses_whole() {
    let catalogue = definition::load(definition::embedded()).unwrap();
    let forms = parse_forms(&catalogue).unwrap();
    let context = Context {
        catalogue: &catalogue,
        home: None,
        period: None,
        today: Day::new(2026, 11, 22),
    };
    for (name, bytes) in FILES {
        let here = InProcess.read(name, bytes, &context, &forms);
        match taken(&answered(&catalogue, name, bytes)) {
            Some(Answer::Read(reading)) => assert_eq!(reading, here, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn ids_of_another_catalogue_are_refused() {
    let catalogue = definition::load(definition::embedded()).unwrap();
    let table = "Dân số huyện Ninh Sơn, tỉnh Ninh Thuận năm 2024\nXã;Tổng số;Nữ\nXã Lâm Sơn;12603;6402\n";
    let Some(Answer::Read(reading)) = taken(&answered(&catalogue, "a.csv", table.as_bytes())) else {
        panic!("no reading");
    };
    assert!(!reading.sheets[0].facts.is_empty());
    assert!(carry::is_of(&reading, &catalogue));
    let mut other = reading;
    other.sheets[0].facts[0].place.0 = u32::MAX;
    assert!(!carry::is_of(&other, &catalogue));
}
