//! What is to be said about a file.

use scenecast_dom::listen;
use web_sys::{Document, Element, Event};

/// The page's element for what is to be said about a file.
pub(super) struct FileNotice {
    element: Option<Element>,
    /// The last error; empty if there was none, or something was opened since.
    pub(super) error: String,
}

impl FileNotice {
    pub(super) fn new(document: &Document) -> Self {
        let element = document.get_element_by_id("file-notice");
        if let Some(notice) = element.clone() {
            let dismiss = notice.query_selector("button").ok().flatten();
            if let Some(dismiss) = dismiss {
                listen(&dismiss, "click", move |_: Event| {
                    // An element's attributes can always be set.
                    let _ = notice.set_attribute("hidden", "");
                })
                .forget();
            }
        }
        Self {
            element,
            error: String::new(),
        }
    }

    pub(super) fn show(&mut self, text: &str, is_error: bool) {
        self.error = if is_error { text } else { "" }.to_owned();
        if let Some(element) = &self.element {
            if let Ok(Some(span)) = element.query_selector("span") {
                span.set_text_content(Some(text));
            }
            // An element's attributes can always be set and removed.
            let level = if is_error { "error" } else { "warning" };
            let _ = element.set_attribute("data-level", level);
            let _ = element.remove_attribute("hidden");
        }
    }

    pub(super) fn hide(&mut self) {
        self.error.clear();
        if let Some(element) = &self.element {
            let _ = element.set_attribute("hidden", "");
        }
    }
}
