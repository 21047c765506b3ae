//! Units that have not reported: the figure is that of the others, and says what it could be with them.
//! The expected bounds are worked out by hand; for invented reports of a whole province, the figures with
//! every report put back are the truth that the bounds must hold.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use bdg::check::check;
use bdg::classification::Breakdown;
use bdg::classification::CategoryId;
use bdg::classification::locality::{Level, UnitId};
use bdg::compare::{IfAll, Judgement, TargetVerdict, Trend, Verdict, judge_all, judge_targets};
use bdg::definition::Catalogue;
use bdg::evaluate::{Figure, Ground, Missing, Question, Unbounded, evaluate, missing_units};
use bdg::fact::{Fact, FactSet, SenderId, Senders};
use bdg::lang::Lang;
use bdg::origin::{CellAddress, CellOrigin, SheetId};
use bdg::period::{Day, Period, Span};
use bdg::quantity::{Absence, Ratio};
use bdg::rollup::{Tree, roll_up};
use proptest::prelude::*;

use crate::made::{bdg, put, sources, table, tidy, xlsx};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(crate::examples::catalogue);
const DAY: Day = Day::new(2024, 12, 31);

/// One report: measure, item, sex, place, year or quarter of 2024, value.
#[derive(Debug, Clone)]
struct Report {
    measure: &'static str,
    item: Option<&'static str>,
    sex: Option<&'static str>,
    place: UnitId,
    period: Period,
    value: i64,
}

impl Report {
    fn fact(&self, row: usize) -> Fact {
        let measure = CATALOGUE.measures.find(self.measure).unwrap();
        let of = |list: &str, code: Option<&str>| {
            code.map_or(CategoryId::ALL, |code| CATALOGUE.lists.find(list, code).unwrap())
        };
        let item = self.item.map_or(CategoryId::ALL, |code| {
            let list = CATALOGUE.measures.get(measure).items.unwrap();
            CATALOGUE
                .lists
                .find(&CATALOGUE.lists.list(list).id, code)
                .unwrap()
        });
        Fact {
            measure,
            breakdown: Breakdown {
                sex: of("sex", self.sex),
                item,
                ..Breakdown::default()
            },
            place: self.place,
            period: self.period,
            value: self.value,
            sender: SenderId(1),
            senders: Senders::Many,
            origin: CellOrigin {
                sheet: SheetId(0),
                cell: CellAddress::new(row as u32, 0),
            },
        }
    }
}

struct Computed {
    figures: Vec<Figure>,
    verdicts: Vec<Verdict>,
    targets: Vec<TargetVerdict>,
}

fn unit(code: &str) -> UnitId {
    CATALOGUE.localities.by_code(code, DAY).unwrap()
}

/// Hands the question over the reports of a place to `ask`.
fn asked<T>(
    reports: &[Report],
    scope: &str,
    catalogue: &Catalogue,
    ask: impl FnOnce(&Question<'_>) -> T,
) -> T {
    let facts: Vec<Fact> = reports.iter().enumerate().map(|(i, r)| r.fact(i)).collect();
    let (checked, _) = check(&FactSet::new(&facts), &sources(), catalogue);
    let tree = Tree::new(&catalogue.localities, unit(scope), DAY);
    let (rolled, _) = roll_up(&checked, &tree, catalogue, &sources());
    let variants = vec![0; catalogue.indicators.len()];
    let periods = [Period::year(2023), Period::year(2024)];
    ask(&Question {
        catalogue,
        tree: &tree,
        rolled: &rolled,
        periods: &periods,
        variants: &variants,
        recast: None,
    })
}

fn compute_with(reports: &[Report], scope: &str, catalogue: &Catalogue) -> Computed {
    let figures = asked(reports, scope, catalogue, evaluate);
    let verdicts = judge_all(&figures, catalogue, DAY);
    let targets = judge_targets(&figures, &verdicts, &[], catalogue);
    Computed {
        figures,
        verdicts,
        targets,
    }
}

fn compute(reports: &[Report], scope: &str) -> Computed {
    compute_with(reports, scope, &CATALOGUE)
}

// ── worked by hand: huyện Cô Tô and its three communes ──────────────────────────────────────────

const COTO: &str = "207";
/// Thị trấn Cô Tô, xã Đồng Tiến, xã Thanh Lân.
const COMMUNES: [&str; 3] = ["07192", "07195", "07198"];

fn year(measure: &'static str, code: &str, year: i16, value: i64) -> Report {
    Report {
        measure,
        item: None,
        sex: None,
        place: unit(code),
        period: Period::year(year),
        value,
    }
}

fn victims(code: &str, value: i64) -> Report {
    year("dv-victims", code, 2024, value)
}

fn served(code: &str, value: i64) -> Report {
    year("dv-victims-served", code, 2024, value)
}

/// The first two communes: 125 of 150 victims were served, 83.3 %.
fn two_communes() -> Vec<Report> {
    let [a, b, _] = COMMUNES;
    vec![victims(a, 100), served(a, 80), victims(b, 50), served(b, 45)]
}

/// An indicator of the district in 2024.
fn of<'a>(computed: &'a Computed, indicator: &str) -> (&'a Figure, &'a Verdict) {
    let mut all = computed.figures.iter().zip(&computed.verdicts);
    all.find(|(f, _)| {
        CATALOGUE.indicators[usize::from(f.indicator.0)].id == indicator
            && f.place == unit(COTO)
            && f.period == Period::year(2024)
            && f.group == Breakdown::default()
    })
    .unwrap()
}

