//! An invented release for tests: a district of eight communes, 26 indicators, two years.

use crate::classification::locality::{AdminUnit, Level, Register, UnitId};
use crate::classification::{
    Breakdown, Category, CategoryId, CodeList, CodeLists, Dimension, Flow, ListId, Measure, MeasureId,
    Measures, Spread,
};
use crate::compare::{Judgement, TargetVerdict, Trend, Verdict};
use crate::definition::target::{Comparator, Target, When};
use crate::definition::{
    Catalogue, Direction, Formula, Indicator, IndicatorId, Objective, Settings, Strategy, Term, Variant,
};
use crate::disclosure::{About, Content, Edition, Judged, PlaceRow, QualityLine, Release};
use crate::evaluate::Figure;
use crate::fact::{Fact, SenderId, Senders};
use crate::lang::Words;
use crate::origin::{
    CellAddress, CellOrigin, FileId, FileOutcome, SheetId, SourceFile, SourceSheet, Sources,
};
use crate::period::{Day, Period};
use crate::problem::{Kind, Place, Problem};
use crate::quantity::{Absence, Ratio, RatioUnit, Unit};
use crate::rollup::{Basis, Coverage};

/// id, objective, name, English name, unit, higher is better, target by 2025 and 2030 in tenths
const INDICATORS: [(&str, u8, &str, &str, RatioUnit, bool, i64, i64); 26] = {
    use RatioUnit::*;
    [
        (
            "1",
            1,
            "Tỷ lệ cơ quan quản lý nhà nước, chính quyền địa phương có lãnh đạo chủ chốt là nữ",
            "Agencies with a woman in key leadership",
            Percent,
            true,
            600,
            750,
        ),
        (
            "2.1",
            2,
            "Tỷ lệ lao động nữ làm công hưởng lương",
            "Women wage workers",
            Percent,
            true,
            500,
            600,
        ),
        (
            "2.2",
            2,
            "Tỷ trọng lao động nữ trong khu vực nông nghiệp",
            "Employed women in agriculture",
            Percent,
            false,
            300,
            250,
        ),
        (
            "2.3",
            2,
            "Tỷ lệ nữ giám đốc, chủ doanh nghiệp, hợp tác xã",
            "Women directors or owners of enterprises and cooperatives",
            Percent,
            true,
            270,
            300,
        ),
        (
            "3.1",
            3,
            "Số giờ làm việc nhà không được trả công của phụ nữ so với nam giới",
            "Unpaid care hours, women to men",
            Times,
            false,
            17,
            14,
        ),
        (
            "3.2a",
            3,
            "Tỷ lệ người bị bạo lực được tiếp cận ít nhất một dịch vụ hỗ trợ cơ bản",
            "Victims of violence reached by a basic service",
            Percent,
            true,
            800,
            900,
        ),
        (
            "3.2b",
            3,
            "Tỷ lệ người gây bạo lực chưa bị truy cứu trách nhiệm hình sự được tư vấn, tham vấn",
            "Perpetrators counselled",
            Percent,
            true,
            500,
            700,
        ),
        (
            "3.3",
            3,
            "Tỷ lệ nạn nhân bị mua bán trở về có nhu cầu được hỗ trợ",
            "Returned trafficking victims served",
            Percent,
            true,
            1000,
            1000,
        ),
        (
            "3.4",
            3,
            "Tỷ lệ cơ sở trợ giúp xã hội công lập có hoạt động về bạo lực giới",
            "Public social facilities working on violence",
            Percent,
            true,
            700,
            1000,
        ),
        (
            "4.1",
            4,
            "Tỷ số giới tính khi sinh",
            "Sex ratio at birth",
            BoysPer100Girls,
            false,
            1110,
            1090,
        ),
        (
            "4.2",
            4,
            "Tỷ số tử vong mẹ",
            "Maternal mortality ratio",
            PerHundredThousand,
            false,
            420,
            420,
        ),
        (
            "4.3",
            4,
            "Tỷ suất sinh ở vị thành niên",
            "Adolescent birth rate",
            PerThousand,
            false,
            180,
            180,
        ),
        (
            "4.4",
            4,
            "Tỷ lệ tỉnh có cơ sở y tế thí điểm dịch vụ cho người đồng tính, song tính, chuyển giới",
            "Provinces with a facility piloting LGBT care",
            Percent,
            true,
            400,
            700,
        ),
        (
            "5.1a",
            5,
            "Nội dung giới, bình đẳng giới trong chương trình giảng dạy",
            "Gender content in the curriculum",
            YesNo,
            true,
            10,
            10,
        ),
        (
            "5.1b",
            5,
            "Giảng dạy chính thức ở trường sư phạm",
            "Taught in teacher training",
            YesNo,
            true,
            10,
            10,
        ),
        (
            "5.2a",
            5,
            "Tỷ lệ trẻ em trai dân tộc thiểu số hoàn thành tiểu học",
            "Minority boys completing primary",
            Percent,
            true,
            900,
            990,
        ),
        (
            "5.2b",
            5,
            "Tỷ lệ trẻ em gái dân tộc thiểu số hoàn thành tiểu học",
            "Minority girls completing primary",
            Percent,
            true,
            900,
            990,
        ),
        (
            "5.2c",
            5,
            "Tỷ lệ trẻ em trai dân tộc thiểu số hoàn thành trung học cơ sở",
            "Minority boys completing lower secondary",
            Percent,
            true,
            850,
            900,
        ),
        (
            "5.2d",
            5,
            "Tỷ lệ trẻ em gái dân tộc thiểu số hoàn thành trung học cơ sở",
            "Minority girls completing lower secondary",
            Percent,
            true,
            850,
            900,
        ),
        (
            "5.3",
            5,
            "Tỷ lệ nữ tuyển mới giáo dục nghề nghiệp",
            "Women among new vocational entrants",
            Percent,
            true,
            300,
            400,
        ),
        (
            "5.4a",
            5,
            "Tỷ lệ nữ thạc sĩ",
            "Women among holders of a master's degree",
            Percent,
            true,
            500,
            500,
        ),
        (
            "5.4b",
            5,
            "Tỷ lệ nữ tiến sĩ",
            "Women among holders of a doctorate",
            Percent,
            true,
            300,
            350,
        ),
        (
            "6.1",
            6,
            "Tỷ lệ dân số được tiếp cận kiến thức cơ bản về bình đẳng giới",
            "Population reached by basic knowledge",
            Percent,
            true,
            600,
            800,
        ),
        (
            "6.2",
            6,
            "Tỷ lệ tổ chức được phổ biến và cam kết thực hiện bình đẳng giới",
            "Organisations informed and committed",
            Percent,
            true,
            1000,
            1000,
        ),
        (
            "6.3",
            6,
            "Tỷ lệ xã mỗi quý có ít nhất 04 tin, bài về bình đẳng giới",
            "Communes with four items every quarter",
            Percent,
            true,
            1000,
            1000,
        ),
        (
            "6.4",
            6,
            "Tỷ lệ đài phát thanh, truyền hình có chuyên mục hằng tháng",
            "Stations with a monthly programme",
            Percent,
            true,
            1000,
            1000,
        ),
    ]
};

