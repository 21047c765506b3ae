//! `bdg explain NAME`: what a problem, an indicator or a measure means.
//!
//! In:  a name and the catalogue. Out: text, or the near names if nothing is called so.
//! Leaves to others: tracing a figure to its cells (`engine`), which [`super::run`] prints.

use super::console::{bold, faint, padded};
use super::list::{dimension_name, splits};
use crate::classification::locality::Level;
use crate::classification::{Flow, Measure, Spread};
use crate::definition::programmes::Programme;
use crate::definition::target::When;
use crate::definition::{Catalogue, Direction, Every, Formula, Indicator, Term};
use crate::lang::Lang;
use crate::plan::{Plan, Who};
use crate::problem::Kind;
use crate::quantity::print_decimal;
use crate::text::did_you_mean;

/// Everything known under this name. `Err` is the sentence to show when nothing is.
pub fn explain(catalogue: &Catalogue, name: &str, lang: Lang) -> Result<String, String> {
    let name = name.trim();
    let mut parts = Vec::new();
    if let Some(text) = problem(name, lang) {
        parts.push(text);
    }
    if let Some(found) = catalogue.programmes.iter().find(|p| p.id == name) {
        parts.push(programme(catalogue, found, lang));
    }
    if name == "plan-template" {
        parts.push(super::plan::TEMPLATE.to_owned());
    }
    let plans = crate::plan::load(catalogue).unwrap_or_default();
    if let Some(plan) = plans.iter().find(|p| p.id == name) {
        parts.push(self::plan(catalogue, plan, lang));
    }
    for indicator in &catalogue.indicators {
        // `5.2` stands for all indicators of the target.
        if indicator.id == name || indicator.target == name {
            parts.push(self::indicator(catalogue, indicator, lang));
        }
    }
    if let Some(id) = catalogue.measures.find(name) {
        parts.push(measure(catalogue, catalogue.measures.get(id), lang));
    }
    if !parts.is_empty() {
        return Ok(parts.join("\n"));
    }
    let known = Kind::NAMES.iter().copied();
    let known = known.chain(catalogue.indicators.iter().map(|i| i.id.as_str()));
    let known = known.chain(catalogue.programmes.iter().map(|p| p.id.as_str()));
    let known = known.chain(plans.iter().map(|p| p.id.as_str()));
    let known = known.chain(catalogue.measures.all.iter().map(|m| m.id.as_str()));
    let near = did_you_mean(name, known).map(|near| {
        lang.pick(
            format!("; có phải là “{near}”?"),
            format!("; did you mean “{near}”?"),
        )
    });
    let near = near.unwrap_or_default();
    Err(lang.pick(
        format!("không có lỗi, chỉ tiêu, chương trình hay số liệu nào tên “{name}”{near}\nXem tên: bdg list problems, bdg list indicators, bdg list programmes, bdg list measures"),
        format!("no problem, indicator, programme or measure is called “{name}”{near}\nFor names: bdg list problems, bdg list indicators, bdg list programmes, bdg list measures"),
    ))
}

/// Lines of label and text under a heading.
struct Sheet {
    out: String,
    width: usize,
}

impl Sheet {
    fn new(title: &str, width: usize) -> Self {
        Sheet {
            out: format!("{}\n", bold(title)),
            width,
        }
    }

    fn line(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            let label = faint(&padded(label, self.width));
            self.out.push_str(&format!("  {label}  {text}\n"));
        }
    }
}

fn problem(name: &str, lang: Lang) -> Option<String> {
    let severity = Kind::severity_of(name)?;
    let wording = Kind::described(name, lang)?;
    let mut sheet = Sheet::new(&format!("{}[{name}] {}", severity.words(lang), wording.title), 9);
    sheet.line(lang.pick("đã thấy", "found"), &wording.found);
    sheet.line(lang.pick("cần có", "expected"), &wording.expected);
    let effect = match severity {
        crate::problem::Severity::Error => lang.pick(
            "số liệu liên quan bị bỏ ra; phần còn lại vẫn được đọc",
            "the figures concerned are left out; the rest is read",
        ),
        crate::problem::Severity::Warning => lang.pick(
            "số liệu vẫn được dùng, nhưng cần xem lại",
            "the figures are used, but should be looked at",
        ),
        crate::problem::Severity::Note => lang.pick("không ảnh hưởng", "none"),
    };
    sheet.line(lang.pick("hậu quả", "effect"), effect);
    sheet.line(lang.pick("việc cần", "do"), &wording.remedy);
    Some(sheet.out)
}

