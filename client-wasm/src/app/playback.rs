//! Recordings in the page: opening them, playing them, and going back to the live scene.

mod listeners;
mod notice;
mod opening;

use scenecast_protocol::Message;
use scenecast_protocol::state::{ApplyError, ViewerState};
use scenecast_protocol::timeline::{Playhead, Timeline};
use scenecast_protocol::version::VISER_VERSION;
use web_sys::Document;

use super::{App, Handle, MAX_STEP_SECS};
use crate::camera::Camera;
use crate::connection::Dialer;
use crate::playback::Command;
use crate::playback::bar::{Act, Bar};
use crate::playback::clock::Clock;
use crate::playback::source::Source;
use crate::playback::view::{Mode, View};
use crate::status::{Level, Notice};

pub(super) use listeners::attach;
use notice::FileNotice;
pub(super) use opening::{Embedded, Promised};
use opening::{Opening, PREPARE_REST_MS};

/// Everything about recordings.
pub(super) struct Playback {
    bar: Option<Bar>,
    notice: FileNotice,
    /// The page belongs to a recording, even if it could not be opened.
    is_on: bool,
    /// There is a live scene to go back to.
    has_live: bool,
    is_embedded: bool,
    opening: Option<Opening>,
    generation: u32,
    player: Option<Player>,
    /// When jumps are to be prepared next.
    prepare_ms: f64,
    last_tick_ms: Option<f64>,
}

/// A recording that is shown.
pub(super) struct Player {
    pub(super) name: String,
    pub(super) timeline: Timeline,
    head: Playhead,
    pub(super) clock: Clock,
    /// Jumps so far, for who wants to know that there was one.
    pub(super) jumps: u32,
    is_prepared: bool,
}

impl Playback {
    pub(super) fn new(document: &Document, app: &Handle, is_embedded: bool) -> Self {
        let handle = app.clone();
        let report = move |act| {
            handle.with(|app| match act {
                Act::Command(command) => app.command(command),
                Act::Open(file) => app.open_recording(Source::Blob(file.into()), None),
                Act::Close => app.close_recording(),
            });
        };
        Self {
            bar: Bar::new(document, report),
            notice: FileNotice::new(document),
            is_on: false,
            has_live: false,
            is_embedded,
            opening: None,
            generation: 0,
            player: None,
            prepare_ms: 0.0,
            last_tick_ms: None,
        }
    }

    /// The page belongs to a recording from the start.
    pub(super) fn turn_on(&mut self) {
        self.is_on = true;
    }

    pub(super) fn is_on(&self) -> bool {
        self.is_on
    }

    pub(super) fn player(&self) -> Option<&Player> {
        self.player.as_ref()
    }

    /// How much of the recording that is being opened is there, 0 to 1.
    pub(super) fn opening(&self) -> Option<f64> {
        let opening = self.opening.as_ref()?;
        Some(opening.progress.unwrap_or(0.0))
    }

    /// The last recording that could not be played, and why.
    pub(super) fn error(&self) -> &str {
        &self.notice.error
    }

    pub(super) fn is_playing(&self) -> bool {
        self.player
            .as_ref()
            .is_some_and(|player| player.clock.is_playing())
    }

    /// When there is something to do next.
    pub(super) fn wake_ms(&self, now_ms: f64) -> Option<f64> {
        let is_reading = |opening: &Opening| opening.loading.is_some();
        if self.opening.as_ref().is_some_and(is_reading) {
            return Some(now_ms);
        }
        let player = self.player.as_ref()?;
        (!player.is_prepared).then_some(self.prepare_ms)
    }

    /// What to say about the connection where there is none to be had.
    pub(super) fn status(&self) -> Notice {
        let name = self.player.as_ref().map(|player| player.name.clone());
        Notice {
            level: Level::Fine,
            title: if name.is_some() { "Playing" } else { "" },
            detail: name.unwrap_or_default(),
        }
    }

    fn view(&self) -> View {
        let mut view = View {
            can_open: !self.is_embedded,
            can_close: self.is_on && self.has_live,
            mode: if self.is_embedded {
                Mode::Nothing
            } else {
                Mode::Files
            },
            ..View::default()
        };
        if let Some(player) = &self.player {
            let clock = &player.clock;
            view.position = clock.time_secs();
            view.end = clock.duration_secs();
            view.is_playing = clock.is_playing();
            view.speed = clock.speed();
            view.loops = clock.loops();
            if !clock.is_static() {
                view.mode = Mode::Bar;
            }
        }
        if let Some(opening) = &self.opening {
            view.mode = Mode::Loading;
            view.loading = (opening.name.clone(), opening.progress);
        }
        view
    }
}

impl App {
    fn start_player(&mut self, timeline: Timeline, now_ms: f64) {
        let Some(opening) = self.playback.opening.take() else {
            return;
        };
        self.leave_live_scene();
        for rejected in timeline.rejected() {
            self.journal.warn(&format!("message ignored: {rejected}"));
        }
        if timeline.version() != VISER_VERSION {
            self.playback.notice.show(
                &format!(
                    "Version mismatch: {} was recorded with version {}, and this page plays {VISER_VERSION}. Something may not look right.",
                    opening.name,
                    timeline.version(),
                ),
                false,
            );
        }
        self.playback.player = Some(Player {
            name: opening.name,
            head: timeline.start(),
            clock: Clock::new(timeline.first_secs(), timeline.duration_secs()),
            timeline,
            jumps: 0,
            is_prepared: false,
        });
        self.playback.prepare_ms = now_ms + PREPARE_REST_MS;
        self.playback.last_tick_ms = None;
        self.follow_clock();
        if let Some(promised) = opening.promised {
            promised.keep();
        }
        self.gui
            .show_connection(self.dialer.status(), self.notice());
        self.show_player();
        self.request_frame();
    }

