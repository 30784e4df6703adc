//! The page: everything that runs in a browser, and the order in which it runs.
//!
//! Before each picture, in [`App::frame`]: take the windows that are due and apply their messages;
//! move the camera; bring the renderer up to date; draw. All messages of a window are applied
//! before the same picture. Where nothing changed nothing is drawn, and where nothing is under way
//! no next frame is asked for.

mod anchors;
mod answers;
mod api;
mod canvas;
mod capture;
mod controls;
mod downloads;
mod embedding;
mod gui;
mod highlight;
mod hook;
pub(crate) mod inquiry;
mod journal;
mod online;
mod overlay;
mod playback;
mod pointing;
mod readiness;
mod schedule;
mod sequences;
mod start;
mod storage;
mod tree;
mod uploads;

use std::cell::RefCell;
use std::rc::Weak;

use scenecast_protocol::camera::ViewerCamera;
use scenecast_protocol::state::{Changes, NodeId, ViewerState};
use scenecast_protocol::{Limits, Message, message};
use wasm_bindgen::JsValue;

use crate::camera::Camera;
use crate::connection::socket::Socket;
use crate::connection::throttle::Throttle;
use crate::connection::{Attention, Dialer};
use crate::gui::mount::Gui;
use crate::gui::outbox::Outbox;
use crate::inbox::Inbox;
use crate::input::Gestures;
use crate::input::keys::HeldKeys;
use crate::interaction::Interaction;
use crate::interaction::roster::Roster;
use crate::sequence::Sequences;
use crate::url_params::UrlParams;
use anchors::Anchors;
use api::Api;
use canvas::Canvas;
use capture::Awaited;
use downloads::Downloads;
use highlight::Highlight;
use journal::Journal;
use overlay::Overlay;
use playback::Playback;
use pointing::Pointing;
use readiness::Readiness;
use schedule::Schedule;
use tree::NodeTable;
use uploads::Uploads;

pub(crate) use start::start;
pub(crate) use tree::Sight;

/// Reports of the camera are at least this far apart.
const REPORT_MS: f64 = 20.0;
/// The first report follows the connection after this time, so that server code which waits for a
/// viewer finds the scene's own start of the camera applied.
const FIRST_REPORT_MS: f64 = 50.0;
/// The first picture of an unfinished replay is drawn after this time, and each further one when
/// three times as long has passed: drawing takes time from reading.
const REPLAY_PICTURE_MS: f64 = 250.0;
/// The longest time that the camera may move on in one frame, seconds.
const MAX_STEP_SECS: f64 = 0.5;

/// The page.
pub(crate) struct App {
    params: UrlParams,
    window: web_sys::Window,
    document: web_sys::Document,
    handle: Handle,
    schedule: Schedule,
    journal: Journal,
    canvas: Canvas,
    overlay: Option<Overlay>,

    dialer: Dialer,
    socket: Option<Socket>,
    inbox: Option<Inbox>,
    limits: Limits,

    playback: Playback,
    sequences: Sequences,
    api: Api,

    state: ViewerState,
    changes: Changes,
    /// A scene has come: before that, there is nothing to draw.
    has_scene: bool,
    messages: u64,

    pub(crate) camera: Camera,
    pub(crate) gestures: Gestures,
    pub(crate) keys: HeldKeys,
    interaction: Interaction,
    roster: Roster,
    readiness: Readiness,
    pointing: Pointing,
    highlight: Highlight,
    anchors: Anchors,
    nodes: NodeTable,
    downloads: Downloads,
    uploads: Uploads,
    gui: Gui,
    outbox: Outbox,
    awaited: Option<Awaited>,
    reports: Throttle<ViewerCamera>,
    last_report: Option<ViewerCamera>,
    connected_ms: f64,
    /// When the next picture of an unfinished replay is due.
    replay_picture_ms: f64,
    /// The point that the camera orbits is marked while it moves.
    shows_crosshair: bool,
    /// Edits that waited for the connection have been looked through.
    has_kept_edits: bool,
    /// When the last frame was, while frames follow each other.
    last_frame_ms: Option<f64>,
}

/// The app, for callbacks of the browser.
#[derive(Clone)]
pub(crate) struct Handle(Weak<RefCell<App>>);

impl Handle {
    /// Runs code with the app. The browser runs one callback at a time, so that it is never in use
    /// already, unless a panic has ended it for good.
    pub(crate) fn with(&self, run: impl FnOnce(&mut App)) {
        if let Some(app) = self.0.upgrade()
            && let Ok(mut app) = app.try_borrow_mut()
        {
            run(&mut app);
        }
    }