fn pair(ratio: Ratio) -> (i64, i64) {
    (ratio.numerator, ratio.denominator)
}

/// Value, bounds and what becomes of the judgement.
fn said(computed: &Computed, indicator: &str) -> String {
    let (figure, verdict) = of(computed, indicator);
    let value = match &figure.value {
        Ok(ratio) => format!("{}/{}", ratio.numerator, ratio.denominator),
        Err(absence) => absence.code().to_owned(),
    };
    let bounds = match figure.missing {
        None => "complete".to_owned(),
        Some(Missing { between: Ok(b), .. }) => {
            let (low, high) = (pair(b.low), b.high.map(pair));
            let high = high.map_or_else(|| "…".to_owned(), |(n, d)| format!("{n}/{d}"));
            format!("{}/{} to {high}", low.0, low.1)
        }
        Some(Missing {
            between: Err(why), ..
        }) => match why {
            Unbounded::Unknown(lacking) => format!("unknown of {}", lacking.units),
            Unbounded::Nothing => "nothing".to_owned(),
            Unbounded::Inconsistent => "inconsistent".to_owned(),
            Unbounded::Recast => "recast".to_owned(),
        },
    };
    let since = figure
        .missing
        .and_then(|m| m.history)
        .map_or_else(String::new, |p| format!(" by {}", p.code()));
    let all = verdict.if_all.map_or("-", IfAll::code);
    format!("{value} {} {bounds}{since} {all}", verdict.judgement.code())
}

fn with(more: Vec<Report>) -> Computed {
    let mut reports = two_communes();
    reports.extend(more);
    compute(&reports, COTO)
}

#[test]
fn a_denominator_that_was_reported_bounds_a_share_exactly() {
    let c = COMMUNES[2];
    // 125 of 150, and 50 more of whom 0 to 50 were served.
    let found = with(vec![victims(c, 50)]);
    assert_eq!(
        said(&found, "3.2a"),
        "125/150 exceeded 125/200 to 175/200 depends"
    );
    // 5 more cannot bring it to 80 % or below: 125/155 is 80.6 %.
    let found = with(vec![victims(c, 5)]);
    assert_eq!(said(&found, "3.2a"), "125/150 exceeded 125/155 to 130/155 same");
    let verdict = of(&found, "3.2a").1;
    assert!(verdict.reserve.partial);
    let remark = verdict.remark.as_ref().unwrap();
    assert_eq!(
        remark.vi,
        "tính trên 2/3 đơn vị; kết quả đánh giá không đổi dù 1 đơn vị còn thiếu báo cáo thế nào"
    );
    assert_eq!(
        remark.en,
        "computed on 2/3 units; the judgement stays the same whatever the 1 unit still missing may report"
    );
    // Where nobody can be added, nothing changes, and all that reported is there.
    let found = with(vec![victims(c, 0)]);
    assert_eq!(said(&found, "3.2a"), "125/150 exceeded 125/150 to 125/150 same");
    assert_eq!(
        said(&with(vec![victims(c, 5), served(c, 1)]), "3.2a"),
        "126/155 exceeded complete -"
    );
}

#[test]
fn an_earlier_report_is_a_cap_by_the_settings_and_no_knowledge() {
    let c = COMMUNES[2];
    // 10 a year before: 30 % is 3, at least 5: 5 to 15. Lowest 125/165, highest 140/165.
    let found = with(vec![year("dv-victims", c, 2023, 10)]);
    assert_eq!(
        said(&found, "3.2a"),
        "125/150 exceeded 125/165 to 140/165 by 2023 depends"
    );
    // 1 a year before: 0 to 6. Lowest 125/156, which is 80.1 %.
    let found = with(vec![year("dv-victims", c, 2023, 1)]);
    assert_eq!(
        said(&found, "3.2a"),
        "125/150 exceeded 125/156 to 131/156 by 2023 same"
    );
    let remark = of(&found, "3.2a").1.remark.clone().unwrap();
    assert!(
        remark.vi.ends_with("báo cáo thế nào, với điều kiện số chưa báo cáo chênh không quá 30 % (hoặc 5) so với lần báo cáo gần nhất của chính đơn vị đó"),
        "{remark:?}"
    );
    // Of three years the last counts; four years back is too long ago.
    let found = with(vec![
        year("dv-victims", c, 2022, 1),
        year("dv-victims", c, 2021, 900),
    ]);
    assert_eq!(
        said(&found, "3.2a"),
        "125/150 exceeded 125/156 to 131/156 by 2022 same"
    );
    let unknown = "125/150 exceeded unknown of 1 unknown";
    assert_eq!(said(&with(vec![year("dv-victims", c, 2020, 1)]), "3.2a"), unknown);
    assert_eq!(said(&with(vec![]), "3.2a"), unknown);
    let remark = of(&with(vec![]), "3.2a").1.remark.clone().unwrap();
    assert_eq!(
        remark.vi,
        "tính trên 2/3 đơn vị; không xác định được khoảng khi đủ báo cáo: chưa biết mẫu số của xã Thanh Lân"
    );
    // An office may refuse it.
    let mut strict = CATALOGUE.clone();
    strict.settings.missing_history_percent = 0;
    let mut reports = two_communes();
    reports.push(year("dv-victims", c, 2023, 1));
    assert_eq!(said(&compute_with(&reports, COTO, &strict), "3.2a"), unknown);
}

