//! Who is called for messages of which type.

use super::{
    ClientId,
    callbacks::{CallbackId, Callbacks},
    event_queue::{Job, Permit},
    message::Message,
    message_set::AnyMessage,
};
use rustc_hash::FxHashMap;
use std::{
    any::TypeId,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A message from a client.
#[derive(Clone)]
pub(crate) struct Incoming {
    pub(crate) client_id: ClientId,
    pub(crate) message: AnyMessage,
}

type ByType = FxHashMap<TypeId, Arc<Callbacks<Incoming>>>;

/// The callbacks for messages, by type.
#[derive(Default)]
pub(crate) struct Handlers {
    by_type: Mutex<ByType>,
}

impl Handlers {
    fn lock(&self) -> MutexGuard<'_, ByType> {
        self.by_type.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add<M: Message>(
        &self,
        callback: impl Fn(ClientId, &M) + Send + Sync + 'static,
    ) -> CallbackId {
        let mut by_type = self.lock();
        let callbacks = by_type.entry(TypeId::of::<M>()).or_default();
        callbacks.add(move |incoming| {
            if let Some(message) = incoming.message.downcast_ref() {
                callback(incoming.client_id, message);
            }
        })
    }

    pub(crate) fn add_async<M: Message, F>(
        &self,
        callback: impl Fn(ClientId, M) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let mut by_type = self.lock();
        let callbacks = by_type.entry(TypeId::of::<M>()).or_default();
        callbacks.add_async(move |incoming| {
            let message: Option<&M> = incoming.message.downcast_ref();
            let call = message.map(|message| callback(incoming.client_id, message.clone()));
            async move {
                if let Some(call) = call {
                    call.await;
                }
            }
        })
    }

    /// Removes one callback for a type, or all; `false` if there is none such.
    pub(crate) fn remove<M: Message>(&self, which: Option<CallbackId>) -> bool {
        let mut by_type = self.lock();
        let wanted = TypeId::of::<M>();
        let Some(id) = which else {
            let removed = by_type.remove(&wanted);
            // What callbacks hold is dropped without the lock: it may come back here.
            drop(by_type);
            return removed.is_some();
        };
        let Some(callbacks) = by_type.get(&wanted).cloned() else {
            return false;
        };
        drop(by_type);
        let removed = callbacks.remove(id);
        let mut by_type = self.lock();
        if by_type.get(&wanted).is_some_and(|left| left.is_empty()) {
            by_type.remove(&wanted);
        }
        removed
    }

    /// Removes all callbacks.
    pub(crate) fn clear(&self) {
        // What they hold is dropped without the lock: it may come back here.
        let removed = std::mem::take(&mut *self.lock());
        drop(removed);
    }

    /// The calls for a message.
    pub(crate) fn jobs(&self, incoming: &Incoming, permit: &Permit) -> Vec<Job> {
        let callbacks = self.lock().get(&incoming.message.message_type()).cloned();
        callbacks.map_or_else(Vec::new, |callbacks| callbacks.jobs(incoming, Some(permit)))
    }
}
