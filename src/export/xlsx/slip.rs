//! A slip for one unit: what is to be mended in its files, on paper.
//!
//! In:  a [`Slip`] in words. Out: a workbook of one sheet that prints on A4 upright.
//! Law: Decree 30/2020/NĐ-CP, Appendix I, for paper, margins and font.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::theme;
use crate::export::ExportError;
use crate::lang::Lang;
use crate::period::Day;

/// What stands on a slip.
#[derive(Debug, Clone)]
pub struct Slip {
    pub lang: Lang,
    /// The letterhead; either may be empty.
    pub superior: String,
    pub office: String,
    pub made_on: Day,
    /// To whom it goes.
    pub to: String,
    /// What is reported on.
    pub period: String,
    /// By when the plan wants it; empty if nothing is said.
    pub due: Vec<String>,
    pub files: Vec<SlipFile>,
}

#[derive(Debug, Clone)]
pub struct SlipFile {
    pub name: String,
    pub points: Vec<SlipPoint>,
}

/// One point: where, what is wrong, what to do.
#[derive(Debug, Clone)]
pub struct SlipPoint {
    pub place: String,
    pub what: String,
    pub remedy: String,
}

/// Widths of the columns, in letters: together what A4 upright holds.
const WIDTHS: [f64; 4] = [5.0, 17.0, 36.0, 34.0];

pub fn slip(slip: &Slip) -> Result<Vec<u8>, ExportError> {
    bytes(slip).map_err(|e| ExportError::new("xlsx", e))
}

fn bytes(slip: &Slip) -> Result<Vec<u8>, XlsxError> {
    let lang = slip.lang;
    let mut workbook = Workbook::new();
    let day = slip.made_on;
    let year = u16::try_from(day.year).unwrap_or(1900).clamp(1900, 9999);
    let made = ExcelDateTime::from_ymd(year, day.month, day.day)?;
    // It lies beside reports and is none.
    let properties = DocProperties::new()
        .set_custom_property(crate::origin::MADE_SUMMARY, env!("CARGO_PKG_VERSION"))
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    let sheet = workbook
        .add_worksheet()
        .set_name(lang.pick("Phiếu trả lại", "Slip"))?;
    paper(sheet)?;
    let mut page = Page { sheet, row: 0 };
    let lines = [slip.superior.to_uppercase(), slip.office.to_uppercase()];
    for (n, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        page.line(
            line,
            &theme::letter(12.0, n == 1, false).set_align(FormatAlign::Left),
            92.0,
        )?;
    }
    let day = lang.pick(
        format!("Ngày {:02} tháng {:02} năm {}", day.day, day.month, day.year),
        day.to_string(),
    );
    page.line(
        &day,
        &theme::letter(12.0, false, true).set_align(FormatAlign::Right),
        92.0,
    )?;
    let title = lang.pick("PHIẾU ĐỀ NGHỊ SỬA SỐ LIỆU BÁO CÁO", "SLIP: FIGURES TO MEND");
    page.line(title, &theme::letter(14.0, true, false), 70.0)?;
    page.line(&slip.period, &theme::letter(12.0, false, true), 80.0)?;
    let left = theme::letter(12.0, false, false).set_align(FormatAlign::Left);
    let to = lang.pick(format!("Kính gửi: {}", slip.to), format!("To: {}", slip.to));
    page.line(&to, &left.clone().set_bold(), 80.0)?;
    let count: usize = slip.files.iter().map(|f| f.points.len()).sum();
    let asked = lang.pick(
        format!("Đề nghị đơn vị xem lại {count} điểm dưới đây, sửa trong chính tệp đã gửi rồi gửi lại. Giá trị gợi ý chỉ đúng nếu các ô kia đúng: hãy đối chiếu với sổ sách."),
        format!("Please look at the points below ({count}), mend them in the very file that was sent and send it again. A suggested value is right only if the other cells are: compare with your records."),
    );
    page.line(&asked, &left, 84.0)?;
    for due in &slip.due {
        let due = lang.pick(format!("Hạn gửi: {due}"), format!("Due: {due}"));
        page.line(&due, &left.clone().set_bold(), 84.0)?;
    }
    page.row += 1;
    let heads = lang.pick(
        ["STT", "Trang, ô", "Việc cần sửa", "Gợi ý, cách sửa"],
        [
            "No.",
            "Sheet, cell",
            "What is to be mended",
            "Suggestion, what to do",
        ],
    );
    page.cells(&heads.map(str::to_owned), &theme::head())?;
    page.sheet.set_repeat_rows(page.row - 1, page.row - 1)?;
    let body = theme::head()
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::Top);
    let body = body.unset_bold().set_background_color("#FFFFFF");
    let group = theme::head().set_align(FormatAlign::Left);
    let mut number = 0;
    for file in &slip.files {
        let name = lang.pick(format!("Tệp {}", file.name), format!("File {}", file.name));
        page.line(&name, &group, 90.0)?;
        for point in &file.points {
            number += 1;
            let cells = [
                number.to_string(),
                point.place.clone(),
                point.what.clone(),
                point.remedy.clone(),
            ];
            page.cells(&cells, &body)?;
        }
    }
    page.row += 1;
    let signed = lang.pick("NGƯỜI LẬP PHIẾU", "MADE OUT BY");
    page.line(
        signed,
        &theme::letter(12.0, true, false).set_align(FormatAlign::Right),
        80.0,
    )?;
    workbook.save_to_buffer()
}

/// A4 upright, as wide as the page, margins in inches as the decree has them.
fn paper(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet
        .set_paper_size(9)
        .set_portrait()
        .set_print_fit_to_pages(1, 0);
    sheet.set_margins(1.18, 0.6, 0.8, 0.8, 0.4, 0.4);
    sheet.set_screen_gridlines(false);
    for (column, width) in WIDTHS.iter().enumerate() {
        sheet.set_column_width(column as u16, *width)?;
    }
    Ok(())
}

struct Page<'w> {
    sheet: &'w mut Worksheet,
    row: u32,
}

impl Page<'_> {
    /// A text over the whole width, as high as it needs. `width`: letters of its size that fit on one line.
    fn line(&mut self, text: &str, format: &Format, width: f64) -> Result<(), XlsxError> {
        let format = format.clone().set_text_wrap();
        self.sheet.merge_range(self.row, 0, self.row, 3, text, &format)?;
        self.sheet.set_row_height(self.row, 17.0 * lines(text, width))?;
        self.row += 1;
        Ok(())
    }

    fn cells(&mut self, texts: &[String; 4], format: &Format) -> Result<(), XlsxError> {
        let mut high: f64 = 1.0;
        for (column, (text, width)) in texts.iter().zip(WIDTHS).enumerate() {
            self.sheet
                .write_string_with_format(self.row, column as u16, text, format)?;
            high = high.max(lines(text, width));
        }
        // Excel knows no row higher than 409 points.
        self.sheet.set_row_height(self.row, (15.5 * high).min(409.0))?;
        self.row += 1;
        Ok(())
    }
}

fn lines(text: &str, width: f64) -> f64 {
    let of_line = |line: &str| (line.chars().count() as f64 / width).ceil().max(1.0);
    text.lines().map(of_line).sum::<f64>().max(1.0)
}
