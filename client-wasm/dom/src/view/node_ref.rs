//! Elements of the page by name.

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::{RwSignal, effect};

/// Points to an element of a view, once that is made: `node_ref=name` in [`view!`](crate::view!).
/// What reads it before hears of it then.
pub struct NodeRef<E>(RwSignal<Option<E>>);

impl<E> Clone for NodeRef<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for NodeRef<E> {}

impl<E: JsCast + Clone + 'static> NodeRef<E> {
    /// Points to nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// The element.
    #[must_use]
    pub fn get(self) -> Option<E> {
        self.0.get()
    }

    /// The element, without hearing of it later; `None` once the view is gone, too.
    #[must_use]
    pub fn get_untracked(self) -> Option<E> {
        self.0.try_get_untracked().flatten()
    }

    /// Calls a function with the element as soon as it is in the page.
    pub fn on_load(self, run: impl FnOnce(E) + 'static) {
        let mut run = Some(run);
        effect(move || {
            if let Some(element) = self.get()
                && let Some(run) = run.take()
            {
                run(element);
            }
        });
    }

    pub(super) fn load(self, element: &Element) {
        self.0.set(Some(element.clone().unchecked_into()));
    }
}

impl<E: JsCast + Clone + 'static> Default for NodeRef<E> {
    fn default() -> Self {
        Self::new()
    }
}
