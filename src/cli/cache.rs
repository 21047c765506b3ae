//! `bdg cache`: what is kept of earlier runs beside the data, and clearing it.

use std::path::Path;

use super::Exit;
use super::args::Format;
use super::console::{Console, count};
use super::problems::{JSON_VERSION, to_json};
use super::run::refused;
use crate::cache::{FOLDER, clear, holdings};
use crate::host::{Host, in_words};
use crate::lang::plural;

/// Shows or clears the cache of a folder of data.
pub(super) fn cache(host: &dyn Host, console: &Console, data: &Path, clears: bool, format: Format) -> Exit {
    let lang = console.lang;
    let shown = data.display();
    if !host.is_folder(data) {
        return refused(
            console,
            &lang.pick(
                format!("{shown} không phải là thư mục"),
                format!("{shown} is not a folder"),
            ),
        );
    }
    let found = holdings(host, data);
    if clears && let Err(error) = clear(host, data) {
        let (path, why) = (data.join(FOLDER), in_words(&error));
        let path = path.display();
        return refused(
            console,
            &lang.pick(
                format!("không xóa được {path}: {}", why.vi),
                format!("cannot clear {path}: {}", why.en),
            ),
        );
    }
    if format == Format::Json {
        console.result_line(&to_json(&serde_json::json!({
            "v": JSON_VERSION,
            "type": "cache",
            "files": found.files,
            "bytes": found.bytes,
            "readings": found.readings,
            "damaged_bytes": found.damaged,
            "cleared": clears,
        })));
        return Exit::Complete;
    }
    let number = |n: u64| count(usize::try_from(n).unwrap_or(usize::MAX), lang);
    let (readings, bytes) = (number(found.readings as u64), number(found.bytes));
    let ending = plural(found.readings);
    console.result_line(&match (found.files, clears) {
        (0, _) => lang.pick(
            format!("{shown}: chưa ghi kết quả đọc nào"),
            format!("{shown}: no readings are kept"),
        ),
        (_, false) => lang.pick(
            format!("{shown}: kết quả đọc của {readings} tệp, {bytes} byte; chỉ có số liệu và các vấn đề, không có danh sách cá nhân"),
            format!("{shown}: readings of {readings} file{ending}, {bytes} bytes; only figures and problems, no lists of persons"),
        ),
        (_, true) => lang.pick(
            format!("{shown}: đã xóa kết quả đọc của {readings} tệp, {bytes} byte"),
            format!("{shown}: readings of {readings} file{ending} removed, {bytes} bytes"),
        ),
    });
    if found.damaged > 0 {
        let damaged = number(found.damaged);
        console.result_line(&lang.pick(
            format!("{damaged} byte hỏng hoặc của phiên bản khác; lần chạy sau tự đọc lại"),
            format!("{damaged} bytes are damaged or of another version; the next run reads those files anew"),
        ));
    }
    Exit::Complete
}
