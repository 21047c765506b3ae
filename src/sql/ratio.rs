//! Ratios of sums, unit by unit up the hierarchy: the rule of `evaluate::ratio`.

use super::Wanted;
use super::hierarchy::DEEPEST;
use super::place::first;
use super::script::{Cell, Script};
use super::table::is_strict_share;
use crate::classification::Spread;
use crate::definition::{Formula, Term};

/// What a figure is of; with an alias in front of each.
pub(super) fn figure_keys(alias: &str) -> String {
    let names = [
        "boundaries_on",
        "place",
        "indicator",
        "period",
        "sex",
        "age",
        "ethnicity",
    ];
    names.map(|name| format!("{alias}.{name}")).join(", ")
}

/// How many columns `figure_keys` has.
pub(super) const FIGURE_KEYS: usize = 7;

/// The steps of all ratios. Returns the name of the last; none if no indicator is a ratio.
pub(super) fn evaluate(wanted: &Wanted<'_>, script: &mut Script) -> Option<&'static str> {
    let rows = ratios(wanted);
    if rows.is_empty() {
        return None;
    }
    script.table(
        "ratios",
        "indicator, n_terms, d_terms, n_own, d_own, strict_share",
        (
            "Số số hạng của tử số và mẫu số; *_own: đếm cơ quan của chính đơn vị, loại không có là 0; strict_share: tử số không được lớn hơn mẫu số.",
            "How many terms numerator and denominator have; *_own: they count each unit's own bodies, of which a kind not listed is 0; strict_share: the numerator may not exceed the denominator.",
        ),
        rows,
    );
    sides(script);
    pairs(script);
    let mut last = "pairs".to_owned();
    for depth in (0..=DEEPEST).rev() {
        last = settled(&last, depth, script);
    }
    script.step(
        "ratio_figures",
        ("Mọi tỷ số.", "All ratios."),
        &format!(
            "SELECT {keys}, CASE r.state WHEN 'impossible' THEN 'conflict' ELSE r.state END AS state,
                    r.n, r.d, r.reported, r.expected
             FROM {last} r",
            keys = figure_keys("r"),
        ),
    );
    Some("ratio_figures")
}

fn ratios(wanted: &Wanted<'_>) -> Vec<Vec<Cell>> {
    let own = |terms: &[Term]| -> bool {
        let spread = |t: &Term| wanted.catalogue.measures.get(t.measure).spread;
        terms.iter().all(|t| spread(t) == Spread::Own)
    };
    let row = |(indicator, variant): (&crate::definition::Indicator, &crate::definition::Variant)| {
        let Formula::Ratio {
            numerator,
            denominator,
            ..
        } = &variant.formula
        else {
            return None;
        };
        Some(vec![
            indicator.id.as_str().into(),
            (numerator.len() as i64).into(),
            (denominator.len() as i64).into(),
            own(numerator).into(),
            own(denominator).into(),
            is_strict_share(indicator).into(),
        ])
    };
    wanted.indicators().filter_map(row).collect()
}

/// The condition under which a value is of a term.
pub(super) fn is_of_term(value: &str, term: &str) -> String {
    let same = |name: &str| {
        format!("({term}.{name} = {value}.{name} OR ({term}.{name} = '*' AND {value}.{name} <> 'all'))")
    };
    let narrowed = ["item", "age", "ethnicity", "sex"].map(same).join("\n     AND ");
    format!("{term}.measure = {value}.measure\n     AND {narrowed}")
}

fn sides(script: &mut Script) {
    let of = |side: &str| {
        let only = |what: &str| format!("CASE t.side WHEN '{side}' THEN {what} END");
        let columns = [
            (
                format!("CAST(SUM({}) AS BIGINT)", only("t.sign * v.value")),
                "sum",
            ),
            (format!("COUNT({})", only("1")), "found"),
            (format!("MIN({})", only("v.reported")), "reported"),
            (format!("MAX({})", only("v.expected")), "expected"),
            (format!("MAX({})", only("v.spoiled")), "spoiled"),
            (format!("MAX({})", only("v.summed")), "summed"),
            (format!("MAX({})", only("v.contradicted")), "contradicted"),
            (
                format!("CAST(SUM({}) AS BIGINT)", only("t.sign * v.own_value")),
                "own_sum",
            ),
            (format!("COUNT({})", only("v.own_value")), "own_found"),
            (format!("MAX({})", only("v.own_contradicted")), "own_contradicted"),
        ];
        columns
            .map(|(what, name)| format!("{what} AS {side}_{name}"))
            .join(",\n       ")
    };
    let group = |name: &str| format!("CASE t.split WHEN '{name}' THEN v.{name} ELSE 'all' END AS {name}");
    let groups = ["sex", "age", "ethnicity"].map(group).join(",\n       ");
    let body = [
        "SELECT v.boundaries_on, v.place, t.indicator, p.period,".to_owned(),
        format!("       {groups},"),
        format!("       {},", of("n")),
        format!("       {}", of("d")),
        "FROM totals v".to_owned(),
        format!(
            "JOIN terms t\n      ON t.side IN ('n', 'd')\n     AND {}",
            is_of_term("v", "t")
        ),
        "JOIN periods p ON p.span = v.span AND p.year = v.year + t.years_back".to_owned(),
        format!("GROUP BY {}", first(FIGURE_KEYS)),
    ];
    script.step(
        "sides",
        (
            "Tử số (n) và mẫu số (d) của mỗi nơi, mỗi kỳ, mỗi nhóm: số đứng cho nơi ấy và báo cáo của chính nó (own).",
            "Numerator (n) and denominator (d) of each place, period and group: what stands for the place, and its own report (own).",
        ),
        &body.join("\n"),
    );
}

fn pairs(script: &mut Script) {
    script.step(
        "pairs",
        (
            "paired: có cả hai và không mâu thuẫn; wrong: không thể đứng cùng nhau; covers_all: mọi đơn vị đã báo cáo.\nown_state: cơ quan của chính đơn vị, tính thêm vào tổng các đơn vị dưới.",
            "paired: both are known and not contradicted; wrong: they cannot stand together; covers_all: all units reported.\nown_state: the unit's own bodies, counted with the sum of the units below.",
        ),
        &format!(
            "SELECT {keys}, 'open' AS state, q.n, q.d,
                    CASE WHEN q.n IS NOT NULL AND q.d IS NOT NULL AND q.contradicted = 0 THEN 1 ELSE 0 END AS paired,
                    CASE WHEN q.n < 0 OR q.d < 0 OR (q.d = 0 AND q.n > 0) OR (q.strict_share = 1 AND q.n > q.d) THEN 1 ELSE 0 END AS wrong,
                    CASE WHEN q.n_reported >= q.n_expected AND q.d_reported >= q.d_expected THEN 1 ELSE 0 END AS covers_all,
                    CASE WHEN q.n_summed = 1 OR q.d_summed = 1 THEN 1 ELSE 0 END AS summed,
                    CASE WHEN q.n_reported < q.d_reported THEN q.n_reported ELSE q.d_reported END AS reported,
                    CASE WHEN q.n_expected > q.d_expected THEN q.n_expected ELSE q.d_expected END AS expected,
                    CASE WHEN q.n_spoiled > q.d_spoiled THEN q.n_spoiled ELSE q.d_spoiled END AS spoiled,
                    q.contradicted,
                    CASE WHEN q.n_own = 0 OR q.d_own = 0 THEN 'none'
                         WHEN q.n_own_contradicted = 1 OR q.d_own_contradicted = 1 THEN 'contradicted'
                         WHEN q.n_own_found = 0 OR q.d_own_found = 0 THEN 'none'
                         WHEN q.n_own_sum < 0 OR q.d_own_sum < 0 OR (q.d_own_sum = 0 AND q.n_own_sum > 0)
                              OR (q.strict_share = 1 AND q.n_own_sum > q.d_own_sum) THEN 'impossible'
                         ELSE 'sound' END AS own_state,
                    q.n_own_sum AS own_n, q.d_own_sum AS own_d
             FROM (
                 SELECT s.*, r.strict_share, r.n_own, r.d_own,
                        CASE WHEN s.n_found = r.n_terms OR (r.n_own = 1 AND s.n_found > 0) THEN s.n_sum END AS n,
                        CASE WHEN s.d_found = r.d_terms OR (r.d_own = 1 AND s.d_found > 0) THEN s.d_sum END AS d,
                        CASE WHEN s.n_contradicted = 1 OR s.d_contradicted = 1 THEN 1 ELSE 0 END AS contradicted
                 FROM sides s
                 JOIN ratios r ON r.indicator = s.indicator
             ) q",
            keys = figure_keys("q"),
        ),
    );
}

/// One depth: what the units below have together, and which of the two stands.
fn settled(from: &str, depth: usize, script: &mut Script) -> String {
    let (below, done) = (format!("ratios_below_{depth}"), format!("ratios_{depth}"));
    let own = |names: &[&str]| {
        let own = names
            .iter()
            .map(|name| format!("MAX(CASE c.step WHEN 0 THEN r.{name} END) AS {name}"));
        own.collect::<Vec<_>>().join(", ")
    };
    let sum = |what: &str, name: &str| {
        format!("CAST(SUM(CASE WHEN c.step = 1 THEN {what} ELSE 0 END) AS BIGINT) AS below_{name}")
    };
    let pair = |what: &str| format!("CASE r.state WHEN 'pair' THEN {what} ELSE 0 END");
    let body = [
        format!(
            "SELECT {}, COALESCE(MAX(CASE c.step WHEN 0 THEN r.state END), 'open') AS state,",
            figure_keys("r").replace(
                "r.place",
                "CASE c.step WHEN 0 THEN r.place ELSE u.parent END AS place"
            )
        ),
        format!("       {},", own(&["n", "d", "paired", "wrong", "covers_all"])),
        format!(
            "       {},",
            own(&["summed", "reported", "expected", "spoiled", "contradicted"])
        ),
        format!("       {},", own(&["own_state", "own_n", "own_d"])),
        format!("       {},", sum(&pair("1"), "any")),
        format!("       {},", sum(&pair("r.n"), "n")),
        format!("       {},", sum(&pair("r.d"), "d")),
        format!("       {},", sum(&pair("r.reported"), "reported")),
        format!("       {},", sum("r.spoiled", "spoiled")),
        format!(
            "       {}",
            sum(
                "CASE WHEN r.state = 'impossible' OR (r.state = 'pair' AND r.spoiled > 0) THEN 1 ELSE 0 END",
                "impossible"
            )
        ),
        format!("FROM {from} r"),
        "JOIN units u ON u.boundaries_on = r.boundaries_on AND u.code = r.place".to_owned(),
        "CROSS JOIN copies c".to_owned(),
        format!(
            "WHERE c.step = 0 OR (u.depth = {} AND r.state IN ('pair', 'conflict', 'impossible'))",
            depth + 1
        ),
        format!("GROUP BY {}", first(FIGURE_KEYS)),
    ];
    script.step(
        &below,
        (
            &format!("Độ sâu {depth}: tổng của các đơn vị ngay dưới có cả tử số và mẫu số."),
            &format!(
                "Depth {depth}: the sums of those units right below that have both numerator and denominator."
            ),
        ),
        &body.join("\n"),
    );
    let keys = figure_keys("s");
    let out = |pair: &str, below: &str, name: &str| {
        format!("CASE s.outcome WHEN 'keep' THEN s.{name} WHEN 'own' THEN {pair} WHEN 'below' THEN {below}")
    };
    let (n, d) = (out("s.n", "s.all_n", "n"), out("s.d", "s.all_d", "d"));
    let reported = out("s.reported", "s.all_reported", "reported");
    let expected = out("s.expected", "s.all_expected", "expected");
    let spoiled = out("s.spoiled", "s.all_spoiled", "spoiled");
    script.step(
        &done,
        (
            "Cả hai đầy đủ, hoặc tổng các đơn vị có cả hai; một xã chỉ gửi một trong hai không làm lệch tỷ số.",
            "Both in full, or the sums of the units that have both: a commune that sent only one of them cannot distort the ratio.",
        ),
        &format!(
            "SELECT {keys},
                    CASE s.outcome WHEN 'keep' THEN s.state WHEN 'own' THEN 'pair' WHEN 'below' THEN 'pair' ELSE s.outcome END AS state,
                    {n} WHEN 'apart' THEN s.n WHEN 'missing' THEN s.n END AS n,
                    {d} WHEN 'apart' THEN s.d WHEN 'missing' THEN s.d END AS d,
                    s.paired, s.wrong, s.covers_all, s.summed,
                    {reported} ELSE 0 END AS reported,
                    {expected} WHEN 'conflict' THEN s.all_expected WHEN 'impossible' THEN s.all_expected ELSE 0 END AS expected,
                    {spoiled} WHEN 'apart' THEN 0 WHEN 'missing' THEN 0
                         ELSE CASE WHEN s.all_spoiled > 1 THEN s.all_spoiled ELSE 1 END END AS spoiled,
                    s.contradicted, s.own_state, s.own_n, s.own_d
             FROM (
                 SELECT a.*,
                        CASE WHEN a.state <> 'open' OR a.depth <> {depth} THEN 'keep'
                             WHEN a.direct = 1 AND a.wrong = 0 AND a.covers_all = 1 THEN 'own'
                             WHEN a.all_any > 0 THEN 'below'
                             WHEN a.direct = 1 AND a.wrong = 0 AND a.children = 0 THEN 'own'
                             WHEN a.direct = 1 AND a.wrong = 0 THEN 'apart'
                             WHEN a.direct = 1 THEN 'impossible'
                             WHEN a.contradicted = 1 OR a.all_spoiled > 0 THEN 'conflict'
                             ELSE 'missing' END AS outcome
                 FROM (
                     SELECT w.*, u.depth, u.children,
                            CASE WHEN r.n_own + r.d_own = 2 THEN u.bodies ELSE u.lowest END AS all_expected,
                            w.below_any + CASE WHEN u.children > 0 AND w.own_state = 'sound' THEN 1 ELSE 0 END AS all_any,
                            w.below_n + CASE WHEN u.children > 0 AND w.own_state = 'sound' THEN w.own_n ELSE 0 END AS all_n,
                            w.below_d + CASE WHEN u.children > 0 AND w.own_state = 'sound' THEN w.own_d ELSE 0 END AS all_d,
                            w.below_reported + CASE WHEN u.children > 0 AND w.own_state = 'sound' THEN 1 ELSE 0 END AS all_reported,
                            w.below_spoiled + CASE WHEN u.children > 0 AND w.own_state IN ('impossible', 'contradicted') THEN 1 ELSE 0 END AS all_spoiled,
                            CASE WHEN w.paired = 1 AND NOT (w.summed = 1 AND (w.below_impossible > 0 OR (u.children > 0 AND w.own_state = 'impossible')))
                                 THEN 1 ELSE 0 END AS direct
                     FROM {below} w
                     JOIN units u ON u.boundaries_on = w.boundaries_on AND u.code = w.place
                     JOIN ratios r ON r.indicator = w.indicator
                 ) a
             ) s"
        ),
    );
    done
}
