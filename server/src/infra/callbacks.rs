//! Lists of callbacks for one kind of event.

use super::event_queue::{EventQueue, Job, Permit};
use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

static IDS: AtomicU64 = AtomicU64::new(0);

/// Names a registered callback, to remove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use = "without its id a callback cannot be removed; write `let _ =` if it never is"]
pub struct CallbackId(u64);

impl CallbackId {
    /// One that no other callback has.
    pub(crate) fn new() -> Self {
        Self(IDS.fetch_add(1, Ordering::Relaxed))
    }
}

type AsyncCallback<E> = dyn Fn(E) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync;

enum Callback<E> {
    Blocking(Arc<dyn Fn(&E) + Send + Sync>),
    Async(Arc<AsyncCallback<E>>),
}

impl<E> Clone for Callback<E> {
    fn clone(&self) -> Self {
        match self {
            Self::Blocking(call) => Self::Blocking(Arc::clone(call)),
            Self::Async(call) => Self::Async(Arc::clone(call)),
        }
    }
}

impl<E: Clone + Send + 'static> Callback<E> {
    fn job(self, event: E, permit: Option<Permit>) -> Job {
        match self {
            Self::Blocking(call) => Job::Blocking(Box::new(move || {
                let _permit = permit;
                call(&event);
            })),
            Self::Async(call) => Job::Async(Box::pin(async move {
                let _permit = permit;
                call(event).await;
            })),
        }
    }
}

/// The callbacks for one kind of event, called in the order of registration, event by event.
pub(crate) struct Callbacks<E> {
    list: Mutex<Vec<(CallbackId, Callback<E>)>>,
}

impl<E> Default for Callbacks<E> {
    fn default() -> Self {
        Self {
            list: Mutex::default(),
        }
    }
}

impl<E: Clone + Send + 'static> Callbacks<E> {
    fn lock(&self) -> MutexGuard<'_, Vec<(CallbackId, Callback<E>)>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn insert(&self, callback: Callback<E>) -> CallbackId {
        let id = CallbackId::new();
        self.lock().push((id, callback));
        id
    }

    /// Adds a callback that may block.
    pub(crate) fn add(&self, call: impl Fn(&E) + Send + Sync + 'static) -> CallbackId {
        self.insert(Callback::Blocking(Arc::new(call)))
    }

    /// Adds an async callback.
    pub(crate) fn add_async<F>(&self, call: impl Fn(E) -> F + Send + Sync + 'static) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.insert(Callback::Async(Arc::new(move |event| {
            Box::pin(call(event))
        })))
    }

    /// Removes a callback; `false` if there is none such.
    pub(crate) fn remove(&self, id: CallbackId) -> bool {
        let mut list = self.lock();
        let at = list.iter().position(|(known, _)| *known == id);
        let removed = at.map(|at| list.remove(at));
        // What the callback holds is dropped without the lock: it may come back here.
        drop(list);
        removed.is_some()
    }

    /// Removes all callbacks.
    pub(crate) fn clear(&self) {
        // What they hold is dropped without the lock: it may come back here.
        let removed = std::mem::take(&mut *self.lock());
        drop(removed);
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// The calls of every callback.
    pub(crate) fn jobs(&self, event: &E, permit: Option<&Permit>) -> Vec<Job> {
        let list = self.lock();
        let job = |callback: &Callback<E>| callback.clone().job(event.clone(), permit.cloned());
        list.iter().map(|(_, callback)| job(callback)).collect()
    }

    /// Queues a call of every callback.
    pub(crate) fn call(&self, queue: &Arc<EventQueue>, event: &E, permit: Option<&Permit>) {
        self.call_some(queue, event, permit, |_| true);
    }

    /// Queues a call of the callbacks whose ids pass.
    pub(crate) fn call_some(
        &self,
        queue: &Arc<EventQueue>,
        event: &E,
        permit: Option<&Permit>,
        passes: impl Fn(CallbackId) -> bool,
    ) {
        // Under the lock, without a list in between: viewers say hundreds of thousands of things
        // a second. The queue runs nothing here.
        for (_, callback) in self.lock().iter().filter(|(id, _)| passes(*id)) {
            queue.push(callback.clone().job(event.clone(), permit.cloned()));
        }
    }

    /// Queues a call of one callback.
    pub(crate) fn call_one(&self, id: CallbackId, queue: &Arc<EventQueue>, event: E) {
        let found = self.lock().iter().find(|(known, _)| *known == id).cloned();
        if let Some((_, callback)) = found {
            queue.push(callback.job(event, None));
        }
    }
}
