//! Values that are read in their place.

use std::cell::{Ref, RefCell, RefMut};

use scenecast_dom::Trigger;

/// A value with those who hear of its changes.
#[derive(Default)]
pub(super) struct Watched<T> {
    value: RefCell<T>,
    changed: Trigger,
}

impl<T> Watched<T> {
    /// To read it, and hear of changes. It must not be written meanwhile.
    pub(super) fn read(&self) -> Ref<'_, T> {
        self.changed.track();
        self.value.borrow()
    }

    /// To change it. It must not be read meanwhile; who hears of it runs later.
    pub(super) fn write(&self) -> RefMut<'_, T> {
        self.changed.notify();
        self.value.borrow_mut()
    }
}
