//! What changed from one run to another, split into causes that add up.
//!
//! In:  the reported figures of both runs, and the computed ones at every step from the first run to the
//!      second: the steps change one thing each, in the order of [`Cause::ORDER`].
//! Out: [`Revision`]: every changed figure with what each cause did to its numerator, denominator, value and
//!      verdict, and every reported figure that is not the same, with its cells.
//! Holds: the causes of a figure add up to its whole change, exactly, for each quantity: every step begins
//!        where the one before it ended. What no step explains is a cause of its own and never hidden.
//! Leaves to others: computing the steps (`engine`), words and order on paper (`report`).

mod edits;
mod steps;
#[cfg(test)]
mod tests;

pub use edits::{Edit, Known, Sent, edits, without};
pub use steps::{Contribution, Steps};

use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::compare::{Judgement, Reserve};
use crate::definition::Catalogue;
use crate::lang::{Lang, Words};
use crate::origin::Sources;
use crate::period::{Day, Period};
use crate::quantity::print_trimmed;

/// Why a figure is not what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The indicators, variants, code lists or the program itself are others.
    Definition,
    /// Another place, period or programme was asked for.
    Asked,
    /// The figures stand on other units.
    Boundary,
    /// The same file was read otherwise: form, answers, settings of reading.
    Reading,
    /// A cell holds another figure.
    Corrected,
    /// A further report for a place that had reported something.
    Late,
    /// A place that had reported nothing.
    NewUnit,
    /// A report is no longer there.
    Withdrawn,
    /// Reports contradict each other now, or no longer do.
    Contradiction,
    /// The targets or the settings of judging are others.
    Target,
    /// No step explains it.
    Unsplit,
}

impl Cause {
    /// In the order in which the steps are made.
    pub const ORDER: [Cause; 11] = [
        Cause::Definition,
        Cause::Asked,
        Cause::Boundary,
        Cause::Reading,
        Cause::Corrected,
        Cause::Late,
        Cause::NewUnit,
        Cause::Withdrawn,
        Cause::Contradiction,
        Cause::Target,
        Cause::Unsplit,
    ];

    /// Causes that are differences of the reported figures.
    pub const OF_FACTS: [Cause; 6] = [
        Cause::Reading,
        Cause::Corrected,
        Cause::Late,
        Cause::NewUnit,
        Cause::Withdrawn,
        Cause::Contradiction,
    ];

