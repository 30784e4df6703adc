//! Files to the server: read as they go, and begun anew where the connection was lost.

use std::sync::Arc;

use js_sys::futures::{JsFuture, spawn_local};
use js_sys::{Promise, Uint8Array};
use scenecast_protocol::gui::notification::RemoveNotification;
use scenecast_protocol::transfer::{FileTransferPart, FileTransferPartAck};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::File;

use super::{App, Handle};
use crate::gui::store::uploads::{Phase, ShownUpload};
use crate::ordered::OrderedMap;
use crate::requests::downloads::described;
use crate::requests::uploads::{Part, Upload};

/// The most files under way at a time.
const MAX_FILES: usize = 8;
/// Where the socket is full, the next part is tried again after this time, milliseconds.
const RETRY_MS: i32 = 30;
/// For how long a button says that its file has come, milliseconds.
const DONE_MS: i32 = 5_000;

/// Files under way, by the buttons that they are for.
#[derive(Default)]
pub(super) struct Uploads {
    files: OrderedMap<Arc<str>, Sending>,
    is_retrying: bool,
}

struct Sending {
    upload: Upload,
    file: File,
    /// There is no connection, or its replay is not complete.
    is_waiting: bool,
}

impl Sending {
    /// What it is called while it is shown.
    fn label(&self) -> String {
        described(self.upload.filename(), self.upload.bytes() as i64)
    }
}

impl App {
    /// The user has chosen a file for a button.
    pub(crate) fn upload(&mut self, component: Arc<str>, file: File) {
        let label = described(&file.name(), file.size() as i64);
        let is_room = self.uploads.files.len() < MAX_FILES;
        if !self.dialer.is_open() || !is_room || self.uploads.files.get(&*component).is_some() {
            let why = match self.dialer.is_open() {
                true => "Others are on their way; wait for them.",
                false => "There is no connection.",
            };
            return self.show_upload(&component, label, Phase::Failed(why.to_owned()));
        }
        let (name, kind, size) = (file.name(), file.type_(), file.size() as u64);
        let upload = Upload::new(&component, new_name(), name, kind, size);
        self.send(&upload.announcement());
        self.show_upload(&component, label, Phase::Sending(0.0));
        let sending = Sending {
            upload,
            file,
            is_waiting: false,
        };
        self.uploads.files.insert(component, sending);
        self.send_parts();
    }

    /// The user wants a file not to be sent any more.
    pub(crate) fn cancel_upload(&mut self, component: &str) {
        if let Some(sending) = self.uploads.files.remove(component) {
            // A part before the first: our server then drops what it has of the file.
            self.send(&part(component, &sending.upload, -1, &[]));
        }
        self.hide_upload(component);
    }

    /// The server has taken in a part, or wants no more of the file.
    pub(super) fn part_was_taken(&mut self, ack: &FileTransferPartAck) {
        let of_ack = |sending: &Sending| sending.upload.transfer() == ack.transfer_uuid;
        let mut files = self.uploads.files.iter_mut();
        let found = files.find(|(_, sending)| of_ack(sending));
        let Some((component, label, upload)) = found.map(|(component, sending)| {
            sending.upload.take(ack);
            (component.clone(), sending.label(), sending.upload.clone())
        }) else {
            return;
        };
        drop(files);
        if upload.is_done() {
            self.uploads.files.remove(&component);
            self.show_upload(&component, label, Phase::Done);
            self.hide_upload_later(&component);
        } else {
            self.show_upload(&component, label, Phase::Sending(upload.share()));
            self.send_parts();
        }
    }

    /// Our server takes back what it said of a file that it did not keep, and says why.
    pub(super) fn upload_was_refused(&mut self, removed: &RemoveNotification) {
        if removed.uuid.starts_with("upload-") {
            let is_done = |shown: &ShownUpload| shown.phase == Phase::Done;
            self.gui
                .store
                .uploads
                .update(|shown| shown.retain(|shown| !is_done(shown)));
        }
    }

    /// The connection is lost, and what the server had of files with it.
    pub(super) fn interrupt_uploads(&mut self) {
        let files = self.uploads.files.iter_mut();
        let waiting = files.map(|(component, sending)| {
            sending.is_waiting = true;
            (component.clone(), sending.label())
        });
        let waiting: Vec<(Arc<str>, String)> = waiting.collect();
        for (component, label) in waiting {
            self.show_upload(&component, label, Phase::Waiting);
        }
    }

