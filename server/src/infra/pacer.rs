//! When messages are released to viewers: at once after silence, else some seventy times a second.
//!
//! A thread of its own, since the timers of the runtime are too coarse for waits of less than a
//! millisecond.

use super::outbox::Outbox;
use std::{
    io,
    sync::Arc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// Releases follow each other at this distance in the long run. A little less than a sixtieth of
/// a second: were it the same, a program that ticks at 60 Hz and is late once would find every
/// later tick waiting, since nothing would ever make up for it.
const PERIOD: Duration = Duration::from_nanos(1_000_000_000 / 75);

/// How much earlier one may be, so that a tick that is on time after one that was late does not
/// wait.
const TOLERANCE: Duration = Duration::from_millis(8);

/// A burst of messages goes out whole: releases wait until nothing has come for this long, …
const PAUSE: Duration = Duration::from_micros(50);

/// … but not longer than this.
const MAX_BURST: Duration = Duration::from_millis(1);

/// Starts the thread that releases messages until the outbox is stopped.
///
/// # Errors
/// The system has no thread to give.
pub(crate) fn start(outbox: Arc<Outbox>) -> io::Result<JoinHandle<()>> {
    let for_thread = Arc::clone(&outbox);
    let handle = thread::Builder::new()
        .name("scenecast-pacer".to_owned())
        .spawn(move || run(&for_thread))?;
    outbox.set_pacer(handle.thread().clone());
    Ok(handle)
}

fn run(outbox: &Outbox) {
    // When the next release would be due if all came at full rate.
    let mut due = Instant::now();
    while !outbox.is_stopped() {
        let Some(pushes) = outbox.pushes_or_sleep() else {
            thread::park();
            continue;
        };
        let earliest = due.checked_sub(TOLERANCE).unwrap_or(due);
        let wait = earliest.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            thread::park_timeout(wait);
            continue;
        }
        due = due.max(Instant::now()) + PERIOD;
        wait_for_pause(outbox, pushes);
        outbox.release();
    }
}

fn wait_for_pause(outbox: &Outbox, mut pushes: u64) {
    let end = Instant::now() + MAX_BURST;
    while Instant::now() < end {
        thread::sleep(PAUSE);
        match outbox.pushes_or_sleep() {
            Some(now) if now != pushes => pushes = now,
            Some(_) | None => return,
        }
    }
}
