//! What views ask of the app.

use std::sync::Arc;

use scenecast_dom::*;
use scenecast_protocol::{Value, Wire, message};

use super::outbox;
use crate::app::{App, Handle};

/// The app, for views. It is a small handle, to be copied into every closure.
#[derive(Clone, Copy)]
pub(crate) struct Actions(StoredValue<Handle>);

impl Actions {
    pub(super) fn new(app: &Handle) -> Self {
        Self(StoredValue::new(app.clone()))
    }

    /// Runs code with the app: at once, or, while the app itself is at work, as soon as it is
    /// done. Elements that the app removes may report that they lose the keyboard, for example.
    pub(crate) fn ask(self, run: impl FnOnce(&mut App) + 'static) {
        self.0.with_value(|app| app.ask(run));
    }

    /// The user has given an input another value.
    pub(crate) fn edit(self, uuid: Arc<str>, value: Value) {
        self.ask(move |app| app.edit(uuid, value));
    }

    /// The user has clicked something: a value that is sent every time, and that nothing shows.
    pub(crate) fn click(self, uuid: &Arc<str>, value: Value) {
        self.send(&outbox::update(uuid, value));
    }

    /// Sends a message at once, after all edits that were made before it.
    pub(crate) fn send(self, message: &impl Wire) {
        let message = message::to_server(message);
        self.ask(move |app| app.send_after_edits(&message));
    }
}
