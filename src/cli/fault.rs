//! Our own faults: what to say when the program fails where it must not.
//!
//! Holds: no stack trace reaches a user; the message says what to send us, and that nothing was sent
//!        by itself. A panic that a room catches (a reading library on a damaged file) says nothing
//!        here: the hook only remembers, and the words come when a panic has reached the top.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use crate::lang::Lang;

#[derive(Debug, Clone, Default)]
struct Seen {
    place: String,
    reason: String,
}

static LAST: Mutex<Option<Seen>> = Mutex::new(None);

/// Runs `work`; `Err` holds the words for the user if it panicked.
pub fn guarded<T>(lang: Lang, work: impl FnOnce() -> T) -> Result<T, String> {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location();
        let seen = Seen {
            place: place
                .map(|l| format!("{}:{}", plain(l.file()), l.line()))
                .unwrap_or_default(),
            reason: reason(info.payload()),
        };
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
    }));
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let seen = LAST.lock().unwrap_or_else(PoisonError::into_inner).clone();
        message(lang, &seen.unwrap_or_default())
    })
}

/// The path inside the source, without the folders of the machine it was built on.
fn plain(file: &str) -> String {
    let file = file.replace('\\', "/");
    match file.rfind("/src/") {
        Some(at) => {
            let root = file[..at].rfind('/').map_or(0, |slash| slash + 1);
            file[root..].to_owned()
        }
        None => file,
    }
}

fn reason(payload: &dyn std::any::Any) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        return (*text).to_owned();
    }
    payload.downcast_ref::<String>().cloned().unwrap_or_default()
}

fn message(lang: Lang, seen: &Seen) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let place = &seen.place;
    let reason: String = seen.reason.chars().take(300).collect();
    lang.pick(
        format!(
            "bdg gặp lỗi của chính chương trình và phải dừng. Không phải do bạn; các tệp của bạn không bị thay đổi.\n\
             \n  phiên bản  {version}\n  chỗ lỗi    {place}\n  nội dung   {reason}\n\
             \nXin gửi cho người phát triển: ba dòng trên và tệp đang đọc (nếu được phép chia sẻ). Chương trình không tự gửi gì."
        ),
        format!(
            "bdg met a fault of its own and had to stop. It is not your doing; your files were not changed.\n\
             \n  version  {version}\n  place    {place}\n  message  {reason}\n\
             \nPlease send the developers these three lines and the file that was being read (if it may be shared). Nothing is sent by itself."
        ),
    )
}
