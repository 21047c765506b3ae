//! From the problems of a file to the points that its unit is told.
//!
//! In:  problems, how the file was read, what identities imply. Out: points without their effect, which takes a run.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{Told, told};
use crate::check::{Implied, Suggestion};
use crate::classification::MeasureId;
use crate::classification::locality::UnitId;
use crate::engine::{Computed, Request};
use crate::fact::{Fact, SenderId};
use crate::intake::{Outcome, SheetFact, SheetReading};
use crate::lang::Lang;
use crate::origin::{CellAddress, CellOrigin, FileId, SheetId, Sources};
use crate::problem::{Kind, Problem};
use crate::quantity::print_plain;
use crate::returned::Point;
use crate::text::composed;

/// How one file was read, as far as its points need it.
pub(super) struct Reading {
    pub sheets: Vec<SheetReading>,
}

/// Cells of which one problem tells: more are not marked one by one.
const MOST_CELLS: usize = 500;

impl Reading {
    /// The cells that a problem is about: its own, and those that have the same fault.
    fn cells(&self, problem: &Problem) -> BTreeSet<CellAddress> {
        let Some(at) = problem.place.cell else {
            return BTreeSet::new();
        };
        let of_sheet = |s: &&SheetReading| Some(s.name.as_str()) == problem.place.sheet.as_deref();
        let Some(sheet) = self.sheets.iter().find(of_sheet) else {
            return BTreeSet::from([at]);
        };
        let same = |t: &crate::intake::Trouble| t.at == Some(at) && t.kind == problem.kind;
        let Some(index) = sheet.troubles.iter().position(same) else {
            return BTreeSet::from([at]);
        };
        let tables = sheet.tables.iter().flat_map(|t| &t.cells);
        let hit = tables
            .chain(&sheet.beside)
            .filter(|(_, o)| *o == Outcome::LeftOut(index as u32));
        let cells: BTreeSet<CellAddress> = hit.map(|(cell, _)| *cell).collect();
        // A fault of a heading or label stands where the heading is, not in every cell below it.
        match cells.contains(&at) {
            true => cells,
            false => BTreeSet::from([at]),
        }
    }

    fn is_personal(&self, sheet: Option<&str>) -> bool {
        let of_sheet = self.sheets.iter().filter(|s| Some(s.name.as_str()) == sheet);
        of_sheet.flat_map(|s| &s.tables).any(|t| t.personal)
    }

    /// Figures of cells that cannot be read.
    pub fn unread(&self) -> impl Iterator<Item = (&str, &SheetFact)> {
        let sheets = self.sheets.iter();
        sheets.flat_map(|s| {
            s.tables
                .iter()
                .flat_map(|t| &t.unread)
                .map(|f| (s.name.as_str(), f))
        })
    }
}

/// Everything by which points are made.
pub(super) struct Evidence<'a> {
    pub request: &'a Request,
    pub sources: &'a Sources,
    pub computed: Option<&'a Computed>,
    pub implied: Option<Implied<'a>>,
    pub sheets: BTreeMap<(FileId, &'a str), SheetId>,
    pub facts: ByPlaceAndFile,
}

/// A point, and the figure that would set it right.
pub(super) struct Draft {
    pub point: Point,
    origin: Option<CellOrigin>,
    pub fact: Option<Fact>,
    pub left_out: u32,
}

/// Who reported what of which place: to see whether a text may hold figures of others.
#[derive(Default)]
pub(super) struct ByPlaceAndFile(BTreeMap<UnitId, BTreeSet<(MeasureId, SenderId, FileId)>>);

impl ByPlaceAndFile {
    pub fn of(facts: &[Fact], sources: &Sources) -> ByPlaceAndFile {
        let mut all = ByPlaceAndFile::default();
        for fact in facts {
            let file = sources.sheet(fact.origin.sheet).file;
            let here = all.0.entry(fact.place).or_default();
            here.insert((fact.measure, fact.sender, file));
        }
        all
    }
}

