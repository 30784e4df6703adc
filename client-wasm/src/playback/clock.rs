//! The time in a recording.

/// The slowest that can be played.
pub const MIN_SPEED: f64 = 0.01;
/// The fastest that can be played.
pub const MAX_SPEED: f64 = 100.0;

/// Where in a recording the player is. Times are seconds from the start of the recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    time_secs: f64,
    first_secs: f64,
    duration_secs: f64,
    is_playing: bool,
    speed: f64,
    loops: bool,
}

impl Clock {
    /// A clock at the start of a recording whose first message is at `first_secs`. It runs, and
    /// begins again after the end; where nothing happens after the start, it stands still.
    pub fn new(first_secs: f64, duration_secs: f64) -> Self {
        Self {
            time_secs: 0.0,
            first_secs: first_secs.clamp(0.0, duration_secs.max(0.0)),
            duration_secs: duration_secs.max(0.0),
            is_playing: duration_secs > 0.0,
            speed: 1.0,
            loops: true,
        }
    }

    /// The time.
    pub fn time_secs(&self) -> f64 {
        self.time_secs
    }

    /// How long the recording is.
    pub fn duration_secs(&self) -> f64 {
        self.duration_secs
    }

    /// Whether there is nothing to play, only a scene to look at.
    pub fn is_static(&self) -> bool {
        self.duration_secs == 0.0
    }

    /// Whether time goes on.
    pub fn is_playing(&self) -> bool {
        self.is_playing
    }

    /// Seconds of the recording in a second.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// Whether it begins again after the end.
    pub fn loops(&self) -> bool {
        self.loops
    }

    /// Lets `step_secs` pass. The end is shown before the start comes again; that is the time of
    /// the first message.
    pub fn tick(&mut self, step_secs: f64) {
        if !self.is_playing {
            return;
        }
        if self.time_secs < self.duration_secs {
            let next = self.time_secs + step_secs * self.speed;
            self.time_secs = next.min(self.duration_secs);
        } else if self.loops {
            self.time_secs = self.first_secs;
        }
        if self.time_secs >= self.duration_secs && !self.loops {
            self.is_playing = false;
        }
    }

    /// Goes on; from the start, where the end is reached.
    pub fn play(&mut self) {
        if !self.is_playing && self.time_secs >= self.duration_secs {
            self.time_secs = self.first_secs;
        }
        self.is_playing = !self.is_static();
    }

    /// Stands still.
    pub fn pause(&mut self) {
        self.is_playing = false;
    }

    /// Goes to a time, at most to the end, and stands still there.
    pub fn seek(&mut self, time_secs: f64) {
        if !time_secs.is_nan() {
            self.time_secs = time_secs.clamp(0.0, self.duration_secs);
        }
        self.pause();
    }

    /// Sets the speed, between [`MIN_SPEED`] and [`MAX_SPEED`].
    pub fn set_speed(&mut self, speed: f64) {
        if !speed.is_nan() {
            self.speed = speed.clamp(MIN_SPEED, MAX_SPEED);
        }
    }

    /// Sets whether it begins again after the end.
    pub fn set_loop(&mut self, loops: bool) {
        self.loops = loops;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock::new(0.25, 2.0)
    }

    #[test]
    fn shows_the_end_and_begins_again_at_the_first_message() {
        let mut clock = clock();
        let mut times = Vec::new();
        for _ in 0..5 {
            times.push(clock.time_secs());
            clock.tick(0.75);
        }
        assert_eq!(times, [0.0, 0.75, 1.5, 2.0, 0.25]);
    }

    #[test]
    fn stops_at_the_end_where_it_does_not_loop() {
        let mut clock = clock();
        clock.set_loop(false);
        clock.tick(1.0);
        clock.tick(5.0);
        assert_eq!((clock.time_secs(), clock.is_playing()), (2.0, false));
        clock.play();
        assert_eq!((clock.time_secs(), clock.is_playing()), (0.25, true));
    }

    #[test]
    fn seeking_stands_still_within_the_recording() {
        let mut clock = clock();
        for (to, at) in [(1.5, 1.5), (-3.0, 0.0), (9.0, 2.0), (f64::NAN, 0.25)] {
            clock.play();
            clock.seek(to);
            assert_eq!((clock.time_secs(), clock.is_playing()), (at, false));
        }
        clock.seek(1.0);
        clock.play();
        assert_eq!(clock.time_secs(), 1.0, "goes on from where it is");
    }

    #[test]
    fn plays_faster_and_slower() {
        let mut clock = clock();
        clock.set_speed(8.0);
        clock.tick(0.125);
        assert_eq!(clock.time_secs(), 1.0);
        for (speed, expected) in [
            (0.0, MIN_SPEED),
            (f64::INFINITY, MAX_SPEED),
            (f64::NAN, MAX_SPEED),
        ] {
            clock.set_speed(speed);
            assert_eq!(clock.speed(), expected);
        }
    }

    #[test]
    fn a_scene_without_a_time_stands_still() {
        let mut clock = Clock::new(0.0, 0.0);
        assert!(clock.is_static() && !clock.is_playing());
        clock.play();
        clock.tick(1.0);
        assert_eq!((clock.time_secs(), clock.is_playing()), (0.0, false));
    }
}
