//! Values that are set.

use std::cell::RefCell;
use std::rc::Rc;

use crate::StoredValue;
use crate::graph::Node;

/// A value that many can hold, and that lives as long as any of them. Where an owner is at hand,
/// [`RwSignal`] is easier to pass around.
pub struct RcSignal<T>(Rc<Shared<T>>);

struct Shared<T> {
    node: Rc<Node>,
    value: RefCell<T>,
}

impl<T> Clone for RcSignal<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Default> Default for RcSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> RcSignal<T> {
    /// With a first value.
    pub fn new(value: T) -> Self {
        Self(Rc::new(Shared {
            node: Node::source(),
            value: RefCell::new(value),
        }))
    }

    /// Reads the value. It must not be set meanwhile.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.0.node.track();
        self.with_untracked(read)
    }

    /// Reads the value without hearing of changes.
    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.0.value.borrow())
    }

    /// A copy of the value.
    #[must_use]
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of the value, without hearing of changes.
    #[must_use]
    pub fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// Another value, or the same: who has read it hears of it either way.
    pub fn set(&self, value: T) {
        let old = self.0.value.replace(value);
        // What it holds may be signals, which must not be in use when they are dropped.
        drop(old);
        self.0.node.notify();
    }

    /// Changes the value in its place.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.value.borrow_mut());
        self.0.node.notify();
    }
}

/// A value that is set, as a small handle. It belongs to the [`Owner`](crate::Owner) in which it is
/// made. Reading panics once that is gone, except by the methods whose name says `try`; setting
/// does nothing then.
pub struct RwSignal<T>(StoredValue<RcSignal<T>>);

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

impl<T: Default + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: 'static> RwSignal<T> {
    /// With a first value.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(StoredValue::new(RcSignal::new(value)))
    }

    fn find(self) -> Option<RcSignal<T>> {
        self.0.try_with_value(Clone::clone)
    }

    fn signal(self) -> RcSignal<T> {
        self.0.get_value()
    }

    /// Reads the value. It must not be set meanwhile.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.signal().with(read)
    }

    /// Reads the value without hearing of changes.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.signal().with_untracked(read)
    }

    /// A copy of the value.
    #[must_use]
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.signal().get()
    }

    /// A copy of the value, without hearing of changes.
    #[must_use]
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.signal().get_untracked()
    }

    /// The same; `None` if the owner is gone.
    #[must_use]
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        Some(self.find()?.get_untracked())
    }

    /// Hears of changes without reading the value.
    pub fn track(self) {
        self.signal().0.node.track();
    }

    /// Another value, or the same: who has read it hears of it either way.
    pub fn set(self, value: T) {
        if let Some(signal) = self.find() {
            signal.set(value);
        }
    }

    /// Changes the value in its place.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        if let Some(signal) = self.find() {
            signal.update(change);
        }
    }
}