#[test]
fn a_report_of_one_side_only_is_used_for_what_it_says() {
    let c = COMMUNES[2];
    assert_eq!(
        said(&with(vec![served(c, 20)]), "3.2a"),
        "125/150 exceeded unknown of 1 unknown"
    );
    // 20 served of 21 to 39 victims: 145/189 to 145/171.
    let found = with(vec![served(c, 20), year("dv-victims", c, 2023, 30)]);
    assert_eq!(
        said(&found, "3.2a"),
        "125/150 exceeded 145/189 to 145/171 by 2023 depends"
    );
    // More were served than the year before lets there be: it is no cap.
    let found = with(vec![served(c, 20), year("dv-victims", c, 2023, 10)]);
    assert_eq!(said(&found, "3.2a"), "125/150 exceeded unknown of 1 unknown");
    // None served of 140 to 260: whatever the count, the target is missed, though 83 % stands there.
    let found = with(vec![served(c, 0), year("dv-victims", c, 2023, 200)]);
    assert_eq!(
        said(&found, "3.2a"),
        "125/150 exceeded 125/410 to 125/290 by 2023 becomes-other"
    );
    let (_, verdict) = of(&found, "3.2a");
    assert_eq!(verdict.if_all, Some(IfAll::Becomes(Judgement::NotMet)));
    let remark = verdict.remark.clone().unwrap();
    assert!(
        remark
            .vi
            .contains("khi đủ báo cáo, kết quả đánh giá sẽ là “Chưa đạt”"),
        "{remark:?}"
    );
    // The district counted 200 victims itself: 50 of them are in the commune that is missing.
    let found = with(vec![year("dv-victims", COTO, 2024, 200)]);
    assert_eq!(
        said(&found, "3.2a"),
        "125/150 exceeded 125/200 to 175/200 depends"
    );
}

#[test]
fn contradictory_reports_are_as_good_as_none() {
    let c = COMMUNES[2];
    // More served than there are victims: neither count is believed.
    let found = with(vec![victims(c, 5), served(c, 9)]);
    assert_eq!(said(&found, "3.2a"), "125/150 exceeded unknown of 1 unknown");
    let found = with(vec![victims(c, 5), served(c, 9), year("dv-victims", c, 2023, 1)]);
    assert_eq!(
        said(&found, "3.2a"),
        "125/150 exceeded 125/156 to 131/156 by 2023 same"
    );
    let remark = of(&found, "3.2a").1.remark.clone().unwrap();
    assert!(
        remark
            .vi
            .contains("dù 1 đơn vị có số liệu mâu thuẫn báo cáo thế nào"),
        "{remark:?}"
    );
}

#[test]
fn nothing_occurred_only_where_it_was_reported() {
    let [a, b, c] = COMMUNES;
    let none = vec![victims(a, 0), served(a, 0), victims(b, 0), served(b, 0)];
    let found = compute(&none, COTO);
    assert_eq!(
        said(&found, "3.2a"),
        "not-occurred not-occurred unknown of 1 depends"
    );
    let (_, verdict) = of(&found, "3.2a");
    assert!(verdict.reserve.partial, "the third commune may tell otherwise");
    assert!(
        verdict
            .remark
            .as_ref()
            .unwrap()
            .vi
            .contains("có thể đổi khi 1 đơn vị còn thiếu báo cáo")
    );
    let found = compute(&[none.clone(), vec![victims(c, 0)]].concat(), COTO);
    assert_eq!(said(&found, "3.2a"), "not-occurred not-occurred nothing same");
    let found = compute(&[none, vec![victims(c, 4)]].concat(), COTO);
    assert_eq!(
        said(&found, "3.2a"),
        "not-occurred not-occurred 0/4 to 4/4 depends"
    );
    // One of three is too few for any judgement.
    let found = compute(&[victims(a, 0), served(a, 0)], COTO);
    assert_eq!(of(&found, "3.2a").1.judgement, Judgement::TooFew);
}

