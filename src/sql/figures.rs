//! The figures as they are printed: rounded, or the reason why there is no number.

use super::place::first;
use super::ratio::figure_keys;
use super::script::Script;

/// What is asked of all steps before; `found` are those that give figures.
pub(super) fn settle(found: &[&str], script: &mut Script) {
    let keys = figure_keys("f");
    let kinds = found.iter().map(|name| {
        format!(
            "SELECT {keys}, f.state, f.n, f.d, f.reported, f.expected, 0 AS made\nFROM {name} f\nUNION ALL\n"
        )
    });
    let kinds: String = kinds.collect();
    script.step(
        "outcomes",
        (
            "Mọi kết quả, và một dòng cho mỗi chỗ mà người đọc cần biết vì sao không có số.",
            "All outcomes, and a line wherever the reader must be told why there is no number.",
        ),
        &format!(
            "{kinds}SELECT u.boundaries_on, u.code, i.indicator, p.period, 'all', 'all', 'all',
       'missing', CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), 0, 0, 1
FROM units u
CROSS JOIN indicators i
CROSS JOIN periods p
WHERE u.base AND (p.is_last = 1 OR u.depth = 0)"
        ),
    );
    script.step(
        "figures",
        (
            "Làm tròn xa số 0 khi ở giữa: nhân đôi, cộng mẫu số, chia nguyên.",
            "Rounded half away from 0: doubled, the denominator added, divided in whole numbers.",
        ),
        &format!(
            "SELECT {keys}, f.n, f.d, f.reported, f.expected, f.joins, f.base, f.depth, f.is_last, f.position, f.count_decimals,
                    CASE WHEN f.computed = 0 THEN 'not-applicable'
                         WHEN f.state = 'pair' AND f.d = 0 THEN 'not-occurred'
                         WHEN f.state = 'pair' THEN NULL
                         WHEN f.state = 'apart' THEN 'cannot-compute'
                         WHEN f.state = 'conflict' THEN 'conflict'
                         ELSE 'not-reported' END AS absence,
                    CASE WHEN f.computed = 1 AND f.state = 'pair' AND f.d > 0
                         THEN CAST((f.rounding - f.rounding % (2 * NULLIF(f.d, 0))) / (2 * NULLIF(f.d, 0)) AS DOUBLE) / f.divisor
                    END AS value
             FROM (
                 SELECT o.*, u.joins, u.base, u.depth, p.is_last, i.position, i.count_decimals, i.divisor,
                        2 * o.n * i.scale * i.divisor + o.d AS rounding,
                        CASE WHEN l.level IS NULL THEN 0 ELSE 1 END AS computed,
                        ROW_NUMBER() OVER (PARTITION BY {partition} ORDER BY o.made) AS preference
                 FROM outcomes o
                 JOIN units u ON u.boundaries_on = o.boundaries_on AND u.code = o.place
                 JOIN periods p ON p.period = o.period
                 JOIN indicators i ON i.indicator = o.indicator
                 LEFT JOIN levels l ON l.indicator = o.indicator AND l.level = u.level
             ) f
             WHERE f.preference = 1",
            partition = figure_keys("o"),
        ),
    );
    let order = first(7);
    script.last(
        (
            "Tử số và mẫu số là số nguyên, chia cho 10 mũ count_decimals; năm trước không có giá trị nào thì không in.",
            "Numerator and denominator are whole numbers, to be divided by 10 to the power of count_decimals; earlier years without any value are left out.",
        ),
        &format!(
            "SELECT f.indicator AS indicator_id, f.boundaries_on, f.place AS locality_code, f.period, f.sex, f.age, f.ethnicity,
                    f.n AS numerator, f.d AS denominator, f.count_decimals, f.value, f.absence, f.reported, f.expected
             FROM (
                 SELECT g.*, MAX(CASE WHEN g.value IS NULL THEN 0 ELSE 1 END) OVER (PARTITION BY g.period) AS has_value
                 FROM figures g
             ) f
             WHERE (f.is_last = 1 OR f.has_value = 1)
               AND (f.base OR NOT f.joins)
               AND (f.n IS NOT NULL OR f.d IS NOT NULL OR f.value IS NOT NULL
                    OR (f.base AND (f.is_last = 1 OR f.depth = 0) AND f.sex = 'all' AND f.age = 'all' AND f.ethnicity = 'all'))
             ORDER BY f.position, {order}"
        ),
    );
}
