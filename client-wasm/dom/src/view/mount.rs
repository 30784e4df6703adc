//! Views in the page.

use web_sys::Node;

use super::{View, append, marker, remove, remove_between};
use crate::{Owner, on_cleanup};

/// A view in the page; it goes when this is dropped.
pub struct Mounted {
    owner: Option<Owner>,
    place: Range,
}

struct Range {
    start: Node,
    end: Node,
}

impl Range {
    /// Puts a view at the end of an element.
    fn new(parent: &Node, view: &View) -> Self {
        let [start, end] = [marker(), marker()];
        for node in [&start, view.node(), &end] {
            append(parent, node);
        }
        Self { start, end }
    }

    fn remove(&self) {
        remove_between(&self.start, &self.end);
        remove(&self.start);
        remove(&self.end);
    }
}

impl Mounted {
    /// It stays for as long as the page.
    pub fn forget(mut self) {
        std::mem::forget(self.owner.take());
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(owner) = self.owner.take() {
            drop(owner);
            self.place.remove();
        }
    }
}

/// Puts a view at the end of an element. What the function makes belongs to the view.
#[must_use]
pub fn mount_to(parent: &Node, view: impl FnOnce() -> View) -> Mounted {
    let owner = Owner::new();
    let view = owner.with(view);
    Mounted {
        owner: Some(owner),
        place: Range::new(parent, &view),
    }
}

/// Puts a view at the end of an element elsewhere in the page, for as long as what it is part of is
/// there; where it is written, nothing is.
#[must_use]
pub fn portal(parent: &Node, view: View) -> View {
    let place = Range::new(parent, &view);
    on_cleanup(move || place.remove());
    View::empty()
}