const OBJECTIVES: [(&str, &str); 6] = [
    ("Trong lĩnh vực chính trị", "Politics"),
    ("Trong lĩnh vực kinh tế, lao động", "Economy and labour"),
    (
        "Trong đời sống gia đình và phòng ngừa, ứng phó với bạo lực trên cơ sở giới",
        "Family life and gender-based violence",
    ),
    ("Trong lĩnh vực y tế", "Health"),
    ("Trong lĩnh vực giáo dục, đào tạo", "Education and training"),
    (
        "Trong lĩnh vực thông tin, truyền thông",
        "Information and communication",
    ),
];

const COMMUNES: [(&str, &str, &str); 8] = [
    ("22810", "Tân Sơn", "thị trấn"),
    ("22813", "Lâm Sơn", "xã"),
    ("22816", "Lương Sơn", "xã"),
    ("22819", "Quảng Sơn", "xã"),
    ("22822", "Mỹ Sơn", "xã"),
    ("22825", "Hòa Sơn", "xã"),
    ("22828", "Ma Nới", "xã"),
    ("22831", "Nhơn Sơn", "xã"),
];

pub(crate) const FEMALE: CategoryId = CategoryId(2);
pub(crate) const MALE: CategoryId = CategoryId(1);
pub(crate) const SCOPE: UnitId = UnitId(2);

fn words(vi: &str, en: &str) -> Words {
    Words::new(vi, en)
}

