//! Files from the server: how far they are, and where they go.

use js_sys::{Array, Uint8Array};
use scenecast_protocol::transfer::{FileTransferPart, FileTransferStartDownload};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Document, Element, HtmlAnchorElement, Url};

use super::describe;
use super::journal::Journal;
use crate::ordered::OrderedMap;
use crate::requests::downloads::{self, Download, DownloadError, Progress};

/// For how long the notice of a saved file stays, milliseconds.
const SAVED_MS: i32 = 4_000;

/// A part of a file; `None` where the browser has no room for it.
type Part = Option<Blob>;

/// Files under way and their notices. Parts are the browser's as soon as they are here: it may keep
/// them on disk.
pub(super) struct Downloads {
    document: Document,
    list: Option<Element>,
    files: downloads::Downloads<Part>,
    notices: OrderedMap<String, Notice>,
}

/// What the page says about one file.
struct Notice {
    element: Element,
    label: String,
}

impl Downloads {
    pub(super) fn new(document: &Document) -> Self {
        Self {
            document: document.clone(),
            list: document.get_element_by_id("downloads"),
            files: downloads::Downloads::default(),
            notices: OrderedMap::default(),
        }
    }

    /// A file is announced.
    pub(super) fn start(&mut self, start: &FileTransferStartDownload, journal: &mut Journal) {
        let progress = self.files.start(start);
        if progress.is_ok() {
            let label = downloads::described(&start.filename, start.size_bytes);
            if let Ok(element) = self.notice(&label) {
                let notice = Notice { element, label };
                if let Some(old) = self.notices.insert(start.transfer_uuid.clone(), notice) {
                    old.element.remove();
                }
            }
        }
        self.show(&start.transfer_uuid, progress, journal);
    }

    /// A part of a file is here.
    pub(super) fn part(&mut self, part: &FileTransferPart, journal: &mut Journal) {
        let progress = self.files.part(part, |bytes| {
            let parts = Array::of1(&Uint8Array::from(bytes));
            Blob::new_with_u8_array_sequence(&parts).ok()
        });
        self.show(&part.transfer_uuid, progress, journal);
    }

    /// The server is gone: what is not here does not come.
    pub(super) fn abandon(&mut self) {
        for uuid in self.files.abandon() {
            if let Some(notice) = self.notices.remove(&uuid) {
                notice.element.remove();
            }
        }
    }

    fn show(
        &mut self,
        uuid: &str,
        progress: Result<Progress<Part>, DownloadError>,
        journal: &mut Journal,
    ) {
        match progress {
            Ok(Progress::Receiving(share)) => {
                if let Some(notice) = self.notices.get(uuid) {
                    notice.show(share);
                }
            }
            Ok(Progress::Done(file)) => {
                if let Some(notice) = self.notices.remove(uuid)
                    && let Err(error) = notice.finish(&self.document, file)
                {
                    journal.complain(&format!("{}: {}", notice.label, describe(&error)));
                    notice.element.remove();
                }
            }
            Err(error) => {
                if let Some(notice) = self.notices.remove(uuid) {
                    notice.element.remove();
                }
                journal.complain(&error.to_string());
            }
        }
    }

    /// A notice in the page: a text and how far it is.
    fn notice(&self, label: &str) -> Result<Element, JsValue> {
        let list = self.list.as_ref().ok_or(JsValue::UNDEFINED)?;
        let element = self.document.create_element("div")?;
        let text = self.document.create_element("span")?;
        text.set_text_content(Some(&format!("Receiving {label}")));
        let bar = self.document.create_element("progress")?;
        bar.set_attribute("max", "1")?;
        bar.set_attribute("aria-label", label)?;
        element.append_child(&text)?;
        element.append_child(&bar)?;
        list.append_child(&element)?;
        Ok(element)
    }
}

impl Notice {
    fn show(&self, share: f64) {
        if let Some(bar) = self.element.last_element_child() {
            // An element's attributes can always be set.
            let _ = bar.set_attribute("value", &format!("{share:.3}"));
        }
    }

    /// Saves the file, or offers it.
    fn finish(&self, document: &Document, file: Download<Part>) -> Result<(), JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(&file.mime_type);
        let (filename, is_saved) = (file.filename.clone(), file.save_immediately);
        let parts: Option<Vec<Blob>> = file.into_parts().collect();
        let parts = parts.ok_or("the browser has no room for it")?;
        let parts: Array = parts.into_iter().map(JsValue::from).collect();
        let blob = Blob::new_with_blob_sequence_and_options(&parts, &options)?;
        let (link, url) = link_to(document, &blob, &filename)?;
        self.element.set_text_content(None);
        let element = self.element.clone();
        // The browser has the file for as long as the notice is there.
        let close = Closure::once_into_js(move || {
            element.remove();
            // It cannot fail: the address is one of ours.
            let _ = Url::revoke_object_url(&url);
        });
        if is_saved {
            link.click();
            self.element
                .set_text_content(Some(&format!("Received {}", self.label)));
            if let Some(window) = web_sys::window() {
                window.set_timeout_with_callback_and_timeout_and_arguments_0(
                    close.unchecked_ref(),
                    SAVED_MS,
                )?;
            }
            return Ok(());
        }
        link.set_text_content(Some(&self.label));
        let button: web_sys::HtmlElement = document.create_element("button")?.unchecked_into();
        button.set_attribute("aria-label", "Close")?;
        button.set_text_content(Some("×"));
        button.set_onclick(Some(close.unchecked_ref()));
        self.element.append_child(&link)?;
        self.element.append_child(&button)?;
        Ok(())
    }
}

/// A link with which a file can be saved, and its address, which is to be revoked.
pub(super) fn link_to(
    document: &Document,
    file: &Blob,
    name: &str,
) -> Result<(HtmlAnchorElement, String), JsValue> {
    let url = Url::create_object_url_with_blob(file)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    Ok((link, url))
}
