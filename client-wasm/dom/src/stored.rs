//! Values and functions that closures share.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use crate::arena::{self, Slot};
use crate::owner;

/// A value that nobody hears of, as a small handle. It belongs to the owner in which it is made.
/// Reading panics once that is gone, except by the methods whose name says `try`.
pub struct StoredValue<T> {
    slot: Slot,
    _type: PhantomData<fn() -> T>,
}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: 'static> StoredValue<T> {
    /// With a first value.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self {
            slot: owner::keep(Rc::new(RefCell::new(value))),
            _type: PhantomData,
        }
    }

    fn find(self) -> Option<Rc<RefCell<T>>> {
        arena::get(self.slot)?.downcast().ok()
    }

    fn value(self) -> Rc<RefCell<T>> {
        self.find().unwrap_or_else(|| arena::gone())
    }

    /// Reads it. It must not be changed meanwhile.
    pub fn with_value<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.value().borrow())
    }

    /// Reads it; `None` if the owner is gone.
    pub fn try_with_value<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        Some(read(&self.find()?.borrow()))
    }

    /// A copy of it.
    #[must_use]
    pub fn get_value(self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    /// Another value, unless the owner is gone.
    pub fn set_value(self, value: T) {
        if let Some(stored) = self.find() {
            let old = stored.replace(value);
            drop(old);
        }
    }

    /// Changes it in its place; `None` if the owner is gone.
    pub fn try_update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        Some(change(&mut self.find()?.borrow_mut()))
    }
}

/// What a view calls, as a small handle. It belongs to the owner in which it is made.
pub struct Callback<T>(StoredValue<Rc<dyn Fn(T)>>);

impl<T> Clone for Callback<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Callback<T> {}

impl<T: 'static> Callback<T> {
    /// Calls this function.
    #[must_use]
    pub fn new(call: impl Fn(T) + 'static) -> Self {
        Self(StoredValue::new(Rc::new(call)))
    }

    /// Calls it.
    pub fn run(self, value: T) {
        self.0.get_value()(value);
    }
}