pub(crate) fn catalogue() -> Catalogue {
    let measure = |id: &str, vi: &str, en: &str, decimals| Measure {
        id: id.to_owned(),
        name: words(vi, en),
        unit: Unit::Persons,
        flow: Flow::Flow,
        spread: Spread::Total,
        decimals,
        dimensions: vec![Dimension::Sex, Dimension::Ethnicity],
        items: None,
        synonyms: Vec::new(),
        sensitive: true,
    };
    let term = |measure, minus| Term {
        measure: MeasureId(measure),
        breakdown: Breakdown::default(),
        years_back: 0,
        minus,
    };
    let indicators = INDICATORS
        .iter()
        .map(|(id, objective, vi, en, unit, higher, ..)| Indicator {
            id: (*id).to_owned(),
            target: id.trim_end_matches(char::is_alphabetic).to_owned(),
            objective: *objective,
            name: words(vi, en),
            short: words(vi.split(' ').take(8).collect::<Vec<_>>().join(" ").as_str(), en),
            unit: *unit,
            direction: if *higher {
                Direction::Higher
            } else {
                Direction::Lower
            },
            decimals: if *unit == RatioUnit::Times { 2 } else { 1 },
            levels: if matches!(*id, "2.1" | "2.2" | "3.1" | "4.2" | "4.4" | "5.4a" | "5.4b") {
                vec![Level::Nation, Level::Province]
            } else if matches!(
                *id,
                "2.3" | "3.4" | "4.1" | "4.3" | "5.1a" | "5.1b" | "5.3" | "6.4"
            ) {
                vec![Level::Nation, Level::Province, Level::District]
            } else {
                Level::ALL.to_vec()
            },
            not_computable: vec![(
                Level::Commune,
                words("chỉ có từ điều tra mẫu", "only from a sample survey"),
            )],
            breakdowns: if id.starts_with('3') {
                vec![Dimension::Sex, Dimension::Ethnicity]
            } else {
                Vec::new()
            },
            supplier: words("Đơn vị cung cấp số liệu", "The supplying office"),
            method: words("Theo phương pháp đã công bố", "By the published method"),
            source: words("Nghị quyết 28/NQ-CP", "Resolution 28/NQ-CP"),
            verified: *objective < 4,
            may_exceed: id.starts_with("5.2"),
            suspicious_below_tenths: None,
            proxy_for: None,
            variants: vec![Variant {
                id: "standard".to_owned(),
                name: words("chuẩn", "standard"),
                formula: Formula::Ratio {
                    scale: 100,
                    numerator: vec![term(0, false)],
                    denominator: vec![term(1, false), term(0, true)],
                },
            }],
            file: format!("strategy/{id}.toml"),
            examples: Vec::new(),
        })
        .collect();
    let mut targets = Vec::new();
    for (row, (id, .., by_2025, by_2030)) in INDICATORS.iter().enumerate() {
        let higher = INDICATORS.get(row).is_none_or(|i| i.5);
        for (year, value) in [(2025, by_2025), (2030, by_2030)] {
            targets.push(Target {
                indicator: (*id).to_owned(),
                locality: "VN".to_owned(),
                when: When::By(year),
                comparator: match (higher, row) {
                    (_, 1) => Comparator::About,
                    (true, _) => Comparator::AtLeast,
                    (false, _) => Comparator::AtMost,
                },
                value_tenths: *value,
                act: "Nghị quyết 28/NQ-CP".to_owned(),
                issued: Some(Day::new(2021, 3, 3)),
                verified: row < 10,
                row: 2 + targets.len() as u32,
                file: "targets.csv".to_owned(),
            });
        }
    }
    Catalogue {
        version: "2026.1".to_owned(),
        strategy: Strategy {
            name: words(
                "Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2030",
                "National Strategy on Gender Equality 2021-2030",
            ),
            act: "28/NQ-CP".to_owned(),
        },
        lists: lists(),
        measures: Measures::new(vec![
            measure(
                "dv-victims-served",
                "Người bị bạo lực được hỗ trợ",
                "Victims served",
                0,
            ),
            measure("dv-victims", "Người bị bạo lực", "Victims of violence", 0),
        ]),
        localities: register(),
        objectives: OBJECTIVES
            .iter()
            .zip(1..)
            .map(|((vi, en), number)| Objective {
                number,
                name: words(vi, en),
            })
            .collect(),
        indicators,
        targets,
        checks: Vec::new(),
        settings: Settings {
            approximate_tolerance_tenths: 10,
            minimum_coverage_percent: 0,
        },
        forms: Vec::new(),
    }
}

