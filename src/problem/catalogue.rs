//! The catalogue: every kind of problem, its name, severity, and wording in both languages.

use serde::{Deserialize, Serialize};

use super::Severity;
use super::detail::{Shown, dotted};
use crate::lang::{Lang, Words};

/// The sentences of a problem. Small letters, no full stop; `found` and `expected` may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// One line that stands alone.
    pub title: String,
    pub found: String,
    pub expected: String,
    pub remedy: String,
}

macro_rules! catalogue {
    ($( $(#[$doc:meta])* $variant:ident { $($field:ident : $type:ty),* $(,)? } $name:literal $severity:ident
        vi($vt:expr, $vf:expr, $ve:expr, $vr:expr) en($et:expr, $ef:expr, $ee:expr, $er:expr); )+) => {
        /// Every kind of problem that may be met.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind { $( $(#[$doc])* $variant { $($field: $type),* } ),+ }

        impl Kind {
            /// All names, in catalogue order: `explain` and tests walk them.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// Stable kebab-case name; never translated.
            pub fn name(&self) -> &'static str {
                match self { $( Kind::$variant { .. } => $name ),+ }
            }

            pub fn severity(&self) -> Severity {
                match self { $( Kind::$variant { .. } => Severity::$severity ),+ }
            }

            pub fn severity_of(name: &str) -> Option<Severity> {
                match name { $( $name => Some(Severity::$severity), )+ _ => None }
            }

            /// Title, found, expected and remedy of a kind with dots where the details of a case
            /// stand: what `explain` and `list` show.
            pub fn described(name: &str, lang: Lang) -> Option<Wording> {
                let [title, found, expected, remedy] = match name {
                    $( $name => match lang {
                        Lang::Vi => [$vt, $vf, $ve, $vr],
                        Lang::En => [$et, $ef, $ee, $er],
                    }, )+
                    _ => return None,
                };
                Some(Wording {
                    title: dotted(title),
                    found: dotted(found),
                    expected: dotted(expected),
                    remedy: dotted(remedy),
                })
            }

            pub fn wording(&self, lang: Lang) -> Wording {
                match self {
                    $( Kind::$variant { $($field),* } => {
                        $( let $field = $field.shown(lang); )*
                        let (title, found, expected, remedy) = match lang {
                            Lang::Vi => (format!($vt), format!($vf), format!($ve), format!($vr)),
                            Lang::En => (format!($et), format!($ef), format!($ee), format!($er)),
                        };
                        $( let _ = &$field; )*
                        Wording { title, found, expected, remedy }
                    } ),+
                }
            }
        }
    };
}

