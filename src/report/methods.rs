//! How each indicator is computed, from what, by which law.

use crate::classification::locality::Level;
use crate::definition::programmes::Programme;
use crate::definition::{Every, Formula, Indicator, Term, Variant};
use crate::lang::Lang;
use crate::report::model::{Block, Cell, Column, Row, Sheet, Style, Table};
use crate::report::view::View;

pub(super) fn sheet(view: &View<'_>) -> Sheet {
    let mut sheet = Sheet::new(
        view.say("Phương pháp", "Methods"),
        view.say("Phương pháp tính từng chỉ tiêu", "How each indicator is computed"),
        Style::Reading,
    );
    let judging: Vec<&Programme> = view.catalogue.judging().map(|(_, p)| p).collect();
    sheet.lines = judging
        .iter()
        .map(|p| format!("{} ({}).", p.name.get(view.lang), p.act))
        .collect();
    if let Some(first) = sheet.lines.first_mut() {
        let version = &view.content.about.catalogue_version;
        let words = view.say("Danh mục chỉ tiêu phiên bản", "Catalogue version");
        first.push_str(&format!(" {words} {version}."));
    }
    let noted = judging.iter().filter(|p| !p.note.get(view.lang).is_empty());
    sheet
        .lines
        .extend(noted.map(|p| format!("{}: {}", p.short.get(view.lang), p.note.get(view.lang))));
    sheet.lines.push(
        view.say(
            "Tử số và mẫu số được cộng từ cấp dưới lên; tỷ lệ không bao giờ được lấy bình quân. Số in ra làm tròn nửa lên; so sánh với mục tiêu dùng số chưa làm tròn.",
            "Numerators and denominators are added up from below; ratios are never averaged. Printed numbers are rounded half up; targets are compared with unrounded ones.",
        )
        .to_owned(),
    );
    sheet.lines.push(format!("{}.", gates(view)));
    sheet.lines.push(missing(view));
    if !view.catalogue.replaced.is_empty() {
        let all = view.catalogue.replaced.iter();
        let all: Vec<String> = all
            .map(|r| format!("{} ({})", r.what.get(view.lang), r.file))
            .collect();
        let lead = view.say(
            "Theo khai báo của cơ quan, không theo khai báo có sẵn",
            "By the office's own declaration, not by the built-in one",
        );
        sheet.lines.push(format!("{lead}: {}.", all.join("; ")));
    }
    if view.content.crossing.is_some() {
        sheet.lines.push(super::transfers::method(view));
    }
    let rows = view
        .indicators()
        .map(|(id, indicator)| {
            let used = view.main_figure(id).map_or(0, |j| j.figure.variant);
            let variant = indicator
                .variants
                .get(usize::from(used))
                .or_else(|| indicator.variants.first());
            Row::body(vec![
                Cell::text(&indicator.id),
                Cell::text(indicator.name.get(view.lang)),
                Cell::text(variant.map(|v| formula(view, v)).unwrap_or_default()),
                Cell::text(variant.map_or("", |v| v.name.get(view.lang))),
                Cell::text(view.unit_of(indicator)),
                Cell::text(levels(view, indicator)),
                Cell::text(breakdowns(view, indicator)),
                Cell::text(indicator.method.get(view.lang)),
                Cell::text(remarks(view, indicator)),
                Cell::text(indicator.supplier.get(view.lang)),
                Cell::text(indicator.source.get(view.lang)),
                Cell::text(view.yes_no(indicator.verified)),
                Cell::text(&indicator.file),
            ])
        })
        .collect();
    sheet.blocks.push(Block::Table(Table {
        columns: vec![
            Column::centred(view.say("Mã", "Code"), 10),
            Column::text(view.say("Chỉ tiêu", "Indicator"), 40),
            Column::text(view.say("Công thức", "Formula"), 60),
            Column::text(view.say("Cách tính đã dùng", "Variant used"), 26),
            Column::centred(view.say("Đơn vị tính", "Unit"), 13),
            Column::text(view.say("Cấp tính được", "Levels"), 30),
            Column::text(view.say("Chia theo", "Breakdowns"), 16),
            Column::text(view.say("Phương pháp", "Method"), 50),
            Column::text(
                view.say(
                    "Lời văn, lưu ý của mục tiêu",
                    "Wording and remarks of the targets",
                ),
                24,
            ),
            Column::text(view.say("Đơn vị cung cấp", "Supplier"), 28),
            Column::text(view.say("Căn cứ", "Legal source"), 34),
            Column::centred(view.say("Đã đối chiếu văn bản", "Checked with the act"), 11),
            Column::text(view.say("Tệp khai báo", "Declared in"), 20),
        ],
        rows,
        freeze: Some(2),
        ..Table::default()
    }));
    sheet
}

/// Of how many of its units an indicator must be to be judged, as the settings in force say.
pub(super) fn gates(view: &View<'_>) -> String {
    let settings = &view.catalogue.settings;
    let percent = settings.minimum_coverage_percent;
    let mut text = match view.lang {
        Lang::Vi => format!("Chỉ đánh giá khi có ít nhất {percent} % số đơn vị phải báo cáo"),
        Lang::En => format!("Judged only if at least {percent} % of the units expected have reported"),
    };
    let own = settings.coverage_of.iter();
    let own = own.filter(|(id, _)| view.catalogue.indicators.iter().any(|i| i.id == **id));
    let own: Vec<String> = own.map(|(id, percent)| format!("{id}: {percent} %")).collect();
    if !own.is_empty() {
        let lead = view.say("riêng", "but");
        text.push_str(&format!(" ({lead} {})", own.join("; ")));
    }
    text
}