fn plan(catalogue: &Catalogue, plan: &Plan, lang: Lang) -> String {
    let mut sheet = Sheet::new(&format!("{} {}", plan.id, plan.name.get(lang)), 15);
    sheet.line(lang.pick("văn bản", "act"), &plan.act);
    let name = catalogue.localities.states(&plan.locality).last();
    let name = name.map(|id| catalogue.localities.unit(*id).name_in(lang));
    let place = format!("{} ({})", name.unwrap_or_default(), plan.locality);
    sheet.line(lang.pick("địa bàn", "locality"), &place);
    sheet.line(lang.pick("cơ quan", "office"), plan.office.get(lang));
    sheet.line(lang.pick("nơi tổng hợp", "gathered by"), plan.receiver.get(lang));
    sheet.line(
        lang.pick("chương trình", "programmes"),
        &plan.programmes.join(", "),
    );
    if let Some(((from_month, from_day), (to_month, to_day))) = plan.action_month {
        let text = lang.pick(
            format!("{from_day}/{from_month}-{to_day}/{to_month}"),
            format!("{from_month:02}-{from_day:02} to {to_month:02}-{to_day:02}"),
        );
        sheet.line(lang.pick("Tháng hành động", "Action Month"), &text);
    }
    for period in &plan.periods {
        let mut parts = vec![format!("{} ({})", period.name.get(lang), period.covers.code())];
        for group in plan.groups.iter().filter(|g| period.concerns(&g.id)) {
            let limit = period.limit(&group.id).map(|l| l.words(lang));
            let limit = limit.unwrap_or_else(|| lang.pick("không ghi hạn", "no day named").to_owned());
            parts.push(format!("{}: {limit}", group.name.get(lang)));
        }
        if let Some(limit) = period.office_limit() {
            parts.push(format!("{}: {}", plan.office.get(lang), limit.words(lang)));
        }
        sheet.line(lang.pick("kỳ", "period"), &parts.join("; "));
    }
    for group in &plan.groups {
        let owed = |forms: &[String]| match forms {
            [] => String::new(),
            forms => format!(" ({})", forms.join(", ")),
        };
        let who = match &group.who {
            Who::Units(level) => lang.pick(
                format!("mọi đơn vị {}", level.words(Lang::Vi)),
                format!("every unit of {} level", level.words(Lang::En)),
            ),
            Who::Bodies(bodies) => {
                let named = bodies
                    .iter()
                    .map(|b| format!("{}{}", b.name.get(lang), owed(&b.forms)));
                named.collect::<Vec<_>>().join("; ")
            }
        };
        let text = format!("{}{}: {who}", group.name.get(lang), owed(&group.forms));
        sheet.line(lang.pick("đơn vị báo cáo", "who reports"), &text);
    }
    for target in plan.own.iter().flat_map(|(_, rows)| rows) {
        let value = super::trace::tenths(target.value_tenths, lang);
        let (sign, year) = (target.comparator.printed(), target.when.year());
        let text = format!("{} {sign} {value} ({year})", target.indicator);
        sheet.line(lang.pick("chỉ tiêu riêng", "own target"), &text);
    }
    sheet.line(lang.pick("lưu ý", "note"), plan.note.get(lang));
    sheet.line(lang.pick("khai báo ở", "declared in"), &plan.file);
    sheet.out
}

fn programme(catalogue: &Catalogue, programme: &Programme, lang: Lang) -> String {
    let mut sheet = Sheet::new(&format!("{} {}", programme.id, programme.name.get(lang)), 15);
    sheet.line(lang.pick("văn bản", "act"), &programme.act);
    let (from, to) = programme.years;
    sheet.line(lang.pick("giai đoạn", "years"), &format!("{from}-{to}"));
    for objective in &programme.objectives {
        let label = lang.pick("mục tiêu", "objective");
        sheet.line(&format!("{label} {}", objective.number), objective.name.get(lang));
        for target in programme
            .targets
            .iter()
            .filter(|t| t.objective == objective.number)
        {
            let name = |id: &String| {
                let known = catalogue.indicator_named(id);
                let known = known.and_then(|id| catalogue.indicators.get(usize::from(id.0)));
                known.map_or_else(|| id.clone(), |i| format!("{id}: {}", i.short.get(lang)))
            };
            let parts: Vec<String> = target.parts.iter().map(name).collect();
            let whole = target.name.as_ref().map(|n| format!("{} = ", n.get(lang)));
            let every = match target.every_part {
                true => lang.pick(" (phải đạt mọi phần)", " (every part must be met)"),
                false => "",
            };
            sheet.line(
                &target.number,
                &format!("{}{}{every}", whole.unwrap_or_default(), parts.join("; ")),
            );
        }
    }
    sheet.line(lang.pick("lưu ý", "note"), programme.note.get(lang));
    sheet.out
}