#[test]
fn a_ratio_that_is_no_share_needs_caps_of_both_sides() {
    let births = |code: &str, year: i16, boys: i64, girls: i64| -> Vec<Report> {
        let one = |sex, value| Report {
            measure: "live-births",
            item: None,
            sex: Some(sex),
            place: unit(code),
            period: Period::year(year),
            value,
        };
        vec![one("male", boys), one("female", girls)]
    };
    let [a, b, c] = COMMUNES;
    let two = [births(a, 2024, 110, 100), births(b, 2024, 55, 50)].concat();
    assert_eq!(
        said(&compute(&two, COTO), "4.1"),
        "165/150 exceeded unknown of 1 unknown"
    );
    let remark = of(&compute(&two, COTO), "4.1").1.remark.clone().unwrap();
    assert!(
        remark.vi.contains("chưa biết tử số, mẫu số của xã Thanh Lân"),
        "{remark:?}"
    );
    // 20 and 20 a year before, 30 % is 6: 14 to 26 each. 179/176 to 191/164.
    let found = compute(&[two, births(c, 2023, 20, 20)].concat(), COTO);
    assert_eq!(
        said(&found, "4.1"),
        "165/150 exceeded 179/176 to 191/164 by 2023 depends"
    );
    // People reached may be more than live there: the population alone is no cap.
    let population: Vec<Report> = COMMUNES
        .iter()
        .map(|c| year("population", c, 2024, 100))
        .collect();
    let reached = [
        year("people-reached", a, 2024, 90),
        year("people-reached", b, 2024, 80),
    ];
    let found = compute(&[population.clone(), reached.to_vec()].concat(), COTO);
    assert_eq!(said(&found, "6.1"), "170/200 exceeded unknown of 1 unknown");
    let last = vec![year("people-reached", c, 2023, 50)];
    let found = compute(&[population, reached.to_vec(), last].concat(), COTO);
    assert_eq!(
        said(&found, "6.1"),
        "170/200 exceeded 205/300 to 235/300 by 2023 same"
    );
}

#[test]
fn a_unit_that_is_missing_from_a_count_of_units_is_a_yes_or_a_no() {
    let news = |code: &str, counts: &[i64]| -> Vec<Report> {
        let quarters = (1u8..).zip(counts);
        quarters
            .map(|(quarter, value)| Report {
                measure: "grassroots-news",
                item: None,
                sex: None,
                place: unit(code),
                period: Period {
                    year: 2024,
                    span: Span::Quarter(quarter),
                },
                value: *value,
            })
            .collect()
    };
    let [a, b, c] = COMMUNES;
    // The third said 2 in the first quarter: it is a no whatever the others are.
    let found = compute(
        &[news(a, &[4, 5, 6, 4]), news(b, &[4, 4, 4, 4]), news(c, &[2])].concat(),
        COTO,
    );
    assert_eq!(said(&found, "6.3"), "2/2 met 2/3 to 2/3 becomes-other");
    let found = compute(
        &[news(a, &[4, 5, 6, 4]), news(b, &[4, 4, 4, 4]), news(c, &[9])].concat(),
        COTO,
    );
    assert_eq!(said(&found, "6.3"), "2/2 met 2/3 to 3/3 depends");
    let found = compute(&[news(a, &[4, 5, 6, 4]), news(b, &[4, 4, 3, 4])].concat(), COTO);
    assert_eq!(said(&found, "6.3"), "1/2 not-met 1/3 to 2/3 same");
}

#[test]
fn a_unit_that_did_not_say_what_it_has_is_missing_and_not_left_out() {
    let mut catalogue = CATALOGUE.clone();
    let index = catalogue.indicators.iter().position(|i| i.id == "1").unwrap();
    let variants = &mut catalogue.indicators[index].variants;
    let at = variants.iter().position(|v| v.id == "one-per-locality").unwrap();
    variants.swap(0, at);
    let one = |measure, organ, code: &str, value| Report {
        item: Some(organ),
        ..year(measure, code, 2024, value)
    };
    let [a, b, c] = COMMUNES;
    let mut reports = Vec::new();
    for code in [a, b] {
        reports.push(one("agencies", "ubnd", code, 1));
        reports.push(one("agencies-with-woman-leader", "ubnd", code, 1));
    }
    // No woman leads in the third, and it did not say what bodies it has; the district itself said nothing.
    for organ in ["hdnd", "ubnd"] {
        reports.push(one("agencies-with-woman-leader", organ, c, 0));
    }
    let found = compute_with(&reports, COTO, &catalogue);
    assert_eq!(said(&found, "1"), "2/2 exceeded 2/4 to 3/3 depends");
    reports.push(one("agencies", "ubnd", c, 1));
    let found = compute_with(&reports, COTO, &catalogue);
    assert_eq!(said(&found, "1"), "2/3 exceeded 2/4 to 3/4 depends");
}

