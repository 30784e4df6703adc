//! Buttons.

use super::{
    GuiEvent, GuiHandle,
    builder::{in_container, input},
    component::{Component, Parts, Said, Valued},
    element::Viewer,
    handle::callbacks,
    icon::{self, icon_builder, icon_handle},
};
use crate::{
    error::{Error, Result},
    infra::callbacks::{CallbackId, Callbacks},
};
use scenecast_protocol::{Wire, gui};
use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A button.
#[derive(Debug, Clone)]
pub struct Button {
    props: gui::Button,
    order: Option<f64>,
    icon: Option<String>,
}

input! { Button }
icon_builder! { Button }

impl Button {
    /// A button with this text.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            props: gui::Button::default().label(label),
            order: None,
            icon: None,
        }
    }

    /// Its colour: one of the theme's, or `[r, g, b]`.
    #[must_use]
    pub fn color(mut self, color: impl Into<gui::GuiColor>) -> Self {
        self.props.color = Some(color.into());
        self
    }
}

impl Component for Button {
    type Props = gui::Button;
    type Value = bool;
    type Own = Holds;

    fn parts(mut self) -> Result<Parts<Self>> {
        self.props.icon_html = icon::html(self.icon.as_deref())?;
        Parts::new(self.props, false, Holds::default(), self.order)
    }

    in_container! { @creation Button, value => *value }

    fn hear(handle: &GuiHandle<Self>, said: &Said<'_>, viewer: &Viewer<'_>) {
        let Said::Hold(frequency) = *said else {
            return super::input::hear_value(handle, said, viewer);
        };
        let element = &handle.element;
        if let Some(callbacks) = element.own.at(frequency) {
            let event = handle.event(Some(viewer.client), true);
            callbacks.call(&element.events, &event, Some(viewer.permit));
        }
    }

    fn forget_callbacks(own: &Holds) {
        // What they hold is dropped without the lock: it may come back here.
        let forgotten = std::mem::take(&mut *own.lock());
        drop(forgotten);
    }
}

impl Valued for Button {
    const IS_PRESSED: bool = true;
}

callbacks! {
    Button: on_click, on_click_async, remove_click_callback, remove_click_callbacks;
    "each time that the button is pressed"
}

icon_handle! { Button }

/// Callbacks of a button that is held, by how often they are called.
#[doc(hidden)]
#[derive(Default)]
pub struct Holds(Mutex<Vec<(f64, Arc<HoldCallbacks>)>>);

type HoldCallbacks = Callbacks<GuiEvent<Button>>;

impl Holds {
    fn lock(&self) -> MutexGuard<'_, Vec<(f64, Arc<HoldCallbacks>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn at(&self, frequency: f64) -> Option<Arc<HoldCallbacks>> {
        let holds = self.lock();
        let found = holds.iter().find(|(known, _)| *known == frequency);
        found.map(|(_, callbacks)| Arc::clone(callbacks))
    }
}

impl GuiHandle<Button> {
    /// Calls `callback` while the button is held down: at once, and then so many times a second.
    /// viser's usual frequency is 10.
    ///
    /// # Errors
    /// The button has been removed, or the frequency is not positive and finite.
    pub fn on_hold(
        &self,
        frequency_hz: f64,
        callback: impl Fn(&GuiEvent<Button>) + Send + Sync + 'static,
    ) -> Result<CallbackId> {
        self.hold(frequency_hz, |callbacks| callbacks.add(callback))
    }

    /// Like [`on_hold`](Self::on_hold), for an async callback.
    ///
    /// # Errors
    /// As for [`on_hold`](Self::on_hold).
    pub fn on_hold_async<F>(
        &self,
        frequency_hz: f64,
        callback: impl Fn(GuiEvent<Button>) -> F + Send + Sync + 'static,
    ) -> Result<CallbackId>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.hold(frequency_hz, |callbacks| callbacks.add_async(callback))
    }

    fn hold(
        &self,
        frequency_hz: f64,
        add: impl FnOnce(&HoldCallbacks) -> CallbackId,
    ) -> Result<CallbackId> {
        if !(frequency_hz > 0.0 && frequency_hz.is_finite()) {
            return Err(Error::InvalidValue {
                what: "frequency_hz",
                reason: format!("nothing happens {frequency_hz} times a second; give 10, say"),
            });
        }
        self.element.read(|_| ())?;
        let mut holds = self.element.own.lock();
        let known = holds.iter().find(|(known, _)| *known == frequency_hz);
        if let Some((_, callbacks)) = known {
            return Ok(add(callbacks));
        }
        let callbacks = Arc::new(HoldCallbacks::default());
        let id = add(&callbacks);
        holds.push((frequency_hz, callbacks));
        self.say_frequencies(&holds)?;
        Ok(id)
    }

    /// Stops calling a callback while the button is held; `false` if it is not known.
    pub fn remove_hold_callback(&self, id: CallbackId) -> bool {
        let holds: Vec<_> = self.element.own.lock().clone();
        let removed = holds.iter().any(|(_, callbacks)| callbacks.remove(id));
        if removed {
            let mut holds = self.element.own.lock();
            holds.retain(|(_, callbacks)| !callbacks.is_empty());
            // An error means that the button has been removed: nobody is to be told.
            let _ = self.say_frequencies(&holds);
        }
        removed
    }

    /// Tells viewers how often to report.
    fn say_frequencies(&self, holds: &[(f64, Arc<HoldCallbacks>)]) -> Result<()> {
        let frequencies: Vec<f64> = holds.iter().map(|(frequency, _)| *frequency).collect();
        let value = frequencies.to_value();
        let name = "_hold_callback_freqs";
        self.element.set_properties(vec![(name, value)])
    }
}
