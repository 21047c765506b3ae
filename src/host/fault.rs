//! What the machine refused, in words.
//!
//! Systems speak the language they were installed in; the usual refusals are worded here with the
//! system's number behind them, and only a refusal that has no words here is quoted.

use std::io::{Error, ErrorKind};

use crate::lang::Words;

/// What is said of a refusal that has no words here.
const UNKNOWN: (&str, &str) = ("hệ thống báo lỗi", "the system reports an error");

/// The refusal in both languages.
pub fn in_words(error: &Error) -> Words {
    let (vi, en) = match error.kind() {
        // Sharing and lock violations of Windows have no kind of their own.
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => (
            "tệp đang mở ở chương trình khác",
            "another program has the file open",
        ),
        ErrorKind::NotFound => ("không có tệp hoặc thư mục này", "there is no such file or folder"),
        ErrorKind::PermissionDenied => ("không có quyền", "permission is missing"),
        ErrorKind::AlreadyExists => ("đã có tệp hoặc thư mục cùng tên", "the name is taken"),
        ErrorKind::IsADirectory => ("đây là một thư mục", "this is a folder"),
        ErrorKind::NotADirectory => ("đây không phải là thư mục", "this is not a folder"),
        ErrorKind::DirectoryNotEmpty => ("thư mục không trống", "the folder is not empty"),
        ErrorKind::ReadOnlyFilesystem => ("ổ đĩa chỉ cho đọc", "the disk is read-only"),
        ErrorKind::StorageFull => ("ổ đĩa đã đầy", "the disk is full"),
        ErrorKind::QuotaExceeded => ("đã hết dung lượng được cấp", "the allotted space is used up"),
        ErrorKind::FileTooLarge => ("tệp quá lớn", "the file is too large"),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            ("tệp đang được dùng ở nơi khác", "the file is in use elsewhere")
        }
        ErrorKind::InvalidFilename => ("tên tệp không dùng được", "the name cannot be used for a file"),
        ErrorKind::Unsupported => ("không phải là một tệp thường", "this is not an ordinary file"),
        ErrorKind::TimedOut => ("quá thời gian chờ", "it took too long"),
        ErrorKind::UnexpectedEof => ("dữ liệu bị đứt giữa chừng", "the data end too early"),
        ErrorKind::OutOfMemory => ("không đủ bộ nhớ", "there is not enough memory"),
        ErrorKind::BrokenPipe => ("nơi nhận đã đóng", "the receiver has closed"),
        ErrorKind::StaleNetworkFileHandle
        | ErrorKind::NetworkDown
        | ErrorKind::NetworkUnreachable
        | ErrorKind::HostUnreachable
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::NotConnected => ("mất kết nối đến ổ mạng", "the network drive is not reachable"),
        ErrorKind::InvalidInput | ErrorKind::InvalidData => {
            ("hệ thống không chấp nhận", "the system does not accept it")
        }
        _ => UNKNOWN,
    };
    // The number finds the system's own words in any language; those are only quoted where we have none.
    let is_worded = vi != UNKNOWN.0;
    match error.raw_os_error().filter(|_| is_worded) {
        Some(number) => Words::new(
            format!("{vi} (lỗi hệ thống số {number})"),
            format!("{en} (system error {number})"),
        ),
        // An error of ours says nothing more than its kind.
        None if error.raw_os_error().is_none() && error.get_ref().is_none() => Words::new(vi, en),
        None => Words::new(format!("{vi} ({error})"), format!("{en} ({error})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_said_stands_behind_our_words() {
        let missing = std::fs::read("khong-co-tep-nay").unwrap_err();
        let words = in_words(&missing);
        assert!(
            words.vi.starts_with("không có tệp hoặc thư mục này ("),
            "{words:?}"
        );
        assert!(
            words.en.starts_with("there is no such file or folder ("),
            "{words:?}"
        );
        assert_eq!(
            in_words(&ErrorKind::Unsupported.into()).en,
            "this is not an ordinary file"
        );
        assert_eq!(in_words(&Error::other("odd")).vi, "hệ thống báo lỗi (odd)");
    }
}
