//! What the columns of the reported figures mean that are written for engines of other machines.

use crate::lang::Words;

/// Name, type and meaning.
pub type FactColumn = (&'static str, &'static str, Words);

/// Name, type and meaning of each column of the parts, in order; the last two are in the names of folders.
pub fn fact_columns() -> Vec<FactColumn> {
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
            "boundaries_on",
            "text",
            "cộng theo các đơn vị của ngày này: xem _units",
            "added up on the units of this day: see _units",
        ),
        column(
            "stands_for",
            "text",
            "mã đơn vị đó vào ngày boundaries_on",
            "code of the unit on the day boundaries_on",
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
            "one: mỗi nơi một báo cáo; many: cộng các đơn vị gửi; listed, many-listed: cộng các danh sách của một tệp",
            "one: one report for a place; many: senders add up; listed, many-listed: lists of one file add up",
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

/// Name, type and meaning of each column of the units, in order.
pub fn unit_columns() -> Vec<FactColumn> {
    let column = |name, kind, vi: &str, en: &str| (name, kind, Words::new(vi, en));
    vec![
        column(
            "boundaries_on",
            "text",
            "ngày có các đơn vị này",
            "day of these units",
        ),
        column(
            "code",
            "text",
            "mã đơn vị; joined-…: chỉ gộp các đơn vị khác",
            "code of the unit; joined-…: it only joins others",
        ),
        column(
            "parent",
            "text",
            "mã đơn vị trực tiếp ở trên",
            "code of the unit right above",
        ),
        column("depth", "int64", "0: toàn địa bàn", "0: the whole territory"),
        column(
            "level",
            "text",
            "nation, province, district, commune",
            "nation, province, district, commune",
        ),
        column(
            "children",
            "int64",
            "số đơn vị trực thuộc",
            "units right below it",
        ),
        column(
            "lowest",
            "int64",
            "số đơn vị thấp nhất, kể cả chính nó nếu không có đơn vị trực thuộc",
            "lowest units at or below it",
        ),
        column(
            "bodies",
            "int64",
            "số đơn vị có cơ quan riêng, kể cả chính nó",
            "units with bodies of their own at or below it",
        ),
        column(
            "joins",
            "bool",
            "chỉ gộp các đơn vị khác, vào ngày đó không phải là đơn vị",
            "only joins others and was no unit itself on the day",
        ),
        column(
            "base",
            "bool",
            "đơn vị theo địa giới của báo cáo",
            "a unit that the report stands on",
        ),
    ]
}