/// Sheets by file and name; of two with one name the first.
pub(super) fn sheets(sources: &Sources) -> BTreeMap<(FileId, &str), SheetId> {
    let mut all = BTreeMap::new();
    for (i, sheet) in sources.sheets.iter().enumerate() {
        all.entry((sheet.file, sheet.name.as_str()))
            .or_insert(SheetId(i as u32));
    }
    all
}

impl Evidence<'_> {
    fn sheet_id(&self, file: FileId, name: &str) -> Option<SheetId> {
        self.sheets.get(&(file, name)).copied()
    }

    pub fn draft(&self, file: FileId, problem: &Problem, reading: &Reading) -> Draft {
        let lang = self.request.lang;
        let sheet = problem.place.sheet.as_deref();
        let origin = sheet
            .and_then(|name| self.sheet_id(file, name))
            .zip(problem.place.cell)
            .map(|(sheet, cell)| CellOrigin { sheet, cell });
        let alone = origin.is_some_and(|at| self.is_alone(file, at, &problem.kind));
        let Told {
            mut title,
            found,
            expected,
            remedy,
        } = told(&problem.kind, alone, reading.is_personal(sheet), lang);
        let cells = reading.cells(problem);
        if cells.len() > MOST_CELLS {
            let all = cells.len();
            title.push_str(&lang.pick(
                format!(" ({all} ô; chỉ {MOST_CELLS} ô đầu được đánh dấu)"),
                format!(" ({all} cells; only the first {MOST_CELLS} are marked)"),
            ));
        }
        let (suggested, fact) = self.suggested(origin, &problem.kind);
        Draft {
            point: Point {
                severity: problem.severity(),
                sheet: sheet.map(str::to_owned),
                at: problem.place.cell,
                cells: cells.into_iter().take(MOST_CELLS).collect(),
                title,
                found,
                expected,
                suggested,
                effect: String::new(),
                remedy,
            },
            origin,
            fact,
            left_out: problem.left_out,
        }
    }

    /// A total that differs from its rows by just what is wrong with one of them is no fault of its own: both points say
    /// so. `problems`: those of the drafts, in their order.
    pub fn explain_totals(&self, problems: &[&Problem], drafts: &mut [Draft]) {
        for (n, problem) in problems.iter().enumerate() {
            let Kind::TotalRowDiffers { total, sum, .. } = &problem.kind else {
                continue;
            };
            let (Some(at), by) = (drafts.get(n).and_then(|d| d.origin), total.saturating_sub(*sum)) else {
                continue;
            };
            let in_column = |d: &Draft| {
                let cell = d.origin?;
                let is_there = cell.sheet == at.sheet && cell.cell.column == at.cell.column && cell != at;
                let fact = self.implied.as_ref().filter(|_| is_there)?.moved(cell, by)?;
                Some((cell, fact))
            };
            let mut found = drafts.iter().filter_map(in_column);
            let (Some((cell, fact)), rest) = (found.next(), found) else {
                continue;
            };
            // Two rows that could each be it: nobody can tell which.
            if rest.into_iter().any(|(other, _)| other != cell) {
                continue;
            }
            let of = self.request.lang.pick(
                format!("để bằng tổng ở {}", at.cell),
                format!("to agree with the total in {}", at.cell),
            );
            let suggested = format!("{} = {} ({of})", cell.cell, fact.value);
            for (i, draft) in drafts.iter_mut().enumerate() {
                let own = draft.origin == Some(cell) && draft.point.suggested.is_empty();
                if own || i == n {
                    draft.point.suggested.clone_from(&suggested);
                    draft.fact = Some(fact);
                }
            }
        }
    }

    /// Whether all that a kind compares at a place comes from this file.
    fn is_alone(&self, file: FileId, at: CellOrigin, kind: &Kind) -> bool {
        let Some(computed) = self.computed else {
            return false;
        };
        // What it is compared with is of other units.
        if let Kind::BoundariesDiffer { .. } | Kind::BoundariesAlike { .. } | Kind::BoundariesUnused { .. } =
            kind
        {
            return false;
        }
        let facts = computed.checked.facts();
        // Facts are in the order of their cells.
        let found = facts.binary_search_by_key(&at, |f| f.origin).ok();
        let Some(fact) = found.and_then(|i| facts.get(i)) else {
            return false;
        };
        let catalogue = &self.request.catalogue;
        let measures: Option<BTreeSet<MeasureId>> = match kind {
            Kind::CheckFailed { check, .. } | Kind::CheckDoubted { check, .. } => {
                let named = catalogue.checks.iter().filter(|c| c.name == *check);
                Some(
                    named
                        .flat_map(|c| c.left.iter().chain(&c.right))
                        .map(|t| t.measure)
                        .collect(),
                )
            }
            Kind::RatioImpossible { .. } | Kind::ValueAboveHundred { .. } => None,
            _ => Some(BTreeSet::from([fact.measure])),
        };
        let one_sender = matches!(kind, Kind::PartAboveWhole { .. } | Kind::PartsDoNotAddUp { .. });
        let own = |place: &UnitId| {
            let here = self.facts.0.get(place).into_iter().flatten();
            here.filter(|(m, sender, _)| {
                measures.as_ref().is_none_or(|all| all.contains(m)) && (!one_sender || *sender == fact.sender)
            })
            .all(|(.., other)| *other == file)
        };
        let below = matches!(
            kind,
            Kind::ParentDiffers { .. } | Kind::RatioImpossible { .. } | Kind::ValueAboveHundred { .. }
        );
        let tree = &computed.tree;
        let node = tree.find(fact.place).filter(|_| below);
        let inside = node.and_then(|n| tree.nodes.get(n..n + tree.nodes[n].size as usize));
        own(&fact.place) && inside.into_iter().flatten().all(|node| own(&node.unit))
    }

    /// The suggested value in words, and as a figure.
    fn suggested(&self, origin: Option<CellOrigin>, kind: &Kind) -> (String, Option<Fact>) {
        let lang = self.request.lang;
        let Some(origin) = origin else {
            return (String::new(), None);
        };
        if let Kind::TotalRowDiffers { sum, .. } | Kind::HamletsDiffer { sum, .. } = kind {
            let words = lang.pick("tổng các dòng", "the sum of the rows");
            return (format!("{} = {sum} ({words})", origin.cell), None);
        }
        let of_one_figure = matches!(
            kind,
            Kind::PartAboveWhole { .. }
                | Kind::PartsDoNotAddUp { .. }
                | Kind::CheckFailed { .. }
                | Kind::CheckDoubted { .. }
                | Kind::Negative { .. }
                | Kind::NotANumber { .. }
                | Kind::NotWhole { .. }
                | Kind::NumberTooLarge { .. }
                | Kind::AmbiguousNumber { .. }
                | Kind::CellError { .. }
                | Kind::FormulaWithoutValue {}
        );
        let found = self.implied.as_ref().filter(|_| of_one_figure);
        let found = found.map_or_else(Vec::new, |implied| implied.suggestions(origin));
        let words: Vec<String> = found.iter().map(|s| self.words(s, origin.sheet)).collect();
        let words = words.join(lang.pick("; hoặc ", "; or "));
        (words, found.first().map(|s| s.fact))
    }

    /// `E7 = 47 (= C7 + D7)`
    fn words(&self, suggestion: &Suggestion, here: SheetId) -> String {
        let name = |at: CellOrigin| match at.sheet == here {
            true => at.cell.to_string(),
            false => format!("'{}'!{}", self.sources.sheet(at.sheet).name, at.cell),
        };
        let mut sum = String::new();
        for addend in &suggestion.from {
            match (addend.minus, sum.is_empty()) {
                (true, _) => sum.push_str(if sum.is_empty() { "−" } else { " − " }),
                (false, true) => {}
                (false, false) => sum.push_str(" + "),
            }
            sum.push_str(&name(addend.cell));
        }
        let fact = &suggestion.fact;
        let decimals = self.request.catalogue.measures.get(fact.measure).decimals;
        let value = print_plain(fact.value, decimals);
        format!("{} = {value} (= {sum})", name(fact.origin))
    }

    /// A figure that cannot be read, as one of its sheet's sender; none if no other figure tells who that is.
    pub fn unread(&self, file: FileId, sheet: &str, figure: &SheetFact, senders: &Senders) -> Option<Fact> {
        let computed = self.computed?;
        let sheet = self.sheet_id(file, sheet)?;
        let name = &self.sources.file(file).name;
        let wanted = composed(figure.sender.as_deref().unwrap_or(name));
        let of_sheet = senders.0.get(&(sheet, figure.place))?;
        let sender = of_sheet
            .iter()
            .find(|id| computed.intake.senders.get(id.0 as usize) == Some(&wanted))?;
        Some(Fact {
            measure: figure.measure,
            breakdown: figure.breakdown,
            place: figure.place,
            period: figure.period,
            value: 0,
            sender: *sender,
            senders: figure.senders,
            origin: CellOrigin {
                sheet,
                cell: figure.cell,
            },
        })
    }
}

