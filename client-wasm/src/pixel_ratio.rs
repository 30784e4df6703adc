//! How many of the screen's pixels are drawn: fewer while slow pictures follow each other, all of
//! them otherwise.
//!
//! A picture's time is that from one turn to draw to the next, whether or not the next one has
//! something to draw: a program that moves things ten times a second makes no picture slow.
//!
//! Times are milliseconds of any monotonic clock.

/// A turn this late says nothing about the picture before it.
const IDLE_MS: f64 = 500.0;
/// Pictures are counted over this time of drawing.
const WINDOW_MS: f64 = 250.0;
/// A decision takes this many counts,
const WINDOWS: usize = 10;
/// of which more than this many must agree.
const MAJORITY: usize = 7;
/// What a decision changes: of what can be left out, this part.
const STEP: f64 = 0.5;
/// The smallest share of the full ratio.
const LEAST_SHARE: f64 = 0.75;
/// Pictures further apart than this do not follow each other.
const REST_MS: f64 = 200.0;

/// Decides from the times of pictures.
#[derive(Debug)]
pub struct PixelRatio {
    drawn_ms: f64,
    /// The last picture's time is not known yet.
    is_measuring: bool,
    window_ms: f64,
    window_pictures: u32,
    /// Pictures a second in each window since the last decision.
    rates: Vec<f64>,
    best_rate: f64,
    /// 0 for as few pixels as possible, 1 for all.
    level: f64,
}

impl Default for PixelRatio {
    fn default() -> Self {
        Self {
            drawn_ms: f64::NEG_INFINITY,
            is_measuring: false,
            window_ms: 0.0,
            window_pictures: 0,
            rates: Vec::new(),
            best_rate: 0.0,
            level: 1.0,
        }
    }
}

impl PixelRatio {
    /// A turn to draw has come, whether or not there is anything to draw.
    pub fn turn(&mut self, now_ms: f64) {
        let took_ms = now_ms - self.drawn_ms;
        if !std::mem::take(&mut self.is_measuring) || took_ms > IDLE_MS {
            return;
        }
        self.window_ms += took_ms;
        self.window_pictures += 1;
        if self.window_ms < WINDOW_MS {
            return;
        }
        let rate = f64::from(self.window_pictures) * 1e3 / self.window_ms;
        (self.window_ms, self.window_pictures) = (0.0, 0);
        self.best_rate = self.best_rate.max(rate);
        self.rates.push(rate);
        if self.rates.len() == WINDOWS {
            self.decide();
        }
    }

    /// A picture has been drawn. Its time is known once the next turn comes.
    pub fn drawn(&mut self, now_ms: f64) {
        self.drawn_ms = now_ms;
        self.is_measuring = true;
    }

    /// Whether a turn is wanted for its time only.
    pub fn is_measuring(&self) -> bool {
        self.is_measuring
    }

    /// The share of the full ratio for a picture that is drawn now.
    pub fn share(&self, now_ms: f64) -> f64 {
        match now_ms - self.drawn_ms < REST_MS {
            true => LEAST_SHARE + (1.0 - LEAST_SHARE) * self.level,
            false => 1.0,
        }
    }

    /// A machine that never draws fast agrees to both, and stays in the middle.
    fn decide(&mut self) {
        let fast = (0.75 * self.best_rate).min(85.0);
        let slow = (0.3 * fast).max(38.0);
        let agree = |is: &dyn Fn(f64) -> bool| {
            self.rates.iter().filter(|rate| is(**rate)).count() > MAJORITY
        };
        let (are_fast, are_slow) = (agree(&|rate| rate >= fast), agree(&|rate| rate < slow));
        if are_fast {
            self.level = (self.level + STEP).min(1.0);
        }
        if are_slow {
            self.level = (self.level - STEP).max(0.0);
        }
        self.rates.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws for some seconds with a time between pictures; returns the time after it.
    fn draw(ratio: &mut PixelRatio, from_ms: f64, secs: f64, picture_ms: f64) -> f64 {
        let mut now_ms = from_ms;
        while now_ms < from_ms + secs * 1e3 {
            ratio.turn(now_ms);
            ratio.drawn(now_ms);
            now_ms += picture_ms;
        }
        ratio.turn(now_ms);
        now_ms
    }

    #[test]
    fn slow_pictures_get_fewer_pixels_and_fast_ones_all() {
        let mut ratio = PixelRatio::default();
        let mut now = draw(&mut ratio, 0.0, 3.0, 16.0);
        assert_eq!(ratio.share(now), 1.0);
        let mut shares = Vec::new();
        for (secs, picture_ms) in [(4.0, 40.0), (4.0, 40.0), (4.0, 20.0), (4.0, 20.0)] {
            now = draw(&mut ratio, now, secs, picture_ms);
            shares.push(ratio.share(now));
        }
        // 25 a second are slow where there were 62; 50 are fast.
        assert_eq!(shares, [0.875, 0.75, 0.875, 1.0]);
    }

    #[test]
    fn what_is_neither_changes_nothing() {
        let mut ratio = PixelRatio::default();
        let now = draw(&mut ratio, 0.0, 1.0, 10.0);
        // 50 pictures a second, where there were 100.
        let now = draw(&mut ratio, now, 30.0, 20.0);
        assert_eq!(ratio.share(now), 1.0);
    }

    #[test]
    fn a_machine_that_is_never_fast_stays_in_the_middle() {
        let mut ratio = PixelRatio::default();
        let now = draw(&mut ratio, 0.0, 20.0, 40.0);
        assert_eq!(ratio.share(now), 0.875);
    }

    #[test]
    fn a_picture_after_a_rest_has_all_pixels() {
        let mut ratio = PixelRatio::default();
        let now = draw(&mut ratio, 0.0, 3.0, 40.0);
        assert_eq!(ratio.share(now), 0.875);
        assert_eq!(ratio.share(now + REST_MS), 1.0);
        ratio.drawn(now + REST_MS);
        assert_eq!(ratio.share(now + REST_MS + 20.0), 0.875);
    }

    #[test]
    fn rare_pictures_are_not_slow() {
        let mut ratio = PixelRatio::default();
        let mut now = draw(&mut ratio, 0.0, 1.0, 16.0);
        for _ in 0..200 {
            ratio.drawn(now);
            assert!(ratio.is_measuring());
            ratio.turn(now + 16.0);
            assert!(!ratio.is_measuring());
            // Turns at which nothing is drawn, and tabs that come back.
            ratio.turn(now + 32.0);
            now += 100.0;
        }
        for _ in 0..30 {
            ratio.drawn(now);
            now += 2.0 * IDLE_MS;
            ratio.turn(now);
        }
        assert_eq!(ratio.level, 1.0);
    }
}
