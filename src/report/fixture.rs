//! An invented release for tests: a real district and its communes, the real catalogue, invented
//! figures of two years with every kind of absence among them.

use std::sync::OnceLock;

use crate::classification::locality::{Level, UnitId};
use crate::classification::{Breakdown, Dimension, MeasureId};
use crate::compare::{judge_all, judge_targets};
use crate::definition::{Catalogue, IndicatorId, embedded, load};
use crate::disclosure::{About, Asked, Content, Edition, Judged, PlaceRow, QualityLine, Release};
use crate::evaluate::Figure;
use crate::fact::{Fact, SenderId, Senders};
use crate::lang::Words;
use crate::origin::{
    CellAddress, CellOrigin, FileId, FileOutcome, SheetId, SourceFile, SourceSheet, Sources,
};
use crate::period::{Day, Period};
use crate::problem::{Kind, Place, Problem};
use crate::quantity::{Absence, Ratio, RatioUnit};
use crate::rollup::{Basis, Coverage};

const DAY: Day = Day::new(2024, 12, 31);

pub(crate) fn catalogue() -> &'static Catalogue {
    static LOADED: OnceLock<Catalogue> = OnceLock::new();
    LOADED.get_or_init(|| load(embedded()).expect("the embedded catalogue is sound"))
}

fn words(vi: &str, en: &str) -> Words {
    Words::new(vi, en)
}

/// Huyện Ninh Sơn.
pub(crate) fn scope() -> UnitId {
    catalogue()
        .localities
        .by_code_at("585", Level::District, DAY)
        .expect("the district is in the register")
}

/// The release of the district, internal edition.
pub(crate) fn release() -> Release {
    Release::make(content(), Edition::Internal).expect("internal editions can be made")
}

pub(crate) fn content() -> Content {
    let catalogue = catalogue();
    let communes = catalogue.localities.children(scope(), DAY);
    let mut places = vec![PlaceRow {
        place: scope(),
        parent: None,
        depth: 0,
    }];
    places.extend(communes.iter().map(|place| PlaceRow {
        place: *place,
        parent: Some(scope()),
        depth: 1,
    }));
    let mut figures = Vec::new();
    for i in 0..catalogue.indicators.len() {
        for (n, place) in places.iter().enumerate() {
            for year in [2023, 2024] {
                figures.extend(invented(catalogue, i, n, place, year));
            }
        }
    }
    let verdicts = judge_all(&figures, catalogue, DAY);
    Content {
        targets: judge_targets(&figures, &verdicts, &[], catalogue),
        further: Vec::new(),
        figures: figures
            .into_iter()
            .zip(verdicts)
            .map(|(figure, verdict)| Judged { figure, verdict })
            .collect(),
        about: About {
            office: "UBND huyện Ninh Sơn".to_owned(),
            superior: "UBND tỉnh Ninh Thuận".to_owned(),
            contact: "binhdanggioi@example.vn".to_owned(),
            signatories: Vec::new(),
            scope: scope(),
            base: DAY,
            period: Period::year(2024),
            provisional: true,
            made_on: Day::new(2026, 11, 22),
            program_version: "0.1.0".to_owned(),
            catalogue_version: catalogue.version.clone(),
        },
        asked: Asked::default(),
        contradicted: vec![false; facts(&communes).len()],
        refused: Vec::new(),
        facts: facts(&communes),
        places,
        senders: vec!["Công an xã Lâm Sơn".to_owned()],
        sources: sources(),
        problems: vec![
            Problem::new(
                Place::file("xa-lam-son.xlsx")
                    .sheet("Biểu 3")
                    .cell(CellAddress::new(6, 2)),
                Kind::NotANumber {
                    text: "abc".to_owned(),
                },
            )
            .costing(1),
            Problem::new(
                Place::file("cu.doc"),
                Kind::FileForeign {
                    kind: words("văn bản Word", "a Word document"),
                },
            ),
        ],
        crossing: None,
        reporting: None,
        resent: Vec::new(),
        grounds: None,
        quality: vec![QualityLine {
            topic: words("Đơn vị chưa báo cáo", "Units that have not reported"),
            finding: words("1 xã", "1 commune"),
        }],
    }
}

