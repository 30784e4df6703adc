//! Which frame is shown: that of the timeline that all viewers share, or one of the viewer's own.
//!
//! Between two words from the hub the shared timeline goes on by the clock of this side. Where the
//! hub turns out to be a little ahead or behind, playing becomes a little faster or slower until
//! they agree; where it is elsewhere, the playhead jumps there.

use scenecast_protocol::sequence::{TimelineCommand, TimelineState};

use super::clock::Clock;
use crate::playback::Command;

/// The time, seconds, in which most of a difference is made up for.
const CATCH_UP_SECS: f64 = 0.5;
/// A difference of more than this, seconds of playing, is a jump.
const JUMP_SECS: f64 = 0.25;
/// For so long, milliseconds, what a user did here counts before what the hub says: its words may
/// be older.
const TRUST_MS: f64 = 500.0;

/// The playhead. Times are milliseconds of any monotonic clock.
#[derive(Debug, Default)]
pub struct Playhead {
    shared: Clock,
    /// That of a viewer who is detached.
    own: Option<Clock>,
    now_ms: Option<f64>,
    /// Frames by which the hub is ahead, to be made up for.
    drift: f64,
    /// Until when the user's own doings count, and what the hub has said meanwhile.
    trust: Option<(f64, Option<TimelineState>)>,
}

impl Playhead {
    /// Where it is among the frames.
    pub fn clock(&self) -> &Clock {
        self.own.as_ref().unwrap_or(&self.shared)
    }

    /// Whether it is the viewer's own.
    pub fn is_detached(&self) -> bool {
        self.own.is_some()
    }

    /// When something changes even where it stands still.
    pub fn wake_ms(&self) -> Option<f64> {
        self.trust.as_ref().map(|(until_ms, _)| *until_ms)
    }

    /// Lets time pass until now. A picture's time may be a little before what was done since.
    pub fn tick(&mut self, now_ms: f64) {
        let last_ms = self.now_ms.unwrap_or(now_ms);
        let now_ms = now_ms.max(last_ms);
        self.now_ms = Some(now_ms);
        let secs = (now_ms - last_ms) / 1e3;
        let step = secs * self.shared.fps();
        // Never backwards, and never more than half as fast again.
        let fix = (self.drift * (secs / CATCH_UP_SECS).min(1.0)).clamp(-step / 2.0, step / 2.0);
        self.drift -= fix;
        self.shared.pass(step + fix);
        if let Some(own) = &mut self.own {
            own.pass(secs * own.fps());
        }
        if let Some((_, said)) = self.trust.take_if(|(until_ms, _)| now_ms >= *until_ms)
            && let Some(state) = said
        {
            self.adopt(&state);
        }
    }

    /// Takes the hub's word for where the shared timeline is.
    pub fn follow(&mut self, state: &TimelineState, now_ms: f64) {
        self.tick(now_ms);
        let length = u32::try_from(state.length.max(1)).unwrap_or(u32::MAX);
        self.shared.set_length(length);
        if let Some(own) = &mut self.own {
            own.set_length(length);
        }
        match &mut self.trust {
            // Standing where the user went is no proof: it may have been there before as well.
            Some((_, said)) if !plays_as_said(&self.shared, state) => {
                *said = Some(state.clone());
            }
            _ => {
                self.trust = None;
                self.adopt(state);
            }
        }
    }

    fn adopt(&mut self, state: &TimelineState) {
        let shared = &mut self.shared;
        let goes_on = shared.is_playing() && state.is_playing;
        shared.set_loop(state.loops);
        shared.set_fps(state.fps);
        let frame = u32::try_from(state.frame.max(0)).unwrap_or(u32::MAX);
        let way = shared.way_to(frame.min(shared.length() - 1));
        self.drift = 0.0;
        if !goes_on || way.abs() > (JUMP_SECS * shared.fps()).max(2.0) {
            shared.set_playing(state.is_playing);
            shared.go_to(f64::from(frame));
        } else if way.abs() > 0.5 {
            self.drift = way;
        }
    }

    /// Does what a user wants. Returns what the hub is to hear of it: nothing of one who is
    /// detached.
    pub fn command(&mut self, command: Command, now_ms: f64) -> Option<TimelineCommand> {
        self.tick(now_ms);
        if let Command::Detach(detached) = command {
            self.own = detached.then_some(*self.clock());
            return None;
        }
        let clock = self.own.as_mut().unwrap_or(&mut self.shared);
        let old = *clock;
        run(clock, command);
        if self.own.is_some() {
            return None;
        }
        let new = self.shared;
        self.drift = 0.0;
        self.trust = Some((now_ms + TRUST_MS, None));
        Some(TimelineCommand {
            // Whoever pauses wants the frame that is seen then.
            frame: (!new.is_playing()).then_some(new.frame().into()),
            step: None,
            is_playing: (new.is_playing() != old.is_playing()).then_some(new.is_playing()),
            loops: (new.loops() != old.loops()).then_some(new.loops()),
            fps: (new.fps() != old.fps()).then_some(new.fps()),
        })
    }
}

/// Whether the hub plays as a user wants it to.
fn plays_as_said(clock: &Clock, state: &TimelineState) -> bool {
    state.is_playing
        && clock.is_playing()
        && clock.loops() == state.loops
        && clock.fps() == state.fps
}

