//! Who owns what is made: signals, effects, and what is to be done when they go.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::rc::Rc;

use crate::arena::{self, Slot};

thread_local! {
    static CURRENT: RefCell<Option<Rc<Scope>>> = const { RefCell::new(None) };
}

/// Owns what is made within [`Owner::with`], and lets go of it when it is dropped.
pub struct Owner(Rc<Scope>);

#[derive(Default)]
pub(crate) struct Scope {
    parent: Option<Rc<Scope>>,
    slots: RefCell<Vec<Slot>>,
    cleanups: RefCell<Vec<Box<dyn FnOnce()>>>,
    contexts: RefCell<Vec<(TypeId, Rc<dyn Any>)>>,
}

impl Owner {
    /// An owner within the current one, whose contexts it sees. It goes when it is dropped, not
    /// with the current one.
    #[must_use]
    pub fn new() -> Self {
        Self(Rc::new(Scope {
            parent: CURRENT.with_borrow(Clone::clone),
            ..Scope::default()
        }))
    }

    /// Runs code whose signals, effects and views belong to this owner.
    pub fn with<R>(&self, run: impl FnOnce() -> R) -> R {
        let _within = Within::enter(Some(self.0.clone()));
        run()
    }

    /// Lets go of everything; what is made later is owned again.
    pub fn clean(&self) {
        self.0.clean();
    }
}

impl Default for Owner {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.clean();
    }
}

impl Scope {
    /// The youngest goes first.
    fn clean(&self) {
        loop {
            let last = self.cleanups.borrow_mut().pop();
            let Some(cleanup) = last else { break };
            cleanup();
        }
        for slot in self.slots.take().into_iter().rev() {
            arena::remove(slot);
        }
        self.contexts.take();
    }
}

/// The scope that was current before comes back when this is dropped.
struct Within(Option<Rc<Scope>>);

impl Within {
    fn enter(scope: Option<Rc<Scope>>) -> Self {
        Self(CURRENT.replace(scope))
    }
}

impl Drop for Within {
    fn drop(&mut self) {
        let before = self.0.take();
        // Dropped after the borrow: it may be the last to hold an owner.
        drop(CURRENT.replace(before));
    }
}

/// Keeps a value for as long as the current owner lives; without one, forever.
pub(crate) fn keep(value: Rc<dyn Any>) -> Slot {
    let slot = arena::insert(value);
    CURRENT.with_borrow(|current| {
        if let Some(scope) = current {
            scope.slots.borrow_mut().push(slot);
        }
    });
    slot
}

/// Calls a function when the current owner goes, or before the effect or the part of a view that
/// runs now runs again. The signals of the owner can still be read then.
pub fn on_cleanup(cleanup: impl FnOnce() + 'static) {
    add_cleanup(Box::new(cleanup));
}

fn add_cleanup(cleanup: Box<dyn FnOnce()>) {
    CURRENT.with_borrow(|current| {
        if let Some(scope) = current {
            scope.cleanups.borrow_mut().push(cleanup);
        }
    });
}

/// Gives a value to everything that the current owner makes from now on: one for each type.
pub fn provide_context<T: 'static>(value: T) {
    CURRENT.with_borrow(|current| {
        if let Some(scope) = current {
            let entry: (TypeId, Rc<dyn Any>) = (TypeId::of::<T>(), Rc::new(value));
            scope.contexts.borrow_mut().push(entry);
        }
    });
}

/// The value of this type that the current owner, or one around it, provides.
#[must_use]
pub fn use_context<T: Clone + 'static>() -> Option<T> {
    find(TypeId::of::<T>())?.downcast_ref::<T>().cloned()
}

/// The value of this type that the current owner, or one around it, provides.
///
/// # Panics
///
/// If there is none: views are made within what they need. Event listeners run without an owner;
/// what they use is to be asked for beforehand.
#[must_use]
pub fn expect_context<T: Clone + 'static>() -> T {
    let missing = || {
        let name = std::any::type_name::<T>();
        arena::mistaken(&format!("nothing provides a {name} here"))
    };
    use_context().unwrap_or_else(missing)
}

fn find(wanted: TypeId) -> Option<Rc<dyn Any>> {
    let mut scope = CURRENT.with_borrow(Clone::clone);
    while let Some(current) = scope {
        let contexts = current.contexts.borrow();
        if let Some((_, value)) = contexts.iter().rev().find(|(id, _)| *id == wanted) {
            return Some(value.clone());
        }
        drop(contexts);
        scope = current.parent.clone();
    }
    None
}
