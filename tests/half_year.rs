//! A half-year report, and one workbook for each unit of a level.

use bdg::compare::Judgement;
use bdg::engine::{Progress, Quiet, Request, Stage, compute, report};
use bdg::host::{Disk, Host, Memory};
use bdg::period::Day;
use calamine::{Reader, Xlsx};

use crate::golden::{request, sample};

#[test]
fn half_a_year_is_shown_but_never_judged_by_a_yearly_value() {
    let request = request(&sample("huyen-ninh-son-2024"), "585", "2024-H1");
    let computed = compute(&Disk, &request, &Quiet).unwrap();
    let of_the_half = computed
        .figures
        .iter()
        .zip(&computed.verdicts)
        .filter(|(f, _)| f.period == computed.period);
    let mut with_value = 0;
    for (figure, verdict) in of_the_half {
        let judged = matches!(
            verdict.judgement,
            Judgement::Met | Judgement::Exceeded | Judgement::NotMet
        );
        assert!(!judged, "{figure:?} was judged: {verdict:?}");
        with_value += usize::from(figure.value.is_ok());
    }
    // Victims and perpetrators come by halves, so there is something to show.
    assert!(with_value > 0);
}

/// What is told while the engine works, in order; stages before the last are left out.
#[derive(Default)]
struct Seen(std::sync::Mutex<Vec<String>>);

impl Progress for Seen {
    fn files(&self, total: usize) {
        self.0.lock().unwrap().push(format!("{total} files"));
    }

    fn file_read(&self, _: &str, figures: usize) {
        self.0.lock().unwrap().push(figures.to_string());
    }

    fn workbooks(&self, total: usize) {
        self.0.lock().unwrap().push(format!("{total} workbooks"));
    }

    fn workbook_written(&self, name: &str) {
        self.0.lock().unwrap().push(name.to_owned());
    }

    fn stage(&self, stage: Stage) {
        let mut seen = self.0.lock().unwrap();
        if stage == Stage::Writing && seen.iter().any(|told| told.ends_with(" workbooks")) {
            seen.push("Writing".to_owned());
        }
    }
}

#[test]
fn one_workbook_for_each_unit_of_a_level() {
    let host = Memory::new(Day::new(2026, 11, 22));
    let folder = sample("huyen-ninh-son-2024");
    for file in Disk.list(&folder).unwrap().files {
        let bytes = Disk.read(&file.path).unwrap();
        host.replace(&std::path::Path::new("in").join(&file.name), &bytes)
            .unwrap();
    }
    let request = Request {
        roots: vec!["in".into()],
        output: "out".into(),
        each: Some(bdg::classification::locality::Level::Commune),
        ..request(&folder, "585", "2024")
    };
    let seen = Seen::default();
    let outcome = report(&host, &request, &seen).unwrap();
    let seen = seen.0.into_inner().unwrap();
    let (files, read, last, written) = (
        &seen[0],
        &seen[1..=outcome.files_found],
        seen.len() - 1,
        &seen[seen.len() - 9..],
    );
    assert_eq!(*files, format!("{} files", outcome.files_found));
    // In whatever order they were read, the figures of all of them are told.
    let figures: usize = read.iter().map(|told| told.parse::<usize>().unwrap()).sum();
    assert!(figures >= outcome.facts, "{figures} told, {} used", outcome.facts);
    assert_eq!(seen[last - 9], "8 workbooks");
    assert!(
        written[..8].iter().all(|name| name.ends_with("-2024.xlsx")),
        "{written:?}"
    );
    assert!(written.contains(&"bao-cao-22813-2024.xlsx".to_owned()));
    assert_eq!(written[8], "Writing");
    let workbooks = outcome
        .written
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "xlsx"))
        .count();
    assert_eq!(
        workbooks, 9,
        "the district and its eight communes: {:?}",
        outcome.written
    );
    let commune = host
        .read(std::path::Path::new("out/bao-cao-22813-2024.xlsx"))
        .unwrap();
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(commune)).unwrap();
    let sheets = workbook.worksheets();
    let cells = sheets.iter().flat_map(|(_, range)| range.used_cells());
    let texts = cells
        .map(|(.., cell)| cell.to_string())
        .collect::<Vec<_>>()
        .join(" | ");
    assert!(
        texts.contains("Lâm Sơn") && !texts.contains("Nhơn Sơn"),
        "only its own figures are in it"
    );
}
