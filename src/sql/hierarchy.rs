//! From the lowest units to the whole territory: the rule of `rollup::hierarchy`, one step for each depth.

use super::place::{KEYS, first, keys, keys_with};
use super::script::Script;

/// Depth of the lowest units: nation, province, district, commune; or a group of provinces, districts, communes.
pub(super) const DEEPEST: usize = 3;

/// What stands for a place, and its own report.
const STANDS: [&str; 7] = [
    "value",
    "reported",
    "spoiled",
    "summed",
    "contradicted",
    "own_value",
    "own_contradicted",
];

/// The steps after the one named; the last is `totals`.
pub(super) fn climb(from: &str, script: &mut Script) {
    script.step(
        "own_reports",
        (
            "Báo cáo của chính từng nơi. reported: số đơn vị thấp nhất đứng sau con số; spoiled: số đơn vị bị bỏ ra vì mâu thuẫn; summed: 1 nếu cộng từ các đơn vị dưới.",
            "What each place reported itself. reported: lowest units behind the value; spoiled: units left out because they contradict themselves; summed: 1 if added up from below.",
        ),
        &format!(
            "SELECT {keys}, m.spread, r.value,
                    CASE WHEN m.spread IN ('total', 'whole') THEN u.lowest ELSE 1 END AS reported, 0 AS spoiled, 0 AS summed,
                    r.contradicted, r.value AS own_value, r.contradicted AS own_contradicted
             FROM {from} r
             JOIN measures m ON m.measure = r.measure
             JOIN units u ON u.boundaries_on = r.boundaries_on AND u.code = r.place",
            keys = keys("r"),
        ),
    );
    let mut last = "own_reports".to_owned();
    for depth in (0..DEEPEST).rev() {
        last = level(&last, depth, script);
    }
    script.step(
        "totals",
        (
            "Số đứng cho mỗi nơi, và bao nhiêu đơn vị phải báo cáo.",
            "What stands for each place, and how many units should have reported.",
        ),
        &format!(
            "SELECT t.*, CASE WHEN t.spread = 'own' THEN u.bodies WHEN t.spread IN ('total', 'whole') THEN u.lowest ELSE 1 END AS expected
             FROM {last} t
             JOIN units u ON u.boundaries_on = t.boundaries_on AND u.code = t.place"
        ),
    );
}

fn level(from: &str, depth: usize, script: &mut Script) -> String {
    let (below, done) = (format!("below_depth_{depth}"), format!("depth_{depth}"));
    let own = STANDS.map(|name| format!("MAX(CASE c.step WHEN 0 THEN r.{name} END) AS {name}"));
    let own = own.join(",\n                        ");
    let copied = keys_with("r", "place", "CASE c.step WHEN 0 THEN r.place ELSE u.parent END");
    let group = first(KEYS + 1);
    script.step(
        &below,
        (
            &format!("Mỗi đơn vị ở độ sâu {depth} và tổng các đơn vị ngay dưới nó; số mâu thuẫn không vào tổng."),
            &format!("Each unit at depth {depth} and the sum of the units right below it; contradicted values are in no sum."),
        ),
        &format!(
            "SELECT {copied}, r.spread,
                        {own},
                    CAST(SUM(c.step) AS BIGINT) AS children,
                    CAST(SUM(CASE WHEN c.step = 1 AND r.contradicted = 0 THEN r.value ELSE 0 END) AS BIGINT) AS below_value,
                    CAST(SUM(CASE WHEN c.step = 1 AND r.contradicted = 0 THEN r.reported ELSE 0 END) AS BIGINT) AS below_reported,
                    CAST(SUM(CASE WHEN c.step = 0 THEN 0
                                  WHEN r.contradicted = 0 THEN r.spoiled
                                  WHEN r.reported > r.spoiled THEN r.reported
                                  WHEN r.spoiled > 1 THEN r.spoiled
                                  ELSE 1 END) AS BIGINT) AS below_spoiled
             FROM {from} r
             JOIN units u ON u.boundaries_on = r.boundaries_on AND u.code = r.place
             CROSS JOIN copies c
             WHERE c.step = 0 OR (u.depth = {deeper} AND r.spread <> 'none')
             GROUP BY {group}",
            deeper = depth + 1,
        ),
    );
    script.step(
        &done,
        (
            "Tổng các đơn vị dưới nếu mọi đơn vị đã báo cáo, nếu không thì báo cáo của chính nó, nếu không có nữa thì tổng một phần; chỉ cơ quan của chính đơn vị mới cộng thêm báo cáo của nó; cơ quan, tổ chức các cấp thì theo báo cáo của chính nó nếu không ít hơn tổng.",
            "The sum of the units below if all reported, else its own report, else the partial sum; only bodies of its own are added to it; of bodies of all levels its own report stands unless it has fewer.",
        ),
        &format!(
            "SELECT {keys}, s.spread,
                    CASE s.choice WHEN 'alone' THEN s.value WHEN 'own' THEN s.own_value
                                  WHEN 'both' THEN s.below_value + s.own_value ELSE s.below_value END AS value,
                    CASE s.choice WHEN 'alone' THEN s.reported WHEN 'own' THEN s.lowest
                                  WHEN 'both' THEN s.below_reported + 1 ELSE s.below_reported END AS reported,
                    CASE s.choice WHEN 'alone' THEN s.spoiled WHEN 'own' THEN 0 WHEN 'both' THEN s.below_spoiled
                                  ELSE s.below_spoiled + CASE WHEN s.spread = 'own' AND s.own_contradicted = 1 THEN 1 ELSE 0 END
                    END AS spoiled,
                    CASE s.choice WHEN 'alone' THEN s.summed WHEN 'own' THEN 0 ELSE 1 END AS summed,
                    CASE s.choice WHEN 'alone' THEN s.contradicted WHEN 'own' THEN 0 WHEN 'both' THEN 0
                                  ELSE CASE WHEN s.below_reported = 0 THEN 1 ELSE 0 END END AS contradicted,
                    s.own_value, s.own_contradicted
             FROM (
                 SELECT b.*, u.lowest,
                        CASE WHEN b.children = 0 THEN 'alone'
                             WHEN b.spread = 'own' AND b.own_contradicted = 0 THEN 'both'
                             WHEN b.spread = 'whole' AND b.own_contradicted = 0 AND b.own_value >= b.below_value THEN 'own'
                             WHEN b.spread = 'total' AND b.own_contradicted = 0 AND b.below_reported < u.lowest THEN 'own'
                             ELSE 'below' END AS choice
                 FROM {below} b
                 JOIN units u ON u.boundaries_on = b.boundaries_on AND u.code = b.place
             ) s",
            keys = keys("s"),
        ),
    );
    done
}