    /// A new connection has said what there is: files whose buttons are there begin anew.
    pub(super) fn resume_uploads(&mut self) {
        let waiting: Vec<Arc<str>> = self
            .uploads
            .files
            .iter()
            .filter(|(_, sending)| sending.is_waiting)
            .map(|(component, _)| component.clone())
            .collect();
        for component in waiting {
            let is_there = self.state.gui.component(&component).is_some();
            let Some(sending) = self.uploads.files.get_mut(&*component) else {
                continue;
            };
            let label = sending.label();
            if is_there && sending.upload.restart(new_name()) {
                sending.is_waiting = false;
                let announcement = sending.upload.announcement();
                self.send(&announcement);
                self.show_upload(&component, label, Phase::Sending(0.0));
            } else {
                self.uploads.files.remove(&*component);
                let why = "The connection was lost.".to_owned();
                self.show_upload(&component, label, Phase::Failed(why));
            }
        }
        self.send_parts();
    }

    /// Reads the parts that may be sent now.
    fn send_parts(&mut self) {
        let Some(socket) = self.socket.as_ref().filter(|_| self.dialer.is_open()) else {
            return;
        };
        if !socket.has_room() {
            return self.retry_parts();
        }
        for (component, sending) in self.uploads.files.iter_mut() {
            if sending.is_waiting {
                continue;
            }
            if let Some(part) = sending.upload.part() {
                let bytes = sending
                    .file
                    .slice_with_f64_and_f64(part.start as f64, part.end as f64);
                let transfer = sending.upload.transfer().to_owned();
                let bytes = bytes.map(|bytes| bytes.array_buffer().unchecked_into::<Promise>());
                read(&self.handle, component.clone(), transfer, part, bytes);
            }
        }
    }

    fn retry_parts(&mut self) {
        if std::mem::replace(&mut self.uploads.is_retrying, true) {
            return;
        }
        let handle = self.handle.clone();
        let again = move |app: &mut App| {
            app.uploads.is_retrying = false;
            app.send_parts();
        };
        later(&self.window, RETRY_MS, move || handle.ask(again));
    }

    /// A part has been read.
    fn part_was_read(&mut self, component: &str, transfer: &str, at: Part, bytes: Option<Vec<u8>>) {
        let sending = self.uploads.files.get_mut(component);
        let is_wanted =
            |sending: &&mut Sending| sending.upload.transfer() == transfer && !sending.is_waiting;
        let Some(sending) = sending.filter(is_wanted) else {
            return;
        };
        match bytes.filter(|bytes| bytes.len() as u64 == at.end - at.start) {
            Some(bytes) => {
                sending.upload.sent();
                let message = part(component, &sending.upload, at.index as i64, &bytes);
                self.send(&message);
                self.send_parts();
            }
            None => {
                let label = sending.label();
                let why = "It cannot be read; it may have changed.".to_owned();
                self.cancel_upload(component);
                self.show_upload(component, label, Phase::Failed(why));
            }
        }
    }

    fn show_upload(&self, component: &str, label: String, phase: Phase) {
        let component: Arc<str> = component.into();
        self.gui.store.uploads.update(|shown| {
            shown.retain(|shown| shown.component != component);
            shown.push(ShownUpload {
                component,
                label,
                phase,
            });
        });
    }

    /// The button shows no file any more.
    pub(crate) fn hide_upload(&self, component: &str) {
        let uploads = self.gui.store.uploads;
        uploads.update(|shown| shown.retain(|shown| *shown.component != *component));
    }

    fn hide_upload_later(&self, component: &Arc<str>) {
        let (uploads, component) = (self.gui.store.uploads, component.clone());
        later(&self.window, DONE_MS, move || {
            let is_over =
                |shown: &ShownUpload| shown.component == component && shown.phase == Phase::Done;
            uploads.update(|shown| shown.retain(|shown| !is_over(shown)));
        });
    }
}

fn part(component: &str, upload: &Upload, part_index: i64, bytes: &[u8]) -> FileTransferPart {
    FileTransferPart {
        source_component_uuid: Some(component.to_owned()),
        transfer_uuid: upload.transfer().to_owned(),
        part_index,
        content: bytes.to_vec().into(),
    }
}

/// Reads bytes and tells the app.
fn read(
    app: &Handle,
    component: Arc<str>,
    transfer: String,
    part: Part,
    bytes: Result<Promise, JsValue>,
) {
    let app = app.clone();
    spawn_local(async move {
        let buffer = match bytes {
            Ok(promise) => JsFuture::from(promise).await.ok(),
            Err(_) => None,
        };
        let bytes = buffer.map(|buffer| Uint8Array::new(&buffer).to_vec());
        app.ask(move |app| app.part_was_read(&component, &transfer, part, bytes));
    });
}

/// A name that no other transfer has. It is no secret.
fn new_name() -> String {
    let digits = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!(
        "{:08x}{:08x}{:08x}{:08x}",
        digits(),
        digits(),
        digits(),
        digits()
    )
}

fn later(window: &web_sys::Window, after_ms: i32, run: impl FnOnce() + 'static) {
    let run = Closure::once_into_js(run);
    // It fails only where there is no function.
    let _ =
        window.set_timeout_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), after_ms);
}