    /// Hangs up, and empties the scene for a recording.
    fn leave_live_scene(&mut self) {
        let playback = &mut self.playback;
        playback.has_live |= !playback.is_on;
        playback.is_on = true;
        self.socket = None;
        self.inbox = None;
        self.dialer = Dialer::default();
        self.canvas.clear(&self.state.scene);
        self.state = ViewerState::new();
        self.sequences.clear();
        self.interaction.reset();
        self.has_scene = true;
        self.camera = Camera::new(&self.params.camera);
    }

    /// Goes back to the live scene. The recording's picture stays until that is there.
    pub(super) fn close_recording(&mut self) {
        if !self.playback.has_live {
            return;
        }
        self.end_opening("the recording was closed");
        self.playback.is_on = false;
        self.playback.player = None;
        self.camera = Camera::new(&self.params.camera);
        self.show_player();
        self.attention_changed();
    }

    /// Does what a user or a program wants of the player, if there is one.
    pub(super) fn command(&mut self, command: Command) {
        if let Command::GoTo = command {
            if let Some(bar) = &self.playback.bar {
                bar.enter_position();
            }
            return;
        }
        if self.has_timeline() {
            return self.command_timeline(command);
        }
        let Some(player) = &mut self.playback.player else {
            return;
        };
        let Player {
            clock, timeline, ..
        } = player;
        let now = clock.time_secs();
        match command {
            Command::Play => clock.play(),
            Command::Pause => clock.pause(),
            Command::Toggle if clock.is_playing() => clock.pause(),
            Command::Toggle => clock.play(),
            Command::Seek(time) => clock.seek(time),
            Command::Skip(step) => clock.seek(now + step),
            Command::StepForward => {
                clock.seek(timeline.next_moment(now).unwrap_or(clock.duration_secs()));
            }
            Command::StepBack => clock.seek(timeline.previous_moment(now).unwrap_or(0.0)),
            Command::Start => clock.seek(0.0),
            Command::End => clock.seek(clock.duration_secs()),
            Command::Speed(speed) => clock.set_speed(speed),
            Command::Loop(loops) => clock.set_loop(loops),
            Command::Frame(_) | Command::Fps(_) | Command::Detach(_) | Command::GoTo => {}
        }
        player.jumps += u32::from(clock.time_secs() != now);
        self.playback.last_tick_ms = None;
        self.follow_clock();
        self.show_player();
        self.request_frame();
    }

    /// Lets the recording go on before a picture.
    pub(super) fn play(&mut self, now_ms: f64) {
        let Some(player) = &mut self.playback.player else {
            return;
        };
        if !player.clock.is_playing() {
            self.playback.last_tick_ms = None;
            return;
        }
        let last_ms = self.playback.last_tick_ms.replace(now_ms).unwrap_or(now_ms);
        let step_secs = ((now_ms - last_ms) / 1e3).clamp(0.0, MAX_STEP_SECS);
        player.clock.tick(step_secs);
        self.follow_clock();
        self.show_player();
    }

    /// Brings the scene to the player's time.
    fn follow_clock(&mut self) {
        let Some(player) = &mut self.playback.player else {
            return;
        };
        let mut camera = Vec::new();
        let journal = &mut self.journal;
        let mut count = 0u32;
        let mut observe = |message: &Message, outcome: Result<(), ApplyError>| {
            count += 1;
            if let Err(error) = outcome {
                journal.warn(&error.to_string());
            }
            if let Message::Unknown(_) = message {
                journal.warn(&format!("unknown message {:?} is ignored", message.tag()));
            }
            camera.extend(for_camera(message));
        };
        let time_secs = player.clock.time_secs();
        let (timeline, head) = (&mut player.timeline, &mut player.head);
        timeline.seek(head, &mut self.state, time_secs, &mut observe);
        self.messages += u64::from(count);
        self.turn_scene();
        for message in &camera {
            self.camera.apply(message);
        }
        self.camera.settle();
    }

    /// Shows the player's state on the page, and tells programs about it.
    pub(super) fn show_player(&mut self) {
        let mut view = self.playback.view();
        self.show_timeline(&mut view);
        if let Some(bar) = &mut self.playback.bar {
            bar.show(view);
        }
        self.gui.set_hidden(self.playback.is_on);
        self.announce();
    }
}

/// A copy of a message that moves the camera.
fn for_camera(message: &Message) -> Option<Message> {
    // The list of all messages is `ViewerState::apply`. Cloning one of any class would bring the
    // code that clones each of them.
    Some(match message {
        Message::SetCameraPosition(m) => m.clone().into(),
        Message::SetCameraUpDirection(m) => m.clone().into(),
        Message::SetCameraLookAt(m) => m.clone().into(),
        Message::SetCameraNear(m) => m.clone().into(),
        Message::SetCameraFar(m) => m.clone().into(),
        Message::SetCameraFov(m) => m.clone().into(),
        Message::SetCameraMinOrbitDistance(m) => m.clone().into(),
        Message::SetCameraMaxOrbitDistance(m) => m.clone().into(),
        _ => return None,
    })
}
