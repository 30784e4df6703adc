//! Values that are computed from signals.

use std::cell::RefCell;
use std::rc::Rc;

use crate::arena;
use crate::effect::within_own_scope;
use crate::graph::{Node, untrack};
use crate::{RcSignal, RwSignal, StoredValue};

/// A value that is computed from signals, when it is read and they have changed. Who has read it
/// hears of a change only if the value is another. It belongs to the owner in which it is made.
pub struct Memo<T>(StoredValue<Rc<Computed<T>>>);

struct Computed<T> {
    node: Rc<Node>,
    value: Rc<RefCell<Option<T>>>,
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T: PartialEq + 'static> Memo<T> {
    /// Computed by this function.
    #[must_use]
    pub fn new(compute: impl Fn() -> T + 'static) -> Self {
        Self::with_last(move |_| compute())
    }

    /// Computed by this function from the value before it as well; `None` at first.
    #[must_use]
    pub fn with_last(compute: impl Fn(Option<&T>) -> T + 'static) -> Self {
        let value = Rc::new(RefCell::new(None));
        let written = value.clone();
        let node = Node::memo(within_own_scope(move || {
            let last = written.borrow();
            let new = Some(compute(last.as_ref()));
            let differs = *last != new;
            drop(last);
            if differs {
                let old = written.replace(new);
                drop(old);
            }
            differs
        }));
        Self(StoredValue::new(Rc::new(Computed { node, value })))
    }

    /// Reads the value.
    ///
    /// # Panics
    ///
    /// If the owner is gone, or if it is computed from itself.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let computed = self.0.get_value();
        computed.node.update();
        computed.node.track();
        let value = computed.value.borrow();
        match &*value {
            Some(value) => read(value),
            None => arena::mistaken("a memo is computed from itself"),
        }
    }

    /// Reads the value without hearing of changes.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        untrack(|| self.with(read))
    }

    /// A copy of the value.
    #[must_use]
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of the value, without hearing of changes.
    #[must_use]
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }
}

/// Any source of a value: a signal, a memo or a function of them. It belongs to the owner in which
/// it is made.
pub struct Signal<T>(StoredValue<Rc<dyn Fn() -> T>>);

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T: 'static> Signal<T> {
    /// What a function returns, which is called whenever the value is read.
    #[must_use]
    pub fn derive(read: impl Fn() -> T + 'static) -> Self {
        Self(StoredValue::new(Rc::new(read)))
    }

    /// A value that stays as it is.
    #[must_use]
    pub fn stored(value: T) -> Self
    where
        T: Clone,
    {
        Self::derive(move || value.clone())
    }

    /// The value.
    #[must_use]
    pub fn get(self) -> T {
        self.0.get_value()()
    }

    /// Reads the value.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.get())
    }

    /// Reads the value without hearing of changes.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.get_untracked())
    }

    /// The value, without hearing of changes.
    #[must_use]
    pub fn get_untracked(self) -> T {
        untrack(|| self.get())
    }

    /// Hears of changes without needing the value.
    pub fn track(self) {
        drop(self.get());
    }
}

impl<T: Clone + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::derive(move || signal.get())
    }
}

impl<T: Clone + 'static> From<RcSignal<T>> for Signal<T> {
    fn from(signal: RcSignal<T>) -> Self {
        Self::derive(move || signal.get())
    }
}

impl<T: Clone + PartialEq + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::derive(move || memo.get())
    }
}
