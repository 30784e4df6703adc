//! When each window of a connection is applied.
//!
//! Servers send windows at regular times, networks deliver them irregularly. The windows carry the
//! server's clock, so that their spacing can be restored: one that arrives early is held back, by
//! at most 100 ms, and its successors wait behind it. What somebody waits for has no such spacing:
//! it takes its place in the order and is applied as soon as its turn comes.
//!
//! Times are milliseconds of any monotonic clock of this side; the server's clock is another.

use std::collections::VecDeque;

/// A window later than this is applied at once, as is one that the server sent after a pause of
/// this length.
const MAX_LATE_MS: f64 = 100.0;
/// A window this early is applied at once: frames are further apart anyway.
const EARLY_ENOUGH_MS: f64 = 3.0;
/// The part of the server's spacing that is restored; less than one, so that delays die out.
const DAMPING: f64 = 0.95;
/// Windows that wait hold at most this many bytes; beyond it they are applied at once.
const MAX_HELD_BYTES: usize = 64 << 20;

/// The windows of one connection, in order, each with the time at which it is due.
#[derive(Debug)]
pub struct Pacing<W> {
    /// This side's clock minus the server's, as the fastest window so far shows it.
    offset_ms: f64,
    last_server_ms: Option<f64>,
    /// When the last window should have been applied.
    last_ideal_ms: Option<f64>,
    waiting: VecDeque<Waiting<W>>,
    held_bytes: usize,
}

#[derive(Debug)]
struct Waiting<W> {
    window: W,
    bytes: usize,
    received_ms: f64,
    /// `None` for what is applied as soon as its turn comes.
    server_ms: Option<f64>,
    /// Known for the first in the queue only: it depends on when its predecessor was applied.
    due_ms: Option<f64>,
}

impl<W> Default for Pacing<W> {
    fn default() -> Self {
        Self {
            offset_ms: f64::INFINITY,
            last_server_ms: None,
            last_ideal_ms: None,
            waiting: VecDeque::new(),
            held_bytes: 0,
        }
    }
}

impl<W> Pacing<W> {
    /// Adds a window of `bytes` that the server built at `server_ms` and that is here now.
    pub fn push(&mut self, window: W, bytes: usize, server_ms: f64, now_ms: f64) {
        self.add(window, bytes, Some(server_ms), now_ms);
    }

    /// Adds a window of `bytes` that is here now and whose spacing does not matter.
    pub fn push_awaited(&mut self, window: W, bytes: usize, now_ms: f64) {
        self.add(window, bytes, None, now_ms);
    }

    fn add(&mut self, window: W, bytes: usize, server_ms: Option<f64>, now_ms: f64) {
        self.held_bytes += bytes;
        let waiting = Waiting {
            window,
            bytes,
            received_ms: now_ms,
            server_ms,
            due_ms: None,
        };
        self.waiting.push_back(waiting);
    }

    /// The next window, if it is due.
    pub fn pop(&mut self, now_ms: f64) -> Option<W> {
        let due_ms = self.due_ms(now_ms)?;
        if due_ms > now_ms && self.held_bytes <= MAX_HELD_BYTES {
            return None;
        }
        self.pop_now()
    }

    /// The next window, whenever it is due: for a page that nobody sees.
    pub fn pop_now(&mut self) -> Option<W> {
        let next = self.waiting.pop_front()?;
        self.held_bytes -= next.bytes;
        Some(next.window)
    }