#[test]
fn the_units_that_are_missing_are_named_with_what_is_known_of_them() {
    let [a, b, c] = COMMUNES;
    let reports = [
        victims(a, 100),
        served(a, 80),
        victims(b, 7),
        year("dv-victims", c, 2023, 100),
    ];
    let index = CATALOGUE.indicators.iter().position(|i| i.id == "3.2a").unwrap();
    let indicator = &CATALOGUE.indicators[index];
    let units = asked(&reports, COTO, &CATALOGUE, |question| {
        let variant = &indicator.variants[0];
        missing_units(question, indicator, variant, Period::year(2024), unit(COTO))
    });
    let told: Vec<_> = units
        .iter()
        .map(|m| {
            (
                m.unit,
                m.denominator.extent.low,
                m.denominator.extent.high,
                m.denominator.ground,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (unit(b), 7, Some(7), Ground::Reported),
            (unit(c), 70, Some(130), Ground::History(Period::year(2023))),
        ]
    );
}

// ── through the program ─────────────────────────────────────────────────────────────────────────

fn folder(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sheet = |text: &str| xlsx(&[("S", &table(text))]);
    put(
        folder.path(),
        "nhan/nan-nhan.xlsx",
        sheet(
            "NGƯỜI BỊ BẠO LỰC GIA ĐÌNH NĂM 2024\nXã | Số nạn nhân\nThị trấn Cô Tô | 100\nXã Đồng Tiến | 50\nXã Thanh Lân | 5",
        ),
    );
    put(
        folder.path(),
        "nhan/ho-tro.xlsx",
        sheet(
            "NGƯỜI BỊ BẠO LỰC ĐƯỢC TIẾP CẬN DỊCH VỤ HỖ TRỢ NĂM 2024\nXã | Nam | Nữ\nThị trấn Cô Tô | 10 | 70\nXã Đồng Tiến | 5 | 40",
        ),
    );
    put(
        folder.path(),
        "nhan/bdg.toml",
        format!("locality = \"{COTO}\"\n{settings}"),
    );
    folder
}

fn row(folder: &tempfile::TempDir, lang: &str) -> BTreeMap<String, String> {
    let words = [
        "report", "nhan", "-l", COTO, "-p", "2024", "--lang", lang, "-o", "kq.xlsx",
    ];
    let ran = bdg(folder.path(), &words);
    assert!(ran.code < 2, "{}{}", ran.out, ran.err);
    let rows = tidy(&folder.path().join("kq.csv"));
    let mut of = rows.into_iter().filter(|r| {
        r["indicator_id"] == "3.2a"
            && r["locality_code"] == COTO
            && r["period"] == "2024"
            && r["group"].is_empty()
    });
    of.next().unwrap()
}

/// Every text of a sheet.
fn texts(folder: &tempfile::TempDir, sheet: &str) -> Vec<String> {
    use calamine::{Reader, Xlsx};
    let bytes = std::fs::read(folder.path().join("kq.xlsx")).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().flatten().map(ToString::to_string).collect()
}

#[test]
fn every_output_that_shows_the_verdict_says_that_units_are_missing() {
    let folder = folder("");
    let said = row(&folder, "vi");
    let cell = |key: &str| said[key].as_str();
    assert_eq!(
        (cell("value"), cell("low"), cell("high")),
        ("83.3", "80.6", "83.9")
    );
    assert_eq!(
        (
            cell("denominator_low"),
            cell("denominator_high"),
            cell("numerator_high")
        ),
        ("155", "155", "130")
    );
    assert_eq!((cell("bounds_kind"), cell("if_all_report")), ("missing", "same"));
    assert_eq!(
        (cell("verdict"), cell("verdict_words"), cell("provisional")),
        ("exceeded", "Vượt (tạm tính)", "true")
    );
    assert!(
        cell("notes").contains("kết quả đánh giá không đổi dù 1 đơn vị còn thiếu báo cáo thế nào"),
        "{said:?}"
    );
    let summary = texts(&folder, "Tóm tắt");
    for text in ["Vượt (tạm tính)", "80,6 ↔ 83,9", "Khoảng khi đủ báo cáo"] {
        assert!(summary.iter().any(|t| t == text), "{text}: {summary:?}");
    }
    // Wherever the word stands in the workbook, the reserve stands with it.
    for sheet in ["Tóm tắt", "Mục tiêu", "Địa bàn"] {
        let scope: Vec<String> = texts(&folder, sheet)
            .into_iter()
            .filter(|t| t.contains("Vượt"))
            .collect();
        assert!(scope.iter().any(|t| t == "Vượt (tạm tính)"), "{sheet}: {scope:?}");
    }
    let notes = texts(&folder, "Ghi chú");
    assert!(
        notes
            .iter()
            .any(|t| t.contains("dù 1 đơn vị còn thiếu báo cáo thế nào")),
        "{notes:?}"
    );
    let quality = texts(&folder, "Chất lượng");
    assert!(
        quality
            .iter()
            .any(|t| t == "thiếu 1 đơn vị; khi đủ báo cáo: 80,6 ↔ 83,9"),
        "{quality:?}"
    );
    let methods = texts(&folder, "Phương pháp").concat();
    assert!(
        methods.contains("ít nhất 50 % số đơn vị") && methods.contains("30 % (hoặc 5)"),
        "{methods}"
    );
    assert!(texts(&folder, "Bìa").concat().contains("ít nhất 50 % số đơn vị"));
    let record = std::fs::read_dir(folder.path()).unwrap().flatten();
    let record = record
        .map(|e| e.path())
        .find(|p| p.extension().is_some_and(|e| e == "json"))
        .unwrap();
    let record: serde_json::Value = serde_json::from_slice(&std::fs::read(record).unwrap()).unwrap();
    let line = record["coverage"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["indicator"] == "3.2a")
        .unwrap();
    assert_eq!(
        (&line["verdict"], &line["provisional"], &line["if_all_report"]),
        (&"exceeded".into(), &true.into(), &"same".into())
    );
    let target = record["targets"]
        .as_array()
        .unwrap()
        .iter()
        .find(|t| t["target"] == "3.2")
        .unwrap();
    assert_eq!(target["provisional"], true);
    // The trace: on the console and for programs.
    let words = ["explain", "3.2a", "nhan", "-l", COTO, "-p", "2024"];
    let ran = bdg(folder.path(), &words);
    let told = format!("{}{}", ran.out, ran.err);
    for text in [
        "Vượt (tạm tính)",
        "khi đủ báo cáo: 80,6 ↔ 83,9",
        "xã Thanh Lân (07198): tử số chưa biết, mẫu số 5 (đã báo cáo)",
    ] {
        assert!(told.contains(text), "{text}: {told}");
    }
    let json = bdg(folder.path(), &[&words[..], &["--format", "json"]].concat()).out;
    let trace = json
        .lines()
        .find(|line| line.contains("\"type\":\"trace\""))
        .unwrap();
    let json: serde_json::Value = serde_json::from_str(trace).unwrap();
    assert_eq!(
        (&json["provisional"], &json["if_all_report"]),
        (&true.into(), &"same".into())
    );
    assert_eq!(json["missing"][0]["denominator"]["from"], "reported");
    let said = row(&folder, "en");
    assert!(
        said["notes"].contains("whatever the 1 unit still missing may report"),
        "{said:?}"
    );
}

#[test]
fn an_indicator_below_its_own_gate_is_shown_and_not_judged() {
    let said = row(&folder("[coverage]\ndefault = 10\n\"3.2a\" = 70\n"), "vi");
    assert_eq!(
        (said["value"].as_str(), said["verdict"].as_str()),
        ("83.3", "too-few")
    );
    assert!(
        said["notes"].contains("chưa đủ 70 % số đơn vị nên không đánh giá"),
        "{said:?}"
    );
    assert_eq!((said["low"].as_str(), said["high"].as_str()), ("80.6", "83.9"));
    let said = row(&folder("[coverage]\n\"3.2a\" = 66\n\"6.1\" = 100\n"), "vi");
    assert_eq!(said["verdict"], "exceeded");
    let mistaken = folder("[coverage]\n\"3.2aa\" = 70\n");
    let ran = bdg(
        mistaken.path(),
        &["report", "nhan", "-l", COTO, "-p", "2024", "-o", "kq.xlsx"],
    );
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
    let told = format!("{}{}", ran.out, ran.err);
    assert!(
        told.contains("bdg.toml") && told.contains("“3.2aa”") && told.contains("“3.2a”"),
        "{told}"
    );
    let twice = folder("minimum_coverage_percent = 20\n[coverage]\ndefault = 30\n");
    let ran = bdg(
        twice.path(),
        &["report", "nhan", "-l", COTO, "-p", "2024", "-o", "kq.xlsx"],
    );
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
}

// ── invented reports of a province ──────────────────────────────────────────────────────────────

const PROVINCE: &str = "58";

/// Numbers that look like chance, the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % u64::try_from(n.max(1)).unwrap()).unwrap()
    }

    fn percent(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    /// What a count may be a year later: within 30 %, or 5.
    fn later(&mut self, before: i64) -> i64 {
        let off = most_off(before);
        (before - off + self.below(2 * off + 1)).max(0)
    }
}