fn facts(communes: &[UnitId]) -> Vec<Fact> {
    let sex = catalogue().lists.find("sex", "female").expect("women are listed");
    (0..40u16)
        .zip(communes.iter().cycle())
        .map(|(i, place)| Fact {
            measure: MeasureId(i % 2),
            breakdown: Breakdown::default().with(Dimension::Sex, sex),
            place: *place,
            period: Period::year(2024),
            value: i64::from(i),
            sender: SenderId(0),
            senders: Senders::One,
            origin: CellOrigin {
                sheet: SheetId(0),
                cell: CellAddress::new(6 + u32::from(i), 2),
            },
        })
        .collect()
}

fn sources() -> Sources {
    Sources {
        files: vec![
            SourceFile {
                name: "xa-lam-son.xlsx".to_owned(),
                sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
                bytes: 12_345,
                kind: "xlsx",
                outcome: FileOutcome::Read,
            },
            SourceFile {
                name: "cu.doc".to_owned(),
                sha256: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752".to_owned(),
                bytes: 345,
                kind: "doc",
                outcome: FileOutcome::LeftOut,
            },
        ],
        sheets: vec![SourceSheet {
            file: FileId(0),
            name: "Biểu 3".to_owned(),
            form: Some(("dv-01-bcx".to_owned(), words("Biểu 01/BC-X", "Form 01/BC-X"))),
            figures: 40,
            left_out: 1,
            account: Default::default(),
        }],
    }
}

fn invented(catalogue: &Catalogue, i: usize, n: usize, place: &PlaceRow, year: i16) -> Vec<Figure> {
    let indicator = &catalogue.indicators[i];
    let level = catalogue.localities.unit(place.place).level;
    let mix = 37 * i as i64 + 53 * n as i64 + 11 * i64::from(year);
    let denominator = if n == 0 { 2_417 } else { 40 + mix % 90 };
    let high = ["1", "3.4", "5.3", "6.1"].contains(&indicator.id.as_str());
    let share = if high { 62 + mix % 37 } else { 30 + mix % 65 };
    let reason = || words("chỉ có từ điều tra mẫu", "only from a sample survey");
    let value = if !indicator.is_computable_at(level) {
        Err(Absence::NotApplicable(reason()))
    } else if indicator.id == "3.3" {
        Err(Absence::NotOccurred)
    } else if indicator.id == "6.2" || n == 5 {
        Err(Absence::NotReported(words(
            "tổ chức đã cam kết",
            "organisations committed",
        )))
    } else if indicator.id == "6.4" {
        Err(Absence::Conflict(words(
            "hai báo cáo khác nhau",
            "two reports differ",
        )))
    } else {
        let (numerator, scale) = match indicator.unit {
            RatioUnit::YesNo => (denominator, 1),
            RatioUnit::Percent => (denominator * share / 100, 100),
            RatioUnit::Times => (denominator * 9 / 5, 1),
            RatioUnit::BoysPer100Girls => (denominator * (100 + mix % 15) / 100, 100),
            RatioUnit::PerHundred => (denominator * (20 + mix % 10) / 100, 100),
            RatioUnit::PerThousand => (denominator * (10 + mix % 20) / 1000, 1000),
            RatioUnit::PerHundredThousand => (1, 100_000),
        };
        Ok(Ratio {
            numerator,
            denominator,
            scale,
        })
    };
    let make = |group: Breakdown, part: i64| {
        let value = value.clone().map(|r| Ratio {
            numerator: r.numerator * part / 100,
            ..r
        });
        Figure {
            indicator: IndicatorId(i as u16),
            variant: 0,
            place: place.place,
            period: Period::year(year),
            group,
            numerator: value.as_ref().ok().map(|r| r.numerator),
            denominator: value.as_ref().ok().map(|r| r.denominator),
            coverage: match (level, value.is_ok()) {
                (Level::Commune, ok) => Coverage::of(u32::from(ok), 1),
                _ => Coverage::of(7, 8),
            },
            value,
            basis: Basis::Summed,
            derived: part != 100,
            none_listed: false,
            doubtful: indicator.id == "5.2b",
            impossible: None,
            boundary: crate::recast::Boundary::Same,
            between: None,
            missing: None,
            people: None,
        }
    };
    let mut all = vec![make(Breakdown::default(), 100)];
    let by_sex = indicator.breakdowns.contains(&Dimension::Sex);
    if by_sex && n == 0 && indicator.id != "3.4" {
        for (code, part) in [("male", 90), ("female", 100)] {
            let sex = catalogue.lists.find("sex", code).expect("both sexes are listed");
            all.push(make(Breakdown::default().with(Dimension::Sex, sex), part));
        }
    }
    all
}