    /// Whether no window waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// When the first window is due, decided on the first call after its predecessor left.
    fn due_ms(&mut self, now_ms: f64) -> Option<f64> {
        let next = self.waiting.front_mut()?;
        if let Some(due_ms) = next.due_ms {
            return Some(due_ms);
        }
        let Some(server_ms) = next.server_ms else {
            return Some(now_ms);
        };
        self.offset_ms = self.offset_ms.min(next.received_ms - server_ms);
        let gap = server_ms - self.last_server_ms.unwrap_or(server_ms);
        self.last_server_ms = Some(server_ms);
        let late = now_ms - self.offset_ms - server_ms;
        let wait = match self.last_ideal_ms {
            Some(last) if gap <= MAX_LATE_MS && late <= MAX_LATE_MS => last + gap - now_ms,
            _ => 0.0,
        };
        let (due_ms, ideal_ms) = match self.last_ideal_ms {
            Some(last) if wait > EARLY_ENOUGH_MS => (now_ms + wait * DAMPING, last + gap * DAMPING),
            _ => (now_ms, now_ms),
        };
        self.last_ideal_ms = Some(ideal_ms);
        let due_ms = due_ms.min(next.received_ms + MAX_LATE_MS);
        next.due_ms = Some(due_ms);
        Some(due_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When each of the windows `(arrival, server clock)` is applied by a page that looks every
    /// millisecond.
    fn applied(windows: &[(f64, f64)]) -> Vec<f64> {
        let mut pacing = Pacing::default();
        let mut times = vec![f64::NAN; windows.len()];
        let mut order = Vec::new();
        let mut arriving = windows.iter().enumerate().peekable();
        for now in 0..2000 {
            let now = f64::from(now);
            while let Some((index, (_, server))) = arriving.next_if(|(_, (at, _))| *at <= now) {
                pacing.push(index, 1, *server, now);
            }
            while let Some(index) = pacing.pop(now) {
                times[index] = now;
                order.push(index);
            }
        }
        assert!(order.is_sorted() && order.len() == windows.len() && pacing.is_empty());
        times
    }

    #[test]
    fn regular_windows_are_not_delayed() {
        let windows: Vec<_> = (0..50)
            .map(|i| (f64::from(i) * 16.0, 7e6 + f64::from(i) * 16.0))
            .collect();
        let expected: Vec<_> = windows.iter().map(|(at, _)| *at).collect();
        assert_eq!(applied(&windows), expected);
    }

    #[test]
    fn a_burst_is_spread_as_the_server_sent_it() {
        // Sent every 16 ms; the network held three of them back and delivers them together.
        let times = applied(&[
            (0.0, 0.0),
            (16.0, 16.0),
            (64.0, 32.0),
            (64.0, 48.0),
            (64.0, 64.0),
            (80.0, 80.0),
        ]);
        assert_eq!(times[..3], [0.0, 16.0, 64.0]);
        let gaps: Vec<f64> = times[2..5]
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .collect();
        assert!(
            gaps.iter().all(|gap| (13.0..=17.0).contains(gap)),
            "{times:?}"
        );
        assert!(times[5] - 80.0 < 35.0, "the delay dies out: {times:?}");
    }

    #[test]
    fn pauses_and_lateness_are_not_imitated() {
        let times = applied(&[(0.0, 0.0), (10.0, 500.0), (700.0, 510.0), (700.0, 520.0)]);
        assert_eq!(
            times,
            [0.0, 10.0, 700.0, 700.0],
            "a pause of 500 ms; 180 ms late"
        );
    }

    #[test]
    fn a_clock_that_runs_ahead_delays_nothing_for_long() {
        let windows: Vec<_> = (0..200)
            .map(|i| (f64::from(i), f64::from(i) * 99.0))
            .collect();
        for (time, (at, _)) in applied(&windows).iter().zip(&windows) {
            assert!(
                time - at <= MAX_LATE_MS + 2.0,
                "arrived {at}, applied {time}"
            );
        }
    }

    #[test]
    fn odd_clocks_delay_nothing() {
        for clock in [f64::NAN, f64::NEG_INFINITY, -1e300, f64::INFINITY] {
            let times = applied(&[(0.0, 0.0), (5.0, clock), (6.0, clock), (7.0, 3.0)]);
            assert!(times[3] - 7.0 < MAX_LATE_MS, "{clock}: {times:?}");
        }
    }

    #[test]
    fn many_bytes_do_not_wait() {
        let mut pacing = Pacing::default();
        pacing.push(0, 1, 0.0, 0.0);
        assert_eq!(pacing.pop(0.0), Some(0));
        pacing.push(1, 1, 50.0, 1.0);
        assert_eq!(pacing.pop(1.0), None);
        pacing.push(2, MAX_HELD_BYTES, 60.0, 1.0);
        assert_eq!(pacing.pop(1.0), Some(1));
    }

    #[test]
    fn what_is_awaited_waits_for_its_turn_only() {
        let mut pacing = Pacing::default();
        pacing.push(0, 1, 0.0, 0.0);
        assert_eq!(pacing.pop(0.0), Some(0));
        pacing.push(1, 1, 50.0, 1.0);
        for window in 2..12 {
            pacing.push_awaited(window, 1, 1.0);
        }
        assert_eq!(pacing.pop(1.0), None, "not before what was sent earlier");
        let rest: Vec<_> = std::iter::from_fn(|| pacing.pop(50.0)).collect();
        assert_eq!(rest, (1..12).collect::<Vec<_>>());
    }

    #[test]
    fn a_hidden_page_takes_everything_at_once() {
        let mut pacing = Pacing::default();
        for i in 0..3 {
            pacing.push(i, 1, f64::from(i) * 50.0, 0.0);
        }
        assert_eq!(
            std::iter::from_fn(|| pacing.pop_now()).collect::<Vec<_>>(),
            [0, 1, 2]
        );
        assert!(pacing.is_empty());
    }
}