/// 30 %, or 5: the built-in settings.
fn most_off(before: i64) -> i64 {
    ((before * 30 + 99) / 100).max(5)
}

/// All reports of two years, each with a number: what is sent together has the same.
fn invented(seed: u64, steady: bool) -> Vec<(usize, Report)> {
    let mut chance = Chance(seed);
    let province = unit(PROVINCE);
    let below = |unit: UnitId, level| CATALOGUE.localities.descendants(unit, DAY, level);
    let districts = below(province, Level::District);
    let communes = below(province, Level::Commune);
    let mut all: Vec<(usize, Report)> = Vec::new();
    let mut sent = 0;
    let put = |all: &mut Vec<(usize, Report)>, sent: usize, measure, (item, sex), place, period, value| {
        all.push((
            sent,
            Report {
                measure,
                item,
                sex,
                place,
                period,
                value,
            },
        ));
    };
    let (none, year) = ((None, None), Period::year);
    // How large counts are in this province: now and then there are none at all.
    let size = [1, 3, 12, 60, 400][usize::try_from(chance.below(5)).unwrap()];
    let serving = chance.below(101);
    let mut totals: BTreeMap<UnitId, i64> = BTreeMap::new();
    for commune in &communes {
        let mut last: BTreeMap<&str, i64> = BTreeMap::new();
        for y in [2023, 2024] {
            let before = last.clone();
            let count = |chance: &mut Chance, key: &'static str, most: i64| match before.get(key) {
                Some(before) if steady => chance.later(*before),
                _ => chance.below(most),
            };
            let (mut women, mut men) = (count(&mut chance, "women", size), count(&mut chance, "men", size));
            // Both may be within what the settings allow, and the two together not.
            if let (true, Some(w), Some(m)) = (steady, before.get("women"), before.get("men"))
                && (women + men - w - m).abs() > most_off(w + m)
            {
                (women, men) = (*w, *m);
            }
            last.extend([("women", women), ("men", men)]);
            let part = |chance: &mut Chance, of: i64| {
                if chance.percent(30) {
                    chance.below(of + 1)
                } else {
                    of * serving / 100
                }
            };
            let (women_served, men_served) = (part(&mut chance, women), part(&mut chance, men));
            for (measure, female, value) in [
                ("dv-victims", women, women + men),
                ("dv-victims-served", women_served, women_served + men_served),
            ] {
                sent += 1;
                put(&mut all, sent, measure, none, *commune, year(y), value);
                put(
                    &mut all,
                    sent,
                    measure,
                    (None, Some("female")),
                    *commune,
                    year(y),
                    female,
                );
            }
            if y == 2024 {
                let parent = CATALOGUE.localities.parent(*commune, DAY).unwrap();
                *totals.entry(parent).or_default() += women + men;
            }
            sent += 1;
            for sex in ["male", "female"] {
                // Boys and no girls would be a contradiction: the unit would be in no sum.
                let value = count(&mut chance, sex, size * 2).max(i64::from(sex == "female"));
                last.insert(sex, value);
                put(
                    &mut all,
                    sent,
                    "live-births",
                    (None, Some(sex)),
                    *commune,
                    year(y),
                    value,
                );
            }
            for (measure, most) in [("population", size * 40), ("people-reached", size * 60)] {
                sent += 1;
                // Nobody is reached where nobody lives: such a unit would contradict itself.
                let value = count(&mut chance, measure, most).max(i64::from(measure == "population"));
                last.insert(measure, value);
                put(&mut all, sent, measure, none, *commune, year(y), value);
            }
            if y == 2024 {
                for quarter in 1..=4 {
                    sent += 1;
                    let period = Period {
                        year: y,
                        span: Span::Quarter(quarter),
                    };
                    let value = 3 + chance.below(6);
                    put(&mut all, sent, "grassroots-news", none, *commune, period, value);
                }
            }
        }
    }
    // Bodies of every level.
    let led = chance.below(101);
    for place in communes.iter().chain(&districts).chain([&province]) {
        for y in [2023, 2024] {
            sent += 1;
            for organ in ["hdnd", "ubnd"] {
                let woman = i64::from(chance.percent(led));
                put(
                    &mut all,
                    sent,
                    "agencies",
                    (Some(organ), None),
                    *place,
                    year(y),
                    1,
                );
                put(
                    &mut all,
                    sent,
                    "agencies-with-woman-leader",
                    (Some(organ), None),
                    *place,
                    year(y),
                    woman,
                );
            }
        }
    }
    // Some districts count the victims themselves.
    for (district, total) in totals {
        if chance.percent(30) {
            put(
                &mut all,
                usize::MAX,
                "dv-victims",
                none,
                district,
                year(2024),
                total,
            );
        }
    }
    all
}