    /// Stable code, never translated.
    pub fn code(self) -> &'static str {
        match self {
            Cause::Definition => "definition",
            Cause::Asked => "asked",
            Cause::Boundary => "boundary",
            Cause::Reading => "reading",
            Cause::Corrected => "corrected",
            Cause::Late => "late",
            Cause::NewUnit => "new-unit",
            Cause::Withdrawn => "withdrawn",
            Cause::Contradiction => "contradiction",
            Cause::Target => "target",
            Cause::Unsplit => "unsplit",
        }
    }

    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Cause::Definition => lang.pick("Định nghĩa, cách tính", "Definition"),
            Cause::Asked => lang.pick("Địa bàn, kỳ, chương trình được hỏi", "What was asked"),
            Cause::Boundary => lang.pick("Địa giới", "Boundaries"),
            Cause::Reading => lang.pick("Cách đọc tệp", "Reading of a file"),
            Cause::Corrected => lang.pick("Ô đã sửa", "Corrected cells"),
            Cause::Late => lang.pick("Báo cáo đến thêm", "Late and further reports"),
            Cause::NewUnit => lang.pick("Đơn vị mới báo cáo", "New units"),
            Cause::Withdrawn => lang.pick("Báo cáo đã rút", "Withdrawn reports"),
            Cause::Contradiction => lang.pick("Mâu thuẫn xuất hiện hoặc đã hết", "Contradictions"),
            Cause::Target => lang.pick("Mục tiêu, thiết lập đánh giá", "Targets and settings of judging"),
            Cause::Unsplit => lang.pick("Chưa tách được", "Could not be split"),
        }
    }

    /// What falls under it, in a sentence.
    pub fn meaning(self, lang: Lang) -> &'static str {
        match self {
            Cause::Definition => lang.pick(
                "Số liệu lần 1 được tính lại theo danh mục và cách tính của lần 2.",
                "The figures of run 1 computed anew by the catalogue and the variants of run 2.",
            ),
            Cause::Asked => lang.pick(
                "Lần 2 hỏi địa bàn, kỳ hoặc chương trình khác.",
                "Run 2 asked for another place, period or programme.",
            ),
            Cause::Boundary => lang.pick(
                "Cùng số liệu, cộng trên các đơn vị của địa giới lần 2.",
                "The same figures on the units of run 2.",
            ),
            Cause::Reading => lang.pick(
                "Tệp không đổi một byte nhưng được đọc khác: biểu mẫu, câu trả lời, chương trình.",
                "The file has not changed by a byte but was read otherwise: form, answers, program.",
            ),
            Cause::Corrected => lang.pick(
                "Cùng nơi, cùng kỳ, cùng số liệu, giá trị khác; kể cả ô để trống nay có số hoặc ngược lại trong tệp đã có.",
                "Same place, period and figure, another value; also a cell of a known file that was empty and is filled, or the reverse.",
            ),
            Cause::Late => lang.pick(
                "Tệp mới của nơi đã báo cáo ít nhất một số liệu.",
                "A new file of a place that had reported something.",
            ),
            Cause::NewUnit => lang.pick(
                "Nơi trước đó chưa báo cáo số liệu nào.",
                "A place that had reported nothing before.",
            ),
            Cause::Withdrawn => lang.pick(
                "Tệp hoặc toàn bộ số liệu của một nơi không còn.",
                "A file, or all figures of a place, is no longer there.",
            ),
            Cause::Contradiction => lang.pick(
                "Số liệu mà các nguồn mâu thuẫn nhau ở một trong hai lần: không được cộng khi còn mâu thuẫn.",
                "Figures on which sources contradict each other in one of the runs: they are in no sum while they do.",
            ),
            Cause::Target => lang.pick(
                "Giá trị không đổi, mục tiêu hoặc thiết lập đánh giá khác.",
                "The same value judged by other targets or settings.",
            ),
            Cause::Unsplit => lang.pick(
                "Phần còn lại mà không bước nào giải thích được.",
                "What is left and explained by no step.",
            ),
        }
    }
}

/// Every quantity is counted in units of `10^-DECIMALS`, whatever its own decimals.
pub const DECIMALS: u8 = 6;

/// One computed figure at one step. None: there is no such number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amounts {
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    /// As printed: rounded to the indicator's decimals.
    pub value: Option<i64>,
    /// Bounds, where only they are known.
    pub low: Option<i64>,
    pub high: Option<i64>,
    /// Code of the reason why there is no value.
    pub absence: Option<&'static str>,
    pub verdict: Option<Judgement>,
    /// Judged though units are missing.
    pub provisional: bool,
}

impl Amounts {
    /// What the verdict is subject to.
    pub fn reserve(&self) -> Reserve {
        Reserve {
            partial: self.provisional,
            estimated: false,
        }
    }

    /// No number, and no other reason than that nothing was reported or nothing is to be computed here.
    pub fn says_nothing(&self) -> bool {
        let numbers = [self.numerator, self.denominator, self.value, self.low, self.high];
        let silent = [None, Some("not-reported"), Some("not-applicable")];
        numbers.iter().all(Option::is_none) && silent.contains(&self.absence)
    }

    /// Whether the numbers are the same, whatever the verdict.
    pub fn same_numbers(&self, other: &Amounts) -> bool {
        let plain = |a: &Amounts| Amounts {
            verdict: None,
            provisional: false,
            ..*a
        };
        plain(self) == plain(other)
    }
}

