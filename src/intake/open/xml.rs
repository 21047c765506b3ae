//! What all readers of XML parts say when a part is none.

use super::{Trouble, damaged};

/// A part that is no XML, ends early, or is not what it should be.
pub(super) fn malformed(part: &str) -> Trouble {
    damaged(
        &format!("phần {part} bị cắt cụt hoặc không phải XML hợp lệ"),
        &format!("the part {part} is cut short or not valid XML"),
    )
}
