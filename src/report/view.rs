//! A release made easy to ask: figures by key, names in the language, numbers as cells.
//!
//! Holds: every name lookup answers something printable, even for an id it does not know.
//! Leaves to others: which sheet shows what (the other files of this room).

use std::collections::BTreeMap;

use crate::classification::locality::{AdminUnit, Level, UnitId};
use crate::classification::{Breakdown, CategoryId, Dimension};
use crate::compare::Judgement;
use crate::definition::target::Target;
use crate::definition::{Catalogue, Indicator, IndicatorId};
use crate::disclosure::{Content, Judged, PlaceRow, Release};
use crate::evaluate::{Figure, PeopleCovered};
use crate::lang::{Lang, Words};
use crate::period::Period;
use crate::quantity::{Absence, RatioUnit, print_decimal};
use crate::report::model::{Cell, Decimal};

type Key = (IndicatorId, UnitId, Period, Breakdown);

pub(super) struct View<'a> {
    pub release: &'a Release,
    pub content: &'a Content,
    pub catalogue: &'a Catalogue,
    pub lang: Lang,
    figures: BTreeMap<Key, &'a Judged>,
}

impl<'a> View<'a> {
    pub fn new(release: &'a Release, catalogue: &'a Catalogue, lang: Lang) -> Self {
        let content = release.content();
        let mut figures = BTreeMap::new();
        for judged in &content.figures {
            let f = &judged.figure;
            // Of several variants the first stands on the sheets; all are in the tidy data.
            figures
                .entry((f.indicator, f.place, f.period, f.group))
                .or_insert(judged);
        }
        View {
            release,
            content,
            catalogue,
            lang,
            figures,
        }
    }

    /// `lang.pick` for labels: `view.say("Xã", "Commune")`.
    pub fn say(&self, vi: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(vi, en)
    }

    pub fn scope(&self) -> UnitId {
        self.content.about.scope
    }

    pub fn period(&self) -> Period {
        self.content.about.period
    }

    pub fn level(&self, place: UnitId) -> Level {
        self.unit(place).map_or(Level::Nation, |u| u.level)
    }

