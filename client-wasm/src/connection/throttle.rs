//! At most one message per interval, and always the latest.

/// Lets the first value through, then, once per interval, the latest of those offered since.
#[derive(Debug)]
pub struct Throttle<T> {
    interval_ms: f64,
    free_at_ms: f64,
    pending: Option<T>,
}

impl<T> Throttle<T> {
    /// A throttle that lets one value through in `interval_ms` milliseconds.
    pub fn new(interval_ms: f64) -> Self {
        Self {
            interval_ms,
            free_at_ms: f64::NEG_INFINITY,
            pending: None,
        }
    }

    /// Replaces what waits to be sent.
    pub fn offer(&mut self, value: T) {
        self.pending = Some(value);
    }

    /// What is to be sent now, if anything.
    pub fn take(&mut self, now_ms: f64) -> Option<T> {
        if now_ms < self.free_at_ms {
            return None;
        }
        let value = self.pending.take()?;
        self.free_at_ms = now_ms + self.interval_ms;
        Some(value)
    }

    /// What waits, whether or not it may be sent already: nothing is to come after it.
    pub fn flush(&mut self) -> Option<T> {
        self.pending.take()
    }

    /// When to [`take`](Self::take) again, if something waits.
    pub fn wake_ms(&self) -> Option<f64> {
        self.pending.is_some().then_some(self.free_at_ms)
    }

    /// Forgets what waits: its receiver is gone.
    pub fn clear(&mut self) {
        self.pending = None;
    }
}

#[cfg(test)]
mod tests {
    use super::Throttle;

    #[test]
    fn sends_the_first_at_once_and_then_the_latest() {
        let mut throttle = Throttle::new(20.0);
        let mut sent = Vec::new();
        for now in 0..50 {
            throttle.offer(now);
            sent.extend(throttle.take(f64::from(now)).map(|value| (now, value)));
        }
        assert_eq!(sent, [(0, 0), (20, 20), (40, 40)]);
        assert_eq!(throttle.wake_ms(), Some(60.0));
        assert_eq!(throttle.take(59.0), None);
        assert_eq!(throttle.take(60.0), Some(49), "the last one is never lost");
        assert_eq!((throttle.take(99.0), throttle.wake_ms()), (None, None));
    }

    #[test]
    fn nothing_is_sent_to_the_next_receiver() {
        let mut throttle = Throttle::new(20.0);
        throttle.offer(1);
        throttle.clear();
        assert_eq!(throttle.take(0.0), None);
    }
}