fn indicator(catalogue: &Catalogue, indicator: &Indicator, lang: Lang) -> String {
    let mut sheet = Sheet::new(&format!("{} {}", indicator.id, indicator.name.get(lang)), 15);
    sheet.line(lang.pick("đơn vị", "unit"), indicator.unit.words(lang));
    let direction = match indicator.direction {
        Direction::Higher => lang.pick("càng cao càng tốt", "higher is better"),
        Direction::Lower => lang.pick("càng thấp càng tốt", "lower is better"),
        Direction::Hold => lang.pick("phải giữ được", "must hold"),
    };
    sheet.line(lang.pick("hướng", "direction"), direction);
    for variant in &indicator.variants {
        let label = match indicator.variants.len() {
            1 => lang.pick("cách tính", "formula").to_owned(),
            _ => variant.id.clone(),
        };
        sheet.line(&label, &formula(catalogue, &variant.formula, lang));
        if indicator.variants.len() > 1 {
            sheet.line("", &format!("({})", variant.name.get(lang)));
        }
    }
    let levels: Vec<&str> = indicator.levels.iter().map(|l| l.words(lang)).collect();
    sheet.line(lang.pick("tính ở", "levels"), &levels.join(", "));
    for (level, why) in &indicator.not_computable {
        let label = lang.pick("không tính ở", "not at");
        sheet.line(label, &format!("{}: {}", level.words(lang), why.get(lang)));
    }
    let splits: Vec<String> = indicator
        .breakdowns
        .iter()
        .map(|d| dimension_name(catalogue, *d, lang))
        .collect();
    sheet.line(lang.pick("phân tổ", "split by"), &splits.join(", "));
    for target in catalogue.targets.iter().filter(|t| t.indicator == indicator.id) {
        let when = match target.when {
            When::By(year) => lang.pick(format!("đến năm {year}"), format!("by {year}")),
            When::EveryYearFrom(year) => {
                lang.pick(format!("hằng năm từ {year}"), format!("every year from {year}"))
            }
        };
        let value = super::trace::tenths(target.value_tenths, lang);
        let programme = catalogue
            .programme(target.programme)
            .map_or("", |p| p.short.get(lang));
        let place = catalogue.localities.states(&target.locality).last();
        let place = place.map(|id| catalogue.localities.unit(*id).name_in(lang));
        sheet.line(
            lang.pick("mục tiêu", "target"),
            &format!(
                "{} {value} {when}, {} ({programme}; {}; {}:{})",
                target.comparator.printed(),
                place.unwrap_or_else(|| target.locality.clone()),
                target.act,
                target.file,
                target.row
            ),
        );
    }
    sheet.line(
        lang.pick("nơi cung cấp", "supplier"),
        indicator.supplier.get(lang),
    );
    sheet.line(lang.pick("phương pháp", "method"), indicator.method.get(lang));
    sheet.line(lang.pick("căn cứ", "source"), indicator.source.get(lang));
    let verified = match indicator.verified {
        true => lang.pick("đã đối chiếu với văn bản", "checked against the text of the law"),
        false => lang.pick(
            "chưa đối chiếu với văn bản gốc; hãy kiểm tra trước khi dùng chính thức",
            "not yet checked against the original text; check it before official use",
        ),
    };
    sheet.line(lang.pick("tình trạng", "status"), verified);
    sheet.line(lang.pick("khai báo ở", "declared in"), &indicator.file);
    sheet.out
}

