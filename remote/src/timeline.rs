//! Which frame of a sequence is shown, and how that changes while it plays.

/// A position among frames. Time is brought from outside, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timeline {
    frame: usize,
    length: usize,
    playing: bool,
    looping: bool,
    fps: f64,
    /// Frames, by now less than one, that have passed and were not shown.
    passed: f64,
}

impl Default for Timeline {
    fn default() -> Self {
        Self {
            frame: 0,
            length: 1,
            playing: false,
            looping: true,
            fps: 60.0,
            passed: 0.0,
        }
    }
}

impl Timeline {
    /// The slowest and the fastest playback, in frames per second.
    pub const FPS: std::ops::RangeInclusive<f64> = 1.0..=120.0;

    /// The frame that is shown. Default 0.
    pub fn frame(&self) -> usize {
        self.frame
    }

    /// How many frames there are; at least 1.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Whether it plays. Default false.
    pub fn playing(&self) -> bool {
        self.playing
    }

    /// Whether playing goes on from the start after the end. Default true.
    pub fn looping(&self) -> bool {
        self.looping
    }

    /// Frames per second while it plays. Default 60.
    pub fn fps(&self) -> f64 {
        self.fps
    }

    /// Plays or pauses. Playing from the last frame without looping starts at the first.
    pub fn set_playing(&mut self, playing: bool) {
        if playing && !self.playing && !self.looping && self.frame + 1 == self.length {
            self.frame = 0;
        }
        self.playing = playing;
        self.passed = 0.0;
    }

    /// Chooses whether playing goes on from the start after the end.
    pub fn set_looping(&mut self, looping: bool) {
        self.looping = looping;
    }

    /// Chooses the speed, within [`Timeline::FPS`].
    pub fn set_fps(&mut self, fps: f64) {
        if fps.is_finite() {
            self.fps = fps.clamp(*Self::FPS.start(), *Self::FPS.end());
        }
    }

    /// Shows `frame`, the nearest if it is beyond the ends; whether that is another one. As in
    /// aitviewer, what publishers ask for is ignored while it plays: see [`Timeline::scrub`].
    pub fn seek(&mut self, frame: i64) -> bool {
        !self.playing && self.scrub(frame)
    }

    /// Shows the frame `by` further, around the ends; whether that is another one. Ignored
    /// while it plays.
    pub fn step(&mut self, by: i64) -> bool {
        let length = self.length as i64;
        !self.playing && self.scrub((self.frame as i64 + by % length).rem_euclid(length))
    }

    /// Shows `frame` even while it plays, as a user who drags the slider wants.
    pub fn scrub(&mut self, frame: i64) -> bool {
        let last = self.length - 1;
        let frame = usize::try_from(frame.max(0)).map_or(last, |frame| frame.min(last));
        self.passed = 0.0;
        std::mem::replace(&mut self.frame, frame) != frame
    }

    /// Lets `seconds` pass; whether another frame is to be shown. Frames are skipped rather
    /// than time.
    pub fn advance(&mut self, seconds: f64) -> bool {
        if !self.playing || self.length == 1 || seconds.is_nan() || seconds <= 0.0 {
            return false;
        }
        self.passed += seconds * self.fps;
        let whole = self.passed.floor();
        self.passed -= whole;
        let to = self.frame as f64 + whole;
        let length = self.length as f64;
        let frame = match self.looping {
            true => to % length,
            false => to.min(length - 1.0),
        };
        self.playing = self.looping || frame < length - 1.0;
        std::mem::replace(&mut self.frame, frame as usize) != frame as usize
    }

    /// Sets how many frames there are. A frame beyond the end becomes the last.
    pub(crate) fn set_length(&mut self, length: usize) {
        self.length = length.max(1);
        self.frame = self.frame.min(self.length - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(length: usize) -> Timeline {
        let mut timeline = Timeline::default();
        timeline.set_length(length);
        timeline
    }

    #[test]
    fn playing_keeps_time_and_goes_around() {
        let mut timeline = timeline(10);
        timeline.set_fps(30.0);
        timeline.set_playing(true);
        // 0.35 s at 30 frames per second, in ticks that are no multiple of a frame.
        let shown = (0..35).filter(|_| timeline.advance(0.01)).count();
        assert_eq!((timeline.frame(), shown), (0, 10));
        assert!(
            !timeline.seek(5) && !timeline.step(1),
            "ignored while playing"
        );
        assert!(timeline.scrub(5));
    }

    #[test]
    fn playing_stops_at_the_end_without_looping() {
        let mut timeline = timeline(4);
        timeline.set_looping(false);
        timeline.set_playing(true);
        assert!(timeline.advance(1.0));
        assert_eq!((timeline.frame(), timeline.playing()), (3, false));
        timeline.set_playing(true);
        assert_eq!(timeline.frame(), 0);
    }

    #[test]
    fn steps_go_around_and_seeks_stop_at_the_ends() {
        let mut timeline = timeline(4);
        assert!(timeline.step(-1) && timeline.frame() == 3);
        assert!(timeline.step(1) && timeline.frame() == 0);
        assert!(!timeline.seek(-3));
        assert!(timeline.seek(i64::MAX) && timeline.frame() == 3);
        timeline.step(i64::MIN);
        timeline.set_length(2);
        assert!(timeline.frame() < 2);
        timeline.set_fps(f64::NAN);
        timeline.set_fps(1e9);
        assert_eq!(timeline.fps(), 120.0);
    }
}
