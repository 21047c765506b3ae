//! Within one place and time: senders added up, and what follows from a report though it was not printed.
//! The rules of `rollup::complement`, step by step.

use super::Wanted;
use super::script::{Cell, Script, quoted};
use super::table::category;
use crate::classification::{CodeList, CodeLists, Dimension};

/// What a value is of.
pub(super) const SERIES: [&str; 5] = ["measure", "item", "age", "ethnicity", "sex"];

/// The names of a value's series, where and when; with an alias in front of each.
pub(super) fn keys(alias: &str) -> String {
    let when = ["year", "span"];
    let all = ["boundaries_on", "place"].into_iter().chain(SERIES).chain(when);
    all.map(|name| format!("{alias}.{name}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The same with one of them replaced by an expression.
pub(super) fn keys_with(alias: &str, replaced: &str, expression: &str) -> String {
    keys(alias).replace(
        &format!("{alias}.{replaced}"),
        &format!("{expression} AS {replaced}"),
    )
}

/// The numbers of the first columns, to group by.
pub(super) fn first(count: usize) -> String {
    (1..=count).map(|n| n.to_string()).collect::<Vec<_>>().join(", ")
}

/// How many columns `keys` has.
pub(super) const KEYS: usize = 9;

/// The steps of one place. Returns the name of the last.
pub(super) fn derive(wanted: &Wanted<'_>, script: &mut Script) -> String {
    let lists = &wanted.catalogue.lists;
    reported(script);
    let mut last = groups_into_parents(lists, script);
    for dimension in [Dimension::Sex, Dimension::Ethnicity, Dimension::Sex] {
        let divided = lists
            .lists
            .iter()
            .filter(|list| list.dimension == dimension && list.partition);
        for list in divided {
            last = complete(lists, list, &last, script);
        }
    }
    items_into_totals(wanted, &last, script)
}

fn reported(script: &mut Script) {
    let keys = keys("f");
    script.step(
        "reported",
        (
            "Các đơn vị gửi của một nơi cộng lại. Số mà các nguồn mâu thuẫn chỉ để biết là đã gửi: không được dùng để tính.",
            "Senders of one place add up. What the sources contradict is known as sent, and computed with nowhere.",
        ),
        &format!(
            "SELECT {keys},
                    CAST(SUM(f.value) AS BIGINT) AS value, MAX(f.contradicted) AS contradicted
             FROM (
                 SELECT r.boundaries_on, r.stands_for AS place, r.measure, r.item, r.age, r.ethnicity, r.sex,
                        CAST(CASE LENGTH(r.period) WHEN 9 THEN SUBSTR(r.period, 6, 4) ELSE SUBSTR(r.period, 1, 4) END AS INTEGER) AS year,
                        CASE LENGTH(r.period) WHEN 4 THEN 'year' WHEN 9 THEN 'school-year' ELSE SUBSTR(r.period, 6) END AS span,
                        r.value, CASE WHEN r.contradicted THEN 1 ELSE 0 END AS contradicted
                 FROM facts r
                 JOIN measures m ON m.measure = r.measure
             ) f
             GROUP BY {keys}"
        ),
    );
}

/// Rows for themselves and, doubled, for something wider: the own row stands where there is one.
fn widened(dimension: &str, wider: &str, join: &str, whole: &str, from: &str) -> String {
    let keys = keys_with(
        "r",
        dimension,
        &format!("CASE c.step WHEN 0 THEN r.{dimension} ELSE {wider} END"),
    );
    let group = first(KEYS);
    format!(
        "SELECT {keys},
                CAST(COALESCE(MAX(CASE c.step WHEN 0 THEN r.value END), SUM(r.value)) AS BIGINT) AS value,
                COALESCE(MAX(CASE c.step WHEN 0 THEN r.contradicted END), MAX(r.contradicted)) AS contradicted
         FROM {from} r
         CROSS JOIN copies c
         LEFT JOIN {join}
         WHERE c.step = 0 OR {wider} IS NOT NULL
         GROUP BY {group}{whole}"
    )
}

fn groups_into_parents(lists: &CodeLists, script: &mut Script) -> String {
    let categories = lists.lists.iter().filter(|l| l.dimension == Dimension::Ethnicity);
    let inner = categories.flat_map(|list| &list.categories).filter_map(|id| {
        let inside = lists.category(*id);
        let parent = category(lists, inside.parent?);
        Some(vec![Cell::from(inside.code.as_str()), parent.into()])
    });
    let rows: Vec<Vec<Cell>> = inner.collect();
    if rows.is_empty() {
        return "reported".to_owned();
    }
    script.table(
        "ethnic_groups",
        "ethnicity, wider",
        (
            "Dân tộc và nhóm rộng hơn.",
            "Ethnic groups and the wider group that holds them.",
        ),
        rows,
    );
    let rests = categories_of_rest(lists);
    let slice = keys("r").replace(", r.ethnicity", "");
    let has = |codes: &str| format!("MAX(CASE WHEN r.ethnicity IN ({codes}) THEN 1 ELSE 0 END) OVER slice");
    let (has_whole, has_rest) = (has("'all'"), has(&rests));
    script.step(
        "with_whole_lists",
        (
            "Cạnh một tổng số, vài dân tộc chưa chắc là tất cả, trừ khi có cả nhóm còn lại.",
            "Beside a total a few groups may not be all, unless those not named are among them.",
        ),
        &format!(
            "SELECT r.*, {has_whole} AS has_whole, {has_rest} AS has_rest
             FROM reported r
             WINDOW slice AS (PARTITION BY {slice})"
        ),
    );
    let join =
        "ethnic_groups e ON c.step = 1 AND e.ethnicity = r.ethnicity AND (r.has_whole = 0 OR r.has_rest = 1)";
    script.step(
        "with_wider_groups",
        (
            "Các dân tộc cộng thành nhóm rộng hơn, nơi nhóm ấy không được báo cáo.",
            "Single ethnic groups add up to the wider group, where that was not reported.",
        ),
        &widened("ethnicity", "e.wider", join, "", "with_whole_lists"),
    );
    "with_wider_groups".to_owned()
}

/// The groups that stand for all not named; one that nothing is, where a list has none.
fn categories_of_rest(lists: &CodeLists) -> String {
    let all = lists.lists.iter().filter(|l| l.dimension == Dimension::Ethnicity);
    let rests = all
        .flat_map(|list| &list.categories)
        .map(|id| lists.category(*id));
    let rests = rests.filter(|c| c.parent.is_some() && !c.among.is_empty());
    let codes: Vec<String> = rests.map(|c| quoted(&c.code)).collect();
    if codes.is_empty() {
        quoted("")
    } else {
        codes.join(", ")
    }
}

/// All, men and women: of three, two give the third. Others (not stated) are taken off where reported.
fn complete(lists: &CodeLists, list: &CodeList, from: &str, script: &mut Script) -> String {
    let top = list.categories.iter().map(|id| lists.category(*id));
    let codes: Vec<String> = top
        .filter(|c| c.parent.is_none())
        .map(|c| quoted(&c.code))
        .collect();
    let [first_part, second_part, others @ ..] = codes.as_slice() else {
        return from.to_owned();
    };
    let name = list.dimension.code();
    let slice = keys("r").replace(&format!(", r.{name}"), "");
    let value_of = |code: &str| format!("MAX(CASE r.{name} WHEN {code} THEN r.value END) OVER slice");
    let (whole, one, two) = (value_of("'all'"), value_of(first_part), value_of(second_part));
    let others = match others {
        [] => "0".to_owned(),
        others => {
            let others = others.join(", ");
            format!("COALESCE(SUM(CASE WHEN r.{name} IN ({others}) THEN r.value END) OVER slice, 0)")
        }
    };
    let slices = format!("{from}_by_{name}");
    script.step(
        &slices,
        (
            "Bên cạnh mỗi số: toàn bộ và hai phần chính; mỗi nhóm có một dòng số 1.",
            "Beside each value the whole and its two main parts; each slice has one row with number 1.",
        ),
        &format!(
            "SELECT r.*, {whole} AS whole,
                    {one} AS one,
                    {two} AS two,
                    {others} AS others,
                    MAX(r.contradicted) OVER slice AS spoiled,
                    ROW_NUMBER() OVER (PARTITION BY {slice} ORDER BY r.{name}) AS number_in_slice
             FROM {from} r
             WINDOW slice AS (PARTITION BY {slice})"
        ),
    );
    let done = format!("{from}_{name}");
    let copied = keys_with(
        "s",
        name,
        &format!(
            "CASE WHEN c.step = 0 THEN s.{name} WHEN s.whole IS NULL THEN 'all' WHEN s.one IS NULL THEN {first_part} ELSE {second_part} END"
        ),
    );
    script.step(
        &done,
        (
            "Trong ba số (toàn bộ, hai phần) hai số cho số thứ ba, nếu không mâu thuẫn và không âm.",
            "Of three (the whole, two parts) two give the third, unless contradicted or below 0.",
        ),
        &format!(
            "SELECT * FROM (
                 SELECT {copied},
                        CASE WHEN c.step = 0 THEN s.value
                             WHEN s.whole IS NULL THEN CAST(s.one + s.two + s.others AS BIGINT)
                             WHEN s.one IS NULL THEN CAST(s.whole - s.two - s.others AS BIGINT)
                             ELSE CAST(s.whole - s.one - s.others AS BIGINT) END AS value,
                        CASE c.step WHEN 0 THEN s.contradicted ELSE 0 END AS contradicted
                 FROM {slices} s
                 CROSS JOIN copies c
                 WHERE c.step = 0
                    OR (s.number_in_slice = 1 AND s.spoiled = 0
                        AND (CASE WHEN s.whole IS NULL THEN 1 ELSE 0 END + CASE WHEN s.one IS NULL THEN 1 ELSE 0 END
                             + CASE WHEN s.two IS NULL THEN 1 ELSE 0 END) = 1)
             ) d
             WHERE d.value >= 0 OR d.contradicted = 1"
        ),
    );
    done
}

fn items_into_totals(wanted: &Wanted<'_>, from: &str, script: &mut Script) -> String {
    let lists = &wanted.catalogue.lists;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for id in wanted.catalogue.measures.ids() {
        let measure = wanted.catalogue.measures.get(id);
        let Some(list) = measure.items.map(|l| lists.list(l)).filter(|l| l.partition) else {
            continue;
        };
        let top = list.categories.iter().map(|c| lists.category(*c));
        let codes: Vec<&str> = top
            .filter(|c| c.parent.is_none())
            .map(|c| c.code.as_str())
            .collect();
        for code in &codes {
            rows.push(vec![
                measure.id.as_str().into(),
                (*code).into(),
                (codes.len() as i64).into(),
            ]);
        }
    }
    if rows.is_empty() {
        return from.to_owned();
    }
    script.table(
        "whole_items",
        "measure, item, needed",
        (
            "Phân nhóm chia trọn một số liệu, và số phần của nó.",
            "Items that divide a measure, and how many they are.",
        ),
        rows,
    );
    let join = "whole_items w ON c.step = 1 AND w.measure = r.measure AND w.item = r.item";
    let wider = "CASE WHEN w.item IS NOT NULL THEN 'all' END";
    let whole = "\n         HAVING MIN(c.step) = 0 OR COUNT(*) = MAX(w.needed)";
    script.step(
        "of_place",
        (
            "Phân nhóm đủ mọi phần cho toàn bộ, nơi toàn bộ không được báo cáo.",
            "Items of which none is missing give the whole, where that was not reported.",
        ),
        &widened("item", wider, join, whole, from),
    );
    "of_place".to_owned()
}