/// What stands beside a figure that lacks units.
fn missing(view: &View<'_>) -> String {
    let assumed = crate::compare::assumption(view.catalogue);
    let mut text = view
        .say(
            "Khi thiếu đơn vị, giá trị là của các đơn vị đã báo cáo; khoảng khi đủ báo cáo (X/(D + Dm) đến (X + Dm)/(D + Dm), Dm là mẫu số của các đơn vị còn thiếu) đúng dù các đơn vị đó báo cáo thế nào. Số đơn vị đã báo cáo được dùng nguyên",
            "Where units are missing the value is that of those that reported; the bounds once all report (X/(D + Dm) to (X + Dm)/(D + Dm), Dm being the denominators of the missing units) hold whatever they report. Counts that were reported are taken as they are",
        )
        .to_owned();
    text.push_str(&match assumed {
        Some(assumed) => format!(
            "{} {}.",
            view.say(
                "; số chưa báo cáo chỉ được giới hạn theo cài đặt:",
                "; others are capped by a setting only:"
            ),
            assumed.get(view.lang)
        ),
        None => view
            .say(
                "; không dùng báo cáo kỳ trước để giới hạn.",
                "; earlier reports are not used as a cap.",
            )
            .to_owned(),
    });
    text
}

/// What the rows of its targets say besides, in their own words: `2025: trên; 2030: khoảng`.
fn remarks(view: &View<'_>, indicator: &Indicator) -> String {
    let judging = view.catalogue.judging();
    let rows = judging.flat_map(|(id, _)| super::targets::candidates(view, id, indicator));
    let said = rows.filter(|(_, target)| !target.note.is_empty());
    let said: Vec<String> = said
        .map(|(_, target)| format!("{}: {}", target.when.year(), target.note))
        .collect();
    said.join("; ")
}

/// `100 × (A (nữ)) / (A)`, in the names of the measures.
fn formula(view: &View<'_>, variant: &Variant) -> String {
    let sum = |terms: &[Term]| {
        let mut out = String::new();
        for (i, t) in terms.iter().enumerate() {
            match (i, t.minus) {
                (0, false) => {}
                (_, true) => out.push_str(if i == 0 { "− " } else { " − " }),
                (_, false) => out.push_str(" + "),
            }
            out.push_str(&term(view, t));
        }
        out
    };
    match &variant.formula {
        Formula::Ratio {
            scale,
            numerator,
            denominator,
        } => {
            let scale = if *scale == 1 {
                String::new()
            } else {
                format!("{} × ", crate::quantity::print_decimal(*scale, 0, view.lang))
            };
            format!("{scale}[{}] / [{}]", sum(numerator), sum(denominator))
        }
        Formula::ShareOfUnits { scale, level, rule } => {
            let units = match level {
                Some(level) => view.lang.pick(
                    format!("đơn vị {}", level.words(Lang::Vi)),
                    format!("units of {} level", level.words(Lang::En)),
                ),
                None => view.say("đơn vị báo cáo", "reporting units").to_owned(),
            };
            let every = match rule.every {
                Every::Year => view.say("trong năm", "in the year"),
                Every::Quarter => view.say("trong mỗi quý", "in every quarter"),
                Every::Month => view.say("trong mỗi tháng", "in every month"),
            };
            let what = sum(&rule.terms);
            let least = rule.at_least;
            let among = if rule.among.is_empty() {
                String::new()
            } else {
                format!(
                    " ({} {})",
                    view.say("chỉ đơn vị có", "only units with"),
                    sum(&rule.among)
                )
            };
            match view.lang {
                Lang::Vi => format!(
                    "{scale} × số {units} có [{what}] ≥ {least} {every} / số {units} đã báo cáo{among}"
                ),
                Lang::En => format!(
                    "{scale} × {units} with [{what}] ≥ {least} {every} / {units} that reported{among}"
                ),
            }
        }
        Formula::Answer { term: t } => term(view, t),
    }
}

fn term(view: &View<'_>, term: &Term) -> String {
    let name = view
        .catalogue
        .measures
        .all
        .get(usize::from(term.measure.0))
        .map_or("?", |m| m.name.get(view.lang));
    let group = view.group(term.breakdown);
    let mut said = Vec::new();
    if !group.is_empty() {
        said.push(group.to_lowercase());
    }
    if term.years_back != 0 {
        said.push(match view.lang {
            Lang::Vi => format!("năm t-{}", term.years_back),
            Lang::En => format!("year t-{}", term.years_back),
        });
    }
    if said.is_empty() {
        name.to_owned()
    } else {
        format!("{name} ({})", said.join("; "))
    }
}

fn levels(view: &View<'_>, indicator: &Indicator) -> String {
    let mut said: Vec<String> = Level::ALL
        .into_iter()
        .filter(|l| indicator.is_computable_at(*l))
        .map(|l| l.words(view.lang).to_owned())
        .collect();
    for (level, why) in &indicator.not_computable {
        said.push(format!(
            "{} {}: {}",
            view.say("không tính ở", "not at"),
            level.words(view.lang),
            why.get(view.lang)
        ));
    }
    said.join("; ")
}

fn breakdowns(view: &View<'_>, indicator: &Indicator) -> String {
    let names: Vec<&str> = indicator.breakdowns.iter().map(|d| view.dimension(*d)).collect();
    names.join(", ")
}