fn measure(catalogue: &Catalogue, measure: &Measure, lang: Lang) -> String {
    let mut sheet = Sheet::new(&format!("{} {}", measure.id, measure.name.get(lang)), 15);
    sheet.line(lang.pick("đơn vị", "unit"), measure.unit.words(lang));
    let flow = match measure.flow {
        Flow::Flow => lang.pick(
            "tính trong kỳ: hai nửa năm cộng thành cả năm",
            "counted over the period: two halves add up to the year",
        ),
        Flow::Stock => lang.pick(
            "tính tại thời điểm: lần cuối trong năm được dùng",
            "counted on a day: the last of the year is used",
        ),
    };
    sheet.line(lang.pick("thời gian", "time"), flow);
    let spread = match measure.spread {
        Spread::Total => lang.pick(
            "cấp trên là tổng các đơn vị cấp dưới",
            "a unit's figure is the sum of the units below it",
        ),
        Spread::Whole => lang.pick(
            "báo cáo của cấp trên gồm cả phần của chính nó; không có thì là tổng các đơn vị cấp dưới",
            "a unit's report covers what is its own too; without one, the sum of the units below it",
        ),
        Spread::Own => lang.pick(
            "mỗi cấp báo cáo phần của mình; cộng cả hai",
            "each level reports its own; both are added",
        ),
        Spread::None => lang.pick("không cộng được", "never added"),
    };
    sheet.line(lang.pick("không gian", "space"), spread);
    sheet.line(
        lang.pick("chia theo", "split by"),
        &splits(catalogue, measure, lang).join(", "),
    );
    sheet.line(
        lang.pick("cách viết khác", "also written"),
        &measure.synonyms.join("; "),
    );
    let id = catalogue.measures.find(&measure.id);
    let used: Vec<&str> = catalogue
        .indicators
        .iter()
        .filter(|i| {
            let terms = i.variants.iter().flat_map(|v| terms_of(&v.formula));
            terms.into_iter().any(|t| Some(t.measure) == id)
        })
        .map(|i| i.id.as_str())
        .collect();
    sheet.line(lang.pick("dùng trong", "used in"), &used.join(", "));
    if measure.sensitive {
        sheet.line(
            lang.pick("lưu ý", "note"),
            lang.pick(
                "số liệu về nạn nhân hoặc người gây bạo lực: không công bố số nhỏ",
                "figures about victims or perpetrators: small numbers are not to be published",
            ),
        );
    }
    sheet.out
}

fn terms_of(formula: &Formula) -> Vec<Term> {
    match formula {
        Formula::Ratio {
            numerator,
            denominator,
            ..
        } => [numerator.as_slice(), denominator.as_slice()].concat(),
        Formula::ShareOfUnits { rule, .. } => [rule.terms.as_slice(), rule.among.as_slice()].concat(),
        Formula::Answer { term } => vec![*term],
    }
}

/// The formula as one would say it.
fn formula(catalogue: &Catalogue, formula: &Formula, lang: Lang) -> String {
    let sum = |terms: &[Term]| sum_in_words(catalogue, terms, lang);
    let scaled = |scale: i64| match scale {
        1 => String::new(),
        n => format!("{} × ", print_decimal(n, 0, lang)),
    };
    match formula {
        Formula::Ratio {
            scale,
            numerator,
            denominator,
        } => format!("{}[{}] / [{}]", scaled(*scale), sum(numerator), sum(denominator)),
        Formula::ShareOfUnits { scale, level, rule } => {
            let unit = level.map_or(lang.pick("đơn vị", "units"), |l| match l {
                Level::Nation => lang.pick("nước", "nations"),
                Level::Province => lang.pick("tỉnh", "provinces"),
                Level::District => lang.pick("huyện", "districts"),
                Level::Commune => lang.pick("xã", "communes"),
            });
            let every = match rule.every {
                Every::Year => lang.pick("mỗi năm", "every year"),
                Every::Quarter => lang.pick("mỗi quý", "every quarter"),
                Every::Month => lang.pick("mỗi tháng", "every month"),
            };
            let (least, terms) = (rule.at_least, sum(&rule.terms));
            let among = match rule.among.as_slice() {
                [] => String::new(),
                terms => lang.pick(
                    format!("; chỉ tính nơi có [{}]", sum(terms)),
                    format!("; only where there are [{}]", sum(terms)),
                ),
            };
            let share = lang.pick(
                format!("[số {unit} có {every} ít nhất {least} {terms}] / [số {unit} có báo cáo]{among}"),
                format!("[{unit} with at least {least} {terms} {every}] / [{unit} that reported]{among}"),
            );
            format!("{}{share}", scaled(*scale))
        }
        Formula::Answer { term } => sum(&[*term]),
    }
}

/// `A + B - C`, each with its group and the years it lies back.
pub fn sum_in_words(catalogue: &Catalogue, terms: &[Term], lang: Lang) -> String {
    let mut out = String::new();
    for (index, term) in terms.iter().enumerate() {
        match (index, term.minus) {
            (0, false) => {}
            (0, true) => out.push_str("− "),
            (_, false) => out.push_str(" + "),
            (_, true) => out.push_str(" − "),
        }
        out.push_str(catalogue.series_name(term.measure, term.breakdown).get(lang));
        if term.years_back > 0 {
            let n = term.years_back;
            out.push_str(&lang.pick(format!(" ({n} năm trước)"), format!(" ({n} years earlier)")));
        }
    }
    out
}