fn order(a: Ratio, b: Ratio) -> Ordering {
    let product =
        |a: Ratio, b: Ratio| i128::from(a.numerator) * i128::from(a.scale) * i128::from(b.denominator);
    product(a, b).cmp(&product(b, a))
}

/// None: it makes nothing look good or bad.
fn rank(judgement: Judgement) -> Option<u8> {
    match judgement {
        Judgement::Exceeded => Some(3),
        Judgement::Met => Some(2),
        Judgement::PartlyMet => Some(1),
        Judgement::NotMet => Some(0),
        _ => None,
    }
}

#[derive(Debug, Default)]
struct Seen {
    bounded: usize,
    same: usize,
    becomes: usize,
    by_history: usize,
    better: usize,
}

/// Compares what is said of incomplete reports with what all of them say.
fn compare(full: &Computed, partial: &Computed, steady: bool, seen: &mut Seen) -> Result<(), TestCaseError> {
    let truth: BTreeMap<_, _> = full
        .figures
        .iter()
        .zip(&full.verdicts)
        .map(|(f, v)| ((f.indicator, f.place, f.period, f.group), (f, v)))
        .collect();
    for (figure, verdict) in partial.figures.iter().zip(&partial.verdicts) {
        let key = (figure.indicator, figure.place, figure.period, figure.group);
        let Some((whole, judged)) = truth.get(&key) else {
            continue;
        };
        let id = &CATALOGUE.indicators[usize::from(figure.indicator.0)].id;
        let what = || {
            format!(
                "{id} {}\n{figure:#?}\n{verdict:#?}\ntruth {whole:#?}\n{judged:#?}",
                CATALOGUE.localities.unit(figure.place).full_name()
            )
        };
        let Some(missing) = figure.missing else {
            // Complete: a report that is missing elsewhere changes nothing here.
            if figure.value.is_ok() {
                prop_assert_eq!(&figure.value, &whole.value, "{}", what());
            }
            continue;
        };
        prop_assert!(missing.units > 0 && !figure.coverage.is_full(), "{}", what());
        if verdict.judgement.is_judged() || verdict.judgement == Judgement::NotOccurred {
            prop_assert!(verdict.reserve.partial && verdict.remark.is_some(), "{}", what());
        }
        if verdict.trend.is_some() {
            prop_assert!(verdict.trend_partial, "{}", what());
        }
        if let (Some(shown), Some(is)) = (rank(verdict.judgement), rank(judged.judgement)) {
            seen.better += usize::from(shown > is);
        }
        if missing.history.is_some() {
            if !steady {
                continue;
            }
            seen.by_history += 1;
        }
        match missing.between {
            Ok(between) => {
                seen.bounded += 1;
                match &whole.value {
                    Ok(value) => {
                        prop_assert!(order(between.low, *value).is_le(), "{}", what());
                        prop_assert!(
                            between.high.is_none_or(|high| order(*value, high).is_le()),
                            "{}",
                            what()
                        );
                    }
                    Err(Absence::NotOccurred) => prop_assert!(between.denominator.low <= 0, "{}", what()),
                    Err(_) => prop_assert!(false, "{}", what()),
                }
                for (bounds, count) in [
                    (between.numerator, whole.numerator),
                    (between.denominator, whole.denominator),
                ] {
                    let count = count.unwrap();
                    prop_assert!(bounds.low <= count && count <= bounds.high, "{}", what());
                }
            }
            Err(Unbounded::Nothing) => {
                prop_assert_eq!(&whole.value, &Err(Absence::NotOccurred), "{}", what())
            }
            Err(Unbounded::Unknown(lacking)) => {
                prop_assert!(lacking.units > 0 && lacking.first[0].is_some(), "{}", what());
            }
            Err(Unbounded::Inconsistent | Unbounded::Recast) => prop_assert!(false, "{}", what()),
        }
        match verdict.if_all {
            Some(IfAll::Same) => {
                seen.same += 1;
                prop_assert_eq!(verdict.judgement, judged.judgement, "{}", what());
            }
            Some(IfAll::Becomes(judgement)) => {
                seen.becomes += 1;
                prop_assert_eq!(judgement, judged.judgement, "{}", what());
            }
            Some(IfAll::Open | IfAll::Unknown) | None => {}
        }
        if verdict.trend == Some(Trend::Better) {
            prop_assert!(verdict.trend_partial, "{}", what());
        }
    }
    let truth: BTreeMap<_, _> = full
        .targets
        .iter()
        .map(|t| ((t.place, t.period, &t.target), t))
        .collect();
    for target in &partial.targets {
        let Some(whole) = truth.get(&(target.place, target.period, &target.target)) else {
            continue;
        };
        if let (Some(shown), Some(is)) = (rank(target.judgement), rank(whole.judgement))
            && shown > is
        {
            prop_assert!(target.reserve.partial, "{target:?} {whole:?}");
        }
    }
    Ok(())
}

