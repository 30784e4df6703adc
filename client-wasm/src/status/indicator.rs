//! Where the page says it.

use web_sys::{Document, Element};

use super::Notice;

/// The page's status element. Its style sheet shows and fades it by the attribute `data-level`.
pub(crate) struct Indicator {
    element: Option<Element>,
    shown: Option<Notice>,
}

impl Indicator {
    pub(crate) fn new(document: &Document) -> Self {
        Self {
            element: document.get_element_by_id("status"),
            shown: None,
        }
    }

    pub(crate) fn show(&mut self, notice: Notice) {
        if self.shown.as_ref() == Some(&notice) {
            return;
        }
        if let Some(element) = &self.element {
            let Notice {
                level,
                title,
                detail,
            } = &notice;
            // An element's attributes can always be set.
            let _ = element.set_attribute("data-level", level.as_str());
            let set = |selector: &str, text: &str| {
                if let Ok(Some(child)) = element.query_selector(selector) {
                    child.set_text_content(Some(text));
                }
            };
            set("b", title);
            set("span", detail);
        }
        self.shown = Some(notice);
    }
}
