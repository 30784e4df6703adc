//! The clock that programs on one machine share.

use rustix::time::{ClockId, clock_gettime};

/// Seconds of `CLOCK_MONOTONIC`, as Python's `time.perf_counter()` counts them on Linux.
pub fn monotonic_secs() -> f64 {
    let now = clock_gettime(ClockId::Monotonic);
    now.tv_sec as f64 + now.tv_nsec as f64 * 1e-9
}