/// Who sent figures on a sheet of a place.
pub(super) struct Senders(BTreeMap<(SheetId, UnitId), BTreeSet<SenderId>>);

impl Senders {
    pub fn of(facts: &[Fact]) -> Senders {
        let mut all: BTreeMap<(SheetId, UnitId), BTreeSet<SenderId>> = BTreeMap::new();
        for fact in facts {
            let here = all.entry((fact.origin.sheet, fact.place)).or_default();
            here.insert(fact.sender);
        }
        Senders(all)
    }
}

/// The point of a file that could not be opened.
pub(super) fn of_file(problem: &Problem, lang: Lang) -> Point {
    let Told {
        title,
        found,
        expected,
        remedy,
    } = told(&problem.kind, false, false, lang);
    Point {
        severity: problem.severity(),
        sheet: None,
        at: None,
        cells: Vec::new(),
        title,
        found,
        expected,
        suggested: String::new(),
        effect: String::new(),
        remedy,
    }
}

/// Lines above the list: what the file is and what is to be done with it.
pub(super) fn lines(
    name: &str,
    points: &[Point],
    copied: Option<&str>,
    due: &[String],
    lang: Lang,
) -> Vec<String> {
    let errors = points
        .iter()
        .filter(|p| p.severity == crate::problem::Severity::Error)
        .count();
    let (all, warnings) = (points.len(), points.len() - errors);
    let mut lines = vec![
        lang.pick(format!("Tệp: {name}"), format!("File: {name}")),
        lang.pick(
            format!("{all} điểm: {errors} lỗi (số liệu không được tính), {warnings} cảnh báo (số liệu được tính nhưng đáng ngờ). Điểm làm thay đổi kết quả nhiều nhất đứng trước."),
            format!("Points: {all}; errors (figures were left out): {errors}; warnings (figures were used but are doubted): {warnings}. What changes the results most stands first."),
        ),
        lang.pick(
            "Bấm vào địa chỉ ở cột “Ô” để đến chỗ cần sửa; ô đó được tô màu và có ghi chú. Giá trị gợi ý chỉ đúng nếu các ô kia đúng: hãy đối chiếu với sổ sách. Sửa xong, lưu và gửi lại chính tệp này; trang này, màu và ghi chú của nó không bị đọc.",
            "Click an address in the column “Cell” to get there; the cell is coloured and has a comment. A suggested value is right only if the other cells are: compare with your records. Then save this file and send it back; this sheet, its colours and comments are not read.",
        )
        .to_owned(),
    ];
    if let Some(kind) = copied {
        lines.push(lang.pick(
            format!("Tệp gốc ({kind}) không ghi thêm dấu được: tệp này chỉ có giá trị của các ô. Công thức, định dạng và hình ảnh ở tệp gốc; sửa ở tệp nào cũng được."),
            format!("The file itself ({kind}) cannot carry marks: this one has only the values of its cells. Formulas, formats and pictures are in the original; mend either of them."),
        ));
    }
    lines.extend(
        due.iter()
            .map(|due| lang.pick(format!("Hạn gửi: {due}"), format!("Due: {due}"))),
    );
    lines
}
