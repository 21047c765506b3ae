//! Numbered notes: each different sentence once, referred to as [ghi chú 1].

use std::collections::BTreeMap;

use crate::compare::Judgement;
use crate::disclosure::Judged;
use crate::lang::Lang;
use crate::quantity::Absence;
use crate::recast::Boundary;
use crate::report::cover::sentence_case;
use crate::report::model::{Block, Cell, Column, Row, Sheet, Style, Table};
use crate::report::view::View;

#[derive(Default)]
pub(super) struct Notes {
    texts: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Notes {
    /// The number of a note, given out at its first use.
    pub fn number(&mut self, text: String) -> usize {
        if let Some(known) = self.numbers.get(&text) {
            return *known;
        }
        self.texts.push(text.clone());
        self.numbers.insert(text, self.texts.len());
        self.texts.len()
    }

    /// `[ghi chú 1, 3]` for all that must be said about a figure; empty if there is nothing.
    pub fn about(&mut self, view: &View<'_>, judged: Option<&Judged>) -> String {
        let Some(judged) = judged else {
            return String::new();
        };
        let texts = sentences(view, judged);
        self.refer(view.lang, texts)
    }

    pub fn refer(&mut self, lang: Lang, texts: Vec<String>) -> String {
        if texts.is_empty() {
            return String::new();
        }
        let mut numbers: Vec<usize> = texts.into_iter().map(|t| self.number(t)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        format!("[{} {}]", lang.pick("ghi chú", "note"), numbers.join(", "))
    }

    pub fn sheet(self, view: &View<'_>) -> Sheet {
        let mut sheet = Sheet::new(
            view.say("Ghi chú", "Notes"),
            view.say("Ghi chú", "Notes"),
            Style::Reading,
        );
        sheet.landscape = false;
        let rows: Vec<Row> = self
            .texts
            .into_iter()
            .enumerate()
            .map(|(i, text)| {
                Row::body(vec![
                    Cell::integer(i64::try_from(i + 1).unwrap_or(i64::MAX)),
                    Cell::text(sentence_case(&text)),
                ])
            })
            .collect();
        if rows.is_empty() {
            let none = view.say("Không có ghi chú.", "There are no notes.");
            sheet.blocks.push(Block::Line(none.to_owned()));
            return sheet;
        }
        sheet.blocks.push(Block::Table(Table {
            columns: vec![
                Column::centred(view.say("Số", "No."), 7),
                Column::text(view.say("Nội dung", "Note"), 100),
            ],
            rows,
            freeze: Some(0),
            ..Table::default()
        }));
        sheet
    }
}

/// All that must be said about a figure, one sentence each, without its place in a table.
pub(super) fn sentences(view: &View<'_>, judged: &Judged) -> Vec<String> {
    let figure = &judged.figure;
    let mut texts: Vec<String> = Vec::new();
    if figure.boundary != Boundary::Same {
        let base = super::cover::day(view.content.about.base, view.lang);
        let (sign, how) = (figure.boundary.sign(), figure.boundary.words(view.lang));
        let counted = figure.boundary == Boundary::Counted;
        texts.push(match view.lang {
            _ if counted => format!("{sign} {}", figure.boundary.meaning(view.lang)),
            Lang::Vi => format!("{sign} số của kỳ có địa giới khác, quy đổi về địa giới ngày {base}: {how} (trang Địa giới)"),
            Lang::En => format!("{sign} figure of a time with other boundaries, recast on those of {base}: {how} (sheet Boundaries)"),
        });
    }
    match &figure.value {
        Ok(_) => {
            // The judging said what it found; each of its remarks is a note of its own.
            texts.extend(remarks(view, judged));
            if judged.verdict.judgement == Judgement::NotJudged {
                texts.extend(cautions(view, judged));
            }
            if figure.derived {
                texts.push(
                    view.say(
                        "có số liệu được suy ra từ số đã báo cáo (ví dụ nam = tổng số − nữ, năm = các phần của năm), không phải số báo cáo trực tiếp",
                        "some counts were derived from reported ones (for instance men = total − women, a year = its parts), not reported",
                    )
                    .to_owned(),
                );
            }
            if figure.none_listed {
                texts.push(
                    view.say(
                        "có đơn vị không kê một loại cơ quan (ví dụ HĐND): tính như đơn vị đó không có cơ quan loại này",
                        "some unit did not list one kind of body (for instance a People's Council): counted as having none of that kind",
                    )
                    .to_owned(),
                );
            }
        }
        // The sign says it all, and the legend on the cover explains the sign.
        Err(Absence::NotOccurred | Absence::Withheld) => texts.extend(remarks(view, judged)),
        Err(Absence::Uncertain) => {
            texts.push(view.reason(&Absence::Uncertain));
            texts.extend(judged.verdict.remark.iter().map(|r| r.get(view.lang).to_owned()));
        }
        Err(absence) => texts.push(view.reason(absence)),
    }
    texts
}

/// What the judging said, sentence by sentence.
fn remarks(view: &View<'_>, judged: &Judged) -> Vec<String> {
    let remark = judged.verdict.remark.as_ref().map(|r| r.get(view.lang));
    let sentences = remark.unwrap_or_default().split("; ");
    sentences.filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

/// What nobody has said yet about a figure that was not judged: a group, a part of a year.
fn cautions(view: &View<'_>, judged: &Judged) -> Vec<String> {
    let mut texts = Vec::new();
    let coverage = crate::compare::coverage_words(judged.figure.coverage);
    texts.extend(coverage.map(|words| words.get(view.lang).to_owned()));
    let missing = judged.figure.missing.as_ref();
    let unbounded = missing.and_then(|m| crate::compare::unbounded(m, view.catalogue));
    texts.extend(unbounded.map(|words| words.get(view.lang).to_owned()));
    if judged.figure.doubtful {
        texts.push(
            view.say(
                "giá trị bất thường, cần kiểm tra",
                "an unusual value, to be checked",
            )
            .to_owned(),
        );
    }
    texts
}