/// All reports, and those that came.
fn came(seed: u64, drop: i64, steady: bool) -> (Vec<Report>, Vec<Report>) {
    let all = invented(seed, steady);
    let mut chance = Chance(seed ^ 0x9E37_79B9);
    let mut dropped = BTreeMap::new();
    let kept = all.iter().filter(|(sent, report)| {
        // What a district counts itself is there in both.
        let goes = *dropped.entry(*sent).or_insert_with(|| chance.percent(drop));
        *sent == usize::MAX || !goes || report.period.year == 2023 && report.measure == "agencies"
    });
    let kept = kept.map(|(_, r)| r.clone()).collect();
    (all.iter().map(|(_, r)| r.clone()).collect(), kept)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn bounds_hold_the_truth_when_the_missing_reports_are_put_back(seed in any::<u64>(), drop in 1..60i64, steady in any::<bool>()) {
        let (all, kept) = came(seed, drop, steady);
        compare(&compute(&all, PROVINCE), &compute(&kept, PROVINCE), steady, &mut Seen::default())?;
    }
}

/// The property would hold of nothing if nothing were ever said.
#[test]
fn the_invented_provinces_try_every_kind_of_statement() {
    let mut seen = Seen::default();
    for seed in 1..=12 {
        let (all, kept) = came(seed * 7919, [3, 10, 25, 40][seed as usize % 4], true);
        compare(
            &compute(&all, PROVINCE),
            &compute(&kept, PROVINCE),
            true,
            &mut seen,
        )
        .unwrap();
    }
    let Seen {
        bounded,
        same,
        becomes,
        by_history,
        better,
    } = seen;
    assert!(
        bounded > 100 && same > 20 && by_history > 20 && better > 0 && becomes > 0,
        "{seen:?}"
    );
}

#[test]
fn words_of_a_missing_report_are_in_both_languages() {
    let (_, verdict) = {
        let found = with(vec![]);
        let (figure, verdict) = of(&found, "3.2a");
        (figure.clone(), verdict.clone())
    };
    let remark = verdict.remark.unwrap();
    assert!(
        remark
            .get(Lang::En)
            .contains("the denominator of Thanh Lân commune is not known"),
        "{remark:?}"
    );
}
