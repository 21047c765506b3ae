//! A half-year report, and one workbook for each unit of a level.

use bdg::compare::Judgement;
use bdg::engine::{Quiet, Request, compute, report};
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
    let outcome = report(&host, &request, &Quiet).unwrap();
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