    /// `cấp xã`; of a group of units that it is one.
    pub fn level_words(&self, place: UnitId) -> &'static str {
        self.unit(place).map_or("", |u| u.level_words(self.lang))
    }

    /// Whether the report is about a group of units and not about one.
    pub fn is_group(&self) -> bool {
        self.catalogue.localities.area(self.scope()).is_some()
    }

    /// `commune`, `group`.
    pub fn level_code(&self, place: UnitId) -> &'static str {
        self.unit(place).map_or("", |u| u.level_code())
    }

    /// Every indicator with its id, in the order of the catalogue.
    pub fn indicators(&self) -> impl Iterator<Item = (IndicatorId, &'a Indicator)> + use<'a> {
        self.catalogue
            .indicators
            .iter()
            .enumerate()
            .map(|(i, indicator)| (IndicatorId(u16::try_from(i).unwrap_or(u16::MAX)), indicator))
    }

    pub fn indicator(&self, id: IndicatorId) -> Option<&'a Indicator> {
        self.catalogue.indicators.get(usize::from(id.0))
    }

    /// None if it is of no chosen programme.
    pub fn indicator_named(&self, id: &str) -> Option<(IndicatorId, &'a Indicator)> {
        let id = self.catalogue.indicator_named(id)?;
        Some((id, self.indicator(id)?))
    }

    pub fn figure(
        &self,
        id: IndicatorId,
        place: UnitId,
        period: Period,
        group: Breakdown,
    ) -> Option<&'a Judged> {
        self.figures.get(&(id, place, period, group)).copied()
    }

    /// Of the scope, for everybody, in the period reported on.
    pub fn main_figure(&self, id: IndicatorId) -> Option<&'a Judged> {
        self.figure(id, self.scope(), self.period(), Breakdown::default())
    }

    /// Groups for which the scope has a figure of this period, in catalogue order.
    pub fn groups(&self, id: IndicatorId) -> Vec<&'a Judged> {
        let (scope, period) = (self.scope(), self.period());
        self.figures
            .range(
                (id, scope, period, Breakdown::default())
                    ..=(
                        id,
                        scope,
                        period,
                        Breakdown {
                            sex: CategoryId(u16::MAX),
                            ..Breakdown::default()
                        },
                    ),
            )
            .map(|(_, judged)| *judged)
            .filter(|judged| judged.figure.group != Breakdown::default())
            .collect()
    }

    /// Years with a value of the scope, of the same kind of period, oldest first.
    pub fn years(&self) -> Vec<Period> {
        let mut years: Vec<Period> = self
            .content
            .figures
            .iter()
            .filter(|j| j.figure.place == self.scope() && j.figure.value.is_ok())
            .map(|j| j.figure.period)
            .filter(|p| p.span == self.period().span && p.year <= self.period().year)
            .collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    pub fn target(&self, index: Option<u32>) -> Option<&'a Target> {
        self.catalogue.targets.get(index? as usize)
    }

    // ── names ────────────────────────────────────────────────────────────────────────────────

    pub fn unit(&self, place: UnitId) -> Option<&'a AdminUnit> {
        self.catalogue.localities.units.get(place.0 as usize)
    }

    pub fn code(&self, place: UnitId) -> &'a str {
        self.unit(place).map_or("?", |u| u.code.as_str())
    }

    /// `xã Lâm Sơn`; in English `Lâm Sơn commune`.
    pub fn place(&self, place: UnitId) -> String {
        self.unit(place)
            .map_or_else(|| "?".to_owned(), |unit| unit.name_in(self.lang))
    }

    /// `huyện Ninh Sơn, tỉnh Ninh Thuận`: the scope and the unit above it.
    pub fn place_in_full(&self, place: UnitId) -> String {
        let own = self.place(place);
        match self.parent(place) {
            Some(parent) if self.level(parent) != Level::Nation => {
                format!("{own}, {}", self.place_in_full(parent))
            }
            _ => own,
        }
    }

    /// The state of a code on the day of the report's units.
    pub fn unit_by_code(&self, code: &str) -> Option<UnitId> {
        let day = self.content.about.base;
        self.catalogue.localities.by_code(code, day)
    }

    /// The unit above a place on the day of the report's units.
    pub fn parent(&self, place: UnitId) -> Option<UnitId> {
        self.unit(place)?;
        let day = self.content.about.base;
        self.catalogue.localities.parent(place, day)
    }

    pub fn unit_of(&self, indicator: &Indicator) -> &'static str {
        indicator.unit.words(self.lang)
    }

    /// `Nữ`; `all` has no name of its own.
    pub fn category(&self, id: CategoryId) -> &'a str {
        match self.catalogue.lists.categories.get(usize::from(id.0)) {
            Some(category) if !id.is_all() => category.name.get(self.lang),
            _ => "",
        }
    }

    /// `female`; `all` where not split.
    pub fn category_code(&self, id: CategoryId) -> &'a str {
        match self.catalogue.lists.categories.get(usize::from(id.0)) {
            Some(category) if !id.is_all() => &category.code,
            _ => "all",
        }
    }

    /// `Nữ, dân tộc thiểu số`; empty for everybody.
    pub fn group(&self, breakdown: Breakdown) -> String {
        let names: Vec<&str> = Dimension::ALL
            .into_iter()
            .map(|d| breakdown.get(d))
            .filter(|id| !id.is_all())
            .map(|id| self.category(id))
            .collect();
        names.join(", ")
    }

    pub fn dimension(&self, dimension: Dimension) -> &'static str {
        match dimension {
            Dimension::Sex => self.lang.pick("giới tính", "sex"),
            Dimension::Age => self.lang.pick("nhóm tuổi", "age group"),
            Dimension::Ethnicity => self.lang.pick("dân tộc", "ethnicity"),
            Dimension::Item => self.lang.pick("phân nhóm", "item"),
        }
    }

    pub fn yes_no(&self, yes: bool) -> &'static str {
        if yes {
            self.lang.pick("Có", "Yes")
        } else {
            self.lang.pick("Không", "No")
        }
    }

    // ── numbers as cells ─────────────────────────────────────────────────────────────────────

    /// The printed value, or the sign of its absence.
    pub fn value(&self, figure: &Figure) -> Cell {
        match (&figure.value, self.indicator(figure.indicator)) {
            (Ok(ratio), Some(indicator)) if indicator.unit == RatioUnit::YesNo => {
                Cell::text(self.yes_no(ratio.rounded(0) != 0))
            }
            (Ok(_), Some(_)) => self.printed(figure).map_or_else(Cell::empty, |mut value| {
                value.prefix = figure.boundary.prefix();
                Cell::decimal(value)
            }),
            (Ok(_), None) => Cell::empty(),
            (Err(absence), _) => match self.between(figure) {
                Some(text) => Cell::text(text),
                None => Cell::sign(absence.sign()),
            },
        }
    }

    /// The same where there may be no figure at all.
    pub fn value_of(&self, judged: Option<&Judged>) -> Cell {
        judged.map_or_else(|| Cell::sign(NOT_THERE), |j| self.value(&j.figure))
    }

    /// The rounded number; none for an absence.
    pub fn printed(&self, figure: &Figure) -> Option<Decimal> {
        let ratio = figure.value.as_ref().ok()?;
        let decimals = self.indicator(figure.indicator)?.decimals;
        Some(Decimal::new(ratio.rounded(decimals), decimals))
    }

    /// Numerator and denominator in natural units: hours are kept in ten-thousandths.
    pub fn counts(&self, figure: &Figure) -> (Option<Decimal>, Option<Decimal>) {
        let decimals = self.count_decimals(figure);
        let decimal = |n: i64| Decimal::new(n, decimals).trimmed();
        (figure.numerator.map(decimal), figure.denominator.map(decimal))
    }

    /// `93,4`: the people of the units that reported; `≈` before it where the counts are uncertain.
    pub fn people(&self, people: Option<PeopleCovered>) -> Cell {
        let Some(people) = people else {
            return Cell::empty();
        };
        let percent = print_decimal(people.tenths(), 1, self.lang);
        match people.uncertain {
            true => Cell::text(format!("≈ {percent}")),
            false => Cell::text(percent),
        }
    }

    /// Decimals of the counts of a figure.
    pub fn count_decimals(&self, figure: &Figure) -> u8 {
        self.catalogue.count_decimals(figure.indicator, figure.variant)
    }

    /// `≥ 80` as a number with its sign in front.
    pub fn target_cell(&self, target: &Target) -> Cell {
        let yes_no = self
            .catalogue
            .indicators
            .iter()
            .any(|i| i.id == target.indicator && i.unit == RatioUnit::YesNo);
        if yes_no {
            return Cell::text(self.yes_no(target.value_tenths > 0));
        }
        let mut value = Decimal::new(target.value_tenths, 1).trimmed();
        value.prefix = target.comparator.printed();
        Cell::decimal(value)
    }

    /// Value minus target; its sign is printed.
    pub fn gap(&self, judged: &Judged) -> Cell {
        let Some(indicator) = self.indicator(judged.figure.indicator) else {
            return Cell::empty();
        };
        match judged.verdict.gap {
            Some(gap) if indicator.unit != RatioUnit::YesNo => {
                let mut value = Decimal::new(gap, indicator.decimals);
                value.signed = true;
                Cell::decimal(value)
            }
            _ => Cell::empty(),
        }
    }

    /// `7/8`: reported of expected.
    pub fn coverage(&self, judged: Option<&Judged>) -> Cell {
        match judged.map(|j| j.figure.coverage) {
            Some(c) if c.expected > 0 => Cell::text(format!("{}/{}", c.reported, c.expected)),
            _ => Cell::empty(),
        }
    }

    /// The judgement of a figure that may not be there.
    pub fn judgement(&self, judged: Option<&Judged>) -> Judgement {
        judged.map_or(Judgement::NoData, |j| j.verdict.judgement)
    }

    /// The same in words, marked where some units are missing or it rests on an estimate.
    pub fn verdict(&self, judged: Option<&Judged>) -> Cell {
        let reserve = judged.map_or_else(Default::default, |j| j.verdict.reserve);
        Cell::verdict_if(self.judgement(judged), reserve)
    }

    /// Against the year before, in words; empty if nothing can be said.
    pub fn trend(&self, judged: &Judged) -> String {
        let trend = judged.verdict.trend;
        let words = trend.map(|t| t.words_if(judged.verdict.trend_partial, self.lang));
        words.unwrap_or_default()
    }

    /// Why there is no number, in a sentence.
    pub fn reason(&self, absence: &Absence) -> String {
        let with = |head: &str, words: &Words| match words.get(self.lang) {
            "" => head.to_owned(),
            reason => format!("{head}: {reason}"),
        };
        match absence {
            Absence::NotReported(w) => with(self.say("chưa có số liệu", "not reported"), w),
            Absence::NotApplicable(w) => {
                with(self.say("không tính ở cấp này", "not computed at this level"), w)
            }
            Absence::NotOccurred => self
                .say(
                    "không phát sinh (mẫu số bằng 0)",
                    "not occurred (the denominator is 0)",
                )
                .to_owned(),
            Absence::CannotCompute(w) => with(self.say("chưa tính được", "cannot be computed"), w),
            Absence::Conflict(w) => with(self.say("số liệu mâu thuẫn", "contradictory data"), w),
            Absence::Withheld => self.say("được bảo mật", "withheld").to_owned(),
            Absence::Uncertain => self
                .say(
                    "một phần địa bàn chuyển đi hoặc đến mà không nguồn nào ghi số dân, nên chỉ biết khoảng",
                    "part of the territory came or went and no source states how many people, so only bounds are known",
                )
                .to_owned(),
        }
    }

    /// Places below the scope by depth; depth 0 is the scope.
    pub fn places_at(&self, depth: u8) -> Vec<&'a PlaceRow> {
        self.content.places.iter().filter(|p| p.depth == depth).collect()
    }
}

/// The sign where nothing was computed at all: as for a figure not reported.
pub(super) const NOT_THERE: &str = "…";
