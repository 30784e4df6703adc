//! Values: from viewers to the program and to other viewers, and back.

use super::{
    GuiEvent, GuiHandle,
    component::{Said, Valued, invalid},
    element::Viewer,
};
use crate::{client::Client, error::Result, infra::fan_out::Audience, rivals};
use scenecast_protocol::{Value, Wire};
use std::{
    sync::Arc,
    time::{Instant, SystemTime},
};

/// The property that holds a component's value.
const VALUE: &str = "value";

/// A viewer changes a value.
pub(super) fn hear_value<C: Valued>(handle: &GuiHandle<C>, said: &Said<'_>, viewer: &Viewer<'_>) {
    let Said::Update(update) = said else {
        return viewer.ignore(said);
    };
    for (property, value) in &update.updates.0 {
        if &**property != VALUE {
            tracing::debug!("{:?} may not set {property:?}", viewer.client);
            continue;
        }
        if let Err(reason) = take_value(handle, value, viewer) {
            tracing::debug!("{:?} sent a value that is ignored: {reason}", viewer.client);
        }
    }
}

/// Takes a value from a viewer, if it is one that the component can have, and tells the others.
fn take_value<C: Valued>(
    handle: &GuiHandle<C>,
    value: &Value,
    viewer: &Viewer<'_>,
) -> Result<(), String> {
    let value = C::Value::decode(value).map_err(|error| error.to_string())?;
    let element = &handle.element;
    let checked = element.read(|state| {
        C::check_value(&state.props, &value)?;
        if !C::fits(&state.value, &value) {
            return Err("it has another length".to_owned());
        }
        Ok(C::IS_PRESSED || state.value != value)
    });
    // An error means that the component was removed in the meantime.
    if !checked.unwrap_or(Ok(false))? {
        return Ok(());
    }
    let mut messages = Vec::new();
    if !C::IS_PRESSED && element.scope.audience == Audience::Everyone {
        let mut message = element.encode(VALUE, value.to_value());
        message.excluded = Some(viewer.client.id());
        messages.push(message);
    }
    let is_told = !messages.is_empty();
    let mut crosses = false;
    let changed = element.change(messages, |state| {
        state.value.clone_from(&value);
        state.updated = SystemTime::now();
        crosses = is_told && state.rivals.note(viewer.client.id(), Instant::now());
    });
    if crosses {
        let element = Arc::clone(element);
        let say = move || element.settle(VALUE, C::Value::to_value);
        rivals::settle(&handle.gui.runtime, say);
    }
    if changed.is_ok() && !element.callbacks.is_empty() {
        let event = handle.event(Some(viewer.client), value);
        element
            .callbacks
            .call(&element.events, &event, Some(viewer.permit));
    }
    Ok(())
}

impl<C: Valued> GuiHandle<C> {
    /// The value.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn value(&self) -> Result<C::Value> {
        self.element.read(|state| state.value.clone())
    }

    /// Sets the value, for all viewers. If it differs from what it was, callbacks hear of it, with
    /// no viewer in their event.
    ///
    /// # Errors
    /// The component has been removed, or cannot have this value.
    pub fn set_value(&self, value: impl Into<C::Value>) -> Result<()> {
        let value = value.into();
        let element = &self.element;
        let differs = element.read(|state| -> Result<bool> {
            C::check_value(&state.props, &value)
                .map_err(|reason| invalid::<C>(&state.props, reason))?;
            Ok(C::IS_PRESSED || state.value != value)
        })??;
        if !differs {
            return Ok(());
        }
        let message = (!C::IS_PRESSED).then(|| element.encode(VALUE, value.to_value()));
        element.change(message.into_iter().collect(), |state| {
            state.value.clone_from(&value);
            state.updated = SystemTime::now();
        })?;
        self.call(None, value);
        Ok(())
    }

    /// When the value was last set, by a viewer or the program; at first, when it was added.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn update_timestamp(&self) -> Result<SystemTime> {
        self.element.read(|state| state.updated)
    }
}

impl<C: super::Component> GuiHandle<C> {
    /// The event that callbacks hear of.
    pub(super) fn event(&self, client: Option<&Client>, value: C::Value) -> GuiEvent<C> {
        GuiEvent {
            client: client.cloned(),
            value,
            target: self.clone(),
        }
    }

    /// Calls the callbacks, with no viewer to hold up meanwhile.
    pub(super) fn call(&self, client: Option<&Client>, value: C::Value) {
        let event = self.event(client, value);
        self.element
            .callbacks
            .call(&self.element.events, &event, None);
    }
}
