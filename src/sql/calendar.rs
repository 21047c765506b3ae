//! Parts of a year into the year: the rules of `rollup` over time, round by round.

use super::place::{KEYS, first, keys, keys_with};
use super::script::Script;

/// The rounds after the step named. Returns the name of the last step.
pub(super) fn fill(from: &str, script: &mut Script) -> String {
    let rounds = [
        (
            "names",
            "Cùng một khoảng thời gian dưới tên thường dùng: 6 tháng là nửa năm đầu, năm học là năm nó kết thúc.",
            "The same span under its usual name: the first 6 months are the first half, a school year is the year in which it ends.",
        ),
        ("quarters", "Tháng thành quý.", "Months into quarters."),
        (
            "halves",
            "Quý thành nửa năm; số liệu thời điểm: số cuối kỳ.",
            "Quarters into halves; of stocks the last reading.",
        ),
        (
            "years",
            "Các phần của năm thành năm; số liệu thời điểm: số cuối năm.",
            "Parts of a year into the year; of stocks the last reading.",
        ),
    ];
    let mut last = from.to_owned();
    for (round, vi, en) in rounds {
        let (tried, done) = (format!("{round}_tried"), format!("with_{round}"));
        let copied = keys_with("r", "span", "COALESCE(w.whole, r.span)");
        let group = first(KEYS + 1);
        script.step(
            &tried,
            (vi, en),
            &format!(
                "SELECT {copied}, COALESCE(w.way, 0) AS way,
                        CAST(SUM(r.value) AS BIGINT) AS value, MAX(r.contradicted) AS contradicted
                 FROM {last} r
                 JOIN measures m ON m.measure = r.measure
                 CROSS JOIN copies c
                 LEFT JOIN calendar w
                   ON c.step = 1 AND w.round = '{round}' AND w.over_time = m.over_time AND w.part = r.span
                 WHERE c.step = 0 OR w.way IS NOT NULL
                 GROUP BY {group}
                 HAVING COUNT(*) = COALESCE(MAX(w.needed), 1)"
            ),
        );
        let all = keys("t");
        script.step(
            &done,
            (
                "Số đã báo cáo đứng trước; sau đó cách đầu tiên đủ phần.",
                "What was reported goes first, then the first way that has all of its parts.",
            ),
            &format!(
                "SELECT {all}, t.value, t.contradicted
                 FROM (
                     SELECT t.*, ROW_NUMBER() OVER (PARTITION BY {all} ORDER BY t.way) AS preference
                     FROM {tried} t
                 ) t
                 WHERE t.preference = 1"
            ),
        );
        last = done;
    }
    last
}
