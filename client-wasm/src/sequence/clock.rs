//! A position among frames that goes on with time.

/// The slowest that frames can be played, frames per second.
pub const MIN_FPS: f64 = 1.0;
/// The fastest.
pub const MAX_FPS: f64 = 120.0;

/// Where among the frames of a timeline somebody is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// In frames; what is shown is the whole number below.
    position: f64,
    length: u32,
    is_playing: bool,
    loops: bool,
    fps: f64,
}

impl Default for Clock {
    /// At the only frame there is.
    fn default() -> Self {
        Self {
            position: 0.0,
            length: 1,
            is_playing: false,
            loops: true,
            fps: 60.0,
        }
    }
}

impl Clock {
    /// The frame that is shown.
    pub fn frame(&self) -> u32 {
        (self.position as u32).min(self.length - 1)
    }

    /// How many frames there are; at least 1.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// Whether time goes on.
    pub fn is_playing(&self) -> bool {
        self.is_playing
    }

    /// Whether it begins again after the end.
    pub fn loops(&self) -> bool {
        self.loops
    }

    /// Frames per second while it plays.
    pub fn fps(&self) -> f64 {
        self.fps
    }

    /// Lets so many frames pass, if it plays.
    pub fn pass(&mut self, frames: f64) {
        if !self.is_playing || self.length == 1 || frames.is_nan() || frames <= 0.0 {
            return;
        }
        let (next, length) = (self.position + frames, f64::from(self.length));
        self.position = match self.loops {
            true => next - length * (next / length).floor(),
            false => next.min(length - 1.0),
        };
        self.is_playing = self.loops || self.position < length - 1.0;
    }

    /// How many frames it is from here to the middle of another one: the shorter way, which where
    /// it loops may lead around the end.
    pub fn way_to(&self, frame: u32) -> f64 {
        let way = f64::from(frame) + 0.5 - self.position;
        let length = f64::from(self.length);
        match self.loops {
            true => way - length * (way / length).round(),
            false => way,
        }
    }

    /// Goes to a frame, or the nearest that there is.
    pub fn go_to(&mut self, frame: f64) {
        if !frame.is_nan() {
            self.position = frame.floor().clamp(0.0, f64::from(self.length - 1));
        }
    }

    /// Goes on, or stands still. From the end, where it does not loop, it begins again.
    pub fn set_playing(&mut self, is_playing: bool) {
        if is_playing && !self.is_playing && !self.loops && self.frame() == self.length - 1 {
            self.position = 0.0;
        }
        self.is_playing = is_playing;
    }

    /// Sets how many frames there are. Beyond the end is the last one.
    pub fn set_length(&mut self, length: u32) {
        self.length = length.max(1);
        self.position = self.position.min(f64::from(self.length) - 1e-6);
    }

    /// Sets whether it begins again after the end.
    pub fn set_loop(&mut self, loops: bool) {
        self.loops = loops;
    }

    /// Sets the speed, between [`MIN_FPS`] and [`MAX_FPS`].
    pub fn set_fps(&mut self, fps: f64) {
        if !fps.is_nan() {
            self.fps = fps.clamp(MIN_FPS, MAX_FPS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(length: u32, frame: f64) -> Clock {
        let mut clock = Clock::default();
        clock.set_length(length);
        clock.go_to(frame);
        clock.set_playing(true);
        clock
    }

    #[test]
    fn goes_around_or_stops_at_the_end() {
        let mut around = clock(10, 8.0);
        around.pass(1.5);
        assert_eq!(around.frame(), 9);
        around.pass(31.0);
        assert_eq!((around.frame(), around.is_playing()), (0, true));
        let mut once = clock(10, 8.0);
        once.set_loop(false);
        once.pass(100.0);
        assert_eq!((once.frame(), once.is_playing()), (9, false));
        once.set_playing(true);
        assert_eq!(once.frame(), 0);
    }

    #[test]
    fn the_way_is_the_shorter_one() {
        let mut clock = clock(10, 9.0);
        assert_eq!(clock.way_to(0), 1.5);
        assert_eq!(clock.way_to(8), -0.5);
        clock.set_loop(false);
        assert_eq!(clock.way_to(0), -8.5);
    }

    #[test]
    fn nonsense_changes_nothing() {
        let mut clock = clock(10, 4.0);
        for odd in [f64::NAN, -1.0, f64::NEG_INFINITY] {
            clock.pass(odd);
            assert_eq!(clock.frame(), 4);
        }
        clock.go_to(f64::NAN);
        clock.set_fps(f64::NAN);
        assert_eq!((clock.frame(), clock.fps()), (4, 60.0));
        for (frame, at) in [(-3.0, 0), (1e300, 9), (f64::NEG_INFINITY, 0)] {
            clock.go_to(frame);
            assert_eq!(clock.frame(), at);
        }
        clock.pass(f64::INFINITY);
        assert!(clock.frame() < 10);
        clock.set_length(0);
        assert_eq!((clock.frame(), clock.length()), (0, 1));
    }
}