fn lists() -> CodeLists {
    let category = |code: &str, list, vi: &str, en: &str| Category {
        code: code.to_owned(),
        list: ListId(list),
        name: words(vi, en),
        synonyms: Vec::new(),
        parent: None,
        years: None,
        numbers: Vec::new(),
    };
    let list = |id: &str, dimension, vi: &str, en: &str, categories: &[u16]| CodeList {
        id: id.to_owned(),
        dimension,
        name: words(vi, en),
        partition: true,
        categories: categories.iter().map(|c| CategoryId(*c)).collect(),
    };
    CodeLists {
        lists: vec![
            list("sex", Dimension::Sex, "giới tính", "sex", &[1, 2]),
            list("ethnicity", Dimension::Ethnicity, "dân tộc", "ethnicity", &[3, 4]),
        ],
        categories: vec![
            category("all", 0, "", ""),
            category("male", 0, "nam", "men"),
            category("female", 0, "nữ", "women"),
            category("kinh", 1, "Kinh", "Kinh"),
            category("minority", 1, "dân tộc thiểu số", "ethnic minorities"),
        ],
    }
}

fn register() -> Register {
    let unit = |code: &str, name: &str, kind: &str, level, parent: &str| AdminUnit {
        code: code.to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        level,
        parent_code: parent.to_owned(),
        from: None,
        until: None,
    };
    let mut units = vec![
        unit("VN", "Việt Nam", "quốc gia", Level::Nation, ""),
        unit("58", "Ninh Thuận", "tỉnh", Level::Province, "VN"),
        unit("585", "Ninh Sơn", "huyện", Level::District, "58"),
    ];
    units.extend(
        COMMUNES
            .iter()
            .map(|(code, name, kind)| unit(code, name, kind, Level::Commune, "585")),
    );
    Register { units }
}

/// The release of the invented district, internal edition.
pub(crate) fn release() -> Release {
    let catalogue = catalogue();
    let places: Vec<PlaceRow> = std::iter::once(PlaceRow {
        place: SCOPE,
        parent: None,
        depth: 0,
    })
    .chain((3..11).map(|i| PlaceRow {
        place: UnitId(i),
        parent: Some(SCOPE),
        depth: 1,
    }))
    .collect();
    let mut figures = Vec::new();
    for (i, indicator) in catalogue.indicators.iter().enumerate() {
        for place in &places {
            for year in [2023, 2024] {
                figures.extend(judged(&catalogue, i, indicator, place, year));
            }
        }
    }
    let content = Content {
        targets: target_verdicts(&catalogue, &figures),
        figures,
        about: About {
            office: "UBND huyện Ninh Sơn".to_owned(),
            superior: "UBND tỉnh Ninh Thuận".to_owned(),
            contact: "binhdanggioi@example.vn".to_owned(),
            signatories: Vec::new(),
            scope: SCOPE,
            period: Period::year(2024),
            provisional: true,
            made_on: Day::new(2026, 11, 22),
            program_version: "0.1.0".to_owned(),
            catalogue_version: catalogue.version.clone(),
        },
        places,
        facts: facts(),
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
                    kind: "doc".to_owned(),
                },
            ),
        ],
        quality: vec![QualityLine {
            topic: words("Đơn vị chưa báo cáo", "Units that have not reported"),
            finding: words("1 xã", "1 commune"),
        }],
    };
    Release::make(content, Edition::Internal).expect("internal editions can be made")
}

fn facts() -> Vec<Fact> {
    (0..40u32)
        .map(|i| Fact {
            measure: MeasureId((i % 2) as u16),
            breakdown: Breakdown::default().with(Dimension::Sex, FEMALE),
            place: UnitId(3 + i % 8),
            period: Period::year(2024),
            value: i64::from(i),
            sender: SenderId(0),
            senders: Senders::One,
            origin: CellOrigin {
                sheet: SheetId(0),
                cell: CellAddress::new(6 + i, 2),
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
        }],
    }
}

