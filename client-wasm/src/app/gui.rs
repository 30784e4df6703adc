//! The app's side of the GUI.

use std::sync::Arc;

use scenecast_protocol::gui::{GuiFormDirty, GuiUpdate};
use scenecast_protocol::state::GuiState;
use scenecast_protocol::{Message, Value, message};

use super::{App, Handle};
use crate::connection::socket::Socket;
use crate::gui::outbox;
use crate::inbox::Inbox;

impl Handle {
    /// Runs code with the app: at once, or, while the app is at work, as soon as it is done.
    pub(crate) fn ask(&self, run: impl FnOnce(&mut App) + 'static) {
        self.ask_boxed(Box::new(run));
    }

    fn ask_boxed(&self, run: Box<dyn FnOnce(&mut App)>) {
        let Some(app) = self.0.upgrade() else {
            return;
        };
        if let Ok(mut app) = app.try_borrow_mut() {
            return run(&mut app);
        }
        let handle = self.clone();
        js_sys::futures::spawn_local(async move { handle.with(run) });
    }
}

impl App {
    /// Shows what has changed in the GUI.
    pub(super) fn show_gui(&mut self, now_ms: f64) {
        for uuid in self.outbox.rested(now_ms) {
            self.gui.release(&uuid);
        }
        let is_replaying = |inbox: &Inbox| inbox.is_replaying(now_ms);
        let is_complete = !self.inbox.as_ref().is_some_and(is_replaying);
        let outbox = &self.outbox;
        let is_withheld = |uuid: &str| outbox.is_withheld(uuid);
        let gui = &mut self.state.gui;
        if self.gui.show(gui, now_ms, is_complete, &is_withheld) {
            self.request_frame();
        }
    }

    /// The server has set a component's properties.
    pub(super) fn gui_updated(&mut self, update: &GuiUpdate, now_ms: f64) {
        if update.updates.0.iter().any(|(name, _)| *name == *"value") {
            self.outbox.heard(&update.uuid, now_ms);
        }
    }

    /// The user has given a component another value.
    pub(crate) fn edit(&mut self, uuid: Arc<str>, value: Value) {
        let now_ms = self.now_ms();
        self.take_over(outbox::update(&uuid, value.clone()));
        self.gui.edit(&self.state.gui, &uuid);
        self.outbox.edit(&uuid, value, now_ms);
        self.send_edits(now_ms);
        self.request_frame();
        self.plan(now_ms);
    }

    /// The user is at a component, without a new value yet.
    pub(crate) fn touch(&mut self, uuid: &Arc<str>) {
        let now_ms = self.now_ms();
        self.outbox.touch(uuid, now_ms);
    }

    /// The user holds a component, or lets go of it.
    pub(crate) fn hold(&mut self, uuid: &Arc<str>, is_held: bool) {
        self.outbox.hold(uuid, is_held);
        if !is_held {
            self.request_frame();
        }
    }

    /// Sends a message after all edits that were made before it. Without a connection it is lost:
    /// it is no edit.
    pub(crate) fn send_after_edits(&mut self, message: &[u8]) {
        let Some(socket) = self.socket.as_ref().filter(|_| self.dialer.is_open()) else {
            return;
        };
        let now_ms = self.now_ms();
        let edits = self.outbox.flush(now_ms);
        send_all(socket, &self.state.gui, &edits);
        socket.send(message);
        self.have_sent(edits);
    }

    /// Whether the server would take edits. Those that were made without a connection go out when
    /// the new one has said what there is; and viser's server knows a viewer only once it has
    /// reported its camera.
    pub(super) fn may_send_edits(&self, now_ms: f64) -> bool {
        let is_live = |inbox: &Inbox| !inbox.is_replaying(now_ms);
        self.dialer.is_open()
            && self.last_report.is_some()
            && self.inbox.as_ref().is_some_and(is_live)
    }

    /// Sends edits that are due.
    pub(super) fn send_edits(&mut self, now_ms: f64) {
        if !self.may_send_edits(now_ms) {
            return;
        }
        let Some(socket) = self.socket.as_ref().filter(|socket| socket.has_room()) else {
            return;
        };
        if !std::mem::replace(&mut self.has_kept_edits, true) {
            let gui = &self.state.gui;
            self.outbox.keep(|uuid| gui.component(uuid).is_some());
        }
        let edits = self.outbox.take(now_ms);
        send_all(socket, &self.state.gui, &edits);
        self.have_sent(edits);
    }

    /// The server may have said something else since an edit was made: now it is said again.
    fn have_sent(&mut self, edits: Vec<GuiUpdate>) {
        for edit in edits {
            if let Some(uuid) = self.state.gui.form_of(&edit.uuid).cloned() {
                self.take_over(GuiFormDirty { uuid });
            }
            self.take_over(edit);
        }
    }

    /// What the server will not tell whoever did it.
    fn take_over(&mut self, message: impl Into<Message>) {
        if let Err(error) = self.state.apply(&message.into()) {
            self.journal.warn(&error.to_string());
        }
    }
}

/// Sends edits. The first one in a form that has none yet makes it dirty.
fn send_all(socket: &Socket, gui: &GuiState, edits: &[GuiUpdate]) {
    let mut dirty: Vec<&Arc<str>> = Vec::new();
    for edit in edits {
        if let Some(form) = gui.form_of(&edit.uuid)
            && !gui.is_dirty(form)
            && !dirty.contains(&form)
        {
            dirty.push(form);
            let uuid = form.clone();
            socket.send(&message::to_server(&GuiFormDirty { uuid }));
        }
        socket.send(&message::to_server(edit));
    }
}
