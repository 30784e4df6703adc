//! Who sees messages before the hub does.

use super::Publisher;
use crate::infra::CallbackId;
use scenecast_remote::Value;
use std::{
    fmt,
    ops::Deref,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What a callback did about a message: what it returns, `()` and `bool` being short forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handled {
    /// All that there was to do: nobody else sees it. Also `true`.
    Yes,
    /// Other callbacks, and then the hub, are to see it. Also `false` and `()`.
    No,
}

impl From<()> for Handled {
    fn from((): ()) -> Self {
        Self::No
    }
}

impl From<bool> for Handled {
    fn from(handled: bool) -> Self {
        match handled {
            true => Self::Yes,
            false => Self::No,
        }
    }
}

/// Arguments by name, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kwargs(pub(super) Vec<(Arc<str>, Value)>);

impl Kwargs {
    /// The argument of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let found = self.0.iter().rev().find(|(known, _)| &**known == name);
        found.map(|(_, value)| value)
    }
}

impl Deref for Kwargs {
    type Target = [(Arc<str>, Value)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl From<Vec<(Arc<str>, Value)>> for Kwargs {
    fn from(kwargs: Vec<(Arc<str>, Value)>) -> Self {
        Self(kwargs)
    }
}

/// A message's parts, as callbacks see them.
pub(super) struct Seen<'a> {
    pub(super) kind: &'a Value,
    pub(super) uid: &'a Value,
    pub(super) args: &'a [Value],
    pub(super) kwargs: &'a Kwargs,
    pub(super) client: &'a Publisher,
}

type Callback = dyn Fn(&Seen) -> Handled + Send + Sync;

/// The callbacks, in the order of registration.
#[derive(Default)]
pub(super) struct MessageCallbacks(Mutex<Vec<(CallbackId, Arc<Callback>)>>);

impl MessageCallbacks {
    fn lock(&self) -> MutexGuard<'_, Vec<(CallbackId, Arc<Callback>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(
        &self,
        callback: impl Fn(&Seen) -> Handled + Send + Sync + 'static,
    ) -> CallbackId {
        let id = CallbackId::new();
        self.lock().push((id, Arc::new(callback)));
        id
    }

    pub(super) fn remove(&self, id: CallbackId) -> bool {
        let mut list = self.lock();
        let at = list.iter().position(|(known, _)| *known == id);
        let removed = at.map(|at| list.remove(at));
        // What it holds may come back here when it goes.
        drop(list);
        removed.is_some()
    }

    pub(super) fn clear(&self) {
        let removed = std::mem::take(&mut *self.lock());
        drop(removed);
    }

    /// Calls one after the other until one has handled the message.
    pub(super) fn handle(&self, seen: &Seen) -> Handled {
        let callbacks = self.lock().clone();
        for (_, callback) in callbacks {
            match catch_unwind(AssertUnwindSafe(|| callback(seen))) {
                Ok(Handled::No) => {}
                Ok(Handled::Yes) => return Handled::Yes,
                Err(_) => tracing::error!("a callback for messages of publishers panicked"),
            }
        }
        Handled::No
    }
}

impl fmt::Debug for MessageCallbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MessageCallbacks({})", self.lock().len())
    }
}
