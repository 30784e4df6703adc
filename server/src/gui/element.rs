//! A component as the server knows it: the truth that viewers converge to.

use super::{
    GuiEvent, GuiHandle, GuiInner,
    component::{Component, Parts, Said, invalid},
};
use crate::{
    client::Client,
    error::{Error, Result},
    infra::{
        callbacks::Callbacks,
        event_queue::{EventQueue, Permit},
        outgoing::{Change, Outgoing},
    },
    rivals::Rivals,
    scope::Scope,
};
use scenecast_protocol::{
    Message, Value,
    wire::{Props, Updates},
};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime},
};

/// Who says something about a component.
#[doc(hidden)]
pub struct Viewer<'a> {
    pub(crate) client: &'a Client,
    pub(crate) permit: &'a Permit,
}

impl Viewer<'_> {
    /// What this kind of component does not listen to.
    pub(crate) fn ignore(&self, said: &Said<'_>) {
        tracing::debug!("{:?} said {said:?}, to no effect", self.client);
    }
}

/// A component of any kind, as the tree holds it.
pub(crate) trait AnyElement: Send + Sync {
    /// A viewer says something about it.
    fn hear(self: Arc<Self>, gui: &Arc<GuiInner>, said: &Said<'_>, viewer: &Viewer<'_>);

    /// Marks it as removed; the message that says so. `None` if nobody is to be told.
    fn retire(&self) -> Option<Message>;

    /// Forgets all callbacks. To be called without locks: what they hold may come back here.
    fn forget_callbacks(&self);
}

pub(crate) struct State<C: Component> {
    pub(crate) props: C::Props,
    pub(crate) value: C::Value,
    /// When the value was last set.
    pub(crate) updated: SystemTime,
    pub(super) rivals: Rivals,
    removed: bool,
}

pub(crate) struct Element<C: Component> {
    pub(crate) uuid: Arc<str>,
    pub(crate) scope: Scope,
    /// Keeps its events in order.
    pub(crate) events: Arc<EventQueue>,
    pub(crate) callbacks: Callbacks<GuiEvent<C>>,
    pub(crate) own: C::Own,
    /// Held while a change takes its place in the order of calls and is handed to the buffer,
    /// never while it is encoded.
    state: Mutex<State<C>>,
}

impl<C: Component> Element<C> {
    pub(crate) fn new(uuid: Arc<str>, gui: &GuiInner, parts: Parts<C>) -> Self {
        Self {
            uuid,
            scope: gui.scope.clone(),
            events: Arc::new(EventQueue::new(gui.runtime.clone())),
            callbacks: Callbacks::default(),
            own: parts.own,
            state: Mutex::new(State {
                props: parts.props,
                value: parts.value,
                updated: SystemTime::now(),
                rivals: Rivals::default(),
                removed: false,
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<C>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn removed(&self) -> Error {
        Error::Removed {
            name: Arc::clone(&self.uuid),
        }
    }

    fn alive(&self) -> Result<MutexGuard<'_, State<C>>> {
        let state = self.lock();
        if state.removed {
            return Err(self.removed());
        }
        Ok(state)
    }

    pub(crate) fn is_removed(&self) -> bool {
        self.lock().removed
    }

    /// Reads the state, unless the component has been removed.
    pub(crate) fn read<R>(&self, read: impl FnOnce(&State<C>) -> R) -> Result<R> {
        self.alive().map(|state| read(&state))
    }

    /// Encodes a message about the component.
    pub(crate) fn encode(&self, property: &'static str, value: Value) -> Outgoing {
        let updates = Updates(vec![(property.into(), value)]);
        let message = C::update(Arc::clone(&self.uuid), updates);
        self.scope.encode(message, 0)
    }

    /// Changes the state and sends what says so.
    pub(crate) fn change(
        &self,
        mut messages: Vec<Outgoing>,
        change: impl FnOnce(&mut State<C>),
    ) -> Result<()> {
        let mut state = self.alive()?;
        if messages.is_empty() {
            change(&mut state);
            return Ok(());
        }
        let sequence = self.scope.outbox.sequence();
        for message in &mut messages {
            message.sequence = sequence;
        }
        change(&mut state);
        match messages.len() {
            1 => messages.into_iter().for_each(|m| self.scope.push(m)),
            _ => self
                .scope
                .push_all(messages.into_iter().map(Change::Push).collect()),
        }
        Ok(())
    }

    /// Says `value` to all viewers, once those who edit it at the same moment rest; else how long to
    /// wait. It is encoded under the lock, so that no edit comes between.
    pub(super) fn settle(
        &self,
        property: &'static str,
        value: impl FnOnce(&C::Value) -> Value,
    ) -> Option<Duration> {
        let mut state = self.alive().ok()?;
        let wait = state.rivals.unrest(Instant::now());
        if wait.is_none() {
            let mut message = self.encode(property, value(&state.value));
            message.sequence = self.scope.outbox.sequence();
            self.scope.push(message);
        }
        wait
    }

    /// Lets `change` work on a copy of the properties, and sends those that differ.
    pub(crate) fn update<R>(&self, change: impl FnOnce(&mut C::Props) -> R) -> Result<R> {
        let old = self.read(|state| state.props.clone())?;
        let mut new = old.clone();
        let result = change(&mut new);
        C::check(&new).map_err(|reason| invalid::<C>(&new, reason))?;
        if C::IS_FIXED && new != old {
            let reason = "it cannot change any more; remove it and add another one".to_owned();
            return Err(invalid::<C>(&old, reason));
        }
        self.set_properties(old.diff(&new))?;
        Ok(result)
    }

    /// Sets properties by their wire names, and says so one by one, in this order.
    pub(crate) fn set_properties(&self, changes: Vec<(&'static str, Value)>) -> Result<()> {
        let messages = changes.iter().map(|(name, v)| self.encode(name, v.clone()));
        self.change(messages.collect(), |state| {
            // Property by property: another thread may have changed others in the meantime.
            for (property, value) in &changes {
                // Names and values come from properties of the same kind.
                if let Err(error) = state.props.set(property, value) {
                    tracing::error!("cannot keep {property}: {error}");
                }
            }
        })
    }
}

impl<C: Component> AnyElement for Element<C> {
    fn hear(self: Arc<Self>, gui: &Arc<GuiInner>, said: &Said<'_>, viewer: &Viewer<'_>) {
        let handle = GuiHandle {
            element: self,
            gui: Arc::clone(gui),
        };
        C::hear(&handle, said, viewer);
    }

    fn retire(&self) -> Option<Message> {
        let was_removed = std::mem::replace(&mut self.lock().removed, true);
        if was_removed {
            return None;
        }
        C::removal(Arc::clone(&self.uuid))
    }

    fn forget_callbacks(&self) {
        self.callbacks.clear();
        C::forget_callbacks(&self.own);
    }
}