fn judged(
    catalogue: &Catalogue,
    i: usize,
    indicator: &Indicator,
    place: &PlaceRow,
    year: i16,
) -> Vec<Judged> {
    let level = catalogue.localities.units[place.place.0 as usize].level;
    let id = IndicatorId(i as u16);
    let n = i64::from(place.place.0);
    let denominator = 40 + 7 * n;
    let numerator = (denominator * (30 + (7 * n + 11 * i as i64 + i64::from(year)) % 65)) / 100;
    let value = if !indicator.is_computable_at(level) {
        Err(Absence::NotApplicable(words(
            "chỉ có từ điều tra mẫu",
            "only from a sample survey",
        )))
    } else if indicator.id == "3.3" {
        Err(Absence::NotOccurred)
    } else if indicator.id == "6.2" || n == 7 {
        Err(Absence::NotReported(words(
            "tổ chức đã cam kết",
            "organisations committed",
        )))
    } else if indicator.id == "6.4" {
        Err(Absence::Conflict(words(
            "hai báo cáo khác nhau",
            "two reports differ",
        )))
    } else if indicator.unit == RatioUnit::YesNo {
        Ok(Ratio {
            numerator: 1,
            denominator: 1,
            scale: 1,
        })
    } else {
        Ok(Ratio {
            numerator,
            denominator,
            scale: if indicator.unit == RatioUnit::Times {
                2
            } else {
                100
            },
        })
    };
    let goal = INDICATORS[i].6;
    let reached = value.as_ref().ok().map(|r| {
        let order = r.compare(goal, 1);
        match indicator.direction {
            Direction::Lower => order.reverse(),
            _ => order,
        }
    });
    use std::cmp::Ordering::{Equal, Greater};
    let judgement = match (&value, reached) {
        (Ok(_), Some(Greater)) => Judgement::Exceeded,
        (Ok(_), Some(Equal)) => Judgement::Met,
        (Ok(_), _) => Judgement::NotMet,
        (Err(Absence::NotOccurred), _) => Judgement::NotOccurred,
        (Err(Absence::NotApplicable(_)), _) => Judgement::NotApplicable,
        (Err(Absence::Conflict(_)), _) => Judgement::Conflict,
        (Err(_), _) => Judgement::NoData,
    };
    let make = |group: Breakdown, part: i64| {
        let value = value.clone().map(|r| Ratio {
            numerator: r.numerator * part / 100,
            ..r
        });
        let gap = value.as_ref().ok().map(|r| {
            let tens = if indicator.decimals == 2 { 10 } else { 1 };
            r.rounded(indicator.decimals) - goal * tens
        });
        Judged {
            figure: Figure {
                indicator: id,
                variant: 0,
                place: place.place,
                period: Period::year(year),
                group,
                numerator: value.as_ref().ok().map(|r| r.numerator),
                denominator: value.as_ref().ok().map(|r| r.denominator),
                coverage: match (level, value.is_ok()) {
                    (Level::Commune, ok) => Coverage {
                        reported: u32::from(ok),
                        expected: 1,
                    },
                    _ => Coverage {
                        reported: 7,
                        expected: 8,
                    },
                },
                value,
                basis: Basis::Summed,
                derived: part != 100,
                doubtful: indicator.id == "5.2b",
            },
            verdict: Verdict {
                judgement: if group == Breakdown::default() {
                    judgement
                } else {
                    Judgement::NotJudged
                },
                milestone: (group == Breakdown::default()).then_some(2 * i as u32),
                gap: gap.filter(|_| group == Breakdown::default()),
                trend: (year == 2024 && judgement == Judgement::NotMet).then_some(Trend::Better),
                remark: None,
            },
        }
    };
    let mut all = vec![make(Breakdown::default(), 100)];
    if !indicator.breakdowns.is_empty() && level == Level::District && indicator.id != "3.4" {
        all.push(make(Breakdown::default().with(Dimension::Sex, MALE), 90));
        all.push(make(Breakdown::default().with(Dimension::Sex, FEMALE), 100));
    }
    all
}

fn target_verdicts(catalogue: &Catalogue, figures: &[Judged]) -> Vec<TargetVerdict> {
    let mut out: Vec<TargetVerdict> = Vec::new();
    for (i, indicator) in catalogue.indicators.iter().enumerate() {
        let id = IndicatorId(i as u16);
        let judgement = figures
            .iter()
            .find(|j| {
                j.figure.indicator == id
                    && j.figure.place == SCOPE
                    && j.figure.period == Period::year(2024)
                    && j.figure.group == Breakdown::default()
            })
            .map_or(Judgement::NoData, |j| j.verdict.judgement);
        match out.iter_mut().find(|t| t.target == indicator.target) {
            Some(known) => {
                known.parts.push(id);
                if known.judgement != judgement {
                    known.judgement = Judgement::PartlyMet;
                }
            }
            None => out.push(TargetVerdict {
                target: indicator.target.clone(),
                place: SCOPE,
                period: Period::year(2024),
                parts: vec![id],
                judgement,
            }),
        }
    }
    out
}
