//! The app's side of sequences: what the hub says of its timeline, and what it is asked for.

use scenecast_protocol::sequence::{PlaysSequences, TimelineState};

use super::App;
use crate::playback::Command;
use crate::playback::view::{Mode, Unit, View};

impl App {
    /// The hub says where its timeline is.
    pub(super) fn timeline_came(&mut self, state: &TimelineState, now_ms: f64) {
        if self.sequences.follow(state, now_ms) {
            self.send(&PlaysSequences {});
        }
    }

    /// Lets sequences go on before a picture.
    pub(super) fn play_sequences(&mut self, now_ms: f64) {
        self.sequences.playhead.tick(now_ms);
        let journal = &mut self.journal;
        let mut report = |error: scenecast_protocol::state::ApplyError| {
            journal.warn(&error.to_string());
        };
        self.messages += self.sequences.show(&mut self.state, &mut report) as u64;
        for request in self.sequences.ask(now_ms) {
            self.send(&request);
        }
        self.show_player();
    }

    /// Does what a user or a program wants of the timeline.
    pub(super) fn command_timeline(&mut self, command: Command) {
        let now_ms = self.now_ms();
        if let Some(said) = self.sequences.playhead.command(command, now_ms) {
            self.send(&said);
        }
        self.play_sequences(now_ms);
        self.plan(now_ms);
        self.request_frame();
    }

    /// Whether the timeline is what the bar shows and commands are for.
    pub(super) fn has_timeline(&self) -> bool {
        !self.playback.is_on() && self.sequences.has_timeline()
    }

    /// What the bar shows of the timeline.
    pub(super) fn show_timeline(&self, view: &mut View) {
        if self.has_timeline() && view.mode != Mode::Loading {
            let clock = self.sequences.playhead.clock();
            view.mode = Mode::Bar;
            view.unit = Unit::Frames;
            view.position = clock.frame().into();
            view.end = f64::from(clock.length()) - 1.0;
            view.is_playing = clock.is_playing();
            view.speed = clock.fps();
            view.loops = clock.loops();
            view.is_detached = self.sequences.playhead.is_detached();
        }
    }
}
