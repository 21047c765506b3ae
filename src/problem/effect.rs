//! What was done about a problem, in a sentence that is literally true of its kind.
//!
//! Holds: an error names the figures that are not used, or says that nothing was taken; a warning says
//!        which figure was used.

use super::{Kind, Severity};
use crate::lang::{Lang, plural};

impl Kind {
    /// `left_out`: how many figures this problem costs.
    pub(super) fn effect(&self, left_out: u32, lang: Lang) -> String {
        let say = |vi: &str, en: &str| lang.pick(vi, en).to_owned();
        let n = left_out;
        match self {
            Kind::FileTwice { .. }
            | Kind::SheetTwice { .. }
            | Kind::ReportedTwiceAlike { .. }
            | Kind::BoundariesAlike { .. } => say("chỉ tính một lần", "counted once"),
            Kind::PartAboveWhole { .. }
            | Kind::CheckFailed { .. }
            | Kind::ReportedTwice { .. }
            | Kind::BoundariesDiffer { .. }
            | Kind::TwiceInFile { .. } => match n {
                0 => say(
                    "số liệu mâu thuẫn (đã tính ở lỗi khác): không dùng để tính, không cộng vào cấp trên",
                    "contradictory figures (counted with another error): not used for any value, in no sum above",
                ),
                _ => lang.pick(
                    format!("{n} số liệu mâu thuẫn: không dùng để tính, không cộng vào cấp trên"),
                    format!("contradictory figures, {n} in all: not used for any value, in no sum above"),
                ),
            },
            Kind::RatioImpossible { .. } => say(
                "không tính chỉ tiêu này ở đây, không cộng vào cấp trên",
                "the indicator is not computed here, and in no sum above",
            ),
            Kind::PartsDoNotAddUp { .. } => say(
                "tổng đã báo cáo và từng phần đều được giữ nguyên",
                "the reported total and each part were kept as they are",
            ),
            Kind::TotalRowDiffers { .. } => say(
                "dùng các dòng chi tiết, không dùng dòng tổng",
                "the detail rows were used, not the total row",
            ),
            Kind::TotalIncludesOthers { .. } => say(
                "dùng tổng của các phần thuộc chỉ tiêu, không dùng số tổng này",
                "the sum of the parts of the measure is used, not this total",
            ),
            Kind::BoundariesUnused { .. } => say(
                "số này không cộng vào đâu trên địa giới của báo cáo; vẫn đứng trong phần như đã báo cáo",
                "added nowhere on the boundaries of the report; still shown as reported",
            ),
            Kind::ReportSuperseded { .. } => say(
                "dùng số liệu của bản sau, không dùng bản này",
                "the figures of the later one are used, not these",
            ),
            Kind::DefinitionReplaced { .. } => say(
                "dùng khai báo của cơ quan, không dùng khai báo có sẵn",
                "the office's declaration is used, not the built-in one",
            ),
            Kind::ParentDiffers { .. } => say(
                "dùng tổng của cấp dưới nếu đủ đơn vị, nếu không dùng số cấp trên báo cáo; không cộng hai số",
                "the sum of the units is used if all reported, else the parent's figure; the two are not added",
            ),
            Kind::HamletsDiffer { .. } => say(
                "dùng số của xã; số của các thôn chỉ để đối chiếu",
                "the commune's figure was used; those of its hamlets were only compared",
            ),
            Kind::FurtherTroubles { .. } if n == 0 => {
                say("không bỏ thêm số liệu nào", "no further figure was left out")
            }
            Kind::PlaceOtherTime { .. } => say(
                "số liệu được giữ cho đơn vị này, không tự chuyển sang đơn vị của kỳ",
                "the figures are kept for this unit, not moved to a unit of the period",
            ),
            Kind::PlaceCodeUnknown { .. } => say(
                "số liệu được ghi cho đơn vị có tên này",
                "the figures were taken for the unit of this name",
            ),
            Kind::SendersDiffer { .. } => say(
                "dùng số của cơ quan; số của từng đơn vị không cộng thêm",
                "the office's figure was used; those of its schools or facilities were not added",
            ),
            Kind::PeriodDiffers { .. } | Kind::PeriodExceeds { .. } => say(
                "mỗi kỳ giữ số đã báo cáo cho kỳ đó; số các kỳ ngắn hơn không cộng thêm",
                "each period keeps the figure reported for it; the shorter ones were not added",
            ),
            Kind::ValueAboveHundred { .. } => say("giá trị vẫn được in", "the value is still printed"),
            Kind::YearUnfinished { .. } => say(
                "chỉ tiêu của năm cần số liệu này không tính được cho đơn vị này; số của kỳ đã có được giữ",
                "what needs these figures for the year is not computed for this unit; the parts sent were kept",
            ),
            Kind::OtherPeriods { .. } => say(
                "không tính vào kỳ báo cáo; số các năm trước dùng để so sánh và cho chỉ tiêu theo khóa học",
                "not part of the period reported on; earlier years serve comparison and cohort indicators",
            ),
            Kind::AreaWider { .. } => say(
                "các đơn vị này được tính trọn vẹn",
                "these units were counted as wholes",
            ),
            Kind::OutputHeld { .. } => say(
                "tệp cũ giữ nguyên, kết quả ở tệp mới",
                "the old file stays as it was, the result is in the new one",
            ),
            Kind::MendingList {} => say(
                "không lấy số liệu nào từ trang này",
                "no figure is taken from the sheet",
            ),
            Kind::NotAFile { .. } => say("không được đọc như một tệp", "it was not read as a file"),
            Kind::PersonTraitUnclear { .. } | Kind::PersonTraitMissing { .. } => say(
                "những người này chỉ được tính vào tổng số",
                "these persons were counted in the total only",
            ),
            Kind::PersonTwice { .. } | Kind::PersonsInTwoFiles { .. } => {
                say("các dòng đều được đếm", "all rows were counted")
            }
            Kind::ListNotCounted { .. } | Kind::TableNotUsed { .. } => {
                say("không lấy số liệu nào", "no figure was taken")
            }
            Kind::NoFigureGiven { .. } | Kind::NumbersInRemarks { .. } | Kind::RowsTakenForDetails { .. } => {
                say("không lấy làm số liệu", "not taken as figures")
            }
            Kind::AnswerMissing { .. } => say(
                "các dòng này không được đếm; các dòng khác vẫn được đếm",
                "these rows were not counted; the others were",
            ),
            Kind::FiguresElsewhere { .. } => say(
                "các số liệu này không vào báo cáo này",
                "these figures are not in this report",
            ),
            Kind::NoFigures { .. } => say("không dùng được gì của tệp này", "nothing of this file is used"),
            Kind::NothingSent { .. } => say("không làm được gì", "nothing could be done"),
            _ => match (n, self.severity()) {
                (0, Severity::Error) => say(
                    "không có số liệu nào được lấy từ đây",
                    "no figure was taken from here",
                ),
                (0, _) => say("số liệu vẫn được dùng", "the figures were still used"),
                (n, _) => lang.pick(
                    format!("bỏ ra {n} số liệu; phần còn lại vẫn được đọc"),
                    format!("{n} figure{} left out; the rest was read", plural(n)),
                ),
            },
        }
    }
}
