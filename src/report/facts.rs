//! The reported figures of a release for engines of other machines: one part for each year and province.
//!
//! Holds: codes and whole numbers only, the same in both languages; every row has its file, sheet and cell,
//! and says whether the sources contradict each other on it.

use std::collections::BTreeMap;

use crate::classification::locality::{Level, UnitId};
use crate::definition::Catalogue;
use crate::disclosure::Release;
use crate::fact::Senders;
use crate::lang::{Lang, Words};
use crate::period::Period;
use crate::report::frame::{Builder, Frame, Holds};
use crate::report::view::View;

/// Figures of one calendar year and one province. Only this room can make one.
#[derive(Debug, Clone, PartialEq)]
pub struct FactPart {
    folder: String,
    frame: Frame,
    banner: &'static str,
}

impl FactPart {
    /// `year=2024/province=58`: what other engines take for two more columns.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The line that goes with all figures that are not protected; may be empty.
    pub fn banner(&self) -> &'static str {
        self.banner
    }
}

/// Name, type and meaning of each column of the parts, in order; the last two are in the names of folders.
pub fn fact_columns() -> Vec<(&'static str, &'static str, Words)> {
    let column = |name, kind, vi: &str, en: &str| (name, kind, Words::new(vi, en));
    vec![
        column(
            "measure",
            "text",
            "mã số liệu: bdg list measures",
            "code of the measure: bdg list measures",
        ),
        column("sex", "text", "giới tính; all: không chia", "sex; all: not split"),
        column(
            "age",
            "text",
            "nhóm tuổi; all: không chia",
            "age group; all: not split",
        ),
        column(
            "ethnicity",
            "text",
            "dân tộc; all: không chia",
            "ethnic group; all: not split",
        ),
        column(
            "item",
            "text",
            "phân nhóm; all: không chia",
            "item; all: not split",
        ),
        column(
            "locality_code",
            "text",
            "mã đơn vị hành chính lúc báo cáo",
            "code of the unit at the time of the report",
        ),
        column(
            "locality_level",
            "text",
            "nation, province, district, commune",
            "nation, province, district, commune",
        ),
        column(
            "period",
            "text",
            "kỳ: 2024, 2024-H1, 2024-Q3, 2024-M07, 2023-2024",
            "period: 2024, 2024-H1, 2024-Q3, 2024-M07, 2023-2024",
        ),
        column(
            "value",
            "int64",
            "số đã báo cáo, nhân 10 mũ decimals",
            "the reported figure, times 10 to the power of decimals",
        ),
        column(
            "decimals",
            "int64",
            "số chữ số thập phân trong value",
            "decimals within value",
        ),
        column(
            "senders",
            "text",
            "one: mỗi nơi một báo cáo; many: cộng các đơn vị gửi",
            "one: one report for a place; many: senders add up",
        ),
        column(
            "contradicted",
            "bool",
            "các nguồn mâu thuẫn: không dùng để tính",
            "the sources contradict each other: not to be computed with",
        ),
        column("sender", "text", "đơn vị gửi", "sender"),
        column("file", "text", "tệp", "file"),
        column("sheet", "text", "trang", "sheet"),
        column("cell", "text", "ô", "cell"),
        column(
            "year",
            "int (thư mục, folder)",
            "năm của kỳ",
            "calendar year of the period",
        ),
        column(
            "province",
            "text (thư mục, folder)",
            "mã tỉnh vào ngày cuối kỳ; VN: cả nước",
            "code of the province on the last day of the period; VN: the nation",
        ),
    ]
}

/// The folders of all parts, in order.
pub fn fact_folders(release: &Release, catalogue: &Catalogue) -> Vec<String> {
    by_folder(release, catalogue).into_keys().collect()
}

/// All parts, each made when it is asked for, in the order of their folders.
pub fn fact_parts<'r>(
    release: &'r Release,
    catalogue: &'r Catalogue,
) -> impl Iterator<Item = FactPart> + use<'r> {
    let view = View::new(release, catalogue, Lang::En);
    let banner = release.banner(Lang::En).unwrap_or_default();
    let parts = by_folder(release, catalogue).into_iter();
    parts.map(move |(folder, indices)| FactPart {
        folder,
        frame: frame(&view, &indices),
        banner,
    })
}

/// Indices of the facts of each part.
fn by_folder(release: &Release, catalogue: &Catalogue) -> BTreeMap<String, Vec<usize>> {
    let mut folders: BTreeMap<(UnitId, Period), String> = BTreeMap::new();
    let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, fact) in release.content().facts.iter().enumerate() {
        let folder = folders
            .entry((fact.place, fact.period))
            .or_insert_with(|| folder(catalogue, fact.place, fact.period));
        match parts.get_mut(folder.as_str()) {
            Some(part) => part.push(i),
            None => {
                parts.insert(folder.clone(), vec![i]);
            }
        }
    }
    parts
}

fn folder(catalogue: &Catalogue, place: UnitId, period: Period) -> String {
    let register = &catalogue.localities;
    let mut line = register.ancestors(place, period.last_day());
    line.push(place);
    let province = line
        .into_iter()
        .find(|u| register.unit(*u).level == Level::Province);
    let province = province.map_or("VN", |u| &register.unit(u).code);
    format!("year={}/province={province}", period.year)
}

fn frame(view: &View<'_>, indices: &[usize]) -> Frame {
    let columns = fact_columns();
    let columns = columns.iter().filter(|(_, kind, _)| !kind.contains("folder"));
    let columns: Vec<_> = columns
        .map(|(name, kind, _)| {
            let holds = match *kind {
                "int64" => Holds::Integer,
                "bool" => Holds::YesNo,
                _ => Holds::Text,
            };
            (*name, *name, 0, holds)
        })
        .collect();
    let mut to = Builder::new("Facts", &columns);
    let content = view.content;
    for i in indices {
        let Some(fact) = content.facts.get(*i) else {
            continue;
        };
        let measure = view.catalogue.measures.get(fact.measure);
        let sheet = content.sources.sheet(fact.origin.sheet);
        let b = fact.breakdown;
        let sender = content.senders.get(fact.sender.0 as usize);
        to.text(&measure.id)
            .text(view.category_code(b.sex))
            .text(view.category_code(b.age))
            .text(view.category_code(b.ethnicity))
            .text(view.category_code(b.item))
            .text(view.code(fact.place))
            .text(view.level(fact.place).code())
            .text(&fact.period.code())
            .integer(Some(fact.value))
            .integer(Some(i64::from(measure.decimals)))
            .text(match fact.senders {
                Senders::One => "one",
                Senders::Many => "many",
            })
            .yes_no(content.contradicted.get(*i).copied().unwrap_or(false))
            .text(sender.map_or("", String::as_str))
            .text(&content.sources.file(sheet.file).name)
            .text(&sheet.name)
            .text(&fact.origin.cell.to_string());
        to.end_row();
    }
    to.finish()
}