/// Which figure: codes that mean the same in both runs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureKey {
    /// Where the indicator and the place stand in the order of the report.
    pub order: (u32, u32),
    pub indicator: String,
    pub code: String,
    pub level: String,
    pub period: Period,
    /// Codes of sex, age and ethnicity; `all` where not split.
    pub group: [String; 3],
}

impl FigureKey {
    pub fn is_everybody(&self) -> bool {
        self.group.iter().all(|code| code == "all")
    }
}

/// A changed figure and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub key: FigureKey,
    pub place: Option<UnitId>,
    pub breakdown: Breakdown,
    pub before: Amounts,
    pub after: Amounts,
    /// In the order of the steps; only those that changed something.
    pub contributions: Vec<Contribution>,
    /// For each contribution the edits behind it, as indices of [`Revision::edits`].
    pub behind: Vec<Vec<u32>>,
}

/// One of the two runs, as it is named on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboutRun {
    /// Name of its folder, never a path of the machine.
    pub name: String,
    pub made_on: String,
    pub program_version: String,
    pub catalogue_version: String,
    pub locality: String,
    pub period: Period,
    pub boundaries_on: Day,
    pub files_read: usize,
    pub facts: usize,
}

/// What changed from the first run to the second.
#[derive(Debug, Clone)]
pub struct Revision {
    pub runs: [AboutRun; 2],
    /// By indicator, place, period, group.
    pub changes: Vec<Change>,
    /// By cause, then place, period and figure.
    pub edits: Vec<Edit>,
    /// Figures that were compared.
    pub compared: usize,
    /// Files and sheets of both runs, those of the first in front.
    pub sources: Sources,
    /// Definitions and settings that are not the same: what, before, after.
    pub settings: Vec<(Words, String, String)>,
    /// What could not be told apart, and why; empty: everything was.
    pub reserves: Vec<Words>,
    pub made_on: Day,
}

impl Revision {
    /// Nothing that was computed has changed.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty()
    }

    /// Figures of which some change is explained by no step.
    pub fn unsplit(&self) -> usize {
        let unsplit = |c: &&Change| c.contributions.iter().any(|p| p.cause == Cause::Unsplit);
        self.changes.iter().filter(unsplit).count()
    }

    /// Everything was split.
    pub fn is_split(&self) -> bool {
        self.unsplit() == 0 && self.reserves.is_empty()
    }

    /// The edits of a cause.
    pub fn edits_of(&self, cause: Cause) -> usize {
        self.edits.iter().filter(|e| e.cause == cause).count()
    }

    /// The figures to which a cause did something.
    pub fn changed_by(&self, cause: Cause) -> usize {
        let by = |c: &&Change| c.contributions.iter().any(|p| p.cause == cause);
        self.changes.iter().filter(by).count()
    }

    /// Those of the place that the second run reported on, for everybody, the latest period first.
    pub fn of_the_whole(&self) -> impl Iterator<Item = &Change> {
        let here = &self.runs[1];
        let is_main =
            |c: &&Change| c.key.code == here.locality && c.key.period == here.period && c.key.is_everybody();
        self.changes.iter().filter(is_main)
    }

    /// `xa.xlsx › Biểu 1 › C7: 10 → 12`; where another cell holds the later figure, both cells.
    pub fn quoted(&self, edit: &Edit, catalogue: &Catalogue, lang: Lang) -> String {
        let known = |k: Option<Known>| {
            k.map(|k| {
                let decimals = catalogue.measures.get(k.fact.measure).decimals;
                (
                    self.sources.describe(k.fact.origin),
                    print_trimmed(k.fact.value, decimals, lang),
                )
            })
        };
        match (known(edit.before), known(edit.after)) {
            (Some((a, old)), Some((b, new))) if a == b => format!("{a}: {old} → {new}"),
            (Some((a, old)), Some((b, new))) => format!("{a}: {old} → {b}: {new}"),
            (Some((a, old)), None) => format!("{a}: {old} → {}", lang.pick("không còn", "gone")),
            (None, Some((b, new))) => format!("{b}: {} {new}", lang.pick("mới", "new")),
            (None, None) => String::new(),
        }
    }
}
