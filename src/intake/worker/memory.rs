//! Counts memory and ends the process above a limit. Works wherever Rust does, unlike what operating
//! systems offer, and before the machine starts to swap.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicI64, Ordering};

/// To be installed by `main`: `#[global_allocator] static MEMORY: CountingAlloc = CountingAlloc;`.
/// Costs one load per allocation until `limit` is called.
#[derive(Debug, Clone, Copy, Default)]
pub struct CountingAlloc;

/// How a process ends that has asked for too much.
pub(super) const EXIT_CODE: i32 = 86;

/// 0: not counted.
static LIMIT: AtomicI64 = AtomicI64::new(0);
/// Since counting began; what was had before and is given back makes it smaller, at worst negative.
static USED: AtomicI64 = AtomicI64::new(0);

/// From now on this process ends when it holds more than `bytes`; 0 for no limit.
pub(super) fn limit(bytes: u64) {
    LIMIT.store(i64::try_from(bytes).unwrap_or(i64::MAX), Ordering::Relaxed);
}

// The one exit beside `main`: an allocator can neither fail gently nor return an error.
#[allow(clippy::exit)]
fn take(bytes: usize) {
    let limit = LIMIT.load(Ordering::Relaxed);
    if limit == 0 {
        return;
    }
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let used = USED.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
    if used > limit {
        // Ending may itself need a little memory.
        LIMIT.store(0, Ordering::Relaxed);
        std::process::exit(EXIT_CODE);
    }
}

fn give_back(bytes: usize) {
    if LIMIT.load(Ordering::Relaxed) != 0 {
        USED.fetch_sub(i64::try_from(bytes).unwrap_or(i64::MAX), Ordering::Relaxed);
    }
}

// SAFETY: every call goes to the system's allocator unchanged; counting allocates nothing.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for CountingAlloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        // SAFETY: the caller keeps the contract of `alloc`, which is the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        give_back(layout.size());
        // SAFETY: as above; `pointer` came from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both exist at once while their content is moved.
        take(size);
        // SAFETY: as above.
        let moved = unsafe { System.realloc(pointer, layout, size) };
        give_back(layout.size());
        moved
    }
}
