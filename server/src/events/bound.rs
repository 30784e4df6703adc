//! Callbacks for some events of a kind only.

use crate::infra::{
    callbacks::{CallbackId, Callbacks},
    event_queue::{EventQueue, Permit},
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Callbacks that each wait for a button or modifiers: `B`.
pub(crate) struct Bound<B, E> {
    /// In the order of registration.
    bindings: Mutex<Vec<(CallbackId, B)>>,
    callbacks: Callbacks<E>,
}

impl<B, E> Default for Bound<B, E> {
    fn default() -> Self {
        Self {
            bindings: Mutex::default(),
            callbacks: Callbacks::default(),
        }
    }
}

impl<B: Copy + PartialEq, E: Clone + Send + 'static> Bound<B, E> {
    fn lock(&self) -> MutexGuard<'_, Vec<(CallbackId, B)>> {
        self.bindings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Registers the callback that `add` adds.
    pub(crate) fn add(
        &self,
        binding: B,
        add: impl FnOnce(&Callbacks<E>) -> CallbackId,
    ) -> CallbackId {
        let id = add(&self.callbacks);
        self.lock().push((id, binding));
        id
    }

    /// Calls a callback no more; `None` if there is none such. What is returned is to be dropped
    /// without locks: callbacks may hold anything, and come back here when they go.
    pub(crate) fn remove(&self, id: CallbackId) -> Option<Unbound<'_, E>> {
        let mut bindings = self.lock();
        let at = bindings.iter().position(|(known, _)| *known == id)?;
        let _ = bindings.remove(at);
        Some(Unbound {
            callbacks: &self.callbacks,
            ids: vec![id],
        })
    }

    /// Calls no callback any more; otherwise like [`remove`](Self::remove).
    pub(crate) fn clear(&self) -> Unbound<'_, E> {
        let bindings = std::mem::take(&mut *self.lock());
        Unbound {
            callbacks: &self.callbacks,
            ids: bindings.into_iter().map(|(id, _)| id).collect(),
        }
    }

    /// Whether there is a callback with this id.
    pub(crate) fn contains(&self, id: CallbackId) -> bool {
        self.lock().iter().any(|(known, _)| *known == id)
    }

    /// Whether there are no callbacks.
    pub(crate) fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// What each callback waits for.
    pub(crate) fn bindings(&self) -> Vec<B> {
        self.lock().iter().map(|(_, binding)| *binding).collect()
    }

    /// What callbacks wait for, each once.
    pub(crate) fn distinct(&self) -> Vec<B> {
        let mut distinct = Vec::new();
        for binding in self.bindings() {
            if !distinct.contains(&binding) {
                distinct.push(binding);
            }
        }
        distinct
    }

    /// Queues a call of the callbacks that wait for exactly this.
    pub(crate) fn call(
        &self,
        held: B,
        queue: &Arc<EventQueue>,
        event: &E,
        permit: Option<&Permit>,
    ) {
        let matching: Vec<CallbackId> = {
            let bindings = self.lock();
            let matching = bindings.iter().filter(|(_, binding)| *binding == held);
            matching.map(|(id, _)| *id).collect()
        };
        if !matching.is_empty() {
            self.callbacks
                .call_some(queue, event, permit, |id| matching.contains(&id));
        }
    }
}

/// Callbacks that are not called any more, and go with this.
pub(crate) struct Unbound<'a, E: Clone + Send + 'static> {
    callbacks: &'a Callbacks<E>,
    ids: Vec<CallbackId>,
}

impl<E: Clone + Send + 'static> Drop for Unbound<'_, E> {
    fn drop(&mut self) {
        for id in &self.ids {
            self.callbacks.remove(*id);
        }
    }
}