// Each entry: fields, name, severity, then (title, found, expected, remedy) in Vietnamese and English.
catalogue! {
    // ── files ────────────────────────────────────────────────────────────────────────────────
    /// The bytes could not be had from the machine.
    FileUnreadable { reason: Words } "file-unreadable" Error
        vi("không mở được tệp", "{reason}", "một tệp đọc được", "đóng tệp nếu đang mở trong Excel, kiểm tra quyền đọc, rồi chạy lại")
        en("the file could not be opened", "{reason}", "a readable file", "close it if Excel has it open, check the permission to read, then run again");
    /// A link, a pipe, a folder that may not be opened.
    NotAFile { what: Words } "not-a-file" Error
        vi("không phải là tệp thường, không đọc", "{what}", "một tệp bảng tính", "chép chính tệp bảng tính vào thư mục, kiểm tra quyền đọc, rồi chạy lại")
        en("not an ordinary file, it was not read", "{what}", "a spreadsheet file", "copy the spreadsheet itself into the folder, check the permission to read, then run again");
    FileEmpty {} "file-empty" Error
        vi("tệp rỗng", "0 byte, hoặc toàn số 0", "một bảng tính", "xin đơn vị gửi lại tệp")
        en("the file is empty", "0 bytes, or only zeros", "a spreadsheet", "ask the unit to send it again");
    FileForeign { kind: Words } "file-foreign" Error
        vi("tệp không phải bảng tính", "nội dung là {kind}", "xlsx, xlsb, xls, ods, csv, bảng HTML hoặc XML của Excel 2003", "mở tệp và lưu lại thành .xlsx, hoặc bỏ tệp ra khỏi thư mục")
        en("the file is not a spreadsheet", "its content is {kind}", "xlsx, xlsb, xls, ods, csv, an HTML table or XML of Excel 2003", "open it and save it as .xlsx, or take it out of the folder");
    FileEncrypted {} "file-encrypted" Error
        vi("tệp có mật khẩu", "nội dung được mã hóa", "một tệp không đặt mật khẩu", "bỏ mật khẩu trong Excel (Tệp › Thông tin › Bảo vệ), lưu và gửi lại")
        en("the file has a password", "encrypted content", "a file without a password", "remove the password in Excel (File › Info › Protect), save it and send it again");
    /// A summary workbook of ours that lies among the reports, perhaps under another name.
    FileOwnSummary {} "file-own-summary" Warning
        vi("bảng tổng hợp do bdg làm ra, không đọc", "thuộc tính “bdg-summary” trong tệp", "báo cáo của đơn vị", "để bảng tổng hợp ở thư mục khác; nếu số đúng chỉ có ở đây, lập lại báo cáo trên mẫu của đơn vị")
        en("a summary that bdg made, it was not read", "the property “bdg-summary” in the file", "a unit's report", "keep summaries in another folder; if the right figures are only here, write them on the unit's form");
    FileDamaged { kind: String, reason: Words } "file-damaged" Error
        vi("tệp hỏng, không đọc được", "{kind}: {reason}", "một tệp {kind} nguyên vẹn", "mở tệp bằng Excel, lưu lại với tên khác, hoặc xin đơn vị gửi lại")
        en("the file is damaged and cannot be read", "{kind}: {reason}", "a whole {kind} file", "open it in Excel and save it under another name, or ask the unit to send it again");
    FileTooLarge { found: Words, limit: Words } "file-too-large" Error
        vi("tệp quá lớn", "{found}", "không quá {limit}", "chia tệp thành nhiều tệp nhỏ hơn")
        en("the file is too large", "{found}", "at most {limit}", "divide it into smaller files");
    FileMended { reason: Words } "file-mended" Warning
        vi("tệp hỏng một phần, đã đọc bằng cách khác", "{reason}", "một tệp nguyên vẹn", "đối chiếu vài ô với tệp gốc; nên mở bằng Excel và lưu lại")
        en("the file is partly damaged and was read another way", "{reason}", "a whole file", "compare a few cells with the file; better open it in Excel and save it again");
    FileTwice { other: String } "file-twice" Note
        vi("tệp trùng, chỉ đọc một lần", "cùng nội dung với {other}", "mỗi báo cáo một tệp", "không cần làm gì; có thể xóa một tệp")
        en("the same file twice, read once", "same content as {other}", "one file for a report", "nothing to do; one of them may be deleted");
    SheetTwice { other: String } "sheet-twice" Note
        vi("trang trùng, chỉ đọc một lần", "cùng nội dung với trang “{other}”", "mỗi bảng một trang", "không cần làm gì; có thể xóa một trang")
        en("the same sheet twice, read once", "same content as the sheet “{other}”", "one sheet for a table", "nothing to do; one of them may be deleted");
    EncodingGuessed { encoding: String } "encoding-guessed" Note
        vi("bảng mã của tệp văn bản được suy ra", "đọc theo {encoding}", "UTF-8", "kiểm tra dấu tiếng Việt trong tên địa phương")
        en("the encoding of a text file was inferred", "read as {encoding}", "UTF-8", "check the Vietnamese marks in place names");
    FileTooSlow { seconds: u32 } "file-too-slow" Error
        vi("đọc tệp quá lâu nên đã dừng", "quá {seconds} giây", "một bảng tính đọc được trong vài giây", "mở tệp bằng Excel, xóa các dòng và cột trống thừa, lưu lại; hoặc chia tệp nhỏ hơn")
        en("reading the file took too long and was stopped", "more than {seconds} second{seconds:#}", "a spreadsheet that is read in a few seconds", "open it in Excel, delete surplus empty rows and columns, save it; or divide it into smaller files");
    CellsOutsideGrid { cells: u32 } "cells-outside-grid" Error
        vi("có ô nằm ngoài lưới của bảng tính", "{cells} ô có địa chỉ không tồn tại trong Excel", "địa chỉ từ A1 đến XFD1048576", "mở tệp bằng Excel, lưu lại với tên khác, rồi chạy lại")
        en("cells lie outside the grid of a spreadsheet", "{cells} cell{cells:#} with an address that Excel does not have", "an address from A1 to XFD1048576", "open the file in Excel, save it under another name, then run again");
    CellsWrittenTwice { cells: u32, first: String } "cells-written-twice" Warning
        vi("tệp ghi một ô hai lần với hai nội dung", "{cells} ô, ô đầu tiên là {first}; lấy lần ghi sau", "mỗi ô một nội dung", "mở tệp bằng Excel, kiểm tra các ô này, lưu lại")
        en("the file writes one cell twice with different content", "{cells} cell{cells:#}, the first is {first}; the later content was taken", "one content for a cell", "open the file in Excel, check these cells, save it");
    TextMended { encoding: String, cells: u32, example: String } "text-mended" Note
        vi("chữ viết theo bảng mã cũ đã được chuyển sang Unicode", "{cells} ô theo {encoding}, ví dụ {example}", "chữ Unicode", "đối chiếu vài ô với tệp gốc; lần sau nên soạn bằng Unicode")
        en("text in an old encoding was turned into Unicode", "{cells} cell{cells:#} in {encoding}, for instance {example}", "text in Unicode", "compare a few cells with the file; better write it in Unicode next time");
    // ── sheets and tables ────────────────────────────────────────────────────────────────────
    SheetUnreadable { reason: Words } "sheet-unreadable" Error
        vi("trang tính không đọc được", "{reason}", "một trang tính đọc được", "mở tệp bằng Excel, lưu lại, rồi chạy lại")
        en("the sheet cannot be read", "{reason}", "a readable sheet", "open the file in Excel, save it, then run again");
    NoFigures { sheets: u32, cells: u32 } "no-figures" Warning
        vi("tệp mở được nhưng không cho số liệu nào", "{sheets} trang, {cells} ô có nội dung", "ít nhất một bảng số liệu đã biết", "xem tệp được hiểu thế nào bằng bdg inspect; bổ sung tiêu đề, tên dòng, cột còn thiếu, hoặc khai báo mẫu biểu")
        en("the file was opened and gives no figure", "{sheets} sheet{sheets:#}, {cells} cell{cells:#} with content", "at least one table that is known", "see how the file was understood with bdg inspect; add the headings, row names or columns that are missing, or declare its form");
    NoTable { numbers: u32 } "no-table" Error
        vi("không thấy bảng số liệu nào hiểu được", "{numbers} ô số", "một bảng có tiêu đề cột và tên dòng", "đặt tiêu đề cột ngay trên số liệu, hoặc khai báo mẫu biểu trong indicators/forms")
        en("no table that can be understood", "{numbers} cell{numbers:#} with numbers", "a table with column headings and row labels", "put column headings right above the figures, or declare the form in indicators/forms");
    /// Numbers above, below or beside the tables that were read.
    NumbersOutside { numbers: u32 } "numbers-outside" Warning
        vi("có ô số nằm ngoài các bảng đã hiểu", "{numbers} ô số", "số liệu nằm trong một bảng có tiêu đề cột và tên dòng", "xem các ô này có phải số liệu báo cáo không (bdg inspect); nếu phải, đưa vào bảng")
        en("numbers lie outside the tables that were understood", "{numbers} cell{numbers:#} with numbers", "figures within a table with column headings and row labels", "see whether they are reported figures (bdg inspect); if so, move them into the table");
    SheetHidden {} "sheet-hidden" Note
        vi("trang tính ẩn cũng được đọc", "trang ẩn", "", "kiểm tra trang này có phải số liệu báo cáo không")
        en("a hidden sheet was read too", "a hidden sheet", "", "check whether it is meant to be reported");
    /// A workbook that went back to a unit with marks and came again.
    MendingList {} "mending-list" Note
        vi("trang “Việc cần sửa” của lần trả lại trước, không đọc", "trang do bdg thêm vào", "", "không cần làm gì; nếu tệp còn điểm phải sửa, xem các vấn đề khác của tệp")
        en("the list of an earlier return, it was not read", "a sheet that bdg added", "", "nothing to do; what is still to be mended is among the other problems of the file");
    LinesHidden { rows: u32, columns: u32 } "lines-hidden" Note
        vi("dòng hoặc cột ẩn cũng được đọc", "{rows} dòng ẩn, {columns} cột ẩn có nội dung", "", "kiểm tra các dòng và cột này có phải số liệu báo cáo không")
        en("hidden rows or columns were read too", "{rows} hidden rows, {columns} hidden columns with content", "", "check whether they are meant to be reported");
    FormUnclear { candidates: String } "form-unclear" Warning
        vi("không rõ biểu này theo mẫu nào", "khớp như nhau: {candidates}", "một mẫu biểu", "ghi số hiệu mẫu biểu ở đầu trang (ví dụ: Biểu số 01/BC-X)")
        en("it is unclear which form this is", "equally like: {candidates}", "one form", "write the number of the form at the top (for instance: Biểu số 01/BC-X)");
    // ── headings and labels ──────────────────────────────────────────────────────────────────
    UnknownColumn { heading: String, suggestion: String } "unknown-column" Error
        vi("không hiểu tiêu đề cột", "“{heading}”", "một tiêu đề đã biết{suggestion}", "sửa tiêu đề cột, hoặc thêm từ đồng nghĩa vào danh mục, rồi chạy lại")
        en("the column heading is not understood", "“{heading}”", "a known heading{suggestion}", "correct the heading, or add it as a synonym to the catalogue, then run again");
    UnknownRow { label: String, suggestion: String } "unknown-row" Error
        vi("không hiểu tên dòng", "“{label}”", "một tên dòng đã biết{suggestion}", "sửa tên dòng, hoặc thêm từ đồng nghĩa vào danh mục, rồi chạy lại")
        en("the row label is not understood", "“{label}”", "a known label{suggestion}", "correct the label, or add it as a synonym to the catalogue, then run again");
    AmbiguousEthnicity { label: String, candidates: String } "ambiguous-ethnicity" Error
        vi("tên hoặc mã dân tộc chỉ nhiều dân tộc", "“{label}”: {candidates}", "tên một dân tộc", "ghi rõ tên dân tộc")
        en("the ethnic name or code means several groups", "“{label}”: {candidates}", "the name of one group", "write the name of the group");
    MeaningConflict { row: String, column: String } "meaning-conflict" Error
        vi("tên dòng và tiêu đề cột nói khác nhau", "dòng “{row}”, cột “{column}”", "dòng và cột không mâu thuẫn", "sửa tên dòng hoặc tiêu đề cột")
        en("the row label and the column heading disagree", "row “{row}”, column “{column}”", "a row and a column that agree", "correct the label or the heading");
    UnitDiffers { found: String, expected: Words } "unit-differs" Warning
        vi("đơn vị tính khác với mẫu biểu", "“{found}”", "{expected}", "kiểm tra số liệu là người hay vụ; sửa cột đơn vị tính")
        en("the unit differs from the form", "“{found}”", "{expected}", "check whether persons or cases are meant; correct the unit")
        ;
    SplitNotAllowed { measure: Words, dimension: Words } "split-not-allowed" Error
        vi("chỉ tiêu này không được chia như vậy", "{measure} chia theo {dimension}", "một cách chia mà danh mục cho phép", "sửa tiêu đề, hoặc bổ sung cách chia vào indicators/measures.toml")
        en("this measure may not be split this way", "{measure} by {dimension}", "a split that the catalogue allows", "correct the heading, or add the split to indicators/measures.toml");
    // ── cells ────────────────────────────────────────────────────────────────────────────────
    NotANumber { text: String } "not-a-number" Error
        vi("ô số liệu không phải là số", "“{text}”", "một số, 0, hoặc dấu -", "nhập số vào ô này")
        en("the cell does not hold a number", "“{text}”", "a number, 0, or a dash", "put a number into the cell");
    AmbiguousNumber { text: String, readings: String } "ambiguous-number" Error
        vi("số viết theo hai cách hiểu", "“{text}”: {readings}", "một cách viết số thống nhất trong cột", "nhập lại thành số trong Excel, không dùng dấu chấm hay phẩy ngăn nghìn")
        en("the number can be read in two ways", "“{text}”: {readings}", "one notation in the column", "enter it as a number in Excel, without separators");
    NotWhole { text: String } "not-whole" Error
        vi("số đếm phải là số nguyên", "{text}", "một số nguyên", "kiểm tra và sửa ô này")
        en("a count must be a whole number", "{text}", "a whole number", "check and correct the cell");
    Negative { text: String } "negative" Error
        vi("số liệu âm", "{text}", "một số không âm", "kiểm tra và sửa ô này")
        en("a negative figure", "{text}", "a number not below 0", "check and correct the cell");
    NumberTooLarge { text: String } "number-too-large" Error
        vi("số quá lớn", "{text}", "một số đếm có thể có thật", "kiểm tra và sửa ô này")
        en("the number is too large", "{text}", "a possible count", "check and correct the cell");
    CellError { code: String } "cell-error" Error
        vi("ô báo lỗi của Excel", "{code}", "một số", "sửa công thức trong ô, lưu lại")
        en("the cell holds an Excel error", "{code}", "a number", "correct the formula, save the file");
    /// "x", "…", "chưa có số liệu" where a count belongs.
    NoFigureGiven { sign: String, cells: u32 } "no-figure-given" Note
        vi("ô ghi là không có số liệu", "“{sign}” ở {cells} ô", "", "không cần làm gì nếu đúng là chưa có số liệu; nếu là 0, ghi 0")
        en("the cell says that there is no figure", "“{sign}” in {cells} cell{cells:#}", "", "nothing to do if there is no figure; if it is 0, write 0");
    AnswerUnknown { text: String, expected: String } "answer-unknown" Error
        vi("không hiểu câu trả lời trong danh sách", "“{text}”", "một trong: {expected}; hoặc không, 0, dấu -", "ghi lại ô này bằng một trong các cách trên")
        en("an answer in the list is not understood", "“{text}”", "one of: {expected}; or không, 0, a dash", "write the cell in one of these ways");
    AnswerMissing { what: Words, rows: u32 } "answer-missing" Warning
        vi("dòng của danh sách không trả lời, không tham gia phép đếm", "{what}: {rows} dòng", "mỗi dòng một câu trả lời", "điền cột còn trống; nếu không có, ghi 0 hoặc không")
        en("rows of the list give no answer and take no part in the count", "{what}: {rows} row{rows:#}", "an answer in every row", "fill in the column; if there is none, write 0 or “không”");
    MarkAmongCounts { text: String } "mark-among-counts" Warning
        vi("dấu đánh trong cột số đếm, được hiểu là có", "“{text}”", "một số", "ghi số người vào ô này")
        en("a mark in a column of counts, taken for a yes", "“{text}”", "a number", "write the number into the cell");
    TwoCountsInCell { text: String, all: i64, part: i64 } "two-counts-in-cell" Note
        vi("một ô ghi hai số", "“{text}”: hiểu là {all}, trong đó nữ {part}", "mỗi số một ô", "không cần làm gì nếu hiểu đúng; nên ghi số nữ vào cột riêng")
        en("two numbers in one cell", "“{text}”: understood as {all}, of whom {part} women", "one number for a cell", "nothing to do if that is right; better put the women into a column of their own");
    /// A list of persons that no form declares.
    ListOfPersons { persons: u32 } "list-of-persons" Error
        vi("danh sách người không theo mẫu nào đã khai báo", "{persons} người; không đọc và không giữ lại điều gì về họ", "tiêu đề cho biết danh sách gì (học sinh, khai sinh, nạn nhân …)", "ghi rõ tiêu đề danh sách, hoặc khai báo mẫu biểu trong indicators/forms")
        en("a list of persons that follows no declared form", "{persons} person{persons:#}; nothing about them was read or kept", "a title that says what the list is of (pupils, births, victims …)", "give the list a title, or declare the form in indicators/forms");
    ListNotCounted { persons: u32 } "list-not-counted" Note
        vi("danh sách người mà không chỉ tiêu nào dùng", "{persons} người", "", "không cần làm gì; không giữ lại điều gì về những người này")
        en("a list of persons that no indicator uses", "{persons} person{persons:#}", "", "nothing to do; nothing about these persons is kept");
    TableNotUsed { form: Words, cells: u32 } "table-not-used" Note
        vi("bảng hiểu được nhưng không chỉ tiêu nào dùng số liệu của nó", "{cells} ô số, mẫu “{form}”", "", "không cần làm gì nếu đúng mẫu; nếu không, sửa tiêu đề bảng hoặc tiêu đề cột")
        en("a table that is understood and that no indicator uses", "{cells} cell{cells:#} with numbers, form “{form}”", "", "nothing to do if that is the form; if not, correct the title or the headings");
    PersonTraitUnclear { what: Words, persons: u32 } "person-trait-unclear" Error
        vi("không đọc được một cột của danh sách người", "{what}: {persons} người", "giới tính Nam hoặc Nữ, tên dân tộc, ngày sinh có thật", "sửa các ô này; những người này chỉ được tính vào tổng số")
        en("a column of a list of persons cannot be read", "{what}: {persons} person{persons:#}", "a sex (Nam or Nữ), the name of an ethnic group, a day of birth that exists", "correct the cells; these persons were counted in the total only");
    PersonTraitMissing { what: Words, persons: u32 } "person-trait-missing" Warning
        vi("danh sách người để trống một cột", "{what}: {persons} người", "mỗi người một giá trị", "điền các ô này; những người này chỉ được tính vào tổng số")
        en("a list of persons leaves a column blank", "{what}: {persons} person{persons:#}", "a value for each person", "fill in the cells; these persons were counted in the total only");
    PersonTwice { persons: u32 } "person-twice" Warning
        vi("một người có hai dòng trong danh sách", "{persons} dòng lặp lại cùng họ tên và ngày sinh", "mỗi người một dòng", "kiểm tra và xóa dòng thừa; cả hai dòng vẫn được đếm")
        en("a person stands in the list twice", "{persons} row{persons:#} with a name and day of birth that came before", "one row for a person", "check and delete the surplus row; both were counted");
    PersonsInTwoFiles { other: String, persons: u32 } "persons-in-two-files" Warning
        vi("cùng một người có trong hai tệp", "{persons} người cũng có trong {other}", "mỗi người ở một danh sách", "kiểm tra hai danh sách; các dòng của cả hai vẫn được đếm")
        en("the same person stands in two files", "{persons} person{persons:#} also in {other}", "one list for a person", "compare the two lists; the rows of both were counted");
    NumbersInRemarks { heading: String, cells: u32 } "numbers-in-remarks" Note
        vi("có số trong cột ghi chú", "“{heading}”: {cells} ô số", "ghi chú bằng chữ", "không cần làm gì nếu là ghi chú; nếu là số liệu, đưa vào cột có tiêu đề")
        en("numbers stand among the remarks", "“{heading}”: {cells} cell{cells:#} with numbers", "remarks in words", "nothing to do if they are remarks; if they are figures, give their column a heading");
    /// Unknown rows below a known one, on a form that declares such rows to be details.
    RowsTakenForDetails { label: String, cells: u32 } "rows-taken-for-details" Note
        vi("dòng được coi là chi tiết của dòng trên", "“{label}” và các dòng tương tự: {cells} ô số", "", "không cần làm gì nếu đúng là chi tiết; nếu là số liệu cần dùng, khai báo tên dòng trong mẫu biểu")
        en("rows taken for details of the row above", "“{label}” and rows like it: {cells} cell{cells:#} with numbers", "", "nothing to do if they are details; if they are wanted, declare their labels in the form");
    FigureShared { labels: String } "figure-shared" Error
        vi("một ô số liệu gộp cho nhiều dòng hoặc nhiều cột", "{labels}", "mỗi dòng, mỗi cột một số liệu", "bỏ gộp ô và ghi số liệu riêng cho từng dòng, từng cột")
        en("one figure in a cell merged over several rows or columns", "{labels}", "a figure for each row and column", "unmerge the cell and give each row and column its own figure");
    FormulaWithoutValue {} "formula-without-value" Error
        vi("công thức chưa có kết quả", "công thức không có giá trị lưu kèm", "một số", "mở tệp bằng Excel, tính lại và lưu")
        en("a formula without a result", "a formula without a stored value", "a number", "open the file in Excel, recalculate and save it");
    RoundedAway { text: String, decimals: u32 } "rounded-away" Warning
        vi("số có nhiều chữ số thập phân hơn mức lưu giữ", "{text}", "không quá {decimals} chữ số thập phân", "không cần làm gì; số đã được làm tròn")
        en("more decimals than are kept", "{text}", "at most {decimals} decimal{decimals:#}", "nothing to do; the number was rounded");
    PercentOnly { text: String } "percent-only" Error
        vi("chỉ có tỷ lệ phần trăm, không có số đếm", "{text}", "số đếm (tử số và mẫu số)", "gửi kèm số đếm; tỷ lệ không cộng được")
        en("only a percentage, no counts", "{text}", "counts (numerator and denominator)", "send the counts too; percentages cannot be added");
    AllZero { cells: u32 } "all-zero" Warning
        vi("cả bảng đều là 0", "{cells} ô, tất cả bằng 0", "số liệu thật", "hỏi đơn vị: không phát sinh, hay chưa điền? xóa các số 0 điền sẵn nếu chưa có số liệu")
        en("the whole table is 0", "{cells} cell{cells:#}, all 0", "real figures", "ask the unit: none occurred, or not filled in? delete prefilled zeros where there is no figure");
    // ── place, time, sender ──────────────────────────────────────────────────────────────────
    PlaceUnknown { text: String, suggestion: String } "place-unknown" Error
        vi("không xác định được địa phương", "“{text}”", "tên hoặc mã đơn vị hành chính có hiệu lực trong kỳ{suggestion}", "ghi đúng tên hoặc mã đơn vị hành chính")
        en("the locality is not recognised", "“{text}”", "name or code of a unit in force in the period{suggestion}", "write its official name or code");
    PlaceAmbiguous { text: String, candidates: Words } "place-ambiguous" Error
        vi("tên địa phương chỉ nhiều nơi", "“{text}”: {candidates}", "một đơn vị hành chính", "ghi thêm tên huyện, tỉnh hoặc mã đơn vị")
        en("the name of the locality means several places", "“{text}”: {candidates}", "one unit", "add the district, the province or the code");
    PlaceSeveral { text: String, places: String } "place-several" Error
        vi("một dòng ghi nhiều địa phương", "“{text}”: {places}", "mỗi dòng một địa phương", "tách số liệu cho từng địa phương; không chia được thay đơn vị")
        en("one row names several localities", "“{text}”: {places}", "one locality for a row", "give each its own figures; they cannot be divided here");
    PlaceOutside { text: String, places: Words, within: String, suggestion: String } "place-outside" Error
        vi("địa phương có thật nhưng nằm ngoài phạm vi", "“{text}”: {places}", "một đơn vị thuộc {within}{suggestion}", "sửa tên nếu gõ nhầm; nếu đúng, ghi kèm tên huyện, tỉnh hoặc mã, hoặc lập báo cáo cho phạm vi rộng hơn")
        en("the locality exists, but outside the scope", "“{text}”: {places}", "a unit of {within}{suggestion}", "correct the name if it is a slip; if not, add district and province or the code, or report on a wider scope");
    PlaceCodeUnknown { codes: Words } "place-code-unknown" Warning
        vi("mã đơn vị hành chính không có trong kỳ, đã lấy theo tên", "{codes}", "mã có hiệu lực vào ngày cuối kỳ", "đối chiếu với danh mục (có thể là mã dự thảo năm 2025, mã cũ hoặc gõ nhầm); tên được dùng")
        en("a unit code that does not exist in the period; the name was taken", "{codes}", "a code in force on the last day of the period", "compare it with the register (it may be of the draft of 2025, an old code or a slip); the name is used");
    PlaceCodeOfNone { code: String, was: Words } "place-code-of-none" Error
        vi("mã đơn vị hành chính không có trong kỳ, và không có tên bên cạnh", "mã {code}{was}", "mã có hiệu lực vào ngày cuối kỳ, hoặc tên đơn vị", "đối chiếu với danh mục (có thể là mã dự thảo năm 2025, mã cũ hoặc gõ nhầm), hoặc ghi thêm tên đơn vị")
        en("a unit code that does not exist in the period, and no name beside it", "code {code}{was}", "a code in force on the last day of the period, or a name", "compare it with the register (it may be of the draft of 2025, an old code or a slip), or add the name of the unit");
    BelowCommune { labels: String, rows: u32 } "below-commune" Error
        vi("số liệu theo thôn, tổ dân phố mà không có số của cả xã", "{rows} dòng: {labels}", "tên xã và một dòng tổng cộng của xã", "thêm dòng “Tổng cộng” và ghi rõ xã nào; chương trình không tự cộng vì không biết đã đủ các thôn chưa")
        en("figures of hamlets or residential groups without that of the commune", "{rows} rows: {labels}", "the commune's name and its total row", "add a row “Tổng cộng” and say which commune it is; hamlets are not added up because nobody can tell whether all are there");
    PlaceCodeDiffers { code: String, place: String, name: String } "place-code-differs" Error
        vi("mã và tên địa phương chỉ hai nơi khác nhau", "mã {code} là {place}, tên là {name}", "mã và tên của cùng một nơi", "sửa mã hoặc tên cho đúng")
        en("code and name mean two different places", "code {code} is {place}, the name is {name}", "code and name of one place", "correct the code or the name");
    PlaceMissing {} "place-missing" Error
        vi("không thấy tên địa phương", "không có trong tiêu đề, tên tệp, tên trang hay cột", "tên hoặc mã đơn vị hành chính", "ghi “Đơn vị báo cáo: xã …” ở đầu trang, hoặc khai báo trong bdg.toml")
        en("no locality is named", "none in title, file name, sheet name or column", "name or code of a unit", "write “Đơn vị báo cáo: xã …” at the top, or set it in bdg.toml");
    PlaceOtherTime { name: Words } "place-other-time" Warning
        vi("đơn vị hành chính không có hiệu lực trong kỳ báo cáo", "{name}", "đơn vị có hiệu lực vào ngày cuối kỳ", "kiểm tra kỳ báo cáo và tên đơn vị")
        en("the unit was not in force in the period", "{name}", "a unit in force on the last day of the period", "check the period and the name");
    PeriodMissing {} "period-missing" Error
        vi("không thấy kỳ báo cáo", "không có năm trong tiêu đề, tên tệp, tên trang hay cột", "ví dụ “năm 2024”, “6 tháng đầu năm 2024”, “năm học 2023-2024”", "ghi kỳ báo cáo ở đầu trang")
        en("no period is named", "no year in title, file name, sheet name or column", "for instance “năm 2024”, “6 tháng đầu năm 2024”, “năm học 2023-2024”", "write the period at the top of the sheet");
    PeriodUnlike { found: Words, expected: Words } "period-unlike" Error
        vi("kỳ báo cáo không đúng loại của mẫu biểu", "{found}", "{expected}", "ghi đúng kỳ báo cáo")
        en("the period is not of the form's kind", "{found}", "{expected}", "write the right period");
    PeriodAmbiguous { text: String, periods: String } "period-ambiguous" Error
        vi("tiêu đề nêu nhiều kỳ, không rõ số liệu của kỳ nào", "“{text}”: {periods}", "một năm, 6 tháng hoặc quý; hoặc kỳ ở từng cột, từng dòng", "ghi một kỳ ở tiêu đề, hoặc thêm cột năm, quý")
        en("the title names several periods and does not say which one the figures are of", "“{text}”: {periods}", "one year, half-year or quarter, or one for each column or row", "write one period into the title, or add a column of years or quarters");
    PeriodAhead { period: Words, today: String } "period-ahead" Error
        vi("kỳ báo cáo chưa bắt đầu", "{period}; hôm nay là {today}", "số liệu của kỳ đã qua hoặc đang diễn ra", "sửa năm trên biểu; nếu đồng hồ máy sai, đặt lại ngày của máy")
        en("the period has not begun", "{period}; today is {today}", "figures of a period that is past or under way", "correct the year on the sheet; if the clock of the computer is wrong, set it");
    /// The sheet itself says nothing of its period.
    FiguresElsewhere { figures: u32, places: Words, within: Words } "figures-elsewhere" Note
        vi("số liệu của địa phương ngoài phạm vi báo cáo", "{figures} số liệu ({places})", "số liệu của {within}", "không cần làm gì; muốn dùng thì lập báo cáo cho phạm vi rộng hơn (--locality)")
        en("figures of localities outside the scope", "{figures} figure{figures:#} ({places})", "figures of {within}", "nothing to do; to use them report on a wider scope (--locality)");
    PeriodFromOutside { source: Words } "period-from-outside" Note
        vi("trang tính không ghi kỳ báo cáo", "lấy theo {source}", "kỳ báo cáo ở đầu trang", "không cần làm gì nếu đúng kỳ; nên ghi kỳ báo cáo ở tiêu đề")
        en("the sheet does not say its period", "taken from {source}", "the period at the top of the sheet", "nothing to do if it is right; better write the period into the title");
    YearBlank { label: String } "year-blank" Error
        vi("dòng để trống cột năm", "“{label}”", "một năm ở mỗi dòng", "điền năm vào dòng này")
        en("the row leaves the column of years blank", "“{label}”", "a year in every row", "write the year into the row");
    ShortYear { text: String, year: i16 } "short-year" Note
        vi("năm ghi hai chữ số", "“{text}”: hiểu là {year}", "năm ghi bốn chữ số", "không cần làm gì nếu hiểu đúng")
        en("a year of two digits", "“{text}”: understood as {year}", "a year of four digits", "nothing to do if that is right");
    CodeListUnknown { text: String, lists: Words } "code-list-unknown" Error
        vi("mã số không rõ theo danh mục nào", "“{text}”, {lists}", "tên thay cho mã, hoặc danh mục đã khai báo", "ghi bằng chữ (Nam, Nữ; tên dân tộc), hoặc khai báo danh mục trong indicators/answers (xem indicators/README.md)")
        en("it is unclear to which list the code belongs", "“{text}”, {lists}", "a name in place of the code, or a declared list", "write it in words (Nam, Nữ; the name of the group), or declare the list in indicators/answers (see indicators/README.md)");
    TitleNarrows { text: String, category: Words } "title-narrows" Note
        vi("tiêu đề giới hạn cả bảng", "“{text}”: mọi số liệu là {category}", "", "không cần làm gì nếu đúng; nếu bảng gồm cả hai giới, sửa tiêu đề hoặc thêm cột Tổng số, Nữ")
        en("the title limits the whole table", "“{text}”: every figure is {category}", "", "nothing to do if that is right; if the table is of both sexes, correct the title or add columns Tổng số and Nữ");
    TitleUnclear { text: String, words: String } "title-unclear" Error
        vi("tiêu đề có chữ không hiểu, có thể làm khác điều được đếm", "“{text}”: không hiểu “{words}”", "tiêu đề chỉ có tên chỉ tiêu, nơi và kỳ; hoặc tên chỉ tiêu ở cột, ở dòng", "ghi tên chỉ tiêu vào tiêu đề cột, hoặc trả lời một lần trong indicators/answers (xem indicators/README.md)")
        en("the title has words that are not understood and may change what is counted", "“{text}”: “{words}” is not understood", "a title of nothing but measure, place and period; or the measure in the heading or row", "write the measure into the heading, or answer once in indicators/answers (see indicators/README.md)");
    // ── agreement between figures ────────────────────────────────────────────────────────────
    PartAboveWhole { part: Words, whole: Words, values: String } "part-above-whole" Error
        vi("phần lớn hơn tổng", "{part}: {values}", "không lớn hơn {whole}", "kiểm tra hai ô và sửa, rồi chạy lại")
        en("a part exceeds the whole", "{part}: {values}", "at most {whole}", "check both cells and correct them, then run again");
    PartsDoNotAddUp { parts: Words, values: String } "parts-do-not-add-up" Warning
        vi("các phần cộng lại không bằng tổng", "{parts}: {values}", "tổng các phần bằng tổng số", "kiểm tra các ô và sửa")
        en("the parts do not add up to the total", "{parts}: {values}", "a total equal to the sum of its parts", "check the cells and correct them");
    TotalRowDiffers { label: String, values: String, total: i64, sum: i64 } "total-row-differs" Warning
        vi("dòng tổng không bằng tổng các dòng", "“{label}”: {values}", "dòng tổng bằng tổng các dòng", "kiểm tra dòng tổng")
        en("the total row differs from the sum of its rows", "“{label}”: {values}", "a total row equal to the sum", "check the total row");
    /// Its parts are all there and used instead.
    TotalIncludesOthers { label: String, outside: String, values: String } "total-includes-others" Note
        vi("dòng hoặc cột tổng gồm cả phần không thuộc chỉ tiêu", "“{label}” gồm cả “{outside}”: {values}", "tổng của các phần thuộc chỉ tiêu", "không cần làm gì; lần sau nên ghi tổng không gồm phần này")
        en("a total includes what is no part of the measure", "“{label}” includes “{outside}”: {values}", "a total of the parts of the measure", "nothing to do; better give the total without it next time");
    TotalNotApart { label: String, outside: String, values: String } "total-not-apart" Error
        vi("số tổng gồm cả phần không thuộc chỉ tiêu và không tách được", "“{label}” gồm cả “{outside}”: {values}", "số tổng không gồm phần này, hoặc đủ từng phần", "xin đơn vị ghi số không gồm phần này")
        en("a total includes what is no part of the measure and cannot be taken apart", "“{label}” includes “{outside}”: {values}", "a total without it, or each of the parts", "ask the unit for the figure without it");
    ReportedTwice { what: Words, values: String, other: String } "reported-twice" Error
        vi("hai báo cáo khác nhau cho cùng một số liệu", "{what}: {values}", "một số liệu (báo cáo kia: {other})", "giữ lại báo cáo đúng, bỏ báo cáo kia ra khỏi thư mục")
        en("two reports differ on the same figure", "{what}: {values}", "one figure (the other report: {other})", "keep the right report, take the other out of the folder");
    /// The two cells stand in one file: nothing can be taken out of the folder.
    TwiceInFile { what: Words, values: String, other: String } "twice-in-file" Error
        vi("một tệp có hai số khác nhau cho cùng một số liệu", "{what}: {values}", "một số liệu (ô kia: {other})", "xem tên dòng và tiêu đề cột của hai ô; sửa ô sai, hoặc ghi rõ hai ô khác nhau ở điểm nào")
        en("one file has two different numbers for the same figure", "{what}: {values}", "one figure (the other cell: {other})", "look at the labels and headings of the two cells; correct the wrong one, or write what sets them apart");
    ReportedTwiceAlike { other: String } "reported-twice-alike" Note
        vi("số liệu được báo cáo hai lần, giống nhau", "cũng có ở {other}", "", "không cần làm gì; chỉ tính một lần")
        en("figures reported twice, alike", "also in {other}", "", "nothing to do; counted once");
    /// Old and new units, or units of any two days, on one ground.
    BoundariesDiffer { what: Words, values: Words, other: String } "boundaries-differ" Error
        vi("số theo đơn vị cũ và theo đơn vị mới khác nhau trên cùng địa bàn, cùng kỳ", "{what}: {values}", "hai bên bằng nhau (bên kia: {other})", "giữ lại bên đúng, bỏ bên kia ra khỏi thư mục; nếu một bên chỉ là một phần của kỳ, ghi đúng kỳ của bên ấy")
        en("figures on the old and on the new units differ for the same ground and period", "{what}: {values}", "equal figures (the other side: {other})", "keep the right side, take the other out of the folder; if one side is of a part of the period only, write its right period");
    BoundariesAlike { figures: u32, period: Words, other: String } "boundaries-alike" Note
        vi("số theo đơn vị cũ và theo đơn vị mới của cùng địa bàn khớp nhau", "{period}: {figures} số liệu; bên kia: {other}", "", "không cần làm gì; chỉ tính một lần")
        en("figures on the old and on the new units of one ground agree", "{period}: {figures} figure{figures:#}; the other side: {other}", "", "nothing to do; counted once");
    BoundariesUnused { figures: u32, period: Words, why: Words, other: String } "boundaries-unused" Warning
        vi("địa bàn đã có số liệu theo đơn vị của ngày khác", "{period}: {figures} số liệu; {why}", "mỗi địa bàn, mỗi kỳ một bên báo cáo (đã dùng: {other})", "nếu số này mới đúng, bỏ bên kia ra khỏi thư mục rồi chạy lại")
        en("the ground has figures on the units of another day", "{period}: {figures} figure{figures:#}; {why}", "one side for each ground and period (used: {other})", "if these are the right ones, take the other side out of the folder and run again");
    ReportSuperseded { other: String, rule: Words, changed: u32 } "report-superseded" Note
        vi("báo cáo đã có bản gửi lại, dùng bản sau", "{rule}: {other}; {changed} số liệu đã đổi", "mỗi báo cáo một bản", "xem trang “Gửi lại” của báo cáo tổng hợp; nếu bản cũ mới đúng, bỏ bản sau ra khỏi thư mục")
        en("a report was sent again, the later one is used", "{rule}: {other}; {changed} figure{changed:#} changed", "one report of each kind", "see the sheet “Sent again” of the summary workbook; if the earlier one is right, take the later out of the folder");
    CheckFailed { check: Words, values: String } "check-failed" Error
        vi("số liệu mâu thuẫn theo kiểm tra đã khai báo", "{check}: {values}", "kiểm tra đúng", "hỏi lại đơn vị báo cáo; sửa rồi chạy lại")
        en("figures contradict each other by a declared check", "{check}: {values}", "a check that holds", "ask the reporting unit; correct them, then run again");
    CheckDoubted { check: Words, values: String } "check-doubted" Warning
        vi("số liệu đáng ngờ theo kiểm tra đã khai báo", "{check}: {values}", "kiểm tra đúng", "hỏi lại đơn vị báo cáo")
        en("figures are doubtful by a declared check", "{check}: {values}", "a check that holds", "ask the reporting unit");
    ParentDiffers { what: Words, values: Words } "parent-differs" Warning
        vi("số cấp trên báo cáo khác tổng các đơn vị cấp dưới", "{what}: {values}", "hai số bằng nhau", "đối chiếu với đơn vị")
        en("the parent's own figure differs from the sum of its units", "{what}: {values}", "equal figures", "compare with the units");
    SendersDiffer { what: Words, values: String } "senders-differ" Warning
        vi("báo cáo của cơ quan khác tổng các đơn vị trực thuộc", "{what}: {values}", "hai số bằng nhau", "đối chiếu với từng đơn vị")
        en("the office's figure differs from the sum of its schools or facilities", "{what}: {values}", "equal figures", "compare with each of them");
    PeriodDiffers { what: Words, values: Words } "period-differs" Warning
        vi("số của một kỳ khác tổng các kỳ ngắn hơn trong đó", "{what}: {values}", "số cả kỳ bằng tổng các kỳ trong đó", "hỏi lại đơn vị")
        en("a period differs from the sum of the shorter ones in it", "{what}: {values}", "a figure equal to the sum of its parts", "ask the unit");
    PeriodExceeds { what: Words, values: Words } "period-exceeds" Warning
        vi("số của kỳ ngắn lớn hơn số của cả kỳ", "{what}: {values}", "số cả kỳ không nhỏ hơn số của các kỳ trong đó", "hỏi lại đơn vị")
        en("a shorter period has more than the whole that it is part of", "{what}: {values}", "a whole not below its parts", "ask the unit");
    /// Seen only when numerator and denominator come together; no check of the facts declares it.
    RatioImpossible { what: Words, values: Words } "ratio-impossible" Error
        vi("tử số và mẫu số không thể đi với nhau", "{what}: {values}", "tử số là một phần của mẫu số", "hỏi lại đơn vị báo cáo; sửa rồi chạy lại")
        en("numerator and denominator cannot stand together", "{what}: {values}", "a numerator that is part of the denominator", "ask the reporting unit; correct it, then run again");
    YearUnfinished { missing: Words, what: Words } "year-unfinished" Warning
        vi("số liệu chưa đủ năm", "{missing} ({what})", "đủ các kỳ của năm báo cáo", "xin đơn vị gửi kỳ còn thiếu, hoặc lập báo cáo 6 tháng (--period)")
        en("the year is not complete", "{missing} ({what})", "all parts of the year reported on", "ask the unit for what is missing, or report on the half year (--period)");
    OtherPeriods { figures: u32, periods: Words, period: Words } "other-periods" Note
        vi("có số liệu của kỳ khác", "{figures} số liệu: {periods}", "số liệu của {period}", "không cần làm gì nếu đó là các năm trước; nếu không, kiểm tra kỳ ghi trên biểu")
        en("there are figures of other periods", "{figures} figures: {periods}", "figures of {period}", "nothing to do if they are of earlier years; if not, check the period written on the sheet");
    ValueAboveHundred { what: Words, values: Words } "value-above-hundred" Warning
        vi("tỷ lệ vượt 100 %", "{what}: {values}", "tử số không lớn hơn mẫu số, trừ tỷ lệ theo khóa học", "kiểm tra nguồn số liệu")
        en("the ratio exceeds 100 %", "{what}: {values}", "a numerator not above the denominator, but for cohort ratios", "check the sources");
    HamletsDiffer { label: String, values: String, sum: i64 } "hamlets-differ" Warning
        vi("các thôn, tổ dân phố cộng lại không bằng số của xã", "“{label}”: {values}", "số của xã bằng tổng các thôn, tổ dân phố", "kiểm tra các dòng thôn và dòng của xã")
        en("hamlets and residential groups do not add up to their commune", "“{label}”: {values}", "a commune's figure equal to the sum of its hamlets", "check the rows of the hamlets and that of the commune");
    FurtherTroubles { told: u32 } "further-troubles" Error
        vi("trang tính còn nhiều lỗi khác, không kể từng lỗi", "đã kể {told} lỗi của trang này", "một trang ít lỗi", "sửa các lỗi đã kể (thường cùng một nguyên nhân) rồi chạy lại")
        en("the sheet has many more problems, which are not told one by one", "{told} problems of this sheet were told", "a sheet with few problems", "mend those that were told (often they have one cause), then run again");
    /// An office's own file declares what ours declare too: it counts, and that is said.
    DefinitionReplaced { what: Words } "definition-replaced" Note
        vi("khai báo của cơ quan thay cho khai báo có sẵn", "{what}", "", "không cần làm gì nếu cố ý; nếu không, đặt mã (id) hoặc tên tệp khác")
        en("a declaration of the office stands in place of the built-in one", "{what}", "", "nothing to do if it is meant; if not, give it another id or file name");
    // ── the run itself ───────────────────────────────────────────────────────────────────────
    AreaWider { area: Words, members: Words } "area-wider" Note
        vi("địa bàn gồm cả phần không thuộc nơi được hỏi", "{area}: {members}", "các đơn vị nằm trọn trong nơi được hỏi", "không cần làm gì nếu chấp nhận; nếu không, lập báo cáo trên địa giới cũ (--boundaries)")
        en("the area holds more than the place asked for", "{area}: {members}", "units that lie wholly in the place asked for", "nothing to do if that is accepted; else report on the boundaries of that time (--boundaries)");
    ProgrammeOfOtherYears { programme: Words, period: Words, fitting: String } "programme-of-other-years" Note
        vi("kỳ báo cáo nằm ngoài giai đoạn của chương trình dùng để đánh giá", "{period}; {programme}", "chương trình của giai đoạn đó: {fitting}", "không cần làm gì nếu cố ý (năm trước được so với mốc đầu tiên của chương trình); nếu không, chọn chương trình bằng --programme")
        en("the period lies outside the years of the programme it is judged by", "{period}; {programme}", "a programme of those years: {fitting}", "nothing to do if it is meant (a year before is compared with the programme's first milestone); else choose another with --programme");
    ReceivedNotThere { file: String, suggestion: Words } "received-not-there" Warning
        vi("sổ nhận báo cáo ghi một tệp không có trong thư mục", "“{file}”{suggestion}", "tên một tệp đã đọc", "sửa tên tệp trong sổ, hoặc chép tệp vào thư mục")
        en("the log of received reports names a file that is not in the folder", "“{file}”{suggestion}", "the name of a file that was read", "correct the name in the log, or copy the file into the folder");
    NothingSent {} "nothing-sent" Error
        vi("thư mục không có bảng tính nào", "0 tệp đọc được", "ít nhất một tệp xlsx, xlsb, xls, ods hoặc csv", "chép các báo cáo vào thư mục rồi chạy lại")
        en("no spreadsheet in the folder", "0 readable files", "at least one xlsx, xlsb, xls, ods or csv file", "copy the reports into the folder, then run again");
    OutputHeld { path: String, instead: String } "output-held" Warning
        vi("tệp kết quả đang mở, đã ghi sang tên khác", "{path}", "{instead}", "đóng tệp trong Excel nếu muốn ghi đè")
        en("the output is open elsewhere and was written under another name", "{path}", "{instead}", "close it in Excel if it should be replaced");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_unique() {
        let mut seen = std::collections::BTreeSet::new();
        for name in Kind::NAMES {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
            assert!(seen.insert(name), "{name} twice");
        }
    }
}
