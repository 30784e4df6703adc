//! What servers ask of the page, pictures aside, and what they are answered.

use scenecast_protocol::{Message, Wire, message};

use super::{App, storage};

impl App {
    /// Does what a message asks for, if it asks for anything.
    pub(super) fn answer(&mut self, message: &Message) {
        match message {
            Message::FileTransferStartDownload(start) => {
                self.downloads.start(start, &mut self.journal)
            }
            Message::FileTransferPart(part) => self.downloads.part(part, &mut self.journal),
            Message::FileTransferPartAck(ack) => self.part_was_taken(ack),
            Message::RemoveNotification(removed) => self.upload_was_refused(removed),
            Message::ReplayDone(_) => self.resume_uploads(),
            Message::LocalStorageSetItem(m) => {
                self.report(storage::set(&self.window, &m.key, &m.value))
            }
            Message::LocalStorageRemoveItem(m) => {
                self.report(storage::remove(&self.window, &m.key))
            }
            Message::LocalStorageClear(_) => self.report(storage::clear(&self.window)),
            Message::LocalStorageGetItemRequest(request) => {
                let response = storage::get(&self.window, request);
                self.send(&response);
            }
            // The list of all messages is `ViewerState::apply`.
            _ => {}
        }
    }

    /// Tells the server something, if it is there.
    pub(super) fn send(&self, message: &impl Wire) {
        if let Some(socket) = &self.socket {
            socket.send(&message::to_server(message));
        }
    }

    fn report(&mut self, outcome: Result<(), String>) {
        if let Err(error) = outcome {
            self.journal.warn(&format!("local storage: {error}"));
        }
    }
}
