//! Files from viewers.

mod running;
mod spool;

pub(crate) use running::Uploads;

use super::{
    GuiHandle,
    builder::{in_container, input},
    component::{Component, Parts, Said},
    element::Viewer,
    handle::callbacks,
    icon::{self, icon_builder, icon_handle},
};
use crate::error::{Error, Result};
use scenecast_protocol::gui;
use std::{
    fs::File,
    io::Read,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::SystemTime,
};
use tempfile::TempPath;

/// The largest file that a viewer may upload, unless the button says otherwise: 1 GiB.
const MAX_BYTES: u64 = 1 << 30;

/// The largest upload that [`Upload::bytes`] reads: 64 MiB.
const MAX_IN_MEMORY: u64 = 64 << 20;

/// A button that asks for a file.
///
/// Files come piece by piece and are written to the system's folder for temporary files as they do,
/// so that a large one takes little memory.
#[derive(Debug, Clone)]
pub struct UploadButton {
    props: gui::UploadButton,
    order: Option<f64>,
    icon: Option<String>,
    max_bytes: u64,
}

input! { UploadButton }
icon_builder! { UploadButton }

impl UploadButton {
    /// A button with this text, for files of any type.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            props: gui::UploadButton::default().label(label),
            order: None,
            icon: None,
            max_bytes: MAX_BYTES,
        }
    }

    /// Its colour: one of the theme's, or `[r, g, b]`.
    #[must_use]
    pub fn color(mut self, color: impl Into<gui::GuiColor>) -> Self {
        self.props.color = Some(color.into());
        self
    }

    /// The files that viewers are offered, such as `image/*` or `.ply`; `*/*` unless set.
    #[must_use]
    pub fn mime_type(mut self, mime_type: impl Into<String>) -> Self {
        self.props.mime_type = mime_type.into();
        self
    }

    /// The largest file that is taken, in bytes; 1 GiB unless set.
    #[must_use]
    pub fn max_bytes(mut self, max_bytes: u64) -> Self {
        self.max_bytes = max_bytes;
        self
    }
}

/// What an upload button allows.
#[doc(hidden)]
#[derive(Debug)]
pub struct Allows {
    max_bytes: u64,
    /// Uploads that began at an earlier count are cancelled.
    cancelled: AtomicU64,
}

impl Component for UploadButton {
    type Props = gui::UploadButton;
    type Value = Option<Upload>;
    type Own = Allows;

    fn parts(mut self) -> Result<Parts<Self>> {
        self.props.icon_html = icon::html(self.icon.as_deref())?;
        let allows = Allows {
            max_bytes: self.max_bytes,
            cancelled: AtomicU64::new(0),
        };
        Parts::new(self.props, None, allows, self.order)
    }

    in_container! { @creation UploadButton, _value }

    fn hear(handle: &GuiHandle<Self>, said: &Said<'_>, viewer: &Viewer<'_>) {
        match said {
            Said::Upload(start) => viewer.client.inner.uploads.begin(handle, start, viewer),
            other => viewer.ignore(other),
        }
    }
}

callbacks! {
    UploadButton: on_upload, on_upload_async, remove_upload_callback, remove_upload_callbacks;
    "with each file that has come whole; it is the event's value"
}

icon_handle! { UploadButton }

impl GuiHandle<UploadButton> {
    /// The last file that came; `None` at first. Its place on the disk is freed when another one
    /// comes, or the button is gone, and nobody has a clone of it.
    ///
    /// # Errors
    /// The button has been removed.
    pub fn value(&self) -> Result<Option<Upload>> {
        self.element.read(|state| state.value.clone())
    }

    /// Ends all uploads that are going on; they are not told of. Viewers are told that theirs was
    /// cancelled.
    ///
    /// # Errors
    /// The button has been removed.
    pub fn cancel_uploads(&self) -> Result<()> {
        self.element.read(|_| ())?;
        self.element.own.cancelled.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Takes a file that has come whole.
    fn finish(&self, upload: Upload, viewer: &Viewer<'_>) {
        let element = &self.element;
        let value = Some(upload);
        let changed = element.change(Vec::new(), |state| {
            state.value.clone_from(&value);
            state.updated = SystemTime::now();
        });
        if changed.is_ok() {
            let event = self.event(Some(viewer.client), value);
            element
                .callbacks
                .call(&element.events, &event, Some(viewer.permit));
        }
    }
}

/// A file that a viewer has uploaded, on this machine's disk. Cloning is cheap; the file is deleted
/// with the last clone.
#[derive(Debug, Clone)]
pub struct Upload {
    name: String,
    mime_type: String,
    size: u64,
    path: Arc<TempPath>,
}

impl Upload {
    /// The file's name on the viewer's machine, without folders. It is a name, not a path to trust.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file's type as the viewer says; empty where it does not know.
    pub fn mime_type(&self) -> &str {
        &self.mime_type
    }

    /// How many bytes there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Where the file is until the last clone of this is gone.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file from its beginning.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn reader(&self) -> Result<File> {
        File::open(self.path()).map_err(|source| self.file_error(source))
    }

    /// The whole file, if it has at most 64 MiB; see [`reader`](Self::reader) for others.
    ///
    /// # Errors
    /// The file is larger, or cannot be read.
    #[doc(alias = "content")]
    pub fn bytes(&self) -> Result<Vec<u8>> {
        self.bytes_up_to(MAX_IN_MEMORY)
    }

    /// The whole file, if it has at most so many bytes.
    ///
    /// # Errors
    /// The file is larger, or cannot be read.
    pub fn bytes_up_to(&self, limit: u64) -> Result<Vec<u8>> {
        if self.size > limit {
            return Err(Error::InvalidValue {
                what: "upload",
                reason: format!(
                    "{} has {} bytes, more than {limit}; use `reader` or `bytes_up_to`",
                    self.name, self.size
                ),
            });
        }
        // It fits, since so much is allowed.
        let mut bytes = Vec::with_capacity(self.size as usize);
        let read = self.reader()?.read_to_end(&mut bytes);
        read.map_err(|source| self.file_error(source))?;
        Ok(bytes)
    }

    fn file_error(&self, source: std::io::Error) -> Error {
        Error::File {
            path: self.path().to_owned(),
            source,
        }
    }
}

#[doc(hidden)]
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.path, &other.path)
    }
}
