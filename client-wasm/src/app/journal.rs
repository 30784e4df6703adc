//! What goes wrong, said once.

use web_sys::{Document, Element};

use crate::nodes::NodeError;

/// At most this many different things are said; a server that sends ever new nonsense is not worth
/// more.
const MAX_ENTRIES: usize = 200;

/// Notices that the page shows at one time; each fades after a while.
const MAX_NOTICES: u32 = 3;

/// Warnings on the browser's console, each at most once.
#[derive(Debug)]
pub(crate) struct Journal {
    document: Document,
    /// Where the page shows notices.
    notices: Option<Element>,
    said: Vec<String>,
    /// The last one, for tests.
    pub(crate) last: String,
}

impl Journal {
    pub(crate) fn new(document: &Document) -> Self {
        Self {
            document: document.clone(),
            notices: document.get_element_by_id("trouble"),
            said: Vec::new(),
            last: String::new(),
        }
    }

    /// Says something on the console.
    pub(crate) fn warn(&mut self, text: &str) {
        self.say(text);
    }

    /// Says on the console and in a notice why part of the scene is not shown.
    pub(crate) fn complain(&mut self, text: &str) {
        if self.say(text)
            && let Some(notices) = &self.notices
            && let Ok(notice) = self.document.create_element("p")
        {
            notice.set_text_content(Some(text));
            while notices.child_element_count() >= MAX_NOTICES
                && let Some(oldest) = notices.first_element_child()
            {
                oldest.remove();
            }
            // A new element can always be added to one in the page.
            let _ = notices.append_child(&notice);
        }
    }

    /// Says why a node is not shown, or not all of it.
    pub(crate) fn report(&mut self, name: &str, error: &NodeError) {
        let text = format!("{name}: {error}");
        match error {
            // Often so on purpose: it is to be filled later. No reason to cover the scene.
            NodeError::Empty { .. } => self.warn(&text),
            _ => self.complain(&text),
        }
    }

    /// Returns whether that is new.
    fn say(&mut self, text: &str) -> bool {
        if self.last != text {
            self.last = text.to_owned();
        }
        let is_new = self.said.len() < MAX_ENTRIES && !self.said.iter().any(|said| said == text);
        if is_new {
            self.said.push(text.to_owned());
            web_sys::console::warn_1(&format!("scenecast: {text}").into());
        }
        is_new
    }
}
