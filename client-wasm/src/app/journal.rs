//! What goes wrong, said once.

use std::collections::BTreeSet;

/// At most this many different things are said; a server that sends ever new nonsense is not worth
/// more.
const MAX_ENTRIES: usize = 200;

/// Warnings on the browser's console, each at most once.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    said: BTreeSet<String>,
    /// The last one, for tests.
    pub(crate) last: String,
}

impl Journal {
    pub(crate) fn warn(&mut self, text: &str) {
        if self.last != text {
            self.last = text.to_owned();
        }
        if self.said.len() < MAX_ENTRIES && self.said.insert(text.to_owned()) {
            web_sys::console::warn_1(&format!("scenecast: {text}").into());
        }
    }
}
