//! Shares of units that satisfy a rule, and plain answers: the rules of `evaluate::units`.

use super::Wanted;
use super::hierarchy::DEEPEST;
use super::place::first;
use super::ratio::{FIGURE_KEYS, figure_keys, is_of_term};
use super::script::{Cell, Script};
use super::span;
use crate::classification::Spread;
use crate::definition::{Formula, UnitRule};
use crate::evaluate::spans;

/// The steps of all shares of units. Returns the name of the last; none if there is no such indicator.
pub(super) fn shares(wanted: &Wanted<'_>, script: &mut Script) -> Option<&'static str> {
    let (rules, in_spans) = rules(wanted);
    if rules.is_empty() {
        return None;
    }
    script.table(
        "rules",
        "indicator, reach, level, terms, own, at_least, among",
        (
            "Quy tắc mà từng đơn vị phải đạt. reach: own (báo cáo của chính đơn vị) hay place (số đứng cho nơi ấy); level: chỉ đơn vị cấp này được đếm.",
            "What each unit must show. reach: own (its own report) or place (what stands for the place); level: only units of this level count.",
        ),
        rules,
    );
    script.table(
        "rule_spans",
        "indicator, period, year, span, number, spans",
        (
            "Mỗi khoảng thời gian phải đạt; số 0: kỳ của điều kiện tham gia.",
            "Every span in which it must hold; number 0: the period of who takes part.",
        ),
        in_spans,
    );
    script.step(
        "lines",
        ("Mỗi đơn vị và mọi đơn vị ở trên.", "Each unit and all above it."),
        &lines(),
    );
    judged(script);
    script.step(
        "rule_figures",
        (
            "Đếm đơn vị đạt (n) trong các đơn vị đã báo cáo và tham gia (d), cho mỗi đơn vị và mọi đơn vị ở trên.",
            "Units that satisfy it (n) of those that reported and take part (d), for each unit and all above it.",
        ),
        &format!(
            "SELECT {keys},
                    CASE WHEN t.reported > 0 THEN 'pair' WHEN t.conflicts > 0 THEN 'conflict' ELSE 'missing' END AS state,
                    CASE WHEN t.reported > 0 THEN t.yes END AS n, CASE WHEN t.reported > 0 THEN t.taking_part END AS d,
                    t.reported, CASE WHEN t.reported + t.conflicts > 0 THEN t.expected ELSE 0 END AS expected
             FROM (
                 SELECT l.boundaries_on, l.above AS place, r.indicator, p.period, 'all' AS sex, 'all' AS age, 'all' AS ethnicity,
                        CAST(SUM(COALESCE(f.reported * f.takes_part * f.reached, 0)) AS BIGINT) AS yes,
                        CAST(SUM(COALESCE(f.reported * f.takes_part, 0)) AS BIGINT) AS taking_part,
                        CAST(SUM(COALESCE(f.reported, 0)) AS BIGINT) AS reported,
                        CAST(SUM(COALESCE(f.conflict, 0)) AS BIGINT) AS conflicts,
                        COUNT(*) AS expected
                 FROM rules r
                 JOIN units u ON (r.level = 'any' OR u.level = r.level) AND NOT u.joins
                 JOIN lines l ON l.boundaries_on = u.boundaries_on AND l.code = u.code
                 CROSS JOIN periods p
                 LEFT JOIN rule_units f
                   ON f.boundaries_on = u.boundaries_on AND f.place = u.code AND f.indicator = r.indicator AND f.period = p.period
                 GROUP BY {group}
             ) t",
            keys = figure_keys("t"),
            group = first(FIGURE_KEYS),
        ),
    );
    Some("rule_figures")
}

fn rules(wanted: &Wanted<'_>) -> (Vec<Vec<Cell>>, Vec<Vec<Cell>>) {
    let (mut rules, mut in_spans) = (Vec::new(), Vec::new());
    for (indicator, variant) in wanted.indicators() {
        let Formula::ShareOfUnits { level, rule, .. } = &variant.formula else {
            continue;
        };
        let id = indicator.id.as_str();
        rules.push(vec![
            id.into(),
            if level.is_none() { "own" } else { "place" }.into(),
            level.map_or("any", |l| l.code()).into(),
            (rule.terms.len() as i64).into(),
            are_own(wanted, rule).into(),
            rule.at_least.into(),
            (!rule.among.is_empty()).into(),
        ]);
        for period in wanted.periods() {
            let within = spans(period, rule.every);
            let count = within.len() as i64;
            for (i, part) in [period].into_iter().chain(within).enumerate() {
                in_spans.push(vec![
                    id.into(),
                    period.code().into(),
                    i64::from(part.year).into(),
                    span(part.span).into(),
                    (i as i64).into(),
                    count.into(),
                ]);
            }
        }
    }
    (rules, in_spans)
}

fn are_own(wanted: &Wanted<'_>, rule: &UnitRule) -> bool {
    let spread = |t: &crate::definition::Term| wanted.catalogue.measures.get(t.measure).spread;
    rule.terms.iter().all(|t| spread(t) == Spread::Own)
}

fn lines() -> String {
    let mut parts = vec!["SELECT u.boundaries_on, u.code, u.code AS above FROM units u".to_owned()];
    for steps in 1..=DEEPEST {
        let joins = (1..steps).map(|i| {
            let below = if i == 1 {
                "u".to_owned()
            } else {
                format!("u{}", i - 1)
            };
            format!(" JOIN units u{i} ON u{i}.boundaries_on = u.boundaries_on AND u{i}.code = {below}.parent")
        });
        let joins: String = joins.collect();
        let last = if steps == 1 {
            "u".to_owned()
        } else {
            format!("u{}", steps - 1)
        };
        parts.push(format!(
            "SELECT u.boundaries_on, u.code, {last}.parent AS above FROM units u{joins} WHERE {last}.parent IS NOT NULL"
        ));
    }
    parts.join("\nUNION ALL\n")
}

fn judged(script: &mut Script) {
    let of_term = is_of_term("v", "t");
    script.step(
        "rule_spans_found",
        (
            "Các số hạng của quy tắc trong mỗi khoảng thời gian; ở số 0: có gì để tham gia.",
            "The terms of the rule in each span; at number 0: whether there is anything to take part with.",
        ),
        &format!(
            "SELECT v.boundaries_on, v.place, r.indicator, p.period, p.number, p.spans, r.at_least, r.among,
                    CASE WHEN p.number > 0 AND v.contradicted = 0 AND v.covers = 1 AND (v.found = r.terms OR r.own = 1) THEN 1 ELSE 0 END AS met,
                    v.value, v.contradicted, v.some
             FROM (
                 SELECT v.boundaries_on, v.place, t.indicator, p.period, p.number,
                        CAST(SUM(t.sign * v.value) AS BIGINT) AS value, COUNT(*) AS found, MAX(v.contradicted) AS contradicted,
                        CASE WHEN MIN(v.reported) >= MAX(v.expected) THEN 1 ELSE 0 END AS covers,
                        MAX(CASE WHEN t.sign * v.value > 0 THEN 1 ELSE 0 END) AS some
                 FROM (
                     SELECT v.boundaries_on, v.place, v.measure, v.item, v.age, v.ethnicity, v.sex, v.year, v.span, c.step,
                            CASE c.step WHEN 0 THEN v.value ELSE v.own_value END AS value,
                            CASE c.step WHEN 0 THEN v.contradicted ELSE v.own_contradicted END AS contradicted,
                            CASE c.step WHEN 0 THEN v.reported ELSE 1 END AS reported,
                            CASE c.step WHEN 0 THEN v.expected ELSE 1 END AS expected
                     FROM totals v
                     CROSS JOIN copies c
                     WHERE c.step = 0 OR v.own_value IS NOT NULL
                 ) v
                 JOIN terms t
                   ON {of_term}
                 JOIN rules r ON r.indicator = t.indicator AND v.step = CASE r.reach WHEN 'own' THEN 1 ELSE 0 END
                 JOIN rule_spans p
                   ON p.indicator = t.indicator AND p.span = v.span AND p.year = v.year + t.years_back
                  AND ((t.side = 'rule' AND p.number > 0) OR (t.side = 'among' AND p.number = 0))
                 GROUP BY 1, 2, 3, 4, 5
             ) v
             JOIN rules r ON r.indicator = v.indicator
             JOIN rule_spans p ON p.indicator = v.indicator AND p.period = v.period AND p.number = v.number"
        ),
    );
    script.step(
        "rule_units",
        (
            "Một đơn vị đã báo cáo nếu mọi khoảng thời gian đều có số, và đã nói có gì để tham gia hay không; mâu thuẫn nếu khoảng đầu tiên không dùng được là do mâu thuẫn.",
            "A unit reported if every span has a value and it said whether there is anything to take part with; it contradicts itself if that is why the first unusable span is unusable.",
        ),
        "SELECT f.boundaries_on, f.place, f.indicator, f.period,
                CASE WHEN SUM(f.met) = MAX(f.spans) AND (MAX(f.among) = 0 OR MIN(f.number) = 0) THEN 1 ELSE 0 END AS reported,
                MIN(CASE WHEN f.number > 0 AND f.value < f.at_least THEN 0 ELSE 1 END) AS reached,
                CASE WHEN MAX(f.among) = 0 THEN 1 ELSE MAX(CASE WHEN f.number = 0 THEN f.some ELSE 0 END) END AS takes_part,
                MAX(CASE WHEN f.number > 0 AND f.contradicted = 1 AND f.met_until = f.number - 1 THEN 1 ELSE 0 END) AS conflict
         FROM (
             SELECT g.*, SUM(g.met) OVER (PARTITION BY g.boundaries_on, g.place, g.indicator, g.period ORDER BY g.number
                                          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS met_until
             FROM rule_spans_found g
         ) f
         GROUP BY 1, 2, 3, 4",
    );
}

/// The step of plain answers: its name; none if no indicator is one.
pub(super) fn answers(wanted: &Wanted<'_>, script: &mut Script) -> Option<&'static str> {
    let mut all = wanted.indicators();
    all.find(|(_, variant)| matches!(variant.formula, Formula::Answer { .. }))?;
    let of_term = is_of_term("v", "t");
    script.step(
        "answer_figures",
        (
            "Câu trả lời của chính đơn vị: 1 trên 1, hoặc 0 trên 1.",
            "Answers are the unit's own: 1 of 1, or 0 of 1.",
        ),
        &format!(
            "SELECT v.boundaries_on, v.place, t.indicator, p.period, 'all' AS sex, 'all' AS age, 'all' AS ethnicity,
                    CASE v.own_contradicted WHEN 0 THEN 'pair' ELSE 'conflict' END AS state,
                    CAST(CASE WHEN v.own_contradicted = 1 THEN NULL WHEN t.sign * v.own_value > 0 THEN 1 ELSE 0 END AS BIGINT) AS n,
                    CAST(CASE v.own_contradicted WHEN 0 THEN 1 END AS BIGINT) AS d,
                    1 - v.own_contradicted AS reported, 1 AS expected
             FROM totals v
             JOIN terms t
               ON t.side = 'answer'
              AND {of_term}
             JOIN periods p ON p.span = v.span AND p.year = v.year + t.years_back
             WHERE v.own_value IS NOT NULL"
        ),
    );
    Some("answer_figures")
}