fn run(clock: &mut Clock, command: Command) {
    let (frame, length) = (f64::from(clock.frame()), f64::from(clock.length()));
    let to = match command {
        Command::Play => return clock.set_playing(true),
        Command::Pause => return clock.set_playing(false),
        Command::Toggle => return clock.set_playing(!clock.is_playing()),
        Command::Loop(loops) => return clock.set_loop(loops),
        Command::Fps(fps) => return clock.set_fps(fps),
        Command::Speed(_) | Command::Detach(_) | Command::GoTo => return,
        Command::Seek(secs) => secs * clock.fps(),
        Command::Skip(secs) => frame + secs * clock.fps(),
        Command::Frame(frame) => frame,
        Command::StepForward => (frame + 1.0) % length,
        Command::StepBack => (frame + length - 1.0) % length,
        Command::Start => 0.0,
        Command::End => length,
    };
    clock.set_playing(false);
    clock.go_to(to);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(frame: i64, is_playing: bool) -> TimelineState {
        TimelineState {
            frame,
            length: 100,
            is_playing,
            loops: true,
            fps: 50.0,
        }
    }

    fn at(head: &mut Playhead, now_ms: f64) -> u32 {
        head.tick(now_ms);
        head.clock().frame()
    }

    #[test]
    fn plays_on_by_its_own_clock() {
        let mut head = Playhead::default();
        head.follow(&state(10, true), 0.0);
        assert_eq!(at(&mut head, 0.0), 10);
        assert_eq!(at(&mut head, 400.0), 30);
        assert_eq!(at(&mut head, 2_000.0), 10, "around the end");
        head.follow(&state(50, false), 2_000.0);
        assert_eq!(at(&mut head, 9_000.0), 50);
    }

    #[test]
    fn no_time_passes_twice() {
        let mut head = Playhead::default();
        head.follow(&state(10, true), 0.0);
        head.command(Command::Fps(100.0), 105.0);
        // The next picture is for a moment ago.
        at(&mut head, 100.0);
        assert_eq!(at(&mut head, 205.0), 10 + 5 + 10);
    }

    #[test]
    fn makes_up_for_drift_without_jumping_back() {
        for (said, ahead) in [(13, 3.0), (7, -3.0)] {
            let mut head = Playhead::default();
            head.follow(&state(10, true), 0.0);
            head.follow(&state(said, true), 0.0);
            let (mut last, mut now) = (10, 0.0);
            while now < 1_600.0 {
                now += 16.0;
                let frame = at(&mut head, now);
                assert!(frame >= last && frame - last <= 2, "{last} to {frame}");
                last = frame;
            }
            let expected = 10.0 + 80.0 + ahead;
            assert!(
                (f64::from(last) - expected).abs() <= 1.0,
                "{last} {expected}"
            );
        }
    }

    #[test]
    fn jumps_where_the_hub_is_elsewhere() {
        let mut head = Playhead::default();
        head.follow(&state(10, true), 0.0);
        head.follow(&state(60, true), 0.0);
        assert_eq!(at(&mut head, 0.0), 60);
        // Nearly at the end and just after the start are near each other.
        head.follow(&state(98, true), 0.0);
        head.follow(&state(2, true), 0.0);
        assert_eq!(at(&mut head, 0.0), 98);
    }

    #[test]
    fn what_a_user_does_counts_at_once_and_old_words_do_not() {
        let mut head = Playhead::default();
        head.follow(&state(10, true), 0.0);
        let said = head.command(Command::Frame(70.0), 100.0).unwrap();
        assert_eq!((said.frame, said.is_playing), (Some(70), Some(false)));
        head.follow(&state(15, true), 110.0);
        assert_eq!(at(&mut head, 120.0), 70);
        let said = head.command(Command::StepBack, 130.0).unwrap();
        assert_eq!((said.frame, said.is_playing), (Some(69), None));
        head.follow(&state(70, false), 140.0);
        assert_eq!(at(&mut head, 150.0), 69);
        head.follow(&state(69, false), 160.0);
        head.follow(&state(70, false), 170.0);
        assert_eq!(at(&mut head, 180.0), 69, "it was there twice");
        head.follow(&state(5, false), 190.0);
        assert_eq!(at(&mut head, 130.0 + TRUST_MS), 5, "somebody else's doing");
    }

    #[test]
    fn a_command_that_the_hub_ignores_has_no_effect_for_long() {
        let mut head = Playhead::default();
        head.follow(&state(10, false), 0.0);
        head.command(Command::Play, 0.0);
        head.follow(&state(12, false), 100.0);
        assert!(head.clock().is_playing());
        assert_eq!(head.wake_ms(), Some(TRUST_MS));
        assert_eq!(at(&mut head, TRUST_MS), 12);
        assert!(!head.clock().is_playing());
    }

    #[test]
    fn who_is_detached_plays_alone() {
        let mut head = Playhead::default();
        head.follow(&state(10, true), 0.0);
        assert_eq!(head.command(Command::Detach(true), 0.0), None);
        assert_eq!(head.command(Command::Frame(80.0), 0.0), None);
        head.follow(&state(20, true), 200.0);
        assert_eq!((at(&mut head, 300.0), head.is_detached()), (80, true));
        // Fewer frames are fewer for everybody.
        let fewer = TimelineState {
            length: 50,
            ..state(25, true)
        };
        head.follow(&fewer, 300.0);
        assert_eq!(head.clock().frame(), 49);
        head.command(Command::Detach(false), 400.0);
        assert_eq!(at(&mut head, 400.0), 30, "where the others are");
    }

    #[test]
    fn odd_words_are_survived() {
        let mut head = Playhead::default();
        for (frame, length, fps) in [
            (i64::MIN, i64::MIN, f64::NAN),
            (i64::MAX, 0, -1.0),
            (i64::MAX, i64::MAX, f64::INFINITY),
        ] {
            head.follow(
                &TimelineState {
                    frame,
                    length,
                    is_playing: true,
                    loops: true,
                    fps,
                },
                0.0,
            );
            head.tick(1e9);
            assert!(head.clock().frame() < head.clock().length());
        }
    }
}