    /// The same to look only; undefined where there is no app.
    fn read(&self, run: impl FnOnce(&App) -> JsValue) -> JsValue {
        let app = self.0.upgrade();
        let read = app.as_ref().and_then(|app| app.try_borrow().ok());
        read.map_or(JsValue::UNDEFINED, |app| run(&app))
    }
}

impl App {
    /// Runs [`frame`](Self::frame) before the next picture.
    pub(crate) fn request_frame(&mut self) {
        self.schedule.request_frame();
    }

    /// One picture. The browser says for when it is: pictures are evenly apart, unlike the times at
    /// which their turn comes, and what plays or moves goes by that.
    fn frame(&mut self, at_ms: f64) {
        self.schedule.frame_began();
        let now_ms = self.now_ms();
        self.canvas.frame_began(now_ms);
        self.advance(now_ms, at_ms);
        let inbox = self.inbox.as_ref();
        let is_waiting = self.awaited.is_some()
            || inbox.is_some_and(|inbox| !inbox.is_empty() || inbox.is_replaying(now_ms));
        let is_busy = is_waiting
            || self.playback.is_playing()
            || self.sequences.is_playing()
            || self.keys.is_active()
            || self.camera.is_moving()
            || self.canvas.is_animated()
            || self.canvas.is_unfinished();
        self.last_frame_ms = is_busy.then_some(at_ms);
        let has_more = self.get_ready(now_ms);
        if is_busy || has_more {
            self.schedule.request_frame();
        }
    }

    /// Everything that is to be done before a picture, and the picture.
    fn advance(&mut self, now_ms: f64, at_ms: f64) {
        self.receive(now_ms);
        self.send_edits(now_ms);
        self.show_gui(now_ms);
        self.play(at_ms);
        self.play_sequences(at_ms);
        let step_secs = self
            .last_frame_ms
            .map_or(1.0 / 60.0, |last| (at_ms - last) / 1e3);
        let step_secs = step_secs.clamp(0.0, MAX_STEP_SECS);
        if !self.interaction.locks_camera() {
            self.keys.apply(step_secs, &mut self.camera);
        }
        self.camera.tick(step_secs);
        if self.is_picture_due(now_ms) {
            self.draw(now_ms);
        }
        self.report_camera(now_ms);
        self.plan(now_ms);
    }

    fn is_picture_due(&self, now_ms: f64) -> bool {
        let is_unfinished = self
            .inbox
            .as_ref()
            .is_some_and(|inbox| inbox.is_replaying(now_ms) && !inbox.is_holding(now_ms));
        let is_used = self.gestures.is_active() || self.keys.is_active();
        let is_rare = now_ms >= self.replay_picture_ms;
        self.has_scene && !self.document.hidden() && (!is_unfinished || is_used || is_rare)
    }

    fn draw(&mut self, now_ms: f64) {
        self.sync();
        self.tick_interaction();
        self.mark_pointing();
        if self.canvas.draw(&self.camera, now_ms, &mut self.journal)
            && let Some(overlay) = &mut self.overlay
        {
            overlay.drawn(self.canvas.stats, self.state.scene.len(), now_ms);
        }
        self.replay_picture_ms = now_ms + 2.0 * (now_ms - self.connected_ms);
    }

    /// Applies the windows that are due. While a picture waits to be taken, nothing is due.
    fn receive(&mut self, now_ms: f64) {
        let is_seen = !self.document.hidden();
        while self.take_awaited(now_ms, is_seen)
            && let Some(delivery) = self
                .inbox
                .as_mut()
                .and_then(|inbox| inbox.pop(now_ms, is_seen))
        {
            if delivery.is_first {
                self.canvas.clear(&self.state.scene);
                self.state = self.state.reconnected();
                self.sequences.clear();
                self.interaction.reset();
                self.roster.expire();
                self.forget_nodes();
                self.has_scene = true;
            }
            self.messages += delivery.messages.len() as u64;
            self.apply(delivery.messages, now_ms);
        }
        self.camera.settle();
    }

