//! The app's side of the connection.

use bytes::Bytes;
use scenecast_protocol::window;

use super::{App, REPLAY_PICTURE_MS, describe};
use crate::connection::Action;
use crate::connection::socket::{Event, Socket};
use crate::inbox::Inbox;
use crate::status::Notice;
use crate::url_params::serves_page;

impl App {
    /// Opens and closes sockets as the dialer says.
    pub(super) fn dial(&mut self, now_ms: f64) {
        // While a recording is shown there is no server to talk to.
        while !self.playback.is_on()
            && let Some(action) = self.dialer.poll(now_ms, self.attention())
        {
            self.perform(action);
        }
        self.gui
            .show_connection(self.dialer.status(), self.notice());
    }

    pub(super) fn perform(&mut self, action: Action) {
        match action {
            Action::Open {
                generation,
                protocol,
            } => {
                let handle = self.handle.clone();
                let report = move |event| handle.with(|app| app.socket_event(generation, event));
                match Socket::open(&self.params.server, &protocol, report) {
                    Ok(socket) => self.socket = Some(socket),
                    Err(error) => self.dialer.bad_address(describe(&error)),
                }
            }
            Action::Abandon { .. } => self.socket = None,
        }
    }

    fn socket_event(&mut self, generation: u32, event: Event) {
        if !self.dialer.is_current(generation) {
            return;
        }
        let now_ms = self.now_ms();
        match event {
            Event::Open => {
                if self.dialer.opened(generation, now_ms) {
                    self.inbox = Some(Inbox::new(self.has_scene, now_ms));
                    self.connected_ms = now_ms;
                    self.replay_picture_ms = now_ms + REPLAY_PICTURE_MS;
                    self.last_report = None;
                    self.has_kept_edits = false;
                    self.reports.clear();
                }
            }
            Event::Window(payload) => self.window_came(&payload, now_ms),
            Event::Text => {
                self.break_off("a text frame instead of a binary one".to_owned(), now_ms)
            }
            Event::Close { code, reason } => {
                let was_open = self.dialer.is_open();
                self.hang_up(now_ms);
                self.dialer.closed(generation, code, &reason, now_ms);
                if !was_open {
                    self.inquire(generation);
                }
            }
        }
        self.dial(now_ms);
        self.plan(now_ms);
    }

    /// The connection is gone.
    pub(super) fn hang_up(&mut self, now_ms: f64) {
        self.socket = None;
        self.sequences.hang_up();
        self.outbox.hang_up(now_ms);
        self.downloads.abandon();
        self.interrupt_uploads();
        // A replay that was cut off is no picture.
        self.inbox = self.inbox.take().filter(|inbox| !inbox.is_holding(now_ms));
    }

    fn window_came(&mut self, payload: &Bytes, now_ms: f64) {
        let window = match window::decode(payload, &self.limits) {
            Ok(window) => window,
            Err(error) => return self.break_off(error.to_string(), now_ms),
        };
        self.dialer.heard();
        for rejected in &window.rejected {
            self.journal.warn(&format!("message ignored: {rejected}"));
        }
        if let Some(inbox) = &mut self.inbox {
            inbox.push(window, payload.len(), now_ms);
        }
        if self.document.hidden() {
            // No frames come, but what arrives must not pile up.
            self.receive(now_ms);
            self.sync();
            self.send_edits(now_ms);
            self.report_camera(now_ms);
        } else {
            self.request_frame();
        }
    }

    /// Gives up a connection whose server sends what nobody can read.
    fn break_off(&mut self, error: String, now_ms: f64) {
        self.journal
            .warn(&format!("connection closed, unreadable: {error}"));
        let action = self.dialer.broken(error, now_ms);
        self.perform(action);
    }

    /// Whether the server is the one that serves the page.
    pub(crate) fn is_server_of_page(&self) -> bool {
        let href = self.window.location().href().unwrap_or_default();
        serves_page(&href, &self.params.server)
    }

    /// What the page says about the connection.
    pub(super) fn notice(&self) -> Notice {
        match self.playback.is_on() {
            true => self.playback.status(),
            false => Notice::of(self.dialer.status(), &self.params.server),
        }
    }
}
