//! What one viewer is uploading.

use super::{
    Upload, UploadButton,
    spool::{Spool, SpoolError, Taken},
};
use crate::{
    client::Client,
    gui::{GuiColor, GuiHandle, Notification, Viewer},
};
use scenecast_protocol::{
    gui::{ColorName, notification::RemoveNotification},
    transfer::{FileTransferPart, FileTransferPartAck, FileTransferStartUpload},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::Ordering},
};
use tokio::task::block_in_place;

/// How many files one viewer may upload at a time.
const MAX_RUNNING: usize = 8;

/// A file on its way.
struct Running {
    button: GuiHandle<UploadButton>,
    start: FileTransferStartUpload,
    /// How many times uploads had been cancelled when it began.
    cancelled: u64,
    spool: Spool,
}

/// What one viewer is uploading, by the name of the transfer. It goes with the viewer, and the files
/// with it.
#[derive(Default)]
pub(crate) struct Uploads(Mutex<HashMap<String, Running>>);

impl Uploads {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Running>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Drops all that has not come whole.
    pub(crate) fn clear(&self) {
        let dropped = std::mem::take(&mut *self.lock());
        drop(dropped);
    }

    /// A viewer begins to upload a file.
    pub(super) fn begin(
        &self,
        button: &GuiHandle<UploadButton>,
        start: &FileTransferStartUpload,
        viewer: &Viewer<'_>,
    ) {
        match self.prepared(button, start) {
            Ok(running) if start.part_count == 0 => finish(running, viewer),
            Ok(running) => {
                self.lock().insert(start.transfer_uuid.clone(), running);
            }
            Err(reason) => give_up(viewer.client, start, &reason),
        }
    }

    fn prepared(
        &self,
        button: &GuiHandle<UploadButton>,
        start: &FileTransferStartUpload,
    ) -> Result<Running, String> {
        let allows = &button.element.own;
        let bytes = u64::try_from(start.size_bytes).map_err(|_| "It has no size.".to_owned())?;
        // Each part but the only one of an empty file holds something.
        let parts = u64::try_from(start.part_count).ok();
        let parts = parts.filter(|parts| *parts <= bytes.max(1) && (*parts > 0 || bytes == 0));
        let parts = parts.ok_or_else(|| "Its parts do not add up.".to_owned())?;
        if bytes > allows.max_bytes {
            let limit = allows.max_bytes;
            return Err(format!("It has {bytes} bytes, {limit} are allowed."));
        }
        if self.lock().len() >= MAX_RUNNING {
            return Err(format!(
                "{MAX_RUNNING} others are on their way; wait for them."
            ));
        }
        let spool = block_in_place(|| Spool::new(parts, bytes));
        Ok(Running {
            button: button.clone(),
            start: start.clone(),
            cancelled: allows.cancelled.load(Ordering::Relaxed),
            spool: spool.map_err(|error| server_side(&error.into()))?,
        })
    }

    /// A part has come.
    pub(crate) fn part(&self, part: &FileTransferPart, viewer: &Viewer<'_>) {
        // No message says that a viewer wants no more; our client sends a part before the first.
        if part.part_index < 0 {
            drop(self.lock().remove(&part.transfer_uuid));
            return;
        }
        // Out of the map meanwhile: a viewer's messages are handled one after the other.
        let running = self.lock().remove(&part.transfer_uuid);
        let Some(mut running) = running else {
            tracing::debug!("{:?} sent a part of an unknown file", viewer.client);
            return;
        };
        let cancelled = running.button.element.own.cancelled.load(Ordering::Relaxed);
        if running.button.is_removed() || cancelled != running.cancelled {
            return give_up(viewer.client, &running.start, "It was cancelled.");
        }
        let index = u64::try_from(part.part_index).unwrap_or(u64::MAX);
        // Where the disk is slow, other viewers of this thread are served by another one.
        match block_in_place(|| running.spool.take(index, &part.content)) {
            Ok(taken) => {
                if taken != Taken::Ignored {
                    acknowledge(viewer.client, &running.start, running.spool.written());
                }
                if taken == Taken::All {
                    finish(running, viewer);
                } else {
                    self.lock().insert(part.transfer_uuid.clone(), running);
                }
            }
            Err(error) => give_up(viewer.client, &running.start, &server_side(&error)),
        }
    }
}

/// What a viewer may know of an error: not which folders there are here.
fn server_side(error: &SpoolError) -> String {
    tracing::warn!("an upload failed: {error}");
    match error {
        SpoolError::Write(_) => "The server cannot keep it.".to_owned(),
        SpoolError::TooMany { .. } | SpoolError::Size { .. } | SpoolError::Disorder => {
            format!("It is broken: {error}.")
        }
    }
}

fn finish(running: Running, viewer: &Viewer<'_>) {
    let Running {
        button,
        start,
        spool,
        ..
    } = running;
    let size = spool.written();
    match block_in_place(|| spool.finish()) {
        Ok(path) => {
            if size == 0 {
                acknowledge(viewer.client, &start, 0);
            }
            let upload = Upload {
                name: base_name(&start.filename).to_owned(),
                mime_type: start.mime_type,
                size,
                path: Arc::new(path),
            };
            button.finish(upload, viewer);
        }
        Err(error) => give_up(viewer.client, &start, &server_side(&error)),
    }
}

/// A file's name without folders.
fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// Says how much has come. Only the viewer who sends the file is told.
fn acknowledge(client: &Client, start: &FileTransferStartUpload, transferred: u64) {
    client.inner.scene.inner.scope.send(FileTransferPartAck {
        source_component_uuid: Some(start.source_component_uuid.clone()),
        transfer_uuid: start.transfer_uuid.clone(),
        transferred_bytes: transferred as i64,
        total_bytes: start.size_bytes,
    });
}

/// Ends an upload, and says why. Viewers let go of their button once all is acknowledged, and
/// name their own note after the transfer.
fn give_up(client: &Client, start: &FileTransferStartUpload, reason: &str) {
    tracing::debug!("{client:?} uploads {:?} in vain: {reason}", start.filename);
    acknowledge(client, start, start.size_bytes.max(0) as u64);
    client.inner.scene.inner.scope.send(RemoveNotification {
        uuid: format!("upload-{}", start.transfer_uuid).into(),
    });
    let title = format!("{} was not uploaded", base_name(&start.filename));
    let note = Notification::default().title(title).body(reason);
    client.add_notification(note.color(GuiColor::Named(ColorName::Red)));
}

#[cfg(test)]
mod tests {
    use super::base_name;

    #[test]
    fn names_have_no_folders() {
        for name in ["a.txt", "/etc/a.txt", "..\\..\\a.txt", "b/..\\a.txt"] {
            assert_eq!(base_name(name), "a.txt", "{name}");
        }
        assert_eq!(base_name(""), "");
    }
}