    fn apply(&mut self, messages: Vec<Message>, now_ms: f64) {
        let mut messages = messages.into_iter();
        while let Some(message) = messages.next() {
            self.sequences.note(&message);
            if let Err(error) = self.state.apply(&message) {
                self.journal.warn(&error.to_string());
            }
            match message {
                Message::SetOrientation(m) if m.name.is_empty() => self.turn_scene(),
                Message::SetPosition(m) if m.name.is_empty() => self.turn_scene(),
                Message::SetSceneNodeClickBindings(_) | Message::SetSceneNodeDragBindings(_) => {
                    self.roster.expire();
                    self.readiness.expire(now_ms);
                }
                Message::TimelineState(state) => self.timeline_came(&state, now_ms),
                Message::SequenceFrames(frames) => self.sequences.receive(frames, now_ms),
                Message::GetRenderRequest(request) => {
                    self.await_picture(request, messages.collect(), now_ms);
                    break;
                }
                Message::AddComponent(added) => self.outbox.heard(&added.uuid, now_ms),
                Message::GuiUpdate(update) => self.gui_updated(&update, now_ms),
                Message::Unknown(_) => {
                    self.journal
                        .warn(&format!("unknown message {:?} is ignored", message.tag()));
                }
                other => {
                    self.camera.apply(&other);
                    self.answer(&other);
                }
            }
        }
        self.turn_scene();
    }

    fn turn_scene(&mut self) {
        let root = self.state.scene.pose(NodeId::ROOT);
        self.camera.set_render_from_scene(root.to_affine());
    }

    /// Brings the renderer up to date.
    fn sync(&mut self) {
        let now_ms = self.now_ms();
        if self.has_scene {
            self.state.scene.settle(&mut self.changes);
            self.roster.note(&self.changes);
            self.show_nodes();
            self.readiness.note(&self.changes, now_ms);
            self.canvas
                .sync(&mut self.state, &self.changes, &mut self.journal);
            self.canvas
                .advance(now_ms, &self.state.scene, &mut self.journal);
        }
    }

    /// Tells the server where the camera is, if it has moved.
    fn report_camera(&mut self, now_ms: f64) {
        let is_due = self.dialer.is_open() && now_ms >= self.connected_ms + FIRST_REPORT_MS;
        if !is_due && !self.playback.is_on() {
            return;
        }
        let viewport = self.canvas.viewport();
        let report = self.camera.report(viewport.width, viewport.height);
        if self.last_report.as_ref() != Some(&report) {
            if self.params.log_camera {
                web_sys::console::log_1(&crate::url_params::camera_query(&report).into());
            }
            self.last_report = Some(report.clone());
            if is_due {
                self.reports.offer(report);
            }
        }
        if let Some(socket) = self.socket.as_ref().filter(|socket| socket.has_room())
            && let Some(report) = self.reports.take(now_ms)
        {
            socket.send(&message::to_server(&report));
        }
    }

    /// The canvas has another size: draws at once, since the browser is about to show it.
    fn resized(&mut self) {
        self.canvas.measure();
        let now_ms = self.now_ms();
        // The last picture once more. The next one is for a time that may be before now.
        self.advance(now_ms, self.last_frame_ms.unwrap_or(now_ms));
    }

    /// The timer's turn.
    fn timer(&mut self) {
        self.schedule.timer_ran();
        let now_ms = self.now_ms();
        self.work_on_recording(now_ms);
        self.dial(now_ms);
        self.report_camera(now_ms);
        self.send_edits(now_ms);
        self.show_gui(now_ms);
        self.tick_interaction();
        self.play_sequences(now_ms);
        self.plan(now_ms);
    }

    /// Sets the timer to when something is to be done next without anything having happened.
    fn plan(&mut self, now_ms: f64) {
        let first_report = self.dialer.is_open() && self.last_report.is_none();
        let times = [
            self.dialer
                .wake_ms(self.attention())
                .filter(|_| !self.playback.is_on()),
            self.reports.wake_ms().filter(|_| self.dialer.is_open()),
            first_report.then_some(self.connected_ms + FIRST_REPORT_MS),
            self.interaction.wake_ms(),
            self.outbox.wake_ms(self.may_send_edits(now_ms)),
            self.playback.wake_ms(now_ms),
            self.sequences.wake_ms(),
        ];
        let next = times.into_iter().flatten().min_by(f64::total_cmp);
        self.schedule.set_timer(next, now_ms);
    }

    /// The page's place on the screen, or who looks at it, has changed.
    fn attention_changed(&mut self) {
        let now_ms = self.now_ms();
        self.dial(now_ms);
        self.plan(now_ms);
        self.request_frame();
    }

    fn attention(&self) -> Attention {
        match (
            self.document.hidden(),
            self.document.has_focus().unwrap_or(true),
        ) {
            (true, _) => Attention::Hidden,
            (false, true) => Attention::Focused,
            (false, false) => Attention::Visible,
        }
    }

    fn now_ms(&self) -> f64 {
        self.window
            .performance()
            .map_or_else(js_sys::Date::now, |performance| performance.now())
    }
}

/// A JavaScript error as text.
pub(crate) fn describe(error: &JsValue) -> String {
    use wasm_bindgen::JsCast;
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => format!("{error:?}"),
    }
}
