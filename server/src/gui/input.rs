//! A component as the server knows it.

use super::{Component, GuiEvent, GuiHandle, GuiInner};
use crate::{
    client::Client,
    error::{Error, Result},
    infra::{
        callbacks::Callbacks,
        event_queue::{EventQueue, Permit},
    },
};
use scenecast_protocol::{
    Wire,
    gui::{GuiRemove, GuiUpdate},
    wire::Updates,
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The property that holds a component's value.
const VALUE: &str = "value";

/// Something that viewers may update.
pub(crate) trait Receive: Send + Sync {
    /// A viewer changed it.
    fn receive(self: Arc<Self>, client: &Client, update: &GuiUpdate, permit: &Permit);

    /// Forgets all callbacks: nobody is left to call them.
    fn forget_callbacks(&self);
}

struct State<V> {
    value: V,
    removed: bool,
}

pub(crate) struct Input<C: Component> {
    pub(crate) uuid: Arc<str>,
    gui: Arc<GuiInner>,
    events: Arc<EventQueue>,
    pub(crate) on_update: Callbacks<GuiEvent<C>>,
    state: Mutex<State<C::Value>>,
}

impl<C: Component> Input<C> {
    pub(crate) fn new(uuid: Arc<str>, gui: Arc<GuiInner>, value: C::Value) -> Self {
        Self {
            uuid,
            events: Arc::new(EventQueue::new(gui.runtime.clone())),
            gui,
            on_update: Callbacks::default(),
            state: Mutex::new(State {
                value,
                removed: false,
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<C::Value>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn removed(&self) -> Error {
        Error::Removed {
            name: Arc::clone(&self.uuid),
        }
    }

    pub(crate) fn value(&self) -> Result<C::Value> {
        let state = self.lock();
        if state.removed {
            return Err(self.removed());
        }
        Ok(state.value.clone())
    }

    /// Sets the value and tells viewers, but for the one that said it.
    fn set(&self, value: C::Value, from: Option<&Client>) -> Result<()> {
        let message = GuiUpdate {
            uuid: Arc::clone(&self.uuid),
            updates: Updates(vec![(VALUE.into(), value.to_value())]),
        };
        let mut message = self.gui.scope.encode(message, 0);
        let mut state = self.lock();
        if state.removed {
            return Err(self.removed());
        }
        message.sequence = self.gui.scope.outbox.sequence();
        state.value = value;
        match from {
            Some(client) => self.gui.scope.push_to_others(message, client.id()),
            None => self.gui.scope.push(message),
        }
        Ok(())
    }

    pub(crate) fn set_value(&self, value: C::Value) -> Result<()> {
        if self.value()? == value {
            return Ok(());
        }
        self.set(value, None)
    }

    pub(crate) fn remove(&self) -> Result<()> {
        let mut state = self.lock();
        if std::mem::replace(&mut state.removed, true) {
            return Err(self.removed());
        }
        self.gui.scope.send(GuiRemove {
            uuid: Arc::clone(&self.uuid),
        });
        drop(state);
        self.gui.forget(&self.uuid);
        Ok(())
    }
}

impl<C: Component> Receive for Input<C> {
    fn forget_callbacks(&self) {
        self.on_update.clear();
    }

    fn receive(self: Arc<Self>, client: &Client, update: &GuiUpdate, permit: &Permit) {
        for (property, value) in &update.updates.0 {
            if &**property != VALUE {
                tracing::debug!("{client:?} may not set {property:?}");
                continue;
            }
            let value = match C::Value::decode(value) {
                Ok(value) => value,
                Err(error) => {
                    tracing::warn!("{client:?} sent a value of another kind: {error}");
                    continue;
                }
            };
            // An error means that the component was removed in the meantime.
            if self.set(value.clone(), Some(client)).is_ok() {
                let event = GuiEvent {
                    client: client.clone(),
                    value,
                    target: GuiHandle {
                        input: Arc::clone(&self),
                    },
                };
                self.on_update.call(&self.events, &event, Some(permit));
            }
        }
    }
}
